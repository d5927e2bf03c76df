// Classifiers of torchvision (https://github.com/pytorch/vision), whose layers are backbones here.
import type { NetworkSpace } from "@supernet/nas";
import { type Rule, renameTensors } from "@supernet/vision";
import type { Mapping, State } from "./mapping.js";

const BOTTLENECK = [
  ["conv1", "body.0"],
  ["bn1", "body.1"],
  ["conv2", "body.3"],
  ["bn2", "body.4"],
  ["conv3", "body.6"],
  ["bn3", "body.7"],
  ["downsample", "shortcut"],
] as const;

const RESNET: readonly Rule[] = [
  { theirs: "conv1.*", ours: "backbone.stem.0.*" },
  { theirs: "bn1.*", ours: "backbone.stem.1.*" },
  ...[0, 1, 2, 3].flatMap((stage) =>
    BOTTLENECK.map(([theirs, ours]) => ({
      theirs: `layer${stage + 1}.*.${theirs}.*`,
      ours: `backbone.layers.${stage}.*.0.${ours}.*`,
    })),
  ),
];

/** Rules for a supernet's blocks beyond the smallest depth. */
const RESNET_OPTIONAL: readonly Rule[] = RESNET.map(({ theirs, ours }) => ({
  theirs,
  ours: ours.replace(".*.0.", ".*.layer.0."),
}));

const isResNet = ({ backbone }: NetworkSpace): boolean =>
  backbone.some(({ name }) => name === "layers.3.0") &&
  JSON.stringify(backbone.find(({ name }) => name === "layers.0.0")?.layer({})).includes('"shortcut"');

/** ResNet-50, and other ResNets with bottlenecks. Blocks that a network here does not have are left out. */
export const torchvisionResNet50: Mapping = {
  matches: (names) =>
    ["conv1.weight", "layer1.0.conv3.weight", "layer4.0.downsample.0.weight"].every((name) =>
      names.includes(name),
    ),
  problem: (space) => (isResNet(space) ? undefined : `they are of a ResNet, not of the space ${space.name}`),
  toOurs: (state) => renameTensors(state, RESNET, "ours"),
  toTheirs: (state) => renameTensors(state, [...RESNET_OPTIONAL, ...RESNET], "theirs"),
  fit: withOptionalBlocks,
};

/** Names a supernet's blocks beyond the smallest depth as it does, and leaves out blocks that the network does not have. */
function withOptionalBlocks(ours: State, target: State): State {
  const fitted = Array.from(ours, ([name, tensor]) => {
    const optional = name.replace(/(^|\.)(layers\.\d+\.\d+)\./, "$1$2.layer.");
    return [target.has(optional) ? optional : name, tensor] as const;
  });
  const blocks = new Set([...target.keys()].flatMap((name) => blockOf(name) ?? []));
  return new Map(
    fitted.filter(([name]) => {
      const block = blockOf(name);
      return block === undefined || blocks.has(block);
    }),
  );
}

const blockOf = (name: string): string | undefined => /(?:^|\.)(layers\.\d+\.\d+)\./.exec(name)?.[1];
