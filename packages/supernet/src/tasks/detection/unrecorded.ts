import type { LoopContext } from "../../run/loop-context.js";
import { Progress } from "../../run/progress.js";

/**
 * Returns the context of one of several trainings in a step. It records no metrics, because there are many trainings.
 * @param step name of the training, for messages
 * @param folder folder for its files
 * @param title start of its progress line
 */
export function unrecordedContext(
  host: LoopContext,
  { step, folder, title }: { readonly step: string; readonly folder: string; readonly title: string },
): LoopContext {
  let progress: Progress | undefined;
  return {
    ...host,
    step,
    folder,
    begin(done, total) {
      progress = new Progress(title, done, total);
    },
    record() {},
    progress: (done, note) => progress?.update(done, note),
  };
}
