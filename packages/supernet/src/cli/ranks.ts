import { distributed, engineInfo } from "@supernet/torch";
import type { Recipe } from "../recipe/common.js";
import { prepareEngine } from "../run/engine.js";
import { Interruption } from "../run/interrupt.js";
import { endAssignments } from "../run/shared-steps.js";
import { JOINED, LEFT } from "./launch.js";

/**
 * Joins the other ranks of a run, does this one's part and parts from them.
 * @param inputs hash of what the run's results hang on
 * @throws UserError where the ranks do not fit together, or any of them fails
 */
export async function asRank(
  recipe: Recipe,
  inputs: string,
  version: string,
  body: (world: distributed.World) => Promise<void>,
): Promise<void> {
  // A launcher that is gone leaves nobody to end the ranks.
  process.on("disconnect", () => process.exit(1));
  process.channel?.unref();
  const device = prepareEngine(recipe);
  const facts = { recipe: inputs, supernet: version, libtorch: engineInfo().version };
  const world = (await distributed.joinFromEnvironment(process.env, { device, facts }))!;
  process.send?.(JOINED);
  try {
    await body(world);
    if (world.isMainRank) endAssignments(world);
  } catch (error) {
    // None waits for a rank that is asked to stop between the steps or within a search, as when its host is taken away.
    if (!(error instanceof Interruption) || world.isMainRank || world.needed) throw await world.fail(error);
    process.send?.(LEFT);
    await world.leave();
    throw error;
  }
  await world.leave();
}
