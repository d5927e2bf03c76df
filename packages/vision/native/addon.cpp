// JavaScript bindings. All functions run on the calling thread, and reuse their buffers for the next image.
#include <node_api.h>
#include <sys/file.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <string>
#include <vector>

#include "colors.h"
#include "jpeg.h"
#include "resample.h"

namespace {

using image::Box;

struct Mistake : std::runtime_error {
  using std::runtime_error::runtime_error;
};

template <typename Body>
napi_value guarded(napi_env env, Body body) {
  try {
    return body();
  } catch (const image::Refused& error) {
    napi_throw_error(env, "ERR_REFUSED", error.what());
    return nullptr;
  } catch (const std::exception& error) {
    napi_throw_error(env, nullptr, error.what());
    return nullptr;
  }
}

template <size_t N>
struct Arguments {
  napi_value at[N];
  size_t count = N;
  Arguments(napi_env env, napi_callback_info info) {
    napi_get_cb_info(env, info, &count, at, nullptr, nullptr);
    if (count < N) throw Mistake("too few arguments");
  }
};

template <typename T>
struct Array {
  T* data;
  size_t length;
};

template <typename T>
Array<T> arrayOf(napi_env env, napi_value value, napi_typedarray_type expected) {
  bool typed = false;
  napi_is_typedarray(env, value, &typed);
  napi_typedarray_type type;
  size_t length;
  void* data;
  if (!typed || napi_get_typedarray_info(env, value, &type, &length, &data, nullptr, nullptr) != napi_ok ||
      type != expected) {
    throw Mistake("expected another kind of typed array");
  }
  return {static_cast<T*>(data), length};
}

Array<uint8_t> bytesOf(napi_env env, napi_value value) { return arrayOf<uint8_t>(env, value, napi_uint8_array); }

double numberOf(napi_env env, napi_value value) {
  double number;
  if (napi_get_value_double(env, value, &number) != napi_ok) throw Mistake("expected a number");
  return number;
}

bool truthOf(napi_env env, napi_value value) {
  bool truth;
  if (napi_get_value_bool(env, value, &truth) != napi_ok) throw Mistake("expected true or false");
  return truth;
}

napi_value undefined(napi_env env) {
  napi_value value;
  napi_get_undefined(env, &value);
  return value;
}

napi_value truth(napi_env env, bool value) {
  napi_value result;
  napi_get_boolean(env, value, &result);
  return result;
}

uint8_t* newBytes(napi_env env, size_t length, napi_value& array) {
  void* data;
  napi_value buffer;
  if (napi_create_arraybuffer(env, length, &data, &buffer) != napi_ok ||
      napi_create_typedarray(env, napi_uint8_array, length, buffer, 0, &array) != napi_ok) {
    throw Mistake("out of memory");
  }
  return static_cast<uint8_t*>(data);
}

// A request to resize a region of an image and to write a window of the result.
struct Request {
  int left, top;
  image::Geometry geometry;
  image::Span columns, rows;

  Request(napi_env env, napi_value value) {
    const auto [at, length] = arrayOf<int32_t>(env, value, napi_int32_array);
    if (length != 12) throw Mistake("expected 12 numbers");
    left = at[0];
    top = at[1];
    const auto kernel = at[10] == 0 ? image::Kernel::bilinear : image::Kernel::bicubic;
    geometry = {at[2], at[3], at[4], at[5], {at[6], at[7], at[8], at[9]}, kernel, at[11] != 0};
    const auto& [width, height, outWidth, outHeight, window, _, mirrored] = geometry;
    const bool regionExists = left >= 0 && top >= 0 && width > 0 && height > 0 && outWidth > 0 && outHeight > 0;
    const bool windowFits = window.left >= 0 && window.top >= 0 && window.width > 0 && window.height > 0 &&
                            window.width <= outWidth - window.left && window.height <= outHeight - window.top;
    if (!regionExists || !windowFits) throw Mistake("the region or the window is empty or too large");
    columns = image::spanOf(width, outWidth, window.left, window.width, kernel);
    rows = image::spanOf(height, outHeight, window.top, window.height, kernel);
  }

  void refuseOutside(int width, int height) const {
    if (geometry.width > width - left || geometry.height > height - top)
      throw Mistake("the region is not in the image");
  }

  void into(napi_env env, napi_value array, image::Pixels pixels) const {
    const auto [out, length] = bytesOf(env, array);
    if (length != size_t(geometry.window.width) * geometry.window.height * 3)
      throw Mistake("the output does not have the size of the window");
    image::resample(pixels, geometry, out);
  }
};

// (bytes of a file) -> [width, height], or undefined if this decoder cannot decode it
napi_value jpegSize(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<1> arguments(env, info);
    const auto [bytes, length] = bytesOf(env, arguments.at[0]);
    image::Size size;
    if (!image::jpegSize(bytes, length, size)) return undefined(env);
    napi_value result, side;
    napi_create_array_with_length(env, 2, &result);
    napi_create_int32(env, size.width, &side);
    napi_set_element(env, result, 0, side);
    napi_create_int32(env, size.height, &side);
    napi_set_element(env, result, 1, side);
    return result;
  });
}

std::vector<uint8_t>& decoded() {
  static thread_local std::vector<uint8_t> buffer;
  return buffer;
}

// (bytes of a file) -> all pixels, or undefined if the file is damaged
napi_value decodeJpeg(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<1> arguments(env, info);
    const auto [bytes, length] = bytesOf(env, arguments.at[0]);
    image::Size size;
    image::Pixels pixels;
    if (!image::jpegSize(bytes, length, size)) return undefined(env);
    if (!image::decodeJpeg(bytes, length, {0, 0, size.width, size.height}, decoded(), pixels)) return undefined(env);
    napi_value result;
    const size_t all = pixels.stride * size.height;
    std::copy(pixels.data, pixels.data + all, newBytes(env, all, result));
    return result;
  });
}

// (bytes of a file, request, pixels to write) -> false if the file is damaged
napi_value resampleJpeg(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<3> arguments(env, info);
    const auto [bytes, length] = bytesOf(env, arguments.at[0]);
    const Request request(env, arguments.at[1]);
    image::Size size;
    if (!image::jpegSize(bytes, length, size)) return truth(env, false);
    request.refuseOutside(size.width, size.height);
    const auto& [columns, rows] = std::pair(request.columns, request.rows);
    const Box part = {request.left + columns.first, request.top + rows.first, columns.count, rows.count};
    image::Pixels pixels;
    if (!image::decodeJpeg(bytes, length, part, decoded(), pixels)) return truth(env, false);
    request.into(env, arguments.at[2], pixels);
    return truth(env, true);
  });
}

// (pixels, width, height, request, pixels to write). Extra bytes after the pixels are ignored, but avoid a copy.
napi_value resample(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<5> arguments(env, info);
    const auto [data, length] = bytesOf(env, arguments.at[0]);
    const double width = numberOf(env, arguments.at[1]), height = numberOf(env, arguments.at[2]);
    const Request request(env, arguments.at[3]);
    if (!(width >= 1 && height >= 1 && width * height * 3 <= double(length)))
      throw Mistake("width and height do not match the data");
    request.refuseOutside(int(width), int(height));
    const size_t stride = size_t(width) * 3;
    const size_t first = (request.top + request.rows.first) * stride + 3 * size_t(request.left + request.columns.first);
    image::Pixels pixels = {data + first, stride};
    const size_t last = first + (request.rows.count - 1) * stride + 3 * size_t(request.columns.count);
    if (length - last < image::padding) {  // resampling reads up to this many extra bytes
      auto& copy = decoded();
      copy.resize(last - first + image::padding);
      std::copy(data + first, data + last, copy.begin());
      pixels.data = copy.data();
    }
    request.into(env, arguments.at[4], pixels);
    return undefined(env);
  });
}

// (pixels, which, amount): changes brightness (0), contrast (1), saturation (2) or hue (3) in place
napi_value jitter(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    using Change = void (*)(uint8_t*, size_t, double);
    static constexpr Change changes[] = {image::brightness, image::contrast, image::saturation, image::hue};
    const Arguments<3> arguments(env, info);
    const auto [data, length] = bytesOf(env, arguments.at[0]);
    const double which = numberOf(env, arguments.at[1]);
    if (which != 0 && which != 1 && which != 2 && which != 3) throw Mistake("expected a change from 0 to 3");
    if (length % 3 != 0) throw Mistake("expected three bytes per pixel");
    changes[int(which)](data, length, numberOf(env, arguments.at[2]));
    return undefined(env);
  });
}

// (pixels, width, height, mirrored, table [3, 256], batch, index of the first element, elements per plane and per row)
napi_value normalize(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<9> arguments(env, info);
    const auto& at = arguments.at;
    const auto [data, length] = bytesOf(env, at[0]);
    const double width = numberOf(env, at[1]), height = numberOf(env, at[2]);
    const auto table = arrayOf<float>(env, at[4], napi_float32_array);
    const auto batch = arrayOf<float>(env, at[5], napi_float32_array);
    const double start = numberOf(env, at[6]), plane = numberOf(env, at[7]), row = numberOf(env, at[8]);
    const bool sound = width >= 1 && height >= 1 && width * height * 3 == double(length) && table.length == 768 &&
                       row >= width && plane >= row * height && start >= 0 &&
                       start + 3 * plane <= double(batch.length);
    if (!sound) throw Mistake("the image does not fit into its slot of the batch");
    image::normalize(data, int(width), int(height), truthOf(env, at[3]), table.data, batch.data + size_t(start),
                     size_t(plane), size_t(row));
    return undefined(env);
  });
}

// (bytes) -> 32-bit checksum
napi_value checksum(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<1> arguments(env, info);
    const auto [data, length] = bytesOf(env, arguments.at[0]);
    constexpr uint64_t factor = 0x9e3779b97f4a7c15;  // odd, so multiplication loses no information
    uint64_t lanes[4] = {length, 1, 2, 3};
    size_t i = 0;
    for (; i + 32 <= length; i += 32) {
      uint64_t words[4];
      std::memcpy(words, data + i, 32);
      for (int k = 0; k < 4; k++) lanes[k] = (lanes[k] ^ words[k]) * factor;
    }
    uint64_t sum = 0;
    for (; i < length; i++) sum = (sum ^ data[i]) * factor;
    for (const uint64_t lane : lanes) sum = (sum ^ lane ^ (lane >> 32)) * factor;
    napi_value result;
    napi_create_uint32(env, uint32_t(sum >> 32), &result);
    return result;
  });
}

// (file descriptor) -> whether the file is now locked, or undefined if the file system does not support locks
napi_value lock(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<1> arguments(env, info);
    if (flock(int(numberOf(env, arguments.at[0])), LOCK_EX | LOCK_NB) == 0) return truth(env, true);
    return errno == EWOULDBLOCK ? truth(env, false) : undefined(env);
  });
}

void exportFunction(napi_env env, napi_value exports, const char* name, napi_callback callback) {
  napi_value function;
  napi_create_function(env, name, NAPI_AUTO_LENGTH, callback, nullptr, &function);
  napi_set_named_property(env, exports, name, function);
}

}  // namespace

NAPI_MODULE_INIT() {
  exportFunction(env, exports, "jpegSize", jpegSize);
  exportFunction(env, exports, "decodeJpeg", decodeJpeg);
  exportFunction(env, exports, "resampleJpeg", resampleJpeg);
  exportFunction(env, exports, "resample", resample);
  exportFunction(env, exports, "jitter", jitter);
  exportFunction(env, exports, "normalize", normalize);
  exportFunction(env, exports, "checksum", checksum);
  exportFunction(env, exports, "lock", lock);
  return exports;
}
