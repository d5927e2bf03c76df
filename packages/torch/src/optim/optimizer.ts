import { requireObject, UserError } from "@supernet/base";
import { noGrad, type Tensor, tidy, zeros } from "../engine/index.js";
import type { Parameter } from "../nn/module.js";
import type { NamedParameter, ResolvedGroup } from "./groups.js";

/** State that a resumed run needs in addition to the parameters: tensors by `PARAMETER.STATE`, and plain JSON. */
export interface OptimizerState {
  readonly tensors: Map<string, Tensor>;
  readonly json: { readonly kind: string; readonly steps: Readonly<Record<string, number>> };
}

/** Updates parameters from their gradients. */
export interface Optimizer {
  /** Learning rate. Set it before each step: the base rate times the schedule's factor. */
  lr: number;
  /** Updates the parameters that have a gradient. Does not change the gradients. */
  step(): void;
  /** Removes the gradient of every parameter. */
  zeroGrad(): void;
  /** Returns the live state. Save or copy it before the next step. */
  state(): OptimizerState;
  /**
   * Restores a saved state.
   * @throws UserError that names the entry that does not match these parameters
   */
  loadState(state: OptimizerState): void;
}

/** A parameter and the optimizer's state for it: tensors of its shape, created at its first step. */
export interface Slot {
  readonly name: string;
  readonly parameter: Parameter;
  state: readonly Tensor[];
  steps: number;
}

export interface SlotGroup {
  readonly slots: readonly Slot[];
  readonly weightDecay: number;
  readonly lrScale: number;
}

/** Parameters of one group that have a gradient, as lists for the `_foreach` operators. */
export interface ParametersWithGradient {
  readonly slots: readonly Slot[];
  readonly parameters: readonly Parameter[];
  readonly gradients: readonly Tensor[];
}

/** Creates the slots of groups, without state. */
export function makeSlots(groups: readonly ResolvedGroup[]): SlotGroup[] {
  const slot = ([name, parameter]: NamedParameter): Slot => ({ name, parameter, state: [], steps: 0 });
  return groups.map(({ params, weightDecay, lrScale }) => ({
    slots: params.map(slot),
    weightDecay,
    lrScale,
  }));
}

/**
 * Number of elements after which a list of parameters is passed to an update. An update passes over its lists many
 * times, and lists of this size stay in the cache from one pass to the next.
 */
const MAX_ELEMENTS_PER_CALL = 2 ** 16;

/**
 * Calls `update` for each group with batches of its parameters that have a gradient. In a single-path supernet most
 * parameters have none.
 */
export function stepGroups(
  groups: readonly SlotGroup[],
  stateTensors: number,
  update: (parameters: ParametersWithGradient, group: SlotGroup) => void,
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
          if (slot.state.length < stateTensors) slot.state = makeState(slot.parameter, stateTensors);
          slot.steps++;
          slots.push(slot);
          parameters.push(slot.parameter);
          gradients.push(gradient);
          size += slot.parameter.numel;
          if (size >= MAX_ELEMENTS_PER_CALL) flush();
        }
        flush();
      }
    }),
  );
}

/** Removes the gradients of all parameters. */
export function clearGradients(groups: readonly SlotGroup[]): void {
  for (const { slots } of groups) for (const { parameter } of slots) parameter.grad = undefined;
}

/**
 * Returns the live state of all slots.
 * @param stateNames PyTorch's names of the state tensors
 */
export function readState(
  kind: string,
  groups: readonly SlotGroup[],
  stateNames: readonly string[],
): OptimizerState {
  const tensors = new Map<string, Tensor>();
  const steps: [string, number][] = [];
  for (const slot of allSlots(groups)) {
    if (slot.steps === 0) continue;
    steps.push([slot.name, slot.steps]);
    for (const [i, tensor] of slot.state.entries()) tensors.set(`${slot.name}.${stateNames[i]}`, tensor);
  }
  return { tensors, json: { kind, steps: Object.fromEntries(steps) } };
}

/** Copies a saved state into the slots. Nothing changes if it throws. */
export function writeState(
  kind: string,
  groups: readonly SlotGroup[],
  stateNames: readonly string[],
  state: OptimizerState,
): void {
  requireObject("loadState: state", state);
  const { tensors, json } = state;
  const refuse = (what: string) =>
    new UserError(
      `the optimizer state does not match the model: ${what}: resume from a checkpoint of the same run`,
    );
  if (json.kind !== kind) throw refuse(`it belongs to ${json.kind}, not to ${kind}`);
  const steps = new Map(Object.entries(json.steps));
  const slots = allSlots(groups);
  const names = new Set(slots.map(({ name }) => name));
  const unknown = [...steps.keys()].find((name) => !names.has(name));
  if (unknown !== undefined) throw refuse(`the model has no parameter ${unknown}`);
  const found = slots.map((slot) => {
    if (!steps.has(slot.name)) return [];
    return stateNames.map((stateName) => {
      const tensor = tensors.get(`${slot.name}.${stateName}`);
      if (tensor === undefined) throw refuse(`${slot.name}.${stateName} is missing`);
      if (tensor.shape.join() !== slot.parameter.shape.join()) {
        throw refuse(`${slot.name}.${stateName} has the shape [${tensor.shape.join(", ")}]`);
      }
      return tensor;
    });
  });
  noGrad(() =>
    tidy(() => {
      for (const [i, slot] of slots.entries()) {
        for (const tensor of slot.state) tensor.dispose();
        slot.steps = steps.get(slot.name) ?? 0;
        slot.state = found[i]!.length === 0 ? [] : makeState(slot.parameter, stateNames.length);
        for (const [k, tensor] of slot.state.entries()) tensor.copy_(found[i]![k]!);
      }
    }),
  );
}

function allSlots(groups: readonly SlotGroup[]): Slot[] {
  return groups.flatMap(({ slots }) => slots);
}

function makeState({ shape, dtype, device }: Parameter, count: number): Tensor[] {
  return Array.from({ length: count }, () => zeros(shape, { dtype, device }).keep());
}
