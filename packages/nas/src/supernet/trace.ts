import { memory, nn, resetPeakMemory, type Tensor, tidy } from "@supernet/torch";
import { addResources, type Cost, NOTHING, type Resources } from "../cost/cost.js";

/** A module whose cost is counted: one from tensor to tensor that multiplies or normalises. */
type Counted = nn.Conv2d | nn.Linear | nn.BatchNorm2d | nn.GroupNorm | nn.LayerNorm;

export interface Trace {
  /** Of the modules that ran, under their names; those that run several times (a head on every level) add up. */
  readonly cost: Cost;
  /** Peak bytes of the tensors made while it ran, weights not among them. */
  readonly peakBytes: number;
}

/**
 * Counts what a network costs by running it once on one image: the counterpart of the estimate from shapes alone,
 * for networks that no space describes, such as a whole detector. Counted are convolutions, linear layers and
 * normalisations, by the estimate's own rules.
 * @param run runs the network, without gradients
 */
export function traceCost(name: string, network: nn.Module, run: () => void): Trace {
  const counts = new Map<string, Resources>();
  const traced: Counted[] = [];
  try {
    for (const [path, module] of network.namedModules()) {
      if (!isCounted(module)) continue;
      const forward = module.forward;
      const counting = (x: Tensor): Tensor => {
        const y = forward.call(module, x);
        const params = counts.has(path) ? 0 : ownParams(module);
        counts.set(path, addResources(counts.get(path) ?? NOTHING, { params, ...workOf(module, y) }));
        return y;
      };
      Object.defineProperty(module, "forward", { value: counting, configurable: true });
      traced.push(module);
    }
    const before = memory().inUse;
    resetPeakMemory();
    tidy(run);
    return { cost: treeOf(name, counts), peakBytes: memory().peak - before };
  } finally {
    // The class's own forward shows again.
    for (const module of traced) Reflect.deleteProperty(module, "forward");
  }
}

function isCounted(module: nn.Module): module is Counted {
  return [nn.Conv2d, nn.Linear, nn.BatchNorm2d, nn.GroupNorm, nn.LayerNorm].some(
    (kind) => module instanceof kind,
  );
}

function ownParams(module: nn.Module): number {
  let params = 0;
  for (const [, { numel }] of module.namedParameters("", false)) params += numel;
  return params;
}

function workOf(module: Counted, { numel }: Tensor): Omit<Resources, "params"> {
  if (module instanceof nn.Conv2d) {
    const [height, width] = module.kernelSize;
    const macs = numel * (module.inChannels / module.groups) * height * width;
    return { macs, flops: macs };
  }
  if (module instanceof nn.Linear) {
    const macs = numel * module.inFeatures;
    return { macs, flops: macs };
  }
  return { macs: 0, flops: 2 * numel };
}

interface Branch {
  own: Resources;
  readonly children: Map<string, Branch>;
}

/** The counts as a tree by the parts of their dotted names. */
function treeOf(name: string, counts: ReadonlyMap<string, Resources>): Cost {
  const root: Branch = { own: NOTHING, children: new Map() };
  for (const [path, resources] of counts) {
    let branch = root;
    for (const part of path.split(".")) {
      const next = branch.children.get(part) ?? { own: NOTHING, children: new Map() };
      branch.children.set(part, next);
      branch = next;
    }
    branch.own = resources;
  }
  return costOf(name, root);
}

function costOf(name: string, { own, children }: Branch): Cost {
  if (children.size === 0) return { name, ...own };
  const parts = [...children].map(([child, branch]) => costOf(child, branch));
  return { name, ...parts.reduce(addResources, own), children: parts };
}
