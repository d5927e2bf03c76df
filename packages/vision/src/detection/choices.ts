import { requireObject } from "@supernet/base";
import type { Choice, Decision, Subnet } from "@supernet/nas";
import type { DetectorSettings, ElasticDetectorSettings } from "./detectors.settings.js";

// The sizes of a detector that a search decides. Each is one decision, named after its key in a recipe.

/** A size that can be a list of choices. */
interface Searched {
  /** Path of the key in the settings. */
  readonly path: readonly string[];
  /** Whether the size is itself a list, such as the strides of the levels. */
  readonly isList?: boolean;
  /** Whether it is a width, such as a number of channels. */
  readonly isWidth?: boolean;
}

/** All sizes that can be searched, in any detector. */
const SEARCHED: readonly Searched[] = [
  { path: ["pyramid", "strides"], isList: true },
  { path: ["pyramid", "channels"], isWidth: true },
  { path: ["rpn", "postNms", "test"] },
  { path: ["head", "convs", "depth"] },
  { path: ["head", "convs", "width"], isWidth: true },
  { path: ["head", "fcs"], isList: true, isWidth: true },
];

const decisionName = ({ path }: Searched): string => ["detector", ...path].join(".");

/** Names of the decisions on widths, in any detector. */
export const DETECTOR_WIDTHS: readonly string[] = SEARCHED.filter(({ isWidth }) => isWidth).map(decisionName);

/** An open size of some settings. */
interface Open {
  readonly path: readonly string[];
  readonly decision: Decision;
  /** Values of the choices. */
  readonly values: readonly unknown[];
}

/**
 * Returns the decisions of a detector: its sizes that are lists of choices, named after their keys in a recipe. A choice
 * that is itself a list is written with commas.
 *
 * @example
 * detectorDecisions(settings); // [{ name: "detector.pyramid.channels", choices: [24, 48] }, ...]
 */
export function detectorDecisions(settings: ElasticDetectorSettings): Decision[] {
  requireObject("detectorDecisions: settings", settings);
  return openSizes(settings).map(({ decision }) => decision);
}

/**
 * Returns the settings of the detector that a subnet chooses.
 * @param subnet choices of the detector's decisions. Others are ignored.
 * @throws RangeError if a choice is missing or unknown
 */
export function chosenDetector(settings: ElasticDetectorSettings, subnet: Subnet): DetectorSettings {
  requireObject("chosenDetector: settings", settings);
  requireObject("chosenDetector: subnet", subnet);
  return chooseSizes(settings, ({ decision: { name, choices }, values }) => {
    const index = choices.indexOf(subnet[name]!);
    if (index < 0)
      throw new RangeError(`chosenDetector: ${name} is ${subnet[name]}; expected one of ${choices}`);
    return values[index];
  });
}

/** Returns the settings that contain the modules of every choice: the largest of each size. */
export function largestDetector(settings: ElasticDetectorSettings): DetectorSettings {
  requireObject("largestDetector: settings", settings);
  return chooseSizes(settings, ({ values, path }) => {
    if (typeof values[0] === "number") return Math.max(...(values as number[]));
    return path.at(-1) === "strides" ? union(values as number[][]) : largestOfEach(values as number[][]);
  });
}

function openSizes(settings: ElasticDetectorSettings): Open[] {
  return SEARCHED.flatMap((searched) => {
    const { path, isList = false } = searched;
    const value = path.reduce<unknown>((inner, key) => Object(inner)[key], settings);
    if (!Array.isArray(value) || (isList && !Array.isArray(value[0]))) return [];
    const choices = value.map((choice): Choice => (isList ? choice.join() : choice));
    return [{ path, decision: { name: decisionName(searched), choices }, values: value }];
  });
}

/** Replaces every open size by one of its values. */
function chooseSizes(settings: ElasticDetectorSettings, choose: (open: Open) => unknown): DetectorSettings {
  const closed = openSizes(settings).reduce<unknown>(
    (value, open) => replaced(value, open.path, choose(open)),
    settings,
  );
  return withPlainConvs(closed as ElasticDetectorSettings, settings);
}

function replaced(target: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  return { ...Object(target), [key]: replaced(Object(target)[key], rest, value) };
}

/** Writes depth and width of the head's convolutions as a list, and scales what depends on the finest level. */
function withPlainConvs(settings: ElasticDetectorSettings, given: ElasticDetectorSettings): DetectorSettings {
  const { head } = settings;
  const convs = Array.isArray(head.convs)
    ? head.convs
    : Array<number>(head.convs.depth as number).fill(head.convs.width as number);
  // A norm without convolutions has no effect, which the schema refuses.
  const norm = convs.length === 0 ? "none" : head.norm;
  const finest = (strides: readonly (number | readonly number[])[]) => Math.min(...strides.flat());
  const coarser = finest(settings.pyramid.strides) / finest(given.pyramid.strides);
  const scale = "finestScale" in head ? { finestScale: head.finestScale * coarser } : {};
  return { ...settings, head: { ...head, convs, norm, ...scale } } as DetectorSettings;
}

/** Returns all numbers in rising order. */
const union = (lists: readonly (readonly number[])[]): number[] =>
  [...new Set(lists.flat())].sort((a, b) => a - b);

/** Returns the largest number at each place of several lists. */
const largestOfEach = (lists: readonly (readonly number[])[]): number[] =>
  Array.from({ length: Math.max(...lists.map(({ length }) => length)) }, (_, i) =>
    Math.max(...lists.map((list) => list[i] ?? 0)),
  );
