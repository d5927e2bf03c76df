// A file of one rank for the others. It does not go through the store, which is one thread: a reader that stops in the
// middle of so much would stop it for all.
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { createServer } from "node:net";
import { pipeline } from "node:stream/promises";
import { parentPort, workerData } from "node:worker_threads";

/** What a server is told. */
export interface FileServerSpec {
  readonly path: string;
  /** Of this host, at which the others reach it. */
  readonly address: string;
}

/** Where a file is to be had. */
export interface SharedFile {
  readonly address: string;
  readonly port: number;
  readonly sha256: string;
}

const { path, address } = workerData as FileServerSpec;
const hash = createHash("sha256");
await pipeline(createReadStream(path), hash);
const sha256 = hash.digest("hex");

/** Everybody who connects is sent the file. */
const server = createServer((socket) => {
  // A reader that is gone is its own affair.
  pipeline(createReadStream(path), socket).catch(() => {});
});
server.listen(0, address, () => {
  const { port } = server.address() as { port: number };
  parentPort!.postMessage({ address, port, sha256 } satisfies SharedFile);
});
