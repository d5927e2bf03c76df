// Calls any operator of libtorch's dispatcher with its boxed convention: each JavaScript argument is converted
// by the operator's own schema, what is absent gets the schema's default, results are converted back.
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/ivalue.h>
#include <ATen/core/jit_type.h>

#include <array>
#include <cmath>
#include <memory>
#include <sstream>
#include <unordered_map>

#include "bridge.h"

namespace bridge {
namespace {

constexpr size_t maxArguments = 32;

enum class Kind : uint8_t {
  Tensor, TensorList, OptionalTensorList, Int, Float, Scalar, Bool, String, Dtype, Layout, Device, MemoryFormat,
  IntList, FloatList, BoolList, ScalarList, Generator, Unsupported,
};

struct Parameter {
  std::string name;
  Kind kind;
  bool optional;
  bool divisor;          // kernels divide by it, or by its square: zero, or an overflow to zero, would raise SIGFPE
  int32_t expand;        // a number given for int[N] stands for N equal numbers; 0 where N is open
  c10::optional<c10::IValue> fallback;
};

struct Operator {
  c10::OperatorHandle handle;
  std::string name;
  std::vector<Parameter> parameters;
  bool inPlace;  // the result is an argument that JavaScript already holds
};

Kind kindOf(const c10::TypePtr& type) {
  switch (type->kind()) {
    case c10::TypeKind::TensorType: return Kind::Tensor;
    case c10::TypeKind::IntType:
    case c10::TypeKind::SymIntType: return Kind::Int;
    case c10::TypeKind::FloatType: return Kind::Float;
    case c10::TypeKind::NumberType: return Kind::Scalar;
    case c10::TypeKind::BoolType: return Kind::Bool;
    case c10::TypeKind::StringType: return Kind::String;
    case c10::TypeKind::ScalarTypeType: return Kind::Dtype;
    case c10::TypeKind::LayoutType: return Kind::Layout;
    case c10::TypeKind::DeviceObjType: return Kind::Device;
    case c10::TypeKind::MemoryFormatType: return Kind::MemoryFormat;
    case c10::TypeKind::GeneratorType: return Kind::Generator;
    case c10::TypeKind::ListType: {
      const auto element = type->expectRef<c10::ListType>().getElementType();
      if (element->kind() == c10::TypeKind::OptionalType) return Kind::OptionalTensorList;
      switch (kindOf(element)) {
        case Kind::Tensor: return Kind::TensorList;
        case Kind::Int: return Kind::IntList;
        case Kind::Float: return Kind::FloatList;
        case Kind::Bool: return Kind::BoolList;
        case Kind::Scalar: return Kind::ScalarList;
        default: return Kind::Unsupported;
      }
    }
    default: return Kind::Unsupported;
  }
}

const char* kindName(Kind kind) {
  static const char* const names[] = {
      "Tensor", "Tensor[]", "Tensor?[]", "int", "float", "Scalar", "bool", "string", "dtype", "layout", "device",
      "memoryFormat", "int[]", "float[]", "bool[]", "Scalar[]", "Generator", "unsupported"};
  return names[static_cast<int>(kind)];
}

bool dividesBy(const std::string& name) {
  return name == "stride" || name == "dilation" || name == "groups" || name == "kernel_size" ||
         name == "num_groups" || name == "upscale_factor" || name == "downscale_factor";
}

Parameter parameterOf(const c10::Argument& argument) {
  c10::TypePtr type = argument.real_type();
  bool optional = false;
  if (type->kind() == c10::TypeKind::OptionalType) {
    optional = true;
    type = type->expectRef<c10::OptionalType>().getElementType();
  }
  return {argument.name(), kindOf(type), optional, dividesBy(argument.name()), argument.N().value_or(0),
          argument.default_value()};
}

[[noreturn]] void expected(const Parameter& parameter, const char* what) {
  throw ArgumentError("argument '" + parameter.name + "': expected " + what);
}

int64_t checked(int64_t integer, const Parameter& parameter) {
  constexpr int64_t most = 2147483647;
  if (parameter.divisor && (integer <= 0 || integer > most)) expected(parameter, "a number from 1 to 2147483647");
  return integer;
}

int64_t intFrom(napi_env env, napi_value value, const Parameter& parameter) {
  double number;
  if (napi_get_value_double(env, value, &number) == napi_ok) {
    const auto integer = static_cast<int64_t>(number);
    if (static_cast<double>(integer) != number || std::fabs(number) > 9007199254740992.0) {
      expected(parameter, "a whole number");
    }
    return checked(integer, parameter);
  }
  int64_t big;
  bool lossless = false;
  if (napi_get_value_bigint_int64(env, value, &big, &lossless) != napi_ok || !lossless) {
    bool truth;
    if (napi_get_value_bool(env, value, &truth) == napi_ok) return truth;
    expected(parameter, "a whole number");
  }
  return checked(big, parameter);
}

double floatFrom(napi_env env, napi_value value, const Parameter& parameter) {
  double number;
  if (napi_get_value_double(env, value, &number) != napi_ok) expected(parameter, "a number");
  return number;
}

bool boolFrom(napi_env env, napi_value value, const Parameter& parameter) {
  bool truth;
  if (napi_get_value_bool(env, value, &truth) != napi_ok) expected(parameter, "true or false");
  return truth;
}

// A JavaScript number that is whole becomes an integer scalar, so that integer tensors stay integer.
at::Scalar scalarFrom(napi_env env, napi_value value, const Parameter& parameter) {
  double number;
  if (napi_get_value_double(env, value, &number) == napi_ok) {
    const auto integer = static_cast<int64_t>(number);
    if (std::fabs(number) <= 9007199254740992.0 && static_cast<double>(integer) == number) return integer;
    return number;
  }
  bool truth;
  if (napi_get_value_bool(env, value, &truth) == napi_ok) return truth;
  int64_t big;
  bool lossless;
  if (napi_get_value_bigint_int64(env, value, &big, &lossless) == napi_ok && lossless) return big;
  expected(parameter, "a number");
}

const at::Tensor& tensorFrom(napi_env env, napi_value value, const Parameter& parameter) {
  int32_t handle;
  if (napi_get_value_int32(env, value, &handle) != napi_ok) expected(parameter, "a Tensor");
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
  if (!isArray) expected(parameter, what);
  uint32_t length = 0;
  napi_get_array_length(env, value, &length);
  for (uint32_t i = 0; i < length; i++) {
    napi_value element;
    if (napi_get_element(env, value, i, &element) != napi_ok) expected(parameter, what);
    each(element);
  }
}

bool isNumber(napi_env env, napi_value value) {
  napi_valuetype type;
  napi_typeof(env, value, &type);
  return type == napi_number || type == napi_bigint;
}

// Some kernels read N numbers of an int[N] without looking how many there are. An open list has N = 0, and int[1]
// is the schema's way to say that a single number will do for a list of any length.
void checkLength(const c10::List<int64_t>& list, const Parameter& parameter) {
  const auto length = static_cast<int32_t>(list.size());
  if (parameter.expand < 2 || length == parameter.expand || length == 1) return;
  if (parameter.fallback && parameter.fallback->isIntList() && parameter.fallback->toIntVector() == list.vec()) return;
  expected(parameter, ("an array of " + std::to_string(parameter.expand) + " whole numbers").c_str());
}

c10::IValue convert(napi_env env, napi_value value, const Parameter& parameter) {
  switch (parameter.kind) {
    case Kind::Tensor: return tensorFrom(env, value, parameter);
    case Kind::TensorList: {
      c10::List<at::Tensor> list;
      forEach(env, value, parameter, "an array of Tensors",
              [&](napi_value element) { list.push_back(tensorFrom(env, element, parameter)); });
      return list;
    }
    case Kind::OptionalTensorList: {
      c10::List<c10::optional<at::Tensor>> list;
      forEach(env, value, parameter, "an array of Tensors or undefined", [&](napi_value element) {
        c10::optional<at::Tensor> tensor;
        if (!isAbsent(env, element)) tensor = tensorFrom(env, element, parameter);
        list.push_back(std::move(tensor));
      });
      return list;
    }
    case Kind::Int: return intFrom(env, value, parameter);
    case Kind::Float: return floatFrom(env, value, parameter);
    case Kind::Scalar: return scalarFrom(env, value, parameter);
    case Kind::Bool: return boolFrom(env, value, parameter);
    case Kind::String: return toString(env, value, parameter.name.c_str());
    case Kind::Dtype: return static_cast<int64_t>(dtypeFromName(toString(env, value, parameter.name.c_str())));
    case Kind::Device: return c10::Device(toString(env, value, parameter.name.c_str()));
    case Kind::MemoryFormat: {
      const std::string name = toString(env, value, parameter.name.c_str());
      if (name == "contiguous") return static_cast<int64_t>(at::MemoryFormat::Contiguous);
      if (name == "channelsLast") return static_cast<int64_t>(at::MemoryFormat::ChannelsLast);
      if (name == "preserve") return static_cast<int64_t>(at::MemoryFormat::Preserve);
      expected(parameter, "'contiguous', 'channelsLast' or 'preserve'");
    }
    case Kind::IntList: {
      if (isNumber(env, value)) {
        const size_t count = std::max(1, parameter.expand);
        return std::vector<int64_t>(count, intFrom(env, value, parameter));
      }
      c10::List<int64_t> list;
      list.reserve(4);  // a size, a stride, a permutation: seldom more, so one allocation does
      forEach(env, value, parameter, "an array of whole numbers",
              [&](napi_value element) { list.push_back(intFrom(env, element, parameter)); });
      checkLength(list, parameter);
      return list;
    }
    case Kind::FloatList: {
      std::vector<double> list;
      forEach(env, value, parameter, "an array of numbers",
              [&](napi_value element) { list.push_back(floatFrom(env, element, parameter)); });
      return list;
    }
    case Kind::BoolList: {
      c10::List<bool> list;
      forEach(env, value, parameter, "an array of booleans",
              [&](napi_value element) { list.push_back(boolFrom(env, element, parameter)); });
      return list;
    }
    case Kind::ScalarList: {
      c10::List<at::Scalar> list;
      forEach(env, value, parameter, "an array of numbers",
              [&](napi_value element) { list.push_back(scalarFrom(env, element, parameter)); });
      return list;
    }
    default: break;
  }
  throw ArgumentError("argument '" + parameter.name + "' cannot be given from JavaScript (" +
                      kindName(parameter.kind) + ")");
}

napi_value toJs(napi_env env, const c10::IValue& value) {
  if (value.isTensor()) return fromNumber(env, TensorTable::current().put(value.toTensor()));
  if (value.isInt()) return fromNumber(env, static_cast<double>(value.toInt()));
  if (value.isDouble()) return fromNumber(env, value.toDouble());
  if (value.isBool()) {
    napi_value result;
    napi_get_boolean(env, value.toBool(), &result);
    return result;
  }
  if (value.isString()) return fromString(env, value.toStringRef());
  if (value.isNone()) return undefined(env);
  if (value.isScalar()) return fromNumber(env, value.toScalar().toDouble());
  if (value.isList()) {
    const auto list = value.toListRef();
    napi_value result;
    napi_create_array_with_length(env, list.size(), &result);
    for (size_t i = 0; i < list.size(); i++) napi_set_element(env, result, i, toJs(env, list[i]));
    return result;
  }
  throw ArgumentError("a result of kind " + value.tagKind() + " has no JavaScript form");
}

std::string describeCall(napi_env env, const Operator& op, const napi_value* values, size_t count) {
  std::ostringstream text;
  text << op.name << '(';
  for (size_t i = 0; i < std::min(count, op.parameters.size()); i++) {
    if (i) text << ", ";
    const Parameter& parameter = op.parameters[i];
    text << parameter.name << ": ";
    int32_t handle;
    if (isAbsent(env, values[i])) {
      text << "-";
    } else if (parameter.kind == Kind::Tensor) {
      try {
        if (napi_get_value_int32(env, values[i], &handle) != napi_ok) throw ArgumentError("");
        text << describe(TensorTable::current().get(handle));
      } catch (const ArgumentError&) {
        text << "not a live tensor";
      }
    } else if (parameter.kind == Kind::TensorList) {
      text << '[';
      bool isArray = false;
      uint32_t length = 0;
      napi_is_array(env, values[i], &isArray);
      if (isArray) napi_get_array_length(env, values[i], &length);
      for (uint32_t k = 0; k < std::min<uint32_t>(length, 8); k++) {
        napi_value element;
        try {
          if (napi_get_element(env, values[i], k, &element) != napi_ok) break;
          if (napi_get_value_int32(env, element, &handle) != napi_ok) break;
          text << (k ? ", " : "") << describe(TensorTable::current().get(handle));
        } catch (const ArgumentError&) {
          text << (k ? ", " : "") << "not a live tensor";
        }
      }
      text << (length > 8 ? ", ...]" : "]");
    } else {
      napi_value string;
      if (napi_coerce_to_string(env, values[i], &string) == napi_ok) {
        text << toString(env, string, "").substr(0, 80);
      } else {
        napi_value ignored;
        napi_get_and_clear_last_exception(env, &ignored);
        text << '?';
      }
    }
  }
  text << ')';
  return text.str();
}

napi_value invoke(napi_env env, napi_callback_info info) {
  size_t count = maxArguments;
  napi_value values[maxArguments];
  void* data = nullptr;
  napi_get_cb_info(env, info, &count, values, nullptr, &data);
  const Operator& op = *static_cast<const Operator*>(data);
  const size_t given = std::min(count, maxArguments);
  // The stack is taken from a pool of one, so that a call allocates nothing; a nested call makes its own.
  static thread_local torch::jit::Stack pooled;
  torch::jit::Stack stack;
  stack.swap(pooled);
  stack.clear();
  try {
    if (count > op.parameters.size()) {
      throw ArgumentError("takes " + std::to_string(op.parameters.size()) + " arguments, got " + std::to_string(count));
    }
    for (size_t i = 0; i < op.parameters.size(); i++) {
      const Parameter& parameter = op.parameters[i];
      if (i < given && !isAbsent(env, values[i])) {
        stack.push_back(convert(env, values[i], parameter));
      } else if (parameter.fallback.has_value()) {
        stack.push_back(*parameter.fallback);
      } else if (parameter.optional) {
        stack.emplace_back();
      } else {
        throw ArgumentError("argument '" + parameter.name + "' is missing: expected " + kindName(parameter.kind));
      }
    }
    op.handle.callBoxed(&stack);
    napi_value result = nullptr;
    if (op.inPlace) {
      // nothing to convert
    } else if (stack.size() == 1) {
      result = toJs(env, stack[0]);
    } else {
      napi_create_array_with_length(env, stack.size(), &result);
      for (size_t i = 0; i < stack.size(); i++) napi_set_element(env, result, i, toJs(env, stack[i]));
    }
    stack.clear();
    stack.swap(pooled);
    return result;
  } catch (...) {
    return rethrow(env, describeCall(env, op, values, given));
  }
}

// (name, overload, in place) -> a function that takes the schema's arguments in order; undefined stands for the default.
napi_value operatorFunction(napi_env env, napi_callback_info info) {
  return guarded(env, "operator", [&] {
    Arguments<3> arguments(env, info);
    bool inPlace = false;
    napi_get_value_bool(env, arguments[2], &inPlace);
    const std::string name = toString(env, arguments[0], "name");
    const std::string overload = toString(env, arguments[1], "overload");
    static thread_local auto* cache = new std::unordered_map<std::string, std::unique_ptr<Operator>>;
    auto& op = (*cache)[name + "." + overload + (inPlace ? "!" : "")];
    if (!op) {
      const auto handle = c10::Dispatcher::singleton().findSchema({name, overload});
      if (!handle) throw ArgumentError("this libtorch has no operator " + name + (overload.empty() ? "" : "." + overload));
      std::vector<Parameter> parameters;
      for (const auto& argument : handle->schema().arguments()) parameters.push_back(parameterOf(argument));
      if (parameters.size() > maxArguments) throw ArgumentError(name + " takes too many arguments");
      op.reset(new Operator{*handle, name, std::move(parameters), inPlace});
    }
    napi_value function;
    check(env, napi_create_function(env, name.c_str(), name.size(), invoke, op.get(), &function), "operator");
    return function;
  });
}

// Every operator's schema as data, for the generator of the typed surface:
// [{name, overload, parameters: [{name, kind, optional, keywordOnly, hasDefault, written}], results: [kind]}]
napi_value schemas(napi_env env, napi_callback_info) {
  return guarded(env, "schemas", [&] {
    napi_value list;
    napi_create_array(env, &list);
    uint32_t index = 0;
    const auto boolean = [&](bool value) {
      napi_value result;
      napi_get_boolean(env, value, &result);
      return result;
    };
    for (const auto& name : c10::Dispatcher::singleton().getAllOpNames()) {
      const auto handle = c10::Dispatcher::singleton().findSchema(name);
      if (!handle) continue;
      napi_value entry, parameters, results;
      napi_create_object(env, &entry);
      napi_create_array(env, &parameters);
      napi_create_array(env, &results);
      uint32_t place = 0;
      for (const auto& argument : handle->schema().arguments()) {
        const Parameter parameter = parameterOf(argument);
        napi_value object;
        napi_create_object(env, &object);
        napi_set_named_property(env, object, "name", fromString(env, parameter.name));
        napi_set_named_property(env, object, "kind", fromString(env, kindName(parameter.kind)));
        napi_set_named_property(env, object, "optional", boolean(parameter.optional));
        napi_set_named_property(env, object, "keywordOnly", boolean(argument.kwarg_only()));
        napi_set_named_property(env, object, "hasDefault", boolean(parameter.fallback.has_value()));
        napi_set_named_property(env, object, "expand", fromNumber(env, parameter.expand));
        napi_set_named_property(env, object, "written",
                                boolean(argument.alias_info() != nullptr && argument.alias_info()->isWrite()));
        napi_set_element(env, parameters, place++, object);
      }
      place = 0;
      for (const auto& result : handle->schema().returns()) {
        napi_set_element(env, results, place++, fromString(env, kindName(kindOf(result.real_type()))));
      }
      napi_set_named_property(env, entry, "name", fromString(env, name.name));
      napi_set_named_property(env, entry, "overload", fromString(env, name.overload_name));
      napi_set_named_property(env, entry, "parameters", parameters);
      napi_set_named_property(env, entry, "results", results);
      napi_set_element(env, list, index++, entry);
    }
    return list;
  });
}

}  // namespace

void exportDispatch(napi_env env, napi_value exports) {
  exportFunction(env, exports, "operator", operatorFunction);
  exportFunction(env, exports, "schemas", schemas);
}

}  // namespace bridge
