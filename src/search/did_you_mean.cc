#include "search/did_you_mean.h"

#include <algorithm>

#include "base/text.h"
#include "search/fold.h"

namespace emplettes::search {
namespace {

// Letters and digits fold to some of their own, accents that stand alone to nothing.
bool is_of_word(std::string_view code_point) {
    std::string folded;
    fold_text(code_point, folded);
    return std::all_of(folded.begin(), folded.end(), is_word_byte);
}

// Calls f(run, is_word) for the words of a text and for what stands between them, in turn.
template <typename F>
void for_each_run(std::string_view text, F&& f) {
    std::size_t begin = 0;
    bool is_word = false;
    for (std::size_t at = 0; at < text.size();) {
        const std::string_view code_point = utf8_prefix(text.substr(at), 1);
        if (is_of_word(code_point) != is_word) {
            if (at > begin) f(text.substr(begin, at - begin), is_word);
            begin = at;
            is_word = !is_word;
        }
        at += std::max<std::size_t>(code_point.size(), 1);
    }
    if (begin < text.size()) f(text.substr(begin), is_word);
}

// É, Œ and the like, which to_lower_ascii leaves.
bool has_accented_capital(std::string_view text) {
    for (std::size_t at = 0; at + 1 < text.size(); ++at) {
        const auto next = static_cast<unsigned char>(text[at + 1]);
        if ((text[at] == '\xC3' && next < 0x9F) || (text[at] == '\xC5' && next == 0x92))
            return true;
    }
    return false;
}

}  // namespace

std::string with_words_meant(std::string_view text, std::span<const Meant> meant) {
    std::string corrected;
    std::string folded;
    bool is_changed = false;
    for_each_run(text, [&](std::string_view run, bool is_word) {
        fold_text(run, folded);
        const auto found = std::find_if(meant.begin(), meant.end(), [&](const Meant& word) {
            return is_word && word.asked == folded;
        });
        is_changed = is_changed || found != meant.end();
        corrected += found == meant.end() ? run : std::string_view(found->word);
    });
    return is_changed ? corrected : std::string();
}

std::string as_written(std::string_view title, std::string_view word) {
    std::string written;
    std::string folded;
    for_each_run(title, [&](std::string_view run, bool is_word) {
        if (!is_word || !written.empty()) return;
        fold_text(run, folded);
        if (folded == word && !has_accented_capital(run)) written = to_lower_ascii(run);
    });
    return written;
}

}  // namespace emplettes::search
