import { closeSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { fileError, UserError } from "@supernet/base";

/**
 * Keeps two runs out of one folder. A lock whose process is gone, as after a kill, is taken over.
 * @returns the function that gives the lock back
 */
export function takeLock(path: string): () => void {
  for (let tries = 0; ; tries++) {
    try {
      const file = openSync(path, "wx");
      writeSync(file, String(process.pid));
      closeSync(file);
      return () => rmSync(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST" || tries > 2)
        throw fileError("write", path, error);
    }
    const owner = ownerOf(path);
    if (owner !== undefined && isAlive(owner)) {
      throw new UserError(
        `${path}: process ${owner} is at work in this folder: wait for it, or choose another --work-dir`,
      );
    }
    rmSync(path, { force: true });
  }
}

function ownerOf(path: string): number | undefined {
  try {
    const pid = Number(readFileSync(path, "utf8"));
    return Number.isSafeInteger(pid) && pid > 0 && pid !== process.pid ? pid : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
