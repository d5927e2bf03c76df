import { nn, type Tensor, tidy } from "@supernet/torch";
import { type Layer, outputChannels } from "../../layer/layer.js";
import { allChoices, candidatesOf, layerOf, type Part, separateDecisions } from "../../layer/part.js";
import type { Space, Subnet } from "../../space/space.js";
import { activeStateDict } from "../modules/active-state.js";
import { ChoiceBlock } from "../modules/choice-block.js";
import { buildLayer } from "./build-layer.js";
import { type ChannelRange, channelRange, fixedChannels } from "./candidates.js";

/** Part of a space, and the module that implements it. */
interface PartModule {
  readonly part: Part;
  readonly module: nn.Layer;
  readonly output: ChannelRange;
  /** Selects the subnet's candidate. Undefined if there is only one. */
  readonly activate?: ((subnet: Subnet, layer: Layer, input: number) => void) | undefined;
}

/** Part of a supernet's active subnet. */
export interface ActivePart {
  readonly name: string;
  /**
   * Identifies the part's weights and layers. If the keys of two subnets agree up to and including this part, its
   * input and output are the same in both.
   */
  readonly key: string;
  /** Builds a stand-alone module with copies of the supernet's weights. Call it only while the subnet is active. */
  readonly buildStandalone: () => nn.Layer;
}

/**
 * Modules of a space's parts, in a tree by their dotted names. With a subnet, they are the modules of that subnet;
 * without one, they are elastic modules for all subnets.
 */
export class PartModules extends nn.ModuleDict {
  readonly #parts: readonly PartModule[];

  constructor(space: Space, parts: readonly Part[], input: ChannelRange, subnet?: Subnet) {
    super();
    let channels = input;
    this.#parts = parts.map((part) => {
      const built = buildPart(space, part, channels, subnet);
      channels = built.output;
      place(this, part.name.split("."), built.module);
      return built;
    });
  }

  /** Range of output channels of the last part. */
  get output(): ChannelRange {
    return this.#parts.at(-1)!.output;
  }

  /**
   * Activates `subnet`.
   * @returns the number of output channels of the last part
   */
  activate(subnet: Subnet, input: number): number {
    let channels = input;
    for (const { part, activate } of this.#parts) {
      const layer = layerOf(part, subnet);
      activate?.(subnet, layer, channels);
      channels = outputChannels(layer, channels);
    }
    return channels;
  }

  /**
   * Activates `subnet` and returns its parts.
   * @param input number of input channels of the first part
   */
  activeParts(subnet: Subnet, input: number): ActivePart[] {
    this.activate(subnet, input);
    let channels = input;
    return this.#parts.map(({ part, module }) => {
      const layer = layerOf(part, subnet);
      const before = fixedChannels(channels);
      channels = outputChannels(layer, channels);
      return {
        name: part.name,
        key: JSON.stringify([candidateName(separateDecisions(part), subnet), layer]),
        buildStandalone: () => {
          const standalone = buildLayer(part.name, [layer], before).module;
          tidy(() => {
            const state = activeStateDict(module);
            const [weight] = state.values();
            if (weight) standalone.to({ device: weight.device });
            standalone.loadStateDict(state);
          });
          return standalone;
        },
      };
    });
  }

  /**
   * Runs the parts in order and releases intermediate outputs immediately.
   * @param take called with each part's output; returns true to keep it
   */
  forward(input: Tensor, take: (output: Tensor, part: string) => boolean = () => false): Tensor {
    let x = input;
    let kept = true;
    for (const { part, module } of this.#parts) {
      const next = module.forward(x);
      if (next !== x && !kept) x.dispose();
      kept = take(next, part.name) || (next === x && kept);
      x = next;
    }
    return x;
  }
}

/** Sets a module at a path, creating the ModuleDicts on the way. */
function place(root: nn.ModuleDict, [name, ...rest]: readonly string[], module: nn.Module): void {
  if (rest.length === 0) {
    root.set(name!, module);
    return;
  }
  const existing = root.get(name!);
  const folder = existing instanceof nn.ModuleDict ? existing : new nn.ModuleDict();
  root.set(name!, folder);
  place(folder, rest, module);
}

function buildPart(space: Space, part: Part, input: ChannelRange, subnet?: Subnet): PartModule {
  if (subnet) {
    const { module, output } = buildLayer(part.name, [layerOf(part, subnet)], input);
    return { part, module, output };
  }
  if (separateDecisions(part).length > 0) return buildChoiceBlock(space, part, input);
  const { module, output, activate } = buildLayer(part.name, candidatesOf(space, part), input);
  return {
    part,
    module,
    output,
    activate: activate && ((_, layer, channels) => activate(layer, channels)),
  };
}

/** Builds one candidate per combination of the separate decisions. Each is elastic over the other decisions. */
function buildChoiceBlock(space: Space, part: Part, input: ChannelRange): PartModule {
  const separate = separateDecisions(part);
  const layers = new Map<string, Layer[]>();
  for (const choices of allChoices(space, part)) {
    const name = candidateName(separate, choices);
    layers.set(name, [...(layers.get(name) ?? []), layerOf(part, choices)]);
  }
  const candidates = new Map(
    Array.from(layers, ([name, own]) => [name, buildLayer(`${part.name}.${name}`, own, input)] as const),
  );
  const module = new ChoiceBlock(Array.from(candidates, ([name, built]) => [name, built.module]));
  const outputs = Array.from(candidates.values(), ({ output }) => output);
  return {
    part,
    module,
    output: channelRange(outputs.flatMap(({ min, max }) => [min, max])),
    activate(subnet, layer, channels) {
      const name = candidateName(separate, subnet);
      module.choose(name);
      candidates.get(name)!.activate?.(layer, channels);
    },
  };
}

/** Returns a module name for the choices of some decisions. Module names must not contain dots. */
function candidateName(decisions: readonly string[], subnet: Subnet): string {
  return decisions.map((decision) => String(subnet[decision]).replaceAll(".", "_")).join("-");
}
