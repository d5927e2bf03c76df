import { networkInterfaces } from "node:os";
import { UserError } from "@supernet/base";
import type { Environment, Place } from "./environment.js";
import { distributed } from "./native.js";

/**
 * The address at which the other ranks reach this host: of the interface that GLOO_SOCKET_IFNAME names, or that by
 * which this host reaches MASTER_ADDR.
 */
export function ownAddress(env: Environment, { masterAddress, masterPort }: Place): string {
  const name = env.GLOO_SOCKET_IFNAME;
  if (!name) {
    try {
      return distributed().localAddress(masterAddress, masterPort);
    } catch (error) {
      throw new UserError(
        `MASTER_ADDR=${masterAddress}: ${(error as Error).message.replace(/^localAddress: /, "")}: is the name right, ` +
          "and the network up?",
        { cause: error },
      );
    }
  }
  const there = networkInterfaces();
  const address = there[name]?.[0]?.address;
  if (address !== undefined) return address;
  throw new UserError(
    `GLOO_SOCKET_IFNAME=${name}: there is no such interface with an address: there are ${Object.keys(there).join(", ")}`,
  );
}

export const isLoopback = (address: string): boolean => /^(127\.|::1$|::ffff:127\.)/.test(address);
