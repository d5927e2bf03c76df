import { poll, UserError } from "@supernet/base";

/** Functions that are called while this rank waits for others. */
export interface WaitCallbacks {
  /** Called repeatedly. An exception stops the wait. */
  check(): void;
  /** Receives a line that names the missing ranks if they do not come soon. */
  log(line: string): void;
}

/** Time after which a wait for other ranks is logged. */
const LOG_WAIT_AFTER_MS = 5000;

/** Information that a rank sends to the others when it joins. */
export interface Hello {
  readonly worldSize: string;
  readonly address: string;
  readonly facts: Readonly<Record<string, string>>;
}

type RankHello = Hello & { readonly rank: number };

/**
 * Compares the information from two ranks.
 * @throws UserError if the ranks differ in a fact, or one of them has an address that the other cannot reach
 */
export function compareHellos(one: RankHello, other: RankHello): void {
  const [lower, higher] = one.rank < other.rank ? [one, other] : [other, one];
  const facts = ({ worldSize, facts }: Hello): Hello["facts"] => ({ WORLD_SIZE: worldSize, ...facts });
  for (const [name, value] of Object.entries(facts(lower))) {
    const otherValue = facts(higher)[name];
    if (value === otherValue) continue;
    throw new UserError(
      `ranks differ in ${name}: rank ${lower.rank} has ${value}, rank ${higher.rank} has ${otherValue}: start all ` +
        "ranks with the same settings",
    );
  }
  if (isLoopback(lower.address) === isLoopback(higher.address)) return;
  const unreachable = isLoopback(lower.address) ? lower : higher;
  throw new UserError(
    `rank ${unreachable.rank} has the address ${unreachable.address}, which other hosts cannot reach: set ` +
      "MASTER_ADDR to an address of rank 0's host instead of a name, or GLOO_SOCKET_IFNAME to the interface that " +
      "connects the hosts",
  );
}

const isLoopback = (address: string): boolean => /^(127\.|::1$|::ffff:127\.)/.test(address);

export interface WaitOptions extends WaitCallbacks {
  /** Maximum number of milliseconds to wait. */
  readonly timeout: number;
  /** Returns the error message if ranks are still missing after the time-out. */
  problem(missing: ReadonlySet<number>): string;
}

/**
 * Waits until `hasCome` is true for all ranks.
 * @throws UserError if ranks are missing after the time-out
 */
export async function waitForRanks(
  ranks: Iterable<number>,
  hasCome: (rank: number) => boolean,
  { timeout, check, log, problem }: WaitOptions,
): Promise<void> {
  const started = performance.now();
  const missing = new Set(ranks);
  let logged = false;
  await poll(() => {
    check();
    for (const rank of missing) if (hasCome(rank)) missing.delete(rank);
    if (missing.size === 0) return true;
    const waited = performance.now() - started;
    if (!logged && waited > LOG_WAIT_AFTER_MS) {
      log(`waiting for ${formatRanks(missing)}, up to ${timeout / 1000} s`);
      logged = true;
    }
    if (waited > timeout) throw new UserError(problem(missing));
    return undefined;
  });
}

/** Formats ranks for a message: "rank 1", "ranks 1, 2 and 5 more". */
export function formatRanks(ranks: ReadonlySet<number>): string {
  const listed = [...ranks].slice(0, 8).join(", ");
  const more = ranks.size > 8 ? ` and ${ranks.size - 8} more` : "";
  return `rank${ranks.size > 1 ? "s" : ""} ${listed}${more}`;
}
