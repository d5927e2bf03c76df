/** Tests every listed space. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Random } from "@supernet/base";
import { manualSeed, nn, noGrad, randn, type Tensor, tidy } from "@supernet/torch";
import type { Cost } from "../../cost/cost.js";
import { createEstimator } from "../../cost/estimator.js";
import { measuresOf } from "../../cost/measures.js";
import { layerOf } from "../../layer/part.js";
import { countNetworks } from "../../network/count-networks.js";
import {
  classifierParts,
  featureParts,
  mapChannels,
  minMapChannels,
  type NetworkSpace,
  spaceContent,
} from "../../network/network-space.js";
import { outline } from "../../network/outline.js";
import { checkFeasible } from "../../search/feasible.js";
import { sampleUnseen } from "../../search/generate.js";
import { violationOf } from "../../search/problem.js";
import { extremeSubnets } from "../../space/extremes.js";
import { sampleSubnet } from "../../space/sample.js";
import { type Subnet, subnetKey } from "../../space/space.js";
import { formatSubnet, parseSubnet } from "../../space/subnet-file.js";
import { listedSpaces } from "../../testing/spaces.js";
import { activeStateDict } from "../modules/active-state.js";
import { SpaceBackbone } from "./backbone.js";
import { SpaceClassifier } from "./classifier.js";

const CLASSES = 7;
const RESOURCES = ["params", "macs", "flops", "operations", "activations", "memory"] as const;

/** Network that uses the maps of a backbone, like a detector. */
class MapConsumer extends nn.Module {
  readonly backbone: SpaceBackbone;
  readonly neck: nn.ModuleList<nn.Conv2d>;

  constructor(backbone: SpaceBackbone) {
    super();
    this.backbone = backbone;
    this.neck = new nn.ModuleList(backbone.outChannels.map((channels) => new nn.Conv2d(channels, 2, 1)));
  }

  forward(images: Tensor): Tensor[] {
    const maps = this.backbone.forward(images);
    return [...this.neck].map((conv, i) => conv.forward(maps[i]!));
  }
}

/** Fails if two tensors are not bit-identical. Compares bytes, because `deepEqual` on typed arrays takes minutes. */
function assertSame(a: Tensor, b: Tensor, message: string): void {
  assert.deepEqual(a.shape, b.shape, message);
  const [left, right] = [a, b].map((tensor) => Buffer.from(tensor.toTypedArray().buffer));
  assert.ok(left!.equals(right!), message);
}

for (const space of listedSpaces()) {
  const { name } = space;
  describe(name, () => {
    const measures = measuresOf({
      "": createEstimator("features", featureParts(space), [3, 64, 64]),
      backbone: createEstimator("backbone", space.backbone, [3, 64, 64]),
    });
    const found = new Map<string, ReturnType<typeof extremeSubnets>>();
    const extremes = (resource: string) => {
      const known =
        found.get(resource) ?? extremeSubnets(space, (subnet) => measures.smooth(subnet)[resource]!);
      found.set(resource, known);
      return known;
    };
    const random = Array.from({ length: 3 }, (_, i) => sampleSubnet(space, Random.of(name, i)));
    const { smallest, largest } = extremes("flops");
    const subnets = [smallest, largest, ...random];
    manualSeed(1);
    const supernet = new SpaceClassifier(space, CLASSES);

    it("estimates the parameters of every module of its networks", () => {
      const estimator = createEstimator("", classifierParts(space, CLASSES), [3, 64, 64]);
      for (const subnet of subnets) {
        const network = new SpaceClassifier(space, CLASSES, subnet);
        assert.equal(count(network.parameters()), estimator.measure(subnet).params);
        const costs = new Map(paths(estimator.profile(subnet), ""));
        for (const [path, module] of network.namedModules()) {
          const own = count(Array.from(module.namedParameters("", false), ([, tensor]) => tensor));
          if (own > 0) assert.equal(costs.get(path.replace(/^backbone\./, "")), own, path);
        }
      }
    });

    it("runs the active subnet with the same logits as its stand-alone copy, bit for bit", () => {
      const images = randn([3, 3, 64, 64]);
      for (const subnet of subnets) {
        const network = new SpaceClassifier(space, CLASSES, subnet);
        supernet.activate(subnet);
        network.loadStateDict(activeStateDict(supernet));
        for (const training of [false, true]) {
          const logits = noGrad(() =>
            [supernet, network].map((model) => model.train(training).forward(images)),
          );
          assertSame(logits[0]!, logits[1]!, `training ${training}`);
        }
        // Training updated the batch-norm statistics of both equally.
        const [shared, own] = [activeStateDict(supernet), network.stateDict()];
        for (const [key, tensor] of own) assertSame(shared.get(key)!, tensor, key);
      }
    });

    it("returns maps of fixed channels and strides, also inside another network", {
      skip: withoutMaps(space),
    }, () => {
      const [shared, ...own] = [undefined, smallest, largest].map(
        (subnet) => new MapConsumer(new SpaceBackbone(space, subnet)),
      );
      const images = randn([2, 3, 64, 96]);
      for (const [i, subnet] of [smallest, largest].entries()) {
        shared!.backbone.activate(subnet);
        own[i]!.loadStateDict(activeStateDict(shared!));
        const networks = [shared!, own[i]!].map((network) => network.eval());
        const maps = noGrad(() => networks.map(({ backbone }) => backbone.forward(images)));
        for (const of of maps) {
          const expected = space.maps.map(({ stride }, m) => [
            2,
            mapChannels(space)[m],
            64 / stride,
            96 / stride,
          ]);
          assert.deepEqual(
            of.map(({ shape }) => shape),
            expected,
          );
        }
        const [a, b] = noGrad(() => networks.map((network) => network.forward(images)));
        for (const [m, map] of a!.entries()) assertSame(map, b![m]!, `map ${m}`);
      }
    });

    it("returns maps of its own channels without padding", { skip: withoutMaps(space) }, () => {
      const images = randn([1, 3, 64, 64]);
      const shared = new SpaceBackbone(space, undefined, { padMaps: false }).eval();
      const [min, max] = [minMapChannels(space), mapChannels(space)];
      for (const subnet of [smallest, largest]) {
        const own = new SpaceBackbone(space, subnet, { padMaps: false }).eval();
        shared.activate(subnet);
        own.loadStateDict(activeStateDict(shared));
        const [a, b] = noGrad(() => [shared, own].map((backbone) => backbone.forward(images)));
        for (const [m, map] of a!.entries()) assertSame(map, b![m]!, `map ${m}`);
        const channels = a!.map(({ shape }) => shape[1]!);
        assert.deepEqual(channels, mapChannels(space, subnet));
        assert.deepEqual(channels, own.outChannels);
        assert.ok(channels.every((count, m) => count >= min[m]! && count <= max[m]!));
      }
    });

    it("trains only the active subnet", () => {
      const subnet = random[0]!;
      supernet.train().activate(subnet);
      tidy(() =>
        supernet
          .forward(randn([2, 3, 64, 64]))
          .sum()
          .backward(),
      );
      const active = new Set(activeStateDict(supernet).keys());
      const trained = Array.from(supernet.namedParameters()).filter(([, { grad }]) => grad !== undefined);
      assert.equal(trained.length, [...new SpaceClassifier(space, CLASSES, subnet).namedParameters()].length);
      assert.ok(trained.length <= active.size);
      for (const [, tensor] of trained) tensor.grad = undefined;
    });

    it("reads back the subnet files that it writes", () => {
      for (const subnet of subnets) {
        assert.deepEqual(parseSubnet(space, formatSubnet(space, subnet), "file"), subnet);
        assert.deepEqual(parseSubnet(space, JSON.stringify(subnet), "file"), subnet);
      }
    });

    it("has one canonical form per network", () => {
      const layers = (subnet: Subnet) => featureParts(space).map((part) => layerOf(part, subnet));
      for (const subnet of subnets) {
        const canonical = space.canonical!(subnet);
        assert.deepEqual(layers(canonical), layers(subnet));
        assert.deepEqual(space.canonical!(canonical), canonical);
        for (const { name: decision, choices } of space.decisions) {
          const other = { ...canonical, [decision]: choices.at(-1)! };
          const same = JSON.stringify(layers(other)) === JSON.stringify(layers(canonical));
          assert.equal(subnetKey(space, other) === subnetKey(space, canonical), same, decision);
        }
      }
    });

    it("has no subnet beyond its extremes", () => {
      const sampled = Array.from({ length: 300 }, (_, i) =>
        measures.measure(sampleSubnet(space, Random.of(name, "any", i))),
      );
      for (const resource of RESOURCES) {
        const { smallest: low, largest: high } = extremes(resource);
        const [min, max] = [low, high].map((subnet) => measures.measure(subnet)[resource]!) as [
          number,
          number,
        ];
        assert.ok(min < max, resource);
        for (const { [resource]: value } of sampled) {
          assert.ok(min <= value! && value! <= max, `${resource} ${value} beyond ${min} and ${max}`);
        }
      }
    });

    it("samples subnets within narrow ranges, and reports the possible range if a constraint cannot be met", () => {
      const aim = measures.measure(random[1]!);
      const near = (resource: string) =>
        [resource, { min: aim[resource]! * 0.99, max: aim[resource]! * 1.01 }] as const;
      const names = ["flops", "params", "memory", "backbone.activations"];
      const problem = { space, constraints: Object.fromEntries(names.map(near)), ...measures, seed: 3 };
      checkFeasible(problem);
      // In a small space, no other subnet may be as near.
      const count = (countNetworks(space) ?? 1000n) < 1000n ? 1 : 5;
      const sampled = sampleUnseen(problem, new Set(), { count, random: Random.of(4) });
      assert.equal(new Set(sampled.map((subnet) => subnetKey(space, subnet))).size, count);
      for (const subnet of sampled) assert.equal(violationOf(problem, subnet), 0);
      for (const resource of RESOURCES) {
        const { smallest: low, largest: high } = extremes(resource);
        const [min, max] = [low, high].map((subnet) => measures.measure(subnet)[resource]!) as [
          number,
          number,
        ];
        checkFeasible({ ...problem, constraints: { [resource]: { max: min } } });
        checkFeasible({ ...problem, constraints: { [resource]: { min: max } } });
        assert.throws(
          () => checkFeasible({ ...problem, constraints: { [resource]: { max: min - 1 } } }),
          new RegExp(`${resource} at most ${min - 1}: .* from ${min} to ${max};`),
        );
      }
    });

    it("has an outline and unique content", () => {
      for (const subnet of subnets) {
        const parts = outline(space, subnet);
        assert.ok(parts.every(({ channels, stride, index }) => channels > 0 && stride >= 1 && index >= 0));
        assert.equal(Math.max(...parts.map(({ stage }) => stage)), Math.max(0, space.maps.length - 1));
      }
      const others = listedSpaces().map((other) => JSON.stringify(spaceContent(other)));
      assert.equal(others.filter((content) => content === JSON.stringify(spaceContent(space))).length, 1);
    });
  });
}

function withoutMaps({ maps }: NetworkSpace): string | false {
  return maps.length === 0 && "the space has no feature maps";
}

const count = (tensors: readonly Tensor[]): number => tensors.reduce((sum, { numel }) => sum + numel, 0);

/** Yields the path and the parameters of each leaf of a cost tree. */
function* paths(cost: Cost, prefix: string): Generator<[string, number]> {
  const path = prefix === "" ? cost.name : `${prefix}.${cost.name}`;
  if (cost.children === undefined) yield [path, cost.params];
  for (const child of cost.children ?? []) yield* paths(child, path);
}
