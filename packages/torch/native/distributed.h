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

// What a handle in JavaScript refers to. Only `close` releases it, never the garbage collector or the end of the process:
// a group's destructor waits for the communication in progress, possibly with a rank that is gone.
struct Held {
  StorePtr store;
  uint16_t port = 0;
  Group group;
  std::shared_future<Group> opening;  // the group, once all ranks are connected
  std::shared_ptr<c10d::Reducer> reducer;
  std::vector<at::Tensor> parameters;  // the reducer's
};

napi_value hold(napi_env env, Held held);
Held& heldBy(napi_env env, napi_value value);

// Throws ArgumentError if the store was closed.
StorePtr storeOf(napi_env env, napi_value value);

Milliseconds toMilliseconds(napi_env env, napi_value value);

void exportStore(napi_env env, napi_value exports);

// Has a tensor written by a communication. c10d wants the memory whole: weights may lie in another order, or be a part.
template <typename Communicate>
void inPlace(const at::Tensor& tensor, Communicate communicate) {
  std::vector<at::Tensor> dense{tensor.detach().contiguous()};
  communicate(dense);
  if (!dense[0].is_alias_of(tensor)) tensor.detach().copy_(dense[0]);
}

// The sum over all ranks, in place.
inline void allReduceSum(const Group& group, const at::Tensor& tensor) {
  inPlace(tensor, [&](auto& dense) { group->allreduce(dense)->wait(); });
}

// Every rank's tensor, all of one shape, in the order of ranks.
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
