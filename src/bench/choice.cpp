// `choice` from cold and while a campus is dragged, resized, closed or better liked, and `nearest`
// under the same drag. Every step counts from the edit to the published figures, the sweep that
// gives the campus's way to all homes included.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "assign/choice_live.h"
#include "assign/nearest_live.h"
#include "base/random.h"
#include "bench/choice_cases.h"
#include "bench/cities.h"
#include "bench/kernels.h"
#include "bench/measure.h"

namespace doorstep::bench {
namespace {

constexpr int kSteps = 200;
constexpr int kCheckEvery = 40;
constexpr int kMostRounds = 10000;
constexpr double kPupil = 1e-6;

/// A campus on its way along the streets, two crossings a step, never straight back.
class Track {
 public:
  Track(const City& city, std::size_t campus, uint64_t seed)
      : city_(city), draw_(RandomKey(seed).with("track").with(campus)) {
    const Streets& streets = city.router->streets();
    at_ = streets.head[city.campuses[campus].link];
    from_ = at_;
  }
  StreetSnap step() {
    const Streets& streets = city_.router->streets();
    for (int hop = 0; hop < 2; ++hop) {
      const uint32_t first = streets.first[at_];
      const uint32_t links = streets.first[at_ + 1] - first;
      if (links == 0) break;
      uint32_t next = streets.head[first + draw_.below(links)];
      for (int again = 0; again < 4 && next == from_; ++again)
        next = streets.head[first + draw_.below(links)];
      from_ = std::exchange(at_, next);
    }
    return snap_at_node(*city_.router, at_);
  }

 private:
  const City& city_;
  RandomStream draw_;
  uint32_t at_ = 0;
  uint32_t from_ = 0;
};

/// Whether a live answer is a fresh start's.
bool as_cold(const ChoiceLive& live, Progress& progress) {
  ClearingState cold(live.state().plain(), 1e-9);
  cold.settle(kMostRounds, progress);
  double gap = 0.0;
  for (std::size_t u = 0; u < cold.loads().size(); ++u)
    gap = std::max(gap, std::abs(cold.loads()[u] - live.state().loads()[u]));
  return cold.settled() && live.exact() && gap <= kPupil;
}

/// One kind of edit, again and again; the campus under the mouse changes from time to time.
class EditRun {
 public:
  EditRun(const City& city, const HomeSweep& sweep, ChoiceLive& live, const Request& request)
      : city_(city), sweep_(sweep), live_(live), request_(request) {}

  Report run(const std::string& kind, Progress& progress) {
    Report report;
    report.name = "choice_" + kind;
    report.size = city_.size();
    RandomStream draw(RandomKey(request_.seed).with(kind));
    const int steps = request_.repeat > 0 ? request_.repeat : kSteps;
    constexpr int kOfOneCampus = 20;
    bool exact = true;
    PeakMemory peak;
    for (int i = 0; i < steps; ++i) {
      if (i % kOfOneCampus == 0) pick(draw);
      sweep_ms_.push_back(0.0);
      const double took = ms_of([&] {
        edit(kind, draw);
        live_.settle(kMostRounds, progress);
        read_figures();
      });
      ms_.push_back(took);
      note(took);
      exact = exact && live_.exact();
      if ((i + 1) % kCheckEvery == 0) exact = exact && as_cold(live_, progress);
    }
    report.exact = exact && steps >= kCheckEvery;
    report.checked = fmt::format(
        "pupils at every campus equal to a fresh start's to {} pupils, "
        "each {}th step",
        kPupil, kCheckEvery);
    report.ours_ms = spread_of(ms_);
    report.peak_mb = peak.mb();
    add_figures(report);
    return report;
  }

 private:
  void pick(RandomStream& draw) {
    campus_ = draw.below(city_.campuses.size());
    track_.emplace(city_, campus_, draw.below(1u << 30));
    offer_ = live_.input().offers[CampusId(campus_)];
  }

  void edit(const std::string& kind, RandomStream& draw) {
    const CampusId c(campus_);
    Offer offer = live_.input().offers[c];
    if (kind == "move") {
      std::vector<uint32_t> ds(city_.homes.size());
      sweep_ms_.back() = ms_of([&] { sweep_.to_campus(track_->step(), ds); });
      return live_.move(c, std::move(ds));
    }
    if (kind == "pupils") {
      std::vector<ClearingState::RowPupils> rows;
      for (int i = 0; i < 100; ++i) {
        const auto row = static_cast<uint32_t>(draw.below(live_.input().entrants.size()));
        rows.push_back({row, std::floor(5.0 * draw.uniform())});
      }
      return live_.set_pupils(rows);
    }
    if (kind == "resize") offer.seats = std::floor(offer_.seats * draw.uniform(0.7, 1.3));
    if (kind == "quality") offer.quality = offer_.quality * draw.uniform(0.9, 1.1);
    if (kind == "close") offer.open = !offer.open;
    live_.set_offer(c, offer);
  }

  /// What a map would show.
  void read_figures() {
    double sum = live_.unplaced();
    for (CampusId c : live_.input().offers.ids()) sum += live_.campus(c).admitted;
    checksum_ += sum;
  }

  void note(double took) {
    const auto& effort = live_.state().effort();
    rounds_ += effort.rounds;
    rows_.push_back(static_cast<double>(effort.rows_read));
    if (took < slowest_) return;
    slowest_ = took;
    slowest_rows_ = static_cast<double>(effort.rows_read);
    slowest_rounds_ = effort.rounds;
    rejected_ += effort.rejected;
  }

  void add_figures(Report& report) const {
    const Spread rows = spread_of(rows_);
    const Spread sweep = spread_of(sweep_ms_);
    report.more = {{"rounds_mean", static_cast<double>(rounds_) / static_cast<double>(ms_.size())},
                   {"rows_read_p50", rows.p50},
                   {"rows_read_p95", rows.p95},
                   {"slowest_step_rows_read", slowest_rows_},
                   {"slowest_step_rounds", static_cast<double>(slowest_rounds_)},
                   {"steps_found_by_rejecting", static_cast<double>(rejected_)}};
    if (sweep.max > 0.0) report.more.emplace_back("sweep_p50_ms", sweep.p50);
  }

  const City& city_;
  const HomeSweep& sweep_;
  ChoiceLive& live_;
  const Request& request_;
  std::size_t campus_ = 0;
  std::optional<Track> track_;
  Offer offer_;
  std::vector<double> ms_;
  std::vector<double> sweep_ms_;
  std::vector<double> rows_;
  long rounds_ = 0;
  double slowest_ = 0.0;
  double slowest_rows_ = 0.0;
  int slowest_rounds_ = 0;
  int rejected_ = 0;
  double checksum_ = 0.0;
};

/// From the loosest cutoffs; the peer rejects, as a textbook has it.
Report cold_report(const ChoiceLive& live, const City& city, const Request& request,
                   Progress& progress) {
  Report report;
  report.name = "choice_cold";
  report.size = city.size();
  const Market market = live.state().plain();
  Market mine = market;
  Clearing ours;
  Clearing theirs;
  PeakMemory peak;
  const auto clear = [&] { ours = clear_market(mine, 1e-6, kMostRounds, progress); };
  std::function<void()> peer;
  if (request.peer) {
    report.peer = "rejecting from the loosest cutoffs, Newton step for each campus";
    peer = [&] { theirs = clear_by_rejecting(market, 1e-6, kMostRounds, progress); };
  }
  put_times(interleave(3, 1, false, clear, peer), report);
  report.peak_mb = peak.mb();
  double gap = 0.0;
  for (std::size_t i = 0; i < theirs.limit.size(); ++i)
    gap = std::max(gap, std::abs(ours.limit[i] - theirs.limit[i]));
  report.exact = request.peer && ours.converged && theirs.converged && gap < 1e-6;
  report.checked = fmt::format("largest gap between a cutoff and the peer's: {:.1e}", gap);
  report.what = fmt::format("cutoffs of a market of {} rows and {} options", market.rows(),
                            market.cell.size());
  double full = 0.0;
  for (CampusId c : live.input().offers.ids()) full += live.campus(c).full;
  report.more = {{"rounds", ours.rounds},
                 {"peer_rounds", theirs.rounds},
                 {"options_a_row",
                  static_cast<double>(market.cell.size()) / static_cast<double>(market.rows())},
                 {"campuses_full", full},
                 {"unplaced_before_diversion", live.unplaced()}};
  return report;
}

Report nearest_report(const City& city, const HomeSweep& sweep, const ChoiceTown& town,
                      const Request& request, Progress& progress) {
  Report report;
  report.name = "nearest_move";
  report.size = city.size();
  NearestLive live(town.admission(Rule::Nearest));
  RandomStream draw(RandomKey(request.seed).with("nearest"));
  std::vector<double> all;
  std::vector<double> without_sweep;
  std::vector<uint32_t> ds(city.homes.size());
  CampusId c;
  std::optional<Track> track;
  const int steps = request.repeat > 0 ? request.repeat : kSteps;
  for (int i = 0; i < steps; ++i) {
    if (i % 20 == 0) {
      c = CampusId(draw.below(city.campuses.size()));
      track.emplace(city, c.index, draw.below(1u << 30));
    }
    const double swept = ms_of([&] { sweep.to_campus(track->step(), ds); });
    without_sweep.push_back(ms_of([&] { live.move(c, ds); }));
    all.push_back(swept + without_sweep.back());
  }
  report.ours_ms = spread_of(all);
  AdmissionInput after = town.admission(Rule::Nearest);
  report.exact = nearest_as_cold(live, after, progress);
  report.checked = "the campus of every home equal to a fresh search over all campuses";
  report.what = "one campus moved: its way to all homes, nearest campus of each, loads";
  report.more = {{"without_sweep_p50_ms", spread_of(without_sweep).p50},
                 {"without_sweep_p95_ms", spread_of(without_sweep).p95}};
  return report;
}

std::vector<Report> run_choice(const Request& request, Progress& progress) {
  const std::size_t people = request.people > 0 ? request.people : 1000000;
  City city = city_for(
      request,
      {people, std::max<std::size_t>(500, people / 50), std::max<std::size_t>(10, people / 20000)},
      progress);
  if (city.seats.empty()) give_seats(city, request.seed, request.threads);
  const HomeSweep sweep(city.router, city.homes, request.threads);
  const ChoiceTown town(city, sweep);
  std::vector<Report> out;
  double build_ms = 0.0;
  double clear_ms = 0.0;
  std::optional<ChoiceLive> live;
  build_ms = ms_of([&] { live.emplace(town.admission(Rule::Choice)); });
  clear_ms = ms_of([&] { live->settle(kMostRounds, progress); });
  for (const char* kind : {"move", "resize", "quality", "close", "pupils"}) {
    out.push_back(EditRun(city, sweep, *live, request).run(kind, progress));
    out.back().what = fmt::format(
        "{}: from the edit to the figures of all campuses; choice sets "
        "within {:.0f} minutes, {}",
        kind, town.max_minutes(), city.name);
  }
  out.front().more.emplace_back("build_ms", build_ms);
  out.front().more.emplace_back("first_clearing_ms", clear_ms);
  out.push_back(cold_report(*live, city, request, progress));
  live.reset();
  out.push_back(nearest_report(city, sweep, town, request, progress));
  out.push_back(lottery_report(request));
  return out;
}

}  // namespace

Benchmark choice_benchmark() {
  return {"choice", "Choice and nearest, cold and live; deferred acceptance", run_choice};
}

}  // namespace doorstep::bench
