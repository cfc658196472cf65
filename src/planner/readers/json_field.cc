#include "planner/readers/json_field.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"

namespace emplettes::planner {
namespace {

constexpr int kDepthMax = 12;
constexpr std::size_t kTextMax = 500;

bool is_too_deep(std::string_view text) {
    int depth = 0;
    bool is_quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && is_quoted)
            ++i;
        else if (text[i] == '"')
            is_quoted = !is_quoted;
        else if (!is_quoted && (text[i] == '[' || text[i] == '{') && ++depth > kDepthMax)
            return true;
        else if (!is_quoted && (text[i] == ']' || text[i] == '}'))
            --depth;
    }
    return false;
}

}  // namespace

Json parse_document(std::string_view text) {
    if (is_too_deep(text)) throw ReadError{.field = "file", .reason = "is nested too deeply"};
    Json json = parse_json(text);
    if (json.is_discarded())
        throw ReadError{.field = "file", .reason = "is not JSON, or ends early"};
    return json;
}

void JsonField::refuse(const std::string& why) const {
    throw ReadError{.field = path_.empty() ? "file" : path_, .reason = why};
}

bool JsonField::has(const char* name) const {
    return value_->is_object() && value_->contains(name) && !(*value_)[name].is_null();
}

JsonField JsonField::at(const char* name) const {
    const std::string path = path_.empty() ? name : path_ + '.' + name;
    if (!value_->is_object()) refuse("must be an object");
    if (!has(name)) JsonField(*value_, path).refuse("is missing");
    return {(*value_)[name], path};
}

void JsonField::only(const std::vector<std::string_view>& names) const {
    if (!value_->is_object()) refuse("must be an object");
    for (const auto& [name, value] : value_->items())
        if (std::ranges::find(names, name) == names.end())
            JsonField(value, path_.empty() ? name : path_ + '.' + name).refuse("is not known here");
}

void JsonField::each_member(
    const std::function<void(const std::string&, const JsonField&)>& f) const {
    if (!value_->is_object()) refuse("must be an object");
    for (const auto& [name, value] : value_->items())
        f(name, {value, path_.empty() ? name : path_ + '.' + name});
}

std::vector<JsonField> JsonField::list() const {
    if (!value_->is_array()) refuse("must be a list");
    if (value_->size() > kListMax) refuse("is too long");
    std::vector<JsonField> fields;
    for (std::size_t i = 0; i < value_->size(); ++i)
        fields.emplace_back((*value_)[i], path_ + '[' + std::to_string(i) + ']');
    return fields;
}

std::string JsonField::text() const {
    if (!value_->is_string()) refuse("must be a text");
    const auto& text = value_->get_ref<const std::string&>();
    if (text.size() > kTextMax) refuse("is too long");
    return text;
}

bool JsonField::yes() const {
    if (!value_->is_boolean()) refuse("must be true or false");
    return value_->get<bool>();
}

std::int32_t JsonField::whole(std::int32_t min, std::int32_t max) const {
    const double value = number();
    if (value != std::floor(value)) refuse("must be a whole number");
    if (value < min || value > max)
        refuse("must be from " + std::to_string(min) + " to " + std::to_string(max));
    return static_cast<std::int32_t>(value);
}

double JsonField::number() const {
    if (!value_->is_number()) refuse("must be a number");
    const double value = value_->get<double>();
    if (!std::isfinite(value)) refuse("must be a number");
    return value;
}

std::string JsonField::id() const {
    if (value_->is_number_integer()) return std::to_string(value_->get<std::int64_t>());
    const std::string name = text();
    if (name.empty()) refuse("must not be empty");
    return name;
}

Time JsonField::time() const {
    if (value_->is_number()) return whole(0, kTimeMax);
    const std::string written = text();
    const auto parts = split(written, ':');
    if (parts.size() < 2 || parts.size() > 3) refuse("must be a time such as 08:30, or seconds");
    Time seconds = 0;
    for (std::size_t i = 0; i < 3; ++i) {
        const auto part = i < parts.size() ? parse_int(parts[i]) : std::int64_t{0};
        if (!part || *part < 0 || *part > (i == 0 ? 48 : 59))
            refuse("must be a time such as 08:30, or seconds");
        seconds = seconds * 60 + static_cast<Time>(*part);
    }
    return seconds;
}

std::int32_t JsonField::whole_or(const char* name, std::int32_t otherwise, std::int32_t min,
                                 std::int32_t max) const {
    return has(name) ? at(name).whole(min, max) : otherwise;
}

std::string JsonField::text_or(const char* name, const char* otherwise) const {
    return has(name) ? at(name).text() : otherwise;
}

bool JsonField::yes_or(const char* name, bool otherwise) const {
    return has(name) ? at(name).yes() : otherwise;
}

}  // namespace emplettes::planner
