#include "resample.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

#include "clones.h"

namespace image {
namespace {

constexpr int bits = 22;  // of the fraction of a weight: with a byte and a sign it fits 32 bits

double weightAt(Kernel kernel, double x) {
  x = std::fabs(x);
  if (kernel == Kernel::bilinear) return x < 1 ? 1 - x : 0;
  constexpr double a = -0.5;  // Keys' cubic
  if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
  if (x < 2) return (((x - 5) * x + 8) * x - 4) * a;
  return 0;
}

// Where each output position takes its values from, and their weights in fixed point.
struct Taps {
  int most = 0;  // weights a position has at the most
  std::vector<int> first, count;
  std::vector<int32_t> weights;  // [positions, most]
};

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
  taps.most = int(std::ceil(scale.support)) * 2 + 1;
  taps.first.resize(count);
  taps.count.resize(count);
  taps.weights.assign(size_t(count) * taps.most, 0);
  std::vector<double> exact(taps.most);
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
      const double weight = (sum != 0 ? exact[k] / sum : exact[k]) * (1 << bits);
      taps.weights[size_t(i) * taps.most + k] = int32_t(weight < 0 ? weight - 0.5 : weight + 0.5);
    }
    taps.first[i] = begin;
    taps.count[i] = n;
  }
}

inline uint8_t byteOf(int32_t sum) { return uint8_t(std::clamp(sum >> bits, 0, 255)); }

typedef uint8_t Byte4 __attribute__((vector_size(4)));
typedef int32_t Int4 __attribute__((vector_size(16)));

CLONES void acrossRow(const uint8_t* row, const Taps& taps, int origin, int count, bool mirrored, uint8_t* out) {
  for (int i = 0; i < count; i++) {
    const uint8_t* at = row + 3 * (taps.first[i] - origin);
    const int32_t* weights = &taps.weights[size_t(i) * taps.most];
    Int4 sum = {1 << (bits - 1), 1 << (bits - 1), 1 << (bits - 1), 0};
    for (int k = 0; k < taps.count[i]; k++) {
      Byte4 pixel;  // and the next one's red
      std::memcpy(&pixel, at + 3 * k, 4);
      sum += __builtin_convertvector(pixel, Int4) * weights[k];
    }
    uint8_t* to = out + 3 * (mirrored ? count - 1 - i : i);
    to[0] = byteOf(sum[0]);
    to[1] = byteOf(sum[1]);
    to[2] = byteOf(sum[2]);
  }
}

CLONES void downRows(const uint8_t* rows, size_t stride, const int32_t* weights, int count, int32_t* sum, uint8_t* out) {
  const int n = int(stride);
  for (int i = 0; i < n; i++) sum[i] = 1 << (bits - 1);
  for (int k = 0; k < count; k++) {
    const uint8_t* row = rows + k * stride;
    const int32_t weight = weights[k];
    for (int i = 0; i < n; i++) sum[i] += row[i] * weight;
  }
  for (int i = 0; i < n; i++) out[i] = byteOf(sum[i]);
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
  static thread_local std::vector<int32_t> sums;
  const Box& window = g.window;
  tapsOf(across, g.width, g.outWidth, window.left, window.width, g.kernel);
  tapsOf(down, g.height, g.outHeight, window.top, window.height, g.kernel);
  const Span columns = spanOf(g.width, g.outWidth, window.left, window.width, g.kernel);
  const Span rows = spanOf(g.height, g.outHeight, window.top, window.height, g.kernel);
  const size_t stride = size_t(window.width) * 3;
  between.resize(stride * rows.count);
  sums.resize(stride);
  for (int y = 0; y < rows.count; y++) {
    acrossRow(source.data + y * source.stride, across, columns.first, window.width, g.mirrored, &between[y * stride]);
  }
  for (int y = 0; y < window.height; y++) {
    downRows(&between[(down.first[y] - rows.first) * stride], stride, &down.weights[size_t(y) * down.most],
             down.count[y], sums.data(), out + y * stride);
  }
}

}  // namespace image
