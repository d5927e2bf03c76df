import { UserError } from "@supernet/base";
import { type NetworkSpace, SHUFFLE_CHOICES, type Subnet } from "@supernet/nas";
import { zeros } from "@supernet/torch";
import { type Rule, renameTensors } from "@supernet/vision";
import type { Mapping, State } from "./mapping.js";
import { withAffine } from "./tensors.js";

/** Modules of a block that a convolution or a norm is in: [theirs, ours]. */
type Names = readonly (readonly [theirs: string, ours: string])[];

/** Names of the blocks, "layers.0.0" and so on, in the order in which the other projects count them. */
const blocksOf = ({ decisions }: NetworkSpace): string[] => decisions.map(({ name }) => name);

/** Describes why weights of ShuffleNetV2 blocks with a wiring do not fit a space. */
function wiringProblem(space: NetworkSpace, wirings: readonly string[]): string | undefined {
  const isShuffleNet = space.decisions.every(
    ({ name, choices }) =>
      /^layers\.\d+\.\d+$/.test(name) && choices.every((choice) => String(choice).startsWith("shuffle_")),
  );
  if (!isShuffleNet) return `they are of ShuffleNetV2 blocks, not of the space ${space.name}`;
  const own = wiringOf(space);
  if (wirings.includes(own)) return undefined;
  return `their channels are shuffled in other places: set wiring of the space to ${wirings.join(" or ")}, not ${own}`;
}

/** Returns the wiring of a space, judging by the place where its blocks shuffle. */
function wiringOf({ backbone, decisions }: NetworkSpace): string {
  const subnet = Object.fromEntries(decisions.map(({ name, choices }) => [name, choices[0]!]));
  const layers = JSON.stringify(backbone.map((part) => part.layer(subnet)));
  if (layers.includes('"shuffle":"output"')) return "mmrazor";
  return layers.includes('"shuffle":"input"') ? "channel_shuffle1" : "channel_shuffle2";
}

/** Rules for what is outside the blocks. */
const outsideRules = (names: {
  readonly stem: readonly [conv: string, norm: string];
  readonly last: readonly [conv: string, norm: string];
  readonly head: string;
}): Rule[] => [
  { theirs: `${names.stem[0]}.*`, ours: "backbone.stem.0.*" },
  { theirs: `${names.stem[1]}.*`, ours: "backbone.stem.1.*" },
  { theirs: `${names.last[0]}.*`, ours: "last_conv.0.*" },
  { theirs: `${names.last[1]}.*`, ours: "last_conv.1.*" },
  { theirs: `${names.head}.*`, ours: "fc.*" },
];

function sposRules(space: NetworkSpace): Rule[] {
  const blocks = blocksOf(space).flatMap((block, i) => [
    ...SHUFFLE_CHOICES.map((choice, j) => [`features.${i}.${j}`, `backbone.${block}.${choice}`] as const),
    [`features.${i}`, `backbone.${block}`] as const,
  ]);
  return [
    ...outsideRules({
      stem: ["first_conv.0", "first_conv.1"],
      last: ["conv_last.0", "conv_last.1"],
      head: "classifier.0",
    }),
    ...blocks.map(([theirs, ours]) => ({ theirs: `${theirs}.branch_*`, ours: `${ours}.branch_*` })),
  ];
}

/**
 * SPOS of https://github.com/megvii-model/SinglePathOneShot. The batch-norms of its supernet have no weight and bias, and
 * its classifiers have no bias.
 */
export const sposShuffleNet: Mapping = {
  matches: (names) =>
    names.includes("first_conv.0.weight") && names.some((name) => name.startsWith("features.0.")),
  problem: (space) => wiringProblem(space, ["channel_shuffle2"]),
  toOurs(state, space) {
    const ours = withAffine(renameTensors(state, sposRules(space), "ours"));
    const weight = ours.get("fc.weight");
    if (weight === undefined || ours.has("fc.bias")) return ours;
    return new Map([...ours, ["fc.bias", zeros([weight.shape[0]!])]]);
  },
  toTheirs(state, { space, subnet }) {
    if (subnet === undefined)
      throw new UserError(
        "the batch-norms of SPOS's supernets have no weight and bias: convert a subnet, or keep the supernet",
      );
    const bias = state.get("fc.bias");
    if (bias && bias.abs().max().item() !== 0)
      throw new UserError(
        "the classifiers of SPOS's repository have no bias, and this one's is not zero: convert only the backbone",
      );
    const others = new Map([...state].filter(([name]) => name !== "fc.bias"));
    return renameTensors(others, sposRules(space), "theirs");
  },
};

/** Returns the names of a block's modules in DetNAS's repository. `name` is the stage and the letter of the block. */
function detnasNames(choice: string, name: string): Names {
  const isXception = choice === "shuffle_xception";
  const branch = `${name}_${isXception ? "xception_3x3" : choice.replace("shuffle", "shufflenet")}_branch2`;
  const separable = (path: string, tag: string, branchOurs: string, first: number): Names => [
    [`${path}.interstellar${tag}_s`, `${branchOurs}.${first}`],
    [`${path}.interstellar${tag}_s_bn`, `${branchOurs}.${first + 1}`],
    [`${path}.interstellar${tag}`, `${branchOurs}.${first + 2}`],
    [`${path}.bn${tag}`, `${branchOurs}.${first + 3}`],
  ];
  const main: Names = isXception
    ? ["a", "b", "c"].flatMap((letter, i) => separable(`conv.${i}`, branch + letter, "branch_main", 5 * i))
    : [
        [`conv.0.interstellar${branch}a`, "branch_main.0"],
        [`conv.0.bn${branch}a`, "branch_main.1"],
        ...separable("conv.1", `${branch}b`, "branch_main", 3),
      ];
  return [...main, ...separable("proj_conv", `${name}_proj`, "branch_proj", 0)];
}

/** @param subnet subnet whose weights are converted to DetNAS's layout, whose names contain the choices */
function detnasRules(space: NetworkSpace, subnet?: Subnet): Rule[] {
  const blocks = blocksOf(space).flatMap((block, i) => {
    const [, stage, index] = block.split(".").map(Number);
    const name = `${stage! + 1}${String.fromCharCode(97 + index!)}`;
    return SHUFFLE_CHOICES.filter((choice) => subnet === undefined || subnet[block] === choice).flatMap(
      (choice) =>
        detnasNames(choice, name).flatMap(([theirs, ours]) => [
          {
            theirs: `features.${i}.${SHUFFLE_CHOICES.indexOf(choice)}.${theirs}.*`,
            ours: `backbone.${block}.${choice}.${ours}.*`,
          },
          { theirs: `features.${i}.${theirs}.*`, ours: `backbone.${block}.${ours}.*` },
        ]),
    );
  });
  return [
    ...outsideRules({
      stem: ["first_conv.conv", "first_conv.bn"],
      last: ["last_conv.conv", "last_conv.bn"],
      head: "fc.fc",
    }),
    ...blocks,
  ];
}

/**
 * DetNAS of https://github.com/megvii-model/DetNAS. Its first and last convolutions have a bias before the batch-norm,
 * which becomes a part of the norm's mean. Its supernets shuffle as `channel_shuffle1`, its retrained networks as
 * `channel_shuffle2`.
 */
export const detnasShuffleNet: Mapping = {
  choices(state, space) {
    const blocks = blocksOf(space);
    const ops = [...state.keys()].flatMap((name) => {
      const [, block, op] = /^features\.(\d+)\.conv\..*_(shufflenet_\dx\d|xception)_/.exec(name) ?? [];
      return op === undefined ? [] : [[blocks[Number(block)]!, op.replace("shufflenet", "shuffle")] as const];
    });
    if (ops.length === 0) return undefined;
    return Object.fromEntries(ops.map(([block, op]) => [block, op === "xception" ? "shuffle_xception" : op]));
  },
  matches: (names) =>
    names.includes("first_conv.conv.weight") && names.some((name) => name.includes(".interstellar")),
  problem: (space) => wiringProblem(space, ["channel_shuffle1", "channel_shuffle2"]),
  toOurs(state, space) {
    const ours = new Map(renameTensors(state, detnasRules(space), "ours"));
    for (const layer of ["backbone.stem", "last_conv"]) {
      const bias = ours.get(`${layer}.0.bias`);
      const mean = ours.get(`${layer}.1.running_mean`);
      if (bias && mean) ours.set(`${layer}.1.running_mean`, mean.sub(bias));
      ours.delete(`${layer}.0.bias`);
    }
    return ours;
  },
  toTheirs(state, { space, subnet }) {
    const theirs = new Map(renameTensors(state, detnasRules(space, subnet), "theirs"));
    for (const layer of ["first_conv", "last_conv"]) {
      const weight = theirs.get(`${layer}.conv.weight`);
      if (weight) theirs.set(`${layer}.conv.bias`, zeros([weight.shape[0]!]));
    }
    return theirs;
  },
};

const MMRAZOR_PROJ: Names = [
  ["branch1.0.conv", "branch_proj.0"],
  ["branch1.0.bn", "branch_proj.1"],
  ["branch1.1.conv", "branch_proj.2"],
  ["branch1.1.bn", "branch_proj.3"],
];
const MMRAZOR_SHUFFLE: Names = [
  ["branch2.0.conv", "branch_main.0"],
  ["branch2.0.bn", "branch_main.1"],
  ["branch2.1.conv", "branch_main.3"],
  ["branch2.1.bn", "branch_main.4"],
  ["branch2.2.conv", "branch_main.5"],
  ["branch2.2.bn", "branch_main.6"],
];
const MMRAZOR_XCEPTION: Names = [0, 1, 2].flatMap(
  (i): Names => [
    [`branch2.${i}.depthwise_conv.conv`, `branch_main.${5 * i}`],
    [`branch2.${i}.depthwise_conv.bn`, `branch_main.${5 * i + 1}`],
    [`branch2.${i}.pointwise_conv.conv`, `branch_main.${5 * i + 2}`],
    [`branch2.${i}.pointwise_conv.bn`, `branch_main.${5 * i + 3}`],
  ],
);

/** Names of the module that contains the candidates of a block: of version 1, and of versions before. */
const CANDIDATES = ["_candidates", "choices"];

interface MMRazorForm {
  readonly candidates: string;
  /** Choices of each block, whose names ours omits; undefined for a supernet. */
  readonly subnet: Subnet | undefined;
}

function mmrazorRules(space: NetworkSpace, { candidates, subnet }: MMRazorForm): Rule[] {
  const blocks = blocksOf(space);
  const stages = new Set(blocks.map((block) => block.split(".")[1])).size;
  const ofBlock = (block: string): Rule[] =>
    SHUFFLE_CHOICES.filter((choice) => subnet === undefined || subnet[block] === choice).flatMap((choice) => {
      const main = choice === "shuffle_xception" ? MMRAZOR_XCEPTION : MMRAZOR_SHUFFLE;
      return [...main, ...MMRAZOR_PROJ].map(([theirs, ours]) => ({
        theirs: `backbone.${block}.${candidates}.${choice}.${theirs}.*`,
        ours: `backbone.${block}.${subnet === undefined ? `${choice}.` : ""}${ours}.*`,
      }));
    });
  return [
    ...outsideRules({
      stem: ["backbone.conv1.conv", "backbone.conv1.bn"],
      last: [`backbone.layers.${stages}.conv`, `backbone.layers.${stages}.bn`],
      head: "head.fc",
    }),
    ...blocks.flatMap(ofBlock),
  ];
}

const CANDIDATE = /^backbone\.(layers\.\d+\.\d+)\.(_candidates|choices)\.([^.]+)\./;

/** Reads from the names whether weights are of a subnet, in which every block has a single candidate. */
function mmrazorForm(state: State): MMRazorForm {
  const found = [...state.keys()].flatMap((name) => {
    const [, block, module, choice] = CANDIDATE.exec(name) ?? [];
    return block === undefined ? [] : [{ block, module: module!, choice: choice! }];
  });
  const chosen = Object.fromEntries(found.map(({ block, choice }) => [block, choice]));
  const isSubnet = found.every(({ block, choice }) => chosen[block] === choice);
  return { candidates: found[0]?.module ?? CANDIDATES[0]!, subnet: isSubnet ? chosen : undefined };
}

/** Removes the prefix of an algorithm around the network, and buffers of its data preprocessor. */
const withoutAlgorithm = (state: State): State =>
  new Map(
    Array.from(state, ([name, tensor]) => [name.replace(/^architecture\./, ""), tensor] as const).filter(
      ([name]) => !name.startsWith("data_preprocessor."),
    ),
  );

/**
 * ShuffleNetV2 of https://github.com/open-mmlab/mmrazor as a classifier or in a detector of mmdetection, whose other
 * modules have the same names here. The names of a subnet contain its choices.
 */
export const mmrazorShuffleNet: Mapping = {
  choices: (state) => mmrazorForm(withoutAlgorithm(state)).subnet,
  matches: (names) => names.some((name) => CANDIDATE.test(name.replace(/^architecture\./, ""))),
  problem: (space) => wiringProblem(space, ["mmrazor"]),
  toOurs(state, space) {
    const own = withoutAlgorithm(state);
    return renameTensors(own, mmrazorRules(space, mmrazorForm(own)), "ours");
  },
  toTheirs: (state, { space, subnet }) =>
    renameTensors(state, mmrazorRules(space, { candidates: CANDIDATES[0]!, subnet }), "theirs"),
};
