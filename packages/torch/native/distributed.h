// The process group that JavaScript holds, for those who communicate through it.
#pragma once

#include "c10d.h"

namespace bridge {

using Group = c10::intrusive_ptr<c10d::ProcessGroup>;

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

// See synchronised_batch_norm.cpp.
at::Tensor synchronisedBatchNorm(const Group& group, const at::Tensor& x, const at::Tensor& weight,
                                 const at::Tensor& bias, at::Tensor runningMean, at::Tensor runningVar,
                                 double momentum, double eps);

}  // namespace bridge
