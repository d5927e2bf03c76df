/**
 * The network of the SPOS ShuffleNetV2 space; its layers are defined at the top of `spos-shufflenetv2.space.ts`.
 * With a subnet it is that subnet alone, without one the supernet.
 */
import { nn, ops, type Tensor } from "@supernet/torch";
import type { Choice, Subnet } from "../space/space.js";
import { type Block, ChoiceBlock } from "../supernet/choice-block.js";
import {
  SHUFFLE_CHOICES,
  type ShuffleBlockPlan,
  type SposShuffleNetV2Space,
} from "./spos-shufflenetv2.space.js";

const pointwise = (input: number, output: number): nn.Layer[] => [
  new nn.Conv2d(input, output, 1, { bias: false }),
  new nn.BatchNorm2d(output),
];

const depthwise = (channels: number, kernel: number, stride: number): nn.Layer[] => [
  new nn.Conv2d(channels, channels, kernel, { stride, padding: kernel >> 1, groups: channels, bias: false }),
  new nn.BatchNorm2d(channels),
];

function kernelOf(choice: Choice): number {
  return choice === "shuffle_7x7" ? 7 : choice === "shuffle_5x5" ? 5 : 3;
}

/** One candidate of a choice block: [n, in, h, w] -> [n, out, h / stride, w / stride]. */
export class ShuffleBlock extends nn.Module {
  readonly branch_main: nn.Sequential;
  readonly branch_proj?: nn.Sequential;

  constructor(plan: ShuffleBlockPlan, choice: Choice) {
    super();
    const { mainIn, mid, main, stride } = plan;
    const kernel = kernelOf(choice);
    this.branch_main = new nn.Sequential(
      ...(choice === "shuffle_xception"
        ? [
            ...[...depthwise(mainIn, 3, stride), ...pointwise(mainIn, mid), new nn.ReLU()],
            ...[...depthwise(mid, 3, 1), ...pointwise(mid, mid), new nn.ReLU()],
            ...[...depthwise(mid, 3, 1), ...pointwise(mid, main), new nn.ReLU()],
          ]
        : [
            ...[...pointwise(mainIn, mid), new nn.ReLU()],
            ...depthwise(mid, kernel, stride),
            ...[...pointwise(mid, main), new nn.ReLU()],
          ]),
    );
    if (stride === 2) {
      this.branch_proj = new nn.Sequential(
        ...depthwise(plan.in, kernel, 2),
        ...[...pointwise(plan.in, plan.in), new nn.ReLU()],
      );
    }
  }

  forward(input: Tensor): Tensor {
    const parts = this.branch_proj
      ? [this.branch_proj.forward(input), this.branch_main.forward(input)]
      : this.#splitForward(input);
    const output = ops.cat(parts, 1);
    for (const part of parts) part.dispose();
    return output;
  }

  /** The channels interleaved in two groups and halved: the even ones pass, the odd ones are worked on. */
  #splitForward(input: Tensor): [Tensor, Tensor] {
    const [n, c, h, w] = input.shape as [number, number, number, number];
    const pairs = input.reshape([n, c / 2, 2, h, w]);
    const passed = pairs.select(2, 0);
    const odd = pairs.select(2, 1);
    const worked = this.branch_main.forward(odd);
    pairs.dispose();
    odd.dispose();
    return [passed, worked];
  }
}

/** [n, 3, h, w] -> one map a stage, at strides 4, 8, 16, 32. */
export class ShuffleNetV2Backbone extends nn.Module {
  readonly outChannels: readonly number[];
  readonly strides: readonly number[];
  readonly stem: nn.Sequential;
  readonly layers: nn.ModuleList;
  readonly #stages: readonly (readonly Block[])[];
  readonly #choices: ReadonlyMap<string, ChoiceBlock>;

  constructor(space: SposShuffleNetV2Space, subnet?: Subnet) {
    super();
    const { stem, channels } = space.sizes;
    this.outChannels = channels;
    this.strides = channels.map((_, stage) => 2 ** (stage + 2));
    this.stem = new nn.Sequential(
      new nn.Conv2d(3, stem, 3, { stride: 2, padding: 1, bias: false }),
      new nn.BatchNorm2d(stem),
      new nn.ReLU(),
    );
    const choices = new Map<string, ChoiceBlock>();
    this.#stages = channels.map((_, stage) =>
      space.plan
        .filter((plan) => plan.stage === stage)
        .map((plan) => {
          if (subnet) return new ShuffleBlock(plan, subnet[plan.decision]!);
          const block = new ChoiceBlock(
            Object.fromEntries(SHUFFLE_CHOICES.map((choice) => [choice, new ShuffleBlock(plan, choice)])),
          );
          choices.set(plan.decision, block);
          return block;
        }),
    );
    this.#choices = choices;
    this.layers = new nn.ModuleList(this.#stages.map((blocks) => new nn.ModuleList([...blocks])));
  }

  /** Makes `subnet` the one that runs; a stand-alone subnet has nothing to choose and ignores it. */
  activate(subnet: Subnet): void {
    for (const [decision, block] of this.#choices) block.choose(subnet[decision]!);
  }

  forward(input: Tensor): Tensor[] {
    let x = this.stem.forward(input);
    return this.#stages.map((blocks, stage) => {
      for (const [i, block] of blocks.entries()) {
        const next = block.forward(x);
        // The stages' last maps are the result; what lies between them is released at once.
        if (i > 0 || stage === 0) x.dispose();
        x = next;
      }
      return x;
    });
  }
}

/** [n, 3, h, w] -> [n, classes] logits. */
export class ShuffleNetV2Classifier extends nn.Module {
  readonly backbone: ShuffleNetV2Backbone;
  readonly last_conv: nn.Sequential;
  readonly fc: nn.Linear;

  constructor(space: SposShuffleNetV2Space, subnet?: Subnet) {
    super();
    const { channels, last, classes } = space.sizes;
    this.backbone = new ShuffleNetV2Backbone(space, subnet);
    this.last_conv = new nn.Sequential(...pointwise(channels.at(-1)!, last), new nn.ReLU());
    this.fc = new nn.Linear(last, classes);
  }

  activate(subnet: Subnet): void {
    this.backbone.activate(subnet);
  }

  forward(input: Tensor): Tensor {
    const map = this.last_conv.forward(this.backbone.forward(input).at(-1)!);
    return this.fc.forward(map.mean([2, 3]));
  }
}
