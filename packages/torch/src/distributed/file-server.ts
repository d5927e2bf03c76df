// Serves a file of one rank to the others. It does not use the store, which has one thread: a reader that stops in the
// middle of a large value would block it for all ranks.
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { createServer } from "node:net";
import { pipeline } from "node:stream/promises";
import { parentPort, workerData } from "node:worker_threads";

/** Input of the server's thread. */
export interface FileServerSpec {
  readonly path: string;
  /** Address that the other ranks use to reach this host. */
  readonly address: string;
}

/** Location and hash of a served file. */
export interface SharedFile {
  readonly address: string;
  readonly port: number;
  readonly sha256: string;
}

const { path, address } = workerData as FileServerSpec;
const hash = createHash("sha256");
await pipeline(createReadStream(path), hash);
const sha256 = hash.digest("hex");

/** Sends the file to every client. */
const server = createServer((socket) => {
  // The server ignores clients that disconnect.
  pipeline(createReadStream(path), socket).catch(() => {});
});
server.listen(0, address, () => {
  const { port } = server.address() as { port: number };
  parentPort!.postMessage({ address, port, sha256 } satisfies SharedFile);
});
