#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <stdexcept>
#include <unordered_map>

#include "base/csv.h"
#include "base/text.h"
#include "geo/addresses/address_row.h"
#include "geo/osm_file.h"

namespace emplettes::geo {
namespace {

// The columns of a file, by what they hold; npos: it has none.
struct Columns {
    static constexpr std::size_t kNone = std::string::npos;
    std::size_t number = kNone;
    std::size_t suffix = kNone;
    std::size_t street = kNone;
    std::size_t other_name = kNone;
    std::size_t postcode = kNone;
    std::size_t town = kNone;
    std::size_t lat = kNone;
    std::size_t lon = kNone;
    std::size_t exactness = kNone;
};

std::size_t find_column(const std::vector<std::string>& header, std::string_view name) {
    const auto found = std::ranges::find(header, name);
    return found == header.end() ? Columns::kNone
                                 : static_cast<std::size_t>(found - header.begin());
}

// https://adresse.data.gouv.fr: the format "csv" of the Base Adresse Nationale.
Columns columns_of_ban(const std::vector<std::string>& header) {
    const auto column = [&](std::string_view name) { return find_column(header, name); };
    return {.number = column("numero"),
            .suffix = column("rep"),
            .street = column("nom_voie"),
            .other_name = column("nom_afnor"),
            .postcode = column("code_postal"),
            .town = column("nom_commune"),
            .lat = column("lat"),
            .lon = column("lon"),
            .exactness = column("type_position")};
}

// id, number, street, postcode, town, source, latitude, longitude; no header.
constexpr std::size_t kBanoColumns = 8;
constexpr Columns kBano{.number = 1, .street = 2, .postcode = 3, .town = 4, .lat = 6, .lon = 7};

Exactness exactness_of_ban(std::string_view type) {
    const std::string folded = fold(type);
    if (folded == "entree") return Exactness::entrance;
    if (folded == "parcelle") return Exactness::parcel;
    return folded == "segment" ? Exactness::segment : Exactness::building;
}

std::string cell(const std::vector<std::string>& cells, std::size_t column) {
    return column < cells.size() ? cells[column] : std::string();
}

std::optional<Point> point_of(std::string_view lat, std::string_view lon) {
    const auto y = parse_double(lat);
    const auto x = parse_double(lon);
    if (!y || !x || std::abs(*y) > 90 || std::abs(*x) > 180) return std::nullopt;
    return Point{.lat = *y, .lon = *x};
}

// What is wrong with a row is counted, not fatal: files of whole countries have some.
void add_row(AddressRow row, const std::string& number, const std::optional<Point>& position,
             AddressRows& rows) {
    AddressReport& report = rows.report;
    ++report.rows_read;
    const auto house = parse_house_number(number);
    if (!house) ++report.without_number;
    if (row.street.empty()) ++report.without_street;
    if (!position) ++report.without_position;
    if (!house || row.street.empty() || !position) return;
    row.number = *house;
    row.position = *position;
    rows.rows.push_back(std::move(row));
}

void add_cells(const std::vector<std::string>& cells, const Columns& columns, AddressRows& rows) {
    add_row({.number = {},
             .street = cell(cells, columns.street),
             .other_name = cell(cells, columns.other_name),
             .postcode = cell(cells, columns.postcode),
             .town = cell(cells, columns.town),
             .position = {},
             .exactness = exactness_of_ban(cell(cells, columns.exactness))},
            cell(cells, columns.number) + cell(cells, columns.suffix),
            point_of(cell(cells, columns.lat), cell(cells, columns.lon)), rows);
}

[[noreturn]] void refuse(const std::string& file, const std::string& why) {
    throw std::runtime_error("The file " + file + " cannot be read as addresses: " + why +
                             ". Give a CSV file of the Base Adresse Nationale or of BANO, or an "
                             ".osm.pbf file.");
}

AddressRows read_csv_addresses(const std::string& file) {
    std::ifstream stream(file, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
    const auto table = read_csv(bytes);
    if (!table)
        refuse(file, "line " + std::to_string(table.error().line) + ": " + table.error().reason);
    AddressRows rows;
    const auto& header = table->header;
    const bool is_ban = find_column(header, "nom_voie") != Columns::kNone;
    const bool is_bano = header.size() == kBanoColumns && point_of(header[6], header[7]);
    if (!is_ban && !is_bano) refuse(file, "its first line has none of the columns known");
    const Columns columns = is_ban ? columns_of_ban(header) : kBano;
    if (is_bano) add_cells(header, columns, rows);
    for (const CsvTable::Row& row : table->rows) add_cells(row.cells, columns, rows);
    return rows;
}

// Points at once, buildings once their corners are known.
class OsmAddressReader : public osmium::handler::Handler {
  public:
    AddressRows run(OsmPasses passes) {
        passes.read(osmium::osm_entity_bits::relation, *this);
        passes.read(osmium::osm_entity_bits::way, *this);
        passes.read(osmium::osm_entity_bits::node, *this);
        passes.expect_something();
        for (const Building& building : buildings_) add(building.tags, middle_of(building));
        return std::move(rows_);
    }

    // Houses that a relation says to be of a street, as is the custom in France.
    void relation(const osmium::Relation& relation) {
        const OsmTags tags(relation);
        if (tags.find("type") != "associatedStreet") return;
        const std::string name = tags.first_text({"name", "addr:street"});
        if (name.empty()) return;
        for (const auto& member : relation.members())
            if (std::string_view(member.role()) != "street")
                street_of_member_.emplace(std::pair(member.type(), member.ref()), name);
    }

    void way(const osmium::Way& way) {
        const Tags tags = tags_of(way);
        if (tags.number.empty()) return;
        Building building{.tags = tags};
        for (const osmium::NodeRef& node : way.nodes()) {
            building.corners.push_back(node.ref());
            corners_.emplace(node.ref(), std::nullopt);
        }
        buildings_.push_back(std::move(building));
    }

    void node(const osmium::Node& node) {
        const osmium::Location location = node.location();
        if (!location.valid()) return;
        const Point point{.lat = location.lat(), .lon = location.lon()};
        if (const auto corner = corners_.find(node.id()); corner != corners_.end())
            corner->second = point;
        const Tags tags = tags_of(node);
        if (!tags.number.empty()) add(tags, point);
    }

  private:
    using Id = osmium::object_id_type;
    struct Tags {
        std::string number;
        std::string street;
        std::string postcode;
        std::string town;
    };
    struct Building {
        Tags tags;
        std::vector<Id> corners;
    };

    Tags tags_of(const osmium::OSMObject& object) const {
        const OsmTags tags(object);
        Tags found{.number = tags.text("addr:housenumber"),
                   .street = tags.first_text({"addr:street", "addr:place"}),
                   .postcode = tags.text("addr:postcode"),
                   .town = tags.text("addr:city")};
        if (found.number.empty() || !found.street.empty()) return found;
        const auto street = street_of_member_.find({object.type(), object.id()});
        if (street != street_of_member_.end()) found.street = street->second;
        return found;
    }
    std::optional<Point> middle_of(const Building& building) const {
        Point sum;
        double known = 0;
        for (const Id corner : building.corners) {
            const auto& point = corners_.at(corner);
            if (!point) continue;
            sum.lat += point->lat;
            sum.lon += point->lon;
            ++known;
        }
        if (known == 0) return std::nullopt;
        return Point{.lat = sum.lat / known, .lon = sum.lon / known};
    }
    void add(const Tags& tags, const std::optional<Point>& position) {
        // "12;14" and "12-14" are at the first of them.
        const std::string number = tags.number.substr(0, tags.number.find_first_of(";,-/"));
        add_row({.number = {},
                 .street = tags.street,
                 .other_name = {},
                 .postcode = tags.postcode,
                 .town = tags.town,
                 .position = {},
                 .exactness = Exactness::building},
                number, position, rows_);
    }

    std::vector<Building> buildings_;
    std::unordered_map<Id, std::optional<Point>> corners_;
    std::map<std::pair<osmium::item_type, Id>, std::string> street_of_member_;
    AddressRows rows_;
};

bool is_map(const std::string& file) {
    return file.ends_with(".pbf") || file.ends_with(".osm") || file.ends_with(".osm.bz2") ||
           file.ends_with(".osm.gz");
}

}  // namespace

AddressRows read_addresses(const std::string& file) {
    if (!std::filesystem::is_regular_file(file)) refuse(file, "there is none");
    if (!is_map(file)) return read_csv_addresses(file);
    AddressRows rows;
    read_osm_file(file, [&] { rows = OsmAddressReader().run(OsmPasses(file, 3, {})); });
    return rows;
}

}  // namespace emplettes::geo
