#include "web/form.h"

#include <algorithm>
#include <unordered_set>
#include <vector>

#include "base/text.h"

namespace emplettes::web {
namespace {

bool has_content_type(const Request& request, std::string_view expected) {
    const std::string_view header = request.header("content-type");
    const std::string_view type = trim(header.substr(0, header.find(';')));
    return type.size() == expected.size() && starts_with_ignoring_case(type, expected);
}

std::optional<std::string> decode_part(std::string_view raw) {
    auto decoded = url_decode(raw);
    if (!decoded || decoded->find('\0') != std::string::npos || !is_valid_utf8(*decoded))
        return std::nullopt;
    return decoded;
}

// What the parser met that its grammar allows and we do not.
class JsonGuard {
  public:
    explicit JsonGuard(const JsonLimits& limits) : limits_(limits) {}

    // A callback of nlohmann::json: false drops the value. Once something is wrong everything is
    // dropped, so that a hostile text costs no memory.
    bool operator()(int depth, Json::parse_event_t event, Json& parsed) {
        using Event = Json::parse_event_t;
        if (event == Event::object_start) names_.emplace_back();
        if (error_) return false;  // the first thing that is wrong is what is said
        if (event == Event::object_end) names_.pop_back();
        if (event == Event::key && !names_.back().insert(parsed.get<std::string>()).second)
            error_ = JsonError::repeated_name;
        else if (depth > limits_.depth_max)
            error_ = JsonError::too_deep;
        else if (++values_ > limits_.values_max)
            error_ = JsonError::too_many_values;
        return !error_;
    }
    const std::optional<JsonError>& error() const { return error_; }

  private:
    const JsonLimits& limits_;
    std::vector<std::unordered_set<std::string>> names_;
    std::size_t values_ = 0;
    std::optional<JsonError> error_;
};

}  // namespace

Result<Fields, FormError> parse_form(std::string_view text, const FormLimits& limits) {
    Fields fields;
    while (!text.empty()) {
        const auto end = std::min(text.find('&'), text.size());
        const std::string_view pair = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (pair.empty()) continue;
        const auto equals = std::min(pair.find('='), pair.size());
        auto name = decode_part(pair.substr(0, equals));
        auto value = decode_part(pair.substr(std::min(equals + 1, pair.size())));
        if (!name || !value) return FormError::bad_encoding;
        if (name->size() > limits.name_bytes_max) return FormError::name_too_long;
        if (value->size() > limits.value_bytes_max) return FormError::value_too_long;
        if (fields.all().size() == limits.fields_max) return FormError::too_many_fields;
        fields.add(std::move(*name), std::move(*value));
    }
    return fields;
}

Result<Fields, FormError> form_body(const Request& request, const FormLimits& limits) {
    if (!has_content_type(request, "application/x-www-form-urlencoded"))
        return FormError::wrong_content_type;
    return parse_form(request.body, limits);
}

Result<Json, JsonError> json_body(const Request& request, const JsonLimits& limits) {
    if (!has_content_type(request, "application/json")) return JsonError::wrong_content_type;
    if (!is_valid_utf8(request.body)) return JsonError::malformed;
    JsonGuard guard(limits);
    Json parsed = Json::parse(request.body, std::ref(guard), /*allow_exceptions=*/false);
    if (guard.error()) return *guard.error();
    if (parsed.is_discarded()) return JsonError::malformed;
    return parsed;
}

std::string_view explain(FormError error) {
    switch (error) {
        case FormError::wrong_content_type:
            return "The body must be application/x-www-form-urlencoded, or multipart/form-data "
                   "for a form with files.";
        case FormError::bad_encoding: return "A field is not valid percent-encoded UTF-8.";
        case FormError::too_many_fields: return "The form has too many fields.";
        case FormError::name_too_long: return "The name of a field is too long.";
        case FormError::value_too_long: return "The value of a field is too long.";
        case FormError::malformed: return "The body is not a form with files (RFC 7578).";
        case FormError::too_many_files: return "The form has too many files.";
        case FormError::file_too_long: return "A file is too long.";
        case FormError::disk_full: return "The server has no room for the file.";
        case FormError::cross_site: return "The form was sent by another site.";
        case FormError::token_missing: return "The form has no token: load its page again.";
        case FormError::token_wrong: return "The form's token is not valid: load its page again.";
        case FormError::token_expired: return "The form is too old: load its page again.";
    }
    return {};
}

int status_of(FormError error) {
    switch (error) {
        case FormError::wrong_content_type: return 415;
        case FormError::bad_encoding:
        case FormError::malformed: return 400;
        case FormError::too_many_fields:
        case FormError::name_too_long:
        case FormError::value_too_long:
        case FormError::too_many_files:
        case FormError::file_too_long: return 413;
        case FormError::disk_full: return 507;
        case FormError::cross_site:
        case FormError::token_missing:
        case FormError::token_wrong:
        case FormError::token_expired: return 403;
    }
    return 400;
}

std::string_view explain(JsonError error) {
    switch (error) {
        case JsonError::wrong_content_type: return "The body must be application/json.";
        case JsonError::malformed: return "The body is not valid JSON in UTF-8.";
        case JsonError::too_deep: return "The JSON is nested too deeply.";
        case JsonError::too_many_values: return "The JSON holds too many values.";
        case JsonError::repeated_name: return "A name comes twice in one object.";
    }
    return {};
}

}  // namespace emplettes::web
