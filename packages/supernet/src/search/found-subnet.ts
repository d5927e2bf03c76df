import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileError, writeFileAtomic } from "@supernet/base";
import { formatSubnet, type NetworkSpace, parseSubnet, type Subnet } from "@supernet/nas";
import type { StepContext } from "../task/task.js";

const file = (context: StepContext): string => join(context.folder("search"), "subnet.yaml");

/** The subnet that the search found; of several ranks the first has it, and tells the others. */
export function readSubnet(context: StepContext): Subnet {
  const { space, world } = context;
  const own = !world || world.isMainRank ? readSubnetFile(space, file(context)) : undefined;
  if (!world) return own!;
  return parseSubnet(
    space,
    world.group.broadcastText(own ? formatSubnet(space, own) : ""),
    "rank 0's subnet",
  );
}

/** @throws UserError naming the file where it cannot be read, or holds no subnet of the space */
export function readSubnetFile(space: NetworkSpace, path: string): Subnet {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw fileError("read", path, error);
  }
  return parseSubnet(space, text, path);
}

/** Writes the subnet for the steps to come, and into the work-dir for whoever looks for the result. */
export function writeSubnet(context: StepContext, subnet: Subnet): void {
  for (const path of [file(context), join(context.root, "subnet.yaml")]) {
    writeFileAtomic(path, formatSubnet(context.space, subnet));
  }
}
