import { closeSync, fstatSync, openSync, rmSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileError, makeFolder } from "@supernet/base";
import { native } from "./transforms/native.js";

/** Between two looks at a lock that another has, in milliseconds. */
const PAUSE = 100;

/**
 * Does something when its turn comes: one thread or process at a time does what it does under the same lock. The kernel
 * keeps the lock, and lets go of it where the holder is killed.
 * @param onWait called once where another has the lock
 * @param body is told whether it is alone for sure: some file systems know no locks
 */
export async function inTurn<T>(
  path: string,
  onWait: () => void,
  body: (alone: boolean) => Promise<T>,
): Promise<T> {
  const { file, alone } = await take(path, onWait);
  try {
    return await body(alone);
  } finally {
    rmSync(path, { force: true });
    closeSync(file);
  }
}

async function take(path: string, onWait: () => void): Promise<{ file: number; alone: boolean }> {
  for (let waits = false; ; ) {
    const file = open(path);
    const locked = native.lock(file);
    // The holder removes the file: what is locked then may no longer be what the next one locks.
    if (locked !== false && isAt(path, file)) return { file, alone: locked === true };
    closeSync(file);
    if (locked !== false) continue;
    if (!waits) onWait();
    waits = true;
    await sleep(PAUSE);
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

function isAt(path: string, file: number): boolean {
  const [there, own] = [statSync(path, { throwIfNoEntry: false }), fstatSync(file)];
  return there?.ino === own.ino && there.dev === own.dev;
}
