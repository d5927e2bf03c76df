// The two passes of resampling. They compute weighted sums of bytes in 32-bit integers, so results are equal on all
// machines.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace image {

constexpr int weightBits = 22;  // bits of the fraction; with a byte and a sign they fit into 32 bits

// Input range of each output position, and its weights in fixed point.
struct Taps {
  int stride = 0;  // number of weights per position, which is even; unused ones are 0
  std::vector<int> first, count;
  std::vector<int32_t> weights;  // [positions, stride]
  const int32_t* of(int position) const { return &weights[size_t(position) * stride]; }
};

// Computes the positions of `taps` for each row of RGB bytes, whose first column is `origin`. May access up to
// `padding` bytes after the last pixel of `rows` and of `out`.
void acrossRows(const uint8_t* rows, size_t stride, int count, const Taps& taps, int origin, bool mirrored,
                uint8_t* out);

// Computes the row at one position of `taps`. `rows` is the first input row that it needs.
void downRows(const uint8_t* rows, size_t stride, const Taps& taps, int position, uint8_t* out);

}  // namespace image
