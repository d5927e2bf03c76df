import { spaceSettings } from "@supernet/nas";
import { z } from "zod";

/** A space that the user describes; docs/spaces.md says how. `{ file: "my-space.ts" }` says enough. */
const fileSchema = z.strictObject({
  name: z.literal("file").default("file"),
  /** A TypeScript or JavaScript file whose default export is made by `defineSpace`. */
  file: z.string().min(1),
  /**
   * SHA-256 of all that the file describes. It is filled in when a run begins, so that steps are repeated where
   * the space is another one.
   */
  content: z.string().optional(),
});

export const spaceSchema = z.discriminatedUnion("name", [...spaceSettings.options, fileSchema]);

export type SpaceRecipe = z.infer<typeof spaceSchema>;
