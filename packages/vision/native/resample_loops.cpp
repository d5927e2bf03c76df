#include "resample_loops.h"

#include <algorithm>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace image {
namespace {

constexpr int32_t half = 1 << (weightBits - 1);

inline uint8_t byteOf(int32_t sum) { return uint8_t(std::clamp(sum >> weightBits, 0, 255)); }

void acrossRow(const uint8_t* row, const Taps& taps, int origin, bool mirrored, uint8_t* out) {
  const int count = int(taps.first.size());
  for (int i = 0; i < count; i++) {
    const uint8_t* from = row + 3 * (taps.first[i] - origin);
    const int32_t* weights = taps.of(i);
    int32_t sum[3] = {half, half, half};
    for (int k = 0; k < taps.count[i]; k++, from += 3) {
      for (int c = 0; c < 3; c++) sum[c] += from[c] * weights[k];
    }
    uint8_t* to = out + 3 * (mirrored ? count - 1 - i : i);
    for (int c = 0; c < 3; c++) to[c] = byteOf(sum[c]);
  }
}

void downFrom(size_t i, const uint8_t* rows, size_t stride, const int32_t* weights, int count, uint8_t* out) {
  for (; i < stride; i++) {
    int32_t sum = half;
    for (int k = 0; k < count; k++) sum += rows[k * stride + i] * weights[k];
    out[i] = byteOf(sum);
  }
}

#if defined(__x86_64__)
#define AVX2 __attribute__((target("avx2")))

const bool wide = __builtin_cpu_supports("avx2");

// A weight is high * 2^lowBits + low. Both fit into 16 bits, so sums of two products are exact.
constexpr int lowBits = 11;

AVX2 inline __m256i highPair(const int32_t* weights) {
  return _mm256_set1_epi32(int(uint32_t(weights[1] >> lowBits) << 16) | ((weights[0] >> lowBits) & 0xffff));
}
AVX2 inline __m256i lowPair(const int32_t* weights) {
  constexpr int32_t mask = (1 << lowBits) - 1;
  return _mm256_set1_epi32(((weights[1] & mask) << 16) | (weights[0] & mask));
}
AVX2 inline __m256i total(__m256i high, __m256i low) {
  const __m256i sum = _mm256_add_epi32(_mm256_slli_epi32(high, lowBits), low);
  return _mm256_srai_epi32(_mm256_add_epi32(sum, _mm256_set1_epi32(half)), weightBits);
}

// Processes two rows at once, two pixels of each at a time.
AVX2 void acrossTwoRows(const uint8_t* row, size_t stride, const Taps& taps, int origin, bool mirrored, uint8_t* out,
                        size_t outStride) {
  const __m256i channels = _mm256_broadcastsi128_si256(
      _mm_setr_epi8(0, -1, 3, -1, 1, -1, 4, -1, 2, -1, 5, -1, -1, -1, -1, -1));
  const int count = int(taps.first.size());
  for (int column = 0; column < count; column++) {
    const int i = mirrored ? count - 1 - column : column;
    const uint8_t* from = row + 3 * (taps.first[i] - origin);
    const int32_t* weights = taps.of(i);
    __m256i high = _mm256_setzero_si256(), low = high;
    for (int k = 0; k < taps.count[i]; k += 2) {
      const __m128i one = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(from + 3 * k));
      const __m128i other = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(from + stride + 3 * k));
      const __m256i pixels = _mm256_shuffle_epi8(_mm256_set_m128i(other, one), channels);
      high = _mm256_add_epi32(high, _mm256_madd_epi16(pixels, highPair(weights + k)));
      low = _mm256_add_epi32(low, _mm256_madd_epi16(pixels, lowPair(weights + k)));
    }
    const __m256i sum = total(high, low);
    const __m256i bytes = _mm256_packus_epi16(_mm256_packs_epi32(sum, sum), sum);
    const int32_t first = _mm256_extract_epi32(bytes, 0), second = _mm256_extract_epi32(bytes, 4);
    // The next pixel overwrites the fourth byte.
    const size_t length = column < count - 1 ? 4 : 3;
    std::memcpy(out + 3 * column, &first, length);
    std::memcpy(out + outStride + 3 * column, &second, length);
  }
}

// Processes columns in groups of 16, and returns the number of processed columns.
AVX2 size_t downSixteens(const uint8_t* rows, size_t stride, const int32_t* weights, int count, uint8_t* out) {
  size_t i = 0;
  for (; i + 16 <= stride; i += 16) {
    __m256i high[2] = {_mm256_setzero_si256(), _mm256_setzero_si256()}, low[2] = {high[0], high[0]};
    for (int k = 0; k < count; k += 2) {
      const uint8_t* from = rows + k * stride + i;
      const __m128i one = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
      // An odd last row is paired with itself, with weight 0.
      const __m128i other = _mm_loadu_si128(reinterpret_cast<const __m128i*>(k + 1 < count ? from + stride : from));
      const __m256i pairs[2] = {_mm256_cvtepu8_epi16(_mm_unpacklo_epi8(one, other)),
                                _mm256_cvtepu8_epi16(_mm_unpackhi_epi8(one, other))};
      const __m256i highs = highPair(weights + k), lows = lowPair(weights + k);
      for (int part = 0; part < 2; part++) {
        high[part] = _mm256_add_epi32(high[part], _mm256_madd_epi16(pairs[part], highs));
        low[part] = _mm256_add_epi32(low[part], _mm256_madd_epi16(pairs[part], lows));
      }
    }
    const __m256i words = _mm256_permute4x64_epi64(
        _mm256_packs_epi32(total(high[0], low[0]), total(high[1], low[1])), _MM_SHUFFLE(3, 1, 2, 0));
    const __m128i bytes = _mm_packus_epi16(_mm256_castsi256_si128(words), _mm256_extracti128_si256(words, 1));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(out + i), bytes);
  }
  return i;
}
#endif

}  // namespace

void acrossRows(const uint8_t* rows, size_t stride, int count, const Taps& taps, int origin, bool mirrored,
                uint8_t* out) {
  const size_t outStride = taps.first.size() * 3;
  int y = 0;
#if defined(__x86_64__)
  for (; wide && y + 2 <= count; y += 2) {
    acrossTwoRows(rows + y * stride, stride, taps, origin, mirrored, out + y * outStride, outStride);
  }
#endif
  for (; y < count; y++) acrossRow(rows + y * stride, taps, origin, mirrored, out + y * outStride);
}

void downRows(const uint8_t* rows, size_t stride, const Taps& taps, int position, uint8_t* out) {
  const int32_t* weights = taps.of(position);
  const int count = taps.count[position];
  size_t done = 0;
#if defined(__x86_64__)
  if (wide) done = downSixteens(rows, stride, weights, count, out);
#endif
  downFrom(done, rows, stride, weights, count, out);
}

}  // namespace image
