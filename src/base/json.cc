#include "base/json.h"

template class nlohmann::basic_json<nlohmann::ordered_map>;

namespace emplettes {

Json parse_json(std::string_view text) {
    return Json::parse(text, nullptr, /*allow_exceptions=*/false);
}

}  // namespace emplettes
