import { SPACES, spaceSize } from "@supernet/nas";
import type { Command } from "../arguments.js";
import { print } from "../output.js";

export const listSpaces: Command<Record<never, never>> = {
  name: "spaces",
  summary: "Lists the search spaces that come with supernet; docs/spaces.md says how to describe another.",
  usage: "",
  options: {},
  positionals: 0,
  async run() {
    for (const [name, { summary, create }] of Object.entries(SPACES)) {
      print(`${name}\n  ${summary}; ${power(spaceSize(create()))} subnets`);
    }
  },
};

/** 1099511627776 -> "1.1e12". */
const power = (count: bigint): string => Number(count).toExponential(1).replace("e+", "e");
