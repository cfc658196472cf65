#include "site/reader_language.h"

#include <algorithm>

#include "base/text.h"

namespace emplettes::site {

const Language& reader_language(const Context& context, const web::Request& request,
                                const catalogue::Territory& territory) {
    if (const Language* asked = context.languages.find(request.query.get("lang"))) return *asked;
    for (const std::string_view part : split(request.header("accept-language"), ',')) {
        const std::string code = to_lower_ascii(trim(part).substr(0, 2));
        const auto& own = territory.languages;
        if (std::find(own.begin(), own.end(), code) == own.end()) continue;
        if (const Language* language = context.languages.find(code)) return *language;
    }
    const Language* own = context.languages.find(territory.languages.front());
    return own ? *own : context.languages.first();
}

}  // namespace emplettes::site
