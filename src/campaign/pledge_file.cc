#include "campaign/pledge_file.h"

#include <toml++/toml.h>

#include <algorithm>
#include <stdexcept>

#include "base/table_reader.h"
#include "base/text.h"

namespace emplettes::campaign {
namespace {

LocalDay local_day(const toml::date& date) {
    return LocalDay{std::chrono::year{date.year} / date.month / date.day};
}

// Its first moment, some days later.
Instant read_day(TableReader& reader, const std::string& key, const Zone& zone,
                 std::chrono::days later) {
    toml::date date{1970, 1, 1};
    reader.require(key, date);
    return zone.to_instant(local_day(date) + later);
}

void read_texts(TableReader& root, Pledge& pledge, std::vector<std::string>& problems) {
    const toml::table* texts = root.table("text");
    if (!texts) return root.problem("text", "needs a table for each language, [text.fr]");
    TableReader languages(texts, "text.", problems);
    for (const auto& [language, node] : *texts) {
        const std::string code(language.str());
        TableReader reader(languages.table(code), "text." + code + ".", problems);
        PledgeText& text = pledge.texts[code];
        reader.require("title", text.title);
        reader.require("body", text.body);
        reader.require("thanks", text.thanks);
        reader.read("picture_text", text.picture_text);
    }
}

void read_milestones(TableReader& root, const Zone& zone, Pledge& pledge,
                     std::vector<std::string>& problems) {
    const toml::table* milestones = root.table("milestone");
    if (!milestones) return;
    TableReader counts(milestones, "milestone.", problems);
    for (const auto& [key, node] : *milestones) {
        const std::string count(key.str());
        TableReader reader(counts.table(count), "milestone." + count + ".", problems);
        Milestone milestone{.signatures = parse_int(count).value_or(0)};
        reader.require("owner", milestone.owner);
        milestone.due_at = read_day(reader, "due", zone, std::chrono::days{0});
        TableReader promises(reader.table("promise"), "milestone." + count + ".promise.", problems);
        promises.read_all(milestone.promises);
        pledge.milestones.push_back(std::move(milestone));
    }
    std::ranges::sort(pledge.milestones, {}, &Milestone::signatures);
}

Pledge read_table(const toml::table& table, const Zone& zone, std::vector<std::string>& problems) {
    Pledge pledge;
    TableReader root(&table, "", problems);
    root.require("slug", pledge.slug);
    root.require("called_by", pledge.called_by);
    root.read("picture", pledge.picture);
    root.require("goal", pledge.goal);
    pledge.begins_at = read_day(root, "begins", zone, std::chrono::days{0});
    pledge.ends_at = read_day(root, "ends", zone, std::chrono::days{1});
    pledge.anonymise_at = read_day(root, "anonymise", zone, std::chrono::days{1});
    read_texts(root, pledge, problems);
    read_milestones(root, zone, pledge, problems);
    return pledge;
}

}  // namespace

Pledge read_pledge(std::string_view text, const Zone& zone) {
    std::vector<std::string> problems;
    Pledge pledge;
    try {
        pledge = read_table(toml::parse(text), zone, problems);
    } catch (const toml::parse_error& error) {
        throw std::runtime_error("line " + std::to_string(error.source().begin.line) + ": " +
                                 std::string(error.description()));
    }
    if (problems.empty()) problems = find_pledge_faults(pledge);
    if (problems.empty()) return pledge;
    std::string all;
    for (const std::string& problem : problems) all += (all.empty() ? "" : "\n") + problem;
    throw std::runtime_error(all);
}

}  // namespace emplettes::campaign
