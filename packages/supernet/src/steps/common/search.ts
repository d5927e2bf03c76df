import { join } from "node:path";
import {
  type Candidate,
  evolutionSearch,
  loadSearchState,
  mutationRates,
  randomSearch,
  runSearch,
  type SearchProblem,
  type SearchResult,
  type Space,
  type Strategy,
  type Subnet,
  saveSearchState,
} from "@supernet/nas";
import { inFile } from "@supernet/torch/errors";
import type { EvolutionRecipe } from "../../recipe/steps-schema.js";
import { scoreAhead } from "../../scoring/ahead.js";
import type { Scorer } from "../../scoring/scorer.js";
import type { StepContext } from "./context.js";

/** A search of a step: goes on from the step's checkpoint, which holds every candidate. */
export interface StepSearch {
  readonly strategy: Strategy;
  /** Candidates that it is to score; a space, or what the constraints leave of it, may have fewer. */
  readonly candidates: number;
  /** Higher is better. */
  readonly evaluate: (subnet: Subnet) => Promise<number>;
  /** Told how many candidates were scored before, once that is known. */
  readonly begin: (done: number) => void;
  readonly onCandidate: (candidate: Candidate, index: number) => void;
}

type Within = Pick<StepContext, "host" | "say">;

/** The file of a step that holds the state of its search. */
export const checkpointOf = (folder: string): string => join(folder, "checkpoint");

/** Searches to the end, from the start or the checkpoint; stops between two candidates where the user asks. */
export async function searchInStep({ host, say }: Within, search: StepSearch): Promise<SearchResult> {
  const { strategy, candidates, evaluate, begin, onCandidate } = search;
  const checkpoint = checkpointOf(host.folder);
  const state = loadSearchState(checkpoint, strategy);
  begin(state?.history.length ?? 0);
  const result = await runSearch({
    strategy,
    state,
    evaluate: async (subnet) => {
      if (await host.stopRequested()) throw host.interrupted();
      return evaluate(subnet);
    },
    save: (next) => saveSearchState(checkpoint, next),
    onCandidate,
  });
  const found = result.state.history.length;
  if (found < candidates) {
    say(`only ${found} of ${candidates} different subnets within the constraints were found`);
  }
  return result;
}

/** @throws UserError where a probability of mutation is given for what is no decision of the space */
export function checkMutations(space: Space, { mutations }: EvolutionRecipe): void {
  if (!mutations) return;
  const key = "steps.search.strategy.mutations";
  inFile(key, () => mutationRates(space, mutations.probability, mutations.perDecision ?? {}));
}

/** The evolution that a recipe describes. */
export function evolutionOf(problem: SearchProblem, settings: EvolutionRecipe): Strategy {
  return evolutionSearch(problem, {
    population: settings.populationSize,
    epochs: settings.generations,
    topK: settings.topK,
    mutations: settings.mutations?.children ?? 0,
    mutationProbability: settings.mutations?.probability ?? 0,
    mutationProbabilities: settings.mutations?.perDecision ?? {},
    crossovers: settings.crossovers,
    maxTries: settings.maxTries,
  });
}

/** Runs the evolution of a search step: every candidate becomes a record with its score under `metric`. */
export async function evolveInStep(
  { host, say, space }: Within & Pick<StepContext, "space">,
  problem: SearchProblem,
  settings: EvolutionRecipe,
  metric: string,
  scorer: Scorer,
): Promise<SearchResult> {
  const candidates = settings.populationSize * settings.generations;
  let best: Candidate | undefined;
  return searchInStep(
    { host, say },
    {
      ...scoreAhead(space, evolutionOf(problem, settings), scorer),
      candidates,
      begin: (done) => host.begin(done, candidates),
      onCandidate: (candidate, index) => {
        if ((candidate.score ?? -1) > (best?.score ?? -1)) best = candidate;
        const { score, generation, resources } = candidate;
        host.record({ iteration: index + 1, generation, [metric]: score ?? -1, ...resources });
        host.progress(index + 1, `best ${metric} ${((best?.score ?? 0) * 100).toFixed(1)}`);
      },
    },
  );
}

/** Scores different random subnets that meet the problem's constraints, as many as are asked for; none is fine too. */
export async function scoreRandomSubnets(
  context: Within,
  problem: SearchProblem,
  candidates: number,
  watch: Pick<StepSearch, "evaluate" | "begin" | "onCandidate">,
): Promise<readonly Candidate[]> {
  if (candidates === 0) {
    watch.begin(0);
    return [];
  }
  const strategy = randomSearch(problem, { candidates });
  return (await searchInStep(context, { strategy, candidates, ...watch })).state.history;
}
