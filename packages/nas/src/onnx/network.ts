import { count, parseOptions, requireInstance } from "@supernet/base";
import { z } from "zod";
import { estimateLayer } from "../cost/estimate.js";
import { IMAGE_CHANNELS, type Shape } from "../cost/shape.js";
import type { Layer } from "../layer/layer.js";
import { layerOf, type Part } from "../layer/part.js";
import {
  featureParts,
  lastPart,
  mapChannels,
  type NetworkSpace,
  requireMaps,
} from "../network/network-space.js";
import type { Subnet } from "../space/space.js";
import { checkSpace, validateSubnet } from "../space/validate.js";
import { exportLayer } from "./export-layer.js";
import { Graph, Scope, type Weights } from "./graph.js";
import type { OnnxModel, Value } from "./model.js";

/** Stand-alone subnet to export. */
export interface ExportedSubnet {
  readonly space: NetworkSpace;
  readonly subnet: Subnet;
  /** Image shape, `[3, height, width]`. */
  readonly input: Shape;
  /** State dict of the stand-alone network. */
  readonly weights: Weights;
  /** Strings to store in the model. Default: none. */
  readonly metadata?: Readonly<Record<string, string>>;
}

const subnetSchema = z.strictObject({
  space: z.looseObject({}),
  subnet: z.looseObject({}),
  input: z.tuple([z.literal(IMAGE_CHANNELS), count, count]),
  weights: z.instanceof(Map),
  metadata: z.record(z.string(), z.string()).optional(),
});

const standaloneSchema = z.strictObject({
  layer: z.looseObject({ kind: z.string() }),
  input: z.array(count).min(1),
  weights: z.instanceof(Map),
});

/** @throws UserError naming `subject` if an option is missing, unknown or wrong */
function checkOptions(subject: string, options: ExportedSubnet): void {
  parseOptions(subject, subnetSchema, options);
  checkSpace(subject, options.space);
  validateSubnet(options.space, options.subnet, `${subject}: subnet`);
}

/**
 * Exports a `SpaceClassifier`: input `images` `[n, 3, h, w]`, output `logits` `[n, classes]`.
 *
 * @example
 * const network = new SpaceClassifier(space, 10, subnet);
 * const weights = network.stateDict();
 * const model = exportClassifier({ space, subnet, input: [3, 224, 224], weights });
 * writeFileSync("classifier.onnx", encodeModel(model));
 * @throws UserError if an option is missing, unknown or wrong
 * @throws RangeError if the weights do not belong to this subnet
 */
export function exportClassifier(options: ExportedSubnet): OnnxModel {
  checkOptions("exportClassifier", options);
  const { space, subnet, input, weights, metadata = {} } = options;
  const { graph, network, images } = begin(input, weights);
  const classes = graph.numbers("fc.weight").shape[0]!;
  const map = addParts(network.within("backbone"), space.backbone, { subnet, input: images });
  const logits = addParts(network, [...space.tail, lastPart(classes)], { subnet, input: map });
  return graph.model(space.name, { logits }, metadata);
}

/**
 * Exports a `SpaceBackbone`: input `images` `[n, 3, h, w]`, and one output per stride of the space, for example
 * `stride_8` `[n, c, h / 8, w / 8]`. As in the module, zeros pad a map whose channels are searched.
 *
 * @example
 * const weights = new SpaceBackbone(space, subnet).stateDict();
 * const model = exportBackbone({ space, subnet, input: [3, 224, 224], weights });
 * @throws UserError if an option is missing, unknown or wrong, or the space has no feature maps
 */
export function exportBackbone(options: ExportedSubnet): OnnxModel {
  checkOptions("exportBackbone", options);
  const { space, subnet, input, weights, metadata = {} } = options;
  const { graph, network, images } = begin(input, weights);
  const maps = addBackbone(network, { space, subnet, images });
  const outputs = Object.fromEntries(space.maps.map(({ stride }, i) => [`stride_${stride}`, maps[i]!]));
  return graph.model(space.name, outputs, metadata);
}

/** Backbone to add to a graph. */
export interface AddedBackbone {
  readonly space: NetworkSpace;
  readonly subnet: Subnet;
  /** Input of the backbone, `[n, 3, h, w]`. */
  readonly images: Value;
  /** Whether zeros pad maps whose channels are searched, as in `SpaceBackbone`. Default: true. */
  readonly padMaps?: boolean;
}

const backboneSchema = z.strictObject({
  space: z.looseObject({}),
  subnet: z.looseObject({}),
  images: z.looseObject({ name: z.string(), shape: z.array(count).length(3) }),
  padMaps: z.boolean().optional(),
});

/**
 * Adds a `SpaceBackbone` to a graph, as a part of a larger network.
 *
 * @example
 * const maps = addBackbone(new Scope(graph, "backbone"), { space, subnet, images });
 * @param scope scope of the backbone's module
 * @returns one map per stride of the space, finest first
 * @throws UserError if an option is missing, unknown or wrong, or the space has no feature maps
 * @throws RangeError if the weights do not belong to this subnet
 */
export function addBackbone(scope: Scope, options: AddedBackbone): Value[] {
  requireInstance("addBackbone: scope", scope, Scope);
  parseOptions("addBackbone", backboneSchema, options);
  const { space, subnet, images, padMaps = true } = options;
  checkSpace("addBackbone", space);
  validateSubnet(space, subnet, "addBackbone: subnet");
  requireMaps(space);
  const channels = mapChannels(space);
  const maps: Value[] = [];
  addParts(scope, space.backbone, {
    subnet,
    input: images,
    onOutput: (map, part) => {
      const index = space.maps.findIndex((taken) => taken.part === part);
      if (index >= 0) maps[index] = padMaps ? padChannels(scope.within(part), map, channels[index]!) : map;
    },
  });
  return maps;
}

/**
 * Exports a classifier without its last layer: input `images` `[n, 3, h, w]`, output `features` `[n, c]`. The weights
 * are those of `buildFeatures`.
 */
export function exportFeatures(options: ExportedSubnet): OnnxModel {
  checkOptions("exportFeatures", options);
  const { space, subnet, input, weights, metadata = {} } = options;
  const { graph, network, images } = begin(input, weights);
  const features = addParts(network, featureParts(space), { subnet, input: images });
  return graph.model(space.name, { features }, metadata);
}

/**
 * Exports one layer, from `input` to `output`. The weights are those of `buildStandaloneLayer`.
 * @param input shape without the batch: `[channels, height, width]` or `[tokens, width]`
 */
export function exportStandaloneLayer(layer: Layer, input: Shape, weights: Weights): OnnxModel {
  parseOptions("exportStandaloneLayer", standaloneSchema, { layer, input, weights });
  const value = { name: "input", shape: input };
  const graph = new Graph({ input: value, weights });
  const output = exportLayer(new Scope(graph, ""), layer, value);
  return graph.model(layer.kind, { output }, {});
}

function begin(input: Shape, weights: Weights): { graph: Graph; network: Scope; images: Value } {
  const images = { name: "images", shape: input };
  const graph = new Graph({ input: images, weights });
  return { graph, network: new Scope(graph, ""), images };
}

interface AddedParts {
  readonly subnet: Subnet;
  readonly input: Value;
  /** Called with each part's output. */
  readonly onOutput?: (output: Value, part: string) => void;
}

/** @param scope scope of the network that contains the parts */
function addParts(scope: Scope, parts: readonly Part[], { subnet, input, onOutput }: AddedParts): Value {
  return parts.reduce((value, part) => {
    const layer = layerOf(part, subnet);
    // Throws a UserError if the image size does not fit.
    estimateLayer(layer, part.name, value.shape);
    const output = exportLayer(scope.within(part.name), layer, value);
    onOutput?.(output, part.name);
    return output;
  }, input);
}

/** Pads a map with zeros after its last channel. */
function padChannels(scope: Scope, map: Value, channels: number): Value {
  const missing = channels - map.shape[0]!;
  if (missing === 0) return map;
  const pads = scope.integers(0, 0, 0, 0, 0, missing, 0, 0);
  return scope.add("Pad", [map, pads], [channels, ...map.shape.slice(1)]);
}
