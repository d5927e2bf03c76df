import { rmSync } from "node:fs";
import { join } from "node:path";
import { makeFolder, readJsonIfExists, writeFileAtomic, writeJson } from "@supernet/base";
import {
  type Candidate,
  formatSubnet,
  type Measurements,
  type ParetoFront,
  type Subnet,
} from "@supernet/nas";
import type { StepContext } from "../task/task.js";

/** Point of the Pareto front: a best compromise between the objectives of a search. */
export interface FrontPoint {
  /** Name of the subnet's file in the front's folder. */
  readonly file: string;
  readonly subnet: Subnet;
  readonly score: number;
  readonly resources: Measurements;
}

/** Content of `front.json`, the result of a search with several objectives. */
export interface FrontFile {
  /** Names of the resources that the search minimized while it maximized the score. */
  readonly minimize: readonly string[];
  /** File of the point that the next step uses. */
  readonly knee: string;
  /** Points from the highest score to the lowest. */
  readonly points: readonly FrontPoint[];
}

const frontFile = (searchFolder: string): string => join(searchFolder, "front", "front.json");

/** Reads the front of a search. Returns undefined if the search had a single objective. */
export const readFront = (searchFolder: string): FrontFile | undefined =>
  readJsonIfExists<FrontFile>(frontFile(searchFolder));

/** Writes a subnet file for each point of a front, and finally `front.json`. */
export function writeFront(
  { host, space }: Pick<StepContext, "host" | "space">,
  { candidates, knee }: ParetoFront,
  minimize: readonly string[],
): void {
  const list = frontFile(host.folder);
  const folder = join(host.folder, "front");
  rmSync(folder, { recursive: true, force: true });
  makeFolder(folder);
  const points = candidates.map(({ subnet, score, resources }: Candidate, i): FrontPoint => {
    const file = `${i + 1}.subnet.yaml`;
    writeFileAtomic(join(folder, file), formatSubnet(space, subnet));
    return { file, subnet, score: score!, resources };
  });
  writeJson(list, { minimize, knee: points[knee]!.file, points } satisfies FrontFile);
}

/**
 * Chooses at most `count` items, evenly spaced in the place of each on a line. The first and the last item are among them.
 * @param items sorted by place
 */
export function evenlySpaced<T>(items: readonly T[], placeOf: (item: T) => number, count: number): T[] {
  if (items.length <= count) return [...items];
  const places = items.map(placeOf);
  const [first, last] = [places[0]!, places.at(-1)!];
  const left = new Set(items.keys());
  for (let i = 0; i < count; i++) {
    const target = first + (i * (last - first)) / Math.max(1, count - 1);
    const distance = (at: number) => Math.abs(places[at]! - target);
    left.delete([...left].reduce((a, b) => (distance(b) < distance(a) ? b : a)));
  }
  return items.filter((_, i) => !left.has(i));
}
