// Trains a supernet that you write as a module, without a space or a recipe: three layers, each with three candidates.
// One random path is trained per iteration (SPOS, https://arxiv.org/abs/1904.00420); then every path is scored.
//
//   node examples/dist/my-supernet.js [ITERATIONS]
import { Random } from "@supernet/base";
import { ChoiceBlock } from "@supernet/nas/supernet";
import { nn, noGrad, optim, type Tensor, tensor, tidy } from "@supernet/torch";
import { type ClassificationBatch, classificationBatches, openIdx } from "@supernet/vision";

const KERNELS = [1, 3, 5];
const WIDTHS = [3, 8, 16, 32];

const layer = (channels: number, out: number, kernel: number) =>
  new nn.Sequential(
    new nn.Conv2d(channels, out, kernel, { stride: 2, padding: (kernel - 1) / 2 }),
    new nn.BatchNorm2d(out),
    new nn.ReLU(),
  );

class Supernet extends nn.Module {
  readonly blocks = new nn.ModuleList(
    WIDTHS.slice(1).map(
      (out, i) => new ChoiceBlock(KERNELS.map((kernel) => [String(kernel), layer(WIDTHS[i]!, out, kernel)])),
    ),
  );
  readonly head = new nn.Linear(WIDTHS.at(-1)!, 10);

  choose(path: readonly number[]): void {
    for (const [i, kernel] of path.entries()) this.blocks.at(i)!.choose(String(kernel));
  }

  forward(images: Tensor): Tensor {
    let x = images;
    for (const block of this.blocks) x = block.forward(x);
    return this.head.forward(x.mean([2, 3]));
  }
}

const iterations = Number(process.argv[2] ?? 600);
const set = openIdx("/usr/share/datasets/fashion-mnist");
const settings = {
  imageSize: 28,
  evalResize: null,
  interpolation: null,
  augmentation: { crop: { kind: "shifted", shift: 2 } },
} as const;
const supernet = new Supernet();
const optimizer = new optim.SGD(supernet, { lr: 0.05, momentum: 0.9 });

using batches = classificationBatches(set.train, settings, { batchSize: 64, workers: 1 });
let iteration = 0;
for await (const [batch] of batches.train(0, iterations)) {
  const { images, shape, labels } = batch!;
  const random = Random.of("path", iteration++);
  supernet.choose(WIDTHS.slice(1).map(() => random.pick(KERNELS)));
  tidy(() => nn.crossEntropy(supernet.forward(tensor(images, { shape })), tensor(labels)).backward());
  optimizer.step();
  optimizer.zeroGrad();
}

using testBatches = classificationBatches(set.openVal(), settings, { batchSize: 500 });
const test: ClassificationBatch[] = [];
for await (const batch of testBatches.evaluate(1000)) test.push(batch);

// Batch-norm normalizes by the batch here: the running statistics mix all paths.
const accuracy = (path: readonly number[]): number => {
  supernet.choose(path);
  const correct = test.map(({ images, shape, labels }) =>
    noGrad(() =>
      tidy(() => supernet.forward(tensor(images, { shape })).argmax(1).eq(tensor(labels)).sum().item()),
    ),
  );
  return correct.reduce((a, b) => a + b) / 1000;
};
const paths = KERNELS.flatMap((a) => KERNELS.flatMap((b) => KERNELS.map((c) => [a, b, c])));
const scores = paths.map((path) => ({ path, score: accuracy(path) })).sort((a, b) => b.score - a.score);
for (const { path, score } of [...scores.slice(0, 3), ...scores.slice(-3)])
  console.log(`kernels ${path.join(", ")}: accuracy ${score.toFixed(3)}`);
