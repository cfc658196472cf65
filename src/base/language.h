#pragma once
#include <cstdint>
#include <initializer_list>
#include <locale>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/embedded_file.h"

namespace emplettes {

// The texts of one language: a gettext catalogue (.mo), read through Boost.Locale. Immutable,
// shared by all threads.
class Language {
  public:
    // `code` is "fr", "en" ...; `catalogue` is a compiled catalogue named "<code>.mo".
    // Throws std::runtime_error when it cannot be read.
    Language(std::string code, const EmbeddedFile& catalogue);

    const std::string& code() const { return code_; }

    // The text of `key`; the key itself when the catalogue lacks it (a test finds those), as it
    // does every key of 100 bytes and more.
    std::string text(std::string_view key) const;
    // The same with {1}, {2} ... replaced by `values`.
    std::string text(std::string_view key, std::initializer_list<std::string_view> values) const;
    // The plural form for `count`; {1} is the count itself, {2} ... are `values`.
    std::string plural(std::string_view key, std::int64_t count,
                       std::initializer_list<std::string_view> values = {}) const;
    bool has(std::string_view key) const;

  private:
    std::string_view pattern(std::string_view key) const;

    std::string code_;
    std::locale texts_;
    // Boost's message_format of texts_, kept out of this header; to ask a locale for its parts
    // takes longer than to look a text up.
    const void* messages_;
};

// What speakers of `in` call the language `code` (ISO 639): ("en", "fr") is "anglais". The code
// itself when ICU does not know it.
std::string language_name(const std::string& code, const std::string& in);

// The languages of a program. The first is the one used when a reader's is not there.
class Languages {
  public:
    explicit Languages(std::vector<Language> languages) : languages_(std::move(languages)) {}

    const Language* find(std::string_view code) const;
    const Language& first() const { return languages_.front(); }
    const std::vector<Language>& all() const { return languages_; }

  private:
    std::vector<Language> languages_;
};

}  // namespace emplettes
