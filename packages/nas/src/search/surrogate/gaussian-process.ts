import { CholeskyDecomposition, Matrix } from "ml-matrix";
import type { Similarity } from "./kernel.js";

/** Joint normal distribution of the values of points. */
export interface Posterior {
  readonly mean: readonly number[];
  /** Covariance of the values themselves, without the noise of observations. */
  readonly covariance: Matrix;
  /** Variance that the surrogate does not explain. */
  readonly noise: number;
}

/** Parameters of the covariance function. */
export interface Hyperparameters {
  /** Fraction of the signal that a linear function of the properties explains. */
  readonly linear: number;
  /** Fraction of the rest of the signal that a sum over decisions does not explain. */
  readonly interaction: number;
  /** Mean squared distance below which two points are similar. */
  readonly width: number;
  /** Variance of the noise, as a fraction of the signal's variance. */
  readonly noise: number;
}

const gridOf = (linears: readonly number[], noises: readonly number[]): readonly Hyperparameters[] =>
  linears.flatMap((linear) =>
    [0.1, 0.4, 0.8].flatMap((interaction) =>
      [0.02, 0.1, 0.4].flatMap((width) => noises.map((noise) => ({ linear, interaction, width, noise }))),
    ),
  );
const GRID = gridOf([0], [1e-3, 0.03, 0.3]);
/** For points with properties, which explain most of the differences. Few are observed, with more noise. */
const GRID_WITH_PROPERTIES = gridOf([0.8], [0.03, 0.1, 0.3]);

/** Maximum number of observations used to choose the hyperparameters. The cost grows with its cube. */
const FITTED = 100;

/**
 * A Gaussian process (Rasmussen and Williams, 2006) over points that are compared decision by decision. Its covariance
 * has two terms. One is a sum over decisions, which explains most of a network's quality. The other one compares
 * complete points and explains interactions between decisions. Points with properties have a third one, which makes the
 * value also depend linearly on these. The hyperparameters are those of a small grid with the
 * highest likelihood of the observations.
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

  /** @param values finite values, one per point; at least one */
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

    // Use both early and late observations.
    const stride = Math.ceil(points.length / FITTED);
    const some = points.filter((_, i) => i % stride === 0);
    const someValues = standard.filter((_, i) => i % stride === 0);
    const similarities = pairs(some, some, similarity);
    const grid = similarities[0]![0]!.linear === undefined ? GRID : GRID_WITH_PROPERTIES;
    const fits = grid.map((chosen) => ({
      chosen,
      ...fit(covariances(similarities, chosen), chosen, someValues),
    }));
    this.hyperparameters = fits.reduce((a, b) => (b.likelihood > a.likelihood ? b : a)).chosen;

    const full = fit(
      covariances(pairs(points, points, similarity), this.hyperparameters),
      this.hyperparameters,
      standard,
    );
    this.#signal = full.signal;
    this.#cholesky = full.cholesky;
    this.#weights = full.weights;
  }

  /** Predicts only the means, for many points. */
  means(points: readonly Point[]): number[] {
    return this.#meansOf(covariances(pairs(this.#points, points, this.#similarity), this.hyperparameters));
  }

  predict(points: readonly Point[]): Posterior {
    const cross = covariances(pairs(this.#points, points, this.#similarity), this.hyperparameters);
    const prior = covariances(pairs(points, points, this.#similarity), this.hyperparameters);
    const explained = cross.transpose().mmul(this.#cholesky.solve(cross));
    const scale = this.#signal * this.#deviation ** 2;
    return {
      mean: this.#meansOf(cross),
      covariance: Matrix.sub(prior, explained).mul(scale),
      noise: scale * this.hyperparameters.noise,
    };
  }

  /** @param cross covariances of the observations, in rows, with the points */
  #meansOf(cross: Matrix): number[] {
    const means = cross.transpose().mmul(this.#weights).to1DArray();
    return means.map((value) => this.#mean + this.#deviation * value);
  }
}

function pairs<Point>(
  rows: readonly Point[],
  columns: readonly Point[],
  similarity: (a: Point, b: Point) => Similarity,
): Similarity[][] {
  return rows.map((a) => columns.map((b) => similarity(a, b)));
}

function covariances(
  similarities: readonly Similarity[][],
  { linear: share, interaction, width }: Hyperparameters,
): Matrix {
  const of = ({ mean, distance, linear = 0 }: Similarity) =>
    share * linear +
    (1 - share) * ((1 - interaction) * mean + interaction * Math.exp(-distance / (2 * width)));
  return new Matrix(similarities.map((row) => row.map(of)));
}

interface Fit {
  readonly cholesky: CholeskyDecomposition;
  readonly weights: Matrix;
  /** Variance of the signal with the highest likelihood. */
  readonly signal: number;
  /** Log-likelihood with that variance, up to a constant. */
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
