#include "allocator.h"

#include <ATen/ATen.h>
#include <c10/core/Allocator.h>
#include <c10/core/CPUAllocator.h>
#include <malloc.h>
#include <torch/version.h>
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
constexpr size_t header = alignment;  // holds the block's size class, keeps the payload aligned
constexpr int classesAnOctave = 8;
constexpr int classes = 48 * classesAnOctave;
constexpr size_t smallest = 256;

std::atomic<int64_t> inUse{0};
std::atomic<int64_t> cached{0};
std::atomic<int64_t> peak{0};
const size_t physicalMemory = size_t(sysconf(_SC_PHYS_PAGES)) * size_t(sysconf(_SC_PAGESIZE));
const int64_t cacheLimit = static_cast<int64_t>(physicalMemory / 4);

// Size classes grow by an eighth of an octave, so that at most an eighth of a block is unused.
int classOf(size_t bytes) {
  const size_t size = std::max(bytes, smallest);
  const int octave = 63 - __builtin_clzll(size);
  const size_t step = (size_t{1} << octave) / classesAnOctave;
  const size_t above = (size - (size_t{1} << octave) + step - 1) / step;
  return octave * classesAnOctave + static_cast<int>(above);
}

size_t sizeOf(int sizeClass) {
  const size_t base = size_t{1} << (sizeClass / classesAnOctave);
  return base + base / classesAnOctave * (sizeClass % classesAnOctave);
}

struct FreeLists {
  std::mutex mutex;
  std::vector<void*> blocks[classes];
};

FreeLists& lists() {
  static FreeLists* instance = new FreeLists;  // tensors may be freed after static destruction
  return *instance;
}

void release(void* data) {
  if (data == nullptr) return;
  char* block = static_cast<char*>(data) - header;
  int sizeClass;
  std::memcpy(&sizeClass, block, sizeof sizeClass);
  const int64_t size = sizeOf(sizeClass);
  inUse.fetch_sub(size, std::memory_order_relaxed);
  if (cached.load(std::memory_order_relaxed) + size > cacheLimit) {
    std::free(block);
    return;
  }
  cached.fetch_add(size, std::memory_order_relaxed);
  FreeLists& free = lists();
  std::lock_guard<std::mutex> lock(free.mutex);
  free.blocks[sizeClass].push_back(block);
}

void raisePeak(int64_t used) {
  int64_t before = peak.load(std::memory_order_relaxed);
  while (used > before && !peak.compare_exchange_weak(before, used, std::memory_order_relaxed)) {
  }
}

void* acquire(size_t bytes) {
  TORCH_CHECK(bytes <= physicalMemory, "cannot allocate ", bytes, " bytes: the machine has ", physicalMemory);
  const int sizeClass = classOf(bytes);
  const size_t size = sizeOf(sizeClass);
  char* block = nullptr;
  {
    FreeLists& free = lists();
    std::lock_guard<std::mutex> lock(free.mutex);
    auto& blocks = free.blocks[sizeClass];
    if (!blocks.empty()) {
      block = static_cast<char*>(blocks.back());
      blocks.pop_back();
    }
  }
  if (block != nullptr) {
    cached.fetch_sub(size, std::memory_order_relaxed);
  } else {
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
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 3)
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
int64_t bytesCached() { return cached.load(std::memory_order_relaxed); }
int64_t peakBytes() { return peak.load(std::memory_order_relaxed); }
void resetPeak() { peak.store(bytesInUse(), std::memory_order_relaxed); }

void trim() {
  FreeLists& free = lists();
  std::lock_guard<std::mutex> lock(free.mutex);
  for (auto& blocks : free.blocks) {
    for (void* block : blocks) std::free(block);
    blocks.clear();
  }
  cached.store(0, std::memory_order_relaxed);
  malloc_trim(0);
}

void install() {
  static std::once_flag once;
  std::call_once(once, [] {
    // Blocks that oneDNN and OpenBLAS take from malloc directly are kept by glibc, not unmapped.
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 512 << 20);
    static CachingAllocator instance;
    c10::SetCPUAllocator(&instance, 1);
  });
}

}  // namespace allocator
