#include "arena.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>

namespace allocator {
namespace {

constexpr size_t alignment = 64;
constexpr size_t smallestRest = 4096;  // a block is not split if the rest would be smaller

const size_t page = size_t(sysconf(_SC_PAGESIZE));

size_t roundUp(size_t size, size_t unit) { return (size + unit - 1) / unit * unit; }

}  // namespace

// Header of a payload. Blocks are contiguous from the arena's base to its top.
struct alignas(alignment) Arena::Block {
  size_t size;    // with this header
  Block* before;  // the neighbor at the lower address; null for the first
  size_t dirty;   // of a free block: bytes that may be backed by pages
  bool free;

  char* payload() { return reinterpret_cast<char*>(this) + sizeof(Block); }
  char* end() { return reinterpret_cast<char*>(this) + size; }
  static Block* of(const void* payload) {
    return reinterpret_cast<Block*>(static_cast<char*>(const_cast<void*>(payload)) - sizeof(Block));
  }
};

size_t Arena::sizeOf(const void* payload) { return Block::of(payload)->size - sizeof(Block); }

// Reserves addresses for twice the machine's memory, or fewer if the system does not grant that many.
bool Arena::reserve() {
  const size_t physical = size_t(sysconf(_SC_PHYS_PAGES)) * page;
  for (size_t wanted = 2 * physical; wanted >= (size_t{1} << 28); wanted /= 2) {
    void* range = mmap(nullptr, wanted, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (range == MAP_FAILED) continue;
    base = top = static_cast<char*>(range);
    end = top + wanted;
    return true;
  }
  exhausted = true;
  return false;
}

Arena::Block* Arena::next(Block* block) const {
  return block == last ? nullptr : reinterpret_cast<Block*>(block->end());
}

void Arena::insert(Block* block) {
  block->free = true;
  dirty += block->dirty;
  free.insert({block->size, block});
}

void Arena::remove(Block* block) {
  block->free = false;
  dirty -= block->dirty;
  free.erase({block->size, block});
}

// Creates a block of `size` at the top. If the last block is free, the new one includes it.
Arena::Block* Arena::grow(size_t size) {
  const bool extends = last != nullptr && last->free;
  const size_t missing = extends ? size - last->size : size;
  if (missing > size_t(end - top)) return nullptr;
  if (extends) {
    remove(last);
    last->size = size;
  } else {
    Block* block = reinterpret_cast<Block*>(top);
    *block = {size, last, 0, false};
    last = block;
  }
  top += missing;
  return last;
}

// Frees the part of a block above `size`. It is unknown which bytes are dirty; all of them may be in the free part.
void Arena::split(Block* block, size_t size) {
  if (block->size - size < smallestRest) return;
  Block* rest = reinterpret_cast<Block*>(reinterpret_cast<char*>(block) + size);
  *rest = {block->size - size, block, std::min(block->size - size, block->dirty), true};
  if (block == last) {
    last = rest;
  } else {
    next(block)->before = rest;
  }
  block->size = size;
  insert(rest);
}

void* Arena::allocate(size_t bytes) {
  if (exhausted || (base.load() == nullptr && !reserve())) return nullptr;
  const size_t size = roundUp(bytes, alignment) + sizeof(Block);
  const auto fits = free.lower_bound({size, nullptr});
  Block* block;
  if (fits != free.end()) {
    block = fits->second;
    remove(block);
    split(block, size);
  } else {
    block = grow(size);
    if (block == nullptr) return nullptr;
  }
  return block->payload();
}

void Arena::release(void* payload, bool keep) {
  Block* block = Block::of(payload);
  block->dirty = block->size;
  if (!keep) discard(block);
  Block* above = next(block);
  if (above != nullptr && above->free) {
    remove(above);
    block->size += above->size;
    block->dirty += above->dirty;
    if (above == last) {
      last = block;
    } else {
      next(block)->before = block;
    }
  }
  Block* below = block->before;
  if (below != nullptr && below->free) {
    remove(below);
    below->size += block->size;
    below->dirty += block->dirty;
    if (block == last) {
      last = below;
    } else {
      next(below)->before = below;
    }
    block = below;
  }
  insert(block);
}

void Arena::trim() {
  for (const auto& [size, block] : free) {
    if (block->dirty > 0) discard(block);
  }
  dirty = 0;
}

// Discards the complete pages of a block's payload. The kernel provides new ones when they are accessed again.
void Arena::discard(Block* block) {
  char* from = reinterpret_cast<char*>(roundUp(reinterpret_cast<uintptr_t>(block->payload()), page));
  char* to = reinterpret_cast<char*>(reinterpret_cast<uintptr_t>(block->end()) / page * page);
  if (from < to) madvise(from, size_t(to - from), MADV_DONTNEED);
  block->dirty = 0;
}

}  // namespace allocator
