import { requireArray } from "@supernet/base";

/**
 * Computes Kendall's tau-b of two lists of scores (Kendall, "The Treatment of Ties in Ranking Problems", 1945). It is
 * the number of pairs in the same order minus the number in opposite order, divided by a normalization. The latter is
 * the geometric mean of the numbers of pairs that are not tied in each list. The result is 1 for equal rankings, -1 for
 * reversed ones, and 0 on average for unrelated ones.
 *
 * @example
 * kendallTau([1, 2, 3], [10, 30, 20]); // 1 / 3
 * @returns NaN if all scores of a list are equal, because they give no ranking
 * @throws RangeError if the lists differ in length
 */
export function kendallTau(a: readonly number[], b: readonly number[]): number {
  requireArray("kendallTau: a", a);
  requireArray("kendallTau: b", b);
  if (a.length !== b.length)
    throw new RangeError(
      `kendallTau: the lists have ${a.length} and ${b.length} scores; expected equal lengths`,
    );
  let agreement = 0;
  let untiedA = 0;
  let untiedB = 0;
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j < i; j++) {
      const orderA = Math.sign(a[i]! - a[j]!);
      const orderB = Math.sign(b[i]! - b[j]!);
      agreement += orderA * orderB;
      untiedA += Math.abs(orderA);
      untiedB += Math.abs(orderB);
    }
  }
  return agreement / Math.sqrt(untiedA * untiedB);
}
