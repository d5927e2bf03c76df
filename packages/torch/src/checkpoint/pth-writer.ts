import { elementCount, type LazyRecord, readElements } from "./record.js";
import { STORAGE_OF_DTYPE } from "./torch-pickle.js";
import { type ZipFile, zipChunks } from "./zip-writer.js";

/**
 * Returns the chunks of a state dict in PyTorch's format since 1.6: an OrderedDict of CPU tensors in the order given,
 * each with its own storage. With metadata, it is the value `state_dict` of a dictionary with these strings.
 * `torch.load` reads both, also with `weights_only=True`.
 */
export function pthChunks(
  tensors: ReadonlyMap<string, LazyRecord>,
  metadata: Readonly<Record<string, string>>,
): Generator<Uint8Array> {
  const file = (name: string, read: () => Uint8Array): ZipFile => ({ name: `archive/${name}`, read });
  const storages = Array.from(tensors, ([name, record], key) =>
    file(`data/${key}`, () => readElements(name, record)),
  );
  return zipChunks([
    file("data.pkl", () => Buffer.concat([protocol, rootPickle(tensors, metadata), stop])),
    file("byteorder", () => ascii("little")),
    ...storages,
    file("version", () => ascii("3\n")),
  ]);
}

// Python's pickle, protocol 2. Each value is the opcodes that push it on the unpickler's stack.

const ascii = (text: string): Buffer => Buffer.from(text, "latin1");

const [protocol, mark, tupleEnd, reduce, setItems, no, stop] = [
  ascii("\x80\x02"),
  ascii("("),
  ascii("t"),
  ascii("R"),
  ascii("u"),
  ascii("\x89"),
  ascii("."),
];

const global = (module: string, name: string): Buffer => ascii(`c${module}\n${name}\n`);
const tuple = (...items: readonly Buffer[]): Buffer => Buffer.concat([mark, ...items, tupleEnd]);
const call = (callee: Buffer, ...args: readonly Buffer[]): Buffer =>
  Buffer.concat([callee, tuple(...args), reduce]);

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  const head = ascii("X\0\0\0\0");
  head.writeUInt32LE(bytes.byteLength, 1);
  return Buffer.concat([head, bytes]);
}

/** Pickles a non-negative integer. */
function size(value: number): Buffer {
  const bytes = ascii("\x8a\x08\0\0\0\0\0\0\0\0");
  bytes.writeBigInt64LE(BigInt(value), 2);
  return bytes;
}

const emptyDict = call(global("collections", "OrderedDict"));
const rebuild = global("torch._utils", "_rebuild_tensor_v2");

function rootPickle(
  tensors: ReadonlyMap<string, LazyRecord>,
  metadata: Readonly<Record<string, string>>,
): Buffer {
  const records = Array.from(tensors, ([name, record], key) => [name, tensor(record, String(key))] as const);
  const texts = Object.entries(metadata).map(([key, value]) => [key, text(value)] as const);
  return texts.length === 0 ? dict(records) : dict([["state_dict", dict(records)], ...texts]);
}

function dict(items: readonly (readonly [key: string, value: Buffer])[]): Buffer {
  return Buffer.concat([emptyDict, mark, ...items.flatMap(([key, value]) => [text(key), value]), setItems]);
}

function tensor({ dtype, shape }: LazyRecord, key: string): Buffer {
  const type = global("torch", STORAGE_OF_DTYPE[dtype]);
  const id = tuple(text("storage"), type, text(key), text("cpu"), size(elementCount(shape)!));
  const storage = Buffer.concat([id, ascii("Q")]);
  const sizes = tuple(...shape.map(size));
  const strides = tuple(...contiguousStrides(shape).map(size));
  return call(rebuild, storage, size(0), sizes, strides, no, emptyDict);
}

/** Returns the strides as PyTorch computes them: an axis of length 0 counts as one of length 1. */
function contiguousStrides(shape: readonly number[]): number[] {
  let stride = 1;
  return shape
    .toReversed()
    .map((length) => {
      const current = stride;
      stride *= Math.max(1, length);
      return current;
    })
    .toReversed();
}
