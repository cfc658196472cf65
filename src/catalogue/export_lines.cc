#include "catalogue/export_lines.h"

#include "base/text.h"

namespace emplettes::catalogue {
namespace {

constexpr std::size_t kLineBytesMax = 64 * 1024;
constexpr std::int64_t kLinesMax = 2'000'000;

using Failure = std::optional<RestoreError>;

// A line without what holds the array together; empty for its brackets.
std::string_view without_commas(std::string_view line) {
    line = trim(line);
    if (line.ends_with(',')) line.remove_suffix(1);
    return line == "[" || line == "]" ? std::string_view() : line;
}

class Lines {
  public:
    Lines(std::string name, const std::function<bool(const Json&)>& take)
        : name_(std::move(name)), take_(take) {}

    Failure add(std::string_view bytes) {
        text_ += bytes;
        if (const Failure failure = take_whole()) return failure;
        if (text_.size() > kLineBytesMax) return broken("a line of " + name_ + " is too long");
        return std::nullopt;
    }

  private:
    static RestoreError broken(std::string detail) {
        return {.fault = RestoreFault::broken, .detail = std::move(detail)};
    }

    Failure take_whole() {
        std::size_t begin = 0;
        for (auto end = text_.find('\n'); end != std::string::npos; end = text_.find('\n', begin)) {
            const auto line = without_commas(std::string_view(text_).substr(begin, end - begin));
            begin = end + 1;
            if (line.empty()) continue;
            if (++count_ > kLinesMax)
                return broken(name_ + " has more than " + std::to_string(kLinesMax) + " items");
            const Json json = parse_json(line);
            if (!json.is_object() || !take_(json))
                return broken("item " + std::to_string(count_) + " of " + name_ +
                              " is not understood");
        }
        text_.erase(0, begin);
        return std::nullopt;
    }

    const std::string name_;
    const std::function<bool(const Json&)>& take_;
    std::string text_;
    std::int64_t count_ = 0;
};

}  // namespace

std::optional<RestoreError> each_line(ZipReader& zip, const std::string& name,
                                      const std::function<bool(const Json&)>& take) {
    Lines lines(name, take);
    for (auto part = zip.read(); !part.empty(); part = zip.read())
        if (auto failure = lines.add(part)) return failure;
    return lines.add("\n");  // a last line may not be ended
}

}  // namespace emplettes::catalogue
