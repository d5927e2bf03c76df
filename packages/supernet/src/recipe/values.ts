import { z } from "zod";

export { count, fraction, positive } from "@supernet/base";

/** One number a colour channel (red, green, blue), on the scale where pixels run from 0 to 1. */
export const perChannel = z.tuple([z.number(), z.number(), z.number()]);

/** A smallest and a largest value of the same kind. */
export const interval = <T extends z.ZodType<number>>(bound: T) =>
  z.tuple([bound, bound]).refine((ends) => ends[0]! <= ends[1]!, "the smaller number first");

/** Says of the value at `path` what is expected instead. */
export type Refuse = (path: readonly PropertyKey[], expected: string) => void;

/**
 * A check over several keys of an object. It is by these that a value without effect is an error: what another
 * key renders void is refused, not ignored.
 */
export const together =
  <T>(check: (value: T, refuse: Refuse) => void) =>
  (value: T, context: z.RefinementCtx): void =>
    check(value, (path, expected) => {
      context.addIssue({ code: "custom", path: [...path], message: expected });
    });
