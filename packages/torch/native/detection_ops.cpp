// Operators of object detection that ATen does not have, registered with the dispatcher so that they are
// called, differentiated and typed like every other operator:
//
//   supernet::roi_align            RoIAlign (He et al., Mask R-CNN, 2017), differentiable in its input
//   supernet::roi_align_composed   the same value from ATen operators alone, for devices without a kernel
//   supernet::nms, batched_nms     greedy non-maximum suppression
//
// Boxes are XYXY, absolute, half-open. Both results and gradients are the same for every number of threads.
// Under autocast all of them compute in float32, as torchvision's do; RoIAlign gives its input's type back.

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <ATen/autocast_mode.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/library.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <unordered_map>
#include <vector>

namespace {

using at::Tensor;

struct RoiAlignOptions {
  double spatial_scale;
  int64_t pooled_height;
  int64_t pooled_width;
  int64_t sampling_ratio;
  bool aligned;
};

constexpr int64_t kLargestSamplingRatio = 64;

// -------------------------------------------------------------------------------------------- RoIAlign

void check_roi_align(const Tensor& input, const Tensor& rois, const RoiAlignOptions& options) {
  TORCH_CHECK(input.dim() == 4, "roi_align: input must be N x C x H x W, got ", input.sizes());
  TORCH_CHECK(rois.dim() == 2 && rois.size(1) == 5,
              "roi_align: rois must be R x 5 (image index, x1, y1, x2, y2), got ", rois.sizes());
  TORCH_CHECK(input.scalar_type() == at::kFloat || input.scalar_type() == at::kDouble,
              "roi_align: input must be float32 or float64, got ", input.scalar_type());
  TORCH_CHECK(rois.scalar_type() == input.scalar_type(), "roi_align: rois are ", rois.scalar_type(),
              " but input is ", input.scalar_type());
  TORCH_CHECK(rois.device() == input.device(), "roi_align: rois are on ", rois.device(),
              " but input is on ", input.device());
  TORCH_CHECK(std::isfinite(options.spatial_scale) && options.spatial_scale > 0,
              "roi_align: spatial_scale must be positive, got ", options.spatial_scale);
  TORCH_CHECK(options.pooled_height > 0 && options.pooled_width > 0 && options.pooled_height <= 1024 &&
                  options.pooled_width <= 1024,
              "roi_align: the pooled size must lie in 1..1024, got ", options.pooled_height, " x ",
              options.pooled_width);
  TORCH_CHECK(options.sampling_ratio <= kLargestSamplingRatio, "roi_align: sampling_ratio must be at most ",
              kLargestSamplingRatio, ", got ", options.sampling_ratio);
  if (rois.size(0) > 0) {
    TORCH_CHECK(at::isfinite(rois).all().item<bool>(), "roi_align: a region is not finite");
    const Tensor images = rois.select(1, 0);
    TORCH_CHECK(images.min().item<double>() >= 0 && images.max().item<double>() < input.size(0),
                "roi_align: an image index lies outside 0..", input.size(0) - 1);
    TORCH_CHECK(input.size(2) > 0 && input.size(3) > 0, "roi_align: input is empty: ", input.sizes());
  }
}

// Bilinear sampling followed by the mean over a bin is separable, so a bin is a weighted sum over the
// cells (rows of the bin) x (columns of the bin). `Bands` holds, for each bin along one axis, its cells
// and their weights with the mean's division already in them.
template <typename scalar_t>
struct Bands {
  struct Cell {
    int64_t index;
    scalar_t weight;
  };
  std::vector<Cell> cells;
  std::vector<size_t> begin;  // of each bin in `cells`, with one more entry at the end

  void compute(scalar_t low, scalar_t high, const RoiAlignOptions& options, int64_t pooled, int64_t size) {
    cells.clear();
    begin.assign(1, 0);
    const scalar_t scale = static_cast<scalar_t>(options.spatial_scale);
    const scalar_t offset = options.aligned ? scalar_t(0.5) : scalar_t(0);
    const scalar_t start = low * scale - offset;
    scalar_t length = (high * scale - offset) - start;
    if (!options.aligned) length = std::max(length, scalar_t(1));
    const scalar_t bin = length / static_cast<scalar_t>(pooled);
    const double samples = options.sampling_ratio > 0 ? static_cast<double>(options.sampling_ratio)
                                                      : std::max(0.0, std::ceil(static_cast<double>(bin)));
    const scalar_t step = bin / static_cast<scalar_t>(std::max(samples, 1.0));
    const scalar_t share = scalar_t(1) / static_cast<scalar_t>(std::max(samples, 1.0));
    for (int64_t p = 0; p < pooled; ++p) {
      const scalar_t bin_start = start + static_cast<scalar_t>(p) * bin;
      // A region far larger than the map has samples without number outside it: visit those inside only.
      double first = 0, last = samples;
      if (step > 0) {
        first = std::max(first, std::floor((-1.0 - bin_start) / step) - 1);
        last = std::min(last, std::ceil((static_cast<double>(size) - bin_start) / step) + 1);
      }
      for (double i = first; i < last; ++i) {
        add_sample(bin_start + (static_cast<scalar_t>(i) + scalar_t(0.5)) * step, share, size);
      }
      begin.push_back(cells.size());
    }
  }

 private:
  void add_sample(scalar_t position, scalar_t share, int64_t size) {
    if (position < scalar_t(-1) || position > static_cast<scalar_t>(size)) return;
    position = std::max(position, scalar_t(0));
    const auto lower = static_cast<int64_t>(position);
    if (lower >= size - 1) return add_cell(size - 1, share);
    const scalar_t fraction = position - static_cast<scalar_t>(lower);
    add_cell(lower, share * (scalar_t(1) - fraction));
    add_cell(lower + 1, share * fraction);
  }

  void add_cell(int64_t index, scalar_t weight) {
    for (size_t i = cells.size(); i > begin.back() && i + 2 > cells.size(); --i) {
      if (cells[i - 1].index == index) {
        cells[i - 1].weight += weight;
        return;
      }
    }
    cells.push_back({index, weight});
  }
};

// Calls visit(bin, row, column, weight) for every pair of a bin and a cell of the map in it.
template <typename scalar_t, typename Visit>
inline void for_each_cell(const Bands<scalar_t>& rows, const Bands<scalar_t>& columns, int64_t pooled_height,
                          int64_t pooled_width, const Visit& visit) {
  for (int64_t ph = 0; ph < pooled_height; ++ph) {
    for (int64_t pw = 0; pw < pooled_width; ++pw) {
      for (size_t r = rows.begin[ph]; r < rows.begin[ph + 1]; ++r) {
        for (size_t c = columns.begin[pw]; c < columns.begin[pw + 1]; ++c) {
          visit(ph * pooled_width + pw, rows.cells[r].index, columns.cells[c].index,
                rows.cells[r].weight * columns.cells[c].weight);
        }
      }
    }
  }
}

template <typename scalar_t>
inline void add_scaled(int64_t n, scalar_t weight, const scalar_t* __restrict x, scalar_t* __restrict y) {
#pragma omp simd
  for (int64_t i = 0; i < n; ++i) y[i] += weight * x[i];
}

// Regions are shared out among threads. The map is read with channels innermost, where they vectorise.
template <typename scalar_t>
void roi_align_forward(const Tensor& input, const Tensor& rois, const RoiAlignOptions& options,
                       Tensor& output) {
  const int64_t channels = input.size(1), height = input.size(2), width = input.size(3);
  const int64_t bins = options.pooled_height * options.pooled_width;
  const Tensor by_cell = input.permute({0, 2, 3, 1}).contiguous();
  const scalar_t* map = by_cell.data_ptr<scalar_t>();
  const scalar_t* roi = rois.data_ptr<scalar_t>();
  scalar_t* out = output.data_ptr<scalar_t>();
  at::parallel_for(0, rois.size(0), 8, [&](int64_t from, int64_t to) {
    Bands<scalar_t> rows, columns;
    std::vector<scalar_t> sums(bins * channels);
    for (int64_t k = from; k < to; ++k) {
      const scalar_t* box = roi + k * 5;
      rows.compute(box[2], box[4], options, options.pooled_height, height);
      columns.compute(box[1], box[3], options, options.pooled_width, width);
      const scalar_t* image = map + static_cast<int64_t>(box[0]) * height * width * channels;
      std::fill(sums.begin(), sums.end(), scalar_t(0));
      for_each_cell(rows, columns, options.pooled_height, options.pooled_width,
                    [&](int64_t bin, int64_t y, int64_t x, scalar_t weight) {
                      add_scaled(channels, weight, image + (y * width + x) * channels,
                                 sums.data() + bin * channels);
                    });
      scalar_t* result = out + k * bins * channels;
      for (int64_t c = 0; c < channels; ++c) {
        for (int64_t b = 0; b < bins; ++b) result[c * bins + b] = sums[b * channels + c];
      }
    }
  });
}

// A task owns one block of channels of one image and adds its regions in their order: no cell of the
// gradient is written by two threads, and the order of additions does not depend on their number.
template <typename scalar_t>
void roi_align_backward(const Tensor& grad, const Tensor& rois, const RoiAlignOptions& options,
                        Tensor& grad_by_cell) {
  constexpr int64_t kBlock = 32;
  const int64_t images = grad_by_cell.size(0), height = grad_by_cell.size(1), width = grad_by_cell.size(2);
  const int64_t channels = grad_by_cell.size(3);
  const int64_t bins = options.pooled_height * options.pooled_width;
  const int64_t blocks = (channels + kBlock - 1) / kBlock;
  const scalar_t* roi = rois.data_ptr<scalar_t>();
  const scalar_t* upstream = grad.data_ptr<scalar_t>();
  scalar_t* map = grad_by_cell.data_ptr<scalar_t>();
  std::vector<std::vector<int64_t>> of_image(images);
  for (int64_t k = 0; k < rois.size(0); ++k) of_image[static_cast<int64_t>(roi[k * 5])].push_back(k);
  at::parallel_for(0, images * blocks, 1, [&](int64_t from, int64_t to) {
    Bands<scalar_t> rows, columns;
    std::vector<scalar_t> block_grad(bins * kBlock);
    for (int64_t task = from; task < to; ++task) {
      const int64_t image = task / blocks, first = task % blocks * kBlock;
      const int64_t count = std::min(kBlock, channels - first);
      scalar_t* target = map + image * height * width * channels + first;
      for (const int64_t k : of_image[image]) {
        const scalar_t* box = roi + k * 5;
        rows.compute(box[2], box[4], options, options.pooled_height, height);
        columns.compute(box[1], box[3], options, options.pooled_width, width);
        const scalar_t* source = upstream + (k * channels + first) * bins;
        for (int64_t c = 0; c < count; ++c) {
          for (int64_t b = 0; b < bins; ++b) block_grad[b * kBlock + c] = source[c * bins + b];
        }
        for_each_cell(rows, columns, options.pooled_height, options.pooled_width,
                      [&](int64_t bin, int64_t y, int64_t x, scalar_t weight) {
                        add_scaled(count, weight, block_grad.data() + bin * kBlock,
                                   target + (y * width + x) * channels);
                      });
      }
    }
  });
}

Tensor roi_align_cpu(const Tensor& input, const Tensor& rois, double spatial_scale, int64_t pooled_height,
                     int64_t pooled_width, int64_t sampling_ratio, bool aligned) {
  const RoiAlignOptions options{spatial_scale, pooled_height, pooled_width, sampling_ratio, aligned};
  check_roi_align(input, rois, options);
  const Tensor regions = rois.contiguous();
  Tensor output = at::empty({rois.size(0), input.size(1), pooled_height, pooled_width}, input.options());
  if (output.numel() == 0) return output;
  AT_DISPATCH_FLOATING_TYPES(input.scalar_type(), "roi_align",
                             [&] { roi_align_forward<scalar_t>(input, regions, options, output); });
  return output;
}

class RoiAlignFunction : public torch::autograd::Function<RoiAlignFunction> {
 public:
  static Tensor forward(torch::autograd::AutogradContext* context, const Tensor& input, const Tensor& rois,
                        double spatial_scale, int64_t pooled_height, int64_t pooled_width,
                        int64_t sampling_ratio, bool aligned) {
    at::AutoDispatchBelowADInplaceOrView below_autograd;
    context->save_for_backward({rois});
    context->saved_data["sizes"] = input.sizes().vec();
    context->saved_data["spatial_scale"] = spatial_scale;
    context->saved_data["sampling_ratio"] = sampling_ratio;
    context->saved_data["aligned"] = aligned;
    return roi_align_cpu(input, rois, spatial_scale, pooled_height, pooled_width, sampling_ratio, aligned);
  }

  static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                 const torch::autograd::variable_list& grads) {
    at::AutoDispatchBelowADInplaceOrView below_autograd;
    const Tensor grad = grads[0].contiguous();
    const Tensor rois = context->get_saved_variables()[0].contiguous();
    const auto sizes = context->saved_data["sizes"].toIntVector();
    const RoiAlignOptions options{context->saved_data["spatial_scale"].toDouble(), grad.size(2), grad.size(3),
                                  context->saved_data["sampling_ratio"].toInt(),
                                  context->saved_data["aligned"].toBool()};
    Tensor grad_by_cell = at::zeros({sizes[0], sizes[2], sizes[3], sizes[1]}, grad.options());
    if (grad.numel() > 0) {
      AT_DISPATCH_FLOATING_TYPES(grad.scalar_type(), "roi_align_backward",
                                 [&] { roi_align_backward<scalar_t>(grad, rois, options, grad_by_cell); });
    }
    return {grad_by_cell.permute({0, 3, 1, 2}).contiguous(), Tensor(), Tensor(), Tensor(),
            Tensor(), Tensor(), Tensor()};
  }
};

Tensor roi_align_autograd(const Tensor& input, const Tensor& rois, double spatial_scale,
                          int64_t pooled_height, int64_t pooled_width, int64_t sampling_ratio,
                          bool aligned) {
  return RoiAlignFunction::apply(input, rois, spatial_scale, pooled_height, pooled_width, sampling_ratio,
                                 aligned);
}

// ------------------------------------------------------------- RoIAlign composed from ATen operators

struct AxisWeights {
  Tensor index;   // R x bins x (2 * most samples), int64
  Tensor weight;  // the same shape; 0 where a region has fewer samples or the sample lies outside
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
  // Beyond four samples a cell of the map the mean no longer changes, and memory would grow without end.
  const int64_t most = std::max<int64_t>(
      1, static_cast<int64_t>(std::min(samples.max().item<double>(), 4.0 * static_cast<double>(size + 2))));
  const Tensor capped = samples.clamp_max(static_cast<double>(most));
  const Tensor count = capped.clamp_min(1);
  const Tensor p = at::arange(pooled, bin.options()).view({1, pooled, 1});
  const Tensor i = at::arange(most, bin.options()).view({1, 1, most});
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

// One sparse matrix takes the cells of the map (columns) to the bins of all regions (rows); it has no
// channels, so that memory stays small, and its product with the map brings the gradient along.
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

// ------------------------------------------------------------------------- Non-maximum suppression

template <typename scalar_t>
struct SortedBoxes {
  std::vector<scalar_t> x1, y1, x2, y2, area;

  SortedBoxes(const scalar_t* boxes, const std::vector<int64_t>& order)
      : x1(order.size()), y1(order.size()), x2(order.size()), y2(order.size()), area(order.size()) {
    for (size_t i = 0; i < order.size(); ++i) {
      const scalar_t* box = boxes + order[i] * 4;
      x1[i] = box[0];
      y1[i] = box[1];
      x2[i] = box[2];
      y2[i] = box[3];
      area[i] = (box[2] - box[0]) * (box[3] - box[1]);
    }
  }
};

// suppressed[j] becomes 1 for every box after `i` that overlaps box `i` by more than the threshold.
template <typename scalar_t>
void suppress_after(const SortedBoxes<scalar_t>& boxes, size_t i, scalar_t threshold,
                    uint8_t* __restrict suppressed) {
  const scalar_t* __restrict x1 = boxes.x1.data();
  const scalar_t* __restrict y1 = boxes.y1.data();
  const scalar_t* __restrict x2 = boxes.x2.data();
  const scalar_t* __restrict y2 = boxes.y2.data();
  const scalar_t* __restrict area = boxes.area.data();
  const scalar_t left = x1[i], top = y1[i], right = x2[i], bottom = y2[i], own = area[i];
  const size_t count = boxes.area.size();
#pragma omp simd
  for (size_t j = i + 1; j < count; ++j) {
    const scalar_t w = std::max(scalar_t(0), std::min(right, x2[j]) - std::max(left, x1[j]));
    const scalar_t h = std::max(scalar_t(0), std::min(bottom, y2[j]) - std::max(top, y1[j]));
    const scalar_t overlap = w * h;
    suppressed[j] |= static_cast<uint8_t>(overlap / (own + area[j] - overlap) > threshold);
  }
}

// Marks in `kept` (by rank) the boxes of one group that survive; `ranks` ascend, best score first.
template <typename scalar_t>
void suppress(const scalar_t* boxes, const int64_t* order, const std::vector<int64_t>& ranks,
              scalar_t threshold, uint8_t* kept) {
  std::vector<int64_t> members(ranks.size());
  for (size_t i = 0; i < ranks.size(); ++i) members[i] = order[ranks[i]];
  const SortedBoxes<scalar_t> sorted(boxes, members);
  std::vector<uint8_t> suppressed(ranks.size(), 0);
  for (size_t i = 0; i < ranks.size(); ++i) {
    if (suppressed[i]) continue;
    kept[ranks[i]] = 1;
    suppress_after(sorted, i, threshold, suppressed.data());
  }
}

// The largest value of the boxes' own type that is not above `threshold`: an overlap in that type exceeds
// the one exactly where it exceeds the other.
template <typename scalar_t>
scalar_t round_down(double threshold) {
  const auto rounded = static_cast<scalar_t>(threshold);
  return static_cast<double>(rounded) > threshold
             ? std::nextafter(rounded, -std::numeric_limits<scalar_t>::infinity())
             : rounded;
}

Tensor batched_nms(const Tensor& boxes, const Tensor& scores, const Tensor& groups, double iou_threshold) {
  TORCH_CHECK(boxes.dim() == 2 && boxes.size(1) == 4, "nms: boxes must be N x 4, got ", boxes.sizes());
  TORCH_CHECK(scores.dim() == 1 && scores.size(0) == boxes.size(0), "nms: scores must have one entry a box: ",
              scores.sizes(), " for ", boxes.size(0), " boxes");
  TORCH_CHECK(groups.dim() == 1 && groups.size(0) == boxes.size(0), "nms: groups must have one entry a box: ",
              groups.sizes(), " for ", boxes.size(0), " boxes");
  TORCH_CHECK(boxes.scalar_type() == at::kFloat || boxes.scalar_type() == at::kDouble,
              "nms: boxes must be float32 or float64, got ", boxes.scalar_type());
  TORCH_CHECK(scores.is_floating_point(), "nms: scores must be floating, got ", scores.scalar_type());
  TORCH_CHECK(groups.scalar_type() == at::kLong, "nms: groups must be int64, got ", groups.scalar_type());
  TORCH_CHECK(!std::isnan(iou_threshold), "nms: iou_threshold is not a number");
  const Tensor host_boxes = boxes.detach().cpu().contiguous();
  const Tensor host_groups = groups.cpu().contiguous();
  const Tensor order = std::get<1>(at::sort(scores.detach().cpu(), /*stable=*/true, 0, /*descending=*/true));
  const int64_t* by_rank = order.data_ptr<int64_t>();
  const int64_t* group = host_groups.data_ptr<int64_t>();

  std::unordered_map<int64_t, size_t> slot_of;
  std::vector<std::vector<int64_t>> ranks;
  for (int64_t rank = 0; rank < order.numel(); ++rank) {
    const auto found = slot_of.emplace(group[by_rank[rank]], ranks.size());
    if (found.second) ranks.emplace_back();
    ranks[found.first->second].push_back(rank);
  }
  std::vector<uint8_t> kept(order.numel(), 0);
  AT_DISPATCH_FLOATING_TYPES(host_boxes.scalar_type(), "nms", [&] {
    const scalar_t* data = host_boxes.data_ptr<scalar_t>();
    const scalar_t threshold = round_down<scalar_t>(iou_threshold);
    at::parallel_for(0, static_cast<int64_t>(ranks.size()), 1, [&](int64_t from, int64_t to) {
      for (int64_t g = from; g < to; ++g) suppress(data, by_rank, ranks[g], threshold, kept.data());
    });
  });
  Tensor result = at::empty({std::accumulate(kept.begin(), kept.end(), int64_t(0))}, order.options());
  int64_t* out = result.data_ptr<int64_t>();
  for (size_t rank = 0; rank < kept.size(); ++rank) {
    if (kept[rank]) *out++ = by_rank[rank];
  }
  return result.to(boxes.device());
}

Tensor nms(const Tensor& boxes, const Tensor& scores, double iou_threshold) {
  return batched_nms(boxes, scores, at::zeros(scores.sizes(), scores.options().dtype(at::kLong)),
                     iou_threshold);
}

// ------------------------------------------------------------------------------------------ Autocast

// Each stands before the operator of its name and hands on what it was given, as float32.
template <c10::DeviceType device>
struct InFloat32 {
  struct NoAutocast : c10::impl::ExcludeDispatchKeyGuard {
    NoAutocast() : ExcludeDispatchKeyGuard(at::autocast::get_autocast_dispatch_key_from_device_type(device)) {}
  };

  static Tensor cast(const Tensor& tensor) { return at::autocast::cached_cast(at::kFloat, tensor, device); }

  static Tensor roi_align(const Tensor& input, const Tensor& rois, double spatial_scale, int64_t pooled_height,
                          int64_t pooled_width, int64_t sampling_ratio, bool aligned) {
    static const auto differentiable = c10::Dispatcher::singleton()
                                           .findSchemaOrThrow("supernet::roi_align", "")
                                           .typed<decltype(InFloat32::roi_align)>();
    const NoAutocast guard;
    return differentiable
        .call(cast(input), cast(rois), spatial_scale, pooled_height, pooled_width, sampling_ratio, aligned)
        .to(input.scalar_type());
  }

  static Tensor composed(const Tensor& input, const Tensor& rois, double spatial_scale, int64_t pooled_height,
                         int64_t pooled_width, int64_t sampling_ratio, bool aligned) {
    const NoAutocast guard;
    return roi_align_composed(cast(input), cast(rois), spatial_scale, pooled_height, pooled_width, sampling_ratio,
                              aligned)
        .to(input.scalar_type());
  }

  static Tensor nms(const Tensor& boxes, const Tensor& scores, double iou_threshold) {
    const NoAutocast guard;
    return ::nms(cast(boxes), cast(scores), iou_threshold);
  }

  static Tensor batched_nms(const Tensor& boxes, const Tensor& scores, const Tensor& groups,
                            double iou_threshold) {
    const NoAutocast guard;
    return ::batched_nms(cast(boxes), cast(scores), groups, iou_threshold);
  }

  static void registerAt(torch::Library& m) {
    m.impl("roi_align", TORCH_FN(roi_align));
    m.impl("roi_align_composed", TORCH_FN(composed));
    m.impl("nms", TORCH_FN(nms));
    m.impl("batched_nms", TORCH_FN(batched_nms));
  }
};

}  // namespace

TORCH_LIBRARY(supernet, m) {
  m.def("roi_align(Tensor input, Tensor rois, float spatial_scale, int pooled_height, int pooled_width, "
        "int sampling_ratio, bool aligned) -> Tensor");
  m.def("roi_align_composed(Tensor input, Tensor rois, float spatial_scale, int pooled_height, "
        "int pooled_width, int sampling_ratio, bool aligned) -> Tensor");
  m.def("nms(Tensor boxes, Tensor scores, float iou_threshold) -> Tensor");
  m.def("batched_nms(Tensor boxes, Tensor scores, Tensor groups, float iou_threshold) -> Tensor");
}

TORCH_LIBRARY_IMPL(supernet, CPU, m) { m.impl("roi_align", TORCH_FN(roi_align_cpu)); }

TORCH_LIBRARY_IMPL(supernet, AutogradCPU, m) { m.impl("roi_align", TORCH_FN(roi_align_autograd)); }

TORCH_LIBRARY_IMPL(supernet, CUDA, m) { m.impl("roi_align", TORCH_FN(roi_align_composed)); }

TORCH_LIBRARY_IMPL(supernet, AutogradCUDA, m) { m.impl("roi_align", TORCH_FN(roi_align_composed)); }

TORCH_LIBRARY_IMPL(supernet, CompositeImplicitAutograd, m) {
  m.impl("roi_align_composed", TORCH_FN(roi_align_composed));
}

TORCH_LIBRARY_IMPL(supernet, CompositeExplicitAutograd, m) {
  m.impl("nms", TORCH_FN(nms));
  m.impl("batched_nms", TORCH_FN(batched_nms));
}

TORCH_LIBRARY_IMPL(supernet, AutocastCPU, m) { InFloat32<at::kCPU>::registerAt(m); }

TORCH_LIBRARY_IMPL(supernet, Autocast, m) { InFloat32<at::kCUDA>::registerAt(m); }
