// Differentiation: gradient mode, leaves and their gradients, backward passes.
#include <c10/core/GradMode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/variable.h>

#include "bridge.h"

namespace bridge {
namespace {

at::Tensor tensorAt(napi_env env, napi_value value) {
  return TensorTable::current().get(toInt32Clamped(env, value, "tensor"));
}

std::vector<at::Tensor> tensorList(napi_env env, napi_value value, const char* what) {
  bool isArray = false;
  napi_is_array(env, value, &isArray);
  if (!isArray) throw ArgumentError(std::string(what) + ": expected an array of tensors");
  uint32_t length = 0;
  napi_get_array_length(env, value, &length);
  std::vector<at::Tensor> tensors;
  for (uint32_t i = 0; i < length; i++) {
    napi_value element;
    check(env, napi_get_element(env, value, i, &element), what);
    tensors.push_back(isAbsent(env, element) ? at::Tensor() : tensorAt(env, element));
  }
  return tensors;
}

bool toBool(napi_env env, napi_value value, const char* what) {
  bool result = false;
  if (napi_get_value_bool(env, value, &result) != napi_ok) {
    throw ArgumentError(std::string(what) + ": expected true or false");
  }
  return result;
}

// (enabled) -> the previous mode
napi_value setGradEnabled(napi_env env, napi_callback_info info) {
  return guarded(env, "setGradEnabled", [&] {
    Arguments<1> arguments(env, info);
    const bool before = c10::GradMode::is_enabled();
    c10::GradMode::set_enabled(toBool(env, arguments[0], "enabled"));
    return fromBool(env, before);
  });
}

napi_value requiresGrad(napi_env env, napi_callback_info info) {
  return guarded(env, "requiresGrad", [&] {
    Arguments<1> arguments(env, info);
    return fromBool(env, tensorAt(env, arguments[0]).requires_grad());
  });
}

napi_value setRequiresGrad(napi_env env, napi_callback_info info) {
  return guarded(env, "requiresGrad", [&] {
    Arguments<2> arguments(env, info);
    const at::Tensor tensor = tensorAt(env, arguments[0]);
    const bool wanted = toBool(env, arguments[1], "value");
    TORCH_CHECK(tensor.is_leaf() || wanted, "only a leaf can stop requiring a gradient: use detach()");
    tensor.set_requires_grad(wanted);
    return undefined(env);
  });
}

napi_value getGrad(napi_env env, napi_callback_info info) {
  return guarded(env, "grad", [&] {
    Arguments<1> arguments(env, info);
    const at::Tensor tensor = tensorAt(env, arguments[0]);
    const at::Tensor gradient = tensor.is_leaf() || tensor.retains_grad() ? tensor.grad() : at::Tensor();
    return fromNumber(env, TensorTable::current().put(gradient));
  });
}

napi_value setGrad(napi_env env, napi_callback_info info) {
  return guarded(env, "grad", [&] {
    Arguments<2> arguments(env, info);
    const at::Tensor tensor = tensorAt(env, arguments[0]);
    if (isAbsent(env, arguments[1])) {
      tensor.mutable_grad().reset();
      return undefined(env);
    }
    const at::Tensor gradient = tensorAt(env, arguments[1]);
    TORCH_CHECK(gradient.sizes() == tensor.sizes() && gradient.scalar_type() == tensor.scalar_type() &&
                    gradient.device() == tensor.device(),
                "a gradient of ", describe(gradient), " does not match ", describe(tensor));
    tensor.mutable_grad() = gradient;
    return undefined(env);
  });
}

// (outputs, gradients or undefined, retain graph, create graph)
napi_value backward(napi_env env, napi_callback_info info) {
  return guarded(env, "backward", [&] {
    Arguments<4> arguments(env, info);
    const auto outputs = tensorList(env, arguments[0], "outputs");
    const auto gradients =
        isAbsent(env, arguments[1]) ? std::vector<at::Tensor>() : tensorList(env, arguments[1], "gradients");
    torch::autograd::backward(outputs, gradients, toBool(env, arguments[2], "retainGraph"),
                              toBool(env, arguments[3], "createGraph"));
    return undefined(env);
  });
}

// (outputs, inputs, gradients or undefined, retain graph, create graph) -> handles; 0 for inputs that are not used
napi_value gradOf(napi_env env, napi_callback_info info) {
  return guarded(env, "grad", [&] {
    Arguments<5> arguments(env, info);
    const auto outputs = tensorList(env, arguments[0], "outputs");
    const auto inputs = tensorList(env, arguments[1], "inputs");
    const auto gradients =
        isAbsent(env, arguments[2]) ? std::vector<at::Tensor>() : tensorList(env, arguments[2], "gradients");
    const auto result = torch::autograd::grad(outputs, inputs, gradients, toBool(env, arguments[3], "retainGraph"),
                                              toBool(env, arguments[4], "createGraph"), /*allow_unused=*/true);
    napi_value handles;
    napi_create_array_with_length(env, result.size(), &handles);
    for (size_t i = 0; i < result.size(); i++) {
      napi_set_element(env, handles, i, fromNumber(env, TensorTable::current().put(result[i])));
    }
    return handles;
  });
}

}  // namespace

void exportAutograd(napi_env env, napi_value exports) {
  exportFunction(env, exports, "setGradEnabled", setGradEnabled);
  exportFunction(env, exports, "requiresGrad", requiresGrad);
  exportFunction(env, exports, "setRequiresGrad", setRequiresGrad);
  exportFunction(env, exports, "getGrad", getGrad);
  exportFunction(env, exports, "setGrad", setGrad);
  exportFunction(env, exports, "backward", backward);
  exportFunction(env, exports, "gradOf", gradOf);
}

}  // namespace bridge
