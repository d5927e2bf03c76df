import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileError } from "@supernet/base";
import { type NetworkSpace, parseSubnet, parseSubnets, type Space, type Subnet } from "@supernet/nas";

/** Returns the path of the subnet file in a folder. */
export const subnetIn = (folder: string): string => join(folder, "subnet.yaml");

/**
 * Reads a subnet file.
 * @throws UserError that names the file if it cannot be read or does not contain a subnet of the space
 */
export function readSubnetFile(space: NetworkSpace, path: string): Subnet {
  return parseSubnet(space, readText(path), path);
}

/**
 * Reads a file with a list of subnets, or one.
 * @throws UserError that names the file if it cannot be read or does not contain subnets of the space
 */
export function readSubnetsFile(space: Space, path: string): Subnet[] {
  return parseSubnets(space, readText(path), path);
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw fileError("read", path, error);
  }
}
