#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "planner/readers/read_error.h"

namespace emplettes::planner {

inline constexpr std::size_t kListMax = 100'000;

// A value of a JSON document that knows where it stands: what is wrong with it is thrown as a
// ReadError that names it ("orders[3].delivery.windows[0]").
class JsonField {
  public:
    JsonField(const Json& value, std::string path) : value_(&value), path_(std::move(path)) {}

    const std::string& path() const { return path_; }
    const Json& value() const { return *value_; }
    [[noreturn]] void refuse(const std::string& why) const;

    bool is_object() const { return value_->is_object(); }
    bool is_text() const { return value_->is_string(); }
    bool is_number() const { return value_->is_number(); }
    bool is_null() const { return value_->is_null(); }
    bool has(const char* name) const;
    JsonField at(const char* name) const;  // must be there
    // Throws when the object has a member that is not among these: a misspelt one would be ignored.
    void only(const std::vector<std::string_view>& names) const;
    // The members of an object, the elements of a list.
    void each_member(const std::function<void(const std::string&, const JsonField&)>& f) const;
    std::vector<JsonField> list() const;

    std::string text() const;
    bool yes() const;
    std::int32_t whole(std::int32_t min, std::int32_t max) const;
    double number() const;
    // An id: a text, or a number as one.
    std::string id() const;
    // Seconds after midnight: 30600, "08:30" or "08:30:15".
    Time time() const;

    std::int32_t whole_or(const char* name, std::int32_t otherwise, std::int32_t min,
                          std::int32_t max) const;
    std::string text_or(const char* name, const char* otherwise) const;
    bool yes_or(const char* name, bool otherwise) const;

  private:
    const Json* value_;
    std::string path_;
};

// Not more deeply nested than any of our formats. Throws ReadError.
Json parse_document(std::string_view text);

}  // namespace emplettes::planner
