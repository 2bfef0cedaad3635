// Water, rivers, railways, roads and parks of an OSM extract, as the map draws them.

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <tuple>

#include "io/osm/raw.h"
#include "io/osm/rings.h"

namespace doorstep::io {
namespace {

using Kind = Backdrop::Kind;

std::optional<Kind> area_kind(const OsmTags& tags) {
  if (tags.is(OsmKey::Natural, "water") || tags.is(OsmKey::Waterway, "riverbank") ||
      tags.is(OsmKey::Landuse, "reservoir") || tags.is(OsmKey::Landuse, "basin")) {
    return Kind::Water;
  }
  if (tags.is(OsmKey::Leisure, "park") || tags.is(OsmKey::Leisure, "garden")) return Kind::Park;
  return std::nullopt;
}

std::optional<Kind> road_kind(std::string_view highway) {
  static const std::map<std::string_view, Kind> kRoads{
      {"motorway", Kind::Arterial},    {"trunk", Kind::Arterial},
      {"primary", Kind::Arterial},     {"secondary", Kind::Arterial},
      {"motorway_link", Kind::Street}, {"trunk_link", Kind::Street},
      {"primary_link", Kind::Street},  {"secondary_link", Kind::Street},
      {"tertiary", Kind::Street},      {"tertiary_link", Kind::Street},
      {"unclassified", Kind::Street},  {"residential", Kind::Street},
      {"living_street", Kind::Street}, {"pedestrian", Kind::Street}};
  auto found = kRoads.find(highway);
  return found == kRoads.end() ? std::nullopt : std::optional(found->second);
}

std::optional<Kind> line_kind(const OsmTags& tags) {
  std::string_view rail = tags[OsmKey::Railway];
  if (rail == "rail" || rail == "light_rail" || rail == "subway" || rail == "narrow_gauge") {
    bool hidden = tags.has(OsmKey::Tunnel) && tags[OsmKey::Tunnel] != "no";
    return hidden || tags.has(OsmKey::Service) ? std::nullopt : std::optional(Kind::Rail);
  }
  if (tags.is(OsmKey::Waterway, "river") || tags.is(OsmKey::Waterway, "canal")) return Kind::River;
  if (tags.is(OsmKey::Natural, "coastline")) return Kind::River;
  return road_kind(tags[OsmKey::Highway]);
}

bool has_han(std::string_view utf8) {
  // U+4E00 … U+9FFF begin with the bytes E4 B8 … E9 BF.
  return std::ranges::any_of(utf8, [](char c) {
    auto byte = static_cast<unsigned char>(c);
    return byte >= 0xE4 && byte <= 0xE9;
  });
}

Name name_of(const OsmTags& tags) {
  Name name{std::string(tags[OsmKey::NameZh]), std::string(tags[OsmKey::NameEn])};
  std::string local(tags[OsmKey::Name]);
  if (name.zh.empty() && has_han(local)) name.zh = local;
  if (name.en.empty() && !has_han(local)) name.en = local;
  return name;
}

class BackdropBuilder {
 public:
  explicit BackdropBuilder(const OsmRaw& raw) : raw_(raw) {}

  std::vector<Backdrop> build() {
    for (const OsmWay& way : raw_.ways) add_way(way);
    for (const OsmRelation& relation : raw_.relations) add_relation(relation);
    std::vector<Backdrop> out;
    for (auto& [_, item] : items_) out.push_back(std::move(item));
    return out;
  }

 private:
  Backdrop& item(Kind kind, const OsmTags& tags) {
    // Small streets are one layer of the map; only what a map labels keeps its name.
    Name name = kind == Kind::Street ? Name() : name_of(tags);
    Backdrop& found = items_[{kind, name.zh, name.en}];
    found.kind = kind;
    found.name = name;
    return found;
  }

  void add_way(const OsmWay& way) {
    OsmTags tags = raw_.tags_of(way);
    std::optional<Kind> area = area_kind(tags);
    if (area) {
      MultiPolygon shape = area_of(raw_, way);
      if (!shape.empty()) item(*area, tags).area.push_back(std::move(shape[0]));
      return;
    }
    std::optional<Kind> kind = line_kind(tags);
    if (!kind) return;
    Backdrop& out = item(*kind, tags);
    each_unbroken_part(raw_, way, part_,
                       [&](const NodeChain& p) { out.lines.push_back(line_of(raw_, p)); });
  }

  void add_relation(const OsmRelation& relation) {
    OsmTags tags = raw_.tags_of(relation);
    std::optional<Kind> kind = area_kind(tags);
    if (!kind || !tags.is(OsmKey::Type, "multipolygon")) return;
    Backdrop& out = item(*kind, tags);
    AssembledArea assembled = area_of(raw_, relation);
    std::ranges::move(assembled.area, std::back_inserter(out.area));
    // A shore that the extract cuts is still drawn, as a line.
    for (const NodeChain& chain : assembled.open) out.lines.push_back(line_of(raw_, chain));
  }

  const OsmRaw& raw_;
  NodeChain part_;
  std::map<std::tuple<Kind, std::string, std::string>, Backdrop> items_;
};

}  // namespace

std::vector<Backdrop> backdrop_of(const OsmRaw& raw) { return BackdropBuilder(raw).build(); }

}  // namespace doorstep::io
