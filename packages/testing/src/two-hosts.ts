import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { type Ended, rankVariables, started } from "./ranks.js";

const MASTER = "10.231.7.1";
const PORT = 29517;
const ADDRESSES = [MASTER, "10.231.7.2"] as const;

const ip = (...args: readonly string[]): string | undefined => {
  const { status, stderr, error } = spawnSync("ip", args, { encoding: "utf8" });
  return status === 0 ? undefined : (error?.message ?? stderr.trim());
};

/** Two network namespaces connected only by a virtual cable, like two hosts. Needs root. */
export class TwoHosts {
  /** Reason why the namespaces could not be created; undefined if they were. */
  readonly problem: string | undefined;
  readonly #hosts: readonly [string, string];
  readonly #cables: readonly [string, string];

  /** @param tag distinguishes tests that run at the same time */
  constructor(tag: string) {
    const id = `${tag}${process.pid.toString(36)}`;
    this.#hosts = [`sn-${id}-a`, `sn-${id}-b`];
    this.#cables = [`sn${id}a`, `sn${id}b`];
    this.problem = this.#connect();
  }

  /** Starts a rank on its own host. */
  start(
    rank: 0 | 1,
    args: readonly string[],
    timeout: string,
  ): { readonly child: ChildProcess; readonly end: Promise<Ended> } {
    const env = rankVariables(rank, 2, PORT, {
      MASTER_ADDR: MASTER,
      LOCAL_RANK: "0",
      LOCAL_WORLD_SIZE: "1",
      SUPERNET_DISTRIBUTED_TIMEOUT: timeout,
    });
    const inside = ["netns", "exec", this.#hosts[rank], process.execPath, ...args];
    return started(spawn("ip", inside, { env, stdio: ["ignore", "pipe", "pipe"] }));
  }

  /** Disconnects the second host. Returns the reason if that fails. */
  cut(): string | undefined {
    return ip(...this.#inside(1, "link", "set", this.#cables[1], "down"));
  }

  remove(): void {
    for (const host of this.#hosts) ip("netns", "del", host);
  }

  #inside(i: 0 | 1, ...args: readonly string[]): string[] {
    return ["netns", "exec", this.#hosts[i], "ip", ...args];
  }

  #connect(): string | undefined {
    const [hosts, cables] = [this.#hosts, this.#cables];
    const peer = ["peer", "name", cables[1], "netns", hosts[1]];
    const commands = [
      ["netns", "add", hosts[0]],
      ["netns", "add", hosts[1]],
      ["link", "add", cables[0], "netns", hosts[0], "type", "veth", ...peer],
      ...([0, 1] as const).flatMap((i) => [
        this.#inside(i, "addr", "add", `${ADDRESSES[i]}/24`, "dev", cables[i]),
        this.#inside(i, "link", "set", cables[i], "up"),
        this.#inside(i, "link", "set", "lo", "up"),
      ]),
    ];
    for (const args of commands) {
      const problem = ip(...args);
      if (problem !== undefined) return `ip ${args.join(" ")}: ${problem}`;
    }
    return undefined;
  }
}
