#pragma once
// Real shapes for tests, read in a few lines of their own, so that what is tested does not also
// read the test. Empty where $DOORSTEP_TEST_DATA does not name the folder.

#include <catch2/catch.hpp>

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "geo/datum.h"
#include "geo/polygon.h"

namespace doorstep::test {

inline std::filesystem::path real_path(const std::string& name) {
  const char* root = std::getenv("DOORSTEP_TEST_DATA");
  std::filesystem::path path = root ? std::filesystem::path(root) / name : std::filesystem::path();
  if (root == nullptr || !std::filesystem::exists(path)) {
    WARN("skipped: DOORSTEP_TEST_DATA has no " + name);
    return {};
  }
  return path;
}

inline std::string real_bytes(const std::string& name) {
  std::filesystem::path path = real_path(name);
  std::ifstream in(path, std::ios::binary);
  return path.empty() ? "" : std::string(std::istreambuf_iterator<char>(in), {});
}

/// The areas of a GeoJSON whose property has the value, or all where the property is "".
inline std::vector<MultiPolygon> geojson_areas(const std::string& name, const std::string& property,
                                               const std::string& value) {
  std::vector<MultiPolygon> out;
  std::string bytes = real_bytes(name);
  if (bytes.empty()) return out;
  const auto document = nlohmann::json::parse(bytes);
  for (const auto& feature : document["features"]) {
    const auto& properties = feature["properties"];
    if (!property.empty()) {
      if (!properties.contains(property)) continue;
      const auto& v = properties[property];
      if ((v.is_string() ? v.get<std::string>() : v.dump()) != value) continue;
    }
    auto polygons = feature["geometry"]["coordinates"];
    if (feature["geometry"]["type"] == "Polygon") polygons = nlohmann::json::array({polygons});
    MultiPolygon shape;
    for (const auto& rings : polygons) {
      Polygon polygon;
      for (std::size_t r = 0; r < rings.size(); ++r) {
        Ring ring;
        for (const auto& p : rings[r]) ring.push_back({p[0].get<double>(), p[1].get<double>()});
        (r == 0 ? polygon.outer : polygon.holes.emplace_back()) = std::move(ring);
      }
      shape.push_back(std::move(polygon));
    }
    out.push_back(std::move(shape));
  }
  REQUIRE_FALSE(out.empty());  // the file is there: that nothing matches is no reason to skip
  return out;
}

/// The outer rings of a shapefile's areas. Pre: the machine is little-endian, as the file.
inline std::vector<MultiPolygon> shapefile_areas(const std::string& name) {
  std::string bytes = real_bytes(name);
  std::vector<MultiPolygon> out;
  auto number = [&](std::size_t at) {
    int32_t v = 0;
    std::memcpy(&v, bytes.data() + at, sizeof v);
    return static_cast<std::size_t>(v);
  };
  for (std::size_t at = 100; at + 52 <= bytes.size();) {
    std::size_t words = 0;
    for (std::size_t k = 4; k < 8; ++k)
      words = words * 256 + static_cast<unsigned char>(bytes[at + k]);
    std::size_t body = at + 8;
    std::size_t parts = number(body + 36);
    std::size_t points = number(body + 40);
    std::size_t first = body + 44 + 4 * parts;
    MultiPolygon shape;
    for (std::size_t p = 0; p < parts; ++p) {
      std::size_t end = p + 1 < parts ? number(body + 44 + 4 * (p + 1)) : points;
      Ring ring;
      for (std::size_t i = number(body + 44 + 4 * p); i < end; ++i) {
        Xy xy;
        std::memcpy(&xy, bytes.data() + first + 16 * i, sizeof xy);
        ring.push_back(xy);
      }
      if (signed_area_m2(ring) < 0.0) shape.push_back({std::move(ring), {}});
    }
    out.push_back(std::move(shape));
    at = body + 2 * words;
  }
  return out;
}

/// Every vertex through a function.
template <class Move>
MultiPolygon moved(MultiPolygon shape, Move move) {
  for (Polygon& polygon : shape) {
    for (Xy& p : polygon.outer) p = move(p);
    for (Ring& hole : polygon.holes)
      for (Xy& p : hole) p = move(p);
  }
  return normalised(shape);
}

}  // namespace doorstep::test
