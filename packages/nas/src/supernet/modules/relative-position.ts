import { fromTypedArray, nn, noGrad, ops, type Tensor } from "@supernet/torch";
import { relativeDistanceCount } from "../../layer/token-layer.js";

export interface RelativePositionSizes {
  /** Width of a head. */
  readonly headWidth: number;
  /** Number of patches per side of the image. */
  readonly grid: number;
  /** Maximum distance between rows or columns; larger distances count as this one. */
  readonly distance: number;
}

/**
 * Embedding of the relative position of two tokens: the vector of their vertical distance plus the vector of their
 * horizontal distance (Chen et al., ["AutoFormer"](https://arxiv.org/abs/2107.00651), 2021). For pairs with the class
 * token, both are the first rows of the tables.
 *
 * No vector per pair is computed. Products are computed with the table rows that occur, and then looked up per pair.
 */
export class RelativePosition extends nn.Module {
  /** `[2 * distance + 2, headWidth]`; row d + distance + 1 is the vector for d rows down. */
  readonly embeddings_table_v: nn.Parameter;
  /** The same for d columns to the right. */
  readonly embeddings_table_h: nn.Parameter;
  #sizes: RelativePositionSizes;

  constructor(sizes: RelativePositionSizes) {
    super();
    this.#sizes = sizes;
    const table = () => nn.parameter(nn.init.truncatedNormal(ops.zeros(tableShape(sizes)), 0, 0.02));
    this.embeddings_table_v = table();
    this.embeddings_table_h = table();
  }

  /** Sets the number of patches per side of the image. The tables are the same for all. */
  resize(grid: number): void {
    this.#sizes = { ...this.#sizes, grid };
  }

  /** Returns the products of queries `[t, m, headWidth]` with the vectors to each token: `[t, m, t]`. */
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

  /** Returns the sum of the vectors to each token, weighted by `[t, m, t]`: `[t, m, headWidth]`. */
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

  /** Returns the rows of both tables that occur in the grid. */
  #rows(): Tensor {
    const tables = ops.cat([this.embeddings_table_v, this.embeddings_table_h]);
    const rows = ops.indexSelect(tables, 0, this.#lookup().rows);
    tables.dispose();
    return rows;
  }
}

const tableShape = ({ distance, headWidth }: RelativePositionSizes) => [2 * distance + 2, headWidth];

/**
 * Returns the table row for each pair of tokens i and j. Token 0 is the class token; the patches follow row by row.
 * The table row is 0 if i or j is the class token. Otherwise it is distance + 1 plus the row (or column) of j minus
 * that of i, clamped to [-distance, distance].
 */
export function relativeIndices(
  grid: number,
  distance: number,
): { readonly vertical: number[][]; readonly horizontal: number[][] } {
  const tokens = Array.from({ length: grid * grid + 1 }, (_, i) => i - 1);
  const table = (position: (patch: number) => number) =>
    tokens.map((i) =>
      tokens.map((j) => {
        if (i < 0 || j < 0) return 0;
        return Math.max(-distance, Math.min(distance, position(j) - position(i))) + distance + 1;
      }),
    );
  return { vertical: table((patch) => Math.floor(patch / grid)), horizontal: table((patch) => patch % grid) };
}

/** Indices into the table rows that occur, with the rows of the vertical table first. */
interface Lookup {
  /** Rows that occur in the concatenated tables. */
  readonly rows: Tensor;
  /** `[t, 1, t]` */
  readonly vertical: Tensor;
  readonly horizontal: Tensor;
}

/** Shared by all blocks of all networks. */
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
