// Shared declarations of the addon: the table of tensors that JavaScript holds, conversions, and error handling.
#pragma once

#include <ATen/ATen.h>
#include <node_api.h>

#include <stdexcept>
#include <string>
#include <vector>

namespace bridge {

// Note [Tensor handles]
// JavaScript refers to a tensor by a handle, which is the tensor's index in this table. Unlike externals with
// finalizers, integers are cheap to create and to collect. 0 means no tensor. There is one table per thread, because
// each Node worker runs its own instance of the addon.
class TensorTable {
 public:
  int32_t put(at::Tensor tensor);
  const at::Tensor& get(int32_t handle) const;
  void release(int32_t handle);
  void clear();
  size_t live() const { return slots_.size() - 1 - free_.size(); }
  static TensorTable& current();

 private:
  std::vector<at::Tensor> slots_{1};
  std::vector<int32_t> free_;
};

// Error in a value that JavaScript passed. Converted to a JavaScript Error with the same message.
struct ArgumentError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Throws ArgumentError if a Node-API call failed for a reason other than a pending exception.
void check(napi_env env, napi_status status, const char* what);

// Limit of integers that a JavaScript number represents exactly, 2^53.
constexpr double kMaxSafeInteger = 9007199254740992.0;

// Converts an integer to the nearest int32.
int32_t toInt32Clamped(napi_env env, napi_value value, const char* what);
int64_t toInt64(napi_env env, napi_value value, const char* what);
std::string toString(napi_env env, napi_value value, const char* what);
bool isAbsent(napi_env env, napi_value value);
napi_value fromNumber(napi_env env, double value);
napi_value fromBool(napi_env env, bool value);
napi_value fromString(napi_env env, const std::string& value);
napi_value undefined(napi_env env);

// Formats a tensor for error messages, such as "float32[2, 3]".
std::string describe(const at::Tensor& tensor);

const char* dtypeName(at::ScalarType type);
at::ScalarType dtypeFromName(const std::string& name);

// Converts the current C++ exception to a JavaScript error, prefixed with `context`: an operator and its arguments.
napi_value rethrow(napi_env env, const std::string& context);

// Runs a native function's body and converts exceptions to JavaScript errors.
template <typename Body>
napi_value guarded(napi_env env, const char* name, Body body) {
  try {
    return body();
  } catch (...) {
    return rethrow(env, name);
  }
}

// Arguments of a call. Missing ones are undefined.
template <size_t N>
struct Arguments {
  napi_value at[N];
  void* data = nullptr;
  size_t count = N;
  Arguments(napi_env env, napi_callback_info info) {
    napi_get_cb_info(env, info, &count, at, nullptr, &data);
  }
  napi_value operator[](size_t i) const { return at[i]; }
};

void exportFunction(napi_env env, napi_value exports, const char* name, napi_callback callback);

void exportDispatch(napi_env env, napi_value exports);
void exportTensor(napi_env env, napi_value exports);
void exportAutograd(napi_env env, napi_value exports);
void exportAutocast(napi_env env, napi_value exports);
void exportRuntime(napi_env env, napi_value exports);
void exportDistributed(napi_env env, napi_value exports);

}  // namespace bridge
