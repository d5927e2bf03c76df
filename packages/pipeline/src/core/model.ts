import { UserError, withErrorPrefix } from "@supernet/base/checks";
import { z } from "zod";
import { decodeModelHeader, type ModelHeader } from "./header.js";

/** Values of a model's input or output. */
export interface ModelTensor {
  readonly data: Float32Array | BigInt64Array;
  readonly shape: readonly number[];
}

/** A model in an ONNX file, open in ONNX Runtime. */
export interface ExportedModel extends ModelHeader {
  readonly path: string;
  run(inputs: Readonly<Record<string, ModelTensor>>): Promise<Readonly<Record<string, ModelTensor>>>;
}

/** An open model whose memory can be freed. */
export interface OpenModel extends ExportedModel {
  release(): Promise<void>;
}

/** What this package uses of `onnxruntime-node` and `onnxruntime-web`, whose types are the same. */
export interface OnnxRuntime {
  readonly InferenceSession: {
    create(model: Uint8Array, options?: object): Promise<RuntimeSession>;
  };
  readonly Tensor: new (
    type: "float32" | "int64",
    data: Float32Array | BigInt64Array,
    shape: readonly number[],
  ) => object;
}

interface RuntimeSession {
  run(
    feeds: Readonly<Record<string, object>>,
  ): Promise<Readonly<Record<string, { readonly data: unknown; readonly dims: readonly number[] }>>>;
  release(): Promise<void>;
}

/** Errors are thrown, so ONNX Runtime does not print them too. */
const SILENT = { logSeverityLevel: 4 };

/**
 * Opens a model in ONNX Runtime.
 * @param name path or address of the model, for messages
 * @param check called with the header, before the model is loaded
 * @param options ONNX Runtime's session options
 * @throws UserError if the model is damaged, or ONNX Runtime refuses it
 */
export async function openModel<T>(
  ort: OnnxRuntime,
  { name, bytes }: { readonly name: string; readonly bytes: Uint8Array },
  check: (header: ModelHeader) => T,
  options: object = {},
): Promise<{ readonly model: OpenModel; readonly checked: T }> {
  const header = withErrorPrefix(name, () => decodeModelHeader(bytes));
  const checked = check(header);
  const session = await inRuntime(name, () => ort.InferenceSession.create(bytes, { ...SILENT, ...options }));
  const model: OpenModel = {
    path: name,
    ...header,
    async run(inputs) {
      const feeds = Object.entries(inputs).map(([input, { data, shape }]) => [
        input,
        new ort.Tensor(data instanceof Float32Array ? "float32" : "int64", data, shape),
      ]);
      const outputs = await inRuntime(name, () => session.run(Object.fromEntries(feeds)));
      return Object.fromEntries(
        Object.entries(outputs).map(([output, { data, dims }]) => [
          output,
          { data: data as ModelTensor["data"], shape: dims },
        ]),
      );
    },
    release: () => session.release(),
  };
  return { model, checked };
}

/** Converts errors of ONNX Runtime, which are of the model: this package passes what the model's header asks for. */
async function inRuntime<T>(name: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const [line] = String((error as Error).message ?? error).split("\n");
    throw new UserError(`${name} does not run in ONNX Runtime (${line}): export it again`, { cause: error });
  }
}

/**
 * Parses metadata of a model whose values are JSON.
 * @throws UserError that lists the missing or wrong ones
 */
export function parseMetadata<Shape extends z.ZodRawShape>(
  { path, metadata }: Pick<ExportedModel, "path" | "metadata">,
  shape: Shape,
): z.output<z.ZodObject<Shape>> {
  const keys = Object.keys(shape);
  const missing = keys.filter((key) => !Object.hasOwn(metadata, key));
  if (missing.length > 0) {
    throw new UserError(
      `${path} has no metadata ${missing.join(", ")}: export it from a run, with supernet export --work-dir DIR`,
    );
  }
  const values = Object.fromEntries(keys.map((key) => [key, parseJson(metadata[key]!)]));
  const result = z.object(shape).safeParse(values);
  if (result.success) return result.data;
  const wrong = result.error.issues.map(({ path: at, message }) => `${at.join(".")} (${message})`);
  throw new UserError(`${path} has wrong metadata: ${wrong.slice(0, 3).join(", ")}: export it again`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
