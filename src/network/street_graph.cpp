#include "network/street_graph.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/error.h"

namespace doorstep {
namespace {

/// Interleaves the bits of two 16-bit cell numbers: points near in the plane come near in order.
uint32_t morton(uint32_t x, uint32_t y) {
  auto spread = [](uint32_t v) {
    v = (v | (v << 8)) & 0x00FF00FFu;
    v = (v | (v << 4)) & 0x0F0F0F0Fu;
    v = (v | (v << 2)) & 0x33333333u;
    return (v | (v << 1)) & 0x55555555u;
  };
  return spread(x) | (spread(y) << 1);
}

std::pair<uint32_t, uint32_t> shape_range(const Streets& s, uint32_t e) {
  if (s.shape_first.empty()) return {0, 0};
  return {s.shape_first[e], s.shape_first[e + 1]};
}

/// Whether edge b is edge a walked the other way: same length, same points in reverse.
bool opposite(const Streets& s, uint32_t a, uint32_t b) {
  if (s.length_m[a] != s.length_m[b]) return false;
  auto [a0, a1] = shape_range(s, a);
  auto [b0, b1] = shape_range(s, b);
  if (a1 - a0 != b1 - b0) return false;
  for (uint32_t k = 0; k < a1 - a0; ++k) {
    if (!(s.shape[a0 + k] == s.shape[b1 - 1 - k])) return false;
  }
  return true;
}

}  // namespace

uint32_t milliseconds(double minutes) {
  double ms = std::round(minutes * 60000.0);
  return ms < static_cast<double>(kNoTime) ? static_cast<uint32_t>(ms) : kNoTime;
}

StreetGraph::StreetGraph(std::shared_ptr<const Streets> streets) : streets_(std::move(streets)) {
  check();
  order_nodes();
  pair_links();
  turn_round();
}

void StreetGraph::check() const {
  const Streets& s = *streets_;
  auto refuse = [](const std::string& what) {
    throw Error("the street graph is damaged: " + what, "streets", "read the streets again");
  };
  if (s.first.size() != s.nodes() + 1 || s.first.back() != s.edges()) refuse("node index");
  if (s.length_m.size() != s.edges() || s.walk_min.size() != s.edges()) refuse("edge columns");
  if (!std::ranges::is_sorted(s.first)) refuse("node index out of order");
  if (!s.shape_first.empty() &&
      (s.shape_first.size() != s.edges() + 1 || s.shape_first.back() != s.shape.size())) {
    refuse("shape index");
  }
  for (std::size_t e = 0; e < s.edges(); ++e) {
    if (s.head[e] >= s.nodes()) refuse(fmt::format("edge {} leads nowhere", e));
    if (!(s.walk_min[e] >= 0.0f)) refuse(fmt::format("edge {} has no usable time", e));
  }
}

void StreetGraph::order_nodes() {
  const Streets& s = *streets_;
  Box box;
  for (Xy p : s.node_at) box.add(p);
  double scale = 65535.0 / std::max({box.width(), box.height(), 1.0});
  std::vector<uint32_t> key(s.nodes());
  for (std::size_t n = 0; n < s.nodes(); ++n) {
    key[n] = morton(static_cast<uint32_t>((s.node_at[n].x - box.min.x) * scale),
                    static_cast<uint32_t>((s.node_at[n].y - box.min.y) * scale));
  }
  order_.resize(s.nodes());
  std::iota(order_.begin(), order_.end(), 0u);
  std::ranges::sort(
      order_, [&](uint32_t a, uint32_t b) { return key[a] != key[b] ? key[a] < key[b] : a < b; });
  position_.resize(s.nodes());
  for (std::size_t p = 0; p < order_.size(); ++p) position_[order_[p]] = static_cast<uint32_t>(p);
}

void StreetGraph::pair_links() {
  const Streets& s = *streets_;
  std::vector<char> taken(s.edges(), 0);
  for (uint32_t u = 0; u < s.nodes(); ++u) {
    for (uint32_t e = s.first[u]; e < s.first[u + 1]; ++e) {
      if (taken[e]) continue;
      taken[e] = 1;
      uint32_t v = s.head[e];
      StreetLink link{u, v, e, milliseconds(double{s.walk_min[e]}), kNoTime};
      for (uint32_t b = s.first[v]; b < s.first[v + 1]; ++b) {
        if (taken[b] || s.head[b] != u || !opposite(s, e, b)) continue;
        taken[b] = 1;
        link.backward_ms = milliseconds(double{s.walk_min[b]});
        break;
      }
      links_.push_back(link);
    }
  }
}

void StreetGraph::turn_round() {
  back_first_.assign(nodes() + 1, 0);
  auto each_edge = [&](auto visit) {
    for (const StreetLink& l : links_) {
      if (l.from == l.to) continue;  // a loop never shortens a way to its own node
      if (l.forward_ms != kNoTime) visit(position_[l.from], position_[l.to], l.forward_ms);
      if (l.backward_ms != kNoTime) visit(position_[l.to], position_[l.from], l.backward_ms);
    }
  };
  each_edge([&](uint32_t, uint32_t head, uint32_t) { ++back_first_[head + 1]; });
  std::partial_sum(back_first_.begin(), back_first_.end(), back_first_.begin());
  back_.resize(back_first_.back());
  std::vector<uint32_t> next(back_first_.begin(), back_first_.end() - 1);
  each_edge([&](uint32_t tail, uint32_t head, uint32_t ms) { back_[next[head]++] = {tail, ms}; });
}

Polyline StreetGraph::line_of(const StreetLink& link) const {
  const Streets& s = *streets_;
  Polyline line{s.node_at[link.from]};
  auto [begin, end] = shape_range(s, link.edge);
  line.insert(line.end(), s.shape.begin() + begin, s.shape.begin() + end);
  line.push_back(s.node_at[link.to]);
  return line;
}

}  // namespace doorstep
