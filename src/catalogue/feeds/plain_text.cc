#include "catalogue/feeds/plain_text.h"

#include <algorithm>
#include <array>
#include <boost/locale/utf.hpp>
#include <charconv>
#include <iterator>
#include <optional>
#include <utility>

#include "base/text.h"

namespace emplettes::catalogue {
namespace {

constexpr std::size_t kReferenceMax = 12;
constexpr std::array<std::string_view, 14> kBlocks{"p",  "br", "div", "li", "ul", "ol", "tr",
                                                   "h1", "h2", "h3",  "h4", "h5", "h6", "table"};
constexpr std::array<std::pair<std::string_view, std::string_view>, 28> kReferences{
    {{"amp", "&"},    {"lt", "<"},     {"gt", ">"},     {"quot", "\""}, {"apos", "'"},
     {"nbsp", " "},   {"eacute", "é"}, {"egrave", "è"}, {"ecirc", "ê"}, {"euml", "ë"},
     {"agrave", "à"}, {"acirc", "â"},  {"ccedil", "ç"}, {"icirc", "î"}, {"iuml", "ï"},
     {"ocirc", "ô"},  {"ugrave", "ù"}, {"ucirc", "û"},  {"oelig", "œ"}, {"Eacute", "É"},
     {"rsquo", "’"},  {"lsquo", "‘"},  {"laquo", "«"},  {"raquo", "»"}, {"hellip", "…"},
     {"ndash", "–"},  {"mdash", "—"},  {"euro", "€"}}};

// The character of "#233" or "#xE9".
std::optional<std::string> numbered(std::string_view reference) {
    const bool is_hex = reference.starts_with("#x") || reference.starts_with("#X");
    const std::string_view digits = reference.substr(is_hex ? 2 : 1);
    std::uint32_t code = 0;
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), code, is_hex ? 16 : 10);
    if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    if (code < 0x20 || !boost::locale::utf::is_valid_codepoint(code)) return " ";
    std::string text;
    boost::locale::utf::utf_traits<char>::encode(code, std::back_inserter(text));
    return text;
}

class PlainText {
  public:
    explicit PlainText(std::string_view html) : html_(html) {}

    std::string read() && {
        while (at_ < html_.size()) {
            if (html_[at_] == '<' && is_tag())
                skip_tag();
            else if (html_[at_] == '&')
                read_reference();
            else
                add(html_[at_++]);
        }
        while (!text_.empty() && (text_.back() == ' ' || text_.back() == '\n')) text_.pop_back();
        return std::move(text_);
    }

  private:
    bool is_tag() const {
        if (at_ + 1 >= html_.size()) return false;
        const char c = html_[at_ + 1];
        return c == '/' || c == '!' || c == '?' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    void skip_tag() {
        const bool is_closing = html_[at_ + 1] == '/';
        const std::size_t begin = at_ + (is_closing ? 2 : 1);
        const std::string name =
            to_lower_ascii(html_.substr(begin, html_.find_first_of(" \t\r\n/>", begin) - begin));
        const std::size_t end =
            html_.substr(at_).starts_with("<!--") ? html_.find("-->", at_) : html_.find('>', at_);
        if (std::find(kBlocks.begin(), kBlocks.end(), name) != kBlocks.end()) end_line();
        at_ = end == std::string_view::npos ? html_.size() : html_.find('>', end) + 1;
        if (!is_closing && (name == "script" || name == "style")) {
            const std::size_t close = html_.find("</", at_);
            at_ = close == std::string_view::npos ? html_.size() : close;
        }
    }

    void read_reference() {
        const std::string_view ahead = html_.substr(at_, kReferenceMax);
        const std::size_t length = ahead.find(';');
        if (length == std::string_view::npos || length == 1) {
            add(html_[at_++]);
            return;
        }
        const std::string_view reference = ahead.substr(1, length - 1);
        const auto* const known =
            std::find_if(kReferences.begin(), kReferences.end(),
                         [&](const auto& pair) { return pair.first == reference; });
        std::optional<std::string> text;
        if (known != kReferences.end()) text = std::string(known->second);
        if (reference.front() == '#') text = numbered(reference);
        if (!text) {
            add(html_[at_++]);
            return;
        }
        for (const char c : *text) add(c);
        at_ += length + 1;
    }

    void add(char c) {
        const bool is_space = c == ' ' || c == '\t' || c == '\r' || c == '\n';
        if (!is_space) {
            text_ += c;
            return;
        }
        if (!text_.empty() && text_.back() != ' ' && text_.back() != '\n') text_ += ' ';
    }

    void end_line() {
        while (!text_.empty() && text_.back() == ' ') text_.pop_back();
        if (!text_.empty() && text_.back() != '\n') text_ += '\n';
    }

    std::string_view html_;
    std::size_t at_ = 0;
    std::string text_;
};

}  // namespace

std::string plain_text(std::string_view html) { return PlainText(html).read(); }

}  // namespace emplettes::catalogue
