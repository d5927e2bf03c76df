import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { mixedMobileNet, type NetworkSpace, type Subnet, sposShuffleNetV2 } from "@supernet/nas";
import { checkLargestFirst, largestIterations } from "./largest-first.js";
import { createSampler, pooledImages, poolOf, subnetsPerIteration } from "./sampling.js";
import { samplingSchema } from "./sampling.settings.js";

const backbone = sposShuffleNetV2({ stem: 8, blocks: [1, 1], channels: [16, 32], last: 32 });
const space: NetworkSpace = {
  ...backbone,
  decisions: [{ name: "width", choices: [16, 48, 32] }, ...backbone.decisions],
};
const options = {
  seed: 1,
  step: "train",
  imageSize: 32,
  flops: ({ width }: { width?: unknown }) => Number(width),
};

describe("largestFirst", () => {
  for (const sampling of [{ kind: "uniform" }, { kind: "fair" }, { kind: "sandwich", random: 1 }] as const) {
    it(`trains the largest subnet of the base candidates at first, then as before: ${sampling.kind}`, () => {
      const sampler = createSampler(
        space,
        { ...sampling, largestFirst: 0.3 },
        { ...options, iterations: 10 },
      );
      const others = createSampler(space, sampling, options);
      assert.equal(sampler.subnets, others.subnets);
      for (let iteration = 0; iteration < 10; iteration++) {
        const expected =
          iteration < 3
            ? [{ width: 48, "layers.0.0": "shuffle_3x3", "layers.1.0": "shuffle_3x3" }]
            : others.at(iteration);
        assert.deepEqual(sampler.at(iteration), expected);
      }
    });
  }

  it("trains the others at least once", () =>
    assert.equal(largestIterations({ largestFirst: 0.99 }, 40), 39));

  it("needs the number of iterations", () =>
    assert.throws(
      () => createSampler(space, { kind: "uniform", largestFirst: 0.3 }, options),
      /createSampler: iterations is missing/,
    ));

  it("is refused in a space that does not define how candidates start from one of them", () => {
    const check = (checked: NetworkSpace, largestFirst: number) =>
      checkLargestFirst(checked, { largestFirst }, "steps.train.sampling");
    check(space, 0.5);
    check(mixedMobileNet(), 0);
    assert.throws(
      () =>
        createSampler(
          mixedMobileNet(),
          { kind: "uniform", largestFirst: 0.5 },
          { ...options, iterations: 9 },
        ),
      /createSampler: sampling\.largestFirst: the candidates of /,
    );
    assert.throws(
      () => check(mixedMobileNet(), 0.5),
      /: steps\.train\.sampling\.largestFirst: the candidates of \S+ have separate weights, and space mixed-mobilenet/,
    );
  });
});

describe("the weights of an iteration's subnets", () => {
  const flops = ({ width }: Subnet) => Number(width) ** 2;
  const given = { ...options, flops };
  const small = { width: 16, "layers.0.0": "shuffle_3x3", "layers.1.0": "shuffle_3x3" };
  const large = { ...small, width: 48 };

  it("are absent if all count once", () => {
    for (const sampling of [{ kind: "uniform" }, { kind: "fair" }, { kind: "sandwich", random: 1 }] as const)
      assert.equal(createSampler(space, sampling, given).weigh, undefined);
  });

  it("follow the size of the subnet", () => {
    const { weigh, subnets } = createSampler(space, { kind: "uniform", sizeExponent: 0.5 }, given);
    assert.equal(subnets, 1);
    assert.deepEqual(
      weigh!([large], () => assert.fail()),
      [1],
    );
    assert.ok(Math.abs(weigh!([small], () => assert.fail())[0]! - 1 / 3) < 1e-12);
  });

  it("add a ranking loss if the larger subnet is worse", () => {
    const { weigh, subnets } = createSampler(space, { kind: "ranked", weight: 0.5 }, given);
    assert.equal(subnets, 2);
    assert.deepEqual(
      weigh!([small, large], () => [2, 1]),
      [1, 1],
    );
    assert.deepEqual(
      weigh!([small, large], () => [1, 2]),
      [0.5, 1.5],
    );
    assert.deepEqual(
      weigh!([large, small], () => [2, 1]),
      [1.5, 0.5],
    );
  });

  it("select the subnet with the lowest loss", () => {
    const { weigh, at } = createSampler(space, { kind: "greedy", draws: 3 }, given);
    const subnets = at(5);
    assert.equal(subnets.length, 3);
    assert.deepEqual(
      weigh!(subnets, () => [3, 1, 2]),
      [0, 1, 0],
    );
    assert.deepEqual(at(5), subnets);
    assert.notDeepEqual(at(6), subnets);
  });

  it("are those of only the largest subnet at the start", () => {
    const sampling = { kind: "greedy", draws: 3, largestFirst: 0.5 } as const;
    const { at } = createSampler(space, sampling, { ...given, iterations: 4 });
    assert.deepEqual(
      [0, 1, 2, 3].map((iteration) => at(iteration).length),
      [1, 1, 3, 3],
    );
  });
});

describe("constrained sampling", () => {
  const problem = {
    space,
    constraints: { flops: { max: 20 ** 2 } },
    measure: ({ width }: Subnet) => ({ flops: Number(width) ** 2 }),
    seed: 0,
  };

  it("trains only subnets within the limits of the search", () => {
    const { at } = createSampler(space, { kind: "uniform", constrained: true }, { ...options, problem });
    const subnets = Array.from({ length: 30 }, (_, iteration) => at(iteration)[0]!);
    for (const { width } of subnets) assert.ok(Number(width) <= 20);
    assert.ok(new Set(subnets.map((subnet) => JSON.stringify(subnet))).size > 5);
    assert.deepEqual(at(3), at(3));
  });

  it("has greedy draws within the limits too", () => {
    const sampling = { kind: "greedy", draws: 4, constrained: true } as const;
    const { at } = createSampler(space, sampling, { ...options, problem });
    const widths = Array.from({ length: 10 }, (_, iteration) => at(iteration))
      .flat()
      .map(({ width }) => width);
    assert.equal(widths.length, 40);
    assert.deepEqual(new Set(widths), new Set([16]));
  });

  it("needs the problem", () =>
    assert.throws(
      () => createSampler(space, { kind: "uniform", constrained: true }, options),
      /createSampler: problem is missing/,
    ));
});

describe("greedy sampling with a pool", () => {
  const pool = { images: 8, train: 2 };
  const sampling = { kind: "greedy", draws: 4, pool } as const;

  it("trains the best subnets one by one, after the largest ones", async () => {
    const sampler = createSampler(space, { ...sampling, largestFirst: 0.25 }, { ...options, iterations: 8 });
    assert.deepEqual([sampler.subnets, sampler.weigh], [1, undefined]);
    assert.equal(sampler.at(1)[0]!.width, 48);
    const prepare = (iteration: number) =>
      sampler.pool!.prepare(iteration, async (subnets) => subnets.map(({ width }) => Number(width)));
    await prepare(2);
    const drawn = sampler.pool!.state().pool;
    assert.deepEqual(sampler.at(2), [drawn[0]!.subnet]);
    await prepare(3);
    assert.deepEqual(sampler.at(3), [drawn[1]!.subnet]);
  });

  it("counts its held-out images in a plan, and one training pass", () => {
    const parsed = samplingSchema.parse(sampling);
    assert.equal(subnetsPerIteration(space, parsed), 1);
    assert.equal(pooledImages(parsed, 7), 4 * 4 * 8);
    assert.equal(pooledImages(samplingSchema.parse({ kind: "greedy", draws: 4 }), 7), 0);
  });

  it("is refused with more images than there are, and without the number of iterations", () => {
    const parsed = samplingSchema.parse(sampling);
    assert.equal(poolOf(parsed, 8, "train")?.images, 8);
    assert.equal(poolOf(samplingSchema.parse({ kind: "fair" }), 0, "train"), undefined);
    assert.throws(
      () => poolOf(parsed, 7, "train"),
      /^UserError: steps\.train\.sampling\.pool\.images: got 8, but there are 7 held-out images: use a smaller value$/,
    );
    assert.throws(
      () => createSampler(space, sampling, options),
      /iterations is missing, and sampling\.pool is set/,
    );
  });
});
