import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileError, writeFileAtomic } from "@supernet/base";
import { fileVersion, scalarEvent } from "./tensorboard.js";

/** One line of metrics.jsonl. */
export interface MetricsRecord {
  readonly step: string;
  /** Number of finished iterations, or of scored candidates. */
  readonly iteration: number;
  readonly [name: string]: number | string;
}

/** Returns the path of the event file next to a metrics.jsonl. TensorBoard looks for "tfevents" in file names. */
const eventFile = (path: string): string =>
  join(dirname(path), "tensorboard", "events.out.tfevents.supernet");

/** Reads metrics.jsonl. A last line that was truncated by a kill is skipped. */
export function readMetrics(path: string): MetricsRecord[] {
  if (!existsSync(path)) return [];
  const records: MetricsRecord[] = [];
  for (const line of readFileSync(path, "utf8").split("\n")) {
    try {
      if (line !== "") records.push(JSON.parse(line));
    } catch {
      // Only a line that was being written when the process died is not JSON.
    }
  }
  return records;
}

/**
 * Drops the records of a step after `iteration`, so that a resumed step writes each line once. The event file is
 * rewritten from the remaining records, so all its points get the current wall time.
 */
export function rewindMetrics(path: string, step: string, iteration: number): void {
  const kept = readMetrics(path).filter((record) => record.step !== step || record.iteration <= iteration);
  writeFileAtomic(path, kept.map((record) => `${JSON.stringify(record)}\n`).join(""));
  writeFileAtomic(eventFile(path), Buffer.concat([fileVersion(now()), ...kept.map(createEvent)]));
}

/** Appends a record to a file that `rewindMetrics` has opened. It is on disk before the next checkpoint is. */
export function appendMetrics(path: string, record: MetricsRecord): void {
  append(path, `${JSON.stringify(record)}\n`, { flush: true });
  append(eventFile(path), createEvent(record));
}

function append(path: string, content: string | Buffer, options: { flush?: boolean } = {}): void {
  try {
    appendFileSync(path, content, options);
  } catch (error) {
    throw fileError("write", path, error);
  }
}

/** Creates an event with each number of a record as the scalar `step/name` at its iteration. */
function createEvent({ step, iteration, ...values }: MetricsRecord): Buffer {
  const scalars = Object.entries(values).flatMap(([name, value]) =>
    typeof value === "number" ? [[`${step}/${name}`, value] as const] : [],
  );
  return scalarEvent(now(), iteration, Object.fromEntries(scalars));
}

const now = (): number => Date.now() / 1000;
