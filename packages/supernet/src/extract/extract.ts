import { UserError, withErrorPrefix } from "@supernet/base";
import type { NetworkSpace, Subnet } from "@supernet/nas";
import { activeStateDict, SpaceBackbone, SpaceClassifier } from "@supernet/nas/supernet";
import { loadTensors, type Tensor } from "@supernet/torch";
import { buildDetector } from "@supernet/vision";
import type { DetectionRecipe, Recipe } from "../recipe/schema.js";
import { detectionClasses } from "../steps/detection/data.js";

/**
 * The weights of one subnet, cut out of a supernet that a step of a run has trained: names and shapes of the
 * stand-alone classifier or detector, whose outputs are then the supernet's on that path.
 * @param supernet the step, one of `supernetSteps`, and the file with its weights
 * @throws UserError naming the file where it is missing, damaged, or of another recipe
 */
export function extractSubnet(
  recipe: Recipe,
  space: NetworkSpace,
  subnet: Subnet,
  { step, file }: { readonly step: string; readonly file: string },
): Map<string, Tensor> {
  const { tensors } = loadTensors(file);
  const inDetector = recipe.task === "detection" && step === "finetune";
  const network = inDetector ? detectorOf(recipe, space) : classifierOf(space, tensors, file);
  withErrorPrefix(file, () => network.whole.loadStateDict(tensors));
  network.searched.activate(subnet);
  return activeStateDict(network.whole);
}

function classifierOf(space: NetworkSpace, tensors: ReadonlyMap<string, Tensor>, file: string) {
  const classes = tensors.get("fc.bias")?.shape[0];
  if (classes === undefined) throw new UserError(`${file}: it holds no classifier, as fc.bias is missing`);
  const classifier = new SpaceClassifier(space, classes);
  return { whole: classifier, searched: classifier };
}

function detectorOf(recipe: DetectionRecipe, space: NetworkSpace) {
  const backbone = new SpaceBackbone(space);
  const detector = buildDetector(backbone, recipe.detector, detectionClasses(recipe).length);
  return { whole: detector, searched: backbone };
}
