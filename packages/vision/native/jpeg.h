// Baseline and progressive JPEG files by libjpeg-turbo, only the rows and columns that are asked for.
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

// False where the bytes are no JPEG file that is decoded here: none at all, in inks, or with a colour profile.
bool jpegSize(const uint8_t* bytes, size_t length, Size& size);

// A file that nobody is to decode, by the reason.
struct Refused : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Decodes a part into `pixels`. False where the file is damaged as far as it had to be read, or its end is missing.
// What stands below the last row of the part is not read, save in a progressive file.
bool decodeJpeg(const uint8_t* bytes, size_t length, const Box& part, std::vector<uint8_t>& buffer, Pixels& pixels);

}  // namespace image
