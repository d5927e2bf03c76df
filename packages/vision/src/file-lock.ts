import { closeSync, fstatSync, openSync, rmSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileError, makeFolder } from "@supernet/base";
import { native } from "./native.js";

/** Milliseconds between two attempts to take a lock. */
const RETRY_MS = 100;

/**
 * Runs `body` under a file lock, so only one thread or process at a time runs with the same path. The kernel releases
 * the lock if its holder is killed.
 * @param onWait called once if another thread or process has the lock
 * @param body receives false if the file system does not support locks
 */
export async function withFileLock<T>(
  path: string,
  onWait: () => void,
  body: (exclusive: boolean) => Promise<T>,
): Promise<T> {
  const { file, exclusive } = await acquire(path, onWait);
  try {
    return await body(exclusive);
  } finally {
    rmSync(path, { force: true });
    closeSync(file);
  }
}

async function acquire(path: string, onWait: () => void): Promise<{ file: number; exclusive: boolean }> {
  for (let waiting = false; ; ) {
    const file = open(path);
    const locked = native.lock(file);
    // The holder removes the file, so the locked file may no longer be the one that others lock.
    if (locked !== false && isSameFile(path, file)) return { file, exclusive: locked === true };
    closeSync(file);
    if (locked !== false) continue;
    if (!waiting) onWait();
    waiting = true;
    await sleep(RETRY_MS);
  }
}

function open(path: string): number {
  try {
    makeFolder(dirname(path));
    return openSync(path, "a");
  } catch (error) {
    throw fileError("write", path, error);
  }
}

function isSameFile(path: string, file: number): boolean {
  const atPath = statSync(path, { throwIfNoEntry: false });
  const opened = fstatSync(file);
  return atPath?.ino === opened.ino && atPath.dev === opened.dev;
}
