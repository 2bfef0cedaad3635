// The exact transport optimum from nothing, beside LEMON's network simplex.

#include <fmt/format.h>

#include <cmath>

#include "assign/transport_simplex.h"
#include "bench/capacity_city.h"
#include "bench/kernels.h"
#include "bench/measure.h"

namespace doorstep::bench {
namespace {

constexpr int kRepeat = 7;
/// Above this many arcs the simplex gets each home's 20 nearest only: all would not fit its memory.
constexpr std::size_t kMostPeerArcs = 5000000;
constexpr std::size_t kNearestArcs = 20;

/// Pupils × deciseconds of a plan over integer pupils.
double travel_of(const Transport& t, const TransportPlan& plan) {
  double sum = 0.0;
  for (const auto& part : plan.parts)
    for (std::size_t a = t.first_arc[part.source]; a < t.first_arc[part.source + 1]; ++a)
      if (t.arcs[a].sink == part.sink)
        sum += std::round(part.share * t.supply[part.source]) * t.arcs[a].cost;
  return sum;
}

std::vector<Report> run_transport(const Request& request, Progress& progress) {
  City made = city_for(request, {}, progress);
  give_seats(made, request.seed, request.threads);
  const CapacityCity city = capacity_city(std::move(made), request);
  Report report;
  report.name = "transport";
  report.size = city.city.size();
  const bool all_arcs = city.given.supply.size() * city.given.capacity.size() <= kMostPeerArcs;
  report.what = fmt::format(
      "least travel under capacity from nothing, {} homes × {} campuses, every pair, travel given; "
      "{}",
      report.size.homes, report.size.campuses, city.city.name);

  PeakMemory peak;
  std::unique_ptr<live::CapacityOptimum> optimum;
  live::CapacityCase copy;
  auto prepare = [&] {
    optimum.reset();
    copy = city.given;
  };
  Interleaved times;
  const int repeat = request.repeat > 0 ? request.repeat : kRepeat;
  for (int n = 0; n < repeat; ++n) {
    prepare();
    times.ours_ms.push_back(ms_of([&] {
      optimum = std::make_unique<live::CapacityOptimum>(std::move(copy));
      optimum->solve();
    }));
  }
  report.peak_mb = peak.mb();
  report.exact = optimum->proves_optimal();
  report.checked = report.exact ? "primal = dual over every pair" : "NOT optimal";
  if (request.peer) {
    progress.step("network simplex", 0.5);
    const Transport t = transport_of(city.given, all_arcs ? report.size.campuses : kNearestArcs);
    TransportPlan plan;
    times.peer_ms.push_back(ms_of([&] { plan = solve_by_simplex(t); }));
    report.peer = fmt::format("LEMON network simplex, {}",
                              all_arcs ? "all arcs" : fmt::format("{} nearest arcs", kNearestArcs));
    const double theirs = travel_of(t, plan);
    const double ours = static_cast<double>(optimum->travel());
    if (all_arcs) {
      report.exact = report.exact && std::abs(ours - theirs) < 0.5;
      report.checked += report.exact ? ", and LEMON's objective" : ", NOT LEMON's objective";
    }
    report.more.emplace_back("travel_over_peers", ours / std::max(1.0, theirs));
  }
  put_times(times, report);
  const auto effort = optimum->effort();
  report.more.emplace_back("augmentations", static_cast<double>(effort.augmentations));
  report.more.emplace_back("rounds", static_cast<double>(effort.rounds));
  return {report};
}

}  // namespace

Benchmark transport_benchmark() {
  return {"transport", "The exact transport optimum under capacity, from nothing", run_transport};
}

}  // namespace doorstep::bench
