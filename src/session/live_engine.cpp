#include "session/live_engine.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "assign/eligibility.h"
#include "base/error.h"
#include "session/live_rule.h"

namespace doorstep::session {

struct LiveEngine::Prepared {
  AdmissionInput input;
  std::shared_ptr<const LiveTravel> travel;
  std::unique_ptr<LiveRule> rule;
  LiveFrame frame;
  bool added = false;
  std::vector<std::optional<Xy>> moved_to;  ///< by campus of the place
  std::vector<uint32_t> column;

  void read_column(CampusId campus);
};

namespace {

std::unique_ptr<LiveRule> rule_of(const AdmissionInput& input, const LiveTravel& travel) {
  switch (input.policy.rule) {
    case Rule::LeastTravel:
      return live_least_travel(input, travel);
    case Rule::Nearest:
      return live_nearest(input, travel);
    case Rule::Choice:
      return live_choice(input, travel);
    case Rule::Catchment:
    case Rule::Micro:
      break;
  }
  return nullptr;
}

/// Whether the engine begins where the run stands, campus by campus.
bool as_decided(const Admission& own, const Admission& run) {
  constexpr double kPupil = 1e-6;
  if (own.campuses.size() != run.campuses.size()) return false;
  for (CampusId c : run.campuses.ids())
    if (std::abs(own.campuses[c].admitted - run.campuses[c].admitted) > kPupil) return false;
  return true;
}

std::vector<HomeId> homes_with_pupils(const AdmissionInput& input) {
  IdVector<HomeId, char> has(input.place->homes.size(), 0);
  for (const Entrants& e : input.entrants)
    if (e.pupils > 0.0) has[e.home] = 1;
  std::vector<HomeId> homes;
  for (HomeId h : has.ids())
    if (has[h]) homes.push_back(h);
  return homes;
}

}  // namespace

LiveEngine::LiveEngine(std::unique_ptr<Prepared> prepared) : p_(std::move(prepared)) {}
LiveEngine::~LiveEngine() = default;

std::unique_ptr<LiveEngine> LiveEngine::of(const AdmissionInput& input, const Admission& decided,
                                           std::shared_ptr<const LiveTravel> travel,
                                           Progress& progress) {
  // Two stages of admission are more than one engine follows.
  if (input.policy.eligibility != Eligibility::All || input.policy.private_first ||
      travel->homes().empty())
    return nullptr;
  auto p = std::make_unique<Prepared>();
  p->input = input;
  p->travel = std::move(travel);
  progress.step("optimum under capacity", 0.5);
  p->rule = rule_of(p->input, *p->travel);
  if (!p->rule || !p->rule->run(std::chrono::hours(1))) return nullptr;
  const Place& place = *input.place;
  for (CampusId c : input.offers.ids())
    p->frame.campuses.push_back(
        {place.campuses[c].code, place.campuses[c].at, input.offers[c].seats, 0, 0, false});
  p->moved_to.resize(input.offers.size());
  std::unique_ptr<LiveEngine> engine(new LiveEngine(std::move(p)));
  engine->run();
  engine->p_->frame.changed.clear();
  if (!as_decided(engine->admission(place, *input.travel), decided)) return nullptr;
  return engine;
}

std::unique_ptr<LiveEngine> LiveEngine::create(std::shared_ptr<const Outcome> outcome,
                                               StageId stage, unsigned threads,
                                               Progress& progress) {
  if (!LiveTravel::possible(*outcome)) return nullptr;
  std::optional<AdmissionInput> input;
  Admission decided;
  RunOptions options;
  options.first_year = outcome->scenario.first_year;
  options.years = 0;
  options.seed = outcome->scenario.seed;
  options.only = stage;
  options.watch = [&](const AdmissionInput& seen, const Admission& admission) {
    if (seen.stage != stage || seen.grade != 0) return;
    input = seen;
    decided = admission;
  };
  const OpenPlace& opened = *outcome->opened;
  static_cast<void>(simulate(outcome->place, outcome->travel, opened.coefficients, opened.forms,
                             options, progress));
  if (!input) return nullptr;
  auto travel = std::make_shared<const LiveTravel>(outcome, homes_with_pupils(*input), threads);
  return of(*input, decided, std::move(travel), progress);
}

StageId LiveEngine::stage() const { return p_->input.stage; }
const LiveFrame& LiveEngine::frame() const { return p_->frame; }
const AdmissionInput& LiveEngine::input() const { return p_->input; }

void LiveEngine::Prepared::read_column(CampusId campus) {
  const bool as_given = campus.index < moved_to.size() && !moved_to[campus.index];
  if (as_given)
    travel->of(campus, column);
  else
    travel->to(frame.campuses[campus.index].at, column);
}

void LiveEngine::move(CampusId campus, Xy at) {
  LiveCampus& c = p_->frame.campuses[campus.index];
  if (c.at == at) return;
  c.at = at;
  if (campus.index < p_->moved_to.size()) {
    const bool home_again = p_->input.place->campuses[campus].at == at;
    p_->moved_to[campus.index] = home_again ? std::nullopt : std::optional<Xy>(at);
  }
  p_->frame.exact = false;
  if (const HomeSweep* sweep = p_->travel->sweep();
      sweep && p_->rule->move_to(campus, sweep->router().snap(at)))
    return;
  p_->read_column(campus);
  p_->rule->move(campus, p_->column);
}

void LiveEngine::add(const std::string& code, const Offer& offer, Xy at) {
  DOORSTEP_ASSERT(!p_->added);
  p_->added = true;
  p_->input.offers.push_back(offer);
  p_->frame.campuses.push_back({code, at, offer.seats, 0, 0, false});
  p_->frame.exact = false;
  p_->travel->to(at, p_->column);
  p_->rule->add(offer, code, p_->column);
}

void LiveEngine::take_back() {
  DOORSTEP_ASSERT(p_->added);
  p_->added = false;
  p_->rule->take_back();
  p_->input.offers.raw().pop_back();
  p_->frame.campuses.pop_back();
  p_->frame.exact = false;
}

void LiveEngine::set_offer(CampusId campus, const Offer& offer) {
  p_->frame.campuses[campus.index].seats = offer.seats;
  p_->frame.exact = false;
  p_->read_column(campus);
  p_->rule->set_offer(campus, offer, p_->column);
  p_->input.offers[campus] = offer;
}

const Offer& LiveEngine::offer(CampusId campus) const { return p_->input.offers[campus]; }

const LiveFrame& LiveEngine::run(std::chrono::microseconds budget) {
  p_->frame.exact = p_->rule->run(budget);
  p_->rule->read(p_->frame);
  return p_->frame;
}

Admission LiveEngine::admission(const Place& place, const TravelTable& travel) const {
  DOORSTEP_ASSERT(p_->frame.exact);
  AdmissionInput seen = p_->input;
  seen.place = &place;
  seen.travel = &travel;
  Progress progress;
  return p_->rule->admission(seen, progress);
}

std::vector<LiveFlow> LiveEngine::flows() const {
  std::map<std::pair<std::size_t, std::size_t>, double> sum;
  const Admission a = admission(*p_->input.place, *p_->input.travel);
  for (const Flow& f : a.flows)
    sum[{p_->input.entrants[f.entrants].home.index, f.campus.index}] += f.pupils;
  std::vector<LiveFlow> out;
  for (const auto& [pair, pupils] : sum) out.push_back({HomeId(pair.first), pair.second, pupils});
  return out;
}

void LiveEngine::upkeep() { p_->rule->upkeep(); }

}  // namespace doorstep::session
