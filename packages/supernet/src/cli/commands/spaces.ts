import { SPACES } from "@supernet/nas";
import { sizeOf, sizeText } from "../../network/space-size.js";
import type { Command } from "../arguments.js";
import { print } from "../output.js";

export const listSpaces: Command<Record<never, never>> = {
  name: "spaces",
  summary: "List the built-in search spaces",
  description: "docs/guide/search-spaces.md explains how to define your own.",
  options: {},
  positionals: [],
  examples: ["supernet spaces"],
  async run() {
    for (const [name, { summary, create }] of Object.entries(SPACES)) {
      print(`${name}\n  ${summary}; ${sizeText(sizeOf(create()), power)} subnets`);
    }
  },
};

/** Formats a number as a power of ten: 1099511627776 -> "1.1e12". */
const power = (count: bigint): string => Number(count).toExponential(1).replace("e+", "e");
