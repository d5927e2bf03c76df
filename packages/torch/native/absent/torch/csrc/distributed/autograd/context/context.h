// Stands in where a libtorch is packaged without this header, which its c10d/reducer.hpp includes: just the names that
// the latter needs to lay out its members. They are of training over RPC, which nothing here takes part in.
#pragma once

#include <ATen/core/Tensor.h>

#include <functional>
#include <memory>

namespace torch::distributed::autograd {

class DistAutogradContext {
 public:
  using GradCallback = std::function<bool(at::Tensor&)>;
};

using ContextPtr = std::shared_ptr<DistAutogradContext>;

}  // namespace torch::distributed::autograd
