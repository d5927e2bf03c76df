#pragma once

#include <atomic>
#include <cstddef>
#include <set>
#include <utility>

namespace allocator {

// Large blocks out of one stretch of addresses. A request takes the smallest free block that it fits into and leaves
// the rest of it free; neighbors that are free become one. So what one shape of tensor left is there for any other,
// where lists of blocks by size would each hold the most that their size ever needed. The kernel gives pages to the
// stretch when they are first touched. Not for several threads at once.
class Arena {
 public:
  // A payload of at least `bytes`, aligned to 64; null where the addresses are used up.
  void* take(size_t bytes);
  // Frees a payload. Where it is not to be kept, its pages go back to the operating system.
  void give(void* payload, bool keep);
  // Whether a payload is one of the arena's. This alone may be asked at any time.
  bool owns(const void* payload) const {
    return payload >= base.load(std::memory_order_relaxed) && payload < end.load(std::memory_order_relaxed);
  }
  // Bytes of a payload.
  static size_t sizeOf(const void* payload);
  // Bytes that are free and may hold pages, at the most.
  size_t kept() const { return dirty; }
  // Gives the pages of all that is free back to the operating system.
  void trim();

 private:
  struct Block;

  bool reserve();
  Block* grow(size_t size);
  Block* next(Block* block) const;
  void split(Block* block, size_t size);
  void insert(Block* block);
  void remove(Block* block);
  static void discard(Block* block);

  std::atomic<char*> base{nullptr};
  std::atomic<char*> end{nullptr};  // of the addresses
  char* top = nullptr;              // of the last block
  Block* last = nullptr;
  bool exhausted = false;
  size_t dirty = 0;
  std::set<std::pair<size_t, Block*>> free;  // by size, then address
};

}  // namespace allocator
