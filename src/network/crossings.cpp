#include "network/crossings.h"

#include "network/node_queue.h"
#include "network/street_router.h"

namespace doorstep {
namespace {

/// What is crossed between a home and the end of its street that it leaves by.
Crossings to_end(const StreetRouter& router, const StreetSnap& home, const StreetRouter::End& end) {
  const StreetLink& link = router.graph().links()[home.link];
  if (end.along == home.along) return {};
  bool forward = end.along > home.along;
  return crossings_of_step(router.streets(), forward ? link.from : link.to,
                           forward ? link.to : link.from,
                           forward ? link.forward_ms : link.backward_ms);
}

/// Search from all campuses at once, counting along.
struct NearestSearch {
  explicit NearestSearch(const StreetRouter& on)
      : router(on), ms(on.graph().nodes(), kNoTime), crossed(on.graph().nodes()) {}

  void run(std::span<const StreetSnap> campuses) {
    const StreetGraph& graph = router.graph();
    for (const StreetSnap& campus : campuses) {
      for (const StreetRouter::End& end : router.ends_arriving(campus).all()) {
        offer(graph.position(end.node), time_sum(end.ms, campus.off_ms), {});
      }
    }
    while (!queue.empty()) {
      NodeQueue::Entry top = queue.pop();
      if (top.ms > ms[top.node]) continue;
      for (const StreetGraph::Back* b = graph.back_begin(top.node); b != graph.back_end(top.node);
           ++b) {
        uint32_t time = time_sum(top.ms, b->ms);
        if (time >= ms[b->tail]) continue;
        Crossings here = crossings_of_step(router.streets(), graph.node_at_position(b->tail),
                                           graph.node_at_position(top.node), b->ms);
        here += crossed[top.node];
        offer(b->tail, time, here);
      }
    }
  }

  void offer(uint32_t position, uint32_t time, const Crossings& on_the_way) {
    if (time >= ms[position]) return;
    ms[position] = time;
    crossed[position] = on_the_way;
    queue.push(time, position);
  }

  const StreetRouter& router;
  std::vector<uint32_t> ms;
  std::vector<Crossings> crossed;
  NodeQueue queue;
};

}  // namespace

Crossings crossings_of_step(const Streets& streets, uint32_t from, uint32_t to, uint32_t ms) {
  if (streets.crossing.empty()) return {};
  for (uint32_t e = streets.first[from]; e < streets.first[from + 1]; ++e) {
    if (streets.head[e] != to || milliseconds(double{streets.walk_min[e]}) != ms) continue;
    return {(streets.crossing[e] & kCrossesTrunk) != 0 ? 1u : 0u,
            (streets.crossing[e] & kCrossesRail) != 0 ? 1u : 0u};
  }
  return {};
}

std::vector<Crossings> crossings_to_nearest(const StreetRouter& router,
                                            std::span<const StreetSnap> homes,
                                            std::span<const StreetSnap> campuses) {
  NearestSearch search(router);
  search.run(campuses);
  std::vector<Crossings> out(homes.size());
  for (std::size_t h = 0; h < homes.size(); ++h) {
    uint32_t best = kNoTime;
    for (const StreetSnap& campus : campuses) {
      if (campus.link != homes[h].link) continue;  // along their own street: nothing in between
      best = std::min(best, time_sum(router.along_link_ms(homes[h], campus), campus.off_ms));
    }
    for (const StreetRouter::End& end : router.ends_leaving(homes[h]).all()) {
      uint32_t position = router.graph().position(end.node);
      uint32_t time = time_sum(end.ms, search.ms[position]);
      if (time >= best) continue;
      best = time;
      out[h] = to_end(router, homes[h], end);
      out[h] += search.crossed[position];
    }
  }
  return out;
}

}  // namespace doorstep
