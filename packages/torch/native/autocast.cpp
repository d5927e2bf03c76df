// Automatic mixed precision: switches the dispatcher's autocast keys for the calling thread.
#include <ATen/autocast_mode.h>

#include "bridge.h"
#include "version.h"

namespace bridge {
namespace {

// libtorch 2.4 replaced the functions per device with functions that take the device.
#define ONE_API_FOR_ALL_DEVICES TORCH_AT_LEAST(2, 4)

c10::optional<at::ScalarType> current(bool cuda) {
#if ONE_API_FOR_ALL_DEVICES
  const auto type = cuda ? at::kCUDA : at::kCPU;
  if (!at::autocast::is_autocast_enabled(type)) return c10::nullopt;
  return at::autocast::get_autocast_dtype(type);
#else
  if (!(cuda ? at::autocast::is_enabled() : at::autocast::is_cpu_enabled())) return c10::nullopt;
  return cuda ? at::autocast::get_autocast_gpu_dtype() : at::autocast::get_autocast_cpu_dtype();
#endif
}

void change(bool cuda, c10::optional<at::ScalarType> dtype) {
#if ONE_API_FOR_ALL_DEVICES
  const auto type = cuda ? at::kCUDA : at::kCPU;
  at::autocast::set_autocast_enabled(type, dtype.has_value());
  if (dtype) at::autocast::set_autocast_dtype(type, *dtype);
#else
  if (cuda) {
    at::autocast::set_enabled(dtype.has_value());
    if (dtype) at::autocast::set_autocast_gpu_dtype(*dtype);
  } else {
    at::autocast::set_cpu_enabled(dtype.has_value());
    if (dtype) at::autocast::set_autocast_cpu_dtype(*dtype);
  }
#endif
}

// (device, dtype or undefined for off) -> the previous dtype, or undefined
napi_value setAutocast(napi_env env, napi_callback_info info) {
  return guarded(env, "autocast", [&] {
    Arguments<2> arguments(env, info);
    const c10::Device device(toString(env, arguments[0], "device"));
    if (!device.is_cpu() && !device.is_cuda()) throw ArgumentError("device must be cpu or cuda");
    if (device.is_cuda() && !at::hasCUDA()) throw ArgumentError("no CUDA device is available");
    c10::optional<at::ScalarType> wanted;
    if (!isAbsent(env, arguments[1])) {
      wanted = dtypeFromName(toString(env, arguments[1], "dtype"));
      const bool valid = wanted == at::kBFloat16 || (wanted == at::kHalf && device.is_cuda());
      if (!valid) throw ArgumentError("dtype must be bfloat16, or float16 on CUDA");
    }
    const auto before = current(device.is_cuda());
    change(device.is_cuda(), wanted);
    // Cast weights are cached, but the optimizer may change the weights before the next switch.
    at::autocast::clear_cache();
    return before ? fromString(env, dtypeName(*before)) : undefined(env);
  });
}

}  // namespace

void exportAutocast(napi_env env, napi_value exports) { exportFunction(env, exports, "setAutocast", setAutocast); }

}  // namespace bridge
