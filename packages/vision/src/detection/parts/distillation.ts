import type { Tensor } from "@supernet/torch";

/**
 * In-place distillation of detectors: the outputs of the largest subnet for a batch are the targets of the subnets that
 * run after it (Yu and Huang, "Universally Slimmable Networks", https://arxiv.org/abs/1903.05134). Pass the same object
 * to `forward` for all subnets of an iteration.
 */
export class Distillation {
  /** Whether the next subnet is the largest, which learns from the ground truth and becomes the teacher. */
  teaches = true;
  #kept: ReadonlyMap<string, Tensor> = new Map();
  #data: unknown;

  /**
   * Keeps the outputs of the teacher. They are used without gradients.
   * @param data other values that the targets depend on
   */
  keep(outputs: Readonly<Record<string, Tensor | undefined>>, data: unknown): void {
    for (const tensor of this.#kept.values()) tensor.dispose();
    this.#kept = new Map(
      Object.entries(outputs).flatMap(([name, tensor]) => (tensor ? [[name, tensor.detach().keep()]] : [])),
    );
    this.#data = data;
  }

  /** Returns an output of the teacher; undefined if it has none of this name. */
  output(name: string): Tensor | undefined {
    return this.#kept.get(name);
  }

  /** Returns the other values that were kept. */
  data<T>(): T {
    return this.#data as T;
  }
}

/** Outputs of a dense head, [N, positions, values] each. */
export interface DenseOutputs {
  /** One value per class. */
  readonly logits: Tensor;
  /** Four values. */
  readonly boxes: Tensor;
  /** One value, of a head that has it: the logit of how close a position is to the center of the box. */
  readonly centerness?: Tensor | undefined;
}

/** Pyramid levels of some outputs. */
export interface OutputLevels {
  readonly strides: readonly number[];
  /** Number of positions of each level. */
  readonly counts: readonly number[];
}

/** Returns the outputs of a dense head that a teacher kept, and their levels. */
export const keptDense = (distillation: Distillation): [DenseOutputs, OutputLevels] => [
  {
    logits: distillation.output("logits")!,
    boxes: distillation.output("boxes")!,
    centerness: distillation.output("centerness"),
  },
  distillation.data(),
];

/** Losses of outputs that learn from those of a teacher, each a scalar. */
export interface DistilledLosses {
  readonly classification: Tensor;
  readonly box: Tensor;
  /** Zero if the head has no centerness. */
  readonly centerness: Tensor;
}

/**
 * Computes losses of a dense head that learns from a teacher with at least the same levels. The classes learn from the
 * teacher's probabilities by the quality focal loss with exponent 2 (https://arxiv.org/abs/2006.04388). The boxes learn
 * from the teacher's by L1, and the centerness by binary cross-entropy, weighted by its probability of an object. All are
 * divided by the sum of these probabilities.
 */
export function distillDense(
  student: DenseOutputs,
  studentLevels: OutputLevels,
  teacher: DenseOutputs,
  teacherLevels: OutputLevels,
): DistilledLosses {
  const starts = teacherLevels.counts.map((_, level) =>
    teacherLevels.counts.slice(0, level).reduce((sum, count) => sum + count, 0),
  );
  let start = 0;
  const levels = studentLevels.strides.map((stride, i) => {
    const level = teacherLevels.strides.indexOf(stride);
    const count = studentLevels.counts[i]!;
    if (teacherLevels.counts[level] !== count)
      throw new RangeError(
        `distillDense: the teacher has no level of stride ${stride} with ${count} positions`,
      );
    const of = (tensor: Tensor, from: number) => tensor.slice(1, from, from + count);
    const [own, other] = [start, starts[level]!];
    start += count;
    const [logits, probability] = [of(student.logits, own), of(teacher.logits, other).sigmoid()];
    const objectness = probability.amax([2], true);
    const distance = logits.sigmoid().sub(probability);
    const crossEntropy = (own: Tensor, target: Tensor) =>
      own.binaryCrossEntropyWithLogits(target, undefined, undefined, NONE);
    const boxes = of(student.boxes, own).sub(of(teacher.boxes, other)).abs();
    return {
      objects: objectness.sum(),
      classification: distance.mul(distance).mul(crossEntropy(logits, probability)).sum(),
      box: boxes.mul(objectness).sum(),
      centerness:
        student.centerness && teacher.centerness
          ? crossEntropy(of(student.centerness, own), of(teacher.centerness, other).sigmoid())
              .mul(objectness)
              .sum()
          : objectness.mul(0).sum(),
    };
  });
  const total = (key: "objects" | keyof DistilledLosses) =>
    levels.map((level) => level[key]).reduce((sum, value) => sum.add(value));
  const objects = total("objects").clampMin(1);
  const mean = (key: keyof DistilledLosses) => total(key).div(objects);
  return { classification: mean("classification"), box: mean("box"), centerness: mean("centerness") };
}

/** ATen's code of no reduction of a loss. */
const NONE = 0;
