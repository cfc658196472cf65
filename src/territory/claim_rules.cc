#include "territory/claim_rules.h"

#include <algorithm>
#include <array>

#include "base/check.h"
#include "base/mail_address.h"
#include "base/text.h"
#include "territory/siret.h"

namespace emplettes::territory {
namespace {

constexpr std::array kSteps{ClaimStep::prove,  ClaimStep::submit,  ClaimStep::approve,
                            ClaimStep::reject, ClaimStep::suspend, ClaimStep::reinstate};
constexpr std::ptrdiff_t kPhoneDigitsMin = 6;
constexpr std::string_view kClosedPlatform = "ec.europa.eu/consumers/odr";

bool is_web_address(std::string_view url) {
    const bool has_scheme =
        starts_with_ignoring_case(url, "https://") || starts_with_ignoring_case(url, "http://");
    const std::string_view rest = url.substr(std::min(url.size(), url.find("//") + 2));
    const std::string_view host = rest.substr(0, rest.find('/'));
    return has_scheme && host.find('.') != std::string_view::npos && host.size() >= 4 &&
           std::ranges::all_of(url, [](char c) { return c > ' ' && c <= '~' && c != '"'; });
}

bool is_mediators_site(std::string_view url) {
    return is_web_address(url) && to_lower_ascii(url).find(kClosedPlatform) == std::string::npos;
}

bool is_phone(std::string_view phone) {
    return std::ranges::count_if(phone, [](char c) { return c >= '0' && c <= '9'; }) >=
           kPhoneDigitsMin;
}

}  // namespace

std::string_view to_string(ClaimStep step) {
    switch (step) {
        case ClaimStep::prove: return "prove";
        case ClaimStep::submit: return "submit";
        case ClaimStep::approve: return "approve";
        case ClaimStep::reject: return "reject";
        case ClaimStep::suspend: return "suspend";
        case ClaimStep::reinstate: return "reinstate";
    }
    check(false);
    return {};
}

std::optional<ClaimStep> parse_claim_step(std::string_view word) {
    for (const ClaimStep step : kSteps)
        if (word == to_string(step)) return step;
    return std::nullopt;
}

std::optional<ClaimStatus> status_after(ClaimStatus status, ClaimStep step) {
    using enum ClaimStatus;
    const bool is_unproven = status == pending || status == invited;
    const bool is_told = status == onboarding || status == ready_for_review;
    switch (step) {
        case ClaimStep::prove: return is_unproven ? std::optional(onboarding) : std::nullopt;
        case ClaimStep::submit: return is_told ? std::optional(ready_for_review) : std::nullopt;
        case ClaimStep::approve:
            return status == ready_for_review ? std::optional(approved) : std::nullopt;
        case ClaimStep::reject:
            return is_unproven || is_told ? std::optional(rejected) : std::nullopt;
        case ClaimStep::suspend:
            return status == approved ? std::optional(suspended) : std::nullopt;
        case ClaimStep::reinstate:
            return status == suspended ? std::optional(approved) : std::nullopt;
    }
    check(false);
    return {};
}

bool needs_reason(ClaimStep step) {
    return step == ClaimStep::reject || step == ClaimStep::suspend;
}

std::string_view to_string(Duty duty) {
    switch (duty) {
        case Duty::siret: return "siret";
        case Duty::legal_name: return "legal_name";
        case Duty::legal_address: return "legal_address";
        case Duty::phone: return "phone";
        case Duty::email: return "email";
        case Duty::register_number: return "register_number";
        case Duty::mediator: return "mediator";
        case Duty::mediator_url: return "mediator_url";
        case Duty::certificate: return "certificate";
    }
    check(false);
    return {};
}

std::vector<Duty> unmet_duties(const Seller& seller) {
    std::vector<Duty> unmet;
    const auto want = [&](bool is_met, Duty duty) {
        if (!is_met) unmet.push_back(duty);
    };
    want(parse_siret(seller.siret).ok(), Duty::siret);
    want(!trim(seller.legal_name).empty(), Duty::legal_name);
    want(!trim(seller.legal_address).empty(), Duty::legal_address);
    want(is_phone(seller.phone), Duty::phone);
    want(is_mail_address(seller.email), Duty::email);
    want(!trim(seller.register_number).empty(), Duty::register_number);
    want(!trim(seller.mediator).empty(), Duty::mediator);
    want(is_mediators_site(seller.mediator_url), Duty::mediator_url);
    want(seller.certified_at > Instant{}, Duty::certificate);
    return unmet;
}

}  // namespace emplettes::territory
