import { distributed, engineInfo } from "@supernet/torch";
import type { Recipe } from "../recipe/common.js";
import { prepareEngine } from "../run/engine.js";
import { Interruption } from "../run/interrupt.js";
import { endAssignments } from "../run/shared-steps.js";
import { JOINED, LEFT } from "./launch.js";

/**
 * Joins the other ranks of a run, runs `body`, and leaves the ranks.
 * @param inputs hash of everything that the run's results depend on
 * @throws UserError if the ranks differ in recipe or version, or any of them fails
 */
export async function runAsRank(
  { recipe, inputs, version }: { readonly recipe: Recipe; readonly inputs: string; readonly version: string },
  body: (world: distributed.World) => Promise<void>,
): Promise<void> {
  // Without the launcher, nothing else would stop the ranks.
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
    // The others continue without a rank that is stopped between two steps or during a search.
    if (!(error instanceof Interruption) || world.isMainRank || world.needed) throw await world.fail(error);
    process.send?.(LEFT);
    await world.leave();
    throw error;
  }
  await world.leave();
}
