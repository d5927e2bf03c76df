// Conversion of tensors from and to typed arrays, their metadata, and their release.
#include <cstring>
#include <memory>

#include "bridge.h"

namespace bridge {
namespace {

napi_typedarray_type arrayTypeOf(at::ScalarType type) {
  switch (type) {
    case at::kFloat: return napi_float32_array;
    case at::kDouble: return napi_float64_array;
    case at::kChar: return napi_int8_array;
    case at::kShort: return napi_int16_array;
    case at::kInt: return napi_int32_array;
    case at::kLong: return napi_bigint64_array;
    case at::kHalf:
    case at::kBFloat16: return napi_uint16_array;  // the bits
    case at::kByte:
    case at::kBool: return napi_uint8_array;
    default: throw ArgumentError("tensors of this dtype cannot be converted to a typed array");
  }
}

std::vector<int64_t> shapeFrom(napi_env env, napi_value value) {
  bool isArray = false;
  napi_is_array(env, value, &isArray);
  if (!isArray) throw ArgumentError("shape: expected an array of integers");
  uint32_t length = 0;
  napi_get_array_length(env, value, &length);
  std::vector<int64_t> shape(length);
  for (uint32_t i = 0; i < length; i++) {
    napi_value element;
    check(env, napi_get_element(env, value, i, &element), "shape");
    shape[i] = toInt64(env, element, "shape");
    if (shape[i] < 0) throw ArgumentError("shape: sizes must not be negative");
  }
  return shape;
}

void refuseOtherCount(const std::vector<int64_t>& shape, size_t length) {
  double count = 1;
  for (const int64_t size : shape) count *= static_cast<double>(size);
  if (count == static_cast<double>(length)) return;
  throw ArgumentError("the array has " + std::to_string(length) + " elements, but the shape needs " +
                      std::to_string(static_cast<int64_t>(count)));
}

// (typed array, shape, dtype name) -> handle. Copies the array, because JavaScript may detach it.
napi_value fromTypedArray(napi_env env, napi_callback_info info) {
  return guarded(env, "fromTypedArray", [&] {
    Arguments<3> arguments(env, info);
    bool isTyped = false;
    napi_is_typedarray(env, arguments[0], &isTyped);
    if (!isTyped) throw ArgumentError("expected a typed array");
    napi_typedarray_type type;
    size_t length = 0;
    void* data = nullptr;
    check(env, napi_get_typedarray_info(env, arguments[0], &type, &length, &data, nullptr, nullptr), "typed array");
    const auto shape = shapeFrom(env, arguments[1]);
    const auto dtype = dtypeFromName(toString(env, arguments[2], "dtype"));
    const auto expected = arrayTypeOf(dtype);
    const bool clamped = type == napi_uint8_clamped_array && expected == napi_uint8_array;
    if (type != expected && !clamped) {
      throw ArgumentError(std::string("this kind of typed array cannot be converted to ") + dtypeName(dtype));
    }
    refuseOtherCount(shape, length);
    at::Tensor tensor = at::empty(shape, at::TensorOptions(dtype));
    if (length > 0) std::memcpy(tensor.data_ptr(), data, tensor.nbytes());
    if (dtype == at::kBool) tensor = tensor.view(at::kByte).ne(0);  // bytes other than 0 and 1 are undefined in a bool
    return fromNumber(env, TensorTable::current().put(std::move(tensor)));
  });
}

// (Float32Array on shared memory, shape) -> handle. Does not copy, because shared memory cannot be detached. A counter
// 64 bytes before the array is the number of tensors that use it. JavaScript keeps the memory while it is not 0. Any
// thread may decrease it.
napi_value fromShared(napi_env env, napi_callback_info info) {
  return guarded(env, "fromShared", [&] {
    Arguments<2> arguments(env, info);
    napi_typedarray_type type;
    size_t length = 0;
    void* data = nullptr;
    check(env, napi_get_typedarray_info(env, arguments[0], &type, &length, &data, nullptr, nullptr), "typed array");
    if (type != napi_float32_array) throw ArgumentError("expected a Float32Array");
    const auto shape = shapeFrom(env, arguments[1]);
    refuseOtherCount(shape, length);
    auto* tensors = reinterpret_cast<int32_t*>(static_cast<char*>(data) - 64);
    __atomic_add_fetch(tensors, 1, __ATOMIC_SEQ_CST);
    // Decreases the counter when the last owner of the storage is gone, or immediately if creating the tensor fails.
    const auto decrease = [](int32_t* count) { __atomic_sub_fetch(count, 1, __ATOMIC_SEQ_CST); };
    const std::shared_ptr<int32_t> use(tensors, decrease);
    at::Tensor tensor = at::from_blob(data, shape, [use](void*) {}, at::TensorOptions(at::kFloat));
    return fromNumber(env, TensorTable::current().put(std::move(tensor)));
  });
}

// (handle) -> typed array, a copy in row-major order
napi_value toTypedArray(napi_env env, napi_callback_info info) {
  return guarded(env, "toTypedArray", [&] {
    Arguments<1> arguments(env, info);
    const at::Tensor tensor =
        TensorTable::current().get(toInt32Clamped(env, arguments[0], "tensor")).detach().cpu().contiguous();
    const auto type = arrayTypeOf(tensor.scalar_type());
    void* data = nullptr;
    napi_value buffer;
    check(env, napi_create_arraybuffer(env, tensor.nbytes(), &data, &buffer), "cannot allocate the array");
    if (tensor.nbytes() > 0) std::memcpy(data, tensor.data_ptr(), tensor.nbytes());
    napi_value result;
    check(env, napi_create_typedarray(env, type, tensor.numel(), buffer, 0, &result), "typed array");
    return result;
  });
}

napi_value shape(napi_env env, napi_callback_info info) {
  return guarded(env, "shape", [&] {
    Arguments<1> arguments(env, info);
    const auto sizes = TensorTable::current().get(toInt32Clamped(env, arguments[0], "tensor")).sizes();
    napi_value result;
    napi_create_array_with_length(env, sizes.size(), &result);
    for (size_t i = 0; i < sizes.size(); i++) napi_set_element(env, result, i, fromNumber(env, sizes[i]));
    return result;
  });
}

napi_value dtype(napi_env env, napi_callback_info info) {
  return guarded(env, "dtype", [&] {
    Arguments<1> arguments(env, info);
    return fromString(env, dtypeName(TensorTable::current().get(toInt32Clamped(env, arguments[0], "tensor")).scalar_type()));
  });
}

napi_value device(napi_env env, napi_callback_info info) {
  return guarded(env, "device", [&] {
    Arguments<1> arguments(env, info);
    return fromString(env, TensorTable::current().get(toInt32Clamped(env, arguments[0], "tensor")).device().str());
  });
}

napi_value item(napi_env env, napi_callback_info info) {
  return guarded(env, "item", [&] {
    Arguments<1> arguments(env, info);
    const at::Scalar scalar = TensorTable::current().get(toInt32Clamped(env, arguments[0], "tensor")).item();
    return fromNumber(env, scalar.toDouble());
  });
}

// (Int32Array of handles, count): releases all of them in one call
napi_value releaseMany(napi_env env, napi_callback_info info) {
  return guarded(env, "release", [&] {
    Arguments<2> arguments(env, info);
    bool isTyped = false;
    napi_is_typedarray(env, arguments[0], &isTyped);
    if (!isTyped) throw ArgumentError("expected an Int32Array of handles");
    napi_typedarray_type type;
    size_t length = 0;
    void* data = nullptr;
    check(env, napi_get_typedarray_info(env, arguments[0], &type, &length, &data, nullptr, nullptr), "handles");
    if (type != napi_int32_array) throw ArgumentError("expected an Int32Array of handles");
    const int64_t count = toInt64(env, arguments[1], "count");
    auto& table = TensorTable::current();
    for (int64_t i = 0; i < std::min<int64_t>(count, length); i++) table.release(static_cast<int32_t*>(data)[i]);
    return undefined(env);
  });
}

napi_value release(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  int32_t handle = 0;
  if (napi_get_value_int32(env, arguments[0], &handle) == napi_ok) TensorTable::current().release(handle);
  return nullptr;
}

// (handle) -> a new handle of the same tensor
napi_value alias(napi_env env, napi_callback_info info) {
  return guarded(env, "alias", [&] {
    Arguments<1> arguments(env, info);
    auto& table = TensorTable::current();
    at::Tensor tensor = table.get(toInt32Clamped(env, arguments[0], "tensor"));
    return fromNumber(env, table.put(std::move(tensor)));
  });
}

napi_value liveTensors(napi_env env, napi_callback_info) {
  return fromNumber(env, static_cast<double>(TensorTable::current().live()));
}

}  // namespace

void exportTensor(napi_env env, napi_value exports) {
  exportFunction(env, exports, "fromTypedArray", fromTypedArray);
  exportFunction(env, exports, "fromShared", fromShared);
  exportFunction(env, exports, "toTypedArray", toTypedArray);
  exportFunction(env, exports, "shape", shape);
  exportFunction(env, exports, "dtype", dtype);
  exportFunction(env, exports, "device", device);
  exportFunction(env, exports, "item", item);
  exportFunction(env, exports, "release", release);
  exportFunction(env, exports, "releaseMany", releaseMany);
  exportFunction(env, exports, "alias", alias);
  exportFunction(env, exports, "liveTensors", liveTensors);
}

}  // namespace bridge
