// Worker thread of a loader: imports the handler's module and answers requests sequentially.
import { parentPort, workerData } from "node:worker_threads";
import { allocatorFor, type Handler, type HandlerModule, type SharedBuffer } from "./loader.js";

interface Request {
  readonly id: number;
  readonly request: unknown;
  readonly buffer: SharedBuffer;
}

const { url, spec } = workerData as { url: string; spec: unknown };
const port = parentPort!;
const handler: Promise<Handler<unknown, unknown>> = import(url).then(
  (module: HandlerModule<unknown, unknown, unknown>) => module.default(spec),
);
// A failed start is reported in the answer to the first request.
handler.catch(() => {});

port.on("message", async ({ id, request, buffer }: Request) => {
  try {
    const result = await (await handler)(request, allocatorFor(buffer));
    port.postMessage({ id, result }, buffersIn(result));
  } catch (error) {
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
    port.postMessage({ id, error: { name, message, stack } });
  }
});

/** Returns the buffers of all typed arrays in a message, which are transferred instead of copied. */
function buffersIn(value: unknown, found = new Set<ArrayBuffer>()): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof ArrayBuffer) found.add(value.buffer);
  } else if (typeof value === "object" && value !== null) {
    for (const item of Object.values(value)) buffersIn(item, found);
  }
  return [...found];
}
