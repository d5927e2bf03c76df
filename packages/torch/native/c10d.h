// Hides the differences between versions of libtorch's c10d. Up to 1.13 a process group is a backend. Since 2.0 it
// passes each call to the backend of the tensors' device.
#pragma once

#include <torch/version.h>

#define TORCH_AT_LEAST(major, minor) \
  (TORCH_VERSION_MAJOR > (major) || (TORCH_VERSION_MAJOR == (major) && TORCH_VERSION_MINOR >= (minor)))

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

#include <chrono>
#include <string>
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

}  // namespace bridge::c10d_versions
