// Training steps whose memory is measured: a forward and backward pass on a batch of noise, and an optimizer step.
// `steps` is the number of steps per epoch. peer.py builds the same network from `settings`.

import { Random } from "@supernet/base";
import { autoFormerTiny, PUBLISHED_AUTOFORMERS, sampleSubnet, sposShuffleNetV2 } from "@supernet/nas";
import { SpaceClassifier } from "@supernet/nas/supernet";
import { nn, ops, optim, randn, tidy } from "@supernet/torch";

/** Number of random paths of a supernet. Training steps cycle through them. */
export const PATHS = 64;

const sgd = (model) =>
  new optim.SGD(optim.noDecayGroups(model, 4e-5), { lr: 0.01, momentum: 0.9, nesterov: true });
const adamW = (model) =>
  new optim.AdamW(optim.noDecayGroups(model, 0.05, ["bias", "norm", "token", "position"]), { lr: 5e-4 });

function supernet(title, sizes, { batch, size, classes, steps }) {
  const space = sposShuffleNetV2(sizes);
  const subnets = Array.from({ length: PATHS }, (_, i) => sampleSubnet(space, Random.of("benchmark", i)));
  return {
    title,
    settings: {
      model: "supernet",
      sizes,
      paths: subnets.map((subnet) =>
        space.decisions.map(({ name, choices }) => choices.indexOf(subnet[name])),
      ),
      ...{ batch, size, classes },
    },
    steps,
    build: () => new SpaceClassifier(space, classes),
    activate: (model, step) => model.activate(subnets[step % PATHS]),
    optimizer: sgd,
  };
}

export const CASES = {
  quickstart: supernet(
    "DetNAS quickstart's supernet, batch 64, 3x32x32",
    { stem: 8, blocks: [2, 2, 2, 2], channels: [24, 48, 96, 192], last: 256 },
    { batch: 64, size: 32, classes: 10, steps: 32 },
  ),
  small: supernet("SPOS supernet, batch 32, 3x64x64", {}, { batch: 32, size: 64, classes: 1000, steps: 16 }),
  large: supernet(
    "SPOS supernet, batch 32, 3x224x224",
    {},
    { batch: 32, size: 224, classes: 1000, steps: 3 },
  ),
  transformer: {
    title: "AutoFormer-T, batch 32, 3x64x64",
    settings: { model: "transformer", batch: 32, size: 64, classes: 1000 },
    steps: 8,
    build: () =>
      new SpaceClassifier(autoFormerTiny({ imageSize: 64 }), 1000, PUBLISHED_AUTOFORMERS["autoformer-tiny"]),
    activate: () => {},
    optimizer: adamW,
  },
};

/** Builds the network and a batch, and returns a function that runs a training step. */
export function prepare({ settings: { batch, size, classes }, build, activate, optimizer: optimizerOf }) {
  const model = build();
  const optimizer = optimizerOf(model);
  const images = randn([batch, 3, size, size]);
  const labels = ops.randint(classes, [batch], { dtype: "int64" });
  return (step) =>
    tidy(() => {
      activate(model, step);
      const loss = nn.crossEntropy(model.forward(images), labels);
      loss.backward();
      optimizer.step();
      optimizer.zeroGrad();
      loss.item();
    });
}
