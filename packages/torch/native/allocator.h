#pragma once

#include <cstdint>

namespace allocator {

// Makes the caching allocator libtorch's CPU allocator. glibc returns freed tensors to the kernel and faults
// every page in again at the next step; keeping the blocks is worth up to half of a training step.
void install();

// Bytes that tensors hold now, and bytes kept for reuse.
int64_t bytesInUse();
int64_t bytesCached();

// The most bytes that tensors held at once since the start, or since the last reset.
int64_t peakBytes();
void resetPeak();

// Gives every kept block back to the operating system.
void trim();

}  // namespace allocator
