// Greedy non-maximum suppression. Boxes are XYXY, absolute and half-open. Results do not depend on the number of
// threads.
#include <ATen/Parallel.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <unordered_map>
#include <vector>

#include "detection_ops.h"

namespace detection {
namespace {

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

// Sets suppressed[j] to 1 for every box after `i` that overlaps box `i` by more than the threshold.
template <typename scalar_t>
void suppress_after(const SortedBoxes<scalar_t>& boxes, size_t i, scalar_t threshold,
                    uint8_t* __restrict suppressed) {
  const scalar_t* __restrict x1 = boxes.x1.data();
  const scalar_t* __restrict y1 = boxes.y1.data();
  const scalar_t* __restrict x2 = boxes.x2.data();
  const scalar_t* __restrict y2 = boxes.y2.data();
  const scalar_t* __restrict area = boxes.area.data();
  const scalar_t left = x1[i], top = y1[i], right = x2[i], bottom = y2[i], own_area = area[i];
  const size_t count = boxes.area.size();
#pragma omp simd
  for (size_t j = i + 1; j < count; ++j) {
    const scalar_t w = std::max(scalar_t(0), std::min(right, x2[j]) - std::max(left, x1[j]));
    const scalar_t h = std::max(scalar_t(0), std::min(bottom, y2[j]) - std::max(top, y1[j]));
    const scalar_t overlap = w * h;
    suppressed[j] |= static_cast<uint8_t>(overlap / (own_area + area[j] - overlap) > threshold);
  }
}

// Marks in `kept`, by rank, the boxes of one group that survive. `ranks` ascends from the best score.
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

// Returns the largest value of the boxes' type that is at most `threshold`. An overlap in that type exceeds one of the
// two if and only if it exceeds the other.
template <typename scalar_t>
scalar_t round_down(double threshold) {
  const auto rounded = static_cast<scalar_t>(threshold);
  return static_cast<double>(rounded) > threshold
             ? std::nextafter(rounded, -std::numeric_limits<scalar_t>::infinity())
             : rounded;
}

}  // namespace

Tensor batched_nms(const Tensor& boxes, const Tensor& scores, const Tensor& groups, double iou_threshold) {
  TORCH_CHECK(boxes.dim() == 2 && boxes.size(1) == 4, "nms: boxes must be N x 4, got ", boxes.sizes());
  TORCH_CHECK(scores.dim() == 1 && scores.size(0) == boxes.size(0), "nms: scores must have one entry per box: ",
              scores.sizes(), " for ", boxes.size(0), " boxes");
  TORCH_CHECK(groups.dim() == 1 && groups.size(0) == boxes.size(0), "nms: groups must have one entry per box: ",
              groups.sizes(), " for ", boxes.size(0), " boxes");
  TORCH_CHECK(boxes.scalar_type() == at::kFloat || boxes.scalar_type() == at::kDouble,
              "nms: boxes must be float32 or float64, got ", boxes.scalar_type());
  TORCH_CHECK(scores.is_floating_point(), "nms: scores must be floating-point, got ", scores.scalar_type());
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

}  // namespace detection
