import { z } from "zod";

/** A whole number of things, at least 1. */
export const count = z.int().min(1);
/** A number from 0 to 1. */
export const fraction = z.number().min(0).max(1);
/** A number above 0. */
export const positive = z.number().positive();
/** One number a colour channel (red, green, blue), on the scale where pixels run from 0 to 1. */
export const perChannel = z.tuple([z.number(), z.number(), z.number()]);
