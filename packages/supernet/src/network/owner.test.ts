import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { UserError } from "@supernet/base";
import { spaceNamed } from "../recipe/open-space.js";
import { says } from "../testing/recipes.js";
import { differenceOf, OWNER_KEY, readOwner, requireOwner, spaceIdentity, spaceText } from "./owner.js";

const space = await spaceIdentity(spaceNamed("autoformer-tiny"));
const owner = {
  task: "classification",
  network: "classifier",
  space,
  subnet: { depth: 12, width: 192 },
  trainedOn: { classes: ["cat", "dog"], mean: [0.5, 0.5, 0.5], std: [0.2, 0.2, 0.2] },
};

describe("the owner of weights", () => {
  it("is read from a file's metadata, and must be whole", () => {
    assert.deepEqual(readOwner({ [OWNER_KEY]: JSON.stringify(owner) }, "a"), owner);
    assert.equal(readOwner({ format: "pt" }, "a"), undefined);
    for (const text of ["", "{", "null", "{}", JSON.stringify({ ...owner, space: 1 })])
      assert.throws(
        () => readOwner({ [OWNER_KEY]: text }, "a.safetensors"),
        says("a.safetensors", "damaged"),
      );
  });

  it("has no difference to itself, or to what is not expected", () => {
    assert.equal(differenceOf(owner, {}), undefined);
    assert.equal(differenceOf(owner, owner), undefined);
    assert.equal(differenceOf(owner, { subnet: { depth: 12 } }), undefined);
    requireOwner(undefined, owner, "a");
  });

  it("names the first difference", async () => {
    const off = await spaceIdentity(spaceNamed("{name: autoformer-tiny, outputScale: false}"));
    const small = await spaceIdentity(spaceNamed("autoformer-small"));
    const { trainedOn } = owner;
    for (const [expected, ...parts] of [
      [{ network: "detector" }, "classifier", "not of a detector"],
      [{ space: off }, "outputScale true, not false", "set space to autoformer-tiny"],
      [{ space: small }, "autoformer-tiny, not to autoformer-small"],
      [{ space: { ...space, sha256: "0" } }, "another version of the space autoformer-tiny"],
      [{ subnet: null }, "of a subnet, not of a supernet"],
      [{ subnet: { depth: 13, width: 192 } }, "depth 12, not 13"],
      [{ trainedOn: { ...trainedOn, classes: ["cat"] } }, "2 classes", "has 1"],
      [
        { trainedOn: { ...trainedOn, classes: ["dog", "cat"] } },
        'class 0 of these weights is "cat"',
        '"dog"',
      ],
      [{ trainedOn: { ...trainedOn, std: [1, 1, 1] } }, "std [0.2,0.2,0.2], not [1,1,1]"],
    ] as const)
      assert.throws(() => requireOwner(owner, expected, "a.pth"), says("a.pth: ", ...parts));
    assert.throws(
      () => requireOwner({ ...owner, space: off }, { space }, "a"),
      (error) => {
        assert.ok(error instanceof UserError);
        // The space that the message names is one that --space takes.
        const named = error.message.match(/set space to (.*)$/)![1]!;
        assert.equal(named, spaceText(off));
        assert.deepEqual(spaceNamed(named), spaceNamed("{name: autoformer-tiny, outputScale: false}"));
        return true;
      },
    );
  });

  it("is the same whatever choices and initial weights a recipe uses", async () => {
    const text = "{name: spos-shufflenetv2, choices: [shuffle_3x3, shuffle_5x5], initialization: spos}";
    const reduced = await spaceIdentity(spaceNamed(text));
    assert.deepEqual(reduced, await spaceIdentity(spaceNamed("spos-shufflenetv2")));
  });
});
