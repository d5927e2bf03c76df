import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileError, writeFileAtomic } from "@supernet/base";
import { fileVersion, scalarEvent } from "./tensorboard.js";

/** One line of metrics.jsonl. */
export interface MetricsRecord {
  readonly step: string;
  /** Finished iterations, or scored candidates. */
  readonly iteration: number;
  readonly [name: string]: number | string;
}

/** Where the numbers of a metrics.jsonl are for TensorBoard, which looks for "tfevents" in a file's name. */
const eventsBeside = (path: string): string =>
  join(dirname(path), "tensorboard", "events.out.tfevents.supernet");

/** Reads metrics.jsonl; a last line that a kill cut off is left out. */
export function readMetrics(path: string): MetricsRecord[] {
  if (!existsSync(path)) return [];
  const records: MetricsRecord[] = [];
  for (const line of readFileSync(path, "utf8").split("\n")) {
    try {
      if (line !== "") records.push(JSON.parse(line));
    } catch {
      // Only a line that was being written when the process died is no JSON.
    }
  }
  return records;
}

/**
 * Drops what a step recorded past `iteration`, so that a resumed step writes each line once. The event file is
 * written anew, so that it too has each point once; all its points then have the present for their wall time.
 */
export function rewindMetrics(path: string, step: string, iteration: number): void {
  const kept = readMetrics(path).filter((record) => record.step !== step || record.iteration <= iteration);
  writeFileAtomic(path, kept.map((record) => `${JSON.stringify(record)}\n`).join(""));
  writeFileAtomic(eventsBeside(path), Buffer.concat([fileVersion(now()), ...kept.map(eventOf)]));
}

/** Adds a record to a file that was rewound before. It is on the disk before the checkpoint that counts on it is. */
export function appendMetrics(path: string, record: MetricsRecord): void {
  append(path, `${JSON.stringify(record)}\n`, { flush: true });
  append(eventsBeside(path), eventOf(record));
}

function append(path: string, content: string | Buffer, options: { flush?: boolean } = {}): void {
  try {
    appendFileSync(path, content, options);
  } catch (error) {
    throw fileError("write", path, error);
  }
}

/** Every number of a record as the scalar `step/name` at its iteration. */
function eventOf({ step, iteration, ...values }: MetricsRecord): Buffer {
  const scalars = Object.entries(values).flatMap(([name, value]) =>
    typeof value === "number" ? [[`${step}/${name}`, value] as const] : [],
  );
  return scalarEvent(now(), iteration, Object.fromEntries(scalars));
}

const now = (): number => Date.now() / 1000;
