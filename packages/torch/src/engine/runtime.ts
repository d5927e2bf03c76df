import { type EngineInfo, native } from "./native.js";

/** libtorch's version and build, the threads in use and the CUDA devices seen. */
export const engineInfo = (): EngineInfo => native.info();

/** Sets how many threads one operator may use. */
export const setNumThreads = (threads: number): void => native.setNumThreads(threads);

export const getNumThreads = (): number => native.getNumThreads();

/** Seeds libtorch's default generators, on every device. */
export const manualSeed = (seed: number): void => native.manualSeed(seed);

/** Bytes of CPU memory that tensors hold, bytes kept for reuse, and the most held at once since the last reset. */
export const memory = (): { inUse: number; cached: number; peak: number } => native.memory();

/** Counts the peak of `memory` from what is in use now. */
export const resetPeakMemory = (): void => native.resetPeakMemory();

/** Gives the memory kept for reuse back to the operating system. */
export const trimMemory = (): void => native.trimMemory();

/** Tensors that this thread's JavaScript holds. */
export const liveTensors = (): number => native.liveTensors();
