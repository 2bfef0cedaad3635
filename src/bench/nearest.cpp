// The nearest of many campuses for every node of the streets.

#include <fmt/format.h>

#include "bench/cities.h"
#include "bench/kernels.h"
#include "bench/measure.h"
#include "bench/peers.h"
#include "network/hierarchy/node_sweep.h"

namespace doorstep::bench {
namespace {

constexpr int kRepeat = 51;
constexpr int kPeerRepeat = 5;

std::vector<Report> run_nearest(const Request& request, Progress& progress) {
  City city = city_for(request, {}, progress);
  const StreetGraph& graph = city.router->graph();
  Report report;
  report.name = "nearest";
  report.size = city.size();
  PeakMemory peak;
  std::shared_ptr<const Hierarchy> hierarchy;
  double hierarchy_ms = ms_of([&] { hierarchy = city.router->hierarchy(request.threads); });
  std::vector<DoorEnds> ends;
  std::vector<StreetRouter::End> seeds;
  for (const StreetSnap& c : city.campuses) {
    ends.push_back(door_ends(*city.router, *hierarchy, c, false));
    for (StreetRouter::End end : city.router->ends_arriving(c).all()) {
      end.ms = time_sum(end.ms, c.off_ms);
      seeds.push_back(end);
    }
  }
  std::unique_ptr<NodeSweep> sweep;
  double plan_ms = ms_of([&] { sweep = std::make_unique<NodeSweep>(hierarchy, request.threads); });
  std::vector<NearestKey> nearest(graph.nodes());
  auto ours = [&] { sweep->to_nearest(ends, nearest); };
  ours();
  report.peak_mb = peak.mb();

  std::unique_ptr<PeerSearch> peer;
  std::function<void()> theirs;
  std::vector<uint32_t> by_node;
  if (request.peer) {
    peer = lemon_dijkstra(graph);
    report.peer = peer->name() + " from all campuses at once, one thread";
    theirs = [&] { peer->search(seeds, by_node); };
  }
  put_times(
      interleave(request.repeat > 0 ? request.repeat : kRepeat, kPeerRepeat, true, ours, theirs),
      report);
  if (request.peer) {
    report.exact = true;
    for (uint32_t n = 0; n < graph.nodes(); ++n) {
      NearestKey key = nearest[graph.position(n)];
      report.exact = report.exact && (key == kNobody ? kNoTime : key >> 32) == by_node[n];
    }
    report.checked = report.exact ? "the time of every node equal to the peer's, in milliseconds"
                                  : "NOT equal to the peer's";
  }
  report.what = fmt::format("nearest of {} campuses for every node, {} threads, {}",
                            city.campuses.size(), request.threads, city.name);
  report.more.emplace_back("hierarchy_ms", hierarchy_ms);
  report.more.emplace_back("plan_ms", plan_ms);
  return {report};
}

}  // namespace

Benchmark nearest_benchmark() {
  return {"nearest", "The nearest campus of every street node", run_nearest};
}

}  // namespace doorstep::bench
