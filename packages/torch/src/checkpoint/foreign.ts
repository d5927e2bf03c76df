import { UserError } from "@supernet/base";
import { type ByteSource, readBytes } from "./source.js";

/** Length of the beginning of a file that identifies its format. */
const HEAD_BYTES = 512;

const AGAIN = "download the weights again";
const UNPACK = "unpack it, and use the file of weights inside";

/** First bytes of formats that are not weights. */
const FORMATS: readonly (readonly [start: string, what: string, remedy: string])[] = [
  ["version https://git-lfs.", "a Git LFS pointer, not the file itself", "get the file with git lfs pull"],
  ["\x1f\x8b", "a gzip file", UNPACK],
  ["BZh", "a bzip2 file", UNPACK],
  ["\xfd7zXZ\0", "an xz file", UNPACK],
  ["\x28\xb5\x2f\xfd", "a Zstandard file", UNPACK],
  ["7z\xbc\xaf\x27\x1c", "a 7z archive", UNPACK],
  ["Rar!\x1a\x07", "a RAR archive", UNPACK],
  ["\x89HDF\r\n\x1a\n", "an HDF5 file, as Keras writes it", "use weights of PyTorch, or in safetensors"],
  ["\x93NUMPY", "a NumPy array", "use weights of PyTorch, or in safetensors"],
  ["GGUF", "a GGUF file", "use weights of PyTorch, or in safetensors"],
];

/**
 * Refuses a file of another format, which a download or a mix-up leaves under a checkpoint's name. Weights pass.
 * @throws UserError that says what the file is
 */
export function refuseForeign(source: ByteSource): void {
  const found = identify(source);
  if (found === undefined) return;
  throw new UserError(`cannot read ${source.name}: it is ${found.what}: ${found.remedy}`);
}

function identify(source: ByteSource): { readonly what: string; readonly remedy: string } | undefined {
  if (source.size === 0) return { what: "empty", remedy: AGAIN };
  const head = readBytes(source, 0, Math.min(source.size, HEAD_BYTES));
  if (isSafetensors(source, head)) return undefined;
  const text = Buffer.from(head).toString("latin1");
  const format = FORMATS.find(([start]) => text.startsWith(start));
  if (format) return { what: format[1], remedy: format[2] };
  if (/^(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|head|\?xml|!--)/i.test(text))
    return { what: "an HTML or XML page, such as of an error or a log-in", remedy: AGAIN };
  if (text.slice(257, 262) === "ustar")
    return { what: "a tar archive", remedy: `${UNPACK}, or save it again with a PyTorch of 0.4 or later` };
  if (isOnnx(head)) return { what: "an ONNX model", remedy: "use the weights that it was exported from" };
  // Only files before PyTorch 1.6 begin with a pickle, that of a magic number.
  if (head[0] === 0x80 && head[1]! <= 5 && head[2] !== 0x8a)
    return { what: "a pickle that torch.save did not write", remedy: "save it with torch.save" };
  return undefined;
}

/** Whether a file begins with an IR version and a producer or an operator set, as ONNX models do. */
function isOnnx([field, version, next]: Uint8Array): boolean {
  return field === 0x08 && version! > 0 && version! < 32 && [0x12, 0x1a, 0x3a, 0x42].includes(next!);
}

/** Whether a file begins with the length of a JSON header, whose bytes may look like another format. */
function isSafetensors({ size }: ByteSource, head: Uint8Array): boolean {
  if (head.byteLength < 9 || head[8] !== 0x7b) return false;
  return new DataView(head.buffer).getBigUint64(0, true) <= BigInt(size - 8);
}
