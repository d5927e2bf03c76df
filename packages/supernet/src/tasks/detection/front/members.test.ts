import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { FrontPoint } from "../../../search/front.js";
import { chooseMembers, frontLines, type Member, trainingGap, withinBudget } from "./members.js";

const pointsOf = (count: number): FrontPoint[] =>
  Array.from({ length: count }, (_, i) => ({
    file: `${i + 1}.subnet.yaml`,
    subnet: { width: i },
    score: 1 - i / count,
    resources: { ms: 4 * 0.9 ** i, params: 9 - i },
  }));

describe("chooseMembers", () => {
  it("keeps both ends and the knee, in order, and at most as many as asked for", () => {
    const sizes = fc.record({
      count: fc.integer({ min: 1, max: 60 }),
      max: fc.integer({ min: 3, max: 20 }),
      minimize: fc.constantFrom(["ms"], ["ms", "params"]),
    });
    fc.assert(
      fc.property(sizes, fc.nat(), ({ count, max, minimize }, at) => {
        const points = pointsOf(count);
        const knee = points[at % count]!.file;
        const chosen = chooseMembers({ points, knee, minimize }, max);
        const files = chosen.map(({ file }) => file);
        assert.ok(files.length <= max && files.length >= Math.min(count, max) - 1, String(files));
        assert.ok(files.includes(knee));
        assert.deepEqual(
          files,
          points.map(({ file }) => file).filter((file) => files.includes(file)),
        );
        if (at % count > 0 && at % count < count - 1) {
          assert.equal(files[0], points[0]!.file);
          assert.equal(files.at(-1), points.at(-1)!.file);
        }
      }),
    );
  });

  it("keeps only the knee if one is asked for", () => {
    const points = pointsOf(5);
    const front = { points, knee: points[3]!.file, minimize: ["ms"] };
    assert.deepEqual(chooseMembers(front, 1), [points[3]]);
  });

  it("spaces them evenly in the logarithm of the resource, not in the number of points", () => {
    const times = [8, 4.1, 2, 1.1, 1, 0.9, 0.8, 0.7, 0.6, 0.5];
    const points = pointsOf(10).map((point, i) => ({ ...point, resources: { ms: times[i]! } }));
    const front = { points, knee: points[0]!.file, minimize: ["ms"] };
    assert.deepEqual(
      chooseMembers(front, 5).map(({ resources }) => resources.ms),
      [8, 4.1, 2, 1, 0.5],
    );
  });
});

const member = (folder: string, searchAP: number, median: number | null): Member => ({
  folder,
  subnet: {},
  searchAP,
  testAP: 0.4,
  params: 2e5,
  flops: 6e7,
  input: [3, 128, 160],
  shares: { backbone: 0.2, pyramid: 0.3, heads: 0.5 },
  predicted: median,
  latency:
    median === null
      ? null
      : { p10: 0.9 * median, median, p95: 2 * median, runs: 20, engine: "onnxruntime 1", threads: 1 },
});

describe("a front", () => {
  const standard = member("default", 0.3, 15);
  const members = [member("1", 0.5, 30), member("2", 0.45, 12), member("3", 0.4, 10), member("4", 0.6, null)];

  it("has the most accurate member within a budget", () => {
    const within = (milliseconds: number) =>
      withinBudget({ members, default: standard }, milliseconds)?.folder;
    assert.deepEqual([within(9), within(10), within(20), within(30)], [undefined, "3", "2", "1"]);
    const best = { ...standard, searchAP: 0.7 };
    assert.equal(withinBudget({ members, default: best }, 20)?.folder, "default");
  });

  it("is listed with a mark at the found member and a dash for an unknown latency", () => {
    const lines = frontLines({ found: "2", members, default: standard, slowdown: null, overDefault: null });
    assert.match(
      lines[2]!,
      /^ {2}2 \* +45\.0 +40\.0 +12\.00 +24\.00 +12\.00 +60\.0 M +200 k +128x160 +20\/30\/50$/,
    );
    assert.match(lines[5]!, /^ {2}default +30\.0 /);
    assert.ok(lines.some((line) => /ms predicted: at most 11\.1 % from the 10th percentile/.test(line)));
    assert.match(lines[4]!, /^ {2}4 +60\.0 +40\.0 +- +- /);
    assert.equal(new Set(lines.slice(0, 6).map(({ length }) => length)).size, 1);
    assert.doesNotMatch(lines.join(), /inherited/);
  });

  it("has no row for the default if it is a member", () => {
    const lines = frontLines({
      found: "2",
      members,
      default: members[2]!,
      slowdown: null,
      overDefault: null,
    });
    assert.equal(lines.filter((line) => /\d\.\d M /.test(line)).length, members.length);
    assert.ok(lines.some((line) => line.includes("member 3 has the first choice of every decision")));
  });

  it("predicts latencies at the speed that the machine had when they were measured", () => {
    const lines = frontLines({ found: "2", members, default: standard, slowdown: 0.9, overDefault: null });
    assert.match(lines[2]!, /^ {2}2 \* +45\.0 +40\.0 +12\.00 +24\.00 +10\.80 /);
    const note = lines.find((line) => line.includes("ms predicted: "));
    assert.match(
      note!,
      /at most 0\.0 % from .* at the machine's speed then: other networks took 0\.90 times/,
    );
  });

  it("shows the scores before the members' own training too, and the mean and range of the difference", () => {
    const inherited = (testAP: number) => ({ inherited: { searchAP: 0.3, testAP } });
    const trained = [
      { ...members[0]!, ...inherited(0.3) },
      { ...members[1]!, ...inherited(0.42) },
      { ...members[2]!, ...inherited(0.36) },
    ];
    const lines = frontLines({
      found: "2",
      members: trained,
      default: standard,
      slowdown: null,
      overDefault: null,
    });
    assert.match(lines[0]!, /^ {2}member +AP search +AP test +AP test inherited +ms /);
    assert.match(lines[2]!, /^ {2}2 \* +45\.0 +40\.0 +42\.0 +12\.00 /);
    assert.equal(lines.at(-1), "  AP test minus AP test inherited: +4.0 on average, from -2.0 to +10.0");
    assert.equal(
      trainingGap({ found: "2", members, default: standard, slowdown: null, overDefault: null }),
      undefined,
    );
  });

  it("says if there are too few test images to tell the found detector from the default", () => {
    const last = (low: number, high: number) =>
      frontLines({
        found: "2",
        members,
        default: standard,
        slowdown: null,
        overDefault: { mean: 0.02, interval: [low, high] },
      }).at(-1)!;
    assert.match(
      last(0.01, 0.03),
      /minus that of the default: \+2\.0 \(95 % interval .*: \+1\.0 to \+3\.0\)$/,
    );
    assert.match(last(-0.01, 0.05), /\): too few test images to tell which is better$/);
  });
});
