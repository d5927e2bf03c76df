import { z } from "zod";
import { count, positive, together } from "./values.js";

/** A local search from the best that a strategy found, by one decision at a time until none is better. */
const refinementSchema = z.strictObject({
  /** Candidates that it scores at the most. */
  candidates: count,
  /** Neighbours that are proposed together. */
  batch: count,
});

/** Left out = none. */
const refinement = refinementSchema.optional();

const mutationsSchema = z.strictObject({
  children: count,
  /** With which a decision is drawn anew. */
  probability: positive.max(1),
  /**
   * Other probabilities of some decisions, by their name or its last part: `depth` is that of every `stages.1.depth`
   * too. Left out = none.
   */
  perDecision: z
    .record(z.string(), z.number().min(0).max(1))
    .refine((rates) => Object.keys(rates).length > 0, "a probability, such as {depth: 0.4}")
    .optional(),
});

/** Tries for a child that meets the constraints and was not scored yet; random subnets fill the rest. */
const maxTries = count;

/** Evolution search (Guo et al., 2020; Chen et al., "DetNAS", 2019). */
const evolutionSchema = z
  .strictObject({
    kind: z.literal("evolution"),
    /** Candidates scored in a generation. */
    populationSize: count,
    /** Generations, the random first one included, which has no parents. */
    generations: z.int().min(2),
    /** Best candidates so far, kept across generations as parents. */
    topK: count,
    /** Children in a generation that are a parent with decisions drawn anew; null = none. */
    mutations: mutationsSchema.nullable(),
    /** Children in a generation that take each decision from either of two parents. */
    crossovers: z.int().min(0),
    maxTries,
    refinement,
  })
  .superRefine(
    together((evolution, refuse) => {
      const { populationSize, generations, topK, mutations, crossovers } = evolution;
      const children = (mutations?.children ?? 0) + crossovers;
      const candidates = populationSize * (generations - 1);
      if (children === 0) refuse(["crossovers"], "at least 1, as there are no mutations");
      if (children > populationSize) {
        refuse(
          ["populationSize"],
          `at least ${children}, the children by mutation and crossover of a generation`,
        );
      }
      if (topK > candidates) {
        refuse(["topK"], `at most ${candidates}, the candidates before the last generation`);
      }
      if (crossovers > 0 && topK < 2) refuse(["topK"], "at least 2, the parents of a crossover");
    }),
  );

/** Random search, the baseline (Li and Talwalkar, 2019). */
const randomSchema = z.strictObject({ kind: z.literal("random"), candidates: count, refinement });

/** Evolution in which the oldest make room (Real et al., 2019). */
const regularisedSchema = z
  .strictObject({
    kind: z.literal("regularised-evolution"),
    /** Candidates in all, the first population included. */
    candidates: count,
    /** The latest candidates, from which parents are drawn. */
    populationSize: count,
    /** Drawn from the population for each child, whose parent is the best of them. */
    sample: count,
    /** Children that are proposed together. */
    children: count,
    maxTries,
    refinement,
  })
  .superRefine(
    together(({ candidates, populationSize, sample, children }, refuse) => {
      if (populationSize >= candidates) {
        refuse(
          ["populationSize"],
          `less than the ${candidates} candidates, as a random search has no parents`,
        );
      }
      if (sample > populationSize) refuse(["sample"], `at most ${populationSize}, the population`);
      const most = candidates - populationSize;
      if (most > 0 && children > most)
        refuse(["children"], `at most ${most}, the children of the whole search`);
    }),
  );

/** Successive halving over parts of the images (Jamieson and Talwalkar, 2016). */
const halvingSchema = z
  .strictObject({
    kind: z.literal("successive-halving"),
    /** Random candidates in the first rung. */
    candidates: count,
    /** Of each rung one in so many goes on to the next, on so many times the images. */
    reduction: z.int().min(2),
    /** Rungs, of which the last scores on all images. */
    rungs: z.int().min(2),
    refinement,
  })
  .superRefine(
    together(({ candidates, reduction, rungs }, refuse) => {
      const least = reduction ** (rungs - 1);
      if (candidates < least)
        refuse(["candidates"], `at least ${least}, for one to be left in the last rung`);
    }),
  );

/** Search by a Gaussian process that learns from every score. */
const predictorSchema = z
  .strictObject({
    kind: z.literal("predictor"),
    /** Candidates in all, the first random ones included. */
    candidates: count,
    /** Random candidates that the predictor begins with. */
    initial: count,
    /** Candidates that are proposed together. */
    batch: count,
    /** Subnets that a batch is chosen from, half of them random, half like the best. */
    pool: count,
    /** Deviations of a prediction that count in its favour; 0 = none. */
    exploration: z.number().min(0),
    refinement,
  })
  .superRefine(
    together(({ candidates, initial, batch, pool }, refuse) => {
      if (initial >= candidates) {
        refuse(["initial"], `less than the ${candidates} candidates, as a predictor proposes the others`);
      }
      if (batch >= pool) refuse(["pool"], `more than the ${batch} of a batch, which are chosen from it`);
      const most = candidates - initial;
      if (most > 0 && batch > most) refuse(["batch"], `at most ${most}, the candidates that are predicted`);
    }),
  );

/** NSGA-II for several objectives at once (Deb et al., 2002): a high score and little of each resource that is named. */
const nsga2Schema = (resources: readonly string[]) =>
  z
    .strictObject({
      kind: z.literal("nsga2"),
      /** Resources that are to be small. */
      minimise: z
        .array(z.enum(resources))
        .min(1)
        .refine((names) => new Set(names).size === names.length, "each resource once"),
      /** Candidates scored in a generation, and parents of the next. */
      populationSize: z.int().min(2),
      /** Generations, the random first one included. */
      generations: z.int().min(2),
      /** With which a child takes its decisions from two parents; 0 = never. */
      crossoverProbability: z.number().min(0).max(1),
      /** With which each decision of a child is drawn anew; 0 = never. */
      mutationProbability: z.number().min(0).max(1),
      maxTries,
    })
    .superRefine(
      together(({ crossoverProbability, mutationProbability }, refuse) => {
        if (crossoverProbability + mutationProbability === 0) {
          refuse(["mutationProbability"], "more than 0, as there are no crossovers");
        }
      }),
    );

/**
 * How candidates are chosen.
 * @param resources names of what the task's search measures, which may be an objective
 */
export const strategySchema = (resources: readonly string[]) =>
  z.discriminatedUnion("kind", [
    evolutionSchema,
    randomSchema,
    regularisedSchema,
    halvingSchema,
    predictorSchema,
    nsga2Schema(resources),
  ]);

export type StrategyRecipe = z.infer<ReturnType<typeof strategySchema>>;
