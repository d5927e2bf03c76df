import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { UserError } from "@supernet/base";
import { loadTensors, saveTensors, type Tensor, type TensorFile, tidy } from "@supernet/torch";

type Metadata = Readonly<Record<string, string>>;

/** Writes tensors as safetensors with a digest of all that the file holds, by which `loadIntact` tells damage. */
export function saveWithDigest(
  path: string,
  tensors: ReadonlyMap<string, Tensor>,
  metadata: Metadata = {},
): void {
  saveTensors(path, tensors, { ...metadata, sha256: digestOf(tensors, metadata) });
}

/**
 * What a file of `saveWithDigest` holds; undefined where it is missing or damaged, as after a power cut.
 * @throws UserError where the system refuses to read it, which says nothing of the content
 */
export function loadIntact(path: string): TensorFile | undefined {
  if (!existsSync(path)) return undefined;
  try {
    const { tensors, metadata } = loadTensors(path);
    const { sha256, ...rest } = metadata;
    if (sha256 === digestOf(tensors, rest)) return { tensors, metadata: rest };
    for (const tensor of tensors.values()) tensor.dispose();
    return undefined;
  } catch (error) {
    if (error instanceof UserError && error.cause === undefined) return undefined;
    throw error;
  }
}

/** Whether a file of `saveWithDigest` is there, and whole. */
export const isIntact = (path: string): boolean => tidy(() => loadIntact(path) !== undefined);

function digestOf(tensors: ReadonlyMap<string, Tensor>, metadata: Metadata): string {
  const hash = createHash("sha256").update(JSON.stringify(metadata));
  for (const [name, tensor] of tensors) {
    const { dtype, shape } = tensor;
    hash.update(JSON.stringify([name, dtype, shape])).update(tensor.toTypedArray());
  }
  return hash.digest("hex");
}
