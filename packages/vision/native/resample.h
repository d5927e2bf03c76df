// Separable resampling of RGB bytes with the same result as Pillow, byte for byte.
#pragma once
#include <cstddef>
#include <cstdint>

namespace image {

// RGB bytes, row by row. Rows are `stride` bytes apart.
struct Pixels {
  const uint8_t* data;
  size_t stride;
};

struct Box {
  int left, top, width, height;
};

enum class Kernel { bilinear, bicubic };

struct Span {
  int first, count;
};
// Returns the input columns (or rows) that output columns first .. first + count are computed from, if `in` columns are
// resized to `out`.
Span spanOf(int in, int out, int first, int count, Kernel kernel);

// Resizes a region of width x height pixels to outWidth x outHeight, and writes the `window` of the result to `out`,
// [window.height, window.width, 3]. `source` starts at the first column and row that `spanOf` returns. `padding` bytes
// after its last pixel must be readable.
constexpr size_t padding = 16;
struct Geometry {
  int width, height;
  int outWidth, outHeight;
  Box window;
  Kernel kernel;
  bool mirrored;  // whether the window is flipped horizontally
};
void resample(Pixels source, const Geometry& geometry, uint8_t* out);

}  // namespace image
