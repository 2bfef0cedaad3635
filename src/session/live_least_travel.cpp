// Least travel under the mouse: the transport optimum of assign/live.

#include <algorithm>
#include <cmath>
#include <limits>

#include "assign/eligibility.h"
#include "assign/least_travel.h"
#include "assign/live/capacity_optimum.h"
#include "assign/live/reach_column.h"
#include "base/error.h"
#include "base/random.h"
#include "session/live_rule.h"

namespace doorstep::session {

namespace {

constexpr double kUnitsPerPupil = 1e9;  // as the runs count, rows may hold fractions of pupils
constexpr uint32_t kNowhere = TravelTable::kUnreachable;
constexpr uint32_t kNone = std::numeric_limits<uint32_t>::max();
constexpr std::size_t kUpkeepHomes = 2048;

int64_t units(double pupils) { return std::llround(pupils * kUnitsPerPupil); }
double pupils_of(int64_t n) { return static_cast<double>(n) / kUnitsPerPupil; }
uint64_t key_of(const std::string& code) { return RandomKey(0).with(code).bits(); }

class LeastTravelRule final : public LiveRule {
 public:
  LeastTravelRule(const AdmissionInput& input, const LiveTravel& travel, live::CapacityCase given,
                  std::vector<uint32_t> column_of)
      : input_(&input),
        travel_(travel),
        column_of_(std::move(column_of)),
        optimum_(std::move(given)) {
    for (const Offer& o : input.offers) seats_.push_back(o.seats);
    for (const Campus& c : input.place->campuses) keys_.push_back(key_of(c.code));
    optimum_.solve();
    add_up();
  }

  void move(CampusId campus, std::span<const uint32_t> ds) override {
    if (column_of_[campus.index] != kNone)
      optimum_.move(column_of_[campus.index], within(campus, ds));
  }

  bool move_to(CampusId campus, const StreetSnap& at) override {
    if (serves_a_catchment(campus)) return false;  // its own apply from any distance
    if (column_of_[campus.index] == kNone) return true;
    if (!ways_) ways_ = std::make_shared<live::ReachColumn>(*travel_.sweep(), longest());
    ways_->put(at);
    optimum_.move(column_of_[campus.index], ways_);
    return true;
  }

  void add(const Offer& offer, const std::string& code, std::span<const uint32_t> ds) override {
    seats_.push_back(offer.seats);
    keys_.push_back(key_of(code));
    column_of_.push_back(kNone);
    const CampusId campus(column_of_.size() - 1);
    if (offer.open) open(campus, offer.seats, ds);
  }

  void take_back() override {
    if (column_of_.back() != kNone) optimum_.remove(column_of_.back());
    column_of_.pop_back();
    seats_.pop_back();
    keys_.pop_back();
  }

  void set_offer(CampusId campus, const Offer& offer, std::span<const uint32_t> ds) override {
    uint32_t& j = column_of_[campus.index];
    const bool was_open = j != kNone;
    const bool resized = seats_[campus.index] != offer.seats;
    seats_[campus.index] = offer.seats;
    if (offer.open && !was_open) return open(campus, offer.seats, ds);
    if (!offer.open && was_open) optimum_.remove(std::exchange(j, kNone));
    if (offer.open && resized) optimum_.resize(j, units(offer.seats));
  }

  bool run(std::chrono::microseconds budget) override { return optimum_.run(budget); }

  void read(LiveFrame& frame) override {
    frame.changed.clear();
    if (!optimum_.exact()) {
      const std::optional<live::Gap> gap = optimum_.gap();
      frame.gap.reset();
      if (gap && gap->travel > 0.0)
        frame.gap = std::max(0.0, (gap->travel - gap->bound) / gap->travel);
      return;
    }
    frame.gap = 0.0;
    for (std::size_t k = 0; k < frame.campuses.size(); ++k) {
      LiveCampus& c = frame.campuses[k];
      const uint32_t j = column_of_[k];
      c.admitted = j == kNone ? 0.0 : pupils_of(optimum_.load(j));
      c.seat_price_min = j == kNone ? 0.0 : static_cast<double>(optimum_.seat_price(j)) / 600.0;
      c.places_one_more = j != kNone && optimum_.places_one_more(j);
    }
    frame.unplaced = pupils_of(optimum_.unplaced());
    // Modulo arithmetic: between two frames the difference is small, whatever the sums are.
    const int64_t now = optimum_.travel();
    minutes_ += pupils_of(static_cast<int64_t>(static_cast<uint64_t>(now) -
                                               static_cast<uint64_t>(counted_))) /
                600.0;
    counted_ = now;
    frame.pupil_minutes = minutes_;
    for (const uint32_t i : optimum_.take_changes()) frame.changed.push_back(travel_.homes()[i]);
  }

  Admission admission(const AdmissionInput& seen, Progress&) override {
    Ledger ledger(seen);
    const std::vector<uint32_t> campus_of = campuses_by_column();
    std::vector<live::FlowPart> parts;
    for (std::size_t row = 0; row < seen.entrants.size();) {
      const HomeId home = seen.entrants[row].home;
      std::size_t end = row;
      int64_t all = 0;
      parts.clear();
      const uint32_t i = travel_.row_of(home);
      if (i != LiveTravel::kNone) optimum_.parts_of(i, parts);
      for (const live::FlowPart& p : parts) all += p.pupils;
      for (; end < seen.entrants.size() && seen.entrants[end].home == home; ++end)
        for (const live::FlowPart& p : parts)
          if (p.campus != live::kWithoutSeat)
            ledger.place(end, CampusId(campus_of[p.campus]),
                         seen.entrants[end].pupils * static_cast<double>(p.pupils) /
                             static_cast<double>(all));
      row = end;
    }
    for (CampusId c : seen.offers.ids()) {
      const uint32_t j = column_of_[c.index];
      if (j == kNone) continue;
      ledger.outcome(c).seat_price_min = static_cast<double>(optimum_.seat_price(j)) / 600.0;
      ledger.outcome(c).seat_places_one_more = optimum_.places_one_more(j);
    }
    count_passed_over(seen, ledger);
    return ledger.close();
  }

  void upkeep() override {
    if (optimum_.exact()) optimum_.upkeep(kUpkeepHomes);
  }

 private:
  void open(CampusId campus, double seats, std::span<const uint32_t> ds) {
    column_of_[campus.index] = optimum_.add(units(seats), keys_[campus.index], within(campus, ds));
  }

  /// The longest way on which a home may apply.
  [[nodiscard]] uint32_t longest() const {
    const double limit = input_->policy.max_minutes.value * 600.0 + 1e-6;
    return limit < 2e9 ? static_cast<uint32_t>(limit) : kNowhere;
  }
  [[nodiscard]] bool serves_a_catchment(CampusId campus) const {
    if (campus.index >= input_->place->campuses.size()) return false;
    return std::ranges::any_of(
        travel_.homes(), [&](HomeId home) { return in_own_catchment(*input_, home, campus); });
  }

  /// Only the ways within which the home may apply.
  std::span<const uint32_t> within(CampusId campus, std::span<const uint32_t> ds) {
    const double limit = input_->policy.max_minutes.value * 600.0 + 1e-6;
    const bool known = campus.index < input_->place->campuses.size();
    limited_.assign(ds.begin(), ds.end());
    for (std::size_t i = 0; i < ds.size(); ++i)
      if (ds[i] != kNowhere && static_cast<double>(ds[i]) > limit &&
          !(known && in_own_catchment(*input_, travel_.homes()[i], campus)))
        limited_[i] = kNowhere;
    return limited_;
  }

  [[nodiscard]] std::vector<uint32_t> campuses_by_column() const {
    std::vector<uint32_t> out(optimum_.campuses(), kNone);
    for (uint32_t k = 0; k < column_of_.size(); ++k)
      if (column_of_[k] != kNone) out[column_of_[k]] = k;
    return out;
  }

  /// The minutes of the first answer; later ones follow by difference.
  void add_up() {
    const std::vector<uint32_t> campus_of = campuses_by_column();
    double ds = 0.0;
    for (const live::FlowPart& part : optimum_.parts())
      if (part.campus != live::kWithoutSeat)
        ds += pupils_of(part.pupils) *
              input_->travel->decisec(travel_.homes()[part.home], CampusId(campus_of[part.campus]));
    minutes_ = ds / 600.0;
    counted_ = optimum_.travel();
  }

  const AdmissionInput* input_;
  const LiveTravel& travel_;
  std::vector<uint32_t> column_of_;  ///< by campus; kNone: closed
  std::vector<double> seats_;
  std::vector<uint64_t> keys_;
  live::CapacityOptimum optimum_;
  std::shared_ptr<live::ReachColumn> ways_;  ///< of the campus under the mouse
  double minutes_ = 0.0;
  int64_t counted_ = 0;  ///< travel modulo 2⁶⁴ when `minutes_` was brought up to date
  std::vector<uint32_t> limited_;
};

}  // namespace

std::unique_ptr<LiveRule> live_least_travel(const AdmissionInput& input, const LiveTravel& travel) {
  live::CapacityCase given;
  std::vector<uint32_t> column_of;
  std::vector<CampusId> open;
  for (CampusId c : input.offers.ids()) {
    column_of.push_back(input.offers[c].open ? static_cast<uint32_t>(open.size()) : kNone);
    if (!input.offers[c].open) continue;
    open.push_back(c);
    given.capacity.push_back(units(input.offers[c].seats));
    given.campus_key.push_back(key_of(input.place->campuses[c].code));
  }
  const auto& homes = travel.homes();
  const std::size_t stride = live::CapacityCase::stride_for(open.size());
  std::vector<double> sum(homes.size());
  for (const Entrants& e : input.entrants)
    if (e.pupils > 0.0) sum[travel.row_of(e.home)] += e.pupils;
  given.ds.assign(homes.size() * stride, kNowhere);
  uint32_t longest = 0;
  for (std::size_t i = 0; i < homes.size(); ++i) {
    given.supply.push_back(units(sum[i]));
    given.home_key.push_back(key_of(input.place->homes[homes[i]].code));
    for (std::size_t j = 0; j < open.size(); ++j) {
      if (!may_apply(input, homes[i], open[j])) continue;
      const uint32_t ds = input.travel->decisec(homes[i], open[j]);
      given.ds[i * stride + j] = ds;
      longest = std::max(longest, ds);
    }
  }
  if (!live::CapacityCase::fits(open.size(), 2 * longest)) return nullptr;
  return std::make_unique<LeastTravelRule>(input, travel, std::move(given), std::move(column_of));
}

}  // namespace doorstep::session
