import { type Backbone, type Detector, FasterRcnn, type FasterRcnnSettings } from "@supernet/vision";
import type { DetectorRecipe } from "../recipe/detector-schema.js";

/** The detector of a recipe on a backbone. */
export function buildDetector(backbone: Backbone, recipe: DetectorRecipe, classes: number): Detector {
  return new FasterRcnn(backbone, fasterRcnnSettings(recipe, classes));
}

function fasterRcnnSettings(recipe: DetectorRecipe, classes: number): FasterRcnnSettings {
  const { anchors, rpn, head } = recipe;
  return {
    classes,
    fpnChannels: recipe.fpnChannels,
    norm: recipe.norm,
    anchors: { scales: [anchors.scale], ratios: anchors.ratios, strides: anchors.strides },
    rpn: {
      positiveIou: rpn.positiveIou,
      negativeIou: rpn.negativeIou,
      lowQuality: true,
      samplesPerImage: rpn.batchSize,
      positiveFraction: rpn.positiveFraction,
      boxWeights: [1, 1, 1, 1],
      preNmsTopN: rpn.preNms,
      postNmsTopN: rpn.postNms,
      nmsIou: rpn.nms,
      smoothL1Beta: 0,
    },
    roi: {
      positiveIou: head.positiveIou,
      samplesPerImage: head.batchSize,
      positiveFraction: head.positiveFraction,
      boxWeights: [10, 10, 5, 5],
      poolSize: head.roiSize,
      samplingRatio: head.samplingRatio,
      finestScale: head.finestScale,
      convs: head.convs,
      convChannels: head.channels,
      fcChannels: head.fc,
      smoothL1Beta: 0,
      scoreThreshold: recipe.scoreThreshold,
      nmsIou: recipe.nms,
      detectionsPerImage: recipe.detectionsPerImage,
    },
  };
}
