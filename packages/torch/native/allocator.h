#pragma once

#include <cstdint>

namespace allocator {

// Makes the caching allocator libtorch's CPU allocator. glibc would return freed tensors to the kernel and fault every
// page in again at the next step. Keeping the blocks saves up to half of a training step's time.
void install();

// Bytes in tensors now, and bytes cached for reuse.
int64_t bytesInUse();
int64_t bytesCached();

// Peak of the bytes in tensors since the start or the last reset.
int64_t peakBytes();
void resetPeak();

// Returns all cached blocks to the operating system.
void trim();

}  // namespace allocator
