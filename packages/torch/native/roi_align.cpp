// RoIAlign (He et al., Mask R-CNN, 2017, https://arxiv.org/abs/1703.06870) on the CPU, differentiable in its input.
// Results and gradients do not depend on the number of threads.
#include <ATen/Parallel.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "detection_ops.h"

namespace detection {
namespace {

constexpr int64_t kMaxSamplingRatio = 64;
constexpr int64_t kMaxPooledSize = 1024;

// Bilinear sampling followed by the mean over a bin is separable, so a bin is a weighted sum over the cells
// (rows of the bin) x (columns of the bin). `Bands` contains the cells of each bin along one axis, and their weights
// including the division of the mean.
template <typename scalar_t>
struct Bands {
  struct Cell {
    int64_t index;
    scalar_t weight;
  };
  std::vector<Cell> cells;
  std::vector<size_t> begin;  // start of each bin in `cells`, with one more entry at the end

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
      // A region far larger than the map has very many samples outside it. Visit only those inside.
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
    // NaN is outside too.
    if (!(position >= scalar_t(-1) && position <= static_cast<scalar_t>(size))) return;
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

// Calls visit(bin, row, column, weight) for every bin and every cell of the map in it.
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

// Distributes the regions among threads. Reads the map with channels innermost, which can be vectorized.
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

// A task processes one block of channels of one image and adds the regions in order. Thus no two threads write to the
// same cell of the gradient, and the order of additions does not depend on the number of threads.
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

}  // namespace

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
  TORCH_CHECK(options.pooled_height > 0 && options.pooled_width > 0 && options.pooled_height <= kMaxPooledSize &&
                  options.pooled_width <= kMaxPooledSize,
              "roi_align: the pooled size must be from 1 to ", kMaxPooledSize, ", got ", options.pooled_height, " x ",
              options.pooled_width);
  TORCH_CHECK(options.sampling_ratio <= kMaxSamplingRatio, "roi_align: sampling_ratio must be at most ",
              kMaxSamplingRatio, ", got ", options.sampling_ratio);
  if (rois.size(0) > 0) {
    TORCH_CHECK(at::isfinite(rois).all().item<bool>(), "roi_align: a region is not finite");
    const Tensor images = rois.select(1, 0);
    TORCH_CHECK(images.min().item<double>() >= 0 && images.max().item<double>() < input.size(0),
                "roi_align: each image index must be from 0 to ", input.size(0) - 1);
    TORCH_CHECK(input.size(2) > 0 && input.size(3) > 0, "roi_align: input is empty: ", input.sizes());
  }
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

namespace {

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

}  // namespace

Tensor roi_align_autograd(const Tensor& input, const Tensor& rois, double spatial_scale,
                          int64_t pooled_height, int64_t pooled_width, int64_t sampling_ratio,
                          bool aligned) {
  return RoiAlignFunction::apply(input, rois, spatial_scale, pooled_height, pooled_width, sampling_ratio,
                                 aligned);
}

}  // namespace detection
