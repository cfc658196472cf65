#pragma once
#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/id.h"
#include "base/money.h"

namespace emplettes::store {

// What SQL values are made of on both databases.
enum class Kind : char { integer, real, text };

// One value on its way into or out of a statement.
struct Value {
    Kind kind = Kind::integer;
    bool is_null = false;
    long long integer = 0;
    double real = 0;
    std::string text;
};

// One named parameter of a statement: {"quantity", 2}. Whole numbers, truth values, ids, money
// and moments travel as BIGINT; an empty optional is NULL. Text must not contain a zero byte
// (PostgreSQL cannot keep one): parse it away at the edge. Holds a view of a text, not a copy.
class Param {
  public:
    template <std::integral T>
    Param(std::string_view name, T value)
        : name_(name), kind_(Kind::integer), integer_(static_cast<long long>(value)) {}
    template <std::floating_point T>
    Param(std::string_view name, T value) : name_(name), kind_(Kind::real), real_(value) {}
    Param(std::string_view name, std::string_view value)
        : name_(name), kind_(Kind::text), text_(value) {}
    Param(std::string_view name, const std::string& value) : Param(name, std::string_view(value)) {}
    Param(std::string_view name, const char* value) : Param(name, std::string_view(value)) {}
    template <typename Tag>
    Param(std::string_view name, Id<Tag> value) : Param(name, value.value) {}
    Param(std::string_view name, Money value) : Param(name, value.cents) {}
    Param(std::string_view name, Instant value) : Param(name, to_unix(value)) {}
    template <typename T>
    Param(std::string_view name, const std::optional<T>& value)
        : Param(value ? Param(name, *value) : null(Param(name, T{}))) {}

    std::string_view name() const { return name_; }
    Kind kind() const { return kind_; }
    // Throws Bug when the text contains a zero byte.
    void copy_to(Value& slot) const;

  private:
    static Param null(Param typed) {
        typed.is_null_ = true;
        typed.text_ = {};
        return typed;
    }

    std::string_view name_;
    Kind kind_;
    bool is_null_ = false;
    long long integer_ = 0;
    double real_ = 0;
    std::string_view text_;
};

using Params = std::initializer_list<Param>;

// How a column becomes a C++ value. NULL is read as an empty optional and nothing else.
template <typename T>
struct Column;

template <std::integral T>
struct Column<T> {
    static constexpr Kind kind = Kind::integer;
    static T from(Value& value) { return static_cast<T>(value.integer); }
};
template <>
struct Column<double> {
    static constexpr Kind kind = Kind::real;
    static double from(Value& value) { return value.real; }
};
template <>
struct Column<std::string> {
    static constexpr Kind kind = Kind::text;
    static std::string from(Value& value) { return std::move(value.text); }
};
template <typename Tag>
struct Column<Id<Tag>> {
    static constexpr Kind kind = Kind::integer;
    static Id<Tag> from(Value& value) { return {value.integer}; }
};
template <>
struct Column<Money> {
    static constexpr Kind kind = Kind::integer;
    static Money from(Value& value) { return {value.integer}; }
};
template <>
struct Column<Instant> {
    static constexpr Kind kind = Kind::integer;
    static Instant from(Value& value) { return instant_from_unix(value.integer); }
};
template <typename T>
struct Column<std::optional<T>> {
    static constexpr Kind kind = Column<T>::kind;
    static std::optional<T> from(Value& value) {
        return value.is_null ? std::nullopt : std::optional<T>(Column<T>::from(value));
    }
};

template <typename T>
inline constexpr bool is_optional = false;
template <typename T>
inline constexpr bool is_optional<std::optional<T>> = true;

// Throws SqlError.
[[noreturn]] void refuse_null(std::size_t column);

template <typename T>
T read_column(Value& value, std::size_t column) {
    if (value.is_null && !is_optional<T>) {
        refuse_null(column);
    }
    return Column<T>::from(value);
}

}  // namespace emplettes::store
