import assert from "node:assert/strict";
import { test } from "node:test";
import { autocast, engineInfo, randn, tensor } from "../engine/index.js";
import {
  type AutocastVectors,
  checkNetwork,
  resultTypes,
  summedOnes,
  withOneThread,
  withoutBfloat16,
} from "../testing/check-autocast.js";
import { storedJson } from "../testing/vectors.js";
import * as nn from "./index.js";

test("autocast has the types, the loss and the gradients of PyTorch (stored)", {
  skip: withoutBfloat16,
}, (t) => {
  if (!engineInfo().version.startsWith("1.13.")) {
    return t.skip("stored with libtorch 1.13: the kernels of other versions round bfloat16 differently");
  }
  const { operators, network } = storedJson<AutocastVectors>("autocast-vectors.json");
  assert.deepEqual(resultTypes(), operators);
  if (summedOnes() !== 258)
    return t.skip("this processor sums in bfloat16, but the vectors were stored by one that sums in float32");
  withOneThread(() => checkNetwork(network, 0.9));
});

test("autocast ends with its body, also after an exception, and nests", () => {
  const rows = randn([2, 2]);
  const product = () => rows.matmul(rows).dtype;
  assert.equal(product(), "float32");
  autocast("cpu", "bfloat16", () => {
    autocast("cpu", "bfloat16", () => assert.equal(product(), "bfloat16"));
    assert.equal(product(), "bfloat16");
  });
  assert.throws(() =>
    autocast("cpu", "bfloat16", () => {
      throw new Error("x");
    }),
  );
  assert.equal(product(), "float32");
});

test("a weight that changes between two passes is cast again", () => {
  const weight = nn.parameter(tensor([[1]]));
  const x = tensor([[1]]);
  const pass = () => autocast("cpu", "bfloat16", () => x.matmul(weight).item());
  assert.equal(pass(), 1);
  nn.init.constant(weight, 2);
  assert.equal(pass(), 2);
});

test("a device or a type that autocast does not support is rejected", () => {
  assert.throws(() => autocast("cpu", "float16", () => {}), /dtype must be bfloat16/);
  assert.throws(() => autocast("meta", "bfloat16", () => {}), /autocast: device must be cpu, cuda or cuda:N/);
});
