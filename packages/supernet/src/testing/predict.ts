// For tests: the folder of a run whose found network has random weights, and pictures to predict on.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { writeFileAtomic } from "@supernet/base";
import { firstSubnet, formatSubnet, type Subnet } from "@supernet/nas";
import { manualSeed, type nn, noGrad, saveTensors } from "@supernet/torch";
import sharp from "sharp";
import { recipeToYaml } from "../recipe/common.js";
import { searchedSpace } from "../task/run-context.js";
import type { RunContext } from "../task/task.js";

/**
 * Writes the files of a run that `supernet predict` reads.
 * @param step step that saves the weights
 * @param build builds the network of the found subnet
 */
export async function writeFoundNetwork(
  run: RunContext,
  workDir: string,
  step: string,
  build: (subnet: Subnet) => Promise<nn.Module>,
): Promise<void> {
  const space = await run.get(searchedSpace);
  const subnet = firstSubnet(space);
  manualSeed(1);
  const network = await build(subnet);
  scramble(network);
  for (const folder of ["search", step]) mkdirSync(join(workDir, "steps", folder), { recursive: true });
  writeFileAtomic(join(workDir, "recipe.yaml"), recipeToYaml(run.recipe));
  writeFileAtomic(join(workDir, "steps/search/subnet.yaml"), formatSubnet(space, subnet));
  saveTensors(join(workDir, "steps", step, "weights.safetensors"), network.stateDict());
}

/**
 * Replaces weights, norms and biases by random ones: initial values would hide mixed-up weights. A detector finds
 * objects everywhere, and its scores are far apart.
 */
function scramble(network: nn.Module): void {
  noGrad(() => {
    for (const [name, value] of network.stateDict()) {
      if (name.endsWith("num_batches_tracked")) continue;
      if (name.endsWith("running_var")) value.uniform_(0.5, 1.5);
      else if (value.ndim === 1 && name.endsWith("weight")) value.uniform_(0.5, 1.5);
      else if (value.ndim === 1) value.uniform_(-0.2, 0.2);
      else {
        const inputs = value.shape.slice(1).reduce((product, size) => product * size, 1);
        const gain = /cls/.test(name) ? 0.1 : /reg/.test(name) ? 0.05 : 1;
        value.normal_(0, gain * Math.sqrt(2 / inputs));
      }
    }
  });
}

/** Writes pictures of shapes, one for each size, and returns their paths. */
export async function writePictures(
  folder: string,
  sizes: readonly (readonly [width: number, height: number])[],
  extension = "jpg",
): Promise<string[]> {
  mkdirSync(folder, { recursive: true });
  return Promise.all(
    sizes.map(async ([width, height], i) => {
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
<defs><linearGradient id="g"><stop stop-color="#3a6" /><stop offset="1" stop-color="#b52" /></linearGradient></defs>
<rect width="100%" height="100%" fill="url(#g)" />
<circle cx="${width / 3}" cy="${height / 2}" r="${height / 5 + i}" fill="#fd4" />
<rect x="${width / 2}" y="${height / 4 - i}" width="${width / 4}" height="${height / 3}" fill="#24c" /></svg>`;
      const path = join(folder, `${i}.${extension}`);
      await sharp(Buffer.from(svg)).toFile(path);
      return path;
    }),
  );
}
