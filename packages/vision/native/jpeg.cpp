#include "jpeg.h"

#ifndef WITH_JPEG

namespace image {
bool jpegSize(const uint8_t*, size_t, Size&) { return false; }
bool decodeJpeg(const uint8_t*, size_t, const Box&, std::vector<uint8_t>&, Pixels&) { return false; }
}  // namespace image

#else

#include <csetjmp>
#include <cstdio>
#include <cstring>
#include <string>

#include <jpeglib.h>

namespace image {
namespace {

constexpr size_t maxPixels = size_t{0x3fff} * 0x3fff;  // as in libvips
constexpr int maxScans = 100;                          // as in Skia; encoders write about ten
constexpr int margin = 8;                              // because upsampling of colors reads neighboring pixels

struct Decoder {
  jpeg_decompress_struct info;
  jpeg_error_mgr errors;
  jpeg_progress_mgr progress;
  std::jmp_buf failed;
};

// libjpeg's hooks. They print nothing. After any warning, decoding fails, and libvips decodes the file instead.
[[noreturn]] void fail(j_common_ptr info) { std::longjmp(static_cast<Decoder*>(info->client_data)->failed, 1); }
void refuse(j_common_ptr info, int level) {
  if (level < 0) fail(info);
}
void ignore(j_common_ptr) {}
// Every scan processes the entire image, even if the scan has only a few bytes.
bool hasTooManyScans(const jpeg_decompress_struct& info) { return info.input_scan_number > maxScans; }
void countScans(j_common_ptr info) {
  if (hasTooManyScans(*reinterpret_cast<j_decompress_ptr>(info))) fail(info);
}

bool isProfile(jpeg_saved_marker_ptr marker) {
  return marker->data_length >= 12 && std::memcmp(marker->data, "ICC_PROFILE", 12) == 0;
}

void begin(Decoder& decoder, const uint8_t* bytes, size_t length) {
  auto& info = decoder.info;
  jpeg_create_decompress(&info);
  info.progress = &decoder.progress;
  jpeg_mem_src(&info, bytes, length);
  jpeg_save_markers(&info, JPEG_APP0 + 2, 16);
  jpeg_read_header(&info, TRUE);
}

bool isPlain(const jpeg_decompress_struct& info) {
  const auto space = info.jpeg_color_space;
  if (space != JCS_YCbCr && space != JCS_GRAYSCALE && space != JCS_RGB) return false;
  if (info.data_precision != 8) return false;
  if (size_t(info.image_width) * info.image_height > maxPixels) return false;
  for (auto marker = info.marker_list; marker != nullptr; marker = marker->next) {
    if (isProfile(marker)) return false;
  }
  return true;
}

// libjpeg fills in the end of a truncated file. Without this check, a request for the rows before it would succeed.
bool hasEnd(const uint8_t* bytes, size_t length) {
  return length > 4 && bytes[length - 2] == 0xff && bytes[length - 1] == JPEG_EOI;
}

// longjmp skips destructors, so no object that has one may exist between setjmp and libjpeg's hooks.
void prepare(Decoder& decoder) {
  decoder.info.err = jpeg_std_error(&decoder.errors);
  decoder.info.client_data = &decoder;
  decoder.errors.error_exit = fail;
  decoder.errors.emit_message = refuse;
  decoder.errors.output_message = ignore;
  decoder.progress = {};
  decoder.progress.progress_monitor = countScans;
}

}  // namespace

bool jpegSize(const uint8_t* bytes, size_t length, Size& size) {
  if (!hasEnd(bytes, length) || bytes[0] != 0xff || bytes[1] != 0xd8) return false;
  Decoder decoder;
  std::memset(&decoder.info, 0, sizeof decoder.info);
  prepare(decoder);
  if (setjmp(decoder.failed)) {
    jpeg_destroy_decompress(&decoder.info);
    return false;
  }
  begin(decoder, bytes, length);
  const bool plain = isPlain(decoder.info);
  size = {int(decoder.info.image_width), int(decoder.info.image_height)};
  jpeg_destroy_decompress(&decoder.info);
  return plain;
}

bool decodeJpeg(const uint8_t* bytes, size_t length, const Box& part, std::vector<uint8_t>& buffer, Pixels& pixels) {
  Decoder decoder;
  auto& info = decoder.info;
  std::memset(&info, 0, sizeof info);
  prepare(decoder);
  if (setjmp(decoder.failed)) {
    jpeg_destroy_decompress(&info);
    if (hasTooManyScans(info)) throw Refused("it has more than " + std::to_string(maxScans) + " scans");
    return false;
  }
  begin(decoder, bytes, length);
  info.out_color_space = JCS_RGB;
  jpeg_start_decompress(&info);

  const int left = part.left > margin ? part.left - margin : 0;
  const int right = std::min(int(info.output_width), part.left + part.width + margin);
  JDIMENSION x = left, columns = right - left;
  if (left > 0 || right < int(info.output_width)) jpeg_crop_scanline(&info, &x, &columns);
  const int top = part.top > margin ? part.top - margin : 0;
  if (top > 0 && jpeg_skip_scanlines(&info, top) != JDIMENSION(top)) fail(j_common_ptr(&info));

  const size_t stride = size_t(info.output_width) * 3;
  const int bottom = part.top + part.height;
  try {
    buffer.resize(stride * (bottom - top) + padding);
  } catch (...) {
    jpeg_destroy_decompress(&info);
    throw;
  }
  for (int y = top; y < bottom;) {
    JSAMPROW row = &buffer[stride * (y - top)];
    y += jpeg_read_scanlines(&info, &row, 1);
  }
  pixels = {&buffer[stride * (part.top - top) + 3 * size_t(part.left - int(x))], stride};
  jpeg_destroy_decompress(&info);
  return true;
}

}  // namespace image

#endif
