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
  ENAMETOOLONG: "a name in the path is too long: choose a shorter one",
  ELOOP: "its symbolic links form a loop: check the path",
  EFBIG:
    "the file would be larger than the system allows: raise the limit with ulimit -f, then run again with --resume",
  ESTALE: "the network file system has lost it: mount it again, then run again with --resume",
  ENFILE: "too many files are open on this machine: close other programs",
  EMFILE: "too many files are open: raise the limit with ulimit -n",
  EIO: "the disk reported an error: check the hardware, then run again with --resume",
};

/** Converts an operating system error to a UserError that names the file and the remedy. Returns others unchanged. */
export function fileError(action: string, path: string, error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  const remedy = code === undefined ? undefined : REMEDIES[code];
  return remedy === undefined
    ? error
    : new UserError(`cannot ${action} ${path}: ${remedy}`, { cause: error });
}

/**
 * Writes a file atomically: a reader sees either the old content or the new. Missing folders are created. Chunks are
 * written in order to a temporary file in the same folder, which is flushed to disk and then renamed.
 *
 * @example
 * writeFileAtomic("run/notes.txt", "first line\n");
 *
 * @throws UserError that names the file if the disk is full or the path cannot be written
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

/** Writes a file atomically, chunk by chunk. If it is disposed of without `commit`, the old content remains. */
export class AtomicFile implements Disposable {
  readonly #path: string;
  readonly #temporary: string;
  #file: number | undefined;

  constructor(path: string) {
    this.#path = path;
    // Random, because threads share a process ID, and processes in different containers may have the same one.
    this.#temporary = join(dirname(path), `${temporaryPrefix(path)}${randomBytes(8).toString("hex")}.tmp`);
    this.#guarded(() => {
      makeFolder(dirname(path));
      this.#file = openSync(this.#temporary, "wx");
    });
  }

  /** Appends a chunk to the temporary file. */
  write(chunk: Uint8Array): void {
    this.#guarded(() => {
      for (let done = 0; done < chunk.byteLength; ) done += writeSync(this.#file!, chunk, done);
    });
  }

  /** Replaces the old content with the new. */
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

/** Removes temporary files that killed writers of `path` left behind. Call it only if nobody is writing the file. */
export function removeTemporaries(path: string): void {
  const prefix = temporaryPrefix(path);
  for (const name of readdirSync(dirname(path)))
    if (name.startsWith(prefix) && name.endsWith(".tmp")) removeQuietly(join(dirname(path), name));
}

/** Removes such temporary files of all files in a folder and its subfolders. */
export function removeTemporariesIn(folder: string): void {
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" }))
    if (TEMPORARY.test(basename(name))) removeQuietly(join(folder, name));
}

/** Name of any file's temporary file. */
const TEMPORARY = /^\..+\.[0-9a-f]{16}\.tmp$/;

/**
 * Creates a folder and its missing parents. Node's `recursive` option never returns on file systems, such as /proc,
 * that do not support creating folders and report a missing parent instead.
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

/** Removes a file. Ignores errors, so that they do not hide the error that caused the cleanup. */
function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // If the parent is not a folder, there is no temporary file either.
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
 * Reads a JSON file, such as one that `writeJson` wrote.
 * @throws UserError naming the file if it cannot be read
 */
export function readJson<T>(path: string): T {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as T;
  } catch (error) {
    throw fileError("read", path, error);
  }
}

/** Reads a JSON file. Returns undefined if it does not exist. */
export const readJsonIfExists = <T>(path: string): T | undefined =>
  existsSync(path) ? readJson<T>(path) : undefined;

/** Writes a value as indented JSON, atomically. */
export function writeJson(path: string, value: unknown): void {
  writeFileAtomic(path, `${JSON.stringify(value, undefined, 2)}\n`);
}
