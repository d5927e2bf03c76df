// Color changes of RGB bytes in place, and normalization.
#pragma once
#include <cstddef>
#include <cstdint>

namespace image {

// Blend the image (factor 1) with black, with its mean gray, or with the gray of each pixel (factor 0). Factors above 1
// extrapolate. Values are rounded to the nearest integer, halves to even.
void brightness(uint8_t* data, size_t length, double factor);
void contrast(uint8_t* data, size_t length, double factor);
void saturation(uint8_t* data, size_t length, double factor);
// Rotates the hue in HSV by a fraction of the circle, -0.5 to 0.5.
void hue(uint8_t* data, size_t length, double turn);

// Writes three planes that are `plane` floats apart, with rows that are `row` floats apart. `table` maps the 256 byte
// values of each channel, [3, 256].
void normalize(const uint8_t* data, int width, int height, bool mirrored, const float* table, float* out, size_t plane,
               size_t row);

}  // namespace image
