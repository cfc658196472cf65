#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "base/text.h"
#include "web/form.h"

// Whatever a browser sends: fields within the limits, in UTF-8, or an error with words for it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace emplettes;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const web::FormLimits limits{.fields_max = 20, .name_bytes_max = 40, .value_bytes_max = 400};
    const auto fields = web::parse_form(text, limits);
    if (!fields) {
        check(!web::explain(fields.error()).empty());
        return 0;
    }
    check(fields->all().size() <= limits.fields_max);
    for (const auto& [name, value] : fields->all()) {
        check(name.size() <= limits.name_bytes_max && value.size() <= limits.value_bytes_max);
        check(is_valid_utf8(name) && is_valid_utf8(value));
        check(fields->find(name).has_value());
    }
    return 0;
}
