import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { describe, it } from "node:test";
import { inspect } from "node:util";
import { UserError, withErrorPrefix, withoutStack } from "./errors.js";

describe("UserError", () => {
  it("has one line, an exit code and a stack, and prints no other fields", () => {
    const error = new UserError("first:\n  second");
    assert.equal(error.message, "first: second");
    assert.equal(error.exitCode, 1);
    assert.equal(inspect(error), error.stack);
    assert.match(error.stack!, /^UserError: first: second\n {4}at /);
  });

  it("keeps its cause and exit code with a prefix", () => {
    const cause = new UserError("wrong", { exitCode: 2 });
    const fail = () =>
      withErrorPrefix("file", () => {
        throw cause;
      });
    assert.throws(fail, { message: "file: wrong", exitCode: 2, cause });
  });
});

describe("withoutStack", () => {
  it("makes Node print the message and the cause, without frames", () => {
    const source = `
      import { UserError, withoutStack } from ${JSON.stringify(new URL("./errors.js", import.meta.url).href)};
      throw withoutStack(new UserError("the engine is not built: run build.mjs", { cause: new Error("why") }));
    `;
    const { stderr, status } = spawnSync(process.execPath, ["--input-type=module", "-e", source], {
      encoding: "utf8",
    });
    assert.equal(status, 1);
    assert.match(
      stderr,
      /^\[UserError: the engine is not built: run build\.mjs\] \{\s+\[cause\]: \[Error: why\]\s+\}$/m,
    );
    assert.doesNotMatch(stderr, /^ {4}at /m);
  });

  it("returns the error", () => {
    const error = new UserError("wrong");
    assert.equal(withoutStack(error), error);
    assert.equal(error.stack, "UserError: wrong");
  });
});
