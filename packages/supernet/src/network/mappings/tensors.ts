// Conversions of single tensors.
import { ops, type Tensor, zeros } from "@supernet/torch";
import type { State } from "./mapping.js";

/** Returns the leading part of a tensor, `shape` large. Axes beyond the tensor's, and smaller ones, stay. */
export function leading(tensor: Tensor, shape: readonly number[]): Tensor {
  if (tensor.ndim !== shape.length) return tensor;
  return shape.reduce(
    (part, size, axis) => (part.shape[axis]! > size ? part.slice(axis, 0, size) : part),
    tensor,
  );
}

/** Returns a tensor followed by zeros along every axis, `shape` large. */
export function padded(tensor: Tensor, shape: readonly number[]): Tensor {
  return shape.reduce((part, size, axis) => {
    const missing = size - part.shape[axis]!;
    if (missing <= 0) return part;
    const rest = part.shape.map((own, other) => (other === axis ? missing : own));
    return ops.cat([part, zeros(rest, { dtype: tensor.dtype })], axis);
  }, tensor);
}

/** Reorders the rows of queries, then keys, then values to triples of one of each. */
export function interleaveRows(rows: Tensor): Tensor {
  const [count, ...rest] = rows.shape;
  return rows
    .reshape([3, count! / 3, ...rest])
    .transpose(0, 1)
    .reshape([count!, ...rest]);
}

/** Adds a batch norm's missing weight of 1 and bias of 0, which it has without them. */
export function withAffine(state: State): State {
  const result = new Map<string, Tensor>();
  for (const [name, tensor] of state) {
    result.set(name, tensor);
    const [, norm] = /^(.*)\.running_mean$/.exec(name) ?? [];
    if (norm === undefined) continue;
    if (!state.has(`${norm}.weight`)) result.set(`${norm}.weight`, ops.onesLike(tensor));
    if (!state.has(`${norm}.bias`)) result.set(`${norm}.bias`, ops.zerosLike(tensor));
  }
  return result;
}
