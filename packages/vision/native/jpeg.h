// Decodes baseline and progressive JPEG files with libjpeg-turbo, and only the requested rows and columns.
#pragma once
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <vector>

#include "resample.h"

namespace image {

struct Size {
  int width, height;
};

// Returns false if the bytes are not a JPEG file that is decoded here. CMYK and color profiles are left to libvips.
bool jpegSize(const uint8_t* bytes, size_t length, Size& size);

// Thrown if libvips must not decode the file either.
struct Refused : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Decodes a part of an image into `pixels`. Returns false if the data that was read is damaged. Rows below the part are
// read only in progressive files.
bool decodeJpeg(const uint8_t* bytes, size_t length, const Box& part, std::vector<uint8_t>& buffer, Pixels& pixels);

}  // namespace image
