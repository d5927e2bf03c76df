import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { recipes } from "../recipes/index.js";
import { type Option, parseCommand, usageOf } from "./arguments.js";
import { commands } from "./commands/index.js";
import { formatHelp, formatOverview } from "./help.js";

const named = (name: string) => commands.find((command) => command.name === name)!;

describe("commands", () => {
  for (const command of commands) {
    it(`${command.name} has examples that parse, and options with a description and a placeholder`, () => {
      assert.match(command.summary, /^[A-Z].*[^.]$/);
      assert.ok(command.examples.length > 0);
      for (const example of command.examples) {
        const [program, name, ...args] = example.replace(/^source <\((.*)\)$/, "$1").split(" ");
        assert.deepEqual([program, name], ["supernet", command.name]);
        parseCommand(command, args);
      }
      for (const option of Object.values(command.options)) {
        assert.match(option.description, /^[A-Z].*[^.]$/);
        if (option.type === "string") assert.notEqual(option.argument, "");
      }
    });
  }

  it("complete the steps of the built-in recipes", () => {
    const values = (name: string) => (named(name).options.step as Option & { type: "string" }).values;
    const steps = new Set(Object.values(recipes).flatMap((recipe) => Object.keys(recipe.steps)));
    for (const name of ["train", "export", "extract"])
      for (const step of values(name) as readonly string[]) assert.ok(steps.has(step), step);
    const training = [...steps].filter(
      (step) => !["search", "calibrate", "front", "test", "compare"].includes(step),
    );
    assert.deepEqual([...(values("train") as string[])].sort(), training.sort());
  });
});

describe("help", () => {
  it("lists every command with one line in the overview", () => {
    const text = formatOverview(commands, "1.0.0");
    for (const { name, summary } of commands)
      assert.ok(text.includes(`\n  ${name.padEnd(12)}${summary}\n`), name);
    for (const line of text.split("\n")) assert.ok(line.length <= 80, line);
  });

  it("describes placeholders, defaults and required options, within 80 columns", () => {
    const text = formatHelp(named("extract"));
    assert.match(
      text,
      /^Usage: supernet extract \(--work-dir DIR \| --space NAME\) --out FILE \[options\]\n/,
    );
    assert.match(text, /\n {2}--out FILE +File to write: \.safetensors or \.pth \(required\)\n/);
    assert.match(
      text,
      /\n {2}--subnet FILE +Subnet to extract from a supernet \(default: the\s+found one\)\n/,
    );
    const beforeExamples = text.split("\nExamples:")[0]!;
    for (const line of beforeExamples.split("\n")) assert.ok(line.length <= 80, line);
  });

  it("omits former names of options", () => {
    assert.doesNotMatch(formatHelp(named("profile")), /--classifier/);
  });
});

describe("usage", () => {
  it("has the arguments and the required options", () => {
    assert.equal(usageOf(named("run")), "supernet run RECIPE [options]");
    assert.equal(usageOf(named("coco-eval")), "supernet coco-eval --gt FILE --dt FILE [options]");
    assert.equal(usageOf(named("recipes")), "supernet recipes [RECIPE] [options]");
  });

  it("accepts a call without the optional arguments", () => {
    const parse = (...args: string[]) => parseCommand(named("recipes"), args).positionals;
    assert.deepEqual([parse(), parse("one")], [[], ["one"]]);
    assert.throws(() => parse("one", "two"), /expects 0 to 1 argument, got 2/);
  });
});
