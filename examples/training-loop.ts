// Trains a small network with your own loop: data loading, layers, a loss and an optimizer, without a recipe.
//
//   node examples/dist/training-loop.js [ITERATIONS]
import { nn, noGrad, optim, tensor, tidy } from "@supernet/torch";
import { classificationBatches, openIdx } from "@supernet/vision";

const iterations = Number(process.argv[2] ?? 500);
const set = openIdx("/usr/share/datasets/fashion-mnist");
const settings = {
  imageSize: 28,
  evalResize: null,
  interpolation: null,
  augmentation: { crop: { kind: "shifted", shift: 2 } },
} as const;
const network = new nn.Sequential(
  new nn.Conv2d(3, 16, 3, { stride: 2, padding: 1 }),
  new nn.BatchNorm2d(16),
  new nn.ReLU(),
  new nn.Conv2d(16, 32, 3, { stride: 2, padding: 1 }),
  new nn.BatchNorm2d(32),
  new nn.ReLU(),
  new nn.Flatten(),
  new nn.Linear(32 * 7 * 7, 10),
);
const optimizer = new optim.SGD(network, { lr: 0.05, momentum: 0.9, weightDecay: 1e-4 });

using batches = classificationBatches(set.train, settings, { batchSize: 64, workers: 1 });
let iteration = 0;
for await (const [batch] of batches.train(0, iterations)) {
  const { images, shape, labels } = batch!;
  // Every tensor that is created in here is freed when it returns.
  const loss = tidy(() => {
    const loss = nn.crossEntropy(network.forward(tensor(images, { shape })), tensor(labels));
    loss.backward();
    return loss.item();
  });
  optimizer.step();
  optimizer.zeroGrad();
  if (++iteration % 100 === 0) console.log(`iteration ${iteration}: loss ${loss.toFixed(3)}`);
}

network.eval();
using testBatches = classificationBatches(set.openVal(), settings, { batchSize: 500 });
let [correct, total] = [0, 0];
for await (const { images, shape, labels } of testBatches.evaluate(2000)) {
  noGrad(() =>
    tidy(() => {
      const predicted = network.forward(tensor(images, { shape })).argmax(1);
      correct += predicted.eq(tensor(labels)).sum().item();
    }),
  );
  total += labels.length;
}
console.log(`accuracy ${(correct / total).toFixed(3)} on ${total} test images`);
