// Scores subnets of a supernet sequentially and keeps the outputs of all parts of the last one. A subnet with the same
// first parts continues from their outputs. This also holds for the calibration images, because each of their batches
// is normalized by its own statistics. The scores are therefore those of complete subnets.
import { fromTypedArray, nn, noGrad, tidy } from "@supernet/torch";

/** Outputs of a part of a network for all batches. */
class Level {
  constructor(key, calibration, scored) {
    Object.assign(this, { key, calibration, scored });
  }

  /** Frees the tensors that the previous level does not contain. */
  dispose(before) {
    for (const name of ["calibration", "scored"])
      for (const [i, tensor] of this[name].entries()) if (tensor !== before[name][i]) tensor.dispose();
  }
}

export class PrefixScorer {
  #model;
  #parts;
  #modules;
  #labels;
  #levels;

  /** @param parts parts of the classifier, in execution order */
  static async open(model, parts, scored, calibration) {
    const read = async (source) => {
      const batches = [];
      for await (const batch of source) batches.push(batch);
      return batches;
    };
    return new PrefixScorer(model, parts, await read(scored), await read(calibration));
  }

  constructor(model, parts, scored, calibration) {
    this.#model = model.eval();
    this.#parts = parts;
    const modules = new Map(model.namedModules());
    this.#modules = parts.map(({ name }) => modules.get(name) ?? modules.get(`backbone.${name}`));
    const tensors = (batches) => batches.map(({ images, shape }) => fromTypedArray(images, shape).keep());
    this.#labels = scored.map(({ labels }) =>
      fromTypedArray(BigInt64Array.from(labels, BigInt), [labels.length]).keep(),
    );
    this.#levels = [new Level("", tensors(calibration), tensors(scored))];
  }

  /** Returns the number of images in each batch that the subnet classifies correctly with the supernet's weights. */
  right(subnet) {
    this.#model.activate(subnet);
    const keys = this.#parts.map(({ decisions }) => JSON.stringify(decisions.map((name) => subnet[name])));
    const levels = this.#levels;
    let common = 0;
    while (common + 1 < levels.length && levels[common + 1].key === keys[common]) common++;
    while (levels.length > common + 1) levels.pop().dispose(levels.at(-1));
    for (let i = common; i < this.#parts.length; i++)
      levels.push(run(this.#modules[i], keys[i], levels.at(-1)));
    return noGrad(() =>
      tidy(() => levels.at(-1).scored.map((logits, i) => logits.argmax(1).eq(this.#labels[i]).sum().item())),
    );
  }
}

/** Recomputes a part's batch-norm statistics as the mean over the calibration batches, and runs it. */
function run(module, key, { calibration, scored }) {
  const norms = Array.from(module.namedModules(), ([, inner]) => inner).filter(
    (inner) => inner instanceof nn.BatchNorm2d,
  );
  for (const norm of norms) {
    norm.resetRunningStats();
    Object.assign(norm, { training: true, momentum: null });
  }
  const calibrated = calibration.map((batch) => forward(module, batch));
  for (const norm of norms) norm.training = false;
  return new Level(
    key,
    calibrated,
    scored.map((batch) => forward(module, batch)),
  );
}

const forward = (module, input) => noGrad(() => tidy(() => module.forward(input))).keep();
