#pragma once
#include <cstdint>
#include <protozero/types.hpp>

namespace emplettes::geo {

// Field numbers and commands of the Mapbox Vector Tile Specification 2.1, sections 4.1 to 4.3.
inline constexpr protozero::pbf_tag_type kTileLayer = 3;
inline constexpr protozero::pbf_tag_type kLayerName = 1;
inline constexpr protozero::pbf_tag_type kLayerFeatures = 2;
inline constexpr protozero::pbf_tag_type kLayerKeys = 3;
inline constexpr protozero::pbf_tag_type kLayerValues = 4;
inline constexpr protozero::pbf_tag_type kLayerExtent = 5;
inline constexpr protozero::pbf_tag_type kLayerVersion = 15;
inline constexpr protozero::pbf_tag_type kFeatureTags = 2;
inline constexpr protozero::pbf_tag_type kFeatureType = 3;
inline constexpr protozero::pbf_tag_type kFeatureGeometry = 4;
inline constexpr protozero::pbf_tag_type kValueText = 1;
inline constexpr protozero::pbf_tag_type kValueInt = 4;
inline constexpr std::uint32_t kPointType = 1;
inline constexpr std::uint32_t kLineType = 2;
inline constexpr std::uint32_t kAreaType = 3;

inline constexpr std::uint32_t kMoveTo = 1;
inline constexpr std::uint32_t kLineTo = 2;
inline constexpr std::uint32_t kClosePath = 7;
inline constexpr unsigned kCommandBits = 3;  // a word is a command below the times it is to be done
inline constexpr std::uint32_t kCommandMask = (1U << kCommandBits) - 1;

}  // namespace emplettes::geo
