#include "session/live_engine.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "assign/eligibility.h"
#include "assign/live/capacity_optimum.h"
#include "base/error.h"
#include "base/random.h"
#include "network/home_sweep.h"

namespace doorstep::session {

namespace {

constexpr double kUnitsPerPupil = 1e9;  // as the runs count, rows may hold fractions of pupils
constexpr uint32_t kNowhere = TravelTable::kUnreachable;
constexpr std::size_t kUpkeepHomes = 2048;

int64_t units(double pupils) { return std::llround(pupils * kUnitsPerPupil); }
double pupils(int64_t n) { return static_cast<double>(n) / kUnitsPerPupil; }

uint64_t key_of(const std::string& code) { return RandomKey(0).with(code).bits(); }

/// Interleaved bits of a point inside a box: homes near each other get positions near each other.
uint64_t along_curve(Xy p, Xy low, double size) {
  auto cell = [&](double v, double from) {
    return static_cast<uint32_t>(std::clamp((v - from) / std::max(size, 1.0), 0.0, 1.0) * 1048575);
  };
  uint64_t code = 0;
  const uint32_t x = cell(p.x, low.x);
  const uint32_t y = cell(p.y, low.y);
  for (int b = 0; b < 20; ++b)
    code |= (uint64_t{x} >> b & 1) << (2 * b) | (uint64_t{y} >> b & 1) << (2 * b + 1);
  return code;
}

/// Whether the seats for entry are the same wherever older pupils go: the planned intake is no more
/// than a grade's share of the stage.
bool entry_stands_alone(const AdmissionInput& input) {
  const double grades = input.place->stages[input.stage].grades;
  for (CampusId c : input.offers.ids()) {
    if (!input.offers[c].open) continue;
    const auto& stage = input.place->campuses[c].stages[input.stage];
    if (!stage || stage->intake.empty()) continue;
    if (value_in(stage->intake, input.year) > value_in(stage->seats, input.year) / grades + 1e-9)
      return false;
  }
  return true;
}

}  // namespace

/// Travel from the engine's homes to any point, as the travel table of the place would have it.
class HomesTravel {
 public:
  HomesTravel(const Outcome& outcome, std::vector<HomeId> homes, unsigned threads)
      : place_(outcome.place), homes_(std::move(homes)), router_(outcome.travel.router()) {
    limit_ds_ = place_.policy.max_minutes.value * 600.0;
    if (place_.travel.mode != TravelMode::Streets) return;
    std::vector<StreetSnap> snaps;
    for (HomeId h : homes_) snaps.push_back(router_->snap(place_.homes[h].at));
    sweep_.emplace(router_, snaps, threads);
  }
  void to(Xy at, std::vector<uint32_t>& ds) const {
    ds.resize(homes_.size());
    if (sweep_)
      sweep_->to_campus(router_->snap(at), ds);
    else
      for (std::size_t i = 0; i < homes_.size(); ++i)
        ds[i] = straight(place_.homes[homes_[i]].at, at);
    for (uint32_t& d : ds)
      if (d != kNowhere && static_cast<double>(d) > limit_ds_) d = kNowhere;
  }

 private:
  [[nodiscard]] uint32_t straight(Xy home, Xy campus) const {
    const Minutes m = Metres(distance_m(home, campus)) * place_.travel.detour / place_.travel.speed;
    return static_cast<uint32_t>(std::llround(m.value * 600.0));
  }
  const Place& place_;
  std::vector<HomeId> homes_;
  std::shared_ptr<const StreetRouter> router_;
  std::optional<HomeSweep> sweep_;
  double limit_ds_ = 0.0;
};

struct LiveEngine::Prepared {
  std::shared_ptr<const Outcome> outcome;
  StageId stage;
  std::vector<HomeId> homes;  // by row
  IdVector<HomeId, uint32_t> row_of;
  std::vector<uint32_t> column_of;  // by position in frame.campuses; none: takes no part
  std::optional<HomesTravel> travel;
  std::optional<live::CapacityOptimum> optimum;
  LiveFrame frame;
  int64_t counted_travel = 0;  // modulo 2⁶⁴, at the last frame
  std::optional<std::size_t> in_hand;
  bool is_new = false;
  bool placed = false;  // a candidate has been put down somewhere
  LiveCampus before;
  std::vector<uint32_t> column;

  static constexpr uint32_t kNone = std::numeric_limits<uint32_t>::max();

  void order_homes(const AdmissionInput& input);
  [[nodiscard]] live::CapacityCase case_of(const AdmissionInput& input);
  void publish();
  const LiveFrame& finish(std::chrono::microseconds budget);
  void move_in_hand(Xy at);
};

void LiveEngine::Prepared::order_homes(const AdmissionInput& input) {
  const Place& place = outcome->place;
  IdVector<HomeId, char> has(place.homes.size(), 0);
  for (const Entrants& e : input.entrants)
    if (e.pupils > 0.0) has[e.home] = 1;
  Xy low{1e300, 1e300};
  Xy high{-1e300, -1e300};
  for (HomeId h : place.homes.ids()) {
    if (!has[h]) continue;
    homes.push_back(h);
    const Xy at = place.homes[h].at;
    low = {std::min(low.x, at.x), std::min(low.y, at.y)};
    high = {std::max(high.x, at.x), std::max(high.y, at.y)};
  }
  const double size = std::max(high.x - low.x, high.y - low.y);
  std::stable_sort(homes.begin(), homes.end(), [&](HomeId a, HomeId b) {
    return along_curve(place.homes[a].at, low, size) < along_curve(place.homes[b].at, low, size);
  });
  row_of = IdVector<HomeId, uint32_t>(place.homes.size(), kNone);
  for (uint32_t i = 0; i < homes.size(); ++i) row_of[homes[i]] = i;
}

live::CapacityCase LiveEngine::Prepared::case_of(const AdmissionInput& input) {
  const Place& place = outcome->place;
  live::CapacityCase given;
  std::vector<CampusId> open;
  for (CampusId c : input.offers.ids()) {
    const Offer& offer = input.offers[c];
    frame.campuses.push_back(
        {place.campuses[c].code, place.campuses[c].at, offer.seats, 0, 0, false});
    column_of.push_back(offer.open ? static_cast<uint32_t>(open.size()) : kNone);
    if (!offer.open) continue;
    open.push_back(c);
    given.capacity.push_back(units(offer.seats));
    given.campus_key.push_back(key_of(place.campuses[c].code));
  }
  const std::size_t stride = live::CapacityCase::stride_for(open.size());
  std::vector<double> sum(homes.size());
  for (const Entrants& e : input.entrants)
    if (e.pupils > 0.0) sum[row_of[e.home]] += e.pupils;
  given.ds.assign(homes.size() * stride, kNowhere);
  for (std::size_t i = 0; i < homes.size(); ++i) {
    given.supply.push_back(units(sum[i]));
    given.home_key.push_back(key_of(place.homes[homes[i]].code));
    for (std::size_t j = 0; j < open.size(); ++j)
      if (may_apply(input, homes[i], open[j]))
        given.ds[i * stride + j] = outcome->travel.decisec(homes[i], open[j]);
  }
  return given;
}

/// Every figure of the frame from the exact answer at once.
void LiveEngine::Prepared::publish() {
  frame.exact = true;
  frame.gap = 0.0;
  for (std::size_t k = 0; k < frame.campuses.size(); ++k) {
    LiveCampus& c = frame.campuses[k];
    const uint32_t j = column_of[k];
    c.admitted = j == kNone ? 0.0 : pupils(optimum->load(j));
    c.seat_price_min = j == kNone ? 0.0 : static_cast<double>(optimum->seat_price(j)) / 600.0;
    c.places_one_more = j != kNone && optimum->places_one_more(j);
  }
  frame.unplaced = pupils(optimum->unplaced());
  // Modulo arithmetic: between two frames the difference is small, whatever the sums are.
  const int64_t now = optimum->travel();
  frame.pupil_minutes += pupils(static_cast<int64_t>(static_cast<uint64_t>(now) -
                                                     static_cast<uint64_t>(counted_travel))) /
                         600.0;
  counted_travel = now;
  frame.changed.clear();
  for (const uint32_t i : optimum->take_changes()) frame.changed.push_back(homes[i]);
}

const LiveFrame& LiveEngine::Prepared::finish(std::chrono::microseconds budget) {
  if (optimum->run(budget)) {
    publish();
    return frame;
  }
  frame.exact = false;
  frame.changed.clear();
  const std::optional<live::Gap> gap = optimum->gap();
  frame.gap.reset();
  if (gap && gap->travel > 0.0) frame.gap = std::max(0.0, (gap->travel - gap->bound) / gap->travel);
  return frame;
}

void LiveEngine::Prepared::move_in_hand(Xy at) {
  LiveCampus& c = frame.campuses[*in_hand];
  c.at = at;
  travel->to(at, column);
  uint32_t& j = column_of[*in_hand];
  if (j == kNone)
    j = optimum->add(units(c.seats), key_of(c.code), column);
  else
    optimum->move(j, column);
  placed = true;
}

LiveEngine::LiveEngine(std::unique_ptr<Prepared> prepared) : p_(std::move(prepared)) {}
LiveEngine::~LiveEngine() = default;

std::unique_ptr<LiveEngine> LiveEngine::create(std::shared_ptr<const Outcome> outcome,
                                               StageId stage, unsigned threads,
                                               Progress& progress) {
  const Policy& policy = outcome->place.policy;
  const TravelMode mode = outcome->place.travel.mode;
  if (policy.rule != Rule::LeastTravel || policy.eligibility != Eligibility::All) return nullptr;
  if (mode == TravelMode::Table || (mode == TravelMode::Streets && !outcome->travel.router()))
    return nullptr;
  std::optional<AdmissionInput> input;
  RunOptions options;
  options.first_year = outcome->scenario.first_year;
  options.years = 0;
  options.seed = outcome->scenario.seed;
  options.only = stage;
  options.watch = [&](const AdmissionInput& seen, const Admission&) {
    if (seen.stage == stage) input = seen;
  };
  const OpenPlace& opened = *outcome->opened;
  static_cast<void>(simulate(outcome->place, outcome->travel, opened.coefficients, opened.forms,
                             options, progress));
  if (!input) return nullptr;
  if (!entry_stands_alone(*input)) return nullptr;
  auto p = std::make_unique<Prepared>();
  p->outcome = outcome;
  p->stage = stage;
  p->order_homes(*input);
  live::CapacityCase given = p->case_of(*input);
  uint32_t longest = 0;
  for (const uint32_t d : given.ds)
    if (d != kNowhere) longest = std::max(longest, d);
  if (p->homes.empty() || !live::CapacityCase::fits(given.capacity.size(), 2 * longest))
    return nullptr;
  p->travel.emplace(*outcome, p->homes, threads);
  progress.step("optimum under capacity", 0.5);
  p->optimum.emplace(std::move(given));
  p->optimum->solve();
  double ds = 0.0;
  for (const live::FlowPart& part : p->optimum->parts())
    if (part.campus != live::kWithoutSeat)
      for (std::size_t k = 0; k < p->column_of.size(); ++k)
        if (p->column_of[k] == part.campus)
          ds += pupils(part.pupils) * outcome->travel.decisec(p->homes[part.home], CampusId(k));
  p->frame.pupil_minutes = ds / 600.0;
  p->counted_travel = p->optimum->travel();
  p->publish();
  p->frame.changed.clear();
  return std::unique_ptr<LiveEngine>(new LiveEngine(std::move(p)));
}

StageId LiveEngine::stage() const { return p_->stage; }
const LiveFrame& LiveEngine::frame() const { return p_->frame; }

std::vector<LiveFlow> LiveEngine::flows_of(HomeId home) const {
  std::vector<LiveFlow> out;
  const uint32_t row = p_->row_of[home];
  if (row == Prepared::kNone) return out;
  std::vector<live::FlowPart> parts;
  p_->optimum->parts_of(row, parts);
  for (const live::FlowPart& part : parts)
    for (std::size_t k = 0; k < p_->column_of.size(); ++k)
      if (part.campus != live::kWithoutSeat && p_->column_of[k] == part.campus)
        out.push_back({home, k, pupils(part.pupils)});
  return out;
}

std::vector<LiveFlow> LiveEngine::flows() const {
  std::vector<LiveFlow> out;
  for (HomeId h : p_->outcome->place.homes.ids())
    for (const LiveFlow& f : flows_of(h)) out.push_back(f);
  return out;
}

void LiveEngine::begin_drag(CampusId campus) {
  DOORSTEP_ASSERT(!p_->in_hand && campus.index < p_->frame.campuses.size());
  p_->in_hand = campus.index;
  p_->is_new = false;
  p_->before = p_->frame.campuses[campus.index];
}

void LiveEngine::begin_new(std::string code, double seats) {
  DOORSTEP_ASSERT(!p_->in_hand);
  p_->in_hand = p_->frame.campuses.size();
  p_->is_new = true;
  p_->placed = false;
  p_->frame.campuses.push_back({std::move(code), {}, seats, 0.0, 0.0, false});
  p_->column_of.push_back(Prepared::kNone);
}

const LiveFrame& LiveEngine::drag_to(Xy at, std::chrono::microseconds budget) {
  DOORSTEP_ASSERT(p_->in_hand.has_value());
  p_->move_in_hand(at);
  return p_->finish(budget);
}

const LiveFrame& LiveEngine::go_on(std::chrono::microseconds budget) { return p_->finish(budget); }

const LiveFrame& LiveEngine::resize(double seats, std::chrono::microseconds budget) {
  DOORSTEP_ASSERT(p_->in_hand.has_value());
  LiveCampus& c = p_->frame.campuses[*p_->in_hand];
  c.seats = seats;
  if (p_->column_of[*p_->in_hand] != Prepared::kNone)
    p_->optimum->resize(p_->column_of[*p_->in_hand], units(seats));
  return p_->finish(budget);
}

const LiveFrame& LiveEngine::release() {
  p_->in_hand.reset();
  return p_->finish(std::chrono::hours(1));
}

const LiveFrame& LiveEngine::cancel() {
  DOORSTEP_ASSERT(p_->in_hand.has_value());
  const uint32_t j = p_->column_of[*p_->in_hand];
  if (p_->is_new) {
    if (p_->placed) p_->optimum->remove(j);
    p_->frame.campuses.pop_back();
    p_->column_of.pop_back();
  } else if (j != Prepared::kNone) {
    LiveCampus& c = p_->frame.campuses[*p_->in_hand];
    if (c.seats != p_->before.seats) p_->optimum->resize(j, units(p_->before.seats));
    c.seats = p_->before.seats;
    p_->move_in_hand(p_->before.at);
  }
  p_->in_hand.reset();
  return p_->finish(std::chrono::hours(1));
}

void LiveEngine::upkeep() { p_->optimum->upkeep(kUpkeepHomes); }

}  // namespace doorstep::session
