import { UserError } from "@supernet/base";
import { featureParts } from "@supernet/nas";
import { withoutOtherCandidates } from "@supernet/nas/supernet";
import { type nn, type Tensor, tidy } from "@supernet/torch";
import { openWeightsFile, underPrefix, type WeightsFile } from "../network/load.js";
import { differenceOf } from "../network/owner.js";
import type { InitRecipe } from "../recipe/weights.js";
import type { StepContext } from "./task.js";

/** A network that begins with weights from a file. */
export interface InitTarget {
  readonly network: nn.Module;
  /** Part that a file may have alone, or with a classifier's last layers. Default: there is none. */
  readonly backbone?: nn.Module;
}

/**
 * Loads the weights that a training begins with, and logs how many tensors were loaded. With several ranks, only rank 0
 * does; `train` sends them to the others.
 *
 * A file of a classifier or of a backbone initializes the backbone of a detector.
 * @throws UserError if the file is missing or damaged, or no tensor fits; with `strict`, also if any tensor is missing,
 *   unexpected or of another shape, or the file says that it belongs to another space
 */
export function initWeights(context: StepContext, target: InitTarget, init: InitRecipe): void {
  if (init === undefined || (context.world && !context.world.isMainRank)) return;
  tidy(() => {
    const file = openWeightsFile(init);
    if (file.note) context.log(`${file.path}: ${file.note}`);
    checkSpace(context, file, init.strict);
    const { module, tensors: given, ignored } = chooseTarget(context, target, file);
    const tensors = withoutOtherCandidates(module, given);
    const { fitting, missing, unexpected, misshapen } = compare(module, tensors);
    const differences = [
      ...listed("missing", missing),
      ...listed("unexpected", unexpected),
      ...listed("of another shape", misshapen),
    ].join("; ");
    const counted = `${fitting.size} of ${module.stateDict().size} tensors`;
    if (fitting.size === 0 || (init.strict && differences !== ""))
      throw new UserError(
        `${file.path}: ${fitting.size === 0 ? "no tensor fits" : `only ${counted} fit`}; ${differences}: use a file of the ` +
          "same network, or set prefix" +
          (fitting.size === 0 ? "" : ", or strict: false to load only those that fit"),
      );
    module.loadStateDict(fitting, { strict: false });
    const rest =
      (ignored === 0 ? "" : `; ${ignored} of a classifier's last layers not used`) +
      (given.size === tensors.size ? "" : `; ${given.size - tensors.size} of other choices not used`);
    context.log(`${file.path}: loaded ${counted}${differences && `; ${differences}`}${rest}`);
  });
}

/** Checks that the weights are of networks of the same space. */
function checkSpace({ owner, log }: StepContext, file: WeightsFile, strict: boolean): void {
  if (owner === undefined || file.owner === undefined) return;
  const difference = differenceOf(file.owner, { space: owner.space });
  if (difference === undefined) return;
  if (strict) throw new UserError(`${file.path}: ${difference}, or init.strict to false`);
  log(`${file.path}: ${difference}`);
}

interface ChosenTarget {
  readonly module: nn.Module;
  /** Tensors by their names in the module. */
  readonly tensors: ReadonlyMap<string, Tensor>;
  /** Number of tensors of a classifier's last layers. */
  readonly ignored: number;
}

/** Chooses the module that a file is for: the whole network, or its backbone. */
function chooseTarget(
  { space }: StepContext,
  { network, backbone }: InitTarget,
  { tensors }: WeightsFile,
): ChosenTarget {
  const whole = { module: network, tensors, ignored: 0 };
  if (backbone === undefined) return whole;
  const last = ["fc", ...space.tail.map(({ name }) => name)];
  const isLast = (name: string) => last.some((part) => name.startsWith(`${part}.`));
  const within = underPrefix(tensors, "backbone.");
  const others = [...tensors.keys()].filter((name) => !name.startsWith("backbone."));
  if (within.size > 0)
    return others.every(isLast) ? { module: backbone, tensors: within, ignored: others.length } : whole;
  const parts = featureParts(space).map(({ name }) => name);
  const isBackbone = others.some((name) => parts.some((part) => name.startsWith(`${part}.`)));
  if (!isBackbone) return whole;
  const own = new Map([...tensors].filter(([name]) => !isLast(name)));
  return { module: backbone, tensors: own, ignored: tensors.size - own.size };
}

/** Compares the tensors of a file with those of a module. */
function compare(module: nn.Module, tensors: ReadonlyMap<string, Tensor>) {
  const state = module.stateDict();
  const sameShape = (name: string) => tensors.get(name)!.shape.join() === state.get(name)!.shape.join();
  const common = [...state.keys()].filter((name) => tensors.has(name));
  return {
    fitting: new Map(common.filter(sameShape).map((name) => [name, tensors.get(name)!])),
    missing: [...state.keys()].filter((name) => !tensors.has(name) && !name.endsWith(".num_batches_tracked")),
    unexpected: [...tensors.keys()].filter((name) => !state.has(name)),
    misshapen: common
      .filter((name) => !sameShape(name))
      .map((name) => `${name} [${tensors.get(name)!.shape}] instead of [${state.get(name)!.shape}]`),
  };
}

const LISTED = 3;

/** Formats a list of names: "2 missing (fc.weight, fc.bias)". */
function listed(what: string, names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const more = names.length > LISTED ? ", ..." : "";
  return [`${names.length} ${what} (${names.slice(0, LISTED).join(", ")}${more})`];
}
