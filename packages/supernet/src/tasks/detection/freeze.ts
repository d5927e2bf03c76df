import type { NetworkSpace } from "@supernet/nas";
import type { SpaceBackbone } from "@supernet/nas/supernet";
import { nn } from "@supernet/torch";
import type { FreezeRecipe } from "./freeze.settings.js";

/**
 * Freezes layers of a detector's backbone: their parameters get no gradient.
 * @returns the modules that must stay in evaluation mode during training
 */
export function freezeBackbone(
  backbone: SpaceBackbone,
  space: NetworkSpace,
  freeze: FreezeRecipe | undefined,
): nn.Module[] {
  if (freeze === undefined) return [];
  const parts = frozenParts(space, freeze.stages);
  const isFrozen = (name: string, module: nn.Module) =>
    parts.some((part) => name === part || name.startsWith(`${part}.`)) ||
    (freeze.batchNorm && module instanceof nn.BatchNorm2d);
  const frozen = Array.from(backbone.namedModules()).flatMap(([name, module]) =>
    isFrozen(name, module) ? [module] : [],
  );
  for (const module of frozen) for (const parameter of module.parameters()) parameter.requiresGrad = false;
  return frozen;
}

/** Returns the names of the parts up to a feature map; with 0 stages, those before the first searched part. */
function frozenParts({ backbone, maps }: NetworkSpace, stages: number | null): string[] {
  if (stages === null) return [];
  const names = backbone.map(({ name }) => name);
  const end =
    stages === 0
      ? backbone.findIndex(({ decisions }) => decisions.length > 0)
      : names.indexOf(maps[stages - 1]!.part) + 1;
  return names.slice(0, end);
}
