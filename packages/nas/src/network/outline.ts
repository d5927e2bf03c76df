import { createEstimator } from "../cost/estimator.js";
import { IMAGE_CHANNELS, type Shape } from "../cost/shape.js";
import { allChoices, layerOf, type Part } from "../layer/part.js";
import type { Choice, Subnet } from "../space/space.js";
import { validateSubnet } from "../space/validate.js";
import { exampleImageSize, type NetworkSpace } from "./network-space.js";
import { requireNetworkSpace } from "./require.js";

/** One searched part of a subnet, for reports. */
export interface OutlinedPart {
  readonly name: string;
  /** Number of feature maps that the backbone returns before this part. */
  readonly stage: number;
  /** Output channels of the part, or the width of its tokens. */
  readonly channels: number;
  readonly stride: number;
  /** Choices of the part's own decisions, named without the part's name. */
  readonly choices: readonly { readonly decision: string; readonly choice: Choice }[];
  /** Index of the part's choices among all combinations that it has. */
  readonly index: number;
  /** Whether the subnet omits the part. */
  readonly skipped: boolean;
}

/**
 * Returns the searched parts of a subnet's backbone in order of execution.
 *
 * @example
 * for (const { name, channels, choices } of outline(space, subnet)) console.log(name, channels, choices);
 */
export function outline(space: NetworkSpace, subnet: Subnet): OutlinedPart[] {
  requireNetworkSpace("outline", space);
  validateSubnet(space, subnet, "outline: subnet");
  const { backbone, maps, imageSizeDecision } = space;
  const size = exampleImageSize(space, subnet);
  const shapes = createEstimator("outline", backbone, [IMAGE_CHANNELS, size, size]).shapes(subnet);
  const ends = maps.map(({ part }) => backbone.findIndex(({ name }) => name === part));
  return backbone.flatMap((part, i) => {
    if (part.decisions.every((name) => name === imageSizeDecision)) return [];
    const own = ownDecisions(part, backbone);
    const before = places(shapes[i - 1] ?? [IMAGE_CHANNELS, size, size]);
    return [
      {
        name: part.name,
        stage: ends.filter((end) => end < i).length,
        channels: features(shapes[i]!),
        stride: Math.round(Math.sqrt(before / places(shapes[i]!))),
        choices: own.map((name) => ({ decision: shortName(name, part), choice: subnet[name]! })),
        index: placeOf(space, { ...part, decisions: own }, subnet),
        skipped: layerOf(part, subnet).kind === "identity",
      },
    ];
  });
}

/** Returns the channels of a map or the width of a sequence. */
const features = (shape: Shape): number => (shape.length === 2 ? shape[1]! : shape[0]!);

/** Returns the number of positions of a map or of tokens in a sequence. */
const places = (shape: Shape): number => (shape.length === 2 ? shape[0]! : shape[1]! * shape[2]!);

/** Returns the decisions that start with the part's name or, if there are none, those that no other part depends on. */
function ownDecisions(part: Part, all: readonly Part[]): string[] {
  const named = part.decisions.filter((name) => `${name}.`.startsWith(`${part.name}.`));
  if (named.length > 0) return named;
  const others = all.filter((other) => other !== part).flatMap(({ decisions }) => decisions);
  return part.decisions.filter((name) => !others.includes(name));
}

/** Returns a decision's name without its part: `kernel` for `layers.0.0.kernel`, and "" for `layers.0.0`. */
function shortName(decision: string, { name }: Part): string {
  if (decision === name) return "";
  return decision.startsWith(`${name}.`) ? decision.slice(name.length + 1) : decision;
}

function placeOf(space: NetworkSpace, part: Part, subnet: Subnet): number {
  return [...allChoices(space, part)].findIndex((choices) =>
    part.decisions.every((name) => choices[name] === subnet[name]),
  );
}
