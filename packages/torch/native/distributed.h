// Stores, process groups and reducers that JavaScript holds, and communication through a group.
#pragma once

#include <future>
#include <memory>

#include "bridge.h"
#include "c10d.h"

namespace bridge {

using c10d_versions::Milliseconds;
using StorePtr = c10::intrusive_ptr<c10d::Store>;
using Group = c10::intrusive_ptr<c10d::ProcessGroup>;

// Object behind a JavaScript handle. Only `close` releases it, never the garbage collector or the end of the process,
// because a group's destructor waits for pending communication, possibly with a rank that is gone.
struct Held {
  StorePtr store;
  uint16_t port = 0;
  Group group;
  std::shared_future<Group> opening;  // the group, once all ranks are connected
  std::shared_ptr<c10d::Reducer> reducer;
  std::vector<at::Tensor> parameters;  // of the reducer
};

napi_value hold(napi_env env, Held held);
Held& heldBy(napi_env env, napi_value value);

// Throws ArgumentError if the store was closed.
StorePtr storeOf(napi_env env, napi_value value);

Milliseconds toMilliseconds(napi_env env, napi_value value);

void exportStore(napi_env env, napi_value exports);

// Lets a communication write to a tensor. c10d needs contiguous memory, but a weight may have another order or be a
// view.
template <typename Communicate>
void inPlace(const at::Tensor& tensor, Communicate communicate) {
  std::vector<at::Tensor> dense{tensor.detach().contiguous()};
  communicate(dense);
  if (!dense[0].is_alias_of(tensor)) tensor.detach().copy_(dense[0]);
}

// Replaces a tensor with the sum over all ranks.
inline void allReduceSum(const Group& group, const at::Tensor& tensor) {
  inPlace(tensor, [&](auto& dense) { group->allreduce(dense)->wait(); });
}

// Returns the tensors of all ranks, which have the same shape, in the order of ranks.
inline std::vector<at::Tensor> allGather(const Group& group, at::Tensor tensor) {
  std::vector<std::vector<at::Tensor>> outputs(1);
  for (int i = 0; i < group->getSize(); i++) outputs[0].push_back(at::empty_like(tensor));
  std::vector<at::Tensor> inputs{std::move(tensor)};
  group->allgather(outputs, inputs)->wait();
  return outputs[0];
}

// See synchronized_batch_norm.cpp.
at::Tensor synchronizedBatchNorm(const Group& group, const at::Tensor& x, const at::Tensor& weight,
                                 const at::Tensor& bias, at::Tensor runningMean, at::Tensor runningVar,
                                 double momentum, double eps);

}  // namespace bridge
