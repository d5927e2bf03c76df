/** Compares ShuffleNetV2 backbones with PyTorch, wired as in SPOS, DetNAS and MMRazor. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { Random } from "@supernet/base";
import { PYTHON, withoutModule } from "@supernet/testing";
import { loadTensors, manualSeed, noGrad, randn, savePth, tidy } from "@supernet/torch";
import { createEstimator } from "../../cost/estimator.js";
import { sampleSubnet } from "../../space/sample.js";
import {
  SHUFFLE_CHOICES,
  SHUFFLE_WIRINGS,
  SPOS_SIZES,
  sposShuffleNetV2,
} from "../../spaces/spos-shufflenetv2.js";
import { scramble } from "../../testing/networks.js";
import { activeStateDict } from "../modules/active-state.js";
import { SpaceBackbone } from "./backbone.js";

const script = fileURLToPath(new URL("../../../test-data/shufflenetv2.py", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "shufflenetv2-"));
after(() => rmSync(folder, { recursive: true }));

/** Published sizes, and some whose halves are odd numbers. */
const SIZES = [SPOS_SIZES, { ...SPOS_SIZES, stem: 6, blocks: [3, 2, 2], channels: [10, 26, 60] }];

for (const wiring of SHUFFLE_WIRINGS) {
  test(`maps and parameters equal those of PyTorch: ${wiring}`, { skip: withoutModule("torch") }, () => {
    tidy(() => {
      manualSeed(5);
      const images = randn([2, 3, 64, 96]);
      const networks = SIZES.flatMap((sizes) => {
        // The second shuffle of the references needs multiples of 4.
        const channels = sizes.channels.map((n) =>
          wiring === "channel_shuffle2" ? 4 * Math.ceil(n / 4) : n,
        );
        const space = sposShuffleNetV2({ ...sizes, channels, wiring });
        const supernet = new SpaceBackbone(space);
        scramble(supernet);
        const { measure } = createEstimator("backbone", space.backbone, [3, 64, 96]);
        const random = Array.from({ length: 2 }, (_, i) => sampleSubnet(space, Random.of("wiring", i)));
        const equal = SHUFFLE_CHOICES.map((choice) =>
          Object.fromEntries(space.decisions.map(({ name }) => [name, choice])),
        );
        return [...equal, ...random].map((subnet) => {
          supernet.activate(subnet);
          const choices = space.decisions.map(({ name }) => subnet[name]);
          return {
            setting: { wiring, stem: sizes.stem, blocks: sizes.blocks, channels, choices },
            state: activeStateDict(supernet),
            maps: noGrad(() => supernet.forward(images)),
            cost: measure(subnet),
          };
        });
      });
      const [source, target] = [join(folder, "in.pth"), join(folder, "out.pth")];
      const weights = networks.flatMap(({ state }, i) =>
        Array.from(state, ([name, weight]) => [`${i}.${name}`, weight] as const),
      );
      savePth(source, new Map([["images", images], ...weights]));
      const settings = JSON.stringify(networks.map(({ setting }) => setting));
      const run = spawnSync(PYTHON, [script, source, target, settings], { encoding: "utf8" });
      assert.equal(run.status, 0, run.stderr);
      assert.deepEqual(
        run.stdout.trim().split("\n"),
        networks.map(({ cost: { params, operations } }) => `${params} ${operations}`),
      );
      const { tensors: expected } = loadTensors(target);
      for (const [i, { maps }] of networks.entries()) {
        for (const [j, map] of maps.entries()) {
          const wanted = expected.get(`${i}.${j}`)!;
          assert.deepEqual(map.shape, wanted.shape);
          const error = map.sub(wanted).abs().max().item() / wanted.abs().max().item();
          assert.ok(error < 1e-5, `network ${i}, map ${j}: relative error ${error}`);
        }
      }
      assert.equal(
        expected.size,
        networks.reduce((sum, { maps }) => sum + maps.length, 0),
      );
    });
  });
}
