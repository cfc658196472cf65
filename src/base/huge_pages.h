#pragma once
#include <sys/mman.h>

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>
#include <vector>

namespace emplettes {

// Memory in pages of two megabytes where the system grants them (madvise(2), MADV_HUGEPAGE): a
// query jumps through arrays of tens of megabytes, and with small pages half of its time goes into
// finding out where they are. Small arrays come from the ordinary heap.
template <typename T>
class HugePages {
  public:
    using value_type = T;

    HugePages() = default;
    template <typename U>
    explicit(false) HugePages(const HugePages<U>& /*other*/) {}

    T* allocate(std::size_t count) {
        const std::size_t bytes = count * sizeof(T);
        if (bytes < kPageBytes) return std::allocator<T>{}.allocate(count);
        const std::size_t whole_pages = (bytes + kPageBytes - 1) / kPageBytes * kPageBytes;
        void* const memory = std::aligned_alloc(kPageBytes, whole_pages);
        if (memory == nullptr) throw std::bad_alloc();
        madvise(memory, whole_pages, MADV_HUGEPAGE);  // refused: small pages, as correct
        return static_cast<T*>(memory);
    }
    void deallocate(T* memory, std::size_t count) {
        if (count * sizeof(T) < kPageBytes) return std::allocator<T>{}.deallocate(memory, count);
        std::free(memory);
    }

    bool operator==(const HugePages& /*other*/) const { return true; }

  private:
    static constexpr std::size_t kPageBytes = std::size_t{2} << 20;
};

template <typename T>
using HugeVector = std::vector<T, HugePages<T>>;

}  // namespace emplettes
