import assert from "node:assert/strict";
import { test } from "node:test";
import {
  autocast,
  type DType,
  engineInfo,
  fromTypedArray,
  getNumThreads,
  ops,
  randn,
  setNumThreads,
  type Tensor,
  tensor,
} from "../engine/index.js";
import { difference, freshJson, type Packed, storedJson, unpack } from "../testing/vectors.js";
import * as nn from "./index.js";

/** Output of test-data/make_autocast_vectors.py. */
interface Vectors {
  readonly operators: Readonly<Record<string, DType>>;
  readonly network: {
    readonly images: Packed;
    readonly state: Readonly<Record<string, Packed>>;
    readonly float32Loss: Packed;
    readonly loss: Packed;
    readonly gradients: Readonly<Record<string, Packed>>;
  };
}

class Net extends nn.Module {
  readonly conv = new nn.Conv2d(3, 8, 3, { padding: 1, bias: false });
  readonly norm = new nn.BatchNorm2d(8);
  readonly depthwise = new nn.Conv2d(8, 8, 3, { padding: 1, groups: 8, bias: false });
  readonly point = new nn.Conv2d(8, 16, 1);
  readonly fc = new nn.Linear(16, 5);

  forward(images: Tensor): Tensor {
    const x = this.depthwise.forward(this.norm.forward(this.conv.forward(images)).relu());
    return this.fc.forward(this.point.forward(x).relu().mean([2, 3]));
  }
}

function resultTypes(): Record<string, DType> {
  const images = randn([2, 4, 6, 6]);
  const kernel = randn([4, 4, 3, 3]);
  const depthwise = randn([4, 1, 3, 3]);
  const rows = randn([4, 4]);
  const labels = tensor([0, 1, 2, 3], { dtype: "int64" });
  return autocast("cpu", "bfloat16", () => {
    const conv = ops.conv2d(images, kernel);
    const product = rows.matmul(rows);
    const results: Readonly<Record<string, Tensor>> = {
      conv,
      depthwise: ops.conv2d(images, depthwise, undefined, [1, 1], [0, 0], [1, 1], 4),
      linear: ops.linear(rows, rows),
      matmul: product,
      bmm: rows.unsqueeze(0).bmm(rows.unsqueeze(0)),
      relu: rows.relu(),
      reluOfMatmul: product.relu(),
      add: rows.add(rows),
      addOfMatmul: rows.add(product),
      sumOfMatmul: product.sum(),
      softmax: rows.softmax(1),
      softmaxOfMatmul: product.softmax(1),
      catOfBoth: ops.cat([rows, product]),
      batchNormOfConv: ops.batchNorm(conv, undefined, undefined, undefined, undefined, true, 0, 1e-5, true),
      maxPoolOfConv: ops.maxPool2d(conv, [2, 2]),
      crossEntropyOfMatmul: nn.crossEntropy(product, labels),
      smoothL1OfMatmul: nn.smoothL1(product, rows),
      withLogitsOfMatmul: nn.binaryCrossEntropyWithLogits(product, rows),
    };
    return Object.fromEntries(Object.entries(results).map(([name, result]) => [name, result.dtype]));
  });
}

/**
 * Checks the loss and the gradients of one batch under autocast.
 * @param share tolerance, relative to the effect of rounding to bfloat16. Kernels of another machine add in another
 *   order
 */
function checkNetwork(
  { images, state, float32Loss, loss, gradients }: Vectors["network"],
  share: number,
): void {
  const net = new Net();
  net.loadStateDict(new Map(Object.entries(state).map(([name, packed]) => [name, unpack(packed)])));
  const labels = tensor([0, 1, 2, 3], { dtype: "int64" });
  const found = autocast("cpu", "bfloat16", () =>
    nn.crossEntropy(net.forward(unpack(images)), labels, { labelSmoothing: 0.1 }),
  );
  found.backward();
  const error = difference(found, loss);
  const rounding = Math.abs(float32Loss.values[0]! - loss.values[0]!);
  assert.ok(error < share * rounding, `the loss differs by ${error}; the effect of bfloat16 is ${rounding}`);
  for (const [name, parameter] of net.namedParameters()) {
    const worst = difference(parameter.grad!, gradients[name]!);
    const largest = Math.max(...gradients[name]!.values.map(Math.abs));
    assert.ok(worst < share * largest * 2 ** -6, `${name}: the gradient differs by ${worst} of ${largest}`);
  }
}

/**
 * Returns the gradient of a weight that 258 ones contribute to, 256 of them in one image. It is 256 if this processor's
 * kernels sum over images in bfloat16. Undefined if there are no kernels for bfloat16.
 */
function summedOnes(): number | undefined {
  const pixels = new Float32Array(3 * 256).fill(1, 0, 257);
  pixels[512] = 1;
  const images = fromTypedArray(pixels, [3, 1, 16, 16]);
  const conv = new nn.Conv2d(1, 1, 1, { bias: false });
  try {
    autocast("cpu", "bfloat16", () => conv.forward(images).sum()).backward();
  } catch {
    return undefined;
  }
  return conv.weight.grad!.item();
}

const withOneThread = (body: () => void): void => {
  const threads = getNumThreads();
  setNumThreads(1);
  try {
    body();
  } finally {
    setNumThreads(threads);
  }
};

const none = summedOnes() === undefined && "this processor has no convolutions in bfloat16";

test("autocast has the types, the loss and the gradients of PyTorch (stored)", {
  skip: none,
}, (t) => {
  if (!engineInfo().version.startsWith("1.13.")) {
    return t.skip("stored with libtorch 1.13: the kernels of other versions round bfloat16 differently");
  }
  const { operators, network } = storedJson<Vectors>("autocast-vectors.json");
  assert.deepEqual(resultTypes(), operators);
  if (summedOnes() !== 258)
    return t.skip("this processor sums in bfloat16, but the vectors were stored by one that sums in float32");
  withOneThread(() => checkNetwork(network, 0.9));
});

test("autocast has the types, the loss and the gradients of this machine's PyTorch", { skip: none }, (t) => {
  const vectors = freshJson<Vectors>("make_autocast_vectors.py");
  if (vectors === undefined) return t.skip("python3 with torch is not installed");
  assert.deepEqual(resultTypes(), vectors.operators);
  withOneThread(() => checkNetwork(vectors.network, 1e-3));
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
