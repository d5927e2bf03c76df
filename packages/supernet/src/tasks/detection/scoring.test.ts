import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Random } from "@supernet/base";
import { sampleSubnet, sposShuffleNetV2 } from "@supernet/nas";
import { SpaceBackbone } from "@supernet/nas/supernet";
import { liveTensors, manualSeed } from "@supernet/torch";
import { buildDetector, type DetectionBatch } from "@supernet/vision";
import {
  type DetectorSettings,
  detectorDecisions,
  elasticDetectorSchema,
} from "@supernet/vision/detector-settings";
import { detnasQuickstart } from "../../recipes/detnas-quickstart.js";
import type { ScoringTask } from "../../scoring/scorer.js";
import type { DetectionSplit } from "./data.js";
import { elasticModel, fixedModel } from "./detector.js";
import { HeadTree } from "./head-tree.js";
import { scoreDetectors } from "./scoring.js";
import { evaluateSubnet } from "./training.js";

const SIDE = 64;
const CLASSES = 3;

function batch(id: number): DetectionBatch {
  const random = Random.of("images", id);
  const size = { height: SIDE, width: SIDE };
  const none = { boxes: new Float32Array(0), labels: new Int32Array(0), crowd: new Uint8Array(0) };
  return {
    images: Float32Array.from({ length: 2 * 3 * SIDE * SIDE }, () => random.normal()),
    shape: [2, 3, SIDE, SIDE],
    items: [2 * id, 2 * id + 1].map((image) => ({ id: image, size, originalSize: size, truth: none })),
  };
}

async function* stream(batches: readonly DetectionBatch[]): AsyncGenerator<DetectionBatch> {
  yield* batches;
}

const space = sposShuffleNetV2({ stem: 8, blocks: [1, 1, 1, 1], channels: [16, 32, 48, 64], last: 64 });
const settings = { ...(detnasQuickstart.detector as DetectorSettings), scoreThreshold: 0.01 };

function withFixedHeads() {
  const backbone = new SpaceBackbone(space);
  const subnets = [1, 2, 3].map((i) => sampleSubnet(space, Random.of("score", i)));
  return { model: fixedModel(backbone, buildDetector(backbone, settings, CLASSES)), subnets };
}

function withElasticHeads() {
  const backbone = new SpaceBackbone(space, undefined, { padMaps: false });
  const elastic = elasticDetectorSchema.parse({
    ...settings,
    pyramid: { ...settings.pyramid, channels: [32, 48] },
    head: { ...settings.head, convs: { depth: [1, 2], width: [16, 32] } },
  });
  const whole = { ...space, decisions: [...detectorDecisions(elastic), ...space.decisions] };
  const [first, other] = [1, 4].map((i) => sampleSubnet(whole, Random.of("whole", i)));
  // They share the first's backbone, pyramid and, except the last one, the first convolution of the head.
  const { "detector.head.convs.depth": depth, "detector.head.convs.width": width } = first!;
  const near = { ...first!, "detector.head.convs.depth": depth === 1 ? 2 : 1 };
  const wide = { ...near, "detector.head.convs.width": width === 16 ? 32 : 16 };
  return {
    model: elasticModel(backbone, elastic, { space, classes: CLASSES }),
    subnets: [first!, near, other!, wide],
  };
}

it("runs a stage once for all subnets that have it", () => {
  const { model, subnets } = withElasticHeads();
  const paths = subnets.map((subnet) => {
    model.activateHeads(subnet);
    const keys = model.stages!().map(({ key }) => key);
    return keys.map((_, i) => keys.slice(0, i + 1).join());
  });
  // The third has another backbone.
  const shared = new Set([paths[0]!, paths[1]!, paths[3]!].flat()).size + paths[2]!.length;
  using tree = new HeadTree(model, subnets, [[0, 1, 3], [2]]);
  assert.equal(tree.size, shared);
  assert.ok(shared < paths.flat().length - 4, `${shared} of ${paths.flat().length}`);
  tree.drop(2);
  assert.equal(tree.size, shared - paths[2]!.length);
});

for (const [title, build] of Object.entries({ withFixedHeads, withElasticHeads }))
  describe(`scoreDetectors ${title}`, () => {
    manualSeed(5);
    const { model, subnets } = build();
    const again = (batches: readonly DetectionBatch[]) => ({ [Symbol.asyncIterator]: () => stream(batches) });
    const calibration = again([batch(0), batch(1)]);
    const options = { device: "cpu", checkStop: async () => {} };

    for (const batchNorm of [{ mode: "recalibrate", images: 4, batchSize: 2 }, { mode: "batch" }] as const) {
      it(`gives each subnet the AP of scoring only that subnet: ${batchNorm.mode}`, async () => {
        const split = (truth: DetectionSplit["truth"]): DetectionSplit => ({
          batches: again([batch(2), batch(3)]),
          truth,
          categoryIds: [1, 2, 3],
        });
        const images = [4, 5, 6, 7].map((id) => ({ id }));
        const categories = [1, 2, 3].map((id) => ({ id }));
        const evaluate = (subnet: (typeof subnets)[number], truth: DetectionSplit["truth"]) =>
          evaluateSubnet(model, subnet, { split: split(truth), calibration, batchNorm, device: "cpu" });
        // The first subnet's detections serve as ground truth, so that the others detect some of it.
        const { detections } = await evaluate(subnets[0]!, { images, annotations: [], categories });
        const annotations = detections.map((found, i) => ({
          ...found,
          id: i + 1,
          area: found.bbox[2]! * found.bbox[3]!,
          iscrowd: 0,
        }));
        const truth = { images, annotations, categories };
        const expected: number[] = [];
        for (const subnet of subnets) expected.push((await evaluate(subnet, truth)).metrics.AP);

        const before = liveTensors();
        const scoring = { ...options, calibration, scored: split(truth), batchNorm };
        const scored = (task: Partial<ScoringTask> = {}) =>
          scoreDetectors(model, { subnets, fraction: 1, checks: [], ...task }, scoring);
        const scores = (await scored()).map(({ score }) => score!);
        assert.equal(liveTensors(), before);
        assert.ok(scores[0]! > 0.9 && scores[1]! > 0.01 && scores[1]! < 0.9, String(scores));
        for (const [i, score] of scores.entries())
          assert.ok(Math.abs(score - expected[i]!) < 0.01, `${scores}, not ${expected}`);
        assert.deepEqual(await scored({ subnets: [subnets[2]!] }), [{ score: scores[2], fraction: 1 }]);

        // At the first check all continue. At the second, with the same images, all but the first are stopped.
        const check = { fraction: 0.25, threshold: null };
        const checks = [check, { fraction: 0.5, threshold: 0.95 }];
        const raced = await scored({ checks });
        assert.equal(liveTensors(), before);
        assert.equal(raced[0]!.score, scores[0]);
        assert.deepEqual(
          raced.map(({ fraction }) => fraction),
          subnets.map((_, i) => (i === 0 ? 1 : 0.5)),
        );
        for (const { score, parts } of raced.slice(1)) assert.deepEqual(parts, [score, score]);
        // Also if none is left.
        assert.deepEqual(await scored({ checks, subnets: [subnets[2]!] }), [raced[2]]);
        const checked = await scored({ checks: [check] });
        assert.deepEqual(
          checked.map(({ score }) => score),
          scores,
        );
      });
    }
  });
