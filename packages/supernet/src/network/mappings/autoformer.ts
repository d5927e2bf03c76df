import type { NetworkSpace, Subnet } from "@supernet/nas";
import { type Tensor, zeros } from "@supernet/torch";
import { type Rule, renameTensors } from "@supernet/vision";
import type { Mapping, State } from "./mapping.js";
import { interleaveRows, leading, padded } from "./tensors.js";

/** Rules for a block's modules, by their names in the other project. */
const blockRules = (names: {
  readonly attention: string;
  readonly norms: readonly [attention: string, mlp: string];
  readonly mlp: readonly [first: string, second: string];
}): Rule[] => [
  { theirs: `blocks.*.${names.norms[0]}.*`, ours: "backbone.blocks.*.0.body.0.*" },
  { theirs: `blocks.*.${names.attention}.*`, ours: "backbone.blocks.*.0.body.1.*" },
  { theirs: `blocks.*.${names.norms[1]}.*`, ours: "backbone.blocks.*.1.body.0.*" },
  { theirs: `blocks.*.${names.mlp[0]}.*`, ours: "backbone.blocks.*.1.body.1.*" },
  { theirs: `blocks.*.${names.mlp[1]}.*`, ours: "backbone.blocks.*.1.body.3.*" },
];

const EMBEDDING: readonly Rule[] = [
  { theirs: "cls_token", ours: "backbone.tokens.cls_token" },
  { theirs: "pos_embed", ours: "backbone.tokens.pos_embed" },
  { theirs: "head.*", ours: "fc.*" },
];

const CREAM_BLOCKS = blockRules({
  attention: "attn",
  norms: ["attn_layer_norm", "ffn_layer_norm"],
  mlp: ["fc1", "fc2"],
});

/** Rules for a supernet's blocks beyond the smallest depth. */
const OPTIONAL: readonly Rule[] = CREAM_BLOCKS.map(({ theirs, ours }) => ({
  theirs,
  ours: ours.replace("blocks.*.", "blocks.*.layer."),
}));

const CREAM: readonly Rule[] = [
  { theirs: "patch_embed_super.*", ours: "backbone.patch_embed.*" },
  ...EMBEDDING,
  ...CREAM_BLOCKS,
];

/**
 * AutoFormer of https://github.com/microsoft/Cream, whose supernets and trained subnets both have the sizes of the
 * largest network. Tiny's is wider than any subnet: as wide as its queries.
 */
export const creamAutoFormer: Mapping = {
  matches: (names) => names.some((name) => name.startsWith("patch_embed_super.")),
  problem(space) {
    const sizes = sizesOf(space);
    if (sizes === undefined) return `they are of an AutoFormer, not of the space ${space.name}`;
    if (!sizes.outputScale) return undefined;
    return "AutoFormer's scripts train without the output scale: set outputScale to false in the space";
  },
  toOurs: (state) => renameTensors(state, CREAM, "ours"),
  fit(ours, target) {
    const parts = Array.from(namedAs(ours, target), ([name, tensor]) => {
      const own = target.get(name);
      return [name, own ? leading(tensor, own.shape) : tensor] as const;
    });
    // The network may have fewer blocks.
    return new Map(parts.filter(([name]) => target.has(name) || !/(?:^|\.)blocks\.\d+\./.test(name)));
  },
  toTheirs(state, { space }) {
    const sizes = sizesOf(space)!;
    const theirs = renameTensors(state, [...OPTIONAL, ...CREAM], "theirs");
    const full = new Map(
      Array.from(theirs, ([name, own]) => [name, padded(own, fullShape(name, own, sizes))]),
    );
    // Blocks that the subnet does not have are never used.
    const first = [...full].filter(([name]) => name.startsWith("blocks.0."));
    for (let block = 1; block < sizes.depth; block++)
      for (const [name, { shape, dtype }] of first) {
        const own = name.replace("blocks.0.", `blocks.${block}.`);
        if (!full.has(own)) full.set(own, zeros(shape, { dtype }));
      }
    return full;
  },
};

/** Names a supernet's blocks beyond the smallest depth as it does: they are in a module that may omit them. */
const namedAs = (ours: State, target: State): Map<string, Tensor> =>
  new Map(
    Array.from(ours, ([name, tensor]) => {
      const optional = name.replace(/(^|\.)(blocks\.\d+)\./, "$1$2.layer.");
      return [target.has(optional) ? optional : name, tensor];
    }),
  );

/** Largest sizes of a space of AutoFormers. */
interface Sizes {
  readonly depth: number;
  /** Width of the tokens in AutoFormer's repository, which is that of the queries. */
  readonly width: number;
  readonly hidden: number;
  readonly outputScale: boolean;
}

/** Returns the sizes of a space; undefined if it is none of AutoFormers. */
function sizesOf({ backbone, decisions }: NetworkSpace): Sizes | undefined {
  const blocks = backbone.filter(({ name }) => name.startsWith("blocks."));
  const choose = (pick: (...values: number[]) => number): Subnet =>
    Object.fromEntries(
      decisions.map(({ name, choices }) => [
        name,
        (name === "depth" ? Math.max : pick)(...choices.map(Number)),
      ]),
    );
  const largest = blocks[0] && layersIn(blocks[0].layer(choose(Math.max)));
  const attention = largest?.find(({ kind }) => kind === "attention");
  const hidden = largest?.find(({ kind }) => kind === "linear");
  const own = largest?.filter(({ kind }) => kind === "linear").at(-1);
  if (!attention || !hidden || !own) return undefined;
  const width = Number(attention.heads) * Number(attention.headWidth);
  const smallest = layersIn(blocks[0]!.layer(choose(Math.min)));
  return {
    depth: blocks.length,
    width,
    hidden: Math.floor((Number(hidden.out) / Number(own.out)) * width),
    outputScale: smallest.some(({ scale }) => typeof scale === "number" && scale !== 1),
  };
}

type Fields = Readonly<Record<string, unknown>>;

/** Lists a layer and those inside it. */
function layersIn(value: unknown): Fields[] {
  if (typeof value !== "object" || value === null) return [];
  const inner = Object.values(value).flatMap(layersIn);
  return "kind" in value ? [value as Fields, ...inner] : inner;
}

/** Returns the shape that a tensor has in AutoFormer's repository. */
function fullShape(name: string, { shape }: Tensor, { width, hidden }: Sizes): readonly number[] {
  const last = name.split(".").slice(-2).join(".");
  if (name.includes("rel_pos_embed")) return shape;
  if (name.startsWith("head.")) return shape.length === 1 ? shape : [shape[0]!, width];
  if (name.startsWith("patch_embed_super.")) return [width, ...shape.slice(1)];
  switch (last) {
    case "qkv.weight":
      return [3 * width, width];
    case "qkv.bias":
      return [3 * width];
    case "proj.weight":
      return [width, width];
    case "fc1.weight":
      return [hidden, width];
    case "fc1.bias":
      return [hidden];
    case "fc2.weight":
      return [width, hidden];
    default:
      return [...shape.slice(0, -1), width];
  }
}

const TIMM: readonly Rule[] = [
  { theirs: "patch_embed.*", ours: "backbone.patch_embed.*" },
  // The norm after the mean of the tokens has the same place here. Their mean is not that of the classifier's token.
  { theirs: "fc_norm.*", ours: "norm.*" },
  ...EMBEDDING,
  {
    theirs: "blocks.*.attn.qkv.weight",
    ours: "backbone.blocks.*.0.body.1.qkv.weight",
    toOurs: interleaveRows,
  },
  ...blockRules({ attention: "attn", norms: ["norm1", "norm2"], mlp: ["mlp.fc1", "mlp.fc2"] }),
];

const TABLES = ["rel_pos_embed_k", "rel_pos_embed_v"].flatMap((table) => [
  `${table}.embeddings_table_v`,
  `${table}.embeddings_table_h`,
]);

/**
 * ViT and DeiT of timm (https://github.com/huggingface/pytorch-image-models) with heads of 64. They have no relative
 * positions, so these begin at zero, and the outputs of the blocks are the same. The classifier here reads the mean of
 * the patches.
 */
export const timmVit: Mapping = {
  matches: (names) => names.includes("patch_embed.proj.weight") && names.includes("blocks.0.mlp.fc1.weight"),
  problem: (space) =>
    sizesOf(space) === undefined
      ? `they are of a vision transformer, not of the space ${space.name}`
      : undefined,
  fit: namedAs,
  toOurs(state, space) {
    const ours = new Map(renameTensors(state, TIMM, "ours"));
    const rows = tableRows(space);
    for (const name of ours.keys()) {
      const [, attention] = /^(backbone\.blocks\.\d+\.0\.body\.1)\.qkv\.weight$/.exec(name) ?? [];
      if (attention !== undefined)
        for (const table of TABLES) ours.set(`${attention}.${table}`, zeros([rows, HEAD_WIDTH]));
    }
    return ours;
  },
};

const HEAD_WIDTH = 64;

/** Returns the number of rows of a table of relative positions. */
function tableRows({ backbone, decisions }: NetworkSpace): number {
  const subnet = Object.fromEntries(decisions.map(({ name, choices }) => [name, choices.at(-1)!]));
  const attention = backbone
    .flatMap((part) => layersIn(part.layer(subnet)))
    .find(({ kind }) => kind === "attention");
  return 2 * Number(attention?.distance ?? 0) + 2;
}
