// Operators of object detection that ATen does not have. detection_ops.cpp registers them.
#pragma once

#include <ATen/ATen.h>

namespace detection {

using at::Tensor;

struct RoiAlignOptions {
  double spatial_scale;
  int64_t pooled_height;
  int64_t pooled_width;
  int64_t sampling_ratio;
  bool aligned;
};

// Throws if an argument of RoIAlign is not supported.
void check_roi_align(const Tensor& input, const Tensor& rois, const RoiAlignOptions& options);

// RoIAlign on the CPU, without and with its derivative.
Tensor roi_align_cpu(const Tensor& input, const Tensor& rois, double spatial_scale, int64_t pooled_height,
                     int64_t pooled_width, int64_t sampling_ratio, bool aligned);
Tensor roi_align_autograd(const Tensor& input, const Tensor& rois, double spatial_scale, int64_t pooled_height,
                          int64_t pooled_width, int64_t sampling_ratio, bool aligned);

// RoIAlign composed from ATen operators, for devices without a kernel.
Tensor roi_align_composed(const Tensor& input, const Tensor& rois, double spatial_scale, int64_t pooled_height,
                          int64_t pooled_width, int64_t sampling_ratio, bool aligned);

Tensor nms(const Tensor& boxes, const Tensor& scores, double iou_threshold);
Tensor batched_nms(const Tensor& boxes, const Tensor& scores, const Tensor& groups, double iou_threshold);

}  // namespace detection
