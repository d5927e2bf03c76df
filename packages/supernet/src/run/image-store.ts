import type { DecodedCacheOptions } from "@supernet/vision";

/** The recipe's `cache`. What is said goes to standard error, above whatever stands there. */
export function imageStore(folder: string | null): DecodedCacheOptions | undefined {
  if (folder === null) return undefined;
  const { stderr } = process;
  return { folder, log: (line) => stderr.write(`${stderr.isTTY ? "\r\x1b[2K" : ""}${line}\n`) };
}
