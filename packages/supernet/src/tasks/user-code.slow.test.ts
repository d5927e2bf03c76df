import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { Random } from "@supernet/base";
import sharp from "sharp";
import { searchLength } from "../recipe/strategy.js";
import { digestUserCode } from "../recipe/user-code.js";
import { openRun } from "../recipes/load.js";
import { tinyMixed, toSettings, writeGrayImages } from "../testing/recipes.js";
import { setOptions, supernet } from "../testing/runs.js";
import type { DetectionRecipe } from "./detection/settings.js";

// The user's files, outside the repository.
const folder = mkdtempSync(join(tmpdir(), "user-code-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

/** Writes images of one to five white squares in COCO layout. */
async function writeSquares(data: string): Promise<void> {
  for (const [split, count] of [
    ["train", 40],
    ["val", 8],
  ] as const) {
    mkdirSync(join(data, "images", split), { recursive: true });
    mkdirSync(join(data, "annotations"), { recursive: true });
    const images: object[] = [];
    const annotations: object[] = [];
    for (let i = 0; i < count; i++) {
      const random = Random.of("squares", split, i);
      const squares = 1 + random.int(5);
      const pixels = Buffer.alloc(48 * 48 * 3);
      for (const place of random.permutation(9).slice(0, squares)) {
        const bbox = [16 * (place % 3) + 2, 16 * Math.floor(place / 3) + 2, 10, 10] as const;
        for (let y = 0; y < 10; y++)
          pixels.fill(255, 3 * (48 * (bbox[1] + y) + bbox[0]), 3 * (48 * (bbox[1] + y) + bbox[0] + 10));
        const id = annotations.length + 1;
        annotations.push({ id, image_id: i + 1, category_id: 1, bbox, area: 100, iscrowd: 0 });
      }
      images.push({ id: i + 1, file_name: `${i}.png`, width: 48, height: 48 });
      await sharp(pixels, { raw: { width: 48, height: 48, channels: 3 } }).toFile(
        join(data, "images", split, `${i}.png`),
      );
    }
    const content = { images, annotations, categories: [{ id: 1, name: "square" }] };
    writeFileSync(join(data, "annotations", `instances_${split}.json`), JSON.stringify(content));
  }
}

describe("a task in a user's file", () => {
  const example = fileURLToPath(new URL("../../../../examples/regression-task.ts", import.meta.url));
  const task = () => file("my-task.ts", readFileSync(example, "utf8"));
  const workDir = join(folder, "counting");
  const settings = {
    threads: 1,
    workers: 0,
    data: join(folder, "squares"),
    imageSize: 48,
    "steps.train.epochs": 3,
    "steps.train.batchSize": 8,
    "steps.train.warmup.iterations": 2,
    "steps.search.constraints": "{}",
    "steps.search.calibration": 8,
    "steps.search.strategy": "{kind: random, candidates: 4}",
  };
  const run = (dir: string, more: object, ...options: readonly string[]) =>
    supernet("run", task(), "--work-dir", dir, ...setOptions({ ...settings, ...more }), ...options);
  const history = (dir: string) =>
    JSON.parse(readFileSync(join(dir, "steps", "search", "checkpoint"), "utf8")).history;
  before(() => writeSquares(settings.data));

  it("runs all steps, and its result can be exported, extracted and profiled", () => {
    const { status, stderr, stdout } = run(workDir, { scorers: 1 }, "--json");
    assert.equal(status, 0, stderr);
    const { error, median } = JSON.parse(stdout);
    assert.ok(error > 0 && error < 5 && median > 0, stdout);
    assert.equal(history(workDir).length, 4);
    assert.match(readFileSync(join(workDir, "report.html"), "utf8"), /mean absolute error/);
    const out = join(folder, "model.onnx");
    assert.match(supernet("export", "--work-dir", workDir, "--out", out).stdout, /-> logits \[batch, 1\]/);
    const weights = join(folder, "subnet.safetensors");
    const extracted = supernet("extract", "--work-dir", workDir, "--step", "train", "--out", weights);
    assert.match(extracted.stdout, /tensors/, extracted.stderr);
    assert.match(
      supernet("profile", "--recipe", task()).stdout,
      /^classifier of counting on mixed-mobilenet/,
    );
    const planned = supernet("plan", task());
    assert.match(
      planned.stderr,
      /^error: counting: the task counting does not support plans[^\n]*supernet profile[^\n]*\n$/,
    );
  });

  it("resumes, and gives the same scores with scoring threads", () => {
    const again = run(workDir, { scorers: 1 }, "--resume");
    assert.match(again.stderr, /\[3\/3\] .*: done before/);
    const threads = join(folder, "threads");
    const { status, stderr } = run(threads, { scorers: 2 });
    assert.equal(status, 0, stderr);
    assert.deepEqual(history(threads), history(workDir));
  });

  it("is refused in one line if it is not a task, or a setting is unknown", () => {
    const other = file("other.mjs", "export const task = { name: 'x' };");
    const recipe = file("other.yaml", JSON.stringify({ task: { file: other }, name: "x" }));
    assert.match(
      supernet("run", recipe).stderr,
      /^error: .*other\.mjs: no task is exported: [^\n]*settings[^\n]*\n$/,
    );
    assert.match(
      run(join(folder, "bad"), { "steps.search.images": 3 }).stderr,
      /^error: --set .*unknown key steps\.search\.images[^\n]*\n$/,
    );
  });
});

describe("a strategy in a user's file", () => {
  const data = join(folder, "gray");
  const strategy = file(
    "strategy.ts",
    `import { Random } from "@supernet/base";
    import { defineStrategy, onAllImages, sampleUnseen, seenKeys } from "@supernet/nas";
    import { z } from "supernet";
    export default defineStrategy({
      kind: "one-by-one",
      title: "one random subnet at a time",
      settings: () => z.strictObject({ candidates: z.int().min(1) }),
      length: ({ candidates }) => ({ candidates, evaluations: candidates }),
      create: (problem, { candidates }: { candidates: number }) => ({
        generations: candidates,
        propose: (state) =>
          onAllImages(sampleUnseen(problem, seenKeys(problem.space, state), { count: 1, random: Random.of("mine", state.generation) })),
      }),
    });`,
  );
  const settings = (candidates: unknown) => ({
    ...Object.fromEntries(
      Object.entries(tinyMixed(data)).filter(([key]) => !key.startsWith("steps.search.strategy")),
    ),
    "steps.search.strategy": `{file: ${strategy}, settings: {candidates: ${candidates}}}`,
  });
  before(() => writeGrayImages(data));

  it("searches", () => {
    const workDir = join(folder, "mixed");
    const options = ["--work-dir", workDir, ...setOptions(settings(3))];
    for (const command of ["train", "search"]) {
      const { status, stderr } = supernet(command, "mixed-quickstart", ...options);
      assert.equal(status, 0, stderr);
      if (command === "search") assert.match(stderr, /one random subnet at a time by accuracy/);
    }
    const { history } = JSON.parse(readFileSync(join(workDir, "steps", "search", "checkpoint"), "utf8"));
    assert.deepEqual(
      history.map(({ generation }: { generation: number }) => generation),
      [0, 1, 2],
    );
  });

  it("is refused in one line before the first training if a setting is invalid", () => {
    const { status, stderr } = supernet(
      "run",
      "mixed-quickstart",
      "--work-dir",
      join(folder, "wrong"),
      ...setOptions(settings("many")),
    );
    assert.equal(status, 1);
    assert.match(stderr, /^error: [^\n]*candidates[^\n]*\n$/);
  });

  const openedWith = (parts: string, given = "{}") => {
    const path = file(
      `strategy-${Random.of(parts).int(1e9)}.ts`,
      `import { defineStrategy, z } from "supernet";
      export default defineStrategy({ kind: "odd", title: "odd", create: () => { throw new Error(); }, ${parts} });`,
    );
    return openRun("mixed-quickstart", [`steps.search.strategy={file: ${path}, settings: ${given}}`]);
  };
  const noSettings = "settings: () => z.strictObject({})";

  it("applies the defaults of its settings", async () => {
    const { recipe } = await openedWith(
      `settings: () => z.strictObject({ n: z.int().default(7) }),
      length: ({ n }) => ({ candidates: n, evaluations: n })`,
    );
    assert.equal(searchLength(recipe.steps.search.strategy).candidates, 7);
  });

  it("is refused when it is opened if a part of it is invalid", async () => {
    const length = "length: () => ({ candidates: 1, evaluations: 1 })";
    await assert.rejects(openedWith(`${noSettings}, ${length}`, "{n: 1}"), /settings: unknown option n/);
    await assert.rejects(
      openedWith(`settings: () => undefined, ${length}`),
      /settings must return a z.object/,
    );
    await assert.rejects(openedWith(`${noSettings}, length: () => undefined`), /length: [^\n]*missing/);
    await assert.rejects(
      openedWith(`${noSettings}, ${length}, objectives: () => ["flop"]`),
      /objectives: flop is not measured by the search: use one of flops, /,
    );
  });

  it("is refused with the location of a syntax error", async () => {
    const path = file("syntax.ts", "export default {\n ;");
    const opened = openRun("mixed-quickstart", [`steps.search.strategy={file: ${path}}`]);
    await assert.rejects(opened, /syntax\.ts:2:2: Expected identifier/);
  });
});

describe("an invalid task in a user's file", () => {
  const openedWith = (name: string, replaced: string, replacement: string) => {
    const text = readFileSync(new URL("../../../../examples/regression-task.ts", import.meta.url), "utf8");
    assert.ok(text.includes(replaced));
    const path = file(`${name}.ts`, text.replace(replaced, replacement));
    return openRun(path, ["data=squares"]);
  };

  it("is refused when it is opened", async () => {
    await assert.rejects(
      openedWith("misspelled", "\n  metric:", "\n  metrc: 1,\n  metric:"),
      /unknown option metrc, did you mean metric/,
    );
    await assert.rejects(
      openedWith("kind", 'kind: "training"', 'kind: "trainin"'),
      /steps: \[0\]\.kind is "trainin"/,
    );
    await assert.rejects(
      openedWith("scorer", 'trained: "train"', 'trained: "pretrain"'),
      /unknown step pretrain: use one of train, search, test/,
    );
    await assert.rejects(
      openedWith(
        "image",
        "searchInput: ({ imageSize }) => [3, imageSize, imageSize]",
        "searchInput: () => []",
      ),
      /searchInput/,
    );
  });
});

describe("a user's file that fails", () => {
  const space = "export default { name: 'x' };";
  const waiting = "await new Promise((resolve) => setTimeout(resolve, 60_000));";
  const failures: Record<string, readonly [text: string, error: RegExp]> = {
    "never ends": [
      "export default await new Promise(() => {});",
      /never-ends\.ts: the program exited before/,
    ],
    "ends the program": ["process.exit(0);", /ends-the-program\.ts: the program exited before/],
    "throws late": [
      `type Unused = string;\nsetTimeout(() => {\n  throw new Error("late"); }); ${waiting}`,
      /throws-late\.ts:3:9: late\n/,
    ],
    "rejects late": [`Promise.reject(\n new Error("lost")); ${waiting}`, /rejects-late\.ts:2:2: lost\n/],
    throws: [`type Unused = string;\nthrow new Error("now");${space}`, /throws\.ts:2:7: now\n$/],
    "throws a value that is not an error": ['throw "text";', /error\.ts: text\n$/],
    "imports a missing module": [
      'import "supernet/nowhere";',
      /module\.ts: module supernet\/nowhere does not exist, imported from .*module\.ts\n$/,
    ],
    "imports a missing name": [
      'import { nothing } from "supernet";nothing();',
      /name\.ts:1: [^\n]*nothing'\n$/,
    ],
    "has an unsupported extension.yaml": ["", /extension\.yaml: expected a file that ends in [^\n]*\n$/],
  };
  for (const [name, [text, error]] of Object.entries(failures)) {
    it(`${name}: reports the file and, if known, the line in one message`, () => {
      const path = file(name.replaceAll(" ", "-") + (/\.yaml$/.test(name) ? "" : ".ts"), text);
      const { status, stderr } = supernet(
        "profile",
        "--recipe",
        "mixed-quickstart",
        "--set",
        `space={file: ${path}}`,
      );
      assert.equal(status, 1);
      assert.match(stderr, error);
      assert.match(stderr, /^error: /);
    });
  }

  it("reports the line where one of its functions throws", () => {
    const path = file(
      "throwing.ts",
      `import { defineStrategy, z } from "supernet";
      type Unused = string;
      export default defineStrategy({
        kind: "throwing", title: "throwing", settings: () => z.strictObject({}),
        length: () => { throw new TypeError("no length"); },
        create: () => { throw new Error(); } });`,
    );
    const setting = `steps.search.strategy={file: ${path}}`;
    const { status, stderr } = supernet("profile", "--recipe", "mixed-quickstart", "--set", setting);
    assert.equal(status, 1);
    assert.match(
      stderr,
      /^error: \/[^\n]*throwing\.ts:5:31: no length\nTypeError: no length\n {4}at Object\.length/,
    );
  });
});

describe("the digest of a user's file", () => {
  it("depends on the files that it imports, but not on its folder", () => {
    const digest = (folderName: string, imported: string) => {
      mkdirSync(join(folder, folderName));
      file(join(folderName, "imported.ts"), imported);
      return digestUserCode(
        file(join(folderName, "main.ts"), 'import { n } from "./imported.js"; export default n;'),
      );
    };
    const first = digest("first", "export const n = 1;");
    assert.equal(digest("same", "export const n = 1;"), first);
    assert.notEqual(digest("changed", "export const n = 2;"), first);
  });
});

describe("a detector in a user's file", () => {
  const detector = file(
    "detector.ts",
    `import { buildDetector, defineDetector, torchvisionDetectors } from "@supernet/vision";
    import { z } from "supernet";
    export default defineDetector({
      kind: "mine",
      settings: z.strictObject({ scoreThreshold: z.number() }),
      build: (backbone, settings, classes) =>
        buildDetector(backbone, { ...torchvisionDetectors["faster-rcnn"], ...settings }, classes),
    });`,
  );
  const opened = async (settings: string) => {
    const run = await openRun(
      "detnas-quickstart",
      toSettings({ detector: `{file: ${detector}, settings: ${settings}}` }),
    );
    const { detectorBuilder } = await import("./detection/detector.js");
    return run.get(detectorBuilder as unknown as (run: unknown) => ReturnType<typeof detectorBuilder>);
  };

  it("is built around a backbone", async () => {
    const { SpaceBackbone } = await import("@supernet/nas/supernet");
    const { openSpace } = await import("../recipe/open-space.js");
    const { recipe } = await openRun("detnas-quickstart");
    const space = await openSpace(recipe.space);
    const built = (await opened("{scoreThreshold: 0.3}"))(new SpaceBackbone(space), 3);
    assert.ok([...built.stateDict().keys()].some((name) => name.startsWith("roi_head")));
    assert.equal((recipe as DetectionRecipe).detector.kind, "faster-rcnn");
  });

  it("is refused in one line if a setting is unknown", async () => {
    await assert.rejects(opened("{threshold: 0.3}"), /detector\.settings: mine: [^\n]*threshold/);
  });

  it("is refused if it does not build a detector", async () => {
    const wrong = file(
      "wrong-detector.ts",
      `import { defineDetector } from "@supernet/vision";
      import { z } from "supernet";
      export default defineDetector({ kind: "wrong", settings: z.strictObject({}), build: () => ({}) });`,
    );
    const { status, stderr } = supernet(
      "profile",
      "--recipe",
      "detnas-quickstart",
      "--network",
      "detector",
      "--set",
      `detector={file: ${wrong}}`,
    );
    assert.equal(status, 1);
    assert.match(stderr, /^error: [^\n]*wrong-detector\.ts: build must return a Detector[^\n]*\n$/);
  });
});
