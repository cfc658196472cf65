#include "web/view.h"

namespace emplettes::web {

Html script_json(std::string_view json) {
    Html html;
    html.markup.reserve(json.size());
    // "<" occurs in JSON inside strings only, where an escape means the same.
    for (const char c : json) c == '<' ? html.markup += "\\u003c" : html.markup += c;
    return html;
}

View::View(std::string text) { set(".", std::move(text)); }

View& View::set(Name name, std::string text) {
    values_.push_back({.name = name, .kind = Value::Kind::text, .text = std::move(text)});
    return *this;
}

View& View::set_truth(Name name, bool truth) {
    values_.push_back({.name = name, .kind = Value::Kind::truth, .truth = truth});
    return *this;
}

View& View::set(Name name, Html html) {
    values_.push_back({.name = name, .kind = Value::Kind::html, .text = std::move(html.markup)});
    return *this;
}

View& View::set(Name name, View view) {
    Value& value = values_.emplace_back(Value{.name = name, .kind = Value::Kind::view});
    value.items.push_back(std::move(view));
    return *this;
}

View& View::set(Name name, std::vector<View> list) {
    values_.push_back({.name = name, .kind = Value::Kind::list, .items = std::move(list)});
    return *this;
}

const View::Value* View::find(const Name& name) const {
    for (const auto& value : values_) {
        if (value.name.hash == name.hash && value.name.text == name.text) return &value;
    }
    return nullptr;
}

bool View::Value::is_shown() const {
    switch (kind) {
        case Kind::truth: return truth;
        case Kind::text:
        case Kind::html: return !text.empty();
        case Kind::view: return true;
        case Kind::list: return !items.empty();
    }
    return false;
}

}  // namespace emplettes::web
