import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, beforeEach, describe, it } from "node:test";
import { says } from "../testing/recipes.js";
import { withSettings } from "./define.js";
import { detectorQuickstart } from "./detector-quickstart.js";
import { detnasQuickstart } from "./detnas-quickstart.js";
import { createRun } from "./load.js";
import { foundSubnetPath } from "./run-folder.js";

const folder = mkdtempSync(join(tmpdir(), "run-folder-"));
after(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => rmSync(join(folder, "steps"), { recursive: true, force: true }));

const [searched, chosen] = ["search", "front"].map((step) => join(folder, "steps", step, "subnet.yaml")) as [
  string,
  string,
];
function write(path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, "");
}

describe("the found subnet of a run", () => {
  const run = createRun(withSettings(detectorQuickstart, []));

  it("is the front's choice, or else that of the search", () => {
    write(searched);
    assert.equal(foundSubnetPath(run, folder), searched);
    write(chosen);
    assert.equal(foundSubnetPath(run, folder), chosen);
  });

  it("is not the choice of a front that the recipe does not have", () => {
    const without = createRun(detnasQuickstart);
    write(searched);
    write(chosen);
    assert.equal(foundSubnetPath(without, folder), searched);
  });

  it("exists after the search", () => {
    assert.throws(
      () => foundSubnetPath(run, folder),
      says("subnet.yaml does not exist: step search is not finished: continue with supernet run"),
    );
  });
});
