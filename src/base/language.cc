#include "base/language.h"

#include <unicode/locid.h>

#include <algorithm>
#include <array>
#include <boost/locale/gnu_gettext.hpp>
#include <boost/locale/message.hpp>
#include <limits>
#include <span>

#include "base/check.h"

namespace emplettes {
namespace {

using Messages = boost::locale::message_format<char>;
constexpr int kDomain = 0;
constexpr std::size_t kKeyBytesMax = 99;
constexpr std::size_t kSlotsMax = 9;  // {1} to {9}

// A key ended by a zero byte, as the catalogue wants it, without asking for memory. A longer one is
// cut, and no catalogue has it.
class CatalogueKey {
  public:
    explicit CatalogueKey(std::string_view key) { bytes_[key.copy(bytes_, kKeyBytesMax + 1)] = 0; }
    const char* bytes() const { return bytes_; }

  private:
    char bytes_[kKeyBytesMax + 2];
};

const Messages& messages(const void* of_language) {
    return *static_cast<const Messages*>(of_language);
}

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

// In runs: most of a pattern is text.
std::string fill_in(std::string_view pattern, std::span<const std::string_view> values) {
    std::string filled;
    std::size_t plain = 0;
    for (auto at = pattern.find('{'); at != std::string_view::npos;
         at = pattern.find('{', at + 1)) {
        const bool is_slot = at + 2 < pattern.size() && pattern[at + 2] == '}' &&
                             pattern[at + 1] >= '1' &&
                             static_cast<std::size_t>(pattern[at + 1] - '1') < values.size();
        if (!is_slot) continue;
        filled += pattern.substr(plain, at - plain);
        filled += values[static_cast<std::size_t>(pattern[at + 1] - '1')];
        plain = at + 3;
    }
    filled += pattern.substr(plain);
    return filled;
}

}  // namespace

Language::Language(std::string code, const EmbeddedFile& catalogue)
    : code_(std::move(code)),
      texts_(read_catalogue(code_, catalogue)),
      messages_(&std::use_facet<Messages>(texts_)) {}

bool Language::has(std::string_view key) const {
    return messages(messages_).get(kDomain, nullptr, CatalogueKey(key).bytes());
}

std::string_view Language::pattern(std::string_view key) const {
    const char* found = messages(messages_).get(kDomain, nullptr, CatalogueKey(key).bytes());
    return found ? std::string_view(found) : key;
}

std::string Language::text(std::string_view key) const { return std::string(pattern(key)); }

std::string Language::text(std::string_view key,
                           std::initializer_list<std::string_view> values) const {
    return fill_in(pattern(key), {values.begin(), values.size()});
}

std::string Language::plural(std::string_view key, std::int64_t count,
                             std::initializer_list<std::string_view> values) const {
    constexpr std::int64_t kMaxInt = std::numeric_limits<int>::max();
    const auto number = static_cast<int>(std::clamp<std::int64_t>(count, 0, kMaxInt));
    const char* found =
        messages(messages_).get(kDomain, nullptr, CatalogueKey(key).bytes(), number);
    const std::string shown = std::to_string(count);
    std::array<std::string_view, kSlotsMax> slots{shown};
    check(values.size() < slots.size());
    std::copy(values.begin(), values.end(), slots.begin() + 1);
    return fill_in(found ? std::string_view(found) : key,
                   std::span(slots).first(values.size() + 1));
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
