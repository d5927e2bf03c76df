// RoIAlign composed from ATen operators, for devices without a kernel.
#include <algorithm>

#include "detection_ops.h"

namespace detection {
namespace {

struct AxisWeights {
  Tensor index;   // R x bins x (2 * max_samples), int64
  Tensor weight;  // the same shape; 0 if a region has fewer samples or the sample is outside
};

AxisWeights axis_weights(const Tensor& low, const Tensor& high, const RoiAlignOptions& options,
                         int64_t pooled, int64_t size) {
  const double offset = options.aligned ? 0.5 : 0.0;
  const Tensor start = low * options.spatial_scale - offset;
  Tensor length = high * options.spatial_scale - offset - start;
  if (!options.aligned) length = length.clamp_min(1);
  const Tensor bin = length / static_cast<double>(pooled);
  const Tensor samples = options.sampling_ratio > 0
                             ? at::full_like(bin, static_cast<double>(options.sampling_ratio))
                             : bin.ceil().clamp_min(0);
  // With more than four samples per cell of the map, the mean no longer changes, but memory would grow without limit.
  const int64_t max_samples = std::max<int64_t>(
      1, static_cast<int64_t>(std::min(samples.max().item<double>(), 4.0 * static_cast<double>(size + 2))));
  const Tensor capped = samples.clamp_max(static_cast<double>(max_samples));
  const Tensor count = capped.clamp_min(1);
  const Tensor p = at::arange(pooled, bin.options()).view({1, pooled, 1});
  const Tensor i = at::arange(max_samples, bin.options()).view({1, 1, max_samples});
  const auto column = [](const Tensor& t) { return t.view({-1, 1, 1}); };
  const Tensor position = column(start) + p * column(bin) + (i + 0.5) * column(bin / count);
  const Tensor valid = position.ge(-1).logical_and(position.le(size)).logical_and(i.lt(column(capped)));
  const Tensor inside = position.clamp(0, static_cast<double>(size - 1));
  const Tensor lower = inside.floor();
  const Tensor fraction = inside - lower;
  const Tensor share = valid.to(bin.scalar_type()) / column(count);
  const Tensor index = lower.to(at::kLong);
  return {at::cat({index, (index + 1).clamp_max(size - 1)}, 2),
          at::cat({share * (1 - fraction), share * fraction}, 2)};
}

}  // namespace

// Multiplies the map by one sparse matrix, which maps its cells (columns) to the bins of all regions (rows). The matrix
// needs little memory, because it does not depend on the channels. The product is differentiable in the map.
Tensor roi_align_composed(const Tensor& input, const Tensor& rois, double spatial_scale,
                          int64_t pooled_height, int64_t pooled_width, int64_t sampling_ratio,
                          bool aligned) {
  const RoiAlignOptions options{spatial_scale, pooled_height, pooled_width, sampling_ratio, aligned};
  check_roi_align(input, rois, options);
  const int64_t channels = input.size(1), height = input.size(2), width = input.size(3);
  const int64_t regions = rois.size(0);
  if (regions == 0) return input.new_zeros({0, channels, pooled_height, pooled_width}) + input.sum() * 0;
  const auto y = axis_weights(rois.select(1, 2), rois.select(1, 4), options, pooled_height, height);
  const auto x = axis_weights(rois.select(1, 1), rois.select(1, 3), options, pooled_width, width);
  const auto as_rows = [&](const Tensor& t) { return t.view({regions, pooled_height, 1, t.size(2), 1}); };
  const auto as_columns = [&](const Tensor& t) { return t.view({regions, 1, pooled_width, 1, t.size(2)}); };
  const Tensor image = rois.select(1, 0).to(at::kLong).view({regions, 1, 1, 1, 1});
  const Tensor weight = as_rows(y.weight) * as_columns(x.weight);
  const Tensor cell = (image * height + as_rows(y.index)) * width + as_columns(x.index);
  const int64_t bins = regions * pooled_height * pooled_width;
  const Tensor bin = at::arange(bins, cell.options()).view({-1, 1}).expand({bins, cell.numel() / bins});
  const Tensor matrix =
      at::sparse_coo_tensor(at::stack({bin.reshape(-1), cell.reshape(-1)}), weight.reshape(-1).detach(),
                            {bins, input.size(0) * height * width}, weight.options().layout(at::kSparse));
  const Tensor map = input.permute({0, 2, 3, 1}).reshape({-1, channels});
  return at::mm(matrix, map)
      .view({regions, pooled_height, pooled_width, channels})
      .permute({0, 3, 1, 2})
      .contiguous();
}

}  // namespace detection
