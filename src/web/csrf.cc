#include "web/csrf.h"

#include <sodium.h>

#include <cstring>
#include <optional>

#include "base/check.h"
#include "base/text.h"

namespace emplettes::web {
namespace {

constexpr std::size_t kExpiryBytes = 8;
constexpr std::size_t kNonceBytes = 8;
constexpr std::size_t kHeadBytes = kExpiryBytes + kNonceBytes;
constexpr int kBase64 = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

static_assert(crypto_auth_KEYBYTES == 32);
using Token = std::array<unsigned char, kHeadBytes + crypto_auth_BYTES>;
constexpr std::size_t kTextBytes = sodium_base64_ENCODED_LEN(sizeof(Token), kBase64);

// Expiry and nonce have a fixed length, so what follows them can only be the purpose.
void write_mac(const Csrf::Key& key, std::string_view purpose, const Token& token,
               unsigned char* mac) {
    std::string message(token.begin(), token.begin() + kHeadBytes);
    message += purpose;
    crypto_auth(mac, reinterpret_cast<const unsigned char*>(message.data()), message.size(),
                key.data());
}

std::optional<Token> decode_token(std::string_view text) {
    Token token;
    std::size_t size = 0;
    const int result = sodium_base642bin(token.data(), token.size(), text.data(), text.size(),
                                         nullptr, &size, nullptr, kBase64);
    if (result != 0 || size != token.size()) return std::nullopt;
    return token;
}

}  // namespace

std::string Csrf::token(std::string_view purpose) const {
    Token token;
    auto expiry = static_cast<std::uint64_t>(to_unix(parts_.clock.now() + parts_.lifetime));
    for (std::size_t i = kExpiryBytes; i-- > 0; expiry >>= 8)
        token[i] = static_cast<unsigned char>(expiry & 0xFF);
    parts_.random.fill({token.data() + kExpiryBytes, kNonceBytes});
    write_mac(parts_.key, purpose, token, token.data() + kHeadBytes);
    char text[kTextBytes];
    sodium_bin2base64(text, sizeof text, token.data(), token.size(), kBase64);
    return text;
}

Result<Fields, FormError> Csrf::check_form(const Request& request, std::string_view purpose,
                                           const FormLimits& limits) const {
    if (is_cross_site(request)) return FormError::cross_site;
    auto form = form_body(request, limits);
    if (!form) return form.error();
    if (const auto error = check_token(*form, purpose)) return *error;
    return form;
}

Result<Upload, FormError> Csrf::check_upload(const Request& request, std::string_view purpose,
                                             const UploadLimits& limits) const {
    if (is_cross_site(request)) return FormError::cross_site;
    return read_upload(request, limits,
                       [&](const Fields& form) { return check_token(form, purpose); });
}

std::optional<FormError> Csrf::check_token(const Fields& form, std::string_view purpose) const {
    const auto text = form.find(kField);
    if (!text) return FormError::token_missing;
    const auto token = decode_token(*text);
    if (!token) return FormError::token_wrong;
    unsigned char mac[crypto_auth_BYTES];
    write_mac(parts_.key, purpose, *token, mac);
    if (sodium_memcmp(mac, token->data() + kHeadBytes, sizeof mac) != 0)
        return FormError::token_wrong;
    std::uint64_t expiry = 0;
    for (std::size_t i = 0; i < kExpiryBytes; ++i) expiry = expiry << 8 | (*token)[i];
    if (to_unix(parts_.clock.now()) > static_cast<std::int64_t>(expiry))
        return FormError::token_expired;
    return std::nullopt;
}

Result<Done, FormError> Csrf::check_header(const Request& request, std::string_view purpose) const {
    if (is_cross_site(request)) return FormError::cross_site;
    const auto token = request.header("x-csrf-token");
    if (token.empty()) return FormError::token_missing;
    Fields fields;
    fields.add(std::string(kField), std::string(token));
    if (const auto error = check_token(fields, purpose)) return *error;
    return Done{};
}

bool is_cross_site(const Request& request) {
    const auto site = request.header("sec-fetch-site");
    if (!site.empty() && site != "same-origin" && site != "none") return true;
    auto origin = request.header("origin");
    if (origin.empty()) return false;
    const auto scheme_end = origin.find("://");
    if (scheme_end == std::string_view::npos) return true;  // "null"
    return !equals_ignoring_case(origin.substr(scheme_end + 3), request.header("host"));
}

}  // namespace emplettes::web
