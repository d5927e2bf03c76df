import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it, test } from "node:test";
import { Random, UserError } from "@supernet/base";
import { createSpace, type Subnet, sampleSubnet } from "@supernet/nas";
import { SpaceClassifier } from "@supernet/nas/supernet";
import { fromTypedArray, manualSeed, nn, noGrad, saveTensors } from "@supernet/torch";
import type { ClassificationBatch } from "@supernet/vision";
import { OWNER_KEY, spaceIdentity, type WeightsOwner } from "../../network/owner.js";
import type { SpaceRecipe } from "../../recipe/space.js";
import { autoFormerQuickstart } from "../../recipes/autoformer-quickstart.js";
import { createRun } from "../../recipes/load.js";
import { imageTensor } from "../../training/batches.js";
import { classifierTraining } from "./classifier-training.js";
import { labeledSettings } from "./labeled-images.js";
import { labelTensor } from "./losses.js";
import { checkTeachers, openTeacher, teacherLoss } from "./teacher.js";

const folder = mkdtempSync(join(tmpdir(), "teacher-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const recipe = autoFormerQuickstart;
const { mean, std } = labeledSettings(recipe);
const classes = ["a", "b", "c"];
const spaceRecipe = {
  name: "spos-shufflenetv2",
  ...{ stem: 8, blocks: [1, 1, 1, 1], channels: [16, 32, 48, 64], last: 64 },
} as const;
const space = createSpace(spaceRecipe);
const subnet = sampleSubnet(space, Random.of("teacher"));

manualSeed(3);
const network = new SpaceClassifier(space, classes.length, subnet);

const identity = await spaceIdentity(spaceRecipe as unknown as SpaceRecipe);
const owner: WeightsOwner = {
  ...{ task: "classification", network: "classifier", space: identity, subnet },
  trainedOn: { classes, mean, std },
};

let files = 0;

function saved(change: Partial<WeightsOwner> | null): string {
  const path = join(folder, `${files++}.safetensors`);
  const own = { ...owner, ...change };
  saveTensors(path, network.stateDict(), change === null ? {} : { [OWNER_KEY]: JSON.stringify(own) });
  return path;
}

const context = { recipe, space: createSpace(recipe.space as never), device: "cpu", log() {} };
const open = async (file: string) =>
  (await openTeacher(context, { file, kind: "soft", weight: 0.5 }, classes))!;

const images = Float32Array.from({ length: 4 * 3 * 32 * 32 }, (_, i) => Math.sin(i));
const batch = {
  ...{
    images,
    shape: [4, 3, 32, 32],
    labels: BigInt64Array.of(0n, 1n, 2n, 0n),
    mixed: null,
    ids: [0, 1, 2, 3],
  },
} as unknown as ClassificationBatch;

describe("openTeacher", () => {
  it("predicts with the network of the file, in its own space, once for a micro-batch", async () => {
    const teacher = await open(saved({}));
    network.eval();
    const expected = noGrad(() => network.forward(fromTypedArray(images, [4, 3, 32, 32])));
    const logits = teacher.logits(batch);
    assert.deepEqual(logits.toArray(), expected.toArray());
    assert.equal(teacher.logits(batch), logits);
    assert.notEqual(teacher.logits({ ...batch }), logits);
    assert.equal(await openTeacher(context, undefined, classes), undefined);
  });

  it("names what is wrong with the file", async () => {
    const fails = (path: string, message: RegExp) =>
      assert.rejects(
        () => open(path),
        (error) => error instanceof UserError && message.test(error.message) && error.message.includes(path),
      );
    await fails(saved(null), /does not say which network its weights are of/);
    await fails(saved({ network: "detector" }), /weights of a detector, not of a classifier/);
    await fails(saved({ subnet: null }), /weights of a supernet, .*extract a subnet/);
    await fails(
      saved({ trainedOn: { classes: ["a", "b"], mean, std } }),
      /are for 2 classes, but the data has 3/,
    );
    await fails(
      saved({ trainedOn: { classes, mean: [0, 0, 0], std } }),
      /trained with the normalization mean/,
    );
    await fails(
      saved({ space: { name: "mine.ts", sha256: "0" } }),
      /space mine\.ts, which is neither built in/,
    );
    await fails(
      saved({ space: { ...identity, sha256: "0" } }),
      /another version of the space spos-shufflenetv2/,
    );
    const wrong: Subnet = { ...subnet, [Object.keys(subnet)[0]!]: "none" };
    await fails(saved({ subnet: wrong }), /none/);
  });
});

test("teachers are checked before the first step", async () => {
  const run = createRun(recipe);
  const training = (file: string) => ({ teacher: { file, kind: "soft", weight: 1 } as const });
  await checkTeachers(run, { train: {}, retrain: null });
  const path = saved({ subnet: null });
  await assert.rejects(
    checkTeachers(run, { train: training(path) }),
    (error) =>
      error instanceof UserError &&
      /^steps\.train\.teacher: .*: these weights are for 3 classes/.test(error.message),
  );
});

describe("teacherLoss", () => {
  const [n, c] = [3, 4];
  const numbers = (seed: string) => {
    const random = Random.of(seed);
    return Array.from({ length: n * c }, () => 2 * random.normal());
  };
  const [own, others] = [numbers("own"), numbers("teacher")];
  const rows = (values: readonly number[]) =>
    Array.from({ length: n }, (_, i) => values.slice(i * c, (i + 1) * c));
  const softmax = (row: readonly number[], temperature: number) => {
    const exp = row.map((value) => Math.exp(value / temperature));
    const sum = exp.reduce((a, b) => a + b);
    return exp.map((value) => value / sum);
  };
  const lossOf = (settings: Parameters<typeof teacherLoss>[2]) => {
    const logits = fromTypedArray(Float32Array.from(own), [n, c], { requiresGrad: true });
    const loss = teacherLoss(logits, fromTypedArray(Float32Array.from(others), [n, c]), settings);
    loss.backward();
    return { loss: loss.item(), gradient: (logits.grad!.toArray() as number[][]).flat() };
  };
  const near = (a: number, b: number) => assert.ok(Math.abs(a - b) < 1e-5, `${a}, not ${b}`);

  it("is the cross entropy with the teacher's probabilities at a temperature", () => {
    for (const temperature of [1, 3]) {
      const { loss, gradient } = lossOf({ kind: "soft", temperature });
      const [students, teachers] = [own, others].map((values) =>
        rows(values).map((row) => softmax(row, temperature)),
      );
      const expected = teachers!.map(
        (p, i) => -p.reduce((sum, value, j) => sum + value * Math.log(students![i]![j]!), 0),
      );
      near(loss, (temperature ** 2 * expected.reduce((a, b) => a + b)) / n);
      // The gradient does not shrink with the temperature (Hinton et al., 2015, section 2).
      const slopes = students!.flatMap((q, i) =>
        q.map((value, j) => (temperature * (value - teachers![i]![j]!)) / n),
      );
      for (const [i, slope] of slopes.entries()) near(gradient[i]!, slope);
    }
    assert.equal(lossOf({ kind: "soft" }).loss, lossOf({ kind: "soft", temperature: 1 }).loss);
  });

  it("is the cross entropy with the teacher's classes if it is hard", () => {
    const best = rows(others).map((row) => row.indexOf(Math.max(...row)));
    const expected = rows(own).map((row, i) => -Math.log(softmax(row, 1)[best[i]!]!));
    near(lossOf({ kind: "hard" }).loss, expected.reduce((a, b) => a + b) / n);
  });
});

test("a training minimizes both losses by the teacher's weight", async () => {
  const student = new SpaceClassifier(space, classes.length, subnet);
  const lossesWith = async (weight: number) => {
    const settings = { ...recipe.steps.train, labelSmoothing: 0 } as never;
    const teacher = await openTeacher(context, { file: saved({}), kind: "soft", weight }, classes);
    const { losses } = classifierTraining({
      ...{ model: student, settings, device: "cpu", seed: 0, teacher },
      data: { train: { images: 4 } } as never,
    });
    student.eval();
    return Object.fromEntries(Object.entries(losses(batch, 0, 0)).map(([name, loss]) => [name, loss.item()]));
  };
  const [all, quarter] = [await lossesWith(1), await lossesWith(0.25)];
  assert.deepEqual(Object.keys(all), ["lossTeacher"]);
  assert.ok(Math.abs(quarter.lossTeacher! - all.lossTeacher! / 4) < 1e-6);
  student.eval();
  const plain = nn.crossEntropy(student.forward(imageTensor(batch, "cpu")), labelTensor(batch, "cpu")).item();
  assert.ok(Math.abs(quarter.lossClassification! - 0.75 * plain) < 1e-6);
});
