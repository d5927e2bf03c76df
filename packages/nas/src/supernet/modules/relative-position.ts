import { fromTypedArray, nn, noGrad, ops, type Tensor } from "@supernet/torch";
import { relativeDistanceCount } from "../../layer/token-layer.js";

export interface RelativePositionSizes {
  /** Width of a head. */
  readonly headWidth: number;
  /** Side of the grid of patches. */
  readonly grid: number;
  /** Rows and columns farther apart than this count as so far apart. */
  readonly distance: number;
}

/**
 * A vector for how a token lies to another: that of the rows between them plus that of the columns (Chen et al.,
 * "AutoFormer", 2021). The class token has the tables' first rows towards all and from all.
 *
 * A vector is not made for each pair: products are taken with the rows of the tables that occur, and then looked up.
 */
export class RelativePosition extends nn.Module {
  /** [2 distance + 2, headWidth]; row d + distance + 1 is that of d rows down. */
  readonly embeddings_table_v: nn.Parameter;
  /** The same of columns to the right. */
  readonly embeddings_table_h: nn.Parameter;
  readonly #sizes: RelativePositionSizes;

  constructor(sizes: RelativePositionSizes) {
    super();
    this.#sizes = sizes;
    const table = () => nn.parameter(nn.init.truncatedNormal(ops.zeros(tableShape(sizes)), 0, 0.02));
    this.embeddings_table_v = table();
    this.embeddings_table_h = table();
  }

  /** Products of queries [t, m, headWidth] with the vectors to each token: [t, m, t]. */
  products(queries: Tensor): Tensor {
    const { vertical, horizontal } = this.#lookup();
    const table = this.#rows();
    const turned = table.t();
    const byDistance = ops.matmul(queries, turned);
    const [t, m] = queries.shape as [number, number];
    const [rows, columns] = [vertical.expand([t, m, t]), horizontal.expand([t, m, t])];
    const sum = byDistance.gather(2, rows);
    const ofColumns = byDistance.gather(2, columns);
    sum.add_(ofColumns);
    for (const tensor of [table, turned, byDistance, rows, columns, ofColumns]) tensor.dispose();
    return sum;
  }

  /** The vectors to each token, weighted by [t, m, t] and summed: [t, m, headWidth]. */
  mix(weights: Tensor): Tensor {
    const { vertical, horizontal } = this.#lookup();
    const table = this.#rows();
    const [t, m] = weights.shape as [number, number];
    const [rows, columns] = [vertical.expand([t, m, t]), horizontal.expand([t, m, t])];
    const byDistance = ops.newZeros(weights, [t, m, table.shape[0]!]);
    byDistance.scatterAdd_(2, rows, weights).scatterAdd_(2, columns, weights);
    const mixed = ops.matmul(byDistance, table);
    for (const tensor of [table, rows, columns, byDistance]) tensor.dispose();
    return mixed;
  }

  #lookup(): Lookup {
    return lookupOf(this.#sizes, this.embeddings_table_v.device);
  }

  /** The rows of both tables that occur. */
  #rows(): Tensor {
    const tables = ops.cat([this.embeddings_table_v, this.embeddings_table_h]);
    const rows = ops.indexSelect(tables, 0, this.#lookup().rows);
    tables.dispose();
    return rows;
  }
}

const tableShape = ({ distance, headWidth }: RelativePositionSizes) => [2 * distance + 2, headWidth];

/**
 * The rows of the tables for tokens i and j, the class token first and then the patches row by row: 0 where either is
 * the class token, else distance + 1 plus j's row (column) less i's, within [-distance, distance].
 */
export function relativeIndices(
  grid: number,
  distance: number,
): { readonly vertical: number[][]; readonly horizontal: number[][] } {
  const tokens = Array.from({ length: grid * grid + 1 }, (_, i) => i - 1);
  const table = (place: (patch: number) => number) =>
    tokens.map((i) =>
      tokens.map((j) => {
        if (i < 0 || j < 0) return 0;
        return Math.max(-distance, Math.min(distance, place(j) - place(i))) + distance + 1;
      }),
    );
  return { vertical: table((patch) => Math.floor(patch / grid)), horizontal: table((patch) => patch % grid) };
}

/** Indices among the rows that occur, of the vertical table first. */
interface Lookup {
  /** Those rows, of both tables one after the other. */
  readonly rows: Tensor;
  /** [t, 1, t] */
  readonly vertical: Tensor;
  readonly horizontal: Tensor;
}

/** The same for every block of every network. */
const lookups = new Map<string, Lookup>();

function lookupOf({ grid, distance }: RelativePositionSizes, device: string): Lookup {
  const key = `${grid} ${distance} ${device}`;
  const known = lookups.get(key) ?? makeLookup(grid, distance, device);
  lookups.set(key, known);
  return known;
}

function makeLookup(grid: number, distance: number, device: string): Lookup {
  const reach = relativeDistanceCount({ grid, distance });
  const first = distance + 1 - (reach - 1) / 2;
  const occurring = [0, ...Array.from({ length: reach }, (_, i) => first + i)];
  const { vertical, horizontal } = relativeIndices(grid, distance);
  const among = (indices: readonly number[][], offset: number) =>
    int64(
      indices.flat().map((index) => offset + (index === 0 ? 0 : index - first + 1)),
      [indices.length, 1, indices.length],
      device,
    );
  return {
    rows: int64([...occurring, ...occurring.map((row) => 2 * distance + 2 + row)], [2 * reach + 2], device),
    vertical: among(vertical, 0),
    horizontal: among(horizontal, reach + 1),
  };
}

const int64 = (values: readonly number[], shape: readonly number[], device: string): Tensor =>
  noGrad(() => fromTypedArray(BigInt64Array.from(values, BigInt), shape, { device }).keep());
