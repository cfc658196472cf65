#pragma once
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace emplettes::web {

// Markup that is known to be safe: made by us, never from what a person typed. The only thing that
// a template may put unescaped, with {{{name}}}.
struct Html {
    std::string markup;
};

// JSON that may stand inside <script type="application/ld+json">: no "</script>" can occur in it.
Html script_json(std::string_view json);

// What a template is filled with: names to texts, numbers, markup, truths, views and lists of
// views. Made by one handler for one page. Set each name once: the first counts.
class View {
  public:
    // A name is a literal, which is what makes a View cheap: no copy of it is kept, and its hash,
    // by which it is found, is computed by the compiler.
    struct Name {
        consteval Name(const char* literal) : Name(std::string_view(literal)) {}
        // For names that are read from elsewhere and outlive the view.
        static constexpr Name outliving(std::string_view text) { return Name(text); }

        std::string_view text;
        std::uint32_t hash;

      private:
        constexpr explicit Name(std::string_view name) : text(name), hash(2166136261U) {
            for (const char c : name)  // FNV-1a
                hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
        }
    };

    struct Value;

    View() = default;
    // An item of a list of texts, shown by {{.}}.
    explicit View(std::string text);

    View& set(Name name, std::string text);
    View& set(Name name, std::string_view text) { return set(name, std::string(text)); }
    View& set(Name name, const char* text) { return set(name, std::string(text)); }
    View& set(Name name, std::same_as<bool> auto truth) { return set_truth(name, truth); }
    View& set(Name name,
              std::integral auto number) requires(!std::same_as<decltype(number), bool>) {
        return set(name, std::to_string(number));
    }
    View& set(Name name, Html html);
    View& set(Name name, View view);
    View& set(Name name, std::vector<View> list);

    const Value* find(const Name& name) const;  // null when absent

  private:
    View& set_truth(Name name, bool truth);

    std::vector<Value> values_;
};

struct View::Value {
    enum class Kind : std::uint8_t { truth, text, html, view, list };
    Name name;
    Kind kind;
    bool truth = false;
    std::string text = {};         // of text and html
    std::vector<View> items = {};  // of view (one) and list

    // Whether a section of this name is shown: not for false, an empty text, an empty list.
    bool is_shown() const;
};

}  // namespace emplettes::web
