import { UserError } from "@supernet/base";

/** The place of this process among those that train together. */
export interface Place {
  /** Host and port where rank 0, or a launcher on its behalf, serves the store. */
  readonly masterAddress: string;
  readonly masterPort: number;
  readonly rank: number;
  readonly worldSize: number;
  /** Among the ranks of this host, and how many those are. */
  readonly localRank: number;
  readonly localWorldSize: number;
  /** The launcher serves the store, as torchrun may: the prefix of this job's keys in it. */
  readonly launcherPrefix: string | undefined;
  /** How long one communication, or the arrival of the others, may take, in milliseconds. */
  readonly timeout: number;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Seconds that the others are waited for, where SUPERNET_DISTRIBUTED_TIMEOUT does not say. */
const DEFAULT_TIMEOUT = 600;

const NEEDED = ["MASTER_ADDR", "MASTER_PORT", "RANK", "WORLD_SIZE"] as const;

/**
 * Reads the standard variables by which torchrun, Slurm and Kubernetes jobs tell a process its place.
 * @returns undefined where neither RANK nor WORLD_SIZE is set: the process is on its own
 * @throws UserError naming what is missing or makes no sense
 */
export function placeFrom(env: Environment): Place | undefined {
  if (env.RANK === undefined && env.WORLD_SIZE === undefined) return undefined;
  const missing = NEEDED.filter((name) => !env[name]);
  if (missing.length > 0) {
    const given = NEEDED.filter((name) => env[name]).map((name) => `${name}=${env[name]}`);
    throw new UserError(
      `${given.join(", ")} ask for training on several ranks, but ${missing.join(", ")} ` +
        `${missing.length > 1 ? "are" : "is"} not set: set all of ${NEEDED.join(", ")}, or none`,
    );
  }
  const worldSize = whole(env, "WORLD_SIZE", 1, 65536);
  const localWorldSize = whole(env, "LOCAL_WORLD_SIZE", 1, worldSize, 1);
  return {
    masterAddress: env.MASTER_ADDR!,
    masterPort: whole(env, "MASTER_PORT", 1, 65535),
    rank: whole(env, "RANK", 0, worldSize - 1),
    worldSize,
    localRank: whole(env, "LOCAL_RANK", 0, worldSize - 1, 0),
    localWorldSize,
    launcherPrefix:
      env.TORCHELASTIC_USE_AGENT_STORE === "True"
        ? `/worker/attempt_${whole(env, "TORCHELASTIC_RESTART_COUNT", 0, 1e9, 0)}`
        : undefined,
    timeout: 1000 * whole(env, "SUPERNET_DISTRIBUTED_TIMEOUT", 1, 1e6, DEFAULT_TIMEOUT),
  };
}

function whole(env: Environment, name: string, least: number, most: number, otherwise?: number): number {
  const text = env[name];
  if (!text && otherwise !== undefined) return otherwise;
  const value = Number(text);
  if (/^\d+$/.test(text!) && value >= least && value <= most) return value;
  throw new UserError(`${name}=${text}: expected a whole number from ${least} to ${most}`);
}
