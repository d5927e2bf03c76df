export { sharedMemory } from "../engine/shared-floats.js";
export {
  type AllocateFloats,
  type Handler,
  type HandlerModule,
  Loader,
  type LoaderOptions,
} from "./loader.js";
export { type BatchOrder, batchIndices, epochOrder } from "./order.js";
