/**
 * Returns the quantile of Student's t distribution: the number that a variable stays below with a probability.
 *
 * @param probability above 0.5 and below 1
 * @param degrees degrees of freedom, an integer from 1
 */
export function studentQuantile(probability: number, degrees: number): number {
  // Bisects the angle, because its range is bounded on both sides.
  let [low, high] = [0, Math.PI / 2];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (belowAngle(middle, degrees) < probability) low = middle;
    else high = middle;
  }
  return Math.sqrt(degrees) * Math.tan(low);
}

/** Returns the probability of less than sqrt(degrees) * tan(angle) (Abramowitz and Stegun, 1964, 26.7.3 and 26.7.4). */
function belowAngle(angle: number, degrees: number): number {
  const odd = degrees % 2;
  const squared = Math.cos(angle) ** 2;
  let term = odd ? Math.cos(angle) : 1;
  let sum = 0;
  for (let k = odd; k <= degrees - 2; k += 2) {
    sum += term;
    term *= (squared * (k + 1)) / (k + 2);
  }
  const within = Math.sin(angle) * sum;
  return (1 + (odd ? (2 / Math.PI) * (angle + within) : within)) / 2;
}
