// Checks of arguments that libtorch's kernels do not check: these would end the process or never return.
#pragma once

#include <ATen/core/stack.h>

#include <string>

namespace bridge {

// Checks the arguments of a call, in the order of the schema. Throws an ArgumentError.
using Guard = void (*)(const torch::jit::Stack& arguments);

// Returns the check of an operator such as "aten::floor_divide"; null if it needs none.
Guard guardOf(const std::string& name);

}  // namespace bridge
