import { requireArray, requireInteger, requireObject } from "@supernet/base";
import { allSubnets, type Subnet } from "@supernet/nas";
import { activeStateDict, type Built, buildLayer, channelRange } from "@supernet/nas/supernet";
import type { nn, Tensor } from "@supernet/torch";
import type { Backbone } from "../backbones/backbone.js";
import { chosenDetector, detectorDecisions, largestDetector } from "./choices.js";
import { type DetectorDefinition, detectorLayers, type ElasticDetector } from "./detector.js";
import { builtInDetectors } from "./detectors.js";
import type { DetectorSettings, ElasticDetectorSettings } from "./detectors.settings.js";
import type { DetectorLayer } from "./parts/detector-layers.js";
import type { BackboneMaps } from "./parts/feature-pyramid.js";

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
  const decisions = detectorDecisions(settings);
  const firstLevel = (chosen: DetectorSettings) =>
    largest.pyramid.strides.indexOf(chosen.pyramid.strides[0]!);

  const candidates = new Map<string, DetectorLayer[]>();
  for (const section of sections) {
    const own = decisions.filter(({ name }) => section.sizes.some((size) => name === `detector.${size}`));
    const others = Object.fromEntries(decisions.map(({ name, choices }) => [name, choices[0]!]));
    for (const subnet of allSubnets({ name: "section", decisions: own })) {
      const chosen = chosenDetector(settings, { ...others, ...subnet });
      for (const outChannels of [backbone.minChannels, backbone.outChannels]) {
        const maps: BackboneMaps = { strides: backbone.strides, outChannels };
        const layers = section.layers(maps, chosen, classes, firstLevel(chosen));
        for (const [path, layer] of Object.entries(layers))
          candidates.set(path, [...(candidates.get(path) ?? []), layer]);
      }
    }
  }
  const built = new Map<string, Built>();
  const build = (path: string): nn.Layer => {
    const all = candidates.get(path)!;
    const input = channelRange(all.map((candidate) => candidate.input));
    const module = buildLayer(
      path,
      all.map(({ layer }) => layer),
      input,
    );
    built.set(path, module);
    return module.module;
  };
  const detector = definition.build(backbone, largest, classes, build) as ElasticDetector<DetectorSettings>;

  /** Path of the active modules, by their paths in the stand-alone detector. */
  let active: readonly (readonly [standalone: string, shared: string])[] = [];
  const activate = (subnet: Subnet, mapChannels: readonly number[]): void => {
    const chosen = chosenDetector(settings, subnet);
    const maps: BackboneMaps = { strides: backbone.strides, outChannels: mapChannels };
    const shared = detectorLayers(sections, {
      maps,
      settings: chosen,
      classes,
      firstLevel: firstLevel(chosen),
    });
    const standalone = Object.keys(detectorLayers(sections, { maps, settings: chosen, classes }));
    const paths = Object.entries(shared).map(([path, { layer, input }]) => {
      built.get(path)!.activate?.(layer, input);
      return path;
    });
    active = standalone.map((path, i) => [path, paths[i]!]);
    detector.configure(chosen);
  };
  const first = Object.fromEntries(decisions.map(({ name, choices }) => [name, choices[0]!]));
  activate(first, backbone.outChannels);
  return {
    detector,
    activate,
    activeState: () =>
      new Map(
        active.flatMap(([standalone, shared]) =>
          Array.from(
            activeStateDict(built.get(shared)!.module),
            ([name, tensor]) => [`${standalone}.${name}`, tensor] as const,
          ),
        ),
      ),
  };
}
