// Scores subnets of a supernet one after the other, and keeps what the first parts of the last one put out: a subnet that
// begins alike goes on from there. What is kept holds for the calibration images too, each of whose batches is
// normalised by its own statistics, so that the scores are those of the subnets run whole.
import { fromTypedArray, nn, noGrad, tidy } from "@supernet/torch";

/** What a part of a network puts out, for each batch. */
class Level {
  constructor(key, calibration, scored) {
    Object.assign(this, { key, calibration, scored });
  }

  /** Releases what the level before does not hold. */
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

  /** @param parts of the classifier, in order of execution */
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

  /** How many images of each batch the subnet gets right, with the supernet's weights. */
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

/** Computes a part's batch-norm statistics anew, as the mean over the calibration batches, and runs it. */
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
