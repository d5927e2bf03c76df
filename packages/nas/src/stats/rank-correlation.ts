import { requireArray } from "@supernet/base";

/**
 * Kendall's tau-b of two equally long lists of scores (Kendall, "The Treatment of Ties in Ranking Problems", 1945):
 * pairs in the same order less pairs in opposite order, over the geometric mean of the pairs that are not tied in each
 * list. 1 where both rank alike, -1 where one ranks the other way round, 0 in the mean for unrelated lists.
 * @returns NaN where one of the lists has no two different scores, since nothing is ranked then
 */
export function kendallTau(a: readonly number[], b: readonly number[]): number {
  requireArray("kendallTau: a", a);
  requireArray("kendallTau: b", b);
  if (a.length !== b.length) throw new RangeError(`kendallTau: ${a.length} scores beside ${b.length}`);
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
