import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { UserError } from "@supernet/base";
import { ops } from "@supernet/torch";
import { exportClassifier } from "../onnx/index.js";
import { firstSubnet } from "../space/space.js";
import { sposShuffleNetV2 } from "../spaces/spos-shufflenetv2.js";
import {
  measureInterleaved,
  measureLatency,
  SpaceBackbone,
  SpaceClassifier,
  zeroCostScore,
} from "./index.js";

const space = sposShuffleNetV2({ stem: 4, blocks: [1], channels: [8], last: 8 });
const subnet = firstSubnet(space);
const images = ops.zeros([1, 3, 32, 32]);
const classifier = (...args: ConstructorParameters<typeof SpaceClassifier>) => new SpaceClassifier(...args);
const backbone = (...args: ConstructorParameters<typeof SpaceBackbone>) => new SpaceBackbone(...args);

/** Public functions with wrong arguments, as JavaScript may pass them, and the message that names what is wrong. */
const cases: readonly (readonly [name: string, call: unknown, args: readonly unknown[], message: RegExp])[] =
  [
    ["SpaceClassifier", classifier, [space], /^SpaceClassifier: classes is missing/],
    [
      "SpaceClassifier",
      classifier,
      [{ ...space, decisions: 3 }, 10],
      /space: decisions is 3; expected an array/,
    ],
    ["SpaceBackbone", backbone, [], /^SpaceBackbone: space: the options object is missing/],
    [
      "measureLatency",
      measureLatency,
      [{ close() {} }],
      /^measureLatency: run is missing; expected a function/,
    ],
    [
      "measureInterleaved",
      measureInterleaved,
      [[], { least: 3 }],
      /^measureInterleaved: unknown option least/,
    ],
    ["measureInterleaved", measureInterleaved, [[], { min: { rounds: 3 } }], /min\.ms is missing/],
    [
      "zeroCostScore",
      zeroCostScore,
      ["synflow", space, { classes: 3, images, seed: 1 }],
      /labels is missing; expected a tensor/,
    ],
    ["zeroCostScore", zeroCostScore, ["sinflow", space, {}], /score is "sinflow"; expected one of/],
    [
      "exportClassifier",
      exportClassifier,
      [{ space, subnet, input: [3, 32, 32] }],
      /^exportClassifier: weights is missing/,
    ],
    [
      "exportClassifier",
      exportClassifier,
      [{ space, subnet: {}, input: [3, 32, 32], weights: new Map() }],
      /no choice for layers/,
    ],
  ];

describe("public functions, called from untyped code", () => {
  for (const [name, call, args, message] of cases) {
    it(`${name} throws ${message}`, async () => {
      await assert.rejects(
        async () => (call as (...args: readonly unknown[]) => unknown)(...args),
        (error) => {
          assert.ok(error instanceof UserError, String(error));
          assert.match(error.message, message);
          return true;
        },
      );
    });
  }
});
