import { type EngineInfo, native } from "./native.js";

/** Returns libtorch's version and build, the number of threads and the number of CUDA devices. */
export const engineInfo = (): EngineInfo => native.info();

/** Sets the number of threads that one operator may use. */
export const setNumThreads = (threads: number): void => native.setNumThreads(threads);

/** Returns the number of threads that one operator may use. */
export const getNumThreads = (): number => native.getNumThreads();

/** Seeds libtorch's default generators, on every device. */
export const manualSeed = (seed: number): void => native.manualSeed(seed);

/** Returns the bytes of CPU memory in tensors, the bytes cached for reuse, and the peak in use since the last reset. */
export const memory = (): { inUse: number; cached: number; peak: number } => native.memory();

/** Resets the peak of `memory` to the memory in use now. */
export const resetPeakMemory = (): void => native.resetPeakMemory();

/** Returns cached memory to the operating system. */
export const trimMemory = (): void => native.trimMemory();

/** Returns the number of tensors that this thread's JavaScript holds. */
export const liveTensors = (): number => native.liveTensors();
