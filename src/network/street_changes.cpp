#include "network/street_changes.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"

namespace doorstep {
namespace {

void check(const Streets& streets, const StreetChanges& changes) {
  auto refuse = [](const std::string& what) {
    throw Error(what, "streets", "name edges and nodes of the streets as they are");
  };
  for (uint32_t e : changes.closed) {
    if (e >= streets.edges()) refuse(fmt::format("there is no street {} to close", e));
  }
  for (const StreetChanges::Added& a : changes.added) {
    if (a.from >= streets.nodes() || a.to >= streets.nodes()) {
      refuse(fmt::format("a new road from {} to {} has no such end", a.from, a.to));
    }
    if (!std::isfinite(a.minutes)) refuse("a new road has no usable time");
  }
  for (double factor : changes.time_factor) {
    if (!(factor > 0.0) || !std::isfinite(factor)) refuse("a time factor is no positive number");
  }
}

/// Appends edges to streets, node after node.
class Rebuilder {
 public:
  Rebuilder(const Streets& from, const StreetChanges& changes) : from_(from), changes_(changes) {
    out_.node_at = from.node_at;
    out_.speed_m_per_min = from.speed_m_per_min;
    out_.first.push_back(0);
    if (!from.shape_first.empty()) out_.shape_first.push_back(0);
  }

  void copy_edge(uint32_t e) {
    uint8_t road = e < from_.road_class.size() ? from_.road_class[e] : uint8_t{1};
    double factor = changes_.time_factor[std::min<std::size_t>(road, 5)];
    float minutes =
        factor == 1.0 ? from_.walk_min[e] : static_cast<float>(from_.walk_min[e] * factor);
    append(from_.head[e], from_.length_m[e], minutes, road,
           from_.crossing.empty() ? uint8_t{0} : from_.crossing[e]);
    if (out_.shape_first.empty()) return;
    out_.shape.insert(out_.shape.end(), from_.shape.begin() + from_.shape_first[e],
                      from_.shape.begin() + from_.shape_first[e + 1]);
    out_.shape_first.push_back(static_cast<uint32_t>(out_.shape.size()));
  }

  void add_edge(const StreetChanges::Added& a) {
    double metres = distance_m(from_.node_at[a.from], from_.node_at[a.to]);
    double minutes = a.minutes >= 0.0 ? a.minutes : metres / from_.speed_m_per_min;
    append(a.to, static_cast<float>(metres), static_cast<float>(minutes), a.road_class, 0);
    if (!out_.shape_first.empty()) out_.shape_first.push_back(out_.shape_first.back());
  }

  void end_node() { out_.first.push_back(static_cast<uint32_t>(out_.head.size())); }
  [[nodiscard]] Streets take() { return std::move(out_); }

 private:
  void append(uint32_t head, float metres, float minutes, uint8_t road, uint8_t crossing) {
    out_.head.push_back(head);
    out_.length_m.push_back(metres);
    out_.walk_min.push_back(minutes);
    out_.road_class.push_back(road);
    if (!from_.crossing.empty()) out_.crossing.push_back(crossing);
  }

  const Streets& from_;
  const StreetChanges& changes_;
  Streets out_;
};

}  // namespace

Streets changed_streets(const Streets& streets, const StreetChanges& changes) {
  check(streets, changes);
  std::vector<char> closed(streets.edges(), 0);
  for (uint32_t e : changes.closed) closed[e] = 1;
  std::vector<StreetChanges::Added> added = changes.added;
  std::ranges::stable_sort(added, {}, &StreetChanges::Added::from);
  auto next = added.begin();
  Rebuilder rebuilder(streets, changes);
  for (uint32_t n = 0; n < streets.nodes(); ++n) {
    for (uint32_t e = streets.first[n]; e < streets.first[n + 1]; ++e) {
      if (!closed[e]) rebuilder.copy_edge(e);
    }
    for (; next != added.end() && next->from == n; ++next) rebuilder.add_edge(*next);
    rebuilder.end_node();
  }
  return rebuilder.take();
}

}  // namespace doorstep
