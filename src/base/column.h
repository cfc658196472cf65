#pragma once
#include <cstddef>
#include <span>
#include <utility>

#include "base/huge_pages.h"

namespace emplettes {

// A row of plain values that no longer changes once it is built: its own memory, or a part of a
// mapped image (image.h), which must outlive it. For what few queries read: mapped memory comes in
// small pages, and only when somebody looks.
template <typename T>
class Column {
  public:
    using value_type = T;

    Column() = default;
    Column(Column&& other) noexcept
        : own_(std::move(other.own_)), values_(std::exchange(other.values_, {})) {}
    Column& operator=(Column&& other) noexcept {
        own_ = std::move(other.own_);
        values_ = std::exchange(other.values_, {});
        return *this;
    }

    // While it is built; never after view().
    void push_back(const T& value) {
        own_.push_back(value);
        values_ = own_;
    }
    void assign(HugeVector<T> values) {
        own_ = std::move(values);
        values_ = own_;
    }
    T& edit(std::size_t at) { return own_[at]; }
    void shrink_to_fit() {
        own_.shrink_to_fit();
        values_ = own_;
    }
    void view(std::span<const T> part) {
        own_ = {};
        values_ = part;
    }

    const T& operator[](std::size_t at) const { return values_[at]; }
    std::span<const T> values() const { return values_; }
    std::size_t size() const { return values_.size(); }
    auto begin() const { return values_.begin(); }
    auto end() const { return values_.end(); }
    // Of memory of its own: what is mapped belongs to the system's cache.
    std::size_t bytes() const { return own_.capacity() * sizeof(T); }

  private:
    HugeVector<T> own_;
    std::span<const T> values_;
};

}  // namespace emplettes
