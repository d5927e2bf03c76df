import type { Space } from "./space.js";

/** Stands for a size in a published subnet that follows from others, and is not a decision. */
export const DERIVED = Symbol("derived");

/** Prefixes of a backbone's modules in a classifier or detector, and in an algorithm around it. */
const PREFIXES = [/^backbone\./, /^architecture\.backbone\./];

type Rename = readonly [published: RegExp, name: string | typeof DERIVED];

/** Names of decisions in versions of MMRazor before 1.0, by stage and index. */
const STAGES: readonly Rename[] = [[/^stage_(\d+)_block_(\d+)$/, "layers.$1.$2"]];

/** Names of the mutable modules of MMRazor's AutoFormer. */
const AUTOFORMER: readonly Rename[] = [
  [/^mutable_embed_dims$/, "width"],
  [/^mutable_depth$/, "depth"],
  [/^blocks\.(\d+)\.attn\.mutable_attrs\.num_heads$/, "blocks.$1.heads"],
  [/^blocks\.(\d+)\.mutable_num_heads$/, "blocks.$1.heads"],
  [/^blocks\.(\d+)\.mutable_mlp_ratios$/, "blocks.$1.ratio"],
  [/^base_embed_dims$/, DERIVED],
  [/^blocks\.\d+\.(?:middle_channels|mutable_q_embed_dims|mutable_head_dims)$/, DERIVED],
];

/**
 * Returns a function that converts the names in a published subnet to those of decisions. All names of a file must be in
 * one spelling. Names that are in none stay as they are, and a message about an unknown decision shows them.
 */
export function renamingOf(
  space: Space,
  names: readonly string[],
): (name: string) => string | typeof DERIVED {
  const decisions = new Set(space.decisions.map(({ name }) => name));
  for (const prefix of [undefined, ...PREFIXES]) {
    if (
      prefix &&
      (!names.every((name) => prefix.test(name)) || [...decisions].some((name) => prefix.test(name)))
    )
      continue;
    const short = (name: string) => (prefix ? name.replace(prefix, "") : name);
    for (const renames of [STAGES, AUTOFORMER])
      if (
        names.some((name) => find(renames, short(name))) &&
        !names.some((name) => decisions.has(short(name)))
      )
        return (name) => renamed(renames, short(name));
    if (prefix) return short;
  }
  return (name) => name;
}

const find = (renames: readonly Rename[], name: string): Rename | undefined =>
  renames.find(([published]) => published.test(name));

function renamed(renames: readonly Rename[], name: string): string | typeof DERIVED {
  const [published, decision] = find(renames, name) ?? [];
  if (published === undefined || decision === undefined) return name;
  return decision === DERIVED ? DERIVED : name.replace(published, decision);
}

/** A decision of the space, or a choice that is always the same. */
type Source = string | { readonly fixed: number };

/**
 * Returns the names that MMRazor requires in a subnet of a space, with the decision that each takes its choice from.
 * @returns undefined if MMRazor has no networks of the space
 */
export function mmrazorNames({ decisions }: Space): ReadonlyMap<string, Source> | undefined {
  if (decisions.every(({ name, choices }) => /^layers\.\d+\.\d+$/.test(name) && choices.every(isShuffle)))
    return new Map(decisions.map(({ name }) => [`backbone.${name}`, name]));
  const names = decisions.map(({ name }) => autoFormerName(name));
  if (decisions.length === 0 || names.includes(undefined)) return undefined;
  return new Map<string, Source>([
    ["backbone.base_embed_dims", { fixed: 64 }],
    ...decisions.map(({ name }, i) => [`backbone.${names[i]}`, name] as const),
  ]);
}

const isShuffle = (choice: string | number): boolean => String(choice).startsWith("shuffle_");

function autoFormerName(decision: string): string | undefined {
  if (decision === "width") return "mutable_embed_dims";
  if (decision === "depth") return "mutable_depth";
  const [, block, size] = /^blocks\.(\d+)\.(heads|ratio)$/.exec(decision) ?? [];
  if (size === undefined) return undefined;
  return `blocks.${block}.${size === "heads" ? "attn.mutable_attrs.num_heads" : "mutable_mlp_ratios"}`;
}
