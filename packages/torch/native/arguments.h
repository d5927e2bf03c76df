// Conversion between JavaScript values and the arguments and results of libtorch's operators.
#pragma once

#include <ATen/core/function_schema.h>
#include <ATen/core/ivalue.h>
#include <ATen/core/jit_type.h>

#include <string>

#include "bridge.h"

namespace bridge {

enum class ArgumentKind : uint8_t {
  Tensor, TensorList, OptionalTensorList, Int, Float, Scalar, Bool, String, Dtype, Layout, Device, MemoryFormat,
  IntList, FloatList, BoolList, ScalarList, Generator, Unsupported,
};

ArgumentKind kindOf(const c10::TypePtr& type);

// Returns the kind's name in `SchemaParameter` (native.ts).
const char* kindName(ArgumentKind kind);

// A parameter of an operator's schema.
struct Parameter {
  std::string name;
  ArgumentKind kind;
  bool optional;
  // True if kernels divide by it or by its square. Zero, or an overflow to zero, would raise SIGFPE.
  bool mustBePositive;
  // N of int[N], whose value may be a single number that means N equal numbers. 0 if the length is open.
  int32_t fixedLength;
  c10::optional<c10::IValue> defaultValue;
};

Parameter toParameter(const c10::Argument& argument);

// Converts an argument. Throws an ArgumentError that names the parameter if it is of another kind.
c10::IValue toIValue(napi_env env, napi_value value, const Parameter& parameter);

// Converts a result. Tensors become handles.
napi_value toNapiValue(napi_env env, const c10::IValue& value);

// Describes an argument for an error message, such as "weight: float32[2, 3]". Never throws.
std::string describeArgument(napi_env env, napi_value value, const Parameter& parameter);

}  // namespace bridge
