#include "catalogue/catalogue_image.h"

#include <algorithm>
#include <functional>
#include <iterator>

#include "base/json.h"
#include "base/log.h"

namespace emplettes::catalogue {
namespace {

std::string digest(const store::OutboxNews& news) {
    return std::to_string(
        std::hash<std::string>{}(std::to_string(news.territory.value) + '|' + news.topic + '|' +
                                 std::to_string(news.subject_id) + '|' + news.payload_json));
}

// Why an image of this state cannot be used; empty when it can.
std::string find_reason(store::Tx& tx, const ImageOf& of, const Json& state) {
    if (state.at("fingerprint") != of.fingerprint) return "shops or categories have changed";
    const Instant written_at = instant_from_unix(state.at("written_at").get<std::int64_t>());
    if (written_at > of.now || of.now - written_at > kImageAgeMax) return "it is too old";
    const auto news = store::find_news(tx, of.territory, of.place);
    if (!news || state.at("news") != digest(*news)) return "it is of another database";
    return "";
}

}  // namespace

std::string image_state(store::Tx& tx, const ImageOf& of) {
    const auto news = store::find_news(tx, of.territory, of.place);
    if (!news) return "";
    return Json{{"commit_order", of.place.commit_order},
                {"step", of.place.step},
                {"news", digest(*news)},
                {"fingerprint", of.fingerprint},
                {"written_at", to_unix(of.now)}}
        .dump();
}

std::optional<CatalogueImage> load_image(store::Tx& tx, const ImageOf& of,
                                         const std::filesystem::path& file) {
    const auto refuse = [&](std::string_view reason) {
        log_info("no start from " + file.string() + ": " + std::string(reason) +
                 "; the index is built from the database");
        return std::nullopt;
    };
    auto loaded = search::Index::load(file);
    if (!loaded) return refuse(emplettes::to_string(loaded.error()));
    const Json state = parse_json(loaded->state);
    constexpr const char* kMembers[] = {"commit_order", "step", "news", "fingerprint",
                                        "written_at"};
    if (!std::all_of(std::begin(kMembers), std::end(kMembers),
                     [&](const char* member) { return state.contains(member); }))
        return refuse("it is of something else");
    ImageOf wanted = of;
    wanted.place = {.commit_order = state.at("commit_order").get<std::int64_t>(),
                    .step = state.at("step").get<std::int64_t>()};
    if (const std::string reason = find_reason(tx, wanted, state); !reason.empty())
        return refuse(reason);
    return CatalogueImage{loaded->index, wanted.place};
}

}  // namespace emplettes::catalogue
