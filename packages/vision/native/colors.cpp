#include "colors.h"

#include <algorithm>
#include <cmath>

#include "clones.h"

namespace image {
namespace {

// Computes the ITU-R 601 luma.
inline double gray(const uint8_t* pixel) { return 0.299 * pixel[0] + 0.587 * pixel[1] + 0.114 * pixel[2]; }

inline uint8_t rounded(double value) { return uint8_t(std::nearbyint(std::min(255.0, std::max(0.0, value)))); }

// Returns x modulo 6 for x from 0 to 12. Negative numbers do not change.
inline double folded(double x) { return x >= 6 ? x - 6 : x; }

void toward(uint8_t* data, size_t length, double plain, double factor) {
  if (factor == 1) return;
  uint8_t table[256];
  for (int value = 0; value < 256; value++) table[value] = rounded(plain * (1 - factor) + value * factor);
  for (size_t i = 0; i < length; i++) data[i] = table[data[i]];
}

}  // namespace

void brightness(uint8_t* data, size_t length, double factor) { toward(data, length, 0, factor); }

void contrast(uint8_t* data, size_t length, double factor) {
  double sum = 0;
  for (size_t i = 0; i < length; i += 3) sum += gray(data + i);
  toward(data, length, std::floor(sum * 3 / double(length) + 0.5), factor);
}

CLONES void saturation(uint8_t* data, size_t length, double factor) {
  if (factor == 1) return;
  const double rest = 1 - factor;
  double scaled[256];
  for (int value = 0; value < 256; value++) scaled[value] = value * factor;
  // Adding and subtracting this number rounds to the nearest integer, halves to even.
  constexpr double rounding = 6755399441055744.0;
  for (size_t i = 0; i < length; i += 3) {
    const double plain = gray(data + i) * rest;
    for (size_t c = i; c < i + 3; c++) {
      const double value = std::min(255.0, std::max(0.0, plain + scaled[data[c]]));
      data[c] = uint8_t(int((value + rounding) - rounding));
    }
  }
}

CLONES void hue(uint8_t* data, size_t length, double turn) {
  if (turn == 0) return;
  for (size_t i = 0; i < length; i += 3) {
    const double r = data[i], g = data[i + 1], b = data[i + 2];
    const double value = std::max(r, std::max(g, b));
    const double range = value - std::min(r, std::min(g, b));
    if (range == 0) continue;
    const double sixth = value == r ? (g - b) / range : value == g ? 2 + (b - r) / range : 4 + (r - g) / range;
    const double turned = folded(folded(sixth + 6 * turn) + 6);
    constexpr double shifts[] = {5, 3, 1};
    for (int c = 0; c < 3; c++) {
      const double k = folded(shifts[c] + turned);
      data[i + c] = rounded(value - range * std::max(0.0, std::min(k, std::min(4 - k, 1.0))));
    }
  }
}

void normalize(const uint8_t* data, int width, int height, bool mirrored, const float* table, float* out, size_t plane,
               size_t row) {
  for (int y = 0; y < height; y++) {
    const uint8_t* from = data + size_t(y) * width * 3;
    float* to = out + y * row;
    for (int c = 0; c < 3; c++, to += plane) {
      const float* values = table + 256 * c;
      if (mirrored) {
        for (int x = 0; x < width; x++) to[width - 1 - x] = values[from[3 * x + c]];
      } else {
        for (int x = 0; x < width; x++) to[x] = values[from[3 * x + c]];
      }
    }
  }
}

}  // namespace image
