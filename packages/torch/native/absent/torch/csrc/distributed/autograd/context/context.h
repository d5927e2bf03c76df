// Replaces a header that some packages of libtorch lack, although their c10d/reducer.hpp includes it. Declares only the
// names that reducer.hpp needs for its members. They are used for training over RPC, which this addon does not do.
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
