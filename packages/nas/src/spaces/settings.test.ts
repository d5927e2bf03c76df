import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { UserError } from "@supernet/base";
import { spaceContent } from "../network/network-space.js";
import { createSpace, SPACES, type SpaceName, spaceSettings } from "./index.js";

/** Calls a function like JavaScript, without type checks of the arguments. */
const untyped = (call: unknown, ...args: unknown[]) => (call as (...args: unknown[]) => unknown)(...args);

const throws = (body: () => unknown, message: RegExp) =>
  assert.throws(body, (error) => error instanceof UserError && message.test(error.message));

describe("the settings of a built-in space", () => {
  for (const name of Object.keys(SPACES) as SpaceName[]) {
    const { create } = SPACES[name];
    it(`${name}: unknown and wrong sizes are errors that name them`, () => {
      throws(() => untyped(create, { width_: 3 }), new RegExp(`^${name}: unknown option width_`));
      throws(() => untyped(create, 3), new RegExp(`^${name}: the options object is 3; expected an object`));
      const size = name.startsWith("autoformer") ? "patch" : "stem";
      throws(() => untyped(create, { [size]: "16" }), new RegExp(`${size} is "16"; expected a number`));
      throws(() => untyped(create, { [size]: null }), new RegExp(`${size} is null; expected a number`));
    });
  }

  it("create a space by its name", () => {
    const settings = spaceSettings.parse({ name: "spos-shufflenetv2", last: 64 });
    assert.deepEqual(
      spaceContent(createSpace(settings)),
      spaceContent(SPACES["spos-shufflenetv2"].create({ last: 64 })),
    );
    throws(
      () => untyped(createSpace, { name: "mobilnetv2" }),
      /unknown space mobilnetv2: did you mean mobilenetv2/,
    );
    throws(
      () => untyped(createSpace, { name: "mobilenetv2", lst: 3 }),
      /unknown option lst, did you mean last/,
    );
  });
});
