// A loader's worker thread: imports the module it is told of and answers requests one by one.
import { parentPort, workerData } from "node:worker_threads";
import { floatsIn, type Handler, type HandlerModule, type Room } from "./loader.js";

interface Request {
  readonly id: number;
  readonly request: unknown;
  readonly room: Room;
}

const { url, spec } = workerData as { url: string; spec: unknown };
const port = parentPort!;
const handler: Promise<Handler<unknown, unknown>> = import(url).then(
  (module: HandlerModule<unknown, unknown, unknown>) => module.default(spec),
);
// A failed start is told in answer to the first request.
handler.catch(() => {});

port.on("message", async ({ id, request, room }: Request) => {
  try {
    const result = await (await handler)(request, floatsIn(room));
    port.postMessage({ id, result }, buffersIn(result));
  } catch (error) {
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
    port.postMessage({ id, error: { name, message, stack } });
  }
});

/** The buffers of all typed arrays in a message: handed over, not copied. */
function buffersIn(value: unknown, found = new Set<ArrayBuffer>()): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof ArrayBuffer) found.add(value.buffer);
  } else if (typeof value === "object" && value !== null) {
    for (const item of Object.values(value)) buffersIn(item, found);
  }
  return [...found];
}
