#include "io/osm/tags.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "base/error.h"

namespace doorstep::io {
namespace {

using enum OsmKey;
using Entry = std::pair<std::string_view, OsmKey>;

/// In the order of the alphabet, for the search.
constexpr std::array<Entry, 46> kKeys{{
    {"access", Access},
    {"admin_level", AdminLevel},
    {"amenity", Amenity},
    {"area", Area},
    {"barrier", Barrier},
    {"bicycle", Bicycle},
    {"boundary", Boundary},
    {"bridge", Bridge},
    {"building", Building},
    {"building:levels", BuildingLevels},
    {"capacity", Capacity},
    {"capacity:persons", Capacity},
    {"foot", Foot},
    {"grades", Grades},
    {"highway", Highway},
    {"isced:level", Isced},
    {"junction", Junction},
    {"landuse", Landuse},
    {"leisure", Leisure},
    {"max_age", MaxAge},
    {"maxspeed", Maxspeed},
    {"min_age", MinAge},
    {"motor_vehicle", MotorVehicle},
    {"motorcar", Motorcar},
    {"motorroad", Motorroad},
    {"name", Name},
    {"name:en", NameEn},
    {"name:zh", NameZh},
    {"name:zh-Hans", NameZh},
    {"natural", Natural},
    {"oneway", Oneway},
    {"oneway:bicycle", OnewayBicycle},
    {"oneway:foot", OnewayFoot},
    {"operator", Operator},
    {"operator:type", OperatorType},
    {"railway", Railway},
    {"ref", Ref},
    {"ref:CN", RefCn},
    {"ref:INE", RefIne},
    {"route", Route},
    {"school:isced", SchoolIsced},
    {"service", Service},
    {"tunnel", Tunnel},
    {"type", Type},
    {"vehicle", Vehicle},
    {"waterway", Waterway},
}};
static_assert(std::ranges::is_sorted(kKeys, {}, &Entry::first));

/// Most strings of a file are no keys: whether one of this length and first letter is.
constexpr std::size_t kLongest = 16;
constexpr auto kPossible = [] {
  std::array<std::array<bool, 128>, kLongest + 1> possible{};
  for (const Entry& e : kKeys)
    possible[e.first.size()][static_cast<unsigned char>(e.first[0])] = true;
  return possible;
}();

bool is_water_or_park(const OsmTags& tags) {
  return tags.is(Natural, "water") || tags.is(Waterway, "riverbank") ||
         tags.is(Landuse, "reservoir") || tags.is(Leisure, "park");
}

bool is_backdrop_line(const OsmTags& tags) {
  return tags.has(Highway) || tags.has(Railway) || tags.has(Waterway) || tags.has(Natural) ||
         tags.is(Landuse, "reservoir") || tags.is(Landuse, "basin") || tags.is(Leisure, "park") ||
         tags.is(Leisure, "garden");
}

bool is_boundary(const OsmTags& tags) { return tags.is(Boundary, "administrative"); }

}  // namespace

std::optional<OsmKey> osm_key(std::string_view key) {
  if (key.empty() || key.size() > kLongest) return std::nullopt;
  auto first = static_cast<unsigned char>(key[0]);
  if (first >= 128 || !kPossible[key.size()][first]) return std::nullopt;
  auto found = std::ranges::lower_bound(kKeys, key, {}, &Entry::first);
  if (found == kKeys.end() || found->first != key) return std::nullopt;
  return found->second;
}

OsmKey required_osm_key(std::string_view key, std::string_view where) {
  if (auto found = osm_key(key)) return *found;
  throw Error("the tag \"" + std::string(key) + "\" is not read from extracts", std::string(where),
              "use access, foot, bicycle, vehicle, motor_vehicle, motorcar, oneway, "
              "oneway:bicycle or oneway:foot");
}

bool is_school(const OsmTags& tags) {
  return tags.is(Amenity, "school") || tags.is(Amenity, "kindergarten");
}

bool is_residential(const OsmTags& tags) {
  constexpr std::array<std::string_view, 9> kLivedIn{
      "apartments", "residential", "house",          "detached", "semidetached_house",
      "terrace",    "dormitory",   "static_caravan", "bungalow"};
  return tags.is(Landuse, "residential") ||
         std::ranges::find(kLivedIn, tags[Building]) != kLivedIn.end();
}

bool wants_way(const OsmWanted& wanted, const OsmTags& tags) {
  if (wanted.streets && (tags.has(Highway) || tags.has(Railway) || tags.is(Route, "ferry"))) {
    return true;
  }
  if (wanted.backdrop && is_backdrop_line(tags)) return true;
  return wanted.features && (is_school(tags) || is_residential(tags) || is_boundary(tags));
}

bool wants_relation(const OsmWanted& wanted, const OsmTags& tags) {
  bool area = tags.is(Type, "multipolygon") || tags.is(Type, "boundary");
  if (!area) return false;
  if (wanted.backdrop && tags.is(Type, "multipolygon") && is_water_or_park(tags)) return true;
  return wanted.features && (is_school(tags) || is_residential(tags) || is_boundary(tags));
}

bool wants_node(const OsmWanted& wanted, const OsmTags& tags) {
  if (wanted.streets && (tags.has(Barrier) || tags.has(Railway))) return true;
  return wanted.features && is_school(tags);
}

}  // namespace doorstep::io
