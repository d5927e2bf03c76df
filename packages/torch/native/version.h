// TORCH_AT_LEAST(2, 4) in #if: whether this libtorch is 2.4 or newer. c10d.h has most differences between versions.
#pragma once

#include <torch/version.h>

#define TORCH_AT_LEAST(major, minor) \
  (TORCH_VERSION_MAJOR > (major) || (TORCH_VERSION_MAJOR == (major) && TORCH_VERSION_MINOR >= (minor)))
