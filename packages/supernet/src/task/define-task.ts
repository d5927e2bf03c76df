import { UserError } from "@supernet/base";
import { z } from "zod";
import type { Recipe } from "../recipe/common.js";
import type { Task } from "./task.js";

const isFunction = z.custom<(...args: never) => unknown>(
  (value) => typeof value === "function",
  "a function",
);

const networkShape = z.looseObject({ name: z.string().min(1) });

/** As far as a task can be checked before a recipe is read. */
const taskShape = z.looseObject({
  name: z.string().min(1),
  settings: z.looseObject({
    steps: z.custom((value) => value instanceof z.ZodType, "a schema of the steps"),
  }),
  check: isFunction.optional(),
  metric: z.string().min(1),
  steps: isFunction,
  scorer: z.looseObject({ trained: z.string().min(1), open: isFunction }),
  networks: z.array(networkShape).min(1),
  searchInput: isFunction,
  checkSpace: isFunction.optional(),
  planOptions: z.array(z.enum(["images", "detectionImages"])),
  plan: isFunction,
  outcome: isFunction,
});

/**
 * Defines a task of your own, for recipes with `task: { file: ... }`; examples/regression-task.ts is one.
 * @throws UserError that names the first part that is missing or wrong
 */
export function defineTask<R extends Recipe>(task: Task<R>): Task<R> {
  const result = taskShape.safeParse(task);
  if (result.success) return task;
  const { path, message } = result.error.issues[0]!;
  throw new UserError(`defineTask: ${path.length === 0 ? "the task" : path.join(".")}: ${message}`);
}
