#include "geo/tiles/area_rings.h"

#include <osmium/area/geom_assembler.hpp>
#include <osmium/builder/osm_object_builder.hpp>
#include <osmium/memory/buffer.hpp>

namespace emplettes::geo {
namespace {

constexpr std::size_t kBufferBytes = std::size_t{64} << 10;

// Segments that no assembler should be asked to order: it compares them with each other.
constexpr std::size_t kSegmentsMax = 1'000'000;

void add_ring_way(osmium::memory::Buffer& buffer, const RingWay& way, osmium::object_id_type id) {
    {
        osmium::builder::WayBuilder builder(buffer);
        builder.set_id(id);
        osmium::builder::WayNodeListBuilder nodes(builder);
        for (std::size_t i = 0; i < way.nodes.size(); ++i)
            nodes.add_node_ref(
                {way.nodes[i], osmium::Location(way.points[i].lon_e7, way.points[i].lat_e7)});
    }
    buffer.commit();
}

// What an assembled area takes its number from.
osmium::memory::Buffer nameless_relation() {
    osmium::memory::Buffer buffer(kBufferBytes, osmium::memory::Buffer::auto_grow::yes);
    {
        osmium::builder::RelationBuilder builder(buffer);
        builder.set_id(1);
    }
    buffer.commit();
    return buffer;
}

std::vector<FixedPoint> ring_points(const osmium::NodeRefList& ring) {
    std::vector<FixedPoint> points;
    points.reserve(ring.size());
    for (const osmium::NodeRef& node : ring)
        points.push_back({.lat_e7 = node.location().y(), .lon_e7 = node.location().x()});
    if (!points.empty()) points.pop_back();  // the first one again
    return points;
}

}  // namespace

std::optional<std::vector<RingedArea>> ringed_areas(std::span<const RingWay> ways) {
    using osmium::memory::Buffer;
    Buffer input(kBufferBytes, Buffer::auto_grow::yes);
    std::size_t segments = 0;
    for (std::size_t i = 0; i < ways.size(); ++i) {
        segments += ways[i].nodes.size();
        add_ring_way(input, ways[i], static_cast<osmium::object_id_type>(i + 1));
    }
    if (segments > kSegmentsMax) return std::nullopt;
    const Buffer parent = nameless_relation();
    const osmium::area::AssemblerConfig config;
    osmium::area::GeomAssembler assembler(config);
    Buffer output(kBufferBytes, Buffer::auto_grow::yes);
    if (!assembler(parent.get<osmium::Relation>(0), input, output)) return std::nullopt;
    std::vector<RingedArea> areas;
    const auto& area = output.get<osmium::Area>(0);
    for (const osmium::OuterRing& outer : area.outer_rings()) {
        RingedArea rings = {ring_points(outer)};
        for (const osmium::InnerRing& inner : area.inner_rings(outer))
            rings.push_back(ring_points(inner));
        areas.push_back(std::move(rings));
    }
    return areas;
}

}  // namespace emplettes::geo
