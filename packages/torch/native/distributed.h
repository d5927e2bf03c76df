// The process group that JavaScript holds, for those who communicate through it.
#pragma once

#include "c10d.h"

namespace bridge {

using Group = c10::intrusive_ptr<c10d::ProcessGroup>;

// The sum over all ranks, in place.
inline void allReduceSum(const Group& group, at::Tensor tensor) {
  std::vector<at::Tensor> tensors{std::move(tensor)};
  group->allreduce(tensors)->wait();
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
