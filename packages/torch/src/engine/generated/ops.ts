// Written by src/generator from the schemas of libtorch 1.13.0; do not edit.
import {
  checkOptions, handleOf, handlesOf, inPlaceOperator, isNumber, isNumbers, isOptions, isTensor, isTensors, operator,
  wrapList, wrapTuple,
} from "../call.js";
import type { NativeOperator } from "../native.js";
import { type DType, type MemoryFormat, type Tensor, wrap } from "../tensor.js";

type Options = Record<string, unknown> | undefined;

let _foreachAbs$0: NativeOperator | undefined;
export function _foreachAbs(self: readonly Tensor[]): Tensor[];
export function _foreachAbs(a0?: unknown): unknown {
  return wrapList((_foreachAbs$0 ??= operator("aten::_foreach_abs", ""))(handlesOf(a0)));
}

let _foreachAbs_$0: NativeOperator | undefined;
export function _foreachAbs_(self: readonly Tensor[]): void;
export function _foreachAbs_(a0?: unknown): unknown {
  (_foreachAbs_$0 ??= operator("aten::_foreach_abs_", ""))(handlesOf(a0));
  return;
}

let _foreachAcos$0: NativeOperator | undefined;
export function _foreachAcos(self: readonly Tensor[]): Tensor[];
export function _foreachAcos(a0?: unknown): unknown {
  return wrapList((_foreachAcos$0 ??= operator("aten::_foreach_acos", ""))(handlesOf(a0)));
}

let _foreachAcos_$0: NativeOperator | undefined;
export function _foreachAcos_(self: readonly Tensor[]): void;
export function _foreachAcos_(a0?: unknown): unknown {
  (_foreachAcos_$0 ??= operator("aten::_foreach_acos_", ""))(handlesOf(a0));
  return;
}

let _foreachAdd$0: NativeOperator | undefined, _foreachAdd$1: NativeOperator | undefined, _foreachAdd$2: NativeOperator | undefined;
export function _foreachAdd(self: readonly Tensor[], other: readonly Tensor[], options?: { alpha?: number | bigint | boolean | undefined }): Tensor[];
export function _foreachAdd(self: readonly Tensor[], scalar: number | bigint | boolean): Tensor[];
export function _foreachAdd(self: readonly Tensor[], scalars: readonly number[]): Tensor[];
export function _foreachAdd(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (isTensors(a1) && isOptions(a2)) {
    if (a2 !== undefined) checkOptions("aten::_foreach_add", a2, ["alpha"]);
    return wrapList((_foreachAdd$0 ??= operator("aten::_foreach_add", "List"))(handlesOf(a0), handlesOf(a1), (a2 as Options)?.alpha));
  }
  if (isNumber(a1) && a2 === undefined) {
    return wrapList((_foreachAdd$1 ??= operator("aten::_foreach_add", "Scalar"))(handlesOf(a0), a1));
  }
  return wrapList((_foreachAdd$2 ??= operator("aten::_foreach_add", "ScalarList"))(handlesOf(a0), a1));
}

let _foreachAdd_$0: NativeOperator | undefined, _foreachAdd_$1: NativeOperator | undefined, _foreachAdd_$2: NativeOperator | undefined;
export function _foreachAdd_(self: readonly Tensor[], other: readonly Tensor[], options?: { alpha?: number | bigint | boolean | undefined }): void;
export function _foreachAdd_(self: readonly Tensor[], scalar: number | bigint | boolean): void;
export function _foreachAdd_(self: readonly Tensor[], scalars: readonly number[]): void;
export function _foreachAdd_(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (isTensors(a1) && isOptions(a2)) {
    if (a2 !== undefined) checkOptions("aten::_foreach_add_", a2, ["alpha"]);
    (_foreachAdd_$0 ??= operator("aten::_foreach_add_", "List"))(handlesOf(a0), handlesOf(a1), (a2 as Options)?.alpha);
    return;
  }
  if (isNumber(a1) && a2 === undefined) {
    (_foreachAdd_$1 ??= operator("aten::_foreach_add_", "Scalar"))(handlesOf(a0), a1);
    return;
  }
  (_foreachAdd_$2 ??= operator("aten::_foreach_add_", "ScalarList"))(handlesOf(a0), a1);
  return;
}

let _foreachAddcdiv$0: NativeOperator | undefined, _foreachAddcdiv$1: NativeOperator | undefined;
export function _foreachAddcdiv(self: readonly Tensor[], tensor1: readonly Tensor[], tensor2: readonly Tensor[], value?: number | bigint | boolean): Tensor[];
export function _foreachAddcdiv(self: readonly Tensor[], tensor1: readonly Tensor[], tensor2: readonly Tensor[], scalars: readonly number[]): Tensor[];
export function _foreachAddcdiv(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  if ((a3 === undefined || isNumber(a3))) {
    return wrapList((_foreachAddcdiv$0 ??= operator("aten::_foreach_addcdiv", "Scalar"))(handlesOf(a0), handlesOf(a1), handlesOf(a2), a3));
  }
  return wrapList((_foreachAddcdiv$1 ??= operator("aten::_foreach_addcdiv", "ScalarList"))(handlesOf(a0), handlesOf(a1), handlesOf(a2), a3));
}

let _foreachAddcdiv_$0: NativeOperator | undefined, _foreachAddcdiv_$1: NativeOperator | undefined;
export function _foreachAddcdiv_(self: readonly Tensor[], tensor1: readonly Tensor[], tensor2: readonly Tensor[], value?: number | bigint | boolean): void;
export function _foreachAddcdiv_(self: readonly Tensor[], tensor1: readonly Tensor[], tensor2: readonly Tensor[], scalars: readonly number[]): void;
export function _foreachAddcdiv_(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  if ((a3 === undefined || isNumber(a3))) {
    (_foreachAddcdiv_$0 ??= operator("aten::_foreach_addcdiv_", "Scalar"))(handlesOf(a0), handlesOf(a1), handlesOf(a2), a3);
    return;
  }
  (_foreachAddcdiv_$1 ??= operator("aten::_foreach_addcdiv_", "ScalarList"))(handlesOf(a0), handlesOf(a1), handlesOf(a2), a3);
  return;
}

let _foreachAddcmul$0: NativeOperator | undefined, _foreachAddcmul$1: NativeOperator | undefined;
export function _foreachAddcmul(self: readonly Tensor[], tensor1: readonly Tensor[], tensor2: readonly Tensor[], value?: number | bigint | boolean): Tensor[];
export function _foreachAddcmul(self: readonly Tensor[], tensor1: readonly Tensor[], tensor2: readonly Tensor[], scalars: readonly number[]): Tensor[];
export function _foreachAddcmul(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  if ((a3 === undefined || isNumber(a3))) {
    return wrapList((_foreachAddcmul$0 ??= operator("aten::_foreach_addcmul", "Scalar"))(handlesOf(a0), handlesOf(a1), handlesOf(a2), a3));
  }
  return wrapList((_foreachAddcmul$1 ??= operator("aten::_foreach_addcmul", "ScalarList"))(handlesOf(a0), handlesOf(a1), handlesOf(a2), a3));
}

let _foreachAddcmul_$0: NativeOperator | undefined, _foreachAddcmul_$1: NativeOperator | undefined;
export function _foreachAddcmul_(self: readonly Tensor[], tensor1: readonly Tensor[], tensor2: readonly Tensor[], value?: number | bigint | boolean): void;
export function _foreachAddcmul_(self: readonly Tensor[], tensor1: readonly Tensor[], tensor2: readonly Tensor[], scalars: readonly number[]): void;
export function _foreachAddcmul_(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  if ((a3 === undefined || isNumber(a3))) {
    (_foreachAddcmul_$0 ??= operator("aten::_foreach_addcmul_", "Scalar"))(handlesOf(a0), handlesOf(a1), handlesOf(a2), a3);
    return;
  }
  (_foreachAddcmul_$1 ??= operator("aten::_foreach_addcmul_", "ScalarList"))(handlesOf(a0), handlesOf(a1), handlesOf(a2), a3);
  return;
}

let _foreachAsin$0: NativeOperator | undefined;
export function _foreachAsin(self: readonly Tensor[]): Tensor[];
export function _foreachAsin(a0?: unknown): unknown {
  return wrapList((_foreachAsin$0 ??= operator("aten::_foreach_asin", ""))(handlesOf(a0)));
}

let _foreachAsin_$0: NativeOperator | undefined;
export function _foreachAsin_(self: readonly Tensor[]): void;
export function _foreachAsin_(a0?: unknown): unknown {
  (_foreachAsin_$0 ??= operator("aten::_foreach_asin_", ""))(handlesOf(a0));
  return;
}

let _foreachAtan$0: NativeOperator | undefined;
export function _foreachAtan(self: readonly Tensor[]): Tensor[];
export function _foreachAtan(a0?: unknown): unknown {
  return wrapList((_foreachAtan$0 ??= operator("aten::_foreach_atan", ""))(handlesOf(a0)));
}

let _foreachAtan_$0: NativeOperator | undefined;
export function _foreachAtan_(self: readonly Tensor[]): void;
export function _foreachAtan_(a0?: unknown): unknown {
  (_foreachAtan_$0 ??= operator("aten::_foreach_atan_", ""))(handlesOf(a0));
  return;
}

let _foreachCeil$0: NativeOperator | undefined;
export function _foreachCeil(self: readonly Tensor[]): Tensor[];
export function _foreachCeil(a0?: unknown): unknown {
  return wrapList((_foreachCeil$0 ??= operator("aten::_foreach_ceil", ""))(handlesOf(a0)));
}

let _foreachCeil_$0: NativeOperator | undefined;
export function _foreachCeil_(self: readonly Tensor[]): void;
export function _foreachCeil_(a0?: unknown): unknown {
  (_foreachCeil_$0 ??= operator("aten::_foreach_ceil_", ""))(handlesOf(a0));
  return;
}

let _foreachCos$0: NativeOperator | undefined;
export function _foreachCos(self: readonly Tensor[]): Tensor[];
export function _foreachCos(a0?: unknown): unknown {
  return wrapList((_foreachCos$0 ??= operator("aten::_foreach_cos", ""))(handlesOf(a0)));
}

let _foreachCos_$0: NativeOperator | undefined;
export function _foreachCos_(self: readonly Tensor[]): void;
export function _foreachCos_(a0?: unknown): unknown {
  (_foreachCos_$0 ??= operator("aten::_foreach_cos_", ""))(handlesOf(a0));
  return;
}

let _foreachCosh$0: NativeOperator | undefined;
export function _foreachCosh(self: readonly Tensor[]): Tensor[];
export function _foreachCosh(a0?: unknown): unknown {
  return wrapList((_foreachCosh$0 ??= operator("aten::_foreach_cosh", ""))(handlesOf(a0)));
}

let _foreachCosh_$0: NativeOperator | undefined;
export function _foreachCosh_(self: readonly Tensor[]): void;
export function _foreachCosh_(a0?: unknown): unknown {
  (_foreachCosh_$0 ??= operator("aten::_foreach_cosh_", ""))(handlesOf(a0));
  return;
}

let _foreachDiv$0: NativeOperator | undefined, _foreachDiv$1: NativeOperator | undefined, _foreachDiv$2: NativeOperator | undefined;
export function _foreachDiv(self: readonly Tensor[], other: readonly Tensor[]): Tensor[];
export function _foreachDiv(self: readonly Tensor[], scalar: number | bigint | boolean): Tensor[];
export function _foreachDiv(self: readonly Tensor[], scalars: readonly number[]): Tensor[];
export function _foreachDiv(a0?: unknown, a1?: unknown): unknown {
  if (isTensors(a1)) {
    return wrapList((_foreachDiv$0 ??= operator("aten::_foreach_div", "List"))(handlesOf(a0), handlesOf(a1)));
  }
  if (isNumber(a1)) {
    return wrapList((_foreachDiv$1 ??= operator("aten::_foreach_div", "Scalar"))(handlesOf(a0), a1));
  }
  return wrapList((_foreachDiv$2 ??= operator("aten::_foreach_div", "ScalarList"))(handlesOf(a0), a1));
}

let _foreachDiv_$0: NativeOperator | undefined, _foreachDiv_$1: NativeOperator | undefined, _foreachDiv_$2: NativeOperator | undefined;
export function _foreachDiv_(self: readonly Tensor[], other: readonly Tensor[]): void;
export function _foreachDiv_(self: readonly Tensor[], scalar: number | bigint | boolean): void;
export function _foreachDiv_(self: readonly Tensor[], scalars: readonly number[]): void;
export function _foreachDiv_(a0?: unknown, a1?: unknown): unknown {
  if (isTensors(a1)) {
    (_foreachDiv_$0 ??= operator("aten::_foreach_div_", "List"))(handlesOf(a0), handlesOf(a1));
    return;
  }
  if (isNumber(a1)) {
    (_foreachDiv_$1 ??= operator("aten::_foreach_div_", "Scalar"))(handlesOf(a0), a1);
    return;
  }
  (_foreachDiv_$2 ??= operator("aten::_foreach_div_", "ScalarList"))(handlesOf(a0), a1);
  return;
}

let _foreachErf$0: NativeOperator | undefined;
export function _foreachErf(self: readonly Tensor[]): Tensor[];
export function _foreachErf(a0?: unknown): unknown {
  return wrapList((_foreachErf$0 ??= operator("aten::_foreach_erf", ""))(handlesOf(a0)));
}

let _foreachErf_$0: NativeOperator | undefined;
export function _foreachErf_(self: readonly Tensor[]): void;
export function _foreachErf_(a0?: unknown): unknown {
  (_foreachErf_$0 ??= operator("aten::_foreach_erf_", ""))(handlesOf(a0));
  return;
}

let _foreachErfc$0: NativeOperator | undefined;
export function _foreachErfc(self: readonly Tensor[]): Tensor[];
export function _foreachErfc(a0?: unknown): unknown {
  return wrapList((_foreachErfc$0 ??= operator("aten::_foreach_erfc", ""))(handlesOf(a0)));
}

let _foreachErfc_$0: NativeOperator | undefined;
export function _foreachErfc_(self: readonly Tensor[]): void;
export function _foreachErfc_(a0?: unknown): unknown {
  (_foreachErfc_$0 ??= operator("aten::_foreach_erfc_", ""))(handlesOf(a0));
  return;
}

let _foreachExp$0: NativeOperator | undefined;
export function _foreachExp(self: readonly Tensor[]): Tensor[];
export function _foreachExp(a0?: unknown): unknown {
  return wrapList((_foreachExp$0 ??= operator("aten::_foreach_exp", ""))(handlesOf(a0)));
}

let _foreachExp_$0: NativeOperator | undefined;
export function _foreachExp_(self: readonly Tensor[]): void;
export function _foreachExp_(a0?: unknown): unknown {
  (_foreachExp_$0 ??= operator("aten::_foreach_exp_", ""))(handlesOf(a0));
  return;
}

let _foreachExpm1$0: NativeOperator | undefined;
export function _foreachExpm1(self: readonly Tensor[]): Tensor[];
export function _foreachExpm1(a0?: unknown): unknown {
  return wrapList((_foreachExpm1$0 ??= operator("aten::_foreach_expm1", ""))(handlesOf(a0)));
}

let _foreachExpm1_$0: NativeOperator | undefined;
export function _foreachExpm1_(self: readonly Tensor[]): void;
export function _foreachExpm1_(a0?: unknown): unknown {
  (_foreachExpm1_$0 ??= operator("aten::_foreach_expm1_", ""))(handlesOf(a0));
  return;
}

let _foreachFloor$0: NativeOperator | undefined;
export function _foreachFloor(self: readonly Tensor[]): Tensor[];
export function _foreachFloor(a0?: unknown): unknown {
  return wrapList((_foreachFloor$0 ??= operator("aten::_foreach_floor", ""))(handlesOf(a0)));
}

let _foreachFloor_$0: NativeOperator | undefined;
export function _foreachFloor_(self: readonly Tensor[]): void;
export function _foreachFloor_(a0?: unknown): unknown {
  (_foreachFloor_$0 ??= operator("aten::_foreach_floor_", ""))(handlesOf(a0));
  return;
}

let _foreachFrac$0: NativeOperator | undefined;
export function _foreachFrac(self: readonly Tensor[]): Tensor[];
export function _foreachFrac(a0?: unknown): unknown {
  return wrapList((_foreachFrac$0 ??= operator("aten::_foreach_frac", ""))(handlesOf(a0)));
}

let _foreachFrac_$0: NativeOperator | undefined;
export function _foreachFrac_(self: readonly Tensor[]): void;
export function _foreachFrac_(a0?: unknown): unknown {
  (_foreachFrac_$0 ??= operator("aten::_foreach_frac_", ""))(handlesOf(a0));
  return;
}

let _foreachLgamma$0: NativeOperator | undefined;
export function _foreachLgamma(self: readonly Tensor[]): Tensor[];
export function _foreachLgamma(a0?: unknown): unknown {
  return wrapList((_foreachLgamma$0 ??= operator("aten::_foreach_lgamma", ""))(handlesOf(a0)));
}

let _foreachLgamma_$0: NativeOperator | undefined;
export function _foreachLgamma_(self: readonly Tensor[]): void;
export function _foreachLgamma_(a0?: unknown): unknown {
  (_foreachLgamma_$0 ??= operator("aten::_foreach_lgamma_", ""))(handlesOf(a0));
  return;
}

let _foreachLog$0: NativeOperator | undefined;
export function _foreachLog(self: readonly Tensor[]): Tensor[];
export function _foreachLog(a0?: unknown): unknown {
  return wrapList((_foreachLog$0 ??= operator("aten::_foreach_log", ""))(handlesOf(a0)));
}

let _foreachLog10$0: NativeOperator | undefined;
export function _foreachLog10(self: readonly Tensor[]): Tensor[];
export function _foreachLog10(a0?: unknown): unknown {
  return wrapList((_foreachLog10$0 ??= operator("aten::_foreach_log10", ""))(handlesOf(a0)));
}

let _foreachLog10_$0: NativeOperator | undefined;
export function _foreachLog10_(self: readonly Tensor[]): void;
export function _foreachLog10_(a0?: unknown): unknown {
  (_foreachLog10_$0 ??= operator("aten::_foreach_log10_", ""))(handlesOf(a0));
  return;
}

let _foreachLog1p$0: NativeOperator | undefined;
export function _foreachLog1p(self: readonly Tensor[]): Tensor[];
export function _foreachLog1p(a0?: unknown): unknown {
  return wrapList((_foreachLog1p$0 ??= operator("aten::_foreach_log1p", ""))(handlesOf(a0)));
}

let _foreachLog1p_$0: NativeOperator | undefined;
export function _foreachLog1p_(self: readonly Tensor[]): void;
export function _foreachLog1p_(a0?: unknown): unknown {
  (_foreachLog1p_$0 ??= operator("aten::_foreach_log1p_", ""))(handlesOf(a0));
  return;
}

let _foreachLog2$0: NativeOperator | undefined;
export function _foreachLog2(self: readonly Tensor[]): Tensor[];
export function _foreachLog2(a0?: unknown): unknown {
  return wrapList((_foreachLog2$0 ??= operator("aten::_foreach_log2", ""))(handlesOf(a0)));
}

let _foreachLog2_$0: NativeOperator | undefined;
export function _foreachLog2_(self: readonly Tensor[]): void;
export function _foreachLog2_(a0?: unknown): unknown {
  (_foreachLog2_$0 ??= operator("aten::_foreach_log2_", ""))(handlesOf(a0));
  return;
}

let _foreachLog_$0: NativeOperator | undefined;
export function _foreachLog_(self: readonly Tensor[]): void;
export function _foreachLog_(a0?: unknown): unknown {
  (_foreachLog_$0 ??= operator("aten::_foreach_log_", ""))(handlesOf(a0));
  return;
}

let _foreachMaximum$0: NativeOperator | undefined;
export function _foreachMaximum(self: readonly Tensor[], other: readonly Tensor[]): Tensor[];
export function _foreachMaximum(a0?: unknown, a1?: unknown): unknown {
  return wrapList((_foreachMaximum$0 ??= operator("aten::_foreach_maximum", "List"))(handlesOf(a0), handlesOf(a1)));
}

let _foreachMaximum_$0: NativeOperator | undefined;
export function _foreachMaximum_(self: readonly Tensor[], other: readonly Tensor[]): void;
export function _foreachMaximum_(a0?: unknown, a1?: unknown): unknown {
  (_foreachMaximum_$0 ??= operator("aten::_foreach_maximum_", "List"))(handlesOf(a0), handlesOf(a1));
  return;
}

let _foreachMinimum$0: NativeOperator | undefined;
export function _foreachMinimum(self: readonly Tensor[], other: readonly Tensor[]): Tensor[];
export function _foreachMinimum(a0?: unknown, a1?: unknown): unknown {
  return wrapList((_foreachMinimum$0 ??= operator("aten::_foreach_minimum", "List"))(handlesOf(a0), handlesOf(a1)));
}

let _foreachMinimum_$0: NativeOperator | undefined;
export function _foreachMinimum_(self: readonly Tensor[], other: readonly Tensor[]): void;
export function _foreachMinimum_(a0?: unknown, a1?: unknown): unknown {
  (_foreachMinimum_$0 ??= operator("aten::_foreach_minimum_", "List"))(handlesOf(a0), handlesOf(a1));
  return;
}

let _foreachMul$0: NativeOperator | undefined, _foreachMul$1: NativeOperator | undefined, _foreachMul$2: NativeOperator | undefined;
export function _foreachMul(self: readonly Tensor[], other: readonly Tensor[]): Tensor[];
export function _foreachMul(self: readonly Tensor[], scalar: number | bigint | boolean): Tensor[];
export function _foreachMul(self: readonly Tensor[], scalars: readonly number[]): Tensor[];
export function _foreachMul(a0?: unknown, a1?: unknown): unknown {
  if (isTensors(a1)) {
    return wrapList((_foreachMul$0 ??= operator("aten::_foreach_mul", "List"))(handlesOf(a0), handlesOf(a1)));
  }
  if (isNumber(a1)) {
    return wrapList((_foreachMul$1 ??= operator("aten::_foreach_mul", "Scalar"))(handlesOf(a0), a1));
  }
  return wrapList((_foreachMul$2 ??= operator("aten::_foreach_mul", "ScalarList"))(handlesOf(a0), a1));
}

let _foreachMul_$0: NativeOperator | undefined, _foreachMul_$1: NativeOperator | undefined, _foreachMul_$2: NativeOperator | undefined;
export function _foreachMul_(self: readonly Tensor[], other: readonly Tensor[]): void;
export function _foreachMul_(self: readonly Tensor[], scalar: number | bigint | boolean): void;
export function _foreachMul_(self: readonly Tensor[], scalars: readonly number[]): void;
export function _foreachMul_(a0?: unknown, a1?: unknown): unknown {
  if (isTensors(a1)) {
    (_foreachMul_$0 ??= operator("aten::_foreach_mul_", "List"))(handlesOf(a0), handlesOf(a1));
    return;
  }
  if (isNumber(a1)) {
    (_foreachMul_$1 ??= operator("aten::_foreach_mul_", "Scalar"))(handlesOf(a0), a1);
    return;
  }
  (_foreachMul_$2 ??= operator("aten::_foreach_mul_", "ScalarList"))(handlesOf(a0), a1);
  return;
}

let _foreachNeg$0: NativeOperator | undefined;
export function _foreachNeg(self: readonly Tensor[]): Tensor[];
export function _foreachNeg(a0?: unknown): unknown {
  return wrapList((_foreachNeg$0 ??= operator("aten::_foreach_neg", ""))(handlesOf(a0)));
}

let _foreachNeg_$0: NativeOperator | undefined;
export function _foreachNeg_(self: readonly Tensor[]): void;
export function _foreachNeg_(a0?: unknown): unknown {
  (_foreachNeg_$0 ??= operator("aten::_foreach_neg_", ""))(handlesOf(a0));
  return;
}

let _foreachNorm$0: NativeOperator | undefined;
export function _foreachNorm(self: readonly Tensor[], ord?: number | bigint | boolean): Tensor[];
export function _foreachNorm(a0?: unknown, a1?: unknown): unknown {
  return wrapList((_foreachNorm$0 ??= operator("aten::_foreach_norm", "Scalar"))(handlesOf(a0), a1));
}

let _foreachReciprocal$0: NativeOperator | undefined;
export function _foreachReciprocal(self: readonly Tensor[]): Tensor[];
export function _foreachReciprocal(a0?: unknown): unknown {
  return wrapList((_foreachReciprocal$0 ??= operator("aten::_foreach_reciprocal", ""))(handlesOf(a0)));
}

let _foreachReciprocal_$0: NativeOperator | undefined;
export function _foreachReciprocal_(self: readonly Tensor[]): void;
export function _foreachReciprocal_(a0?: unknown): unknown {
  (_foreachReciprocal_$0 ??= operator("aten::_foreach_reciprocal_", ""))(handlesOf(a0));
  return;
}

let _foreachRound$0: NativeOperator | undefined;
export function _foreachRound(self: readonly Tensor[]): Tensor[];
export function _foreachRound(a0?: unknown): unknown {
  return wrapList((_foreachRound$0 ??= operator("aten::_foreach_round", ""))(handlesOf(a0)));
}

let _foreachRound_$0: NativeOperator | undefined;
export function _foreachRound_(self: readonly Tensor[]): void;
export function _foreachRound_(a0?: unknown): unknown {
  (_foreachRound_$0 ??= operator("aten::_foreach_round_", ""))(handlesOf(a0));
  return;
}

let _foreachSigmoid$0: NativeOperator | undefined;
export function _foreachSigmoid(self: readonly Tensor[]): Tensor[];
export function _foreachSigmoid(a0?: unknown): unknown {
  return wrapList((_foreachSigmoid$0 ??= operator("aten::_foreach_sigmoid", ""))(handlesOf(a0)));
}

let _foreachSigmoid_$0: NativeOperator | undefined;
export function _foreachSigmoid_(self: readonly Tensor[]): void;
export function _foreachSigmoid_(a0?: unknown): unknown {
  (_foreachSigmoid_$0 ??= operator("aten::_foreach_sigmoid_", ""))(handlesOf(a0));
  return;
}

let _foreachSin$0: NativeOperator | undefined;
export function _foreachSin(self: readonly Tensor[]): Tensor[];
export function _foreachSin(a0?: unknown): unknown {
  return wrapList((_foreachSin$0 ??= operator("aten::_foreach_sin", ""))(handlesOf(a0)));
}

let _foreachSin_$0: NativeOperator | undefined;
export function _foreachSin_(self: readonly Tensor[]): void;
export function _foreachSin_(a0?: unknown): unknown {
  (_foreachSin_$0 ??= operator("aten::_foreach_sin_", ""))(handlesOf(a0));
  return;
}

let _foreachSinh$0: NativeOperator | undefined;
export function _foreachSinh(self: readonly Tensor[]): Tensor[];
export function _foreachSinh(a0?: unknown): unknown {
  return wrapList((_foreachSinh$0 ??= operator("aten::_foreach_sinh", ""))(handlesOf(a0)));
}

let _foreachSinh_$0: NativeOperator | undefined;
export function _foreachSinh_(self: readonly Tensor[]): void;
export function _foreachSinh_(a0?: unknown): unknown {
  (_foreachSinh_$0 ??= operator("aten::_foreach_sinh_", ""))(handlesOf(a0));
  return;
}

let _foreachSqrt$0: NativeOperator | undefined;
export function _foreachSqrt(self: readonly Tensor[]): Tensor[];
export function _foreachSqrt(a0?: unknown): unknown {
  return wrapList((_foreachSqrt$0 ??= operator("aten::_foreach_sqrt", ""))(handlesOf(a0)));
}

let _foreachSqrt_$0: NativeOperator | undefined;
export function _foreachSqrt_(self: readonly Tensor[]): void;
export function _foreachSqrt_(a0?: unknown): unknown {
  (_foreachSqrt_$0 ??= operator("aten::_foreach_sqrt_", ""))(handlesOf(a0));
  return;
}

let _foreachSub$0: NativeOperator | undefined, _foreachSub$1: NativeOperator | undefined, _foreachSub$2: NativeOperator | undefined;
export function _foreachSub(self: readonly Tensor[], other: readonly Tensor[], options?: { alpha?: number | bigint | boolean | undefined }): Tensor[];
export function _foreachSub(self: readonly Tensor[], scalar: number | bigint | boolean): Tensor[];
export function _foreachSub(self: readonly Tensor[], scalars: readonly number[]): Tensor[];
export function _foreachSub(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (isTensors(a1) && isOptions(a2)) {
    if (a2 !== undefined) checkOptions("aten::_foreach_sub", a2, ["alpha"]);
    return wrapList((_foreachSub$0 ??= operator("aten::_foreach_sub", "List"))(handlesOf(a0), handlesOf(a1), (a2 as Options)?.alpha));
  }
  if (isNumber(a1) && a2 === undefined) {
    return wrapList((_foreachSub$1 ??= operator("aten::_foreach_sub", "Scalar"))(handlesOf(a0), a1));
  }
  return wrapList((_foreachSub$2 ??= operator("aten::_foreach_sub", "ScalarList"))(handlesOf(a0), a1));
}

let _foreachSub_$0: NativeOperator | undefined, _foreachSub_$1: NativeOperator | undefined, _foreachSub_$2: NativeOperator | undefined;
export function _foreachSub_(self: readonly Tensor[], other: readonly Tensor[], options?: { alpha?: number | bigint | boolean | undefined }): void;
export function _foreachSub_(self: readonly Tensor[], scalar: number | bigint | boolean): void;
export function _foreachSub_(self: readonly Tensor[], scalars: readonly number[]): void;
export function _foreachSub_(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (isTensors(a1) && isOptions(a2)) {
    if (a2 !== undefined) checkOptions("aten::_foreach_sub_", a2, ["alpha"]);
    (_foreachSub_$0 ??= operator("aten::_foreach_sub_", "List"))(handlesOf(a0), handlesOf(a1), (a2 as Options)?.alpha);
    return;
  }
  if (isNumber(a1) && a2 === undefined) {
    (_foreachSub_$1 ??= operator("aten::_foreach_sub_", "Scalar"))(handlesOf(a0), a1);
    return;
  }
  (_foreachSub_$2 ??= operator("aten::_foreach_sub_", "ScalarList"))(handlesOf(a0), a1);
  return;
}

let _foreachTan$0: NativeOperator | undefined;
export function _foreachTan(self: readonly Tensor[]): Tensor[];
export function _foreachTan(a0?: unknown): unknown {
  return wrapList((_foreachTan$0 ??= operator("aten::_foreach_tan", ""))(handlesOf(a0)));
}

let _foreachTan_$0: NativeOperator | undefined;
export function _foreachTan_(self: readonly Tensor[]): void;
export function _foreachTan_(a0?: unknown): unknown {
  (_foreachTan_$0 ??= operator("aten::_foreach_tan_", ""))(handlesOf(a0));
  return;
}

let _foreachTanh$0: NativeOperator | undefined;
export function _foreachTanh(self: readonly Tensor[]): Tensor[];
export function _foreachTanh(a0?: unknown): unknown {
  return wrapList((_foreachTanh$0 ??= operator("aten::_foreach_tanh", ""))(handlesOf(a0)));
}

let _foreachTanh_$0: NativeOperator | undefined;
export function _foreachTanh_(self: readonly Tensor[]): void;
export function _foreachTanh_(a0?: unknown): unknown {
  (_foreachTanh_$0 ??= operator("aten::_foreach_tanh_", ""))(handlesOf(a0));
  return;
}

let _foreachTrunc$0: NativeOperator | undefined;
export function _foreachTrunc(self: readonly Tensor[]): Tensor[];
export function _foreachTrunc(a0?: unknown): unknown {
  return wrapList((_foreachTrunc$0 ??= operator("aten::_foreach_trunc", ""))(handlesOf(a0)));
}

let _foreachTrunc_$0: NativeOperator | undefined;
export function _foreachTrunc_(self: readonly Tensor[]): void;
export function _foreachTrunc_(a0?: unknown): unknown {
  (_foreachTrunc_$0 ??= operator("aten::_foreach_trunc_", ""))(handlesOf(a0));
  return;
}

let _foreachZero$0: NativeOperator | undefined;
export function _foreachZero(self: readonly Tensor[]): Tensor[];
export function _foreachZero(a0?: unknown): unknown {
  return wrapList((_foreachZero$0 ??= operator("aten::_foreach_zero", ""))(handlesOf(a0)));
}

let _foreachZero_$0: NativeOperator | undefined;
export function _foreachZero_(self: readonly Tensor[]): void;
export function _foreachZero_(a0?: unknown): unknown {
  (_foreachZero_$0 ??= operator("aten::_foreach_zero_", ""))(handlesOf(a0));
  return;
}

let abs$0: NativeOperator | undefined;
export function abs(self: Tensor): Tensor;
export function abs(a0?: unknown): unknown {
  return wrap((abs$0 ??= operator("aten::abs", ""))(handleOf(a0)));
}

let abs_$0: NativeOperator | undefined;
export function abs_(self: Tensor): Tensor;
export function abs_(a0?: unknown): unknown {
  (abs_$0 ??= inPlaceOperator("aten::abs_", ""))(handleOf(a0));
  return a0 as Tensor;
}

let absolute$0: NativeOperator | undefined;
export function absolute(self: Tensor): Tensor;
export function absolute(a0?: unknown): unknown {
  return wrap((absolute$0 ??= operator("aten::absolute", ""))(handleOf(a0)));
}

let absolute_$0: NativeOperator | undefined;
export function absolute_(self: Tensor): Tensor;
export function absolute_(a0?: unknown): unknown {
  (absolute_$0 ??= inPlaceOperator("aten::absolute_", ""))(handleOf(a0));
  return a0 as Tensor;
}

let acos$0: NativeOperator | undefined;
export function acos(self: Tensor): Tensor;
export function acos(a0?: unknown): unknown {
  return wrap((acos$0 ??= operator("aten::acos", ""))(handleOf(a0)));
}

let acos_$0: NativeOperator | undefined;
export function acos_(self: Tensor): Tensor;
export function acos_(a0?: unknown): unknown {
  (acos_$0 ??= inPlaceOperator("aten::acos_", ""))(handleOf(a0));
  return a0 as Tensor;
}

let acosh$0: NativeOperator | undefined;
export function acosh(self: Tensor): Tensor;
export function acosh(a0?: unknown): unknown {
  return wrap((acosh$0 ??= operator("aten::acosh", ""))(handleOf(a0)));
}

let acosh_$0: NativeOperator | undefined;
export function acosh_(self: Tensor): Tensor;
export function acosh_(a0?: unknown): unknown {
  (acosh_$0 ??= inPlaceOperator("aten::acosh_", ""))(handleOf(a0));
  return a0 as Tensor;
}

let adaptiveAvgPool1d$0: NativeOperator | undefined;
export function adaptiveAvgPool1d(self: Tensor, outputSize: number | readonly number[]): Tensor;
export function adaptiveAvgPool1d(a0?: unknown, a1?: unknown): unknown {
  return wrap((adaptiveAvgPool1d$0 ??= operator("aten::adaptive_avg_pool1d", ""))(handleOf(a0), a1));
}

let adaptiveAvgPool2d$0: NativeOperator | undefined;
export function adaptiveAvgPool2d(self: Tensor, outputSize: number | readonly number[]): Tensor;
export function adaptiveAvgPool2d(a0?: unknown, a1?: unknown): unknown {
  return wrap((adaptiveAvgPool2d$0 ??= operator("aten::adaptive_avg_pool2d", ""))(handleOf(a0), a1));
}

let adaptiveAvgPool3d$0: NativeOperator | undefined;
export function adaptiveAvgPool3d(self: Tensor, outputSize: number | readonly number[]): Tensor;
export function adaptiveAvgPool3d(a0?: unknown, a1?: unknown): unknown {
  return wrap((adaptiveAvgPool3d$0 ??= operator("aten::adaptive_avg_pool3d", ""))(handleOf(a0), a1));
}

let adaptiveMaxPool1d$0: NativeOperator | undefined;
export function adaptiveMaxPool1d(self: Tensor, outputSize: number | readonly number[]): [Tensor, Tensor];
export function adaptiveMaxPool1d(a0?: unknown, a1?: unknown): unknown {
  return wrapTuple((adaptiveMaxPool1d$0 ??= operator("aten::adaptive_max_pool1d", ""))(handleOf(a0), a1), "TT");
}

let adaptiveMaxPool2d$0: NativeOperator | undefined;
export function adaptiveMaxPool2d(self: Tensor, outputSize: number | readonly number[]): [Tensor, Tensor];
export function adaptiveMaxPool2d(a0?: unknown, a1?: unknown): unknown {
  return wrapTuple((adaptiveMaxPool2d$0 ??= operator("aten::adaptive_max_pool2d", ""))(handleOf(a0), a1), "TT");
}

let adaptiveMaxPool3d$0: NativeOperator | undefined;
export function adaptiveMaxPool3d(self: Tensor, outputSize: number | readonly number[]): [Tensor, Tensor];
export function adaptiveMaxPool3d(a0?: unknown, a1?: unknown): unknown {
  return wrapTuple((adaptiveMaxPool3d$0 ??= operator("aten::adaptive_max_pool3d", ""))(handleOf(a0), a1), "TT");
}

let add$0: NativeOperator | undefined, add$1: NativeOperator | undefined;
export function add(self: Tensor, other: Tensor, options?: { alpha?: number | bigint | boolean | undefined }): Tensor;
export function add(self: Tensor, other: number | bigint | boolean, alpha?: number | bigint | boolean): Tensor;
export function add(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (isTensor(a1) && isOptions(a2)) {
    if (a2 !== undefined) checkOptions("aten::add", a2, ["alpha"]);
    return wrap((add$0 ??= operator("aten::add", "Tensor"))(handleOf(a0), handleOf(a1), (a2 as Options)?.alpha));
  }
  return wrap((add$1 ??= operator("aten::add", "Scalar"))(handleOf(a0), a1, a2));
}

let add_$0: NativeOperator | undefined, add_$1: NativeOperator | undefined;
export function add_(self: Tensor, other: Tensor, options?: { alpha?: number | bigint | boolean | undefined }): Tensor;
export function add_(self: Tensor, other: number | bigint | boolean, alpha?: number | bigint | boolean): Tensor;
export function add_(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (isTensor(a1) && isOptions(a2)) {
    if (a2 !== undefined) checkOptions("aten::add_", a2, ["alpha"]);
    (add_$0 ??= inPlaceOperator("aten::add_", "Tensor"))(handleOf(a0), handleOf(a1), (a2 as Options)?.alpha);
    return a0 as Tensor;
  }
  (add_$1 ??= inPlaceOperator("aten::add_", "Scalar"))(handleOf(a0), a1, a2);
  return a0 as Tensor;
}

let addbmm$0: NativeOperator | undefined;
export function addbmm(self: Tensor, batch1: Tensor, batch2: Tensor, options?: { beta?: number | bigint | boolean | undefined; alpha?: number | bigint | boolean | undefined }): Tensor;
export function addbmm(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  if (a3 !== undefined) checkOptions("aten::addbmm", a3, ["beta", "alpha"]);
  return wrap((addbmm$0 ??= operator("aten::addbmm", ""))(handleOf(a0), handleOf(a1), handleOf(a2), (a3 as Options)?.beta, (a3 as Options)?.alpha));
}

let addbmm_$0: NativeOperator | undefined;
export function addbmm_(self: Tensor, batch1: Tensor, batch2: Tensor, options?: { beta?: number | bigint | boolean | undefined; alpha?: number | bigint | boolean | undefined }): Tensor;
export function addbmm_(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  if (a3 !== undefined) checkOptions("aten::addbmm_", a3, ["beta", "alpha"]);
  (addbmm_$0 ??= inPlaceOperator("aten::addbmm_", ""))(handleOf(a0), handleOf(a1), handleOf(a2), (a3 as Options)?.beta, (a3 as Options)?.alpha);
  return a0 as Tensor;
}

let addcdiv$0: NativeOperator | undefined;
export function addcdiv(self: Tensor, tensor1: Tensor, tensor2: Tensor, options?: { value?: number | bigint | boolean | undefined }): Tensor;
export function addcdiv(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  if (a3 !== undefined) checkOptions("aten::addcdiv", a3, ["value"]);
  return wrap((addcdiv$0 ??= operator("aten::addcdiv", ""))(handleOf(a0), handleOf(a1), handleOf(a2), (a3 as Options)?.value));
}

let addcdiv_$0: NativeOperator | undefined;
export function addcdiv_(self: Tensor, tensor1: Tensor, tensor2: Tensor, options?: { value?: number | bigint | boolean | undefined }): Tensor;
export function addcdiv_(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  if (a3 !== undefined) checkOptions("aten::addcdiv_", a3, ["value"]);
  (addcdiv_$0 ??= inPlaceOperator("aten::addcdiv_", ""))(handleOf(a0), handleOf(a1), handleOf(a2), (a3 as Options)?.value);
  return a0 as Tensor;
}

let addcmul$0: NativeOperator | undefined;
export function addcmul(self: Tensor, tensor1: Tensor, tensor2: Tensor, options?: { value?: number | bigint | boolean | undefined }): Tensor;
export function addcmul(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  if (a3 !== undefined) checkOptions("aten::addcmul", a3, ["value"]);
  return wrap((addcmul$0 ??= operator("aten::addcmul", ""))(handleOf(a0), handleOf(a1), handleOf(a2), (a3 as Options)?.value));
}

let addcmul_$0: NativeOperator | undefined;
export function addcmul_(self: Tensor, tensor1: Tensor, tensor2: Tensor, options?: { value?: number | bigint | boolean | undefined }): Tensor;
export function addcmul_(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  if (a3 !== undefined) checkOptions("aten::addcmul_", a3, ["value"]);
  (addcmul_$0 ??= inPlaceOperator("aten::addcmul_", ""))(handleOf(a0), handleOf(a1), handleOf(a2), (a3 as Options)?.value);
  return a0 as Tensor;
}

let addmm$0: NativeOperator | undefined;
export function addmm(self: Tensor, mat1: Tensor, mat2: Tensor, options?: { beta?: number | bigint | boolean | undefined; alpha?: number | bigint | boolean | undefined }): Tensor;
export function addmm(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  if (a3 !== undefined) checkOptions("aten::addmm", a3, ["beta", "alpha"]);
  return wrap((addmm$0 ??= operator("aten::addmm", ""))(handleOf(a0), handleOf(a1), handleOf(a2), (a3 as Options)?.beta, (a3 as Options)?.alpha));
}

let addmm_$0: NativeOperator | undefined;
export function addmm_(self: Tensor, mat1: Tensor, mat2: Tensor, options?: { beta?: number | bigint | boolean | undefined; alpha?: number | bigint | boolean | undefined }): Tensor;
export function addmm_(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  if (a3 !== undefined) checkOptions("aten::addmm_", a3, ["beta", "alpha"]);
  (addmm_$0 ??= inPlaceOperator("aten::addmm_", ""))(handleOf(a0), handleOf(a1), handleOf(a2), (a3 as Options)?.beta, (a3 as Options)?.alpha);
  return a0 as Tensor;
}

let addmv$0: NativeOperator | undefined;
export function addmv(self: Tensor, mat: Tensor, vec: Tensor, options?: { beta?: number | bigint | boolean | undefined; alpha?: number | bigint | boolean | undefined }): Tensor;
export function addmv(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  if (a3 !== undefined) checkOptions("aten::addmv", a3, ["beta", "alpha"]);
  return wrap((addmv$0 ??= operator("aten::addmv", ""))(handleOf(a0), handleOf(a1), handleOf(a2), (a3 as Options)?.beta, (a3 as Options)?.alpha));
}

let addmv_$0: NativeOperator | undefined;
export function addmv_(self: Tensor, mat: Tensor, vec: Tensor, options?: { beta?: number | bigint | boolean | undefined; alpha?: number | bigint | boolean | undefined }): Tensor;
export function addmv_(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  if (a3 !== undefined) checkOptions("aten::addmv_", a3, ["beta", "alpha"]);
  (addmv_$0 ??= inPlaceOperator("aten::addmv_", ""))(handleOf(a0), handleOf(a1), handleOf(a2), (a3 as Options)?.beta, (a3 as Options)?.alpha);
  return a0 as Tensor;
}

let addr$0: NativeOperator | undefined;
export function addr(self: Tensor, vec1: Tensor, vec2: Tensor, options?: { beta?: number | bigint | boolean | undefined; alpha?: number | bigint | boolean | undefined }): Tensor;
export function addr(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  if (a3 !== undefined) checkOptions("aten::addr", a3, ["beta", "alpha"]);
  return wrap((addr$0 ??= operator("aten::addr", ""))(handleOf(a0), handleOf(a1), handleOf(a2), (a3 as Options)?.beta, (a3 as Options)?.alpha));
}

let addr_$0: NativeOperator | undefined;
export function addr_(self: Tensor, vec1: Tensor, vec2: Tensor, options?: { beta?: number | bigint | boolean | undefined; alpha?: number | bigint | boolean | undefined }): Tensor;
export function addr_(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  if (a3 !== undefined) checkOptions("aten::addr_", a3, ["beta", "alpha"]);
  (addr_$0 ??= inPlaceOperator("aten::addr_", ""))(handleOf(a0), handleOf(a1), handleOf(a2), (a3 as Options)?.beta, (a3 as Options)?.alpha);
  return a0 as Tensor;
}

let adjoint$0: NativeOperator | undefined;
export function adjoint(self: Tensor): Tensor;
export function adjoint(a0?: unknown): unknown {
  return wrap((adjoint$0 ??= operator("aten::adjoint", ""))(handleOf(a0)));
}

let affineGridGenerator$0: NativeOperator | undefined;
export function affineGridGenerator(theta: Tensor, size: readonly number[], alignCorners: boolean): Tensor;
export function affineGridGenerator(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  return wrap((affineGridGenerator$0 ??= operator("aten::affine_grid_generator", ""))(handleOf(a0), a1, a2));
}

let alias$0: NativeOperator | undefined;
export function alias(self: Tensor): Tensor;
export function alias(a0?: unknown): unknown {
  return wrap((alias$0 ??= operator("aten::alias", ""))(handleOf(a0)));
}

let all$0: NativeOperator | undefined, all$1: NativeOperator | undefined, all$2: NativeOperator | undefined;
export function all(self: Tensor): Tensor;
export function all(self: Tensor, dim: number | bigint, keepdim?: boolean): Tensor;
export function all(self: Tensor, dim: string, keepdim?: boolean): Tensor;
export function all(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (a1 === undefined && a2 === undefined) {
    return wrap((all$0 ??= operator("aten::all", ""))(handleOf(a0)));
  }
  if (isNumber(a1) && (a2 === undefined || typeof a2 === "boolean")) {
    return wrap((all$1 ??= operator("aten::all", "dim"))(handleOf(a0), a1, a2));
  }
  return wrap((all$2 ??= operator("aten::all", "dimname"))(handleOf(a0), a1, a2));
}

let allclose$0: NativeOperator | undefined;
export function allclose(self: Tensor, other: Tensor, rtol?: number, atol?: number, equalNan?: boolean): boolean;
export function allclose(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
  return (allclose$0 ??= operator("aten::allclose", ""))(handleOf(a0), handleOf(a1), a2, a3, a4);
}

let alphaDropout$0: NativeOperator | undefined;
export function alphaDropout(input: Tensor, p: number, train: boolean): Tensor;
export function alphaDropout(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  return wrap((alphaDropout$0 ??= operator("aten::alpha_dropout", ""))(handleOf(a0), a1, a2));
}

let alphaDropout_$0: NativeOperator | undefined;
export function alphaDropout_(self: Tensor, p: number, train: boolean): Tensor;
export function alphaDropout_(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  (alphaDropout_$0 ??= inPlaceOperator("aten::alpha_dropout_", ""))(handleOf(a0), a1, a2);
  return a0 as Tensor;
}

let amax$0: NativeOperator | undefined;
export function amax(self: Tensor, dim?: number | readonly number[], keepdim?: boolean): Tensor;
export function amax(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  return wrap((amax$0 ??= operator("aten::amax", ""))(handleOf(a0), a1, a2));
}

let amin$0: NativeOperator | undefined;
export function amin(self: Tensor, dim?: number | readonly number[], keepdim?: boolean): Tensor;
export function amin(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  return wrap((amin$0 ??= operator("aten::amin", ""))(handleOf(a0), a1, a2));
}

let aminmax$0: NativeOperator | undefined;
export function aminmax(self: Tensor, options?: { dim?: number | bigint | undefined; keepdim?: boolean | undefined }): [Tensor, Tensor];
export function aminmax(a0?: unknown, a1?: unknown): unknown {
  if (a1 !== undefined) checkOptions("aten::aminmax", a1, ["dim", "keepdim"]);
  return wrapTuple((aminmax$0 ??= operator("aten::aminmax", ""))(handleOf(a0), (a1 as Options)?.dim, (a1 as Options)?.keepdim), "TT");
}

let angle$0: NativeOperator | undefined;
export function angle(self: Tensor): Tensor;
export function angle(a0?: unknown): unknown {
  return wrap((angle$0 ??= operator("aten::angle", ""))(handleOf(a0)));
}

let any$0: NativeOperator | undefined, any$1: NativeOperator | undefined, any$2: NativeOperator | undefined;
export function any(self: Tensor): Tensor;
export function any(self: Tensor, dim: number | bigint, keepdim?: boolean): Tensor;
export function any(self: Tensor, dim: string, keepdim?: boolean): Tensor;
export function any(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (a1 === undefined && a2 === undefined) {
    return wrap((any$0 ??= operator("aten::any", ""))(handleOf(a0)));
  }
  if (isNumber(a1) && (a2 === undefined || typeof a2 === "boolean")) {
    return wrap((any$1 ??= operator("aten::any", "dim"))(handleOf(a0), a1, a2));
  }
  return wrap((any$2 ??= operator("aten::any", "dimname"))(handleOf(a0), a1, a2));
}

let arange$0: NativeOperator | undefined, arange$1: NativeOperator | undefined, arange$2: NativeOperator | undefined;
export function arange(end: number | bigint | boolean, options?: { dtype?: DType | undefined; device?: string | undefined }): Tensor;
export function arange(start: number | bigint | boolean, end: number | bigint | boolean, options?: { dtype?: DType | undefined; device?: string | undefined }): Tensor;
export function arange(start: number | bigint | boolean, end: number | bigint | boolean, step?: number | bigint | boolean, options?: { dtype?: DType | undefined; device?: string | undefined }): Tensor;
export function arange(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  if (isOptions(a1) && a2 === undefined && a3 === undefined) {
    if (a1 !== undefined) checkOptions("aten::arange", a1, ["dtype", "device"]);
    return wrap((arange$0 ??= operator("aten::arange", ""))(a0, (a1 as Options)?.dtype, undefined, (a1 as Options)?.device));
  }
  if (isNumber(a1) && isOptions(a2) && a3 === undefined) {
    if (a2 !== undefined) checkOptions("aten::arange", a2, ["dtype", "device"]);
    return wrap((arange$1 ??= operator("aten::arange", "start"))(a0, a1, (a2 as Options)?.dtype, undefined, (a2 as Options)?.device));
  }
  if (a3 !== undefined) checkOptions("aten::arange", a3, ["dtype", "device"]);
  return wrap((arange$2 ??= operator("aten::arange", "start_step"))(a0, a1, a2, (a3 as Options)?.dtype, undefined, (a3 as Options)?.device));
}

let arccos$0: NativeOperator | undefined;
export function arccos(self: Tensor): Tensor;
export function arccos(a0?: unknown): unknown {
  return wrap((arccos$0 ??= operator("aten::arccos", ""))(handleOf(a0)));
}

let arccos_$0: NativeOperator | undefined;
export function arccos_(self: Tensor): Tensor;
export function arccos_(a0?: unknown): unknown {
  (arccos_$0 ??= inPlaceOperator("aten::arccos_", ""))(handleOf(a0));
  return a0 as Tensor;
}

let arccosh$0: NativeOperator | undefined;
export function arccosh(self: Tensor): Tensor;
export function arccosh(a0?: unknown): unknown {
  return wrap((arccosh$0 ??= operator("aten::arccosh", ""))(handleOf(a0)));
}

let arccosh_$0: NativeOperator | undefined;
export function arccosh_(self: Tensor): Tensor;
export function arccosh_(a0?: unknown): unknown {
  (arccosh_$0 ??= inPlaceOperator("aten::arccosh_", ""))(handleOf(a0));
  return a0 as Tensor;
}

let arcsin$0: NativeOperator | undefined;
export function arcsin(self: Tensor): Tensor;
export function arcsin(a0?: unknown): unknown {
  return wrap((arcsin$0 ??= operator("aten::arcsin", ""))(handleOf(a0)));
}

let arcsin_$0: NativeOperator | undefined;
export function arcsin_(self: Tensor): Tensor;
export function arcsin_(a0?: unknown): unknown {
  (arcsin_$0 ??= inPlaceOperator("aten::arcsin_", ""))(handleOf(a0));
  return a0 as Tensor;
}

let arcsinh$0: NativeOperator | undefined;
export function arcsinh(self: Tensor): Tensor;
export function arcsinh(a0?: unknown): unknown {
  return wrap((arcsinh$0 ??= operator("aten::arcsinh", ""))(handleOf(a0)));
}

let arcsinh_$0: NativeOperator | undefined;
export function arcsinh_(self: Tensor): Tensor;
export function arcsinh_(a0?: unknown): unknown {
  (arcsinh_$0 ??= inPlaceOperator("aten::arcsinh_", ""))(handleOf(a0));
  return a0 as Tensor;
}

let arctan$0: NativeOperator | undefined;
export function arctan(self: Tensor): Tensor;
export function arctan(a0?: unknown): unknown {
  return wrap((arctan$0 ??= operator("aten::arctan", ""))(handleOf(a0)));
}

let arctan2$0: NativeOperator | undefined;
export function arctan2(self: Tensor, other: Tensor): Tensor;
export function arctan2(a0?: unknown, a1?: unknown): unknown {
  return wrap((arctan2$0 ??= operator("aten::arctan2", ""))(handleOf(a0), handleOf(a1)));
}

let arctan2_$0: NativeOperator | undefined;
export function arctan2_(self: Tensor, other: Tensor): Tensor;
export function arctan2_(a0?: unknown, a1?: unknown): unknown {
  (arctan2_$0 ??= inPlaceOperator("aten::arctan2_", ""))(handleOf(a0), handleOf(a1));
  return a0 as Tensor;
}

let arctan_$0: NativeOperator | undefined;
export function arctan_(self: Tensor): Tensor;
export function arctan_(a0?: unknown): unknown {
  (arctan_$0 ??= inPlaceOperator("aten::arctan_", ""))(handleOf(a0));
  return a0 as Tensor;
}

let arctanh$0: NativeOperator | undefined;
export function arctanh(self: Tensor): Tensor;
export function arctanh(a0?: unknown): unknown {
  return wrap((arctanh$0 ??= operator("aten::arctanh", ""))(handleOf(a0)));
}

let arctanh_$0: NativeOperator | undefined;
export function arctanh_(self: Tensor): Tensor;
export function arctanh_(a0?: unknown): unknown {
  (arctanh_$0 ??= inPlaceOperator("aten::arctanh_", ""))(handleOf(a0));
  return a0 as Tensor;
}

let argmax$0: NativeOperator | undefined;
export function argmax(self: Tensor, dim?: number | bigint | undefined, keepdim?: boolean): Tensor;
export function argmax(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  return wrap((argmax$0 ??= operator("aten::argmax", ""))(handleOf(a0), a1, a2));
}

let argmin$0: NativeOperator | undefined;
export function argmin(self: Tensor, dim?: number | bigint | undefined, keepdim?: boolean): Tensor;
export function argmin(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  return wrap((argmin$0 ??= operator("aten::argmin", ""))(handleOf(a0), a1, a2));
}

let argsort$0: NativeOperator | undefined, argsort$1: NativeOperator | undefined, argsort$2: NativeOperator | undefined;
export function argsort(self: Tensor, options: { stable: boolean; dim?: number | bigint | undefined; descending?: boolean | undefined }): Tensor;
export function argsort(self: Tensor, dim?: number | bigint, descending?: boolean): Tensor;
export function argsort(self: Tensor, dim: string, descending?: boolean): Tensor;
export function argsort(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (isOptions(a1) && a2 === undefined && (a1 as Options)?.stable !== undefined) {
    if (a1 !== undefined) checkOptions("aten::argsort", a1, ["stable", "dim", "descending"]);
    return wrap((argsort$0 ??= operator("aten::argsort", "stable"))(handleOf(a0), (a1 as Options)?.stable, (a1 as Options)?.dim, (a1 as Options)?.descending));
  }
  if ((a1 === undefined || isNumber(a1)) && (a2 === undefined || typeof a2 === "boolean")) {
    return wrap((argsort$1 ??= operator("aten::argsort", ""))(handleOf(a0), a1, a2));
  }
  return wrap((argsort$2 ??= operator("aten::argsort", "dimname"))(handleOf(a0), a1, a2));
}

let argwhere$0: NativeOperator | undefined;
export function argwhere(self: Tensor): Tensor;
export function argwhere(a0?: unknown): unknown {
  return wrap((argwhere$0 ??= operator("aten::argwhere", ""))(handleOf(a0)));
}

let asStrided$0: NativeOperator | undefined;
export function asStrided(self: Tensor, size: readonly number[], stride: readonly number[], storageOffset?: number | bigint | undefined): Tensor;
export function asStrided(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  return wrap((asStrided$0 ??= operator("aten::as_strided", ""))(handleOf(a0), a1, a2, a3));
}

let asStridedScatter$0: NativeOperator | undefined;
export function asStridedScatter(self: Tensor, src: Tensor, size: readonly number[], stride: readonly number[], storageOffset?: number | bigint | undefined): Tensor;
export function asStridedScatter(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
  return wrap((asStridedScatter$0 ??= operator("aten::as_strided_scatter", ""))(handleOf(a0), handleOf(a1), a2, a3, a4));
}

let asin$0: NativeOperator | undefined;
export function asin(self: Tensor): Tensor;
export function asin(a0?: unknown): unknown {
  return wrap((asin$0 ??= operator("aten::asin", ""))(handleOf(a0)));
}

let asin_$0: NativeOperator | undefined;
export function asin_(self: Tensor): Tensor;
export function asin_(a0?: unknown): unknown {
  (asin_$0 ??= inPlaceOperator("aten::asin_", ""))(handleOf(a0));
  return a0 as Tensor;
}

let asinh$0: NativeOperator | undefined;
export function asinh(self: Tensor): Tensor;
export function asinh(a0?: unknown): unknown {
  return wrap((asinh$0 ??= operator("aten::asinh", ""))(handleOf(a0)));
}

let asinh_$0: NativeOperator | undefined;
export function asinh_(self: Tensor): Tensor;
export function asinh_(a0?: unknown): unknown {
  (asinh_$0 ??= inPlaceOperator("aten::asinh_", ""))(handleOf(a0));
  return a0 as Tensor;
}

let atan$0: NativeOperator | undefined;
export function atan(self: Tensor): Tensor;
export function atan(a0?: unknown): unknown {
  return wrap((atan$0 ??= operator("aten::atan", ""))(handleOf(a0)));
}

let atan2$0: NativeOperator | undefined;
export function atan2(self: Tensor, other: Tensor): Tensor;
export function atan2(a0?: unknown, a1?: unknown): unknown {
  return wrap((atan2$0 ??= operator("aten::atan2", ""))(handleOf(a0), handleOf(a1)));
}

let atan2_$0: NativeOperator | undefined;
export function atan2_(self: Tensor, other: Tensor): Tensor;
export function atan2_(a0?: unknown, a1?: unknown): unknown {
  (atan2_$0 ??= inPlaceOperator("aten::atan2_", ""))(handleOf(a0), handleOf(a1));
  return a0 as Tensor;
}

let atan_$0: NativeOperator | undefined;
export function atan_(self: Tensor): Tensor;
export function atan_(a0?: unknown): unknown {
  (atan_$0 ??= inPlaceOperator("aten::atan_", ""))(handleOf(a0));
  return a0 as Tensor;
}

let atanh$0: NativeOperator | undefined;
export function atanh(self: Tensor): Tensor;
export function atanh(a0?: unknown): unknown {
  return wrap((atanh$0 ??= operator("aten::atanh", ""))(handleOf(a0)));
}

let atanh_$0: NativeOperator | undefined;
export function atanh_(self: Tensor): Tensor;
export function atanh_(a0?: unknown): unknown {
  (atanh_$0 ??= inPlaceOperator("aten::atanh_", ""))(handleOf(a0));
  return a0 as Tensor;
}

let atleast1d$0: NativeOperator | undefined, atleast1d$1: NativeOperator | undefined;
export function atleast1d(self: Tensor): Tensor;
export function atleast1d(tensors: readonly Tensor[]): Tensor[];
export function atleast1d(a0?: unknown): unknown {
  if (isTensor(a0)) {
    return wrap((atleast1d$0 ??= operator("aten::atleast_1d", ""))(handleOf(a0)));
  }
  return wrapList((atleast1d$1 ??= operator("aten::atleast_1d", "Sequence"))(handlesOf(a0)));
}

let atleast2d$0: NativeOperator | undefined, atleast2d$1: NativeOperator | undefined;
export function atleast2d(self: Tensor): Tensor;
export function atleast2d(tensors: readonly Tensor[]): Tensor[];
export function atleast2d(a0?: unknown): unknown {
  if (isTensor(a0)) {
    return wrap((atleast2d$0 ??= operator("aten::atleast_2d", ""))(handleOf(a0)));
  }
  return wrapList((atleast2d$1 ??= operator("aten::atleast_2d", "Sequence"))(handlesOf(a0)));
}

let atleast3d$0: NativeOperator | undefined, atleast3d$1: NativeOperator | undefined;
export function atleast3d(self: Tensor): Tensor;
export function atleast3d(tensors: readonly Tensor[]): Tensor[];
export function atleast3d(a0?: unknown): unknown {
  if (isTensor(a0)) {
    return wrap((atleast3d$0 ??= operator("aten::atleast_3d", ""))(handleOf(a0)));
  }
  return wrapList((atleast3d$1 ??= operator("aten::atleast_3d", "Sequence"))(handlesOf(a0)));
}

let avgPool1d$0: NativeOperator | undefined;
export function avgPool1d(self: Tensor, kernelSize: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], ceilMode?: boolean, countIncludePad?: boolean): Tensor;
export function avgPool1d(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown, a5?: unknown): unknown {
  return wrap((avgPool1d$0 ??= operator("aten::avg_pool1d", ""))(handleOf(a0), a1, a2, a3, a4, a5));
}

let avgPool2d$0: NativeOperator | undefined;
export function avgPool2d(self: Tensor, kernelSize: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], ceilMode?: boolean, countIncludePad?: boolean, divisorOverride?: number | bigint | undefined): Tensor;
export function avgPool2d(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown, a5?: unknown, a6?: unknown): unknown {
  return wrap((avgPool2d$0 ??= operator("aten::avg_pool2d", ""))(handleOf(a0), a1, a2, a3, a4, a5, a6));
}

let avgPool3d$0: NativeOperator | undefined;
export function avgPool3d(self: Tensor, kernelSize: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], ceilMode?: boolean, countIncludePad?: boolean, divisorOverride?: number | bigint | undefined): Tensor;
export function avgPool3d(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown, a5?: unknown, a6?: unknown): unknown {
  return wrap((avgPool3d$0 ??= operator("aten::avg_pool3d", ""))(handleOf(a0), a1, a2, a3, a4, a5, a6));
}

let baddbmm$0: NativeOperator | undefined;
export function baddbmm(self: Tensor, batch1: Tensor, batch2: Tensor, options?: { beta?: number | bigint | boolean | undefined; alpha?: number | bigint | boolean | undefined }): Tensor;
export function baddbmm(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  if (a3 !== undefined) checkOptions("aten::baddbmm", a3, ["beta", "alpha"]);
  return wrap((baddbmm$0 ??= operator("aten::baddbmm", ""))(handleOf(a0), handleOf(a1), handleOf(a2), (a3 as Options)?.beta, (a3 as Options)?.alpha));
}

let baddbmm_$0: NativeOperator | undefined;
export function baddbmm_(self: Tensor, batch1: Tensor, batch2: Tensor, options?: { beta?: number | bigint | boolean | undefined; alpha?: number | bigint | boolean | undefined }): Tensor;
export function baddbmm_(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  if (a3 !== undefined) checkOptions("aten::baddbmm_", a3, ["beta", "alpha"]);
  (baddbmm_$0 ??= inPlaceOperator("aten::baddbmm_", ""))(handleOf(a0), handleOf(a1), handleOf(a2), (a3 as Options)?.beta, (a3 as Options)?.alpha);
  return a0 as Tensor;
}

let bartlettWindow$0: NativeOperator | undefined, bartlettWindow$1: NativeOperator | undefined;
export function bartlettWindow(windowLength: number | bigint, options?: { dtype?: DType | undefined; device?: string | undefined }): Tensor;
export function bartlettWindow(windowLength: number | bigint, periodic: boolean, options?: { dtype?: DType | undefined; device?: string | undefined }): Tensor;
export function bartlettWindow(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (isOptions(a1) && a2 === undefined) {
    if (a1 !== undefined) checkOptions("aten::bartlett_window", a1, ["dtype", "device"]);
    return wrap((bartlettWindow$0 ??= operator("aten::bartlett_window", ""))(a0, (a1 as Options)?.dtype, undefined, (a1 as Options)?.device));
  }
  if (a2 !== undefined) checkOptions("aten::bartlett_window", a2, ["dtype", "device"]);
  return wrap((bartlettWindow$1 ??= operator("aten::bartlett_window", "periodic"))(a0, a1, (a2 as Options)?.dtype, undefined, (a2 as Options)?.device));
}

let batchNorm$0: NativeOperator | undefined;
export function batchNorm(input: Tensor, weight: Tensor | undefined, bias: Tensor | undefined, runningMean: Tensor | undefined, runningVar: Tensor | undefined, training: boolean, momentum: number, eps: number, cudnnEnabled: boolean): Tensor;
export function batchNorm(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown, a5?: unknown, a6?: unknown, a7?: unknown, a8?: unknown): unknown {
  return wrap((batchNorm$0 ??= operator("aten::batch_norm", ""))(handleOf(a0), handleOf(a1), handleOf(a2), handleOf(a3), handleOf(a4), a5, a6, a7, a8));
}

let batchNormElemt$0: NativeOperator | undefined;
export function batchNormElemt(input: Tensor, weight: Tensor | undefined, bias: Tensor | undefined, mean: Tensor, invstd: Tensor, eps: number): Tensor;
export function batchNormElemt(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown, a5?: unknown): unknown {
  return wrap((batchNormElemt$0 ??= operator("aten::batch_norm_elemt", ""))(handleOf(a0), handleOf(a1), handleOf(a2), handleOf(a3), handleOf(a4), a5));
}

let batchNormGatherStats$0: NativeOperator | undefined;
export function batchNormGatherStats(input: Tensor, mean: Tensor, invstd: Tensor, runningMean: Tensor | undefined, runningVar: Tensor | undefined, momentum: number, eps: number, count: number | bigint): [Tensor, Tensor];
export function batchNormGatherStats(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown, a5?: unknown, a6?: unknown, a7?: unknown): unknown {
  return wrapTuple((batchNormGatherStats$0 ??= operator("aten::batch_norm_gather_stats", ""))(handleOf(a0), handleOf(a1), handleOf(a2), handleOf(a3), handleOf(a4), a5, a6, a7), "TT");
}

let batchNormGatherStatsWithCounts$0: NativeOperator | undefined;
export function batchNormGatherStatsWithCounts(input: Tensor, mean: Tensor, invstd: Tensor, runningMean: Tensor | undefined, runningVar: Tensor | undefined, momentum: number, eps: number, counts: Tensor): [Tensor, Tensor];
export function batchNormGatherStatsWithCounts(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown, a5?: unknown, a6?: unknown, a7?: unknown): unknown {
  return wrapTuple((batchNormGatherStatsWithCounts$0 ??= operator("aten::batch_norm_gather_stats_with_counts", ""))(handleOf(a0), handleOf(a1), handleOf(a2), handleOf(a3), handleOf(a4), a5, a6, handleOf(a7)), "TT");
}

let batchNormStats$0: NativeOperator | undefined;
export function batchNormStats(input: Tensor, eps: number): [Tensor, Tensor];
export function batchNormStats(a0?: unknown, a1?: unknown): unknown {
  return wrapTuple((batchNormStats$0 ??= operator("aten::batch_norm_stats", ""))(handleOf(a0), a1), "TT");
}

let batchNormUpdateStats$0: NativeOperator | undefined;
export function batchNormUpdateStats(input: Tensor, runningMean: Tensor | undefined, runningVar: Tensor | undefined, momentum: number): [Tensor, Tensor];
export function batchNormUpdateStats(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  return wrapTuple((batchNormUpdateStats$0 ??= operator("aten::batch_norm_update_stats", ""))(handleOf(a0), handleOf(a1), handleOf(a2), a3), "TT");
}

let batchedNms$0: NativeOperator | undefined;
export function batchedNms(boxes: Tensor, scores: Tensor, groups: Tensor, iouThreshold: number): Tensor;
export function batchedNms(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  return wrap((batchedNms$0 ??= operator("supernet::batched_nms", ""))(handleOf(a0), handleOf(a1), handleOf(a2), a3));
}

let bernoulli$0: NativeOperator | undefined, bernoulli$1: NativeOperator | undefined, bernoulli$2: NativeOperator | undefined;
export function bernoulli(self: Tensor): Tensor;
export function bernoulli(self: Tensor, p: Tensor): Tensor;
export function bernoulli(self: Tensor, p: number): Tensor;
export function bernoulli(a0?: unknown, a1?: unknown): unknown {
  if (a1 === undefined) {
    return wrap((bernoulli$0 ??= operator("aten::bernoulli", ""))(handleOf(a0)));
  }
  if (isTensor(a1)) {
    return wrap((bernoulli$1 ??= operator("aten::bernoulli", "Tensor"))(handleOf(a0), handleOf(a1)));
  }
  return wrap((bernoulli$2 ??= operator("aten::bernoulli", "p"))(handleOf(a0), a1));
}

let bernoulli_$0: NativeOperator | undefined, bernoulli_$1: NativeOperator | undefined;
export function bernoulli_(self: Tensor, p: Tensor): Tensor;
export function bernoulli_(self: Tensor, p?: number): Tensor;
export function bernoulli_(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a1)) {
    (bernoulli_$0 ??= inPlaceOperator("aten::bernoulli_", "Tensor"))(handleOf(a0), handleOf(a1));
    return a0 as Tensor;
  }
  (bernoulli_$1 ??= inPlaceOperator("aten::bernoulli_", "float"))(handleOf(a0), a1);
  return a0 as Tensor;
}

let bilinear$0: NativeOperator | undefined;
export function bilinear(input1: Tensor, input2: Tensor, weight: Tensor, bias?: Tensor | undefined): Tensor;
export function bilinear(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  return wrap((bilinear$0 ??= operator("aten::bilinear", ""))(handleOf(a0), handleOf(a1), handleOf(a2), handleOf(a3)));
}

let binaryCrossEntropy$0: NativeOperator | undefined;
export function binaryCrossEntropy(self: Tensor, target: Tensor, weight?: Tensor | undefined, reduction?: number | bigint): Tensor;
export function binaryCrossEntropy(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  return wrap((binaryCrossEntropy$0 ??= operator("aten::binary_cross_entropy", ""))(handleOf(a0), handleOf(a1), handleOf(a2), a3));
}

let binaryCrossEntropyWithLogits$0: NativeOperator | undefined;
export function binaryCrossEntropyWithLogits(self: Tensor, target: Tensor, weight?: Tensor | undefined, posWeight?: Tensor | undefined, reduction?: number | bigint): Tensor;
export function binaryCrossEntropyWithLogits(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
  return wrap((binaryCrossEntropyWithLogits$0 ??= operator("aten::binary_cross_entropy_with_logits", ""))(handleOf(a0), handleOf(a1), handleOf(a2), handleOf(a3), a4));
}

let bincount$0: NativeOperator | undefined;
export function bincount(self: Tensor, weights?: Tensor | undefined, minlength?: number | bigint): Tensor;
export function bincount(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  return wrap((bincount$0 ??= operator("aten::bincount", ""))(handleOf(a0), handleOf(a1), a2));
}

let binomial$0: NativeOperator | undefined;
export function binomial(count: Tensor, prob: Tensor): Tensor;
export function binomial(a0?: unknown, a1?: unknown): unknown {
  return wrap((binomial$0 ??= operator("aten::binomial", ""))(handleOf(a0), handleOf(a1)));
}

let bitwiseAnd$0: NativeOperator | undefined, bitwiseAnd$1: NativeOperator | undefined, bitwiseAnd$2: NativeOperator | undefined;
export function bitwiseAnd(self: Tensor, other: Tensor): Tensor;
export function bitwiseAnd(self: Tensor, other: number | bigint | boolean): Tensor;
export function bitwiseAnd(self: number | bigint | boolean, other: Tensor): Tensor;
export function bitwiseAnd(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a0) && isTensor(a1)) {
    return wrap((bitwiseAnd$0 ??= operator("aten::bitwise_and", "Tensor"))(handleOf(a0), handleOf(a1)));
  }
  if (isTensor(a0) && isNumber(a1)) {
    return wrap((bitwiseAnd$1 ??= operator("aten::bitwise_and", "Scalar"))(handleOf(a0), a1));
  }
  return wrap((bitwiseAnd$2 ??= operator("aten::bitwise_and", "Scalar_Tensor"))(a0, handleOf(a1)));
}

let bitwiseAnd_$0: NativeOperator | undefined, bitwiseAnd_$1: NativeOperator | undefined;
export function bitwiseAnd_(self: Tensor, other: Tensor): Tensor;
export function bitwiseAnd_(self: Tensor, other: number | bigint | boolean): Tensor;
export function bitwiseAnd_(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a1)) {
    (bitwiseAnd_$0 ??= inPlaceOperator("aten::bitwise_and_", "Tensor"))(handleOf(a0), handleOf(a1));
    return a0 as Tensor;
  }
  (bitwiseAnd_$1 ??= inPlaceOperator("aten::bitwise_and_", "Scalar"))(handleOf(a0), a1);
  return a0 as Tensor;
}

let bitwiseLeftShift$0: NativeOperator | undefined, bitwiseLeftShift$1: NativeOperator | undefined, bitwiseLeftShift$2: NativeOperator | undefined;
export function bitwiseLeftShift(self: Tensor, other: Tensor): Tensor;
export function bitwiseLeftShift(self: number | bigint | boolean, other: Tensor): Tensor;
export function bitwiseLeftShift(self: Tensor, other: number | bigint | boolean): Tensor;
export function bitwiseLeftShift(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a0) && isTensor(a1)) {
    return wrap((bitwiseLeftShift$0 ??= operator("aten::bitwise_left_shift", "Tensor"))(handleOf(a0), handleOf(a1)));
  }
  if (isNumber(a0) && isTensor(a1)) {
    return wrap((bitwiseLeftShift$1 ??= operator("aten::bitwise_left_shift", "Scalar_Tensor"))(a0, handleOf(a1)));
  }
  return wrap((bitwiseLeftShift$2 ??= operator("aten::bitwise_left_shift", "Tensor_Scalar"))(handleOf(a0), a1));
}

let bitwiseLeftShift_$0: NativeOperator | undefined, bitwiseLeftShift_$1: NativeOperator | undefined;
export function bitwiseLeftShift_(self: Tensor, other: Tensor): Tensor;
export function bitwiseLeftShift_(self: Tensor, other: number | bigint | boolean): Tensor;
export function bitwiseLeftShift_(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a1)) {
    (bitwiseLeftShift_$0 ??= inPlaceOperator("aten::bitwise_left_shift_", "Tensor"))(handleOf(a0), handleOf(a1));
    return a0 as Tensor;
  }
  (bitwiseLeftShift_$1 ??= inPlaceOperator("aten::bitwise_left_shift_", "Tensor_Scalar"))(handleOf(a0), a1);
  return a0 as Tensor;
}

let bitwiseNot$0: NativeOperator | undefined;
export function bitwiseNot(self: Tensor): Tensor;
export function bitwiseNot(a0?: unknown): unknown {
  return wrap((bitwiseNot$0 ??= operator("aten::bitwise_not", ""))(handleOf(a0)));
}

let bitwiseNot_$0: NativeOperator | undefined;
export function bitwiseNot_(self: Tensor): Tensor;
export function bitwiseNot_(a0?: unknown): unknown {
  (bitwiseNot_$0 ??= inPlaceOperator("aten::bitwise_not_", ""))(handleOf(a0));
  return a0 as Tensor;
}

let bitwiseOr$0: NativeOperator | undefined, bitwiseOr$1: NativeOperator | undefined, bitwiseOr$2: NativeOperator | undefined;
export function bitwiseOr(self: Tensor, other: Tensor): Tensor;
export function bitwiseOr(self: Tensor, other: number | bigint | boolean): Tensor;
export function bitwiseOr(self: number | bigint | boolean, other: Tensor): Tensor;
export function bitwiseOr(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a0) && isTensor(a1)) {
    return wrap((bitwiseOr$0 ??= operator("aten::bitwise_or", "Tensor"))(handleOf(a0), handleOf(a1)));
  }
  if (isTensor(a0) && isNumber(a1)) {
    return wrap((bitwiseOr$1 ??= operator("aten::bitwise_or", "Scalar"))(handleOf(a0), a1));
  }
  return wrap((bitwiseOr$2 ??= operator("aten::bitwise_or", "Scalar_Tensor"))(a0, handleOf(a1)));
}

let bitwiseOr_$0: NativeOperator | undefined, bitwiseOr_$1: NativeOperator | undefined;
export function bitwiseOr_(self: Tensor, other: Tensor): Tensor;
export function bitwiseOr_(self: Tensor, other: number | bigint | boolean): Tensor;
export function bitwiseOr_(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a1)) {
    (bitwiseOr_$0 ??= inPlaceOperator("aten::bitwise_or_", "Tensor"))(handleOf(a0), handleOf(a1));
    return a0 as Tensor;
  }
  (bitwiseOr_$1 ??= inPlaceOperator("aten::bitwise_or_", "Scalar"))(handleOf(a0), a1);
  return a0 as Tensor;
}

let bitwiseRightShift$0: NativeOperator | undefined, bitwiseRightShift$1: NativeOperator | undefined, bitwiseRightShift$2: NativeOperator | undefined;
export function bitwiseRightShift(self: Tensor, other: Tensor): Tensor;
export function bitwiseRightShift(self: number | bigint | boolean, other: Tensor): Tensor;
export function bitwiseRightShift(self: Tensor, other: number | bigint | boolean): Tensor;
export function bitwiseRightShift(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a0) && isTensor(a1)) {
    return wrap((bitwiseRightShift$0 ??= operator("aten::bitwise_right_shift", "Tensor"))(handleOf(a0), handleOf(a1)));
  }
  if (isNumber(a0) && isTensor(a1)) {
    return wrap((bitwiseRightShift$1 ??= operator("aten::bitwise_right_shift", "Scalar_Tensor"))(a0, handleOf(a1)));
  }
  return wrap((bitwiseRightShift$2 ??= operator("aten::bitwise_right_shift", "Tensor_Scalar"))(handleOf(a0), a1));
}

let bitwiseRightShift_$0: NativeOperator | undefined, bitwiseRightShift_$1: NativeOperator | undefined;
export function bitwiseRightShift_(self: Tensor, other: Tensor): Tensor;
export function bitwiseRightShift_(self: Tensor, other: number | bigint | boolean): Tensor;
export function bitwiseRightShift_(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a1)) {
    (bitwiseRightShift_$0 ??= inPlaceOperator("aten::bitwise_right_shift_", "Tensor"))(handleOf(a0), handleOf(a1));
    return a0 as Tensor;
  }
  (bitwiseRightShift_$1 ??= inPlaceOperator("aten::bitwise_right_shift_", "Tensor_Scalar"))(handleOf(a0), a1);
  return a0 as Tensor;
}

let bitwiseXor$0: NativeOperator | undefined, bitwiseXor$1: NativeOperator | undefined, bitwiseXor$2: NativeOperator | undefined;
export function bitwiseXor(self: Tensor, other: Tensor): Tensor;
export function bitwiseXor(self: Tensor, other: number | bigint | boolean): Tensor;
export function bitwiseXor(self: number | bigint | boolean, other: Tensor): Tensor;
export function bitwiseXor(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a0) && isTensor(a1)) {
    return wrap((bitwiseXor$0 ??= operator("aten::bitwise_xor", "Tensor"))(handleOf(a0), handleOf(a1)));
  }
  if (isTensor(a0) && isNumber(a1)) {
    return wrap((bitwiseXor$1 ??= operator("aten::bitwise_xor", "Scalar"))(handleOf(a0), a1));
  }
  return wrap((bitwiseXor$2 ??= operator("aten::bitwise_xor", "Scalar_Tensor"))(a0, handleOf(a1)));
}

let bitwiseXor_$0: NativeOperator | undefined, bitwiseXor_$1: NativeOperator | undefined;
export function bitwiseXor_(self: Tensor, other: Tensor): Tensor;
export function bitwiseXor_(self: Tensor, other: number | bigint | boolean): Tensor;
export function bitwiseXor_(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a1)) {
    (bitwiseXor_$0 ??= inPlaceOperator("aten::bitwise_xor_", "Tensor"))(handleOf(a0), handleOf(a1));
    return a0 as Tensor;
  }
  (bitwiseXor_$1 ??= inPlaceOperator("aten::bitwise_xor_", "Scalar"))(handleOf(a0), a1);
  return a0 as Tensor;
}

let blackmanWindow$0: NativeOperator | undefined, blackmanWindow$1: NativeOperator | undefined;
export function blackmanWindow(windowLength: number | bigint, options?: { dtype?: DType | undefined; device?: string | undefined }): Tensor;
export function blackmanWindow(windowLength: number | bigint, periodic: boolean, options?: { dtype?: DType | undefined; device?: string | undefined }): Tensor;
export function blackmanWindow(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (isOptions(a1) && a2 === undefined) {
    if (a1 !== undefined) checkOptions("aten::blackman_window", a1, ["dtype", "device"]);
    return wrap((blackmanWindow$0 ??= operator("aten::blackman_window", ""))(a0, (a1 as Options)?.dtype, undefined, (a1 as Options)?.device));
  }
  if (a2 !== undefined) checkOptions("aten::blackman_window", a2, ["dtype", "device"]);
  return wrap((blackmanWindow$1 ??= operator("aten::blackman_window", "periodic"))(a0, a1, (a2 as Options)?.dtype, undefined, (a2 as Options)?.device));
}

let blockDiag$0: NativeOperator | undefined;
export function blockDiag(tensors: readonly Tensor[]): Tensor;
export function blockDiag(a0?: unknown): unknown {
  return wrap((blockDiag$0 ??= operator("aten::block_diag", ""))(handlesOf(a0)));
}

let bmm$0: NativeOperator | undefined;
export function bmm(self: Tensor, mat2: Tensor): Tensor;
export function bmm(a0?: unknown, a1?: unknown): unknown {
  return wrap((bmm$0 ??= operator("aten::bmm", ""))(handleOf(a0), handleOf(a1)));
}

let broadcastTensors$0: NativeOperator | undefined;
export function broadcastTensors(tensors: readonly Tensor[]): Tensor[];
export function broadcastTensors(a0?: unknown): unknown {
  return wrapList((broadcastTensors$0 ??= operator("aten::broadcast_tensors", ""))(handlesOf(a0)));
}

let broadcastTo$0: NativeOperator | undefined;
export function broadcastTo(self: Tensor, size: readonly number[]): Tensor;
export function broadcastTo(a0?: unknown, a1?: unknown): unknown {
  return wrap((broadcastTo$0 ??= operator("aten::broadcast_to", ""))(handleOf(a0), a1));
}

let bucketize$0: NativeOperator | undefined, bucketize$1: NativeOperator | undefined;
export function bucketize(self: Tensor, boundaries: Tensor, options?: { outInt32?: boolean | undefined; right?: boolean | undefined }): Tensor;
export function bucketize(self: number | bigint | boolean, boundaries: Tensor, options?: { outInt32?: boolean | undefined; right?: boolean | undefined }): Tensor;
export function bucketize(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (isTensor(a0) && isOptions(a2)) {
    if (a2 !== undefined) checkOptions("aten::bucketize", a2, ["outInt32", "right"]);
    return wrap((bucketize$0 ??= operator("aten::bucketize", "Tensor"))(handleOf(a0), handleOf(a1), (a2 as Options)?.outInt32, (a2 as Options)?.right));
  }
  if (a2 !== undefined) checkOptions("aten::bucketize", a2, ["outInt32", "right"]);
  return wrap((bucketize$1 ??= operator("aten::bucketize", "Scalar"))(a0, handleOf(a1), (a2 as Options)?.outInt32, (a2 as Options)?.right));
}

let cartesianProd$0: NativeOperator | undefined;
export function cartesianProd(tensors: readonly Tensor[]): Tensor;
export function cartesianProd(a0?: unknown): unknown {
  return wrap((cartesianProd$0 ??= operator("aten::cartesian_prod", ""))(handlesOf(a0)));
}

let cat$0: NativeOperator | undefined, cat$1: NativeOperator | undefined;
export function cat(tensors: readonly Tensor[], dim?: number | bigint): Tensor;
export function cat(tensors: readonly Tensor[], dim: string): Tensor;
export function cat(a0?: unknown, a1?: unknown): unknown {
  if ((a1 === undefined || isNumber(a1))) {
    return wrap((cat$0 ??= operator("aten::cat", ""))(handlesOf(a0), a1));
  }
  return wrap((cat$1 ??= operator("aten::cat", "names"))(handlesOf(a0), a1));
}

let cauchy$0: NativeOperator | undefined;
export function cauchy(self: Tensor, median?: number, sigma?: number): Tensor;
export function cauchy(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  return wrap((cauchy$0 ??= operator("aten::cauchy", ""))(handleOf(a0), a1, a2));
}

let cauchy_$0: NativeOperator | undefined;
export function cauchy_(self: Tensor, median?: number, sigma?: number): Tensor;
export function cauchy_(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  (cauchy_$0 ??= inPlaceOperator("aten::cauchy_", ""))(handleOf(a0), a1, a2);
  return a0 as Tensor;
}

let ccolIndices$0: NativeOperator | undefined;
export function ccolIndices(self: Tensor): Tensor;
export function ccolIndices(a0?: unknown): unknown {
  return wrap((ccolIndices$0 ??= operator("aten::ccol_indices", ""))(handleOf(a0)));
}

let cdist$0: NativeOperator | undefined;
export function cdist(x1: Tensor, x2: Tensor, p?: number, computeMode?: number | bigint | undefined): Tensor;
export function cdist(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  return wrap((cdist$0 ??= operator("aten::cdist", ""))(handleOf(a0), handleOf(a1), a2, a3));
}

let ceil$0: NativeOperator | undefined;
export function ceil(self: Tensor): Tensor;
export function ceil(a0?: unknown): unknown {
  return wrap((ceil$0 ??= operator("aten::ceil", ""))(handleOf(a0)));
}

let ceil_$0: NativeOperator | undefined;
export function ceil_(self: Tensor): Tensor;
export function ceil_(a0?: unknown): unknown {
  (ceil_$0 ??= inPlaceOperator("aten::ceil_", ""))(handleOf(a0));
  return a0 as Tensor;
}

let celu$0: NativeOperator | undefined;
export function celu(self: Tensor, alpha?: number | bigint | boolean): Tensor;
export function celu(a0?: unknown, a1?: unknown): unknown {
  return wrap((celu$0 ??= operator("aten::celu", ""))(handleOf(a0), a1));
}

let celu_$0: NativeOperator | undefined;
export function celu_(self: Tensor, alpha?: number | bigint | boolean): Tensor;
export function celu_(a0?: unknown, a1?: unknown): unknown {
  (celu_$0 ??= inPlaceOperator("aten::celu_", ""))(handleOf(a0), a1);
  return a0 as Tensor;
}

let chainMatmul$0: NativeOperator | undefined;
export function chainMatmul(matrices: readonly Tensor[]): Tensor;
export function chainMatmul(a0?: unknown): unknown {
  return wrap((chainMatmul$0 ??= operator("aten::chain_matmul", ""))(handlesOf(a0)));
}

let chalf$0: NativeOperator | undefined;
export function chalf(self: Tensor, options?: { memoryFormat?: MemoryFormat | undefined }): Tensor;
export function chalf(a0?: unknown, a1?: unknown): unknown {
  if (a1 !== undefined) checkOptions("aten::chalf", a1, ["memoryFormat"]);
  return wrap((chalf$0 ??= operator("aten::chalf", ""))(handleOf(a0), (a1 as Options)?.memoryFormat));
}

let channelShuffle$0: NativeOperator | undefined;
export function channelShuffle(self: Tensor, groups: number | bigint): Tensor;
export function channelShuffle(a0?: unknown, a1?: unknown): unknown {
  return wrap((channelShuffle$0 ??= operator("aten::channel_shuffle", ""))(handleOf(a0), a1));
}

let cholesky$0: NativeOperator | undefined;
export function cholesky(self: Tensor, upper?: boolean): Tensor;
export function cholesky(a0?: unknown, a1?: unknown): unknown {
  return wrap((cholesky$0 ??= operator("aten::cholesky", ""))(handleOf(a0), a1));
}

let choleskyInverse$0: NativeOperator | undefined;
export function choleskyInverse(self: Tensor, upper?: boolean): Tensor;
export function choleskyInverse(a0?: unknown, a1?: unknown): unknown {
  return wrap((choleskyInverse$0 ??= operator("aten::cholesky_inverse", ""))(handleOf(a0), a1));
}

let choleskySolve$0: NativeOperator | undefined;
export function choleskySolve(self: Tensor, input2: Tensor, upper?: boolean): Tensor;
export function choleskySolve(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  return wrap((choleskySolve$0 ??= operator("aten::cholesky_solve", ""))(handleOf(a0), handleOf(a1), a2));
}

let chooseQparamsOptimized$0: NativeOperator | undefined;
export function chooseQparamsOptimized(input: Tensor, numel: number | bigint, nBins: number | bigint, ratio: number, bitWidth: number | bigint): [Tensor, Tensor];
export function chooseQparamsOptimized(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
  return wrapTuple((chooseQparamsOptimized$0 ??= operator("aten::choose_qparams_optimized", ""))(handleOf(a0), a1, a2, a3, a4), "TT");
}

let chunk$0: NativeOperator | undefined;
export function chunk(self: Tensor, chunks: number | bigint, dim?: number | bigint): Tensor[];
export function chunk(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  return wrapList((chunk$0 ??= operator("aten::chunk", ""))(handleOf(a0), a1, a2));
}

let clamp$0: NativeOperator | undefined, clamp$1: NativeOperator | undefined;
export function clamp(self: Tensor, min?: Tensor | undefined, max?: Tensor | undefined): Tensor;
export function clamp(self: Tensor, min?: number | bigint | boolean | undefined, max?: number | bigint | boolean | undefined): Tensor;
export function clamp(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if ((a1 === undefined || isTensor(a1)) && (a2 === undefined || isTensor(a2))) {
    return wrap((clamp$0 ??= operator("aten::clamp", "Tensor"))(handleOf(a0), handleOf(a1), handleOf(a2)));
  }
  return wrap((clamp$1 ??= operator("aten::clamp", ""))(handleOf(a0), a1, a2));
}

let clampMax$0: NativeOperator | undefined, clampMax$1: NativeOperator | undefined;
export function clampMax(self: Tensor, max: Tensor): Tensor;
export function clampMax(self: Tensor, max: number | bigint | boolean): Tensor;
export function clampMax(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a1)) {
    return wrap((clampMax$0 ??= operator("aten::clamp_max", "Tensor"))(handleOf(a0), handleOf(a1)));
  }
  return wrap((clampMax$1 ??= operator("aten::clamp_max", ""))(handleOf(a0), a1));
}

let clampMax_$0: NativeOperator | undefined, clampMax_$1: NativeOperator | undefined;
export function clampMax_(self: Tensor, max: Tensor): Tensor;
export function clampMax_(self: Tensor, max: number | bigint | boolean): Tensor;
export function clampMax_(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a1)) {
    (clampMax_$0 ??= inPlaceOperator("aten::clamp_max_", "Tensor"))(handleOf(a0), handleOf(a1));
    return a0 as Tensor;
  }
  (clampMax_$1 ??= inPlaceOperator("aten::clamp_max_", ""))(handleOf(a0), a1);
  return a0 as Tensor;
}

let clampMin$0: NativeOperator | undefined, clampMin$1: NativeOperator | undefined;
export function clampMin(self: Tensor, min: Tensor): Tensor;
export function clampMin(self: Tensor, min: number | bigint | boolean): Tensor;
export function clampMin(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a1)) {
    return wrap((clampMin$0 ??= operator("aten::clamp_min", "Tensor"))(handleOf(a0), handleOf(a1)));
  }
  return wrap((clampMin$1 ??= operator("aten::clamp_min", ""))(handleOf(a0), a1));
}

let clampMin_$0: NativeOperator | undefined, clampMin_$1: NativeOperator | undefined;
export function clampMin_(self: Tensor, min: Tensor): Tensor;
export function clampMin_(self: Tensor, min: number | bigint | boolean): Tensor;
export function clampMin_(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a1)) {
    (clampMin_$0 ??= inPlaceOperator("aten::clamp_min_", "Tensor"))(handleOf(a0), handleOf(a1));
    return a0 as Tensor;
  }
  (clampMin_$1 ??= inPlaceOperator("aten::clamp_min_", ""))(handleOf(a0), a1);
  return a0 as Tensor;
}

let clamp_$0: NativeOperator | undefined, clamp_$1: NativeOperator | undefined;
export function clamp_(self: Tensor, min?: Tensor | undefined, max?: Tensor | undefined): Tensor;
export function clamp_(self: Tensor, min?: number | bigint | boolean | undefined, max?: number | bigint | boolean | undefined): Tensor;
export function clamp_(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if ((a1 === undefined || isTensor(a1)) && (a2 === undefined || isTensor(a2))) {
    (clamp_$0 ??= inPlaceOperator("aten::clamp_", "Tensor"))(handleOf(a0), handleOf(a1), handleOf(a2));
    return a0 as Tensor;
  }
  (clamp_$1 ??= inPlaceOperator("aten::clamp_", ""))(handleOf(a0), a1, a2);
  return a0 as Tensor;
}

let clip$0: NativeOperator | undefined, clip$1: NativeOperator | undefined;
export function clip(self: Tensor, min?: Tensor | undefined, max?: Tensor | undefined): Tensor;
export function clip(self: Tensor, min?: number | bigint | boolean | undefined, max?: number | bigint | boolean | undefined): Tensor;
export function clip(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if ((a1 === undefined || isTensor(a1)) && (a2 === undefined || isTensor(a2))) {
    return wrap((clip$0 ??= operator("aten::clip", "Tensor"))(handleOf(a0), handleOf(a1), handleOf(a2)));
  }
  return wrap((clip$1 ??= operator("aten::clip", ""))(handleOf(a0), a1, a2));
}

let clip_$0: NativeOperator | undefined, clip_$1: NativeOperator | undefined;
export function clip_(self: Tensor, min?: Tensor | undefined, max?: Tensor | undefined): Tensor;
export function clip_(self: Tensor, min?: number | bigint | boolean | undefined, max?: number | bigint | boolean | undefined): Tensor;
export function clip_(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if ((a1 === undefined || isTensor(a1)) && (a2 === undefined || isTensor(a2))) {
    (clip_$0 ??= inPlaceOperator("aten::clip_", "Tensor"))(handleOf(a0), handleOf(a1), handleOf(a2));
    return a0 as Tensor;
  }
  (clip_$1 ??= inPlaceOperator("aten::clip_", ""))(handleOf(a0), a1, a2);
  return a0 as Tensor;
}

let clone$0: NativeOperator | undefined;
export function clone(self: Tensor, options?: { memoryFormat?: MemoryFormat | undefined }): Tensor;
export function clone(a0?: unknown, a1?: unknown): unknown {
  if (a1 !== undefined) checkOptions("aten::clone", a1, ["memoryFormat"]);
  return wrap((clone$0 ??= operator("aten::clone", ""))(handleOf(a0), (a1 as Options)?.memoryFormat));
}

let coalesce$0: NativeOperator | undefined;
export function coalesce(self: Tensor): Tensor;
export function coalesce(a0?: unknown): unknown {
  return wrap((coalesce$0 ??= operator("aten::coalesce", ""))(handleOf(a0)));
}

let col2im$0: NativeOperator | undefined;
export function col2im(self: Tensor, outputSize: number | readonly number[], kernelSize: number | readonly number[], dilation: number | readonly number[], padding: number | readonly number[], stride: number | readonly number[]): Tensor;
export function col2im(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown, a5?: unknown): unknown {
  return wrap((col2im$0 ??= operator("aten::col2im", ""))(handleOf(a0), a1, a2, a3, a4, a5));
}

let colIndices$0: NativeOperator | undefined;
export function colIndices(self: Tensor): Tensor;
export function colIndices(a0?: unknown): unknown {
  return wrap((colIndices$0 ??= operator("aten::col_indices", ""))(handleOf(a0)));
}

let columnStack$0: NativeOperator | undefined;
export function columnStack(tensors: readonly Tensor[]): Tensor;
export function columnStack(a0?: unknown): unknown {
  return wrap((columnStack$0 ??= operator("aten::column_stack", ""))(handlesOf(a0)));
}

let combinations$0: NativeOperator | undefined;
export function combinations(self: Tensor, r?: number | bigint, withReplacement?: boolean): Tensor;
export function combinations(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  return wrap((combinations$0 ??= operator("aten::combinations", ""))(handleOf(a0), a1, a2));
}

let complex$0: NativeOperator | undefined;
export function complex(real: Tensor, imag: Tensor): Tensor;
export function complex(a0?: unknown, a1?: unknown): unknown {
  return wrap((complex$0 ??= operator("aten::complex", ""))(handleOf(a0), handleOf(a1)));
}

let concat$0: NativeOperator | undefined, concat$1: NativeOperator | undefined;
export function concat(tensors: readonly Tensor[], dim?: number | bigint): Tensor;
export function concat(tensors: readonly Tensor[], dim: string): Tensor;
export function concat(a0?: unknown, a1?: unknown): unknown {
  if ((a1 === undefined || isNumber(a1))) {
    return wrap((concat$0 ??= operator("aten::concat", ""))(handlesOf(a0), a1));
  }
  return wrap((concat$1 ??= operator("aten::concat", "names"))(handlesOf(a0), a1));
}

let concatenate$0: NativeOperator | undefined, concatenate$1: NativeOperator | undefined;
export function concatenate(tensors: readonly Tensor[], dim?: number | bigint): Tensor;
export function concatenate(tensors: readonly Tensor[], dim: string): Tensor;
export function concatenate(a0?: unknown, a1?: unknown): unknown {
  if ((a1 === undefined || isNumber(a1))) {
    return wrap((concatenate$0 ??= operator("aten::concatenate", ""))(handlesOf(a0), a1));
  }
  return wrap((concatenate$1 ??= operator("aten::concatenate", "names"))(handlesOf(a0), a1));
}

let conj$0: NativeOperator | undefined;
export function conj(self: Tensor): Tensor;
export function conj(a0?: unknown): unknown {
  return wrap((conj$0 ??= operator("aten::conj", ""))(handleOf(a0)));
}

let conjPhysical$0: NativeOperator | undefined;
export function conjPhysical(self: Tensor): Tensor;
export function conjPhysical(a0?: unknown): unknown {
  return wrap((conjPhysical$0 ??= operator("aten::conj_physical", ""))(handleOf(a0)));
}

let conjPhysical_$0: NativeOperator | undefined;
export function conjPhysical_(self: Tensor): Tensor;
export function conjPhysical_(a0?: unknown): unknown {
  (conjPhysical_$0 ??= inPlaceOperator("aten::conj_physical_", ""))(handleOf(a0));
  return a0 as Tensor;
}

let constantPadNd$0: NativeOperator | undefined;
export function constantPadNd(self: Tensor, pad: readonly number[], value?: number | bigint | boolean): Tensor;
export function constantPadNd(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  return wrap((constantPadNd$0 ??= operator("aten::constant_pad_nd", ""))(handleOf(a0), a1, a2));
}

let contiguous$0: NativeOperator | undefined;
export function contiguous(self: Tensor, options?: { memoryFormat?: MemoryFormat | undefined }): Tensor;
export function contiguous(a0?: unknown, a1?: unknown): unknown {
  if (a1 !== undefined) checkOptions("aten::contiguous", a1, ["memoryFormat"]);
  return wrap((contiguous$0 ??= operator("aten::contiguous", ""))(handleOf(a0), (a1 as Options)?.memoryFormat));
}

let conv1d$0: NativeOperator | undefined, conv1d$1: NativeOperator | undefined;
export function conv1d(input: Tensor, weight: Tensor, bias?: Tensor | undefined, stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[], groups?: number | bigint): Tensor;
export function conv1d(input: Tensor, weight: Tensor, bias?: Tensor | undefined, stride?: number | readonly number[], padding?: string, dilation?: number | readonly number[], groups?: number | bigint): Tensor;
export function conv1d(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown, a5?: unknown, a6?: unknown): unknown {
  if ((a4 === undefined || isNumbers(a4))) {
    return wrap((conv1d$0 ??= operator("aten::conv1d", ""))(handleOf(a0), handleOf(a1), handleOf(a2), a3, a4, a5, a6));
  }
  return wrap((conv1d$1 ??= operator("aten::conv1d", "padding"))(handleOf(a0), handleOf(a1), handleOf(a2), a3, a4, a5, a6));
}

let conv2d$0: NativeOperator | undefined, conv2d$1: NativeOperator | undefined;
export function conv2d(input: Tensor, weight: Tensor, bias?: Tensor | undefined, stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[], groups?: number | bigint): Tensor;
export function conv2d(input: Tensor, weight: Tensor, bias?: Tensor | undefined, stride?: number | readonly number[], padding?: string, dilation?: number | readonly number[], groups?: number | bigint): Tensor;
export function conv2d(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown, a5?: unknown, a6?: unknown): unknown {
  if ((a4 === undefined || isNumbers(a4))) {
    return wrap((conv2d$0 ??= operator("aten::conv2d", ""))(handleOf(a0), handleOf(a1), handleOf(a2), a3, a4, a5, a6));
  }
  return wrap((conv2d$1 ??= operator("aten::conv2d", "padding"))(handleOf(a0), handleOf(a1), handleOf(a2), a3, a4, a5, a6));
}

let conv3d$0: NativeOperator | undefined, conv3d$1: NativeOperator | undefined;
export function conv3d(input: Tensor, weight: Tensor, bias?: Tensor | undefined, stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[], groups?: number | bigint): Tensor;
export function conv3d(input: Tensor, weight: Tensor, bias?: Tensor | undefined, stride?: number | readonly number[], padding?: string, dilation?: number | readonly number[], groups?: number | bigint): Tensor;
export function conv3d(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown, a5?: unknown, a6?: unknown): unknown {
  if ((a4 === undefined || isNumbers(a4))) {
    return wrap((conv3d$0 ??= operator("aten::conv3d", ""))(handleOf(a0), handleOf(a1), handleOf(a2), a3, a4, a5, a6));
  }
  return wrap((conv3d$1 ??= operator("aten::conv3d", "padding"))(handleOf(a0), handleOf(a1), handleOf(a2), a3, a4, a5, a6));
}

let convDepthwise3d$0: NativeOperator | undefined;
export function convDepthwise3d(self: Tensor, weight: Tensor, kernelSize: number | readonly number[], bias: Tensor | undefined, stride: number | readonly number[], padding: number | readonly number[], dilation: number | readonly number[]): Tensor;
export function convDepthwise3d(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown, a5?: unknown, a6?: unknown): unknown {
  return wrap((convDepthwise3d$0 ??= operator("aten::conv_depthwise3d", ""))(handleOf(a0), handleOf(a1), a2, handleOf(a3), a4, a5, a6));
}

let convTbc$0: NativeOperator | undefined;
export function convTbc(self: Tensor, weight: Tensor, bias: Tensor, pad?: number | bigint): Tensor;
export function convTbc(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  return wrap((convTbc$0 ??= operator("aten::conv_tbc", ""))(handleOf(a0), handleOf(a1), handleOf(a2), a3));
}

let convTranspose1d$0: NativeOperator | undefined;
export function convTranspose1d(input: Tensor, weight: Tensor, bias?: Tensor | undefined, stride?: number | readonly number[], padding?: number | readonly number[], outputPadding?: number | readonly number[], groups?: number | bigint, dilation?: number | readonly number[]): Tensor;
export function convTranspose1d(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown, a5?: unknown, a6?: unknown, a7?: unknown): unknown {
  return wrap((convTranspose1d$0 ??= operator("aten::conv_transpose1d", ""))(handleOf(a0), handleOf(a1), handleOf(a2), a3, a4, a5, a6, a7));
}

let convTranspose2d$0: NativeOperator | undefined;
export function convTranspose2d(input: Tensor, weight: Tensor, bias?: Tensor | undefined, stride?: number | readonly number[], padding?: number | readonly number[], outputPadding?: number | readonly number[], groups?: number | bigint, dilation?: number | readonly number[]): Tensor;
export function convTranspose2d(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown, a5?: unknown, a6?: unknown, a7?: unknown): unknown {
  return wrap((convTranspose2d$0 ??= operator("aten::conv_transpose2d", "input"))(handleOf(a0), handleOf(a1), handleOf(a2), a3, a4, a5, a6, a7));
}

let convTranspose3d$0: NativeOperator | undefined;
export function convTranspose3d(input: Tensor, weight: Tensor, bias?: Tensor | undefined, stride?: number | readonly number[], padding?: number | readonly number[], outputPadding?: number | readonly number[], groups?: number | bigint, dilation?: number | readonly number[]): Tensor;
export function convTranspose3d(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown, a5?: unknown, a6?: unknown, a7?: unknown): unknown {
  return wrap((convTranspose3d$0 ??= operator("aten::conv_transpose3d", "input"))(handleOf(a0), handleOf(a1), handleOf(a2), a3, a4, a5, a6, a7));
}

let convolution$0: NativeOperator | undefined;
export function convolution(input: Tensor, weight: Tensor, bias: Tensor | undefined, stride: readonly number[], padding: readonly number[], dilation: readonly number[], transposed: boolean, outputPadding: readonly number[], groups: number | bigint): Tensor;
export function convolution(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown, a5?: unknown, a6?: unknown, a7?: unknown, a8?: unknown): unknown {
  return wrap((convolution$0 ??= operator("aten::convolution", ""))(handleOf(a0), handleOf(a1), handleOf(a2), a3, a4, a5, a6, a7, a8));
}

let convolutionOverrideable$0: NativeOperator | undefined;
export function convolutionOverrideable(input: Tensor, weight: Tensor, bias: Tensor | undefined, stride: readonly number[], padding: readonly number[], dilation: readonly number[], transposed: boolean, outputPadding: readonly number[], groups: number | bigint): Tensor;
export function convolutionOverrideable(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown, a5?: unknown, a6?: unknown, a7?: unknown, a8?: unknown): unknown {
  return wrap((convolutionOverrideable$0 ??= operator("aten::convolution_overrideable", ""))(handleOf(a0), handleOf(a1), handleOf(a2), a3, a4, a5, a6, a7, a8));
}

let copy$0: NativeOperator | undefined;
export function copy(self: Tensor, src: Tensor, nonBlocking?: boolean): Tensor;
export function copy(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  return wrap((copy$0 ??= operator("aten::copy", ""))(handleOf(a0), handleOf(a1), a2));
}

let copySparseToSparse$0: NativeOperator | undefined;
export function copySparseToSparse(self: Tensor, src: Tensor, nonBlocking?: boolean): Tensor;
export function copySparseToSparse(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  return wrap((copySparseToSparse$0 ??= operator("aten::copy_sparse_to_sparse", ""))(handleOf(a0), handleOf(a1), a2));
}

let copySparseToSparse_$0: NativeOperator | undefined;
export function copySparseToSparse_(self: Tensor, src: Tensor, nonBlocking?: boolean): Tensor;
export function copySparseToSparse_(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  (copySparseToSparse_$0 ??= inPlaceOperator("aten::copy_sparse_to_sparse_", ""))(handleOf(a0), handleOf(a1), a2);
  return a0 as Tensor;
}

let copy_$0: NativeOperator | undefined;
export function copy_(self: Tensor, src: Tensor, nonBlocking?: boolean): Tensor;
export function copy_(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  (copy_$0 ??= inPlaceOperator("aten::copy_", ""))(handleOf(a0), handleOf(a1), a2);
  return a0 as Tensor;
}

let copysign$0: NativeOperator | undefined, copysign$1: NativeOperator | undefined;
export function copysign(self: Tensor, other: Tensor): Tensor;
export function copysign(self: Tensor, other: number | bigint | boolean): Tensor;
export function copysign(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a1)) {
    return wrap((copysign$0 ??= operator("aten::copysign", "Tensor"))(handleOf(a0), handleOf(a1)));
  }
  return wrap((copysign$1 ??= operator("aten::copysign", "Scalar"))(handleOf(a0), a1));
}

let copysign_$0: NativeOperator | undefined, copysign_$1: NativeOperator | undefined;
export function copysign_(self: Tensor, other: Tensor): Tensor;
export function copysign_(self: Tensor, other: number | bigint | boolean): Tensor;
export function copysign_(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a1)) {
    (copysign_$0 ??= inPlaceOperator("aten::copysign_", "Tensor"))(handleOf(a0), handleOf(a1));
    return a0 as Tensor;
  }
  (copysign_$1 ??= inPlaceOperator("aten::copysign_", "Scalar"))(handleOf(a0), a1);
  return a0 as Tensor;
}

let corrcoef$0: NativeOperator | undefined;
export function corrcoef(self: Tensor): Tensor;
export function corrcoef(a0?: unknown): unknown {
  return wrap((corrcoef$0 ??= operator("aten::corrcoef", ""))(handleOf(a0)));
}

let cos$0: NativeOperator | undefined;
export function cos(self: Tensor): Tensor;
export function cos(a0?: unknown): unknown {
  return wrap((cos$0 ??= operator("aten::cos", ""))(handleOf(a0)));
}

let cos_$0: NativeOperator | undefined;
export function cos_(self: Tensor): Tensor;
export function cos_(a0?: unknown): unknown {
  (cos_$0 ??= inPlaceOperator("aten::cos_", ""))(handleOf(a0));
  return a0 as Tensor;
}

let cosh$0: NativeOperator | undefined;
export function cosh(self: Tensor): Tensor;
export function cosh(a0?: unknown): unknown {
  return wrap((cosh$0 ??= operator("aten::cosh", ""))(handleOf(a0)));
}

let cosh_$0: NativeOperator | undefined;
export function cosh_(self: Tensor): Tensor;
export function cosh_(a0?: unknown): unknown {
  (cosh_$0 ??= inPlaceOperator("aten::cosh_", ""))(handleOf(a0));
  return a0 as Tensor;
}

let cosineEmbeddingLoss$0: NativeOperator | undefined;
export function cosineEmbeddingLoss(input1: Tensor, input2: Tensor, target: Tensor, margin?: number, reduction?: number | bigint): Tensor;
export function cosineEmbeddingLoss(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
  return wrap((cosineEmbeddingLoss$0 ??= operator("aten::cosine_embedding_loss", ""))(handleOf(a0), handleOf(a1), handleOf(a2), a3, a4));
}

let cosineSimilarity$0: NativeOperator | undefined;
export function cosineSimilarity(x1: Tensor, x2: Tensor, dim?: number | bigint, eps?: number): Tensor;
export function cosineSimilarity(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  return wrap((cosineSimilarity$0 ??= operator("aten::cosine_similarity", ""))(handleOf(a0), handleOf(a1), a2, a3));
}

let countNonzero$0: NativeOperator | undefined, countNonzero$1: NativeOperator | undefined;
export function countNonzero(self: Tensor, dim?: number | bigint | undefined): Tensor;
export function countNonzero(self: Tensor, dim: readonly number[]): Tensor;
export function countNonzero(a0?: unknown, a1?: unknown): unknown {
  if ((a1 === undefined || isNumber(a1))) {
    return wrap((countNonzero$0 ??= operator("aten::count_nonzero", ""))(handleOf(a0), a1));
  }
  return wrap((countNonzero$1 ??= operator("aten::count_nonzero", "dim_IntList"))(handleOf(a0), a1));
}

let cov$0: NativeOperator | undefined;
export function cov(self: Tensor, options?: { correction?: number | bigint | undefined; fweights?: Tensor | undefined; aweights?: Tensor | undefined }): Tensor;
export function cov(a0?: unknown, a1?: unknown): unknown {
  if (a1 !== undefined) checkOptions("aten::cov", a1, ["correction", "fweights", "aweights"]);
  return wrap((cov$0 ??= operator("aten::cov", ""))(handleOf(a0), (a1 as Options)?.correction, handleOf((a1 as Options)?.fweights), handleOf((a1 as Options)?.aweights)));
}

let cross$0: NativeOperator | undefined;
export function cross(self: Tensor, other: Tensor, dim?: number | bigint | undefined): Tensor;
export function cross(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  return wrap((cross$0 ??= operator("aten::cross", ""))(handleOf(a0), handleOf(a1), a2));
}

let crossEntropyLoss$0: NativeOperator | undefined;
export function crossEntropyLoss(self: Tensor, target: Tensor, weight?: Tensor | undefined, reduction?: number | bigint, ignoreIndex?: number | bigint, labelSmoothing?: number): Tensor;
export function crossEntropyLoss(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown, a5?: unknown): unknown {
  return wrap((crossEntropyLoss$0 ??= operator("aten::cross_entropy_loss", ""))(handleOf(a0), handleOf(a1), handleOf(a2), a3, a4, a5));
}

let crowIndices$0: NativeOperator | undefined;
export function crowIndices(self: Tensor): Tensor;
export function crowIndices(a0?: unknown): unknown {
  return wrap((crowIndices$0 ??= operator("aten::crow_indices", ""))(handleOf(a0)));
}

let ctcLoss$0: NativeOperator | undefined, ctcLoss$1: NativeOperator | undefined;
export function ctcLoss(logProbs: Tensor, targets: Tensor, inputLengths: Tensor, targetLengths: Tensor, blank?: number | bigint, reduction?: number | bigint, zeroInfinity?: boolean): Tensor;
export function ctcLoss(logProbs: Tensor, targets: Tensor, inputLengths: readonly number[], targetLengths: readonly number[], blank?: number | bigint, reduction?: number | bigint, zeroInfinity?: boolean): Tensor;
export function ctcLoss(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown, a5?: unknown, a6?: unknown): unknown {
  if (isTensor(a2) && isTensor(a3)) {
    return wrap((ctcLoss$0 ??= operator("aten::ctc_loss", "Tensor"))(handleOf(a0), handleOf(a1), handleOf(a2), handleOf(a3), a4, a5, a6));
  }
  return wrap((ctcLoss$1 ??= operator("aten::ctc_loss", "IntList"))(handleOf(a0), handleOf(a1), a2, a3, a4, a5, a6));
}

let cummax$0: NativeOperator | undefined, cummax$1: NativeOperator | undefined;
export function cummax(self: Tensor, dim: number | bigint): [Tensor, Tensor];
export function cummax(self: Tensor, dim: string): [Tensor, Tensor];
export function cummax(a0?: unknown, a1?: unknown): unknown {
  if (isNumber(a1)) {
    return wrapTuple((cummax$0 ??= operator("aten::cummax", ""))(handleOf(a0), a1), "TT");
  }
  return wrapTuple((cummax$1 ??= operator("aten::cummax", "dimname"))(handleOf(a0), a1), "TT");
}

let cummin$0: NativeOperator | undefined, cummin$1: NativeOperator | undefined;
export function cummin(self: Tensor, dim: number | bigint): [Tensor, Tensor];
export function cummin(self: Tensor, dim: string): [Tensor, Tensor];
export function cummin(a0?: unknown, a1?: unknown): unknown {
  if (isNumber(a1)) {
    return wrapTuple((cummin$0 ??= operator("aten::cummin", ""))(handleOf(a0), a1), "TT");
  }
  return wrapTuple((cummin$1 ??= operator("aten::cummin", "dimname"))(handleOf(a0), a1), "TT");
}

let cumprod$0: NativeOperator | undefined, cumprod$1: NativeOperator | undefined;
export function cumprod(self: Tensor, dim: number | bigint, options?: { dtype?: DType | undefined }): Tensor;
export function cumprod(self: Tensor, dim: string, options?: { dtype?: DType | undefined }): Tensor;
export function cumprod(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (isNumber(a1) && isOptions(a2)) {
    if (a2 !== undefined) checkOptions("aten::cumprod", a2, ["dtype"]);
    return wrap((cumprod$0 ??= operator("aten::cumprod", ""))(handleOf(a0), a1, (a2 as Options)?.dtype));
  }
  if (a2 !== undefined) checkOptions("aten::cumprod", a2, ["dtype"]);
  return wrap((cumprod$1 ??= operator("aten::cumprod", "dimname"))(handleOf(a0), a1, (a2 as Options)?.dtype));
}

let cumprod_$0: NativeOperator | undefined, cumprod_$1: NativeOperator | undefined;
export function cumprod_(self: Tensor, dim: number | bigint, options?: { dtype?: DType | undefined }): Tensor;
export function cumprod_(self: Tensor, dim: string, options?: { dtype?: DType | undefined }): Tensor;
export function cumprod_(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (isNumber(a1) && isOptions(a2)) {
    if (a2 !== undefined) checkOptions("aten::cumprod_", a2, ["dtype"]);
    (cumprod_$0 ??= inPlaceOperator("aten::cumprod_", ""))(handleOf(a0), a1, (a2 as Options)?.dtype);
    return a0 as Tensor;
  }
  if (a2 !== undefined) checkOptions("aten::cumprod_", a2, ["dtype"]);
  (cumprod_$1 ??= inPlaceOperator("aten::cumprod_", "dimname"))(handleOf(a0), a1, (a2 as Options)?.dtype);
  return a0 as Tensor;
}

let cumsum$0: NativeOperator | undefined, cumsum$1: NativeOperator | undefined;
export function cumsum(self: Tensor, dim: number | bigint, options?: { dtype?: DType | undefined }): Tensor;
export function cumsum(self: Tensor, dim: string, options?: { dtype?: DType | undefined }): Tensor;
export function cumsum(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (isNumber(a1) && isOptions(a2)) {
    if (a2 !== undefined) checkOptions("aten::cumsum", a2, ["dtype"]);
    return wrap((cumsum$0 ??= operator("aten::cumsum", ""))(handleOf(a0), a1, (a2 as Options)?.dtype));
  }
  if (a2 !== undefined) checkOptions("aten::cumsum", a2, ["dtype"]);
  return wrap((cumsum$1 ??= operator("aten::cumsum", "dimname"))(handleOf(a0), a1, (a2 as Options)?.dtype));
}

let cumsum_$0: NativeOperator | undefined, cumsum_$1: NativeOperator | undefined;
export function cumsum_(self: Tensor, dim: number | bigint, options?: { dtype?: DType | undefined }): Tensor;
export function cumsum_(self: Tensor, dim: string, options?: { dtype?: DType | undefined }): Tensor;
export function cumsum_(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (isNumber(a1) && isOptions(a2)) {
    if (a2 !== undefined) checkOptions("aten::cumsum_", a2, ["dtype"]);
    (cumsum_$0 ??= inPlaceOperator("aten::cumsum_", ""))(handleOf(a0), a1, (a2 as Options)?.dtype);
    return a0 as Tensor;
  }
  if (a2 !== undefined) checkOptions("aten::cumsum_", a2, ["dtype"]);
  (cumsum_$1 ??= inPlaceOperator("aten::cumsum_", "dimname"))(handleOf(a0), a1, (a2 as Options)?.dtype);
  return a0 as Tensor;
}

let cumulativeTrapezoid$0: NativeOperator | undefined, cumulativeTrapezoid$1: NativeOperator | undefined;
export function cumulativeTrapezoid(y: Tensor, options?: { dx?: number | bigint | boolean | undefined; dim?: number | bigint | undefined }): Tensor;
export function cumulativeTrapezoid(y: Tensor, x: Tensor, options?: { dim?: number | bigint | undefined }): Tensor;
export function cumulativeTrapezoid(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (isOptions(a1) && a2 === undefined) {
    if (a1 !== undefined) checkOptions("aten::cumulative_trapezoid", a1, ["dx", "dim"]);
    return wrap((cumulativeTrapezoid$0 ??= operator("aten::cumulative_trapezoid", "dx"))(handleOf(a0), (a1 as Options)?.dx, (a1 as Options)?.dim));
  }
  if (a2 !== undefined) checkOptions("aten::cumulative_trapezoid", a2, ["dim"]);
  return wrap((cumulativeTrapezoid$1 ??= operator("aten::cumulative_trapezoid", "x"))(handleOf(a0), handleOf(a1), (a2 as Options)?.dim));
}

let deg2rad$0: NativeOperator | undefined;
export function deg2rad(self: Tensor): Tensor;
export function deg2rad(a0?: unknown): unknown {
  return wrap((deg2rad$0 ??= operator("aten::deg2rad", ""))(handleOf(a0)));
}

let deg2rad_$0: NativeOperator | undefined;
export function deg2rad_(self: Tensor): Tensor;
export function deg2rad_(a0?: unknown): unknown {
  (deg2rad_$0 ??= inPlaceOperator("aten::deg2rad_", ""))(handleOf(a0));
  return a0 as Tensor;
}

let denseDim$0: NativeOperator | undefined;
export function denseDim(self: Tensor): number;
export function denseDim(a0?: unknown): unknown {
  return (denseDim$0 ??= operator("aten::dense_dim", ""))(handleOf(a0));
}

let det$0: NativeOperator | undefined;
export function det(self: Tensor): Tensor;
export function det(a0?: unknown): unknown {
  return wrap((det$0 ??= operator("aten::det", ""))(handleOf(a0)));
}

let detach$0: NativeOperator | undefined;
export function detach(self: Tensor): Tensor;
export function detach(a0?: unknown): unknown {
  return wrap((detach$0 ??= operator("aten::detach", ""))(handleOf(a0)));
}

let diag$0: NativeOperator | undefined;
export function diag(self: Tensor, diagonal?: number | bigint): Tensor;
export function diag(a0?: unknown, a1?: unknown): unknown {
  return wrap((diag$0 ??= operator("aten::diag", ""))(handleOf(a0), a1));
}

let diagEmbed$0: NativeOperator | undefined;
export function diagEmbed(self: Tensor, offset?: number | bigint, dim1?: number | bigint, dim2?: number | bigint): Tensor;
export function diagEmbed(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  return wrap((diagEmbed$0 ??= operator("aten::diag_embed", ""))(handleOf(a0), a1, a2, a3));
}

let diagflat$0: NativeOperator | undefined;
export function diagflat(self: Tensor, offset?: number | bigint): Tensor;
export function diagflat(a0?: unknown, a1?: unknown): unknown {
  return wrap((diagflat$0 ??= operator("aten::diagflat", ""))(handleOf(a0), a1));
}

let diagonal$0: NativeOperator | undefined, diagonal$1: NativeOperator | undefined;
export function diagonal(self: Tensor, options: { outdim: string; dim1: string; dim2: string; offset?: number | bigint | undefined }): Tensor;
export function diagonal(self: Tensor, offset?: number | bigint, dim1?: number | bigint, dim2?: number | bigint): Tensor;
export function diagonal(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  if (isOptions(a1) && a2 === undefined && a3 === undefined && (a1 as Options)?.outdim !== undefined && (a1 as Options)?.dim1 !== undefined && (a1 as Options)?.dim2 !== undefined) {
    if (a1 !== undefined) checkOptions("aten::diagonal", a1, ["outdim", "dim1", "dim2", "offset"]);
    return wrap((diagonal$0 ??= operator("aten::diagonal", "Dimname"))(handleOf(a0), (a1 as Options)?.outdim, (a1 as Options)?.dim1, (a1 as Options)?.dim2, (a1 as Options)?.offset));
  }
  return wrap((diagonal$1 ??= operator("aten::diagonal", ""))(handleOf(a0), a1, a2, a3));
}

let diagonalScatter$0: NativeOperator | undefined;
export function diagonalScatter(self: Tensor, src: Tensor, offset?: number | bigint, dim1?: number | bigint, dim2?: number | bigint): Tensor;
export function diagonalScatter(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
  return wrap((diagonalScatter$0 ??= operator("aten::diagonal_scatter", ""))(handleOf(a0), handleOf(a1), a2, a3, a4));
}

let diff$0: NativeOperator | undefined;
export function diff(self: Tensor, n?: number | bigint, dim?: number | bigint, prepend?: Tensor | undefined, append?: Tensor | undefined): Tensor;
export function diff(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
  return wrap((diff$0 ??= operator("aten::diff", ""))(handleOf(a0), a1, a2, handleOf(a3), handleOf(a4)));
}

let digamma$0: NativeOperator | undefined;
export function digamma(self: Tensor): Tensor;
export function digamma(a0?: unknown): unknown {
  return wrap((digamma$0 ??= operator("aten::digamma", ""))(handleOf(a0)));
}

let digamma_$0: NativeOperator | undefined;
export function digamma_(self: Tensor): Tensor;
export function digamma_(a0?: unknown): unknown {
  (digamma_$0 ??= inPlaceOperator("aten::digamma_", ""))(handleOf(a0));
  return a0 as Tensor;
}

let dist$0: NativeOperator | undefined;
export function dist(self: Tensor, other: Tensor, p?: number | bigint | boolean): Tensor;
export function dist(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  return wrap((dist$0 ??= operator("aten::dist", ""))(handleOf(a0), handleOf(a1), a2));
}

let div$0: NativeOperator | undefined, div$1: NativeOperator | undefined, div$2: NativeOperator | undefined, div$3: NativeOperator | undefined;
export function div(self: Tensor, other: Tensor, options?: { roundingMode?: string | undefined }): Tensor;
export function div(self: Tensor, other: number | bigint | boolean, options?: { roundingMode?: string | undefined }): Tensor;
export function div(self: Tensor, other: Tensor): Tensor;
export function div(self: Tensor, other: number | bigint | boolean): Tensor;
export function div(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (isTensor(a1) && isOptions(a2) && (a2 as Options)?.roundingMode !== undefined) {
    if (a2 !== undefined) checkOptions("aten::div", a2, ["roundingMode"]);
    return wrap((div$0 ??= operator("aten::div", "Tensor_mode"))(handleOf(a0), handleOf(a1), (a2 as Options)?.roundingMode));
  }
  if (isNumber(a1) && isOptions(a2) && (a2 as Options)?.roundingMode !== undefined) {
    if (a2 !== undefined) checkOptions("aten::div", a2, ["roundingMode"]);
    return wrap((div$1 ??= operator("aten::div", "Scalar_mode"))(handleOf(a0), a1, (a2 as Options)?.roundingMode));
  }
  if (isTensor(a1) && a2 === undefined) {
    return wrap((div$2 ??= operator("aten::div", "Tensor"))(handleOf(a0), handleOf(a1)));
  }
  return wrap((div$3 ??= operator("aten::div", "Scalar"))(handleOf(a0), a1));
}

let div_$0: NativeOperator | undefined, div_$1: NativeOperator | undefined, div_$2: NativeOperator | undefined, div_$3: NativeOperator | undefined;
export function div_(self: Tensor, other: Tensor, options?: { roundingMode?: string | undefined }): Tensor;
export function div_(self: Tensor, other: number | bigint | boolean, options?: { roundingMode?: string | undefined }): Tensor;
export function div_(self: Tensor, other: Tensor): Tensor;
export function div_(self: Tensor, other: number | bigint | boolean): Tensor;
export function div_(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (isTensor(a1) && isOptions(a2) && (a2 as Options)?.roundingMode !== undefined) {
    if (a2 !== undefined) checkOptions("aten::div_", a2, ["roundingMode"]);
    (div_$0 ??= inPlaceOperator("aten::div_", "Tensor_mode"))(handleOf(a0), handleOf(a1), (a2 as Options)?.roundingMode);
    return a0 as Tensor;
  }
  if (isNumber(a1) && isOptions(a2) && (a2 as Options)?.roundingMode !== undefined) {
    if (a2 !== undefined) checkOptions("aten::div_", a2, ["roundingMode"]);
    (div_$1 ??= inPlaceOperator("aten::div_", "Scalar_mode"))(handleOf(a0), a1, (a2 as Options)?.roundingMode);
    return a0 as Tensor;
  }
  if (isTensor(a1) && a2 === undefined) {
    (div_$2 ??= inPlaceOperator("aten::div_", "Tensor"))(handleOf(a0), handleOf(a1));
    return a0 as Tensor;
  }
  (div_$3 ??= inPlaceOperator("aten::div_", "Scalar"))(handleOf(a0), a1);
  return a0 as Tensor;
}

let divide$0: NativeOperator | undefined, divide$1: NativeOperator | undefined, divide$2: NativeOperator | undefined, divide$3: NativeOperator | undefined;
export function divide(self: Tensor, other: Tensor, options?: { roundingMode?: string | undefined }): Tensor;
export function divide(self: Tensor, other: number | bigint | boolean, options?: { roundingMode?: string | undefined }): Tensor;
export function divide(self: Tensor, other: Tensor): Tensor;
export function divide(self: Tensor, other: number | bigint | boolean): Tensor;
export function divide(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (isTensor(a1) && isOptions(a2) && (a2 as Options)?.roundingMode !== undefined) {
    if (a2 !== undefined) checkOptions("aten::divide", a2, ["roundingMode"]);
    return wrap((divide$0 ??= operator("aten::divide", "Tensor_mode"))(handleOf(a0), handleOf(a1), (a2 as Options)?.roundingMode));
  }
  if (isNumber(a1) && isOptions(a2) && (a2 as Options)?.roundingMode !== undefined) {
    if (a2 !== undefined) checkOptions("aten::divide", a2, ["roundingMode"]);
    return wrap((divide$1 ??= operator("aten::divide", "Scalar_mode"))(handleOf(a0), a1, (a2 as Options)?.roundingMode));
  }
  if (isTensor(a1) && a2 === undefined) {
    return wrap((divide$2 ??= operator("aten::divide", "Tensor"))(handleOf(a0), handleOf(a1)));
  }
  return wrap((divide$3 ??= operator("aten::divide", "Scalar"))(handleOf(a0), a1));
}

let divide_$0: NativeOperator | undefined, divide_$1: NativeOperator | undefined, divide_$2: NativeOperator | undefined, divide_$3: NativeOperator | undefined;
export function divide_(self: Tensor, other: Tensor, options?: { roundingMode?: string | undefined }): Tensor;
export function divide_(self: Tensor, other: number | bigint | boolean, options?: { roundingMode?: string | undefined }): Tensor;
export function divide_(self: Tensor, other: Tensor): Tensor;
export function divide_(self: Tensor, other: number | bigint | boolean): Tensor;
export function divide_(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (isTensor(a1) && isOptions(a2) && (a2 as Options)?.roundingMode !== undefined) {
    if (a2 !== undefined) checkOptions("aten::divide_", a2, ["roundingMode"]);
    (divide_$0 ??= inPlaceOperator("aten::divide_", "Tensor_mode"))(handleOf(a0), handleOf(a1), (a2 as Options)?.roundingMode);
    return a0 as Tensor;
  }
  if (isNumber(a1) && isOptions(a2) && (a2 as Options)?.roundingMode !== undefined) {
    if (a2 !== undefined) checkOptions("aten::divide_", a2, ["roundingMode"]);
    (divide_$1 ??= inPlaceOperator("aten::divide_", "Scalar_mode"))(handleOf(a0), a1, (a2 as Options)?.roundingMode);
    return a0 as Tensor;
  }
  if (isTensor(a1) && a2 === undefined) {
    (divide_$2 ??= inPlaceOperator("aten::divide_", "Tensor"))(handleOf(a0), handleOf(a1));
    return a0 as Tensor;
  }
  (divide_$3 ??= inPlaceOperator("aten::divide_", "Scalar"))(handleOf(a0), a1);
  return a0 as Tensor;
}

let dot$0: NativeOperator | undefined;
export function dot(self: Tensor, tensor: Tensor): Tensor;
export function dot(a0?: unknown, a1?: unknown): unknown {
  return wrap((dot$0 ??= operator("aten::dot", ""))(handleOf(a0), handleOf(a1)));
}

let dropout$0: NativeOperator | undefined;
export function dropout(input: Tensor, p: number, train: boolean): Tensor;
export function dropout(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  return wrap((dropout$0 ??= operator("aten::dropout", ""))(handleOf(a0), a1, a2));
}

let dropout_$0: NativeOperator | undefined;
export function dropout_(self: Tensor, p: number, train: boolean): Tensor;
export function dropout_(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  (dropout_$0 ??= inPlaceOperator("aten::dropout_", ""))(handleOf(a0), a1, a2);
  return a0 as Tensor;
}

let dsplit$0: NativeOperator | undefined, dsplit$1: NativeOperator | undefined;
export function dsplit(self: Tensor, indices: readonly number[]): Tensor[];
export function dsplit(self: Tensor, sections: number | bigint): Tensor[];
export function dsplit(a0?: unknown, a1?: unknown): unknown {
  if (isNumbers(a1)) {
    return wrapList((dsplit$0 ??= operator("aten::dsplit", "array"))(handleOf(a0), a1));
  }
  return wrapList((dsplit$1 ??= operator("aten::dsplit", "int"))(handleOf(a0), a1));
}

let dstack$0: NativeOperator | undefined;
export function dstack(tensors: readonly Tensor[]): Tensor;
export function dstack(a0?: unknown): unknown {
  return wrap((dstack$0 ??= operator("aten::dstack", ""))(handlesOf(a0)));
}

let einsum$0: NativeOperator | undefined;
export function einsum(equation: string, tensors: readonly Tensor[], options?: { path?: readonly number[] | undefined }): Tensor;
export function einsum(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (a2 !== undefined) checkOptions("aten::einsum", a2, ["path"]);
  return wrap((einsum$0 ??= operator("aten::einsum", ""))(a0, handlesOf(a1), (a2 as Options)?.path));
}

let elu$0: NativeOperator | undefined;
export function elu(self: Tensor, alpha?: number | bigint | boolean, scale?: number | bigint | boolean, inputScale?: number | bigint | boolean): Tensor;
export function elu(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  return wrap((elu$0 ??= operator("aten::elu", ""))(handleOf(a0), a1, a2, a3));
}

let elu_$0: NativeOperator | undefined;
export function elu_(self: Tensor, alpha?: number | bigint | boolean, scale?: number | bigint | boolean, inputScale?: number | bigint | boolean): Tensor;
export function elu_(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  (elu_$0 ??= inPlaceOperator("aten::elu_", ""))(handleOf(a0), a1, a2, a3);
  return a0 as Tensor;
}

let embedding$0: NativeOperator | undefined;
export function embedding(weight: Tensor, indices: Tensor, paddingIdx?: number | bigint, scaleGradByFreq?: boolean, sparse?: boolean): Tensor;
export function embedding(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
  return wrap((embedding$0 ??= operator("aten::embedding", ""))(handleOf(a0), handleOf(a1), a2, a3, a4));
}

let embeddingBag$0: NativeOperator | undefined, embeddingBag$1: NativeOperator | undefined;
export function embeddingBag(weight: Tensor, indices: Tensor, offsets: Tensor, scaleGradByFreq?: boolean, mode?: number | bigint, sparse?: boolean, perSampleWeights?: Tensor | undefined, includeLastOffset?: boolean): [Tensor, Tensor, Tensor, Tensor];
export function embeddingBag(weight: Tensor, indices: Tensor, offsets: Tensor, scaleGradByFreq: boolean, mode: number | bigint, sparse: boolean, perSampleWeights: Tensor | undefined, includeLastOffset: boolean, paddingIdx?: number | bigint | undefined): [Tensor, Tensor, Tensor, Tensor];
export function embeddingBag(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown, a5?: unknown, a6?: unknown, a7?: unknown, a8?: unknown): unknown {
  if ((a3 === undefined || typeof a3 === "boolean") && (a4 === undefined || isNumber(a4)) && (a5 === undefined || typeof a5 === "boolean") && (a7 === undefined || typeof a7 === "boolean") && a8 === undefined) {
    return wrapTuple((embeddingBag$0 ??= operator("aten::embedding_bag", ""))(handleOf(a0), handleOf(a1), handleOf(a2), a3, a4, a5, handleOf(a6), a7), "TTTT");
  }
  return wrapTuple((embeddingBag$1 ??= operator("aten::embedding_bag", "padding_idx"))(handleOf(a0), handleOf(a1), handleOf(a2), a3, a4, a5, handleOf(a6), a7, a8), "TTTT");
}

let embeddingRenorm$0: NativeOperator | undefined;
export function embeddingRenorm(self: Tensor, indices: Tensor, maxNorm: number, normType: number): Tensor;
export function embeddingRenorm(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  return wrap((embeddingRenorm$0 ??= operator("aten::embedding_renorm", ""))(handleOf(a0), handleOf(a1), a2, a3));
}

let embeddingRenorm_$0: NativeOperator | undefined;
export function embeddingRenorm_(self: Tensor, indices: Tensor, maxNorm: number, normType: number): Tensor;
export function embeddingRenorm_(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  (embeddingRenorm_$0 ??= inPlaceOperator("aten::embedding_renorm_", ""))(handleOf(a0), handleOf(a1), a2, a3);
  return a0 as Tensor;
}

let empty$0: NativeOperator | undefined;
export function empty(size: readonly number[], options?: { dtype?: DType | undefined; device?: string | undefined; memoryFormat?: MemoryFormat | undefined }): Tensor;
export function empty(a0?: unknown, a1?: unknown): unknown {
  if (a1 !== undefined) checkOptions("aten::empty", a1, ["dtype", "device", "memoryFormat"]);
  return wrap((empty$0 ??= operator("aten::empty", "memory_format"))(a0, (a1 as Options)?.dtype, undefined, (a1 as Options)?.device, undefined, (a1 as Options)?.memoryFormat));
}

let emptyLike$0: NativeOperator | undefined;
export function emptyLike(self: Tensor, options?: { dtype?: DType | undefined; device?: string | undefined; memoryFormat?: MemoryFormat | undefined }): Tensor;
export function emptyLike(a0?: unknown, a1?: unknown): unknown {
  if (a1 !== undefined) checkOptions("aten::empty_like", a1, ["dtype", "device", "memoryFormat"]);
  return wrap((emptyLike$0 ??= operator("aten::empty_like", ""))(handleOf(a0), (a1 as Options)?.dtype, undefined, (a1 as Options)?.device, undefined, (a1 as Options)?.memoryFormat));
}

let emptyStrided$0: NativeOperator | undefined;
export function emptyStrided(size: readonly number[], stride: readonly number[], options?: { dtype?: DType | undefined; device?: string | undefined }): Tensor;
export function emptyStrided(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (a2 !== undefined) checkOptions("aten::empty_strided", a2, ["dtype", "device"]);
  return wrap((emptyStrided$0 ??= operator("aten::empty_strided", ""))(a0, a1, (a2 as Options)?.dtype, undefined, (a2 as Options)?.device));
}

let eq$0: NativeOperator | undefined, eq$1: NativeOperator | undefined;
export function eq(self: Tensor, other: Tensor): Tensor;
export function eq(self: Tensor, other: number | bigint | boolean): Tensor;
export function eq(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a1)) {
    return wrap((eq$0 ??= operator("aten::eq", "Tensor"))(handleOf(a0), handleOf(a1)));
  }
  return wrap((eq$1 ??= operator("aten::eq", "Scalar"))(handleOf(a0), a1));
}

let eq_$0: NativeOperator | undefined, eq_$1: NativeOperator | undefined;
export function eq_(self: Tensor, other: Tensor): Tensor;
export function eq_(self: Tensor, other: number | bigint | boolean): Tensor;
export function eq_(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a1)) {
    (eq_$0 ??= inPlaceOperator("aten::eq_", "Tensor"))(handleOf(a0), handleOf(a1));
    return a0 as Tensor;
  }
  (eq_$1 ??= inPlaceOperator("aten::eq_", "Scalar"))(handleOf(a0), a1);
  return a0 as Tensor;
}

let equal$0: NativeOperator | undefined;
export function equal(self: Tensor, other: Tensor): boolean;
export function equal(a0?: unknown, a1?: unknown): unknown {
  return (equal$0 ??= operator("aten::equal", ""))(handleOf(a0), handleOf(a1));
}

let erf$0: NativeOperator | undefined;
export function erf(self: Tensor): Tensor;
export function erf(a0?: unknown): unknown {
  return wrap((erf$0 ??= operator("aten::erf", ""))(handleOf(a0)));
}

let erf_$0: NativeOperator | undefined;
export function erf_(self: Tensor): Tensor;
export function erf_(a0?: unknown): unknown {
  (erf_$0 ??= inPlaceOperator("aten::erf_", ""))(handleOf(a0));
  return a0 as Tensor;
}

let erfc$0: NativeOperator | undefined;
export function erfc(self: Tensor): Tensor;
export function erfc(a0?: unknown): unknown {
  return wrap((erfc$0 ??= operator("aten::erfc", ""))(handleOf(a0)));
}

let erfc_$0: NativeOperator | undefined;
export function erfc_(self: Tensor): Tensor;
export function erfc_(a0?: unknown): unknown {
  (erfc_$0 ??= inPlaceOperator("aten::erfc_", ""))(handleOf(a0));
  return a0 as Tensor;
}

let erfinv$0: NativeOperator | undefined;
export function erfinv(self: Tensor): Tensor;
export function erfinv(a0?: unknown): unknown {
  return wrap((erfinv$0 ??= operator("aten::erfinv", ""))(handleOf(a0)));
}

let erfinv_$0: NativeOperator | undefined;
export function erfinv_(self: Tensor): Tensor;
export function erfinv_(a0?: unknown): unknown {
  (erfinv_$0 ??= inPlaceOperator("aten::erfinv_", ""))(handleOf(a0));
  return a0 as Tensor;
}

let exp$0: NativeOperator | undefined;
export function exp(self: Tensor): Tensor;
export function exp(a0?: unknown): unknown {
  return wrap((exp$0 ??= operator("aten::exp", ""))(handleOf(a0)));
}

let exp2$0: NativeOperator | undefined;
export function exp2(self: Tensor): Tensor;
export function exp2(a0?: unknown): unknown {
  return wrap((exp2$0 ??= operator("aten::exp2", ""))(handleOf(a0)));
}

let exp2_$0: NativeOperator | undefined;
export function exp2_(self: Tensor): Tensor;
export function exp2_(a0?: unknown): unknown {
  (exp2_$0 ??= inPlaceOperator("aten::exp2_", ""))(handleOf(a0));
  return a0 as Tensor;
}

let exp_$0: NativeOperator | undefined;
export function exp_(self: Tensor): Tensor;
export function exp_(a0?: unknown): unknown {
  (exp_$0 ??= inPlaceOperator("aten::exp_", ""))(handleOf(a0));
  return a0 as Tensor;
}

let expand$0: NativeOperator | undefined;
export function expand(self: Tensor, size: readonly number[], options?: { implicit?: boolean | undefined }): Tensor;
export function expand(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (a2 !== undefined) checkOptions("aten::expand", a2, ["implicit"]);
  return wrap((expand$0 ??= operator("aten::expand", ""))(handleOf(a0), a1, (a2 as Options)?.implicit));
}

let expandAs$0: NativeOperator | undefined;
export function expandAs(self: Tensor, other: Tensor): Tensor;
export function expandAs(a0?: unknown, a1?: unknown): unknown {
  return wrap((expandAs$0 ??= operator("aten::expand_as", ""))(handleOf(a0), handleOf(a1)));
}

let expm1$0: NativeOperator | undefined;
export function expm1(self: Tensor): Tensor;
export function expm1(a0?: unknown): unknown {
  return wrap((expm1$0 ??= operator("aten::expm1", ""))(handleOf(a0)));
}

let expm1_$0: NativeOperator | undefined;
export function expm1_(self: Tensor): Tensor;
export function expm1_(a0?: unknown): unknown {
  (expm1_$0 ??= inPlaceOperator("aten::expm1_", ""))(handleOf(a0));
  return a0 as Tensor;
}

let exponential$0: NativeOperator | undefined;
export function exponential(self: Tensor, lambd?: number): Tensor;
export function exponential(a0?: unknown, a1?: unknown): unknown {
  return wrap((exponential$0 ??= operator("aten::exponential", ""))(handleOf(a0), a1));
}

let exponential_$0: NativeOperator | undefined;
export function exponential_(self: Tensor, lambd?: number): Tensor;
export function exponential_(a0?: unknown, a1?: unknown): unknown {
  (exponential_$0 ??= inPlaceOperator("aten::exponential_", ""))(handleOf(a0), a1);
  return a0 as Tensor;
}

let eye$0: NativeOperator | undefined, eye$1: NativeOperator | undefined;
export function eye(n: number | bigint, options?: { dtype?: DType | undefined; device?: string | undefined }): Tensor;
export function eye(n: number | bigint, m: number | bigint, options?: { dtype?: DType | undefined; device?: string | undefined }): Tensor;
export function eye(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (isOptions(a1) && a2 === undefined) {
    if (a1 !== undefined) checkOptions("aten::eye", a1, ["dtype", "device"]);
    return wrap((eye$0 ??= operator("aten::eye", ""))(a0, (a1 as Options)?.dtype, undefined, (a1 as Options)?.device));
  }
  if (a2 !== undefined) checkOptions("aten::eye", a2, ["dtype", "device"]);
  return wrap((eye$1 ??= operator("aten::eye", "m"))(a0, a1, (a2 as Options)?.dtype, undefined, (a2 as Options)?.device));
}

let featureAlphaDropout$0: NativeOperator | undefined;
export function featureAlphaDropout(input: Tensor, p: number, train: boolean): Tensor;
export function featureAlphaDropout(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  return wrap((featureAlphaDropout$0 ??= operator("aten::feature_alpha_dropout", ""))(handleOf(a0), a1, a2));
}

let featureAlphaDropout_$0: NativeOperator | undefined;
export function featureAlphaDropout_(self: Tensor, p: number, train: boolean): Tensor;
export function featureAlphaDropout_(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  (featureAlphaDropout_$0 ??= inPlaceOperator("aten::feature_alpha_dropout_", ""))(handleOf(a0), a1, a2);
  return a0 as Tensor;
}

let featureDropout$0: NativeOperator | undefined;
export function featureDropout(input: Tensor, p: number, train: boolean): Tensor;
export function featureDropout(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  return wrap((featureDropout$0 ??= operator("aten::feature_dropout", ""))(handleOf(a0), a1, a2));
}

let featureDropout_$0: NativeOperator | undefined;
export function featureDropout_(self: Tensor, p: number, train: boolean): Tensor;
export function featureDropout_(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  (featureDropout_$0 ??= inPlaceOperator("aten::feature_dropout_", ""))(handleOf(a0), a1, a2);
  return a0 as Tensor;
}

let fftFft$0: NativeOperator | undefined;
export function fftFft(self: Tensor, n?: number | bigint | undefined, dim?: number | bigint, norm?: string | undefined): Tensor;
export function fftFft(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  return wrap((fftFft$0 ??= operator("aten::fft_fft", ""))(handleOf(a0), a1, a2, a3));
}

let fftFft2$0: NativeOperator | undefined;
export function fftFft2(self: Tensor, s?: number | readonly number[] | undefined, dim?: number | readonly number[], norm?: string | undefined): Tensor;
export function fftFft2(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  return wrap((fftFft2$0 ??= operator("aten::fft_fft2", ""))(handleOf(a0), a1, a2, a3));
}

let fftFftfreq$0: NativeOperator | undefined;
export function fftFftfreq(n: number | bigint, d?: number, options?: { dtype?: DType | undefined; device?: string | undefined }): Tensor;
export function fftFftfreq(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (a2 !== undefined) checkOptions("aten::fft_fftfreq", a2, ["dtype", "device"]);
  return wrap((fftFftfreq$0 ??= operator("aten::fft_fftfreq", ""))(a0, a1, (a2 as Options)?.dtype, undefined, (a2 as Options)?.device));
}

let fftFftn$0: NativeOperator | undefined;
export function fftFftn(self: Tensor, s?: number | readonly number[] | undefined, dim?: number | readonly number[] | undefined, norm?: string | undefined): Tensor;
export function fftFftn(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  return wrap((fftFftn$0 ??= operator("aten::fft_fftn", ""))(handleOf(a0), a1, a2, a3));
}

let fftFftshift$0: NativeOperator | undefined;
export function fftFftshift(self: Tensor, dim?: number | readonly number[] | undefined): Tensor;
export function fftFftshift(a0?: unknown, a1?: unknown): unknown {
  return wrap((fftFftshift$0 ??= operator("aten::fft_fftshift", ""))(handleOf(a0), a1));
}

let fftHfft$0: NativeOperator | undefined;
export function fftHfft(self: Tensor, n?: number | bigint | undefined, dim?: number | bigint, norm?: string | undefined): Tensor;
export function fftHfft(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  return wrap((fftHfft$0 ??= operator("aten::fft_hfft", ""))(handleOf(a0), a1, a2, a3));
}

let fftHfft2$0: NativeOperator | undefined;
export function fftHfft2(self: Tensor, s?: number | readonly number[] | undefined, dim?: number | readonly number[], norm?: string | undefined): Tensor;
export function fftHfft2(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  return wrap((fftHfft2$0 ??= operator("aten::fft_hfft2", ""))(handleOf(a0), a1, a2, a3));
}

let fftHfftn$0: NativeOperator | undefined;
export function fftHfftn(self: Tensor, s?: number | readonly number[] | undefined, dim?: number | readonly number[] | undefined, norm?: string | undefined): Tensor;
export function fftHfftn(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  return wrap((fftHfftn$0 ??= operator("aten::fft_hfftn", ""))(handleOf(a0), a1, a2, a3));
}

let fftIfft$0: NativeOperator | undefined;
export function fftIfft(self: Tensor, n?: number | bigint | undefined, dim?: number | bigint, norm?: string | undefined): Tensor;
export function fftIfft(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  return wrap((fftIfft$0 ??= operator("aten::fft_ifft", ""))(handleOf(a0), a1, a2, a3));
}

let fftIfft2$0: NativeOperator | undefined;
export function fftIfft2(self: Tensor, s?: number | readonly number[] | undefined, dim?: number | readonly number[], norm?: string | undefined): Tensor;
export function fftIfft2(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  return wrap((fftIfft2$0 ??= operator("aten::fft_ifft2", ""))(handleOf(a0), a1, a2, a3));
}

let fftIfftn$0: NativeOperator | undefined;
export function fftIfftn(self: Tensor, s?: number | readonly number[] | undefined, dim?: number | readonly number[] | undefined, norm?: string | undefined): Tensor;
export function fftIfftn(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  return wrap((fftIfftn$0 ??= operator("aten::fft_ifftn", ""))(handleOf(a0), a1, a2, a3));
}

let fftIfftshift$0: NativeOperator | undefined;
export function fftIfftshift(self: Tensor, dim?: number | readonly number[] | undefined): Tensor;
export function fftIfftshift(a0?: unknown, a1?: unknown): unknown {
  return wrap((fftIfftshift$0 ??= operator("aten::fft_ifftshift", ""))(handleOf(a0), a1));
}

let fftIhfft$0: NativeOperator | undefined;
export function fftIhfft(self: Tensor, n?: number | bigint | undefined, dim?: number | bigint, norm?: string | undefined): Tensor;
export function fftIhfft(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  return wrap((fftIhfft$0 ??= operator("aten::fft_ihfft", ""))(handleOf(a0), a1, a2, a3));
}

let fftIhfft2$0: NativeOperator | undefined;
export function fftIhfft2(self: Tensor, s?: number | readonly number[] | undefined, dim?: number | readonly number[], norm?: string | undefined): Tensor;
export function fftIhfft2(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  return wrap((fftIhfft2$0 ??= operator("aten::fft_ihfft2", ""))(handleOf(a0), a1, a2, a3));
}

let fftIhfftn$0: NativeOperator | undefined;
export function fftIhfftn(self: Tensor, s?: number | readonly number[] | undefined, dim?: number | readonly number[] | undefined, norm?: string | undefined): Tensor;
export function fftIhfftn(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  return wrap((fftIhfftn$0 ??= operator("aten::fft_ihfftn", ""))(handleOf(a0), a1, a2, a3));
}

let fftIrfft$0: NativeOperator | undefined;
export function fftIrfft(self: Tensor, n?: number | bigint | undefined, dim?: number | bigint, norm?: string | undefined): Tensor;
export function fftIrfft(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  return wrap((fftIrfft$0 ??= operator("aten::fft_irfft", ""))(handleOf(a0), a1, a2, a3));
}

let fftIrfft2$0: NativeOperator | undefined;
export function fftIrfft2(self: Tensor, s?: number | readonly number[] | undefined, dim?: number | readonly number[], norm?: string | undefined): Tensor;
export function fftIrfft2(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  return wrap((fftIrfft2$0 ??= operator("aten::fft_irfft2", ""))(handleOf(a0), a1, a2, a3));
}

let fftIrfftn$0: NativeOperator | undefined;
export function fftIrfftn(self: Tensor, s?: number | readonly number[] | undefined, dim?: number | readonly number[] | undefined, norm?: string | undefined): Tensor;
export function fftIrfftn(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  return wrap((fftIrfftn$0 ??= operator("aten::fft_irfftn", ""))(handleOf(a0), a1, a2, a3));
}

let fftRfft$0: NativeOperator | undefined;
export function fftRfft(self: Tensor, n?: number | bigint | undefined, dim?: number | bigint, norm?: string | undefined): Tensor;
export function fftRfft(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  return wrap((fftRfft$0 ??= operator("aten::fft_rfft", ""))(handleOf(a0), a1, a2, a3));
}

let fftRfft2$0: NativeOperator | undefined;
export function fftRfft2(self: Tensor, s?: number | readonly number[] | undefined, dim?: number | readonly number[], norm?: string | undefined): Tensor;
export function fftRfft2(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  return wrap((fftRfft2$0 ??= operator("aten::fft_rfft2", ""))(handleOf(a0), a1, a2, a3));
}

let fftRfftfreq$0: NativeOperator | undefined;
export function fftRfftfreq(n: number | bigint, d?: number, options?: { dtype?: DType | undefined; device?: string | undefined }): Tensor;
export function fftRfftfreq(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (a2 !== undefined) checkOptions("aten::fft_rfftfreq", a2, ["dtype", "device"]);
  return wrap((fftRfftfreq$0 ??= operator("aten::fft_rfftfreq", ""))(a0, a1, (a2 as Options)?.dtype, undefined, (a2 as Options)?.device));
}

let fftRfftn$0: NativeOperator | undefined;
export function fftRfftn(self: Tensor, s?: number | readonly number[] | undefined, dim?: number | readonly number[] | undefined, norm?: string | undefined): Tensor;
export function fftRfftn(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  return wrap((fftRfftn$0 ??= operator("aten::fft_rfftn", ""))(handleOf(a0), a1, a2, a3));
}

let fill$0: NativeOperator | undefined, fill$1: NativeOperator | undefined;
export function fill(self: Tensor, value: Tensor): Tensor;
export function fill(self: Tensor, value: number | bigint | boolean): Tensor;
export function fill(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a1)) {
    return wrap((fill$0 ??= operator("aten::fill", "Tensor"))(handleOf(a0), handleOf(a1)));
  }
  return wrap((fill$1 ??= operator("aten::fill", "Scalar"))(handleOf(a0), a1));
}

let fillDiagonal_$0: NativeOperator | undefined;
export function fillDiagonal_(self: Tensor, fillValue: number | bigint | boolean, wrap?: boolean): Tensor;
export function fillDiagonal_(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  (fillDiagonal_$0 ??= inPlaceOperator("aten::fill_diagonal_", ""))(handleOf(a0), a1, a2);
  return a0 as Tensor;
}

let fill_$0: NativeOperator | undefined, fill_$1: NativeOperator | undefined;
export function fill_(self: Tensor, value: Tensor): Tensor;
export function fill_(self: Tensor, value: number | bigint | boolean): Tensor;
export function fill_(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a1)) {
    (fill_$0 ??= inPlaceOperator("aten::fill_", "Tensor"))(handleOf(a0), handleOf(a1));
    return a0 as Tensor;
  }
  (fill_$1 ??= inPlaceOperator("aten::fill_", "Scalar"))(handleOf(a0), a1);
  return a0 as Tensor;
}

let fix$0: NativeOperator | undefined;
export function fix(self: Tensor): Tensor;
export function fix(a0?: unknown): unknown {
  return wrap((fix$0 ??= operator("aten::fix", ""))(handleOf(a0)));
}

let fix_$0: NativeOperator | undefined;
export function fix_(self: Tensor): Tensor;
export function fix_(a0?: unknown): unknown {
  (fix_$0 ??= inPlaceOperator("aten::fix_", ""))(handleOf(a0));
  return a0 as Tensor;
}

let flatten$0: NativeOperator | undefined, flatten$1: NativeOperator | undefined, flatten$2: NativeOperator | undefined;
export function flatten(self: Tensor, startDim?: number | bigint, endDim?: number | bigint): Tensor;
export function flatten(self: Tensor, startDim: number | bigint, endDim: number | bigint, outDim: string): Tensor;
export function flatten(self: Tensor, startDim: string, endDim: string, outDim: string): Tensor;
export function flatten(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  if ((a1 === undefined || isNumber(a1)) && (a2 === undefined || isNumber(a2)) && a3 === undefined) {
    return wrap((flatten$0 ??= operator("aten::flatten", "using_ints"))(handleOf(a0), a1, a2));
  }
  if (isNumber(a1) && isNumber(a2) && typeof a3 === "string") {
    return wrap((flatten$1 ??= operator("aten::flatten", "named_out_dim"))(handleOf(a0), a1, a2, a3));
  }
  return wrap((flatten$2 ??= operator("aten::flatten", "using_names"))(handleOf(a0), a1, a2, a3));
}

let flattenDenseTensors$0: NativeOperator | undefined;
export function flattenDenseTensors(tensors: readonly Tensor[]): Tensor;
export function flattenDenseTensors(a0?: unknown): unknown {
  return wrap((flattenDenseTensors$0 ??= operator("aten::flatten_dense_tensors", ""))(handlesOf(a0)));
}

let flip$0: NativeOperator | undefined;
export function flip(self: Tensor, dims: readonly number[]): Tensor;
export function flip(a0?: unknown, a1?: unknown): unknown {
  return wrap((flip$0 ??= operator("aten::flip", ""))(handleOf(a0), a1));
}

let fliplr$0: NativeOperator | undefined;
export function fliplr(self: Tensor): Tensor;
export function fliplr(a0?: unknown): unknown {
  return wrap((fliplr$0 ??= operator("aten::fliplr", ""))(handleOf(a0)));
}

let flipud$0: NativeOperator | undefined;
export function flipud(self: Tensor): Tensor;
export function flipud(a0?: unknown): unknown {
  return wrap((flipud$0 ??= operator("aten::flipud", ""))(handleOf(a0)));
}

let floatPower$0: NativeOperator | undefined, floatPower$1: NativeOperator | undefined, floatPower$2: NativeOperator | undefined;
export function floatPower(self: Tensor, exponent: Tensor): Tensor;
export function floatPower(self: number | bigint | boolean, exponent: Tensor): Tensor;
export function floatPower(self: Tensor, exponent: number | bigint | boolean): Tensor;
export function floatPower(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a0) && isTensor(a1)) {
    return wrap((floatPower$0 ??= operator("aten::float_power", "Tensor_Tensor"))(handleOf(a0), handleOf(a1)));
  }
  if (isNumber(a0) && isTensor(a1)) {
    return wrap((floatPower$1 ??= operator("aten::float_power", "Scalar"))(a0, handleOf(a1)));
  }
  return wrap((floatPower$2 ??= operator("aten::float_power", "Tensor_Scalar"))(handleOf(a0), a1));
}

let floatPower_$0: NativeOperator | undefined, floatPower_$1: NativeOperator | undefined;
export function floatPower_(self: Tensor, exponent: Tensor): Tensor;
export function floatPower_(self: Tensor, exponent: number | bigint | boolean): Tensor;
export function floatPower_(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a1)) {
    (floatPower_$0 ??= inPlaceOperator("aten::float_power_", "Tensor"))(handleOf(a0), handleOf(a1));
    return a0 as Tensor;
  }
  (floatPower_$1 ??= inPlaceOperator("aten::float_power_", "Scalar"))(handleOf(a0), a1);
  return a0 as Tensor;
}

let floor$0: NativeOperator | undefined;
export function floor(self: Tensor): Tensor;
export function floor(a0?: unknown): unknown {
  return wrap((floor$0 ??= operator("aten::floor", ""))(handleOf(a0)));
}

let floorDivide$0: NativeOperator | undefined, floorDivide$1: NativeOperator | undefined;
export function floorDivide(self: Tensor, other: Tensor): Tensor;
export function floorDivide(self: Tensor, other: number | bigint | boolean): Tensor;
export function floorDivide(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a1)) {
    return wrap((floorDivide$0 ??= operator("aten::floor_divide", ""))(handleOf(a0), handleOf(a1)));
  }
  return wrap((floorDivide$1 ??= operator("aten::floor_divide", "Scalar"))(handleOf(a0), a1));
}

let floorDivide_$0: NativeOperator | undefined, floorDivide_$1: NativeOperator | undefined;
export function floorDivide_(self: Tensor, other: Tensor): Tensor;
export function floorDivide_(self: Tensor, other: number | bigint | boolean): Tensor;
export function floorDivide_(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a1)) {
    (floorDivide_$0 ??= inPlaceOperator("aten::floor_divide_", "Tensor"))(handleOf(a0), handleOf(a1));
    return a0 as Tensor;
  }
  (floorDivide_$1 ??= inPlaceOperator("aten::floor_divide_", "Scalar"))(handleOf(a0), a1);
  return a0 as Tensor;
}

let floor_$0: NativeOperator | undefined;
export function floor_(self: Tensor): Tensor;
export function floor_(a0?: unknown): unknown {
  (floor_$0 ??= inPlaceOperator("aten::floor_", ""))(handleOf(a0));
  return a0 as Tensor;
}

let fmax$0: NativeOperator | undefined;
export function fmax(self: Tensor, other: Tensor): Tensor;
export function fmax(a0?: unknown, a1?: unknown): unknown {
  return wrap((fmax$0 ??= operator("aten::fmax", ""))(handleOf(a0), handleOf(a1)));
}

let fmin$0: NativeOperator | undefined;
export function fmin(self: Tensor, other: Tensor): Tensor;
export function fmin(a0?: unknown, a1?: unknown): unknown {
  return wrap((fmin$0 ??= operator("aten::fmin", ""))(handleOf(a0), handleOf(a1)));
}

let fmod$0: NativeOperator | undefined, fmod$1: NativeOperator | undefined;
export function fmod(self: Tensor, other: Tensor): Tensor;
export function fmod(self: Tensor, other: number | bigint | boolean): Tensor;
export function fmod(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a1)) {
    return wrap((fmod$0 ??= operator("aten::fmod", "Tensor"))(handleOf(a0), handleOf(a1)));
  }
  return wrap((fmod$1 ??= operator("aten::fmod", "Scalar"))(handleOf(a0), a1));
}

let fmod_$0: NativeOperator | undefined, fmod_$1: NativeOperator | undefined;
export function fmod_(self: Tensor, other: Tensor): Tensor;
export function fmod_(self: Tensor, other: number | bigint | boolean): Tensor;
export function fmod_(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a1)) {
    (fmod_$0 ??= inPlaceOperator("aten::fmod_", "Tensor"))(handleOf(a0), handleOf(a1));
    return a0 as Tensor;
  }
  (fmod_$1 ??= inPlaceOperator("aten::fmod_", "Scalar"))(handleOf(a0), a1);
  return a0 as Tensor;
}

let frac$0: NativeOperator | undefined;
export function frac(self: Tensor): Tensor;
export function frac(a0?: unknown): unknown {
  return wrap((frac$0 ??= operator("aten::frac", ""))(handleOf(a0)));
}

let frac_$0: NativeOperator | undefined;
export function frac_(self: Tensor): Tensor;
export function frac_(a0?: unknown): unknown {
  (frac_$0 ??= inPlaceOperator("aten::frac_", ""))(handleOf(a0));
  return a0 as Tensor;
}

let fractionalMaxPool2d$0: NativeOperator | undefined;
export function fractionalMaxPool2d(self: Tensor, kernelSize: number | readonly number[], outputSize: number | readonly number[], randomSamples: Tensor): [Tensor, Tensor];
export function fractionalMaxPool2d(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  return wrapTuple((fractionalMaxPool2d$0 ??= operator("aten::fractional_max_pool2d", ""))(handleOf(a0), a1, a2, handleOf(a3)), "TT");
}

let fractionalMaxPool3d$0: NativeOperator | undefined;
export function fractionalMaxPool3d(self: Tensor, kernelSize: number | readonly number[], outputSize: number | readonly number[], randomSamples: Tensor): [Tensor, Tensor];
export function fractionalMaxPool3d(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  return wrapTuple((fractionalMaxPool3d$0 ??= operator("aten::fractional_max_pool3d", ""))(handleOf(a0), a1, a2, handleOf(a3)), "TT");
}

let frexp$0: NativeOperator | undefined;
export function frexp(self: Tensor): [Tensor, Tensor];
export function frexp(a0?: unknown): unknown {
  return wrapTuple((frexp$0 ??= operator("aten::frexp", "Tensor"))(handleOf(a0)), "TT");
}

let frobeniusNorm$0: NativeOperator | undefined, frobeniusNorm$1: NativeOperator | undefined;
export function frobeniusNorm(self: Tensor): Tensor;
export function frobeniusNorm(self: Tensor, dim: number | readonly number[], keepdim?: boolean): Tensor;
export function frobeniusNorm(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (a1 === undefined && a2 === undefined) {
    return wrap((frobeniusNorm$0 ??= operator("aten::frobenius_norm", ""))(handleOf(a0)));
  }
  return wrap((frobeniusNorm$1 ??= operator("aten::frobenius_norm", "dim"))(handleOf(a0), a1, a2));
}

let full$0: NativeOperator | undefined;
export function full(size: readonly number[], fillValue: number | bigint | boolean, options?: { dtype?: DType | undefined; device?: string | undefined }): Tensor;
export function full(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (a2 !== undefined) checkOptions("aten::full", a2, ["dtype", "device"]);
  return wrap((full$0 ??= operator("aten::full", ""))(a0, a1, (a2 as Options)?.dtype, undefined, (a2 as Options)?.device));
}

let fullLike$0: NativeOperator | undefined;
export function fullLike(self: Tensor, fillValue: number | bigint | boolean, options?: { dtype?: DType | undefined; device?: string | undefined; memoryFormat?: MemoryFormat | undefined }): Tensor;
export function fullLike(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (a2 !== undefined) checkOptions("aten::full_like", a2, ["dtype", "device", "memoryFormat"]);
  return wrap((fullLike$0 ??= operator("aten::full_like", ""))(handleOf(a0), a1, (a2 as Options)?.dtype, undefined, (a2 as Options)?.device, undefined, (a2 as Options)?.memoryFormat));
}

let gather$0: NativeOperator | undefined, gather$1: NativeOperator | undefined;
export function gather(self: Tensor, dim: number | bigint, index: Tensor, options?: { sparseGrad?: boolean | undefined }): Tensor;
export function gather(self: Tensor, dim: string, index: Tensor, options?: { sparseGrad?: boolean | undefined }): Tensor;
export function gather(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  if (isNumber(a1) && isOptions(a3)) {
    if (a3 !== undefined) checkOptions("aten::gather", a3, ["sparseGrad"]);
    return wrap((gather$0 ??= operator("aten::gather", ""))(handleOf(a0), a1, handleOf(a2), (a3 as Options)?.sparseGrad));
  }
  if (a3 !== undefined) checkOptions("aten::gather", a3, ["sparseGrad"]);
  return wrap((gather$1 ??= operator("aten::gather", "dimname"))(handleOf(a0), a1, handleOf(a2), (a3 as Options)?.sparseGrad));
}

let gcd$0: NativeOperator | undefined;
export function gcd(self: Tensor, other: Tensor): Tensor;
export function gcd(a0?: unknown, a1?: unknown): unknown {
  return wrap((gcd$0 ??= operator("aten::gcd", ""))(handleOf(a0), handleOf(a1)));
}

let gcd_$0: NativeOperator | undefined;
export function gcd_(self: Tensor, other: Tensor): Tensor;
export function gcd_(a0?: unknown, a1?: unknown): unknown {
  (gcd_$0 ??= inPlaceOperator("aten::gcd_", ""))(handleOf(a0), handleOf(a1));
  return a0 as Tensor;
}

let ge$0: NativeOperator | undefined, ge$1: NativeOperator | undefined;
export function ge(self: Tensor, other: Tensor): Tensor;
export function ge(self: Tensor, other: number | bigint | boolean): Tensor;
export function ge(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a1)) {
    return wrap((ge$0 ??= operator("aten::ge", "Tensor"))(handleOf(a0), handleOf(a1)));
  }
  return wrap((ge$1 ??= operator("aten::ge", "Scalar"))(handleOf(a0), a1));
}

let ge_$0: NativeOperator | undefined, ge_$1: NativeOperator | undefined;
export function ge_(self: Tensor, other: Tensor): Tensor;
export function ge_(self: Tensor, other: number | bigint | boolean): Tensor;
export function ge_(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a1)) {
    (ge_$0 ??= inPlaceOperator("aten::ge_", "Tensor"))(handleOf(a0), handleOf(a1));
    return a0 as Tensor;
  }
  (ge_$1 ??= inPlaceOperator("aten::ge_", "Scalar"))(handleOf(a0), a1);
  return a0 as Tensor;
}

let gelu$0: NativeOperator | undefined;
export function gelu(self: Tensor, options?: { approximate?: string | undefined }): Tensor;
export function gelu(a0?: unknown, a1?: unknown): unknown {
  if (a1 !== undefined) checkOptions("aten::gelu", a1, ["approximate"]);
  return wrap((gelu$0 ??= operator("aten::gelu", ""))(handleOf(a0), (a1 as Options)?.approximate));
}

let gelu_$0: NativeOperator | undefined;
export function gelu_(self: Tensor, options?: { approximate?: string | undefined }): Tensor;
export function gelu_(a0?: unknown, a1?: unknown): unknown {
  if (a1 !== undefined) checkOptions("aten::gelu_", a1, ["approximate"]);
  (gelu_$0 ??= inPlaceOperator("aten::gelu_", ""))(handleOf(a0), (a1 as Options)?.approximate);
  return a0 as Tensor;
}

let geometric$0: NativeOperator | undefined;
export function geometric(self: Tensor, p: number): Tensor;
export function geometric(a0?: unknown, a1?: unknown): unknown {
  return wrap((geometric$0 ??= operator("aten::geometric", ""))(handleOf(a0), a1));
}

let geometric_$0: NativeOperator | undefined;
export function geometric_(self: Tensor, p: number): Tensor;
export function geometric_(a0?: unknown, a1?: unknown): unknown {
  (geometric_$0 ??= inPlaceOperator("aten::geometric_", ""))(handleOf(a0), a1);
  return a0 as Tensor;
}

let geqrf$0: NativeOperator | undefined;
export function geqrf(self: Tensor): [Tensor, Tensor];
export function geqrf(a0?: unknown): unknown {
  return wrapTuple((geqrf$0 ??= operator("aten::geqrf", ""))(handleOf(a0)), "TT");
}

let ger$0: NativeOperator | undefined;
export function ger(self: Tensor, vec2: Tensor): Tensor;
export function ger(a0?: unknown, a1?: unknown): unknown {
  return wrap((ger$0 ??= operator("aten::ger", ""))(handleOf(a0), handleOf(a1)));
}

let glu$0: NativeOperator | undefined;
export function glu(self: Tensor, dim?: number | bigint): Tensor;
export function glu(a0?: unknown, a1?: unknown): unknown {
  return wrap((glu$0 ??= operator("aten::glu", ""))(handleOf(a0), a1));
}

let gluJvp$0: NativeOperator | undefined;
export function gluJvp(glu: Tensor, x: Tensor, dx: Tensor, dim: number | bigint): Tensor;
export function gluJvp(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  return wrap((gluJvp$0 ??= operator("aten::glu_jvp", ""))(handleOf(a0), handleOf(a1), handleOf(a2), a3));
}

let gradient$0: NativeOperator | undefined, gradient$1: NativeOperator | undefined;
export function gradient(self: Tensor, options: { spacing: number | bigint | boolean; dim: readonly number[]; edgeOrder?: number | bigint | undefined }): Tensor[];
export function gradient(self: Tensor, options: { dim: readonly number[]; edgeOrder?: number | bigint | undefined }): Tensor[];
export function gradient(a0?: unknown, a1?: unknown): unknown {
  if (isOptions(a1) && (a1 as Options)?.spacing !== undefined && (a1 as Options)?.dim !== undefined) {
    if (a1 !== undefined) checkOptions("aten::gradient", a1, ["spacing", "dim", "edgeOrder"]);
    return wrapList((gradient$0 ??= operator("aten::gradient", "scalararray"))(handleOf(a0), (a1 as Options)?.spacing, (a1 as Options)?.dim, (a1 as Options)?.edgeOrder));
  }
  if (a1 !== undefined) checkOptions("aten::gradient", a1, ["dim", "edgeOrder"]);
  return wrapList((gradient$1 ??= operator("aten::gradient", "array"))(handleOf(a0), (a1 as Options)?.dim, (a1 as Options)?.edgeOrder));
}

let greater$0: NativeOperator | undefined, greater$1: NativeOperator | undefined;
export function greater(self: Tensor, other: Tensor): Tensor;
export function greater(self: Tensor, other: number | bigint | boolean): Tensor;
export function greater(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a1)) {
    return wrap((greater$0 ??= operator("aten::greater", "Tensor"))(handleOf(a0), handleOf(a1)));
  }
  return wrap((greater$1 ??= operator("aten::greater", "Scalar"))(handleOf(a0), a1));
}

let greaterEqual$0: NativeOperator | undefined, greaterEqual$1: NativeOperator | undefined;
export function greaterEqual(self: Tensor, other: Tensor): Tensor;
export function greaterEqual(self: Tensor, other: number | bigint | boolean): Tensor;
export function greaterEqual(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a1)) {
    return wrap((greaterEqual$0 ??= operator("aten::greater_equal", "Tensor"))(handleOf(a0), handleOf(a1)));
  }
  return wrap((greaterEqual$1 ??= operator("aten::greater_equal", "Scalar"))(handleOf(a0), a1));
}

let greaterEqual_$0: NativeOperator | undefined, greaterEqual_$1: NativeOperator | undefined;
export function greaterEqual_(self: Tensor, other: Tensor): Tensor;
export function greaterEqual_(self: Tensor, other: number | bigint | boolean): Tensor;
export function greaterEqual_(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a1)) {
    (greaterEqual_$0 ??= inPlaceOperator("aten::greater_equal_", "Tensor"))(handleOf(a0), handleOf(a1));
    return a0 as Tensor;
  }
  (greaterEqual_$1 ??= inPlaceOperator("aten::greater_equal_", "Scalar"))(handleOf(a0), a1);
  return a0 as Tensor;
}

let greater_$0: NativeOperator | undefined, greater_$1: NativeOperator | undefined;
export function greater_(self: Tensor, other: Tensor): Tensor;
export function greater_(self: Tensor, other: number | bigint | boolean): Tensor;
export function greater_(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a1)) {
    (greater_$0 ??= inPlaceOperator("aten::greater_", "Tensor"))(handleOf(a0), handleOf(a1));
    return a0 as Tensor;
  }
  (greater_$1 ??= inPlaceOperator("aten::greater_", "Scalar"))(handleOf(a0), a1);
  return a0 as Tensor;
}

let gridSampler$0: NativeOperator | undefined;
export function gridSampler(input: Tensor, grid: Tensor, interpolationMode: number | bigint, paddingMode: number | bigint, alignCorners: boolean): Tensor;
export function gridSampler(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
  return wrap((gridSampler$0 ??= operator("aten::grid_sampler", ""))(handleOf(a0), handleOf(a1), a2, a3, a4));
}

let gridSampler2d$0: NativeOperator | undefined;
export function gridSampler2d(input: Tensor, grid: Tensor, interpolationMode: number | bigint, paddingMode: number | bigint, alignCorners: boolean): Tensor;
export function gridSampler2d(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
  return wrap((gridSampler2d$0 ??= operator("aten::grid_sampler_2d", ""))(handleOf(a0), handleOf(a1), a2, a3, a4));
}

let gridSampler3d$0: NativeOperator | undefined;
export function gridSampler3d(input: Tensor, grid: Tensor, interpolationMode: number | bigint, paddingMode: number | bigint, alignCorners: boolean): Tensor;
export function gridSampler3d(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
  return wrap((gridSampler3d$0 ??= operator("aten::grid_sampler_3d", ""))(handleOf(a0), handleOf(a1), a2, a3, a4));
}

let groupNorm$0: NativeOperator | undefined;
export function groupNorm(input: Tensor, numGroups: number | bigint, weight?: Tensor | undefined, bias?: Tensor | undefined, eps?: number, cudnnEnabled?: boolean): Tensor;
export function groupNorm(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown, a5?: unknown): unknown {
  return wrap((groupNorm$0 ??= operator("aten::group_norm", ""))(handleOf(a0), a1, handleOf(a2), handleOf(a3), a4, a5));
}

let gru$0: NativeOperator | undefined, gru$1: NativeOperator | undefined;
export function gru(data: Tensor, batchSizes: Tensor, hx: Tensor, params: readonly Tensor[], hasBiases: boolean, numLayers: number | bigint, dropout: number, train: boolean, bidirectional: boolean): [Tensor, Tensor];
export function gru(input: Tensor, hx: Tensor, params: readonly Tensor[], hasBiases: boolean, numLayers: number | bigint, dropout: number, train: boolean, bidirectional: boolean, batchFirst: boolean): [Tensor, Tensor];
export function gru(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown, a5?: unknown, a6?: unknown, a7?: unknown, a8?: unknown): unknown {
  if (isTensor(a2) && isTensors(a3) && typeof a4 === "boolean" && isNumber(a6)) {
    return wrapTuple((gru$0 ??= operator("aten::gru", "data"))(handleOf(a0), handleOf(a1), handleOf(a2), handlesOf(a3), a4, a5, a6, a7, a8), "TT");
  }
  return wrapTuple((gru$1 ??= operator("aten::gru", "input"))(handleOf(a0), handleOf(a1), handlesOf(a2), a3, a4, a5, a6, a7, a8), "TT");
}

let gruCell$0: NativeOperator | undefined;
export function gruCell(input: Tensor, hx: Tensor, wIh: Tensor, wHh: Tensor, bIh?: Tensor | undefined, bHh?: Tensor | undefined): Tensor;
export function gruCell(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown, a5?: unknown): unknown {
  return wrap((gruCell$0 ??= operator("aten::gru_cell", ""))(handleOf(a0), handleOf(a1), handleOf(a2), handleOf(a3), handleOf(a4), handleOf(a5)));
}

let gt$0: NativeOperator | undefined, gt$1: NativeOperator | undefined;
export function gt(self: Tensor, other: Tensor): Tensor;
export function gt(self: Tensor, other: number | bigint | boolean): Tensor;
export function gt(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a1)) {
    return wrap((gt$0 ??= operator("aten::gt", "Tensor"))(handleOf(a0), handleOf(a1)));
  }
  return wrap((gt$1 ??= operator("aten::gt", "Scalar"))(handleOf(a0), a1));
}

let gt_$0: NativeOperator | undefined, gt_$1: NativeOperator | undefined;
export function gt_(self: Tensor, other: Tensor): Tensor;
export function gt_(self: Tensor, other: number | bigint | boolean): Tensor;
export function gt_(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a1)) {
    (gt_$0 ??= inPlaceOperator("aten::gt_", "Tensor"))(handleOf(a0), handleOf(a1));
    return a0 as Tensor;
  }
  (gt_$1 ??= inPlaceOperator("aten::gt_", "Scalar"))(handleOf(a0), a1);
  return a0 as Tensor;
}

let hammingWindow$0: NativeOperator | undefined, hammingWindow$1: NativeOperator | undefined, hammingWindow$2: NativeOperator | undefined, hammingWindow$3: NativeOperator | undefined;
export function hammingWindow(windowLength: number | bigint, options?: { dtype?: DType | undefined; device?: string | undefined }): Tensor;
export function hammingWindow(windowLength: number | bigint, periodic: boolean, options?: { dtype?: DType | undefined; device?: string | undefined }): Tensor;
export function hammingWindow(windowLength: number | bigint, periodic: boolean, alpha: number, options?: { dtype?: DType | undefined; device?: string | undefined }): Tensor;
export function hammingWindow(windowLength: number | bigint, periodic: boolean, alpha: number, beta: number, options?: { dtype?: DType | undefined; device?: string | undefined }): Tensor;
export function hammingWindow(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
  if (isOptions(a1) && a2 === undefined && a3 === undefined && a4 === undefined) {
    if (a1 !== undefined) checkOptions("aten::hamming_window", a1, ["dtype", "device"]);
    return wrap((hammingWindow$0 ??= operator("aten::hamming_window", ""))(a0, (a1 as Options)?.dtype, undefined, (a1 as Options)?.device));
  }
  if (typeof a1 === "boolean" && isOptions(a2) && a3 === undefined && a4 === undefined) {
    if (a2 !== undefined) checkOptions("aten::hamming_window", a2, ["dtype", "device"]);
    return wrap((hammingWindow$1 ??= operator("aten::hamming_window", "periodic"))(a0, a1, (a2 as Options)?.dtype, undefined, (a2 as Options)?.device));
  }
  if (typeof a1 === "boolean" && isNumber(a2) && isOptions(a3) && a4 === undefined) {
    if (a3 !== undefined) checkOptions("aten::hamming_window", a3, ["dtype", "device"]);
    return wrap((hammingWindow$2 ??= operator("aten::hamming_window", "periodic_alpha"))(a0, a1, a2, (a3 as Options)?.dtype, undefined, (a3 as Options)?.device));
  }
  if (a4 !== undefined) checkOptions("aten::hamming_window", a4, ["dtype", "device"]);
  return wrap((hammingWindow$3 ??= operator("aten::hamming_window", "periodic_alpha_beta"))(a0, a1, a2, a3, (a4 as Options)?.dtype, undefined, (a4 as Options)?.device));
}

let hannWindow$0: NativeOperator | undefined, hannWindow$1: NativeOperator | undefined;
export function hannWindow(windowLength: number | bigint, options?: { dtype?: DType | undefined; device?: string | undefined }): Tensor;
export function hannWindow(windowLength: number | bigint, periodic: boolean, options?: { dtype?: DType | undefined; device?: string | undefined }): Tensor;
export function hannWindow(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (isOptions(a1) && a2 === undefined) {
    if (a1 !== undefined) checkOptions("aten::hann_window", a1, ["dtype", "device"]);
    return wrap((hannWindow$0 ??= operator("aten::hann_window", ""))(a0, (a1 as Options)?.dtype, undefined, (a1 as Options)?.device));
  }
  if (a2 !== undefined) checkOptions("aten::hann_window", a2, ["dtype", "device"]);
  return wrap((hannWindow$1 ??= operator("aten::hann_window", "periodic"))(a0, a1, (a2 as Options)?.dtype, undefined, (a2 as Options)?.device));
}

let hardshrink$0: NativeOperator | undefined;
export function hardshrink(self: Tensor, lambd?: number | bigint | boolean): Tensor;
export function hardshrink(a0?: unknown, a1?: unknown): unknown {
  return wrap((hardshrink$0 ??= operator("aten::hardshrink", ""))(handleOf(a0), a1));
}

let hardsigmoid$0: NativeOperator | undefined;
export function hardsigmoid(self: Tensor): Tensor;
export function hardsigmoid(a0?: unknown): unknown {
  return wrap((hardsigmoid$0 ??= operator("aten::hardsigmoid", ""))(handleOf(a0)));
}

let hardsigmoid_$0: NativeOperator | undefined;
export function hardsigmoid_(self: Tensor): Tensor;
export function hardsigmoid_(a0?: unknown): unknown {
  (hardsigmoid_$0 ??= inPlaceOperator("aten::hardsigmoid_", ""))(handleOf(a0));
  return a0 as Tensor;
}

let hardswish$0: NativeOperator | undefined;
export function hardswish(self: Tensor): Tensor;
export function hardswish(a0?: unknown): unknown {
  return wrap((hardswish$0 ??= operator("aten::hardswish", ""))(handleOf(a0)));
}

let hardswish_$0: NativeOperator | undefined;
export function hardswish_(self: Tensor): Tensor;
export function hardswish_(a0?: unknown): unknown {
  (hardswish_$0 ??= inPlaceOperator("aten::hardswish_", ""))(handleOf(a0));
  return a0 as Tensor;
}

let hardtanh$0: NativeOperator | undefined;
export function hardtanh(self: Tensor, minVal?: number | bigint | boolean, maxVal?: number | bigint | boolean): Tensor;
export function hardtanh(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  return wrap((hardtanh$0 ??= operator("aten::hardtanh", ""))(handleOf(a0), a1, a2));
}

let hardtanh_$0: NativeOperator | undefined;
export function hardtanh_(self: Tensor, minVal?: number | bigint | boolean, maxVal?: number | bigint | boolean): Tensor;
export function hardtanh_(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  (hardtanh_$0 ??= inPlaceOperator("aten::hardtanh_", ""))(handleOf(a0), a1, a2);
  return a0 as Tensor;
}

let heaviside$0: NativeOperator | undefined;
export function heaviside(self: Tensor, values: Tensor): Tensor;
export function heaviside(a0?: unknown, a1?: unknown): unknown {
  return wrap((heaviside$0 ??= operator("aten::heaviside", ""))(handleOf(a0), handleOf(a1)));
}

let heaviside_$0: NativeOperator | undefined;
export function heaviside_(self: Tensor, values: Tensor): Tensor;
export function heaviside_(a0?: unknown, a1?: unknown): unknown {
  (heaviside_$0 ??= inPlaceOperator("aten::heaviside_", ""))(handleOf(a0), handleOf(a1));
  return a0 as Tensor;
}

let hingeEmbeddingLoss$0: NativeOperator | undefined;
export function hingeEmbeddingLoss(self: Tensor, target: Tensor, margin?: number, reduction?: number | bigint): Tensor;
export function hingeEmbeddingLoss(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  return wrap((hingeEmbeddingLoss$0 ??= operator("aten::hinge_embedding_loss", ""))(handleOf(a0), handleOf(a1), a2, a3));
}

let histc$0: NativeOperator | undefined;
export function histc(self: Tensor, bins?: number | bigint, min?: number | bigint | boolean, max?: number | bigint | boolean): Tensor;
export function histc(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  return wrap((histc$0 ??= operator("aten::histc", ""))(handleOf(a0), a1, a2, a3));
}

let histogram$0: NativeOperator | undefined, histogram$1: NativeOperator | undefined;
export function histogram(self: Tensor, bins: Tensor, options?: { weight?: Tensor | undefined; density?: boolean | undefined }): [Tensor, Tensor];
export function histogram(self: Tensor, bins?: number | bigint, options?: { range?: readonly number[] | undefined; weight?: Tensor | undefined; density?: boolean | undefined }): [Tensor, Tensor];
export function histogram(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (isTensor(a1) && isOptions(a2)) {
    if (a2 !== undefined) checkOptions("aten::histogram", a2, ["weight", "density"]);
    return wrapTuple((histogram$0 ??= operator("aten::histogram", "bins_tensor"))(handleOf(a0), handleOf(a1), handleOf((a2 as Options)?.weight), (a2 as Options)?.density), "TT");
  }
  if (a2 !== undefined) checkOptions("aten::histogram", a2, ["range", "weight", "density"]);
  return wrapTuple((histogram$1 ??= operator("aten::histogram", "bin_ct"))(handleOf(a0), a1, (a2 as Options)?.range, handleOf((a2 as Options)?.weight), (a2 as Options)?.density), "TT");
}

let histogramdd$0: NativeOperator | undefined, histogramdd$1: NativeOperator | undefined, histogramdd$2: NativeOperator | undefined;
export function histogramdd(self: Tensor, bins: readonly number[], range?: readonly number[] | undefined, weight?: Tensor | undefined, density?: boolean): [Tensor, Tensor[]];
export function histogramdd(self: Tensor, bins: readonly Tensor[], range?: readonly number[] | undefined, weight?: Tensor | undefined, density?: boolean): [Tensor, Tensor[]];
export function histogramdd(self: Tensor, bins: number | bigint, range?: readonly number[] | undefined, weight?: Tensor | undefined, density?: boolean): [Tensor, Tensor[]];
export function histogramdd(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
  if (isNumbers(a1)) {
    return wrapTuple((histogramdd$0 ??= operator("aten::histogramdd", ""))(handleOf(a0), a1, a2, handleOf(a3), a4), "TL");
  }
  if (isTensors(a1)) {
    return wrapTuple((histogramdd$1 ??= operator("aten::histogramdd", "TensorList_bins"))(handleOf(a0), handlesOf(a1), a2, handleOf(a3), a4), "TL");
  }
  return wrapTuple((histogramdd$2 ??= operator("aten::histogramdd", "int_bins"))(handleOf(a0), a1, a2, handleOf(a3), a4), "TL");
}

let hsplit$0: NativeOperator | undefined, hsplit$1: NativeOperator | undefined;
export function hsplit(self: Tensor, indices: readonly number[]): Tensor[];
export function hsplit(self: Tensor, sections: number | bigint): Tensor[];
export function hsplit(a0?: unknown, a1?: unknown): unknown {
  if (isNumbers(a1)) {
    return wrapList((hsplit$0 ??= operator("aten::hsplit", "array"))(handleOf(a0), a1));
  }
  return wrapList((hsplit$1 ??= operator("aten::hsplit", "int"))(handleOf(a0), a1));
}

let hspmm$0: NativeOperator | undefined;
export function hspmm(mat1: Tensor, mat2: Tensor): Tensor;
export function hspmm(a0?: unknown, a1?: unknown): unknown {
  return wrap((hspmm$0 ??= operator("aten::hspmm", ""))(handleOf(a0), handleOf(a1)));
}

let hstack$0: NativeOperator | undefined;
export function hstack(tensors: readonly Tensor[]): Tensor;
export function hstack(a0?: unknown): unknown {
  return wrap((hstack$0 ??= operator("aten::hstack", ""))(handlesOf(a0)));
}

let huberLoss$0: NativeOperator | undefined;
export function huberLoss(self: Tensor, target: Tensor, reduction?: number | bigint, delta?: number): Tensor;
export function huberLoss(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  return wrap((huberLoss$0 ??= operator("aten::huber_loss", ""))(handleOf(a0), handleOf(a1), a2, a3));
}

let hypot$0: NativeOperator | undefined;
export function hypot(self: Tensor, other: Tensor): Tensor;
export function hypot(a0?: unknown, a1?: unknown): unknown {
  return wrap((hypot$0 ??= operator("aten::hypot", ""))(handleOf(a0), handleOf(a1)));
}

let hypot_$0: NativeOperator | undefined;
export function hypot_(self: Tensor, other: Tensor): Tensor;
export function hypot_(a0?: unknown, a1?: unknown): unknown {
  (hypot_$0 ??= inPlaceOperator("aten::hypot_", ""))(handleOf(a0), handleOf(a1));
  return a0 as Tensor;
}

let i0$0: NativeOperator | undefined;
export function i0(self: Tensor): Tensor;
export function i0(a0?: unknown): unknown {
  return wrap((i0$0 ??= operator("aten::i0", ""))(handleOf(a0)));
}

let i0_$0: NativeOperator | undefined;
export function i0_(self: Tensor): Tensor;
export function i0_(a0?: unknown): unknown {
  (i0_$0 ??= inPlaceOperator("aten::i0_", ""))(handleOf(a0));
  return a0 as Tensor;
}

let igamma$0: NativeOperator | undefined;
export function igamma(self: Tensor, other: Tensor): Tensor;
export function igamma(a0?: unknown, a1?: unknown): unknown {
  return wrap((igamma$0 ??= operator("aten::igamma", ""))(handleOf(a0), handleOf(a1)));
}

let igamma_$0: NativeOperator | undefined;
export function igamma_(self: Tensor, other: Tensor): Tensor;
export function igamma_(a0?: unknown, a1?: unknown): unknown {
  (igamma_$0 ??= inPlaceOperator("aten::igamma_", ""))(handleOf(a0), handleOf(a1));
  return a0 as Tensor;
}

let igammac$0: NativeOperator | undefined;
export function igammac(self: Tensor, other: Tensor): Tensor;
export function igammac(a0?: unknown, a1?: unknown): unknown {
  return wrap((igammac$0 ??= operator("aten::igammac", ""))(handleOf(a0), handleOf(a1)));
}

let igammac_$0: NativeOperator | undefined;
export function igammac_(self: Tensor, other: Tensor): Tensor;
export function igammac_(a0?: unknown, a1?: unknown): unknown {
  (igammac_$0 ??= inPlaceOperator("aten::igammac_", ""))(handleOf(a0), handleOf(a1));
  return a0 as Tensor;
}

let im2col$0: NativeOperator | undefined;
export function im2col(self: Tensor, kernelSize: number | readonly number[], dilation: number | readonly number[], padding: number | readonly number[], stride: number | readonly number[]): Tensor;
export function im2col(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
  return wrap((im2col$0 ??= operator("aten::im2col", ""))(handleOf(a0), a1, a2, a3, a4));
}

let imag$0: NativeOperator | undefined;
export function imag(self: Tensor): Tensor;
export function imag(a0?: unknown): unknown {
  return wrap((imag$0 ??= operator("aten::imag", ""))(handleOf(a0)));
}

let index$0: NativeOperator | undefined;
export function index(self: Tensor, indices: readonly (Tensor | undefined)[]): Tensor;
export function index(a0?: unknown, a1?: unknown): unknown {
  return wrap((index$0 ??= operator("aten::index", "Tensor"))(handleOf(a0), handlesOf(a1)));
}

let indexAdd$0: NativeOperator | undefined, indexAdd$1: NativeOperator | undefined;
export function indexAdd(self: Tensor, dim: number | bigint, index: Tensor, source: Tensor, options?: { alpha?: number | bigint | boolean | undefined }): Tensor;
export function indexAdd(self: Tensor, dim: string, index: Tensor, source: Tensor, options?: { alpha?: number | bigint | boolean | undefined }): Tensor;
export function indexAdd(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
  if (isNumber(a1) && isOptions(a4)) {
    if (a4 !== undefined) checkOptions("aten::index_add", a4, ["alpha"]);
    return wrap((indexAdd$0 ??= operator("aten::index_add", ""))(handleOf(a0), a1, handleOf(a2), handleOf(a3), (a4 as Options)?.alpha));
  }
  if (a4 !== undefined) checkOptions("aten::index_add", a4, ["alpha"]);
  return wrap((indexAdd$1 ??= operator("aten::index_add", "dimname"))(handleOf(a0), a1, handleOf(a2), handleOf(a3), (a4 as Options)?.alpha));
}

let indexAdd_$0: NativeOperator | undefined;
export function indexAdd_(self: Tensor, dim: number | bigint, index: Tensor, source: Tensor, options?: { alpha?: number | bigint | boolean | undefined }): Tensor;
export function indexAdd_(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
  if (a4 !== undefined) checkOptions("aten::index_add_", a4, ["alpha"]);
  (indexAdd_$0 ??= inPlaceOperator("aten::index_add_", ""))(handleOf(a0), a1, handleOf(a2), handleOf(a3), (a4 as Options)?.alpha);
  return a0 as Tensor;
}

let indexCopy_$0: NativeOperator | undefined, indexCopy_$1: NativeOperator | undefined;
export function indexCopy_(self: Tensor, dim: number | bigint, index: Tensor, source: Tensor): Tensor;
export function indexCopy_(self: Tensor, dim: string, index: Tensor, source: Tensor): Tensor;
export function indexCopy_(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  if (isNumber(a1)) {
    (indexCopy_$0 ??= inPlaceOperator("aten::index_copy_", ""))(handleOf(a0), a1, handleOf(a2), handleOf(a3));
    return a0 as Tensor;
  }
  (indexCopy_$1 ??= inPlaceOperator("aten::index_copy_", "dimname"))(handleOf(a0), a1, handleOf(a2), handleOf(a3));
  return a0 as Tensor;
}

let indexFill$0: NativeOperator | undefined, indexFill$1: NativeOperator | undefined, indexFill$2: NativeOperator | undefined, indexFill$3: NativeOperator | undefined;
export function indexFill(self: Tensor, dim: string, index: Tensor, value: Tensor): Tensor;
export function indexFill(self: Tensor, dim: number | bigint, index: Tensor, value: Tensor): Tensor;
export function indexFill(self: Tensor, dim: string, index: Tensor, value: number | bigint | boolean): Tensor;
export function indexFill(self: Tensor, dim: number | bigint, index: Tensor, value: number | bigint | boolean): Tensor;
export function indexFill(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  if (typeof a1 === "string" && isTensor(a3)) {
    return wrap((indexFill$0 ??= operator("aten::index_fill", "Dimname_Tensor"))(handleOf(a0), a1, handleOf(a2), handleOf(a3)));
  }
  if (isNumber(a1) && isTensor(a3)) {
    return wrap((indexFill$1 ??= operator("aten::index_fill", "int_Tensor"))(handleOf(a0), a1, handleOf(a2), handleOf(a3)));
  }
  if (typeof a1 === "string" && isNumber(a3)) {
    return wrap((indexFill$2 ??= operator("aten::index_fill", "Dimname_Scalar"))(handleOf(a0), a1, handleOf(a2), a3));
  }
  return wrap((indexFill$3 ??= operator("aten::index_fill", "int_Scalar"))(handleOf(a0), a1, handleOf(a2), a3));
}

let indexFill_$0: NativeOperator | undefined, indexFill_$1: NativeOperator | undefined, indexFill_$2: NativeOperator | undefined, indexFill_$3: NativeOperator | undefined;
export function indexFill_(self: Tensor, dim: string, index: Tensor, value: Tensor): Tensor;
export function indexFill_(self: Tensor, dim: number | bigint, index: Tensor, value: Tensor): Tensor;
export function indexFill_(self: Tensor, dim: string, index: Tensor, value: number | bigint | boolean): Tensor;
export function indexFill_(self: Tensor, dim: number | bigint, index: Tensor, value: number | bigint | boolean): Tensor;
export function indexFill_(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  if (typeof a1 === "string" && isTensor(a3)) {
    (indexFill_$0 ??= inPlaceOperator("aten::index_fill_", "Dimname_Tensor"))(handleOf(a0), a1, handleOf(a2), handleOf(a3));
    return a0 as Tensor;
  }
  if (isNumber(a1) && isTensor(a3)) {
    (indexFill_$1 ??= inPlaceOperator("aten::index_fill_", "int_Tensor"))(handleOf(a0), a1, handleOf(a2), handleOf(a3));
    return a0 as Tensor;
  }
  if (typeof a1 === "string" && isNumber(a3)) {
    (indexFill_$2 ??= inPlaceOperator("aten::index_fill_", "Dimname_Scalar"))(handleOf(a0), a1, handleOf(a2), a3);
    return a0 as Tensor;
  }
  (indexFill_$3 ??= inPlaceOperator("aten::index_fill_", "int_Scalar"))(handleOf(a0), a1, handleOf(a2), a3);
  return a0 as Tensor;
}

let indexPut$0: NativeOperator | undefined;
export function indexPut(self: Tensor, indices: readonly (Tensor | undefined)[], values: Tensor, accumulate?: boolean): Tensor;
export function indexPut(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  return wrap((indexPut$0 ??= operator("aten::index_put", ""))(handleOf(a0), handlesOf(a1), handleOf(a2), a3));
}

let indexPut_$0: NativeOperator | undefined;
export function indexPut_(self: Tensor, indices: readonly (Tensor | undefined)[], values: Tensor, accumulate?: boolean): Tensor;
export function indexPut_(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  (indexPut_$0 ??= inPlaceOperator("aten::index_put_", ""))(handleOf(a0), handlesOf(a1), handleOf(a2), a3);
  return a0 as Tensor;
}

let indexReduce$0: NativeOperator | undefined;
export function indexReduce(self: Tensor, dim: number | bigint, index: Tensor, source: Tensor, reduce: string, options?: { includeSelf?: boolean | undefined }): Tensor;
export function indexReduce(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown, a5?: unknown): unknown {
  if (a5 !== undefined) checkOptions("aten::index_reduce", a5, ["includeSelf"]);
  return wrap((indexReduce$0 ??= operator("aten::index_reduce", ""))(handleOf(a0), a1, handleOf(a2), handleOf(a3), a4, (a5 as Options)?.includeSelf));
}

let indexReduce_$0: NativeOperator | undefined;
export function indexReduce_(self: Tensor, dim: number | bigint, index: Tensor, source: Tensor, reduce: string, options?: { includeSelf?: boolean | undefined }): Tensor;
export function indexReduce_(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown, a5?: unknown): unknown {
  if (a5 !== undefined) checkOptions("aten::index_reduce_", a5, ["includeSelf"]);
  (indexReduce_$0 ??= inPlaceOperator("aten::index_reduce_", ""))(handleOf(a0), a1, handleOf(a2), handleOf(a3), a4, (a5 as Options)?.includeSelf);
  return a0 as Tensor;
}

let indexSelect$0: NativeOperator | undefined, indexSelect$1: NativeOperator | undefined;
export function indexSelect(self: Tensor, dim: number | bigint, index: Tensor): Tensor;
export function indexSelect(self: Tensor, dim: string, index: Tensor): Tensor;
export function indexSelect(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (isNumber(a1)) {
    return wrap((indexSelect$0 ??= operator("aten::index_select", ""))(handleOf(a0), a1, handleOf(a2)));
  }
  return wrap((indexSelect$1 ??= operator("aten::index_select", "dimname"))(handleOf(a0), a1, handleOf(a2)));
}

let indices$0: NativeOperator | undefined;
export function indices(self: Tensor): Tensor;
export function indices(a0?: unknown): unknown {
  return wrap((indices$0 ??= operator("aten::indices", ""))(handleOf(a0)));
}

let inner$0: NativeOperator | undefined;
export function inner(self: Tensor, other: Tensor): Tensor;
export function inner(a0?: unknown, a1?: unknown): unknown {
  return wrap((inner$0 ??= operator("aten::inner", ""))(handleOf(a0), handleOf(a1)));
}

let instanceNorm$0: NativeOperator | undefined;
export function instanceNorm(input: Tensor, weight: Tensor | undefined, bias: Tensor | undefined, runningMean: Tensor | undefined, runningVar: Tensor | undefined, useInputStats: boolean, momentum: number, eps: number, cudnnEnabled: boolean): Tensor;
export function instanceNorm(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown, a5?: unknown, a6?: unknown, a7?: unknown, a8?: unknown): unknown {
  return wrap((instanceNorm$0 ??= operator("aten::instance_norm", ""))(handleOf(a0), handleOf(a1), handleOf(a2), handleOf(a3), handleOf(a4), a5, a6, a7, a8));
}

let intRepr$0: NativeOperator | undefined;
export function intRepr(self: Tensor): Tensor;
export function intRepr(a0?: unknown): unknown {
  return wrap((intRepr$0 ??= operator("aten::int_repr", ""))(handleOf(a0)));
}

let inverse$0: NativeOperator | undefined;
export function inverse(self: Tensor): Tensor;
export function inverse(a0?: unknown): unknown {
  return wrap((inverse$0 ??= operator("aten::inverse", ""))(handleOf(a0)));
}

let isComplex$0: NativeOperator | undefined;
export function isComplex(self: Tensor): boolean;
export function isComplex(a0?: unknown): unknown {
  return (isComplex$0 ??= operator("aten::is_complex", ""))(handleOf(a0));
}

let isConj$0: NativeOperator | undefined;
export function isConj(self: Tensor): boolean;
export function isConj(a0?: unknown): unknown {
  return (isConj$0 ??= operator("aten::is_conj", ""))(handleOf(a0));
}

let isDistributed$0: NativeOperator | undefined;
export function isDistributed(self: Tensor): boolean;
export function isDistributed(a0?: unknown): unknown {
  return (isDistributed$0 ??= operator("aten::is_distributed", ""))(handleOf(a0));
}

let isFloatingPoint$0: NativeOperator | undefined;
export function isFloatingPoint(self: Tensor): boolean;
export function isFloatingPoint(a0?: unknown): unknown {
  return (isFloatingPoint$0 ??= operator("aten::is_floating_point", ""))(handleOf(a0));
}

let isInference$0: NativeOperator | undefined;
export function isInference(self: Tensor): boolean;
export function isInference(a0?: unknown): unknown {
  return (isInference$0 ??= operator("aten::is_inference", ""))(handleOf(a0));
}

let isNeg$0: NativeOperator | undefined;
export function isNeg(self: Tensor): boolean;
export function isNeg(a0?: unknown): unknown {
  return (isNeg$0 ??= operator("aten::is_neg", ""))(handleOf(a0));
}

let isNonzero$0: NativeOperator | undefined;
export function isNonzero(self: Tensor): boolean;
export function isNonzero(a0?: unknown): unknown {
  return (isNonzero$0 ??= operator("aten::is_nonzero", ""))(handleOf(a0));
}

let isSameSize$0: NativeOperator | undefined;
export function isSameSize(self: Tensor, other: Tensor): boolean;
export function isSameSize(a0?: unknown, a1?: unknown): unknown {
  return (isSameSize$0 ??= operator("aten::is_same_size", ""))(handleOf(a0), handleOf(a1));
}

let isSetTo$0: NativeOperator | undefined;
export function isSetTo(self: Tensor, tensor: Tensor): boolean;
export function isSetTo(a0?: unknown, a1?: unknown): unknown {
  return (isSetTo$0 ??= operator("aten::is_set_to", ""))(handleOf(a0), handleOf(a1));
}

let isSigned$0: NativeOperator | undefined;
export function isSigned(self: Tensor): boolean;
export function isSigned(a0?: unknown): unknown {
  return (isSigned$0 ??= operator("aten::is_signed", ""))(handleOf(a0));
}

let isVulkanAvailable$0: NativeOperator | undefined;
export function isVulkanAvailable(): boolean;
export function isVulkanAvailable(): unknown {
  return (isVulkanAvailable$0 ??= operator("aten::is_vulkan_available", ""))();
}

let isclose$0: NativeOperator | undefined;
export function isclose(self: Tensor, other: Tensor, rtol?: number, atol?: number, equalNan?: boolean): Tensor;
export function isclose(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
  return wrap((isclose$0 ??= operator("aten::isclose", ""))(handleOf(a0), handleOf(a1), a2, a3, a4));
}

let isfinite$0: NativeOperator | undefined;
export function isfinite(self: Tensor): Tensor;
export function isfinite(a0?: unknown): unknown {
  return wrap((isfinite$0 ??= operator("aten::isfinite", ""))(handleOf(a0)));
}

let isin$0: NativeOperator | undefined, isin$1: NativeOperator | undefined, isin$2: NativeOperator | undefined;
export function isin(elements: Tensor, testElements: Tensor, options?: { assumeUnique?: boolean | undefined; invert?: boolean | undefined }): Tensor;
export function isin(element: number | bigint | boolean, testElements: Tensor, options?: { assumeUnique?: boolean | undefined; invert?: boolean | undefined }): Tensor;
export function isin(elements: Tensor, testElement: number | bigint | boolean, options?: { assumeUnique?: boolean | undefined; invert?: boolean | undefined }): Tensor;
export function isin(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (isTensor(a0) && isTensor(a1) && isOptions(a2)) {
    if (a2 !== undefined) checkOptions("aten::isin", a2, ["assumeUnique", "invert"]);
    return wrap((isin$0 ??= operator("aten::isin", "Tensor_Tensor"))(handleOf(a0), handleOf(a1), (a2 as Options)?.assumeUnique, (a2 as Options)?.invert));
  }
  if (isNumber(a0) && isTensor(a1) && isOptions(a2)) {
    if (a2 !== undefined) checkOptions("aten::isin", a2, ["assumeUnique", "invert"]);
    return wrap((isin$1 ??= operator("aten::isin", "Scalar_Tensor"))(a0, handleOf(a1), (a2 as Options)?.assumeUnique, (a2 as Options)?.invert));
  }
  if (a2 !== undefined) checkOptions("aten::isin", a2, ["assumeUnique", "invert"]);
  return wrap((isin$2 ??= operator("aten::isin", "Tensor_Scalar"))(handleOf(a0), a1, (a2 as Options)?.assumeUnique, (a2 as Options)?.invert));
}

let isinf$0: NativeOperator | undefined;
export function isinf(self: Tensor): Tensor;
export function isinf(a0?: unknown): unknown {
  return wrap((isinf$0 ??= operator("aten::isinf", ""))(handleOf(a0)));
}

let isnan$0: NativeOperator | undefined;
export function isnan(self: Tensor): Tensor;
export function isnan(a0?: unknown): unknown {
  return wrap((isnan$0 ??= operator("aten::isnan", ""))(handleOf(a0)));
}

let isneginf$0: NativeOperator | undefined;
export function isneginf(self: Tensor): Tensor;
export function isneginf(a0?: unknown): unknown {
  return wrap((isneginf$0 ??= operator("aten::isneginf", ""))(handleOf(a0)));
}

let isposinf$0: NativeOperator | undefined;
export function isposinf(self: Tensor): Tensor;
export function isposinf(a0?: unknown): unknown {
  return wrap((isposinf$0 ??= operator("aten::isposinf", ""))(handleOf(a0)));
}

let isreal$0: NativeOperator | undefined;
export function isreal(self: Tensor): Tensor;
export function isreal(a0?: unknown): unknown {
  return wrap((isreal$0 ??= operator("aten::isreal", ""))(handleOf(a0)));
}

let istft$0: NativeOperator | undefined;
export function istft(self: Tensor, nFft: number | bigint, hopLength?: number | bigint | undefined, winLength?: number | bigint | undefined, window?: Tensor | undefined, center?: boolean, normalized?: boolean, onesided?: boolean | undefined, length?: number | bigint | undefined, returnComplex?: boolean): Tensor;
export function istft(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown, a5?: unknown, a6?: unknown, a7?: unknown, a8?: unknown, a9?: unknown): unknown {
  return wrap((istft$0 ??= operator("aten::istft", ""))(handleOf(a0), a1, a2, a3, handleOf(a4), a5, a6, a7, a8, a9));
}

let kaiserWindow$0: NativeOperator | undefined, kaiserWindow$1: NativeOperator | undefined, kaiserWindow$2: NativeOperator | undefined;
export function kaiserWindow(windowLength: number | bigint, options?: { dtype?: DType | undefined; device?: string | undefined }): Tensor;
export function kaiserWindow(windowLength: number | bigint, periodic: boolean, options?: { dtype?: DType | undefined; device?: string | undefined }): Tensor;
export function kaiserWindow(windowLength: number | bigint, periodic: boolean, beta: number, options?: { dtype?: DType | undefined; device?: string | undefined }): Tensor;
export function kaiserWindow(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  if (isOptions(a1) && a2 === undefined && a3 === undefined) {
    if (a1 !== undefined) checkOptions("aten::kaiser_window", a1, ["dtype", "device"]);
    return wrap((kaiserWindow$0 ??= operator("aten::kaiser_window", ""))(a0, (a1 as Options)?.dtype, undefined, (a1 as Options)?.device));
  }
  if (typeof a1 === "boolean" && isOptions(a2) && a3 === undefined) {
    if (a2 !== undefined) checkOptions("aten::kaiser_window", a2, ["dtype", "device"]);
    return wrap((kaiserWindow$1 ??= operator("aten::kaiser_window", "periodic"))(a0, a1, (a2 as Options)?.dtype, undefined, (a2 as Options)?.device));
  }
  if (a3 !== undefined) checkOptions("aten::kaiser_window", a3, ["dtype", "device"]);
  return wrap((kaiserWindow$2 ??= operator("aten::kaiser_window", "beta"))(a0, a1, a2, (a3 as Options)?.dtype, undefined, (a3 as Options)?.device));
}

let klDiv$0: NativeOperator | undefined;
export function klDiv(self: Tensor, target: Tensor, reduction?: number | bigint, options?: { logTarget?: boolean | undefined }): Tensor;
export function klDiv(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  if (a3 !== undefined) checkOptions("aten::kl_div", a3, ["logTarget"]);
  return wrap((klDiv$0 ??= operator("aten::kl_div", ""))(handleOf(a0), handleOf(a1), a2, (a3 as Options)?.logTarget));
}

let kron$0: NativeOperator | undefined;
export function kron(self: Tensor, other: Tensor): Tensor;
export function kron(a0?: unknown, a1?: unknown): unknown {
  return wrap((kron$0 ??= operator("aten::kron", ""))(handleOf(a0), handleOf(a1)));
}

let kthvalue$0: NativeOperator | undefined, kthvalue$1: NativeOperator | undefined;
export function kthvalue(self: Tensor, k: number | bigint, dim?: number | bigint, keepdim?: boolean): [Tensor, Tensor];
export function kthvalue(self: Tensor, k: number | bigint, dim: string, keepdim?: boolean): [Tensor, Tensor];
export function kthvalue(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  if ((a2 === undefined || isNumber(a2))) {
    return wrapTuple((kthvalue$0 ??= operator("aten::kthvalue", ""))(handleOf(a0), a1, a2, a3), "TT");
  }
  return wrapTuple((kthvalue$1 ??= operator("aten::kthvalue", "dimname"))(handleOf(a0), a1, a2, a3), "TT");
}

let l1Loss$0: NativeOperator | undefined;
export function l1Loss(self: Tensor, target: Tensor, reduction?: number | bigint): Tensor;
export function l1Loss(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  return wrap((l1Loss$0 ??= operator("aten::l1_loss", ""))(handleOf(a0), handleOf(a1), a2));
}

let layerNorm$0: NativeOperator | undefined;
export function layerNorm(input: Tensor, normalizedShape: readonly number[], weight?: Tensor | undefined, bias?: Tensor | undefined, eps?: number, cudnnEnable?: boolean): Tensor;
export function layerNorm(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown, a5?: unknown): unknown {
  return wrap((layerNorm$0 ??= operator("aten::layer_norm", ""))(handleOf(a0), a1, handleOf(a2), handleOf(a3), a4, a5));
}

let lcm$0: NativeOperator | undefined;
export function lcm(self: Tensor, other: Tensor): Tensor;
export function lcm(a0?: unknown, a1?: unknown): unknown {
  return wrap((lcm$0 ??= operator("aten::lcm", ""))(handleOf(a0), handleOf(a1)));
}

let lcm_$0: NativeOperator | undefined;
export function lcm_(self: Tensor, other: Tensor): Tensor;
export function lcm_(a0?: unknown, a1?: unknown): unknown {
  (lcm_$0 ??= inPlaceOperator("aten::lcm_", ""))(handleOf(a0), handleOf(a1));
  return a0 as Tensor;
}

let ldexp$0: NativeOperator | undefined;
export function ldexp(self: Tensor, other: Tensor): Tensor;
export function ldexp(a0?: unknown, a1?: unknown): unknown {
  return wrap((ldexp$0 ??= operator("aten::ldexp", "Tensor"))(handleOf(a0), handleOf(a1)));
}

let ldexp_$0: NativeOperator | undefined;
export function ldexp_(self: Tensor, other: Tensor): Tensor;
export function ldexp_(a0?: unknown, a1?: unknown): unknown {
  (ldexp_$0 ??= inPlaceOperator("aten::ldexp_", ""))(handleOf(a0), handleOf(a1));
  return a0 as Tensor;
}

let le$0: NativeOperator | undefined, le$1: NativeOperator | undefined;
export function le(self: Tensor, other: Tensor): Tensor;
export function le(self: Tensor, other: number | bigint | boolean): Tensor;
export function le(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a1)) {
    return wrap((le$0 ??= operator("aten::le", "Tensor"))(handleOf(a0), handleOf(a1)));
  }
  return wrap((le$1 ??= operator("aten::le", "Scalar"))(handleOf(a0), a1));
}

let le_$0: NativeOperator | undefined, le_$1: NativeOperator | undefined;
export function le_(self: Tensor, other: Tensor): Tensor;
export function le_(self: Tensor, other: number | bigint | boolean): Tensor;
export function le_(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a1)) {
    (le_$0 ??= inPlaceOperator("aten::le_", "Tensor"))(handleOf(a0), handleOf(a1));
    return a0 as Tensor;
  }
  (le_$1 ??= inPlaceOperator("aten::le_", "Scalar"))(handleOf(a0), a1);
  return a0 as Tensor;
}

let leakyRelu$0: NativeOperator | undefined;
export function leakyRelu(self: Tensor, negativeSlope?: number | bigint | boolean): Tensor;
export function leakyRelu(a0?: unknown, a1?: unknown): unknown {
  return wrap((leakyRelu$0 ??= operator("aten::leaky_relu", ""))(handleOf(a0), a1));
}

let leakyRelu_$0: NativeOperator | undefined;
export function leakyRelu_(self: Tensor, negativeSlope?: number | bigint | boolean): Tensor;
export function leakyRelu_(a0?: unknown, a1?: unknown): unknown {
  (leakyRelu_$0 ??= inPlaceOperator("aten::leaky_relu_", ""))(handleOf(a0), a1);
  return a0 as Tensor;
}

let lerp$0: NativeOperator | undefined, lerp$1: NativeOperator | undefined;
export function lerp(self: Tensor, end: Tensor, weight: Tensor): Tensor;
export function lerp(self: Tensor, end: Tensor, weight: number | bigint | boolean): Tensor;
export function lerp(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (isTensor(a2)) {
    return wrap((lerp$0 ??= operator("aten::lerp", "Tensor"))(handleOf(a0), handleOf(a1), handleOf(a2)));
  }
  return wrap((lerp$1 ??= operator("aten::lerp", "Scalar"))(handleOf(a0), handleOf(a1), a2));
}

let lerp_$0: NativeOperator | undefined, lerp_$1: NativeOperator | undefined;
export function lerp_(self: Tensor, end: Tensor, weight: Tensor): Tensor;
export function lerp_(self: Tensor, end: Tensor, weight: number | bigint | boolean): Tensor;
export function lerp_(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (isTensor(a2)) {
    (lerp_$0 ??= inPlaceOperator("aten::lerp_", "Tensor"))(handleOf(a0), handleOf(a1), handleOf(a2));
    return a0 as Tensor;
  }
  (lerp_$1 ??= inPlaceOperator("aten::lerp_", "Scalar"))(handleOf(a0), handleOf(a1), a2);
  return a0 as Tensor;
}

let less$0: NativeOperator | undefined, less$1: NativeOperator | undefined;
export function less(self: Tensor, other: Tensor): Tensor;
export function less(self: Tensor, other: number | bigint | boolean): Tensor;
export function less(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a1)) {
    return wrap((less$0 ??= operator("aten::less", "Tensor"))(handleOf(a0), handleOf(a1)));
  }
  return wrap((less$1 ??= operator("aten::less", "Scalar"))(handleOf(a0), a1));
}

let lessEqual$0: NativeOperator | undefined, lessEqual$1: NativeOperator | undefined;
export function lessEqual(self: Tensor, other: Tensor): Tensor;
export function lessEqual(self: Tensor, other: number | bigint | boolean): Tensor;
export function lessEqual(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a1)) {
    return wrap((lessEqual$0 ??= operator("aten::less_equal", "Tensor"))(handleOf(a0), handleOf(a1)));
  }
  return wrap((lessEqual$1 ??= operator("aten::less_equal", "Scalar"))(handleOf(a0), a1));
}

let lessEqual_$0: NativeOperator | undefined, lessEqual_$1: NativeOperator | undefined;
export function lessEqual_(self: Tensor, other: Tensor): Tensor;
export function lessEqual_(self: Tensor, other: number | bigint | boolean): Tensor;
export function lessEqual_(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a1)) {
    (lessEqual_$0 ??= inPlaceOperator("aten::less_equal_", "Tensor"))(handleOf(a0), handleOf(a1));
    return a0 as Tensor;
  }
  (lessEqual_$1 ??= inPlaceOperator("aten::less_equal_", "Scalar"))(handleOf(a0), a1);
  return a0 as Tensor;
}

let less_$0: NativeOperator | undefined, less_$1: NativeOperator | undefined;
export function less_(self: Tensor, other: Tensor): Tensor;
export function less_(self: Tensor, other: number | bigint | boolean): Tensor;
export function less_(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a1)) {
    (less_$0 ??= inPlaceOperator("aten::less_", "Tensor"))(handleOf(a0), handleOf(a1));
    return a0 as Tensor;
  }
  (less_$1 ??= inPlaceOperator("aten::less_", "Scalar"))(handleOf(a0), a1);
  return a0 as Tensor;
}

let lgamma$0: NativeOperator | undefined;
export function lgamma(self: Tensor): Tensor;
export function lgamma(a0?: unknown): unknown {
  return wrap((lgamma$0 ??= operator("aten::lgamma", ""))(handleOf(a0)));
}

let lgamma_$0: NativeOperator | undefined;
export function lgamma_(self: Tensor): Tensor;
export function lgamma_(a0?: unknown): unknown {
  (lgamma_$0 ??= inPlaceOperator("aten::lgamma_", ""))(handleOf(a0));
  return a0 as Tensor;
}

let linalgCholesky$0: NativeOperator | undefined;
export function linalgCholesky(self: Tensor, options?: { upper?: boolean | undefined }): Tensor;
export function linalgCholesky(a0?: unknown, a1?: unknown): unknown {
  if (a1 !== undefined) checkOptions("aten::linalg_cholesky", a1, ["upper"]);
  return wrap((linalgCholesky$0 ??= operator("aten::linalg_cholesky", ""))(handleOf(a0), (a1 as Options)?.upper));
}

let linalgCholeskyEx$0: NativeOperator | undefined;
export function linalgCholeskyEx(self: Tensor, options?: { upper?: boolean | undefined; checkErrors?: boolean | undefined }): [Tensor, Tensor];
export function linalgCholeskyEx(a0?: unknown, a1?: unknown): unknown {
  if (a1 !== undefined) checkOptions("aten::linalg_cholesky_ex", a1, ["upper", "checkErrors"]);
  return wrapTuple((linalgCholeskyEx$0 ??= operator("aten::linalg_cholesky_ex", ""))(handleOf(a0), (a1 as Options)?.upper, (a1 as Options)?.checkErrors), "TT");
}

let linalgCond$0: NativeOperator | undefined, linalgCond$1: NativeOperator | undefined;
export function linalgCond(self: Tensor, p?: number | bigint | boolean | undefined): Tensor;
export function linalgCond(self: Tensor, p: string): Tensor;
export function linalgCond(a0?: unknown, a1?: unknown): unknown {
  if ((a1 === undefined || isNumber(a1))) {
    return wrap((linalgCond$0 ??= operator("aten::linalg_cond", ""))(handleOf(a0), a1));
  }
  return wrap((linalgCond$1 ??= operator("aten::linalg_cond", "p_str"))(handleOf(a0), a1));
}

let linalgCross$0: NativeOperator | undefined;
export function linalgCross(self: Tensor, other: Tensor, options?: { dim?: number | bigint | undefined }): Tensor;
export function linalgCross(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (a2 !== undefined) checkOptions("aten::linalg_cross", a2, ["dim"]);
  return wrap((linalgCross$0 ??= operator("aten::linalg_cross", ""))(handleOf(a0), handleOf(a1), (a2 as Options)?.dim));
}

let linalgDet$0: NativeOperator | undefined;
export function linalgDet(A: Tensor): Tensor;
export function linalgDet(a0?: unknown): unknown {
  return wrap((linalgDet$0 ??= operator("aten::linalg_det", ""))(handleOf(a0)));
}

let linalgDiagonal$0: NativeOperator | undefined;
export function linalgDiagonal(A: Tensor, options?: { offset?: number | bigint | undefined; dim1?: number | bigint | undefined; dim2?: number | bigint | undefined }): Tensor;
export function linalgDiagonal(a0?: unknown, a1?: unknown): unknown {
  if (a1 !== undefined) checkOptions("aten::linalg_diagonal", a1, ["offset", "dim1", "dim2"]);
  return wrap((linalgDiagonal$0 ??= operator("aten::linalg_diagonal", ""))(handleOf(a0), (a1 as Options)?.offset, (a1 as Options)?.dim1, (a1 as Options)?.dim2));
}

let linalgEig$0: NativeOperator | undefined;
export function linalgEig(self: Tensor): [Tensor, Tensor];
export function linalgEig(a0?: unknown): unknown {
  return wrapTuple((linalgEig$0 ??= operator("aten::linalg_eig", ""))(handleOf(a0)), "TT");
}

let linalgEigh$0: NativeOperator | undefined;
export function linalgEigh(self: Tensor, UPLO?: string): [Tensor, Tensor];
export function linalgEigh(a0?: unknown, a1?: unknown): unknown {
  return wrapTuple((linalgEigh$0 ??= operator("aten::linalg_eigh", ""))(handleOf(a0), a1), "TT");
}

let linalgEigvals$0: NativeOperator | undefined;
export function linalgEigvals(self: Tensor): Tensor;
export function linalgEigvals(a0?: unknown): unknown {
  return wrap((linalgEigvals$0 ??= operator("aten::linalg_eigvals", ""))(handleOf(a0)));
}

let linalgEigvalsh$0: NativeOperator | undefined;
export function linalgEigvalsh(self: Tensor, UPLO?: string): Tensor;
export function linalgEigvalsh(a0?: unknown, a1?: unknown): unknown {
  return wrap((linalgEigvalsh$0 ??= operator("aten::linalg_eigvalsh", ""))(handleOf(a0), a1));
}

let linalgHouseholderProduct$0: NativeOperator | undefined;
export function linalgHouseholderProduct(input: Tensor, tau: Tensor): Tensor;
export function linalgHouseholderProduct(a0?: unknown, a1?: unknown): unknown {
  return wrap((linalgHouseholderProduct$0 ??= operator("aten::linalg_householder_product", ""))(handleOf(a0), handleOf(a1)));
}

let linalgInv$0: NativeOperator | undefined;
export function linalgInv(A: Tensor): Tensor;
export function linalgInv(a0?: unknown): unknown {
  return wrap((linalgInv$0 ??= operator("aten::linalg_inv", ""))(handleOf(a0)));
}

let linalgInvEx$0: NativeOperator | undefined;
export function linalgInvEx(A: Tensor, options?: { checkErrors?: boolean | undefined }): [Tensor, Tensor];
export function linalgInvEx(a0?: unknown, a1?: unknown): unknown {
  if (a1 !== undefined) checkOptions("aten::linalg_inv_ex", a1, ["checkErrors"]);
  return wrapTuple((linalgInvEx$0 ??= operator("aten::linalg_inv_ex", ""))(handleOf(a0), (a1 as Options)?.checkErrors), "TT");
}

let linalgLdlFactor$0: NativeOperator | undefined;
export function linalgLdlFactor(self: Tensor, options?: { hermitian?: boolean | undefined }): [Tensor, Tensor];
export function linalgLdlFactor(a0?: unknown, a1?: unknown): unknown {
  if (a1 !== undefined) checkOptions("aten::linalg_ldl_factor", a1, ["hermitian"]);
  return wrapTuple((linalgLdlFactor$0 ??= operator("aten::linalg_ldl_factor", ""))(handleOf(a0), (a1 as Options)?.hermitian), "TT");
}

let linalgLdlFactorEx$0: NativeOperator | undefined;
export function linalgLdlFactorEx(self: Tensor, options?: { hermitian?: boolean | undefined; checkErrors?: boolean | undefined }): [Tensor, Tensor, Tensor];
export function linalgLdlFactorEx(a0?: unknown, a1?: unknown): unknown {
  if (a1 !== undefined) checkOptions("aten::linalg_ldl_factor_ex", a1, ["hermitian", "checkErrors"]);
  return wrapTuple((linalgLdlFactorEx$0 ??= operator("aten::linalg_ldl_factor_ex", ""))(handleOf(a0), (a1 as Options)?.hermitian, (a1 as Options)?.checkErrors), "TTT");
}

let linalgLdlSolve$0: NativeOperator | undefined;
export function linalgLdlSolve(LD: Tensor, pivots: Tensor, B: Tensor, options?: { hermitian?: boolean | undefined }): Tensor;
export function linalgLdlSolve(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  if (a3 !== undefined) checkOptions("aten::linalg_ldl_solve", a3, ["hermitian"]);
  return wrap((linalgLdlSolve$0 ??= operator("aten::linalg_ldl_solve", ""))(handleOf(a0), handleOf(a1), handleOf(a2), (a3 as Options)?.hermitian));
}

let linalgLstsq$0: NativeOperator | undefined;
export function linalgLstsq(self: Tensor, b: Tensor, rcond?: number | undefined, options?: { driver?: string | undefined }): [Tensor, Tensor, Tensor, Tensor];
export function linalgLstsq(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  if (a3 !== undefined) checkOptions("aten::linalg_lstsq", a3, ["driver"]);
  return wrapTuple((linalgLstsq$0 ??= operator("aten::linalg_lstsq", ""))(handleOf(a0), handleOf(a1), a2, (a3 as Options)?.driver), "TTTT");
}

let linalgLu$0: NativeOperator | undefined;
export function linalgLu(A: Tensor, options?: { pivot?: boolean | undefined }): [Tensor, Tensor, Tensor];
export function linalgLu(a0?: unknown, a1?: unknown): unknown {
  if (a1 !== undefined) checkOptions("aten::linalg_lu", a1, ["pivot"]);
  return wrapTuple((linalgLu$0 ??= operator("aten::linalg_lu", ""))(handleOf(a0), (a1 as Options)?.pivot), "TTT");
}

let linalgLuFactor$0: NativeOperator | undefined;
export function linalgLuFactor(A: Tensor, options?: { pivot?: boolean | undefined }): [Tensor, Tensor];
export function linalgLuFactor(a0?: unknown, a1?: unknown): unknown {
  if (a1 !== undefined) checkOptions("aten::linalg_lu_factor", a1, ["pivot"]);
  return wrapTuple((linalgLuFactor$0 ??= operator("aten::linalg_lu_factor", ""))(handleOf(a0), (a1 as Options)?.pivot), "TT");
}

let linalgLuFactorEx$0: NativeOperator | undefined;
export function linalgLuFactorEx(A: Tensor, options?: { pivot?: boolean | undefined; checkErrors?: boolean | undefined }): [Tensor, Tensor, Tensor];
export function linalgLuFactorEx(a0?: unknown, a1?: unknown): unknown {
  if (a1 !== undefined) checkOptions("aten::linalg_lu_factor_ex", a1, ["pivot", "checkErrors"]);
  return wrapTuple((linalgLuFactorEx$0 ??= operator("aten::linalg_lu_factor_ex", ""))(handleOf(a0), (a1 as Options)?.pivot, (a1 as Options)?.checkErrors), "TTT");
}

let linalgLuSolve$0: NativeOperator | undefined;
export function linalgLuSolve(LU: Tensor, pivots: Tensor, B: Tensor, options?: { left?: boolean | undefined; adjoint?: boolean | undefined }): Tensor;
export function linalgLuSolve(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  if (a3 !== undefined) checkOptions("aten::linalg_lu_solve", a3, ["left", "adjoint"]);
  return wrap((linalgLuSolve$0 ??= operator("aten::linalg_lu_solve", ""))(handleOf(a0), handleOf(a1), handleOf(a2), (a3 as Options)?.left, (a3 as Options)?.adjoint));
}

let linalgMatmul$0: NativeOperator | undefined;
export function linalgMatmul(self: Tensor, other: Tensor): Tensor;
export function linalgMatmul(a0?: unknown, a1?: unknown): unknown {
  return wrap((linalgMatmul$0 ??= operator("aten::linalg_matmul", ""))(handleOf(a0), handleOf(a1)));
}

let linalgMatrixExp$0: NativeOperator | undefined;
export function linalgMatrixExp(self: Tensor): Tensor;
export function linalgMatrixExp(a0?: unknown): unknown {
  return wrap((linalgMatrixExp$0 ??= operator("aten::linalg_matrix_exp", ""))(handleOf(a0)));
}

let linalgMatrixNorm$0: NativeOperator | undefined, linalgMatrixNorm$1: NativeOperator | undefined;
export function linalgMatrixNorm(self: Tensor, ord: number | bigint | boolean, dim?: readonly number[], keepdim?: boolean, options?: { dtype?: DType | undefined }): Tensor;
export function linalgMatrixNorm(self: Tensor, ord?: string, dim?: readonly number[], keepdim?: boolean, options?: { dtype?: DType | undefined }): Tensor;
export function linalgMatrixNorm(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
  if (isNumber(a1) && isOptions(a4)) {
    if (a4 !== undefined) checkOptions("aten::linalg_matrix_norm", a4, ["dtype"]);
    return wrap((linalgMatrixNorm$0 ??= operator("aten::linalg_matrix_norm", ""))(handleOf(a0), a1, a2, a3, (a4 as Options)?.dtype));
  }
  if (a4 !== undefined) checkOptions("aten::linalg_matrix_norm", a4, ["dtype"]);
  return wrap((linalgMatrixNorm$1 ??= operator("aten::linalg_matrix_norm", "str_ord"))(handleOf(a0), a1, a2, a3, (a4 as Options)?.dtype));
}

let linalgMatrixPower$0: NativeOperator | undefined;
export function linalgMatrixPower(self: Tensor, n: number | bigint): Tensor;
export function linalgMatrixPower(a0?: unknown, a1?: unknown): unknown {
  return wrap((linalgMatrixPower$0 ??= operator("aten::linalg_matrix_power", ""))(handleOf(a0), a1));
}

let linalgMatrixRank$0: NativeOperator | undefined, linalgMatrixRank$1: NativeOperator | undefined, linalgMatrixRank$2: NativeOperator | undefined;
export function linalgMatrixRank(self: Tensor, options?: { atol?: number | undefined; rtol?: number | undefined; hermitian?: boolean | undefined }): Tensor;
export function linalgMatrixRank(input: Tensor, tol: Tensor, hermitian?: boolean): Tensor;
export function linalgMatrixRank(self: Tensor, tol: number, hermitian?: boolean): Tensor;
export function linalgMatrixRank(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (isOptions(a1) && a2 === undefined) {
    if (a1 !== undefined) checkOptions("aten::linalg_matrix_rank", a1, ["atol", "rtol", "hermitian"]);
    return wrap((linalgMatrixRank$0 ??= operator("aten::linalg_matrix_rank", "atol_rtol_float"))(handleOf(a0), (a1 as Options)?.atol, (a1 as Options)?.rtol, (a1 as Options)?.hermitian));
  }
  if (isTensor(a1) && (a2 === undefined || typeof a2 === "boolean")) {
    return wrap((linalgMatrixRank$1 ??= operator("aten::linalg_matrix_rank", "tol_tensor"))(handleOf(a0), handleOf(a1), a2));
  }
  return wrap((linalgMatrixRank$2 ??= operator("aten::linalg_matrix_rank", ""))(handleOf(a0), a1, a2));
}

let linalgMultiDot$0: NativeOperator | undefined;
export function linalgMultiDot(tensors: readonly Tensor[]): Tensor;
export function linalgMultiDot(a0?: unknown): unknown {
  return wrap((linalgMultiDot$0 ??= operator("aten::linalg_multi_dot", ""))(handlesOf(a0)));
}

let linalgNorm$0: NativeOperator | undefined, linalgNorm$1: NativeOperator | undefined;
export function linalgNorm(self: Tensor, ord?: number | bigint | boolean | undefined, dim?: number | readonly number[] | undefined, keepdim?: boolean, options?: { dtype?: DType | undefined }): Tensor;
export function linalgNorm(self: Tensor, ord: string, dim?: number | readonly number[] | undefined, keepdim?: boolean, options?: { dtype?: DType | undefined }): Tensor;
export function linalgNorm(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
  if ((a1 === undefined || isNumber(a1)) && isOptions(a4)) {
    if (a4 !== undefined) checkOptions("aten::linalg_norm", a4, ["dtype"]);
    return wrap((linalgNorm$0 ??= operator("aten::linalg_norm", ""))(handleOf(a0), a1, a2, a3, (a4 as Options)?.dtype));
  }
  if (a4 !== undefined) checkOptions("aten::linalg_norm", a4, ["dtype"]);
  return wrap((linalgNorm$1 ??= operator("aten::linalg_norm", "ord_str"))(handleOf(a0), a1, a2, a3, (a4 as Options)?.dtype));
}

let linalgPinv$0: NativeOperator | undefined, linalgPinv$1: NativeOperator | undefined, linalgPinv$2: NativeOperator | undefined;
export function linalgPinv(self: Tensor, options?: { atol?: number | undefined; rtol?: number | undefined; hermitian?: boolean | undefined }): Tensor;
export function linalgPinv(self: Tensor, rcond: Tensor, hermitian?: boolean): Tensor;
export function linalgPinv(self: Tensor, rcond: number, hermitian?: boolean): Tensor;
export function linalgPinv(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (isOptions(a1) && a2 === undefined) {
    if (a1 !== undefined) checkOptions("aten::linalg_pinv", a1, ["atol", "rtol", "hermitian"]);
    return wrap((linalgPinv$0 ??= operator("aten::linalg_pinv", "atol_rtol_float"))(handleOf(a0), (a1 as Options)?.atol, (a1 as Options)?.rtol, (a1 as Options)?.hermitian));
  }
  if (isTensor(a1) && (a2 === undefined || typeof a2 === "boolean")) {
    return wrap((linalgPinv$1 ??= operator("aten::linalg_pinv", "rcond_tensor"))(handleOf(a0), handleOf(a1), a2));
  }
  return wrap((linalgPinv$2 ??= operator("aten::linalg_pinv", ""))(handleOf(a0), a1, a2));
}

let linalgQr$0: NativeOperator | undefined;
export function linalgQr(A: Tensor, mode?: string): [Tensor, Tensor];
export function linalgQr(a0?: unknown, a1?: unknown): unknown {
  return wrapTuple((linalgQr$0 ??= operator("aten::linalg_qr", ""))(handleOf(a0), a1), "TT");
}

let linalgSlogdet$0: NativeOperator | undefined;
export function linalgSlogdet(A: Tensor): [Tensor, Tensor];
export function linalgSlogdet(a0?: unknown): unknown {
  return wrapTuple((linalgSlogdet$0 ??= operator("aten::linalg_slogdet", ""))(handleOf(a0)), "TT");
}

let linalgSolve$0: NativeOperator | undefined;
export function linalgSolve(A: Tensor, B: Tensor, options?: { left?: boolean | undefined }): Tensor;
export function linalgSolve(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (a2 !== undefined) checkOptions("aten::linalg_solve", a2, ["left"]);
  return wrap((linalgSolve$0 ??= operator("aten::linalg_solve", ""))(handleOf(a0), handleOf(a1), (a2 as Options)?.left));
}

let linalgSolveEx$0: NativeOperator | undefined;
export function linalgSolveEx(A: Tensor, B: Tensor, options?: { left?: boolean | undefined; checkErrors?: boolean | undefined }): [Tensor, Tensor];
export function linalgSolveEx(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (a2 !== undefined) checkOptions("aten::linalg_solve_ex", a2, ["left", "checkErrors"]);
  return wrapTuple((linalgSolveEx$0 ??= operator("aten::linalg_solve_ex", ""))(handleOf(a0), handleOf(a1), (a2 as Options)?.left, (a2 as Options)?.checkErrors), "TT");
}

let linalgSolveTriangular$0: NativeOperator | undefined;
export function linalgSolveTriangular(self: Tensor, B: Tensor, options: { upper: boolean; left?: boolean | undefined; unitriangular?: boolean | undefined }): Tensor;
export function linalgSolveTriangular(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (a2 !== undefined) checkOptions("aten::linalg_solve_triangular", a2, ["upper", "left", "unitriangular"]);
  return wrap((linalgSolveTriangular$0 ??= operator("aten::linalg_solve_triangular", ""))(handleOf(a0), handleOf(a1), (a2 as Options)?.upper, (a2 as Options)?.left, (a2 as Options)?.unitriangular));
}

let linalgSvd$0: NativeOperator | undefined;
export function linalgSvd(A: Tensor, fullMatrices?: boolean, options?: { driver?: string | undefined }): [Tensor, Tensor, Tensor];
export function linalgSvd(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (a2 !== undefined) checkOptions("aten::linalg_svd", a2, ["driver"]);
  return wrapTuple((linalgSvd$0 ??= operator("aten::linalg_svd", ""))(handleOf(a0), a1, (a2 as Options)?.driver), "TTT");
}

let linalgSvdvals$0: NativeOperator | undefined;
export function linalgSvdvals(A: Tensor, options?: { driver?: string | undefined }): Tensor;
export function linalgSvdvals(a0?: unknown, a1?: unknown): unknown {
  if (a1 !== undefined) checkOptions("aten::linalg_svdvals", a1, ["driver"]);
  return wrap((linalgSvdvals$0 ??= operator("aten::linalg_svdvals", ""))(handleOf(a0), (a1 as Options)?.driver));
}

let linalgTensorinv$0: NativeOperator | undefined;
export function linalgTensorinv(self: Tensor, ind?: number | bigint): Tensor;
export function linalgTensorinv(a0?: unknown, a1?: unknown): unknown {
  return wrap((linalgTensorinv$0 ??= operator("aten::linalg_tensorinv", ""))(handleOf(a0), a1));
}

let linalgTensorsolve$0: NativeOperator | undefined;
export function linalgTensorsolve(self: Tensor, other: Tensor, dims?: readonly number[] | undefined): Tensor;
export function linalgTensorsolve(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  return wrap((linalgTensorsolve$0 ??= operator("aten::linalg_tensorsolve", ""))(handleOf(a0), handleOf(a1), a2));
}

let linalgVander$0: NativeOperator | undefined;
export function linalgVander(x: Tensor, options?: { N?: number | bigint | undefined }): Tensor;
export function linalgVander(a0?: unknown, a1?: unknown): unknown {
  if (a1 !== undefined) checkOptions("aten::linalg_vander", a1, ["N"]);
  return wrap((linalgVander$0 ??= operator("aten::linalg_vander", ""))(handleOf(a0), (a1 as Options)?.N));
}

let linalgVecdot$0: NativeOperator | undefined;
export function linalgVecdot(x: Tensor, y: Tensor, options?: { dim?: number | bigint | undefined }): Tensor;
export function linalgVecdot(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (a2 !== undefined) checkOptions("aten::linalg_vecdot", a2, ["dim"]);
  return wrap((linalgVecdot$0 ??= operator("aten::linalg_vecdot", ""))(handleOf(a0), handleOf(a1), (a2 as Options)?.dim));
}

let linalgVectorNorm$0: NativeOperator | undefined;
export function linalgVectorNorm(self: Tensor, ord?: number | bigint | boolean, dim?: number | readonly number[] | undefined, keepdim?: boolean, options?: { dtype?: DType | undefined }): Tensor;
export function linalgVectorNorm(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
  if (a4 !== undefined) checkOptions("aten::linalg_vector_norm", a4, ["dtype"]);
  return wrap((linalgVectorNorm$0 ??= operator("aten::linalg_vector_norm", ""))(handleOf(a0), a1, a2, a3, (a4 as Options)?.dtype));
}

let linear$0: NativeOperator | undefined;
export function linear(input: Tensor, weight: Tensor, bias?: Tensor | undefined): Tensor;
export function linear(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  return wrap((linear$0 ??= operator("aten::linear", ""))(handleOf(a0), handleOf(a1), handleOf(a2)));
}

let linspace$0: NativeOperator | undefined;
export function linspace(start: number | bigint | boolean, end: number | bigint | boolean, steps: number | bigint, options?: { dtype?: DType | undefined; device?: string | undefined }): Tensor;
export function linspace(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  if (a3 !== undefined) checkOptions("aten::linspace", a3, ["dtype", "device"]);
  return wrap((linspace$0 ??= operator("aten::linspace", ""))(a0, a1, a2, (a3 as Options)?.dtype, undefined, (a3 as Options)?.device));
}

let log$0: NativeOperator | undefined;
export function log(self: Tensor): Tensor;
export function log(a0?: unknown): unknown {
  return wrap((log$0 ??= operator("aten::log", ""))(handleOf(a0)));
}

let log10$0: NativeOperator | undefined;
export function log10(self: Tensor): Tensor;
export function log10(a0?: unknown): unknown {
  return wrap((log10$0 ??= operator("aten::log10", ""))(handleOf(a0)));
}

let log10_$0: NativeOperator | undefined;
export function log10_(self: Tensor): Tensor;
export function log10_(a0?: unknown): unknown {
  (log10_$0 ??= inPlaceOperator("aten::log10_", ""))(handleOf(a0));
  return a0 as Tensor;
}

let log1p$0: NativeOperator | undefined;
export function log1p(self: Tensor): Tensor;
export function log1p(a0?: unknown): unknown {
  return wrap((log1p$0 ??= operator("aten::log1p", ""))(handleOf(a0)));
}

let log1p_$0: NativeOperator | undefined;
export function log1p_(self: Tensor): Tensor;
export function log1p_(a0?: unknown): unknown {
  (log1p_$0 ??= inPlaceOperator("aten::log1p_", ""))(handleOf(a0));
  return a0 as Tensor;
}

let log2$0: NativeOperator | undefined;
export function log2(self: Tensor): Tensor;
export function log2(a0?: unknown): unknown {
  return wrap((log2$0 ??= operator("aten::log2", ""))(handleOf(a0)));
}

let log2_$0: NativeOperator | undefined;
export function log2_(self: Tensor): Tensor;
export function log2_(a0?: unknown): unknown {
  (log2_$0 ??= inPlaceOperator("aten::log2_", ""))(handleOf(a0));
  return a0 as Tensor;
}

let logNormal$0: NativeOperator | undefined;
export function logNormal(self: Tensor, mean?: number, std?: number): Tensor;
export function logNormal(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  return wrap((logNormal$0 ??= operator("aten::log_normal", ""))(handleOf(a0), a1, a2));
}

let logNormal_$0: NativeOperator | undefined;
export function logNormal_(self: Tensor, mean?: number, std?: number): Tensor;
export function logNormal_(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  (logNormal_$0 ??= inPlaceOperator("aten::log_normal_", ""))(handleOf(a0), a1, a2);
  return a0 as Tensor;
}

let logSigmoid$0: NativeOperator | undefined;
export function logSigmoid(self: Tensor): Tensor;
export function logSigmoid(a0?: unknown): unknown {
  return wrap((logSigmoid$0 ??= operator("aten::log_sigmoid", ""))(handleOf(a0)));
}

let logSigmoidForward$0: NativeOperator | undefined;
export function logSigmoidForward(self: Tensor): [Tensor, Tensor];
export function logSigmoidForward(a0?: unknown): unknown {
  return wrapTuple((logSigmoidForward$0 ??= operator("aten::log_sigmoid_forward", ""))(handleOf(a0)), "TT");
}

let logSoftmax$0: NativeOperator | undefined, logSoftmax$1: NativeOperator | undefined;
export function logSoftmax(self: Tensor, dim: string, options?: { dtype?: DType | undefined }): Tensor;
export function logSoftmax(self: Tensor, dim: number | bigint, dtype?: DType | undefined): Tensor;
export function logSoftmax(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (typeof a1 === "string" && isOptions(a2)) {
    if (a2 !== undefined) checkOptions("aten::log_softmax", a2, ["dtype"]);
    return wrap((logSoftmax$0 ??= operator("aten::log_softmax", "Dimname"))(handleOf(a0), a1, (a2 as Options)?.dtype));
  }
  return wrap((logSoftmax$1 ??= operator("aten::log_softmax", "int"))(handleOf(a0), a1, a2));
}

let log_$0: NativeOperator | undefined;
export function log_(self: Tensor): Tensor;
export function log_(a0?: unknown): unknown {
  (log_$0 ??= inPlaceOperator("aten::log_", ""))(handleOf(a0));
  return a0 as Tensor;
}

let logaddexp$0: NativeOperator | undefined;
export function logaddexp(self: Tensor, other: Tensor): Tensor;
export function logaddexp(a0?: unknown, a1?: unknown): unknown {
  return wrap((logaddexp$0 ??= operator("aten::logaddexp", ""))(handleOf(a0), handleOf(a1)));
}

let logaddexp2$0: NativeOperator | undefined;
export function logaddexp2(self: Tensor, other: Tensor): Tensor;
export function logaddexp2(a0?: unknown, a1?: unknown): unknown {
  return wrap((logaddexp2$0 ??= operator("aten::logaddexp2", ""))(handleOf(a0), handleOf(a1)));
}

let logcumsumexp$0: NativeOperator | undefined, logcumsumexp$1: NativeOperator | undefined;
export function logcumsumexp(self: Tensor, dim: number | bigint): Tensor;
export function logcumsumexp(self: Tensor, dim: string): Tensor;
export function logcumsumexp(a0?: unknown, a1?: unknown): unknown {
  if (isNumber(a1)) {
    return wrap((logcumsumexp$0 ??= operator("aten::logcumsumexp", ""))(handleOf(a0), a1));
  }
  return wrap((logcumsumexp$1 ??= operator("aten::logcumsumexp", "dimname"))(handleOf(a0), a1));
}

let logdet$0: NativeOperator | undefined;
export function logdet(self: Tensor): Tensor;
export function logdet(a0?: unknown): unknown {
  return wrap((logdet$0 ??= operator("aten::logdet", ""))(handleOf(a0)));
}

let logicalAnd$0: NativeOperator | undefined;
export function logicalAnd(self: Tensor, other: Tensor): Tensor;
export function logicalAnd(a0?: unknown, a1?: unknown): unknown {
  return wrap((logicalAnd$0 ??= operator("aten::logical_and", ""))(handleOf(a0), handleOf(a1)));
}

let logicalAnd_$0: NativeOperator | undefined;
export function logicalAnd_(self: Tensor, other: Tensor): Tensor;
export function logicalAnd_(a0?: unknown, a1?: unknown): unknown {
  (logicalAnd_$0 ??= inPlaceOperator("aten::logical_and_", ""))(handleOf(a0), handleOf(a1));
  return a0 as Tensor;
}

let logicalNot$0: NativeOperator | undefined;
export function logicalNot(self: Tensor): Tensor;
export function logicalNot(a0?: unknown): unknown {
  return wrap((logicalNot$0 ??= operator("aten::logical_not", ""))(handleOf(a0)));
}

let logicalNot_$0: NativeOperator | undefined;
export function logicalNot_(self: Tensor): Tensor;
export function logicalNot_(a0?: unknown): unknown {
  (logicalNot_$0 ??= inPlaceOperator("aten::logical_not_", ""))(handleOf(a0));
  return a0 as Tensor;
}

let logicalOr$0: NativeOperator | undefined;
export function logicalOr(self: Tensor, other: Tensor): Tensor;
export function logicalOr(a0?: unknown, a1?: unknown): unknown {
  return wrap((logicalOr$0 ??= operator("aten::logical_or", ""))(handleOf(a0), handleOf(a1)));
}

let logicalOr_$0: NativeOperator | undefined;
export function logicalOr_(self: Tensor, other: Tensor): Tensor;
export function logicalOr_(a0?: unknown, a1?: unknown): unknown {
  (logicalOr_$0 ??= inPlaceOperator("aten::logical_or_", ""))(handleOf(a0), handleOf(a1));
  return a0 as Tensor;
}

let logicalXor$0: NativeOperator | undefined;
export function logicalXor(self: Tensor, other: Tensor): Tensor;
export function logicalXor(a0?: unknown, a1?: unknown): unknown {
  return wrap((logicalXor$0 ??= operator("aten::logical_xor", ""))(handleOf(a0), handleOf(a1)));
}

let logicalXor_$0: NativeOperator | undefined;
export function logicalXor_(self: Tensor, other: Tensor): Tensor;
export function logicalXor_(a0?: unknown, a1?: unknown): unknown {
  (logicalXor_$0 ??= inPlaceOperator("aten::logical_xor_", ""))(handleOf(a0), handleOf(a1));
  return a0 as Tensor;
}

let logit$0: NativeOperator | undefined;
export function logit(self: Tensor, eps?: number | undefined): Tensor;
export function logit(a0?: unknown, a1?: unknown): unknown {
  return wrap((logit$0 ??= operator("aten::logit", ""))(handleOf(a0), a1));
}

let logit_$0: NativeOperator | undefined;
export function logit_(self: Tensor, eps?: number | undefined): Tensor;
export function logit_(a0?: unknown, a1?: unknown): unknown {
  (logit_$0 ??= inPlaceOperator("aten::logit_", ""))(handleOf(a0), a1);
  return a0 as Tensor;
}

let logspace$0: NativeOperator | undefined;
export function logspace(start: number | bigint | boolean, end: number | bigint | boolean, steps: number | bigint, base?: number, options?: { dtype?: DType | undefined; device?: string | undefined }): Tensor;
export function logspace(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
  if (a4 !== undefined) checkOptions("aten::logspace", a4, ["dtype", "device"]);
  return wrap((logspace$0 ??= operator("aten::logspace", ""))(a0, a1, a2, a3, (a4 as Options)?.dtype, undefined, (a4 as Options)?.device));
}

let logsumexp$0: NativeOperator | undefined;
export function logsumexp(self: Tensor, dim: number | readonly number[], keepdim?: boolean): Tensor;
export function logsumexp(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  return wrap((logsumexp$0 ??= operator("aten::logsumexp", ""))(handleOf(a0), a1, a2));
}

let lstm$0: NativeOperator | undefined, lstm$1: NativeOperator | undefined;
export function lstm(data: Tensor, batchSizes: Tensor, hx: readonly Tensor[], params: readonly Tensor[], hasBiases: boolean, numLayers: number | bigint, dropout: number, train: boolean, bidirectional: boolean): [Tensor, Tensor, Tensor];
export function lstm(input: Tensor, hx: readonly Tensor[], params: readonly Tensor[], hasBiases: boolean, numLayers: number | bigint, dropout: number, train: boolean, bidirectional: boolean, batchFirst: boolean): [Tensor, Tensor, Tensor];
export function lstm(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown, a5?: unknown, a6?: unknown, a7?: unknown, a8?: unknown): unknown {
  if (isTensor(a1) && isTensors(a3) && typeof a4 === "boolean" && isNumber(a6)) {
    return wrapTuple((lstm$0 ??= operator("aten::lstm", "data"))(handleOf(a0), handleOf(a1), handlesOf(a2), handlesOf(a3), a4, a5, a6, a7, a8), "TTT");
  }
  return wrapTuple((lstm$1 ??= operator("aten::lstm", "input"))(handleOf(a0), handlesOf(a1), handlesOf(a2), a3, a4, a5, a6, a7, a8), "TTT");
}

let lstmCell$0: NativeOperator | undefined;
export function lstmCell(input: Tensor, hx: readonly Tensor[], wIh: Tensor, wHh: Tensor, bIh?: Tensor | undefined, bHh?: Tensor | undefined): [Tensor, Tensor];
export function lstmCell(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown, a5?: unknown): unknown {
  return wrapTuple((lstmCell$0 ??= operator("aten::lstm_cell", ""))(handleOf(a0), handlesOf(a1), handleOf(a2), handleOf(a3), handleOf(a4), handleOf(a5)), "TT");
}

let lt$0: NativeOperator | undefined, lt$1: NativeOperator | undefined;
export function lt(self: Tensor, other: Tensor): Tensor;
export function lt(self: Tensor, other: number | bigint | boolean): Tensor;
export function lt(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a1)) {
    return wrap((lt$0 ??= operator("aten::lt", "Tensor"))(handleOf(a0), handleOf(a1)));
  }
  return wrap((lt$1 ??= operator("aten::lt", "Scalar"))(handleOf(a0), a1));
}

let lt_$0: NativeOperator | undefined, lt_$1: NativeOperator | undefined;
export function lt_(self: Tensor, other: Tensor): Tensor;
export function lt_(self: Tensor, other: number | bigint | boolean): Tensor;
export function lt_(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a1)) {
    (lt_$0 ??= inPlaceOperator("aten::lt_", "Tensor"))(handleOf(a0), handleOf(a1));
    return a0 as Tensor;
  }
  (lt_$1 ??= inPlaceOperator("aten::lt_", "Scalar"))(handleOf(a0), a1);
  return a0 as Tensor;
}

let luSolve$0: NativeOperator | undefined;
export function luSolve(self: Tensor, LU_data: Tensor, LU_pivots: Tensor): Tensor;
export function luSolve(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  return wrap((luSolve$0 ??= operator("aten::lu_solve", ""))(handleOf(a0), handleOf(a1), handleOf(a2)));
}

let luUnpack$0: NativeOperator | undefined;
export function luUnpack(LU_data: Tensor, LU_pivots: Tensor, unpackData?: boolean, unpackPivots?: boolean): [Tensor, Tensor, Tensor];
export function luUnpack(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  return wrapTuple((luUnpack$0 ??= operator("aten::lu_unpack", ""))(handleOf(a0), handleOf(a1), a2, a3), "TTT");
}

let mH$0: NativeOperator | undefined;
export function mH(self: Tensor): Tensor;
export function mH(a0?: unknown): unknown {
  return wrap((mH$0 ??= operator("aten::mH", ""))(handleOf(a0)));
}

let mT$0: NativeOperator | undefined;
export function mT(self: Tensor): Tensor;
export function mT(a0?: unknown): unknown {
  return wrap((mT$0 ??= operator("aten::mT", ""))(handleOf(a0)));
}

let marginRankingLoss$0: NativeOperator | undefined;
export function marginRankingLoss(input1: Tensor, input2: Tensor, target: Tensor, margin?: number, reduction?: number | bigint): Tensor;
export function marginRankingLoss(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
  return wrap((marginRankingLoss$0 ??= operator("aten::margin_ranking_loss", ""))(handleOf(a0), handleOf(a1), handleOf(a2), a3, a4));
}

let maskedFill$0: NativeOperator | undefined, maskedFill$1: NativeOperator | undefined;
export function maskedFill(self: Tensor, mask: Tensor, value: Tensor): Tensor;
export function maskedFill(self: Tensor, mask: Tensor, value: number | bigint | boolean): Tensor;
export function maskedFill(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (isTensor(a2)) {
    return wrap((maskedFill$0 ??= operator("aten::masked_fill", "Tensor"))(handleOf(a0), handleOf(a1), handleOf(a2)));
  }
  return wrap((maskedFill$1 ??= operator("aten::masked_fill", "Scalar"))(handleOf(a0), handleOf(a1), a2));
}

let maskedFill_$0: NativeOperator | undefined, maskedFill_$1: NativeOperator | undefined;
export function maskedFill_(self: Tensor, mask: Tensor, value: Tensor): Tensor;
export function maskedFill_(self: Tensor, mask: Tensor, value: number | bigint | boolean): Tensor;
export function maskedFill_(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (isTensor(a2)) {
    (maskedFill_$0 ??= inPlaceOperator("aten::masked_fill_", "Tensor"))(handleOf(a0), handleOf(a1), handleOf(a2));
    return a0 as Tensor;
  }
  (maskedFill_$1 ??= inPlaceOperator("aten::masked_fill_", "Scalar"))(handleOf(a0), handleOf(a1), a2);
  return a0 as Tensor;
}

let maskedScatter$0: NativeOperator | undefined;
export function maskedScatter(self: Tensor, mask: Tensor, source: Tensor): Tensor;
export function maskedScatter(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  return wrap((maskedScatter$0 ??= operator("aten::masked_scatter", ""))(handleOf(a0), handleOf(a1), handleOf(a2)));
}

let maskedScatter_$0: NativeOperator | undefined;
export function maskedScatter_(self: Tensor, mask: Tensor, source: Tensor): Tensor;
export function maskedScatter_(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  (maskedScatter_$0 ??= inPlaceOperator("aten::masked_scatter_", ""))(handleOf(a0), handleOf(a1), handleOf(a2));
  return a0 as Tensor;
}

let maskedSelect$0: NativeOperator | undefined;
export function maskedSelect(self: Tensor, mask: Tensor): Tensor;
export function maskedSelect(a0?: unknown, a1?: unknown): unknown {
  return wrap((maskedSelect$0 ??= operator("aten::masked_select", ""))(handleOf(a0), handleOf(a1)));
}

let matmul$0: NativeOperator | undefined;
export function matmul(self: Tensor, other: Tensor): Tensor;
export function matmul(a0?: unknown, a1?: unknown): unknown {
  return wrap((matmul$0 ??= operator("aten::matmul", ""))(handleOf(a0), handleOf(a1)));
}

let matrixExp$0: NativeOperator | undefined;
export function matrixExp(self: Tensor): Tensor;
export function matrixExp(a0?: unknown): unknown {
  return wrap((matrixExp$0 ??= operator("aten::matrix_exp", ""))(handleOf(a0)));
}

let matrixPower$0: NativeOperator | undefined;
export function matrixPower(self: Tensor, n: number | bigint): Tensor;
export function matrixPower(a0?: unknown, a1?: unknown): unknown {
  return wrap((matrixPower$0 ??= operator("aten::matrix_power", ""))(handleOf(a0), a1));
}

let matrix_H$0: NativeOperator | undefined;
export function matrix_H(self: Tensor): Tensor;
export function matrix_H(a0?: unknown): unknown {
  return wrap((matrix_H$0 ??= operator("aten::matrix_H", ""))(handleOf(a0)));
}

let max$0: NativeOperator | undefined, max$1: NativeOperator | undefined, max$2: NativeOperator | undefined, max$3: NativeOperator | undefined;
export function max(self: Tensor): Tensor;
export function max(self: Tensor, other: Tensor): Tensor;
export function max(self: Tensor, dim: number | bigint, keepdim?: boolean): [Tensor, Tensor];
export function max(self: Tensor, dim: string, keepdim?: boolean): [Tensor, Tensor];
export function max(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (a1 === undefined && a2 === undefined) {
    return wrap((max$0 ??= operator("aten::max", ""))(handleOf(a0)));
  }
  if (isTensor(a1) && a2 === undefined) {
    return wrap((max$1 ??= operator("aten::max", "other"))(handleOf(a0), handleOf(a1)));
  }
  if (isNumber(a1) && (a2 === undefined || typeof a2 === "boolean")) {
    return wrapTuple((max$2 ??= operator("aten::max", "dim"))(handleOf(a0), a1, a2), "TT");
  }
  return wrapTuple((max$3 ??= operator("aten::max", "names_dim"))(handleOf(a0), a1, a2), "TT");
}

let maxPool1d$0: NativeOperator | undefined;
export function maxPool1d(self: Tensor, kernelSize: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[], ceilMode?: boolean): Tensor;
export function maxPool1d(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown, a5?: unknown): unknown {
  return wrap((maxPool1d$0 ??= operator("aten::max_pool1d", ""))(handleOf(a0), a1, a2, a3, a4, a5));
}

let maxPool1dWithIndices$0: NativeOperator | undefined;
export function maxPool1dWithIndices(self: Tensor, kernelSize: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[], ceilMode?: boolean): [Tensor, Tensor];
export function maxPool1dWithIndices(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown, a5?: unknown): unknown {
  return wrapTuple((maxPool1dWithIndices$0 ??= operator("aten::max_pool1d_with_indices", ""))(handleOf(a0), a1, a2, a3, a4, a5), "TT");
}

let maxPool2d$0: NativeOperator | undefined;
export function maxPool2d(self: Tensor, kernelSize: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[], ceilMode?: boolean): Tensor;
export function maxPool2d(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown, a5?: unknown): unknown {
  return wrap((maxPool2d$0 ??= operator("aten::max_pool2d", ""))(handleOf(a0), a1, a2, a3, a4, a5));
}

let maxPool2dWithIndices$0: NativeOperator | undefined;
export function maxPool2dWithIndices(self: Tensor, kernelSize: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[], ceilMode?: boolean): [Tensor, Tensor];
export function maxPool2dWithIndices(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown, a5?: unknown): unknown {
  return wrapTuple((maxPool2dWithIndices$0 ??= operator("aten::max_pool2d_with_indices", ""))(handleOf(a0), a1, a2, a3, a4, a5), "TT");
}

let maxPool3d$0: NativeOperator | undefined;
export function maxPool3d(self: Tensor, kernelSize: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[], ceilMode?: boolean): Tensor;
export function maxPool3d(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown, a5?: unknown): unknown {
  return wrap((maxPool3d$0 ??= operator("aten::max_pool3d", ""))(handleOf(a0), a1, a2, a3, a4, a5));
}

let maxPool3dWithIndices$0: NativeOperator | undefined;
export function maxPool3dWithIndices(self: Tensor, kernelSize: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[], ceilMode?: boolean): [Tensor, Tensor];
export function maxPool3dWithIndices(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown, a5?: unknown): unknown {
  return wrapTuple((maxPool3dWithIndices$0 ??= operator("aten::max_pool3d_with_indices", ""))(handleOf(a0), a1, a2, a3, a4, a5), "TT");
}

let maxUnpool2d$0: NativeOperator | undefined;
export function maxUnpool2d(self: Tensor, indices: Tensor, outputSize: number | readonly number[]): Tensor;
export function maxUnpool2d(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  return wrap((maxUnpool2d$0 ??= operator("aten::max_unpool2d", ""))(handleOf(a0), handleOf(a1), a2));
}

let maxUnpool3d$0: NativeOperator | undefined;
export function maxUnpool3d(self: Tensor, indices: Tensor, outputSize: number | readonly number[], stride: number | readonly number[], padding: number | readonly number[]): Tensor;
export function maxUnpool3d(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
  return wrap((maxUnpool3d$0 ??= operator("aten::max_unpool3d", ""))(handleOf(a0), handleOf(a1), a2, a3, a4));
}

let maximum$0: NativeOperator | undefined;
export function maximum(self: Tensor, other: Tensor): Tensor;
export function maximum(a0?: unknown, a1?: unknown): unknown {
  return wrap((maximum$0 ??= operator("aten::maximum", ""))(handleOf(a0), handleOf(a1)));
}

let mean$0: NativeOperator | undefined, mean$1: NativeOperator | undefined;
export function mean(self: Tensor, options?: { dtype?: DType | undefined }): Tensor;
export function mean(self: Tensor, dim?: number | readonly number[] | undefined, keepdim?: boolean, options?: { dtype?: DType | undefined }): Tensor;
export function mean(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  if (isOptions(a1) && a2 === undefined && a3 === undefined) {
    if (a1 !== undefined) checkOptions("aten::mean", a1, ["dtype"]);
    return wrap((mean$0 ??= operator("aten::mean", ""))(handleOf(a0), (a1 as Options)?.dtype));
  }
  if (a3 !== undefined) checkOptions("aten::mean", a3, ["dtype"]);
  return wrap((mean$1 ??= operator("aten::mean", "dim"))(handleOf(a0), a1, a2, (a3 as Options)?.dtype));
}

let median$0: NativeOperator | undefined, median$1: NativeOperator | undefined, median$2: NativeOperator | undefined;
export function median(self: Tensor): Tensor;
export function median(self: Tensor, dim: number | bigint, keepdim?: boolean): [Tensor, Tensor];
export function median(self: Tensor, dim: string, keepdim?: boolean): [Tensor, Tensor];
export function median(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (a1 === undefined && a2 === undefined) {
    return wrap((median$0 ??= operator("aten::median", ""))(handleOf(a0)));
  }
  if (isNumber(a1) && (a2 === undefined || typeof a2 === "boolean")) {
    return wrapTuple((median$1 ??= operator("aten::median", "dim"))(handleOf(a0), a1, a2), "TT");
  }
  return wrapTuple((median$2 ??= operator("aten::median", "names_dim"))(handleOf(a0), a1, a2), "TT");
}

let meshgrid$0: NativeOperator | undefined, meshgrid$1: NativeOperator | undefined;
export function meshgrid(tensors: readonly Tensor[], options: { indexing: string }): Tensor[];
export function meshgrid(tensors: readonly Tensor[]): Tensor[];
export function meshgrid(a0?: unknown, a1?: unknown): unknown {
  if (isOptions(a1) && (a1 as Options)?.indexing !== undefined) {
    if (a1 !== undefined) checkOptions("aten::meshgrid", a1, ["indexing"]);
    return wrapList((meshgrid$0 ??= operator("aten::meshgrid", "indexing"))(handlesOf(a0), (a1 as Options)?.indexing));
  }
  return wrapList((meshgrid$1 ??= operator("aten::meshgrid", ""))(handlesOf(a0)));
}

let min$0: NativeOperator | undefined, min$1: NativeOperator | undefined, min$2: NativeOperator | undefined, min$3: NativeOperator | undefined;
export function min(self: Tensor): Tensor;
export function min(self: Tensor, other: Tensor): Tensor;
export function min(self: Tensor, dim: number | bigint, keepdim?: boolean): [Tensor, Tensor];
export function min(self: Tensor, dim: string, keepdim?: boolean): [Tensor, Tensor];
export function min(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (a1 === undefined && a2 === undefined) {
    return wrap((min$0 ??= operator("aten::min", ""))(handleOf(a0)));
  }
  if (isTensor(a1) && a2 === undefined) {
    return wrap((min$1 ??= operator("aten::min", "other"))(handleOf(a0), handleOf(a1)));
  }
  if (isNumber(a1) && (a2 === undefined || typeof a2 === "boolean")) {
    return wrapTuple((min$2 ??= operator("aten::min", "dim"))(handleOf(a0), a1, a2), "TT");
  }
  return wrapTuple((min$3 ??= operator("aten::min", "names_dim"))(handleOf(a0), a1, a2), "TT");
}

let minimum$0: NativeOperator | undefined;
export function minimum(self: Tensor, other: Tensor): Tensor;
export function minimum(a0?: unknown, a1?: unknown): unknown {
  return wrap((minimum$0 ??= operator("aten::minimum", ""))(handleOf(a0), handleOf(a1)));
}

let mish$0: NativeOperator | undefined;
export function mish(self: Tensor): Tensor;
export function mish(a0?: unknown): unknown {
  return wrap((mish$0 ??= operator("aten::mish", ""))(handleOf(a0)));
}

let mish_$0: NativeOperator | undefined;
export function mish_(self: Tensor): Tensor;
export function mish_(a0?: unknown): unknown {
  (mish_$0 ??= inPlaceOperator("aten::mish_", ""))(handleOf(a0));
  return a0 as Tensor;
}

let mm$0: NativeOperator | undefined;
export function mm(self: Tensor, mat2: Tensor): Tensor;
export function mm(a0?: unknown, a1?: unknown): unknown {
  return wrap((mm$0 ??= operator("aten::mm", ""))(handleOf(a0), handleOf(a1)));
}

let mode$0: NativeOperator | undefined, mode$1: NativeOperator | undefined;
export function mode(self: Tensor, dim?: number | bigint, keepdim?: boolean): [Tensor, Tensor];
export function mode(self: Tensor, dim: string, keepdim?: boolean): [Tensor, Tensor];
export function mode(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if ((a1 === undefined || isNumber(a1))) {
    return wrapTuple((mode$0 ??= operator("aten::mode", ""))(handleOf(a0), a1, a2), "TT");
  }
  return wrapTuple((mode$1 ??= operator("aten::mode", "dimname"))(handleOf(a0), a1, a2), "TT");
}

let moveaxis$0: NativeOperator | undefined, moveaxis$1: NativeOperator | undefined;
export function moveaxis(self: Tensor, source: number | bigint, destination: number | bigint): Tensor;
export function moveaxis(self: Tensor, source: readonly number[], destination: readonly number[]): Tensor;
export function moveaxis(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (isNumber(a1) && isNumber(a2)) {
    return wrap((moveaxis$0 ??= operator("aten::moveaxis", "int"))(handleOf(a0), a1, a2));
  }
  return wrap((moveaxis$1 ??= operator("aten::moveaxis", "intlist"))(handleOf(a0), a1, a2));
}

let movedim$0: NativeOperator | undefined, movedim$1: NativeOperator | undefined;
export function movedim(self: Tensor, source: number | bigint, destination: number | bigint): Tensor;
export function movedim(self: Tensor, source: readonly number[], destination: readonly number[]): Tensor;
export function movedim(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (isNumber(a1) && isNumber(a2)) {
    return wrap((movedim$0 ??= operator("aten::movedim", "int"))(handleOf(a0), a1, a2));
  }
  return wrap((movedim$1 ??= operator("aten::movedim", "intlist"))(handleOf(a0), a1, a2));
}

let mseLoss$0: NativeOperator | undefined;
export function mseLoss(self: Tensor, target: Tensor, reduction?: number | bigint): Tensor;
export function mseLoss(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  return wrap((mseLoss$0 ??= operator("aten::mse_loss", ""))(handleOf(a0), handleOf(a1), a2));
}

let msort$0: NativeOperator | undefined;
export function msort(self: Tensor): Tensor;
export function msort(a0?: unknown): unknown {
  return wrap((msort$0 ??= operator("aten::msort", ""))(handleOf(a0)));
}

let mul$0: NativeOperator | undefined, mul$1: NativeOperator | undefined;
export function mul(self: Tensor, other: Tensor): Tensor;
export function mul(self: Tensor, other: number | bigint | boolean): Tensor;
export function mul(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a1)) {
    return wrap((mul$0 ??= operator("aten::mul", "Tensor"))(handleOf(a0), handleOf(a1)));
  }
  return wrap((mul$1 ??= operator("aten::mul", "Scalar"))(handleOf(a0), a1));
}

let mul_$0: NativeOperator | undefined, mul_$1: NativeOperator | undefined;
export function mul_(self: Tensor, other: Tensor): Tensor;
export function mul_(self: Tensor, other: number | bigint | boolean): Tensor;
export function mul_(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a1)) {
    (mul_$0 ??= inPlaceOperator("aten::mul_", "Tensor"))(handleOf(a0), handleOf(a1));
    return a0 as Tensor;
  }
  (mul_$1 ??= inPlaceOperator("aten::mul_", "Scalar"))(handleOf(a0), a1);
  return a0 as Tensor;
}

let multiMarginLoss$0: NativeOperator | undefined;
export function multiMarginLoss(self: Tensor, target: Tensor, p?: number | bigint | boolean, margin?: number | bigint | boolean, weight?: Tensor | undefined, reduction?: number | bigint): Tensor;
export function multiMarginLoss(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown, a5?: unknown): unknown {
  return wrap((multiMarginLoss$0 ??= operator("aten::multi_margin_loss", ""))(handleOf(a0), handleOf(a1), a2, a3, handleOf(a4), a5));
}

let multilabelMarginLoss$0: NativeOperator | undefined;
export function multilabelMarginLoss(self: Tensor, target: Tensor, reduction?: number | bigint): Tensor;
export function multilabelMarginLoss(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  return wrap((multilabelMarginLoss$0 ??= operator("aten::multilabel_margin_loss", ""))(handleOf(a0), handleOf(a1), a2));
}

let multilabelMarginLossForward$0: NativeOperator | undefined;
export function multilabelMarginLossForward(self: Tensor, target: Tensor, reduction: number | bigint): [Tensor, Tensor];
export function multilabelMarginLossForward(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  return wrapTuple((multilabelMarginLossForward$0 ??= operator("aten::multilabel_margin_loss_forward", ""))(handleOf(a0), handleOf(a1), a2), "TT");
}

let multinomial$0: NativeOperator | undefined;
export function multinomial(self: Tensor, numSamples: number | bigint, replacement?: boolean): Tensor;
export function multinomial(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  return wrap((multinomial$0 ??= operator("aten::multinomial", ""))(handleOf(a0), a1, a2));
}

let multiply$0: NativeOperator | undefined, multiply$1: NativeOperator | undefined;
export function multiply(self: Tensor, other: Tensor): Tensor;
export function multiply(self: Tensor, other: number | bigint | boolean): Tensor;
export function multiply(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a1)) {
    return wrap((multiply$0 ??= operator("aten::multiply", "Tensor"))(handleOf(a0), handleOf(a1)));
  }
  return wrap((multiply$1 ??= operator("aten::multiply", "Scalar"))(handleOf(a0), a1));
}

let multiply_$0: NativeOperator | undefined, multiply_$1: NativeOperator | undefined;
export function multiply_(self: Tensor, other: Tensor): Tensor;
export function multiply_(self: Tensor, other: number | bigint | boolean): Tensor;
export function multiply_(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a1)) {
    (multiply_$0 ??= inPlaceOperator("aten::multiply_", "Tensor"))(handleOf(a0), handleOf(a1));
    return a0 as Tensor;
  }
  (multiply_$1 ??= inPlaceOperator("aten::multiply_", "Scalar"))(handleOf(a0), a1);
  return a0 as Tensor;
}

let mv$0: NativeOperator | undefined;
export function mv(self: Tensor, vec: Tensor): Tensor;
export function mv(a0?: unknown, a1?: unknown): unknown {
  return wrap((mv$0 ??= operator("aten::mv", ""))(handleOf(a0), handleOf(a1)));
}

let mvlgamma$0: NativeOperator | undefined;
export function mvlgamma(self: Tensor, p: number | bigint): Tensor;
export function mvlgamma(a0?: unknown, a1?: unknown): unknown {
  return wrap((mvlgamma$0 ??= operator("aten::mvlgamma", ""))(handleOf(a0), a1));
}

let mvlgamma_$0: NativeOperator | undefined;
export function mvlgamma_(self: Tensor, p: number | bigint): Tensor;
export function mvlgamma_(a0?: unknown, a1?: unknown): unknown {
  (mvlgamma_$0 ??= inPlaceOperator("aten::mvlgamma_", ""))(handleOf(a0), a1);
  return a0 as Tensor;
}

let nanToNum$0: NativeOperator | undefined;
export function nanToNum(self: Tensor, nan?: number | undefined, posinf?: number | undefined, neginf?: number | undefined): Tensor;
export function nanToNum(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  return wrap((nanToNum$0 ??= operator("aten::nan_to_num", ""))(handleOf(a0), a1, a2, a3));
}

let nanToNum_$0: NativeOperator | undefined;
export function nanToNum_(self: Tensor, nan?: number | undefined, posinf?: number | undefined, neginf?: number | undefined): Tensor;
export function nanToNum_(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  (nanToNum_$0 ??= inPlaceOperator("aten::nan_to_num_", ""))(handleOf(a0), a1, a2, a3);
  return a0 as Tensor;
}

let nanmean$0: NativeOperator | undefined;
export function nanmean(self: Tensor, dim?: number | readonly number[] | undefined, keepdim?: boolean, options?: { dtype?: DType | undefined }): Tensor;
export function nanmean(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  if (a3 !== undefined) checkOptions("aten::nanmean", a3, ["dtype"]);
  return wrap((nanmean$0 ??= operator("aten::nanmean", ""))(handleOf(a0), a1, a2, (a3 as Options)?.dtype));
}

let nanmedian$0: NativeOperator | undefined, nanmedian$1: NativeOperator | undefined, nanmedian$2: NativeOperator | undefined;
export function nanmedian(self: Tensor): Tensor;
export function nanmedian(self: Tensor, dim: number | bigint, keepdim?: boolean): [Tensor, Tensor];
export function nanmedian(self: Tensor, dim: string, keepdim?: boolean): [Tensor, Tensor];
export function nanmedian(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (a1 === undefined && a2 === undefined) {
    return wrap((nanmedian$0 ??= operator("aten::nanmedian", ""))(handleOf(a0)));
  }
  if (isNumber(a1) && (a2 === undefined || typeof a2 === "boolean")) {
    return wrapTuple((nanmedian$1 ??= operator("aten::nanmedian", "dim"))(handleOf(a0), a1, a2), "TT");
  }
  return wrapTuple((nanmedian$2 ??= operator("aten::nanmedian", "names_dim"))(handleOf(a0), a1, a2), "TT");
}

let nanquantile$0: NativeOperator | undefined, nanquantile$1: NativeOperator | undefined;
export function nanquantile(self: Tensor, q: Tensor, dim?: number | bigint | undefined, keepdim?: boolean, options?: { interpolation?: string | undefined }): Tensor;
export function nanquantile(self: Tensor, q: number, dim?: number | bigint | undefined, keepdim?: boolean, options?: { interpolation?: string | undefined }): Tensor;
export function nanquantile(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
  if (isTensor(a1) && isOptions(a4)) {
    if (a4 !== undefined) checkOptions("aten::nanquantile", a4, ["interpolation"]);
    return wrap((nanquantile$0 ??= operator("aten::nanquantile", ""))(handleOf(a0), handleOf(a1), a2, a3, (a4 as Options)?.interpolation));
  }
  if (a4 !== undefined) checkOptions("aten::nanquantile", a4, ["interpolation"]);
  return wrap((nanquantile$1 ??= operator("aten::nanquantile", "scalar"))(handleOf(a0), a1, a2, a3, (a4 as Options)?.interpolation));
}

let nansum$0: NativeOperator | undefined;
export function nansum(self: Tensor, dim?: number | readonly number[] | undefined, keepdim?: boolean, options?: { dtype?: DType | undefined }): Tensor;
export function nansum(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  if (a3 !== undefined) checkOptions("aten::nansum", a3, ["dtype"]);
  return wrap((nansum$0 ??= operator("aten::nansum", ""))(handleOf(a0), a1, a2, (a3 as Options)?.dtype));
}

let narrow$0: NativeOperator | undefined, narrow$1: NativeOperator | undefined;
export function narrow(self: Tensor, dim: number | bigint, start: Tensor, length: number | bigint): Tensor;
export function narrow(self: Tensor, dim: number | bigint, start: number | bigint, length: number | bigint): Tensor;
export function narrow(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  if (isTensor(a2)) {
    return wrap((narrow$0 ??= operator("aten::narrow", "Tensor"))(handleOf(a0), a1, handleOf(a2), a3));
  }
  return wrap((narrow$1 ??= operator("aten::narrow", ""))(handleOf(a0), a1, a2, a3));
}

let nativeBatchNorm$0: NativeOperator | undefined;
export function nativeBatchNorm(input: Tensor, weight: Tensor | undefined, bias: Tensor | undefined, runningMean: Tensor | undefined, runningVar: Tensor | undefined, training: boolean, momentum: number, eps: number): [Tensor, Tensor, Tensor];
export function nativeBatchNorm(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown, a5?: unknown, a6?: unknown, a7?: unknown): unknown {
  return wrapTuple((nativeBatchNorm$0 ??= operator("aten::native_batch_norm", ""))(handleOf(a0), handleOf(a1), handleOf(a2), handleOf(a3), handleOf(a4), a5, a6, a7), "TTT");
}

let nativeDropout$0: NativeOperator | undefined;
export function nativeDropout(input: Tensor, p: number, train?: boolean | undefined): [Tensor, Tensor];
export function nativeDropout(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  return wrapTuple((nativeDropout$0 ??= operator("aten::native_dropout", ""))(handleOf(a0), a1, a2), "TT");
}

let nativeGroupNorm$0: NativeOperator | undefined;
export function nativeGroupNorm(input: Tensor, weight: Tensor | undefined, bias: Tensor | undefined, N: number | bigint, C: number | bigint, HxW: number | bigint, group: number | bigint, eps: number): [Tensor, Tensor, Tensor];
export function nativeGroupNorm(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown, a5?: unknown, a6?: unknown, a7?: unknown): unknown {
  return wrapTuple((nativeGroupNorm$0 ??= operator("aten::native_group_norm", ""))(handleOf(a0), handleOf(a1), handleOf(a2), a3, a4, a5, a6, a7), "TTT");
}

let nativeLayerNorm$0: NativeOperator | undefined;
export function nativeLayerNorm(input: Tensor, normalizedShape: readonly number[], weight: Tensor | undefined, bias: Tensor | undefined, eps: number): [Tensor, Tensor, Tensor];
export function nativeLayerNorm(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
  return wrapTuple((nativeLayerNorm$0 ??= operator("aten::native_layer_norm", ""))(handleOf(a0), a1, handleOf(a2), handleOf(a3), a4), "TTT");
}

let nativeNorm$0: NativeOperator | undefined, nativeNorm$1: NativeOperator | undefined;
export function nativeNorm(self: Tensor, p?: number | bigint | boolean): Tensor;
export function nativeNorm(self: Tensor, p: number | bigint | boolean | undefined, dim: number | readonly number[], keepdim: boolean, dtype?: DType | undefined): Tensor;
export function nativeNorm(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
  if (a2 === undefined && a3 === undefined && a4 === undefined) {
    return wrap((nativeNorm$0 ??= operator("aten::native_norm", ""))(handleOf(a0), a1));
  }
  return wrap((nativeNorm$1 ??= operator("aten::native_norm", "ScalarOpt_dim_dtype"))(handleOf(a0), a1, a2, a3, a4));
}

let ne$0: NativeOperator | undefined, ne$1: NativeOperator | undefined;
export function ne(self: Tensor, other: Tensor): Tensor;
export function ne(self: Tensor, other: number | bigint | boolean): Tensor;
export function ne(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a1)) {
    return wrap((ne$0 ??= operator("aten::ne", "Tensor"))(handleOf(a0), handleOf(a1)));
  }
  return wrap((ne$1 ??= operator("aten::ne", "Scalar"))(handleOf(a0), a1));
}

let ne_$0: NativeOperator | undefined, ne_$1: NativeOperator | undefined;
export function ne_(self: Tensor, other: Tensor): Tensor;
export function ne_(self: Tensor, other: number | bigint | boolean): Tensor;
export function ne_(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a1)) {
    (ne_$0 ??= inPlaceOperator("aten::ne_", "Tensor"))(handleOf(a0), handleOf(a1));
    return a0 as Tensor;
  }
  (ne_$1 ??= inPlaceOperator("aten::ne_", "Scalar"))(handleOf(a0), a1);
  return a0 as Tensor;
}

let neg$0: NativeOperator | undefined;
export function neg(self: Tensor): Tensor;
export function neg(a0?: unknown): unknown {
  return wrap((neg$0 ??= operator("aten::neg", ""))(handleOf(a0)));
}

let neg_$0: NativeOperator | undefined;
export function neg_(self: Tensor): Tensor;
export function neg_(a0?: unknown): unknown {
  (neg_$0 ??= inPlaceOperator("aten::neg_", ""))(handleOf(a0));
  return a0 as Tensor;
}

let negative$0: NativeOperator | undefined;
export function negative(self: Tensor): Tensor;
export function negative(a0?: unknown): unknown {
  return wrap((negative$0 ??= operator("aten::negative", ""))(handleOf(a0)));
}

let negative_$0: NativeOperator | undefined;
export function negative_(self: Tensor): Tensor;
export function negative_(a0?: unknown): unknown {
  (negative_$0 ??= inPlaceOperator("aten::negative_", ""))(handleOf(a0));
  return a0 as Tensor;
}

let newEmpty$0: NativeOperator | undefined;
export function newEmpty(self: Tensor, size: readonly number[], options?: { dtype?: DType | undefined; device?: string | undefined }): Tensor;
export function newEmpty(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (a2 !== undefined) checkOptions("aten::new_empty", a2, ["dtype", "device"]);
  return wrap((newEmpty$0 ??= operator("aten::new_empty", ""))(handleOf(a0), a1, (a2 as Options)?.dtype, undefined, (a2 as Options)?.device));
}

let newEmptyStrided$0: NativeOperator | undefined;
export function newEmptyStrided(self: Tensor, size: readonly number[], stride: readonly number[], options?: { dtype?: DType | undefined; device?: string | undefined }): Tensor;
export function newEmptyStrided(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  if (a3 !== undefined) checkOptions("aten::new_empty_strided", a3, ["dtype", "device"]);
  return wrap((newEmptyStrided$0 ??= operator("aten::new_empty_strided", ""))(handleOf(a0), a1, a2, (a3 as Options)?.dtype, undefined, (a3 as Options)?.device));
}

let newFull$0: NativeOperator | undefined;
export function newFull(self: Tensor, size: readonly number[], fillValue: number | bigint | boolean, options?: { dtype?: DType | undefined; device?: string | undefined }): Tensor;
export function newFull(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  if (a3 !== undefined) checkOptions("aten::new_full", a3, ["dtype", "device"]);
  return wrap((newFull$0 ??= operator("aten::new_full", ""))(handleOf(a0), a1, a2, (a3 as Options)?.dtype, undefined, (a3 as Options)?.device));
}

let newOnes$0: NativeOperator | undefined;
export function newOnes(self: Tensor, size: readonly number[], options?: { dtype?: DType | undefined; device?: string | undefined }): Tensor;
export function newOnes(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (a2 !== undefined) checkOptions("aten::new_ones", a2, ["dtype", "device"]);
  return wrap((newOnes$0 ??= operator("aten::new_ones", ""))(handleOf(a0), a1, (a2 as Options)?.dtype, undefined, (a2 as Options)?.device));
}

let newZeros$0: NativeOperator | undefined;
export function newZeros(self: Tensor, size: readonly number[], options?: { dtype?: DType | undefined; device?: string | undefined }): Tensor;
export function newZeros(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (a2 !== undefined) checkOptions("aten::new_zeros", a2, ["dtype", "device"]);
  return wrap((newZeros$0 ??= operator("aten::new_zeros", ""))(handleOf(a0), a1, (a2 as Options)?.dtype, undefined, (a2 as Options)?.device));
}

let nextafter$0: NativeOperator | undefined;
export function nextafter(self: Tensor, other: Tensor): Tensor;
export function nextafter(a0?: unknown, a1?: unknown): unknown {
  return wrap((nextafter$0 ??= operator("aten::nextafter", ""))(handleOf(a0), handleOf(a1)));
}

let nextafter_$0: NativeOperator | undefined;
export function nextafter_(self: Tensor, other: Tensor): Tensor;
export function nextafter_(a0?: unknown, a1?: unknown): unknown {
  (nextafter_$0 ??= inPlaceOperator("aten::nextafter_", ""))(handleOf(a0), handleOf(a1));
  return a0 as Tensor;
}

let nllLoss$0: NativeOperator | undefined;
export function nllLoss(self: Tensor, target: Tensor, weight?: Tensor | undefined, reduction?: number | bigint, ignoreIndex?: number | bigint): Tensor;
export function nllLoss(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
  return wrap((nllLoss$0 ??= operator("aten::nll_loss", ""))(handleOf(a0), handleOf(a1), handleOf(a2), a3, a4));
}

let nllLoss2d$0: NativeOperator | undefined;
export function nllLoss2d(self: Tensor, target: Tensor, weight?: Tensor | undefined, reduction?: number | bigint, ignoreIndex?: number | bigint): Tensor;
export function nllLoss2d(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
  return wrap((nllLoss2d$0 ??= operator("aten::nll_loss2d", ""))(handleOf(a0), handleOf(a1), handleOf(a2), a3, a4));
}

let nllLoss2dForward$0: NativeOperator | undefined;
export function nllLoss2dForward(self: Tensor, target: Tensor, weight: Tensor | undefined, reduction: number | bigint, ignoreIndex: number | bigint): [Tensor, Tensor];
export function nllLoss2dForward(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
  return wrapTuple((nllLoss2dForward$0 ??= operator("aten::nll_loss2d_forward", ""))(handleOf(a0), handleOf(a1), handleOf(a2), a3, a4), "TT");
}

let nllLossForward$0: NativeOperator | undefined;
export function nllLossForward(self: Tensor, target: Tensor, weight: Tensor | undefined, reduction: number | bigint, ignoreIndex: number | bigint): [Tensor, Tensor];
export function nllLossForward(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
  return wrapTuple((nllLossForward$0 ??= operator("aten::nll_loss_forward", ""))(handleOf(a0), handleOf(a1), handleOf(a2), a3, a4), "TT");
}

let nllLossNd$0: NativeOperator | undefined;
export function nllLossNd(self: Tensor, target: Tensor, weight?: Tensor | undefined, reduction?: number | bigint, ignoreIndex?: number | bigint): Tensor;
export function nllLossNd(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
  return wrap((nllLossNd$0 ??= operator("aten::nll_loss_nd", ""))(handleOf(a0), handleOf(a1), handleOf(a2), a3, a4));
}

let nms$0: NativeOperator | undefined;
export function nms(boxes: Tensor, scores: Tensor, iouThreshold: number): Tensor;
export function nms(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  return wrap((nms$0 ??= operator("supernet::nms", ""))(handleOf(a0), handleOf(a1), a2));
}

let nonzero$0: NativeOperator | undefined;
export function nonzero(self: Tensor): Tensor;
export function nonzero(a0?: unknown): unknown {
  return wrap((nonzero$0 ??= operator("aten::nonzero", ""))(handleOf(a0)));
}

let nonzeroNumpy$0: NativeOperator | undefined;
export function nonzeroNumpy(self: Tensor): Tensor[];
export function nonzeroNumpy(a0?: unknown): unknown {
  return wrapList((nonzeroNumpy$0 ??= operator("aten::nonzero_numpy", ""))(handleOf(a0)));
}

let norm$0: NativeOperator | undefined, norm$1: NativeOperator | undefined, norm$2: NativeOperator | undefined, norm$3: NativeOperator | undefined;
export function norm(self: Tensor, p: number | bigint | boolean | undefined, options: { dtype: DType }): Tensor;
export function norm(self: Tensor, p: number | bigint | boolean | undefined, dim: number | readonly number[], keepdim: boolean, options: { dtype: DType }): Tensor;
export function norm(self: Tensor, p?: number | bigint | boolean): Tensor;
export function norm(self: Tensor, p: number | bigint | boolean | undefined, dim: number | readonly number[], keepdim?: boolean): Tensor;
export function norm(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
  if (isOptions(a2) && a3 === undefined && a4 === undefined && (a2 as Options)?.dtype !== undefined) {
    if (a2 !== undefined) checkOptions("aten::norm", a2, ["dtype"]);
    return wrap((norm$0 ??= operator("aten::norm", "ScalarOpt_dtype"))(handleOf(a0), a1, (a2 as Options)?.dtype));
  }
  if (isNumbers(a2) && typeof a3 === "boolean" && isOptions(a4) && (a4 as Options)?.dtype !== undefined) {
    if (a4 !== undefined) checkOptions("aten::norm", a4, ["dtype"]);
    return wrap((norm$1 ??= operator("aten::norm", "ScalarOpt_dim_dtype"))(handleOf(a0), a1, a2, a3, (a4 as Options)?.dtype));
  }
  if (a2 === undefined && a3 === undefined && a4 === undefined) {
    return wrap((norm$2 ??= operator("aten::norm", "Scalar"))(handleOf(a0), a1));
  }
  return wrap((norm$3 ??= operator("aten::norm", "ScalarOpt_dim"))(handleOf(a0), a1, a2, a3));
}

let normExceptDim$0: NativeOperator | undefined;
export function normExceptDim(v: Tensor, pow?: number | bigint, dim?: number | bigint): Tensor;
export function normExceptDim(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  return wrap((normExceptDim$0 ??= operator("aten::norm_except_dim", ""))(handleOf(a0), a1, a2));
}

let normal$0: NativeOperator | undefined, normal$1: NativeOperator | undefined, normal$2: NativeOperator | undefined, normal$3: NativeOperator | undefined;
export function normal(mean: Tensor, std: Tensor): Tensor;
export function normal(mean: Tensor, std?: number): Tensor;
export function normal(mean: number, std: Tensor): Tensor;
export function normal(mean: number, std: number, size: readonly number[], options?: { dtype?: DType | undefined; device?: string | undefined }): Tensor;
export function normal(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  if (isTensor(a0) && isTensor(a1) && a2 === undefined && a3 === undefined) {
    return wrap((normal$0 ??= operator("aten::normal", "Tensor_Tensor"))(handleOf(a0), handleOf(a1)));
  }
  if (isTensor(a0) && (a1 === undefined || isNumber(a1)) && a2 === undefined && a3 === undefined) {
    return wrap((normal$1 ??= operator("aten::normal", "Tensor_float"))(handleOf(a0), a1));
  }
  if (isNumber(a0) && isTensor(a1) && a2 === undefined && a3 === undefined) {
    return wrap((normal$2 ??= operator("aten::normal", "float_Tensor"))(a0, handleOf(a1)));
  }
  if (a3 !== undefined) checkOptions("aten::normal", a3, ["dtype", "device"]);
  return wrap((normal$3 ??= operator("aten::normal", "float_float"))(a0, a1, a2, undefined, (a3 as Options)?.dtype, undefined, (a3 as Options)?.device));
}

let normalFunctional$0: NativeOperator | undefined;
export function normalFunctional(self: Tensor, mean?: number, std?: number): Tensor;
export function normalFunctional(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  return wrap((normalFunctional$0 ??= operator("aten::normal_functional", ""))(handleOf(a0), a1, a2));
}

let normal_$0: NativeOperator | undefined;
export function normal_(self: Tensor, mean?: number, std?: number): Tensor;
export function normal_(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  (normal_$0 ??= inPlaceOperator("aten::normal_", ""))(handleOf(a0), a1, a2);
  return a0 as Tensor;
}

let notEqual$0: NativeOperator | undefined, notEqual$1: NativeOperator | undefined;
export function notEqual(self: Tensor, other: Tensor): Tensor;
export function notEqual(self: Tensor, other: number | bigint | boolean): Tensor;
export function notEqual(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a1)) {
    return wrap((notEqual$0 ??= operator("aten::not_equal", "Tensor"))(handleOf(a0), handleOf(a1)));
  }
  return wrap((notEqual$1 ??= operator("aten::not_equal", "Scalar"))(handleOf(a0), a1));
}

let notEqual_$0: NativeOperator | undefined, notEqual_$1: NativeOperator | undefined;
export function notEqual_(self: Tensor, other: Tensor): Tensor;
export function notEqual_(self: Tensor, other: number | bigint | boolean): Tensor;
export function notEqual_(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a1)) {
    (notEqual_$0 ??= inPlaceOperator("aten::not_equal_", "Tensor"))(handleOf(a0), handleOf(a1));
    return a0 as Tensor;
  }
  (notEqual_$1 ??= inPlaceOperator("aten::not_equal_", "Scalar"))(handleOf(a0), a1);
  return a0 as Tensor;
}

let nuclearNorm$0: NativeOperator | undefined, nuclearNorm$1: NativeOperator | undefined;
export function nuclearNorm(self: Tensor, keepdim?: boolean): Tensor;
export function nuclearNorm(self: Tensor, dim: number | readonly number[], keepdim?: boolean): Tensor;
export function nuclearNorm(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if ((a1 === undefined || typeof a1 === "boolean") && a2 === undefined) {
    return wrap((nuclearNorm$0 ??= operator("aten::nuclear_norm", ""))(handleOf(a0), a1));
  }
  return wrap((nuclearNorm$1 ??= operator("aten::nuclear_norm", "dim"))(handleOf(a0), a1, a2));
}

let numpy_T$0: NativeOperator | undefined;
export function numpy_T(self: Tensor): Tensor;
export function numpy_T(a0?: unknown): unknown {
  return wrap((numpy_T$0 ??= operator("aten::numpy_T", ""))(handleOf(a0)));
}

let oneHot$0: NativeOperator | undefined;
export function oneHot(self: Tensor, numClasses?: number | bigint): Tensor;
export function oneHot(a0?: unknown, a1?: unknown): unknown {
  return wrap((oneHot$0 ??= operator("aten::one_hot", ""))(handleOf(a0), a1));
}

let ones$0: NativeOperator | undefined;
export function ones(size: readonly number[], options?: { dtype?: DType | undefined; device?: string | undefined }): Tensor;
export function ones(a0?: unknown, a1?: unknown): unknown {
  if (a1 !== undefined) checkOptions("aten::ones", a1, ["dtype", "device"]);
  return wrap((ones$0 ??= operator("aten::ones", ""))(a0, (a1 as Options)?.dtype, undefined, (a1 as Options)?.device));
}

let onesLike$0: NativeOperator | undefined;
export function onesLike(self: Tensor, options?: { dtype?: DType | undefined; device?: string | undefined; memoryFormat?: MemoryFormat | undefined }): Tensor;
export function onesLike(a0?: unknown, a1?: unknown): unknown {
  if (a1 !== undefined) checkOptions("aten::ones_like", a1, ["dtype", "device", "memoryFormat"]);
  return wrap((onesLike$0 ??= operator("aten::ones_like", ""))(handleOf(a0), (a1 as Options)?.dtype, undefined, (a1 as Options)?.device, undefined, (a1 as Options)?.memoryFormat));
}

let orgqr$0: NativeOperator | undefined;
export function orgqr(self: Tensor, input2: Tensor): Tensor;
export function orgqr(a0?: unknown, a1?: unknown): unknown {
  return wrap((orgqr$0 ??= operator("aten::orgqr", ""))(handleOf(a0), handleOf(a1)));
}

let ormqr$0: NativeOperator | undefined;
export function ormqr(self: Tensor, input2: Tensor, input3: Tensor, left?: boolean, transpose?: boolean): Tensor;
export function ormqr(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
  return wrap((ormqr$0 ??= operator("aten::ormqr", ""))(handleOf(a0), handleOf(a1), handleOf(a2), a3, a4));
}

let outer$0: NativeOperator | undefined;
export function outer(self: Tensor, vec2: Tensor): Tensor;
export function outer(a0?: unknown, a1?: unknown): unknown {
  return wrap((outer$0 ??= operator("aten::outer", ""))(handleOf(a0), handleOf(a1)));
}

let pad$0: NativeOperator | undefined;
export function pad(self: Tensor, pad: readonly number[], mode?: string, value?: number | undefined): Tensor;
export function pad(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  return wrap((pad$0 ??= operator("aten::pad", ""))(handleOf(a0), a1, a2, a3));
}

let padSequence$0: NativeOperator | undefined;
export function padSequence(sequences: readonly Tensor[], batchFirst?: boolean, paddingValue?: number): Tensor;
export function padSequence(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  return wrap((padSequence$0 ??= operator("aten::pad_sequence", ""))(handlesOf(a0), a1, a2));
}

let pairwiseDistance$0: NativeOperator | undefined;
export function pairwiseDistance(x1: Tensor, x2: Tensor, p?: number, eps?: number, keepdim?: boolean): Tensor;
export function pairwiseDistance(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
  return wrap((pairwiseDistance$0 ??= operator("aten::pairwise_distance", ""))(handleOf(a0), handleOf(a1), a2, a3, a4));
}

let pdist$0: NativeOperator | undefined;
export function pdist(self: Tensor, p?: number): Tensor;
export function pdist(a0?: unknown, a1?: unknown): unknown {
  return wrap((pdist$0 ??= operator("aten::pdist", ""))(handleOf(a0), a1));
}

let permute$0: NativeOperator | undefined;
export function permute(self: Tensor, dims: readonly number[]): Tensor;
export function permute(a0?: unknown, a1?: unknown): unknown {
  return wrap((permute$0 ??= operator("aten::permute", ""))(handleOf(a0), a1));
}

let pinverse$0: NativeOperator | undefined;
export function pinverse(self: Tensor, rcond?: number): Tensor;
export function pinverse(a0?: unknown, a1?: unknown): unknown {
  return wrap((pinverse$0 ??= operator("aten::pinverse", ""))(handleOf(a0), a1));
}

let pixelShuffle$0: NativeOperator | undefined;
export function pixelShuffle(self: Tensor, upscaleFactor: number | bigint): Tensor;
export function pixelShuffle(a0?: unknown, a1?: unknown): unknown {
  return wrap((pixelShuffle$0 ??= operator("aten::pixel_shuffle", ""))(handleOf(a0), a1));
}

let pixelUnshuffle$0: NativeOperator | undefined;
export function pixelUnshuffle(self: Tensor, downscaleFactor: number | bigint): Tensor;
export function pixelUnshuffle(a0?: unknown, a1?: unknown): unknown {
  return wrap((pixelUnshuffle$0 ??= operator("aten::pixel_unshuffle", ""))(handleOf(a0), a1));
}

let poisson$0: NativeOperator | undefined;
export function poisson(self: Tensor): Tensor;
export function poisson(a0?: unknown): unknown {
  return wrap((poisson$0 ??= operator("aten::poisson", ""))(handleOf(a0)));
}

let poissonNllLoss$0: NativeOperator | undefined;
export function poissonNllLoss(input: Tensor, target: Tensor, logInput: boolean, full: boolean, eps: number, reduction: number | bigint): Tensor;
export function poissonNllLoss(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown, a5?: unknown): unknown {
  return wrap((poissonNllLoss$0 ??= operator("aten::poisson_nll_loss", ""))(handleOf(a0), handleOf(a1), a2, a3, a4, a5));
}

let polar$0: NativeOperator | undefined;
export function polar(abs: Tensor, angle: Tensor): Tensor;
export function polar(a0?: unknown, a1?: unknown): unknown {
  return wrap((polar$0 ??= operator("aten::polar", ""))(handleOf(a0), handleOf(a1)));
}

let polygamma$0: NativeOperator | undefined;
export function polygamma(n: number | bigint, self: Tensor): Tensor;
export function polygamma(a0?: unknown, a1?: unknown): unknown {
  return wrap((polygamma$0 ??= operator("aten::polygamma", ""))(a0, handleOf(a1)));
}

let polygamma_$0: NativeOperator | undefined;
export function polygamma_(self: Tensor, n: number | bigint): Tensor;
export function polygamma_(a0?: unknown, a1?: unknown): unknown {
  (polygamma_$0 ??= inPlaceOperator("aten::polygamma_", ""))(handleOf(a0), a1);
  return a0 as Tensor;
}

let positive$0: NativeOperator | undefined;
export function positive(self: Tensor): Tensor;
export function positive(a0?: unknown): unknown {
  return wrap((positive$0 ??= operator("aten::positive", ""))(handleOf(a0)));
}

let pow$0: NativeOperator | undefined, pow$1: NativeOperator | undefined, pow$2: NativeOperator | undefined;
export function pow(self: Tensor, exponent: Tensor): Tensor;
export function pow(self: number | bigint | boolean, exponent: Tensor): Tensor;
export function pow(self: Tensor, exponent: number | bigint | boolean): Tensor;
export function pow(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a0) && isTensor(a1)) {
    return wrap((pow$0 ??= operator("aten::pow", "Tensor_Tensor"))(handleOf(a0), handleOf(a1)));
  }
  if (isNumber(a0) && isTensor(a1)) {
    return wrap((pow$1 ??= operator("aten::pow", "Scalar"))(a0, handleOf(a1)));
  }
  return wrap((pow$2 ??= operator("aten::pow", "Tensor_Scalar"))(handleOf(a0), a1));
}

let pow_$0: NativeOperator | undefined, pow_$1: NativeOperator | undefined;
export function pow_(self: Tensor, exponent: Tensor): Tensor;
export function pow_(self: Tensor, exponent: number | bigint | boolean): Tensor;
export function pow_(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a1)) {
    (pow_$0 ??= inPlaceOperator("aten::pow_", "Tensor"))(handleOf(a0), handleOf(a1));
    return a0 as Tensor;
  }
  (pow_$1 ??= inPlaceOperator("aten::pow_", "Scalar"))(handleOf(a0), a1);
  return a0 as Tensor;
}

let prelu$0: NativeOperator | undefined;
export function prelu(self: Tensor, weight: Tensor): Tensor;
export function prelu(a0?: unknown, a1?: unknown): unknown {
  return wrap((prelu$0 ??= operator("aten::prelu", ""))(handleOf(a0), handleOf(a1)));
}

let prod$0: NativeOperator | undefined, prod$1: NativeOperator | undefined, prod$2: NativeOperator | undefined;
export function prod(self: Tensor, options?: { dtype?: DType | undefined }): Tensor;
export function prod(self: Tensor, dim: string, keepdim?: boolean, options?: { dtype?: DType | undefined }): Tensor;
export function prod(self: Tensor, dim: number | bigint, keepdim?: boolean, options?: { dtype?: DType | undefined }): Tensor;
export function prod(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  if (isOptions(a1) && a2 === undefined && a3 === undefined) {
    if (a1 !== undefined) checkOptions("aten::prod", a1, ["dtype"]);
    return wrap((prod$0 ??= operator("aten::prod", ""))(handleOf(a0), (a1 as Options)?.dtype));
  }
  if (typeof a1 === "string" && (a2 === undefined || typeof a2 === "boolean") && isOptions(a3)) {
    if (a3 !== undefined) checkOptions("aten::prod", a3, ["dtype"]);
    return wrap((prod$1 ??= operator("aten::prod", "dim_Dimname"))(handleOf(a0), a1, a2, (a3 as Options)?.dtype));
  }
  if (a3 !== undefined) checkOptions("aten::prod", a3, ["dtype"]);
  return wrap((prod$2 ??= operator("aten::prod", "dim_int"))(handleOf(a0), a1, a2, (a3 as Options)?.dtype));
}

let put$0: NativeOperator | undefined;
export function put(self: Tensor, index: Tensor, source: Tensor, accumulate?: boolean): Tensor;
export function put(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  return wrap((put$0 ??= operator("aten::put", ""))(handleOf(a0), handleOf(a1), handleOf(a2), a3));
}

let put_$0: NativeOperator | undefined;
export function put_(self: Tensor, index: Tensor, source: Tensor, accumulate?: boolean): Tensor;
export function put_(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  (put_$0 ??= inPlaceOperator("aten::put_", ""))(handleOf(a0), handleOf(a1), handleOf(a2), a3);
  return a0 as Tensor;
}

let qPerChannelAxis$0: NativeOperator | undefined;
export function qPerChannelAxis(self: Tensor): number;
export function qPerChannelAxis(a0?: unknown): unknown {
  return (qPerChannelAxis$0 ??= operator("aten::q_per_channel_axis", ""))(handleOf(a0));
}

let qPerChannelScales$0: NativeOperator | undefined;
export function qPerChannelScales(self: Tensor): Tensor;
export function qPerChannelScales(a0?: unknown): unknown {
  return wrap((qPerChannelScales$0 ??= operator("aten::q_per_channel_scales", ""))(handleOf(a0)));
}

let qPerChannelZeroPoints$0: NativeOperator | undefined;
export function qPerChannelZeroPoints(self: Tensor): Tensor;
export function qPerChannelZeroPoints(a0?: unknown): unknown {
  return wrap((qPerChannelZeroPoints$0 ??= operator("aten::q_per_channel_zero_points", ""))(handleOf(a0)));
}

let qScale$0: NativeOperator | undefined;
export function qScale(self: Tensor): number;
export function qScale(a0?: unknown): unknown {
  return (qScale$0 ??= operator("aten::q_scale", ""))(handleOf(a0));
}

let qZeroPoint$0: NativeOperator | undefined;
export function qZeroPoint(self: Tensor): number;
export function qZeroPoint(a0?: unknown): unknown {
  return (qZeroPoint$0 ??= operator("aten::q_zero_point", ""))(handleOf(a0));
}

let qr$0: NativeOperator | undefined;
export function qr(self: Tensor, some?: boolean): [Tensor, Tensor];
export function qr(a0?: unknown, a1?: unknown): unknown {
  return wrapTuple((qr$0 ??= operator("aten::qr", ""))(handleOf(a0), a1), "TT");
}

let quantile$0: NativeOperator | undefined, quantile$1: NativeOperator | undefined;
export function quantile(self: Tensor, q: Tensor, dim?: number | bigint | undefined, keepdim?: boolean, options?: { interpolation?: string | undefined }): Tensor;
export function quantile(self: Tensor, q: number, dim?: number | bigint | undefined, keepdim?: boolean, options?: { interpolation?: string | undefined }): Tensor;
export function quantile(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
  if (isTensor(a1) && isOptions(a4)) {
    if (a4 !== undefined) checkOptions("aten::quantile", a4, ["interpolation"]);
    return wrap((quantile$0 ??= operator("aten::quantile", ""))(handleOf(a0), handleOf(a1), a2, a3, (a4 as Options)?.interpolation));
  }
  if (a4 !== undefined) checkOptions("aten::quantile", a4, ["interpolation"]);
  return wrap((quantile$1 ??= operator("aten::quantile", "scalar"))(handleOf(a0), a1, a2, a3, (a4 as Options)?.interpolation));
}

let rad2deg$0: NativeOperator | undefined;
export function rad2deg(self: Tensor): Tensor;
export function rad2deg(a0?: unknown): unknown {
  return wrap((rad2deg$0 ??= operator("aten::rad2deg", ""))(handleOf(a0)));
}

let rad2deg_$0: NativeOperator | undefined;
export function rad2deg_(self: Tensor): Tensor;
export function rad2deg_(a0?: unknown): unknown {
  (rad2deg_$0 ??= inPlaceOperator("aten::rad2deg_", ""))(handleOf(a0));
  return a0 as Tensor;
}

let rand$0: NativeOperator | undefined;
export function rand(size: readonly number[], options?: { dtype?: DType | undefined; device?: string | undefined }): Tensor;
export function rand(a0?: unknown, a1?: unknown): unknown {
  if (a1 !== undefined) checkOptions("aten::rand", a1, ["dtype", "device"]);
  return wrap((rand$0 ??= operator("aten::rand", ""))(a0, (a1 as Options)?.dtype, undefined, (a1 as Options)?.device));
}

let randLike$0: NativeOperator | undefined;
export function randLike(self: Tensor, options?: { dtype?: DType | undefined; device?: string | undefined; memoryFormat?: MemoryFormat | undefined }): Tensor;
export function randLike(a0?: unknown, a1?: unknown): unknown {
  if (a1 !== undefined) checkOptions("aten::rand_like", a1, ["dtype", "device", "memoryFormat"]);
  return wrap((randLike$0 ??= operator("aten::rand_like", ""))(handleOf(a0), (a1 as Options)?.dtype, undefined, (a1 as Options)?.device, undefined, (a1 as Options)?.memoryFormat));
}

let randint$0: NativeOperator | undefined, randint$1: NativeOperator | undefined;
export function randint(high: number | bigint, size: readonly number[], options?: { dtype?: DType | undefined; device?: string | undefined }): Tensor;
export function randint(low: number | bigint, high: number | bigint, size: readonly number[], options?: { dtype?: DType | undefined; device?: string | undefined }): Tensor;
export function randint(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  if (isNumbers(a1) && isOptions(a2) && a3 === undefined) {
    if (a2 !== undefined) checkOptions("aten::randint", a2, ["dtype", "device"]);
    return wrap((randint$0 ??= operator("aten::randint", ""))(a0, a1, (a2 as Options)?.dtype, undefined, (a2 as Options)?.device));
  }
  if (a3 !== undefined) checkOptions("aten::randint", a3, ["dtype", "device"]);
  return wrap((randint$1 ??= operator("aten::randint", "low"))(a0, a1, a2, (a3 as Options)?.dtype, undefined, (a3 as Options)?.device));
}

let randintLike$0: NativeOperator | undefined, randintLike$1: NativeOperator | undefined;
export function randintLike(self: Tensor, high: number | bigint, options?: { dtype?: DType | undefined; device?: string | undefined; memoryFormat?: MemoryFormat | undefined }): Tensor;
export function randintLike(self: Tensor, low: number | bigint, high: number | bigint, options?: { dtype?: DType | undefined; device?: string | undefined; memoryFormat?: MemoryFormat | undefined }): Tensor;
export function randintLike(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  if (isOptions(a2) && a3 === undefined) {
    if (a2 !== undefined) checkOptions("aten::randint_like", a2, ["dtype", "device", "memoryFormat"]);
    return wrap((randintLike$0 ??= operator("aten::randint_like", ""))(handleOf(a0), a1, (a2 as Options)?.dtype, undefined, (a2 as Options)?.device, undefined, (a2 as Options)?.memoryFormat));
  }
  if (a3 !== undefined) checkOptions("aten::randint_like", a3, ["dtype", "device", "memoryFormat"]);
  return wrap((randintLike$1 ??= operator("aten::randint_like", "low_dtype"))(handleOf(a0), a1, a2, (a3 as Options)?.dtype, undefined, (a3 as Options)?.device, undefined, (a3 as Options)?.memoryFormat));
}

let randn$0: NativeOperator | undefined;
export function randn(size: readonly number[], options?: { dtype?: DType | undefined; device?: string | undefined }): Tensor;
export function randn(a0?: unknown, a1?: unknown): unknown {
  if (a1 !== undefined) checkOptions("aten::randn", a1, ["dtype", "device"]);
  return wrap((randn$0 ??= operator("aten::randn", ""))(a0, (a1 as Options)?.dtype, undefined, (a1 as Options)?.device));
}

let randnLike$0: NativeOperator | undefined;
export function randnLike(self: Tensor, options?: { dtype?: DType | undefined; device?: string | undefined; memoryFormat?: MemoryFormat | undefined }): Tensor;
export function randnLike(a0?: unknown, a1?: unknown): unknown {
  if (a1 !== undefined) checkOptions("aten::randn_like", a1, ["dtype", "device", "memoryFormat"]);
  return wrap((randnLike$0 ??= operator("aten::randn_like", ""))(handleOf(a0), (a1 as Options)?.dtype, undefined, (a1 as Options)?.device, undefined, (a1 as Options)?.memoryFormat));
}

let random$0: NativeOperator | undefined, random$1: NativeOperator | undefined, random$2: NativeOperator | undefined;
export function random(self: Tensor): Tensor;
export function random(self: Tensor, to: number | bigint): Tensor;
export function random(self: Tensor, from: number | bigint, to?: number | bigint | undefined): Tensor;
export function random(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (a1 === undefined && a2 === undefined) {
    return wrap((random$0 ??= operator("aten::random", ""))(handleOf(a0)));
  }
  if (isNumber(a1) && a2 === undefined) {
    return wrap((random$1 ??= operator("aten::random", "to"))(handleOf(a0), a1));
  }
  return wrap((random$2 ??= operator("aten::random", "from"))(handleOf(a0), a1, a2));
}

let random_$0: NativeOperator | undefined, random_$1: NativeOperator | undefined, random_$2: NativeOperator | undefined;
export function random_(self: Tensor): Tensor;
export function random_(self: Tensor, to: number | bigint): Tensor;
export function random_(self: Tensor, from: number | bigint, to?: number | bigint | undefined): Tensor;
export function random_(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (a1 === undefined && a2 === undefined) {
    (random_$0 ??= inPlaceOperator("aten::random_", ""))(handleOf(a0));
    return a0 as Tensor;
  }
  if (isNumber(a1) && a2 === undefined) {
    (random_$1 ??= inPlaceOperator("aten::random_", "to"))(handleOf(a0), a1);
    return a0 as Tensor;
  }
  (random_$2 ??= inPlaceOperator("aten::random_", "from"))(handleOf(a0), a1, a2);
  return a0 as Tensor;
}

let randperm$0: NativeOperator | undefined;
export function randperm(n: number | bigint, options?: { dtype?: DType | undefined; device?: string | undefined }): Tensor;
export function randperm(a0?: unknown, a1?: unknown): unknown {
  if (a1 !== undefined) checkOptions("aten::randperm", a1, ["dtype", "device"]);
  return wrap((randperm$0 ??= operator("aten::randperm", ""))(a0, (a1 as Options)?.dtype, undefined, (a1 as Options)?.device));
}

let range$0: NativeOperator | undefined, range$1: NativeOperator | undefined;
export function range(start: number | bigint | boolean, end: number | bigint | boolean, options?: { dtype?: DType | undefined; device?: string | undefined }): Tensor;
export function range(start: number | bigint | boolean, end: number | bigint | boolean, step?: number | bigint | boolean, options?: { dtype?: DType | undefined; device?: string | undefined }): Tensor;
export function range(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  if (isOptions(a2) && a3 === undefined) {
    if (a2 !== undefined) checkOptions("aten::range", a2, ["dtype", "device"]);
    return wrap((range$0 ??= operator("aten::range", ""))(a0, a1, (a2 as Options)?.dtype, undefined, (a2 as Options)?.device));
  }
  if (a3 !== undefined) checkOptions("aten::range", a3, ["dtype", "device"]);
  return wrap((range$1 ??= operator("aten::range", "step"))(a0, a1, a2, (a3 as Options)?.dtype, undefined, (a3 as Options)?.device));
}

let ravel$0: NativeOperator | undefined;
export function ravel(self: Tensor): Tensor;
export function ravel(a0?: unknown): unknown {
  return wrap((ravel$0 ??= operator("aten::ravel", ""))(handleOf(a0)));
}

let real$0: NativeOperator | undefined;
export function real(self: Tensor): Tensor;
export function real(a0?: unknown): unknown {
  return wrap((real$0 ??= operator("aten::real", ""))(handleOf(a0)));
}

let reciprocal$0: NativeOperator | undefined;
export function reciprocal(self: Tensor): Tensor;
export function reciprocal(a0?: unknown): unknown {
  return wrap((reciprocal$0 ??= operator("aten::reciprocal", ""))(handleOf(a0)));
}

let reciprocal_$0: NativeOperator | undefined;
export function reciprocal_(self: Tensor): Tensor;
export function reciprocal_(a0?: unknown): unknown {
  (reciprocal_$0 ??= inPlaceOperator("aten::reciprocal_", ""))(handleOf(a0));
  return a0 as Tensor;
}

let reflectionPad1d$0: NativeOperator | undefined;
export function reflectionPad1d(self: Tensor, padding: number | readonly number[]): Tensor;
export function reflectionPad1d(a0?: unknown, a1?: unknown): unknown {
  return wrap((reflectionPad1d$0 ??= operator("aten::reflection_pad1d", ""))(handleOf(a0), a1));
}

let reflectionPad2d$0: NativeOperator | undefined;
export function reflectionPad2d(self: Tensor, padding: number | readonly number[]): Tensor;
export function reflectionPad2d(a0?: unknown, a1?: unknown): unknown {
  return wrap((reflectionPad2d$0 ??= operator("aten::reflection_pad2d", ""))(handleOf(a0), a1));
}

let reflectionPad3d$0: NativeOperator | undefined;
export function reflectionPad3d(self: Tensor, padding: number | readonly number[]): Tensor;
export function reflectionPad3d(a0?: unknown, a1?: unknown): unknown {
  return wrap((reflectionPad3d$0 ??= operator("aten::reflection_pad3d", ""))(handleOf(a0), a1));
}

let relu$0: NativeOperator | undefined;
export function relu(self: Tensor): Tensor;
export function relu(a0?: unknown): unknown {
  return wrap((relu$0 ??= operator("aten::relu", ""))(handleOf(a0)));
}

let relu6$0: NativeOperator | undefined;
export function relu6(self: Tensor): Tensor;
export function relu6(a0?: unknown): unknown {
  return wrap((relu6$0 ??= operator("aten::relu6", ""))(handleOf(a0)));
}

let relu6_$0: NativeOperator | undefined;
export function relu6_(self: Tensor): Tensor;
export function relu6_(a0?: unknown): unknown {
  (relu6_$0 ??= inPlaceOperator("aten::relu6_", ""))(handleOf(a0));
  return a0 as Tensor;
}

let relu_$0: NativeOperator | undefined;
export function relu_(self: Tensor): Tensor;
export function relu_(a0?: unknown): unknown {
  (relu_$0 ??= inPlaceOperator("aten::relu_", ""))(handleOf(a0));
  return a0 as Tensor;
}

let remainder$0: NativeOperator | undefined, remainder$1: NativeOperator | undefined, remainder$2: NativeOperator | undefined;
export function remainder(self: Tensor, other: Tensor): Tensor;
export function remainder(self: Tensor, other: number | bigint | boolean): Tensor;
export function remainder(self: number | bigint | boolean, other: Tensor): Tensor;
export function remainder(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a0) && isTensor(a1)) {
    return wrap((remainder$0 ??= operator("aten::remainder", "Tensor"))(handleOf(a0), handleOf(a1)));
  }
  if (isTensor(a0) && isNumber(a1)) {
    return wrap((remainder$1 ??= operator("aten::remainder", "Scalar"))(handleOf(a0), a1));
  }
  return wrap((remainder$2 ??= operator("aten::remainder", "Scalar_Tensor"))(a0, handleOf(a1)));
}

let remainder_$0: NativeOperator | undefined, remainder_$1: NativeOperator | undefined;
export function remainder_(self: Tensor, other: Tensor): Tensor;
export function remainder_(self: Tensor, other: number | bigint | boolean): Tensor;
export function remainder_(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a1)) {
    (remainder_$0 ??= inPlaceOperator("aten::remainder_", "Tensor"))(handleOf(a0), handleOf(a1));
    return a0 as Tensor;
  }
  (remainder_$1 ??= inPlaceOperator("aten::remainder_", "Scalar"))(handleOf(a0), a1);
  return a0 as Tensor;
}

let renorm$0: NativeOperator | undefined;
export function renorm(self: Tensor, p: number | bigint | boolean, dim: number | bigint, maxnorm: number | bigint | boolean): Tensor;
export function renorm(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  return wrap((renorm$0 ??= operator("aten::renorm", ""))(handleOf(a0), a1, a2, a3));
}

let renorm_$0: NativeOperator | undefined;
export function renorm_(self: Tensor, p: number | bigint | boolean, dim: number | bigint, maxnorm: number | bigint | boolean): Tensor;
export function renorm_(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  (renorm_$0 ??= inPlaceOperator("aten::renorm_", ""))(handleOf(a0), a1, a2, a3);
  return a0 as Tensor;
}

let repeat$0: NativeOperator | undefined;
export function repeat(self: Tensor, repeats: readonly number[]): Tensor;
export function repeat(a0?: unknown, a1?: unknown): unknown {
  return wrap((repeat$0 ??= operator("aten::repeat", ""))(handleOf(a0), a1));
}

let repeatInterleave$0: NativeOperator | undefined, repeatInterleave$1: NativeOperator | undefined, repeatInterleave$2: NativeOperator | undefined;
export function repeatInterleave(repeats: Tensor, options?: { outputSize?: number | bigint | undefined }): Tensor;
export function repeatInterleave(self: Tensor, repeats: Tensor, dim?: number | bigint | undefined, options?: { outputSize?: number | bigint | undefined }): Tensor;
export function repeatInterleave(self: Tensor, repeats: number | bigint, dim?: number | bigint | undefined, options?: { outputSize?: number | bigint | undefined }): Tensor;
export function repeatInterleave(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  if (isOptions(a1) && a2 === undefined && a3 === undefined) {
    if (a1 !== undefined) checkOptions("aten::repeat_interleave", a1, ["outputSize"]);
    return wrap((repeatInterleave$0 ??= operator("aten::repeat_interleave", "Tensor"))(handleOf(a0), (a1 as Options)?.outputSize));
  }
  if (isTensor(a1) && (a2 === undefined || isNumber(a2)) && isOptions(a3)) {
    if (a3 !== undefined) checkOptions("aten::repeat_interleave", a3, ["outputSize"]);
    return wrap((repeatInterleave$1 ??= operator("aten::repeat_interleave", "self_Tensor"))(handleOf(a0), handleOf(a1), a2, (a3 as Options)?.outputSize));
  }
  if (a3 !== undefined) checkOptions("aten::repeat_interleave", a3, ["outputSize"]);
  return wrap((repeatInterleave$2 ??= operator("aten::repeat_interleave", "self_int"))(handleOf(a0), a1, a2, (a3 as Options)?.outputSize));
}

let replicationPad1d$0: NativeOperator | undefined;
export function replicationPad1d(self: Tensor, padding: number | readonly number[]): Tensor;
export function replicationPad1d(a0?: unknown, a1?: unknown): unknown {
  return wrap((replicationPad1d$0 ??= operator("aten::replication_pad1d", ""))(handleOf(a0), a1));
}

let replicationPad2d$0: NativeOperator | undefined;
export function replicationPad2d(self: Tensor, padding: number | readonly number[]): Tensor;
export function replicationPad2d(a0?: unknown, a1?: unknown): unknown {
  return wrap((replicationPad2d$0 ??= operator("aten::replication_pad2d", ""))(handleOf(a0), a1));
}

let replicationPad3d$0: NativeOperator | undefined;
export function replicationPad3d(self: Tensor, padding: number | readonly number[]): Tensor;
export function replicationPad3d(a0?: unknown, a1?: unknown): unknown {
  return wrap((replicationPad3d$0 ??= operator("aten::replication_pad3d", ""))(handleOf(a0), a1));
}

let reshape$0: NativeOperator | undefined;
export function reshape(self: Tensor, shape: readonly number[]): Tensor;
export function reshape(a0?: unknown, a1?: unknown): unknown {
  return wrap((reshape$0 ??= operator("aten::reshape", ""))(handleOf(a0), a1));
}

let reshapeAs$0: NativeOperator | undefined;
export function reshapeAs(self: Tensor, other: Tensor): Tensor;
export function reshapeAs(a0?: unknown, a1?: unknown): unknown {
  return wrap((reshapeAs$0 ??= operator("aten::reshape_as", ""))(handleOf(a0), handleOf(a1)));
}

let resize$0: NativeOperator | undefined;
export function resize(self: Tensor, size: readonly number[], options?: { memoryFormat?: MemoryFormat | undefined }): Tensor;
export function resize(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (a2 !== undefined) checkOptions("aten::resize", a2, ["memoryFormat"]);
  return wrap((resize$0 ??= operator("aten::resize", ""))(handleOf(a0), a1, (a2 as Options)?.memoryFormat));
}

let resizeAs$0: NativeOperator | undefined;
export function resizeAs(self: Tensor, theTemplate: Tensor, options?: { memoryFormat?: MemoryFormat | undefined }): Tensor;
export function resizeAs(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (a2 !== undefined) checkOptions("aten::resize_as", a2, ["memoryFormat"]);
  return wrap((resizeAs$0 ??= operator("aten::resize_as", ""))(handleOf(a0), handleOf(a1), (a2 as Options)?.memoryFormat));
}

let resizeAsSparse$0: NativeOperator | undefined;
export function resizeAsSparse(self: Tensor, theTemplate: Tensor): Tensor;
export function resizeAsSparse(a0?: unknown, a1?: unknown): unknown {
  return wrap((resizeAsSparse$0 ??= operator("aten::resize_as_sparse", ""))(handleOf(a0), handleOf(a1)));
}

let resolveConj$0: NativeOperator | undefined;
export function resolveConj(self: Tensor): Tensor;
export function resolveConj(a0?: unknown): unknown {
  return wrap((resolveConj$0 ??= operator("aten::resolve_conj", ""))(handleOf(a0)));
}

let resolveNeg$0: NativeOperator | undefined;
export function resolveNeg(self: Tensor): Tensor;
export function resolveNeg(a0?: unknown): unknown {
  return wrap((resolveNeg$0 ??= operator("aten::resolve_neg", ""))(handleOf(a0)));
}

let retainsGrad$0: NativeOperator | undefined;
export function retainsGrad(self: Tensor): boolean;
export function retainsGrad(a0?: unknown): unknown {
  return (retainsGrad$0 ??= operator("aten::retains_grad", ""))(handleOf(a0));
}

let rnnRelu$0: NativeOperator | undefined, rnnRelu$1: NativeOperator | undefined;
export function rnnRelu(data: Tensor, batchSizes: Tensor, hx: Tensor, params: readonly Tensor[], hasBiases: boolean, numLayers: number | bigint, dropout: number, train: boolean, bidirectional: boolean): [Tensor, Tensor];
export function rnnRelu(input: Tensor, hx: Tensor, params: readonly Tensor[], hasBiases: boolean, numLayers: number | bigint, dropout: number, train: boolean, bidirectional: boolean, batchFirst: boolean): [Tensor, Tensor];
export function rnnRelu(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown, a5?: unknown, a6?: unknown, a7?: unknown, a8?: unknown): unknown {
  if (isTensor(a2) && isTensors(a3) && typeof a4 === "boolean" && isNumber(a6)) {
    return wrapTuple((rnnRelu$0 ??= operator("aten::rnn_relu", "data"))(handleOf(a0), handleOf(a1), handleOf(a2), handlesOf(a3), a4, a5, a6, a7, a8), "TT");
  }
  return wrapTuple((rnnRelu$1 ??= operator("aten::rnn_relu", "input"))(handleOf(a0), handleOf(a1), handlesOf(a2), a3, a4, a5, a6, a7, a8), "TT");
}

let rnnReluCell$0: NativeOperator | undefined;
export function rnnReluCell(input: Tensor, hx: Tensor, wIh: Tensor, wHh: Tensor, bIh?: Tensor | undefined, bHh?: Tensor | undefined): Tensor;
export function rnnReluCell(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown, a5?: unknown): unknown {
  return wrap((rnnReluCell$0 ??= operator("aten::rnn_relu_cell", ""))(handleOf(a0), handleOf(a1), handleOf(a2), handleOf(a3), handleOf(a4), handleOf(a5)));
}

let rnnTanh$0: NativeOperator | undefined, rnnTanh$1: NativeOperator | undefined;
export function rnnTanh(data: Tensor, batchSizes: Tensor, hx: Tensor, params: readonly Tensor[], hasBiases: boolean, numLayers: number | bigint, dropout: number, train: boolean, bidirectional: boolean): [Tensor, Tensor];
export function rnnTanh(input: Tensor, hx: Tensor, params: readonly Tensor[], hasBiases: boolean, numLayers: number | bigint, dropout: number, train: boolean, bidirectional: boolean, batchFirst: boolean): [Tensor, Tensor];
export function rnnTanh(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown, a5?: unknown, a6?: unknown, a7?: unknown, a8?: unknown): unknown {
  if (isTensor(a2) && isTensors(a3) && typeof a4 === "boolean" && isNumber(a6)) {
    return wrapTuple((rnnTanh$0 ??= operator("aten::rnn_tanh", "data"))(handleOf(a0), handleOf(a1), handleOf(a2), handlesOf(a3), a4, a5, a6, a7, a8), "TT");
  }
  return wrapTuple((rnnTanh$1 ??= operator("aten::rnn_tanh", "input"))(handleOf(a0), handleOf(a1), handlesOf(a2), a3, a4, a5, a6, a7, a8), "TT");
}

let rnnTanhCell$0: NativeOperator | undefined;
export function rnnTanhCell(input: Tensor, hx: Tensor, wIh: Tensor, wHh: Tensor, bIh?: Tensor | undefined, bHh?: Tensor | undefined): Tensor;
export function rnnTanhCell(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown, a5?: unknown): unknown {
  return wrap((rnnTanhCell$0 ??= operator("aten::rnn_tanh_cell", ""))(handleOf(a0), handleOf(a1), handleOf(a2), handleOf(a3), handleOf(a4), handleOf(a5)));
}

let roiAlign$0: NativeOperator | undefined;
export function roiAlign(input: Tensor, rois: Tensor, spatialScale: number, pooledHeight: number | bigint, pooledWidth: number | bigint, samplingRatio: number | bigint, aligned: boolean): Tensor;
export function roiAlign(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown, a5?: unknown, a6?: unknown): unknown {
  return wrap((roiAlign$0 ??= operator("supernet::roi_align", ""))(handleOf(a0), handleOf(a1), a2, a3, a4, a5, a6));
}

let roiAlignComposed$0: NativeOperator | undefined;
export function roiAlignComposed(input: Tensor, rois: Tensor, spatialScale: number, pooledHeight: number | bigint, pooledWidth: number | bigint, samplingRatio: number | bigint, aligned: boolean): Tensor;
export function roiAlignComposed(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown, a5?: unknown, a6?: unknown): unknown {
  return wrap((roiAlignComposed$0 ??= operator("supernet::roi_align_composed", ""))(handleOf(a0), handleOf(a1), a2, a3, a4, a5, a6));
}

let roll$0: NativeOperator | undefined;
export function roll(self: Tensor, shifts: number | readonly number[], dims?: number | readonly number[]): Tensor;
export function roll(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  return wrap((roll$0 ??= operator("aten::roll", ""))(handleOf(a0), a1, a2));
}

let rot90$0: NativeOperator | undefined;
export function rot90(self: Tensor, k?: number | bigint, dims?: readonly number[]): Tensor;
export function rot90(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  return wrap((rot90$0 ??= operator("aten::rot90", ""))(handleOf(a0), a1, a2));
}

let round$0: NativeOperator | undefined, round$1: NativeOperator | undefined;
export function round(self: Tensor, options: { decimals: number | bigint }): Tensor;
export function round(self: Tensor): Tensor;
export function round(a0?: unknown, a1?: unknown): unknown {
  if (isOptions(a1) && (a1 as Options)?.decimals !== undefined) {
    if (a1 !== undefined) checkOptions("aten::round", a1, ["decimals"]);
    return wrap((round$0 ??= operator("aten::round", "decimals"))(handleOf(a0), (a1 as Options)?.decimals));
  }
  return wrap((round$1 ??= operator("aten::round", ""))(handleOf(a0)));
}

let round_$0: NativeOperator | undefined, round_$1: NativeOperator | undefined;
export function round_(self: Tensor, options: { decimals: number | bigint }): Tensor;
export function round_(self: Tensor): Tensor;
export function round_(a0?: unknown, a1?: unknown): unknown {
  if (isOptions(a1) && (a1 as Options)?.decimals !== undefined) {
    if (a1 !== undefined) checkOptions("aten::round_", a1, ["decimals"]);
    (round_$0 ??= inPlaceOperator("aten::round_", "decimals"))(handleOf(a0), (a1 as Options)?.decimals);
    return a0 as Tensor;
  }
  (round_$1 ??= inPlaceOperator("aten::round_", ""))(handleOf(a0));
  return a0 as Tensor;
}

let rowIndices$0: NativeOperator | undefined;
export function rowIndices(self: Tensor): Tensor;
export function rowIndices(a0?: unknown): unknown {
  return wrap((rowIndices$0 ??= operator("aten::row_indices", ""))(handleOf(a0)));
}

let rowStack$0: NativeOperator | undefined;
export function rowStack(tensors: readonly Tensor[]): Tensor;
export function rowStack(a0?: unknown): unknown {
  return wrap((rowStack$0 ??= operator("aten::row_stack", ""))(handlesOf(a0)));
}

let rrelu$0: NativeOperator | undefined;
export function rrelu(self: Tensor, lower?: number | bigint | boolean, upper?: number | bigint | boolean, training?: boolean): Tensor;
export function rrelu(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  return wrap((rrelu$0 ??= operator("aten::rrelu", ""))(handleOf(a0), a1, a2, a3));
}

let rreluWithNoise$0: NativeOperator | undefined;
export function rreluWithNoise(self: Tensor, noise: Tensor, lower?: number | bigint | boolean, upper?: number | bigint | boolean, training?: boolean): Tensor;
export function rreluWithNoise(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
  return wrap((rreluWithNoise$0 ??= operator("aten::rrelu_with_noise", ""))(handleOf(a0), handleOf(a1), a2, a3, a4));
}

let rreluWithNoise_$0: NativeOperator | undefined;
export function rreluWithNoise_(self: Tensor, noise: Tensor, lower?: number | bigint | boolean, upper?: number | bigint | boolean, training?: boolean): Tensor;
export function rreluWithNoise_(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
  (rreluWithNoise_$0 ??= inPlaceOperator("aten::rrelu_with_noise_", ""))(handleOf(a0), handleOf(a1), a2, a3, a4);
  return a0 as Tensor;
}

let rrelu_$0: NativeOperator | undefined;
export function rrelu_(self: Tensor, lower?: number | bigint | boolean, upper?: number | bigint | boolean, training?: boolean): Tensor;
export function rrelu_(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  (rrelu_$0 ??= inPlaceOperator("aten::rrelu_", ""))(handleOf(a0), a1, a2, a3);
  return a0 as Tensor;
}

let rsqrt$0: NativeOperator | undefined;
export function rsqrt(self: Tensor): Tensor;
export function rsqrt(a0?: unknown): unknown {
  return wrap((rsqrt$0 ??= operator("aten::rsqrt", ""))(handleOf(a0)));
}

let rsqrt_$0: NativeOperator | undefined;
export function rsqrt_(self: Tensor): Tensor;
export function rsqrt_(a0?: unknown): unknown {
  (rsqrt_$0 ??= inPlaceOperator("aten::rsqrt_", ""))(handleOf(a0));
  return a0 as Tensor;
}

let rsub$0: NativeOperator | undefined, rsub$1: NativeOperator | undefined;
export function rsub(self: Tensor, other: Tensor, options?: { alpha?: number | bigint | boolean | undefined }): Tensor;
export function rsub(self: Tensor, other: number | bigint | boolean, alpha?: number | bigint | boolean): Tensor;
export function rsub(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (isTensor(a1) && isOptions(a2)) {
    if (a2 !== undefined) checkOptions("aten::rsub", a2, ["alpha"]);
    return wrap((rsub$0 ??= operator("aten::rsub", "Tensor"))(handleOf(a0), handleOf(a1), (a2 as Options)?.alpha));
  }
  return wrap((rsub$1 ??= operator("aten::rsub", "Scalar"))(handleOf(a0), a1, a2));
}

let scalarTensor$0: NativeOperator | undefined;
export function scalarTensor(s: number | bigint | boolean, options?: { dtype?: DType | undefined; device?: string | undefined }): Tensor;
export function scalarTensor(a0?: unknown, a1?: unknown): unknown {
  if (a1 !== undefined) checkOptions("aten::scalar_tensor", a1, ["dtype", "device"]);
  return wrap((scalarTensor$0 ??= operator("aten::scalar_tensor", ""))(a0, (a1 as Options)?.dtype, undefined, (a1 as Options)?.device));
}

let scatter$0: NativeOperator | undefined, scatter$1: NativeOperator | undefined, scatter$2: NativeOperator | undefined, scatter$3: NativeOperator | undefined, scatter$4: NativeOperator | undefined, scatter$5: NativeOperator | undefined;
export function scatter(self: Tensor, dim: number | bigint, index: Tensor, src: Tensor, options: { reduce: string }): Tensor;
export function scatter(self: Tensor, dim: number | bigint, index: Tensor, value: number | bigint | boolean, options: { reduce: string }): Tensor;
export function scatter(self: Tensor, dim: string, index: Tensor, src: Tensor): Tensor;
export function scatter(self: Tensor, dim: number | bigint, index: Tensor, src: Tensor): Tensor;
export function scatter(self: Tensor, dim: string, index: Tensor, value: number | bigint | boolean): Tensor;
export function scatter(self: Tensor, dim: number | bigint, index: Tensor, value: number | bigint | boolean): Tensor;
export function scatter(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
  if (isNumber(a1) && isTensor(a3) && isOptions(a4) && (a4 as Options)?.reduce !== undefined) {
    if (a4 !== undefined) checkOptions("aten::scatter", a4, ["reduce"]);
    return wrap((scatter$0 ??= operator("aten::scatter", "reduce"))(handleOf(a0), a1, handleOf(a2), handleOf(a3), (a4 as Options)?.reduce));
  }
  if (isNumber(a1) && isNumber(a3) && isOptions(a4) && (a4 as Options)?.reduce !== undefined) {
    if (a4 !== undefined) checkOptions("aten::scatter", a4, ["reduce"]);
    return wrap((scatter$1 ??= operator("aten::scatter", "value_reduce"))(handleOf(a0), a1, handleOf(a2), a3, (a4 as Options)?.reduce));
  }
  if (typeof a1 === "string" && isTensor(a3) && a4 === undefined) {
    return wrap((scatter$2 ??= operator("aten::scatter", "dimname_src"))(handleOf(a0), a1, handleOf(a2), handleOf(a3)));
  }
  if (isNumber(a1) && isTensor(a3) && a4 === undefined) {
    return wrap((scatter$3 ??= operator("aten::scatter", "src"))(handleOf(a0), a1, handleOf(a2), handleOf(a3)));
  }
  if (typeof a1 === "string" && isNumber(a3) && a4 === undefined) {
    return wrap((scatter$4 ??= operator("aten::scatter", "dimname_value"))(handleOf(a0), a1, handleOf(a2), a3));
  }
  return wrap((scatter$5 ??= operator("aten::scatter", "value"))(handleOf(a0), a1, handleOf(a2), a3));
}

let scatterAdd$0: NativeOperator | undefined, scatterAdd$1: NativeOperator | undefined;
export function scatterAdd(self: Tensor, dim: number | bigint, index: Tensor, src: Tensor): Tensor;
export function scatterAdd(self: Tensor, dim: string, index: Tensor, src: Tensor): Tensor;
export function scatterAdd(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  if (isNumber(a1)) {
    return wrap((scatterAdd$0 ??= operator("aten::scatter_add", ""))(handleOf(a0), a1, handleOf(a2), handleOf(a3)));
  }
  return wrap((scatterAdd$1 ??= operator("aten::scatter_add", "dimname"))(handleOf(a0), a1, handleOf(a2), handleOf(a3)));
}

let scatterAdd_$0: NativeOperator | undefined;
export function scatterAdd_(self: Tensor, dim: number | bigint, index: Tensor, src: Tensor): Tensor;
export function scatterAdd_(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  (scatterAdd_$0 ??= inPlaceOperator("aten::scatter_add_", ""))(handleOf(a0), a1, handleOf(a2), handleOf(a3));
  return a0 as Tensor;
}

let scatterReduce$0: NativeOperator | undefined;
export function scatterReduce(self: Tensor, dim: number | bigint, index: Tensor, src: Tensor, reduce: string, options?: { includeSelf?: boolean | undefined }): Tensor;
export function scatterReduce(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown, a5?: unknown): unknown {
  if (a5 !== undefined) checkOptions("aten::scatter_reduce", a5, ["includeSelf"]);
  return wrap((scatterReduce$0 ??= operator("aten::scatter_reduce", "two"))(handleOf(a0), a1, handleOf(a2), handleOf(a3), a4, (a5 as Options)?.includeSelf));
}

let scatterReduce_$0: NativeOperator | undefined;
export function scatterReduce_(self: Tensor, dim: number | bigint, index: Tensor, src: Tensor, reduce: string, options?: { includeSelf?: boolean | undefined }): Tensor;
export function scatterReduce_(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown, a5?: unknown): unknown {
  if (a5 !== undefined) checkOptions("aten::scatter_reduce_", a5, ["includeSelf"]);
  (scatterReduce_$0 ??= inPlaceOperator("aten::scatter_reduce_", "two"))(handleOf(a0), a1, handleOf(a2), handleOf(a3), a4, (a5 as Options)?.includeSelf);
  return a0 as Tensor;
}

let scatter_$0: NativeOperator | undefined, scatter_$1: NativeOperator | undefined, scatter_$2: NativeOperator | undefined, scatter_$3: NativeOperator | undefined;
export function scatter_(self: Tensor, dim: number | bigint, index: Tensor, src: Tensor, options: { reduce: string }): Tensor;
export function scatter_(self: Tensor, dim: number | bigint, index: Tensor, value: number | bigint | boolean, options: { reduce: string }): Tensor;
export function scatter_(self: Tensor, dim: number | bigint, index: Tensor, src: Tensor): Tensor;
export function scatter_(self: Tensor, dim: number | bigint, index: Tensor, value: number | bigint | boolean): Tensor;
export function scatter_(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
  if (isTensor(a3) && isOptions(a4) && (a4 as Options)?.reduce !== undefined) {
    if (a4 !== undefined) checkOptions("aten::scatter_", a4, ["reduce"]);
    (scatter_$0 ??= inPlaceOperator("aten::scatter_", "reduce"))(handleOf(a0), a1, handleOf(a2), handleOf(a3), (a4 as Options)?.reduce);
    return a0 as Tensor;
  }
  if (isNumber(a3) && isOptions(a4) && (a4 as Options)?.reduce !== undefined) {
    if (a4 !== undefined) checkOptions("aten::scatter_", a4, ["reduce"]);
    (scatter_$1 ??= inPlaceOperator("aten::scatter_", "value_reduce"))(handleOf(a0), a1, handleOf(a2), a3, (a4 as Options)?.reduce);
    return a0 as Tensor;
  }
  if (isTensor(a3) && a4 === undefined) {
    (scatter_$2 ??= inPlaceOperator("aten::scatter_", "src"))(handleOf(a0), a1, handleOf(a2), handleOf(a3));
    return a0 as Tensor;
  }
  (scatter_$3 ??= inPlaceOperator("aten::scatter_", "value"))(handleOf(a0), a1, handleOf(a2), a3);
  return a0 as Tensor;
}

let searchsorted$0: NativeOperator | undefined, searchsorted$1: NativeOperator | undefined;
export function searchsorted(sortedSequence: Tensor, self: Tensor, options?: { outInt32?: boolean | undefined; right?: boolean | undefined; side?: string | undefined; sorter?: Tensor | undefined }): Tensor;
export function searchsorted(sortedSequence: Tensor, self: number | bigint | boolean, options?: { outInt32?: boolean | undefined; right?: boolean | undefined; side?: string | undefined; sorter?: Tensor | undefined }): Tensor;
export function searchsorted(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (isTensor(a1) && isOptions(a2)) {
    if (a2 !== undefined) checkOptions("aten::searchsorted", a2, ["outInt32", "right", "side", "sorter"]);
    return wrap((searchsorted$0 ??= operator("aten::searchsorted", "Tensor"))(handleOf(a0), handleOf(a1), (a2 as Options)?.outInt32, (a2 as Options)?.right, (a2 as Options)?.side, handleOf((a2 as Options)?.sorter)));
  }
  if (a2 !== undefined) checkOptions("aten::searchsorted", a2, ["outInt32", "right", "side", "sorter"]);
  return wrap((searchsorted$1 ??= operator("aten::searchsorted", "Scalar"))(handleOf(a0), a1, (a2 as Options)?.outInt32, (a2 as Options)?.right, (a2 as Options)?.side, handleOf((a2 as Options)?.sorter)));
}

let select$0: NativeOperator | undefined, select$1: NativeOperator | undefined;
export function select(self: Tensor, dim: string, index: number | bigint): Tensor;
export function select(self: Tensor, dim: number | bigint, index: number | bigint): Tensor;
export function select(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (typeof a1 === "string") {
    return wrap((select$0 ??= operator("aten::select", "Dimname"))(handleOf(a0), a1, a2));
  }
  return wrap((select$1 ??= operator("aten::select", "int"))(handleOf(a0), a1, a2));
}

let selectScatter$0: NativeOperator | undefined;
export function selectScatter(self: Tensor, src: Tensor, dim: number | bigint, index: number | bigint): Tensor;
export function selectScatter(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  return wrap((selectScatter$0 ??= operator("aten::select_scatter", ""))(handleOf(a0), handleOf(a1), a2, a3));
}

let selu$0: NativeOperator | undefined;
export function selu(self: Tensor): Tensor;
export function selu(a0?: unknown): unknown {
  return wrap((selu$0 ??= operator("aten::selu", ""))(handleOf(a0)));
}

let selu_$0: NativeOperator | undefined;
export function selu_(self: Tensor): Tensor;
export function selu_(a0?: unknown): unknown {
  (selu_$0 ??= inPlaceOperator("aten::selu_", ""))(handleOf(a0));
  return a0 as Tensor;
}

let set$0: NativeOperator | undefined, set$1: NativeOperator | undefined;
export function set(self: Tensor): Tensor;
export function set(self: Tensor, source: Tensor): Tensor;
export function set(a0?: unknown, a1?: unknown): unknown {
  if (a1 === undefined) {
    return wrap((set$0 ??= operator("aten::set", ""))(handleOf(a0)));
  }
  return wrap((set$1 ??= operator("aten::set", "source_Tensor"))(handleOf(a0), handleOf(a1)));
}

let sgn$0: NativeOperator | undefined;
export function sgn(self: Tensor): Tensor;
export function sgn(a0?: unknown): unknown {
  return wrap((sgn$0 ??= operator("aten::sgn", ""))(handleOf(a0)));
}

let sgn_$0: NativeOperator | undefined;
export function sgn_(self: Tensor): Tensor;
export function sgn_(a0?: unknown): unknown {
  (sgn_$0 ??= inPlaceOperator("aten::sgn_", ""))(handleOf(a0));
  return a0 as Tensor;
}

let sigmoid$0: NativeOperator | undefined;
export function sigmoid(self: Tensor): Tensor;
export function sigmoid(a0?: unknown): unknown {
  return wrap((sigmoid$0 ??= operator("aten::sigmoid", ""))(handleOf(a0)));
}

let sigmoid_$0: NativeOperator | undefined;
export function sigmoid_(self: Tensor): Tensor;
export function sigmoid_(a0?: unknown): unknown {
  (sigmoid_$0 ??= inPlaceOperator("aten::sigmoid_", ""))(handleOf(a0));
  return a0 as Tensor;
}

let sign$0: NativeOperator | undefined;
export function sign(self: Tensor): Tensor;
export function sign(a0?: unknown): unknown {
  return wrap((sign$0 ??= operator("aten::sign", ""))(handleOf(a0)));
}

let sign_$0: NativeOperator | undefined;
export function sign_(self: Tensor): Tensor;
export function sign_(a0?: unknown): unknown {
  (sign_$0 ??= inPlaceOperator("aten::sign_", ""))(handleOf(a0));
  return a0 as Tensor;
}

let signbit$0: NativeOperator | undefined;
export function signbit(self: Tensor): Tensor;
export function signbit(a0?: unknown): unknown {
  return wrap((signbit$0 ??= operator("aten::signbit", ""))(handleOf(a0)));
}

let silu$0: NativeOperator | undefined;
export function silu(self: Tensor): Tensor;
export function silu(a0?: unknown): unknown {
  return wrap((silu$0 ??= operator("aten::silu", ""))(handleOf(a0)));
}

let silu_$0: NativeOperator | undefined;
export function silu_(self: Tensor): Tensor;
export function silu_(a0?: unknown): unknown {
  (silu_$0 ??= inPlaceOperator("aten::silu_", ""))(handleOf(a0));
  return a0 as Tensor;
}

let sin$0: NativeOperator | undefined;
export function sin(self: Tensor): Tensor;
export function sin(a0?: unknown): unknown {
  return wrap((sin$0 ??= operator("aten::sin", ""))(handleOf(a0)));
}

let sin_$0: NativeOperator | undefined;
export function sin_(self: Tensor): Tensor;
export function sin_(a0?: unknown): unknown {
  (sin_$0 ??= inPlaceOperator("aten::sin_", ""))(handleOf(a0));
  return a0 as Tensor;
}

let sinc$0: NativeOperator | undefined;
export function sinc(self: Tensor): Tensor;
export function sinc(a0?: unknown): unknown {
  return wrap((sinc$0 ??= operator("aten::sinc", ""))(handleOf(a0)));
}

let sinc_$0: NativeOperator | undefined;
export function sinc_(self: Tensor): Tensor;
export function sinc_(a0?: unknown): unknown {
  (sinc_$0 ??= inPlaceOperator("aten::sinc_", ""))(handleOf(a0));
  return a0 as Tensor;
}

let sinh$0: NativeOperator | undefined;
export function sinh(self: Tensor): Tensor;
export function sinh(a0?: unknown): unknown {
  return wrap((sinh$0 ??= operator("aten::sinh", ""))(handleOf(a0)));
}

let sinh_$0: NativeOperator | undefined;
export function sinh_(self: Tensor): Tensor;
export function sinh_(a0?: unknown): unknown {
  (sinh_$0 ??= inPlaceOperator("aten::sinh_", ""))(handleOf(a0));
  return a0 as Tensor;
}

let slice$0: NativeOperator | undefined;
export function slice(self: Tensor, dim?: number | bigint, start?: number | bigint | undefined, end?: number | bigint | undefined, step?: number | bigint): Tensor;
export function slice(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
  return wrap((slice$0 ??= operator("aten::slice", "Tensor"))(handleOf(a0), a1, a2, a3, a4));
}

let sliceScatter$0: NativeOperator | undefined;
export function sliceScatter(self: Tensor, src: Tensor, dim?: number | bigint, start?: number | bigint | undefined, end?: number | bigint | undefined, step?: number | bigint): Tensor;
export function sliceScatter(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown, a5?: unknown): unknown {
  return wrap((sliceScatter$0 ??= operator("aten::slice_scatter", ""))(handleOf(a0), handleOf(a1), a2, a3, a4, a5));
}

let slogdet$0: NativeOperator | undefined;
export function slogdet(self: Tensor): [Tensor, Tensor];
export function slogdet(a0?: unknown): unknown {
  return wrapTuple((slogdet$0 ??= operator("aten::slogdet", ""))(handleOf(a0)), "TT");
}

let smm$0: NativeOperator | undefined;
export function smm(self: Tensor, mat2: Tensor): Tensor;
export function smm(a0?: unknown, a1?: unknown): unknown {
  return wrap((smm$0 ??= operator("aten::smm", ""))(handleOf(a0), handleOf(a1)));
}

let smoothL1Loss$0: NativeOperator | undefined;
export function smoothL1Loss(self: Tensor, target: Tensor, reduction?: number | bigint, beta?: number): Tensor;
export function smoothL1Loss(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  return wrap((smoothL1Loss$0 ??= operator("aten::smooth_l1_loss", ""))(handleOf(a0), handleOf(a1), a2, a3));
}

let softMarginLoss$0: NativeOperator | undefined;
export function softMarginLoss(self: Tensor, target: Tensor, reduction?: number | bigint): Tensor;
export function softMarginLoss(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  return wrap((softMarginLoss$0 ??= operator("aten::soft_margin_loss", ""))(handleOf(a0), handleOf(a1), a2));
}

let softmax$0: NativeOperator | undefined, softmax$1: NativeOperator | undefined;
export function softmax(self: Tensor, dim: string, options?: { dtype?: DType | undefined }): Tensor;
export function softmax(self: Tensor, dim: number | bigint, dtype?: DType | undefined): Tensor;
export function softmax(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (typeof a1 === "string" && isOptions(a2)) {
    if (a2 !== undefined) checkOptions("aten::softmax", a2, ["dtype"]);
    return wrap((softmax$0 ??= operator("aten::softmax", "Dimname"))(handleOf(a0), a1, (a2 as Options)?.dtype));
  }
  return wrap((softmax$1 ??= operator("aten::softmax", "int"))(handleOf(a0), a1, a2));
}

let softplus$0: NativeOperator | undefined;
export function softplus(self: Tensor, beta?: number | bigint | boolean, threshold?: number | bigint | boolean): Tensor;
export function softplus(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  return wrap((softplus$0 ??= operator("aten::softplus", ""))(handleOf(a0), a1, a2));
}

let softshrink$0: NativeOperator | undefined;
export function softshrink(self: Tensor, lambd?: number | bigint | boolean): Tensor;
export function softshrink(a0?: unknown, a1?: unknown): unknown {
  return wrap((softshrink$0 ??= operator("aten::softshrink", ""))(handleOf(a0), a1));
}

let sort$0: NativeOperator | undefined, sort$1: NativeOperator | undefined, sort$2: NativeOperator | undefined;
export function sort(self: Tensor, options: { stable?: boolean | undefined; dim: string; descending?: boolean | undefined }): [Tensor, Tensor];
export function sort(self: Tensor, dim?: number | bigint, descending?: boolean): [Tensor, Tensor];
export function sort(self: Tensor, dim: string, descending?: boolean): [Tensor, Tensor];
export function sort(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (isOptions(a1) && a2 === undefined && (a1 as Options)?.stable !== undefined && (a1 as Options)?.dim !== undefined) {
    if (a1 !== undefined) checkOptions("aten::sort", a1, ["stable", "dim", "descending"]);
    return wrapTuple((sort$0 ??= operator("aten::sort", "dimname_stable"))(handleOf(a0), (a1 as Options)?.stable, (a1 as Options)?.dim, (a1 as Options)?.descending), "TT");
  }
  if ((a1 === undefined || isNumber(a1)) && (a2 === undefined || typeof a2 === "boolean")) {
    return wrapTuple((sort$1 ??= operator("aten::sort", ""))(handleOf(a0), a1, a2), "TT");
  }
  return wrapTuple((sort$2 ??= operator("aten::sort", "dimname"))(handleOf(a0), a1, a2), "TT");
}

let specialAiryAi$0: NativeOperator | undefined;
export function specialAiryAi(x: Tensor): Tensor;
export function specialAiryAi(a0?: unknown): unknown {
  return wrap((specialAiryAi$0 ??= operator("aten::special_airy_ai", ""))(handleOf(a0)));
}

let specialBesselJ0$0: NativeOperator | undefined;
export function specialBesselJ0(self: Tensor): Tensor;
export function specialBesselJ0(a0?: unknown): unknown {
  return wrap((specialBesselJ0$0 ??= operator("aten::special_bessel_j0", ""))(handleOf(a0)));
}

let specialBesselJ1$0: NativeOperator | undefined;
export function specialBesselJ1(self: Tensor): Tensor;
export function specialBesselJ1(a0?: unknown): unknown {
  return wrap((specialBesselJ1$0 ??= operator("aten::special_bessel_j1", ""))(handleOf(a0)));
}

let specialBesselY0$0: NativeOperator | undefined;
export function specialBesselY0(self: Tensor): Tensor;
export function specialBesselY0(a0?: unknown): unknown {
  return wrap((specialBesselY0$0 ??= operator("aten::special_bessel_y0", ""))(handleOf(a0)));
}

let specialBesselY1$0: NativeOperator | undefined;
export function specialBesselY1(self: Tensor): Tensor;
export function specialBesselY1(a0?: unknown): unknown {
  return wrap((specialBesselY1$0 ??= operator("aten::special_bessel_y1", ""))(handleOf(a0)));
}

let specialChebyshevPolynomialT$0: NativeOperator | undefined, specialChebyshevPolynomialT$1: NativeOperator | undefined, specialChebyshevPolynomialT$2: NativeOperator | undefined;
export function specialChebyshevPolynomialT(x: Tensor, n: Tensor): Tensor;
export function specialChebyshevPolynomialT(x: Tensor, n: number | bigint | boolean): Tensor;
export function specialChebyshevPolynomialT(x: number | bigint | boolean, n: Tensor): Tensor;
export function specialChebyshevPolynomialT(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a0) && isTensor(a1)) {
    return wrap((specialChebyshevPolynomialT$0 ??= operator("aten::special_chebyshev_polynomial_t", ""))(handleOf(a0), handleOf(a1)));
  }
  if (isTensor(a0) && isNumber(a1)) {
    return wrap((specialChebyshevPolynomialT$1 ??= operator("aten::special_chebyshev_polynomial_t", "n_scalar"))(handleOf(a0), a1));
  }
  return wrap((specialChebyshevPolynomialT$2 ??= operator("aten::special_chebyshev_polynomial_t", "x_scalar"))(a0, handleOf(a1)));
}

let specialChebyshevPolynomialU$0: NativeOperator | undefined, specialChebyshevPolynomialU$1: NativeOperator | undefined, specialChebyshevPolynomialU$2: NativeOperator | undefined;
export function specialChebyshevPolynomialU(x: Tensor, n: Tensor): Tensor;
export function specialChebyshevPolynomialU(x: Tensor, n: number | bigint | boolean): Tensor;
export function specialChebyshevPolynomialU(x: number | bigint | boolean, n: Tensor): Tensor;
export function specialChebyshevPolynomialU(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a0) && isTensor(a1)) {
    return wrap((specialChebyshevPolynomialU$0 ??= operator("aten::special_chebyshev_polynomial_u", ""))(handleOf(a0), handleOf(a1)));
  }
  if (isTensor(a0) && isNumber(a1)) {
    return wrap((specialChebyshevPolynomialU$1 ??= operator("aten::special_chebyshev_polynomial_u", "n_scalar"))(handleOf(a0), a1));
  }
  return wrap((specialChebyshevPolynomialU$2 ??= operator("aten::special_chebyshev_polynomial_u", "x_scalar"))(a0, handleOf(a1)));
}

let specialChebyshevPolynomialV$0: NativeOperator | undefined, specialChebyshevPolynomialV$1: NativeOperator | undefined, specialChebyshevPolynomialV$2: NativeOperator | undefined;
export function specialChebyshevPolynomialV(x: Tensor, n: Tensor): Tensor;
export function specialChebyshevPolynomialV(x: Tensor, n: number | bigint | boolean): Tensor;
export function specialChebyshevPolynomialV(x: number | bigint | boolean, n: Tensor): Tensor;
export function specialChebyshevPolynomialV(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a0) && isTensor(a1)) {
    return wrap((specialChebyshevPolynomialV$0 ??= operator("aten::special_chebyshev_polynomial_v", ""))(handleOf(a0), handleOf(a1)));
  }
  if (isTensor(a0) && isNumber(a1)) {
    return wrap((specialChebyshevPolynomialV$1 ??= operator("aten::special_chebyshev_polynomial_v", "n_scalar"))(handleOf(a0), a1));
  }
  return wrap((specialChebyshevPolynomialV$2 ??= operator("aten::special_chebyshev_polynomial_v", "x_scalar"))(a0, handleOf(a1)));
}

let specialChebyshevPolynomialW$0: NativeOperator | undefined, specialChebyshevPolynomialW$1: NativeOperator | undefined, specialChebyshevPolynomialW$2: NativeOperator | undefined;
export function specialChebyshevPolynomialW(x: Tensor, n: Tensor): Tensor;
export function specialChebyshevPolynomialW(x: Tensor, n: number | bigint | boolean): Tensor;
export function specialChebyshevPolynomialW(x: number | bigint | boolean, n: Tensor): Tensor;
export function specialChebyshevPolynomialW(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a0) && isTensor(a1)) {
    return wrap((specialChebyshevPolynomialW$0 ??= operator("aten::special_chebyshev_polynomial_w", ""))(handleOf(a0), handleOf(a1)));
  }
  if (isTensor(a0) && isNumber(a1)) {
    return wrap((specialChebyshevPolynomialW$1 ??= operator("aten::special_chebyshev_polynomial_w", "n_scalar"))(handleOf(a0), a1));
  }
  return wrap((specialChebyshevPolynomialW$2 ??= operator("aten::special_chebyshev_polynomial_w", "x_scalar"))(a0, handleOf(a1)));
}

let specialDigamma$0: NativeOperator | undefined;
export function specialDigamma(self: Tensor): Tensor;
export function specialDigamma(a0?: unknown): unknown {
  return wrap((specialDigamma$0 ??= operator("aten::special_digamma", ""))(handleOf(a0)));
}

let specialEntr$0: NativeOperator | undefined;
export function specialEntr(self: Tensor): Tensor;
export function specialEntr(a0?: unknown): unknown {
  return wrap((specialEntr$0 ??= operator("aten::special_entr", ""))(handleOf(a0)));
}

let specialErf$0: NativeOperator | undefined;
export function specialErf(self: Tensor): Tensor;
export function specialErf(a0?: unknown): unknown {
  return wrap((specialErf$0 ??= operator("aten::special_erf", ""))(handleOf(a0)));
}

let specialErfc$0: NativeOperator | undefined;
export function specialErfc(self: Tensor): Tensor;
export function specialErfc(a0?: unknown): unknown {
  return wrap((specialErfc$0 ??= operator("aten::special_erfc", ""))(handleOf(a0)));
}

let specialErfcx$0: NativeOperator | undefined;
export function specialErfcx(self: Tensor): Tensor;
export function specialErfcx(a0?: unknown): unknown {
  return wrap((specialErfcx$0 ??= operator("aten::special_erfcx", ""))(handleOf(a0)));
}

let specialErfinv$0: NativeOperator | undefined;
export function specialErfinv(self: Tensor): Tensor;
export function specialErfinv(a0?: unknown): unknown {
  return wrap((specialErfinv$0 ??= operator("aten::special_erfinv", ""))(handleOf(a0)));
}

let specialExp2$0: NativeOperator | undefined;
export function specialExp2(self: Tensor): Tensor;
export function specialExp2(a0?: unknown): unknown {
  return wrap((specialExp2$0 ??= operator("aten::special_exp2", ""))(handleOf(a0)));
}

let specialExpit$0: NativeOperator | undefined;
export function specialExpit(self: Tensor): Tensor;
export function specialExpit(a0?: unknown): unknown {
  return wrap((specialExpit$0 ??= operator("aten::special_expit", ""))(handleOf(a0)));
}

let specialExpm1$0: NativeOperator | undefined;
export function specialExpm1(self: Tensor): Tensor;
export function specialExpm1(a0?: unknown): unknown {
  return wrap((specialExpm1$0 ??= operator("aten::special_expm1", ""))(handleOf(a0)));
}

let specialGammainc$0: NativeOperator | undefined;
export function specialGammainc(self: Tensor, other: Tensor): Tensor;
export function specialGammainc(a0?: unknown, a1?: unknown): unknown {
  return wrap((specialGammainc$0 ??= operator("aten::special_gammainc", ""))(handleOf(a0), handleOf(a1)));
}

let specialGammaincc$0: NativeOperator | undefined;
export function specialGammaincc(self: Tensor, other: Tensor): Tensor;
export function specialGammaincc(a0?: unknown, a1?: unknown): unknown {
  return wrap((specialGammaincc$0 ??= operator("aten::special_gammaincc", ""))(handleOf(a0), handleOf(a1)));
}

let specialGammaln$0: NativeOperator | undefined;
export function specialGammaln(self: Tensor): Tensor;
export function specialGammaln(a0?: unknown): unknown {
  return wrap((specialGammaln$0 ??= operator("aten::special_gammaln", ""))(handleOf(a0)));
}

let specialHermitePolynomialH$0: NativeOperator | undefined, specialHermitePolynomialH$1: NativeOperator | undefined, specialHermitePolynomialH$2: NativeOperator | undefined;
export function specialHermitePolynomialH(x: Tensor, n: Tensor): Tensor;
export function specialHermitePolynomialH(x: Tensor, n: number | bigint | boolean): Tensor;
export function specialHermitePolynomialH(x: number | bigint | boolean, n: Tensor): Tensor;
export function specialHermitePolynomialH(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a0) && isTensor(a1)) {
    return wrap((specialHermitePolynomialH$0 ??= operator("aten::special_hermite_polynomial_h", ""))(handleOf(a0), handleOf(a1)));
  }
  if (isTensor(a0) && isNumber(a1)) {
    return wrap((specialHermitePolynomialH$1 ??= operator("aten::special_hermite_polynomial_h", "n_scalar"))(handleOf(a0), a1));
  }
  return wrap((specialHermitePolynomialH$2 ??= operator("aten::special_hermite_polynomial_h", "x_scalar"))(a0, handleOf(a1)));
}

let specialHermitePolynomialHe$0: NativeOperator | undefined, specialHermitePolynomialHe$1: NativeOperator | undefined, specialHermitePolynomialHe$2: NativeOperator | undefined;
export function specialHermitePolynomialHe(x: Tensor, n: Tensor): Tensor;
export function specialHermitePolynomialHe(x: Tensor, n: number | bigint | boolean): Tensor;
export function specialHermitePolynomialHe(x: number | bigint | boolean, n: Tensor): Tensor;
export function specialHermitePolynomialHe(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a0) && isTensor(a1)) {
    return wrap((specialHermitePolynomialHe$0 ??= operator("aten::special_hermite_polynomial_he", ""))(handleOf(a0), handleOf(a1)));
  }
  if (isTensor(a0) && isNumber(a1)) {
    return wrap((specialHermitePolynomialHe$1 ??= operator("aten::special_hermite_polynomial_he", "n_scalar"))(handleOf(a0), a1));
  }
  return wrap((specialHermitePolynomialHe$2 ??= operator("aten::special_hermite_polynomial_he", "x_scalar"))(a0, handleOf(a1)));
}

let specialI0$0: NativeOperator | undefined;
export function specialI0(self: Tensor): Tensor;
export function specialI0(a0?: unknown): unknown {
  return wrap((specialI0$0 ??= operator("aten::special_i0", ""))(handleOf(a0)));
}

let specialI0e$0: NativeOperator | undefined;
export function specialI0e(self: Tensor): Tensor;
export function specialI0e(a0?: unknown): unknown {
  return wrap((specialI0e$0 ??= operator("aten::special_i0e", ""))(handleOf(a0)));
}

let specialI1$0: NativeOperator | undefined;
export function specialI1(self: Tensor): Tensor;
export function specialI1(a0?: unknown): unknown {
  return wrap((specialI1$0 ??= operator("aten::special_i1", ""))(handleOf(a0)));
}

let specialI1e$0: NativeOperator | undefined;
export function specialI1e(self: Tensor): Tensor;
export function specialI1e(a0?: unknown): unknown {
  return wrap((specialI1e$0 ??= operator("aten::special_i1e", ""))(handleOf(a0)));
}

let specialLaguerrePolynomialL$0: NativeOperator | undefined, specialLaguerrePolynomialL$1: NativeOperator | undefined, specialLaguerrePolynomialL$2: NativeOperator | undefined;
export function specialLaguerrePolynomialL(x: Tensor, n: Tensor): Tensor;
export function specialLaguerrePolynomialL(x: Tensor, n: number | bigint | boolean): Tensor;
export function specialLaguerrePolynomialL(x: number | bigint | boolean, n: Tensor): Tensor;
export function specialLaguerrePolynomialL(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a0) && isTensor(a1)) {
    return wrap((specialLaguerrePolynomialL$0 ??= operator("aten::special_laguerre_polynomial_l", ""))(handleOf(a0), handleOf(a1)));
  }
  if (isTensor(a0) && isNumber(a1)) {
    return wrap((specialLaguerrePolynomialL$1 ??= operator("aten::special_laguerre_polynomial_l", "n_scalar"))(handleOf(a0), a1));
  }
  return wrap((specialLaguerrePolynomialL$2 ??= operator("aten::special_laguerre_polynomial_l", "x_scalar"))(a0, handleOf(a1)));
}

let specialLegendrePolynomialP$0: NativeOperator | undefined, specialLegendrePolynomialP$1: NativeOperator | undefined, specialLegendrePolynomialP$2: NativeOperator | undefined;
export function specialLegendrePolynomialP(x: Tensor, n: Tensor): Tensor;
export function specialLegendrePolynomialP(x: Tensor, n: number | bigint | boolean): Tensor;
export function specialLegendrePolynomialP(x: number | bigint | boolean, n: Tensor): Tensor;
export function specialLegendrePolynomialP(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a0) && isTensor(a1)) {
    return wrap((specialLegendrePolynomialP$0 ??= operator("aten::special_legendre_polynomial_p", ""))(handleOf(a0), handleOf(a1)));
  }
  if (isTensor(a0) && isNumber(a1)) {
    return wrap((specialLegendrePolynomialP$1 ??= operator("aten::special_legendre_polynomial_p", "n_scalar"))(handleOf(a0), a1));
  }
  return wrap((specialLegendrePolynomialP$2 ??= operator("aten::special_legendre_polynomial_p", "x_scalar"))(a0, handleOf(a1)));
}

let specialLog1p$0: NativeOperator | undefined;
export function specialLog1p(self: Tensor): Tensor;
export function specialLog1p(a0?: unknown): unknown {
  return wrap((specialLog1p$0 ??= operator("aten::special_log1p", ""))(handleOf(a0)));
}

let specialLogNdtr$0: NativeOperator | undefined;
export function specialLogNdtr(self: Tensor): Tensor;
export function specialLogNdtr(a0?: unknown): unknown {
  return wrap((specialLogNdtr$0 ??= operator("aten::special_log_ndtr", ""))(handleOf(a0)));
}

let specialLogSoftmax$0: NativeOperator | undefined;
export function specialLogSoftmax(self: Tensor, dim: number | bigint, options?: { dtype?: DType | undefined }): Tensor;
export function specialLogSoftmax(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (a2 !== undefined) checkOptions("aten::special_log_softmax", a2, ["dtype"]);
  return wrap((specialLogSoftmax$0 ??= operator("aten::special_log_softmax", ""))(handleOf(a0), a1, (a2 as Options)?.dtype));
}

let specialLogit$0: NativeOperator | undefined;
export function specialLogit(self: Tensor, eps?: number | undefined): Tensor;
export function specialLogit(a0?: unknown, a1?: unknown): unknown {
  return wrap((specialLogit$0 ??= operator("aten::special_logit", ""))(handleOf(a0), a1));
}

let specialLogsumexp$0: NativeOperator | undefined;
export function specialLogsumexp(self: Tensor, dim: number | readonly number[], keepdim?: boolean): Tensor;
export function specialLogsumexp(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  return wrap((specialLogsumexp$0 ??= operator("aten::special_logsumexp", ""))(handleOf(a0), a1, a2));
}

let specialModifiedBesselI0$0: NativeOperator | undefined;
export function specialModifiedBesselI0(self: Tensor): Tensor;
export function specialModifiedBesselI0(a0?: unknown): unknown {
  return wrap((specialModifiedBesselI0$0 ??= operator("aten::special_modified_bessel_i0", ""))(handleOf(a0)));
}

let specialModifiedBesselI1$0: NativeOperator | undefined;
export function specialModifiedBesselI1(self: Tensor): Tensor;
export function specialModifiedBesselI1(a0?: unknown): unknown {
  return wrap((specialModifiedBesselI1$0 ??= operator("aten::special_modified_bessel_i1", ""))(handleOf(a0)));
}

let specialModifiedBesselK0$0: NativeOperator | undefined;
export function specialModifiedBesselK0(self: Tensor): Tensor;
export function specialModifiedBesselK0(a0?: unknown): unknown {
  return wrap((specialModifiedBesselK0$0 ??= operator("aten::special_modified_bessel_k0", ""))(handleOf(a0)));
}

let specialModifiedBesselK1$0: NativeOperator | undefined;
export function specialModifiedBesselK1(self: Tensor): Tensor;
export function specialModifiedBesselK1(a0?: unknown): unknown {
  return wrap((specialModifiedBesselK1$0 ??= operator("aten::special_modified_bessel_k1", ""))(handleOf(a0)));
}

let specialMultigammaln$0: NativeOperator | undefined;
export function specialMultigammaln(self: Tensor, p: number | bigint): Tensor;
export function specialMultigammaln(a0?: unknown, a1?: unknown): unknown {
  return wrap((specialMultigammaln$0 ??= operator("aten::special_multigammaln", ""))(handleOf(a0), a1));
}

let specialNdtr$0: NativeOperator | undefined;
export function specialNdtr(self: Tensor): Tensor;
export function specialNdtr(a0?: unknown): unknown {
  return wrap((specialNdtr$0 ??= operator("aten::special_ndtr", ""))(handleOf(a0)));
}

let specialNdtri$0: NativeOperator | undefined;
export function specialNdtri(self: Tensor): Tensor;
export function specialNdtri(a0?: unknown): unknown {
  return wrap((specialNdtri$0 ??= operator("aten::special_ndtri", ""))(handleOf(a0)));
}

let specialPolygamma$0: NativeOperator | undefined;
export function specialPolygamma(n: number | bigint, self: Tensor): Tensor;
export function specialPolygamma(a0?: unknown, a1?: unknown): unknown {
  return wrap((specialPolygamma$0 ??= operator("aten::special_polygamma", ""))(a0, handleOf(a1)));
}

let specialPsi$0: NativeOperator | undefined;
export function specialPsi(self: Tensor): Tensor;
export function specialPsi(a0?: unknown): unknown {
  return wrap((specialPsi$0 ??= operator("aten::special_psi", ""))(handleOf(a0)));
}

let specialRound$0: NativeOperator | undefined;
export function specialRound(self: Tensor, options?: { decimals?: number | bigint | undefined }): Tensor;
export function specialRound(a0?: unknown, a1?: unknown): unknown {
  if (a1 !== undefined) checkOptions("aten::special_round", a1, ["decimals"]);
  return wrap((specialRound$0 ??= operator("aten::special_round", ""))(handleOf(a0), (a1 as Options)?.decimals));
}

let specialScaledModifiedBesselK0$0: NativeOperator | undefined;
export function specialScaledModifiedBesselK0(x: Tensor): Tensor;
export function specialScaledModifiedBesselK0(a0?: unknown): unknown {
  return wrap((specialScaledModifiedBesselK0$0 ??= operator("aten::special_scaled_modified_bessel_k0", ""))(handleOf(a0)));
}

let specialScaledModifiedBesselK1$0: NativeOperator | undefined;
export function specialScaledModifiedBesselK1(x: Tensor): Tensor;
export function specialScaledModifiedBesselK1(a0?: unknown): unknown {
  return wrap((specialScaledModifiedBesselK1$0 ??= operator("aten::special_scaled_modified_bessel_k1", ""))(handleOf(a0)));
}

let specialShiftedChebyshevPolynomialT$0: NativeOperator | undefined, specialShiftedChebyshevPolynomialT$1: NativeOperator | undefined, specialShiftedChebyshevPolynomialT$2: NativeOperator | undefined;
export function specialShiftedChebyshevPolynomialT(x: Tensor, n: Tensor): Tensor;
export function specialShiftedChebyshevPolynomialT(x: Tensor, n: number | bigint | boolean): Tensor;
export function specialShiftedChebyshevPolynomialT(x: number | bigint | boolean, n: Tensor): Tensor;
export function specialShiftedChebyshevPolynomialT(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a0) && isTensor(a1)) {
    return wrap((specialShiftedChebyshevPolynomialT$0 ??= operator("aten::special_shifted_chebyshev_polynomial_t", ""))(handleOf(a0), handleOf(a1)));
  }
  if (isTensor(a0) && isNumber(a1)) {
    return wrap((specialShiftedChebyshevPolynomialT$1 ??= operator("aten::special_shifted_chebyshev_polynomial_t", "n_scalar"))(handleOf(a0), a1));
  }
  return wrap((specialShiftedChebyshevPolynomialT$2 ??= operator("aten::special_shifted_chebyshev_polynomial_t", "x_scalar"))(a0, handleOf(a1)));
}

let specialShiftedChebyshevPolynomialU$0: NativeOperator | undefined, specialShiftedChebyshevPolynomialU$1: NativeOperator | undefined, specialShiftedChebyshevPolynomialU$2: NativeOperator | undefined;
export function specialShiftedChebyshevPolynomialU(x: Tensor, n: Tensor): Tensor;
export function specialShiftedChebyshevPolynomialU(x: Tensor, n: number | bigint | boolean): Tensor;
export function specialShiftedChebyshevPolynomialU(x: number | bigint | boolean, n: Tensor): Tensor;
export function specialShiftedChebyshevPolynomialU(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a0) && isTensor(a1)) {
    return wrap((specialShiftedChebyshevPolynomialU$0 ??= operator("aten::special_shifted_chebyshev_polynomial_u", ""))(handleOf(a0), handleOf(a1)));
  }
  if (isTensor(a0) && isNumber(a1)) {
    return wrap((specialShiftedChebyshevPolynomialU$1 ??= operator("aten::special_shifted_chebyshev_polynomial_u", "n_scalar"))(handleOf(a0), a1));
  }
  return wrap((specialShiftedChebyshevPolynomialU$2 ??= operator("aten::special_shifted_chebyshev_polynomial_u", "x_scalar"))(a0, handleOf(a1)));
}

let specialShiftedChebyshevPolynomialV$0: NativeOperator | undefined, specialShiftedChebyshevPolynomialV$1: NativeOperator | undefined, specialShiftedChebyshevPolynomialV$2: NativeOperator | undefined;
export function specialShiftedChebyshevPolynomialV(x: Tensor, n: Tensor): Tensor;
export function specialShiftedChebyshevPolynomialV(x: Tensor, n: number | bigint | boolean): Tensor;
export function specialShiftedChebyshevPolynomialV(x: number | bigint | boolean, n: Tensor): Tensor;
export function specialShiftedChebyshevPolynomialV(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a0) && isTensor(a1)) {
    return wrap((specialShiftedChebyshevPolynomialV$0 ??= operator("aten::special_shifted_chebyshev_polynomial_v", ""))(handleOf(a0), handleOf(a1)));
  }
  if (isTensor(a0) && isNumber(a1)) {
    return wrap((specialShiftedChebyshevPolynomialV$1 ??= operator("aten::special_shifted_chebyshev_polynomial_v", "n_scalar"))(handleOf(a0), a1));
  }
  return wrap((specialShiftedChebyshevPolynomialV$2 ??= operator("aten::special_shifted_chebyshev_polynomial_v", "x_scalar"))(a0, handleOf(a1)));
}

let specialShiftedChebyshevPolynomialW$0: NativeOperator | undefined, specialShiftedChebyshevPolynomialW$1: NativeOperator | undefined, specialShiftedChebyshevPolynomialW$2: NativeOperator | undefined;
export function specialShiftedChebyshevPolynomialW(x: Tensor, n: Tensor): Tensor;
export function specialShiftedChebyshevPolynomialW(x: Tensor, n: number | bigint | boolean): Tensor;
export function specialShiftedChebyshevPolynomialW(x: number | bigint | boolean, n: Tensor): Tensor;
export function specialShiftedChebyshevPolynomialW(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a0) && isTensor(a1)) {
    return wrap((specialShiftedChebyshevPolynomialW$0 ??= operator("aten::special_shifted_chebyshev_polynomial_w", ""))(handleOf(a0), handleOf(a1)));
  }
  if (isTensor(a0) && isNumber(a1)) {
    return wrap((specialShiftedChebyshevPolynomialW$1 ??= operator("aten::special_shifted_chebyshev_polynomial_w", "n_scalar"))(handleOf(a0), a1));
  }
  return wrap((specialShiftedChebyshevPolynomialW$2 ??= operator("aten::special_shifted_chebyshev_polynomial_w", "x_scalar"))(a0, handleOf(a1)));
}

let specialSinc$0: NativeOperator | undefined;
export function specialSinc(self: Tensor): Tensor;
export function specialSinc(a0?: unknown): unknown {
  return wrap((specialSinc$0 ??= operator("aten::special_sinc", ""))(handleOf(a0)));
}

let specialSoftmax$0: NativeOperator | undefined;
export function specialSoftmax(self: Tensor, dim: number | bigint, dtype?: DType | undefined): Tensor;
export function specialSoftmax(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  return wrap((specialSoftmax$0 ??= operator("aten::special_softmax", ""))(handleOf(a0), a1, a2));
}

let specialSphericalBesselJ0$0: NativeOperator | undefined;
export function specialSphericalBesselJ0(x: Tensor): Tensor;
export function specialSphericalBesselJ0(a0?: unknown): unknown {
  return wrap((specialSphericalBesselJ0$0 ??= operator("aten::special_spherical_bessel_j0", ""))(handleOf(a0)));
}

let specialXlog1py$0: NativeOperator | undefined, specialXlog1py$1: NativeOperator | undefined, specialXlog1py$2: NativeOperator | undefined;
export function specialXlog1py(self: Tensor, other: Tensor): Tensor;
export function specialXlog1py(self: Tensor, other: number | bigint | boolean): Tensor;
export function specialXlog1py(self: number | bigint | boolean, other: Tensor): Tensor;
export function specialXlog1py(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a0) && isTensor(a1)) {
    return wrap((specialXlog1py$0 ??= operator("aten::special_xlog1py", ""))(handleOf(a0), handleOf(a1)));
  }
  if (isTensor(a0) && isNumber(a1)) {
    return wrap((specialXlog1py$1 ??= operator("aten::special_xlog1py", "other_scalar"))(handleOf(a0), a1));
  }
  return wrap((specialXlog1py$2 ??= operator("aten::special_xlog1py", "self_scalar"))(a0, handleOf(a1)));
}

let specialXlogy$0: NativeOperator | undefined, specialXlogy$1: NativeOperator | undefined, specialXlogy$2: NativeOperator | undefined;
export function specialXlogy(self: Tensor, other: Tensor): Tensor;
export function specialXlogy(self: Tensor, other: number | bigint | boolean): Tensor;
export function specialXlogy(self: number | bigint | boolean, other: Tensor): Tensor;
export function specialXlogy(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a0) && isTensor(a1)) {
    return wrap((specialXlogy$0 ??= operator("aten::special_xlogy", ""))(handleOf(a0), handleOf(a1)));
  }
  if (isTensor(a0) && isNumber(a1)) {
    return wrap((specialXlogy$1 ??= operator("aten::special_xlogy", "other_scalar"))(handleOf(a0), a1));
  }
  return wrap((specialXlogy$2 ??= operator("aten::special_xlogy", "self_scalar"))(a0, handleOf(a1)));
}

let specialZeta$0: NativeOperator | undefined, specialZeta$1: NativeOperator | undefined, specialZeta$2: NativeOperator | undefined;
export function specialZeta(self: Tensor, other: Tensor): Tensor;
export function specialZeta(self: Tensor, other: number | bigint | boolean): Tensor;
export function specialZeta(self: number | bigint | boolean, other: Tensor): Tensor;
export function specialZeta(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a0) && isTensor(a1)) {
    return wrap((specialZeta$0 ??= operator("aten::special_zeta", ""))(handleOf(a0), handleOf(a1)));
  }
  if (isTensor(a0) && isNumber(a1)) {
    return wrap((specialZeta$1 ??= operator("aten::special_zeta", "other_scalar"))(handleOf(a0), a1));
  }
  return wrap((specialZeta$2 ??= operator("aten::special_zeta", "self_scalar"))(a0, handleOf(a1)));
}

let split$0: NativeOperator | undefined, split$1: NativeOperator | undefined;
export function split(self: Tensor, splitSize: number | bigint, dim?: number | bigint): Tensor[];
export function split(self: Tensor, splitSize: readonly number[], dim?: number | bigint): Tensor[];
export function split(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (isNumber(a1)) {
    return wrapList((split$0 ??= operator("aten::split", "Tensor"))(handleOf(a0), a1, a2));
  }
  return wrapList((split$1 ??= operator("aten::split", "sizes"))(handleOf(a0), a1, a2));
}

let splitWithSizes$0: NativeOperator | undefined;
export function splitWithSizes(self: Tensor, splitSizes: readonly number[], dim?: number | bigint): Tensor[];
export function splitWithSizes(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  return wrapList((splitWithSizes$0 ??= operator("aten::split_with_sizes", ""))(handleOf(a0), a1, a2));
}

let sqrt$0: NativeOperator | undefined;
export function sqrt(self: Tensor): Tensor;
export function sqrt(a0?: unknown): unknown {
  return wrap((sqrt$0 ??= operator("aten::sqrt", ""))(handleOf(a0)));
}

let sqrt_$0: NativeOperator | undefined;
export function sqrt_(self: Tensor): Tensor;
export function sqrt_(a0?: unknown): unknown {
  (sqrt_$0 ??= inPlaceOperator("aten::sqrt_", ""))(handleOf(a0));
  return a0 as Tensor;
}

let square$0: NativeOperator | undefined;
export function square(self: Tensor): Tensor;
export function square(a0?: unknown): unknown {
  return wrap((square$0 ??= operator("aten::square", ""))(handleOf(a0)));
}

let square_$0: NativeOperator | undefined;
export function square_(self: Tensor): Tensor;
export function square_(a0?: unknown): unknown {
  (square_$0 ??= inPlaceOperator("aten::square_", ""))(handleOf(a0));
  return a0 as Tensor;
}

let squeeze$0: NativeOperator | undefined, squeeze$1: NativeOperator | undefined, squeeze$2: NativeOperator | undefined;
export function squeeze(self: Tensor): Tensor;
export function squeeze(self: Tensor, dim: number | bigint): Tensor;
export function squeeze(self: Tensor, dim: string): Tensor;
export function squeeze(a0?: unknown, a1?: unknown): unknown {
  if (a1 === undefined) {
    return wrap((squeeze$0 ??= operator("aten::squeeze", ""))(handleOf(a0)));
  }
  if (isNumber(a1)) {
    return wrap((squeeze$1 ??= operator("aten::squeeze", "dim"))(handleOf(a0), a1));
  }
  return wrap((squeeze$2 ??= operator("aten::squeeze", "dimname"))(handleOf(a0), a1));
}

let sspaddmm$0: NativeOperator | undefined;
export function sspaddmm(self: Tensor, mat1: Tensor, mat2: Tensor, options?: { beta?: number | bigint | boolean | undefined; alpha?: number | bigint | boolean | undefined }): Tensor;
export function sspaddmm(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  if (a3 !== undefined) checkOptions("aten::sspaddmm", a3, ["beta", "alpha"]);
  return wrap((sspaddmm$0 ??= operator("aten::sspaddmm", ""))(handleOf(a0), handleOf(a1), handleOf(a2), (a3 as Options)?.beta, (a3 as Options)?.alpha));
}

let stack$0: NativeOperator | undefined;
export function stack(tensors: readonly Tensor[], dim?: number | bigint): Tensor;
export function stack(a0?: unknown, a1?: unknown): unknown {
  return wrap((stack$0 ??= operator("aten::stack", ""))(handlesOf(a0), a1));
}

let std$0: NativeOperator | undefined, std$1: NativeOperator | undefined, std$2: NativeOperator | undefined;
export function std(self: Tensor, dim?: number | readonly number[] | undefined, options?: { correction?: number | bigint | undefined; keepdim?: boolean | undefined }): Tensor;
export function std(self: Tensor, unbiased?: boolean): Tensor;
export function std(self: Tensor, dim?: number | readonly number[] | undefined, unbiased?: boolean, keepdim?: boolean): Tensor;
export function std(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  if ((a1 === undefined || isNumbers(a1)) && isOptions(a2) && a3 === undefined && (a2 as Options)?.correction !== undefined) {
    if (a2 !== undefined) checkOptions("aten::std", a2, ["correction", "keepdim"]);
    return wrap((std$0 ??= operator("aten::std", "correction"))(handleOf(a0), a1, (a2 as Options)?.correction, (a2 as Options)?.keepdim));
  }
  if ((a1 === undefined || typeof a1 === "boolean") && a2 === undefined && a3 === undefined) {
    return wrap((std$1 ??= operator("aten::std", ""))(handleOf(a0), a1));
  }
  return wrap((std$2 ??= operator("aten::std", "dim"))(handleOf(a0), a1, a2, a3));
}

let stdMean$0: NativeOperator | undefined, stdMean$1: NativeOperator | undefined, stdMean$2: NativeOperator | undefined;
export function stdMean(self: Tensor, dim?: number | readonly number[] | undefined, options?: { correction?: number | bigint | undefined; keepdim?: boolean | undefined }): [Tensor, Tensor];
export function stdMean(self: Tensor, unbiased?: boolean): [Tensor, Tensor];
export function stdMean(self: Tensor, dim?: number | readonly number[] | undefined, unbiased?: boolean, keepdim?: boolean): [Tensor, Tensor];
export function stdMean(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  if ((a1 === undefined || isNumbers(a1)) && isOptions(a2) && a3 === undefined && (a2 as Options)?.correction !== undefined) {
    if (a2 !== undefined) checkOptions("aten::std_mean", a2, ["correction", "keepdim"]);
    return wrapTuple((stdMean$0 ??= operator("aten::std_mean", "correction"))(handleOf(a0), a1, (a2 as Options)?.correction, (a2 as Options)?.keepdim), "TT");
  }
  if ((a1 === undefined || typeof a1 === "boolean") && a2 === undefined && a3 === undefined) {
    return wrapTuple((stdMean$1 ??= operator("aten::std_mean", ""))(handleOf(a0), a1), "TT");
  }
  return wrapTuple((stdMean$2 ??= operator("aten::std_mean", "dim"))(handleOf(a0), a1, a2, a3), "TT");
}

let stft$0: NativeOperator | undefined, stft$1: NativeOperator | undefined;
export function stft(self: Tensor, nFft: number | bigint, hopLength?: number | bigint | undefined, winLength?: number | bigint | undefined, window?: Tensor | undefined, normalized?: boolean, onesided?: boolean | undefined, returnComplex?: boolean | undefined): Tensor;
export function stft(self: Tensor, nFft: number | bigint, hopLength?: number | bigint | undefined, winLength?: number | bigint | undefined, window?: Tensor | undefined, center?: boolean, padMode?: string, normalized?: boolean, onesided?: boolean | undefined, returnComplex?: boolean | undefined): Tensor;
export function stft(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown, a5?: unknown, a6?: unknown, a7?: unknown, a8?: unknown, a9?: unknown): unknown {
  if ((a6 === undefined || typeof a6 === "boolean") && a8 === undefined && a9 === undefined) {
    return wrap((stft$0 ??= operator("aten::stft", ""))(handleOf(a0), a1, a2, a3, handleOf(a4), a5, a6, a7));
  }
  return wrap((stft$1 ??= operator("aten::stft", "center"))(handleOf(a0), a1, a2, a3, handleOf(a4), a5, a6, a7, a8, a9));
}

let sub$0: NativeOperator | undefined, sub$1: NativeOperator | undefined;
export function sub(self: Tensor, other: Tensor, options?: { alpha?: number | bigint | boolean | undefined }): Tensor;
export function sub(self: Tensor, other: number | bigint | boolean, alpha?: number | bigint | boolean): Tensor;
export function sub(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (isTensor(a1) && isOptions(a2)) {
    if (a2 !== undefined) checkOptions("aten::sub", a2, ["alpha"]);
    return wrap((sub$0 ??= operator("aten::sub", "Tensor"))(handleOf(a0), handleOf(a1), (a2 as Options)?.alpha));
  }
  return wrap((sub$1 ??= operator("aten::sub", "Scalar"))(handleOf(a0), a1, a2));
}

let sub_$0: NativeOperator | undefined, sub_$1: NativeOperator | undefined;
export function sub_(self: Tensor, other: Tensor, options?: { alpha?: number | bigint | boolean | undefined }): Tensor;
export function sub_(self: Tensor, other: number | bigint | boolean, alpha?: number | bigint | boolean): Tensor;
export function sub_(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (isTensor(a1) && isOptions(a2)) {
    if (a2 !== undefined) checkOptions("aten::sub_", a2, ["alpha"]);
    (sub_$0 ??= inPlaceOperator("aten::sub_", "Tensor"))(handleOf(a0), handleOf(a1), (a2 as Options)?.alpha);
    return a0 as Tensor;
  }
  (sub_$1 ??= inPlaceOperator("aten::sub_", "Scalar"))(handleOf(a0), a1, a2);
  return a0 as Tensor;
}

let subtract$0: NativeOperator | undefined, subtract$1: NativeOperator | undefined;
export function subtract(self: Tensor, other: Tensor, options?: { alpha?: number | bigint | boolean | undefined }): Tensor;
export function subtract(self: Tensor, other: number | bigint | boolean, alpha?: number | bigint | boolean): Tensor;
export function subtract(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (isTensor(a1) && isOptions(a2)) {
    if (a2 !== undefined) checkOptions("aten::subtract", a2, ["alpha"]);
    return wrap((subtract$0 ??= operator("aten::subtract", "Tensor"))(handleOf(a0), handleOf(a1), (a2 as Options)?.alpha));
  }
  return wrap((subtract$1 ??= operator("aten::subtract", "Scalar"))(handleOf(a0), a1, a2));
}

let subtract_$0: NativeOperator | undefined, subtract_$1: NativeOperator | undefined;
export function subtract_(self: Tensor, other: Tensor, options?: { alpha?: number | bigint | boolean | undefined }): Tensor;
export function subtract_(self: Tensor, other: number | bigint | boolean, alpha?: number | bigint | boolean): Tensor;
export function subtract_(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (isTensor(a1) && isOptions(a2)) {
    if (a2 !== undefined) checkOptions("aten::subtract_", a2, ["alpha"]);
    (subtract_$0 ??= inPlaceOperator("aten::subtract_", "Tensor"))(handleOf(a0), handleOf(a1), (a2 as Options)?.alpha);
    return a0 as Tensor;
  }
  (subtract_$1 ??= inPlaceOperator("aten::subtract_", "Scalar"))(handleOf(a0), a1, a2);
  return a0 as Tensor;
}

let sum$0: NativeOperator | undefined, sum$1: NativeOperator | undefined;
export function sum(self: Tensor, options?: { dtype?: DType | undefined }): Tensor;
export function sum(self: Tensor, dim?: number | readonly number[] | undefined, keepdim?: boolean, options?: { dtype?: DType | undefined }): Tensor;
export function sum(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  if (isOptions(a1) && a2 === undefined && a3 === undefined) {
    if (a1 !== undefined) checkOptions("aten::sum", a1, ["dtype"]);
    return wrap((sum$0 ??= operator("aten::sum", ""))(handleOf(a0), (a1 as Options)?.dtype));
  }
  if (a3 !== undefined) checkOptions("aten::sum", a3, ["dtype"]);
  return wrap((sum$1 ??= operator("aten::sum", "dim_IntList"))(handleOf(a0), a1, a2, (a3 as Options)?.dtype));
}

let sumToSize$0: NativeOperator | undefined;
export function sumToSize(self: Tensor, size: readonly number[]): Tensor;
export function sumToSize(a0?: unknown, a1?: unknown): unknown {
  return wrap((sumToSize$0 ??= operator("aten::sum_to_size", ""))(handleOf(a0), a1));
}

let svd$0: NativeOperator | undefined;
export function svd(self: Tensor, some?: boolean, computeUv?: boolean): [Tensor, Tensor, Tensor];
export function svd(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  return wrapTuple((svd$0 ??= operator("aten::svd", ""))(handleOf(a0), a1, a2), "TTT");
}

let swapaxes$0: NativeOperator | undefined;
export function swapaxes(self: Tensor, axis0: number | bigint, axis1: number | bigint): Tensor;
export function swapaxes(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  return wrap((swapaxes$0 ??= operator("aten::swapaxes", ""))(handleOf(a0), a1, a2));
}

let swapdims$0: NativeOperator | undefined;
export function swapdims(self: Tensor, dim0: number | bigint, dim1: number | bigint): Tensor;
export function swapdims(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  return wrap((swapdims$0 ??= operator("aten::swapdims", ""))(handleOf(a0), a1, a2));
}

let symeig$0: NativeOperator | undefined;
export function symeig(self: Tensor, eigenvectors?: boolean, upper?: boolean): [Tensor, Tensor];
export function symeig(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  return wrapTuple((symeig$0 ??= operator("aten::symeig", ""))(handleOf(a0), a1, a2), "TT");
}

let t$0: NativeOperator | undefined;
export function t(self: Tensor): Tensor;
export function t(a0?: unknown): unknown {
  return wrap((t$0 ??= operator("aten::t", ""))(handleOf(a0)));
}

let take$0: NativeOperator | undefined;
export function take(self: Tensor, index: Tensor): Tensor;
export function take(a0?: unknown, a1?: unknown): unknown {
  return wrap((take$0 ??= operator("aten::take", ""))(handleOf(a0), handleOf(a1)));
}

let takeAlongDim$0: NativeOperator | undefined;
export function takeAlongDim(self: Tensor, indices: Tensor, dim?: number | bigint | undefined): Tensor;
export function takeAlongDim(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  return wrap((takeAlongDim$0 ??= operator("aten::take_along_dim", ""))(handleOf(a0), handleOf(a1), a2));
}

let tan$0: NativeOperator | undefined;
export function tan(self: Tensor): Tensor;
export function tan(a0?: unknown): unknown {
  return wrap((tan$0 ??= operator("aten::tan", ""))(handleOf(a0)));
}

let tan_$0: NativeOperator | undefined;
export function tan_(self: Tensor): Tensor;
export function tan_(a0?: unknown): unknown {
  (tan_$0 ??= inPlaceOperator("aten::tan_", ""))(handleOf(a0));
  return a0 as Tensor;
}

let tanh$0: NativeOperator | undefined;
export function tanh(self: Tensor): Tensor;
export function tanh(a0?: unknown): unknown {
  return wrap((tanh$0 ??= operator("aten::tanh", ""))(handleOf(a0)));
}

let tanh_$0: NativeOperator | undefined;
export function tanh_(self: Tensor): Tensor;
export function tanh_(a0?: unknown): unknown {
  (tanh_$0 ??= inPlaceOperator("aten::tanh_", ""))(handleOf(a0));
  return a0 as Tensor;
}

let tensorSplit$0: NativeOperator | undefined, tensorSplit$1: NativeOperator | undefined, tensorSplit$2: NativeOperator | undefined;
export function tensorSplit(self: Tensor, tensorIndicesOrSections: Tensor, dim?: number | bigint): Tensor[];
export function tensorSplit(self: Tensor, indices: readonly number[], dim?: number | bigint): Tensor[];
export function tensorSplit(self: Tensor, sections: number | bigint, dim?: number | bigint): Tensor[];
export function tensorSplit(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (isTensor(a1)) {
    return wrapList((tensorSplit$0 ??= operator("aten::tensor_split", "tensor_indices_or_sections"))(handleOf(a0), handleOf(a1), a2));
  }
  if (isNumbers(a1)) {
    return wrapList((tensorSplit$1 ??= operator("aten::tensor_split", "indices"))(handleOf(a0), a1, a2));
  }
  return wrapList((tensorSplit$2 ??= operator("aten::tensor_split", "sections"))(handleOf(a0), a1, a2));
}

let tensordot$0: NativeOperator | undefined;
export function tensordot(self: Tensor, other: Tensor, dimsSelf: readonly number[], dimsOther: readonly number[]): Tensor;
export function tensordot(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  return wrap((tensordot$0 ??= operator("aten::tensordot", ""))(handleOf(a0), handleOf(a1), a2, a3));
}

let threshold$0: NativeOperator | undefined;
export function threshold(self: Tensor, threshold: number | bigint | boolean, value: number | bigint | boolean): Tensor;
export function threshold(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  return wrap((threshold$0 ??= operator("aten::threshold", ""))(handleOf(a0), a1, a2));
}

let threshold_$0: NativeOperator | undefined;
export function threshold_(self: Tensor, threshold: number | bigint | boolean, value: number | bigint | boolean): Tensor;
export function threshold_(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  (threshold_$0 ??= inPlaceOperator("aten::threshold_", ""))(handleOf(a0), a1, a2);
  return a0 as Tensor;
}

let tile$0: NativeOperator | undefined;
export function tile(self: Tensor, dims: readonly number[]): Tensor;
export function tile(a0?: unknown, a1?: unknown): unknown {
  return wrap((tile$0 ??= operator("aten::tile", ""))(handleOf(a0), a1));
}

let toDense$0: NativeOperator | undefined;
export function toDense(self: Tensor, dtype?: DType | undefined): Tensor;
export function toDense(a0?: unknown, a1?: unknown): unknown {
  return wrap((toDense$0 ??= operator("aten::to_dense", ""))(handleOf(a0), a1));
}

let toPaddedTensor$0: NativeOperator | undefined;
export function toPaddedTensor(self: Tensor, padding: number, outputSize?: readonly number[] | undefined): Tensor;
export function toPaddedTensor(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  return wrap((toPaddedTensor$0 ??= operator("aten::to_padded_tensor", ""))(handleOf(a0), a1, a2));
}

let topk$0: NativeOperator | undefined;
export function topk(self: Tensor, k: number | bigint, dim?: number | bigint, largest?: boolean, sorted?: boolean): [Tensor, Tensor];
export function topk(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
  return wrapTuple((topk$0 ??= operator("aten::topk", ""))(handleOf(a0), a1, a2, a3, a4), "TT");
}

let trace$0: NativeOperator | undefined;
export function trace(self: Tensor): Tensor;
export function trace(a0?: unknown): unknown {
  return wrap((trace$0 ??= operator("aten::trace", ""))(handleOf(a0)));
}

let transpose$0: NativeOperator | undefined, transpose$1: NativeOperator | undefined;
export function transpose(self: Tensor, dim0: string, dim1: string): Tensor;
export function transpose(self: Tensor, dim0: number | bigint, dim1: number | bigint): Tensor;
export function transpose(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (typeof a1 === "string" && typeof a2 === "string") {
    return wrap((transpose$0 ??= operator("aten::transpose", "Dimname"))(handleOf(a0), a1, a2));
  }
  return wrap((transpose$1 ??= operator("aten::transpose", "int"))(handleOf(a0), a1, a2));
}

let trapezoid$0: NativeOperator | undefined, trapezoid$1: NativeOperator | undefined;
export function trapezoid(y: Tensor, options?: { dx?: number | bigint | boolean | undefined; dim?: number | bigint | undefined }): Tensor;
export function trapezoid(y: Tensor, x: Tensor, options?: { dim?: number | bigint | undefined }): Tensor;
export function trapezoid(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (isOptions(a1) && a2 === undefined) {
    if (a1 !== undefined) checkOptions("aten::trapezoid", a1, ["dx", "dim"]);
    return wrap((trapezoid$0 ??= operator("aten::trapezoid", "dx"))(handleOf(a0), (a1 as Options)?.dx, (a1 as Options)?.dim));
  }
  if (a2 !== undefined) checkOptions("aten::trapezoid", a2, ["dim"]);
  return wrap((trapezoid$1 ??= operator("aten::trapezoid", "x"))(handleOf(a0), handleOf(a1), (a2 as Options)?.dim));
}

let trapz$0: NativeOperator | undefined, trapz$1: NativeOperator | undefined;
export function trapz(y: Tensor, options?: { dx?: number | undefined; dim?: number | bigint | undefined }): Tensor;
export function trapz(y: Tensor, x: Tensor, options?: { dim?: number | bigint | undefined }): Tensor;
export function trapz(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (isOptions(a1) && a2 === undefined) {
    if (a1 !== undefined) checkOptions("aten::trapz", a1, ["dx", "dim"]);
    return wrap((trapz$0 ??= operator("aten::trapz", "dx"))(handleOf(a0), (a1 as Options)?.dx, (a1 as Options)?.dim));
  }
  if (a2 !== undefined) checkOptions("aten::trapz", a2, ["dim"]);
  return wrap((trapz$1 ??= operator("aten::trapz", "x"))(handleOf(a0), handleOf(a1), (a2 as Options)?.dim));
}

let triangularSolve$0: NativeOperator | undefined;
export function triangularSolve(self: Tensor, A: Tensor, upper?: boolean, transpose?: boolean, unitriangular?: boolean): [Tensor, Tensor];
export function triangularSolve(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
  return wrapTuple((triangularSolve$0 ??= operator("aten::triangular_solve", ""))(handleOf(a0), handleOf(a1), a2, a3, a4), "TT");
}

let tril$0: NativeOperator | undefined;
export function tril(self: Tensor, diagonal?: number | bigint): Tensor;
export function tril(a0?: unknown, a1?: unknown): unknown {
  return wrap((tril$0 ??= operator("aten::tril", ""))(handleOf(a0), a1));
}

let trilIndices$0: NativeOperator | undefined;
export function trilIndices(row: number | bigint, col: number | bigint, offset?: number | bigint, options?: { dtype?: DType | undefined; device?: string | undefined }): Tensor;
export function trilIndices(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  if (a3 !== undefined) checkOptions("aten::tril_indices", a3, ["dtype", "device"]);
  return wrap((trilIndices$0 ??= operator("aten::tril_indices", ""))(a0, a1, a2, (a3 as Options)?.dtype, undefined, (a3 as Options)?.device));
}

let tril_$0: NativeOperator | undefined;
export function tril_(self: Tensor, diagonal?: number | bigint): Tensor;
export function tril_(a0?: unknown, a1?: unknown): unknown {
  (tril_$0 ??= inPlaceOperator("aten::tril_", ""))(handleOf(a0), a1);
  return a0 as Tensor;
}

let tripletMarginLoss$0: NativeOperator | undefined;
export function tripletMarginLoss(anchor: Tensor, positive: Tensor, negative: Tensor, margin?: number, p?: number, eps?: number, swap?: boolean, reduction?: number | bigint): Tensor;
export function tripletMarginLoss(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown, a5?: unknown, a6?: unknown, a7?: unknown): unknown {
  return wrap((tripletMarginLoss$0 ??= operator("aten::triplet_margin_loss", ""))(handleOf(a0), handleOf(a1), handleOf(a2), a3, a4, a5, a6, a7));
}

let triu$0: NativeOperator | undefined;
export function triu(self: Tensor, diagonal?: number | bigint): Tensor;
export function triu(a0?: unknown, a1?: unknown): unknown {
  return wrap((triu$0 ??= operator("aten::triu", ""))(handleOf(a0), a1));
}

let triuIndices$0: NativeOperator | undefined;
export function triuIndices(row: number | bigint, col: number | bigint, offset?: number | bigint, options?: { dtype?: DType | undefined; device?: string | undefined }): Tensor;
export function triuIndices(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  if (a3 !== undefined) checkOptions("aten::triu_indices", a3, ["dtype", "device"]);
  return wrap((triuIndices$0 ??= operator("aten::triu_indices", ""))(a0, a1, a2, (a3 as Options)?.dtype, undefined, (a3 as Options)?.device));
}

let triu_$0: NativeOperator | undefined;
export function triu_(self: Tensor, diagonal?: number | bigint): Tensor;
export function triu_(a0?: unknown, a1?: unknown): unknown {
  (triu_$0 ??= inPlaceOperator("aten::triu_", ""))(handleOf(a0), a1);
  return a0 as Tensor;
}

let trueDivide$0: NativeOperator | undefined, trueDivide$1: NativeOperator | undefined;
export function trueDivide(self: Tensor, other: Tensor): Tensor;
export function trueDivide(self: Tensor, other: number | bigint | boolean): Tensor;
export function trueDivide(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a1)) {
    return wrap((trueDivide$0 ??= operator("aten::true_divide", "Tensor"))(handleOf(a0), handleOf(a1)));
  }
  return wrap((trueDivide$1 ??= operator("aten::true_divide", "Scalar"))(handleOf(a0), a1));
}

let trueDivide_$0: NativeOperator | undefined, trueDivide_$1: NativeOperator | undefined;
export function trueDivide_(self: Tensor, other: Tensor): Tensor;
export function trueDivide_(self: Tensor, other: number | bigint | boolean): Tensor;
export function trueDivide_(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a1)) {
    (trueDivide_$0 ??= inPlaceOperator("aten::true_divide_", "Tensor"))(handleOf(a0), handleOf(a1));
    return a0 as Tensor;
  }
  (trueDivide_$1 ??= inPlaceOperator("aten::true_divide_", "Scalar"))(handleOf(a0), a1);
  return a0 as Tensor;
}

let trunc$0: NativeOperator | undefined;
export function trunc(self: Tensor): Tensor;
export function trunc(a0?: unknown): unknown {
  return wrap((trunc$0 ??= operator("aten::trunc", ""))(handleOf(a0)));
}

let trunc_$0: NativeOperator | undefined;
export function trunc_(self: Tensor): Tensor;
export function trunc_(a0?: unknown): unknown {
  (trunc_$0 ??= inPlaceOperator("aten::trunc_", ""))(handleOf(a0));
  return a0 as Tensor;
}

let typeAs$0: NativeOperator | undefined;
export function typeAs(self: Tensor, other: Tensor): Tensor;
export function typeAs(a0?: unknown, a1?: unknown): unknown {
  return wrap((typeAs$0 ??= operator("aten::type_as", ""))(handleOf(a0), handleOf(a1)));
}

let unbind$0: NativeOperator | undefined, unbind$1: NativeOperator | undefined;
export function unbind(self: Tensor, dim: string): Tensor[];
export function unbind(self: Tensor, dim?: number | bigint): Tensor[];
export function unbind(a0?: unknown, a1?: unknown): unknown {
  if (typeof a1 === "string") {
    return wrapList((unbind$0 ??= operator("aten::unbind", "Dimname"))(handleOf(a0), a1));
  }
  return wrapList((unbind$1 ??= operator("aten::unbind", "int"))(handleOf(a0), a1));
}

let unflatten$0: NativeOperator | undefined;
export function unflatten(self: Tensor, dim: number | bigint, sizes: readonly number[]): Tensor;
export function unflatten(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  return wrap((unflatten$0 ??= operator("aten::unflatten", "int"))(handleOf(a0), a1, a2));
}

let unflattenDenseTensors$0: NativeOperator | undefined;
export function unflattenDenseTensors(flat: Tensor, tensors: readonly Tensor[]): Tensor[];
export function unflattenDenseTensors(a0?: unknown, a1?: unknown): unknown {
  return wrapList((unflattenDenseTensors$0 ??= operator("aten::unflatten_dense_tensors", ""))(handleOf(a0), handlesOf(a1)));
}

let unfold$0: NativeOperator | undefined;
export function unfold(self: Tensor, dimension: number | bigint, size: number | bigint, step: number | bigint): Tensor;
export function unfold(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  return wrap((unfold$0 ??= operator("aten::unfold", ""))(handleOf(a0), a1, a2, a3));
}

let uniform$0: NativeOperator | undefined;
export function uniform(self: Tensor, from?: number, to?: number): Tensor;
export function uniform(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  return wrap((uniform$0 ??= operator("aten::uniform", ""))(handleOf(a0), a1, a2));
}

let uniform_$0: NativeOperator | undefined;
export function uniform_(self: Tensor, from?: number, to?: number): Tensor;
export function uniform_(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  (uniform_$0 ??= inPlaceOperator("aten::uniform_", ""))(handleOf(a0), a1, a2);
  return a0 as Tensor;
}

let uniqueConsecutive$0: NativeOperator | undefined;
export function uniqueConsecutive(self: Tensor, returnInverse?: boolean, returnCounts?: boolean, dim?: number | bigint | undefined): [Tensor, Tensor, Tensor];
export function uniqueConsecutive(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  return wrapTuple((uniqueConsecutive$0 ??= operator("aten::unique_consecutive", ""))(handleOf(a0), a1, a2, a3), "TTT");
}

let uniqueDim$0: NativeOperator | undefined;
export function uniqueDim(self: Tensor, dim: number | bigint, sorted?: boolean, returnInverse?: boolean, returnCounts?: boolean): [Tensor, Tensor, Tensor];
export function uniqueDim(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
  return wrapTuple((uniqueDim$0 ??= operator("aten::unique_dim", ""))(handleOf(a0), a1, a2, a3, a4), "TTT");
}

let uniqueDimConsecutive$0: NativeOperator | undefined;
export function uniqueDimConsecutive(self: Tensor, dim: number | bigint, returnInverse?: boolean, returnCounts?: boolean): [Tensor, Tensor, Tensor];
export function uniqueDimConsecutive(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  return wrapTuple((uniqueDimConsecutive$0 ??= operator("aten::unique_dim_consecutive", ""))(handleOf(a0), a1, a2, a3), "TTT");
}

let unsafeSplitWithSizes$0: NativeOperator | undefined;
export function unsafeSplitWithSizes(self: Tensor, splitSizes: readonly number[], dim?: number | bigint): Tensor[];
export function unsafeSplitWithSizes(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  return wrapList((unsafeSplitWithSizes$0 ??= operator("aten::unsafe_split_with_sizes", ""))(handleOf(a0), a1, a2));
}

let unsqueeze$0: NativeOperator | undefined;
export function unsqueeze(self: Tensor, dim: number | bigint): Tensor;
export function unsqueeze(a0?: unknown, a1?: unknown): unknown {
  return wrap((unsqueeze$0 ??= operator("aten::unsqueeze", ""))(handleOf(a0), a1));
}

let upsampleBicubic2d$0: NativeOperator | undefined, upsampleBicubic2d$1: NativeOperator | undefined;
export function upsampleBicubic2d(input: Tensor, outputSize: readonly number[] | undefined, alignCorners: boolean, scaleFactors?: readonly number[] | undefined): Tensor;
export function upsampleBicubic2d(self: Tensor, outputSize: number | readonly number[], alignCorners: boolean, scalesH?: number | undefined, scalesW?: number | undefined): Tensor;
export function upsampleBicubic2d(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
  if ((a1 === undefined || isNumbers(a1)) && (a3 === undefined || isNumbers(a3)) && a4 === undefined) {
    return wrap((upsampleBicubic2d$0 ??= operator("aten::upsample_bicubic2d", "vec"))(handleOf(a0), a1, a2, a3));
  }
  return wrap((upsampleBicubic2d$1 ??= operator("aten::upsample_bicubic2d", ""))(handleOf(a0), a1, a2, a3, a4));
}

let upsampleBilinear2d$0: NativeOperator | undefined, upsampleBilinear2d$1: NativeOperator | undefined;
export function upsampleBilinear2d(input: Tensor, outputSize: readonly number[] | undefined, alignCorners: boolean, scaleFactors?: readonly number[] | undefined): Tensor;
export function upsampleBilinear2d(self: Tensor, outputSize: number | readonly number[], alignCorners: boolean, scalesH?: number | undefined, scalesW?: number | undefined): Tensor;
export function upsampleBilinear2d(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
  if ((a1 === undefined || isNumbers(a1)) && (a3 === undefined || isNumbers(a3)) && a4 === undefined) {
    return wrap((upsampleBilinear2d$0 ??= operator("aten::upsample_bilinear2d", "vec"))(handleOf(a0), a1, a2, a3));
  }
  return wrap((upsampleBilinear2d$1 ??= operator("aten::upsample_bilinear2d", ""))(handleOf(a0), a1, a2, a3, a4));
}

let upsampleLinear1d$0: NativeOperator | undefined, upsampleLinear1d$1: NativeOperator | undefined;
export function upsampleLinear1d(self: Tensor, outputSize: number | readonly number[], alignCorners: boolean, scales?: number | undefined): Tensor;
export function upsampleLinear1d(input: Tensor, outputSize: readonly number[] | undefined, alignCorners: boolean, scaleFactors?: readonly number[] | undefined): Tensor;
export function upsampleLinear1d(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  if (isNumbers(a1) && (a3 === undefined || isNumber(a3))) {
    return wrap((upsampleLinear1d$0 ??= operator("aten::upsample_linear1d", ""))(handleOf(a0), a1, a2, a3));
  }
  return wrap((upsampleLinear1d$1 ??= operator("aten::upsample_linear1d", "vec"))(handleOf(a0), a1, a2, a3));
}

let upsampleNearest1d$0: NativeOperator | undefined, upsampleNearest1d$1: NativeOperator | undefined;
export function upsampleNearest1d(self: Tensor, outputSize: number | readonly number[], scales?: number | undefined): Tensor;
export function upsampleNearest1d(input: Tensor, outputSize?: readonly number[] | undefined, scaleFactors?: readonly number[] | undefined): Tensor;
export function upsampleNearest1d(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (isNumbers(a1) && (a2 === undefined || isNumber(a2))) {
    return wrap((upsampleNearest1d$0 ??= operator("aten::upsample_nearest1d", ""))(handleOf(a0), a1, a2));
  }
  return wrap((upsampleNearest1d$1 ??= operator("aten::upsample_nearest1d", "vec"))(handleOf(a0), a1, a2));
}

let upsampleNearest2d$0: NativeOperator | undefined, upsampleNearest2d$1: NativeOperator | undefined;
export function upsampleNearest2d(input: Tensor, outputSize?: readonly number[] | undefined, scaleFactors?: readonly number[] | undefined): Tensor;
export function upsampleNearest2d(self: Tensor, outputSize: number | readonly number[], scalesH?: number | undefined, scalesW?: number | undefined): Tensor;
export function upsampleNearest2d(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  if ((a1 === undefined || isNumbers(a1)) && (a2 === undefined || isNumbers(a2)) && a3 === undefined) {
    return wrap((upsampleNearest2d$0 ??= operator("aten::upsample_nearest2d", "vec"))(handleOf(a0), a1, a2));
  }
  return wrap((upsampleNearest2d$1 ??= operator("aten::upsample_nearest2d", ""))(handleOf(a0), a1, a2, a3));
}

let upsampleNearest3d$0: NativeOperator | undefined, upsampleNearest3d$1: NativeOperator | undefined;
export function upsampleNearest3d(input: Tensor, outputSize?: readonly number[] | undefined, scaleFactors?: readonly number[] | undefined): Tensor;
export function upsampleNearest3d(self: Tensor, outputSize: number | readonly number[], scalesD?: number | undefined, scalesH?: number | undefined, scalesW?: number | undefined): Tensor;
export function upsampleNearest3d(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
  if ((a1 === undefined || isNumbers(a1)) && (a2 === undefined || isNumbers(a2)) && a3 === undefined && a4 === undefined) {
    return wrap((upsampleNearest3d$0 ??= operator("aten::upsample_nearest3d", "vec"))(handleOf(a0), a1, a2));
  }
  return wrap((upsampleNearest3d$1 ??= operator("aten::upsample_nearest3d", ""))(handleOf(a0), a1, a2, a3, a4));
}

let upsampleTrilinear3d$0: NativeOperator | undefined, upsampleTrilinear3d$1: NativeOperator | undefined;
export function upsampleTrilinear3d(input: Tensor, outputSize: readonly number[] | undefined, alignCorners: boolean, scaleFactors?: readonly number[] | undefined): Tensor;
export function upsampleTrilinear3d(self: Tensor, outputSize: number | readonly number[], alignCorners: boolean, scalesD?: number | undefined, scalesH?: number | undefined, scalesW?: number | undefined): Tensor;
export function upsampleTrilinear3d(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown, a5?: unknown): unknown {
  if ((a1 === undefined || isNumbers(a1)) && (a3 === undefined || isNumbers(a3)) && a4 === undefined && a5 === undefined) {
    return wrap((upsampleTrilinear3d$0 ??= operator("aten::upsample_trilinear3d", "vec"))(handleOf(a0), a1, a2, a3));
  }
  return wrap((upsampleTrilinear3d$1 ??= operator("aten::upsample_trilinear3d", ""))(handleOf(a0), a1, a2, a3, a4, a5));
}

let values$0: NativeOperator | undefined;
export function values(self: Tensor): Tensor;
export function values(a0?: unknown): unknown {
  return wrap((values$0 ??= operator("aten::values", ""))(handleOf(a0)));
}

let vander$0: NativeOperator | undefined;
export function vander(x: Tensor, N?: number | bigint | undefined, increasing?: boolean): Tensor;
export function vander(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  return wrap((vander$0 ??= operator("aten::vander", ""))(handleOf(a0), a1, a2));
}

let var$$0: NativeOperator | undefined, var$$1: NativeOperator | undefined, var$$2: NativeOperator | undefined;
export function var$(self: Tensor, dim?: number | readonly number[] | undefined, options?: { correction?: number | bigint | undefined; keepdim?: boolean | undefined }): Tensor;
export function var$(self: Tensor, unbiased?: boolean): Tensor;
export function var$(self: Tensor, dim?: number | readonly number[] | undefined, unbiased?: boolean, keepdim?: boolean): Tensor;
export function var$(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  if ((a1 === undefined || isNumbers(a1)) && isOptions(a2) && a3 === undefined && (a2 as Options)?.correction !== undefined) {
    if (a2 !== undefined) checkOptions("aten::var", a2, ["correction", "keepdim"]);
    return wrap((var$$0 ??= operator("aten::var", "correction"))(handleOf(a0), a1, (a2 as Options)?.correction, (a2 as Options)?.keepdim));
  }
  if ((a1 === undefined || typeof a1 === "boolean") && a2 === undefined && a3 === undefined) {
    return wrap((var$$1 ??= operator("aten::var", ""))(handleOf(a0), a1));
  }
  return wrap((var$$2 ??= operator("aten::var", "dim"))(handleOf(a0), a1, a2, a3));
}
export { var$ as var };

let varMean$0: NativeOperator | undefined, varMean$1: NativeOperator | undefined, varMean$2: NativeOperator | undefined;
export function varMean(self: Tensor, dim?: number | readonly number[] | undefined, options?: { correction?: number | bigint | undefined; keepdim?: boolean | undefined }): [Tensor, Tensor];
export function varMean(self: Tensor, unbiased?: boolean): [Tensor, Tensor];
export function varMean(self: Tensor, dim?: number | readonly number[] | undefined, unbiased?: boolean, keepdim?: boolean): [Tensor, Tensor];
export function varMean(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
  if ((a1 === undefined || isNumbers(a1)) && isOptions(a2) && a3 === undefined && (a2 as Options)?.correction !== undefined) {
    if (a2 !== undefined) checkOptions("aten::var_mean", a2, ["correction", "keepdim"]);
    return wrapTuple((varMean$0 ??= operator("aten::var_mean", "correction"))(handleOf(a0), a1, (a2 as Options)?.correction, (a2 as Options)?.keepdim), "TT");
  }
  if ((a1 === undefined || typeof a1 === "boolean") && a2 === undefined && a3 === undefined) {
    return wrapTuple((varMean$1 ??= operator("aten::var_mean", ""))(handleOf(a0), a1), "TT");
  }
  return wrapTuple((varMean$2 ??= operator("aten::var_mean", "dim"))(handleOf(a0), a1, a2, a3), "TT");
}

let vdot$0: NativeOperator | undefined;
export function vdot(self: Tensor, other: Tensor): Tensor;
export function vdot(a0?: unknown, a1?: unknown): unknown {
  return wrap((vdot$0 ??= operator("aten::vdot", ""))(handleOf(a0), handleOf(a1)));
}

let view$0: NativeOperator | undefined, view$1: NativeOperator | undefined;
export function view(self: Tensor, size: readonly number[]): Tensor;
export function view(self: Tensor, dtype: DType): Tensor;
export function view(a0?: unknown, a1?: unknown): unknown {
  if (isNumbers(a1)) {
    return wrap((view$0 ??= operator("aten::view", ""))(handleOf(a0), a1));
  }
  return wrap((view$1 ??= operator("aten::view", "dtype"))(handleOf(a0), a1));
}

let viewAs$0: NativeOperator | undefined;
export function viewAs(self: Tensor, other: Tensor): Tensor;
export function viewAs(a0?: unknown, a1?: unknown): unknown {
  return wrap((viewAs$0 ??= operator("aten::view_as", ""))(handleOf(a0), handleOf(a1)));
}

let viewAsComplex$0: NativeOperator | undefined;
export function viewAsComplex(self: Tensor): Tensor;
export function viewAsComplex(a0?: unknown): unknown {
  return wrap((viewAsComplex$0 ??= operator("aten::view_as_complex", ""))(handleOf(a0)));
}

let viewAsReal$0: NativeOperator | undefined;
export function viewAsReal(self: Tensor): Tensor;
export function viewAsReal(a0?: unknown): unknown {
  return wrap((viewAsReal$0 ??= operator("aten::view_as_real", ""))(handleOf(a0)));
}

let vsplit$0: NativeOperator | undefined, vsplit$1: NativeOperator | undefined;
export function vsplit(self: Tensor, indices: readonly number[]): Tensor[];
export function vsplit(self: Tensor, sections: number | bigint): Tensor[];
export function vsplit(a0?: unknown, a1?: unknown): unknown {
  if (isNumbers(a1)) {
    return wrapList((vsplit$0 ??= operator("aten::vsplit", "array"))(handleOf(a0), a1));
  }
  return wrapList((vsplit$1 ??= operator("aten::vsplit", "int"))(handleOf(a0), a1));
}

let vstack$0: NativeOperator | undefined;
export function vstack(tensors: readonly Tensor[]): Tensor;
export function vstack(a0?: unknown): unknown {
  return wrap((vstack$0 ??= operator("aten::vstack", ""))(handlesOf(a0)));
}

let where$0: NativeOperator | undefined, where$1: NativeOperator | undefined, where$2: NativeOperator | undefined, where$3: NativeOperator | undefined, where$4: NativeOperator | undefined;
export function where(condition: Tensor): Tensor[];
export function where(condition: Tensor, self: Tensor, other: Tensor): Tensor;
export function where(condition: Tensor, self: Tensor, other: number | bigint | boolean): Tensor;
export function where(condition: Tensor, self: number | bigint | boolean, other: Tensor): Tensor;
export function where(condition: Tensor, self: number | bigint | boolean, other: number | bigint | boolean): Tensor;
export function where(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
  if (a1 === undefined && a2 === undefined) {
    return wrapList((where$0 ??= operator("aten::where", ""))(handleOf(a0)));
  }
  if (isTensor(a1) && isTensor(a2)) {
    return wrap((where$1 ??= operator("aten::where", "self"))(handleOf(a0), handleOf(a1), handleOf(a2)));
  }
  if (isTensor(a1) && isNumber(a2)) {
    return wrap((where$2 ??= operator("aten::where", "ScalarOther"))(handleOf(a0), handleOf(a1), a2));
  }
  if (isNumber(a1) && isTensor(a2)) {
    return wrap((where$3 ??= operator("aten::where", "ScalarSelf"))(handleOf(a0), a1, handleOf(a2)));
  }
  return wrap((where$4 ??= operator("aten::where", "Scalar"))(handleOf(a0), a1, a2));
}

let xlogy$0: NativeOperator | undefined, xlogy$1: NativeOperator | undefined, xlogy$2: NativeOperator | undefined;
export function xlogy(self: Tensor, other: Tensor): Tensor;
export function xlogy(self: Tensor, other: number | bigint | boolean): Tensor;
export function xlogy(self: number | bigint | boolean, other: Tensor): Tensor;
export function xlogy(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a0) && isTensor(a1)) {
    return wrap((xlogy$0 ??= operator("aten::xlogy", "Tensor"))(handleOf(a0), handleOf(a1)));
  }
  if (isTensor(a0) && isNumber(a1)) {
    return wrap((xlogy$1 ??= operator("aten::xlogy", "Scalar_Other"))(handleOf(a0), a1));
  }
  return wrap((xlogy$2 ??= operator("aten::xlogy", "Scalar_Self"))(a0, handleOf(a1)));
}

let xlogy_$0: NativeOperator | undefined, xlogy_$1: NativeOperator | undefined;
export function xlogy_(self: Tensor, other: Tensor): Tensor;
export function xlogy_(self: Tensor, other: number | bigint | boolean): Tensor;
export function xlogy_(a0?: unknown, a1?: unknown): unknown {
  if (isTensor(a1)) {
    (xlogy_$0 ??= inPlaceOperator("aten::xlogy_", "Tensor"))(handleOf(a0), handleOf(a1));
    return a0 as Tensor;
  }
  (xlogy_$1 ??= inPlaceOperator("aten::xlogy_", "Scalar_Other"))(handleOf(a0), a1);
  return a0 as Tensor;
}

let zero$0: NativeOperator | undefined;
export function zero(self: Tensor): Tensor;
export function zero(a0?: unknown): unknown {
  return wrap((zero$0 ??= operator("aten::zero", ""))(handleOf(a0)));
}

let zero_$0: NativeOperator | undefined;
export function zero_(self: Tensor): Tensor;
export function zero_(a0?: unknown): unknown {
  (zero_$0 ??= inPlaceOperator("aten::zero_", ""))(handleOf(a0));
  return a0 as Tensor;
}

let zeros$0: NativeOperator | undefined;
export function zeros(size: readonly number[], options?: { dtype?: DType | undefined; device?: string | undefined }): Tensor;
export function zeros(a0?: unknown, a1?: unknown): unknown {
  if (a1 !== undefined) checkOptions("aten::zeros", a1, ["dtype", "device"]);
  return wrap((zeros$0 ??= operator("aten::zeros", ""))(a0, (a1 as Options)?.dtype, undefined, (a1 as Options)?.device));
}

let zerosLike$0: NativeOperator | undefined;
export function zerosLike(self: Tensor, options?: { dtype?: DType | undefined; device?: string | undefined; memoryFormat?: MemoryFormat | undefined }): Tensor;
export function zerosLike(a0?: unknown, a1?: unknown): unknown {
  if (a1 !== undefined) checkOptions("aten::zeros_like", a1, ["dtype", "device", "memoryFormat"]);
  return wrap((zerosLike$0 ??= operator("aten::zeros_like", ""))(handleOf(a0), (a1 as Options)?.dtype, undefined, (a1 as Options)?.device, undefined, (a1 as Options)?.memoryFormat));
}
