#include "emplettes/backup_manifest.h"

#include <cstdio>

#include "emplettes/backup_file.h"

namespace emplettes {
namespace {

constexpr const char* kFormat = "emplettes backup";
constexpr int kVersion = 2;  // 1: without signers

std::string_view word_of(store::Kind kind) {
    switch (kind) {
        case store::Kind::integer: return "integer";
        case store::Kind::real: return "real";
        case store::Kind::text: return "text";
    }
    return "";
}

store::Kind kind_from(const std::string& word) {
    if (word == "integer") return store::Kind::integer;
    if (word == "real") return store::Kind::real;
    if (word == "text") return store::Kind::text;
    throw BackupError("it holds a kind of column that this program does not know: " + word);
}

BackupManifest::Table table_from(const Json& json) {
    BackupManifest::Table table{.table = {.name = json.at("name"), .columns = {}},
                                .rows = json.at("rows")};
    for (const Json& column : json.at("columns"))
        table.table.columns.push_back(
            {.name = column.at("name"), .kind = kind_from(column.at("kind"))});
    return table;
}

Json tables_json(const BackupManifest::Tables& tables) {
    Json json = Json::object();
    json["migrations"] = Json::array();
    for (const auto& mark : tables.migrations)
        json["migrations"].push_back({{"name", mark.name}, {"sha256", mark.sha256}});
    json["tables"] = Json::array();
    for (const auto& [table, rows] : tables.tables) {
        Json columns = Json::array();
        for (const auto& column : table.columns)
            columns.push_back({{"name", column.name}, {"kind", word_of(column.kind)}});
        json["tables"].push_back({{"name", table.name}, {"rows", rows}, {"columns", columns}});
    }
    return json;
}

BackupManifest::Tables tables_from(const Json& json) {
    BackupManifest::Tables tables;
    for (const Json& mark : json.at("migrations"))
        tables.migrations.push_back({.name = mark.at("name"), .sha256 = mark.at("sha256")});
    for (const Json& table : json.at("tables")) tables.tables.push_back(table_from(table));
    return tables;
}

}  // namespace

std::int64_t BackupManifest::Tables::rows() const {
    std::int64_t sum = 0;
    for (const Table& table : tables) sum += table.rows;
    return sum;
}

Json to_json(const BackupManifest& manifest) {
    Json json = {{"format", kFormat},
                 {"version", kVersion},
                 {"database", manifest.database},
                 {"made_at", to_unix(manifest.made_at)},
                 {"told_at", to_unix(manifest.told_at)},
                 {"files", manifest.files},
                 {"sealed", manifest.is_sealed}};
    json.update(tables_json(manifest.main));
    json["signers"] = tables_json(manifest.signers);
    return json;
}

BackupManifest manifest_from(const Json& json) try {
    if (json.at("format") != kFormat) throw BackupError("it is no backup of ours");
    const int version = json.at("version");
    if (version > kVersion)
        throw BackupError("it was made by a newer version of the program: install that one");
    BackupManifest manifest{.database = json.at("database"),
                            .made_at = instant_from_unix(json.at("made_at").get<std::int64_t>()),
                            .told_at = instant_from_unix(json.value("told_at", std::int64_t{0})),
                            .files = json.at("files"),
                            .is_sealed = json.at("sealed"),
                            .main = tables_from(json),
                            .signers = {}};
    if (version > 1) manifest.signers = tables_from(json.at("signers"));
    return manifest;
} catch (const Json::exception&) {
    throw BackupError("it is no backup of ours");
}

BackupSummary summary_of(const BackupManifest& manifest) {
    return {.database = manifest.database,
            .made_at = manifest.made_at,
            .tables = std::ssize(manifest.main.tables) + std::ssize(manifest.signers.tables),
            .rows = manifest.main.rows() + manifest.signers.rows(),
            .files = manifest.files};
}

std::string name_of_piece(const PieceName& piece) {
    std::string digits = std::to_string(piece.number);
    digits.insert(0, digits.size() < 6 ? 6 - digits.size() : 0, '0');
    return piece.folder + piece.table + "/" + digits + ".tsv.zst";
}

std::string table_of_piece(const std::string& folder, const std::string& part) {
    if (!part.starts_with(folder)) return {};
    const std::string rest = part.substr(folder.size());
    return rest.substr(0, rest.find('/'));
}

}  // namespace emplettes
