#pragma once
// The tags of OpenStreetMap that Doorstep looks at. Keys are numbers, found once for each block of
// a file; everything else in an extract is passed over without a copy.

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace doorstep::io {

enum class OsmKey : uint8_t {
  AdminLevel,
  Access,
  Amenity,
  Area,
  Barrier,
  Bicycle,
  Boundary,
  Bridge,
  Building,
  BuildingLevels,
  Capacity,
  Foot,
  Grades,
  Highway,
  Isced,
  Junction,
  Landuse,
  Leisure,
  MaxAge,
  Maxspeed,
  MinAge,
  MotorVehicle,
  Motorcar,
  Motorroad,
  Name,
  NameEn,
  NameZh,
  Natural,
  Oneway,
  OnewayBicycle,
  OnewayFoot,
  Operator,
  OperatorType,
  Railway,
  Ref,
  RefCn,
  RefIne,
  Route,
  Service,
  SchoolIsced,
  Tunnel,
  Type,
  Vehicle,
  Waterway,
};

/// The key of a tag; nothing for one that is not looked at.
[[nodiscard]] std::optional<OsmKey> osm_key(std::string_view key);
/// Throws: Error for a key that the reader does not know; `where` names who asked.
[[nodiscard]] OsmKey required_osm_key(std::string_view key, std::string_view where);

struct OsmTag {
  OsmKey key;
  std::string_view value;
};

/// The tags of one object that matter. Refers to text that OsmRaw holds.
class OsmTags {
 public:
  OsmTags() = default;
  explicit OsmTags(std::span<const OsmTag> items) : items_(items) {}
  /// "" where the key is absent.
  [[nodiscard]] std::string_view operator[](OsmKey key) const {
    for (const OsmTag& tag : items_) {
      if (tag.key == key) return tag.value;
    }
    return {};
  }
  [[nodiscard]] bool has(OsmKey key) const { return !(*this)[key].empty(); }
  [[nodiscard]] bool is(OsmKey key, std::string_view value) const { return (*this)[key] == value; }
  /// Set, and not to "no".
  [[nodiscard]] bool says(OsmKey key) const { return has(key) && !is(key, "no"); }
  [[nodiscard]] bool empty() const { return items_.empty(); }

 private:
  std::span<const OsmTag> items_;
};

/// What of an extract is wanted: only that is kept in memory.
struct OsmWanted {
  bool streets = true;
  bool backdrop = true;
  bool features = false;
};

[[nodiscard]] bool wants_way(const OsmWanted& wanted, const OsmTags& tags);
[[nodiscard]] bool wants_relation(const OsmWanted& wanted, const OsmTags& tags);
/// Nodes that say something of their own: barriers, level crossings, schools.
[[nodiscard]] bool wants_node(const OsmWanted& wanted, const OsmTags& tags);

/// landuse or building values in which people live.
[[nodiscard]] bool is_residential(const OsmTags& tags);
/// amenity=school or kindergarten.
[[nodiscard]] bool is_school(const OsmTags& tags);

}  // namespace doorstep::io
