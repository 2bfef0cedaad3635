// Water, rivers, railways, roads and parks of an OSM extract, as the map draws them.

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

#include "io/osm/raw.h"

namespace doorstep::io {
namespace {

using Kind = Backdrop::Kind;

std::optional<Kind> area_kind(const OsmTags& tags) {
  if (tags["natural"] == "water" || tags["waterway"] == "riverbank" ||
      tags["landuse"] == "reservoir" || tags["landuse"] == "basin") {
    return Kind::Water;
  }
  if (tags["leisure"] == "park" || tags["leisure"] == "garden") return Kind::Park;
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
  std::string_view rail = tags["railway"];
  if (rail == "rail" || rail == "light_rail" || rail == "subway" || rail == "narrow_gauge") {
    bool hidden = tags.has("tunnel") && tags["tunnel"] != "no";
    return hidden || tags.has("service") ? std::nullopt : std::optional(Kind::Rail);
  }
  if (tags["waterway"] == "river" || tags["waterway"] == "canal") return Kind::River;
  if (tags["natural"] == "coastline") return Kind::River;
  return road_kind(tags["highway"]);
}

bool has_han(std::string_view utf8) {
  // U+4E00 … U+9FFF begin with the bytes E4 B8 … E9 BF.
  return std::ranges::any_of(utf8, [](char c) {
    auto byte = static_cast<unsigned char>(c);
    return byte >= 0xE4 && byte <= 0xE9;
  });
}

Name name_of(const OsmTags& tags) {
  Name name{std::string(tags["name:zh"]), std::string(tags["name:en"])};
  std::string local(tags["name"]);
  if (name.zh.empty() && has_han(local)) name.zh = local;
  if (name.en.empty() && !has_han(local)) name.en = local;
  return name;
}

double twice_area(const Ring& ring) {
  double sum = 0.0;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    Xy a = ring[i];
    Xy b = ring[(i + 1) % ring.size()];
    sum += a.x * b.y - b.x * a.y;
  }
  return sum;
}

bool inside(const Ring& ring, Xy p) {
  bool in = false;
  for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
    Xy a = ring[i];
    Xy b = ring[j];
    if ((a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x) {
      in = !in;
    }
  }
  return in;
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

  Polyline line_of(const std::vector<uint32_t>& nodes) const {
    Polyline line;
    for (uint32_t n : nodes) line.push_back(raw_.node_at[n]);
    return line;
  }

  void add_way(const OsmWay& way) {
    std::optional<Kind> area = area_kind(way.tags);
    if (area) {
      std::vector<std::vector<uint32_t>> parts = unbroken_parts(raw_, way);
      bool whole = parts.size() == 1 && parts[0].size() >= 4 && parts[0].front() == parts[0].back();
      if (whole) add_area(item(*area, way.tags), {std::move(parts[0])}, {});
      return;
    }
    std::optional<Kind> kind = line_kind(way.tags);
    if (!kind) return;
    Backdrop& out = item(*kind, way.tags);
    for (const auto& part : unbroken_parts(raw_, way)) out.lines.push_back(line_of(part));
  }

  const OsmWay* find_way(int64_t id) const {
    auto found = std::ranges::lower_bound(raw_.ways, id, {}, &OsmWay::id);
    return found != raw_.ways.end() && found->id == id ? &*found : nullptr;
  }

  /// Joins member ways end to end into closed chains; what does not close goes to `open`.
  std::vector<std::vector<uint32_t>> closed_chains(const std::vector<int64_t>& members,
                                                   std::vector<std::vector<uint32_t>>& open) const {
    std::vector<std::vector<uint32_t>> pieces;
    for (int64_t id : members) {
      const OsmWay* way = find_way(id);
      if (way == nullptr) continue;
      for (auto& part : unbroken_parts(raw_, *way)) pieces.push_back(std::move(part));
    }
    std::vector<std::vector<uint32_t>> closed;
    std::vector<char> used(pieces.size(), 0);
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      if (used[i]) continue;
      used[i] = 1;
      std::vector<uint32_t> chain = pieces[i];
      while (chain.front() != chain.back() && extend(chain, pieces, used)) {
      }
      bool ring = chain.front() == chain.back() && chain.size() >= 4;
      (ring ? closed : open).push_back(std::move(chain));
    }
    return closed;
  }

  static bool extend(std::vector<uint32_t>& chain, const std::vector<std::vector<uint32_t>>& pieces,
                     std::vector<char>& used) {
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      if (used[i]) continue;
      const std::vector<uint32_t>& piece = pieces[i];
      if (piece.front() == chain.back()) {
        chain.insert(chain.end(), piece.begin() + 1, piece.end());
      } else if (piece.back() == chain.back()) {
        chain.insert(chain.end(), piece.rbegin() + 1, piece.rend());
      } else {
        continue;
      }
      used[i] = 1;
      return true;
    }
    return false;
  }

  void add_relation(const OsmRelation& relation) {
    std::optional<Kind> kind = area_kind(relation.tags);
    if (!kind) return;
    std::vector<std::vector<uint32_t>> open;
    auto outer = closed_chains(relation.outer, open);
    std::vector<std::vector<uint32_t>> ignored;
    auto inner = closed_chains(relation.inner, ignored);
    Backdrop& out = item(*kind, relation.tags);
    add_area(out, outer, inner);
    // A shore that the extract cuts is still drawn, as a line.
    for (const auto& chain : open) out.lines.push_back(line_of(chain));
  }

  void add_area(Backdrop& out, const std::vector<std::vector<uint32_t>>& outer,
                const std::vector<std::vector<uint32_t>>& inner) const {
    std::size_t first = out.area.size();
    for (const auto& chain : outer) out.area.push_back({ring_of(chain, true), {}});
    for (const auto& chain : inner) {
      Ring hole = ring_of(chain, false);
      for (std::size_t i = first; i < out.area.size(); ++i) {
        if (!inside(out.area[i].outer, hole.front())) continue;
        out.area[i].holes.push_back(std::move(hole));
        break;
      }
    }
  }

  Ring ring_of(std::vector<uint32_t> chain, bool counter_clockwise) const {
    chain.pop_back();  // the closing node
    Ring ring = line_of(chain);
    if ((twice_area(ring) > 0.0) != counter_clockwise) std::ranges::reverse(ring);
    return ring;
  }

  const OsmRaw& raw_;
  std::map<std::tuple<Kind, std::string, std::string>, Backdrop> items_;
};

}  // namespace

std::vector<Backdrop> backdrop_of(const OsmRaw& raw) { return BackdropBuilder(raw).build(); }

}  // namespace doorstep::io
