#include "network/street_router.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <mutex>
#include <numeric>

#include "base/error.h"
#include "network/hierarchy/hierarchy_store.h"
#include "network/hierarchy/node_sweep.h"
#include "network/home_sweep.h"

namespace doorstep {
namespace {

uint32_t share_of(uint32_t ms, double share) {
  return static_cast<uint32_t>(std::llround(static_cast<double>(ms) * share));
}

void append(Polyline& line, const Polyline& more) {
  for (Xy p : more) {
    if (line.empty() || !(line.back() == p)) line.push_back(p);
  }
}

}  // namespace

/// What is made when first asked for.
struct StreetRouter::Lazy {
  std::mutex mutex;
  std::shared_ptr<const Hierarchy> hierarchy;
  std::string note;  // why a stored hierarchy was not used
  int isochrones = 0;
  std::shared_ptr<const NodeSweep> nodes;
};

namespace {

// A plan of sweeps over all nodes costs as much as this many searches.
constexpr int kIsochronesBeforeSweeps = 10;

}  // namespace

StreetRouter::StreetRouter(std::shared_ptr<const Streets> streets)
    : graph_(std::move(streets)), lazy_(std::make_unique<Lazy>()) {
  std::vector<SegmentGrid::Segment> segments;
  links_first_.assign(graph_.nodes() + 1, 0);
  for (std::size_t l = 0; l < graph_.links().size(); ++l) {
    const StreetLink& link = graph_.links()[l];
    Polyline line = graph_.line_of(link);
    double length = 0.0;
    for (std::size_t i = 1; i < line.size(); ++i) {
      segments.push_back({line[i - 1], line[i]});
      link_of_segment_.push_back(static_cast<uint32_t>(l));
      start_m_.push_back(length);
      length += distance_m(line[i - 1], line[i]);
    }
    link_length_m_.push_back(length);
    ++links_first_[link.from + 1];
    if (link.to != link.from) ++links_first_[link.to + 1];
  }
  if (segments.empty()) {
    throw Error("there are no streets to walk on", "streets",
                "check the file and the profile, or use travel mode straight");
  }
  grid_ = SegmentGrid(std::move(segments));
  std::partial_sum(links_first_.begin(), links_first_.end(), links_first_.begin());
  links_of_node_.resize(links_first_.back());
  std::vector<uint32_t> next(links_first_.begin(), links_first_.end() - 1);
  for (std::size_t l = 0; l < graph_.links().size(); ++l) {
    const StreetLink& link = graph_.links()[l];
    links_of_node_[next[link.from]++] = static_cast<uint32_t>(l);
    if (link.to != link.from) links_of_node_[next[link.to]++] = static_cast<uint32_t>(l);
  }
}

StreetRouter::~StreetRouter() = default;

std::shared_ptr<const Hierarchy> StreetRouter::hierarchy(unsigned threads) const {
  std::lock_guard lock(lazy_->mutex);
  if (!lazy_->hierarchy) {
    Progress silent;
    lazy_->hierarchy =
        std::make_shared<const Hierarchy>(stored_or_built(graph_, threads, silent, lazy_->note));
  }
  return lazy_->hierarchy;
}

std::string StreetRouter::hierarchy_note() const {
  std::lock_guard lock(lazy_->mutex);
  return lazy_->note;
}

bool StreetRouter::has_hierarchy() const {
  std::lock_guard lock(lazy_->mutex);
  return lazy_->hierarchy != nullptr;
}

uint32_t StreetRouter::leg_ms(double metres) const {
  return milliseconds(metres / streets().speed_m_per_min);
}

StreetSnap StreetRouter::snap(Xy p) const {
  SegmentHit hit = grid_.nearest(p);
  const SegmentGrid::Segment& s = grid_[hit.segment];
  StreetSnap out;
  out.link = link_of_segment_[hit.segment];
  double length = link_length_m_[out.link];
  double metres = start_m_[hit.segment] + hit.along * distance_m(s.a, s.b);
  out.along = length > 0.0 ? std::min(metres / length, 1.0) : 0.0;
  // Exactly the end node where the nearest point is the link's last one, whatever the rounding.
  const StreetLink& link = graph_.links()[out.link];
  if (hit.at == streets().node_at[link.to] && out.along > 0.5) out.along = 1.0;
  out.at = hit.at;
  out.off_m = hit.distance_m;
  out.off_ms = leg_ms(hit.distance_m);
  return out;
}

StreetRouter::Ends StreetRouter::ends_leaving(const StreetSnap& s) const {
  const StreetLink& link = graph_.links()[s.link];
  Ends out;
  if (link.forward_ms != kNoTime) {
    out.add({link.to, share_of(link.forward_ms, 1.0 - s.along), 1.0});
  }
  // A door at the very node is at it, even where the street only leads away from there.
  if (s.along == 0.0) {
    out.add({link.from, 0, 0.0});
  } else if (link.backward_ms != kNoTime) {
    out.add({link.from, share_of(link.backward_ms, s.along), 0.0});
  }
  return out;
}

StreetRouter::Ends StreetRouter::ends_arriving(const StreetSnap& s) const {
  const StreetLink& link = graph_.links()[s.link];
  Ends out;
  if (link.forward_ms != kNoTime) out.add({link.from, share_of(link.forward_ms, s.along), 0.0});
  if (s.along == 1.0) {
    out.add({link.to, 0, 1.0});
  } else if (link.backward_ms != kNoTime) {
    out.add({link.to, share_of(link.backward_ms, 1.0 - s.along), 1.0});
  }
  return out;
}

uint32_t StreetRouter::along_link_ms(const StreetSnap& home, const StreetSnap& campus) const {
  if (home.link != campus.link) return kNoTime;
  const StreetLink& link = graph_.links()[home.link];
  double ahead = campus.along - home.along;
  uint32_t ms = ahead >= 0.0 ? link.forward_ms : link.backward_ms;
  if (ahead == 0.0) return 0;
  return ms == kNoTime ? kNoTime : share_of(ms, std::abs(ahead));
}

template <bool kKeepWays>
void StreetRouter::search(const StreetSnap& campus, SearchSpace& space) const {
  space.ms.assign(graph_.nodes(), kNoTime);
  space.queue.clear();
  if constexpr (kKeepWays) space.next.assign(graph_.nodes(), 0);
  auto offer = [&](uint32_t position, uint32_t ms, uint32_t next) {
    if (ms >= space.ms[position]) return;
    space.ms[position] = ms;
    if constexpr (kKeepWays) space.next[position] = next;
    space.queue.push(ms, position);
  };
  for (const End& end : ends_arriving(campus).all()) {
    uint32_t position = graph_.position(end.node);
    offer(position, end.ms, position);
  }
  while (!space.queue.empty()) {
    NodeQueue::Entry top = space.queue.pop();
    if (top.ms > space.ms[top.node]) continue;
    const StreetGraph::Back* end = graph_.back_end(top.node);
    for (const StreetGraph::Back* b = graph_.back_begin(top.node); b != end; ++b) {
      offer(b->tail, time_sum(top.ms, b->ms), top.node);
    }
  }
}

void StreetRouter::search_to(const StreetSnap& campus, SearchSpace& space) const {
  search<false>(campus, space);
}

void StreetRouter::search_near(const StreetSnap& campus, uint32_t limit_ms,
                               SearchSpace& space) const {
  if (space.ms.size() != graph_.nodes()) space.ms.assign(graph_.nodes(), kNoTime);
  for (uint32_t position : space.touched) space.ms[position] = kNoTime;
  space.touched.clear();
  space.queue.clear();
  auto offer = [&](uint32_t position, uint32_t ms) {
    if (ms >= space.ms[position] || ms > limit_ms) return;
    if (space.ms[position] == kNoTime) space.touched.push_back(position);
    space.ms[position] = ms;
    space.queue.push(ms, position);
  };
  for (const End& end : ends_arriving(campus).all()) offer(graph_.position(end.node), end.ms);
  while (!space.queue.empty()) {
    NodeQueue::Entry top = space.queue.pop();
    if (top.ms > space.ms[top.node]) continue;
    const StreetGraph::Back* end = graph_.back_end(top.node);
    for (const StreetGraph::Back* b = graph_.back_begin(top.node); b != end; ++b)
      offer(b->tail, time_sum(top.ms, b->ms));
  }
}

uint32_t StreetRouter::via_ms(const End& leaving, const SearchSpace& space) const {
  return time_sum(leaving.ms, space.ms[graph_.position(leaving.node)]);
}

uint32_t StreetRouter::door_to_door_ms(const StreetSnap& home, const StreetSnap& campus,
                                       const SearchSpace& space) const {
  uint32_t best = along_link_ms(home, campus);
  for (const End& end : ends_leaving(home).all()) best = std::min(best, via_ms(end, space));
  return time_sum(time_sum(home.off_ms, best), campus.off_ms);
}

std::shared_ptr<const NodeSweep> StreetRouter::node_sweep_if_it_pays() const {
  std::lock_guard lock(lazy_->mutex);
  bool pays = lazy_->hierarchy && ++lazy_->isochrones > kIsochronesBeforeSweeps;
  if (pays && !lazy_->nodes) lazy_->nodes = std::make_shared<NodeSweep>(lazy_->hierarchy, 0);
  return lazy_->nodes;
}

std::vector<float> StreetRouter::minutes_from_nodes(Xy campus) const {
  StreetSnap at = snap(campus);
  std::vector<uint32_t> to_door(graph_.nodes());  // by position
  if (auto sweep = node_sweep_if_it_pays()) {
    sweep->to_one(door_ends(*this, *hierarchy(0), at, false), to_door);
  } else {
    SearchSpace space;
    search_to(at, space);
    for (std::size_t p = 0; p < to_door.size(); ++p) {
      to_door[p] = time_sum(space.ms[p], at.off_ms);
    }
  }
  std::vector<float> out(graph_.nodes());
  for (std::size_t n = 0; n < out.size(); ++n) {
    uint32_t ms = to_door[graph_.position(static_cast<uint32_t>(n))];
    out[n] = ms == kNoTime ? std::numeric_limits<float>::infinity()
                           : static_cast<float>(static_cast<double>(ms) / 60000.0);
  }
  return out;
}

Polyline StreetRouter::part_of_link(uint32_t link, double from, double to) const {
  if (from > to) {
    Polyline back = part_of_link(link, to, from);
    std::ranges::reverse(back);
    return back;
  }
  Polyline line = graph_.line_of(graph_.links()[link]);
  double begin_m = from * link_length_m_[link];
  double end_m = to * link_length_m_[link];
  Polyline out;
  double at_m = 0.0;
  for (std::size_t i = 1; i < line.size(); ++i) {
    double step = distance_m(line[i - 1], line[i]);
    auto point = [&](double m) {
      double t = step > 0.0 ? std::clamp((m - at_m) / step, 0.0, 1.0) : 0.0;
      return t == 1.0 ? line[i] : line[i - 1] + (line[i] - line[i - 1]) * t;
    };
    bool touches = at_m <= end_m && at_m + step >= begin_m;
    if (touches) append(out, {point(begin_m), point(end_m)});
    at_m += step;
  }
  return out;
}

/// The street from one node to a neighbour that takes just `ms`.
void StreetRouter::append_step(uint32_t from, uint32_t to, uint32_t ms, Polyline& line) const {
  for (uint32_t k = links_first_[from]; k < links_first_[from + 1]; ++k) {
    const StreetLink& link = graph_.links()[links_of_node_[k]];
    if (link.from == from && link.to == to && link.forward_ms == ms) {
      return append(line, graph_.line_of(link));
    }
    if (link.to == from && link.from == to && link.backward_ms == ms) {
      Polyline back = graph_.line_of(link);
      std::ranges::reverse(back);
      return append(line, back);
    }
  }
  DOORSTEP_ASSERT(!"a step of a way lies on a link");
}

/// Walks from an end of the home's link, step by step, to the campus's point on its own link.
void StreetRouter::follow(const End& start, const StreetSnap& campus, const SearchSpace& space,
                          StreetWay& out) const {
  uint32_t here = graph_.position(start.node);
  while (space.next[here] != here) {
    uint32_t next = space.next[here];
    uint32_t from = graph_.node_at_position(here), to = graph_.node_at_position(next);
    uint32_t ms = space.ms[here] - space.ms[next];
    append_step(from, to, ms, out.line);
    out.crossings += crossings_of_step(streets(), from, to, ms);
    here = next;
  }
  End last;
  for (const End& end : ends_arriving(campus).all()) {
    if (graph_.position(end.node) == here && end.ms < last.ms) last = end;
  }
  append(out.line, part_of_link(campus.link, last.along, campus.along));
}

std::optional<StreetWay> StreetRouter::way(Xy home, Xy campus) const {
  StreetSnap from = snap(home);
  StreetSnap to = snap(campus);
  SearchSpace space;
  search<true>(to, space);
  uint32_t total = door_to_door_ms(from, to, space);
  if (total == kNoTime) return std::nullopt;

  StreetWay out;
  append(out.line, {home, from.at});
  uint32_t direct = along_link_ms(from, to);
  if (time_sum(time_sum(from.off_ms, direct), to.off_ms) == total) {
    append(out.line, part_of_link(from.link, from.along, to.along));
  } else {
    End best;
    uint32_t best_ms = kNoTime;
    for (const End& end : ends_leaving(from).all()) {
      if (via_ms(end, space) >= best_ms) continue;
      best = end;
      best_ms = via_ms(end, space);
    }
    append(out.line, part_of_link(from.link, from.along, best.along));
    const StreetLink& own = graph_.links()[from.link];
    if (best.along > from.along) {
      out.crossings += crossings_of_step(streets(), own.from, own.to, own.forward_ms);
    } else if (best.along < from.along) {
      out.crossings += crossings_of_step(streets(), own.to, own.from, own.backward_ms);
    }
    follow(best, to, space, out);
  }
  append(out.line, {to.at, campus});
  out.minutes = Minutes(total / 60000.0);
  for (std::size_t i = 1; i < out.line.size(); ++i) {
    out.metres += Metres(distance_m(out.line[i - 1], out.line[i]));
  }
  return out;
}

}  // namespace doorstep
