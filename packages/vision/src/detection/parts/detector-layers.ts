import { requireFunction } from "@supernet/base";
import type { Layer } from "@supernet/nas";
import { buildLayer, fixedChannels } from "@supernet/nas/supernet";
import type { nn } from "@supernet/torch";

/** Layer outside the backbone, and what it reads. */
export interface DetectorLayer {
  readonly layer: Layer;
  /** Number of channels (of a map) or features that the layer reads. */
  readonly input: number;
  /**
   * Name of its weights in a supernet. Candidates with the same name share weights, those with other names do not.
   * Default: all candidates share weights.
   */
  readonly weights?: string;
}

/**
 * Layers of a detector, or of a part of it, by the path of their modules. They are plain data: a detector's forward pass
 * connects them.
 */
export type DetectorLayers = Readonly<Record<string, DetectorLayer>>;

/** Returns the module at a path. It is called once for each path, in the order of initialization. */
export type ModuleBuilder = (path: string) => nn.Layer;

/** Returns a builder of plain modules. */
export const plainModules =
  (layers: DetectorLayers): ModuleBuilder =>
  (path) => {
    const { layer, input } = layers[path]!;
    return buildLayer(path, [layer], fixedChannels(input)).module;
  };

/** Returns a builder of the modules inside a path. */
export function modulesWithin(path: string, build: ModuleBuilder): ModuleBuilder {
  requireFunction("modulesWithin: build", build);
  return (inner) => build(`${path}.${inner}`);
}

/** Adds a prefix to the paths of layers. */
export const layersWithin = (path: string, layers: DetectorLayers): DetectorLayers =>
  Object.fromEntries(Object.entries(layers).map(([inner, layer]) => [`${path}.${inner}`, layer]));
