import type { NetworkSpace } from "../network/network-space.js";
import { autoFormerBase, autoFormerSmall, autoFormerTiny } from "./autoformer.js";
import { SPACES, type SpaceName } from "./index.js";

/** Transformers at their published widths and heads, but shallow and for a small image, or tests would take minutes. */
const shallow = (...depth: readonly number[]) => ({ imageSize: 64, depth });

const smaller: Partial<Record<SpaceName, NetworkSpace>> = {
  "autoformer-tiny": autoFormerTiny(shallow(3, 5)),
  "autoformer-small": autoFormerSmall(shallow(2, 3)),
  "autoformer-base": autoFormerBase(shallow(2, 3)),
};

/** Every space that is listed, for tests that go over all. */
export const listedSpaces = (): NetworkSpace[] =>
  (Object.keys(SPACES) as SpaceName[]).map((name) => smaller[name] ?? SPACES[name].create());
