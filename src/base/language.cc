#include "base/language.h"

#include <unicode/locid.h>

#include <algorithm>
#include <boost/locale/gnu_gettext.hpp>
#include <boost/locale/message.hpp>
#include <limits>

namespace emplettes {
namespace {

using Messages = boost::locale::message_format<char>;
constexpr int kDomain = 0;

std::locale read_catalogue(const std::string& code, const EmbeddedFile& catalogue) {
    namespace gettext = boost::locale::gnu_gettext;
    gettext::messages_info info;
    info.language = code;
    info.encoding = "UTF-8";
    info.paths = {""};
    info.domains = {gettext::messages_info::domain("emplettes")};
    info.callback = [&](const std::string&, const std::string&) {
        return std::vector<char>(catalogue.bytes.begin(), catalogue.bytes.end());
    };
    return std::locale(std::locale::classic(), gettext::create_messages_facet<char>(info));
}

std::string fill_in(std::string_view pattern, const std::vector<std::string_view>& values) {
    std::string filled;
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        const bool is_slot = pattern[at] == '{' && at + 2 < pattern.size() &&
                             pattern[at + 2] == '}' && pattern[at + 1] >= '1' &&
                             static_cast<std::size_t>(pattern[at + 1] - '1') < values.size();
        if (!is_slot) {
            filled += pattern[at];
            continue;
        }
        filled += values[static_cast<std::size_t>(pattern[at + 1] - '1')];
        at += 2;
    }
    return filled;
}

}  // namespace

Language::Language(std::string code, const EmbeddedFile& catalogue)
    : code_(std::move(code)), texts_(read_catalogue(code_, catalogue)) {}

bool Language::has(std::string_view key) const {
    return std::use_facet<Messages>(texts_).get(kDomain, nullptr, std::string(key).c_str());
}

std::string Language::text(std::string_view key) const {
    const std::string id(key);
    const char* found = std::use_facet<Messages>(texts_).get(kDomain, nullptr, id.c_str());
    return found ? std::string(found) : id;
}

std::string Language::text(std::string_view key,
                           std::initializer_list<std::string_view> values) const {
    return fill_in(text(key), std::vector<std::string_view>(values));
}

std::string Language::plural(std::string_view key, std::int64_t count,
                             std::initializer_list<std::string_view> values) const {
    const std::string id(key);
    constexpr std::int64_t kMaxInt = std::numeric_limits<int>::max();
    const auto number = static_cast<int>(std::clamp<std::int64_t>(count, 0, kMaxInt));
    const char* found = std::use_facet<Messages>(texts_).get(kDomain, nullptr, id.c_str(), number);
    const std::string shown = std::to_string(count);
    std::vector<std::string_view> slots{shown};
    slots.insert(slots.end(), values.begin(), values.end());
    return fill_in(found ? std::string_view(found) : std::string_view(id), slots);
}

std::string language_name(const std::string& code, const std::string& in) {
    icu::UnicodeString name;
    icu::Locale(code.c_str()).getDisplayLanguage(icu::Locale(in.c_str()), name);
    std::string text;
    return name.toUTF8String(text);
}

const Language* Languages::find(std::string_view code) const {
    const auto at = std::find_if(languages_.begin(), languages_.end(),
                                 [&](const Language& l) { return l.code() == code; });
    return at == languages_.end() ? nullptr : &*at;
}

}  // namespace emplettes
