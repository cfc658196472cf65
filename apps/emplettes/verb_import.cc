#include <cstdio>
#include <memory>

#include "emplettes/import_products.h"
#include "emplettes/map_import.h"
#include "emplettes/opened_folder.h"
#include "emplettes/verbs.h"
#include "web/server.h"

namespace emplettes {
namespace {

struct ImportOptions {
    std::string data;
    std::string database;
    std::string territory;  // slug; may be left out when there is only one
    std::string file;
    MapImport map;
};

void print_how_to_serve(const ImportOptions& options, const catalogue::Territory& territory) {
    const std::string database =
        options.database.empty() ? std::string() : " --database " + options.database;
    std::printf("Serve it: emplettes serve --data %s%s, then http://%s:%d/\n", options.data.c_str(),
                database.c_str(), territory.hosts.front().c_str(),
                static_cast<int>(web::ServerConfig().port));
    const NewTerritory usual;
    if (options.map.new_territory.time_zone == usual.time_zone)
        std::printf("Its clocks show UTC: say --time-zone, or set time_zone in its file\n");
    if (options.map.new_territory.holidays == usual.holidays)
        std::printf("It has no holidays: say --holidays, or set holiday_region in its file\n");
}

void bring_map(const ImportOptions& options) {
    if (options.map.new_territory.name.empty()) expect_data_folder(options.data);
    OpenedFolder opened(options.data, options.database, kImportNode);
    MapImport wanted = options.map;
    wanted.sources.map = options.file;
    wanted.territory = options.territory;
    const auto territory = import_map(opened, wanted);
    if (!wanted.new_territory.name.empty()) print_how_to_serve(options, territory);
}

void add_common(CLI::App& verb, const std::shared_ptr<ImportOptions>& options) {
    verb.add_option("file", options->file, "The file to read")->required();
    verb.add_option("--data", options->data, "The data folder")->required();
    verb.add_option("--database", options->database, "postgresql://… instead of SQLite");
    verb.add_option("--territory", options->territory, "Its slug, when there are several");
}

void add_new_territory(CLI::App& verb, const std::shared_ptr<ImportOptions>& options) {
    NewTerritory& wanted = options->map.new_territory;
    auto* name = verb.add_option("--new", wanted.name, "Makes a new territory of this name");
    verb.add_option("--host", wanted.hosts,
                    "Host name that leads to it, once or more; else localhost and 127.0.0.1")
        ->needs(name);
    verb.add_option("--languages", wanted.languages, "Of its pages: fr,en; else all there are")
        ->delimiter(',')
        ->needs(name);
    verb.add_option("--time-zone", wanted.time_zone, "Of its clocks: Europe/Paris")
        ->capture_default_str()
        ->needs(name);
    verb.add_option("--holidays", wanted.holidays, "Region whose holidays hold: FR, FR-57, FI")
        ->capture_default_str()
        ->needs(name);
    verb.add_option("--operator-email", wanted.operator_email,
                    "Who its mails are from; else noreply@ its first host")
        ->needs(name);
}

}  // namespace

void add_import(CLI::App& cli, int& status) {
    auto* import = cli.add_subcommand("import", "Brings shops or products in from files");
    add_import_shop(*import, status);

    auto map = std::make_shared<ImportOptions>();
    auto* osm = import->add_subcommand(
        "osm", "Shops, streets, addresses and the map from an OpenStreetMap file (.osm.pbf)");
    add_common(*osm, map);
    add_new_territory(*osm, map);
    osm->add_option("--addresses", map->map.sources.addresses,
                    "CSV file of the Base Adresse Nationale or of BANO, once or more; those of the "
                    "map are always taken")
        ->check(CLI::ExistingFile);
    osm->add_flag("--replace", map->map.may_unlist_most,
                  "Take the file although it lacks most of the shops known here");
    osm->callback([map] { bring_map(*map); });

    add_import_products(*import, status);
}

}  // namespace emplettes
