#include "web/mustache.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/check.h"
#include "base/text.h"

namespace emplettes::web {
namespace {

constexpr int kPartialDepthMax = 16;
constexpr std::string_view kOpen = "{{";

// One {{...}} in a source.
struct Tag {
    char sigil = 0;  // 0 for {{name}}, '{' for {{{name}}}, else the sign itself
    std::string_view name;
    std::size_t begin = 0;  // in the source
    std::size_t end = 0;
};

std::optional<Tag> next_tag(std::string_view source, std::size_t from) {
    Tag tag;
    tag.begin = source.find(kOpen, from);
    if (tag.begin == std::string_view::npos) return std::nullopt;
    const bool is_triple = source.substr(tag.begin).starts_with("{{{");
    const std::string_view close = is_triple ? "}}}" : "}}";
    const auto inside = tag.begin + close.size();
    const auto end = source.find(close, inside);
    tag.end = end == std::string_view::npos ? source.size() : end + close.size();
    tag.name = trim(source.substr(inside, end == std::string_view::npos ? 0 : end - inside));
    if (is_triple) {
        tag.sigil = '{';
    } else if (!tag.name.empty() &&
               std::string_view("#^/!>&=").find(tag.name[0]) != std::string_view::npos) {
        tag.sigil = tag.name[0];
        tag.name = trim(tag.name.substr(1));
    }
    return tag;
}

// A tag without output that has a line to itself takes the whole line with it.
void take_line(std::string_view source, Tag& tag) {
    if (tag.sigil == 0 || tag.sigil == '{' || tag.sigil == '&') return;
    const std::string_view before = source.substr(0, tag.begin);
    const auto line = before.find_last_not_of(" \t");
    if (line != std::string_view::npos && before[line] != '\n') return;
    const auto after = std::min(source.find_first_not_of(" \t\r", tag.end), source.size());
    if (after < source.size() && source[after] != '\n') return;
    tag.begin = line == std::string_view::npos ? 0 : line + 1;
    tag.end = std::min(after + 1, source.size());
}

constexpr auto kNeedsEscape = [] {
    std::array<bool, 256> needs{};
    for (const char c : {'&', '<', '>', '"', '\''}) needs[static_cast<unsigned char>(c)] = true;
    return needs;
}();

// In runs: nearly every text has nothing to escape.
void append_escaped(std::string& out, std::string_view text) {
    std::size_t plain = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (!kNeedsEscape[static_cast<unsigned char>(text[at])]) continue;
        out.append(text, plain, at - plain).append(html_escape(text.substr(at, 1)));
        plain = at + 1;
    }
    out.append(text, plain);
}

}  // namespace

class MustacheCompiler {
  public:
    MustacheCompiler(const Mustache::Sources& sources, std::vector<std::string>& problems)
        : sources_(sources), problems_(problems) {}

    void compile(std::string_view name, int depth) {
        const std::string_view source = sources_.find(name)->second;
        const std::size_t outer = open_.size();
        std::size_t at = 0;
        while (auto tag = next_tag(source, at)) {
            const std::size_t line =
                1 + static_cast<std::size_t>(
                        std::count(source.begin(),
                                   source.begin() + static_cast<std::ptrdiff_t>(tag->begin), '\n'));
            where_ = std::string(name) + ".mustache line " + std::to_string(line) + ": ";
            take_line(source, *tag);
            add_text(source.substr(at, std::max(tag->begin, at) - at));
            at = tag->end;
            add_tag(*tag, depth);
            if (open_.size() < outer) return report("closes a section of another file");
        }
        add_text(source.substr(at));
        if (open_.size() > outer)
            report("{{#" + std::string(result.steps_[open_.back()].text) + "}} is not closed");
        open_.resize(outer);
    }

    Mustache result;

  private:
    using Kind = Mustache::Kind;

    void report(std::string_view what) { problems_.push_back(where_ + std::string(what)); }

    void add_text(std::string_view text) {
        if (text.empty()) return;
        result.steps_.push_back({.kind = Kind::text, .text = keep(text)});
    }

    std::string_view keep(std::string_view text) { return result.texts_.emplace_back(text); }

    void add_tag(const Tag& tag, int depth) {
        if (tag.name.empty() && tag.sigil != '!') return report("a tag without name or end");
        switch (tag.sigil) {
            case '!': return;
            case '>': return add_partial(tag, depth);
            case '/': return close_section(tag);
            case '=': return report("delimiters cannot be changed");
            case '#': return add_step(Kind::section, tag);
            case '^': return add_step(Kind::inverted, tag);
            case '&':
            case '{': return add_step(Kind::raw, tag);
            default: return add_step(Kind::escaped, tag);
        }
    }

    void add_step(Kind kind, const Tag& tag) {
        Mustache::Step step{.kind = kind, .text = keep(tag.name)};
        if (tag.name == ".") {
            step.path.push_back(View::Name::outliving(step.text));
        } else {
            for (const auto part : split(step.text, '.'))
                step.path.push_back(View::Name::outliving(part));
        }
        if (kind == Kind::section || kind == Kind::inverted) open_.push_back(result.steps_.size());
        result.steps_.push_back(std::move(step));
    }

    void close_section(const Tag& tag) {
        if (open_.empty() || result.steps_[open_.back()].text != tag.name)
            return report("{{/" + std::string(tag.name) + "}} closes nothing");
        result.steps_[open_.back()].end = result.steps_.size();
        open_.pop_back();
    }

    void add_partial(const Tag& tag, int depth) {
        if (!sources_.contains(tag.name))
            return report("there is no partial {{> " + std::string(tag.name) + "}}");
        if (depth == kPartialDepthMax)
            return report("{{> " + std::string(tag.name) + "}} contains itself");
        const std::string where = where_;
        compile(tag.name, depth + 1);
        where_ = where;
    }

    const Mustache::Sources& sources_;
    std::vector<std::string>& problems_;
    std::vector<std::size_t> open_;  // sections not yet closed, by their step
    std::string where_;
};

Mustache Mustache::compile(std::string_view name, const Sources& sources,
                           std::vector<std::string>& problems) {
    check(sources.contains(name));
    MustacheCompiler compiler(sources, problems);
    compiler.compile(name, 0);
    return std::move(compiler.result);
}

class Mustache::Renderer {
  public:
    Renderer(const std::vector<Step>& steps, std::string& out) : steps_(steps), out_(out) {}

    void render(std::size_t begin, std::size_t end, const View& view) {
        stack_.push_back(&view);
        render_steps(begin, end);
        stack_.pop_back();
    }

  private:
    void render_steps(std::size_t begin, std::size_t end) {
        for (std::size_t at = begin; at < end;) {
            const Step& step = steps_[at];
            if (step.kind == Kind::text) {
                out_ += step.text;
            } else {
                render_step(step, at, find(step));
            }
            at = std::max(at + 1, step.end);
        }
    }

    void render_step(const Step& step, std::size_t at, const View::Value* value) {
        const bool is_shown = value && value->is_shown();
        switch (step.kind) {
            case Kind::section:
                if (is_shown) render_section(at + 1, step.end, *value);
                return;
            case Kind::inverted:
                if (!is_shown) render_steps(at + 1, step.end);
                return;
            case Kind::escaped:
            case Kind::raw:
                if (value) render_value(step.kind, *value);
                return;
            case Kind::text: return;
        }
    }

    void render_section(std::size_t begin, std::size_t end, const View::Value& value) {
        if (value.items.empty()) return render_steps(begin, end);
        for (const View& item : value.items) render(begin, end, item);
    }

    void render_value(Kind kind, const View::Value& value) {
        check(value.items.empty() && value.kind != View::Value::Kind::list);
        if (value.kind == View::Value::Kind::truth) return;  // for sections only, as in kainjow
        if (kind == Kind::raw) {
            check(value.kind == View::Value::Kind::html);
            out_ += value.text;
        } else {
            append_escaped(out_, value.text);
        }
    }

    const View::Value* find(const Step& step) const {
        const View::Value* value = find(step.path.front());
        for (std::size_t i = 1; i < step.path.size() && value; ++i)
            value = value->items.empty() ? nullptr : value->items.front().find(step.path[i]);
        return value;
    }

    // The innermost view that has the name.
    const View::Value* find(const View::Name& name) const {
        for (auto view = stack_.rbegin(); view != stack_.rend(); ++view) {
            if (const View::Value* value = (*view)->find(name)) return value;
        }
        return nullptr;
    }

    const std::vector<Step>& steps_;
    std::string& out_;
    std::vector<const View*> stack_;
};

std::string Mustache::render(const View& view) const {
    std::string out;
    out.reserve(longest_->load(std::memory_order_relaxed));
    Renderer(steps_, out).render(0, steps_.size(), view);
    if (out.size() > longest_->load(std::memory_order_relaxed))
        longest_->store(out.size(), std::memory_order_relaxed);
    return out;
}

}  // namespace emplettes::web
