#include "bridge.h"

#include <c10/util/Exception.h>

#include <cmath>
#include <new>
#include <sstream>
#include <utility>

#include "allocator.h"

namespace bridge {

TensorTable& TensorTable::current() {
  // Cleared but never destroyed, because libtorch's own statics may already be gone when the process exits.
  static thread_local TensorTable* table = new TensorTable;
  return *table;
}

int32_t TensorTable::put(at::Tensor tensor) {
  if (!tensor.defined()) return 0;
  if (free_.empty()) {
    slots_.push_back(std::move(tensor));
    return static_cast<int32_t>(slots_.size() - 1);
  }
  const int32_t handle = free_.back();
  free_.pop_back();
  slots_[handle] = std::move(tensor);
  return handle;
}

const at::Tensor& TensorTable::get(int32_t handle) const {
  if (handle <= 0 || static_cast<size_t>(handle) >= slots_.size() || !slots_[handle].defined()) {
    throw ArgumentError("the tensor was released, or the value is not a tensor");
  }
  return slots_[handle];
}

void TensorTable::release(int32_t handle) {
  if (handle <= 0 || static_cast<size_t>(handle) >= slots_.size() || !slots_[handle].defined()) return;
  slots_[handle].reset();
  free_.push_back(handle);
}

void TensorTable::clear() {
  const std::vector<at::Tensor> tensors = std::exchange(slots_, std::vector<at::Tensor>(1));
  free_.clear();
}

void check(napi_env env, napi_status status, const char* what) {
  if (status == napi_ok) return;
  const napi_extended_error_info* info = nullptr;
  napi_get_last_error_info(env, &info);
  throw ArgumentError(std::string(what) + (info && info->error_message ? std::string(": ") + info->error_message : ""));
}

int32_t toInt32Clamped(napi_env env, napi_value value, const char* what) {
  return static_cast<int32_t>(std::max<int64_t>(INT32_MIN, std::min<int64_t>(INT32_MAX, toInt64(env, value, what))));
}

int64_t toInt64(napi_env env, napi_value value, const char* what) {
  double number;
  if (napi_get_value_double(env, value, &number) == napi_ok) {
    if (std::trunc(number) != number || std::fabs(number) > kMaxSafeInteger) {
      std::ostringstream message;
      message << what << ": expected an integer, got " << number;
      throw ArgumentError(message.str());
    }
    return static_cast<int64_t>(number);
  }
  int64_t big;
  bool lossless = false;
  if (napi_get_value_bigint_int64(env, value, &big, &lossless) == napi_ok && lossless) return big;
  throw ArgumentError(std::string(what) + ": expected an integer");
}

std::string toString(napi_env env, napi_value value, const char* what) {
  size_t length = 0;
  if (napi_get_value_string_utf8(env, value, nullptr, 0, &length) != napi_ok) {
    throw ArgumentError(std::string(what) + ": expected a string");
  }
  std::string text(length, '\0');
  napi_get_value_string_utf8(env, value, text.data(), length + 1, &length);
  return text;
}

bool isAbsent(napi_env env, napi_value value) {
  napi_valuetype type = napi_undefined;
  napi_typeof(env, value, &type);
  return type == napi_undefined || type == napi_null;
}

napi_value fromNumber(napi_env env, double value) {
  napi_value result;
  napi_create_double(env, value, &result);
  return result;
}

napi_value fromBool(napi_env env, bool value) {
  napi_value result;
  napi_get_boolean(env, value, &result);
  return result;
}

napi_value fromString(napi_env env, const std::string& value) {
  napi_value result;
  napi_create_string_utf8(env, value.data(), value.size(), &result);
  return result;
}

napi_value undefined(napi_env env) {
  napi_value result;
  napi_get_undefined(env, &result);
  return result;
}

std::string describe(const at::Tensor& tensor) {
  std::ostringstream text;
  text << dtypeName(tensor.scalar_type()) << '[';
  const auto sizes = tensor.sizes();
  for (size_t i = 0; i < sizes.size(); i++) text << (i ? ", " : "") << sizes[i];
  text << ']';
  if (!tensor.is_cpu()) text << '@' << tensor.device();
  return text.str();
}

namespace {
const std::pair<at::ScalarType, const char*> dtypes[] = {
    {at::kFloat, "float32"}, {at::kDouble, "float64"}, {at::kHalf, "float16"}, {at::kBFloat16, "bfloat16"},
    {at::kChar, "int8"},     {at::kShort, "int16"},    {at::kInt, "int32"},    {at::kLong, "int64"},
    {at::kByte, "uint8"},    {at::kBool, "bool"},
};
}

const char* dtypeName(at::ScalarType type) {
  for (const auto& [candidate, name] : dtypes) {
    if (candidate == type) return name;
  }
  return "unsupported";
}

at::ScalarType dtypeFromName(const std::string& name) {
  for (const auto& [type, candidate] : dtypes) {
    if (name == candidate) return type;
  }
  throw ArgumentError("unknown dtype '" + name +
                      "': expected one of float32, float64, float16, bfloat16, int8, int16, int32, int64, uint8, bool");
}

napi_value rethrow(napi_env env, const std::string& context) {
  bool pending = false;
  napi_is_exception_pending(env, &pending);
  if (pending) return nullptr;
  std::string message;
  try {
    throw;
  } catch (const c10::Error& error) {
    message = error.what_without_backtrace();
    // libtorch appends "Exception raised from ..." and a backtrace to some messages.
    const auto trace = message.find("\nException raised from");
    if (trace != std::string::npos) message.resize(trace);
  } catch (const std::bad_alloc&) {
    message = "out of memory";
  } catch (const std::exception& error) {
    message = error.what();
  } catch (...) {
    message = "unknown native error";
  }
  napi_throw_error(env, "ERR_TORCH", (context + ": " + message).c_str());
  return nullptr;
}

void exportFunction(napi_env env, napi_value exports, const char* name, napi_callback callback) {
  napi_value function;
  napi_create_function(env, name, NAPI_AUTO_LENGTH, callback, nullptr, &function);
  napi_set_named_property(env, exports, name, function);
}

}  // namespace bridge

NAPI_MODULE_INIT() {
  allocator::install();
  bridge::exportDispatch(env, exports);
  bridge::exportTensor(env, exports);
  bridge::exportAutograd(env, exports);
  bridge::exportAutocast(env, exports);
  bridge::exportRuntime(env, exports);
  bridge::exportDistributed(env, exports);
  // Releases the tensors of a thread that ends. JavaScript's memory, which some of them use, and libtorch's statics
  // still exist at this time.
  napi_add_env_cleanup_hook(env, [](void*) { bridge::TensorTable::current().clear(); }, env);
  return exports;
}
