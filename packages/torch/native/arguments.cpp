#include "arguments.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace bridge {

ArgumentKind kindOf(const c10::TypePtr& type) {
  switch (type->kind()) {
    case c10::TypeKind::TensorType: return ArgumentKind::Tensor;
    case c10::TypeKind::IntType:
    case c10::TypeKind::SymIntType: return ArgumentKind::Int;
    case c10::TypeKind::FloatType: return ArgumentKind::Float;
    case c10::TypeKind::NumberType: return ArgumentKind::Scalar;
    case c10::TypeKind::BoolType: return ArgumentKind::Bool;
    case c10::TypeKind::StringType: return ArgumentKind::String;
    case c10::TypeKind::ScalarTypeType: return ArgumentKind::Dtype;
    case c10::TypeKind::LayoutType: return ArgumentKind::Layout;
    case c10::TypeKind::DeviceObjType: return ArgumentKind::Device;
    case c10::TypeKind::MemoryFormatType: return ArgumentKind::MemoryFormat;
    case c10::TypeKind::GeneratorType: return ArgumentKind::Generator;
    case c10::TypeKind::ListType: {
      const auto element = type->expectRef<c10::ListType>().getElementType();
      if (element->kind() == c10::TypeKind::OptionalType) return ArgumentKind::OptionalTensorList;
      switch (kindOf(element)) {
        case ArgumentKind::Tensor: return ArgumentKind::TensorList;
        case ArgumentKind::Int: return ArgumentKind::IntList;
        case ArgumentKind::Float: return ArgumentKind::FloatList;
        case ArgumentKind::Bool: return ArgumentKind::BoolList;
        case ArgumentKind::Scalar: return ArgumentKind::ScalarList;
        default: return ArgumentKind::Unsupported;
      }
    }
    default: return ArgumentKind::Unsupported;
  }
}

const char* kindName(ArgumentKind kind) {
  static const char* const names[] = {
      "Tensor", "Tensor[]", "Tensor?[]", "int", "float", "Scalar", "bool", "string", "dtype", "layout", "device",
      "memoryFormat", "int[]", "float[]", "bool[]", "Scalar[]", "Generator", "unsupported"};
  static_assert(std::size(names) == static_cast<size_t>(ArgumentKind::Unsupported) + 1);
  return names[static_cast<int>(kind)];
}

namespace {

bool dividesBy(const std::string& name) {
  return name == "stride" || name == "dilation" || name == "groups" || name == "kernel_size" ||
         name == "num_groups" || name == "upscale_factor" || name == "downscale_factor";
}

}  // namespace

Parameter toParameter(const c10::Argument& argument) {
  c10::TypePtr type = argument.real_type();
  bool optional = false;
  if (type->kind() == c10::TypeKind::OptionalType) {
    optional = true;
    type = type->expectRef<c10::OptionalType>().getElementType();
  }
  return {argument.name(), kindOf(type), optional, dividesBy(argument.name()), argument.N().value_or(0),
          argument.default_value()};
}

namespace {

[[noreturn]] void throwExpected(const Parameter& parameter, const char* what) {
  throw ArgumentError("argument '" + parameter.name + "': expected " + what);
}

int64_t checkDivisor(int64_t integer, const Parameter& parameter) {
  if (parameter.mustBePositive && (integer <= 0 || integer > INT32_MAX)) {
    throwExpected(parameter, "an integer from 1 to 2147483647");
  }
  return integer;
}

// NaN and infinities are not. Their cast to an integer would be undefined.
bool isSafeInteger(double number) { return std::fabs(number) <= kMaxSafeInteger && std::trunc(number) == number; }

int64_t intFrom(napi_env env, napi_value value, const Parameter& parameter) {
  double number;
  if (napi_get_value_double(env, value, &number) == napi_ok) {
    if (!isSafeInteger(number)) throwExpected(parameter, "an integer");
    return checkDivisor(static_cast<int64_t>(number), parameter);
  }
  int64_t big;
  bool lossless = false;
  if (napi_get_value_bigint_int64(env, value, &big, &lossless) != napi_ok || !lossless) {
    bool truth;
    if (napi_get_value_bool(env, value, &truth) == napi_ok) return truth;
    throwExpected(parameter, "an integer");
  }
  return checkDivisor(big, parameter);
}

double floatFrom(napi_env env, napi_value value, const Parameter& parameter) {
  double number;
  if (napi_get_value_double(env, value, &number) != napi_ok) throwExpected(parameter, "a number");
  return number;
}

bool boolFrom(napi_env env, napi_value value, const Parameter& parameter) {
  bool truth;
  if (napi_get_value_bool(env, value, &truth) != napi_ok) throwExpected(parameter, "true or false");
  return truth;
}

// Converts a JavaScript number that is an integer to an integer scalar, so that integer tensors stay integer.
at::Scalar scalarFrom(napi_env env, napi_value value, const Parameter& parameter) {
  double number;
  if (napi_get_value_double(env, value, &number) == napi_ok) {
    if (isSafeInteger(number)) return static_cast<int64_t>(number);
    return number;
  }
  bool truth;
  if (napi_get_value_bool(env, value, &truth) == napi_ok) return truth;
  int64_t big;
  bool lossless;
  if (napi_get_value_bigint_int64(env, value, &big, &lossless) == napi_ok && lossless) return big;
  throwExpected(parameter, "a number");
}

const at::Tensor& tensorFrom(napi_env env, napi_value value, const Parameter& parameter) {
  int32_t handle;
  if (napi_get_value_int32(env, value, &handle) != napi_ok) throwExpected(parameter, "a Tensor");
  try {
    return TensorTable::current().get(handle);
  } catch (const ArgumentError& error) {
    throw ArgumentError("argument '" + parameter.name + "': " + error.what());
  }
}

template <typename Each>
void forEach(napi_env env, napi_value value, const Parameter& parameter, const char* what, Each each) {
  bool isArray = false;
  napi_is_array(env, value, &isArray);
  if (!isArray) throwExpected(parameter, what);
  uint32_t length = 0;
  napi_get_array_length(env, value, &length);
  for (uint32_t i = 0; i < length; i++) {
    napi_value element;
    if (napi_get_element(env, value, i, &element) != napi_ok) throwExpected(parameter, what);
    each(element);
  }
}

bool isNumber(napi_env env, napi_value value) {
  napi_valuetype type;
  napi_typeof(env, value, &type);
  return type == napi_number || type == napi_bigint;
}

// Checks the length of an `int[N]` argument, because some kernels read N elements without checking. N is 0 if the
// length is open. With `int[1]`, a single number means a list of any length.
void checkLength(const c10::List<int64_t>& list, const Parameter& parameter) {
  const auto length = static_cast<int32_t>(list.size());
  if (parameter.fixedLength < 2 || length == parameter.fixedLength || length == 1) return;
  const auto& defaultValue = parameter.defaultValue;
  if (defaultValue && defaultValue->isIntList() && defaultValue->toIntVector() == list.vec()) return;
  throwExpected(parameter, ("an array of " + std::to_string(parameter.fixedLength) + " integers").c_str());
}

}  // namespace

c10::IValue toIValue(napi_env env, napi_value value, const Parameter& parameter) {
  switch (parameter.kind) {
    case ArgumentKind::Tensor: return tensorFrom(env, value, parameter);
    case ArgumentKind::TensorList: {
      c10::List<at::Tensor> list;
      forEach(env, value, parameter, "an array of Tensors",
              [&](napi_value element) { list.push_back(tensorFrom(env, element, parameter)); });
      return list;
    }
    case ArgumentKind::OptionalTensorList: {
      // A List<optional<Tensor>> would be the same, but g++ 12 and 14 warn of an overflow in its push_back.
      c10::impl::GenericList list(c10::OptionalType::ofTensor());
      forEach(env, value, parameter, "an array of Tensors or undefined", [&](napi_value element) {
        list.push_back(isAbsent(env, element) ? c10::IValue() : c10::IValue(tensorFrom(env, element, parameter)));
      });
      return list;
    }
    case ArgumentKind::Int: return intFrom(env, value, parameter);
    case ArgumentKind::Float: return floatFrom(env, value, parameter);
    case ArgumentKind::Scalar: return scalarFrom(env, value, parameter);
    case ArgumentKind::Bool: return boolFrom(env, value, parameter);
    case ArgumentKind::String: return toString(env, value, parameter.name.c_str());
    case ArgumentKind::Dtype: return static_cast<int64_t>(dtypeFromName(toString(env, value, parameter.name.c_str())));
    case ArgumentKind::Device: return c10::Device(toString(env, value, parameter.name.c_str()));
    case ArgumentKind::MemoryFormat: {
      const std::string name = toString(env, value, parameter.name.c_str());
      if (name == "contiguous") return static_cast<int64_t>(at::MemoryFormat::Contiguous);
      if (name == "channelsLast") return static_cast<int64_t>(at::MemoryFormat::ChannelsLast);
      if (name == "preserve") return static_cast<int64_t>(at::MemoryFormat::Preserve);
      throwExpected(parameter, "'contiguous', 'channelsLast' or 'preserve'");
    }
    case ArgumentKind::IntList: {
      if (isNumber(env, value)) {
        const size_t count = std::max(1, parameter.fixedLength);
        return std::vector<int64_t>(count, intFrom(env, value, parameter));
      }
      c10::List<int64_t> list;
      list.reserve(4);  // enough for most sizes, strides and permutations, so one allocation suffices
      forEach(env, value, parameter, "an array of integers",
              [&](napi_value element) { list.push_back(intFrom(env, element, parameter)); });
      checkLength(list, parameter);
      return list;
    }
    case ArgumentKind::FloatList: {
      std::vector<double> list;
      forEach(env, value, parameter, "an array of numbers",
              [&](napi_value element) { list.push_back(floatFrom(env, element, parameter)); });
      return list;
    }
    case ArgumentKind::BoolList: {
      c10::List<bool> list;
      forEach(env, value, parameter, "an array of booleans",
              [&](napi_value element) { list.push_back(boolFrom(env, element, parameter)); });
      return list;
    }
    case ArgumentKind::ScalarList: {
      c10::List<at::Scalar> list;
      forEach(env, value, parameter, "an array of numbers",
              [&](napi_value element) { list.push_back(scalarFrom(env, element, parameter)); });
      return list;
    }
    default: break;
  }
  throw ArgumentError("argument '" + parameter.name + "' cannot be passed from JavaScript (" +
                      kindName(parameter.kind) + ")");
}

napi_value toNapiValue(napi_env env, const c10::IValue& value) {
  if (value.isTensor()) return fromNumber(env, TensorTable::current().put(value.toTensor()));
  if (value.isInt()) return fromNumber(env, static_cast<double>(value.toInt()));
  if (value.isDouble()) return fromNumber(env, value.toDouble());
  if (value.isBool()) return fromBool(env, value.toBool());
  if (value.isString()) return fromString(env, value.toStringRef());
  if (value.isNone()) return undefined(env);
  if (value.isScalar()) return fromNumber(env, value.toScalar().toDouble());
  if (value.isList()) {
    const auto list = value.toListRef();
    napi_value result;
    napi_create_array_with_length(env, list.size(), &result);
    for (size_t i = 0; i < list.size(); i++) napi_set_element(env, result, i, toNapiValue(env, list[i]));
    return result;
  }
  throw ArgumentError("a result of kind " + value.tagKind() + " cannot be converted to JavaScript");
}

namespace {

constexpr uint32_t maxListedTensors = 8;
constexpr size_t maxTextLength = 80;

std::string describeTensor(napi_env env, napi_value value) {
  int32_t handle;
  if (napi_get_value_int32(env, value, &handle) != napi_ok) return "not a live tensor";
  try {
    return describe(TensorTable::current().get(handle));
  } catch (const ArgumentError&) {
    return "not a live tensor";
  }
}

std::string describeTensors(napi_env env, napi_value value) {
  bool isArray = false;
  uint32_t length = 0;
  napi_is_array(env, value, &isArray);
  if (isArray) napi_get_array_length(env, value, &length);
  std::string text = "[";
  for (uint32_t i = 0; i < std::min(length, maxListedTensors); i++) {
    napi_value element;
    if (napi_get_element(env, value, i, &element) != napi_ok) break;
    text += (i ? ", " : "") + describeTensor(env, element);
  }
  return text + (length > maxListedTensors ? ", ...]" : "]");
}

std::string describeValue(napi_env env, napi_value value) {
  napi_value string;
  if (napi_coerce_to_string(env, value, &string) == napi_ok) return toString(env, string, "").substr(0, maxTextLength);
  napi_value ignored;
  napi_get_and_clear_last_exception(env, &ignored);
  return "?";
}

}  // namespace

std::string describeArgument(napi_env env, napi_value value, const Parameter& parameter) {
  const std::string name = parameter.name + ": ";
  if (isAbsent(env, value)) return name + "-";
  if (parameter.kind == ArgumentKind::Tensor) return name + describeTensor(env, value);
  if (parameter.kind == ArgumentKind::TensorList) return name + describeTensors(env, value);
  return name + describeValue(env, value);
}

}  // namespace bridge
