import { nn, type Tensor, tidy } from "@supernet/torch";
import { outputChannels, type Layer } from "../../layer/layer.js";
import { allChoices, candidatesOf, layerOf, type Part, separateDecisions } from "../../layer/part.js";
import type { Space, Subnet } from "../../space/space.js";
import { activeStateDict } from "../modules/active-state.js";
import { buildLayer } from "./build-layer.js";
import { type ChannelRange, channelRange, fixedChannels } from "./candidates.js";
import { ChoiceBlock } from "../modules/choice-block.js";

/** A part as a module. */
interface PartModule {
  readonly part: Part;
  readonly module: nn.Layer;
  readonly output: ChannelRange;
  /** Makes the subnet's candidate the one that runs; absent where there is one alone. */
  readonly activate?: ((subnet: Subnet, layer: Layer, input: number) => void) | undefined;
}

/** A part of the subnet that is active in a supernet. */
export interface ActivePart {
  readonly name: string;
  /**
   * The same wherever the part has the same weights and layers. Where all earlier parts' keys agree too, so does what
   * comes in, and with it what the part outputs.
   */
  readonly key: string;
  /** Builds the part as a stand-alone module, with copies of the supernet's weights; only while the subnet is active. */
  readonly buildStandalone: () => nn.Layer;
}

/**
 * The parts of a space as modules, in a tree by their dotted names: with a subnet those of that subnet alone, without
 * one of all subnets.
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

  /** Range of channels that the last part outputs. */
  get output(): ChannelRange {
    return this.#parts.at(-1)!.output;
  }

  /**
   * Makes `subnet` the one that runs.
   * @returns the channels that the last part outputs
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
   * Makes `subnet` the one that runs, and hands out its parts one by one.
   * @param input channels that the first part takes
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
   * Runs the parts in order; what lies between two of them is released at once.
   * @param take is shown what each part outputs, and says whether it keeps it
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

/** Sets a module at a path, and makes the folders on the way. */
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

/** One candidate for each combination of the separate decisions; each is elastic over the part's others. */
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

/** The choices of some decisions as the name of a module, which has no dots. */
function candidateName(decisions: readonly string[], subnet: Subnet): string {
  return decisions.map((decision) => String(subnet[decision]).replaceAll(".", "_")).join("-");
}
