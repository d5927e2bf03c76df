/** Tests that the weights of a whole supernet are used by runs whose space has fewer choices. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { parse } from "yaml";
import { type Settings, tinyMixed, writeGrayImages } from "../testing/recipes.js";
import { runToEnd, setOptions, supernet } from "../testing/runs.js";

const folder = mkdtempSync(join(tmpdir(), "choices-"));
after(() => rmSync(folder, { recursive: true }));

describe("a run with fewer choices", () => {
  const data = join(folder, "gray");
  writeGrayImages(data);
  const settings = (space: object, more: Settings = {}): Settings => ({
    ...tinyMixed(data),
    space: JSON.stringify({
      name: "spos-shufflenetv2",
      stem: 4,
      blocks: [1, 2],
      channels: [8, 16],
      last: 16,
      ...space,
    }),
    "steps.search.constraints.flops.max": "1e9",
    ...more,
  });
  const whole = join(folder, "whole");
  const trained = supernet(
    ...["train", "mixed-quickstart", "--step", "train", "--work-dir", whole],
    ...setOptions(settings({})),
  );
  const weights = join(whole, "steps", "train", "weights.safetensors");
  const choices = ["shuffle_5x5", "shuffle_7x7"];

  it("searches the supernet of the whole space", () => {
    assert.equal(trained.status, 0, trained.stderr);
    const workDir = join(folder, "searched");
    const run = { recipe: "mixed-quickstart", workDir, settings: settings({ choices }) };
    const { status, stderr } = runToEnd(run, "--weights", weights);
    assert.equal(status, 0, stderr);
    const subnet: Record<string, string> = parse(readFileSync(join(workDir, "subnet.yaml"), "utf8"));
    assert.ok(Object.values(subnet).every((choice) => choices.includes(choice)));
  });

  it("trains from the supernet of the whole space, and counts the weights that it does not use", () => {
    const train = (name: string, init: string, space: object) =>
      supernet(
        ...["train", "mixed-quickstart", "--step", "train", "--work-dir", join(folder, name)],
        ...setOptions(settings(space, { "steps.train.init": `{file: ${init}}` })),
      );
    const { status, stderr } = train("reduced", weights, { choices });
    assert.equal(status, 0, stderr);
    assert.match(stderr, /loaded (\d+) of \1 tensors; \d+ of other choices not used/);
    // The reverse does not work: the whole supernet has candidates that the file does not have.
    const reduced = join(folder, "reduced", "steps", "train", "weights.safetensors");
    const other = train("again", reduced, {});
    assert.equal(other.status, 1);
    assert.match(other.stderr, /only \d+ of \d+ tensors fit; \d+ missing \([^)]*shuffle_3x3/);
  });
});
