#include "web/templates.h"

#include <algorithm>
#include <set>
#include <stdexcept>
#include <vector>

#include "base/check.h"
#include "base/text.h"

namespace emplettes::web {
namespace {

constexpr std::string_view kEnding = ".mustache";
constexpr std::string_view kAsset = "asset:";

class Localiser {
  public:
    Localiser(const Language& language, const Assets& assets, std::vector<std::string>& problems)
        : language_(language), assets_(assets), problems_(problems) {}

    std::string localise(const EmbeddedFile& file) {
        std::string_view rest = file.bytes;
        std::string result;
        std::size_t line = 1;
        while (true) {
            const auto begin = rest.find("[[");
            const auto end = begin == std::string_view::npos ? begin : rest.find("]]", begin);
            result += rest.substr(0, end == std::string_view::npos ? end : begin);
            if (end == std::string_view::npos) return result;
            line += static_cast<std::size_t>(
                std::count(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(begin), '\n'));
            where_ = std::string(file.path) + " line " + std::to_string(line) + ": ";
            result += replace(rest.substr(begin + 2, end - begin - 2));
            rest.remove_prefix(end + 2);
        }
    }

  private:
    std::string replace(std::string_view key) {
        if (key.starts_with(kAsset)) {
            auto url = assets_.find_url(key.substr(kAsset.size()));
            if (!url) report("there is no asset", key);
            return url.value_or("");
        }
        if (!language_.has(key)) report("no text in " + language_.code() + " for", key);
        std::string text = html_escape(language_.text(key));
        if (text.find("{{") != std::string::npos) report("braces in the text of", key);
        return text;
    }

    void report(std::string_view what, std::string_view key) {
        problems_.push_back(where_ + std::string(what) + " [[" + std::string(key) + "]]");
    }

    const Language& language_;
    const Assets& assets_;
    std::vector<std::string>& problems_;
    std::string where_;
};

void throw_if_any(const std::vector<std::string>& problems) {
    if (problems.empty()) return;
    // A partial is compiled into many pages and would be blamed as often.
    std::string text = "The templates have problems:";
    for (const auto& problem : std::set<std::string>(problems.begin(), problems.end()))
        text += "\n  " + problem;
    throw std::runtime_error(text);
}

}  // namespace

Templates::Templates(const Parts& parts) {
    std::vector<std::string> problems;
    for (const auto& language : parts.languages.all()) {
        Mustache::Sources sources;
        Localiser localiser(language, parts.assets, problems);
        for (const auto& file : parts.files) {
            if (!file.path.ends_with(kEnding)) continue;
            const auto name = file.path.substr(0, file.path.size() - kEnding.size());
            sources.emplace(name, localiser.localise(file));
        }
        ByName& compiled = by_language_[language.code()];
        for (const auto& [name, source] : sources)
            compiled.emplace(name, Mustache::compile(name, sources, problems));
    }
    throw_if_any(problems);
}

std::string Templates::render(std::string_view language, std::string_view name,
                              const View& view) const {
    const auto in_language = by_language_.find(language);
    check(in_language != by_language_.end());
    const auto found = in_language->second.find(name);
    check(found != in_language->second.end());
    return found->second.render(view);
}

}  // namespace emplettes::web
