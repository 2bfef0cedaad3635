#include "network/nearest_door.h"

#include <algorithm>

namespace doorstep {

NearestDoor::NearestDoor(const StreetRouter& router, std::span<const Xy> campuses,
                         uint32_t limit_ms)
    : router_(router), ms_(router.graph().nodes(), kNoTime), limit_ms_(limit_ms) {
  const StreetGraph& graph = router.graph();
  NodeQueue queue;
  std::vector<uint32_t> at_position(graph.nodes(), kNoTime);
  auto reach = [&](uint32_t position, uint32_t ms) {
    if (ms > limit_ms || ms >= at_position[position]) return;
    at_position[position] = ms;
    queue.push(ms, position);
  };
  for (Xy at : campuses) {
    campuses_.push_back(router.snap(at));
    const StreetSnap& door = campuses_.back();
    for (const auto& end : router.ends_arriving(door).all())
      reach(graph.position(end.node), time_sum(end.ms, door.off_ms));
  }
  while (!queue.empty()) {
    const NodeQueue::Entry next = queue.pop();
    if (next.ms > at_position[next.node]) continue;
    for (const auto* back = graph.back_begin(next.node); back != graph.back_end(next.node); ++back)
      reach(back->tail, time_sum(next.ms, back->ms));
  }
  for (uint32_t p = 0; p < at_position.size(); ++p) ms_[graph.node_at_position(p)] = at_position[p];
  std::stable_sort(campuses_.begin(), campuses_.end(),
                   [](const StreetSnap& a, const StreetSnap& b) { return a.link < b.link; });
}

uint32_t NearestDoor::ms_from(const StreetSnap& home) const {
  uint32_t best = kNoTime;
  for (const auto& end : router_.ends_leaving(home).all())
    best = std::min(best, time_sum(end.ms, ms_[end.node]));
  // Along its own street no junction need be passed.
  auto door =
      std::lower_bound(campuses_.begin(), campuses_.end(), home.link,
                       [](const StreetSnap& snap, uint32_t link) { return snap.link < link; });
  for (; door != campuses_.end() && door->link == home.link; ++door)
    best = std::min(best, time_sum(router_.along_link_ms(home, *door), door->off_ms));
  best = time_sum(best, home.off_ms);
  return best > limit_ms_ ? kNoTime : best;
}

}  // namespace doorstep
