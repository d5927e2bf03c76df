import { UserError } from "@supernet/base/checks";
import { reason } from "./platform.js";

/** Reads the contents at an address. @throws UserError if it cannot be read */
export async function fetchBytes(address: string): Promise<Uint8Array> {
  let response: Response;
  try {
    response = await fetch(address);
  } catch (error) {
    throw new UserError(`cannot read ${address} (${reason(error)}): check the address`, { cause: error });
  }
  if (!response.ok)
    throw new UserError(`cannot read ${address} (HTTP ${response.status}): check the address`);
  return new Uint8Array(await response.arrayBuffer());
}
