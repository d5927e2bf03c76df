import type { Activity, PerActivity } from "../task/plan.js";

const entriesOf = (values: PerActivity) => Object.entries(values) as [Activity, number][];

export function addActivities(a: PerActivity, b: PerActivity): PerActivity {
  return { ...a, ...mapActivities(b, (n, activity) => n + (a[activity] ?? 0)) };
}

export function mapActivities(
  values: PerActivity,
  map: (value: number, activity: Activity) => number,
): PerActivity {
  return Object.fromEntries(entriesOf(values).map(([activity, n]) => [activity, map(n, activity)]));
}

/** All images, whatever a network does with them. */
export const imagesIn = (images: PerActivity): number => entriesOf(images).reduce((sum, [, n]) => sum + n, 0);

/** The sum over activities of images times what each image takes. */
export function totalOf(images: PerActivity, perImage: PerActivity): number {
  // An activity that does not occur may have no finite cost an image: it takes nothing.
  return entriesOf(images).reduce((sum, [activity, n]) => sum + (n === 0 ? 0 : n * perImage[activity]!), 0);
}
