// Calls any libtorch operator through the dispatcher's boxed calling convention. Arguments are converted according to
// the operator's schema, missing ones get the schema's defaults, and results are converted back.
#include <ATen/core/dispatch/Dispatcher.h>

#include <algorithm>
#include <memory>
#include <unordered_map>

#include "arguments.h"
#include "guards.h"

namespace bridge {
namespace {

constexpr size_t maxArguments = 32;

struct Operator {
  c10::OperatorHandle handle;
  std::string name;
  std::vector<Parameter> parameters;
  bool inPlace;  // the result is an argument that JavaScript already holds
  Guard guard;   // null if there is none
};

// "aten::add(self: float32[2, 3], other: 1)"
std::string describeCall(napi_env env, const Operator& op, const napi_value* values, size_t count) {
  std::string text = op.name + "(";
  for (size_t i = 0; i < std::min(count, op.parameters.size()); i++) {
    text += (i ? ", " : "") + describeArgument(env, values[i], op.parameters[i]);
  }
  return text + ")";
}

napi_value invoke(napi_env env, napi_callback_info info) {
  size_t count = maxArguments;
  napi_value values[maxArguments];
  void* data = nullptr;
  napi_get_cb_info(env, info, &count, values, nullptr, &data);
  const Operator& op = *static_cast<const Operator*>(data);
  const size_t given = std::min(count, maxArguments);
  // The stack is reused, so a call allocates nothing. A nested call creates its own.
  static thread_local torch::jit::Stack pooled;
  torch::jit::Stack stack;
  stack.swap(pooled);
  stack.clear();
  try {
    if (count > op.parameters.size()) {
      throw ArgumentError("expected at most " + std::to_string(op.parameters.size()) + " arguments, got " +
                          std::to_string(count));
    }
    for (size_t i = 0; i < op.parameters.size(); i++) {
      const Parameter& parameter = op.parameters[i];
      if (i < given && !isAbsent(env, values[i])) {
        stack.push_back(toIValue(env, values[i], parameter));
      } else if (parameter.defaultValue.has_value()) {
        stack.push_back(*parameter.defaultValue);
      } else if (parameter.optional) {
        stack.emplace_back();
      } else {
        throw ArgumentError("argument '" + parameter.name + "' is missing: expected " + kindName(parameter.kind));
      }
    }
    if (op.guard != nullptr) op.guard(stack);
    op.handle.callBoxed(&stack);
    napi_value result = nullptr;
    if (op.inPlace) {
      // nothing to convert
    } else if (stack.size() == 1) {
      result = toNapiValue(env, stack[0]);
    } else {
      napi_create_array_with_length(env, stack.size(), &result);
      for (size_t i = 0; i < stack.size(); i++) napi_set_element(env, result, i, toNapiValue(env, stack[i]));
    }
    stack.clear();
    stack.swap(pooled);
    return result;
  } catch (...) {
    return rethrow(env, describeCall(env, op, values, given));
  }
}

// (name, overload, in place) -> a function that accepts the schema's arguments in order; undefined means the default
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
      for (const auto& argument : handle->schema().arguments()) parameters.push_back(toParameter(argument));
      if (parameters.size() > maxArguments) throw ArgumentError(name + " has too many parameters");
      op.reset(new Operator{*handle, name, std::move(parameters), inPlace, guardOf(name)});
    }
    napi_value function;
    check(env, napi_create_function(env, name.c_str(), name.size(), invoke, op.get(), &function), "operator");
    return function;
  });
}

// () -> the schemas of all operators, for the generator of the TypeScript API: `Schema[]`, see native.ts
napi_value schemas(napi_env env, napi_callback_info) {
  return guarded(env, "schemas", [&] {
    napi_value list;
    napi_create_array(env, &list);
    uint32_t index = 0;
    for (const auto& name : c10::Dispatcher::singleton().getAllOpNames()) {
      const auto handle = c10::Dispatcher::singleton().findSchema(name);
      if (!handle) continue;
      napi_value entry, parameters, results;
      napi_create_object(env, &entry);
      napi_create_array(env, &parameters);
      napi_create_array(env, &results);
      uint32_t position = 0;
      for (const auto& argument : handle->schema().arguments()) {
        const Parameter parameter = toParameter(argument);
        napi_value object;
        napi_create_object(env, &object);
        napi_set_named_property(env, object, "name", fromString(env, parameter.name));
        napi_set_named_property(env, object, "kind", fromString(env, kindName(parameter.kind)));
        napi_set_named_property(env, object, "optional", fromBool(env, parameter.optional));
        napi_set_named_property(env, object, "keywordOnly", fromBool(env, argument.kwarg_only()));
        napi_set_named_property(env, object, "hasDefault", fromBool(env, parameter.defaultValue.has_value()));
        napi_set_named_property(env, object, "fixedLength", fromNumber(env, parameter.fixedLength));
        napi_set_named_property(env, object, "written",
                                fromBool(env, argument.alias_info() != nullptr && argument.alias_info()->isWrite()));
        napi_set_element(env, parameters, position++, object);
      }
      position = 0;
      for (const auto& result : handle->schema().returns()) {
        napi_set_element(env, results, position++, fromString(env, kindName(kindOf(result.real_type()))));
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
