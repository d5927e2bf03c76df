import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { fileError, writeFileAtomic } from "@supernet/torch/files";

/** One line of metrics.jsonl. */
export interface MetricsRecord {
  readonly step: string;
  /** Finished iterations, or scored candidates. */
  readonly iteration: number;
  readonly [name: string]: number | string;
}

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

/** Drops what a step recorded past `iteration`, so that a resumed step writes each line once. */
export function rewindMetrics(path: string, step: string, iteration: number): void {
  const kept = readMetrics(path).filter((record) => record.step !== step || record.iteration <= iteration);
  writeFileAtomic(path, kept.map((record) => `${JSON.stringify(record)}\n`).join(""));
}

export function appendMetrics(path: string, record: MetricsRecord): void {
  try {
    appendFileSync(path, `${JSON.stringify(record)}\n`);
  } catch (error) {
    throw fileError("write", path, error);
  }
}
