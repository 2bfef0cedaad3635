// A campus dragged through a city: each step from the new place to the certified optimum over every
// pair of home and campus, the sweep of the streets included.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "assign/live/reach_column.h"
#include "assign/transport_simplex.h"
#include "base/random.h"
#include "bench/capacity_city.h"
#include "bench/kernels.h"
#include "bench/measure.h"

namespace doorstep::bench {
namespace {

constexpr int kTracks = 100;
constexpr int kSteps = 20;
constexpr int kTracksChecked = 10;  // of them, by primal = dual over the full matrix
constexpr std::size_t kUpkeepHomes = 2048;

/// One way across the city: straight towards a full campus and on; on a bare graph, along nodes.
class Track {
 public:
  Track(const City& city, uint32_t campus, Xy towards, double step_m, RandomKey key)
      : city_(city), step_m_(step_m), random_(key), at_(city.campuses[campus].at) {
    const double x = towards.x - at_.x;
    const double y = towards.y - at_.y;
    const double length = std::max(1.0, std::hypot(x, y));
    along_ = {x / length, y / length};
    node_ = city.router->graph().links()[city.campuses[campus].link].to;
  }
  [[nodiscard]] StreetSnap next() {
    const double metres = step_m_ * random_.uniform(0.3, 1.0);
    if (!city_.has_coordinates) return next_node(metres);
    at_ = {at_.x + along_.x * metres, at_.y + along_.y * metres};
    return city_.router->snap(at_);
  }

 private:
  /// Follows edges that do not lead back until `metres` are walked.
  StreetSnap next_node(double metres) {
    const Streets& streets = city_.router->streets();
    uint32_t before = node_;
    for (double walked = 0.0; walked < metres;) {
      const uint32_t first = streets.first[node_];
      const uint32_t count = streets.first[node_ + 1] - first;
      if (count == 0) break;
      auto e = first + static_cast<uint32_t>(random_.below(count));
      if (streets.head[e] == before && count > 1) e = first + (e - first + 1) % count;
      before = node_;
      node_ = streets.head[e];
      walked += std::max(1.0, static_cast<double>(streets.length_m[e]));
    }
    return snap_at_node(*city_.router, node_);
  }

  const City& city_;
  double step_m_;
  RandomStream random_;
  Xy at_;
  Xy along_;
  uint32_t node_ = 0;
};

/// What one drag took, and why.
struct Drag {
  std::vector<double> step_ms;
  std::vector<double> first_ms;  ///< of each track: another campus is picked up
  std::vector<double> upkeep_ms;
  std::vector<double> rest_ms;  ///< after the last step of a track: all ways to where it stands
  std::vector<double> homes_exact;
  std::vector<double> price_ms, repair_ms, smallest_ms, certify_ms;
  std::string slowest;
  double slowest_ms = 0.0;
  bool exact = true;
  bool restored = true;

  void note(double ms, bool first, std::size_t exact_homes,
            const live::CapacityOptimum::Effort& e) {
    step_ms.push_back(ms);
    if (first) first_ms.push_back(ms);
    homes_exact.push_back(static_cast<double>(exact_homes));
    price_ms.push_back(e.price_ms);
    repair_ms.push_back(e.repair_ms);
    smallest_ms.push_back(e.smallest_ms);
    certify_ms.push_back(e.certify_ms);
    if (ms <= slowest_ms) return;
    slowest_ms = ms;
    slowest = fmt::format(
        "{:.1f} ms: ways and price {:.1f}, repair {:.1f} ({} paths, {} campuses settled), "
        "smallest prices {:.1f}, certificate {:.1f} ({} homes looked at, {} rows read, {} moved, "
        "{} "
        "rounds)",
        ms, e.price_ms, e.repair_ms, e.augmentations, e.settled, e.smallest_ms, e.certify_ms,
        e.suspects, e.rows_read, e.violations, e.rounds);
  }
};

std::vector<uint32_t> full_campuses(const live::CapacityOptimum& optimum, const City& city) {
  std::vector<uint32_t> full;
  for (uint32_t j = 0; j < city.campuses.size(); ++j)
    if (optimum.load(j) == city.seats[j]) full.push_back(j);
  return full;
}

Drag drag(CapacityCity& city, live::CapacityOptimum& optimum, double step_m, int tracks,
          uint64_t seed, Progress& progress) {
  Drag out;
  auto column = std::make_shared<live::ReachColumn>(*city.sweep);
  const std::vector<uint32_t> full = full_campuses(optimum, city.city);
  for (int t = 0; t < tracks; ++t) {
    progress.step("dragging", static_cast<double>(t) / tracks);
    RandomStream random(RandomKey(seed).with("track").with(static_cast<uint64_t>(t)));
    const auto campus = static_cast<uint32_t>(random.below(city.city.campuses.size()));
    const Xy aim = full.empty() ? Xy{} : city.city.campuses[full[random.below(full.size())]].at;
    const int64_t travel = optimum.travel();
    Track track(city.city, campus, aim, step_m,
                RandomKey(seed).with("steps").with(static_cast<uint64_t>(t)));
    for (int s = 0; s <= kSteps; ++s) {  // the last step puts it back
      const bool back = s == kSteps;
      const double ms = ms_of([&] {
        column->put(back ? city.city.campuses[campus] : track.next());
        optimum.move(campus, column);
        optimum.run();
      });
      if (!back) out.note(ms, s == 0, column->homes_exact(), optimum.effort());
      out.upkeep_ms.push_back(ms_of([&] { optimum.upkeep(kUpkeepHomes); }));
      if (back) out.rest_ms.push_back(ms_of([&] { optimum.upkeep(kUpkeepHomes); }));
      if (s == kSteps / 2 && t % std::max(1, tracks / kTracksChecked) == 0)
        out.exact = out.exact && optimum.proves_optimal();
    }
    out.restored = out.restored && optimum.travel() == travel;
    static_cast<void>(optimum.take_changes());
  }
  return out;
}

Report report_of(const CapacityCity& city, const Drag& drag, double step_m, int tracks) {
  Report report;
  report.name = step_m > 500.0 ? "live_km" : "live";
  report.size = city.city.size();
  report.what = fmt::format(
      "{} tracks of {} steps of up to {:.0f} m towards full campuses, sweep included; {}", tracks,
      kSteps, step_m, city.city.name);
  report.ours_ms = spread_of(drag.step_ms);
  report.exact = drag.exact && drag.restored;
  report.checked =
      report.exact
          ? fmt::format(
                "primal = dual over every pair on {} tracks; put back, all travel as before",
                std::min(tracks, kTracksChecked))
          : "NOT optimal";
  auto add = [&](const std::string& part, const std::vector<double>& values) {
    const Spread s = spread_of(values);
    report.more.emplace_back(part + "_p50_ms", s.p50);
    report.more.emplace_back(part + "_p95_ms", s.p95);
  };
  add("first_step", drag.first_ms);
  add("ways_and_price", drag.price_ms);
  add("repair", drag.repair_ms);
  add("smallest_prices", drag.smallest_ms);
  add("certificate", drag.certify_ms);
  add("upkeep", drag.upkeep_ms);
  add("rest", drag.rest_ms);
  report.more.emplace_back("homes_exact_p50", spread_of(drag.homes_exact).p50);
  report.more.emplace_back("homes_exact_p95", spread_of(drag.homes_exact).p95);
  report.what += "; slowest " + drag.slowest;
  return report;
}

std::vector<Report> run_live(const Request& request, Progress& progress) {
  City made = city_for(request, {10000000, 200000, 500}, progress);
  give_seats(made, request.seed, request.threads);
  CapacityCity city = capacity_city(std::move(made), request);
  Transport peer_case;
  if (request.peer) peer_case = transport_of(city.given, 20);
  PeakMemory peak;
  live::CapacityOptimum optimum(std::move(city.given));
  const double cold_ms = ms_of([&] { optimum.solve(); });
  std::size_t full = full_campuses(optimum, city.city).size();
  for (int n = 0; n < 4; ++n) optimum.upkeep(city.city.homes.size() / 4);

  const int tracks = request.repeat > 0 ? request.repeat : kTracks;
  std::vector<Report> reports;
  for (const double step_m : {300.0, 1000.0}) {
    const Drag done = drag(city, optimum, step_m, tracks, request.seed, progress);
    reports.push_back(report_of(city, done, step_m, tracks));
    reports.back().peak_mb = peak.mb();
    reports.back().more.emplace_back("cold_ms", cold_ms);
    reports.back().more.emplace_back("full_campuses", static_cast<double>(full));
  }
  if (request.peer) {
    progress.step("network simplex, once", 0.99);
    const double ms = ms_of([&] { static_cast<void>(solve_by_simplex(peer_case)); });
    reports.front().peer = "LEMON network simplex, cold, 20 nearest arcs, once";
    reports.front().peer_ms = spread_of({ms});
  }
  return reports;
}

}  // namespace

Benchmark live_benchmark() {
  return {"live", "A campus dragged through a city, exact at every step", run_live};
}

}  // namespace doorstep::bench
