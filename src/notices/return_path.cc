#include "notices/return_path.h"

#include <sodium.h>

#include <charconv>

#include "base/mail_address.h"
#include "base/text.h"

namespace emplettes::notices {
namespace {

constexpr std::string_view kPlace = "{token}";
constexpr std::string_view kReturnPurpose = "emplettes return path ";
constexpr std::size_t kNumberDigits = 14;    // an Id is below 2^53
constexpr std::size_t kSignatureBytes = 10;  // of 80 bits: one try in 10^24
constexpr std::size_t kTokenLength = kNumberDigits + 2 * kSignatureBytes;

std::string hex(const unsigned char* bytes, std::size_t size) {
    std::string text(2 * size + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), bytes, size);
    text.pop_back();
    return text;
}

std::string number_text(NoticeId notice) {
    char digits[kNumberDigits + 1] = {};
    const auto end = std::to_chars(digits, digits + kNumberDigits, notice.value, 16).ptr;
    const std::string plain(digits, end);
    return std::string(kNumberDigits - plain.size(), '0') + plain;
}

}  // namespace

ReturnPaths::ReturnPaths(std::string pattern, const SecretKey& key)
    : pattern_(std::move(pattern)), key_(key) {}

std::string ReturnPaths::signature_of(std::string_view number) const {
    const std::string message = std::string(kReturnPurpose) + std::string(number);
    unsigned char mac[crypto_auth_BYTES];
    crypto_auth(mac, reinterpret_cast<const unsigned char*>(message.data()), message.size(),
                key_.data());
    return hex(mac, kSignatureBytes);
}

std::string ReturnPaths::path_of(NoticeId notice, const std::string& sender) const {
    if (pattern_.empty()) return sender;
    const std::string number = number_text(notice);
    std::string path = pattern_;
    return path.replace(path.find(kPlace), kPlace.size(), number + signature_of(number));
}

std::optional<NoticeId> ReturnPaths::notice_of(std::string_view address) const {
    const auto place = pattern_.find(kPlace);
    if (place == std::string::npos) return std::nullopt;
    const std::string folded = to_lower_ascii(address);
    if (folded.size() != pattern_.size() - kPlace.size() + kTokenLength) return std::nullopt;
    const std::string_view token = std::string_view(folded).substr(place, kTokenLength);
    const std::string_view number = token.substr(0, kNumberDigits);
    const std::string expected = signature_of(number);
    if (sodium_memcmp(expected.data(), token.data() + kNumberDigits, expected.size()) != 0)
        return std::nullopt;
    NoticeId notice;
    const auto [end, error] =
        std::from_chars(number.data(), number.data() + number.size(), notice.value, 16);
    if (error != std::errc() || end != number.data() + number.size()) return std::nullopt;
    return notice;
}

std::string ReturnPaths::problem_of(const std::string& pattern) {
    if (pattern.empty()) return {};
    const auto place = pattern.find(kPlace);
    if (place == std::string::npos || pattern.find(kPlace, place + 1) != std::string::npos)
        return "must hold {token} once, like bounces+{token}@example.org";
    std::string example = pattern;
    example.replace(place, kPlace.size(), std::string(kTokenLength, '0'));
    if (!is_mail_address(example) || place > pattern.find('@'))
        return "is not a mail address with {token} in its name, which may have 64 signs in all";
    return {};
}

}  // namespace emplettes::notices
