import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { UserError } from "@supernet/base";
import { firstSubnet } from "@supernet/nas";
import { autoFormerQuickstart } from "../recipes/autoformer-quickstart.js";
import { withSettings } from "../recipes/define.js";
import { checkFeasibility } from "../recipes/feasible-run.js";
import { createRun } from "../recipes/load.js";
import { searchSettings } from "../task/inputs.js";
import { searchedSpace } from "../task/run-context.js";
import { openStrategy } from "./open-strategy.js";
import { problemBeforeRun } from "./problem.js";

const folder = mkdtempSync(join(tmpdir(), "initial-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const path = join(folder, "list.json");

const runWith = (...settings: string[]) =>
  createRun(withSettings(autoFormerQuickstart, [`steps.search.initial=${path}`, ...settings]));

describe("the initial subnets of a recipe", () => {
  it("are in the first generation, and in the inputs of the search by their content", async () => {
    const run = runWith("steps.search.constraints={}");
    const subnet = firstSubnet(await run.get(searchedSpace));
    writeFileSync(path, JSON.stringify([subnet]));
    const { search } = run.recipe.steps;
    const strategy = openStrategy(await problemBeforeRun(run), search);
    assert.deepEqual(strategy.propose(strategy.start()).queue[0]!.subnet, subnet);
    const before = JSON.stringify(searchSettings(search));
    assert.ok(!before.includes(path));
    writeFileSync(path, JSON.stringify([subnet], null, 1));
    assert.notEqual(JSON.stringify(searchSettings(search)), before);
  });

  it("are checked before the first step", async () => {
    const fails = async (run: ReturnType<typeof runWith>, message: RegExp) =>
      assert.rejects(checkFeasibility(run), (error) => {
        assert.ok(error instanceof UserError, String(error));
        assert.match(error.message, /^steps\.search\.initial: .*list\.json: /);
        assert.match(error.message, message);
        return true;
      });
    const run = runWith("steps.search.constraints={}");
    const subnet = firstSubnet(await run.get(searchedSpace));
    writeFileSync(path, JSON.stringify([{ ...subnet, nonsense: 1 }]));
    await fails(run, /subnet 1: .*nonsense/);
    writeFileSync(path, JSON.stringify([subnet, subnet]));
    await fails(run, /initial subnet 2 is the same network as subnet 1/);
    writeFileSync(path, JSON.stringify([subnet]));
    const { params } = (await problemBeforeRun(run)).measure(subnet);
    const others = runWith(`steps.search.constraints={params: {min: ${params! + 1}}}`);
    await fails(others, /initial subnet 1 does not meet the constraints/);
  });
});
