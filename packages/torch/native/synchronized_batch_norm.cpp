// Batch-norm over the images of all ranks, like torch.nn.SyncBatchNorm on CUDA, but from operators that every device
// has. libtorch normalizes by given statistics and differentiates that. Added here are the statistics of all ranks and
// the derivative through them.
#if SUPERNET_C10D
#include "distributed.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>

namespace bridge {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

// Opaque object that stores the group in the autograd graph.
struct HeldGroup : torch::CustomClassHolder {
  explicit HeldGroup(Group group) : group(std::move(group)) {}
  Group group;
};

// Views [C] so that it broadcasts over [N, C, ...].
at::Tensor perChannel(const at::Tensor& values, const at::Tensor& x) {
  std::vector<int64_t> shape(x.dim(), 1);
  shape[1] = values.numel();
  return values.view(shape);
}

struct Statistics {
  at::Tensor mean, variance;  // [C], float64, over all ranks; the variance is biased
  double count;               // numbers per channel
};

// Combines the means and variances of the ranks, weighted by their counts. Sums of squares would lose precision.
Statistics gather(const Group& group, const at::Tensor& x) {
  const int64_t channels = x.size(1);
  const auto numbers = x.numel() / channels;
  const auto options = x.options().dtype(at::kDouble).memory_format(c10::nullopt);
  at::Tensor local = at::zeros({2 * channels + 1}, options);
  if (numbers > 0) {
    std::vector<int64_t> others;
    for (int64_t i = 0; i < x.dim(); i++)
      if (i != 1) others.push_back(i);
    const bool narrow = x.scalar_type() == at::kBFloat16 || x.scalar_type() == at::kHalf;
    const auto [variance, mean] = at::var_mean(narrow ? x.to(at::kFloat) : x, others, /*unbiased=*/false);
    local.narrow(0, 0, channels).copy_(mean);
    local.narrow(0, channels, channels).copy_(variance);
    local[2 * channels].fill_(static_cast<double>(numbers));
  }
  const at::Tensor all = at::stack(allGather(group, local));
  const at::Tensor means = all.narrow(1, 0, channels);
  const at::Tensor counts = all.narrow(1, 2 * channels, 1);
  const at::Tensor total = counts.sum();
  const at::Tensor shares = counts.div(total);
  const at::Tensor mean = shares.mul(means).sum(0);
  const at::Tensor variance = shares.mul(all.narrow(1, channels, channels) + (means - mean).square()).sum(0);
  return {mean, variance, total.item().toDouble()};
}

struct Normalize : torch::autograd::Function<Normalize> {
  static at::Tensor forward(AutogradContext* context, const at::Tensor& x, const at::Tensor& weight,
                            const at::Tensor& bias, const at::Tensor& mean, const at::Tensor& variance,
                            const Group& group, double count, double eps) {
    context->save_for_backward({x, weight, mean, variance});
    context->saved_data["group"] = c10::IValue::make_capsule(c10::make_intrusive<HeldGroup>(group));
    context->saved_data["count"] = count;
    context->saved_data["eps"] = eps;
    return std::get<0>(at::native_batch_norm(x, weight, bias, mean, variance, /*training=*/false, 0, eps));
  }

  // For constant statistics, dx is w/s dy. The derivative through them adds -w/s (sum dy + x^ sum (x^ dy)) / count,
  // where x^ is the normalized x and the sums are over all ranks. This rank's own sums are the gradients of bias and
  // weight.
  static variable_list backward(AutogradContext* context, variable_list gradients) {
    const auto saved = context->get_saved_variables();
    const at::Tensor &x = saved[0], &weight = saved[1], &mean = saved[2], &variance = saved[3];
    const double count = context->saved_data["count"].toDouble();
    const double eps = context->saved_data["eps"].toDouble();
    const auto held = context->saved_data["group"].toCapsule();
    const Group& group = static_cast<HeldGroup&>(*held).group;
    auto [dx, dWeight, dBias] = at::native_batch_norm_backward(gradients[0], x, weight, mean, variance, {}, {},
                                                               /*train=*/false, eps, {true, true, true});
    const at::Tensor sums = at::stack({dBias, dWeight}).to(at::kDouble);
    allReduceSum(group, sums);
    const at::Tensor deviation = variance.to(at::kDouble).add(eps).rsqrt();
    const at::Tensor factor = weight.to(at::kDouble) * deviation / count;
    const at::Tensor slope = factor * deviation * sums[1];
    const at::Tensor offset = factor * sums[0] - slope * mean;
    const auto type = mean.scalar_type();
    dx.sub_(x.mul(perChannel(slope.to(type), x)).add_(perChannel(offset.to(type), x)));
    return {dx, dWeight, dBias, {}, {}, {}, {}, {}};
  }
};

}  // namespace

at::Tensor synchronizedBatchNorm(const Group& group, const at::Tensor& x, const at::Tensor& weight,
                                 const at::Tensor& bias, at::Tensor runningMean, at::Tensor runningVar,
                                 double momentum, double eps) {
  TORCH_CHECK(x.dim() >= 2 && x.size(1) > 0, "batch-norm expects [N, C, ...], got ", x.sizes());
  const bool narrow = x.scalar_type() == at::kBFloat16 || x.scalar_type() == at::kHalf;
  const auto type = weight.defined() ? weight.scalar_type() : narrow ? at::kFloat : x.scalar_type();
  Statistics all;
  {
    const at::NoGradGuard guard;
    all = gather(group, x.detach());
    TORCH_CHECK(all.count > 1, "batch-norm in training needs more than one number per channel over all ranks, got ",
                x.sizes());
    if (runningMean.defined()) {
      const double unbiased = all.count / (all.count - 1);
      runningMean.mul_(1 - momentum).add_(all.mean.to(runningMean.scalar_type()), momentum);
      runningVar.mul_(1 - momentum).add_(all.variance.to(runningVar.scalar_type()), momentum * unbiased);
    }
  }
  const at::Tensor mean = all.mean.to(type);
  return Normalize::apply(x, weight.defined() ? weight : at::ones_like(mean),
                          bias.defined() ? bias : at::zeros_like(mean), mean, all.variance.to(type), group, all.count,
                          eps);
}

}  // namespace bridge
#endif
