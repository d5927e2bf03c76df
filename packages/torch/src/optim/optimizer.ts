import { UserError } from "@supernet/base";
import { noGrad, type Tensor, tidy, zeros } from "../engine/index.js";
import type { Parameter } from "../nn/module.js";
import type { NamedParameter, ResolvedGroup } from "./groups.js";

/** What a resumed run needs, beside the parameters: tensors by `PARAMETER.SLOT`, and plain JSON. */
export interface OptimizerState {
  readonly tensors: Map<string, Tensor>;
  readonly json: { readonly kind: string; readonly steps: Readonly<Record<string, number>> };
}

export interface Optimizer {
  /** Set before each step: base rate times the schedule's factor. */
  lr: number;
  /** Updates the parameters that have a gradient; the gradients stay as they are. */
  step(): void;
  /** Takes the gradient off every parameter. */
  zeroGrad(): void;
  /** The live state; save it or copy it before the next step. */
  state(): OptimizerState;
  /** @throws UserError naming the entries that do not belong to these parameters */
  loadState(state: OptimizerState): void;
}

/** A parameter and what the optimiser remembers of it: tensors of its shape, made at its first step. */
export interface Slot {
  readonly name: string;
  readonly parameter: Parameter;
  memory: readonly Tensor[];
  steps: number;
}

export interface SlotGroup {
  readonly slots: readonly Slot[];
  readonly weightDecay: number;
  readonly lrScale: number;
}

/** Parameters of one group that have a gradient, as lists for the `_foreach` operators. */
export interface Ready {
  readonly slots: readonly Slot[];
  readonly parameters: readonly Parameter[];
  readonly gradients: readonly Tensor[];
}

export function makeSlots(groups: readonly ResolvedGroup[]): SlotGroup[] {
  const slot = ([name, parameter]: NamedParameter): Slot => ({ name, parameter, memory: [], steps: 0 });
  return groups.map(({ params, weightDecay, lrScale }) => ({
    slots: params.map(slot),
    weightDecay,
    lrScale,
  }));
}

/**
 * Elements of parameters from which a list is long enough. An update passes over its lists many times: so short, what
 * it works on stays in the cache from one pass to the next.
 */
const AT_ONCE = 2 ** 16;

/** Calls `update` for each group with its parameters that have a gradient, some at a time. In a single-path supernet most have none. */
export function stepGroups(
  groups: readonly SlotGroup[],
  memoryTensors: number,
  update: (ready: Ready, group: SlotGroup) => void,
): void {
  noGrad(() =>
    tidy(() => {
      for (const group of groups) {
        let slots: Slot[] = [];
        let parameters: Parameter[] = [];
        let gradients: Tensor[] = [];
        let size = 0;
        const flush = () => {
          if (slots.length > 0) tidy(() => update({ slots, parameters, gradients }, group));
          [slots, parameters, gradients, size] = [[], [], [], 0];
        };
        for (const slot of group.slots) {
          const gradient = slot.parameter.grad;
          if (gradient === undefined) continue;
          if (slot.memory.length < memoryTensors) slot.memory = makeMemory(slot.parameter, memoryTensors);
          slot.steps++;
          slots.push(slot);
          parameters.push(slot.parameter);
          gradients.push(gradient);
          size += slot.parameter.numel;
          if (size >= AT_ONCE) flush();
        }
        flush();
      }
    }),
  );
}

export function clearGradients(groups: readonly SlotGroup[]): void {
  for (const { slots } of groups) for (const { parameter } of slots) parameter.grad = undefined;
}

/** @param memoryNames how PyTorch calls each of the memory's tensors */
export function readState(
  kind: string,
  groups: readonly SlotGroup[],
  memoryNames: readonly string[],
): OptimizerState {
  const tensors = new Map<string, Tensor>();
  const steps: [string, number][] = [];
  for (const slot of allSlots(groups)) {
    if (slot.steps === 0) continue;
    steps.push([slot.name, slot.steps]);
    for (const [i, tensor] of slot.memory.entries()) tensors.set(`${slot.name}.${memoryNames[i]}`, tensor);
  }
  return { tensors, json: { kind, steps: Object.fromEntries(steps) } };
}

/** Puts copies of a saved state in place; nothing changes where it throws. */
export function writeState(
  kind: string,
  groups: readonly SlotGroup[],
  memoryNames: readonly string[],
  { tensors, json }: OptimizerState,
): void {
  const refuse = (what: string) =>
    new UserError(`the optimiser's state does not fit: ${what}: resume from a checkpoint of this very run`);
  if (json.kind !== kind) throw refuse(`it is of ${json.kind}, not of ${kind}`);
  const steps = new Map(Object.entries(json.steps));
  const slots = allSlots(groups);
  const names = new Set(slots.map(({ name }) => name));
  const unknown = [...steps.keys()].find((name) => !names.has(name));
  if (unknown !== undefined) throw refuse(`the model has no parameter ${unknown}`);
  const found = slots.map((slot) => {
    if (!steps.has(slot.name)) return [];
    return memoryNames.map((memoryName) => {
      const tensor = tensors.get(`${slot.name}.${memoryName}`);
      if (tensor === undefined) throw refuse(`${slot.name}.${memoryName} is missing`);
      if (tensor.shape.join() !== slot.parameter.shape.join()) {
        throw refuse(`${slot.name}.${memoryName} has the shape [${tensor.shape.join(", ")}]`);
      }
      return tensor;
    });
  });
  noGrad(() =>
    tidy(() => {
      for (const [i, slot] of slots.entries()) {
        for (const tensor of slot.memory) tensor.dispose();
        slot.steps = steps.get(slot.name) ?? 0;
        slot.memory = found[i]!.length === 0 ? [] : makeMemory(slot.parameter, memoryNames.length);
        for (const [k, tensor] of slot.memory.entries()) tensor.copy_(found[i]![k]!);
      }
    }),
  );
}

function allSlots(groups: readonly SlotGroup[]): Slot[] {
  return groups.flatMap(({ slots }) => slots);
}

function makeMemory({ shape, dtype, device }: Parameter, count: number): Tensor[] {
  return Array.from({ length: count }, () => zeros(shape, { dtype, device }).keep());
}
