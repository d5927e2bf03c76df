/** Plan of a run: its networks and the work of each step. */
export interface TaskPlan {
  readonly networks: readonly PlannedNetwork[];
  /** Work of each step, in order. */
  readonly work: readonly StepWork[];
}

/** A network that images pass through. */
export interface PlannedNetwork {
  /** Name, for example "classifier". */
  readonly name: string;
  /** Size of its input images, in pixels. */
  readonly size: { readonly height: number; readonly width: number };
  /** Mean FLOPs of inference per image, over random subnets. */
  readonly flops: number;
  /** Measures the seconds per image on this machine. */
  seconds(device: string): { readonly training: number; readonly inference: number };
}

/** Use of a network, such as "classifierTraining". Each has its own cost and speed. */
export type Activity = `${string}Training` | `${string}Inference`;

/** One number per activity; activities that do not occur are omitted. */
export type PerActivity = Readonly<Record<Activity, number>>;

/** Work of one step. */
export interface StepWork {
  readonly step: string;
  /** Number of optimizer steps, or of scored candidates. */
  readonly iterations: number;
  /** Number of images that pass through a network, including evaluations. */
  readonly images: PerActivity;
}

/** Image counts for missing data. */
export interface GivenCounts {
  /** Labeled images. */
  readonly images?: { readonly train: number; readonly val: number } | undefined;
  /** Images with boxes. The search images are held out from `train`. */
  readonly detectionImages?: { readonly train: number; readonly test: number } | undefined;
}
