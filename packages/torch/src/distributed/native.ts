import { UserError } from "@supernet/base";
import { type NativeDistributed, native } from "../engine/native.js";

/**
 * Returns the native functions for communication.
 * @throws UserError if the engine was built without c10d
 */
export function requireDistributed(): NativeDistributed {
  if (native.distributedBackends !== "") return native;
  throw new UserError(
    "this engine was built without c10d, libtorch's communication between processes: install libgloo-dev (and a " +
      "libtorch that has c10d), then run npm rebuild",
  );
}

/**
 * Returns c10d's backend for a device: "gloo" for the CPU, "nccl" for CUDA.
 * @throws UserError if the engine was built without it
 */
export function backendFor(device: string): string {
  const { distributedBackends } = requireDistributed();
  const backend = device.startsWith("cuda") ? "nccl" : "gloo";
  if (distributedBackends.split(",").includes(backend)) return backend;
  throw new UserError(
    `device ${device}: this engine was built without NCCL, so ranks cannot train on GPUs: install NCCL's ` +
      "header and rebuild against a libtorch with CUDA, or use device cpu",
  );
}
