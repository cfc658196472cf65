#include "site/session_cookie.h"

#include <algorithm>
#include <array>

#include "accounts/session.h"
#include "accounts/sign_in.h"
#include "base/text.h"
#include "web/cookies.h"

namespace emplettes::site {
namespace {

constexpr std::string_view kSecureName = "__Host-session";
constexpr std::string_view kPlainName = "session";
constexpr std::size_t kTokenLengthMax = 2 * accounts::kTokenBytes;

struct Sign {
    std::string_view sign;
    std::string_view name;
};
// The first that is found counts: nearly every browser also says that it is Chrome and Safari.
constexpr std::array kBrowsers{
    Sign{"Edg", "Edge"},         Sign{"OPR/", "Opera"},    Sign{"SamsungBrowser", "Samsung"},
    Sign{"Firefox/", "Firefox"}, Sign{"FxiOS", "Firefox"}, Sign{"CriOS", "Chrome"},
    Sign{"Chrome/", "Chrome"},   Sign{"Safari/", "Safari"}};
constexpr std::array kSystems{Sign{"Android", "Android"}, Sign{"iPhone", "iPhone"},
                              Sign{"iPad", "iPad"},       Sign{"Windows", "Windows"},
                              Sign{"Mac OS X", "macOS"},  Sign{"Linux", "Linux"}};

template <std::size_t N>
std::string_view first_name(const std::array<Sign, N>& signs, std::string_view text) {
    const auto found = std::ranges::find_if(
        signs, [&](const Sign& sign) { return text.find(sign.sign) != std::string_view::npos; });
    return found == signs.end() ? std::string_view() : found->name;
}

}  // namespace

SessionCookie::SessionCookie(const Context& context, const catalogue::Territory& territory)
    : is_https_(context.origin_of(territory).starts_with("https://")) {}

std::optional<std::string_view> SessionCookie::find(const web::Request& request) const {
    const auto token = web::find_cookie(request, is_https_ ? kSecureName : kPlainName);
    if (!token || token->empty() || token->size() > kTokenLengthMax) return std::nullopt;
    if (url_encode(*token) != *token) return std::nullopt;
    return token;
}

void SessionCookie::set(web::Response& response, std::string_view token) const {
    web::set_cookie(response, {.name = std::string(is_https_ ? kSecureName : kPlainName),
                               .value = std::string(token),
                               .max_age = accounts::kSessionLasts,
                               .https = is_https_});
}

void SessionCookie::forget(web::Response& response) const {
    web::set_cookie(response, {.name = std::string(is_https_ ? kSecureName : kPlainName),
                               .value = "",
                               .max_age = std::chrono::seconds{-1},
                               .https = is_https_});
}

std::string device_name(std::string_view user_agent) {
    const std::string_view browser = first_name(kBrowsers, user_agent);
    const std::string_view system = first_name(kSystems, user_agent);
    const std::string_view comma = browser.empty() || system.empty() ? "" : ", ";
    return std::string(browser) + std::string(comma) + std::string(system);
}

std::string local_path(std::string_view path) {
    const bool is_plain =
        std::ranges::all_of(path, [](char c) { return c > ' ' && c <= '~' && c != '\\'; });
    const bool is_local = path.starts_with('/') && !path.starts_with("//");
    if (!is_plain || !is_local || path.size() > accounts::kReturnToLengthMax) return {};
    return std::string(path);
}

}  // namespace emplettes::site
