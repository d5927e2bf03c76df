import { createHash } from "node:crypto";
import { createWriteStream, rmSync } from "node:fs";
import { connect } from "node:net";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Worker } from "node:worker_threads";
import { fileError, requireInteger, requireObject, requireString } from "@supernet/base";
import type { FileServerSpec, SharedFile } from "./file-server.js";

export type { SharedFile } from "./file-server.js";

/** Time after which a connection that receives no data is closed. */
const SILENCE_TIMEOUT_MS = 30_000;

/** Serves a file to the other ranks, in a separate thread, until it is disposed of. */
export class FileServer implements AsyncDisposable {
  /** Location of the file, for `fetchFile` on other ranks. */
  readonly file: SharedFile;
  readonly #worker: Worker;

  private constructor(worker: Worker, file: SharedFile) {
    this.#worker = worker;
    this.file = file;
  }

  /**
   * Starts to serve a file.
   * @param address address that the other ranks use to reach this host
   * @throws UserError if the file cannot be read
   */
  static async open(path: string, address: string): Promise<FileServer> {
    requireString("FileServer.open: path", path);
    requireString("FileServer.open: address", address);
    const spec: FileServerSpec = { path, address };
    const worker = new Worker(new URL("./file-server.js", import.meta.url), { workerData: spec });
    worker.unref();
    const file = await new Promise<SharedFile>((resolve, reject) => {
      worker.once("message", resolve);
      worker.once("error", (error) => reject(fileError("read", path, error)));
    });
    return new FileServer(worker, file);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#worker.terminate();
  }
}

/**
 * Downloads a file that another rank serves.
 * @returns false if the server is gone or the file does not arrive intact. The destination is then removed
 * @throws UserError if the destination cannot be written
 */
export async function fetchFile(file: SharedFile, path: string): Promise<boolean> {
  requireObject("fetchFile: file", file);
  requireString("fetchFile: path", path);
  const { address, port, sha256 } = file;
  requireString("fetchFile: file.address", address);
  requireInteger("fetchFile: file.port", port, { min: 0, max: 65535 });
  requireString("fetchFile: file.sha256", sha256);
  const hash = createHash("sha256");
  const hashed = new Transform({
    transform(bytes, _, done) {
      hash.update(bytes);
      done(null, bytes);
    },
  });
  const socket = connect(port, address).setTimeout(SILENCE_TIMEOUT_MS);
  socket.once("timeout", () => socket.destroy(new Error("received no data in time")));
  const target = createWriteStream(path);
  let problem: unknown;
  target.once("error", (error) => {
    problem = error;
  });
  try {
    await pipeline(socket, hashed, target);
    if (hash.digest("hex") === sha256) return true;
  } catch {
    if (problem !== undefined) throw fileError("write", path, problem);
  }
  rmSync(path, { force: true });
  return false;
}
