// Separable resampling of RGB bytes as Pillow does it, to the last grey level.
#pragma once
#include <cstddef>
#include <cstdint>

namespace image {

// RGB bytes, row by row; rows are `stride` bytes apart.
struct Pixels {
  const uint8_t* data;
  size_t stride;
};

struct Box {
  int left, top, width, height;
};

enum class Kernel { bilinear, bicubic };

// What of the region is read to make columns (or rows) first .. first + count of `out` made of `in`.
struct Span {
  int first, count;
};
Span spanOf(int in, int out, int first, int count, Kernel kernel);

// A region of width x height at another size, of which `window` is written to `out`, [window.height, window.width, 3].
// `source` points to what `spanOf` says is read: its first column and row are those of the two spans. As many bytes as
// `padding` must be readable past the last pixel that is.
constexpr size_t padding = 16;
struct Geometry {
  int width, height;
  int outWidth, outHeight;
  Box window;
  Kernel kernel;
  bool mirrored;  // the window, left to right
};
void resample(Pixels source, const Geometry& geometry, uint8_t* out);

}  // namespace image
