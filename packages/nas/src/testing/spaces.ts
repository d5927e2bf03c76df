import fc from "fast-check";
import type { NetworkSpace } from "../network/network-space.js";
import type { Space } from "../space/space.js";
import { autoFormerBase, autoFormerSmall, autoFormerTiny } from "../spaces/autoformer.js";
import { SPACES, type SpaceName } from "../spaces/index.js";
import { resNet50 } from "../spaces/resnet50.js";
import { SHUFFLE_WIRINGS, SPOS_SIZES, sposShuffleNetV2 } from "../spaces/spos-shufflenetv2.js";

/** Sizes of transformers that are shallow and for small images, because published ones would make tests slow. */
const shallow = (...depth: readonly number[]) => ({ imageSize: 64, depth });

/** Spaces whose published sizes would make tests slow. */
const smaller: Partial<Record<SpaceName, NetworkSpace>> = {
  resnet50: resNet50({
    depths: [
      [3, 2, 1],
      [2, 1],
      [4, 3, 2, 1],
      [3, 2, 1],
    ],
    bottlenecks: [16, 32, 48, 64],
    channels: [32, 64, 96, 128],
  }),
  "autoformer-tiny": autoFormerTiny(shallow(3, 5)),
  "autoformer-small": autoFormerSmall(shallow(2, 3)),
  "autoformer-base": autoFormerBase(shallow(2, 3)),
};

/** Returns every built-in space, ResNets and transformers at smaller sizes, and the other wirings of ShuffleNetV2. */
export const listedSpaces = (): NetworkSpace[] => [
  ...(Object.keys(SPACES) as SpaceName[]).map((name) => smaller[name] ?? SPACES[name].create()),
  ...SHUFFLE_WIRINGS.slice(1).map((wiring) => ({
    ...sposShuffleNetV2({ ...SPOS_SIZES, wiring, blocks: [1, 2, 2, 2] }),
    name: `spos-shufflenetv2 ${wiring}`,
  })),
];

/** Names that careless code handles wrongly: prototype members, YAML keywords, numbers, blanks, other scripts. */
const AWKWARD = [
  "__proto__",
  "constructor",
  "toString",
  "null",
  "true",
  "3",
  "~",
  "a: b",
  "- x",
  "#",
  " ",
  "Ä",
];

const name = fc.oneof(fc.string({ minLength: 1, maxLength: 12 }), fc.constantFrom(...AWKWARD));
const choice = fc.oneof(name, fc.integer(), fc.constantFrom(3.5, 4, 0.1));

/** Generates small spaces with arbitrary names and choices, for property tests. */
export function anySpace(): fc.Arbitrary<Space> {
  const decision = fc.record({ name, choices: fc.uniqueArray(choice, { minLength: 1, maxLength: 4 }) });
  return fc
    .uniqueArray(decision, { minLength: 1, maxLength: 8, selector: (d) => d.name })
    .map((decisions) => ({ name: "any", decisions }));
}
