#include "allocator.h"

#include "arena.h"
#include "version.h"

#include <ATen/ATen.h>
#include <c10/core/Allocator.h>
#include <c10/core/CPUAllocator.h>
#include <malloc.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <vector>

namespace allocator {
namespace {

constexpr size_t alignment = 64;
constexpr size_t header = alignment;  // contains a small block's size class and keeps the payload aligned
constexpr int classesPerOctave = 8;
constexpr int classes = 48 * classesPerOctave;
constexpr size_t smallest = 256;
// Blocks of at least this size come from the arena. Smaller ones are in lists by size class: there are many of them,
// and the block that was freed last is still in the cache.
constexpr size_t large = 256 << 10;

std::atomic<int64_t> inUse{0};
std::atomic<int64_t> peak{0};
const size_t physicalMemory = size_t(sysconf(_SC_PHYS_PAGES)) * size_t(sysconf(_SC_PAGESIZE));
const int64_t cacheLimit = static_cast<int64_t>(physicalMemory / 4);

// Size classes grow by an eighth of an octave, so at most an eighth of a block is unused.
int classOf(size_t bytes) {
  const size_t size = std::max(bytes, smallest);
  const int octave = 63 - __builtin_clzll(size);
  const size_t step = (size_t{1} << octave) / classesPerOctave;
  const size_t above = (size - (size_t{1} << octave) + step - 1) / step;
  return octave * classesPerOctave + static_cast<int>(above);
}

size_t sizeOf(int sizeClass) {
  const size_t base = size_t{1} << (sizeClass / classesPerOctave);
  return base + base / classesPerOctave * (sizeClass % classesPerOctave);
}

struct Kept {
  std::mutex mutex;
  std::vector<void*> lists[classes];
  int64_t listed = 0;  // bytes in the lists
  Arena arena;
};

Kept& kept() {
  static Kept* instance = new Kept;  // tensors may be freed after static destruction
  return *instance;
}

void releaseLarge(void* data) {
  Kept& all = kept();
  std::lock_guard<std::mutex> lock(all.mutex);
  const auto size = static_cast<int64_t>(Arena::sizeOf(data));
  inUse.fetch_sub(size, std::memory_order_relaxed);
  all.arena.release(data, static_cast<int64_t>(all.arena.kept()) + size <= cacheLimit);
}

void release(void* data) {
  if (data == nullptr) return;
  if (kept().arena.owns(data)) {
    releaseLarge(data);
    return;
  }
  char* block = static_cast<char*>(data) - header;
  int sizeClass;
  std::memcpy(&sizeClass, block, sizeof sizeClass);
  const int64_t size = sizeOf(sizeClass);
  inUse.fetch_sub(size, std::memory_order_relaxed);
  Kept& all = kept();
  std::lock_guard<std::mutex> lock(all.mutex);
  if (all.listed + size > cacheLimit) {
    std::free(block);
    return;
  }
  all.lists[sizeClass].push_back(block);
  all.listed += size;
}

void raisePeak(int64_t used) {
  int64_t before = peak.load(std::memory_order_relaxed);
  while (used > before && !peak.compare_exchange_weak(before, used, std::memory_order_relaxed)) {
  }
}

void* acquireLarge(size_t bytes) {
  Kept& all = kept();
  std::lock_guard<std::mutex> lock(all.mutex);
  void* data = all.arena.allocate(bytes);
  if (data != nullptr) raisePeak(inUse += static_cast<int64_t>(Arena::sizeOf(data)));
  return data;
}

void* acquire(size_t bytes) {
  TORCH_CHECK(bytes <= physicalMemory, "cannot allocate ", bytes, " bytes: the machine has ", physicalMemory);
  if (bytes >= large) {
    void* data = acquireLarge(bytes);
    if (data != nullptr) return data;
  }
  const int sizeClass = classOf(bytes);
  const size_t size = sizeOf(sizeClass);
  char* block = nullptr;
  {
    Kept& all = kept();
    std::lock_guard<std::mutex> lock(all.mutex);
    auto& blocks = all.lists[sizeClass];
    if (!blocks.empty()) {
      block = static_cast<char*>(blocks.back());
      blocks.pop_back();
      all.listed -= static_cast<int64_t>(size);
    }
  }
  if (block == nullptr) {
    void* fresh = nullptr;
    if (posix_memalign(&fresh, alignment, size + header) != 0) {
      trim();
      TORCH_CHECK(posix_memalign(&fresh, alignment, size + header) == 0, "out of memory: cannot allocate ", bytes,
                  " bytes");
    }
    block = static_cast<char*>(fresh);
    std::memcpy(block, &sizeClass, sizeof sizeClass);
  }
  raisePeak(inUse.fetch_add(size, std::memory_order_relaxed) + static_cast<int64_t>(size));
  return block + header;
}

class CachingAllocator final : public c10::Allocator {
 public:
#if TORCH_AT_LEAST(2, 3)
  c10::DataPtr allocate(size_t bytes) override { return make(bytes); }
  void copy_data(void* target, const void* source, std::size_t count) const override {
    default_copy_data(target, source, count);
  }
#else
  c10::DataPtr allocate(size_t bytes) const override { return make(bytes); }
#endif
  c10::DeleterFnPtr raw_deleter() const override { return &release; }

 private:
  static c10::DataPtr make(size_t bytes) {
    void* data = bytes == 0 ? nullptr : acquire(bytes);
    return {data, data, &release, c10::Device(c10::DeviceType::CPU)};
  }
};

}  // namespace

int64_t bytesInUse() { return inUse.load(std::memory_order_relaxed); }
int64_t bytesCached() {
  Kept& all = kept();
  std::lock_guard<std::mutex> lock(all.mutex);
  return all.listed + static_cast<int64_t>(all.arena.kept());
}
int64_t peakBytes() { return peak.load(std::memory_order_relaxed); }
void resetPeak() { peak.store(bytesInUse(), std::memory_order_relaxed); }

void trim() {
  Kept& all = kept();
  std::lock_guard<std::mutex> lock(all.mutex);
  for (auto& blocks : all.lists) {
    for (void* block : blocks) std::free(block);
    blocks.clear();
  }
  all.listed = 0;
  all.arena.trim();
  malloc_trim(0);
}

void install() {
  static std::once_flag once;
  std::call_once(once, [] {
    // Makes glibc keep blocks that oneDNN and OpenBLAS allocate with malloc, instead of unmapping them.
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 512 << 20);
    static CachingAllocator instance;
    c10::SetCPUAllocator(&instance, 1);
  });
}

}  // namespace allocator
