#include "io/osm/streets.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <numeric>

#include "base/text.h"
#include "io/osm/raw.h"

namespace doorstep::io {
namespace {

constexpr uint32_t kNone = 0xFFFFFFFFu;

template <class List>
bool holds(const List& list, std::string_view word) {
  return std::ranges::find(list, word) != std::end(list);
}

/// Source: OpenStreetMap wiki, Key:access; values not named here leave the question to the next
/// key.
enum class Access { Open, Closed, Unsaid };
Access access_by(std::string_view value) {
  constexpr std::array<std::string_view, 7> kOpen{
      "yes", "designated", "permissive", "official", "destination", "customers", "public"};
  constexpr std::array<std::string_view, 7> kClosed{
      "no", "private", "use_sidepath", "agricultural", "forestry", "military", "emergency"};
  if (holds(kOpen, value)) return Access::Open;
  return holds(kClosed, value) ? Access::Closed : Access::Unsaid;
}

bool open_to(const StreetProfile& profile, const OsmTags& tags) {
  for (const std::string& key : profile.access_keys) {
    Access access = access_by(tags[key]);
    if (access != Access::Unsaid) return access == Access::Open;
  }
  return tags["motorroad"] != "yes";
}

struct Directions {
  bool forward = true;
  bool backward = true;
};
Directions directions_of(const StreetProfile& profile, const OsmTags& tags) {
  for (const std::string& key : profile.one_way_keys) {
    std::string_view value = tags[key];
    if (value == "yes" || value == "true" || value == "1") return {true, false};
    if (value == "-1" || value == "reverse") return {false, true};
    if (value == "no") return {true, true};
  }
  bool round = tags["junction"] == "roundabout" || tags["junction"] == "circular";
  return {true, !(round && profile.roundabouts_bind)};
}

/// 0 path, 1 service, 2 residential, 3 tertiary, 4 secondary and primary, 5 trunk and motorway.
uint8_t road_class_of(std::string_view highway) {
  static const std::map<std::string_view, uint8_t> kClasses{
      {"motorway", 5}, {"motorway_link", 5}, {"trunk", 5},        {"trunk_link", 5},
      {"primary", 4},  {"primary_link", 4},  {"secondary", 4},    {"secondary_link", 4},
      {"tertiary", 3}, {"tertiary_link", 3}, {"unclassified", 2}, {"residential", 2},
      {"road", 2},     {"living_street", 2}, {"service", 1},      {"track", 1}};
  auto found = kClasses.find(highway);
  return found == kClasses.end() ? uint8_t{0} : found->second;
}

/// A stretch of street between two junctions, nodes as in OsmRaw.
struct Stretch {
  std::vector<uint32_t> nodes;
  double length_m = 0.0;
  uint8_t road_class = 0;
  Directions open;
};

class StreetBuilder {
 public:
  StreetBuilder(const OsmRaw& raw, const OsmOptions& options, OsmCounts& counts)
      : raw_(raw), options_(options), counts_(counts) {}

  Streets build() {
    collect_parts();
    split_at_junctions();
    leave_out_islands();
    return graph();
  }

 private:
  struct Part {
    const OsmWay* way;
    std::vector<uint32_t> nodes;
  };

  void collect_parts() {
    for (const OsmWay& way : raw_.ways) {
      if (!holds(options_.profile.highways, way.tags["highway"])) continue;
      if (!open_to(options_.profile, way.tags)) {
        ++counts_.closed_to_traveller;
        continue;
      }
      ++counts_.street_ways;
      for (auto& nodes : unbroken_parts(raw_, way)) parts_.push_back({&way, std::move(nodes)});
    }
  }

  void split_at_junctions() {
    std::vector<uint8_t> uses(raw_.node_ids.size(), 0);
    auto use = [&](uint32_t n, int times) { uses[n] = uint8_t(std::min(2, uses[n] + times)); };
    for (const Part& part : parts_) {
      for (uint32_t n : part.nodes) use(n, 1);
      use(part.nodes.front(), 2);
      use(part.nodes.back(), 2);
    }
    for (const Part& part : parts_) {
      Stretch base{{},
                   0.0,
                   road_class_of(part.way->tags["highway"]),
                   directions_of(options_.profile, part.way->tags)};
      Stretch stretch = base;
      for (uint32_t n : part.nodes) {
        if (!stretch.nodes.empty()) {
          stretch.length_m += distance_m(raw_.node_at[stretch.nodes.back()], raw_.node_at[n]);
        }
        stretch.nodes.push_back(n);
        if (stretch.nodes.size() < 2 || uses[n] < 2) continue;
        stretches_.push_back(std::move(stretch));
        stretch = base;
        stretch.nodes.push_back(n);
      }
    }
  }

  uint32_t root(uint32_t n) {
    while (parent_[n] != n) n = parent_[n] = parent_[parent_[n]];
    return n;
  }

  /// Short pieces of street that connect to nothing, most of them mapping leftovers.
  void leave_out_islands() {
    parent_.resize(raw_.node_ids.size());
    std::iota(parent_.begin(), parent_.end(), 0u);
    for (const Stretch& s : stretches_) {
      uint32_t a = root(s.nodes.front());
      uint32_t b = root(s.nodes.back());
      parent_[std::max(a, b)] = std::min(a, b);
    }
    std::map<uint32_t, double> length;
    for (const Stretch& s : stretches_) length[root(s.nodes.front())] += s.length_m;
    double longest = 0.0;
    for (const auto& [_, metres] : length) longest = std::max(longest, metres);
    double least = std::min(options_.least_island_m, longest);
    for (const auto& [_, metres] : length) {
      if (metres >= least) {
        ++counts_.components;
        counts_.street_km += metres / 1000.0;
      } else {
        ++counts_.islands_left_out;
        counts_.islands_left_out_km += metres / 1000.0;
      }
    }
    std::erase_if(stretches_,
                  [&](const Stretch& s) { return length[root(s.nodes.front())] < least; });
  }

  /// Nodes in the order of their OSM ids, so that the graph does not depend on the file's order.
  Streets graph() {
    std::vector<uint32_t> number(raw_.node_ids.size(), kNone);
    for (const Stretch& s : stretches_) number[s.nodes.front()] = number[s.nodes.back()] = 0;
    Streets out;
    std::map<uint32_t, std::size_t> component;
    for (uint32_t n = 0; n < number.size(); ++n) {
      if (number[n] == kNone) continue;
      number[n] = static_cast<uint32_t>(out.node_at.size());
      out.node_at.push_back(raw_.node_at[n]);
      ++component[root(n)];
    }
    for (const auto& [_, size] : component) {
      counts_.largest_component = std::max(counts_.largest_component, size);
    }
    out.speed_m_per_min = options_.profile.speed_m_per_min;
    fill_edges(number, out);
    counts_.nodes = out.nodes();
    counts_.directed_edges = out.edges();
    return out;
  }

  void fill_edges(const std::vector<uint32_t>& number, Streets& out) const {
    struct Directed {
      uint32_t from;
      uint32_t stretch;
      bool reversed;
    };
    std::vector<Directed> edges;
    for (uint32_t i = 0; i < stretches_.size(); ++i) {
      const Stretch& s = stretches_[i];
      if (s.open.forward) edges.push_back({number[s.nodes.front()], i, false});
      if (s.open.backward) edges.push_back({number[s.nodes.back()], i, true});
    }
    std::ranges::stable_sort(edges, {}, &Directed::from);
    out.first.assign(out.nodes() + 1, 0);
    out.shape_first.push_back(0);
    for (const Directed& e : edges) {
      const Stretch& s = stretches_[e.stretch];
      ++out.first[e.from + 1];
      out.head.push_back(number[e.reversed ? s.nodes.front() : s.nodes.back()]);
      out.length_m.push_back(static_cast<float>(s.length_m));
      out.walk_min.push_back(static_cast<float>(s.length_m / out.speed_m_per_min));
      out.road_class.push_back(s.road_class);
      for (std::size_t k = 1; k + 1 < s.nodes.size(); ++k) {
        std::size_t at = e.reversed ? s.nodes.size() - 1 - k : k;
        out.shape.push_back(raw_.node_at[s.nodes[at]]);
      }
      out.shape_first.push_back(static_cast<uint32_t>(out.shape.size()));
    }
    std::partial_sum(out.first.begin(), out.first.end(), out.first.begin());
  }

  const OsmRaw& raw_;
  const OsmOptions& options_;
  OsmCounts& counts_;
  std::vector<Part> parts_;
  std::vector<Stretch> stretches_;
  std::vector<uint32_t> parent_;
};

void report(const std::string& file, const OsmCounts& c, Diagnostics& findings) {
  InputRef at{file, 0, {}};
  findings.info(
      "osm.streets",
      fmt::format("{} street nodes, {} edges, {:.0f} km in {} connected parts; the largest "
                  "holds {:.1f}% of the nodes",
                  c.nodes, c.directed_edges, c.street_km, c.components,
                  c.nodes > 0 ? 100.0 * double(c.largest_component) / double(c.nodes) : 0.0),
      at);
  if (c.nodes == 0) {
    findings.warning("osm.no_streets", "no street of this file is open to the traveller", at,
                     "check that the extract holds highways");
  }
  if (c.islands_left_out > 0) {
    findings.info(
        "osm.islands",
        fmt::format("{} pieces of street that connect to nothing, {:.1f} km in all, are left "
                    "out",
                    c.islands_left_out, c.islands_left_out_km),
        at);
  }
  auto warn = [&](std::size_t count, const char* code, const char* what, const char* done) {
    if (count > 0) findings.warning(code, fmt::format("{} {}; {}", count, what, done), at);
  };
  warn(c.missing_nodes, "osm.missing_nodes", "nodes that ways name are not in the file",
       "the ways are broken there, as at the border of an extract");
  warn(c.duplicate_ways, "osm.duplicate_ways", "ways stand more than once",
       "the first of each is used");
  warn(c.duplicate_nodes, "osm.duplicate_nodes", "nodes stand more than once",
       "the first of each is used");
  warn(c.bad_positions, "osm.bad_positions", "nodes lie off the globe or outside the projection",
       "the ways are broken there");
}

}  // namespace

std::string_view OsmTags::operator[](std::string_view key) const {
  auto found = std::ranges::find(items, key,
                                 [](const auto& item) -> std::string_view { return item.first; });
  return found == items.end() ? std::string_view() : std::string_view(found->second);
}

std::vector<std::vector<uint32_t>> unbroken_parts(const OsmRaw& raw, const OsmWay& way) {
  std::vector<std::vector<uint32_t>> parts;
  std::vector<uint32_t> part;
  auto finish = [&] {
    if (part.size() >= 2) parts.push_back(part);
    part.clear();
  };
  for (uint32_t n : way.nodes) {
    if (!raw.known(n)) {
      finish();
    } else if (part.empty() || part.back() != n) {
      part.push_back(n);
    }
  }
  finish();
  return parts;
}

StreetProfile walking_profile(double speed_m_per_min) {
  return {"walk",
          {"trunk",          "trunk_link", "primary",       "primary_link", "secondary",
           "secondary_link", "tertiary",   "tertiary_link", "unclassified", "residential",
           "living_street",  "road",       "service",       "track",        "pedestrian",
           "footway",        "path",       "steps",         "cycleway",     "bridleway",
           "corridor"},
          {"foot", "access"},
          {"oneway:foot"},
          false,
          speed_m_per_min};
}

Loaded<OsmExtract> read_osm(const std::filesystem::path& path, const OsmOptions& options,
                            const Projection& project) {
  Loaded<OsmExtract> out;
  OsmRaw raw = read_osm_raw(path, project, out.value.counts);
  out.value.streets = StreetBuilder(raw, options, out.value.counts).build();
  if (options.with_backdrop) out.value.backdrop = backdrop_of(raw);
  report(path.filename().string(), out.value.counts, out.findings);
  return out;
}

}  // namespace doorstep::io
