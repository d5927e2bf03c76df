import { CholeskyDecomposition, Matrix } from "ml-matrix";
import type { Similarity } from "./kernel.js";

/** Joint normal distribution of the values of points that were not observed. */
export interface Posterior {
  readonly mean: readonly number[];
  /** Variance on the diagonal; of the values themselves, without the noise of an observation. */
  readonly covariance: Matrix;
  /** Variance of what the surrogate does not explain. */
  readonly noise: number;
}

/** A covariance function. Of the signal, of which `interaction` is the part that no sum over decisions explains. */
export interface Hyperparameters {
  readonly interaction: number;
  /** Of the mean squared distance of two points, below which they are alike. */
  readonly width: number;
  /** Variance of the noise, as a part of the signal's. */
  readonly noise: number;
}

const GRID: readonly Hyperparameters[] = [0.1, 0.4, 0.8].flatMap((interaction) =>
  [0.02, 0.1, 0.4].flatMap((width) => [1e-3, 0.03, 0.3].map((noise) => ({ interaction, width, noise }))),
);

/** Observations that settle the hyperparameters, at the most: the cost grows with their cube. */
const FITTED = 100;

/**
 * A Gaussian process (Rasmussen and Williams, 2006) over points that are compared decision by decision. Its covariance
 * is a sum of two: one that is itself a sum over decisions, as most of what makes a network good is, and one of the
 * whole point, for what decisions do to one another. How much of each, how far the second reaches and how much is noise
 * are those of a small grid under which the observations are likeliest.
 */
export class GaussianProcess<Point> {
  readonly #points: readonly Point[];
  readonly #similarity: (a: Point, b: Point) => Similarity;
  readonly #mean: number;
  readonly #deviation: number;
  readonly hyperparameters: Hyperparameters;
  readonly #signal: number;
  readonly #cholesky: CholeskyDecomposition;
  readonly #weights: Matrix;

  /** @param values one for each point, of which there is one at least; finite */
  constructor(
    points: readonly Point[],
    values: readonly number[],
    similarity: (a: Point, b: Point) => Similarity,
  ) {
    this.#points = points;
    this.#similarity = similarity;
    this.#mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const squares = values.reduce((sum, value) => sum + (value - this.#mean) ** 2, 0);
    this.#deviation = Math.sqrt(squares / values.length) || 1;
    const standard = values.map((value) => (value - this.#mean) / this.#deviation);

    // Early and late observations alike.
    const stride = Math.ceil(points.length / FITTED);
    const some = points.filter((_, i) => i % stride === 0);
    const someValues = standard.filter((_, i) => i % stride === 0);
    const alike = pairs(some, some, similarity);
    const fits = GRID.map((chosen) => ({ chosen, ...fit(covariances(alike, chosen), chosen, someValues) }));
    this.hyperparameters = fits.reduce((a, b) => (b.likelihood > a.likelihood ? b : a)).chosen;

    const whole = fit(
      covariances(pairs(points, points, similarity), this.hyperparameters),
      this.hyperparameters,
      standard,
    );
    this.#signal = whole.signal;
    this.#cholesky = whole.cholesky;
    this.#weights = whole.weights;
  }

  predict(points: readonly Point[]): Posterior {
    const cross = covariances(pairs(this.#points, points, this.#similarity), this.hyperparameters);
    const mean = cross.transpose().mmul(this.#weights);
    const prior = covariances(pairs(points, points, this.#similarity), this.hyperparameters);
    const explained = cross.transpose().mmul(this.#cholesky.solve(cross));
    const scale = this.#signal * this.#deviation ** 2;
    return {
      mean: mean.to1DArray().map((value) => this.#mean + this.#deviation * value),
      covariance: Matrix.sub(prior, explained).mul(scale),
      noise: scale * this.hyperparameters.noise,
    };
  }
}

function pairs<Point>(
  rows: readonly Point[],
  columns: readonly Point[],
  similarity: (a: Point, b: Point) => Similarity,
): Similarity[][] {
  return rows.map((a) => columns.map((b) => similarity(a, b)));
}

function covariances(alike: readonly Similarity[][], { interaction, width }: Hyperparameters): Matrix {
  const of = ({ mean, distance }: Similarity) =>
    (1 - interaction) * mean + interaction * Math.exp(-distance / (2 * width));
  return new Matrix(alike.map((row) => row.map(of)));
}

interface Fit {
  readonly cholesky: CholeskyDecomposition;
  readonly weights: Matrix;
  /** The likeliest variance of the signal. */
  readonly signal: number;
  /** Logarithm, up to a constant, under that variance. */
  readonly likelihood: number;
}

function fit(covariance: Matrix, { noise }: Hyperparameters, values: readonly number[]): Fit {
  const n = values.length;
  const cholesky = new CholeskyDecomposition(Matrix.add(covariance, Matrix.eye(n, n).mul(noise)));
  const column = Matrix.columnVector([...values]);
  const weights = cholesky.solve(column);
  const signal = Math.max(column.dot(weights) / n, 1e-12);
  const { lowerTriangularMatrix } = cholesky;
  const logRoot = lowerTriangularMatrix.diagonal().reduce((sum, value) => sum + Math.log(value), 0);
  return { cholesky, weights, signal, likelihood: -(n / 2) * Math.log(signal) - logRoot };
}
