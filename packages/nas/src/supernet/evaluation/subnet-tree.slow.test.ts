/** Compares subnets in a tree with the supernet, for every listed space. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Random } from "@supernet/base";
import { liveTensors, manualSeed, noGrad, randn, type Tensor, tidy } from "@supernet/torch";
import { byPrefix } from "../../network/prefix-order.js";
import { sampleSubnet } from "../../space/sample.js";
import type { Subnet } from "../../space/space.js";
import { listedSpaces } from "../../testing/spaces.js";
import { SpaceBackbone } from "../networks/backbone.js";
import { SpaceClassifier } from "../networks/classifier.js";
import { recalibrateBatchNorm } from "./recalibrate.js";
import { SubnetTree } from "./subnet-tree.js";

const CLASSES = 5;

for (const space of listedSpaces()) {
  describe(space.name, () => {
    manualSeed(3);
    const random = Array.from({ length: 3 }, (_, i) => sampleSubnet(space, Random.of(space.name, "tree", i)));
    const last = space.decisions.at(-1)!;
    const changed = {
      ...random[0]!,
      [last.name]: last.choices.find((choice) => choice !== random[0]![last.name])!,
    };
    const supernet = new SpaceClassifier(space, CLASSES).eval();
    const subnets = [...random, changed, random[0]!].sort(byPrefix(space));
    const batches = [1, 2].map(() => randn([2, 3, 64, 64]).keep());
    const images = randn([2, 3, 64, 64]).keep();

    const logitsOf = (tree: SubnetTree): number[][] =>
      noGrad(() =>
        tidy(() => {
          const logits: number[][] = [];
          tree.run(images, (index, output) => {
            logits[index] = Array.from(output.toTypedArray() as Float32Array);
          });
          return logits;
        }),
      );
    const calibrated = (list: readonly Subnet[]): SubnetTree => {
      const tree = new SubnetTree(supernet, list);
      tree.gatherStatistics();
      for (const batch of batches) noGrad(() => tidy(() => tree.run(batch, () => {})));
      return tree;
    };

    it("equals the recalibrated supernet bit for bit, and up to rounding when fused", async () => {
      using tree = calibrated(subnets);
      tree.useStatistics();
      const found = logitsOf(tree);
      tree.fuse();
      const fused = logitsOf(tree);
      for (const [index, subnet] of subnets.entries()) {
        supernet.activate(subnet);
        await recalibrateBatchNorm(supernet, batches, (batch) => supernet.forward(batch));
        const expected = noGrad(() => tidy(() => supernet.forward(images).toTypedArray() as Float32Array));
        assert.deepEqual(found[index], [...expected]);
        // Rounding grows with depth, especially with random weights and small last maps.
        const scale = Math.max(...expected.map(Math.abs));
        for (const [i, value] of expected.entries())
          assert.ok(Math.abs(fused[index]![i]! - value) <= 5e-3 * scale, `${fused[index]![i]} for ${value}`);
      }
    });

    it("gives a subnet the same bits regardless of the other subnets", () => {
      using together = calibrated(subnets);
      together.fuse();
      const found = logitsOf(together);
      for (const index of [0, subnets.length - 1]) {
        using single = calibrated([subnets[index]!]);
        single.fuse();
        assert.deepEqual(logitsOf(single)[0], found[index]);
      }
    });

    it("contains shared parts once and frees all tensors", () => {
      const before = liveTensors();
      {
        using tree = calibrated(subnets);
        using one = new SubnetTree(supernet, [subnets[0]!]);
        assert.ok(
          tree.size < subnets.length * one.size,
          `${tree.size} of ${subnets.length} times ${one.size}`,
        );
        tree.fuse();
        const held = liveTensors();
        logitsOf(tree);
        assert.equal(liveTensors(), held);
      }
      assert.equal(liveTensors(), before);
    });

    it("drops subnets without changing the bits of the others", () => {
      const before = liveTensors();
      {
        using tree = calibrated(subnets);
        tree.fuse();
        const found = logitsOf(tree);
        const order = Random.of(space.name, "dropped").permutation(subnets.length);
        for (const [i, dropped] of order.entries()) {
          tree.drop(dropped);
          const left = order.slice(i + 1);
          using rebuilt = new SubnetTree(
            supernet,
            left.map((other) => subnets[other]!),
          );
          assert.equal(tree.size, rebuilt.size);
          const now = logitsOf(tree);
          assert.deepEqual(Object.keys(now), left.toSorted((a, b) => a - b).map(String));
          for (const other of left) assert.deepEqual(now[other], found[other]);
        }
      }
      assert.equal(liveTensors(), before);
    });

    if (space.maps.length === 0) return;
    it("returns the maps of the backbone in training mode when using batch statistics", () => {
      const backbone = new SpaceBackbone(space);
      using tree = new SubnetTree(backbone, subnets);
      tree.useBatchStatistics();
      const bits = (maps: readonly Tensor[]) => maps.map((map) => Buffer.from(map.toTypedArray().buffer));
      noGrad(() =>
        tidy(() => {
          tree.run(images, (index, _, maps) => {
            backbone.activate(subnets[index]!);
            const expected = bits(backbone.train().forward(images));
            for (const [i, own] of bits(maps).entries()) assert.ok(own.equals(expected[i]!), `map ${i}`);
          });
        }),
      );
    });
  });
}
