#include "geo/addresses/opened_addresses.h"

#include <iterator>

#include "geo/addresses/complete_addresses.h"

namespace emplettes::geo {
namespace {

// Why an image cannot be used; empty: it can.
std::string fault_of(const Result<std::shared_ptr<const AddressIndex>, ImageError>& loaded,
                     std::uint64_t source) {
    if (!loaded) return std::string(to_string(loaded.error()));
    const AddressIndex::Origin& origin = (*loaded)->origin();
    if (origin.rules != kAddressRules) return "it was made by other rules";
    return origin.source == source ? "" : "it was made of other files";
}

void append(AddressRows more, AddressRows& all) {
    all.rows.insert(all.rows.end(), std::move_iterator(more.rows.begin()),
                    std::move_iterator(more.rows.end()));
    all.report.rows_read += more.report.rows_read;
    all.report.without_number += more.report.without_number;
    all.report.without_street += more.report.without_street;
    all.report.without_position += more.report.without_position;
}

}  // namespace

OpenedAddresses open_addresses(const std::vector<std::string>& files, std::uint64_t source,
                               const std::filesystem::path& image,
                               const std::function<void(std::int64_t, std::int64_t)>& on_progress) {
    const auto loaded = AddressIndex::load(image);
    OpenedAddresses opened{.built_because = fault_of(loaded, source)};
    if (opened.built_because.empty()) {
        opened.index = *loaded;
        return opened;
    }
    const auto parts = static_cast<std::int64_t>(files.size()) + 1;
    std::int64_t done = 0;
    AddressRows all;
    for (const std::string& file : files) {
        append(read_addresses(file), all);
        on_progress(++done, parts);
    }
    all.report.files = static_cast<std::int64_t>(files.size());
    opened.has_fewer_files = loaded && (*loaded)->origin().report.files > all.report.files;
    complete_addresses(all.rows);
    opened.index = AddressIndex::build(std::move(all), source);
    opened.index->save(image);
    on_progress(parts, parts);
    return opened;
}

}  // namespace emplettes::geo
