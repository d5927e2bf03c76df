// Baseline and progressive JPEG files by libjpeg-turbo, only the rows and columns that are asked for.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "resample.h"

namespace image {

struct Size {
  int width, height;
};

// False where the bytes are no JPEG file that is decoded here: none at all, in inks, or with a colour profile.
bool jpegSize(const uint8_t* bytes, size_t length, Size& size);

// Decodes a part into `pixels`. False where the file is damaged in any way, or its end is missing.
bool decodeJpeg(const uint8_t* bytes, size_t length, const Box& part, std::vector<uint8_t>& buffer, Pixels& pixels);

}  // namespace image
