import { UserError } from "@supernet/base";
import type { DType } from "../engine/index.js";
import { Inert, type Pickled, PickleFunction, PickleObject } from "./pickle.js";
import { isSize } from "./record.js";

// Globals that make tensors, and the plain records that they create here. Nothing here reads a file.

/** `torch.FloatStorage` and the like. The untyped storage of newer files has no dtype. */
class StorageType extends PickleObject {
  constructor(readonly dtype: DType | undefined) {
    super();
  }
}

/** A tensor that cannot be read, such as a complex or a quantized one. `name` says what it is. */
export class UnsupportedTensor extends Inert {}

/** The elements of one or more tensors: the file `data/KEY` of the archive. */
export class StorageReference extends PickleObject {
  constructor(
    readonly key: string,
    readonly dtype: DType | undefined,
    /** Name of a type that is not supported, such as "torch.ComplexFloatStorage". */
    readonly unsupported?: string,
  ) {
    super();
  }
}

/** A tensor as a view of a storage. Offset and strides count elements. Not yet checked against the storage. */
export class TensorReference extends PickleObject {
  readonly storage: StorageReference;
  readonly dtype: DType;
  readonly offset: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];

  constructor({ storage, dtype, offset, shape, strides }: Omit<TensorReference, keyof PickleObject>) {
    super();
    this.storage = storage;
    this.dtype = dtype;
    this.offset = offset;
    this.shape = shape;
    this.strides = strides;
  }
}

const STORAGE_DTYPES = {
  FloatStorage: "float32",
  DoubleStorage: "float64",
  HalfStorage: "float16",
  BFloat16Storage: "bfloat16",
  LongStorage: "int64",
  IntStorage: "int32",
  ShortStorage: "int16",
  CharStorage: "int8",
  ByteStorage: "uint8",
  BoolStorage: "bool",
} as const satisfies Record<string, DType>;

/** Name of PyTorch's storage type for each element type. */
export const STORAGE_OF_DTYPE = Object.fromEntries(
  Object.entries(STORAGE_DTYPES).map(([name, dtype]) => [dtype, name]),
) as Record<DType, string>;

const DTYPES: ReadonlySet<string> = new Set(Object.values(STORAGE_DTYPES));

/** Maximum number of axes of a tensor in PyTorch. */
const MAX_AXES = 64;

/**
 * Returns the function that looks up the globals of a pickle: those that make tensors and dictionaries. All others are
 * {@link Inert}.
 */
export function torchGlobals(file: string): (module: string, name: string) => Pickled {
  const known = knownGlobals(file);
  const others = new Map<string, Inert>();
  return (module, name) => {
    const full = `${module}.${name}`;
    const value = known.get(full) ?? others.get(full);
    if (value !== undefined) return value;
    const isTensor = module === "torch._utils" && name.startsWith("_rebuild_");
    const inert = isTensor ? new UnsupportedTensor(full) : new Inert(full);
    others.set(full, inert);
    return inert;
  };
}

function knownGlobals(file: string): ReadonlyMap<string, Pickled> {
  const globals = new Map<string, Pickled>();
  const define = (name: string, call: (args: readonly Pickled[]) => Pickled) =>
    globals.set(name, new PickleFunction(name, call));

  define("collections.OrderedDict", (args) => orderedDict(file, args));
  define("collections.defaultdict", () => new Map());
  define("torch._utils._rebuild_tensor", (args) => rebuildTensor(file, args));
  define("torch._utils._rebuild_tensor_v2", (args) => rebuildTensor(file, args));
  define("torch._utils._rebuild_tensor_v3", (args) => rebuildTensor(file, args, args[6]));
  define("torch._utils._rebuild_parameter", ([data]) => rebuildParameter(file, data));
  define("torch._utils._rebuild_parameter_with_state", ([data]) => rebuildParameter(file, data));
  define("torch._tensor._rebuild_from_type_v2", (args) => rebuildFromType(file, args));
  define("torch.Size", ([sizes]) => sizeList(file, sizes));
  define("torch.device", ([type]) => (typeof type === "string" ? type : "cpu"));
  for (const [name, dtype] of Object.entries(STORAGE_DTYPES)) {
    globals.set(`torch.${name}`, new StorageType(dtype));
    globals.set(`torch.cuda.${name}`, new StorageType(dtype));
    globals.set(`torch.${dtype}`, dtype);
  }
  const untyped = new StorageType(undefined);
  for (const name of [
    "torch.storage.UntypedStorage",
    "torch.storage._UntypedStorage",
    "torch.UntypedStorage",
  ]) {
    globals.set(name, untyped);
  }
  return globals;
}

/**
 * Converts PyTorch's persistent ID, `("storage", type, key, location, length)`. The location is ignored. Before 1.6 it
 * could end with a view of another storage, which tensors do not need.
 */
export function persistentStorage(file: string, id: Pickled): StorageReference {
  const [kind, type, key, , , part = null] = Array.isArray(id) ? id : [];
  if (kind === "storage" && type instanceof Inert && typeof key === "string")
    return new StorageReference(key, undefined, type.name);
  if (kind !== "storage" || !(type instanceof StorageType) || typeof key !== "string" || part !== null) {
    throw malformed(file, "a storage");
  }
  return new StorageReference(key, type.dtype);
}

function rebuildTensor(
  file: string,
  args: readonly Pickled[],
  named?: Pickled,
): TensorReference | UnsupportedTensor {
  const [storage, offset, shape, strides] = args;
  if (!(storage instanceof StorageReference) || !isSize(offset)) throw malformed(file, "a tensor");
  if (storage.unsupported !== undefined) return new UnsupportedTensor(storage.unsupported);
  const dtype = storage.dtype ?? named;
  if (dtype instanceof Inert) return new UnsupportedTensor(dtype.name);
  if (!isDType(dtype)) throw malformed(file, "the type of a tensor");
  return new TensorReference({
    storage,
    dtype,
    offset,
    shape: sizeList(file, shape),
    strides: sizeList(file, strides),
  });
}

/** A tensor of a subclass, or with attributes: `(function, type, arguments, state)`. */
function rebuildFromType(file: string, [rebuild, , args]: readonly Pickled[]): Pickled {
  if (rebuild instanceof Inert) return rebuild;
  if (!(rebuild instanceof PickleFunction) || !Array.isArray(args)) throw malformed(file, "a tensor");
  if (rebuild.name === "torch._tensor._rebuild_from_type_v2") throw malformed(file, "a tensor");
  return rebuild.call(args);
}

function rebuildParameter(file: string, data: Pickled | undefined): TensorReference | UnsupportedTensor {
  if (!(data instanceof TensorReference || data instanceof UnsupportedTensor))
    throw malformed(file, "a parameter");
  return data;
}

function orderedDict(file: string, args: readonly Pickled[]): Map<Pickled, Pickled> {
  const [items = []] = args;
  const dictionary = new Map<Pickled, Pickled>();
  if (!Array.isArray(items)) throw malformed(file, "a dictionary");
  for (const item of items) {
    if (!Array.isArray(item) || item.length !== 2) throw malformed(file, "a dictionary");
    dictionary.set(item[0]!, item[1]!);
  }
  return dictionary;
}

function sizeList(file: string, value: Pickled | undefined): number[] {
  if (!Array.isArray(value) || value.length > MAX_AXES || !value.every(isSize))
    throw malformed(file, "a list of sizes");
  return [...value];
}

function isDType(value: unknown): value is DType {
  return typeof value === "string" && DTYPES.has(value);
}

function malformed(file: string, what: string): UserError {
  return new UserError(`cannot read ${file}: ${what} in its pickle is malformed: copy or download it again`);
}
