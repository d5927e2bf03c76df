import { requireInstance, requireObject, requireString } from "@supernet/base";
import { type Cost, sumCosts } from "./cost.js";

// Costs of modules by their paths, for networks that are not a sequence of parts.

/**
 * Adds the cost of another run of a module. Parameters are counted once.
 *
 * @param before cost of the earlier runs; undefined for the first one
 */
export function addRun(before: Cost | undefined, again: Cost): Cost {
  requireObject("addRun: again", again);
  if (before === undefined) return again;
  return {
    ...before,
    macs: before.macs + again.macs,
    flops: before.flops + again.flops,
    operations: before.operations + again.operations,
    activations: before.activations + again.activations,
    memory: Math.max(before.memory, again.memory),
  };
}

/** Node of the module tree. */
interface Branch {
  own: Cost | undefined;
  readonly children: Map<string, Branch>;
}

/**
 * Returns the cost of a network as a tree of its modules.
 *
 * @param costs cost of each module by its path, such as `neck.fpn_convs.0`
 * @param peak maximum bytes of maps alive at once
 */
export function costTree(name: string, costs: ReadonlyMap<string, Cost>, peak: number): Cost {
  requireString("costTree: name", name);
  requireInstance("costTree: costs", costs, Map);
  const root: Branch = { own: undefined, children: new Map() };
  for (const [path, cost] of costs) {
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
