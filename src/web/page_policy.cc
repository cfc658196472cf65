#include "web/page_policy.h"

#include "base/text.h"

namespace emplettes::web {
namespace {

struct Directive {
    std::string_view name;
    std::string_view source;
};

void add_source(std::string& policy, const Directive& added) {
    std::string widened;
    bool is_there = false;
    for (const auto part : split(policy, ';')) {
        const auto directive = trim(part);
        if (directive.empty()) continue;
        if (!widened.empty()) widened += "; ";
        widened += directive;
        if (directive.substr(0, directive.find(' ')) != added.name) continue;
        widened.append(" ").append(added.source);
        is_there = true;
    }
    if (!is_there) widened.append("; ").append(added.name).append(" ").append(added.source);
    policy = std::move(widened);
}

// Not added to: beside 'none' a source means nothing.
void allow_any_frame(std::string& policy) {
    constexpr std::string_view kFrames = "frame-ancestors";
    std::string widened;
    for (const auto part : split(policy, ';')) {
        const auto directive = trim(part);
        if (directive.empty() || directive.substr(0, directive.find(' ')) == kFrames) continue;
        widened.append(directive).append("; ");
    }
    policy = widened.append(kFrames).append(" *");
}

}  // namespace

std::string widen_content_policy(std::string_view policy, const PageNeeds& needs) {
    std::string widened(policy);
    if (needs.workers) add_source(widened, {"worker-src", "'self'"});
    if (needs.web_assembly) add_source(widened, {"script-src", "'wasm-unsafe-eval'"});
    if (needs.blob_pictures) add_source(widened, {"img-src", "blob:"});
    if (needs.any_frame) allow_any_frame(widened);
    return widened;
}

std::string widen_permissions(std::string_view policy, const PageNeeds& needs) {
    if (!needs.camera) return std::string(policy);
    std::string widened = "camera=(self)";
    for (const auto part : split(policy, ',')) {
        if (trim(part).starts_with("camera=") || trim(part).empty()) continue;
        widened.append(", ").append(trim(part));
    }
    return widened;
}

}  // namespace emplettes::web
