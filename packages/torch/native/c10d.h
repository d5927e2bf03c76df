// Hides the differences between versions of libtorch's c10d. Up to 1.13 a process group is a backend. Since 2.0 it
// passes each call to the backend of the tensors' device.
#pragma once

#include "version.h"

#include <c10/util/Logging.h>

#define USE_C10D_GLOO
#if SUPERNET_NCCL
#define USE_C10D_NCCL
#include <torch/csrc/distributed/c10d/ProcessGroupNCCL.hpp>
#endif
#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/ProcessGroup.hpp>
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>
#include <torch/csrc/distributed/c10d/reducer.hpp>

#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <type_traits>
#include <unordered_map>
#include <vector>

namespace bridge::c10d_versions {

using Milliseconds = std::chrono::milliseconds;

// Suppresses this thread's warnings while it exists.
class WithoutWarnings {
  struct Silent : c10::WarningHandler {
#if TORCH_AT_LEAST(2, 0)
    void process(const c10::Warning&) override {}
#else
    void process(const c10::SourceLocation&, const std::string&, const bool) override {}
#endif
  };
  Silent silent_;
#if TORCH_AT_LEAST(2, 0)
  c10::WarningUtils::WarningHandlerGuard guard_{&silent_};
#else
  c10::Warning::WarningHandlerGuard guard_{&silent_};
#endif
};

// Reads TORCH_CPP_LOG_LEVEL, which libtorch's own log ignores until this call: c10d would log each lost connection.
// A libtorch that logs through glog needs no call: glog reads its own variables.
inline void readLogLevel() {
#ifndef C10_USE_GLOG
  c10::initLogging();
#endif
}

inline c10d::TCPStoreOptions storeOptions() {
  c10d::TCPStoreOptions options;
#if TORCH_AT_LEAST(2, 4)
  // The default is true since 2.4, but fails in Debian's libtorch, which is built without libuv.
  options.useLibUV = false;
#endif
  return options;
}

#if TORCH_AT_LEAST(2, 0)
inline c10::intrusive_ptr<c10d::ProcessGroup> wrap(const c10::intrusive_ptr<c10d::Store>& store, int rank, int size,
                                                   c10::DeviceType device, c10d::ProcessGroup::BackendType type,
                                                   const c10::intrusive_ptr<c10d::Backend>& backend,
                                                   [[maybe_unused]] Milliseconds timeout) {
#if TORCH_AT_LEAST(2, 6)
  auto group = c10::make_intrusive<c10d::ProcessGroup>(store, rank, size);
  group->setDefaultBackend(type);
#else
  auto group = c10::make_intrusive<c10d::ProcessGroup>(
      store, rank, size, c10::make_intrusive<c10d::ProcessGroup::Options>(backend->getBackendName(), timeout));
#endif
  group->setBackend(device, type, backend);
  return group;
}
#endif

// @param address address that the other ranks use to reach this host
inline c10::intrusive_ptr<c10d::ProcessGroup> openGloo(const c10::intrusive_ptr<c10d::Store>& store, int rank,
                                                       int size, const std::string& address, Milliseconds timeout) {
  auto options = c10d::ProcessGroupGloo::Options::create(timeout);
  options->devices.push_back(c10d::ProcessGroupGloo::createDeviceForHostname(address));
  auto gloo = c10::make_intrusive<c10d::ProcessGroupGloo>(store, rank, size, options);
#if TORCH_AT_LEAST(2, 0)
  return wrap(store, rank, size, c10::DeviceType::CPU, c10d::ProcessGroup::BackendType::GLOO, gloo, timeout);
#else
  return gloo;
#endif
}

#if SUPERNET_NCCL
inline c10::intrusive_ptr<c10d::ProcessGroup> openNccl(const c10::intrusive_ptr<c10d::Store>& store, int rank,
                                                       int size, Milliseconds timeout) {
  auto options = c10d::ProcessGroupNCCL::Options::create();
  options->timeout = timeout;
  auto nccl = c10::make_intrusive<c10d::ProcessGroupNCCL>(store, rank, size, options);
#if TORCH_AT_LEAST(2, 0)
  return wrap(store, rank, size, c10::DeviceType::CUDA, c10d::ProcessGroup::BackendType::NCCL, nccl, timeout);
#else
  return nccl;
#endif
}
#endif

// A template, so that only the constructor that this version has is compiled. Newer versions take no limits of the
// buckets, but settings without defaults. The list of caps is for buckets that are rebuilt, which finding unused
// parameters rules out.
template <typename Reducer = c10d::Reducer>
std::shared_ptr<Reducer> openReducer(const std::vector<at::Tensor>& parameters,
                                     const c10::intrusive_ptr<c10d::ProcessGroup>& group) {
  using Names = std::unordered_map<size_t, std::string>;
  auto [buckets, limits] = c10d::compute_bucket_assignment_by_size(
      parameters, {c10d::kDefaultFirstBucketBytes, c10d::kDefaultBucketBytesCap});
  // In reverse order, because gradients become ready from the last layer to the first.
  std::reverse(buckets.begin(), buckets.end());
  std::reverse(limits.begin(), limits.end());
  const std::vector<bool> sparse(parameters.size(), false);
  constexpr bool findUnused = true;
  constexpr bool gradientAsBucketView = false;
  const int64_t first = c10d::kDefaultFirstBucketBytes;
  const int64_t cap = c10d::kDefaultBucketBytesCap;
  if constexpr (std::is_constructible_v<Reducer, decltype(parameters), decltype(buckets), decltype(limits),
                                        decltype(group), decltype(sparse), int64_t, bool, bool, Names, int64_t>) {
    return std::make_shared<Reducer>(parameters, buckets, limits, group, sparse, cap, findUnused,
                                     gradientAsBucketView, Names(), first);
  } else {
    return std::make_shared<Reducer>(parameters, buckets, group, sparse, cap, findUnused, gradientAsBucketView,
                                     Names(), first, /*skip_all_reduce_unused_params=*/false,
                                     /*use_python_reducer=*/false, /*bucket_bytes_cap_list=*/std::vector<int64_t>());
  }
}

}  // namespace bridge::c10d_versions
