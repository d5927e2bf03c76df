export { sharedMemory } from "../util/shared.js";
export { type Floats, type Handler, type HandlerModule, Loader, type LoaderOptions } from "./loader.js";
export { type BatchOrder, batchIndices, epochOrder } from "./order.js";
