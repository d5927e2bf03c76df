import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileError } from "@supernet/base";
import { type NetworkSpace, parseSubnet, type Subnet } from "@supernet/nas";

/** Returns the path of the subnet file in a folder. */
export const subnetIn = (folder: string): string => join(folder, "subnet.yaml");

/**
 * Reads a subnet file.
 * @throws UserError that names the file if it cannot be read or does not contain a subnet of the space
 */
export function readSubnetFile(space: NetworkSpace, path: string): Subnet {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw fileError("read", path, error);
  }
  return parseSubnet(space, text, path);
}
