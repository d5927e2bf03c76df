import {
  requireInstance,
  requireObject,
  requireOptions,
  requireString,
  writeFileAtomic,
} from "@supernet/base";
import { fromTypedArray, Tensor } from "../engine/index.js";
import { isPyTorchFile, PthFile } from "./pth.js";
import { pthChunks } from "./pth-writer.js";
import type { LazyRecord, TensorRecord } from "./record.js";
import { readSafetensorsEntry, readSafetensorsHeader, safetensorsChunks } from "./safetensors.js";
import { type ByteSource, withFileSource } from "./source.js";

/** Named tensors, and the strings beside them that only a safetensors file carries. */
export interface TensorFile {
  readonly tensors: Map<string, Tensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Writes tensors as safetensors: atomically, one tensor in memory at a time. Names keep their order.
 * @throws UserError that names the file if it cannot be written
 */
export function saveTensors(
  path: string,
  tensors: ReadonlyMap<string, Tensor>,
  metadata: Readonly<Record<string, string>> = {},
): void {
  requireString("saveTensors: path", path);
  requireTensors("saveTensors: tensors", tensors);
  requireObject("saveTensors: metadata", metadata);
  for (const [key, value] of Object.entries(metadata)) requireString(`saveTensors: metadata.${key}`, value);
  writeFileAtomic(path, safetensorsChunks(lazyRecords(tensors), metadata));
}

/**
 * Writes tensors as PyTorch's `.pth`, which `torch.load` gives back as a state dict: atomically, one tensor in
 * memory at a time. Names keep their order; views become contiguous, and tensors that share memory no longer do.
 * @throws UserError that names the file if it cannot be written
 */
export function savePth(path: string, tensors: ReadonlyMap<string, Tensor>): void {
  requireString("savePth: path", path);
  requireTensors("savePth: tensors", tensors);
  writeFileAtomic(path, pthChunks(lazyRecords(tensors)));
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
 * Reads a safetensors file or a PyTorch `.pth` file, a zip or as it was before 1.6, onto the CPU; the first bytes tell
 * them apart. Nothing in the file is executed. Of a `.pth` file the state dict is read: `options.key` names it where
 * it is neither the root nor under `state_dict` or `model`.
 * @throws UserError that names the file and what is wrong in it
 */
export function loadTensors(path: string, options: { key?: string } = {}): TensorFile {
  requireString("loadTensors: path", path);
  requireOptions<{ key: string }>("loadTensors", options, ["key"]);
  if (options.key !== undefined) requireString("loadTensors: key", options.key);
  return withFileSource(path, (source) =>
    isPyTorchFile(source) ? loadPth(source, options.key) : loadSafetensors(source),
  );
}

function loadSafetensors(source: ByteSource): TensorFile {
  const { entries, metadata } = readSafetensorsHeader(source);
  const tensors = new Map<string, Tensor>();
  for (const [name, entry] of entries) tensors.set(name, toTensor(readSafetensorsEntry(source, name, entry)));
  return { tensors, metadata };
}

function loadPth(source: ByteSource, key: string | undefined): TensorFile {
  const file = new PthFile(source);
  const tensors = new Map<string, Tensor>();
  for (const [name, reference] of file.stateDict(key))
    tensors.set(name, toTensor(file.read(name, reference)));
  return { tensors, metadata: {} };
}

function toTensor({ data, shape, dtype }: TensorRecord): Tensor {
  return fromTypedArray(data, shape, { dtype });
}
