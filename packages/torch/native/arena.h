#pragma once

#include <atomic>
#include <cstddef>
#include <set>
#include <utility>

namespace allocator {

// Allocates large blocks from one range of addresses. A request uses the smallest free block that is large enough, and
// the rest of that block stays free. Adjacent free blocks are merged. Memory that one tensor shape used is thus
// available to all others, whereas lists by size would each hold the peak of their size. The kernel provides pages when
// they are first accessed. Not thread-safe.
class Arena {
 public:
  // Returns a payload of at least `bytes`, aligned to 64, or null if no addresses are left.
  void* allocate(size_t bytes);
  // Frees a payload. Its pages are returned to the operating system unless `keep` is true.
  void release(void* payload, bool keep);
  // Whether a payload belongs to the arena. This function is thread-safe.
  bool owns(const void* payload) const {
    return payload >= base.load(std::memory_order_relaxed) && payload < end.load(std::memory_order_relaxed);
  }
  // Returns the size of a payload in bytes.
  static size_t sizeOf(const void* payload);
  // Upper bound on the free bytes that are backed by pages.
  size_t kept() const { return dirty; }
  // Returns the pages of all free blocks to the operating system.
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
  std::atomic<char*> end{nullptr};  // end of the addresses
  char* top = nullptr;              // end of the last block
  Block* last = nullptr;
  bool exhausted = false;
  size_t dirty = 0;
  std::set<std::pair<size_t, Block*>> free;  // by size, then address
};

}  // namespace allocator
