import type { Subnet } from "@supernet/nas";
import { activeStateDict } from "@supernet/nas/supernet";
import { loadTensors, type Tensor } from "@supernet/torch";
import type { RunContext, TaskNetwork } from "../task/task.js";

/**
 * Cuts the weights of one subnet out of a supernet that a step of a run has trained: names and shapes of the stand-alone
 * network, whose outputs are then the supernet's on that path.
 * @param path file with the supernet's weights
 * @throws UserError that names the file if it is missing, damaged, or of another recipe
 */
export async function extractSubnet(
  run: RunContext,
  network: TaskNetwork,
  subnet: Subnet,
  path: string,
): Promise<Map<string, Tensor>> {
  const file = { path, tensors: loadTensors(path).tensors };
  const supernet = await network.weights!.load(run, file);
  supernet.searched.activate(subnet);
  return activeStateDict(supernet.network);
}
