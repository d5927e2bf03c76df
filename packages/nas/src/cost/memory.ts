/** Bytes of the maps that are alive while a module runs. */
export interface MapMemory {
  readonly input: number;
  readonly output: number;
  /** Maximum at any moment if the input is freed as soon as nothing inside needs it. */
  readonly peak: number;
  /** Maximum at any moment if the input is kept to the end. */
  readonly kept: number;
  /** Whether the output is the input itself. */
  readonly passes: boolean;
}

/** Returns the memory of modules that run in sequence. */
export function sequenceMemory(input: number, modules: readonly MapMemory[]): MapMemory {
  let output = input;
  let peak = input;
  let kept = input;
  let passes = true;
  for (const module of modules) {
    peak = Math.max(peak, module.peak);
    kept = Math.max(kept, passes ? module.kept : input + module.peak);
    passes &&= module.passes;
    output = module.output;
  }
  return { input, output, peak, kept, passes };
}

/** Returns the memory of `shortcut(input) + body(input)`. The body runs first. */
export function residualMemory(body: MapMemory, shortcut?: MapMemory): MapMemory {
  const { input } = body;
  if (shortcut) return branchesMemory([body, shortcut], shortcut.output);
  const sum = input + own(body) + input;
  const peak = Math.max(body.kept, sum);
  return { input, output: input, peak, kept: peak, passes: false };
}

/**
 * Returns the memory of branches that run in sequence on the same input, and of what their outputs become.
 * @param output bytes of the result. Default: those of the concatenation
 */
export function branchesMemory(
  branches: readonly MapMemory[],
  output = branches.reduce((sum, branch) => sum + branch.output, 0),
): MapMemory {
  const input = branches[0]?.input ?? 0;
  const isJoined = branches.some(({ passes }) => passes);
  let waiting = 0;
  let peak = 0;
  let kept = 0;
  for (const [i, branch] of branches.entries()) {
    const isLast = i === branches.length - 1;
    peak = Math.max(peak, waiting + (isLast && !isJoined ? branch.peak : branch.kept));
    kept = Math.max(kept, waiting + branch.kept);
    waiting += own(branch);
  }
  peak = Math.max(peak, waiting + (isJoined ? input : 0) + output);
  kept = Math.max(kept, waiting + input + output);
  return { input, output, peak, kept, passes: false };
}

/**
 * Returns the memory of a body on one half of the input, and of the concatenation of the other half with its output.
 */
export function splitMemory(body: MapMemory): MapMemory {
  const half = body.input;
  const input = 2 * half;
  const output = half + body.output;
  const peak = Math.max(half + body.kept, input + own(body) + output);
  return { input, output, peak, kept: peak, passes: false };
}

/** Bytes of a module's output in addition to its input. */
const own = ({ output, passes }: MapMemory): number => (passes ? 0 : output);
