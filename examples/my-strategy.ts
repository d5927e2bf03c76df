// A search strategy of your own: hill climbing. Every generation proposes neighbors of the best subnet so far, which differ
// from it in one decision, and random subnets once it has no more.
//
//   supernet run mixed-quickstart --work-dir runs/my-strategy \
//     --set "steps.search.strategy={file: examples/my-strategy.ts, settings: {generations: 5}}"
import {
  defineStrategy,
  neighbors,
  onAllImages,
  Random,
  ranked,
  sampleUnseen,
  seenKeys,
  subnetKey,
  violationOf,
  z,
} from "supernet";

const CHILDREN = 8;

export default defineStrategy({
  kind: "hill-climbing",
  title: "hill climbing",
  settings: () => z.strictObject({ generations: z.int().min(1) }),
  length: ({ generations }) => ({ candidates: generations * CHILDREN, evaluations: generations * CHILDREN }),
  create: (problem, { generations }) => ({
    generations,
    propose(state) {
      const { space } = problem;
      const seen = seenKeys(space, state);
      // Seeded by the generation, so a resumed search proposes the same subnets.
      const random = Random.of(problem.seed, "hill-climbing", state.generation);
      const best = ranked(state.history)[0]?.subnet;
      const around = best === undefined ? [] : neighbors(space, best);
      const fresh = around.filter(
        (subnet) => !seen.has(subnetKey(space, subnet)) && violationOf(problem, subnet) === 0,
      );
      const children = random.sample(fresh, CHILDREN);
      for (const child of children) seen.add(subnetKey(space, child));
      const others = sampleUnseen(problem, seen, { count: CHILDREN - children.length, random });
      return onAllImages([...children, ...others]);
    },
  }),
});
