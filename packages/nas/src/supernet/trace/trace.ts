import { requireFunction, requireInstance, requireString } from "@supernet/base";
import { memory, nn, resetPeakMemory, type Tensor, tidy } from "@supernet/torch";
import { BYTES, type Cost, sumCosts } from "../../cost/cost.js";
import { estimateLayer } from "../../cost/estimate.js";
import { MultiHeadAttention } from "../modules/attention.js";
import { ClassToken } from "../modules/tokens.js";
import { withForward } from "./with-forward.js";

/** A module whose cost is counted: one from tensor to tensor that multiplies, normalises or adds what it has learned. */
type Counted = InstanceType<(typeof COUNTED)[number]>;

const COUNTED = [
  nn.Conv2d,
  nn.Linear,
  nn.BatchNorm2d,
  nn.GroupNorm,
  nn.LayerNorm,
  MultiHeadAttention,
  ClassToken,
] as const;

/**
 * Counts what a network costs by running it once on one image: the counterpart of the estimate from shapes alone, for
 * networks that no space describes, such as a whole detector. Counted are the convolutions, linear layers and
 * normalizations that run, by the estimate's own rules; those that run several times, as a head does on every level,
 * add up. The network's own `memory` is measured: its parameters, and the most bytes that were held at once.
 * @param run runs the network, without gradients
 */
export function traceCost(name: string, network: nn.Module, run: () => void): Cost {
  requireString("traceCost: name", name);
  requireInstance("traceCost: network", network, nn.Module);
  requireFunction("traceCost: run", run);
  const counts = new Map<string, Cost>();
  return withForward(
    network,
    (module, forward, path) =>
      isCounted(module)
        ? (x) => {
            const y = forward(x);
            counts.set(path, added(counts.get(path), costOf(module, x, y)));
            return y;
          }
        : undefined,
    () => {
      const before = memory().inUse;
      resetPeakMemory();
      tidy(run);
      return treeOf(name, counts, memory().peak - before);
    },
  );
}

function isCounted(module: nn.Module): module is Counted {
  return COUNTED.some((kind) => module instanceof kind);
}

function costOf(module: Counted, input: Tensor, output: Tensor): Cost {
  let params = 0;
  for (const { numel } of module.parameters()) params += numel;
  const { numel } = output;
  const memory = BYTES * (params + input.numel + numel);
  if (module instanceof nn.Conv2d || module instanceof nn.Linear) {
    const macs = numel * weightsPerOutput(module);
    return { name: "", params, macs, flops: macs, activations: numel, memory };
  }
  if (module instanceof MultiHeadAttention) {
    const [tokens, samples, width] = input.shape as [number, number, number];
    const { cost } = estimateLayer(module.layer, "", [tokens, width]);
    const { macs, activations } = cost;
    return {
      ...cost,
      params,
      macs: samples * macs,
      flops: samples * macs,
      activations: samples * activations,
    };
  }
  const flops = module instanceof ClassToken ? 0 : 2 * numel;
  return { name: "", params, macs: 0, flops, activations: 0, memory };
}

function weightsPerOutput(module: nn.Conv2d | nn.Linear): number {
  if (module instanceof nn.Linear) return module.inFeatures;
  const [height, width] = module.kernelSize;
  return (module.inChannels / module.groups) * height * width;
}

/** The cost of a module that ran again: its parameters are there once. */
function added(before: Cost | undefined, again: Cost): Cost {
  if (before === undefined) return again;
  return {
    ...before,
    macs: before.macs + again.macs,
    flops: before.flops + again.flops,
    activations: before.activations + again.activations,
    memory: Math.max(before.memory, again.memory),
  };
}

/** A module, or what holds modules, by the parts of their dotted names. */
interface Branch {
  own: Cost | undefined;
  readonly children: Map<string, Branch>;
}

function treeOf(name: string, counts: ReadonlyMap<string, Cost>, peak: number): Cost {
  const root: Branch = { own: undefined, children: new Map() };
  for (const [path, cost] of counts) {
    let branch = root;
    for (const part of path.split(".")) {
      const next = branch.children.get(part) ?? { own: undefined, children: new Map() };
      branch.children.set(part, next);
      branch = next;
    }
    branch.own = cost;
  }
  return sumCosts(name, childrenOf(root), peak);
}

const childrenOf = ({ children }: Branch): Cost[] =>
  [...children].map(([name, branch]) =>
    branch.own ? { ...branch.own, name } : sumCosts(name, childrenOf(branch)),
  );
