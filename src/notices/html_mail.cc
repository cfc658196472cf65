#include "notices/html_mail.h"

#include <algorithm>

#include "base/text.h"

namespace emplettes::notices {
namespace {

constexpr std::string_view kLinkEnd = " \t\n<>\"";
constexpr std::string_view kNotOfLink = ".,;:!?)";

// Where a link begins; npos without one.
std::size_t link_begin(std::string_view line) {
    return std::min(line.find("https://"), line.find("http://"));
}

std::string linked(std::string_view line) {
    std::string out;
    for (auto begin = link_begin(line); begin != std::string_view::npos; begin = link_begin(line)) {
        out += html_escape(line.substr(0, begin));
        line.remove_prefix(begin);
        std::string_view link = line.substr(0, line.find_first_of(kLinkEnd));
        while (!link.empty() && kNotOfLink.find(link.back()) != std::string_view::npos)
            link.remove_suffix(1);
        const std::string address = html_escape(link);
        out += "<a href=\"" + address + "\">" + address + "</a>";
        line.remove_prefix(link.size());
    }
    return out + html_escape(line);
}

void add_paragraph(std::string& out, std::string_view paragraph) {
    if (trim(paragraph).empty()) return;
    out += "<p>";
    bool is_first = true;
    for (const std::string_view line : split(trim(paragraph), '\n')) {
        out += (is_first ? "" : "<br>\n") + linked(line);
        is_first = false;
    }
    out += "</p>\n";
}

}  // namespace

std::string html_of(std::string_view subject, std::string_view text, std::string_view language) {
    std::string out = "<!doctype html>\n<html lang=\"" + html_escape(language) +
                      "\"><head><meta charset=\"utf-8\">"
                      "<meta name=\"viewport\" content=\"width=device-width\">"
                      "<meta name=\"color-scheme\" content=\"light dark\"><title>" +
                      html_escape(subject) +
                      "</title></head>\n<body style=\"font:16px/1.5 system-ui,sans-serif;"
                      "max-width:36em;margin:1.5em auto;padding:0 1em;overflow-wrap:anywhere\">\n";
    while (!text.empty()) {
        const auto end = std::min(text.find("\n\n"), text.size());
        add_paragraph(out, text.substr(0, end));
        text.remove_prefix(std::min(end + 2, text.size()));
    }
    return out + "</body></html>\n";
}

}  // namespace emplettes::notices
