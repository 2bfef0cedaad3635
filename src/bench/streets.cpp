// Streets made ready: an extract read, the hierarchy built, and one search to all nodes.

#include <fmt/format.h>

#include "base/random.h"
#include "bench/cities.h"
#include "bench/kernels.h"
#include "bench/measure.h"
#include "bench/peers.h"
#include "network/hierarchy/customizable.h"
#include "network/hierarchy/dissection.h"
#include "network/hierarchy/node_sweep.h"
#include "network/street_changes.h"

namespace doorstep::bench {
namespace {

constexpr int kRepeat = 101;
constexpr int kBuildRepeat = 3;
constexpr int kPeerRepeat = 11;
constexpr int kChecked = 10;
constexpr int kChanges = 9;

Report hierarchy_report(const City& city, const Request& request, Progress& progress) {
  Report report;
  report.name = "streets.hierarchy";
  report.what = fmt::format("contraction hierarchy, {} threads, {}", request.threads, city.name);
  report.size = city.size();
  PeakMemory peak;
  std::size_t arcs = 0;
  auto build = [&] {
    arcs = build_hierarchy(city.router->graph(), request.threads, progress).up.size();
  };
  put_times(interleave(kBuildRepeat, 0, false, build, {}), report);
  report.peak_mb = peak.mb();
  report.checked = "";
  report.more.emplace_back("arcs_up", static_cast<double>(arcs));
  return report;
}

/// One campus to every node, against the peer, campus after campus.
Report search_report(const City& city, const Request& request, std::unique_ptr<PeerSearch> peer) {
  const StreetGraph& graph = city.router->graph();
  Report report;
  report.name = "streets.one_to_all";
  report.what = fmt::format("times from every node to one campus, {} threads, {}", request.threads,
                            city.name);
  report.size = city.size();
  auto hierarchy = city.router->hierarchy(request.threads);
  PeakMemory peak;
  NodeSweep sweep(hierarchy, request.threads);
  std::vector<uint32_t> ms(graph.nodes()), by_node;
  std::size_t next = 0, last = 0;
  auto ours = [&] {
    last = next++ % city.campuses.size();
    StreetSnap campus = city.campuses[last];
    campus.off_ms = 0;
    sweep.to_one(door_ends(*city.router, *hierarchy, campus, false), ms);
  };
  ours();
  report.peak_mb = peak.mb();
  std::function<void()> theirs;
  if (peer) {
    report.peer = peer->name() + ", one thread";
    theirs = [&] {
      StreetRouter::Ends ends = city.router->ends_arriving(city.campuses[last]);
      peer->search({ends.all().begin(), ends.all().end()}, by_node);
    };
  }
  put_times(
      interleave(request.repeat > 0 ? request.repeat : kRepeat, kPeerRepeat, true, ours, theirs),
      report);
  if (!peer) return report;
  report.exact = true;
  for (int k = 0; k < kChecked; ++k) {
    ours();
    theirs();
    for (uint32_t n = 0; n < graph.nodes(); ++n) {
      report.exact = report.exact && ms[graph.position(n)] == by_node[n];
    }
  }
  report.checked = report.exact ? "every node equal to the peer's, in milliseconds, ten campuses"
                                : "NOT equal to the peer's";
  return report;
}

/// A bridge closed and a road built: the hierarchy for the changed streets, order kept.
Report customize_report(const City& city, const Request& request) {
  Report report;
  report.name = "streets.customize";
  report.what = "hierarchy after a street is closed and a road built, " + city.name;
  report.size = city.size();
  PeakMemory peak;
  const StreetGraph& graph = city.router->graph();
  std::unique_ptr<CustomizableHierarchy> customizable;
  double order_ms = ms_of([&] {
    customizable = std::make_unique<CustomizableHierarchy>(graph, dissection_order(graph));
  });
  const Streets& before = graph.streets();
  RandomStream random(RandomKey(request.seed).with("changes"));
  std::vector<double> ours;
  report.exact = true;
  for (int k = 0; k < kChanges; ++k) {
    StreetChanges changes;
    changes.closed.push_back(static_cast<uint32_t>(random.below(before.edges())));
    auto from = static_cast<uint32_t>(random.below(before.nodes()));
    // To a corner two streets on, as a new road would lead.
    uint32_t next =
        before.first[from] < before.first[from + 1] ? before.head[before.first[from]] : from;
    uint32_t to = before.first[next] < before.first[next + 1]
                      ? before.head[before.first[next + 1] - 1]
                      : next;
    changes.added.push_back({from, to});
    auto after = std::make_shared<const Streets>(changed_streets(before, changes));
    StreetRouter router(after);
    std::shared_ptr<const Hierarchy> hierarchy;
    ours.push_back(ms_of([&] {
      hierarchy = std::make_shared<const Hierarchy>(customizable->customize(router.graph()));
    }));
    NodeSweep sweep(hierarchy, request.threads);
    StreetSnap campus =
        snap_at_node(router, city.router->graph().links()[city.campuses[0].link].to);
    std::vector<uint32_t> ms(graph.nodes());
    sweep.to_one(door_ends(router, *hierarchy, campus, false), ms);
    SearchSpace space;
    router.search_to(campus, space);
    report.exact = report.exact && ms == space.ms;
  }
  report.ours_ms = spread_of(ours);
  report.peak_mb = peak.mb();
  report.checked =
      report.exact ? "every node equal to a search of the changed streets" : "NOT equal";
  report.more.emplace_back("order_and_shortcuts_ms", order_ms);
  report.more.emplace_back("arcs", static_cast<double>(customizable->arcs()));
  return report;
}

std::vector<Report> run_streets(const Request& request, Progress& progress) {
  City city = city_for(request, {}, progress);
  std::vector<Report> out;
  out.push_back(hierarchy_report(city, request, progress));
  const StreetGraph& graph = city.router->graph();
  out.push_back(search_report(city, request, request.peer ? boost_dijkstra(graph) : nullptr));
  if (request.peer) out.push_back(search_report(city, request, lemon_dijkstra(graph)));
  if (city.has_coordinates) out.push_back(customize_report(city, request));
  return out;
}

}  // namespace

Benchmark streets_benchmark() {
  return {"streets", "The hierarchy of streets, and one search to all nodes", run_streets};
}

}  // namespace doorstep::bench
