#pragma once
#include <type_traits>
#include <utility>
#include <variant>

#include "base/check.h"

namespace emplettes {

// Either a value or an expected failure. `std::expected` needs C++23; this is the part we use.
// Asking for the one that is not there is a bug (check).
template <typename T, typename E>
class [[nodiscard]] Result {
  public:
    using Value = T;
    using Error = E;

    Result(T value) : content_(std::in_place_index<0>, std::move(value)) {}
    Result(E error) : content_(std::in_place_index<1>, std::move(error)) {}

    bool ok() const { return content_.index() == 0; }
    explicit operator bool() const { return ok(); }

    const T& value() const& {
        check(ok());
        return *std::get_if<0>(&content_);
    }
    T&& value() && {
        check(ok());
        return std::move(*std::get_if<0>(&content_));
    }
    const E& error() const {
        check(!ok());
        return *std::get_if<1>(&content_);
    }

    const T& operator*() const& { return value(); }
    const T* operator->() const { return &value(); }

  private:
    std::variant<T, E> content_;
};

// For use cases that have nothing to say when they succeed: Result<Done, SomeError>.
struct Done {
    bool operator==(const Done&) const = default;
};

template <typename>
inline constexpr bool is_result = false;
template <typename T, typename E>
inline constexpr bool is_result<Result<T, E>> = true;

}  // namespace emplettes
