#include "resample.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "resample_loops.h"

namespace image {
namespace {

double weightAt(Kernel kernel, double x) {
  x = std::fabs(x);
  if (kernel == Kernel::bilinear) return x < 1 ? 1 - x : 0;
  constexpr double a = -0.5;  // Keys' cubic
  if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
  if (x < 2) return (((x - 5) * x + 8) * x - 4) * a;
  return 0;
}

struct Scale {
  double step, stretch, support;
  Scale(int in, int out, Kernel kernel)
      : step(double(in) / out),
        stretch(std::max(step, 1.0)),  // shrinking widens the kernel
        support((kernel == Kernel::bilinear ? 1.0 : 2.0) * stretch) {}
  int begin(int position) const { return std::max(0, int((position + 0.5) * step - support + 0.5)); }
  int end(int position, int in) const { return std::min(in, int((position + 0.5) * step + support + 0.5)); }
};

void tapsOf(Taps& taps, int in, int out, int first, int count, Kernel kernel) {
  const Scale scale(in, out, kernel);
  taps.stride = int(std::ceil(scale.support)) * 2 + 2;  // even, because they are processed in pairs
  taps.first.resize(count);
  taps.count.resize(count);
  taps.weights.assign(size_t(count) * taps.stride, 0);  // unused weights are 0
  std::vector<double> exact(taps.stride);
  for (int i = 0; i < count; i++) {
    const double middle = (first + i + 0.5) * scale.step;
    const int begin = scale.begin(first + i);
    const int n = scale.end(first + i, in) - begin;
    double sum = 0;
    for (int k = 0; k < n; k++) {
      exact[k] = weightAt(kernel, (begin + k - middle + 0.5) * (1 / scale.stretch));
      sum += exact[k];
    }
    for (int k = 0; k < n; k++) {
      const double weight = (sum != 0 ? exact[k] / sum : exact[k]) * (1 << weightBits);
      taps.weights[size_t(i) * taps.stride + k] = int32_t(weight < 0 ? weight - 0.5 : weight + 0.5);
    }
    taps.first[i] = begin;
    taps.count[i] = n;
  }
}

}  // namespace

Span spanOf(int in, int out, int first, int count, Kernel kernel) {
  const Scale scale(in, out, kernel);
  const int begin = scale.begin(first);
  return {begin, scale.end(first + count - 1, in) - begin};
}

void resample(Pixels source, const Geometry& g, uint8_t* out) {
  static thread_local Taps across, down;
  static thread_local std::vector<uint8_t> between;
  const Box& window = g.window;
  tapsOf(across, g.width, g.outWidth, window.left, window.width, g.kernel);
  tapsOf(down, g.height, g.outHeight, window.top, window.height, g.kernel);
  const Span columns = spanOf(g.width, g.outWidth, window.left, window.width, g.kernel);
  const Span rows = spanOf(g.height, g.outHeight, window.top, window.height, g.kernel);
  const size_t stride = size_t(window.width) * 3;
  between.resize(stride * rows.count + padding);
  acrossRows(source.data, source.stride, rows.count, across, columns.first, g.mirrored, between.data());
  for (int y = 0; y < window.height; y++) {
    downRows(&between[(down.first[y] - rows.first) * stride], stride, down, y, out + y * stride);
  }
}

}  // namespace image
