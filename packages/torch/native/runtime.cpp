// Runtime information and settings: library version, build, threads, devices, memory, seed of the default generator.
#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <torch/version.h>

#include "allocator.h"
#include "bridge.h"

namespace bridge {
namespace {

napi_value info(napi_env env, napi_callback_info) {
  return guarded(env, "info", [&] {
    napi_value result;
    napi_create_object(env, &result);
    napi_set_named_property(env, result, "version", fromString(env, TORCH_VERSION));
    napi_set_named_property(env, result, "config", fromString(env, at::show_config()));
    napi_set_named_property(env, result, "threads", fromNumber(env, at::get_num_threads()));
    napi_set_named_property(env, result, "cudaDevices",
                            fromNumber(env, at::hasCUDA() ? static_cast<double>(at::getNumGPUs()) : 0));
    return result;
  });
}

napi_value setNumThreads(napi_env env, napi_callback_info callback) {
  return guarded(env, "setNumThreads", [&] {
    Arguments<1> arguments(env, callback);
    const int32_t threads = toInt32Clamped(env, arguments[0], "threads");
    if (threads < 1 || threads > 4096) throw ArgumentError("threads: expected an integer from 1 to 4096");
    at::set_num_threads(threads);
    return undefined(env);
  });
}

napi_value getNumThreads(napi_env env, napi_callback_info) { return fromNumber(env, at::get_num_threads()); }

napi_value manualSeed(napi_env env, napi_callback_info callback) {
  return guarded(env, "manualSeed", [&] {
    Arguments<1> arguments(env, callback);
    at::manual_seed(static_cast<uint64_t>(toInt64(env, arguments[0], "seed")));
    return undefined(env);
  });
}

napi_value memory(napi_env env, napi_callback_info) {
  napi_value result;
  napi_create_object(env, &result);
  napi_set_named_property(env, result, "inUse", fromNumber(env, static_cast<double>(allocator::bytesInUse())));
  napi_set_named_property(env, result, "cached", fromNumber(env, static_cast<double>(allocator::bytesCached())));
  napi_set_named_property(env, result, "peak", fromNumber(env, static_cast<double>(allocator::peakBytes())));
  return result;
}

napi_value resetPeakMemory(napi_env env, napi_callback_info) {
  allocator::resetPeak();
  return undefined(env);
}

// Reports the memory of tensors to V8, so that its garbage collector takes it into account.
napi_value reportMemory(napi_env env, napi_callback_info) {
  static thread_local int64_t reported = 0;
  constexpr int64_t step = 16 << 20;
  const int64_t used = allocator::bytesInUse();
  if (used - reported >= step || reported - used >= step) {
    int64_t adjusted;
    napi_adjust_external_memory(env, used - reported, &adjusted);
    reported = used;
  }
  return undefined(env);
}

napi_value trimMemory(napi_env env, napi_callback_info) {
  allocator::trim();
  return undefined(env);
}

}  // namespace

void exportRuntime(napi_env env, napi_value exports) {
  exportFunction(env, exports, "info", info);
  exportFunction(env, exports, "setNumThreads", setNumThreads);
  exportFunction(env, exports, "getNumThreads", getNumThreads);
  exportFunction(env, exports, "manualSeed", manualSeed);
  exportFunction(env, exports, "memory", memory);
  exportFunction(env, exports, "resetPeakMemory", resetPeakMemory);
  exportFunction(env, exports, "reportMemory", reportMemory);
  exportFunction(env, exports, "trimMemory", trimMemory);
}

}  // namespace bridge
