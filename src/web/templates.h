#pragma once
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "base/embedded_file.h"
#include "base/language.h"
#include "web/assets.h"
#include "web/mustache.h"
#include "web/view.h"

namespace emplettes::web {

// All pages, in all languages, compiled once at start. Before Mustache sees a template "[[key]]" in
// it becomes the text of that key, HTML-escaped, and "[[asset:app.css]]" the URL of that file.
// Immutable, shared by all threads.
class Templates {
  public:
    struct Parts {
        std::span<const EmbeddedFile> files;  // "results.mustache", also the partials
        const Languages& languages;
        const Assets& assets;
    };
    // Throws std::runtime_error listing every unknown key, asset and partial, and every fault of
    // syntax, with file and line.
    explicit Templates(const Parts& parts);

    // An unknown language or name is a bug (check).
    std::string render(std::string_view language, std::string_view name, const View& view) const;

  private:
    using ByName = std::map<std::string, Mustache, std::less<>>;
    std::map<std::string, ByName, std::less<>> by_language_;
};

}  // namespace emplettes::web
