import { isDeepStrictEqual } from "node:util";
import { UserError } from "@supernet/base";
import { createLatency, findMissingTimes, type PlacedLayer, type Subnet } from "@supernet/nas";
import { byInput, spacesByInput } from "../network/by-input.js";
import type { InputOf, NetworkModel, NetworkRun } from "../network/model.js";
import type { LatencySubject } from "./subject.js";
import type { OpenTable } from "./table-file.js";
import { createAmounts, sumTimes, termTimes } from "./workloads.js";

/** Functions from a subnet to the milliseconds that a network takes for one image, by the name of the network. */
export type Predictions = Readonly<Record<string, (subnet: Subnet) => number>>;

const MEASURE = "measure a new table with supernet latency --recipe RECIPE --device-table FILE";

/**
 * Returns a function that predicts the milliseconds that a network takes for one image of a subnet.
 * @throws UserError if the table lacks a layer that some subnet has, or the surroundings of the network
 */
export function predictLatency(
  open: OpenTable,
  model: NetworkModel,
  inputOf: InputOf,
): (subnet: Subnet) => number {
  const { path, table, times } = open;
  const { space, parts, run } = model;
  const terms = run && predictTerms(open, model.name, run);
  if (terms) return (subnet) => sumTimes(terms(subnet));
  if (model.estimator) throw missingNetwork(path, model.name);
  for (const { space: own, input } of spacesByInput(space, inputOf)) {
    const { missing, all } = findMissingTimes(own, parts, input, times);
    if (missing.length === 0) continue;
    throw new UserError(
      `${path} lacks ${missing.length} of the ${all} layers of ${space.name} at ${input.join("x")}, first ` +
        `${describe(missing[0]!)}; it was measured for ${table.space} at ${table.input.join("x")}: ${MEASURE}`,
    );
  }
  const predict = byInput(inputOf, (input) => createLatency(parts, input, times));
  if (!model.surroundings) return (subnet) => predict(subnet)(subnet);
  const surroundings = surroundingsLatency(open, model, model.surroundings.identity);
  return (subnet) => predict(subnet)(subnet) + surroundings;
}

/**
 * Returns a function that predicts the milliseconds of each term of a network; undefined if the table has no factors for
 * it.
 * @throws UserError if the table was measured for other settings
 */
export function predictTerms(
  open: OpenTable,
  network: string,
  run: NetworkRun,
): ((subnet: Subnet) => ReadonlyMap<string, number>) | undefined {
  const entry = open.table.networks?.find((one) => one.network === network);
  if (!entry) return undefined;
  requireEqual(open, network, { measured: entry.identity, wanted: run.identity });
  const amounts = createAmounts(run, open.times);
  return (subnet) => termTimes(amounts(subnet), entry.factors);
}

/**
 * Predicts all networks of a subject, except those whose surroundings are not in the table. If the table is for complete
 * networks, as that of a run, it may also lack layers of the others.
 * @throws UserError if the table lacks a layer that some subnet has, or was measured with other surroundings
 */
export function predictAll(open: OpenTable, { inputOf, models }: LatencySubject): Predictions {
  const { surroundings: measured, networks = [] } = open.table;
  const predictable = models.filter((model) => {
    if ([...measured, ...networks].some(({ network }) => network === model.name)) return true;
    if (model.surroundings || model.estimator) return false;
    return (
      networks.length === 0 || spacesByInput(model.space, inputOf).every((own) => hasLayers(open, model, own))
    );
  });
  return Object.fromEntries(predictable.map((model) => [model.name, predictLatency(open, model, inputOf)]));
}

/** Whether a table has the times of all layers that a network has with images of one size. */
const hasLayers = (
  { times }: OpenTable,
  { parts }: NetworkModel,
  { space, input }: ReturnType<typeof spacesByInput>[number],
): boolean => findMissingTimes(space, parts, input, times).missing.length === 0;

function describe({ part, choices, layer, input }: PlacedLayer): string {
  const chosen = Object.entries(choices).map(([decision, choice]) => `${decision} ${choice}`);
  return `${part} (${[layer.kind, ...chosen].join(", ")}) on ${input.join("x")}`;
}

function surroundingsLatency(
  open: OpenTable,
  { name }: NetworkModel,
  identity: Readonly<Record<string, unknown>>,
): number {
  const entry = open.table.surroundings.find(({ network }) => network === name);
  if (entry === undefined) throw missingNetwork(open.path, name);
  requireEqual(open, name, { measured: entry.identity, wanted: identity });
  return entry.milliseconds;
}

const missingNetwork = (path: string, network: string): UserError =>
  new UserError(
    `${path} has no time for the ${network}, which is required to limit ${network}.latency: ${MEASURE}`,
  );

/** @throws UserError if a network was measured with other settings */
function requireEqual(
  { path }: OpenTable,
  network: string,
  { measured, wanted }: Readonly<Record<"measured" | "wanted", Readonly<Record<string, unknown>>>>,
): void {
  // The stored identity went through JSON, so this one must too.
  const plain: Readonly<Record<string, unknown>> = JSON.parse(JSON.stringify(wanted));
  if (isDeepStrictEqual(measured, plain)) return;
  const key = Object.keys(plain).find((part) => !isDeepStrictEqual(measured[part], plain[part]));
  throw new UserError(`${path} was measured for a ${network} with different ${key}: ${MEASURE}`);
}
