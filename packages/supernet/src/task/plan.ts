/** What a run will take, as its task knows it. */
export interface TaskPlan {
  readonly networks: readonly PlannedNetwork[];
  /** The work of each step, in their order. */
  readonly work: readonly StepWork[];
}

/** A network that images pass through. */
export interface PlannedNetwork {
  /** For example "classifier". */
  readonly name: string;
  /** Height and width of what it sees, in pixels. */
  readonly size: { readonly height: number; readonly width: number };
  /** Mean FLOPs of inference for one image, over random subnets. */
  readonly flops: number;
  /** Measures seconds for one image on this machine. */
  seconds(device: string): { readonly training: number; readonly inference: number };
}

/** What a network does with an image, such as "classifierTraining"; each has a cost and a speed of its own. */
export type Activity = `${string}Training` | `${string}Inference`;

/** One number per activity; those that do not occur are omitted. */
export type PerActivity = Readonly<Record<Activity, number>>;

/** The work of one step. */
export interface StepWork {
  readonly step: string;
  /** Steps of the optimizer, or candidates scored. */
  readonly iterations: number;
  /** Images that pass through a network, evaluations included. */
  readonly images: PerActivity;
}

/** Numbers of images for data that is not there. */
export interface GivenCounts {
  /** Labeled images. */
  readonly images?: { readonly train: number; readonly val: number } | undefined;
  /** Images with boxes; the search's are held out of the training ones. */
  readonly detectionImages?: { readonly train: number; readonly test: number } | undefined;
}
