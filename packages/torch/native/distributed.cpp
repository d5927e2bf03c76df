// Communication between processes with libtorch's c10d: the group of the ranks, and the reducer that averages gradients
// during the backward pass.
#include "bridge.h"

#if SUPERNET_C10D
#include <thread>

#include "distributed.h"

namespace bridge {

napi_value hold(napi_env env, Held held) {
  napi_value result;
  check(env, napi_create_external(env, new Held(std::move(held)), nullptr, nullptr, &result), "external");
  return result;
}

Held& heldBy(napi_env env, napi_value value) {
  void* data = nullptr;
  check(env, napi_get_value_external(env, value, &data), "expected a store, a group or a reducer");
  return *static_cast<Held*>(data);
}

StorePtr storeOf(napi_env env, napi_value value) {
  const StorePtr store = heldBy(env, value).store;
  if (!store) throw ArgumentError("the store was closed");
  return store;
}

Milliseconds toMilliseconds(napi_env env, napi_value value) { return Milliseconds(toInt64(env, value, "milliseconds")); }

namespace {

Group groupOf(napi_env env, napi_value value) {
  const Group group = heldBy(env, value).group;
  if (!group) throw ArgumentError("the group was closed");
  return group;
}

at::Tensor tensorAt(napi_env env, napi_value value) {
  return isAbsent(env, value) ? at::Tensor() : TensorTable::current().get(toInt32Clamped(env, value, "tensor"));
}

Group connect(const std::string& backend, const StorePtr& store, int32_t rank, int32_t size,
                  const std::string& address, Milliseconds timeout) {
  if (backend == "gloo") return c10d_versions::openGloo(store, rank, size, address, timeout);
#if SUPERNET_NCCL
  if (backend == "nccl") return c10d_versions::openNccl(store, rank, size, timeout);
#endif
  throw ArgumentError("the addon was built without " + backend);
}

// (store, name that no other group of the store has, rank, size, "gloo" or "nccl", address of this host, milliseconds)
// -> group. A separate thread connects the ranks, because connecting blocks if one of them is gone. The thread uses the
// store until all ranks are connected.
napi_value openGroup(napi_env env, napi_callback_info info) {
  return guarded(env, "group", [&] {
    Arguments<7> arguments(env, info);
    const auto name = toString(env, arguments[1], "name");
    const StorePtr store = c10::make_intrusive<c10d::PrefixStore>(name, storeOf(env, arguments[0]));
    const int32_t rank = toInt32Clamped(env, arguments[2], "rank");
    const int32_t size = toInt32Clamped(env, arguments[3], "size");
    const auto backend = toString(env, arguments[4], "backend");
    const auto address = toString(env, arguments[5], "address");
    const auto timeout = toMilliseconds(env, arguments[6]);
    std::packaged_task<Group()> open([=] { return connect(backend, store, rank, size, address, timeout); });
    Held held;
    held.opening = open.get_future().share();
    std::thread(std::move(open)).detach();
    return hold(env, std::move(held));
  });
}

// (group) -> whether all ranks are connected; throws if connecting failed
napi_value groupIsOpen(napi_env env, napi_callback_info info) {
  return guarded(env, "group", [&] {
    Arguments<1> arguments(env, info);
    Held& held = heldBy(env, arguments[0]);
    const bool over = held.opening.wait_for(Milliseconds(0)) == std::future_status::ready;
    if (over) held.group = held.opening.get();
    return fromBool(env, over);
  });
}

// (group, tensor): replaces the tensor with the sum over all ranks
napi_value groupAllReduce(napi_env env, napi_callback_info info) {
  return guarded(env, "all-reduce", [&] {
    Arguments<2> arguments(env, info);
    const at::NoGradGuard guard;
    allReduceSum(groupOf(env, arguments[0]), tensorAt(env, arguments[1]));
    return undefined(env);
  });
}

// (group, tensor, root): copies the tensor of rank `root` to all ranks, in place
napi_value groupBroadcast(napi_env env, napi_callback_info info) {
  return guarded(env, "broadcast", [&] {
    Arguments<3> arguments(env, info);
    const at::NoGradGuard guard;
    const auto group = groupOf(env, arguments[0]);
    c10d::BroadcastOptions options;
    options.rootRank = toInt32Clamped(env, arguments[2], "root");
    inPlace(tensorAt(env, arguments[1]), [&](auto& dense) { group->broadcast(dense, options)->wait(); });
    return undefined(env);
  });
}

// (group, tensor) -> handles, one per rank
napi_value groupAllGather(napi_env env, napi_callback_info info) {
  return guarded(env, "all-gather", [&] {
    Arguments<2> arguments(env, info);
    const at::NoGradGuard guard;
    const auto gathered = allGather(groupOf(env, arguments[0]), tensorAt(env, arguments[1]).detach().contiguous());
    napi_value handles;
    napi_create_array_with_length(env, gathered.size(), &handles);
    for (size_t i = 0; i < gathered.size(); i++) {
      napi_set_element(env, handles, i, fromNumber(env, TensorTable::current().put(gathered[i])));
    }
    return handles;
  });
}

napi_value groupBarrier(napi_env env, napi_callback_info info) {
  return guarded(env, "barrier", [&] {
    Arguments<1> arguments(env, info);
    groupOf(env, arguments[0])->barrier()->wait();
    return undefined(env);
  });
}

// (group, parameters in the model's order) -> reducer
napi_value openReducer(napi_env env, napi_callback_info info) {
  return guarded(env, "reducer", [&] {
    Arguments<2> arguments(env, info);
    const auto group = groupOf(env, arguments[0]);
    uint32_t length = 0;
    check(env, napi_get_array_length(env, arguments[1], &length), "parameters");
    std::vector<at::Tensor> parameters;
    for (uint32_t i = 0; i < length; i++) {
      napi_value element;
      check(env, napi_get_element(env, arguments[1], i, &element), "parameters");
      parameters.push_back(tensorAt(env, element));
    }
    auto reducer = c10d_versions::openReducer(parameters, group);
    Held held;
    held.reducer = std::move(reducer);
    held.parameters = std::move(parameters);
    return hold(env, std::move(held));
  });
}

// (reducer, output) -> the output to differentiate so that gradients are averaged. The reducer ignores the gradients of
// parameters that the output does not depend on. Parameters with a gradient from an earlier pass are therefore added to
// the output as empty sums.
napi_value reducerPrepare(napi_env env, napi_callback_info info) {
  return guarded(env, "reducer", [&] {
    Arguments<2> arguments(env, info);
    const Held& held = heldBy(env, arguments[0]);
    if (!held.reducer) throw ArgumentError("the reducer was closed");
    at::Tensor output = tensorAt(env, arguments[1]);
    for (const at::Tensor& parameter : held.parameters) {
      if (parameter.grad().defined()) output = output + parameter.flatten().narrow(0, 0, 0).sum();
    }
    // The reducer warns if all parameters are used, because one of its settings could then be changed. Here this
    // differs from pass to pass.
    const c10d_versions::WithoutWarnings guard;
    held.reducer->prepare_for_backward({output});
    return fromNumber(env, TensorTable::current().put(output));
  });
}

// (group, x, weight, bias, running mean, running variance, momentum, eps) -> handle
napi_value groupBatchNorm(napi_env env, napi_callback_info info) {
  return guarded(env, "synchronized batch-norm", [&] {
    Arguments<8> arguments(env, info);
    double momentum = 0;
    double eps = 0;
    check(env, napi_get_value_double(env, arguments[6], &momentum), "momentum");
    check(env, napi_get_value_double(env, arguments[7], &eps), "eps");
    return fromNumber(env, TensorTable::current().put(synchronizedBatchNorm(
                               groupOf(env, arguments[0]), tensorAt(env, arguments[1]), tensorAt(env, arguments[2]),
                               tensorAt(env, arguments[3]), tensorAt(env, arguments[4]), tensorAt(env, arguments[5]),
                               momentum, eps)));
  });
}

// Releases a store, a group or a reducer, in another thread: the last owner of a group waits for pending communication.
napi_value close(napi_env env, napi_callback_info info) {
  return guarded(env, "close", [&] {
    Arguments<1> arguments(env, info);
    std::thread([last = std::exchange(heldBy(env, arguments[0]), Held{})] {}).detach();
    return undefined(env);
  });
}

#if SUPERNET_NCCL
constexpr const char* kBackends = "gloo,nccl";
#else
constexpr const char* kBackends = "gloo";
#endif

}  // namespace

void exportDistributed(napi_env env, napi_value exports) {
  c10d_versions::readLogLevel();
  napi_set_named_property(env, exports, "distributedBackends", fromString(env, kBackends));
  exportStore(env, exports);
  exportFunction(env, exports, "openGroup", openGroup);
  exportFunction(env, exports, "groupIsOpen", groupIsOpen);
  exportFunction(env, exports, "groupAllReduce", groupAllReduce);
  exportFunction(env, exports, "groupBroadcast", groupBroadcast);
  exportFunction(env, exports, "groupAllGather", groupAllGather);
  exportFunction(env, exports, "groupBarrier", groupBarrier);
  exportFunction(env, exports, "groupBatchNorm", groupBatchNorm);
  exportFunction(env, exports, "openReducer", openReducer);
  exportFunction(env, exports, "reducerPrepare", reducerPrepare);
  exportFunction(env, exports, "closeDistributed", close);
}

}  // namespace bridge

#else

namespace bridge {

void exportDistributed(napi_env env, napi_value exports) {
  napi_set_named_property(env, exports, "distributedBackends", fromString(env, ""));
}

}  // namespace bridge

#endif
