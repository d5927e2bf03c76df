// Written by src/generator from the schemas of libtorch 1.13.0; do not edit.
import { type DType, Handle, type MemoryFormat } from "../call.js";
import type { Tensor } from "../tensor.js";
import * as ops from "./ops.js";

type Untyped = (...values: unknown[]) => unknown;

export abstract class TensorMethods extends Handle {
  abs(): Tensor;
  abs(): unknown {
    return (ops.abs as Untyped)(this);
  }

  abs_(): Tensor;
  abs_(): unknown {
    return (ops.abs_ as Untyped)(this);
  }

  absolute(): Tensor;
  absolute(): unknown {
    return (ops.absolute as Untyped)(this);
  }

  absolute_(): Tensor;
  absolute_(): unknown {
    return (ops.absolute_ as Untyped)(this);
  }

  acos(): Tensor;
  acos(): unknown {
    return (ops.acos as Untyped)(this);
  }

  acos_(): Tensor;
  acos_(): unknown {
    return (ops.acos_ as Untyped)(this);
  }

  acosh(): Tensor;
  acosh(): unknown {
    return (ops.acosh as Untyped)(this);
  }

  acosh_(): Tensor;
  acosh_(): unknown {
    return (ops.acosh_ as Untyped)(this);
  }

  adaptiveAvgPool1d(outputSize: number | readonly number[]): Tensor;
  adaptiveAvgPool1d(a0?: unknown): unknown {
    return (ops.adaptiveAvgPool1d as Untyped)(this, a0);
  }

  adaptiveAvgPool2d(outputSize: number | readonly number[]): Tensor;
  adaptiveAvgPool2d(a0?: unknown): unknown {
    return (ops.adaptiveAvgPool2d as Untyped)(this, a0);
  }

  adaptiveAvgPool3d(outputSize: number | readonly number[]): Tensor;
  adaptiveAvgPool3d(a0?: unknown): unknown {
    return (ops.adaptiveAvgPool3d as Untyped)(this, a0);
  }

  adaptiveMaxPool1d(outputSize: number | readonly number[]): [Tensor, Tensor];
  adaptiveMaxPool1d(a0?: unknown): unknown {
    return (ops.adaptiveMaxPool1d as Untyped)(this, a0);
  }

  adaptiveMaxPool2d(outputSize: number | readonly number[]): [Tensor, Tensor];
  adaptiveMaxPool2d(a0?: unknown): unknown {
    return (ops.adaptiveMaxPool2d as Untyped)(this, a0);
  }

  adaptiveMaxPool3d(outputSize: number | readonly number[]): [Tensor, Tensor];
  adaptiveMaxPool3d(a0?: unknown): unknown {
    return (ops.adaptiveMaxPool3d as Untyped)(this, a0);
  }

  add(other: Tensor, options?: { alpha?: number | bigint | boolean | undefined }): Tensor;
  add(other: number | bigint | boolean, alpha?: number | bigint | boolean): Tensor;
  add(a0?: unknown, a1?: unknown): unknown {
    return (ops.add as Untyped)(this, a0, a1);
  }

  add_(other: Tensor, options?: { alpha?: number | bigint | boolean | undefined }): Tensor;
  add_(other: number | bigint | boolean, alpha?: number | bigint | boolean): Tensor;
  add_(a0?: unknown, a1?: unknown): unknown {
    return (ops.add_ as Untyped)(this, a0, a1);
  }

  addbmm(batch1: Tensor, batch2: Tensor, options?: { beta?: number | bigint | boolean | undefined; alpha?: number | bigint | boolean | undefined }): Tensor;
  addbmm(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.addbmm as Untyped)(this, a0, a1, a2);
  }

  addbmm_(batch1: Tensor, batch2: Tensor, options?: { beta?: number | bigint | boolean | undefined; alpha?: number | bigint | boolean | undefined }): Tensor;
  addbmm_(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.addbmm_ as Untyped)(this, a0, a1, a2);
  }

  addcdiv(tensor1: Tensor, tensor2: Tensor, options?: { value?: number | bigint | boolean | undefined }): Tensor;
  addcdiv(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.addcdiv as Untyped)(this, a0, a1, a2);
  }

  addcdiv_(tensor1: Tensor, tensor2: Tensor, options?: { value?: number | bigint | boolean | undefined }): Tensor;
  addcdiv_(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.addcdiv_ as Untyped)(this, a0, a1, a2);
  }

  addcmul(tensor1: Tensor, tensor2: Tensor, options?: { value?: number | bigint | boolean | undefined }): Tensor;
  addcmul(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.addcmul as Untyped)(this, a0, a1, a2);
  }

  addcmul_(tensor1: Tensor, tensor2: Tensor, options?: { value?: number | bigint | boolean | undefined }): Tensor;
  addcmul_(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.addcmul_ as Untyped)(this, a0, a1, a2);
  }

  addmm(mat1: Tensor, mat2: Tensor, options?: { beta?: number | bigint | boolean | undefined; alpha?: number | bigint | boolean | undefined }): Tensor;
  addmm(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.addmm as Untyped)(this, a0, a1, a2);
  }

  addmm_(mat1: Tensor, mat2: Tensor, options?: { beta?: number | bigint | boolean | undefined; alpha?: number | bigint | boolean | undefined }): Tensor;
  addmm_(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.addmm_ as Untyped)(this, a0, a1, a2);
  }

  addmv(mat: Tensor, vec: Tensor, options?: { beta?: number | bigint | boolean | undefined; alpha?: number | bigint | boolean | undefined }): Tensor;
  addmv(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.addmv as Untyped)(this, a0, a1, a2);
  }

  addmv_(mat: Tensor, vec: Tensor, options?: { beta?: number | bigint | boolean | undefined; alpha?: number | bigint | boolean | undefined }): Tensor;
  addmv_(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.addmv_ as Untyped)(this, a0, a1, a2);
  }

  addr(vec1: Tensor, vec2: Tensor, options?: { beta?: number | bigint | boolean | undefined; alpha?: number | bigint | boolean | undefined }): Tensor;
  addr(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.addr as Untyped)(this, a0, a1, a2);
  }

  addr_(vec1: Tensor, vec2: Tensor, options?: { beta?: number | bigint | boolean | undefined; alpha?: number | bigint | boolean | undefined }): Tensor;
  addr_(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.addr_ as Untyped)(this, a0, a1, a2);
  }

  adjoint(): Tensor;
  adjoint(): unknown {
    return (ops.adjoint as Untyped)(this);
  }

  alias(): Tensor;
  alias(): unknown {
    return (ops.alias as Untyped)(this);
  }

  all(): Tensor;
  all(dim: number | bigint, keepdim?: boolean): Tensor;
  all(dim: string, keepdim?: boolean): Tensor;
  all(a0?: unknown, a1?: unknown): unknown {
    return (ops.all as Untyped)(this, a0, a1);
  }

  allclose(other: Tensor, rtol?: number, atol?: number, equalNan?: boolean): boolean;
  allclose(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.allclose as Untyped)(this, a0, a1, a2, a3);
  }

  alphaDropout_(p: number, train: boolean): Tensor;
  alphaDropout_(a0?: unknown, a1?: unknown): unknown {
    return (ops.alphaDropout_ as Untyped)(this, a0, a1);
  }

  amax(dim?: number | readonly number[], keepdim?: boolean): Tensor;
  amax(a0?: unknown, a1?: unknown): unknown {
    return (ops.amax as Untyped)(this, a0, a1);
  }

  amin(dim?: number | readonly number[], keepdim?: boolean): Tensor;
  amin(a0?: unknown, a1?: unknown): unknown {
    return (ops.amin as Untyped)(this, a0, a1);
  }

  aminmax(options?: { dim?: number | bigint | undefined; keepdim?: boolean | undefined }): [Tensor, Tensor];
  aminmax(a0?: unknown): unknown {
    return (ops.aminmax as Untyped)(this, a0);
  }

  angle(): Tensor;
  angle(): unknown {
    return (ops.angle as Untyped)(this);
  }

  any(): Tensor;
  any(dim: number | bigint, keepdim?: boolean): Tensor;
  any(dim: string, keepdim?: boolean): Tensor;
  any(a0?: unknown, a1?: unknown): unknown {
    return (ops.any as Untyped)(this, a0, a1);
  }

  arccos(): Tensor;
  arccos(): unknown {
    return (ops.arccos as Untyped)(this);
  }

  arccos_(): Tensor;
  arccos_(): unknown {
    return (ops.arccos_ as Untyped)(this);
  }

  arccosh(): Tensor;
  arccosh(): unknown {
    return (ops.arccosh as Untyped)(this);
  }

  arccosh_(): Tensor;
  arccosh_(): unknown {
    return (ops.arccosh_ as Untyped)(this);
  }

  arcsin(): Tensor;
  arcsin(): unknown {
    return (ops.arcsin as Untyped)(this);
  }

  arcsin_(): Tensor;
  arcsin_(): unknown {
    return (ops.arcsin_ as Untyped)(this);
  }

  arcsinh(): Tensor;
  arcsinh(): unknown {
    return (ops.arcsinh as Untyped)(this);
  }

  arcsinh_(): Tensor;
  arcsinh_(): unknown {
    return (ops.arcsinh_ as Untyped)(this);
  }

  arctan(): Tensor;
  arctan(): unknown {
    return (ops.arctan as Untyped)(this);
  }

  arctan2(other: Tensor): Tensor;
  arctan2(a0?: unknown): unknown {
    return (ops.arctan2 as Untyped)(this, a0);
  }

  arctan2_(other: Tensor): Tensor;
  arctan2_(a0?: unknown): unknown {
    return (ops.arctan2_ as Untyped)(this, a0);
  }

  arctan_(): Tensor;
  arctan_(): unknown {
    return (ops.arctan_ as Untyped)(this);
  }

  arctanh(): Tensor;
  arctanh(): unknown {
    return (ops.arctanh as Untyped)(this);
  }

  arctanh_(): Tensor;
  arctanh_(): unknown {
    return (ops.arctanh_ as Untyped)(this);
  }

  argmax(dim?: number | bigint | undefined, keepdim?: boolean): Tensor;
  argmax(a0?: unknown, a1?: unknown): unknown {
    return (ops.argmax as Untyped)(this, a0, a1);
  }

  argmin(dim?: number | bigint | undefined, keepdim?: boolean): Tensor;
  argmin(a0?: unknown, a1?: unknown): unknown {
    return (ops.argmin as Untyped)(this, a0, a1);
  }

  argsort(options: { stable: boolean; dim?: number | bigint | undefined; descending?: boolean | undefined }): Tensor;
  argsort(dim?: number | bigint, descending?: boolean): Tensor;
  argsort(dim: string, descending?: boolean): Tensor;
  argsort(a0?: unknown, a1?: unknown): unknown {
    return (ops.argsort as Untyped)(this, a0, a1);
  }

  argwhere(): Tensor;
  argwhere(): unknown {
    return (ops.argwhere as Untyped)(this);
  }

  asStrided(size: readonly number[], stride: readonly number[], storageOffset?: number | bigint | undefined): Tensor;
  asStrided(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.asStrided as Untyped)(this, a0, a1, a2);
  }

  asStridedScatter(src: Tensor, size: readonly number[], stride: readonly number[], storageOffset?: number | bigint | undefined): Tensor;
  asStridedScatter(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.asStridedScatter as Untyped)(this, a0, a1, a2, a3);
  }

  asin(): Tensor;
  asin(): unknown {
    return (ops.asin as Untyped)(this);
  }

  asin_(): Tensor;
  asin_(): unknown {
    return (ops.asin_ as Untyped)(this);
  }

  asinh(): Tensor;
  asinh(): unknown {
    return (ops.asinh as Untyped)(this);
  }

  asinh_(): Tensor;
  asinh_(): unknown {
    return (ops.asinh_ as Untyped)(this);
  }

  atan(): Tensor;
  atan(): unknown {
    return (ops.atan as Untyped)(this);
  }

  atan2(other: Tensor): Tensor;
  atan2(a0?: unknown): unknown {
    return (ops.atan2 as Untyped)(this, a0);
  }

  atan2_(other: Tensor): Tensor;
  atan2_(a0?: unknown): unknown {
    return (ops.atan2_ as Untyped)(this, a0);
  }

  atan_(): Tensor;
  atan_(): unknown {
    return (ops.atan_ as Untyped)(this);
  }

  atanh(): Tensor;
  atanh(): unknown {
    return (ops.atanh as Untyped)(this);
  }

  atanh_(): Tensor;
  atanh_(): unknown {
    return (ops.atanh_ as Untyped)(this);
  }

  atleast1d(): Tensor;
  atleast1d(): unknown {
    return (ops.atleast1d as Untyped)(this);
  }

  atleast2d(): Tensor;
  atleast2d(): unknown {
    return (ops.atleast2d as Untyped)(this);
  }

  atleast3d(): Tensor;
  atleast3d(): unknown {
    return (ops.atleast3d as Untyped)(this);
  }

  avgPool1d(kernelSize: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], ceilMode?: boolean, countIncludePad?: boolean): Tensor;
  avgPool1d(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
    return (ops.avgPool1d as Untyped)(this, a0, a1, a2, a3, a4);
  }

  avgPool2d(kernelSize: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], ceilMode?: boolean, countIncludePad?: boolean, divisorOverride?: number | bigint | undefined): Tensor;
  avgPool2d(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown, a5?: unknown): unknown {
    return (ops.avgPool2d as Untyped)(this, a0, a1, a2, a3, a4, a5);
  }

  avgPool3d(kernelSize: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], ceilMode?: boolean, countIncludePad?: boolean, divisorOverride?: number | bigint | undefined): Tensor;
  avgPool3d(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown, a5?: unknown): unknown {
    return (ops.avgPool3d as Untyped)(this, a0, a1, a2, a3, a4, a5);
  }

  baddbmm(batch1: Tensor, batch2: Tensor, options?: { beta?: number | bigint | boolean | undefined; alpha?: number | bigint | boolean | undefined }): Tensor;
  baddbmm(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.baddbmm as Untyped)(this, a0, a1, a2);
  }

  baddbmm_(batch1: Tensor, batch2: Tensor, options?: { beta?: number | bigint | boolean | undefined; alpha?: number | bigint | boolean | undefined }): Tensor;
  baddbmm_(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.baddbmm_ as Untyped)(this, a0, a1, a2);
  }

  bernoulli(): Tensor;
  bernoulli(p: Tensor): Tensor;
  bernoulli(p: number): Tensor;
  bernoulli(a0?: unknown): unknown {
    return (ops.bernoulli as Untyped)(this, a0);
  }

  bernoulli_(p: Tensor): Tensor;
  bernoulli_(p?: number): Tensor;
  bernoulli_(a0?: unknown): unknown {
    return (ops.bernoulli_ as Untyped)(this, a0);
  }

  binaryCrossEntropy(target: Tensor, weight?: Tensor | undefined, reduction?: number | bigint): Tensor;
  binaryCrossEntropy(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.binaryCrossEntropy as Untyped)(this, a0, a1, a2);
  }

  binaryCrossEntropyWithLogits(target: Tensor, weight?: Tensor | undefined, posWeight?: Tensor | undefined, reduction?: number | bigint): Tensor;
  binaryCrossEntropyWithLogits(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.binaryCrossEntropyWithLogits as Untyped)(this, a0, a1, a2, a3);
  }

  bincount(weights?: Tensor | undefined, minlength?: number | bigint): Tensor;
  bincount(a0?: unknown, a1?: unknown): unknown {
    return (ops.bincount as Untyped)(this, a0, a1);
  }

  bitwiseAnd(other: Tensor): Tensor;
  bitwiseAnd(other: number | bigint | boolean): Tensor;
  bitwiseAnd(a0?: unknown): unknown {
    return (ops.bitwiseAnd as Untyped)(this, a0);
  }

  bitwiseAnd_(other: Tensor): Tensor;
  bitwiseAnd_(other: number | bigint | boolean): Tensor;
  bitwiseAnd_(a0?: unknown): unknown {
    return (ops.bitwiseAnd_ as Untyped)(this, a0);
  }

  bitwiseLeftShift(other: Tensor): Tensor;
  bitwiseLeftShift(other: number | bigint | boolean): Tensor;
  bitwiseLeftShift(a0?: unknown): unknown {
    return (ops.bitwiseLeftShift as Untyped)(this, a0);
  }

  bitwiseLeftShift_(other: Tensor): Tensor;
  bitwiseLeftShift_(other: number | bigint | boolean): Tensor;
  bitwiseLeftShift_(a0?: unknown): unknown {
    return (ops.bitwiseLeftShift_ as Untyped)(this, a0);
  }

  bitwiseNot(): Tensor;
  bitwiseNot(): unknown {
    return (ops.bitwiseNot as Untyped)(this);
  }

  bitwiseNot_(): Tensor;
  bitwiseNot_(): unknown {
    return (ops.bitwiseNot_ as Untyped)(this);
  }

  bitwiseOr(other: Tensor): Tensor;
  bitwiseOr(other: number | bigint | boolean): Tensor;
  bitwiseOr(a0?: unknown): unknown {
    return (ops.bitwiseOr as Untyped)(this, a0);
  }

  bitwiseOr_(other: Tensor): Tensor;
  bitwiseOr_(other: number | bigint | boolean): Tensor;
  bitwiseOr_(a0?: unknown): unknown {
    return (ops.bitwiseOr_ as Untyped)(this, a0);
  }

  bitwiseRightShift(other: Tensor): Tensor;
  bitwiseRightShift(other: number | bigint | boolean): Tensor;
  bitwiseRightShift(a0?: unknown): unknown {
    return (ops.bitwiseRightShift as Untyped)(this, a0);
  }

  bitwiseRightShift_(other: Tensor): Tensor;
  bitwiseRightShift_(other: number | bigint | boolean): Tensor;
  bitwiseRightShift_(a0?: unknown): unknown {
    return (ops.bitwiseRightShift_ as Untyped)(this, a0);
  }

  bitwiseXor(other: Tensor): Tensor;
  bitwiseXor(other: number | bigint | boolean): Tensor;
  bitwiseXor(a0?: unknown): unknown {
    return (ops.bitwiseXor as Untyped)(this, a0);
  }

  bitwiseXor_(other: Tensor): Tensor;
  bitwiseXor_(other: number | bigint | boolean): Tensor;
  bitwiseXor_(a0?: unknown): unknown {
    return (ops.bitwiseXor_ as Untyped)(this, a0);
  }

  bmm(mat2: Tensor): Tensor;
  bmm(a0?: unknown): unknown {
    return (ops.bmm as Untyped)(this, a0);
  }

  broadcastTo(size: readonly number[]): Tensor;
  broadcastTo(a0?: unknown): unknown {
    return (ops.broadcastTo as Untyped)(this, a0);
  }

  bucketize(boundaries: Tensor, options?: { outInt32?: boolean | undefined; right?: boolean | undefined }): Tensor;
  bucketize(a0?: unknown, a1?: unknown): unknown {
    return (ops.bucketize as Untyped)(this, a0, a1);
  }

  cauchy(median?: number, sigma?: number): Tensor;
  cauchy(a0?: unknown, a1?: unknown): unknown {
    return (ops.cauchy as Untyped)(this, a0, a1);
  }

  cauchy_(median?: number, sigma?: number): Tensor;
  cauchy_(a0?: unknown, a1?: unknown): unknown {
    return (ops.cauchy_ as Untyped)(this, a0, a1);
  }

  ccolIndices(): Tensor;
  ccolIndices(): unknown {
    return (ops.ccolIndices as Untyped)(this);
  }

  ceil(): Tensor;
  ceil(): unknown {
    return (ops.ceil as Untyped)(this);
  }

  ceil_(): Tensor;
  ceil_(): unknown {
    return (ops.ceil_ as Untyped)(this);
  }

  celu(alpha?: number | bigint | boolean): Tensor;
  celu(a0?: unknown): unknown {
    return (ops.celu as Untyped)(this, a0);
  }

  celu_(alpha?: number | bigint | boolean): Tensor;
  celu_(a0?: unknown): unknown {
    return (ops.celu_ as Untyped)(this, a0);
  }

  chalf(options?: { memoryFormat?: MemoryFormat | undefined }): Tensor;
  chalf(a0?: unknown): unknown {
    return (ops.chalf as Untyped)(this, a0);
  }

  channelShuffle(groups: number | bigint): Tensor;
  channelShuffle(a0?: unknown): unknown {
    return (ops.channelShuffle as Untyped)(this, a0);
  }

  cholesky(upper?: boolean): Tensor;
  cholesky(a0?: unknown): unknown {
    return (ops.cholesky as Untyped)(this, a0);
  }

  choleskyInverse(upper?: boolean): Tensor;
  choleskyInverse(a0?: unknown): unknown {
    return (ops.choleskyInverse as Untyped)(this, a0);
  }

  choleskySolve(input2: Tensor, upper?: boolean): Tensor;
  choleskySolve(a0?: unknown, a1?: unknown): unknown {
    return (ops.choleskySolve as Untyped)(this, a0, a1);
  }

  chunk(chunks: number | bigint, dim?: number | bigint): Tensor[];
  chunk(a0?: unknown, a1?: unknown): unknown {
    return (ops.chunk as Untyped)(this, a0, a1);
  }

  clamp(min?: Tensor | undefined, max?: Tensor | undefined): Tensor;
  clamp(min?: number | bigint | boolean | undefined, max?: number | bigint | boolean | undefined): Tensor;
  clamp(a0?: unknown, a1?: unknown): unknown {
    return (ops.clamp as Untyped)(this, a0, a1);
  }

  clampMax(max: Tensor): Tensor;
  clampMax(max: number | bigint | boolean): Tensor;
  clampMax(a0?: unknown): unknown {
    return (ops.clampMax as Untyped)(this, a0);
  }

  clampMax_(max: Tensor): Tensor;
  clampMax_(max: number | bigint | boolean): Tensor;
  clampMax_(a0?: unknown): unknown {
    return (ops.clampMax_ as Untyped)(this, a0);
  }

  clampMin(min: Tensor): Tensor;
  clampMin(min: number | bigint | boolean): Tensor;
  clampMin(a0?: unknown): unknown {
    return (ops.clampMin as Untyped)(this, a0);
  }

  clampMin_(min: Tensor): Tensor;
  clampMin_(min: number | bigint | boolean): Tensor;
  clampMin_(a0?: unknown): unknown {
    return (ops.clampMin_ as Untyped)(this, a0);
  }

  clamp_(min?: Tensor | undefined, max?: Tensor | undefined): Tensor;
  clamp_(min?: number | bigint | boolean | undefined, max?: number | bigint | boolean | undefined): Tensor;
  clamp_(a0?: unknown, a1?: unknown): unknown {
    return (ops.clamp_ as Untyped)(this, a0, a1);
  }

  clip(min?: Tensor | undefined, max?: Tensor | undefined): Tensor;
  clip(min?: number | bigint | boolean | undefined, max?: number | bigint | boolean | undefined): Tensor;
  clip(a0?: unknown, a1?: unknown): unknown {
    return (ops.clip as Untyped)(this, a0, a1);
  }

  clip_(min?: Tensor | undefined, max?: Tensor | undefined): Tensor;
  clip_(min?: number | bigint | boolean | undefined, max?: number | bigint | boolean | undefined): Tensor;
  clip_(a0?: unknown, a1?: unknown): unknown {
    return (ops.clip_ as Untyped)(this, a0, a1);
  }

  clone(options?: { memoryFormat?: MemoryFormat | undefined }): Tensor;
  clone(a0?: unknown): unknown {
    return (ops.clone as Untyped)(this, a0);
  }

  coalesce(): Tensor;
  coalesce(): unknown {
    return (ops.coalesce as Untyped)(this);
  }

  col2im(outputSize: number | readonly number[], kernelSize: number | readonly number[], dilation: number | readonly number[], padding: number | readonly number[], stride: number | readonly number[]): Tensor;
  col2im(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
    return (ops.col2im as Untyped)(this, a0, a1, a2, a3, a4);
  }

  colIndices(): Tensor;
  colIndices(): unknown {
    return (ops.colIndices as Untyped)(this);
  }

  combinations(r?: number | bigint, withReplacement?: boolean): Tensor;
  combinations(a0?: unknown, a1?: unknown): unknown {
    return (ops.combinations as Untyped)(this, a0, a1);
  }

  conj(): Tensor;
  conj(): unknown {
    return (ops.conj as Untyped)(this);
  }

  conjPhysical(): Tensor;
  conjPhysical(): unknown {
    return (ops.conjPhysical as Untyped)(this);
  }

  conjPhysical_(): Tensor;
  conjPhysical_(): unknown {
    return (ops.conjPhysical_ as Untyped)(this);
  }

  constantPadNd(pad: readonly number[], value?: number | bigint | boolean): Tensor;
  constantPadNd(a0?: unknown, a1?: unknown): unknown {
    return (ops.constantPadNd as Untyped)(this, a0, a1);
  }

  contiguous(options?: { memoryFormat?: MemoryFormat | undefined }): Tensor;
  contiguous(a0?: unknown): unknown {
    return (ops.contiguous as Untyped)(this, a0);
  }

  convDepthwise3d(weight: Tensor, kernelSize: number | readonly number[], bias: Tensor | undefined, stride: number | readonly number[], padding: number | readonly number[], dilation: number | readonly number[]): Tensor;
  convDepthwise3d(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown, a5?: unknown): unknown {
    return (ops.convDepthwise3d as Untyped)(this, a0, a1, a2, a3, a4, a5);
  }

  convTbc(weight: Tensor, bias: Tensor, pad?: number | bigint): Tensor;
  convTbc(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.convTbc as Untyped)(this, a0, a1, a2);
  }

  copy(src: Tensor, nonBlocking?: boolean): Tensor;
  copy(a0?: unknown, a1?: unknown): unknown {
    return (ops.copy as Untyped)(this, a0, a1);
  }

  copySparseToSparse(src: Tensor, nonBlocking?: boolean): Tensor;
  copySparseToSparse(a0?: unknown, a1?: unknown): unknown {
    return (ops.copySparseToSparse as Untyped)(this, a0, a1);
  }

  copySparseToSparse_(src: Tensor, nonBlocking?: boolean): Tensor;
  copySparseToSparse_(a0?: unknown, a1?: unknown): unknown {
    return (ops.copySparseToSparse_ as Untyped)(this, a0, a1);
  }

  copy_(src: Tensor, nonBlocking?: boolean): Tensor;
  copy_(a0?: unknown, a1?: unknown): unknown {
    return (ops.copy_ as Untyped)(this, a0, a1);
  }

  copysign(other: Tensor): Tensor;
  copysign(other: number | bigint | boolean): Tensor;
  copysign(a0?: unknown): unknown {
    return (ops.copysign as Untyped)(this, a0);
  }

  copysign_(other: Tensor): Tensor;
  copysign_(other: number | bigint | boolean): Tensor;
  copysign_(a0?: unknown): unknown {
    return (ops.copysign_ as Untyped)(this, a0);
  }

  corrcoef(): Tensor;
  corrcoef(): unknown {
    return (ops.corrcoef as Untyped)(this);
  }

  cos(): Tensor;
  cos(): unknown {
    return (ops.cos as Untyped)(this);
  }

  cos_(): Tensor;
  cos_(): unknown {
    return (ops.cos_ as Untyped)(this);
  }

  cosh(): Tensor;
  cosh(): unknown {
    return (ops.cosh as Untyped)(this);
  }

  cosh_(): Tensor;
  cosh_(): unknown {
    return (ops.cosh_ as Untyped)(this);
  }

  countNonzero(dim?: number | bigint | undefined): Tensor;
  countNonzero(dim: readonly number[]): Tensor;
  countNonzero(a0?: unknown): unknown {
    return (ops.countNonzero as Untyped)(this, a0);
  }

  cov(options?: { correction?: number | bigint | undefined; fweights?: Tensor | undefined; aweights?: Tensor | undefined }): Tensor;
  cov(a0?: unknown): unknown {
    return (ops.cov as Untyped)(this, a0);
  }

  cross(other: Tensor, dim?: number | bigint | undefined): Tensor;
  cross(a0?: unknown, a1?: unknown): unknown {
    return (ops.cross as Untyped)(this, a0, a1);
  }

  crossEntropyLoss(target: Tensor, weight?: Tensor | undefined, reduction?: number | bigint, ignoreIndex?: number | bigint, labelSmoothing?: number): Tensor;
  crossEntropyLoss(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
    return (ops.crossEntropyLoss as Untyped)(this, a0, a1, a2, a3, a4);
  }

  crowIndices(): Tensor;
  crowIndices(): unknown {
    return (ops.crowIndices as Untyped)(this);
  }

  cummax(dim: number | bigint): [Tensor, Tensor];
  cummax(dim: string): [Tensor, Tensor];
  cummax(a0?: unknown): unknown {
    return (ops.cummax as Untyped)(this, a0);
  }

  cummin(dim: number | bigint): [Tensor, Tensor];
  cummin(dim: string): [Tensor, Tensor];
  cummin(a0?: unknown): unknown {
    return (ops.cummin as Untyped)(this, a0);
  }

  cumprod(dim: number | bigint, options?: { dtype?: DType | undefined }): Tensor;
  cumprod(dim: string, options?: { dtype?: DType | undefined }): Tensor;
  cumprod(a0?: unknown, a1?: unknown): unknown {
    return (ops.cumprod as Untyped)(this, a0, a1);
  }

  cumprod_(dim: number | bigint, options?: { dtype?: DType | undefined }): Tensor;
  cumprod_(dim: string, options?: { dtype?: DType | undefined }): Tensor;
  cumprod_(a0?: unknown, a1?: unknown): unknown {
    return (ops.cumprod_ as Untyped)(this, a0, a1);
  }

  cumsum(dim: number | bigint, options?: { dtype?: DType | undefined }): Tensor;
  cumsum(dim: string, options?: { dtype?: DType | undefined }): Tensor;
  cumsum(a0?: unknown, a1?: unknown): unknown {
    return (ops.cumsum as Untyped)(this, a0, a1);
  }

  cumsum_(dim: number | bigint, options?: { dtype?: DType | undefined }): Tensor;
  cumsum_(dim: string, options?: { dtype?: DType | undefined }): Tensor;
  cumsum_(a0?: unknown, a1?: unknown): unknown {
    return (ops.cumsum_ as Untyped)(this, a0, a1);
  }

  deg2rad(): Tensor;
  deg2rad(): unknown {
    return (ops.deg2rad as Untyped)(this);
  }

  deg2rad_(): Tensor;
  deg2rad_(): unknown {
    return (ops.deg2rad_ as Untyped)(this);
  }

  denseDim(): number;
  denseDim(): unknown {
    return (ops.denseDim as Untyped)(this);
  }

  det(): Tensor;
  det(): unknown {
    return (ops.det as Untyped)(this);
  }

  detach(): Tensor;
  detach(): unknown {
    return (ops.detach as Untyped)(this);
  }

  diag(diagonal?: number | bigint): Tensor;
  diag(a0?: unknown): unknown {
    return (ops.diag as Untyped)(this, a0);
  }

  diagEmbed(offset?: number | bigint, dim1?: number | bigint, dim2?: number | bigint): Tensor;
  diagEmbed(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.diagEmbed as Untyped)(this, a0, a1, a2);
  }

  diagflat(offset?: number | bigint): Tensor;
  diagflat(a0?: unknown): unknown {
    return (ops.diagflat as Untyped)(this, a0);
  }

  diagonal(options: { outdim: string; dim1: string; dim2: string; offset?: number | bigint | undefined }): Tensor;
  diagonal(offset?: number | bigint, dim1?: number | bigint, dim2?: number | bigint): Tensor;
  diagonal(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.diagonal as Untyped)(this, a0, a1, a2);
  }

  diagonalScatter(src: Tensor, offset?: number | bigint, dim1?: number | bigint, dim2?: number | bigint): Tensor;
  diagonalScatter(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.diagonalScatter as Untyped)(this, a0, a1, a2, a3);
  }

  diff(n?: number | bigint, dim?: number | bigint, prepend?: Tensor | undefined, append?: Tensor | undefined): Tensor;
  diff(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.diff as Untyped)(this, a0, a1, a2, a3);
  }

  digamma(): Tensor;
  digamma(): unknown {
    return (ops.digamma as Untyped)(this);
  }

  digamma_(): Tensor;
  digamma_(): unknown {
    return (ops.digamma_ as Untyped)(this);
  }

  dist(other: Tensor, p?: number | bigint | boolean): Tensor;
  dist(a0?: unknown, a1?: unknown): unknown {
    return (ops.dist as Untyped)(this, a0, a1);
  }

  div(other: Tensor, options?: { roundingMode?: string | undefined }): Tensor;
  div(other: number | bigint | boolean, options?: { roundingMode?: string | undefined }): Tensor;
  div(other: Tensor): Tensor;
  div(other: number | bigint | boolean): Tensor;
  div(a0?: unknown, a1?: unknown): unknown {
    return (ops.div as Untyped)(this, a0, a1);
  }

  div_(other: Tensor, options?: { roundingMode?: string | undefined }): Tensor;
  div_(other: number | bigint | boolean, options?: { roundingMode?: string | undefined }): Tensor;
  div_(other: Tensor): Tensor;
  div_(other: number | bigint | boolean): Tensor;
  div_(a0?: unknown, a1?: unknown): unknown {
    return (ops.div_ as Untyped)(this, a0, a1);
  }

  divide(other: Tensor, options?: { roundingMode?: string | undefined }): Tensor;
  divide(other: number | bigint | boolean, options?: { roundingMode?: string | undefined }): Tensor;
  divide(other: Tensor): Tensor;
  divide(other: number | bigint | boolean): Tensor;
  divide(a0?: unknown, a1?: unknown): unknown {
    return (ops.divide as Untyped)(this, a0, a1);
  }

  divide_(other: Tensor, options?: { roundingMode?: string | undefined }): Tensor;
  divide_(other: number | bigint | boolean, options?: { roundingMode?: string | undefined }): Tensor;
  divide_(other: Tensor): Tensor;
  divide_(other: number | bigint | boolean): Tensor;
  divide_(a0?: unknown, a1?: unknown): unknown {
    return (ops.divide_ as Untyped)(this, a0, a1);
  }

  dot(tensor: Tensor): Tensor;
  dot(a0?: unknown): unknown {
    return (ops.dot as Untyped)(this, a0);
  }

  dropout_(p: number, train: boolean): Tensor;
  dropout_(a0?: unknown, a1?: unknown): unknown {
    return (ops.dropout_ as Untyped)(this, a0, a1);
  }

  dsplit(indices: readonly number[]): Tensor[];
  dsplit(sections: number | bigint): Tensor[];
  dsplit(a0?: unknown): unknown {
    return (ops.dsplit as Untyped)(this, a0);
  }

  elu(alpha?: number | bigint | boolean, scale?: number | bigint | boolean, inputScale?: number | bigint | boolean): Tensor;
  elu(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.elu as Untyped)(this, a0, a1, a2);
  }

  elu_(alpha?: number | bigint | boolean, scale?: number | bigint | boolean, inputScale?: number | bigint | boolean): Tensor;
  elu_(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.elu_ as Untyped)(this, a0, a1, a2);
  }

  embeddingRenorm(indices: Tensor, maxNorm: number, normType: number): Tensor;
  embeddingRenorm(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.embeddingRenorm as Untyped)(this, a0, a1, a2);
  }

  embeddingRenorm_(indices: Tensor, maxNorm: number, normType: number): Tensor;
  embeddingRenorm_(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.embeddingRenorm_ as Untyped)(this, a0, a1, a2);
  }

  emptyLike(options?: { dtype?: DType | undefined; device?: string | undefined; memoryFormat?: MemoryFormat | undefined }): Tensor;
  emptyLike(a0?: unknown): unknown {
    return (ops.emptyLike as Untyped)(this, a0);
  }

  eq(other: Tensor): Tensor;
  eq(other: number | bigint | boolean): Tensor;
  eq(a0?: unknown): unknown {
    return (ops.eq as Untyped)(this, a0);
  }

  eq_(other: Tensor): Tensor;
  eq_(other: number | bigint | boolean): Tensor;
  eq_(a0?: unknown): unknown {
    return (ops.eq_ as Untyped)(this, a0);
  }

  equal(other: Tensor): boolean;
  equal(a0?: unknown): unknown {
    return (ops.equal as Untyped)(this, a0);
  }

  erf(): Tensor;
  erf(): unknown {
    return (ops.erf as Untyped)(this);
  }

  erf_(): Tensor;
  erf_(): unknown {
    return (ops.erf_ as Untyped)(this);
  }

  erfc(): Tensor;
  erfc(): unknown {
    return (ops.erfc as Untyped)(this);
  }

  erfc_(): Tensor;
  erfc_(): unknown {
    return (ops.erfc_ as Untyped)(this);
  }

  erfinv(): Tensor;
  erfinv(): unknown {
    return (ops.erfinv as Untyped)(this);
  }

  erfinv_(): Tensor;
  erfinv_(): unknown {
    return (ops.erfinv_ as Untyped)(this);
  }

  exp(): Tensor;
  exp(): unknown {
    return (ops.exp as Untyped)(this);
  }

  exp2(): Tensor;
  exp2(): unknown {
    return (ops.exp2 as Untyped)(this);
  }

  exp2_(): Tensor;
  exp2_(): unknown {
    return (ops.exp2_ as Untyped)(this);
  }

  exp_(): Tensor;
  exp_(): unknown {
    return (ops.exp_ as Untyped)(this);
  }

  expand(size: readonly number[], options?: { implicit?: boolean | undefined }): Tensor;
  expand(a0?: unknown, a1?: unknown): unknown {
    return (ops.expand as Untyped)(this, a0, a1);
  }

  expandAs(other: Tensor): Tensor;
  expandAs(a0?: unknown): unknown {
    return (ops.expandAs as Untyped)(this, a0);
  }

  expm1(): Tensor;
  expm1(): unknown {
    return (ops.expm1 as Untyped)(this);
  }

  expm1_(): Tensor;
  expm1_(): unknown {
    return (ops.expm1_ as Untyped)(this);
  }

  exponential(lambd?: number): Tensor;
  exponential(a0?: unknown): unknown {
    return (ops.exponential as Untyped)(this, a0);
  }

  exponential_(lambd?: number): Tensor;
  exponential_(a0?: unknown): unknown {
    return (ops.exponential_ as Untyped)(this, a0);
  }

  featureAlphaDropout_(p: number, train: boolean): Tensor;
  featureAlphaDropout_(a0?: unknown, a1?: unknown): unknown {
    return (ops.featureAlphaDropout_ as Untyped)(this, a0, a1);
  }

  featureDropout_(p: number, train: boolean): Tensor;
  featureDropout_(a0?: unknown, a1?: unknown): unknown {
    return (ops.featureDropout_ as Untyped)(this, a0, a1);
  }

  fftFft(n?: number | bigint | undefined, dim?: number | bigint, norm?: string | undefined): Tensor;
  fftFft(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.fftFft as Untyped)(this, a0, a1, a2);
  }

  fftFft2(s?: number | readonly number[] | undefined, dim?: number | readonly number[], norm?: string | undefined): Tensor;
  fftFft2(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.fftFft2 as Untyped)(this, a0, a1, a2);
  }

  fftFftn(s?: number | readonly number[] | undefined, dim?: number | readonly number[] | undefined, norm?: string | undefined): Tensor;
  fftFftn(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.fftFftn as Untyped)(this, a0, a1, a2);
  }

  fftFftshift(dim?: number | readonly number[] | undefined): Tensor;
  fftFftshift(a0?: unknown): unknown {
    return (ops.fftFftshift as Untyped)(this, a0);
  }

  fftHfft(n?: number | bigint | undefined, dim?: number | bigint, norm?: string | undefined): Tensor;
  fftHfft(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.fftHfft as Untyped)(this, a0, a1, a2);
  }

  fftHfft2(s?: number | readonly number[] | undefined, dim?: number | readonly number[], norm?: string | undefined): Tensor;
  fftHfft2(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.fftHfft2 as Untyped)(this, a0, a1, a2);
  }

  fftHfftn(s?: number | readonly number[] | undefined, dim?: number | readonly number[] | undefined, norm?: string | undefined): Tensor;
  fftHfftn(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.fftHfftn as Untyped)(this, a0, a1, a2);
  }

  fftIfft(n?: number | bigint | undefined, dim?: number | bigint, norm?: string | undefined): Tensor;
  fftIfft(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.fftIfft as Untyped)(this, a0, a1, a2);
  }

  fftIfft2(s?: number | readonly number[] | undefined, dim?: number | readonly number[], norm?: string | undefined): Tensor;
  fftIfft2(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.fftIfft2 as Untyped)(this, a0, a1, a2);
  }

  fftIfftn(s?: number | readonly number[] | undefined, dim?: number | readonly number[] | undefined, norm?: string | undefined): Tensor;
  fftIfftn(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.fftIfftn as Untyped)(this, a0, a1, a2);
  }

  fftIfftshift(dim?: number | readonly number[] | undefined): Tensor;
  fftIfftshift(a0?: unknown): unknown {
    return (ops.fftIfftshift as Untyped)(this, a0);
  }

  fftIhfft(n?: number | bigint | undefined, dim?: number | bigint, norm?: string | undefined): Tensor;
  fftIhfft(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.fftIhfft as Untyped)(this, a0, a1, a2);
  }

  fftIhfft2(s?: number | readonly number[] | undefined, dim?: number | readonly number[], norm?: string | undefined): Tensor;
  fftIhfft2(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.fftIhfft2 as Untyped)(this, a0, a1, a2);
  }

  fftIhfftn(s?: number | readonly number[] | undefined, dim?: number | readonly number[] | undefined, norm?: string | undefined): Tensor;
  fftIhfftn(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.fftIhfftn as Untyped)(this, a0, a1, a2);
  }

  fftIrfft(n?: number | bigint | undefined, dim?: number | bigint, norm?: string | undefined): Tensor;
  fftIrfft(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.fftIrfft as Untyped)(this, a0, a1, a2);
  }

  fftIrfft2(s?: number | readonly number[] | undefined, dim?: number | readonly number[], norm?: string | undefined): Tensor;
  fftIrfft2(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.fftIrfft2 as Untyped)(this, a0, a1, a2);
  }

  fftIrfftn(s?: number | readonly number[] | undefined, dim?: number | readonly number[] | undefined, norm?: string | undefined): Tensor;
  fftIrfftn(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.fftIrfftn as Untyped)(this, a0, a1, a2);
  }

  fftRfft(n?: number | bigint | undefined, dim?: number | bigint, norm?: string | undefined): Tensor;
  fftRfft(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.fftRfft as Untyped)(this, a0, a1, a2);
  }

  fftRfft2(s?: number | readonly number[] | undefined, dim?: number | readonly number[], norm?: string | undefined): Tensor;
  fftRfft2(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.fftRfft2 as Untyped)(this, a0, a1, a2);
  }

  fftRfftn(s?: number | readonly number[] | undefined, dim?: number | readonly number[] | undefined, norm?: string | undefined): Tensor;
  fftRfftn(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.fftRfftn as Untyped)(this, a0, a1, a2);
  }

  fill(value: Tensor): Tensor;
  fill(value: number | bigint | boolean): Tensor;
  fill(a0?: unknown): unknown {
    return (ops.fill as Untyped)(this, a0);
  }

  fillDiagonal_(fillValue: number | bigint | boolean, wrap?: boolean): Tensor;
  fillDiagonal_(a0?: unknown, a1?: unknown): unknown {
    return (ops.fillDiagonal_ as Untyped)(this, a0, a1);
  }

  fill_(value: Tensor): Tensor;
  fill_(value: number | bigint | boolean): Tensor;
  fill_(a0?: unknown): unknown {
    return (ops.fill_ as Untyped)(this, a0);
  }

  fix(): Tensor;
  fix(): unknown {
    return (ops.fix as Untyped)(this);
  }

  fix_(): Tensor;
  fix_(): unknown {
    return (ops.fix_ as Untyped)(this);
  }

  flatten(startDim?: number | bigint, endDim?: number | bigint): Tensor;
  flatten(startDim: number | bigint, endDim: number | bigint, outDim: string): Tensor;
  flatten(startDim: string, endDim: string, outDim: string): Tensor;
  flatten(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.flatten as Untyped)(this, a0, a1, a2);
  }

  flip(dims: readonly number[]): Tensor;
  flip(a0?: unknown): unknown {
    return (ops.flip as Untyped)(this, a0);
  }

  fliplr(): Tensor;
  fliplr(): unknown {
    return (ops.fliplr as Untyped)(this);
  }

  flipud(): Tensor;
  flipud(): unknown {
    return (ops.flipud as Untyped)(this);
  }

  floatPower(exponent: Tensor): Tensor;
  floatPower(exponent: number | bigint | boolean): Tensor;
  floatPower(a0?: unknown): unknown {
    return (ops.floatPower as Untyped)(this, a0);
  }

  floatPower_(exponent: Tensor): Tensor;
  floatPower_(exponent: number | bigint | boolean): Tensor;
  floatPower_(a0?: unknown): unknown {
    return (ops.floatPower_ as Untyped)(this, a0);
  }

  floor(): Tensor;
  floor(): unknown {
    return (ops.floor as Untyped)(this);
  }

  floorDivide(other: Tensor): Tensor;
  floorDivide(other: number | bigint | boolean): Tensor;
  floorDivide(a0?: unknown): unknown {
    return (ops.floorDivide as Untyped)(this, a0);
  }

  floorDivide_(other: Tensor): Tensor;
  floorDivide_(other: number | bigint | boolean): Tensor;
  floorDivide_(a0?: unknown): unknown {
    return (ops.floorDivide_ as Untyped)(this, a0);
  }

  floor_(): Tensor;
  floor_(): unknown {
    return (ops.floor_ as Untyped)(this);
  }

  fmax(other: Tensor): Tensor;
  fmax(a0?: unknown): unknown {
    return (ops.fmax as Untyped)(this, a0);
  }

  fmin(other: Tensor): Tensor;
  fmin(a0?: unknown): unknown {
    return (ops.fmin as Untyped)(this, a0);
  }

  fmod(other: Tensor): Tensor;
  fmod(other: number | bigint | boolean): Tensor;
  fmod(a0?: unknown): unknown {
    return (ops.fmod as Untyped)(this, a0);
  }

  fmod_(other: Tensor): Tensor;
  fmod_(other: number | bigint | boolean): Tensor;
  fmod_(a0?: unknown): unknown {
    return (ops.fmod_ as Untyped)(this, a0);
  }

  frac(): Tensor;
  frac(): unknown {
    return (ops.frac as Untyped)(this);
  }

  frac_(): Tensor;
  frac_(): unknown {
    return (ops.frac_ as Untyped)(this);
  }

  fractionalMaxPool2d(kernelSize: number | readonly number[], outputSize: number | readonly number[], randomSamples: Tensor): [Tensor, Tensor];
  fractionalMaxPool2d(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.fractionalMaxPool2d as Untyped)(this, a0, a1, a2);
  }

  fractionalMaxPool3d(kernelSize: number | readonly number[], outputSize: number | readonly number[], randomSamples: Tensor): [Tensor, Tensor];
  fractionalMaxPool3d(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.fractionalMaxPool3d as Untyped)(this, a0, a1, a2);
  }

  frexp(): [Tensor, Tensor];
  frexp(): unknown {
    return (ops.frexp as Untyped)(this);
  }

  frobeniusNorm(): Tensor;
  frobeniusNorm(dim: number | readonly number[], keepdim?: boolean): Tensor;
  frobeniusNorm(a0?: unknown, a1?: unknown): unknown {
    return (ops.frobeniusNorm as Untyped)(this, a0, a1);
  }

  fullLike(fillValue: number | bigint | boolean, options?: { dtype?: DType | undefined; device?: string | undefined; memoryFormat?: MemoryFormat | undefined }): Tensor;
  fullLike(a0?: unknown, a1?: unknown): unknown {
    return (ops.fullLike as Untyped)(this, a0, a1);
  }

  gather(dim: number | bigint, index: Tensor, options?: { sparseGrad?: boolean | undefined }): Tensor;
  gather(dim: string, index: Tensor, options?: { sparseGrad?: boolean | undefined }): Tensor;
  gather(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.gather as Untyped)(this, a0, a1, a2);
  }

  gcd(other: Tensor): Tensor;
  gcd(a0?: unknown): unknown {
    return (ops.gcd as Untyped)(this, a0);
  }

  gcd_(other: Tensor): Tensor;
  gcd_(a0?: unknown): unknown {
    return (ops.gcd_ as Untyped)(this, a0);
  }

  ge(other: Tensor): Tensor;
  ge(other: number | bigint | boolean): Tensor;
  ge(a0?: unknown): unknown {
    return (ops.ge as Untyped)(this, a0);
  }

  ge_(other: Tensor): Tensor;
  ge_(other: number | bigint | boolean): Tensor;
  ge_(a0?: unknown): unknown {
    return (ops.ge_ as Untyped)(this, a0);
  }

  gelu(options?: { approximate?: string | undefined }): Tensor;
  gelu(a0?: unknown): unknown {
    return (ops.gelu as Untyped)(this, a0);
  }

  gelu_(options?: { approximate?: string | undefined }): Tensor;
  gelu_(a0?: unknown): unknown {
    return (ops.gelu_ as Untyped)(this, a0);
  }

  geometric(p: number): Tensor;
  geometric(a0?: unknown): unknown {
    return (ops.geometric as Untyped)(this, a0);
  }

  geometric_(p: number): Tensor;
  geometric_(a0?: unknown): unknown {
    return (ops.geometric_ as Untyped)(this, a0);
  }

  geqrf(): [Tensor, Tensor];
  geqrf(): unknown {
    return (ops.geqrf as Untyped)(this);
  }

  ger(vec2: Tensor): Tensor;
  ger(a0?: unknown): unknown {
    return (ops.ger as Untyped)(this, a0);
  }

  glu(dim?: number | bigint): Tensor;
  glu(a0?: unknown): unknown {
    return (ops.glu as Untyped)(this, a0);
  }

  gradient(options: { spacing: number | bigint | boolean; dim: readonly number[]; edgeOrder?: number | bigint | undefined }): Tensor[];
  gradient(options: { dim: readonly number[]; edgeOrder?: number | bigint | undefined }): Tensor[];
  gradient(a0?: unknown): unknown {
    return (ops.gradient as Untyped)(this, a0);
  }

  greater(other: Tensor): Tensor;
  greater(other: number | bigint | boolean): Tensor;
  greater(a0?: unknown): unknown {
    return (ops.greater as Untyped)(this, a0);
  }

  greaterEqual(other: Tensor): Tensor;
  greaterEqual(other: number | bigint | boolean): Tensor;
  greaterEqual(a0?: unknown): unknown {
    return (ops.greaterEqual as Untyped)(this, a0);
  }

  greaterEqual_(other: Tensor): Tensor;
  greaterEqual_(other: number | bigint | boolean): Tensor;
  greaterEqual_(a0?: unknown): unknown {
    return (ops.greaterEqual_ as Untyped)(this, a0);
  }

  greater_(other: Tensor): Tensor;
  greater_(other: number | bigint | boolean): Tensor;
  greater_(a0?: unknown): unknown {
    return (ops.greater_ as Untyped)(this, a0);
  }

  gt(other: Tensor): Tensor;
  gt(other: number | bigint | boolean): Tensor;
  gt(a0?: unknown): unknown {
    return (ops.gt as Untyped)(this, a0);
  }

  gt_(other: Tensor): Tensor;
  gt_(other: number | bigint | boolean): Tensor;
  gt_(a0?: unknown): unknown {
    return (ops.gt_ as Untyped)(this, a0);
  }

  hardshrink(lambd?: number | bigint | boolean): Tensor;
  hardshrink(a0?: unknown): unknown {
    return (ops.hardshrink as Untyped)(this, a0);
  }

  hardsigmoid(): Tensor;
  hardsigmoid(): unknown {
    return (ops.hardsigmoid as Untyped)(this);
  }

  hardsigmoid_(): Tensor;
  hardsigmoid_(): unknown {
    return (ops.hardsigmoid_ as Untyped)(this);
  }

  hardswish(): Tensor;
  hardswish(): unknown {
    return (ops.hardswish as Untyped)(this);
  }

  hardswish_(): Tensor;
  hardswish_(): unknown {
    return (ops.hardswish_ as Untyped)(this);
  }

  hardtanh(minVal?: number | bigint | boolean, maxVal?: number | bigint | boolean): Tensor;
  hardtanh(a0?: unknown, a1?: unknown): unknown {
    return (ops.hardtanh as Untyped)(this, a0, a1);
  }

  hardtanh_(minVal?: number | bigint | boolean, maxVal?: number | bigint | boolean): Tensor;
  hardtanh_(a0?: unknown, a1?: unknown): unknown {
    return (ops.hardtanh_ as Untyped)(this, a0, a1);
  }

  heaviside(values: Tensor): Tensor;
  heaviside(a0?: unknown): unknown {
    return (ops.heaviside as Untyped)(this, a0);
  }

  heaviside_(values: Tensor): Tensor;
  heaviside_(a0?: unknown): unknown {
    return (ops.heaviside_ as Untyped)(this, a0);
  }

  hingeEmbeddingLoss(target: Tensor, margin?: number, reduction?: number | bigint): Tensor;
  hingeEmbeddingLoss(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.hingeEmbeddingLoss as Untyped)(this, a0, a1, a2);
  }

  histc(bins?: number | bigint, min?: number | bigint | boolean, max?: number | bigint | boolean): Tensor;
  histc(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.histc as Untyped)(this, a0, a1, a2);
  }

  histogram(bins: Tensor, options?: { weight?: Tensor | undefined; density?: boolean | undefined }): [Tensor, Tensor];
  histogram(bins?: number | bigint, options?: { range?: readonly number[] | undefined; weight?: Tensor | undefined; density?: boolean | undefined }): [Tensor, Tensor];
  histogram(a0?: unknown, a1?: unknown): unknown {
    return (ops.histogram as Untyped)(this, a0, a1);
  }

  histogramdd(bins: readonly number[], range?: readonly number[] | undefined, weight?: Tensor | undefined, density?: boolean): [Tensor, Tensor[]];
  histogramdd(bins: readonly Tensor[], range?: readonly number[] | undefined, weight?: Tensor | undefined, density?: boolean): [Tensor, Tensor[]];
  histogramdd(bins: number | bigint, range?: readonly number[] | undefined, weight?: Tensor | undefined, density?: boolean): [Tensor, Tensor[]];
  histogramdd(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.histogramdd as Untyped)(this, a0, a1, a2, a3);
  }

  hsplit(indices: readonly number[]): Tensor[];
  hsplit(sections: number | bigint): Tensor[];
  hsplit(a0?: unknown): unknown {
    return (ops.hsplit as Untyped)(this, a0);
  }

  huberLoss(target: Tensor, reduction?: number | bigint, delta?: number): Tensor;
  huberLoss(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.huberLoss as Untyped)(this, a0, a1, a2);
  }

  hypot(other: Tensor): Tensor;
  hypot(a0?: unknown): unknown {
    return (ops.hypot as Untyped)(this, a0);
  }

  hypot_(other: Tensor): Tensor;
  hypot_(a0?: unknown): unknown {
    return (ops.hypot_ as Untyped)(this, a0);
  }

  i0(): Tensor;
  i0(): unknown {
    return (ops.i0 as Untyped)(this);
  }

  i0_(): Tensor;
  i0_(): unknown {
    return (ops.i0_ as Untyped)(this);
  }

  igamma(other: Tensor): Tensor;
  igamma(a0?: unknown): unknown {
    return (ops.igamma as Untyped)(this, a0);
  }

  igamma_(other: Tensor): Tensor;
  igamma_(a0?: unknown): unknown {
    return (ops.igamma_ as Untyped)(this, a0);
  }

  igammac(other: Tensor): Tensor;
  igammac(a0?: unknown): unknown {
    return (ops.igammac as Untyped)(this, a0);
  }

  igammac_(other: Tensor): Tensor;
  igammac_(a0?: unknown): unknown {
    return (ops.igammac_ as Untyped)(this, a0);
  }

  im2col(kernelSize: number | readonly number[], dilation: number | readonly number[], padding: number | readonly number[], stride: number | readonly number[]): Tensor;
  im2col(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.im2col as Untyped)(this, a0, a1, a2, a3);
  }

  imag(): Tensor;
  imag(): unknown {
    return (ops.imag as Untyped)(this);
  }

  index(indices: readonly (Tensor | undefined)[]): Tensor;
  index(a0?: unknown): unknown {
    return (ops.index as Untyped)(this, a0);
  }

  indexAdd(dim: number | bigint, index: Tensor, source: Tensor, options?: { alpha?: number | bigint | boolean | undefined }): Tensor;
  indexAdd(dim: string, index: Tensor, source: Tensor, options?: { alpha?: number | bigint | boolean | undefined }): Tensor;
  indexAdd(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.indexAdd as Untyped)(this, a0, a1, a2, a3);
  }

  indexAdd_(dim: number | bigint, index: Tensor, source: Tensor, options?: { alpha?: number | bigint | boolean | undefined }): Tensor;
  indexAdd_(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.indexAdd_ as Untyped)(this, a0, a1, a2, a3);
  }

  indexCopy_(dim: number | bigint, index: Tensor, source: Tensor): Tensor;
  indexCopy_(dim: string, index: Tensor, source: Tensor): Tensor;
  indexCopy_(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.indexCopy_ as Untyped)(this, a0, a1, a2);
  }

  indexFill(dim: string, index: Tensor, value: Tensor): Tensor;
  indexFill(dim: number | bigint, index: Tensor, value: Tensor): Tensor;
  indexFill(dim: string, index: Tensor, value: number | bigint | boolean): Tensor;
  indexFill(dim: number | bigint, index: Tensor, value: number | bigint | boolean): Tensor;
  indexFill(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.indexFill as Untyped)(this, a0, a1, a2);
  }

  indexFill_(dim: string, index: Tensor, value: Tensor): Tensor;
  indexFill_(dim: number | bigint, index: Tensor, value: Tensor): Tensor;
  indexFill_(dim: string, index: Tensor, value: number | bigint | boolean): Tensor;
  indexFill_(dim: number | bigint, index: Tensor, value: number | bigint | boolean): Tensor;
  indexFill_(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.indexFill_ as Untyped)(this, a0, a1, a2);
  }

  indexPut(indices: readonly (Tensor | undefined)[], values: Tensor, accumulate?: boolean): Tensor;
  indexPut(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.indexPut as Untyped)(this, a0, a1, a2);
  }

  indexPut_(indices: readonly (Tensor | undefined)[], values: Tensor, accumulate?: boolean): Tensor;
  indexPut_(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.indexPut_ as Untyped)(this, a0, a1, a2);
  }

  indexReduce(dim: number | bigint, index: Tensor, source: Tensor, reduce: string, options?: { includeSelf?: boolean | undefined }): Tensor;
  indexReduce(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
    return (ops.indexReduce as Untyped)(this, a0, a1, a2, a3, a4);
  }

  indexReduce_(dim: number | bigint, index: Tensor, source: Tensor, reduce: string, options?: { includeSelf?: boolean | undefined }): Tensor;
  indexReduce_(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
    return (ops.indexReduce_ as Untyped)(this, a0, a1, a2, a3, a4);
  }

  indexSelect(dim: number | bigint, index: Tensor): Tensor;
  indexSelect(dim: string, index: Tensor): Tensor;
  indexSelect(a0?: unknown, a1?: unknown): unknown {
    return (ops.indexSelect as Untyped)(this, a0, a1);
  }

  indices(): Tensor;
  indices(): unknown {
    return (ops.indices as Untyped)(this);
  }

  inner(other: Tensor): Tensor;
  inner(a0?: unknown): unknown {
    return (ops.inner as Untyped)(this, a0);
  }

  intRepr(): Tensor;
  intRepr(): unknown {
    return (ops.intRepr as Untyped)(this);
  }

  inverse(): Tensor;
  inverse(): unknown {
    return (ops.inverse as Untyped)(this);
  }

  isComplex(): boolean;
  isComplex(): unknown {
    return (ops.isComplex as Untyped)(this);
  }

  isConj(): boolean;
  isConj(): unknown {
    return (ops.isConj as Untyped)(this);
  }

  isDistributed(): boolean;
  isDistributed(): unknown {
    return (ops.isDistributed as Untyped)(this);
  }

  isFloatingPoint(): boolean;
  isFloatingPoint(): unknown {
    return (ops.isFloatingPoint as Untyped)(this);
  }

  isInference(): boolean;
  isInference(): unknown {
    return (ops.isInference as Untyped)(this);
  }

  isNeg(): boolean;
  isNeg(): unknown {
    return (ops.isNeg as Untyped)(this);
  }

  isNonzero(): boolean;
  isNonzero(): unknown {
    return (ops.isNonzero as Untyped)(this);
  }

  isSameSize(other: Tensor): boolean;
  isSameSize(a0?: unknown): unknown {
    return (ops.isSameSize as Untyped)(this, a0);
  }

  isSetTo(tensor: Tensor): boolean;
  isSetTo(a0?: unknown): unknown {
    return (ops.isSetTo as Untyped)(this, a0);
  }

  isSigned(): boolean;
  isSigned(): unknown {
    return (ops.isSigned as Untyped)(this);
  }

  isclose(other: Tensor, rtol?: number, atol?: number, equalNan?: boolean): Tensor;
  isclose(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.isclose as Untyped)(this, a0, a1, a2, a3);
  }

  isfinite(): Tensor;
  isfinite(): unknown {
    return (ops.isfinite as Untyped)(this);
  }

  isinf(): Tensor;
  isinf(): unknown {
    return (ops.isinf as Untyped)(this);
  }

  isnan(): Tensor;
  isnan(): unknown {
    return (ops.isnan as Untyped)(this);
  }

  isneginf(): Tensor;
  isneginf(): unknown {
    return (ops.isneginf as Untyped)(this);
  }

  isposinf(): Tensor;
  isposinf(): unknown {
    return (ops.isposinf as Untyped)(this);
  }

  isreal(): Tensor;
  isreal(): unknown {
    return (ops.isreal as Untyped)(this);
  }

  istft(nFft: number | bigint, hopLength?: number | bigint | undefined, winLength?: number | bigint | undefined, window?: Tensor | undefined, center?: boolean, normalized?: boolean, onesided?: boolean | undefined, length?: number | bigint | undefined, returnComplex?: boolean): Tensor;
  istft(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown, a5?: unknown, a6?: unknown, a7?: unknown, a8?: unknown): unknown {
    return (ops.istft as Untyped)(this, a0, a1, a2, a3, a4, a5, a6, a7, a8);
  }

  klDiv(target: Tensor, reduction?: number | bigint, options?: { logTarget?: boolean | undefined }): Tensor;
  klDiv(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.klDiv as Untyped)(this, a0, a1, a2);
  }

  kron(other: Tensor): Tensor;
  kron(a0?: unknown): unknown {
    return (ops.kron as Untyped)(this, a0);
  }

  kthvalue(k: number | bigint, dim?: number | bigint, keepdim?: boolean): [Tensor, Tensor];
  kthvalue(k: number | bigint, dim: string, keepdim?: boolean): [Tensor, Tensor];
  kthvalue(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.kthvalue as Untyped)(this, a0, a1, a2);
  }

  l1Loss(target: Tensor, reduction?: number | bigint): Tensor;
  l1Loss(a0?: unknown, a1?: unknown): unknown {
    return (ops.l1Loss as Untyped)(this, a0, a1);
  }

  lcm(other: Tensor): Tensor;
  lcm(a0?: unknown): unknown {
    return (ops.lcm as Untyped)(this, a0);
  }

  lcm_(other: Tensor): Tensor;
  lcm_(a0?: unknown): unknown {
    return (ops.lcm_ as Untyped)(this, a0);
  }

  ldexp(other: Tensor): Tensor;
  ldexp(a0?: unknown): unknown {
    return (ops.ldexp as Untyped)(this, a0);
  }

  ldexp_(other: Tensor): Tensor;
  ldexp_(a0?: unknown): unknown {
    return (ops.ldexp_ as Untyped)(this, a0);
  }

  le(other: Tensor): Tensor;
  le(other: number | bigint | boolean): Tensor;
  le(a0?: unknown): unknown {
    return (ops.le as Untyped)(this, a0);
  }

  le_(other: Tensor): Tensor;
  le_(other: number | bigint | boolean): Tensor;
  le_(a0?: unknown): unknown {
    return (ops.le_ as Untyped)(this, a0);
  }

  leakyRelu(negativeSlope?: number | bigint | boolean): Tensor;
  leakyRelu(a0?: unknown): unknown {
    return (ops.leakyRelu as Untyped)(this, a0);
  }

  leakyRelu_(negativeSlope?: number | bigint | boolean): Tensor;
  leakyRelu_(a0?: unknown): unknown {
    return (ops.leakyRelu_ as Untyped)(this, a0);
  }

  lerp(end: Tensor, weight: Tensor): Tensor;
  lerp(end: Tensor, weight: number | bigint | boolean): Tensor;
  lerp(a0?: unknown, a1?: unknown): unknown {
    return (ops.lerp as Untyped)(this, a0, a1);
  }

  lerp_(end: Tensor, weight: Tensor): Tensor;
  lerp_(end: Tensor, weight: number | bigint | boolean): Tensor;
  lerp_(a0?: unknown, a1?: unknown): unknown {
    return (ops.lerp_ as Untyped)(this, a0, a1);
  }

  less(other: Tensor): Tensor;
  less(other: number | bigint | boolean): Tensor;
  less(a0?: unknown): unknown {
    return (ops.less as Untyped)(this, a0);
  }

  lessEqual(other: Tensor): Tensor;
  lessEqual(other: number | bigint | boolean): Tensor;
  lessEqual(a0?: unknown): unknown {
    return (ops.lessEqual as Untyped)(this, a0);
  }

  lessEqual_(other: Tensor): Tensor;
  lessEqual_(other: number | bigint | boolean): Tensor;
  lessEqual_(a0?: unknown): unknown {
    return (ops.lessEqual_ as Untyped)(this, a0);
  }

  less_(other: Tensor): Tensor;
  less_(other: number | bigint | boolean): Tensor;
  less_(a0?: unknown): unknown {
    return (ops.less_ as Untyped)(this, a0);
  }

  lgamma(): Tensor;
  lgamma(): unknown {
    return (ops.lgamma as Untyped)(this);
  }

  lgamma_(): Tensor;
  lgamma_(): unknown {
    return (ops.lgamma_ as Untyped)(this);
  }

  linalgCholesky(options?: { upper?: boolean | undefined }): Tensor;
  linalgCholesky(a0?: unknown): unknown {
    return (ops.linalgCholesky as Untyped)(this, a0);
  }

  linalgCholeskyEx(options?: { upper?: boolean | undefined; checkErrors?: boolean | undefined }): [Tensor, Tensor];
  linalgCholeskyEx(a0?: unknown): unknown {
    return (ops.linalgCholeskyEx as Untyped)(this, a0);
  }

  linalgCond(p?: number | bigint | boolean | undefined): Tensor;
  linalgCond(p: string): Tensor;
  linalgCond(a0?: unknown): unknown {
    return (ops.linalgCond as Untyped)(this, a0);
  }

  linalgCross(other: Tensor, options?: { dim?: number | bigint | undefined }): Tensor;
  linalgCross(a0?: unknown, a1?: unknown): unknown {
    return (ops.linalgCross as Untyped)(this, a0, a1);
  }

  linalgEig(): [Tensor, Tensor];
  linalgEig(): unknown {
    return (ops.linalgEig as Untyped)(this);
  }

  linalgEigh(UPLO?: string): [Tensor, Tensor];
  linalgEigh(a0?: unknown): unknown {
    return (ops.linalgEigh as Untyped)(this, a0);
  }

  linalgEigvals(): Tensor;
  linalgEigvals(): unknown {
    return (ops.linalgEigvals as Untyped)(this);
  }

  linalgEigvalsh(UPLO?: string): Tensor;
  linalgEigvalsh(a0?: unknown): unknown {
    return (ops.linalgEigvalsh as Untyped)(this, a0);
  }

  linalgLdlFactor(options?: { hermitian?: boolean | undefined }): [Tensor, Tensor];
  linalgLdlFactor(a0?: unknown): unknown {
    return (ops.linalgLdlFactor as Untyped)(this, a0);
  }

  linalgLdlFactorEx(options?: { hermitian?: boolean | undefined; checkErrors?: boolean | undefined }): [Tensor, Tensor, Tensor];
  linalgLdlFactorEx(a0?: unknown): unknown {
    return (ops.linalgLdlFactorEx as Untyped)(this, a0);
  }

  linalgLstsq(b: Tensor, rcond?: number | undefined, options?: { driver?: string | undefined }): [Tensor, Tensor, Tensor, Tensor];
  linalgLstsq(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.linalgLstsq as Untyped)(this, a0, a1, a2);
  }

  linalgMatmul(other: Tensor): Tensor;
  linalgMatmul(a0?: unknown): unknown {
    return (ops.linalgMatmul as Untyped)(this, a0);
  }

  linalgMatrixExp(): Tensor;
  linalgMatrixExp(): unknown {
    return (ops.linalgMatrixExp as Untyped)(this);
  }

  linalgMatrixNorm(ord: number | bigint | boolean, dim?: readonly number[], keepdim?: boolean, options?: { dtype?: DType | undefined }): Tensor;
  linalgMatrixNorm(ord?: string, dim?: readonly number[], keepdim?: boolean, options?: { dtype?: DType | undefined }): Tensor;
  linalgMatrixNorm(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.linalgMatrixNorm as Untyped)(this, a0, a1, a2, a3);
  }

  linalgMatrixPower(n: number | bigint): Tensor;
  linalgMatrixPower(a0?: unknown): unknown {
    return (ops.linalgMatrixPower as Untyped)(this, a0);
  }

  linalgMatrixRank(options?: { atol?: number | undefined; rtol?: number | undefined; hermitian?: boolean | undefined }): Tensor;
  linalgMatrixRank(tol: number, hermitian?: boolean): Tensor;
  linalgMatrixRank(a0?: unknown, a1?: unknown): unknown {
    return (ops.linalgMatrixRank as Untyped)(this, a0, a1);
  }

  linalgNorm(ord?: number | bigint | boolean | undefined, dim?: number | readonly number[] | undefined, keepdim?: boolean, options?: { dtype?: DType | undefined }): Tensor;
  linalgNorm(ord: string, dim?: number | readonly number[] | undefined, keepdim?: boolean, options?: { dtype?: DType | undefined }): Tensor;
  linalgNorm(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.linalgNorm as Untyped)(this, a0, a1, a2, a3);
  }

  linalgPinv(options?: { atol?: number | undefined; rtol?: number | undefined; hermitian?: boolean | undefined }): Tensor;
  linalgPinv(rcond: Tensor, hermitian?: boolean): Tensor;
  linalgPinv(rcond: number, hermitian?: boolean): Tensor;
  linalgPinv(a0?: unknown, a1?: unknown): unknown {
    return (ops.linalgPinv as Untyped)(this, a0, a1);
  }

  linalgSolveTriangular(B: Tensor, options: { upper: boolean; left?: boolean | undefined; unitriangular?: boolean | undefined }): Tensor;
  linalgSolveTriangular(a0?: unknown, a1?: unknown): unknown {
    return (ops.linalgSolveTriangular as Untyped)(this, a0, a1);
  }

  linalgTensorinv(ind?: number | bigint): Tensor;
  linalgTensorinv(a0?: unknown): unknown {
    return (ops.linalgTensorinv as Untyped)(this, a0);
  }

  linalgTensorsolve(other: Tensor, dims?: readonly number[] | undefined): Tensor;
  linalgTensorsolve(a0?: unknown, a1?: unknown): unknown {
    return (ops.linalgTensorsolve as Untyped)(this, a0, a1);
  }

  linalgVectorNorm(ord?: number | bigint | boolean, dim?: number | readonly number[] | undefined, keepdim?: boolean, options?: { dtype?: DType | undefined }): Tensor;
  linalgVectorNorm(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.linalgVectorNorm as Untyped)(this, a0, a1, a2, a3);
  }

  log(): Tensor;
  log(): unknown {
    return (ops.log as Untyped)(this);
  }

  log10(): Tensor;
  log10(): unknown {
    return (ops.log10 as Untyped)(this);
  }

  log10_(): Tensor;
  log10_(): unknown {
    return (ops.log10_ as Untyped)(this);
  }

  log1p(): Tensor;
  log1p(): unknown {
    return (ops.log1p as Untyped)(this);
  }

  log1p_(): Tensor;
  log1p_(): unknown {
    return (ops.log1p_ as Untyped)(this);
  }

  log2(): Tensor;
  log2(): unknown {
    return (ops.log2 as Untyped)(this);
  }

  log2_(): Tensor;
  log2_(): unknown {
    return (ops.log2_ as Untyped)(this);
  }

  logNormal(mean?: number, std?: number): Tensor;
  logNormal(a0?: unknown, a1?: unknown): unknown {
    return (ops.logNormal as Untyped)(this, a0, a1);
  }

  logNormal_(mean?: number, std?: number): Tensor;
  logNormal_(a0?: unknown, a1?: unknown): unknown {
    return (ops.logNormal_ as Untyped)(this, a0, a1);
  }

  logSigmoid(): Tensor;
  logSigmoid(): unknown {
    return (ops.logSigmoid as Untyped)(this);
  }

  logSigmoidForward(): [Tensor, Tensor];
  logSigmoidForward(): unknown {
    return (ops.logSigmoidForward as Untyped)(this);
  }

  logSoftmax(dim: string, options?: { dtype?: DType | undefined }): Tensor;
  logSoftmax(dim: number | bigint, dtype?: DType | undefined): Tensor;
  logSoftmax(a0?: unknown, a1?: unknown): unknown {
    return (ops.logSoftmax as Untyped)(this, a0, a1);
  }

  log_(): Tensor;
  log_(): unknown {
    return (ops.log_ as Untyped)(this);
  }

  logaddexp(other: Tensor): Tensor;
  logaddexp(a0?: unknown): unknown {
    return (ops.logaddexp as Untyped)(this, a0);
  }

  logaddexp2(other: Tensor): Tensor;
  logaddexp2(a0?: unknown): unknown {
    return (ops.logaddexp2 as Untyped)(this, a0);
  }

  logcumsumexp(dim: number | bigint): Tensor;
  logcumsumexp(dim: string): Tensor;
  logcumsumexp(a0?: unknown): unknown {
    return (ops.logcumsumexp as Untyped)(this, a0);
  }

  logdet(): Tensor;
  logdet(): unknown {
    return (ops.logdet as Untyped)(this);
  }

  logicalAnd(other: Tensor): Tensor;
  logicalAnd(a0?: unknown): unknown {
    return (ops.logicalAnd as Untyped)(this, a0);
  }

  logicalAnd_(other: Tensor): Tensor;
  logicalAnd_(a0?: unknown): unknown {
    return (ops.logicalAnd_ as Untyped)(this, a0);
  }

  logicalNot(): Tensor;
  logicalNot(): unknown {
    return (ops.logicalNot as Untyped)(this);
  }

  logicalNot_(): Tensor;
  logicalNot_(): unknown {
    return (ops.logicalNot_ as Untyped)(this);
  }

  logicalOr(other: Tensor): Tensor;
  logicalOr(a0?: unknown): unknown {
    return (ops.logicalOr as Untyped)(this, a0);
  }

  logicalOr_(other: Tensor): Tensor;
  logicalOr_(a0?: unknown): unknown {
    return (ops.logicalOr_ as Untyped)(this, a0);
  }

  logicalXor(other: Tensor): Tensor;
  logicalXor(a0?: unknown): unknown {
    return (ops.logicalXor as Untyped)(this, a0);
  }

  logicalXor_(other: Tensor): Tensor;
  logicalXor_(a0?: unknown): unknown {
    return (ops.logicalXor_ as Untyped)(this, a0);
  }

  logit(eps?: number | undefined): Tensor;
  logit(a0?: unknown): unknown {
    return (ops.logit as Untyped)(this, a0);
  }

  logit_(eps?: number | undefined): Tensor;
  logit_(a0?: unknown): unknown {
    return (ops.logit_ as Untyped)(this, a0);
  }

  logsumexp(dim: number | readonly number[], keepdim?: boolean): Tensor;
  logsumexp(a0?: unknown, a1?: unknown): unknown {
    return (ops.logsumexp as Untyped)(this, a0, a1);
  }

  lt(other: Tensor): Tensor;
  lt(other: number | bigint | boolean): Tensor;
  lt(a0?: unknown): unknown {
    return (ops.lt as Untyped)(this, a0);
  }

  lt_(other: Tensor): Tensor;
  lt_(other: number | bigint | boolean): Tensor;
  lt_(a0?: unknown): unknown {
    return (ops.lt_ as Untyped)(this, a0);
  }

  luSolve(LU_data: Tensor, LU_pivots: Tensor): Tensor;
  luSolve(a0?: unknown, a1?: unknown): unknown {
    return (ops.luSolve as Untyped)(this, a0, a1);
  }

  mH(): Tensor;
  mH(): unknown {
    return (ops.mH as Untyped)(this);
  }

  mT(): Tensor;
  mT(): unknown {
    return (ops.mT as Untyped)(this);
  }

  maskedFill(mask: Tensor, value: Tensor): Tensor;
  maskedFill(mask: Tensor, value: number | bigint | boolean): Tensor;
  maskedFill(a0?: unknown, a1?: unknown): unknown {
    return (ops.maskedFill as Untyped)(this, a0, a1);
  }

  maskedFill_(mask: Tensor, value: Tensor): Tensor;
  maskedFill_(mask: Tensor, value: number | bigint | boolean): Tensor;
  maskedFill_(a0?: unknown, a1?: unknown): unknown {
    return (ops.maskedFill_ as Untyped)(this, a0, a1);
  }

  maskedScatter(mask: Tensor, source: Tensor): Tensor;
  maskedScatter(a0?: unknown, a1?: unknown): unknown {
    return (ops.maskedScatter as Untyped)(this, a0, a1);
  }

  maskedScatter_(mask: Tensor, source: Tensor): Tensor;
  maskedScatter_(a0?: unknown, a1?: unknown): unknown {
    return (ops.maskedScatter_ as Untyped)(this, a0, a1);
  }

  maskedSelect(mask: Tensor): Tensor;
  maskedSelect(a0?: unknown): unknown {
    return (ops.maskedSelect as Untyped)(this, a0);
  }

  matmul(other: Tensor): Tensor;
  matmul(a0?: unknown): unknown {
    return (ops.matmul as Untyped)(this, a0);
  }

  matrixExp(): Tensor;
  matrixExp(): unknown {
    return (ops.matrixExp as Untyped)(this);
  }

  matrixPower(n: number | bigint): Tensor;
  matrixPower(a0?: unknown): unknown {
    return (ops.matrixPower as Untyped)(this, a0);
  }

  matrix_H(): Tensor;
  matrix_H(): unknown {
    return (ops.matrix_H as Untyped)(this);
  }

  max(): Tensor;
  max(other: Tensor): Tensor;
  max(dim: number | bigint, keepdim?: boolean): [Tensor, Tensor];
  max(dim: string, keepdim?: boolean): [Tensor, Tensor];
  max(a0?: unknown, a1?: unknown): unknown {
    return (ops.max as Untyped)(this, a0, a1);
  }

  maxPool1d(kernelSize: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[], ceilMode?: boolean): Tensor;
  maxPool1d(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
    return (ops.maxPool1d as Untyped)(this, a0, a1, a2, a3, a4);
  }

  maxPool1dWithIndices(kernelSize: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[], ceilMode?: boolean): [Tensor, Tensor];
  maxPool1dWithIndices(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
    return (ops.maxPool1dWithIndices as Untyped)(this, a0, a1, a2, a3, a4);
  }

  maxPool2d(kernelSize: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[], ceilMode?: boolean): Tensor;
  maxPool2d(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
    return (ops.maxPool2d as Untyped)(this, a0, a1, a2, a3, a4);
  }

  maxPool2dWithIndices(kernelSize: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[], ceilMode?: boolean): [Tensor, Tensor];
  maxPool2dWithIndices(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
    return (ops.maxPool2dWithIndices as Untyped)(this, a0, a1, a2, a3, a4);
  }

  maxPool3d(kernelSize: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[], ceilMode?: boolean): Tensor;
  maxPool3d(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
    return (ops.maxPool3d as Untyped)(this, a0, a1, a2, a3, a4);
  }

  maxPool3dWithIndices(kernelSize: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[], ceilMode?: boolean): [Tensor, Tensor];
  maxPool3dWithIndices(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
    return (ops.maxPool3dWithIndices as Untyped)(this, a0, a1, a2, a3, a4);
  }

  maxUnpool2d(indices: Tensor, outputSize: number | readonly number[]): Tensor;
  maxUnpool2d(a0?: unknown, a1?: unknown): unknown {
    return (ops.maxUnpool2d as Untyped)(this, a0, a1);
  }

  maxUnpool3d(indices: Tensor, outputSize: number | readonly number[], stride: number | readonly number[], padding: number | readonly number[]): Tensor;
  maxUnpool3d(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.maxUnpool3d as Untyped)(this, a0, a1, a2, a3);
  }

  maximum(other: Tensor): Tensor;
  maximum(a0?: unknown): unknown {
    return (ops.maximum as Untyped)(this, a0);
  }

  mean(options?: { dtype?: DType | undefined }): Tensor;
  mean(dim?: number | readonly number[] | undefined, keepdim?: boolean, options?: { dtype?: DType | undefined }): Tensor;
  mean(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.mean as Untyped)(this, a0, a1, a2);
  }

  median(): Tensor;
  median(dim: number | bigint, keepdim?: boolean): [Tensor, Tensor];
  median(dim: string, keepdim?: boolean): [Tensor, Tensor];
  median(a0?: unknown, a1?: unknown): unknown {
    return (ops.median as Untyped)(this, a0, a1);
  }

  min(): Tensor;
  min(other: Tensor): Tensor;
  min(dim: number | bigint, keepdim?: boolean): [Tensor, Tensor];
  min(dim: string, keepdim?: boolean): [Tensor, Tensor];
  min(a0?: unknown, a1?: unknown): unknown {
    return (ops.min as Untyped)(this, a0, a1);
  }

  minimum(other: Tensor): Tensor;
  minimum(a0?: unknown): unknown {
    return (ops.minimum as Untyped)(this, a0);
  }

  mish(): Tensor;
  mish(): unknown {
    return (ops.mish as Untyped)(this);
  }

  mish_(): Tensor;
  mish_(): unknown {
    return (ops.mish_ as Untyped)(this);
  }

  mm(mat2: Tensor): Tensor;
  mm(a0?: unknown): unknown {
    return (ops.mm as Untyped)(this, a0);
  }

  mode(dim?: number | bigint, keepdim?: boolean): [Tensor, Tensor];
  mode(dim: string, keepdim?: boolean): [Tensor, Tensor];
  mode(a0?: unknown, a1?: unknown): unknown {
    return (ops.mode as Untyped)(this, a0, a1);
  }

  moveaxis(source: number | bigint, destination: number | bigint): Tensor;
  moveaxis(source: readonly number[], destination: readonly number[]): Tensor;
  moveaxis(a0?: unknown, a1?: unknown): unknown {
    return (ops.moveaxis as Untyped)(this, a0, a1);
  }

  movedim(source: number | bigint, destination: number | bigint): Tensor;
  movedim(source: readonly number[], destination: readonly number[]): Tensor;
  movedim(a0?: unknown, a1?: unknown): unknown {
    return (ops.movedim as Untyped)(this, a0, a1);
  }

  mseLoss(target: Tensor, reduction?: number | bigint): Tensor;
  mseLoss(a0?: unknown, a1?: unknown): unknown {
    return (ops.mseLoss as Untyped)(this, a0, a1);
  }

  msort(): Tensor;
  msort(): unknown {
    return (ops.msort as Untyped)(this);
  }

  mul(other: Tensor): Tensor;
  mul(other: number | bigint | boolean): Tensor;
  mul(a0?: unknown): unknown {
    return (ops.mul as Untyped)(this, a0);
  }

  mul_(other: Tensor): Tensor;
  mul_(other: number | bigint | boolean): Tensor;
  mul_(a0?: unknown): unknown {
    return (ops.mul_ as Untyped)(this, a0);
  }

  multiMarginLoss(target: Tensor, p?: number | bigint | boolean, margin?: number | bigint | boolean, weight?: Tensor | undefined, reduction?: number | bigint): Tensor;
  multiMarginLoss(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
    return (ops.multiMarginLoss as Untyped)(this, a0, a1, a2, a3, a4);
  }

  multilabelMarginLoss(target: Tensor, reduction?: number | bigint): Tensor;
  multilabelMarginLoss(a0?: unknown, a1?: unknown): unknown {
    return (ops.multilabelMarginLoss as Untyped)(this, a0, a1);
  }

  multilabelMarginLossForward(target: Tensor, reduction: number | bigint): [Tensor, Tensor];
  multilabelMarginLossForward(a0?: unknown, a1?: unknown): unknown {
    return (ops.multilabelMarginLossForward as Untyped)(this, a0, a1);
  }

  multinomial(numSamples: number | bigint, replacement?: boolean): Tensor;
  multinomial(a0?: unknown, a1?: unknown): unknown {
    return (ops.multinomial as Untyped)(this, a0, a1);
  }

  multiply(other: Tensor): Tensor;
  multiply(other: number | bigint | boolean): Tensor;
  multiply(a0?: unknown): unknown {
    return (ops.multiply as Untyped)(this, a0);
  }

  multiply_(other: Tensor): Tensor;
  multiply_(other: number | bigint | boolean): Tensor;
  multiply_(a0?: unknown): unknown {
    return (ops.multiply_ as Untyped)(this, a0);
  }

  mv(vec: Tensor): Tensor;
  mv(a0?: unknown): unknown {
    return (ops.mv as Untyped)(this, a0);
  }

  mvlgamma(p: number | bigint): Tensor;
  mvlgamma(a0?: unknown): unknown {
    return (ops.mvlgamma as Untyped)(this, a0);
  }

  mvlgamma_(p: number | bigint): Tensor;
  mvlgamma_(a0?: unknown): unknown {
    return (ops.mvlgamma_ as Untyped)(this, a0);
  }

  nanToNum(nan?: number | undefined, posinf?: number | undefined, neginf?: number | undefined): Tensor;
  nanToNum(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.nanToNum as Untyped)(this, a0, a1, a2);
  }

  nanToNum_(nan?: number | undefined, posinf?: number | undefined, neginf?: number | undefined): Tensor;
  nanToNum_(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.nanToNum_ as Untyped)(this, a0, a1, a2);
  }

  nanmean(dim?: number | readonly number[] | undefined, keepdim?: boolean, options?: { dtype?: DType | undefined }): Tensor;
  nanmean(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.nanmean as Untyped)(this, a0, a1, a2);
  }

  nanmedian(): Tensor;
  nanmedian(dim: number | bigint, keepdim?: boolean): [Tensor, Tensor];
  nanmedian(dim: string, keepdim?: boolean): [Tensor, Tensor];
  nanmedian(a0?: unknown, a1?: unknown): unknown {
    return (ops.nanmedian as Untyped)(this, a0, a1);
  }

  nanquantile(q: Tensor, dim?: number | bigint | undefined, keepdim?: boolean, options?: { interpolation?: string | undefined }): Tensor;
  nanquantile(q: number, dim?: number | bigint | undefined, keepdim?: boolean, options?: { interpolation?: string | undefined }): Tensor;
  nanquantile(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.nanquantile as Untyped)(this, a0, a1, a2, a3);
  }

  nansum(dim?: number | readonly number[] | undefined, keepdim?: boolean, options?: { dtype?: DType | undefined }): Tensor;
  nansum(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.nansum as Untyped)(this, a0, a1, a2);
  }

  narrow(dim: number | bigint, start: Tensor, length: number | bigint): Tensor;
  narrow(dim: number | bigint, start: number | bigint, length: number | bigint): Tensor;
  narrow(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.narrow as Untyped)(this, a0, a1, a2);
  }

  nativeNorm(p?: number | bigint | boolean): Tensor;
  nativeNorm(p: number | bigint | boolean | undefined, dim: number | readonly number[], keepdim: boolean, dtype?: DType | undefined): Tensor;
  nativeNorm(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.nativeNorm as Untyped)(this, a0, a1, a2, a3);
  }

  ne(other: Tensor): Tensor;
  ne(other: number | bigint | boolean): Tensor;
  ne(a0?: unknown): unknown {
    return (ops.ne as Untyped)(this, a0);
  }

  ne_(other: Tensor): Tensor;
  ne_(other: number | bigint | boolean): Tensor;
  ne_(a0?: unknown): unknown {
    return (ops.ne_ as Untyped)(this, a0);
  }

  neg(): Tensor;
  neg(): unknown {
    return (ops.neg as Untyped)(this);
  }

  neg_(): Tensor;
  neg_(): unknown {
    return (ops.neg_ as Untyped)(this);
  }

  negative(): Tensor;
  negative(): unknown {
    return (ops.negative as Untyped)(this);
  }

  negative_(): Tensor;
  negative_(): unknown {
    return (ops.negative_ as Untyped)(this);
  }

  newEmpty(size: readonly number[], options?: { dtype?: DType | undefined; device?: string | undefined }): Tensor;
  newEmpty(a0?: unknown, a1?: unknown): unknown {
    return (ops.newEmpty as Untyped)(this, a0, a1);
  }

  newEmptyStrided(size: readonly number[], stride: readonly number[], options?: { dtype?: DType | undefined; device?: string | undefined }): Tensor;
  newEmptyStrided(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.newEmptyStrided as Untyped)(this, a0, a1, a2);
  }

  newFull(size: readonly number[], fillValue: number | bigint | boolean, options?: { dtype?: DType | undefined; device?: string | undefined }): Tensor;
  newFull(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.newFull as Untyped)(this, a0, a1, a2);
  }

  newOnes(size: readonly number[], options?: { dtype?: DType | undefined; device?: string | undefined }): Tensor;
  newOnes(a0?: unknown, a1?: unknown): unknown {
    return (ops.newOnes as Untyped)(this, a0, a1);
  }

  newZeros(size: readonly number[], options?: { dtype?: DType | undefined; device?: string | undefined }): Tensor;
  newZeros(a0?: unknown, a1?: unknown): unknown {
    return (ops.newZeros as Untyped)(this, a0, a1);
  }

  nextafter(other: Tensor): Tensor;
  nextafter(a0?: unknown): unknown {
    return (ops.nextafter as Untyped)(this, a0);
  }

  nextafter_(other: Tensor): Tensor;
  nextafter_(a0?: unknown): unknown {
    return (ops.nextafter_ as Untyped)(this, a0);
  }

  nllLoss(target: Tensor, weight?: Tensor | undefined, reduction?: number | bigint, ignoreIndex?: number | bigint): Tensor;
  nllLoss(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.nllLoss as Untyped)(this, a0, a1, a2, a3);
  }

  nllLoss2d(target: Tensor, weight?: Tensor | undefined, reduction?: number | bigint, ignoreIndex?: number | bigint): Tensor;
  nllLoss2d(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.nllLoss2d as Untyped)(this, a0, a1, a2, a3);
  }

  nllLoss2dForward(target: Tensor, weight: Tensor | undefined, reduction: number | bigint, ignoreIndex: number | bigint): [Tensor, Tensor];
  nllLoss2dForward(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.nllLoss2dForward as Untyped)(this, a0, a1, a2, a3);
  }

  nllLossForward(target: Tensor, weight: Tensor | undefined, reduction: number | bigint, ignoreIndex: number | bigint): [Tensor, Tensor];
  nllLossForward(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.nllLossForward as Untyped)(this, a0, a1, a2, a3);
  }

  nllLossNd(target: Tensor, weight?: Tensor | undefined, reduction?: number | bigint, ignoreIndex?: number | bigint): Tensor;
  nllLossNd(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.nllLossNd as Untyped)(this, a0, a1, a2, a3);
  }

  nonzero(): Tensor;
  nonzero(): unknown {
    return (ops.nonzero as Untyped)(this);
  }

  nonzeroNumpy(): Tensor[];
  nonzeroNumpy(): unknown {
    return (ops.nonzeroNumpy as Untyped)(this);
  }

  norm(p: number | bigint | boolean | undefined, options: { dtype: DType }): Tensor;
  norm(p: number | bigint | boolean | undefined, dim: number | readonly number[], keepdim: boolean, options: { dtype: DType }): Tensor;
  norm(p?: number | bigint | boolean): Tensor;
  norm(p: number | bigint | boolean | undefined, dim: number | readonly number[], keepdim?: boolean): Tensor;
  norm(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.norm as Untyped)(this, a0, a1, a2, a3);
  }

  normalFunctional(mean?: number, std?: number): Tensor;
  normalFunctional(a0?: unknown, a1?: unknown): unknown {
    return (ops.normalFunctional as Untyped)(this, a0, a1);
  }

  normal_(mean?: number, std?: number): Tensor;
  normal_(a0?: unknown, a1?: unknown): unknown {
    return (ops.normal_ as Untyped)(this, a0, a1);
  }

  notEqual(other: Tensor): Tensor;
  notEqual(other: number | bigint | boolean): Tensor;
  notEqual(a0?: unknown): unknown {
    return (ops.notEqual as Untyped)(this, a0);
  }

  notEqual_(other: Tensor): Tensor;
  notEqual_(other: number | bigint | boolean): Tensor;
  notEqual_(a0?: unknown): unknown {
    return (ops.notEqual_ as Untyped)(this, a0);
  }

  nuclearNorm(keepdim?: boolean): Tensor;
  nuclearNorm(dim: number | readonly number[], keepdim?: boolean): Tensor;
  nuclearNorm(a0?: unknown, a1?: unknown): unknown {
    return (ops.nuclearNorm as Untyped)(this, a0, a1);
  }

  numpy_T(): Tensor;
  numpy_T(): unknown {
    return (ops.numpy_T as Untyped)(this);
  }

  oneHot(numClasses?: number | bigint): Tensor;
  oneHot(a0?: unknown): unknown {
    return (ops.oneHot as Untyped)(this, a0);
  }

  onesLike(options?: { dtype?: DType | undefined; device?: string | undefined; memoryFormat?: MemoryFormat | undefined }): Tensor;
  onesLike(a0?: unknown): unknown {
    return (ops.onesLike as Untyped)(this, a0);
  }

  orgqr(input2: Tensor): Tensor;
  orgqr(a0?: unknown): unknown {
    return (ops.orgqr as Untyped)(this, a0);
  }

  ormqr(input2: Tensor, input3: Tensor, left?: boolean, transpose?: boolean): Tensor;
  ormqr(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.ormqr as Untyped)(this, a0, a1, a2, a3);
  }

  outer(vec2: Tensor): Tensor;
  outer(a0?: unknown): unknown {
    return (ops.outer as Untyped)(this, a0);
  }

  pad(pad: readonly number[], mode?: string, value?: number | undefined): Tensor;
  pad(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.pad as Untyped)(this, a0, a1, a2);
  }

  pdist(p?: number): Tensor;
  pdist(a0?: unknown): unknown {
    return (ops.pdist as Untyped)(this, a0);
  }

  permute(dims: readonly number[]): Tensor;
  permute(a0?: unknown): unknown {
    return (ops.permute as Untyped)(this, a0);
  }

  pinverse(rcond?: number): Tensor;
  pinverse(a0?: unknown): unknown {
    return (ops.pinverse as Untyped)(this, a0);
  }

  pixelShuffle(upscaleFactor: number | bigint): Tensor;
  pixelShuffle(a0?: unknown): unknown {
    return (ops.pixelShuffle as Untyped)(this, a0);
  }

  pixelUnshuffle(downscaleFactor: number | bigint): Tensor;
  pixelUnshuffle(a0?: unknown): unknown {
    return (ops.pixelUnshuffle as Untyped)(this, a0);
  }

  poisson(): Tensor;
  poisson(): unknown {
    return (ops.poisson as Untyped)(this);
  }

  polygamma_(n: number | bigint): Tensor;
  polygamma_(a0?: unknown): unknown {
    return (ops.polygamma_ as Untyped)(this, a0);
  }

  positive(): Tensor;
  positive(): unknown {
    return (ops.positive as Untyped)(this);
  }

  pow(exponent: Tensor): Tensor;
  pow(exponent: number | bigint | boolean): Tensor;
  pow(a0?: unknown): unknown {
    return (ops.pow as Untyped)(this, a0);
  }

  pow_(exponent: Tensor): Tensor;
  pow_(exponent: number | bigint | boolean): Tensor;
  pow_(a0?: unknown): unknown {
    return (ops.pow_ as Untyped)(this, a0);
  }

  prelu(weight: Tensor): Tensor;
  prelu(a0?: unknown): unknown {
    return (ops.prelu as Untyped)(this, a0);
  }

  prod(options?: { dtype?: DType | undefined }): Tensor;
  prod(dim: string, keepdim?: boolean, options?: { dtype?: DType | undefined }): Tensor;
  prod(dim: number | bigint, keepdim?: boolean, options?: { dtype?: DType | undefined }): Tensor;
  prod(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.prod as Untyped)(this, a0, a1, a2);
  }

  put(index: Tensor, source: Tensor, accumulate?: boolean): Tensor;
  put(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.put as Untyped)(this, a0, a1, a2);
  }

  put_(index: Tensor, source: Tensor, accumulate?: boolean): Tensor;
  put_(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.put_ as Untyped)(this, a0, a1, a2);
  }

  qPerChannelAxis(): number;
  qPerChannelAxis(): unknown {
    return (ops.qPerChannelAxis as Untyped)(this);
  }

  qPerChannelScales(): Tensor;
  qPerChannelScales(): unknown {
    return (ops.qPerChannelScales as Untyped)(this);
  }

  qPerChannelZeroPoints(): Tensor;
  qPerChannelZeroPoints(): unknown {
    return (ops.qPerChannelZeroPoints as Untyped)(this);
  }

  qScale(): number;
  qScale(): unknown {
    return (ops.qScale as Untyped)(this);
  }

  qZeroPoint(): number;
  qZeroPoint(): unknown {
    return (ops.qZeroPoint as Untyped)(this);
  }

  qr(some?: boolean): [Tensor, Tensor];
  qr(a0?: unknown): unknown {
    return (ops.qr as Untyped)(this, a0);
  }

  quantile(q: Tensor, dim?: number | bigint | undefined, keepdim?: boolean, options?: { interpolation?: string | undefined }): Tensor;
  quantile(q: number, dim?: number | bigint | undefined, keepdim?: boolean, options?: { interpolation?: string | undefined }): Tensor;
  quantile(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.quantile as Untyped)(this, a0, a1, a2, a3);
  }

  rad2deg(): Tensor;
  rad2deg(): unknown {
    return (ops.rad2deg as Untyped)(this);
  }

  rad2deg_(): Tensor;
  rad2deg_(): unknown {
    return (ops.rad2deg_ as Untyped)(this);
  }

  randLike(options?: { dtype?: DType | undefined; device?: string | undefined; memoryFormat?: MemoryFormat | undefined }): Tensor;
  randLike(a0?: unknown): unknown {
    return (ops.randLike as Untyped)(this, a0);
  }

  randintLike(high: number | bigint, options?: { dtype?: DType | undefined; device?: string | undefined; memoryFormat?: MemoryFormat | undefined }): Tensor;
  randintLike(low: number | bigint, high: number | bigint, options?: { dtype?: DType | undefined; device?: string | undefined; memoryFormat?: MemoryFormat | undefined }): Tensor;
  randintLike(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.randintLike as Untyped)(this, a0, a1, a2);
  }

  randnLike(options?: { dtype?: DType | undefined; device?: string | undefined; memoryFormat?: MemoryFormat | undefined }): Tensor;
  randnLike(a0?: unknown): unknown {
    return (ops.randnLike as Untyped)(this, a0);
  }

  random(): Tensor;
  random(to: number | bigint): Tensor;
  random(from: number | bigint, to?: number | bigint | undefined): Tensor;
  random(a0?: unknown, a1?: unknown): unknown {
    return (ops.random as Untyped)(this, a0, a1);
  }

  random_(): Tensor;
  random_(to: number | bigint): Tensor;
  random_(from: number | bigint, to?: number | bigint | undefined): Tensor;
  random_(a0?: unknown, a1?: unknown): unknown {
    return (ops.random_ as Untyped)(this, a0, a1);
  }

  ravel(): Tensor;
  ravel(): unknown {
    return (ops.ravel as Untyped)(this);
  }

  real(): Tensor;
  real(): unknown {
    return (ops.real as Untyped)(this);
  }

  reciprocal(): Tensor;
  reciprocal(): unknown {
    return (ops.reciprocal as Untyped)(this);
  }

  reciprocal_(): Tensor;
  reciprocal_(): unknown {
    return (ops.reciprocal_ as Untyped)(this);
  }

  reflectionPad1d(padding: number | readonly number[]): Tensor;
  reflectionPad1d(a0?: unknown): unknown {
    return (ops.reflectionPad1d as Untyped)(this, a0);
  }

  reflectionPad2d(padding: number | readonly number[]): Tensor;
  reflectionPad2d(a0?: unknown): unknown {
    return (ops.reflectionPad2d as Untyped)(this, a0);
  }

  reflectionPad3d(padding: number | readonly number[]): Tensor;
  reflectionPad3d(a0?: unknown): unknown {
    return (ops.reflectionPad3d as Untyped)(this, a0);
  }

  relu(): Tensor;
  relu(): unknown {
    return (ops.relu as Untyped)(this);
  }

  relu6(): Tensor;
  relu6(): unknown {
    return (ops.relu6 as Untyped)(this);
  }

  relu6_(): Tensor;
  relu6_(): unknown {
    return (ops.relu6_ as Untyped)(this);
  }

  relu_(): Tensor;
  relu_(): unknown {
    return (ops.relu_ as Untyped)(this);
  }

  remainder(other: Tensor): Tensor;
  remainder(other: number | bigint | boolean): Tensor;
  remainder(a0?: unknown): unknown {
    return (ops.remainder as Untyped)(this, a0);
  }

  remainder_(other: Tensor): Tensor;
  remainder_(other: number | bigint | boolean): Tensor;
  remainder_(a0?: unknown): unknown {
    return (ops.remainder_ as Untyped)(this, a0);
  }

  renorm(p: number | bigint | boolean, dim: number | bigint, maxnorm: number | bigint | boolean): Tensor;
  renorm(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.renorm as Untyped)(this, a0, a1, a2);
  }

  renorm_(p: number | bigint | boolean, dim: number | bigint, maxnorm: number | bigint | boolean): Tensor;
  renorm_(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.renorm_ as Untyped)(this, a0, a1, a2);
  }

  repeat(repeats: readonly number[]): Tensor;
  repeat(a0?: unknown): unknown {
    return (ops.repeat as Untyped)(this, a0);
  }

  repeatInterleave(repeats: Tensor, dim?: number | bigint | undefined, options?: { outputSize?: number | bigint | undefined }): Tensor;
  repeatInterleave(repeats: number | bigint, dim?: number | bigint | undefined, options?: { outputSize?: number | bigint | undefined }): Tensor;
  repeatInterleave(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.repeatInterleave as Untyped)(this, a0, a1, a2);
  }

  replicationPad1d(padding: number | readonly number[]): Tensor;
  replicationPad1d(a0?: unknown): unknown {
    return (ops.replicationPad1d as Untyped)(this, a0);
  }

  replicationPad2d(padding: number | readonly number[]): Tensor;
  replicationPad2d(a0?: unknown): unknown {
    return (ops.replicationPad2d as Untyped)(this, a0);
  }

  replicationPad3d(padding: number | readonly number[]): Tensor;
  replicationPad3d(a0?: unknown): unknown {
    return (ops.replicationPad3d as Untyped)(this, a0);
  }

  reshape(shape: readonly number[]): Tensor;
  reshape(a0?: unknown): unknown {
    return (ops.reshape as Untyped)(this, a0);
  }

  reshapeAs(other: Tensor): Tensor;
  reshapeAs(a0?: unknown): unknown {
    return (ops.reshapeAs as Untyped)(this, a0);
  }

  resize(size: readonly number[], options?: { memoryFormat?: MemoryFormat | undefined }): Tensor;
  resize(a0?: unknown, a1?: unknown): unknown {
    return (ops.resize as Untyped)(this, a0, a1);
  }

  resizeAs(theTemplate: Tensor, options?: { memoryFormat?: MemoryFormat | undefined }): Tensor;
  resizeAs(a0?: unknown, a1?: unknown): unknown {
    return (ops.resizeAs as Untyped)(this, a0, a1);
  }

  resizeAsSparse(theTemplate: Tensor): Tensor;
  resizeAsSparse(a0?: unknown): unknown {
    return (ops.resizeAsSparse as Untyped)(this, a0);
  }

  resolveConj(): Tensor;
  resolveConj(): unknown {
    return (ops.resolveConj as Untyped)(this);
  }

  resolveNeg(): Tensor;
  resolveNeg(): unknown {
    return (ops.resolveNeg as Untyped)(this);
  }

  retainsGrad(): boolean;
  retainsGrad(): unknown {
    return (ops.retainsGrad as Untyped)(this);
  }

  roll(shifts: number | readonly number[], dims?: number | readonly number[]): Tensor;
  roll(a0?: unknown, a1?: unknown): unknown {
    return (ops.roll as Untyped)(this, a0, a1);
  }

  rot90(k?: number | bigint, dims?: readonly number[]): Tensor;
  rot90(a0?: unknown, a1?: unknown): unknown {
    return (ops.rot90 as Untyped)(this, a0, a1);
  }

  round(options: { decimals: number | bigint }): Tensor;
  round(): Tensor;
  round(a0?: unknown): unknown {
    return (ops.round as Untyped)(this, a0);
  }

  round_(options: { decimals: number | bigint }): Tensor;
  round_(): Tensor;
  round_(a0?: unknown): unknown {
    return (ops.round_ as Untyped)(this, a0);
  }

  rowIndices(): Tensor;
  rowIndices(): unknown {
    return (ops.rowIndices as Untyped)(this);
  }

  rrelu(lower?: number | bigint | boolean, upper?: number | bigint | boolean, training?: boolean): Tensor;
  rrelu(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.rrelu as Untyped)(this, a0, a1, a2);
  }

  rreluWithNoise(noise: Tensor, lower?: number | bigint | boolean, upper?: number | bigint | boolean, training?: boolean): Tensor;
  rreluWithNoise(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.rreluWithNoise as Untyped)(this, a0, a1, a2, a3);
  }

  rreluWithNoise_(noise: Tensor, lower?: number | bigint | boolean, upper?: number | bigint | boolean, training?: boolean): Tensor;
  rreluWithNoise_(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.rreluWithNoise_ as Untyped)(this, a0, a1, a2, a3);
  }

  rrelu_(lower?: number | bigint | boolean, upper?: number | bigint | boolean, training?: boolean): Tensor;
  rrelu_(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.rrelu_ as Untyped)(this, a0, a1, a2);
  }

  rsqrt(): Tensor;
  rsqrt(): unknown {
    return (ops.rsqrt as Untyped)(this);
  }

  rsqrt_(): Tensor;
  rsqrt_(): unknown {
    return (ops.rsqrt_ as Untyped)(this);
  }

  rsub(other: Tensor, options?: { alpha?: number | bigint | boolean | undefined }): Tensor;
  rsub(other: number | bigint | boolean, alpha?: number | bigint | boolean): Tensor;
  rsub(a0?: unknown, a1?: unknown): unknown {
    return (ops.rsub as Untyped)(this, a0, a1);
  }

  scatter(dim: number | bigint, index: Tensor, src: Tensor, options: { reduce: string }): Tensor;
  scatter(dim: number | bigint, index: Tensor, value: number | bigint | boolean, options: { reduce: string }): Tensor;
  scatter(dim: string, index: Tensor, src: Tensor): Tensor;
  scatter(dim: number | bigint, index: Tensor, src: Tensor): Tensor;
  scatter(dim: string, index: Tensor, value: number | bigint | boolean): Tensor;
  scatter(dim: number | bigint, index: Tensor, value: number | bigint | boolean): Tensor;
  scatter(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.scatter as Untyped)(this, a0, a1, a2, a3);
  }

  scatterAdd(dim: number | bigint, index: Tensor, src: Tensor): Tensor;
  scatterAdd(dim: string, index: Tensor, src: Tensor): Tensor;
  scatterAdd(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.scatterAdd as Untyped)(this, a0, a1, a2);
  }

  scatterAdd_(dim: number | bigint, index: Tensor, src: Tensor): Tensor;
  scatterAdd_(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.scatterAdd_ as Untyped)(this, a0, a1, a2);
  }

  scatterReduce(dim: number | bigint, index: Tensor, src: Tensor, reduce: string, options?: { includeSelf?: boolean | undefined }): Tensor;
  scatterReduce(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
    return (ops.scatterReduce as Untyped)(this, a0, a1, a2, a3, a4);
  }

  scatterReduce_(dim: number | bigint, index: Tensor, src: Tensor, reduce: string, options?: { includeSelf?: boolean | undefined }): Tensor;
  scatterReduce_(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
    return (ops.scatterReduce_ as Untyped)(this, a0, a1, a2, a3, a4);
  }

  scatter_(dim: number | bigint, index: Tensor, src: Tensor, options: { reduce: string }): Tensor;
  scatter_(dim: number | bigint, index: Tensor, value: number | bigint | boolean, options: { reduce: string }): Tensor;
  scatter_(dim: number | bigint, index: Tensor, src: Tensor): Tensor;
  scatter_(dim: number | bigint, index: Tensor, value: number | bigint | boolean): Tensor;
  scatter_(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.scatter_ as Untyped)(this, a0, a1, a2, a3);
  }

  select(dim: string, index: number | bigint): Tensor;
  select(dim: number | bigint, index: number | bigint): Tensor;
  select(a0?: unknown, a1?: unknown): unknown {
    return (ops.select as Untyped)(this, a0, a1);
  }

  selectScatter(src: Tensor, dim: number | bigint, index: number | bigint): Tensor;
  selectScatter(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.selectScatter as Untyped)(this, a0, a1, a2);
  }

  selu(): Tensor;
  selu(): unknown {
    return (ops.selu as Untyped)(this);
  }

  selu_(): Tensor;
  selu_(): unknown {
    return (ops.selu_ as Untyped)(this);
  }

  set(): Tensor;
  set(source: Tensor): Tensor;
  set(a0?: unknown): unknown {
    return (ops.set as Untyped)(this, a0);
  }

  sgn(): Tensor;
  sgn(): unknown {
    return (ops.sgn as Untyped)(this);
  }

  sgn_(): Tensor;
  sgn_(): unknown {
    return (ops.sgn_ as Untyped)(this);
  }

  sigmoid(): Tensor;
  sigmoid(): unknown {
    return (ops.sigmoid as Untyped)(this);
  }

  sigmoid_(): Tensor;
  sigmoid_(): unknown {
    return (ops.sigmoid_ as Untyped)(this);
  }

  sign(): Tensor;
  sign(): unknown {
    return (ops.sign as Untyped)(this);
  }

  sign_(): Tensor;
  sign_(): unknown {
    return (ops.sign_ as Untyped)(this);
  }

  signbit(): Tensor;
  signbit(): unknown {
    return (ops.signbit as Untyped)(this);
  }

  silu(): Tensor;
  silu(): unknown {
    return (ops.silu as Untyped)(this);
  }

  silu_(): Tensor;
  silu_(): unknown {
    return (ops.silu_ as Untyped)(this);
  }

  sin(): Tensor;
  sin(): unknown {
    return (ops.sin as Untyped)(this);
  }

  sin_(): Tensor;
  sin_(): unknown {
    return (ops.sin_ as Untyped)(this);
  }

  sinc(): Tensor;
  sinc(): unknown {
    return (ops.sinc as Untyped)(this);
  }

  sinc_(): Tensor;
  sinc_(): unknown {
    return (ops.sinc_ as Untyped)(this);
  }

  sinh(): Tensor;
  sinh(): unknown {
    return (ops.sinh as Untyped)(this);
  }

  sinh_(): Tensor;
  sinh_(): unknown {
    return (ops.sinh_ as Untyped)(this);
  }

  slice(dim?: number | bigint, start?: number | bigint | undefined, end?: number | bigint | undefined, step?: number | bigint): Tensor;
  slice(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.slice as Untyped)(this, a0, a1, a2, a3);
  }

  sliceScatter(src: Tensor, dim?: number | bigint, start?: number | bigint | undefined, end?: number | bigint | undefined, step?: number | bigint): Tensor;
  sliceScatter(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
    return (ops.sliceScatter as Untyped)(this, a0, a1, a2, a3, a4);
  }

  slogdet(): [Tensor, Tensor];
  slogdet(): unknown {
    return (ops.slogdet as Untyped)(this);
  }

  smm(mat2: Tensor): Tensor;
  smm(a0?: unknown): unknown {
    return (ops.smm as Untyped)(this, a0);
  }

  smoothL1Loss(target: Tensor, reduction?: number | bigint, beta?: number): Tensor;
  smoothL1Loss(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.smoothL1Loss as Untyped)(this, a0, a1, a2);
  }

  softMarginLoss(target: Tensor, reduction?: number | bigint): Tensor;
  softMarginLoss(a0?: unknown, a1?: unknown): unknown {
    return (ops.softMarginLoss as Untyped)(this, a0, a1);
  }

  softmax(dim: string, options?: { dtype?: DType | undefined }): Tensor;
  softmax(dim: number | bigint, dtype?: DType | undefined): Tensor;
  softmax(a0?: unknown, a1?: unknown): unknown {
    return (ops.softmax as Untyped)(this, a0, a1);
  }

  softplus(beta?: number | bigint | boolean, threshold?: number | bigint | boolean): Tensor;
  softplus(a0?: unknown, a1?: unknown): unknown {
    return (ops.softplus as Untyped)(this, a0, a1);
  }

  softshrink(lambd?: number | bigint | boolean): Tensor;
  softshrink(a0?: unknown): unknown {
    return (ops.softshrink as Untyped)(this, a0);
  }

  sort(options: { stable?: boolean | undefined; dim: string; descending?: boolean | undefined }): [Tensor, Tensor];
  sort(dim?: number | bigint, descending?: boolean): [Tensor, Tensor];
  sort(dim: string, descending?: boolean): [Tensor, Tensor];
  sort(a0?: unknown, a1?: unknown): unknown {
    return (ops.sort as Untyped)(this, a0, a1);
  }

  specialBesselJ0(): Tensor;
  specialBesselJ0(): unknown {
    return (ops.specialBesselJ0 as Untyped)(this);
  }

  specialBesselJ1(): Tensor;
  specialBesselJ1(): unknown {
    return (ops.specialBesselJ1 as Untyped)(this);
  }

  specialBesselY0(): Tensor;
  specialBesselY0(): unknown {
    return (ops.specialBesselY0 as Untyped)(this);
  }

  specialBesselY1(): Tensor;
  specialBesselY1(): unknown {
    return (ops.specialBesselY1 as Untyped)(this);
  }

  specialDigamma(): Tensor;
  specialDigamma(): unknown {
    return (ops.specialDigamma as Untyped)(this);
  }

  specialEntr(): Tensor;
  specialEntr(): unknown {
    return (ops.specialEntr as Untyped)(this);
  }

  specialErf(): Tensor;
  specialErf(): unknown {
    return (ops.specialErf as Untyped)(this);
  }

  specialErfc(): Tensor;
  specialErfc(): unknown {
    return (ops.specialErfc as Untyped)(this);
  }

  specialErfcx(): Tensor;
  specialErfcx(): unknown {
    return (ops.specialErfcx as Untyped)(this);
  }

  specialErfinv(): Tensor;
  specialErfinv(): unknown {
    return (ops.specialErfinv as Untyped)(this);
  }

  specialExp2(): Tensor;
  specialExp2(): unknown {
    return (ops.specialExp2 as Untyped)(this);
  }

  specialExpit(): Tensor;
  specialExpit(): unknown {
    return (ops.specialExpit as Untyped)(this);
  }

  specialExpm1(): Tensor;
  specialExpm1(): unknown {
    return (ops.specialExpm1 as Untyped)(this);
  }

  specialGammainc(other: Tensor): Tensor;
  specialGammainc(a0?: unknown): unknown {
    return (ops.specialGammainc as Untyped)(this, a0);
  }

  specialGammaincc(other: Tensor): Tensor;
  specialGammaincc(a0?: unknown): unknown {
    return (ops.specialGammaincc as Untyped)(this, a0);
  }

  specialGammaln(): Tensor;
  specialGammaln(): unknown {
    return (ops.specialGammaln as Untyped)(this);
  }

  specialI0(): Tensor;
  specialI0(): unknown {
    return (ops.specialI0 as Untyped)(this);
  }

  specialI0e(): Tensor;
  specialI0e(): unknown {
    return (ops.specialI0e as Untyped)(this);
  }

  specialI1(): Tensor;
  specialI1(): unknown {
    return (ops.specialI1 as Untyped)(this);
  }

  specialI1e(): Tensor;
  specialI1e(): unknown {
    return (ops.specialI1e as Untyped)(this);
  }

  specialLog1p(): Tensor;
  specialLog1p(): unknown {
    return (ops.specialLog1p as Untyped)(this);
  }

  specialLogNdtr(): Tensor;
  specialLogNdtr(): unknown {
    return (ops.specialLogNdtr as Untyped)(this);
  }

  specialLogSoftmax(dim: number | bigint, options?: { dtype?: DType | undefined }): Tensor;
  specialLogSoftmax(a0?: unknown, a1?: unknown): unknown {
    return (ops.specialLogSoftmax as Untyped)(this, a0, a1);
  }

  specialLogit(eps?: number | undefined): Tensor;
  specialLogit(a0?: unknown): unknown {
    return (ops.specialLogit as Untyped)(this, a0);
  }

  specialLogsumexp(dim: number | readonly number[], keepdim?: boolean): Tensor;
  specialLogsumexp(a0?: unknown, a1?: unknown): unknown {
    return (ops.specialLogsumexp as Untyped)(this, a0, a1);
  }

  specialModifiedBesselI0(): Tensor;
  specialModifiedBesselI0(): unknown {
    return (ops.specialModifiedBesselI0 as Untyped)(this);
  }

  specialModifiedBesselI1(): Tensor;
  specialModifiedBesselI1(): unknown {
    return (ops.specialModifiedBesselI1 as Untyped)(this);
  }

  specialModifiedBesselK0(): Tensor;
  specialModifiedBesselK0(): unknown {
    return (ops.specialModifiedBesselK0 as Untyped)(this);
  }

  specialModifiedBesselK1(): Tensor;
  specialModifiedBesselK1(): unknown {
    return (ops.specialModifiedBesselK1 as Untyped)(this);
  }

  specialMultigammaln(p: number | bigint): Tensor;
  specialMultigammaln(a0?: unknown): unknown {
    return (ops.specialMultigammaln as Untyped)(this, a0);
  }

  specialNdtr(): Tensor;
  specialNdtr(): unknown {
    return (ops.specialNdtr as Untyped)(this);
  }

  specialNdtri(): Tensor;
  specialNdtri(): unknown {
    return (ops.specialNdtri as Untyped)(this);
  }

  specialPsi(): Tensor;
  specialPsi(): unknown {
    return (ops.specialPsi as Untyped)(this);
  }

  specialRound(options?: { decimals?: number | bigint | undefined }): Tensor;
  specialRound(a0?: unknown): unknown {
    return (ops.specialRound as Untyped)(this, a0);
  }

  specialSinc(): Tensor;
  specialSinc(): unknown {
    return (ops.specialSinc as Untyped)(this);
  }

  specialSoftmax(dim: number | bigint, dtype?: DType | undefined): Tensor;
  specialSoftmax(a0?: unknown, a1?: unknown): unknown {
    return (ops.specialSoftmax as Untyped)(this, a0, a1);
  }

  specialXlog1py(other: Tensor): Tensor;
  specialXlog1py(other: number | bigint | boolean): Tensor;
  specialXlog1py(a0?: unknown): unknown {
    return (ops.specialXlog1py as Untyped)(this, a0);
  }

  specialXlogy(other: Tensor): Tensor;
  specialXlogy(other: number | bigint | boolean): Tensor;
  specialXlogy(a0?: unknown): unknown {
    return (ops.specialXlogy as Untyped)(this, a0);
  }

  specialZeta(other: Tensor): Tensor;
  specialZeta(other: number | bigint | boolean): Tensor;
  specialZeta(a0?: unknown): unknown {
    return (ops.specialZeta as Untyped)(this, a0);
  }

  split(splitSize: number | bigint, dim?: number | bigint): Tensor[];
  split(splitSize: readonly number[], dim?: number | bigint): Tensor[];
  split(a0?: unknown, a1?: unknown): unknown {
    return (ops.split as Untyped)(this, a0, a1);
  }

  splitWithSizes(splitSizes: readonly number[], dim?: number | bigint): Tensor[];
  splitWithSizes(a0?: unknown, a1?: unknown): unknown {
    return (ops.splitWithSizes as Untyped)(this, a0, a1);
  }

  sqrt(): Tensor;
  sqrt(): unknown {
    return (ops.sqrt as Untyped)(this);
  }

  sqrt_(): Tensor;
  sqrt_(): unknown {
    return (ops.sqrt_ as Untyped)(this);
  }

  square(): Tensor;
  square(): unknown {
    return (ops.square as Untyped)(this);
  }

  square_(): Tensor;
  square_(): unknown {
    return (ops.square_ as Untyped)(this);
  }

  squeeze(): Tensor;
  squeeze(dim: number | bigint): Tensor;
  squeeze(dim: string): Tensor;
  squeeze(a0?: unknown): unknown {
    return (ops.squeeze as Untyped)(this, a0);
  }

  sspaddmm(mat1: Tensor, mat2: Tensor, options?: { beta?: number | bigint | boolean | undefined; alpha?: number | bigint | boolean | undefined }): Tensor;
  sspaddmm(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.sspaddmm as Untyped)(this, a0, a1, a2);
  }

  std(dim?: number | readonly number[] | undefined, options?: { correction?: number | bigint | undefined; keepdim?: boolean | undefined }): Tensor;
  std(unbiased?: boolean): Tensor;
  std(dim?: number | readonly number[] | undefined, unbiased?: boolean, keepdim?: boolean): Tensor;
  std(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.std as Untyped)(this, a0, a1, a2);
  }

  stdMean(dim?: number | readonly number[] | undefined, options?: { correction?: number | bigint | undefined; keepdim?: boolean | undefined }): [Tensor, Tensor];
  stdMean(unbiased?: boolean): [Tensor, Tensor];
  stdMean(dim?: number | readonly number[] | undefined, unbiased?: boolean, keepdim?: boolean): [Tensor, Tensor];
  stdMean(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.stdMean as Untyped)(this, a0, a1, a2);
  }

  stft(nFft: number | bigint, hopLength?: number | bigint | undefined, winLength?: number | bigint | undefined, window?: Tensor | undefined, normalized?: boolean, onesided?: boolean | undefined, returnComplex?: boolean | undefined): Tensor;
  stft(nFft: number | bigint, hopLength?: number | bigint | undefined, winLength?: number | bigint | undefined, window?: Tensor | undefined, center?: boolean, padMode?: string, normalized?: boolean, onesided?: boolean | undefined, returnComplex?: boolean | undefined): Tensor;
  stft(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown, a5?: unknown, a6?: unknown, a7?: unknown, a8?: unknown): unknown {
    return (ops.stft as Untyped)(this, a0, a1, a2, a3, a4, a5, a6, a7, a8);
  }

  sub(other: Tensor, options?: { alpha?: number | bigint | boolean | undefined }): Tensor;
  sub(other: number | bigint | boolean, alpha?: number | bigint | boolean): Tensor;
  sub(a0?: unknown, a1?: unknown): unknown {
    return (ops.sub as Untyped)(this, a0, a1);
  }

  sub_(other: Tensor, options?: { alpha?: number | bigint | boolean | undefined }): Tensor;
  sub_(other: number | bigint | boolean, alpha?: number | bigint | boolean): Tensor;
  sub_(a0?: unknown, a1?: unknown): unknown {
    return (ops.sub_ as Untyped)(this, a0, a1);
  }

  subtract(other: Tensor, options?: { alpha?: number | bigint | boolean | undefined }): Tensor;
  subtract(other: number | bigint | boolean, alpha?: number | bigint | boolean): Tensor;
  subtract(a0?: unknown, a1?: unknown): unknown {
    return (ops.subtract as Untyped)(this, a0, a1);
  }

  subtract_(other: Tensor, options?: { alpha?: number | bigint | boolean | undefined }): Tensor;
  subtract_(other: number | bigint | boolean, alpha?: number | bigint | boolean): Tensor;
  subtract_(a0?: unknown, a1?: unknown): unknown {
    return (ops.subtract_ as Untyped)(this, a0, a1);
  }

  sum(options?: { dtype?: DType | undefined }): Tensor;
  sum(dim?: number | readonly number[] | undefined, keepdim?: boolean, options?: { dtype?: DType | undefined }): Tensor;
  sum(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.sum as Untyped)(this, a0, a1, a2);
  }

  sumToSize(size: readonly number[]): Tensor;
  sumToSize(a0?: unknown): unknown {
    return (ops.sumToSize as Untyped)(this, a0);
  }

  svd(some?: boolean, computeUv?: boolean): [Tensor, Tensor, Tensor];
  svd(a0?: unknown, a1?: unknown): unknown {
    return (ops.svd as Untyped)(this, a0, a1);
  }

  swapaxes(axis0: number | bigint, axis1: number | bigint): Tensor;
  swapaxes(a0?: unknown, a1?: unknown): unknown {
    return (ops.swapaxes as Untyped)(this, a0, a1);
  }

  swapdims(dim0: number | bigint, dim1: number | bigint): Tensor;
  swapdims(a0?: unknown, a1?: unknown): unknown {
    return (ops.swapdims as Untyped)(this, a0, a1);
  }

  symeig(eigenvectors?: boolean, upper?: boolean): [Tensor, Tensor];
  symeig(a0?: unknown, a1?: unknown): unknown {
    return (ops.symeig as Untyped)(this, a0, a1);
  }

  t(): Tensor;
  t(): unknown {
    return (ops.t as Untyped)(this);
  }

  take(index: Tensor): Tensor;
  take(a0?: unknown): unknown {
    return (ops.take as Untyped)(this, a0);
  }

  takeAlongDim(indices: Tensor, dim?: number | bigint | undefined): Tensor;
  takeAlongDim(a0?: unknown, a1?: unknown): unknown {
    return (ops.takeAlongDim as Untyped)(this, a0, a1);
  }

  tan(): Tensor;
  tan(): unknown {
    return (ops.tan as Untyped)(this);
  }

  tan_(): Tensor;
  tan_(): unknown {
    return (ops.tan_ as Untyped)(this);
  }

  tanh(): Tensor;
  tanh(): unknown {
    return (ops.tanh as Untyped)(this);
  }

  tanh_(): Tensor;
  tanh_(): unknown {
    return (ops.tanh_ as Untyped)(this);
  }

  tensorSplit(tensorIndicesOrSections: Tensor, dim?: number | bigint): Tensor[];
  tensorSplit(indices: readonly number[], dim?: number | bigint): Tensor[];
  tensorSplit(sections: number | bigint, dim?: number | bigint): Tensor[];
  tensorSplit(a0?: unknown, a1?: unknown): unknown {
    return (ops.tensorSplit as Untyped)(this, a0, a1);
  }

  tensordot(other: Tensor, dimsSelf: readonly number[], dimsOther: readonly number[]): Tensor;
  tensordot(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.tensordot as Untyped)(this, a0, a1, a2);
  }

  threshold(threshold: number | bigint | boolean, value: number | bigint | boolean): Tensor;
  threshold(a0?: unknown, a1?: unknown): unknown {
    return (ops.threshold as Untyped)(this, a0, a1);
  }

  threshold_(threshold: number | bigint | boolean, value: number | bigint | boolean): Tensor;
  threshold_(a0?: unknown, a1?: unknown): unknown {
    return (ops.threshold_ as Untyped)(this, a0, a1);
  }

  tile(dims: readonly number[]): Tensor;
  tile(a0?: unknown): unknown {
    return (ops.tile as Untyped)(this, a0);
  }

  toDense(dtype?: DType | undefined): Tensor;
  toDense(a0?: unknown): unknown {
    return (ops.toDense as Untyped)(this, a0);
  }

  toPaddedTensor(padding: number, outputSize?: readonly number[] | undefined): Tensor;
  toPaddedTensor(a0?: unknown, a1?: unknown): unknown {
    return (ops.toPaddedTensor as Untyped)(this, a0, a1);
  }

  topk(k: number | bigint, dim?: number | bigint, largest?: boolean, sorted?: boolean): [Tensor, Tensor];
  topk(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.topk as Untyped)(this, a0, a1, a2, a3);
  }

  trace(): Tensor;
  trace(): unknown {
    return (ops.trace as Untyped)(this);
  }

  transpose(dim0: string, dim1: string): Tensor;
  transpose(dim0: number | bigint, dim1: number | bigint): Tensor;
  transpose(a0?: unknown, a1?: unknown): unknown {
    return (ops.transpose as Untyped)(this, a0, a1);
  }

  triangularSolve(A: Tensor, upper?: boolean, transpose?: boolean, unitriangular?: boolean): [Tensor, Tensor];
  triangularSolve(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.triangularSolve as Untyped)(this, a0, a1, a2, a3);
  }

  tril(diagonal?: number | bigint): Tensor;
  tril(a0?: unknown): unknown {
    return (ops.tril as Untyped)(this, a0);
  }

  tril_(diagonal?: number | bigint): Tensor;
  tril_(a0?: unknown): unknown {
    return (ops.tril_ as Untyped)(this, a0);
  }

  triu(diagonal?: number | bigint): Tensor;
  triu(a0?: unknown): unknown {
    return (ops.triu as Untyped)(this, a0);
  }

  triu_(diagonal?: number | bigint): Tensor;
  triu_(a0?: unknown): unknown {
    return (ops.triu_ as Untyped)(this, a0);
  }

  trueDivide(other: Tensor): Tensor;
  trueDivide(other: number | bigint | boolean): Tensor;
  trueDivide(a0?: unknown): unknown {
    return (ops.trueDivide as Untyped)(this, a0);
  }

  trueDivide_(other: Tensor): Tensor;
  trueDivide_(other: number | bigint | boolean): Tensor;
  trueDivide_(a0?: unknown): unknown {
    return (ops.trueDivide_ as Untyped)(this, a0);
  }

  trunc(): Tensor;
  trunc(): unknown {
    return (ops.trunc as Untyped)(this);
  }

  trunc_(): Tensor;
  trunc_(): unknown {
    return (ops.trunc_ as Untyped)(this);
  }

  typeAs(other: Tensor): Tensor;
  typeAs(a0?: unknown): unknown {
    return (ops.typeAs as Untyped)(this, a0);
  }

  unbind(dim: string): Tensor[];
  unbind(dim?: number | bigint): Tensor[];
  unbind(a0?: unknown): unknown {
    return (ops.unbind as Untyped)(this, a0);
  }

  unflatten(dim: number | bigint, sizes: readonly number[]): Tensor;
  unflatten(a0?: unknown, a1?: unknown): unknown {
    return (ops.unflatten as Untyped)(this, a0, a1);
  }

  unfold(dimension: number | bigint, size: number | bigint, step: number | bigint): Tensor;
  unfold(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.unfold as Untyped)(this, a0, a1, a2);
  }

  uniform(from?: number, to?: number): Tensor;
  uniform(a0?: unknown, a1?: unknown): unknown {
    return (ops.uniform as Untyped)(this, a0, a1);
  }

  uniform_(from?: number, to?: number): Tensor;
  uniform_(a0?: unknown, a1?: unknown): unknown {
    return (ops.uniform_ as Untyped)(this, a0, a1);
  }

  uniqueConsecutive(returnInverse?: boolean, returnCounts?: boolean, dim?: number | bigint | undefined): [Tensor, Tensor, Tensor];
  uniqueConsecutive(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.uniqueConsecutive as Untyped)(this, a0, a1, a2);
  }

  uniqueDim(dim: number | bigint, sorted?: boolean, returnInverse?: boolean, returnCounts?: boolean): [Tensor, Tensor, Tensor];
  uniqueDim(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.uniqueDim as Untyped)(this, a0, a1, a2, a3);
  }

  uniqueDimConsecutive(dim: number | bigint, returnInverse?: boolean, returnCounts?: boolean): [Tensor, Tensor, Tensor];
  uniqueDimConsecutive(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.uniqueDimConsecutive as Untyped)(this, a0, a1, a2);
  }

  unsafeSplitWithSizes(splitSizes: readonly number[], dim?: number | bigint): Tensor[];
  unsafeSplitWithSizes(a0?: unknown, a1?: unknown): unknown {
    return (ops.unsafeSplitWithSizes as Untyped)(this, a0, a1);
  }

  unsqueeze(dim: number | bigint): Tensor;
  unsqueeze(a0?: unknown): unknown {
    return (ops.unsqueeze as Untyped)(this, a0);
  }

  upsampleBicubic2d(outputSize: number | readonly number[], alignCorners: boolean, scalesH?: number | undefined, scalesW?: number | undefined): Tensor;
  upsampleBicubic2d(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.upsampleBicubic2d as Untyped)(this, a0, a1, a2, a3);
  }

  upsampleBilinear2d(outputSize: number | readonly number[], alignCorners: boolean, scalesH?: number | undefined, scalesW?: number | undefined): Tensor;
  upsampleBilinear2d(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.upsampleBilinear2d as Untyped)(this, a0, a1, a2, a3);
  }

  upsampleLinear1d(outputSize: number | readonly number[], alignCorners: boolean, scales?: number | undefined): Tensor;
  upsampleLinear1d(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.upsampleLinear1d as Untyped)(this, a0, a1, a2);
  }

  upsampleNearest1d(outputSize: number | readonly number[], scales?: number | undefined): Tensor;
  upsampleNearest1d(a0?: unknown, a1?: unknown): unknown {
    return (ops.upsampleNearest1d as Untyped)(this, a0, a1);
  }

  upsampleNearest2d(outputSize: number | readonly number[], scalesH?: number | undefined, scalesW?: number | undefined): Tensor;
  upsampleNearest2d(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.upsampleNearest2d as Untyped)(this, a0, a1, a2);
  }

  upsampleNearest3d(outputSize: number | readonly number[], scalesD?: number | undefined, scalesH?: number | undefined, scalesW?: number | undefined): Tensor;
  upsampleNearest3d(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.upsampleNearest3d as Untyped)(this, a0, a1, a2, a3);
  }

  upsampleTrilinear3d(outputSize: number | readonly number[], alignCorners: boolean, scalesD?: number | undefined, scalesH?: number | undefined, scalesW?: number | undefined): Tensor;
  upsampleTrilinear3d(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
    return (ops.upsampleTrilinear3d as Untyped)(this, a0, a1, a2, a3, a4);
  }

  values(): Tensor;
  values(): unknown {
    return (ops.values as Untyped)(this);
  }

  var(dim?: number | readonly number[] | undefined, options?: { correction?: number | bigint | undefined; keepdim?: boolean | undefined }): Tensor;
  var(unbiased?: boolean): Tensor;
  var(dim?: number | readonly number[] | undefined, unbiased?: boolean, keepdim?: boolean): Tensor;
  var(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.var as Untyped)(this, a0, a1, a2);
  }

  varMean(dim?: number | readonly number[] | undefined, options?: { correction?: number | bigint | undefined; keepdim?: boolean | undefined }): [Tensor, Tensor];
  varMean(unbiased?: boolean): [Tensor, Tensor];
  varMean(dim?: number | readonly number[] | undefined, unbiased?: boolean, keepdim?: boolean): [Tensor, Tensor];
  varMean(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.varMean as Untyped)(this, a0, a1, a2);
  }

  vdot(other: Tensor): Tensor;
  vdot(a0?: unknown): unknown {
    return (ops.vdot as Untyped)(this, a0);
  }

  view(size: readonly number[]): Tensor;
  view(dtype: DType): Tensor;
  view(a0?: unknown): unknown {
    return (ops.view as Untyped)(this, a0);
  }

  viewAs(other: Tensor): Tensor;
  viewAs(a0?: unknown): unknown {
    return (ops.viewAs as Untyped)(this, a0);
  }

  viewAsComplex(): Tensor;
  viewAsComplex(): unknown {
    return (ops.viewAsComplex as Untyped)(this);
  }

  viewAsReal(): Tensor;
  viewAsReal(): unknown {
    return (ops.viewAsReal as Untyped)(this);
  }

  vsplit(indices: readonly number[]): Tensor[];
  vsplit(sections: number | bigint): Tensor[];
  vsplit(a0?: unknown): unknown {
    return (ops.vsplit as Untyped)(this, a0);
  }

  xlogy(other: Tensor): Tensor;
  xlogy(other: number | bigint | boolean): Tensor;
  xlogy(a0?: unknown): unknown {
    return (ops.xlogy as Untyped)(this, a0);
  }

  xlogy_(other: Tensor): Tensor;
  xlogy_(other: number | bigint | boolean): Tensor;
  xlogy_(a0?: unknown): unknown {
    return (ops.xlogy_ as Untyped)(this, a0);
  }

  zero(): Tensor;
  zero(): unknown {
    return (ops.zero as Untyped)(this);
  }

  zero_(): Tensor;
  zero_(): unknown {
    return (ops.zero_ as Untyped)(this);
  }

  zerosLike(options?: { dtype?: DType | undefined; device?: string | undefined; memoryFormat?: MemoryFormat | undefined }): Tensor;
  zerosLike(a0?: unknown): unknown {
    return (ops.zerosLike as Untyped)(this, a0);
  }
}
