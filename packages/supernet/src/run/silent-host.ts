import type { LoopHost } from "../training/host.js";

/** What a loop that another process or thread answers for is told to; it is never asked to stop by itself. */
export const silentHost = (step: string, folder: string): LoopHost => ({
  step,
  folder,
  begin() {},
  record() {},
  progress() {},
  say() {},
  stopRequested: async () => false,
  interrupted: () => new Error(`${step} is stopped by whoever runs it`),
});
