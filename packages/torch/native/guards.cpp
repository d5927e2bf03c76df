#include "guards.h"

#include <ATen/ATen.h>

#include <limits>
#include <unordered_map>

#include "bridge.h"

namespace bridge {
namespace {

bool isInteger(c10::ScalarType type) { return type == at::kInt || type == at::kLong; }

// Returns a Tensor or Scalar argument as a tensor; undefined if it is neither.
at::Tensor operand(const c10::IValue& value) {
  if (value.isTensor()) return value.toTensor();
  return value.isScalar() ? at::native::wrapped_scalar_tensor(value.toScalar()) : at::Tensor();
}

// The least integer divided by -1 is not an integer. The processor raises SIGFPE for int32 and int64.
void guardDivision(const torch::jit::Stack& arguments) {
  if (arguments.size() < 2) return;
  const at::Tensor dividend = operand(arguments[0]);
  const at::Tensor divisor = operand(arguments[1]);
  if (!dividend.defined() || !divisor.defined() || !dividend.device().is_cpu() || !divisor.device().is_cpu()) return;
  const auto type = at::result_type(dividend, divisor);
  if (!isInteger(type)) return;
  if (divisor.is_complex() || dividend.is_complex() || divisor.numel() == 0 || dividend.numel() == 0) return;
  const at::NoGradGuard noGrad;
  const int64_t least =
      type == at::kInt ? std::numeric_limits<int32_t>::min() : std::numeric_limits<int64_t>::min();
  // Most divisors have no -1, so one pass over them is enough.
  const at::Tensor reversing = divisor.to(type).eq(-1);
  if (!reversing.any().item<bool>()) return;
  if (at::logical_and(dividend.to(type).eq(least), reversing).any().item<bool>())
    throw ArgumentError("the least " + std::string(type == at::kInt ? "int32" : "int64") +
                        " cannot be divided by -1: the result is out of range");
}

// (self, other, rounding mode or none)
void guardRoundedDivision(const torch::jit::Stack& arguments) {
  if (arguments.size() > 2 && arguments[2].isString()) guardDivision(arguments);
}

// (self, n, ...)
void guardMatrixPower(const torch::jit::Stack& arguments) {
  if (arguments.size() > 1 && arguments[1].isInt() && arguments[1].toInt() == std::numeric_limits<int64_t>::min())
    throw ArgumentError("argument 'n': expected an integer above the least int64");
}

// (self, size)
void guardSumToSize(const torch::jit::Stack& arguments) {
  if (arguments.size() < 2 || !arguments[1].isIntList()) return;
  for (const int64_t length : arguments[1].toIntVector())
    if (length < 0) throw ArgumentError("argument 'size': expected lengths of at least 0");
}

// (input, numel, n_bins, ratio, bit_width)
void guardChooseQparams(const torch::jit::Stack& arguments) {
  if (arguments.size() < 5 || !arguments[0].isTensor()) return;
  const auto expect = [](bool valid, const char* what) {
    if (!valid) throw ArgumentError(what);
  };
  const at::Tensor input = arguments[0].toTensor();
  expect(input.scalar_type() == at::kFloat && input.is_contiguous() && input.device().is_cpu(),
         "argument 'input': expected a contiguous float32 tensor on the CPU");
  expect(arguments[1].toInt() == input.numel() && input.numel() > 0,
         "argument 'numel': expected the number of the input's elements, at least 1");
  expect(arguments[2].toInt() >= 1 && arguments[2].toInt() <= 1000000, "argument 'n_bins': expected 1 to 1000000");
  const double ratio = arguments[3].toDouble();
  expect(ratio >= 0 && ratio <= 1, "argument 'ratio': expected 0 to 1");
  expect(arguments[4].toInt() >= 1 && arguments[4].toInt() <= 16, "argument 'bit_width': expected 1 to 16");
}

}  // namespace

Guard guardOf(const std::string& name) {
  static const std::unordered_map<std::string, Guard> guards = {
      {"aten::floor_divide", guardDivision},
      {"aten::remainder", guardDivision},
      {"aten::fmod", guardDivision},
      {"aten::div", guardRoundedDivision},
      {"aten::divide", guardRoundedDivision},
      {"aten::matrix_power", guardMatrixPower},
      {"aten::linalg_matrix_power", guardMatrixPower},
      {"aten::sum_to_size", guardSumToSize},
      {"aten::choose_qparams_optimized", guardChooseQparams},
  };
  const std::string functional = !name.empty() && name.back() == '_' ? name.substr(0, name.size() - 1) : name;
  const auto found = guards.find(functional);
  return found == guards.end() ? nullptr : found->second;
}

}  // namespace bridge
