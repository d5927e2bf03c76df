import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { UserError } from "@supernet/base";
import { spaceSize } from "../space/space.js";
import { autoFormerTiny } from "../spaces/autoformer.js";
import { elasticMobileNet } from "../spaces/elastic-mobilenet.js";
import { createSpace, SPACES, spaceSettings } from "../spaces/index.js";
import { mobileNetV2 } from "../spaces/mobilenetv2.js";
import { sposShuffleNetV2 } from "../spaces/spos-shufflenetv2.js";
import { spaceContent } from "./network-space.js";
import { type ChoicesSettings, withChoices } from "./with-choices.js";

const choicesOf = (space: ReturnType<typeof sposShuffleNetV2>) =>
  Object.fromEntries(space.decisions.map(({ name, choices }) => [name, choices]));

describe("withChoices", () => {
  it("keeps the listed choices of every decision, in the order of the space", () => {
    const space = withChoices(sposShuffleNetV2(), ["shuffle_5x5", "shuffle_3x3"]);
    assert.equal(spaceSize(space), 2n ** 20n);
    assert.deepEqual(space.decisions[7]!.choices, ["shuffle_3x3", "shuffle_5x5"]);
    assert.deepEqual(space.alignment, { base: "shuffle_3x3" });
    const named = createSpace({ name: "spos-shufflenetv2", choices: ["shuffle_3x3", "shuffle_5x5"] });
    assert.deepEqual(spaceContent(named), spaceContent(space));
  });

  it("keeps the choices of a decision by its name, or by the last part of its name", () => {
    const space = withChoices(elasticMobileNet(), {
      kernel: [3, 5],
      "layers.1.0.kernel": [7],
      depth: [2],
    });
    const choices = choicesOf(space as ReturnType<typeof sposShuffleNetV2>);
    assert.deepEqual(choices["layers.1.0.kernel"], [7]);
    assert.deepEqual(choices["layers.2.0.kernel"], [3, 5]);
    assert.deepEqual(choices["stages.1.depth"], [2]);
    assert.deepEqual(choices["stages.1.width"], [24, 32]);
    assert.deepEqual(
      withChoices(autoFormerTiny(), { heads: [4] })
        .decisions.filter(({ name }) => name.endsWith("heads"))
        .map((d) => d.choices.join())
        .join(),
      Array(14).fill("4").join(),
    );
  });

  it("removes the alignment with its base, and what it says about removed choices", () => {
    assert.equal(withChoices(sposShuffleNetV2(), ["shuffle_5x5", "shuffle_7x7"]).alignment, undefined);
    const kept = withChoices(sposShuffleNetV2(), ["shuffle_3x3", "shuffle_xception"]).alignment!;
    assert.deepEqual(Object.keys(kept.renamed!), ["shuffle_xception"]);
  });

  it("rejects unknown choices and decisions, and decisions without a choice", () => {
    const refuse = (space: ReturnType<typeof sposShuffleNetV2>, choices: ChoicesSettings, message: RegExp) =>
      assert.throws(
        () => withChoices(space, choices),
        (error) => error instanceof UserError && message.test(error.message),
      );
    const spos = sposShuffleNetV2();
    refuse(
      spos,
      ["shuffle_3x4"],
      /"shuffle_3x4" is not a choice of any decision .*: did you mean shuffle_3x3\?/,
    );
    refuse(
      spos,
      { "layers.0.0": [3] },
      /^space\.choices: 3 is not a choice of layers\.0\.0: valid: shuffle_3x3, /,
    );
    refuse(
      spos,
      { "layers.0.9": ["shuffle_3x3"] },
      /layers\.0\.9 is not a decision .*: did you mean layers\.0\./,
    );
    refuse(spos, ["shuffle_3x3"], /every decision has a single choice left/);
    refuse(spos, [], /choices/);
    refuse(mobileNetV2(), ["identity"], /layers\.1\.0 has none of these choices left: add one of mb_k3e3, /);
    refuse(
      elasticMobileNet(),
      [3, 5],
      /stages\.1\.width has none.*or give lists by decision, such as \{ width: \[\.\.\.\] \}/,
    );
    refuse(
      elasticMobileNet(),
      { kernle: [3] },
      /kernle is not a decision of elastic-mobilenet: did you mean kernel\?/,
    );
    refuse(elasticMobileNet(), { kernel: ["3"] }, /"3" is not a choice of kernel: did you mean 3\?/);
  });

  it("is a setting of every built-in space", () => {
    for (const name of Object.keys(SPACES)) {
      const { decisions } = SPACES[name as keyof typeof SPACES].create();
      const [first] = decisions;
      const settings = spaceSettings.parse({ name, choices: { [first!.name]: [first!.choices[0]] } });
      assert.deepEqual(createSpace(settings).decisions[0]!.choices, [first!.choices[0]]);
    }
  });
});
