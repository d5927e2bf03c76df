import { choicesSettings, spaceSettings } from "@supernet/nas";
import { z } from "zod";

const fileSchema = z
  .strictObject({
    name: z.literal("file").default("file"),
    file: z
      .string()
      .min(1)
      .describe("TypeScript or JavaScript file whose default export is a space. See `defineSpace`."),
    content: z
      .string()
      .optional()
      .describe(
        "SHA-256 of the space that the file describes. A run fills it in when it starts, so that it repeats its steps " +
          "if the space changes.",
      ),
    choices: choicesSettings.optional(),
  })
  .describe("Your own space. `{ file: my-space.ts }` is enough.");

export const spaceSchema = z.discriminatedUnion("name", [...spaceSettings.options, fileSchema]);

export type SpaceRecipe = z.infer<typeof spaceSchema>;
