// Registers the operators of object detection with the dispatcher, so that they can be called, differentiated and typed
// like all other operators:
//
//   supernet::roi_align            RoIAlign, differentiable in its input
//   supernet::roi_align_composed   the same, composed from ATen operators, for devices without a kernel
//   supernet::nms, batched_nms     greedy non-maximum suppression
//
// Under autocast they compute in float32, as in torchvision. RoIAlign returns its input's type.
#include "detection_ops.h"

#include <ATen/autocast_mode.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <torch/library.h>

namespace detection {
namespace {

// Kernels of the autocast keys. Each casts its arguments to float32 and calls the operator of the same name.
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

  static Tensor roi_align_composed(const Tensor& input, const Tensor& rois, double spatial_scale,
                                   int64_t pooled_height, int64_t pooled_width, int64_t sampling_ratio, bool aligned) {
    const NoAutocast guard;
    return detection::roi_align_composed(cast(input), cast(rois), spatial_scale, pooled_height, pooled_width,
                                         sampling_ratio, aligned)
        .to(input.scalar_type());
  }

  static Tensor nms(const Tensor& boxes, const Tensor& scores, double iou_threshold) {
    const NoAutocast guard;
    return detection::nms(cast(boxes), cast(scores), iou_threshold);
  }

  static Tensor batched_nms(const Tensor& boxes, const Tensor& scores, const Tensor& groups,
                            double iou_threshold) {
    const NoAutocast guard;
    return detection::batched_nms(cast(boxes), cast(scores), groups, iou_threshold);
  }

  static void register_in(torch::Library& m) {
    m.impl("roi_align", TORCH_FN(roi_align));
    m.impl("roi_align_composed", TORCH_FN(roi_align_composed));
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

TORCH_LIBRARY_IMPL(supernet, AutocastCPU, m) { InFloat32<at::kCPU>::register_in(m); }

TORCH_LIBRARY_IMPL(supernet, Autocast, m) { InFloat32<at::kCUDA>::register_in(m); }

}  // namespace detection
