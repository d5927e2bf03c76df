import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { UserError } from "@supernet/base";
import fc from "fast-check";
import type { Recipe } from "../recipe/common.js";
import type { DetectionRecipe } from "../tasks/detection/settings.js";
import { withSettings } from "./define.js";
import { detectorQuickstart } from "./detector-quickstart.js";
import { detnasFrcnnShufflenetv2Coco } from "./detnas-frcnn-shufflenetv2-coco.js";
import { detnasQuickstart } from "./detnas-quickstart.js";
import { loadRecipe } from "./load.js";

/** Checks for one line with `key` and `expected`. */
function assertRefused(recipe: Recipe, settings: readonly string[], key: string, expected: RegExp): void {
  assert.throws(
    () => withSettings(recipe, settings),
    (error) => {
      assert.ok(error instanceof UserError, String(error));
      assert.ok(error.message.includes(key), error.message);
      assert.match(error.message, expected);
      assert.ok(!error.message.includes("\n"));
      return true;
    },
    settings.join(" "),
  );
}

const nsga2 = (minimize: string, probability = 0.1): string =>
  `{kind: nsga2, minimize: ${minimize}, populationSize: 4, generations: 2, crossoverProbability: 0, ` +
  `mutationProbability: ${probability}, maxTries: 5}`;

const WITHOUT_RETRAIN = ["steps.retrain=null", "steps.detector.start=inherited"];

describe("a value without effect", () => {
  const quick = detnasQuickstart;
  const published = detnasFrcnnShufflenetv2Coco;
  const cases: readonly (readonly [Recipe, readonly string[], string, RegExp])[] = [
    [
      quick,
      ["steps.pretrain.microBatch=48"],
      "steps.pretrain.microBatch",
      /divisor of batchSize, which is 64/,
    ],
    [quick, ["steps.pretrain.result=best"], "steps.pretrain.result", /"last", because evaluateEvery is null/],
    [quick, ["steps.finetune.evaluateEvery=2.5"], "finetune.evaluateEvery", /less than the 2.5 epochs/],
    [published, ["steps.detector.epochs=11"], "schedule.milestones", /numbers below the 11 epochs/],
    [published, ["steps.detector.schedule.milestones=[8, 8]"], "milestones", /rising numbers/],
    [published, ["steps.detector.schedule.milestones=[]"], "milestones", /at least 1 items/],
    [published, ["steps.detector.schedule.gamma=1"], "schedule.gamma", /less than 1/],
    [quick, ["steps.retrain.warmup.iterations=0"], "warmup.iterations", /at least 1/],
    [quick, ["steps.retrain.warmup.startFactor=1"], "warmup.startFactor", /less than 1/],
    [
      quick,
      ["steps.retrain.warmup.epochs=0.1", "steps.retrain.warmup.iterations=9"],
      "retrain.warmup",
      /either iterations or epochs/,
    ],
    [quick, ["steps.retrain.warmup={startFactor: 0}"], "retrain.warmup", /either iterations or epochs/],
    [
      quick,
      ["steps.retrain.warmup={epochs: 1, startFactor: 0}"],
      "retrain.warmup.epochs",
      /at most the 0.8 epochs of the training/,
    ],
    [quick, ["steps.retrain.schedule={kind: cosine, endFactor: 1}"], "schedule.endFactor", /less than 1/],
    [quick, ["steps.retrain.schedule.endFactor=0.1"], "schedule.endFactor", /unknown key/],
    [quick, ["steps.retrain.dropPath=0"], "retrain.dropPath", /more than 0/],
    [quick, ["steps.pretrain.sampling={kind: fair, random: 2}"], "sampling.random", /unknown key/],
    [quick, ["steps.pretrain.sampling.distillation=true"], "sampling.distillation", /unknown key/],
    [
      quick,
      ["detector={file: mine.ts}", "steps.finetune.sampling={kind: sandwich, random: 2, distillation: true}"],
      "steps.finetune.sampling.distillation",
      /false, because a detector from a file does not support it/,
    ],
    [quick, ["steps.retrain.sampling={kind: fair}"], "steps.retrain.sampling", /unknown key/],
    [quick, ["steps.search.strategy.mutations.perDecision={}"], "perDecision", /a probability, such as/],
    [quick, ["steps.search.strategy.mutations.perDecision={depth: 2}"], "perDecision.depth", /at most 1/],
    [quick, ["steps.retrain.optimizer.momentum=0"], "optimizer.nesterov", /false, because momentum is 0/],
    [quick, ["steps.retrain.optimizer.weightDecay=0"], "optimizer.noDecay", /\[\], because weightDecay is 0/],
    [quick, ["steps.retrain.optimizer.noDecay=[bias, bias]"], "optimizer.noDecay", /each kind once/],
    [quick, ["steps.retrain.emaDecay=0"], "retrain.emaDecay", /more than 0/],
    [quick, ["steps.retrain.lr=0.1"], "steps.retrain.lr", /keys base, batchSize/],
    [quick, ["classification.augmentation.crop.scale=[0.1, 1]"], "crop.scale", /unknown key/],
    [published, ["classification.augmentation.crop.shift=2"], "crop.shift", /unknown key/],
    [published, ["classification.evalResize=200"], "evalResize", /at least imageSize, which is 224, or null/],
    [
      published,
      ["classification.augmentation.colorJitter={brightness: 0, contrast: 0, saturation: 0, hue: 0}"],
      "colorJitter",
      /a value above 0, or null/,
    ],
    [
      quick,
      ["classification.interpolation=bicubic"],
      "classification.interpolation",
      /null, because images are neither/,
    ],
    [
      published,
      ["classification.interpolation=null"],
      "interpolation",
      /because augmentation\.crop resamples images/,
    ],
    [
      quick,
      ["classification.evalResize=40"],
      "interpolation",
      /"bicubic", because evalResize resamples images/,
    ],
    [
      quick,
      ["classification.augmentation.policy={kind: auto-augment, learnedOn: svhn}"],
      "interpolation",
      /because augmentation\.policy resamples images/,
    ],
    [
      published,
      ["classification.augmentation.policy={kind: auto-augment, learnedOn: imagenet, magnitude: 9}"],
      "augmentation.policy.magnitude",
      /unknown key/,
    ],
    [published, ["classification.augmentation.repeats=0"], "repeats", /at least 1/],
    [
      published,
      ["classification.augmentation.erasing={probability: 0, area: [0.1, 0.2], ratio: [1, 1], fill: noise}"],
      "erasing.probability",
      /more than 0/,
    ],
    [
      published,
      ["classification.augmentation.mix={kind: mixup, alpha: 0.8, cutmixProbability: 0.5}"],
      "mix.cutmixProbability",
      /unknown key/,
    ],
    [
      published,
      [
        "classification.augmentation.mix={kind: mixup-or-cutmix, mixupAlpha: 0.8, cutmixAlpha: 1, cutmixProbability: 1}",
      ],
      "mix.cutmixProbability",
      /less than 1/,
    ],
    [
      published,
      ["classification.augmentation.mix={kind: mixup, alpha: 0.8}", "steps.retrain.microBatch=1"],
      "steps.retrain.microBatch",
      /an even number, because classification\.augmentation\.mix pairs images/,
    ],
    [
      quick,
      ["classification.augmentation.mix={kind: cutmix, alpha: 1}", "steps.pretrain.batchSize=63"],
      "steps.pretrain.batchSize",
      /an even number/,
    ],
    [quick, ["detection.data.canvas=40"], "detection.data.itemSize", /up to the canvas's 40/],
    [quick, ["detection.data.itemsPerScene=[5, 2]"], "itemsPerScene", /the smaller number first/],
    [quick, ["detection.data.heldOut=0.2"], "detection.data.heldOut", /unknown key/],
    [quick, ["detection.searchFraction=0.2"], "detection.searchFraction", /unknown key/],
    [quick, ["steps.search.strategy.generations=1"], "generations", /at least 2/],
    [quick, ["steps.search.strategy.mutations=4"], "mutations", /keys children, probability/],
    [quick, ["steps.search.strategy.mutations.probability=0"], "probability", /more than 0/],
    [quick, ["steps.search.strategy.topK=31"], "topK", /at most 30, the candidates before the last/],
    [quick, ["steps.search.strategy.topK=1"], "topK", /at least 2, the parents of a crossover/],
    [quick, ["steps.search.strategy.crossovers=7"], "populationSize", /at least 11, the children/],
    [
      quick,
      ["steps.search.strategy.crossovers=0", "steps.search.strategy.mutations=null"],
      "crossovers",
      /at least 1, because there are no mutations/,
    ],
    ...(
      [
        ["{kind: random, candidates: 9, topK: 3}", "strategy.topK", /unknown key/],
        ["{kind: nsga, candidates: 9}", "strategy.kind", /one of|evolution/],
        [
          "{kind: regularized-evolution, candidates: 9, populationSize: 9, sample: 3, children: 1, maxTries: 1}",
          "strategy.populationSize",
          /less than the 9 candidates/,
        ],
        [
          "{kind: regularized-evolution, candidates: 9, populationSize: 4, sample: 5, children: 1, maxTries: 1}",
          "strategy.sample",
          /at most 4, the population/,
        ],
        [
          "{kind: successive-halving, candidates: 8, reduction: 3, rungs: 3}",
          "strategy.candidates",
          /at least 9, so that/,
        ],
        ["{kind: successive-halving, candidates: 8, reduction: 2, rungs: 1}", "strategy.rungs", /at least 2/],
        [
          "{kind: predictor, candidates: 9, initial: 9, batch: 1, pool: 9, exploration: 1}",
          "strategy.initial",
          /less than the 9 candidates/,
        ],
        [
          "{kind: predictor, candidates: 9, initial: 4, batch: 4, pool: 4, exploration: 1}",
          "strategy.pool",
          /more than batch \(4\)/,
        ],
        [nsga2("[flops, flops]"), "strategy.minimize", /each resource once/],
        [nsga2("[flop]"), "strategy.minimize.0", /flops/],
        [
          nsga2("[backbone.latency]"),
          "search.latency",
          /\{table: FILE\}, because latency is limited or an objective/,
        ],
        [nsga2("[flops]", 0), "strategy.mutationProbability", /more than 0, because there are no crossovers/],
        [nsga2("[flops], refinement: {candidates: 3, batch: 1}"), "strategy.refinement", /unknown key/],
      ] as const
    ).map(
      ([strategy, key, expected]) => [quick, [`steps.search.strategy=${strategy}`], key, expected] as const,
    ),
    [quick, ["steps.search.earlyStop={risk: 0.5}"], "earlyStop.risk", /less than 0.5/],
    [
      quick,
      ["steps.search.strategy={kind: random, candidates: 50}", "steps.search.earlyStop={risk: 0.01}"],
      "search.earlyStop",
      /null, because the first 50 candidates are all scored on all images/,
    ],
    ...[
      "{kind: regularized-evolution, candidates: 9, populationSize: 4, sample: 2, children: 1, maxTries: 1}",
      "{kind: successive-halving, candidates: 8, reduction: 2, rungs: 2}",
      "{kind: predictor, candidates: 9, initial: 4, batch: 1, pool: 8, exploration: 1}",
      nsga2("[flops]"),
    ].map(
      (strategy) =>
        [
          quick,
          [`steps.search.strategy=${strategy}`, "steps.search.earlyStop={risk: 0.01}"],
          "search.earlyStop",
          /null, because \S+ depends on every score/,
        ] as const,
    ),
    [quick, ["steps.search.constraints.flops={}"], "constraints.flops", /min, max or both/],
    [
      quick,
      ["steps.search.latency={table: t.json}"],
      "search.latency",
      /null, because no constraint or objective uses latency/,
    ],
    [
      quick,
      ["steps.search.constraints.detector.latency.max=12"],
      "search.latency",
      /\{table: FILE\}, because latency is limited or an objective: supernet latency .* measures one/,
    ],
    [quick, ["steps.search.constraints.detector={}"], "constraints.detector", /a limit, such as/],
    [
      quick,
      ["steps.compare={randomSubnets: 1, budgets: [0.5]}"],
      "compare.budgets",
      /null, because the search minimizes no resource/,
    ],
    [quick, ["steps.compare={randomSubnets: 1, budgets: [0.5, 0.5]}"], "compare.budgets", /rising numbers/],
    [
      detectorQuickstart,
      ["steps.compare={randomSubnets: 1}"],
      "compare.budgets",
      /fractions, such as \[0\.25, 0\.5, 0\.75\], because the search ends in a front/,
    ],
    [
      detectorQuickstart,
      ["steps.calibrate.candidates=161"],
      "calibrate.candidates",
      /at most 160, the candidates of the search/,
    ],
    [detectorQuickstart, ["steps.calibrate.batch=9"], "calibrate.batch", /at most 8, the candidates/],
    [
      detectorQuickstart,
      ["steps.calibrate=null"],
      "steps.compare",
      /null, because the found subnet is not trained/,
    ],
    [
      quick,
      ["steps.detector.data=train+search", "steps.detector.evaluateEvery=1"],
      "steps.detector.evaluateEvery",
      /null, because data: train\+search leaves no images to evaluate on/,
    ],
    [quick, ["detection.filterEmpty=false"], "detection.filterEmpty", /true, because every scene has boxes/],
    [quick, ["detector.rpn.lowQualityIou=0.7"], "detector.rpn", /lowQualityIou below positiveIou/],
    [quick, ["detector.rpn.negativeIou=0.9"], "detector.rpn", /negativeIou at most positiveIou/],
    [quick, ["detector.head.convs=[]"], "detector.head", /norm none, because it has no convolutions/],
    [quick, ["steps.search.batchNorm.batchSize=65"], "batchNorm.batchSize", /at most 64, the images/],
    [
      quick,
      ["steps.search.batchNorm.mode=batch", "steps.search.batchNorm.images=9"],
      "batchNorm",
      /unknown key/,
    ],
    [
      quick,
      ["steps.retrain=null"],
      "steps.detector",
      /null, start: inherited or an init, because steps.retrain is null/,
    ],
    [
      quick,
      ["steps.detector.start=inherited"],
      "steps.retrain",
      /null, because steps.detector does not start/,
    ],
    [quick, ["steps.detector=null"], "steps.retrain", /null, because steps.detector does not start from it/],
    [quick, ["steps.detector.start=scratch"], "steps.detector.start", /one of "retrain", "inherited"/],
    [
      quick,
      ["classification=null"],
      "classification: got null",
      /images with labels, used by steps.pretrain and steps.retrain \(or null for these too\)/,
    ],
    [
      quick,
      [
        "classification=null",
        "steps.pretrain=null",
        ...WITHOUT_RETRAIN,
        "steps.search.prefilter={score: zen, draws: 2}",
      ],
      "classification: got null",
      /images with labels, used by steps.search.prefilter \(or null/,
    ],
    [
      quick,
      ["steps.pretrain=null", ...WITHOUT_RETRAIN],
      "classification",
      /null, because no step uses images with labels/,
    ],
    [quick, ["steps.retrain=null", "steps.detector=null"], "steps.front", /members: 8.*is not trained/],
    [
      quick,
      ["steps.search.batchNorm={mode: batch}", "steps.front={members: 3}"],
      "steps.front",
      /null, because candidates have no batch-norm statistics/,
    ],
    [
      quick,
      ["detector={file: mine.ts}", "steps.front={members: 3}"],
      "steps.front",
      /null, because a detector from a file/,
    ],
    [quick, ["detection.size.short=[96, 96]"], "detection.size.short", /choices that differ/],
    [quick, ["detector.pyramid.channels=[]"], "detector.pyramid.channels", /at least 2 items/],
    [quick, ["seed=1", "seed=2"], "--set seed=1", /overridden by --set seed=2/],
    [quick, ["detection.data.seed=1", "detection.data=photos"], "data.seed=1", /overridden by .*data=photos/],
  ];
  for (const [recipe, settings, key, expected] of cases) {
    it(`is rejected: ${settings.join(" ")}`, () => assertRefused(recipe, settings, key, expected));
  }

  it("is rejected: any micro-batch that does not divide the batch", () => {
    const size = fc.integer({ min: 1, max: 64 });
    fc.assert(
      fc.property(size, size, (batchSize, microBatch) => {
        const settings = [`steps.retrain.batchSize=${batchSize}`, `steps.retrain.microBatch=${microBatch}`];
        if (batchSize % microBatch === 0) withSettings(quick, settings);
        else assertRefused(quick, settings, "steps.retrain.microBatch", /a divisor of batchSize/);
      }),
    );
  });

  it("is rejected: any milestone at or after the end", () => {
    const epochs = fc.integer({ min: 2, max: 20 });
    fc.assert(
      fc.property(epochs, fc.uniqueArray(epochs, { minLength: 1 }), (length, milestones) => {
        const sorted = milestones.toSorted((a, b) => a - b);
        const settings = [
          `steps.detector.epochs=${length}`,
          `steps.detector.schedule.milestones=${JSON.stringify(sorted)}`,
        ];
        if (sorted.at(-1)! < length) withSettings(published, settings);
        else assertRefused(published, settings, "schedule.milestones", /numbers below/);
      }),
    );
  });
});

describe("settings that depend on each other", () => {
  it("can change together, in any order", () => {
    const settings = ["steps.retrain.batchSize=6", "steps.retrain.microBatch=3", "steps.retrain.epochs=2"];
    for (const order of [settings, settings.toReversed()]) {
      const { batchSize, microBatch } = withSettings(detnasQuickstart, order).steps.retrain!;
      assert.deepEqual([batchSize, microBatch], [6, 3]);
    }
  });

  it("are reported with the setting that caused the mistake", () => {
    const settings = ["seed=3", "steps.retrain.microBatch=5", "threads=1"];
    assertRefused(detnasQuickstart, settings, "--set steps.retrain.microBatch=5: ", /divisor/);
  });
});

describe("extends", () => {
  const folder = mkdtempSync(join(tmpdir(), "extends-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const refused = (name: string, text: string, pattern: RegExp) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return assert.rejects(loadRecipe(path), (error) => {
      assert.ok(error instanceof UserError, String(error));
      assert.match(error.message, pattern);
      return true;
    });
  };

  it("replaces a warmup in one unit with one in the other", async () => {
    const path = join(folder, "warmup.yaml");
    const warmup = (text: string) => {
      writeFileSync(path, `extends: detnas-quickstart\nsteps: {retrain: {warmup: ${text}}}\n`);
      return loadRecipe(path).then((recipe) => (recipe as DetectionRecipe).steps.retrain!.warmup);
    };
    assert.deepEqual(await warmup("{epochs: 0.1}"), { epochs: 0.1, startFactor: 0.1 });
    assert.deepEqual(await warmup("{iterations: 7}"), { iterations: 7, startFactor: 0.1 });
  });

  it("is rejected if it would be ignored", async () => {
    await refused("module.mjs", 'export default { extends: "detnas-quickstart" };', /spread .* instead/);
    await refused(
      "nested.yaml",
      "extends: detnas-quickstart\nsteps: {extends: other}\n",
      /unknown key steps\.extends/,
    );
    await refused("twice.yaml", "extends: detnas-quickstart\nseed: 1\nseed: 2\n", /must be unique/);
  });
});
