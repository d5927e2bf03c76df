import type { NetworkSpace } from "@supernet/nas";
import { openSpace } from "../recipe/open-space.js";
import type { RunContext } from "./run-context.js";

/** Opens the space that a run's recipe searches; by `run.get(searchedSpace)`, once. */
export const searchedSpace = ({ recipe }: RunContext): Promise<NetworkSpace> => openSpace(recipe.space);
