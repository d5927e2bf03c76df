// Colours of RGB bytes, changed in place, and the numbers that a network sees.
#pragma once
#include <cstddef>
#include <cstdint>

namespace image {

// Towards black (factor 0), and beyond the image (above 1); the others towards the grey of its mean, and towards its own
// grey. Values are rounded to the nearest, halves to the even one.
void brightness(uint8_t* data, size_t length, double factor);
void contrast(uint8_t* data, size_t length, double factor);
void saturation(uint8_t* data, size_t length, double factor);
// Every colour turned by a part of the circle, up to half of it either way, in HSV.
void hue(uint8_t* data, size_t length, double turn);

// Writes three planes, each `plane` floats after the other with rows `row` floats apart: `table` has the 256 numbers of
// each channel.
void normalize(const uint8_t* data, int width, int height, bool mirrored, const float* table, float* out, size_t plane,
               size_t row);

}  // namespace image
