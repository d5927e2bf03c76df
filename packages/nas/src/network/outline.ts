import { createEstimator } from "../cost/estimator.js";
import type { Shape } from "../cost/shape.js";
import { allChoices, layerOf, type Part } from "../layer/part.js";
import type { Choice, Subnet } from "../space/space.js";
import { validateSubnet } from "../space/validate.js";
import { exampleImageSize, IMAGE_CHANNELS, type NetworkSpace } from "./network-space.js";
import { requireNetworkSpace } from "./require.js";

/** One searched part of a subnet, as a reader sees it. */
export interface OutlinedPart {
  readonly name: string;
  /** How many of the backbone's maps are taken before it. */
  readonly stage: number;
  /** Channels that it outputs, or the width of its tokens. */
  readonly channels: number;
  readonly stride: number;
  /** The decisions that are this part's own, by their names without the part's. */
  readonly choices: readonly { readonly decision: string; readonly choice: Choice }[];
  /** Place of its choices among all that the part has. */
  readonly index: number;
  /** Whether the subnet leaves it out. */
  readonly skipped: boolean;
}

/** The searched parts of a subnet's backbone, in order of execution. */
export function outline(space: NetworkSpace, subnet: Subnet): OutlinedPart[] {
  requireNetworkSpace("outline", space);
  validateSubnet(space, subnet, "outline: subnet");
  const { backbone, maps } = space;
  const size = exampleImageSize(space);
  const shapes = createEstimator("outline", backbone, [IMAGE_CHANNELS, size, size]).shapes(subnet);
  const ends = maps.map(({ part }) => backbone.findIndex(({ name }) => name === part));
  return backbone.flatMap((part, i) => {
    if (part.decisions.length === 0) return [];
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

/** Channels of a map, width of a sequence. */
const features = (shape: Shape): number => (shape.length === 2 ? shape[1]! : shape[0]!);

/** Places of a map, tokens of a sequence. */
const places = (shape: Shape): number => (shape.length === 2 ? shape[0]! : shape[1]! * shape[2]!);

/** The decisions that bear a part's name; where there are none, those that no other part depends on. */
function ownDecisions(part: Part, all: readonly Part[]): string[] {
  const named = part.decisions.filter((name) => `${name}.`.startsWith(`${part.name}.`));
  if (named.length > 0) return named;
  const others = all.filter((other) => other !== part).flatMap(({ decisions }) => decisions);
  return part.decisions.filter((name) => !others.includes(name));
}

/** `layers.0.0.kernel` of the part `layers.0.0` is `kernel`; a decision of the part's own name has none. */
function shortName(decision: string, { name }: Part): string {
  if (decision === name) return "";
  return decision.startsWith(`${name}.`) ? decision.slice(name.length + 1) : decision;
}

function placeOf(space: NetworkSpace, part: Part, subnet: Subnet): number {
  return allChoices(space, part).findIndex((choices) =>
    part.decisions.every((name) => choices[name] === subnet[name]),
  );
}
