import type { OnnxRuntime, Pixels } from "./core/index.js";

/** What depends on where the package runs. */
export interface Platform {
  /** @throws UserError if ONNX Runtime is not installed */
  loadRuntime(): Promise<OnnxRuntime>;
  /** Reads a file. @throws UserError if that is not possible */
  read(address: string): Promise<Uint8Array>;
  /** Decodes an image file. @throws UserError if it is damaged */
  decode(bytes: Uint8Array, name: string): Promise<Pixels>;
  /** Returns the pixels of something that can be drawn. @throws TypeError if it cannot */
  draw(image: object): Pixels;
}

/** First line of an error's message. */
export const reason = (error: unknown): string => String((error as Error)?.message ?? error).split("\n")[0]!;
