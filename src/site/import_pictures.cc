#include "site/import_view.h"
#include "site/import_words.h"

namespace emplettes::site {
namespace {

using catalogue::LinkCount;
using catalogue::LinkState;

std::int64_t count_of(const std::vector<LinkCount>& counts, LinkState state) {
    std::int64_t all = 0;
    for (const LinkCount& count : counts)
        if (count.state == state) all += count.links;
    return all;
}

// "12 photos reçues, 3 à chercher"
std::string pictures_text(const Say& say, const std::vector<LinkCount>& counts) {
    std::string text;
    const auto add = [&](LinkState state, std::string_view key) {
        const std::int64_t links = count_of(counts, state);
        if (links > 0) text += (text.empty() ? "" : ", ") + say.plural(key, links);
    };
    add(LinkState::fetched, "imports.pictures_fetched");
    add(LinkState::waiting, "imports.pictures_waiting");
    add(LinkState::needless, "imports.pictures_needless");
    add(LinkState::failed, "imports.pictures_failed");
    return text;
}

}  // namespace

void set_pictures(web::View& view, const Say& say, const std::vector<LinkCount>& counts) {
    std::vector<web::View> faults;
    for (const LinkCount& count : counts) {
        if (count.failure.empty()) continue;
        const std::string reason = say.text(picture_failure_key(count.failure));
        faults.emplace_back(say.plural(count.state == LinkState::waiting
                                           ? "imports.picture_tried_again"
                                           : "imports.picture_given_up",
                                       count.links, {reason}));
    }
    view.set("pictures_text", pictures_text(say, counts));
    view.set("has_picture_faults", !faults.empty());
    view.set("picture_faults", std::move(faults));
}

}  // namespace emplettes::site
