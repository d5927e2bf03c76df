import type { Schema, SchemaParameter } from "../engine/native.js";

/** An overload of an operator that the TypeScript API offers. */
export interface Overload {
  readonly schema: Schema;
  /** Positional parameters, in order. */
  readonly positional: readonly SchemaParameter[];
  /** Parameters after `*`: keys of the trailing options object. */
  readonly keywords: readonly SchemaParameter[];
  readonly inPlace: boolean;
}

/** All overloads of one name, in the order in which a call is matched against them. */
export interface OperatorGroup {
  /** Name in TypeScript: camelCase, with a trailing underscore kept. */
  readonly name: string;
  readonly overloads: readonly Overload[];
}

/** Operators that Tensor implements by hand, and operators that change a tensor's cached shape. */
const excluded = new Set(
  `to item size sizes shape dim data set_data backward requires_grad_ grad stride is_leaf output_nr
  resize_ resize_as_ resize_as_sparse_ set_ squeeze_ unsqueeze_ t_ transpose_ swapaxes_ swapdims_ as_strided_
  sparse_resize_ sparse_resize_and_clear_ detach_ rename_ rename names storage_offset is_coalesced
  result_type promote_types can_cast from_file sym_size sym_stride sym_numel sym_storage_offset numel
  record_stream pin_memory is_pinned retain_grad unsafe_chunk unsafe_split to_mkldnn hash_tensor`.split(
    /\s+/,
  ),
);

// The slow_conv kernels do not check shapes and read out of bounds. conv2d and conv3d check first.
const excludedPattern =
  /^_(?!foreach_)|^slow_conv|^thnn_conv|_backward|cudnn|miopen|mkldnn|fbgemm|quantize|_copy$|nested_|^sparse_|_for_inference$|^segment_reduce|^lift|^sym_|^align_|^to_sparse|^native_channel_shuffle$/;

/** "index_select" -> "indexSelect", "add_" -> "add_", "_foreach_add_" -> "_foreachAdd_". */
export function camelCase(name: string): string {
  return name.replace(/(?<=[a-z0-9])_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** Returns the operators and overloads that can be called from JavaScript, sorted by name. */
export function selectOperators(schemas: readonly Schema[]): OperatorGroup[] {
  const groups = new Map<string, Overload[]>();
  for (const schema of schemas) {
    const [namespace, base] = schema.name.split("::") as [string, string];
    if (namespace !== "aten" && namespace !== "supernet") continue;
    if (namespace === "aten" && (excluded.has(base) || excludedPattern.test(base))) continue;
    const overload = toOverload(schema);
    if (!overload) continue;
    const name = camelCase(base);
    const group = groups.get(name) ?? [];
    groups.set(name, group);
    group.push(overload);
  }
  return [...groups]
    .map(([name, overloads]) => ({ name, overloads: dropDuplicates(overloads.sort(byPrecedence)) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function toOverload(schema: Schema): Overload | undefined {
  const { parameters } = schema;
  const usable = parameters.filter((parameter) => parameter.kind !== "unsupported");
  const unusable = parameters.filter((parameter) => parameter.kind === "unsupported");
  if (unusable.some((parameter) => !parameter.hasDefault && !parameter.optional)) return undefined;
  if (parameters.some((parameter, i) => parameter.written && (i > 0 || parameter.keywordOnly)))
    return undefined;
  if (schema.results.some((kind) => kind === "unsupported" || kind === "Tensor?[]")) return undefined;
  const offered = usable.filter(
    (parameter) =>
      parameter.kind !== "layout" && parameter.kind !== "Generator" && parameter.name !== "pin_memory",
  );
  return {
    schema,
    positional: offered.filter((parameter) => !parameter.keywordOnly),
    keywords: offered.filter((parameter) => parameter.keywordOnly),
    inPlace: parameters[0]?.written === true && parameters[0].kind === "Tensor",
  };
}

const isRequired = (parameter: SchemaParameter): boolean => !parameter.hasDefault;

/**
 * Orders overloads: first those with required keywords, then those with fewer parameters, then tensors before numbers.
 */
function byPrecedence(a: Overload, b: Overload): number {
  const required = (overload: Overload) => overload.keywords.filter(isRequired).length;
  const tensors = (overload: Overload) =>
    overload.positional.filter((parameter) => parameter.kind === "Tensor").length;
  return (
    required(b) - required(a) ||
    a.positional.length - b.positional.length ||
    tensors(b) - tensors(a) ||
    (a.schema.overload < b.schema.overload ? -1 : 1)
  );
}

/** Keeps the first of the overloads that accept the same kinds of arguments, such as int and SymInt. */
function dropDuplicates(overloads: readonly Overload[]): Overload[] {
  const seen = new Set<string>();
  return overloads.filter((overload) => {
    const key = JSON.stringify([
      overload.positional.map(({ kind, optional }) => [
        kind === "float" || kind === "int" ? "Scalar" : kind,
        optional,
      ]),
      overload.keywords.map(({ name }) => name),
    ]);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
