#include "campaign/sign_link.h"

#include <sodium.h>

#include "base/text.h"

namespace emplettes::campaign {
namespace {

constexpr std::size_t kTokenLengthMax = 120;
constexpr char kBetween = '-';

std::string sign_mac(const SignerKey& key, PledgeId pledge, std::string_view signature) {
    return keyed_hash(key, "sign link",
                      std::to_string(pledge.value) + " " + std::string(signature));
}

bool is_same(std::string_view a, std::string_view b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace

std::string make_sign_token(const SignerKey& key, PledgeId pledge, SignatureId signature) {
    const std::string number = std::to_string(signature.value);
    return number + kBetween + sign_mac(key, pledge, number);
}

std::optional<SignatureId> read_sign_token(const SignerKey& key, PledgeId pledge,
                                           std::string_view token) {
    const auto between = token.find(kBetween);
    if (token.size() > kTokenLengthMax || between == std::string_view::npos) return std::nullopt;
    const std::string_view number = token.substr(0, between);
    const auto id = parse_int(number);
    if (!id || !is_same(token.substr(between + 1), sign_mac(key, pledge, number)))
        return std::nullopt;
    return SignatureId{*id};
}

std::string make_list_token(const SignerKey& key, std::string_view email_hash, Instant now) {
    const std::string what =
        std::string(email_hash) + kBetween + std::to_string(to_unix(now + kListLinkLasts));
    return what + kBetween + keyed_hash(key, "list link", what);
}

std::optional<std::string> read_list_token(const SignerKey& key, std::string_view token,
                                           Instant now) {
    const auto parts = split(token, kBetween);
    if (token.size() > kTokenLengthMax || parts.size() != 3) return std::nullopt;
    const std::string_view what = token.substr(0, parts[0].size() + 1 + parts[1].size());
    const auto until = parse_int(parts[1]);
    if (!until || !is_same(parts[2], keyed_hash(key, "list link", what))) return std::nullopt;
    if (now > instant_from_unix(*until)) return std::nullopt;
    return std::string(parts[0]);
}

}  // namespace emplettes::campaign
