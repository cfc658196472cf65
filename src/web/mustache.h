#pragma once
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "web/view.h"

namespace emplettes::web {

// One template, compiled: Mustache (github.com/mustache/spec) without lambdas and change of
// delimiters, both of which are problems. Partials are compiled into it; they are not indented.
//
// {{name}} is escaped. {{{name}}} takes an Html value only: a text there is a bug (check), so that
// no slip of the pen puts what a person typed into a page unescaped. A section of an empty text
// is not shown. Immutable, shared by all threads.
class Mustache {
  public:
    using Sources = std::map<std::string, std::string, std::less<>>;  // by name, without ending

    // Of sources[name], which must be there. What is wrong with it is added to `problems`, with
    // name and line; then the result is of no use.
    static Mustache compile(std::string_view name, const Sources& sources,
                            std::vector<std::string>& problems);

    std::string render(const View& view) const;

  private:
    friend class MustacheCompiler;
    class Renderer;

    enum class Kind : std::uint8_t { text, escaped, raw, section, inverted };
    struct Step {
        Kind kind;
        std::string_view text;         // of text; else the whole name
        std::vector<View::Name> path;  // the name's parts between dots; none of text
        std::size_t end = 0;           // of a section: the step after its last
    };
    std::vector<Step> steps_;
    std::deque<std::string> texts_;  // what the steps refer to
    // The longest page so far: to grow a page piece by piece costs as much as to fill it.
    std::unique_ptr<std::atomic<std::size_t>> longest_ =
        std::make_unique<std::atomic<std::size_t>>(0);
};

}  // namespace emplettes::web
