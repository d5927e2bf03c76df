import { closeSync, fstatSync, openSync, rmSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileError, makeFolder } from "@supernet/base";
import { native } from "./native.js";

/** Milliseconds between two attempts to take a lock. */
const RETRY_MS = 100;

/** A locked file. It is removed and unlocked by `Symbol.dispose`. */
export interface FileLock extends Disposable {
  /** File descriptor, open for reading and appending. */
  readonly file: number;
  /** False if the file system does not support locks. */
  readonly exclusive: boolean;
}

/**
 * Locks a file, which is created if it does not exist. The kernel releases the lock if its holder is killed.
 * @returns undefined if another thread or process has the lock
 * @throws UserError if the file cannot be written
 */
export function tryFileLock(path: string): FileLock | undefined {
  for (;;) {
    const file = open(path);
    const locked = native.lock(file);
    // The holder removes the file, so the locked file may no longer be the one that others lock.
    if (locked !== false && isSameFile(path, file)) {
      const unlock = () => {
        rmSync(path, { force: true });
        closeSync(file);
      };
      return { file, exclusive: locked === true, [Symbol.dispose]: unlock };
    }
    closeSync(file);
    if (locked === false) return undefined;
  }
}

/**
 * Runs `body` under a file lock, so only one thread or process at a time runs with the same path.
 * @param onWait called once if another thread or process has the lock
 * @param body receives false if the file system does not support locks
 */
export async function withFileLock<T>(
  path: string,
  onWait: () => void,
  body: (exclusive: boolean) => Promise<T>,
): Promise<T> {
  using lock = await acquire(path, onWait);
  return await body(lock.exclusive);
}

async function acquire(path: string, onWait: () => void): Promise<FileLock> {
  for (let waiting = false; ; waiting = true) {
    const lock = tryFileLock(path);
    if (lock !== undefined) return lock;
    if (!waiting) onWait();
    await sleep(RETRY_MS);
  }
}

function open(path: string): number {
  try {
    makeFolder(dirname(path));
    return openSync(path, "a+");
  } catch (error) {
    throw fileError("write", path, error);
  }
}

function isSameFile(path: string, file: number): boolean {
  const atPath = statSync(path, { throwIfNoEntry: false });
  const opened = fstatSync(file);
  return atPath?.ino === opened.ino && atPath.dev === opened.dev;
}
