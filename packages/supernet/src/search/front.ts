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

/** One of the best compromises between the objectives of a search. */
export interface FrontPoint {
  /** Its subnet, in the front's folder. */
  readonly file: string;
  readonly subnet: Subnet;
  readonly score: number;
  readonly resources: Measurements;
}

/** What a search for several objectives found, as `front.json` holds it. */
export interface FrontFile {
  /** Resources that were to be small while the score was to be high. */
  readonly minimize: readonly string[];
  /** File of the point that goes on to the next step. */
  readonly knee: string;
  /** From the highest score to the lowest. */
  readonly points: readonly FrontPoint[];
}

const frontFile = (searchFolder: string): string => join(searchFolder, "front", "front.json");

/** Undefined where the search was for one objective. */
export const readFront = (searchFolder: string): FrontFile | undefined =>
  readJsonIfExists<FrontFile>(frontFile(searchFolder));

/** Writes a subnet file for each point of a front, and last the list of them all. */
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
