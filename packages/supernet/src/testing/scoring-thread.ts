// For tests: a thread that scores one task at a time, and fails if it gets two. A task with one subnet never ends.
import { setTimeout as sleep } from "node:timers/promises";
import { onThread } from "../scoring/pool.js";

let busy = false;

export default async () =>
  onThread(async ({ subnets }, checkStop) => {
    if (busy) throw new Error("two tasks at a time");
    busy = true;
    try {
      for (let batches = subnets.length === 1 ? Number.POSITIVE_INFINITY : 3; batches > 0; batches--) {
        await checkStop();
        await sleep(10);
      }
      return subnets.map((_, index) => ({ score: index }));
    } finally {
      busy = false;
    }
  });
