// Training on several processes, by libtorch's c10d: the store in which they meet, the group through which they
// communicate, the reducer that averages gradients while the backward pass goes on.
#include "bridge.h"

#if SUPERNET_C10D
#include <arpa/inet.h>
#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <future>
#include <memory>
#include <thread>

#include "distributed.h"

namespace bridge {
namespace {

using c10d_versions::Milliseconds;
using StorePtr = c10::intrusive_ptr<c10d::Store>;

// What JavaScript holds. It is let go of by `close` alone and never by the collector or at the process's end: a group's
// destructor waits for what is under way, and that may be for a rank that is gone.
struct Held {
  StorePtr store;
  uint16_t port = 0;
  Group group;
  std::shared_future<Group> opening;  // the group, when all ranks are connected
  std::shared_ptr<c10d::Reducer> reducer;
  std::vector<at::Tensor> parameters;  // the reducer's
};

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

Group groupOf(napi_env env, napi_value value) {
  const Group group = heldBy(env, value).group;
  if (!group) throw ArgumentError("the group was closed");
  return group;
}

at::Tensor tensorAt(napi_env env, napi_value value) {
  return isAbsent(env, value) ? at::Tensor() : TensorTable::current().get(toInt32(env, value, "tensor"));
}

// c10d's client reads an answer without a limit, so that a host which was cut off would wait for ever. The reading is
// left to a thread of its own, which is forgotten where no answer comes in time.
template <typename Result>
Result within(Milliseconds limit, std::function<Result()> body) {
  auto promise = std::make_shared<std::promise<Result>>();
  auto result = promise->get_future();
  std::thread([promise, body = std::move(body)] {
    try {
      promise->set_value(body());
    } catch (...) {
      promise->set_exception(std::current_exception());
    }
  }).detach();
  if (result.wait_for(limit) != std::future_status::ready) throw ArgumentError("timed out: the store does not answer");
  return result.get();
}

std::vector<uint8_t> bytes(const std::string& text) { return {text.begin(), text.end()}; }
std::string text(const std::vector<uint8_t>& bytes) { return {bytes.begin(), bytes.end()}; }

Milliseconds limit(napi_env env, napi_value value) { return Milliseconds(toInt64(env, value, "milliseconds")); }

// (host, port, whether this process serves it, prefix of all keys, milliseconds) -> store
napi_value openStore(napi_env env, napi_callback_info info) {
  return guarded(env, "store", [&] {
    Arguments<5> arguments(env, info);
    c10d::TCPStoreOptions options;
    options.port = static_cast<uint16_t>(toInt32(env, arguments[1], "port"));
    napi_get_value_bool(env, arguments[2], &options.isServer);
    options.waitWorkers = false;
    options.timeout = limit(env, arguments[4]);
    auto store = c10::make_intrusive<c10d::TCPStore>(toString(env, arguments[0], "host"), options);
    const uint16_t port = store->getPort();
    const std::string prefix = toString(env, arguments[3], "prefix");
    if (prefix.empty()) return hold(env, {store, port});
    return hold(env, {c10::make_intrusive<c10d::PrefixStore>(prefix, store), port});
  });
}

napi_value storePort(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  return guarded(env, "store", [&] { return fromNumber(env, heldBy(env, arguments[0]).port); });
}

// (store, milliseconds, key, value)
napi_value storeSet(napi_env env, napi_callback_info info) {
  return guarded(env, "store.set", [&] {
    Arguments<4> arguments(env, info);
    const auto store = storeOf(env, arguments[0]);
    const auto key = toString(env, arguments[2], "key");
    const auto value = bytes(toString(env, arguments[3], "value"));
    within<bool>(limit(env, arguments[1]), [=] {
      store->set(key, value);
      return true;
    });
    return undefined(env);
  });
}

// (store, milliseconds, key) -> text; the key must be there
napi_value storeGet(napi_env env, napi_callback_info info) {
  return guarded(env, "store.get", [&] {
    Arguments<3> arguments(env, info);
    const auto store = storeOf(env, arguments[0]);
    const auto key = toString(env, arguments[2], "key");
    return fromString(env, text(within<std::vector<uint8_t>>(limit(env, arguments[1]), [=] { return store->get(key); })));
  });
}

// (store, milliseconds, key, amount) -> the sum
napi_value storeAdd(napi_env env, napi_callback_info info) {
  return guarded(env, "store.add", [&] {
    Arguments<4> arguments(env, info);
    const auto store = storeOf(env, arguments[0]);
    const auto key = toString(env, arguments[2], "key");
    const auto amount = toInt64(env, arguments[3], "amount");
    const auto sum = within<int64_t>(limit(env, arguments[1]), [=] { return store->add(key, amount); });
    return fromNumber(env, static_cast<double>(sum));
  });
}

// (store, milliseconds, key, expected, desired) -> the value that the key has then
napi_value storeCompareSet(napi_env env, napi_callback_info info) {
  return guarded(env, "store.compareSet", [&] {
    Arguments<5> arguments(env, info);
    const auto store = storeOf(env, arguments[0]);
    const auto key = toString(env, arguments[2], "key");
    const auto expected = bytes(toString(env, arguments[3], "expected"));
    const auto desired = bytes(toString(env, arguments[4], "desired"));
    return fromString(env, text(within<std::vector<uint8_t>>(limit(env, arguments[1]), [=] {
                        return store->compareSet(key, expected, desired);
                      })));
  });
}

// (store, milliseconds, key) -> whether it is there
napi_value storeCheck(napi_env env, napi_callback_info info) {
  return guarded(env, "store.check", [&] {
    Arguments<3> arguments(env, info);
    const auto store = storeOf(env, arguments[0]);
    const auto key = toString(env, arguments[2], "key");
    const bool answer = within<bool>(limit(env, arguments[1]), [=] { return store->check({key}); });
    napi_value result;
    napi_get_boolean(env, answer, &result);
    return result;
  });
}

// (host, port) -> the address of this host by which packets to there leave. Nothing is sent.
napi_value localAddress(napi_env env, napi_callback_info info) {
  return guarded(env, "localAddress", [&] {
    Arguments<2> arguments(env, info);
    const auto host = toString(env, arguments[0], "host");
    const auto port = std::to_string(toInt32(env, arguments[1], "port"));
    addrinfo hints{};
    hints.ai_socktype = SOCK_DGRAM;
    addrinfo* found = nullptr;
    if (const int problem = getaddrinfo(host.c_str(), port.c_str(), &hints, &found); problem != 0) {
      throw ArgumentError(gai_strerror(problem));
    }
    const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> all(found, freeaddrinfo);
    for (const addrinfo* one = found; one != nullptr; one = one->ai_next) {
      const int socket = ::socket(one->ai_family, SOCK_DGRAM, 0);
      if (socket < 0) continue;
      sockaddr_storage own{};
      socklen_t length = sizeof own;
      char name[NI_MAXHOST] = "";
      const bool known = ::connect(socket, one->ai_addr, one->ai_addrlen) == 0 &&
                         ::getsockname(socket, reinterpret_cast<sockaddr*>(&own), &length) == 0 &&
                         getnameinfo(reinterpret_cast<sockaddr*>(&own), length, name, sizeof name, nullptr, 0,
                                     NI_NUMERICHOST) == 0;
      ::close(socket);
      if (known) return fromString(env, name);
    }
    throw ArgumentError("no route to it");
  });
}

Group openedGroup(const std::string& backend, const StorePtr& store, int32_t rank, int32_t size,
                  const std::string& address, Milliseconds timeout) {
  if (backend == "gloo") return c10d_versions::openGloo(store, rank, size, address, timeout);
#if SUPERNET_NCCL
  if (backend == "nccl") return c10d_versions::openNccl(store, rank, size, timeout);
#endif
  throw ArgumentError("the addon was built without " + backend);
}

// (store, name that no other group of the store has, rank, size, "gloo" or "nccl", own address, milliseconds) -> group,
// of which the ranks are being connected on a thread of its own: one that is gone by now is waited for in vain. The store
// is in use until then.
napi_value openGroup(napi_env env, napi_callback_info info) {
  return guarded(env, "group", [&] {
    Arguments<7> arguments(env, info);
    const auto name = toString(env, arguments[1], "name");
    const StorePtr store = c10::make_intrusive<c10d::PrefixStore>(name, storeOf(env, arguments[0]));
    const int32_t rank = toInt32(env, arguments[2], "rank");
    const int32_t size = toInt32(env, arguments[3], "size");
    const auto backend = toString(env, arguments[4], "backend");
    const auto address = toString(env, arguments[5], "address");
    const auto timeout = limit(env, arguments[6]);
    std::packaged_task<Group()> open([=] { return openedGroup(backend, store, rank, size, address, timeout); });
    Held held;
    held.opening = open.get_future().share();
    std::thread(std::move(open)).detach();
    return hold(env, std::move(held));
  });
}

// (group) -> whether all ranks are connected; throws where they could not be
napi_value groupIsOpen(napi_env env, napi_callback_info info) {
  return guarded(env, "group", [&] {
    Arguments<1> arguments(env, info);
    Held& held = heldBy(env, arguments[0]);
    const bool over = held.opening.wait_for(Milliseconds(0)) == std::future_status::ready;
    if (over) held.group = held.opening.get();
    napi_value result;
    napi_get_boolean(env, over, &result);
    return result;
  });
}

// (group, tensor): the sum over all ranks, in place
napi_value groupAllReduce(napi_env env, napi_callback_info info) {
  return guarded(env, "all-reduce", [&] {
    Arguments<2> arguments(env, info);
    const at::NoGradGuard guard;
    allReduceSum(groupOf(env, arguments[0]), tensorAt(env, arguments[1]));
    return undefined(env);
  });
}

// (group, tensor, rank whose values all get), in place
napi_value groupBroadcast(napi_env env, napi_callback_info info) {
  return guarded(env, "broadcast", [&] {
    Arguments<3> arguments(env, info);
    const at::NoGradGuard guard;
    const auto group = groupOf(env, arguments[0]);
    c10d::BroadcastOptions options;
    options.rootRank = toInt32(env, arguments[2], "root");
    inPlace(tensorAt(env, arguments[1]), [&](auto& dense) { group->broadcast(dense, options)->wait(); });
    return undefined(env);
  });
}

// (group, tensor) -> handles, one a rank
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

// (group, parameters in the model's order) -> reducer. Gradients become ready from the last layer to the first, and so
// do the buckets.
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
    auto [buckets, limits] = c10d::compute_bucket_assignment_by_size(
        parameters, {c10d::kDefaultFirstBucketBytes, c10d::kDefaultBucketBytesCap});
    std::reverse(buckets.begin(), buckets.end());
    std::reverse(limits.begin(), limits.end());
    auto reducer = std::make_shared<c10d::Reducer>(
        parameters, buckets, limits, group, std::vector<bool>(parameters.size(), false), c10d::kDefaultBucketBytesCap,
        /*find_unused_parameters=*/true, /*gradient_as_bucket_view=*/false, std::unordered_map<size_t, std::string>(),
        c10d::kDefaultFirstBucketBytes);
    Held held;
    held.reducer = std::move(reducer);
    held.parameters = std::move(parameters);
    return hold(env, std::move(held));
  });
}

// (reducer, output) -> the output to differentiate, by which the gradients are averaged. The reducer takes a parameter
// that the output does not hang on for unused and leaves its gradient alone. So those that earlier passes gave one are
// added to the output, as empty sums.
napi_value reducerPrepare(napi_env env, napi_callback_info info) {
  return guarded(env, "reducer", [&] {
    Arguments<2> arguments(env, info);
    const Held& held = heldBy(env, arguments[0]);
    if (!held.reducer) throw ArgumentError("the reducer was closed");
    at::Tensor output = tensorAt(env, arguments[1]);
    for (const at::Tensor& parameter : held.parameters) {
      if (parameter.grad().defined()) output = output + parameter.flatten().narrow(0, 0, 0).sum();
    }
    // It warns where no parameter is unused, as of a setting to be changed; here that differs from pass to pass.
    const c10d_versions::WithoutWarnings guard;
    held.reducer->prepare_for_backward({output});
    return fromNumber(env, TensorTable::current().put(output));
  });
}

// (group, x, weight, bias, running mean, running variance, momentum, eps) -> handle
napi_value groupBatchNorm(napi_env env, napi_callback_info info) {
  return guarded(env, "synchronised batch-norm", [&] {
    Arguments<8> arguments(env, info);
    double momentum = 0;
    double eps = 0;
    check(env, napi_get_value_double(env, arguments[6], &momentum), "momentum");
    check(env, napi_get_value_double(env, arguments[7], &eps), "eps");
    return fromNumber(env, TensorTable::current().put(synchronisedBatchNorm(
                               groupOf(env, arguments[0]), tensorAt(env, arguments[1]), tensorAt(env, arguments[2]),
                               tensorAt(env, arguments[3]), tensorAt(env, arguments[4]), tensorAt(env, arguments[5]),
                               momentum, eps)));
  });
}

// Lets go of a store, a group or a reducer. The last owner of a group waits for what is under way, elsewhere.
napi_value close(napi_env env, napi_callback_info info) {
  return guarded(env, "close", [&] {
    Arguments<1> arguments(env, info);
    std::thread([last = std::exchange(heldBy(env, arguments[0]), Held{})] {}).detach();
    return undefined(env);
  });
}

#if SUPERNET_NCCL
constexpr const char* BACKENDS = "gloo,nccl";
#else
constexpr const char* BACKENDS = "gloo";
#endif

}  // namespace

void exportDistributed(napi_env env, napi_value exports) {
  napi_set_named_property(env, exports, "distributedBackends", fromString(env, BACKENDS));
  exportFunction(env, exports, "openStore", openStore);
  exportFunction(env, exports, "storePort", storePort);
  exportFunction(env, exports, "storeSet", storeSet);
  exportFunction(env, exports, "storeGet", storeGet);
  exportFunction(env, exports, "storeAdd", storeAdd);
  exportFunction(env, exports, "storeCompareSet", storeCompareSet);
  exportFunction(env, exports, "storeCheck", storeCheck);
  exportFunction(env, exports, "localAddress", localAddress);
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
