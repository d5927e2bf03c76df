import { requireArray, requireInteger, requireObject } from "@supernet/base";
import { classifierParts, featureParts, type NetworkSpace, requireMaps, type Subnet } from "@supernet/nas";
import type { ExportedSubnet, OnnxModel } from "@supernet/nas/onnx";
import type { nn } from "@supernet/torch";
import type { ImageShape, NetworkModel } from "./model.js";

// Networks that can be built from every space, independent of the task.

/** Checks that a value looks like a space from `defineSpace`. */
export function requireSpace(name: string, space: unknown): asserts space is NetworkSpace {
  requireObject(name, space);
  for (const part of ["decisions", "backbone", "tail"])
    requireArray(`${name}.${part}`, Reflect.get(space, part));
}

/**
 * Describes the classifier of each subnet of a space.
 * @param classes number of classes, at least 1
 * @example
 * // In a network of a task:
 * open: async (run) => classifierModel(await run.get(searchedSpace), 10)
 */
export function classifierModel(space: NetworkSpace, classes: number): NetworkModel {
  requireSpace("classifierModel: space", space);
  requireInteger("classifierModel: classes", classes, { min: 1 });
  return {
    name: "classifier",
    space,
    parts: classifierParts(space, classes),
    async forward(subnet) {
      const { SpaceClassifier } = await import("@supernet/nas/supernet");
      const classifier = new SpaceClassifier(space, classes, subnet).eval();
      return (images) => classifier.forward(images);
    },
    async onnx(subnet, input) {
      const { SpaceClassifier } = await import("@supernet/nas/supernet");
      const { exportClassifier } = await import("@supernet/nas/onnx");
      return exported(new SpaceClassifier(space, classes, subnet), exportClassifier, {
        space,
        subnet,
        input,
      });
    },
  };
}

/** Describes the classifier of each subnet without its last layer, whose size depends on the number of classes. */
export function featuresModel(space: NetworkSpace): NetworkModel {
  requireSpace("featuresModel: space", space);
  return {
    name: "features",
    space,
    parts: featureParts(space),
    async forward(subnet) {
      const { buildFeatures } = await import("@supernet/nas/supernet");
      const features = buildFeatures(space, subnet).eval();
      return (images) => features.forward(images);
    },
    async onnx(subnet, input) {
      const { buildFeatures } = await import("@supernet/nas/supernet");
      const { exportFeatures } = await import("@supernet/nas/onnx");
      return exported(buildFeatures(space, subnet), exportFeatures, { space, subnet, input });
    },
  };
}

/**
 * Describes the backbone of each subnet, for a detector.
 * @throws UserError if the space has no feature maps
 */
export function backboneModel(space: NetworkSpace): NetworkModel {
  requireSpace("backboneModel: space", space);
  requireMaps(space);
  return {
    name: "backbone",
    space,
    parts: space.backbone,
    async forward(subnet) {
      const { SpaceBackbone } = await import("@supernet/nas/supernet");
      const backbone = new SpaceBackbone(space, subnet).eval();
      return (images) => backbone.forward(images);
    },
    async onnx(subnet, input) {
      const { SpaceBackbone } = await import("@supernet/nas/supernet");
      const { exportBackbone } = await import("@supernet/nas/onnx");
      return exported(new SpaceBackbone(space, subnet), exportBackbone, { space, subnet, input });
    },
  };
}

/** Exports a module and disposes it. The model contains a copy of the weights. */
async function exported(
  module: nn.Module,
  exporter: (options: ExportedSubnet) => OnnxModel,
  options: { readonly space: NetworkSpace; readonly subnet: Subnet; readonly input: ImageShape },
): Promise<OnnxModel> {
  const { disposeModule } = await import("@supernet/nas/supernet");
  try {
    return exporter({ ...options, weights: module.stateDict() });
  } finally {
    disposeModule(module);
  }
}
