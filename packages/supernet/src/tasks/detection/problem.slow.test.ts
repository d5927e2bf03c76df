import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { Random } from "@supernet/base";
import { checkFeasible, parseSubnet, sampleSubnet } from "@supernet/nas";
import { SpaceBackbone } from "@supernet/nas/supernet";
import { buildDetector } from "@supernet/vision";
import type { DetectorSettings } from "@supernet/vision/detector-settings";
import { writeLatencyTable } from "../../latency/table-file.js";
import { openSpace } from "../../recipe/open-space.js";
import { withSettings } from "../../recipes/define.js";
import { detnasFrcnnShufflenetv2Coco } from "../../recipes/detnas-frcnn-shufflenetv2-coco.js";
import { detnasQuickstart } from "../../recipes/detnas-quickstart.js";
import { detnasRetinanetQuickstart } from "../../recipes/detnas-retinanet-quickstart.js";
import { createRun } from "../../recipes/load.js";
import { latencySubject, searchProblem } from "../../search/problem.js";
import { syntheticTable } from "../../testing/latency.js";
import { TINY_FCOS, toSettings } from "../../testing/recipes.js";
import { detectorCost } from "./detector.js";

const KINDS: Readonly<Record<string, string>> = {
  3: "shuffle_3x3",
  5: "shuffle_5x5",
  7: "shuffle_7x7",
  X: "shuffle_xception",
};

describe("the published limit", async () => {
  const recipe = detnasFrcnnShufflenetv2Coco;
  const space = await openSpace(recipe.space);
  const problem = await searchProblem(createRun(recipe));

  it("admits the subnet that MMRazor published", () => {
    const lines = ["5333", "X3X7", "77XX375X", "7775"].flatMap((stage, s) =>
      [...stage].map((kind, b) => `layers.${s}.${b}: ${KINDS[kind]}`),
    );
    const subnet = parseSubnet(space, lines.join("\n"), "published");
    const { macs, "backbone.macs": body } = problem.measure(subnet);
    assert.equal(macs, 325923008 - 1024 * 1000);
    assert.ok(body! <= problem.constraints["backbone.macs"]!.max!);
  });

  it("can be met", () => {
    const limit = problem.constraints["backbone.macs"]!.max!;
    assert.ok(problem.measure(checkFeasible(problem))["backbone.macs"]! <= limit);
  });

  it("is on the backbone, which has fewer MACs than the classifier", async () => {
    const subnet = sampleSubnet(space, Random.of(1));
    const measured = problem.measure(subnet);
    // The difference is the last 1x1 convolution, to 1024 channels at 7x7.
    assert.equal(measured.macs! - measured["backbone.macs"]!, 640 * 1024 * 49);
    const limited = withSettings(recipe, ["steps.search.constraints.backbone.macs.max=1e6"]);
    const impossible = await searchProblem(createRun(limited));
    assert.throws(
      () => checkFeasible(impossible),
      /backbone\.macs at most 1000000: .* has backbone\.macs from \d+ to \d+/,
    );
  });
});

const fashion = "/usr/share/datasets/fashion-mnist";

describe("a limit on the detector", { skip: !existsSync(fashion) && `${fashion} is missing` }, () => {
  for (const quickstart of [
    detnasQuickstart,
    detnasRetinanetQuickstart,
    withSettings(detnasQuickstart, toSettings(TINY_FCOS)),
  ]) {
    it(`applies to the cost of the detector around the subnet: ${quickstart.detector.kind}`, async () => {
      const recipe = withSettings(quickstart, ["steps.search.constraints.detector.flops.max=1e9"]);
      const space = await openSpace(recipe.space);
      const { measure, constraints } = await searchProblem(createRun(recipe));
      assert.deepEqual(constraints["detector.flops"], { max: 1e9 });
      for (let i = 0; i < 3; i++) {
        const subnet = sampleSubnet(space, Random.of(i));
        const measured = measure(subnet);
        const whole = detectorCost(
          buildDetector(new SpaceBackbone(space, subnet), recipe.detector as DetectorSettings, 10).eval(),
          recipe.steps.search.input,
        );
        for (const resource of ["params", "macs", "flops", "operations", "activations"] as const) {
          assert.equal(measured[`detector.${resource}`], whole[resource], resource);
        }
      }
    });
  }
});

describe("a limit on latency", { skip: !existsSync(fashion) && `${fashion} is missing` }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "latency-limit-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const quick = detnasQuickstart;
  const space = await openSpace(quick.space);
  const table = syntheticTable(await latencySubject(createRun(quick)));
  const path = join(folder, "table.json");
  writeLatencyTable(path, table);
  const limited = (constraints: string, file = path) =>
    searchProblem(
      createRun(
        withSettings(quick, [
          `steps.search.constraints=${constraints}`,
          `steps.search.latency={table: ${JSON.stringify(file)}}`,
        ]),
      ),
    );

  it("can be set on the classifier, the backbone and the detector at once", async () => {
    const problem = await limited(
      "{latency: {max: 100}, backbone: {latency: {min: 1}}, detector: {latency: {max: 200}}}",
    );
    checkFeasible(problem);
    const measured = problem.measure(sampleSubnet(space, Random.of(1)));
    assert.equal(measured["detector.latency"], measured["backbone.latency"]! + 100);
    // Layers that only the classifier has: the last convolution and the pooling, 1 to 2 ms each.
    const tail = measured.latency! - measured["backbone.latency"]!;
    assert.ok(tail > 2 && tail < 4, String(tail));
  });

  it("predicts the detector's latency only if that is limited, and none without latency limits", async () => {
    const flops = await limited("{latency: {max: 100}, detector: {flops: {max: 1e9}}}");
    const names = Object.keys(flops.measure(sampleSubnet(space, Random.of(1))));
    assert.ok(names.includes("detector.flops") && names.includes("backbone.latency"));
    assert.ok(!names.includes("detector.latency"));
    const none = await searchProblem(createRun(quick));
    assert.ok(!("latency" in none.measure(sampleSubnet(space, Random.of(1)))));
  });

  it("is refused with the available range if no subnet meets it", async () => {
    const impossible = await limited("{detector: {latency: {max: 101}}}");
    assert.throws(
      () => checkFeasible(impossible),
      /no subnet .* detector\.latency at most 101: .* has detector\.latency from 1\d\d\.\d+ to/,
    );
  });

  it("on the detector needs a table that was measured for this detector", async () => {
    const without = join(folder, "without.json");
    writeLatencyTable(without, { ...table, surroundings: [] });
    assert.ok(await limited("{backbone: {latency: {max: 100}}}", without));
    await assert.rejects(
      limited("{detector: {latency: {max: 200}}}", without),
      /has no time for the detector/,
    );
    const other = join(folder, "other.json");
    const [entry] = table.surroundings;
    const identity = { ...entry!.identity, classes: 80 };
    writeLatencyTable(other, { ...table, surroundings: [{ ...entry!, identity }] });
    await assert.rejects(
      limited("{detector: {latency: {max: 200}}}", other),
      /other\.json was measured for a detector with different classes: measure a new table .*supernet latency/,
    );
  });
});
