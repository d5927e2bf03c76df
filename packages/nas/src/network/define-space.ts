import { callable, parseOptions, Random, UserError } from "@supernet/base";
import { z } from "zod";
import { createEstimator } from "../cost/estimator.js";
import { IMAGE_CHANNELS } from "../cost/shape.js";
import { markImageInput, partSchema, separateDecisions } from "../layer/part.js";
import { sampleSubnet } from "../space/sample.js";
import { isSize } from "../space/scaled.js";
import { firstSubnet, type Subnet } from "../space/space.js";
import { decisionSchema } from "../space/validate.js";
import { canonicalForm } from "./canonical.js";
import { exampleImageSize, featureParts, type NetworkSpace } from "./network-space.js";

type SpaceDescription = Omit<NetworkSpace, "canonical" | "imageSizeDecision" | "lateDecisions">;

/** Names of the classifier's own modules. */
const RESERVED = ["backbone", "fc"];

/**
 * Defines a space of networks: checks it and adds its canonical form.
 *
 * @example
 * const space = defineSpace({
 *   name: "tiny",
 *   decisions: [{ name: "block.kernel", choices: [3, 5] }],
 *   backbone: [
 *     {
 *       name: "block",
 *       decisions: ["block.kernel"],
 *       layer: (choices) => conv2d(8, Number(choices["block.kernel"]), { stride: 2 }),
 *       sharing: "entangled",
 *     },
 *   ],
 *   maps: [{ part: "block", stride: 2 }],
 *   tail: [fixedPart("pool", globalAveragePool())],
 * });
 * @throws UserError naming the first part or decision that is wrong
 */
export function defineSpace(description: SpaceDescription): NetworkSpace {
  checkDescription(description);
  const space = {
    ...description,
    canonical: canonicalForm(description.decisions, featureParts(description)),
  };
  const refuse = (reason: string) => new UserError(`space ${space.name}: ${reason}`);
  if (space.linearInitStd !== undefined && space.initialization !== undefined)
    throw refuse("it has both linearInitStd and initialization: remove one of them");
  checkDecisions(space, refuse);
  checkParts(space, refuse);
  const [first] = featureParts(space);
  if (first !== undefined) markImageInput(first);
  checkShapes(space, refuse);
  return space;
}

export const alignmentSchema = z.strictObject({
  base: z.string(),
  renamed: z.record(z.string(), z.record(z.string(), z.string())).optional(),
});

const descriptionSchema = z.strictObject({
  name: z.string().min(1),
  decisions: z.array(decisionSchema),
  backbone: z.array(partSchema),
  imageSize: z.int().min(1).optional(),
  maps: z.array(z.strictObject({ part: z.string(), stride: z.int().min(1) })),
  tail: z.array(partSchema),
  alignment: alignmentSchema.optional(),
  linearInitStd: z.number().positive().optional(),
  initialization: z.literal("spos").optional(),
  widthDecisions: z.array(z.string()).optional(),
  /** Present if the description is itself a defined space. It is replaced. */
  canonical: callable.optional(),
});

function checkDescription(description: SpaceDescription): void {
  const name: unknown = description?.name;
  const subject = typeof name === "string" ? `space ${name}` : "defineSpace";
  if (description !== null && typeof description === "object" && "linearDeviation" in description) {
    throw new UserError(`${subject}: linearDeviation is now called linearInitStd`);
  }
  parseOptions(subject, descriptionSchema, description);
}

type Refuse = (reason: string) => UserError;

function checkDecisions({ decisions, widthDecisions = [] }: NetworkSpace, refuse: Refuse): void {
  if (decisions.length === 0) throw refuse("it has no decisions, so there is nothing to search");
  const twice = repeated(decisions.map(({ name }) => name));
  if (twice !== undefined) throw refuse(`two decisions are named ${twice}`);
  for (const { name, choices } of decisions) {
    if (choices.length === 0) throw refuse(`decision ${name} has no choices`);
    const same = repeated(choices);
    if (same !== undefined) throw refuse(`decision ${name} has the choice ${same} twice`);
  }
  for (const name of widthDecisions) {
    const width = decisions.find((decision) => decision.name === name);
    if (width === undefined) throw refuse(`widthDecisions names ${name}, which is not a decision`);
    if (!width.choices.every(isSize))
      throw refuse(`widthDecisions names ${name}, whose choices are not numbers`);
  }
}

function checkParts(space: NetworkSpace, refuse: Refuse): void {
  const parts = featureParts(space);
  const names = parts.map(({ name }) => name);
  const twice = repeated(names);
  if (twice !== undefined) throw refuse(`two parts are named ${twice}`);
  for (const name of names) {
    const within = names.find((other) => other.startsWith(`${name}.`));
    if (within !== undefined) throw refuse(`part ${within} cannot be inside part ${name}`);
  }
  const taken = space.tail.find(({ name }) => RESERVED.includes(name.split(".")[0]!));
  if (taken) throw refuse(`the name of part ${taken.name} is reserved for the classifier: rename the part`);
  for (const part of parts) {
    const { name, decisions } = part;
    const unknown = decisions.find((decision) => space.decisions.every((known) => known.name !== decision));
    if (unknown !== undefined) throw refuse(`part ${name} depends on ${unknown}, which is not a decision`);
    const foreign = separateDecisions(part).find((decision) => !decisions.includes(decision));
    if (foreign !== undefined)
      throw refuse(`part ${name} is separate by ${foreign}, which is not one of its decisions`);
  }
  const used = new Set(parts.flatMap(({ decisions }) => decisions));
  const idle = space.decisions.find(({ name }) => !used.has(name));
  if (idle)
    throw refuse(
      `decision ${idle.name} is not used by any part: list it in the decisions of a part, or remove it`,
    );
  const order = space.maps.map(({ part }) => space.backbone.findIndex(({ name }) => name === part));
  if (order.length === 0 && space.imageSize === undefined) {
    throw refuse(
      "it has neither maps nor an imageSize: list the parts that output feature maps in maps, or set imageSize",
    );
  }
  if (order.length > 0 && space.imageSize !== undefined) {
    throw refuse("it has both an imageSize and maps, which need images of any size: remove one of them");
  }
  const lost = space.maps[order.indexOf(-1)];
  if (lost) throw refuse(`maps names ${lost.part}, which is not a part of the backbone`);
  if (order.some((place, i) => i > 0 && place <= order[i - 1]!)) {
    throw refuse("maps must list parts in the order of the backbone, each part once");
  }
}

/** Number of random subnets to check, to find combinations that are not valid networks. Each takes microseconds. */
const RANDOM_SUBNETS = 300;

/** Checks every choice once, with all other decisions at their first choice, and random subnets. */
function checkShapes(space: NetworkSpace, refuse: Refuse): void {
  const size = exampleImageSize(space, firstSubnet(space));
  const parts = featureParts(space);
  const { shapes } = createEstimator(space.name, parts, [IMAGE_CHANNELS, size, size]);
  for (const subnet of subnetsToTry(space)) {
    const outputs = attempt(() => shapes(subnet), refuse);
    for (const { part, stride } of space.maps) {
      const [, height] = outputs[parts.findIndex(({ name }) => name === part)]!;
      if (height !== size / stride) {
        throw refuse(
          `the map of ${part} has ${height} rows for an image of ${size} rows; expected 1/${stride} of them`,
        );
      }
    }
    if (outputs.at(-1)!.length !== 1) {
      throw refuse(
        "its tail outputs a map or tokens: end it with a layer that outputs features, such as globalAveragePool()",
      );
    }
  }
}

function* subnetsToTry(space: NetworkSpace): Generator<Subnet> {
  const first = firstSubnet(space);
  yield first;
  for (const { name, choices } of space.decisions) {
    for (const choice of choices.slice(1)) yield { ...first, [name]: choice };
  }
  for (let i = 0; i < RANDOM_SUBNETS; i++) yield sampleSubnet(space, Random.of("define space", i));
}

function attempt<T>(body: () => T, refuse: Refuse): T {
  try {
    return body();
  } catch (error) {
    if (error instanceof RangeError || error instanceof UserError) throw refuse(error.message);
    throw error;
  }
}

function repeated<T>(items: readonly T[]): T | undefined {
  return items.find((item, i) => items.indexOf(item) !== i);
}
