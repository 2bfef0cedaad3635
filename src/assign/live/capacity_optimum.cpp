#include "assign/live/capacity_optimum.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "assign/live/bands.h"
#include "assign/live/certificate.h"
#include "assign/live/cold_start.h"
#include "assign/live/one_campus.h"
#include "assign/live/repair.h"
#include "base/error.h"

namespace doorstep::live {

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t kBand = 12;
constexpr int64_t kUnlimited = int64_t{1} << 61;

uint32_t longest(std::span<const uint32_t> ds) {
  uint32_t most = 0;
  for (const uint32_t d : ds)
    if (d < kNoWay) most = std::max(most, d);
  return most;
}

uint32_t most_of(const CapacityCase& given) {
  return given.most_ds ? given.most_ds : std::max(1u, 2 * longest(given.ds));
}

/// The case as the caller gave it becomes the state's; `band` is the most entries of a band.
State state_of(CapacityCase given, uint32_t most, std::size_t band) {
  const std::size_t campuses = given.capacity.size();
  const std::size_t stride = CapacityCase::stride_for(campuses);
  DOORSTEP_ASSERT(given.ds.size() == given.supply.size() * stride);
  State s(given.supply.size(), stride, ArcCost(stride, most), std::min(band, stride + 1));
  s.campuses = campuses;
  s.ds = std::move(given.ds);
  for (uint32_t& d : s.ds) d = std::min(d, kNoWay);
  s.supply = std::move(given.supply);
  s.home_key = std::move(given.home_key);
  std::copy(given.capacity.begin(), given.capacity.end(), s.capacity.begin());
  std::copy(given.campus_key.begin(), given.campus_key.end(), s.campus_key.begin());
  s.capacity[s.without_seat()] = kUnlimited;
  prepare(s);
  return s;
}

}  // namespace

bool CapacityCase::fits(std::size_t campuses, uint32_t most_ds) {
  return most_ds < kNoWay / 4 && ArcCost::fits(stride_for(campuses), most_ds);
}

struct CapacityOptimum::Impl {
  explicit Impl(CapacityCase given)
      : most_ds(most_of(given)), s(state_of(std::move(given), most_ds, kBand)) {
    paths.emplace(s);
  }

  uint32_t most_ds;  ///< the longest way that the costs have room for
  State s;
  std::optional<ShortestPaths> paths;
  std::vector<uint32_t> removed;  // columns free for another campus
  bool exact = false;
  std::vector<uint32_t> changes;
  std::vector<int64_t> exact_load;
  RepairTimes times;
  double price_ms = 0.0;
  int upkeeps = 0;  // since the last edit

  void begin_run() {
    s.work = {};
    times = {};
  }

  /// What was exact becomes the last exact answer; changes are told once.
  void publish() {
    exact = true;
    changes.insert(changes.end(), s.changed_homes.begin(), s.changed_homes.end());
    s.changed_homes.clear();
    s.journal.clear();
    ++s.epoch;
    exact_load = s.load;
  }

  /// The same case in a state of other dimensions, from nothing: more columns, wider bands (until
  /// they hold), longer ways. Throws: Error where costs leave the range.
  void start_again(std::size_t stride, std::size_t band, uint32_t most);
  void restate(std::size_t stride, std::size_t band, uint32_t most);
  void widen() { start_again(s.stride, s.band_size * 4, most_ds); }
  [[nodiscard]] std::optional<double> last_exact_recosted();
  [[nodiscard]] double exact_without_seat_cost() const;
  Repaired repaired(Clock::time_point deadline) {
    try {
      return repair(s, *paths, deadline, &times);
    } catch (const BandFull&) {
      return Repaired::NoProgress;
    }
  }
  bool finish(Clock::time_point deadline) {
    Repaired r = repaired(deadline);
    while (r == Repaired::NoProgress) {
      DOORSTEP_ASSERT(s.band_size < s.stride + 1);
      widen();
      r = repaired(deadline);
    }
    if (r == Repaired::Optimal) publish();
    return r == Repaired::Optimal;
  }
  void edit(uint32_t campus, std::span<const uint32_t> column, int64_t seats) {
    if (const uint32_t most = longest(column); most > most_ds)
      start_again(s.stride, s.band_size, 2 * most);
    edit(campus, column.empty(), seats, [&] {
      if (!column.empty()) put_column(s, column);
    });
  }
  void edit(uint32_t campus, std::shared_ptr<Column> column) {
    edit(campus, false, s.capacity[campus], [&] { put_column(s, column); });
  }
  void edit(uint32_t campus, bool keep, int64_t seats, const std::function<void()>& put) {
    const auto then = Clock::now();
    begin_run();
    exact = false;
    upkeeps = 0;
    pick_up(s, campus, keep);
    bool has_put = false;
    auto put_once = [&] {
      put();
      has_put = true;
    };
    try {
      reprice(s, put_once, seats);
    } catch (const BandFull&) {
      if (!has_put) put();
      s.capacity[campus] = seats;
      widen();
    }
    price_ms = std::chrono::duration<double, std::milli>(Clock::now() - then).count();
  }
};

/// What the last exact assignment costs now: flows as the journal has them, as the state otherwise.
std::optional<double> CapacityOptimum::Impl::last_exact_recosted() {
  for (std::size_t j = 0; j < s.stride; ++j)
    if (exact_load.empty() || exact_load[j] > s.capacity[j]) return std::nullopt;
  double travel = 0.0;
  bool possible = true;
  auto add = [&](std::size_t home, uint32_t campus, int64_t pupils) {
    if (campus == s.without_seat()) return;
    const uint32_t decisec = s.decisec(home, campus);
    possible &= decisec < kNoWay;
    travel += static_cast<double>(pupils) * decisec;
  };
  for (const OldFlow& f : s.journal) add(f.home, f.campus, f.flow);
  for (std::size_t i = 0; i < s.homes; ++i) {
    if (s.journal_mark[i] == s.epoch) continue;
    for (const BandEntry& e : s.band_of(i))
      if (e.flow > 0) add(i, e.campus, e.flow);
  }
  return possible ? std::optional(travel) : std::nullopt;
}

double CapacityOptimum::Impl::exact_without_seat_cost() const {
  return static_cast<double>(exact_load[s.without_seat()]) * s.cost.unplaced_ds();
}

void CapacityOptimum::Impl::start_again(std::size_t stride, std::size_t band, uint32_t most) {
  restate(stride, band, most);
  for (bool started = false; !started;) {
    try {
      start_cold(s);
      started = true;
    } catch (const BandFull&) {
      restate(s.stride, s.band_size * 4, most_ds);
    }
  }
}

void CapacityOptimum::Impl::restate(std::size_t stride, std::size_t band, uint32_t most) {
  if (s.dragged != State::kNone) {
    s.complete_dragged();
    if (const uint32_t way = longest(s.dragged_ds); way > most) most = 2 * way;
  }
  if (!ArcCost::fits(stride, most))
    throw Error("ways too long for exact prices", "least travel",
                "check the speed and the travel times of the place");
  State next(s.homes, stride, ArcCost(stride, most), std::min(band, stride + 1));
  most_ds = most;
  next.campuses = s.campuses;
  next.ds.assign(s.homes * stride, kNoWay);
  for (std::size_t i = 0; i < s.homes; ++i) {
    const uint32_t* row = s.row(i);
    std::copy(row, row + s.campuses, &next.ds[i * stride]);
    if (s.dragged != State::kNone) next.ds[i * stride + s.dragged] = s.dragged_ds[i];
  }
  std::copy_n(s.campus_key.begin(), s.campuses, next.campus_key.begin());
  std::copy_n(s.capacity.begin(), s.campuses, next.capacity.begin());
  next.capacity[stride] = kUnlimited;
  next.supply = std::move(s.supply);
  next.home_key = std::move(s.home_key);
  next.epoch = s.epoch + 1;
  exact_load.clear();  // the journal goes with the state
  const uint32_t dragged = s.dragged;
  s = std::move(next);
  paths.emplace(s);
  prepare(s);
  if (dragged != State::kNone) pick_up(s, dragged, true);
}

CapacityOptimum::CapacityOptimum(CapacityCase given)
    : impl_(std::make_unique<Impl>(std::move(given))) {}
CapacityOptimum::~CapacityOptimum() = default;
CapacityOptimum::CapacityOptimum(CapacityOptimum&&) noexcept = default;
CapacityOptimum& CapacityOptimum::operator=(CapacityOptimum&&) noexcept = default;

void CapacityOptimum::solve() {
  impl_->begin_run();
  try {
    start_cold(impl_->s);
  } catch (const BandFull&) {
    impl_->widen();
  }
  impl_->finish(Clock::time_point::max());
}

void CapacityOptimum::move(uint32_t campus, std::span<const uint32_t> column) {
  impl_->edit(campus, column, impl_->s.capacity[campus]);
}

void CapacityOptimum::move(uint32_t campus, std::shared_ptr<Column> column) {
  impl_->edit(campus, std::move(column));
}

uint32_t CapacityOptimum::add(int64_t seats, uint64_t key, std::span<const uint32_t> column) {
  State& s = impl_->s;
  uint32_t campus = 0;
  if (!impl_->removed.empty()) {
    campus = impl_->removed.back();
    impl_->removed.pop_back();
  } else {
    if (s.campuses == s.stride)
      impl_->start_again(CapacityCase::stride_for(s.campuses + 8), s.band_size, impl_->most_ds);
    campus = static_cast<uint32_t>(s.campuses++);
  }
  s.campus_key[campus] = key;
  impl_->edit(campus, column, seats);
  return campus;
}

void CapacityOptimum::remove(uint32_t campus) {
  const std::vector<uint32_t> nowhere(impl_->s.homes, kNoWay);
  impl_->edit(campus, nowhere, 0);
  impl_->removed.push_back(campus);
}

void CapacityOptimum::resize(uint32_t campus, int64_t seats) { impl_->edit(campus, {}, seats); }

bool CapacityOptimum::run(std::chrono::microseconds budget) {
  if (impl_->exact) return true;
  return impl_->finish(Clock::now() + budget);
}

bool CapacityOptimum::exact() const { return impl_->exact; }

void CapacityOptimum::upkeep(std::size_t homes) {
  renew_some(impl_->s, homes);
  if (++impl_->upkeeps == 2) impl_->s.complete_dragged();
}

std::size_t CapacityOptimum::homes() const { return impl_->s.homes; }
std::size_t CapacityOptimum::campuses() const { return impl_->s.campuses; }
int64_t CapacityOptimum::load(uint32_t campus) const { return impl_->s.load[campus]; }
int64_t CapacityOptimum::unplaced() const { return impl_->s.load[impl_->s.without_seat()]; }
int64_t CapacityOptimum::travel() const {
  const State& s = impl_->s;
  return static_cast<int64_t>(static_cast<uint64_t>(s.total) -
                              static_cast<uint64_t>(unplaced()) * uint64_t{s.cost.unplaced_ds()});
}
int64_t CapacityOptimum::seat_price(uint32_t campus) const {
  return places_one_more(campus) ? 0 : impl_->s.cost.round_ds(impl_->s.price[campus]);
}
bool CapacityOptimum::places_one_more(uint32_t campus) const {
  return impl_->s.price[campus] > impl_->s.cost.unplaced() / 2;
}
bool CapacityOptimum::in_shortage(std::size_t home) const {
  return impl_->s.supply[home] > 0 && impl_->s.value[home] > impl_->s.cost.unplaced_ds() / 2;
}

void CapacityOptimum::parts_of(std::size_t home, std::vector<FlowPart>& parts) const {
  const State& s = impl_->s;
  const std::size_t first = parts.size();
  for (const BandEntry& e : s.band_of(home))
    if (e.flow > 0)
      parts.push_back({static_cast<uint32_t>(home),
                       e.campus == s.without_seat() ? kWithoutSeat : e.campus, e.flow});
  std::sort(parts.begin() + static_cast<std::ptrdiff_t>(first), parts.end(),
            [](const FlowPart& a, const FlowPart& b) { return a.campus < b.campus; });
}

std::vector<FlowPart> CapacityOptimum::parts() const {
  std::vector<FlowPart> parts;
  for (std::size_t i = 0; i < homes(); ++i) parts_of(i, parts);
  return parts;
}

std::optional<Gap> CapacityOptimum::gap() {
  State& s = impl_->s;
  if (impl_->exact) return Gap{static_cast<double>(travel()), static_cast<double>(travel())};
  const std::optional<double> travel = impl_->last_exact_recosted();
  if (!travel) return std::nullopt;
  return Gap{*travel, dual_bound(s) - impl_->exact_without_seat_cost()};
}

std::vector<uint32_t> CapacityOptimum::take_changes() {
  std::vector<uint32_t> taken = std::exchange(impl_->changes, {});
  std::sort(taken.begin(), taken.end());
  taken.erase(std::unique(taken.begin(), taken.end()), taken.end());
  return taken;
}

bool CapacityOptimum::proves_optimal() const {
  const State& s = impl_->s;
  if (s.column) s.column->complete();
  std::vector<int64_t> load(s.stride + 1);
  for (std::size_t i = 0; i < s.homes; ++i) {
    if (s.supply[i] == 0) continue;
    int64_t best = s.cost.unplaced();
    auto look = [&](uint32_t j, uint32_t d) {
      if (d < kNoWay) best = std::min(best, s.cost_of(i, j, d) + s.price[j]);
    };
    for (uint32_t j = 0; j < s.stride; ++j) {
      if (j == s.dragged) continue;
      const auto column = std::find_if(s.loose.begin(), s.loose.end(),
                                       [&](const State::Loose& c) { return c.campus == j; });
      look(j, column == s.loose.end() ? s.ds[i * s.stride + j] : column->ds[i]);
    }
    if (s.dragged != State::kNone) look(s.dragged, s.dragged_column()[i]);
    int64_t sent = 0;
    for (const BandEntry& e : s.band_of(i)) {
      if (e.flow < 0 || (e.flow > 0 && s.value_at(e) != best)) return false;
      sent += e.flow;
      load[e.campus] += e.flow;
    }
    if (sent != s.supply[i]) return false;
  }
  for (std::size_t j = 0; j < s.stride; ++j)
    if (load[j] != s.load[j] || load[j] > s.capacity[j] || s.price[j] < 0 ||
        (load[j] < s.capacity[j] && s.price[j] > 0))
      return false;
  return true;
}

CapacityOptimum::Effort CapacityOptimum::effort() const {
  const Work& w = impl_->s.work;
  return {w.augmentations,
          w.settled,
          w.rows_read,
          w.suspects,
          w.violations,
          w.rounds,
          w.candidates,
          impl_->price_ms,
          impl_->times.repair_ms,
          impl_->times.smallest_ms,
          impl_->times.certify_ms};
}

}  // namespace doorstep::live
