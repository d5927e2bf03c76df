import assert from "node:assert/strict";
import { test } from "node:test";
import { Random, UserError } from "@supernet/base";
import fc from "fast-check";
import { PUBLISHED_AUTOFORMERS } from "../spaces/autoformer-published.js";
import { createSpace } from "../spaces/index.js";
import { anySpace } from "../testing/spaces.js";
import { sampleSubnet } from "./sample.js";
import type { Space } from "./space.js";
import { formatSubnet, formatSubnetForMMRazor, parseSubnet } from "./subnet-file.js";

const space: Space = {
  name: "two-blocks",
  decisions: [
    { name: "layers.0.0", choices: ["shuffle_3x3", "shuffle_5x5"] },
    { name: "layers.0.1", choices: ["shuffle_3x3", "shuffle_5x5"] },
  ],
};
const expected = { "layers.0.0": "shuffle_5x5", "layers.0.1": "shuffle_3x3" };

function refused(text: string, ...words: RegExp[]) {
  assert.throws(
    () => parseSubnet(space, text, "net.yaml"),
    (error: Error) => {
      assert.ok(error instanceof UserError, error.stack);
      assert.match(error.message, /^net\.yaml: /);
      assert.ok(error.message.length < 400, error.message);
      for (const word of words) assert.match(error.message, word);
      return true;
    },
  );
}

test("reads the same subnet from every form of file", () => {
  const forms = [
    "layers.0.0: shuffle_5x5\nlayers.0.1: shuffle_3x3\n",
    '{"layers.0.1": "shuffle_3x3", "layers.0.0": "shuffle_5x5"}',
    "layers.0.0: {chosen: shuffle_5x5}\nlayers.0.1:\n  chosen: shuffle_3x3\n",
    "backbone.layers.0.0: {chosen: shuffle_5x5}\nbackbone.layers.0.1: {chosen: shuffle_3x3}\n",
    '{"backbone.layers.0.0": {"chosen": "shuffle_5x5"}, "backbone.layers.0.1": {"chosen": "shuffle_3x3"}}',
    "architecture.backbone.layers.0.0: shuffle_5x5\narchitecture.backbone.layers.0.1: shuffle_3x3\n",
    "stage_0_block_0:\n  chosen:\n  - shuffle_5x5\nstage_0_block_1:\n  chosen:\n  - shuffle_3x3\n",
    "modules:\n  backbone.layers.0.0: shuffle_5x5\n  backbone.layers.0.1: shuffle_3x3\nchannels:\n",
    "mutable_cfg: {backbone.layers.0.0: {chosen: shuffle_5x5}, backbone.layers.0.1: {chosen: shuffle_3x3}}",
    "fix_subnet: {stage_0_block_0: shuffle_5x5, stage_0_block_1: {chosen: [shuffle_3x3]}}",
    "[1, 0]",
    "- 1\n- 0\n",
    "(1, 0)\n",
    "modules: {layers.0.0: shuffle_5x5, layers.0.1: {chosen: shuffle_3x3}}",
    "# found\nlayers.0.0:\n  chosen: shuffle_5x5\n  meta: {all_choices: [a, b]}\nlayers.0.1: shuffle_3x3\n",
    "\ufefflayers.0.0: shuffle_5x5\r\nlayers.0.1: shuffle_3x3\r\n",
  ];
  for (const text of forms) assert.deepEqual(parseSubnet(space, text, "net.yaml"), expected, text);
});

test("reads back formatted subnets, whatever the names", () => {
  fc.assert(
    fc.property(anySpace(), fc.integer(), (any, seed) => {
      const subnet = sampleSubnet(any, Random.of(seed));
      assert.deepEqual(parseSubnet(any, formatSubnet(any, subnet), "x"), subnet);
      assert.deepEqual(parseSubnet(any, JSON.stringify(subnet), "x"), subnet);
    }),
  );
});

test("names mistakes and the valid values", () => {
  const rest = "layers.0.1: shuffle_3x3\n";
  refused(
    `layers.0.2: shuffle_3x3\n${rest}`,
    /"layers\.0\.2"/,
    /did you mean layers\.0\.[01]/,
    /layers\.0\.0, lay/,
  );
  refused(rest, /no choice for layers\.0\.0;/);
  refused(`layers.0.0: shuffle_9x9\n${rest}`, /"shuffle_9x9"/, /layers\.0\.0/, /shuffle_3x3, shuffle_5x5/);
  refused(`layers.0.0: 3\n${rest}`, /unknown choice 3/, /shuffle_3x3, shuffle_5x5/);
  refused(`layers.0.0: shuffle_3x3\nlayers.0.0: shuffle_5x5\n${rest}`, /layers\.0\.0 occurs twice/);
  refused(`layers.0.0: {picked: shuffle_3x3}\n${rest}`, /layers\.0\.0/, /chosen/);
  refused(`backbone.layers.0.0: shuffle_3x3\n${rest}`, /"backbone\.layers\.0\.0"/, /did you mean/);
});

test("does not guess published forms if something is wrong", () => {
  const rest = "stage_0_block_1: {chosen: [shuffle_3x3]}\n";
  refused(
    `stage_0_block_0: {chosen: [shuffle_3x3, shuffle_5x5]}\n${rest}`,
    /stage_0_block_0 must be a choice/,
  );
  refused(`stage_0_block_0: {chosen: []}\n${rest}`, /stage_0_block_0 must be a choice/);
  refused(`layers.0.0: shuffle_3x3\n${rest}`, /unknown decision "stage_0_block_1"/);
  refused(`modules: {layers.0.0: shuffle_5x5}\nlayers.0.1: shuffle_3x3`, /unknown decision "modules"/);
  refused(
    "modules: {layers.0.0: shuffle_5x5, layers.0.1: shuffle_3x3}\nchannels: {a: 1}",
    /unknown decision "modules"/,
  );
  refused("modules:\nchannels:", /"modules"/);
});

test("rejects files that are not mappings", () => {
  for (const text of ["", "null", "3", "[a, b]", "- a\n- b", "just words"]) refused(text, /must map/);
  for (const text of ["{", "a: b: c", "a: 1\n---\na: 2", "\t- x: [", '{"a": "b"'])
    refused(text, /neither YAML nor JSON/);
});

test("rejects hostile files quickly and without harm", () => {
  const bomb = ["a: &a [x, x]", "b: &b [*a, *a, *a]", "c: &c [*b, *b, *b]", "layers.0.0: *c"].join("\n");
  refused(bomb);
  refused("layers.0.1: &x shuffle_3x3\nlayers.0.0: *x", /layers\.0\.0/);
  refused("<<: {layers.0.0: shuffle_3x3}\nlayers.0.1: shuffle_3x3");
  refused("__proto__: {chosen: shuffle_3x3}\nlayers.0.0: shuffle_3x3\nlayers.0.1: shuffle_3x3", /__proto__/);
  refused('{"constructor": "shuffle_3x3"}', /constructor/);
  refused("layers.0.0: constructor\nlayers.0.1: shuffle_3x3", /"constructor"/);
  refused("[".repeat(20_000), /nested too deeply/);
  refused(`layers.0.0: ${"[".repeat(5_000)}${"]".repeat(5_000)}`);
  refused(`${"x".repeat(1_000)}: shuffle_3x3`, /xxx\.\.\./);
  refused(`layers.0.0: ${"x".repeat(50_000)}\nlayers.0.1: shuffle_3x3`, /xxx\.\.\./);
  refused("a".repeat(2_000_000), /too long/);
  refused(Array.from({ length: 5_000 }, (_, i) => `k${i}: v`).join("\n"), /"k0"/);
  refused("? {a: b}\n: shuffle_3x3", /key/);
  assert.equal(({} as Record<string, unknown>).chosen, undefined);
});

test("throws only UserErrors, whatever the text", () => {
  const piece = fc.constantFrom(
    "layers.0.0",
    ": ",
    "\n",
    "{",
    "}",
    "[",
    "&a ",
    "*a",
    "shuffle_3x3",
    "!!js ",
    '"',
    "- ",
  );
  const text = fc.oneof(
    fc.string(),
    fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join("")),
  );
  fc.assert(
    fc.property(text, (content) => {
      try {
        parseSubnet(space, content, "net.yaml");
      } catch (error) {
        assert.ok(error instanceof UserError, (error as Error).stack);
      }
    }),
    { numRuns: 300 },
  );
});

const indexed = createSpace({ name: "spos-shufflenetv2" });

test("reads a list of indices, and names the wrong one", () => {
  // SPOS's subnet: kernels 3, 5, 7 and Xception by index.
  const text = "[2, 0, 2, 0, 3, 1, 1, 0, 0, 1, 0, 1, 0, 3, 1, 2, 2, 0, 1, 3]";
  const subnet = parseSubnet(indexed, text, "x");
  assert.equal(subnet["layers.0.0"], "shuffle_7x7");
  assert.equal(subnet["layers.1.0"], "shuffle_xception");
  assert.equal(subnet["layers.3.3"], "shuffle_xception");
  const cases: [Space, string, RegExp][] = [
    [
      indexed,
      text.replace("3]", "4]"),
      /index 4 for layers\.3\.3 .* 0 \(shuffle_3x3\) to 3 \(shuffle_xception\)/,
    ],
    [indexed, text.replace("[2", "[-1"), /index -1 for layers\.0\.0/],
    [indexed, text.replace("[2", "[1.5"), /index 1\.5 for layers\.0\.0/],
    [indexed, "[0, 1]", /has 2 indices, but spos-shufflenetv2 has 20 decisions/],
    [createSpace({ name: "autoformer-tiny" }), "[0, 1]", /needs choices with names/],
  ];
  for (const [of, wrong, message] of cases) assert.throws(() => parseSubnet(of, wrong, "x.yaml"), message);
});

/** Formats a subnet as in AutoFormer's repository. */
function retrainFile(
  subnet: Readonly<Record<string, string | number>>,
  change: Record<string, unknown> = {},
) {
  const blocks = Array.from({ length: Number(subnet.depth) }, (_, i) => i);
  return JSON.stringify({
    SUPERNET: { MLP_RATIO: 4, NUM_HEADS: 4, EMBED_DIM: 256, DEPTH: 14 },
    SEARCH_SPACE: { MLP_RATIO: [3.5, 4], EMBED_DIM: [192, 216, 240] },
    RETRAIN: {
      MLP_RATIO: blocks.map((i) => subnet[`blocks.${i}.ratio`]),
      NUM_HEADS: blocks.map((i) => subnet[`blocks.${i}.heads`]),
      DEPTH: subnet.depth,
      EMBED_DIM: subnet.width,
      ...change,
    },
  });
}

test("reads AutoFormer's subnets from RETRAIN, and names what is missing or wrong", () => {
  for (const [name, subnet] of Object.entries(PUBLISHED_AUTOFORMERS)) {
    const space = createSpace({ name: name as keyof typeof PUBLISHED_AUTOFORMERS });
    assert.deepEqual(parseSubnet(space, retrainFile(subnet), "x"), subnet);
    const { depth, width } = subnet;
    const listed = retrainFile(subnet, {
      DEPTH: undefined,
      LAYER_NUM: depth,
      EMBED_DIM: Array.from({ length: Number(depth) }, () => width),
    });
    assert.deepEqual(parseSubnet(space, listed, "x"), subnet);
  }
  const tiny = createSpace({ name: "autoformer-tiny" });
  const cases: [Record<string, unknown>, RegExp][] = [
    [{ EMBED_DIM: undefined }, /^x: RETRAIN: EMBED_DIM is missing/],
    [{ NUM_HEADS: [3, 3] }, /^x: RETRAIN: NUM_HEADS has 2 values, but DEPTH is 13/],
    [{ NUM_HEADS: 3 }, /^x: RETRAIN: NUM_HEADS has 0 values/],
    [{ EMBED_DIM: [192, 216] }, /^x: RETRAIN: EMBED_DIM must be one number/],
    [{ DROP: 1 }, /^x: RETRAIN: unknown size "DROP": valid: EMBED_DIM/],
    [{ EMBED_DIM: 448 }, /^x: unknown choice 448 for width; valid: 192, 216, 240/],
    [
      { DEPTH: 20, NUM_HEADS: Array(20).fill(3), MLP_RATIO: Array(20).fill(4) },
      /unknown decision "blocks\.14\.heads"/,
    ],
  ];
  const subnet = PUBLISHED_AUTOFORMERS["autoformer-tiny"];
  for (const [change, message] of cases)
    assert.throws(() => parseSubnet(tiny, retrainFile(subnet, change), "x"), { message });
  assert.throws(() => parseSubnet(indexed, retrainFile(subnet), "x"), /unknown decision "width"/);
});

test("reads and writes MMRazor's subnets, AutoFormer's without its derived sizes", () => {
  const base = createSpace({ name: "autoformer-base" });
  const subnet = PUBLISHED_AUTOFORMERS["autoformer-base"];
  const own = formatSubnetForMMRazor(base, subnet);
  assert.match(
    own,
    /^backbone\.base_embed_dims:\n {2}chosen: 64\nbackbone\.mutable_embed_dims:\n {2}chosen: 576\n/,
  );
  assert.match(own, /^backbone\.blocks\.15\.attn\.mutable_attrs\.num_heads:$/m);
  // One name for each module that is neither derived nor part of another: MMRazor requires exactly these.
  assert.equal(own.match(/chosen/g)?.length, 3 + 2 * 16);
  const derived = Array.from(
    { length: 16 },
    (_, i) =>
      `backbone.blocks.${i}.middle_channels: {chosen: 3.5}\nbackbone.blocks.${i}.mutable_q_embed_dims: {chosen: 10}\n`,
  ).join("");
  for (const text of [own, own + derived, (own + derived).replaceAll("backbone.", "architecture.backbone.")])
    assert.deepEqual(parseSubnet(base, text, "x"), subnet);
  assert.throws(
    () => parseSubnet(base, own.replace("mutable_depth", "mutable_deep"), "x"),
    /unknown decision "mutable_deep"/,
  );
  assert.throws(
    () => parseSubnet(base, own.replace("backbone.mutable_depth:\n  chosen: 14\n", ""), "x"),
    /no choice for depth/,
  );

  const subnets = sampleSubnet(indexed, Random.of(1));
  const text = formatSubnetForMMRazor(indexed, subnets);
  assert.match(text, /^backbone\.layers\.0\.0:\n {2}chosen: shuffle_/);
  assert.deepEqual(parseSubnet(indexed, text, "x"), subnets);
  const mixed = createSpace({ name: "mixed-mobilenet" });
  assert.throws(
    () => formatSubnetForMMRazor(mixed, sampleSubnet(mixed, Random.of(1))),
    /MMRazor has no networks of the space mixed-mobilenet/,
  );
});
