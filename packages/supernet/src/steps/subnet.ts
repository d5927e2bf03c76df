import { readFileSync } from "node:fs";
import { join } from "node:path";
import { formatSubnet, parseSubnet, type Subnet } from "@supernet/nas";
import { fileError, writeFileAtomic } from "@supernet/torch/files";
import type { StepContext } from "./context.js";

const file = (context: StepContext): string => join(context.folder("search"), "subnet.yaml");

/** The subnet that the search found. */
export function readSubnet(context: StepContext): Subnet {
  const path = file(context);
  try {
    return parseSubnet(context.space, readFileSync(path, "utf8"), path);
  } catch (error) {
    throw fileError("read", path, error);
  }
}

/** Writes the subnet for the steps to come, and into the work-dir for whoever looks for the result. */
export function writeSubnet(context: StepContext, subnet: Subnet): void {
  for (const path of [file(context), join(context.root, "subnet.yaml")]) {
    writeFileAtomic(path, formatSubnet(context.space, subnet));
  }
}
