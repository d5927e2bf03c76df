// The two passes of resampling: weighted sums of bytes in 32-bit whole numbers, so that every machine has the same.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace image {

constexpr int weightBits = 22;  // of the fraction: with a byte and a sign they fit 32 bits

// Where each position takes its values from, and their weights in fixed point.
struct Taps {
  int most = 0;  // weights kept for each position, an even number; those that it does not have are 0
  std::vector<int> first, count;
  std::vector<int32_t> weights;  // [positions, most]
  const int32_t* of(int position) const { return &weights[size_t(position) * most]; }
};

// Makes `taps`' positions of each row of RGB bytes, of which the first column is `origin`. Up to `padding` bytes past the
// last pixel that is read, and past the end of `out`, are touched.
void acrossRows(const uint8_t* rows, size_t stride, int count, const Taps& taps, int origin, bool mirrored,
                uint8_t* out);

// Makes one position of columns of bytes: `rows` is the first row that it takes.
void downRows(const uint8_t* rows, size_t stride, const Taps& taps, int position, uint8_t* out);

}  // namespace image
