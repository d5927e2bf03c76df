// For tests: a thread that scores one task at a time, and fails where it is given two. A task of one subnet never ends.
import { setTimeout as sleep } from "node:timers/promises";
import { onThread } from "./pool.js";

let busy = false;

export default async () =>
  onThread(async ({ subnets }, pause) => {
    if (busy) throw new Error("two tasks at a time");
    busy = true;
    try {
      for (let batches = subnets.length === 1 ? Number.POSITIVE_INFINITY : 3; batches > 0; batches--) {
        await pause();
        await sleep(10);
      }
      return subnets.map((_, place) => ({ score: place }));
    } finally {
      busy = false;
    }
  });
