import { randomBytes } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { UserError } from "./errors.js";

const REMEDIES: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full: free some space and run again with --resume",
  EDQUOT: "the disk quota is used up: free some space and run again with --resume",
  EACCES: "permission denied: choose another folder or change its permissions",
  EPERM: "permission denied: choose another folder or change its permissions",
  EROFS: "the file system is read-only: choose another folder",
  ENOENT: "it does not exist: check the path",
  ENOTDIR: "a part of the path is a file, not a folder: check the path",
  EEXIST: "a part of the path is a file, not a folder: check the path",
  EISDIR: "it is a folder, not a file: check the path",
  EMFILE: "too many files are open: raise the limit with ulimit -n",
  EIO: "the disk reported an error: check the hardware, then run again with --resume",
};

/** Turns an operating system's error into a UserError that names the file and the remedy. Returns others as they are. */
export function fileError(action: string, path: string, error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  const remedy = code === undefined ? undefined : REMEDIES[code];
  return remedy === undefined
    ? error
    : new UserError(`cannot ${action} ${path}: ${remedy}`, { cause: error });
}

/**
 * Writes a file so that a reader sees the old content or the new, never a part: temporary file beside it,
 * fsync, rename, fsync of the folder. Missing folders are made. Chunks are written in order.
 * @throws UserError that names the file if the disk is full or the place cannot be written
 */
export function writeFileAtomic(path: string, content: string | Uint8Array | Iterable<Uint8Array>): void {
  const chunks =
    typeof content === "string"
      ? [Buffer.from(content)]
      : content instanceof Uint8Array
        ? [content]
        : content;
  using file = new AtomicFile(path);
  for (const chunk of chunks) file.write(chunk);
  file.commit();
}

/** The same for content that comes bit by bit; what is disposed of without `commit` leaves the old content. */
export class AtomicFile implements Disposable {
  readonly #path: string;
  readonly #temporary: string;
  #file: number | undefined;

  constructor(path: string) {
    this.#path = path;
    // By chance: threads share a process's number, and containers may have the same one.
    this.#temporary = join(dirname(path), `${temporaryPrefix(path)}${randomBytes(8).toString("hex")}.tmp`);
    this.#guarded(() => {
      makeFolder(dirname(path));
      this.#file = openSync(this.#temporary, "wx");
    });
  }

  write(chunk: Uint8Array): void {
    this.#guarded(() => {
      for (let done = 0; done < chunk.byteLength; ) done += writeSync(this.#file!, chunk, done);
    });
  }

  /** Puts the content in the place of the old one. */
  commit(): void {
    this.#guarded(() => {
      fsyncSync(this.#file!);
      closeSync(this.#file!);
      this.#file = undefined;
      renameSync(this.#temporary, this.#path);
      syncFolder(dirname(this.#path));
    });
  }

  [Symbol.dispose](): void {
    if (this.#file !== undefined) this.#remove();
  }

  #guarded(body: () => void): void {
    try {
      body();
    } catch (error) {
      this.#remove();
      throw fileError("write", this.#path, error);
    }
  }

  #remove(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
    removeQuietly(this.#temporary);
  }
}

const temporaryPrefix = (path: string): string => `.${basename(path)}.`;

/** Removes what was left where a writing of a file was killed; for who knows that nobody is writing it. */
export function removeTemporaries(path: string): void {
  const prefix = temporaryPrefix(path);
  for (const name of readdirSync(dirname(path)))
    if (name.startsWith(prefix) && name.endsWith(".tmp")) removeQuietly(join(dirname(path), name));
}

/** The same for all files in a folder, and in those below it. */
export function removeTemporariesIn(folder: string): void {
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" }))
    if (TEMPORARY.test(basename(name))) removeQuietly(join(folder, name));
}

/** Of every file. */
const TEMPORARY = /^\..+\.[0-9a-f]{16}\.tmp$/;

/**
 * Makes a folder and those above it that are missing. Node's own `recursive` never returns where a file system
 * takes no folders and says that the new one's parent does not exist, as /proc does.
 */
export function makeFolder(path: string): void {
  try {
    mkdirUnlessThere(path);
  } catch (error) {
    const parent = dirname(path);
    if ((error as NodeJS.ErrnoException).code !== "ENOENT" || parent === path) throw error;
    makeFolder(parent);
    mkdirUnlessThere(path);
  }
}

function mkdirUnlessThere(path: string): void {
  try {
    mkdirSync(path);
  } catch (error) {
    if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw error;
  }
}

/** Cleaning up must not hide the error that made it necessary. */
function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Where the folder is no folder there is no temporary file either.
  }
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/**
 * Reads a file of JSON, as `writeJson` writes it.
 * @throws UserError naming the file if it cannot be read
 */
export function readJson<T>(path: string): T {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as T;
  } catch (error) {
    throw fileError("read", path, error);
  }
}

/** Reads a file of JSON; undefined if it does not exist. */
export const readJsonIfExists = <T>(path: string): T | undefined =>
  existsSync(path) ? readJson<T>(path) : undefined;

/** Writes a value as indented JSON, atomically. */
export function writeJson(path: string, value: unknown): void {
  writeFileAtomic(path, `${JSON.stringify(value, undefined, 2)}\n`);
}
