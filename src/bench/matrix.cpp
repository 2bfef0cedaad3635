// Travel from every home to every campus, as compute_travel needs it for a whole place.

#include <fmt/format.h>

#include "base/error.h"
#include "bench/cities.h"
#include "bench/kernels.h"
#include "bench/measure.h"
#include "bench/peers.h"
#include "network/travel_table.h"

namespace doorstep::bench {
namespace {

constexpr int kRepeat = 21;
constexpr int kPeerRepeat = 3;

/// The same matrix by one search of the peer a campus.
void fill_by_peer(const City& city, PeerSearch& peer, std::vector<uint32_t>& by_node,
                  SearchSpace& space, std::span<uint32_t> ds) {
  const StreetGraph& graph = city.router->graph();
  space.ms.resize(graph.nodes());
  for (std::size_t c = 0; c < city.campuses.size(); ++c) {
    StreetRouter::Ends ends = city.router->ends_arriving(city.campuses[c]);
    peer.search({ends.all().begin(), ends.all().end()}, by_node);
    for (uint32_t n = 0; n < graph.nodes(); ++n) space.ms[graph.position(n)] = by_node[n];
    for (std::size_t h = 0; h < city.homes.size(); ++h) {
      uint32_t ms = city.router->door_to_door_ms(city.homes[h], city.campuses[c], space);
      ds[c * city.homes.size() + h] = ms == kNoTime
                                          ? TravelTable::kUnreachable
                                          : static_cast<uint32_t>((uint64_t{ms} + 50) / 100);
    }
  }
}

std::vector<Report> run_matrix(const Request& request, Progress& progress) {
  City city = city_for(request, {}, progress);
  Report report;
  report.name = "matrix";
  report.size = city.size();
  std::vector<uint32_t> ds(city.homes.size() * city.campuses.size());
  std::vector<uint32_t> peer_ds(request.peer ? ds.size() : 0);

  PeakMemory peak;
  std::unique_ptr<HomeSweep> sweep;
  double prepare_ms =
      ms_of([&] { sweep = std::make_unique<HomeSweep>(city.router, city.homes, request.threads); });
  auto ours = [&] { sweep->to_campuses(city.campuses, ds); };
  ours();
  report.peak_mb = peak.mb();

  std::unique_ptr<PeerSearch> peer;
  std::function<void()> theirs;
  std::vector<uint32_t> by_node;
  SearchSpace space;
  if (request.peer) {
    peer = boost_dijkstra(city.router->graph());
    report.peer = peer->name() + ", one thread";
    theirs = [&] { fill_by_peer(city, *peer, by_node, space, peer_ds); };
  }
  put_times(
      interleave(request.repeat > 0 ? request.repeat : kRepeat, kPeerRepeat, true, ours, theirs),
      report);
  if (request.peer) {
    report.exact = ds == peer_ds;
    report.checked = report.exact ? "every home and campus equal to the peer's, in deciseconds"
                                  : "NOT equal to the peer's";
  }
  report.what = fmt::format("door to door, {} homes × {} campuses, {} threads, {}",
                            city.homes.size(), city.campuses.size(), request.threads, city.name);
  report.more.emplace_back("prepare_ms", prepare_ms);
  return {report};
}

}  // namespace

Benchmark matrix_benchmark() {
  return {"matrix", "Travel from every home to every campus", run_matrix};
}

}  // namespace doorstep::bench
