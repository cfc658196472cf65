#pragma once
#include <cstddef>
#include <string_view>

#include "base/json.h"
#include "base/result.h"
#include "web/http.h"

namespace emplettes::web {

struct FormLimits {
    std::size_t fields_max = 200;
    std::size_t name_bytes_max = 100;
    std::size_t value_bytes_max = 20'000;
};

enum class FormError {
    wrong_content_type,
    bad_encoding,  // a '%' without two hexadecimal digits, not UTF-8, or a NUL
    too_many_fields,
    name_too_long,
    value_too_long,
    // Of forms with files (upload.h):
    malformed,
    too_many_files,
    file_too_long,
    disk_full,
    // From Csrf::check_form and check_upload (csrf.h):
    cross_site,
    token_missing,
    token_wrong,
    token_expired,
};

// A query string or an application/x-www-form-urlencoded body. Unknown and repeated names are
// left to the caller.
Result<Fields, FormError> parse_form(std::string_view text, const FormLimits& limits = {});

// The same for a request's body, which must say that it is a form.
Result<Fields, FormError> form_body(const Request& request, const FormLimits& limits = {});

struct JsonLimits {
    int depth_max = 16;
    std::size_t values_max = 10'000;
};

enum class JsonError { wrong_content_type, malformed, too_deep, too_many_values, repeated_name };

// A body of type application/json, UTF-8. A name that comes twice in an object is an error, since
// readers disagree about which one counts.
Result<Json, JsonError> json_body(const Request& request, const JsonLimits& limits = {});

// For a log line or a problem document's detail, in English.
std::string_view explain(FormError error);
int status_of(FormError error);  // to answer it with
std::string_view explain(JsonError error);

}  // namespace emplettes::web
