#pragma once
#include <map>
#include <string>
#include <vector>

#include "catalogue/shelf/import_work.h"
#include "catalogue/shelf/picture_link.h"
#include "site/counter.h"

namespace emplettes::site {

// What the pages of imports share.

// What works on them in this territory; as long as the visit.
catalogue::ImportWork import_work(const Visit& visit);

std::string imports_url(const AtCounter& at);
std::string import_url(const AtCounter& at, ShelfImportId id);

// Whether it has changed something that can be put back.
bool can_be_undone(const catalogue::ShelfImport& import);

// Who brought what: accounts and sources of a shop's imports, by id.
struct ImportOrigins {
    std::map<AccountId, std::string> emails;
    std::map<ShelfSourceId, catalogue::ShelfSource> sources;
};
ImportOrigins load_origins(store::Tx& tx, TerritoryId territory, ShopId shop,
                           const std::vector<catalogue::ShelfImport>& imports);

// "déposé par ada@example.org, il y a 3 min"
std::string origin_text(const Say& say, const catalogue::ShelfImport& import,
                        const ImportOrigins& origins);
// "En rayon : 12 nouveaux, 3 changés"
std::string standing_text(const Say& say, const catalogue::ShelfImport& import);

// The list of imports with what was refused of the form above it; `error_text` empty: nothing.
struct ImportsRefusal {
    int status = 200;
    std::string file_error = {};
    std::string address_error = {};
    std::string url = {};  // as it was typed
};
web::Response show_imports(Visit& visit, const AtCounter& at, const ImportsRefusal& refusal);

// The section of addresses: feed_addresses.cc.
void set_addresses(web::View& view, const Visit& visit, const AtCounter& at,
                   const std::map<ShelfSourceId, catalogue::ShelfSource>& sources);
// What may be forgotten of a shop that has as many as it may.
void set_least_used(web::View& view, const Visit& visit, const AtCounter& at,
                    const std::optional<catalogue::ShelfSource>& source);

// The report of an import, its figures and one page of its rows: import_report_view.cc. `show` and
// `page` are as the address says them.
void set_report(web::View& view, const Visit& visit, const AtCounter& at,
                const catalogue::ShelfImport& import);

// The pictures that its file names, and what became of them: import_pictures.cc.
void set_pictures(web::View& view, const Say& say, const std::vector<catalogue::LinkCount>& counts);

// How its file is read, and the form that says it otherwise: import_mapping.cc.
void set_mapping(web::View& view, const Visit& visit, const catalogue::ShelfImport& import,
                 const catalogue::SniffedFeed& sniffed);
// As the form says it; none when it says what no form of ours does. What it leaves out stays.
std::optional<catalogue::ImportReading> read_mapping_form(const web::Fields& fields,
                                                          const catalogue::ShelfImport& import,
                                                          const catalogue::SniffedFeed& sniffed);
// Fields of the form at most.
inline constexpr std::size_t kMappingColumnsMax = 100;

}  // namespace emplettes::site
