// For tests: compares autocast with results of PyTorch.
import assert from "node:assert/strict";
import {
  autocast,
  type DType,
  fromTypedArray,
  getNumThreads,
  ops,
  randn,
  setNumThreads,
  type Tensor,
  tensor,
} from "../engine/index.js";
import * as nn from "../nn/index.js";
import { difference, type Packed, unpack } from "./vectors.js";

/** Output of test-data/make_autocast_vectors.py. */
export interface AutocastVectors {
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

/** Returns the type of the result of each operator under autocast. */
export function resultTypes(): Record<string, DType> {
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
export function checkNetwork(
  { images, state, float32Loss, loss, gradients }: AutocastVectors["network"],
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
export function summedOnes(): number | undefined {
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

/** Runs `body` on one thread. */
export const withOneThread = (body: () => void): void => {
  const threads = getNumThreads();
  setNumThreads(1);
  try {
    body();
  } finally {
    setNumThreads(threads);
  }
};

/** Value for the option `skip` of tests in bfloat16: the reason why there is none, or false. */
export const withoutBfloat16 = summedOnes() === undefined && "this processor has no convolutions in bfloat16";
