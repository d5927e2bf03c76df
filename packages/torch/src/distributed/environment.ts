import { networkInterfaces } from "node:os";
import { requireObject, UserError } from "@supernet/base";
import { requireDistributed } from "./native.js";

/** Position of this process among the ranks of a run. */
export interface RankInfo {
  /** Host and port at which rank 0, or a launcher on its behalf, serves the store. */
  readonly masterAddress: string;
  readonly masterPort: number;
  readonly rank: number;
  readonly worldSize: number;
  /** Index of this process among the ranks of this host. */
  readonly localRank: number;
  /** Number of ranks on this host. */
  readonly localWorldSize: number;
  /** Prefix of this job's keys if the launcher serves the store, as torchrun may; otherwise undefined. */
  readonly launcherPrefix: string | undefined;
  /** Maximum number of milliseconds for one communication, and for the other ranks to join. */
  readonly timeout: number;
}

/** Environment variables, such as `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Default of SUPERNET_DISTRIBUTED_TIMEOUT, in seconds. */
const DEFAULT_TIMEOUT_S = 600;

const REQUIRED = ["MASTER_ADDR", "MASTER_PORT", "RANK", "WORLD_SIZE"] as const;

/**
 * Reads the standard variables that torchrun, Slurm and Kubernetes jobs set.
 * @param env environment variables, usually `process.env`
 * @returns undefined if neither RANK nor WORLD_SIZE is set: the process is not one of several ranks
 * @throws UserError that names the variables that are missing or not valid
 */
export function readRankInfo(env: Environment): RankInfo | undefined {
  requireObject("readRankInfo: env", env);
  if (env.RANK === undefined && env.WORLD_SIZE === undefined) return undefined;
  const missing = REQUIRED.filter((name) => !env[name]);
  if (missing.length > 0) {
    const given = REQUIRED.filter((name) => env[name]).map((name) => `${name}=${env[name]}`);
    throw new UserError(
      `${given.join(", ")} ${given.length > 1 ? "request" : "requests"} several ranks, ` +
        `but ${missing.join(", ")} ` +
        `${missing.length > 1 ? "are" : "is"} not set: set all of ${REQUIRED.join(", ")}, or none`,
    );
  }
  const worldSize = readInteger(env, "WORLD_SIZE", { min: 1, max: 65536 });
  return {
    masterAddress: env.MASTER_ADDR!,
    masterPort: readInteger(env, "MASTER_PORT", { min: 1, max: 65535 }),
    rank: readInteger(env, "RANK", { min: 0, max: worldSize - 1 }),
    worldSize,
    localRank: readInteger(env, "LOCAL_RANK", { min: 0, max: worldSize - 1, defaultValue: 0 }),
    localWorldSize: readInteger(env, "LOCAL_WORLD_SIZE", { min: 1, max: worldSize, defaultValue: 1 }),
    launcherPrefix:
      env.TORCHELASTIC_USE_AGENT_STORE === "True"
        ? `/worker/attempt_${readInteger(env, "TORCHELASTIC_RESTART_COUNT", { min: 0, max: 1e9, defaultValue: 0 })}`
        : undefined,
    timeout:
      1000 *
      readInteger(env, "SUPERNET_DISTRIBUTED_TIMEOUT", { min: 1, max: 1e6, defaultValue: DEFAULT_TIMEOUT_S }),
  };
}

interface IntegerRange {
  readonly min: number;
  readonly max: number;
  readonly defaultValue?: number;
}

function readInteger(env: Environment, name: string, { min, max, defaultValue }: IntegerRange): number {
  const text = env[name];
  if (!text && defaultValue !== undefined) return defaultValue;
  const value = Number(text);
  if (/^\d+$/.test(text!) && value >= min && value <= max) return value;
  throw new UserError(`${name}=${text}: expected an integer from ${min} to ${max}`);
}

/**
 * Returns the address that the other ranks use to reach this host: that of the interface in GLOO_SOCKET_IFNAME, or of
 * the interface that this host uses to reach MASTER_ADDR.
 */
export function findLocalAddress(env: Environment, { masterAddress, masterPort }: RankInfo): string {
  const name = env.GLOO_SOCKET_IFNAME;
  if (!name) {
    try {
      return requireDistributed().localAddress(masterAddress, masterPort);
    } catch (error) {
      throw new UserError(
        `MASTER_ADDR=${masterAddress}: ${(error as Error).message.replace(/^localAddress: /, "")}: check the name and ` +
          "the network",
        { cause: error },
      );
    }
  }
  const interfaces = networkInterfaces();
  const address = interfaces[name]?.[0]?.address;
  if (address !== undefined) return address;
  throw new UserError(
    `GLOO_SOCKET_IFNAME=${name}: no interface of this name has an address: ` +
      `use one of ${Object.keys(interfaces).join(", ")}`,
  );
}
