import { requireArray, requireInteger, requireObject } from "@supernet/base";
import { allSubnets, type Subnet } from "@supernet/nas";
import { activeStateDict, type Built, buildLayer, ChoiceBlock, channelRange } from "@supernet/nas/supernet";
import type { nn, Tensor } from "@supernet/torch";
import type { Backbone } from "../backbones/backbone.js";
import { chosenDetector, detectorDecisions, largestDetector } from "./choices.js";
import {
  type DetectorDefinition,
  type DetectorSection,
  detectorLayers,
  type ElasticDetector,
} from "./detector.js";
import { builtInDetectors } from "./detectors.js";
import type { DetectorSettings, ElasticDetectorSettings } from "./detectors.settings.js";
import type { DetectorLayer } from "./parts/detector-layers.js";

/** A backbone whose maps may have different numbers of channels in each subnet. */
export interface ElasticBackbone extends Backbone {
  /** Smallest number of channels of each map over all subnets. `outChannels` is the largest. */
  readonly minChannels: readonly number[];
}

/** A detector for every choice of its sizes, with shared weights: each smaller layer is a slice of the largest one. */
export interface DetectorSupernet {
  /** Runs the detector that was activated last. */
  readonly detector: ElasticDetector<DetectorSettings>;
  /**
   * Activates the neck and the heads of a subnet. The backbone is not changed.
   * @param mapChannels number of channels of each map of the backbone in the subnet
   */
  activate(subnet: Subnet, mapChannels: readonly number[]): void;
  /**
   * Returns the state dict of the active neck and heads, with the names and shapes of a stand-alone detector. The
   * tensors share memory with the supernet.
   */
  activeState(): Map<string, Tensor>;
}

/**
 * Builds a detector whose sizes are searched. See `detectorDecisions` for its decisions.
 *
 * @example
 * const { detector, activate } = buildElasticDetector(backbone, settings, 10);
 * activate({ "detector.pyramid.channels": 24 }, backbone.outChannels);
 * @param classes number of classes, without background
 * @throws UserError if the settings do not match the backbone
 */
export function buildElasticDetector(
  backbone: ElasticBackbone,
  settings: ElasticDetectorSettings,
  classes: number,
): DetectorSupernet {
  requireObject("buildElasticDetector: backbone", backbone);
  requireObject("buildElasticDetector: settings", settings);
  requireInteger("buildElasticDetector: classes", classes, { min: 1 });
  requireArray("buildElasticDetector: backbone.minChannels", backbone.minChannels);
  const definition = builtInDetectors[settings.kind] as DetectorDefinition<DetectorSettings>;
  const sections = definition.sections!;
  const largest = largestDetector(settings);
  const firstSubnet = Object.fromEntries(
    detectorDecisions(settings).map(({ name, choices }) => [name, choices[0]!]),
  );

  /** Describes the layers of chosen settings, by the paths of the modules in the supernet. */
  const layersOf = (chosen: DetectorSettings, outChannels: readonly number[], some = sections) => {
    const firstLevel = largest.pyramid.strides.indexOf(chosen.pyramid.strides[0]!);
    const maps = { strides: backbone.strides, outChannels };
    return detectorLayers(some, { maps, settings: chosen, classes, firstLevel });
  };
  const extremes = [backbone.minChannels, backbone.outChannels];
  const candidates = new Map<string, DetectorLayer[]>();
  for (const section of sections) {
    for (const subnet of subnetsOf(section, settings)) {
      const chosen = chosenDetector(settings, { ...firstSubnet, ...subnet });
      for (const channels of extremes) {
        for (const [path, layer] of Object.entries(layersOf(chosen, channels, [section]))) {
          const found = candidates.get(path) ?? [];
          found.push(layer);
          candidates.set(path, found);
        }
      }
    }
  }
  const built = new Map<string, BuiltLayer>();
  const build = (path: string): nn.Layer => {
    const layer = buildCandidates(path, candidates.get(path)!);
    built.set(path, layer);
    return layer.module;
  };
  const detector = definition.build(backbone, largest, classes, build) as ElasticDetector<DetectorSettings>;

  let active = { chosen: largest, channels: backbone.outChannels };
  const activate = (subnet: Subnet, channels: readonly number[]): void => {
    const chosen = chosenDetector(settings, subnet);
    for (const [path, layer] of Object.entries(layersOf(chosen, channels))) built.get(path)!.activate(layer);
    detector.configure(chosen);
    active = { chosen, channels };
  };
  activate(firstSubnet, backbone.outChannels);
  return {
    detector,
    activate,
    activeState() {
      const { chosen, channels } = active;
      const shared = Object.keys(layersOf(chosen, channels));
      const maps = { strides: backbone.strides, outChannels: channels };
      // The same layers in the same order; only the names of levels differ.
      const own = Object.keys(detectorLayers(sections, { maps, settings: chosen, classes }));
      return new Map(
        own.flatMap((path, i) =>
          Array.from(
            activeStateDict(built.get(shared[i]!)!.module),
            ([name, tensor]) => [`${path}.${name}`, tensor] as const,
          ),
        ),
      );
    },
  };
}

/** Module that runs any of several candidates of a layer. */
interface BuiltLayer {
  readonly module: nn.Layer;
  activate(layer: DetectorLayer): void;
}

/** Builds the candidates of a layer. Those whose weights have the same name are slices of the largest one. */
function buildCandidates(path: string, candidates: readonly DetectorLayer[]): BuiltLayer {
  const names = [...new Set(candidates.map(({ weights = "" }) => weights))];
  const groups = names.map((name): [string, Built] => {
    const own = candidates.filter(({ weights = "" }) => weights === name);
    const input = channelRange(own.map((candidate) => candidate.input));
    return [
      name,
      buildLayer(
        path,
        own.map(({ layer }) => layer),
        input,
      ),
    ];
  });
  const [[, only] = unreachable(path)] = groups;
  if (groups.length === 1) {
    return { module: only.module, activate: ({ layer, input }) => only.activate?.(layer, input) };
  }
  const block = new ChoiceBlock(groups.map(([name, { module }]) => [name, module]));
  const byName = new Map(groups);
  return {
    module: block,
    activate({ layer, input, weights = "" }) {
      block.choose(weights);
      byName.get(weights)!.activate?.(layer, input);
    },
  };
}

function unreachable(path: string): never {
  throw new Error(`${path} has no candidates`);
}

/** Returns every combination of the choices that a section depends on. */
function subnetsOf(
  { sizes }: DetectorSection<DetectorSettings>,
  settings: ElasticDetectorSettings,
): Iterable<Subnet> {
  const decisions = detectorDecisions(settings).filter(({ name }) =>
    sizes.some((size) => name === `detector.${size}`),
  );
  return allSubnets({ name: "section", decisions });
}
