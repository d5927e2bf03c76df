// The store that the ranks of a run share: libtorch's TCPStore.
#include "bridge.h"

#if SUPERNET_C10D
#include <arpa/inet.h>
#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <functional>
#include <thread>

#include "distributed.h"

namespace bridge {
namespace {

// Calls `body` with a time limit. c10d's client reads answers without one, so a disconnected host would wait forever. A
// separate thread reads instead, and is abandoned if no answer comes in time.
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

// (host, port, whether this process serves it, prefix of all keys, milliseconds) -> store
napi_value openStore(napi_env env, napi_callback_info info) {
  return guarded(env, "store", [&] {
    Arguments<5> arguments(env, info);
    c10d::TCPStoreOptions options = c10d_versions::storeOptions();
    options.port = static_cast<uint16_t>(toInt32Clamped(env, arguments[1], "port"));
    napi_get_value_bool(env, arguments[2], &options.isServer);
    options.waitWorkers = false;
    options.timeout = toMilliseconds(env, arguments[4]);
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
    within<bool>(toMilliseconds(env, arguments[1]), [=] {
      store->set(key, value);
      return true;
    });
    return undefined(env);
  });
}

// (store, milliseconds, key) -> value; the key must exist
napi_value storeGet(napi_env env, napi_callback_info info) {
  return guarded(env, "store.get", [&] {
    Arguments<3> arguments(env, info);
    const auto store = storeOf(env, arguments[0]);
    const auto key = toString(env, arguments[2], "key");
    return fromString(env, text(within<std::vector<uint8_t>>(toMilliseconds(env, arguments[1]), [=] { return store->get(key); })));
  });
}

// (store, milliseconds, key, amount) -> the sum
napi_value storeAdd(napi_env env, napi_callback_info info) {
  return guarded(env, "store.add", [&] {
    Arguments<4> arguments(env, info);
    const auto store = storeOf(env, arguments[0]);
    const auto key = toString(env, arguments[2], "key");
    const auto amount = toInt64(env, arguments[3], "amount");
    const auto sum = within<int64_t>(toMilliseconds(env, arguments[1]), [=] { return store->add(key, amount); });
    return fromNumber(env, static_cast<double>(sum));
  });
}

// (store, milliseconds, key, expected, desired) -> the value of the key after the call
napi_value storeCompareSet(napi_env env, napi_callback_info info) {
  return guarded(env, "store.compareSet", [&] {
    Arguments<5> arguments(env, info);
    const auto store = storeOf(env, arguments[0]);
    const auto key = toString(env, arguments[2], "key");
    const auto expected = bytes(toString(env, arguments[3], "expected"));
    const auto desired = bytes(toString(env, arguments[4], "desired"));
    return fromString(env, text(within<std::vector<uint8_t>>(toMilliseconds(env, arguments[1]), [=] {
                        return store->compareSet(key, expected, desired);
                      })));
  });
}

// (store, milliseconds, key) -> whether the key exists
napi_value storeCheck(napi_env env, napi_callback_info info) {
  return guarded(env, "store.check", [&] {
    Arguments<3> arguments(env, info);
    const auto store = storeOf(env, arguments[0]);
    const auto key = toString(env, arguments[2], "key");
    return fromBool(env, within<bool>(toMilliseconds(env, arguments[1]), [=] { return store->check({key}); }));
  });
}

// (host, port) -> the address that this host uses to reach `host`. Sends nothing.
napi_value localAddress(napi_env env, napi_callback_info info) {
  return guarded(env, "localAddress", [&] {
    Arguments<2> arguments(env, info);
    const auto host = toString(env, arguments[0], "host");
    const auto port = std::to_string(toInt32Clamped(env, arguments[1], "port"));
    addrinfo hints{};
    hints.ai_socktype = SOCK_DGRAM;
    addrinfo* found = nullptr;
    if (const int problem = getaddrinfo(host.c_str(), port.c_str(), &hints, &found); problem != 0) {
      throw ArgumentError(gai_strerror(problem));
    }
    const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> all(found, freeaddrinfo);
    for (const addrinfo* candidate = found; candidate != nullptr; candidate = candidate->ai_next) {
      const int socket = ::socket(candidate->ai_family, SOCK_DGRAM, 0);
      if (socket < 0) continue;
      sockaddr_storage local{};
      socklen_t length = sizeof local;
      char name[NI_MAXHOST] = "";
      const bool known = ::connect(socket, candidate->ai_addr, candidate->ai_addrlen) == 0 &&
                         ::getsockname(socket, reinterpret_cast<sockaddr*>(&local), &length) == 0 &&
                         getnameinfo(reinterpret_cast<sockaddr*>(&local), length, name, sizeof name, nullptr, 0,
                                     NI_NUMERICHOST) == 0;
      ::close(socket);
      if (known) return fromString(env, name);
    }
    throw ArgumentError("there is no route to it");
  });
}

}  // namespace

void exportStore(napi_env env, napi_value exports) {
  exportFunction(env, exports, "openStore", openStore);
  exportFunction(env, exports, "storePort", storePort);
  exportFunction(env, exports, "storeSet", storeSet);
  exportFunction(env, exports, "storeGet", storeGet);
  exportFunction(env, exports, "storeAdd", storeAdd);
  exportFunction(env, exports, "storeCompareSet", storeCompareSet);
  exportFunction(env, exports, "storeCheck", storeCheck);
  exportFunction(env, exports, "localAddress", localAddress);
}

}  // namespace bridge
#endif
