import {
  requireInstance,
  requireObject,
  requireOptions,
  requireString,
  writeFileAtomic,
} from "@supernet/base";
import { fromTypedArray, Tensor } from "../engine/index.js";
import { refuseForeign } from "./foreign.js";
import { isPyTorchFile, PthFile } from "./pth.js";
import { pthChunks } from "./pth-writer.js";
import type { LazyRecord, TensorRecord } from "./record.js";
import { readSafetensorsEntry, readSafetensorsHeader, safetensorsChunks } from "./safetensors.js";
import { type ByteSource, withFileSource } from "./source.js";

/** Contents of a tensor file. */
export interface TensorFile {
  /** Tensors by name, in the order of the file. */
  readonly tensors: Map<string, Tensor>;
  /** Strings in the file: the metadata of a safetensors file, or those beside the state dict of a `.pth` file. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Key of the state dict that was read from a `.pth` file, such as "model". Undefined if it is the file itself. */
  readonly key: string | undefined;
  /** Keys of the other state dicts in a `.pth` file, such as "model_ema". */
  readonly otherKeys: readonly string[];
}

/**
 * Writes tensors as a [safetensors](https://github.com/huggingface/safetensors) file. The file is replaced atomically,
 * and only one tensor at a time is copied into memory. Names keep their order.
 *
 * @example
 * saveTensors("model.safetensors", model.stateDict(), { epoch: "3" });
 *
 * @throws UserError that names the file if it cannot be written
 */
export function saveTensors(
  path: string,
  tensors: ReadonlyMap<string, Tensor>,
  metadata: Readonly<Record<string, string>> = {},
): void {
  requireString("saveTensors: path", path);
  requireTensors("saveTensors: tensors", tensors);
  requireStrings("saveTensors: metadata", metadata);
  writeFileAtomic(path, safetensorsChunks(lazyRecords(tensors), metadata));
}

/**
 * Writes tensors as a PyTorch `.pth` file, which `torch.load` returns as a state dict. The file is replaced atomically,
 * and only one tensor at a time is copied into memory. Names keep their order. Views become contiguous, and tensors
 * that shared memory no longer do. With metadata, `torch.load` returns a dictionary with these strings, and with the
 * state dict as the value of `state_dict`.
 *
 * @example
 * savePth("model.pth", model.stateDict());
 *
 * @throws UserError that names the file if it cannot be written
 */
export function savePth(
  path: string,
  tensors: ReadonlyMap<string, Tensor>,
  metadata: Readonly<Record<string, string>> = {},
): void {
  requireString("savePth: path", path);
  requireTensors("savePth: tensors", tensors);
  requireStrings("savePth: metadata", metadata);
  if ("state_dict" in metadata) throw new TypeError("savePth: metadata cannot have the key state_dict");
  writeFileAtomic(path, pthChunks(lazyRecords(tensors), metadata));
}

function requireStrings(name: string, metadata: Readonly<Record<string, string>>): void {
  requireObject(name, metadata);
  for (const [key, value] of Object.entries(metadata)) requireString(`${name}.${key}`, value);
}

function requireTensors(name: string, tensors: ReadonlyMap<string, Tensor>): void {
  requireInstance(name, tensors, Map);
  for (const [key, tensor] of tensors) requireInstance(`${name}: ${key}`, tensor, Tensor);
}

function lazyRecords(tensors: ReadonlyMap<string, Tensor>): Map<string, LazyRecord> {
  return new Map(
    Array.from(tensors, ([name, tensor]) => [
      name,
      { dtype: tensor.dtype, shape: tensor.shape, read: () => tensor.toTypedArray() },
    ]),
  );
}

/**
 * Loads a safetensors or PyTorch `.pth` file onto the CPU. The format is detected from the first bytes; `.pth` files
 * from before PyTorch 1.6 are supported too. Nothing in the file is executed: values other than tensors are skipped.
 *
 * @example
 * const { tensors } = loadTensors("resnet50.pth");
 * model.loadStateDict(tensors);
 *
 * @param options.key key of the state dict in a `.pth` file, such as `model_ema` or `ema.model`. Default: the only one,
 *   or the one with a usual key, such as `state_dict` or `model`, or the file itself
 * @throws UserError that names the file and the problem: what it is if it has no weights, and the keys if there are
 *   several state dicts
 */
export function loadTensors(path: string, options: { key?: string } = {}): TensorFile {
  requireString("loadTensors: path", path);
  requireOptions<{ key: string }>("loadTensors", options, ["key"]);
  if (options.key !== undefined) requireString("loadTensors: key", options.key);
  return withFileSource(path, (source) => {
    refuseForeign(source);
    return isPyTorchFile(source) ? loadPth(source, options.key) : loadSafetensors(source);
  });
}

function loadSafetensors(source: ByteSource): TensorFile {
  const { entries, metadata } = readSafetensorsHeader(source);
  const tensors = new Map<string, Tensor>();
  for (const [name, entry] of entries) tensors.set(name, toTensor(readSafetensorsEntry(source, name, entry)));
  return { tensors, metadata, key: undefined, otherKeys: [] };
}

function loadPth(source: ByteSource, key: string | undefined): TensorFile {
  const file = new PthFile(source);
  const tensors = new Map<string, Tensor>();
  const { tensors: references, ...keys } = file.stateDict(key);
  for (const [name, reference] of references) tensors.set(name, toTensor(file.read(name, reference)));
  const texts = file.root instanceof Map ? [...file.root].filter(isText) : [];
  return { tensors, metadata: Object.fromEntries(texts), ...keys };
}

function toTensor({ data, shape, dtype }: TensorRecord): Tensor {
  return fromTypedArray(data, shape, { dtype });
}

const isText = (entry: readonly [unknown, unknown]): entry is readonly [string, string] =>
  entry.every((value) => typeof value === "string");
