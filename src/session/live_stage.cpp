#include "session/live_stage.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "simulate/live_year.h"

namespace doorstep::session {

namespace {

using Clock = std::chrono::steady_clock;

/// Entries of home × campus over all grades beyond which older grades are left as they are.
constexpr double kMostEntries = 2.5e8;

/// An admission with what it was decided from.
struct Seen {
  AdmissionInput input;
  Admission admission;
};

bool same_offer(const Offer& a, const Offer& b) {
  constexpr double kSeat = 1e-9;  // sums of pupils differ by rounding
  return a.open == b.open && std::abs(a.seats - b.seats) <= kSeat && a.quality == b.quality &&
         a.brand == b.brand && a.brand_of_class == b.brand_of_class && a.overflow == b.overflow &&
         a.ownership == b.ownership && a.fee == b.fee;
}

std::vector<HomeId> homes_of(const std::vector<Seen>& grades, std::size_t homes) {
  IdVector<HomeId, char> has(homes, 0);
  for (const Seen& g : grades)
    for (const Entrants& e : g.input.entrants)
      if (e.pupils > 0.0) has[e.home] = 1;
  std::vector<HomeId> out;
  for (HomeId h : has.ids())
    if (has[h]) out.push_back(h);
  return out;
}

Year first_year(const Outcome& outcome) {
  return outcome.scenario.first_year > 0 ? outcome.scenario.first_year : outcome.place.base_year;
}

bool same_but_place(const Edit& a, const Edit& b) {
  const auto* x = std::get_if<OpenCampus>(&a);
  const auto* y = std::get_if<OpenCampus>(&b);
  return x && y && x->code == y->code && x->stage == y->stage && x->seats == y->seats &&
         x->intake == y->intake && x->year == y->year && x->school == y->school &&
         x->quality == y->quality;
}

}  // namespace

struct LiveStage::Prepared {
  std::shared_ptr<const Outcome> base;
  StageId stage;
  Year first = 0;
  Year year = 0;
  std::shared_ptr<const LiveTravel> travel;
  std::vector<std::unique_ptr<LiveEngine>> grades;  ///< from the first up
  StageYear run;                                    ///< the year without any edit
  Admission entry_before;                           ///< where older pupils stay

  std::optional<Edit> edit;  ///< what is shown
  std::optional<std::size_t> replaces;
  std::shared_ptr<Outcome> now;  ///< the place with it; its travel follows the mouse
  std::vector<std::shared_ptr<Outcome>> pool;
  std::optional<CampusId> subject;  ///< the campus that was added or stands elsewhere
  bool added = false;
  bool entry_asked = false;  ///< the first grade knows what it has to offer
  std::vector<Admission> older;
  IdVector<CampusId, Offer> offers;
  LiveStatus status;
  LiveFrame entry;
  std::shared_ptr<const Outcome> picture;

  [[nodiscard]] bool may_tell(const Edit& edit) const;
  [[nodiscard]] YearScope scope() const;
  bool take(const Edit& next, std::optional<std::size_t> instead);
  bool place_it(const Edit& next, std::optional<std::size_t> instead);
  void move_subject(Xy at);
  void fill_column();
  std::shared_ptr<Outcome> spare();
  bool ask(LiveEngine& engine, const IdVector<CampusId, Offer>& offers);
  bool ask_older();
  bool ask_entry();
  bool work(Clock::time_point end);
  void report();
  void paint();
  void take_back();
};

LiveStage::LiveStage(std::unique_ptr<Prepared> prepared) : p_(std::move(prepared)) {}
LiveStage::~LiveStage() = default;

std::unique_ptr<LiveStage> LiveStage::create(std::shared_ptr<const Outcome> base, StageId stage,
                                             Year year, unsigned threads, Progress& progress) {
  const Place& place = base->place;
  const Year first = first_year(*base);
  if (!LiveTravel::possible(*base) || !stage.valid() || year < first ||
      place.policy.eligibility != Eligibility::All)
    return nullptr;
  auto p = std::make_unique<Prepared>();
  p->base = base;
  p->stage = stage;
  p->first = first;
  p->year = year;
  const auto count = static_cast<std::size_t>(std::max(1, place.stages[stage].grades));
  std::vector<Seen> seen(count);
  RunOptions options;
  options.first_year = base->scenario.first_year;
  options.years = year - first;
  options.seed = base->scenario.seed;
  options.relief = false;
  options.only = stage;
  options.watch = [&](const AdmissionInput& input, const Admission& admission) {
    if (input.stage == stage && input.year == year && input.grade == 0)
      seen[0] = {input, admission};
  };
  if (year == first)
    options.watch_older = [&](int grade, const AdmissionInput& input, const Admission& admission) {
      if (input.stage == stage) seen[static_cast<std::size_t>(grade)] = {input, admission};
    };
  const OpenPlace& opened = *base->opened;
  RunResult run =
      simulate(place, base->travel, opened.coefficients, opened.forms, options, progress);
  p->run = std::move(run.years.back().stages[stage]);
  const double entries = static_cast<double>(place.homes.size() * place.campuses.size() * count);
  if (year > first || entries > kMostEntries) seen.resize(1);
  for (const Seen& g : seen)
    if (g.input.place == nullptr) return nullptr;
  p->status.whole_stage = seen.size() == count && year == first;
  p->travel = std::make_shared<const LiveTravel>(base, homes_of(seen, place.homes.size()), threads);
  for (const Seen& g : seen) {
    p->grades.push_back(LiveEngine::of(g.input, g.admission, p->travel, progress));
    if (!p->grades.back()) return nullptr;
  }
  p->entry_before = std::move(seen.front().admission);
  return std::unique_ptr<LiveStage>(new LiveStage(std::move(p)));
}

/// Whether the edit changes what campuses offer in this year, and nothing that came before it.
bool LiveStage::Prepared::may_tell(const Edit& next) const {
  const auto in_time = [&](Year from) { return from == year || (year == first && from < year); };
  const std::string& code = base->place.stages[stage].code;
  if (const auto* open = std::get_if<OpenCampus>(&next))
    return open->stage == code && in_time(open->year);
  if (const auto* seats = std::get_if<SetSeats>(&next))
    return seats->stage == code && in_time(seats->year);
  const auto* close = std::get_if<CloseCampus>(&next);
  if (!close || !status.whole_stage || !in_time(close->year)) return false;
  const CampusId c = find_campus(base->place, close->campus);
  if (!c.valid()) return false;
  // Who finished an earlier stage there would come from elsewhere.
  const auto& taught = base->place.campuses[c].stages;
  for (StageId s : taught.ids())
    if (taught[s] && base->place.stages[s].entry_age < base->place.stages[stage].entry_age)
      return false;
  return true;
}

YearScope LiveStage::Prepared::scope() const {
  const OpenPlace& opened = *base->opened;
  return {now->place, now->travel, opened.coefficients, opened.forms, stage,
          first,      year,        base->scenario.seed};
}

/// A copy of the place with the edit that nobody looks at any more.
std::shared_ptr<Outcome> LiveStage::Prepared::spare() {
  for (const auto& o : pool)
    if (o.use_count() == 1) return o;
  pool.push_back(std::make_shared<Outcome>(*pool.front()));
  return pool.back();
}

/// The edited place, where it is another than before. Returns false where only a run can tell.
bool LiveStage::Prepared::place_it(const Edit& next, std::optional<std::size_t> instead) {
  take_back();
  Scenario scenario = base->scenario;
  if (instead && *instead >= scenario.edits.size()) return false;
  if (instead)
    scenario.edits[*instead] = next;
  else
    scenario.edits.push_back(next);
  auto fresh = std::make_shared<Outcome>();
  try {
    fresh->place = apply(base->opened->place, scenario).value;
  } catch (const Error&) {
    return false;  // the run that follows says why
  }
  const std::size_t before = base->place.campuses.size();
  const std::size_t after = fresh->place.campuses.size();
  if (fresh->place.homes.size() != base->place.homes.size() || after < before || after > before + 1)
    return false;
  fresh->opened = base->opened;
  fresh->scenario = std::move(scenario);
  fresh->only = stage;
  fresh->travel = base->travel;
  added = after > before;
  if (added) {
    subject = CampusId(before);
    fresh->travel = TravelTable(base->travel.homes(), after, base->travel.speed());
    fresh->travel.set_router(base->travel.router());
    for (HomeId h : base->place.homes.ids())
      for (CampusId c : base->place.campuses.ids())
        fresh->travel.set_decisec(h, c, base->travel.decisec(h, c));
  } else if (const auto* open = std::get_if<OpenCampus>(&next)) {
    subject = find_campus(fresh->place, open->code);
  }
  pool = {std::move(fresh)};
  edit = next;
  replaces = instead;
  return true;
}

/// The column of the subject in the travel of `now`.
void LiveStage::Prepared::fill_column() {
  if (!subject) return;
  std::vector<uint32_t> ds;
  travel->to(now->place.campuses[*subject].at, ds);
  for (std::size_t i = 0; i < ds.size(); ++i)
    now->travel.set_decisec(travel->homes()[i], *subject, ds[i]);
}

bool LiveStage::Prepared::take(const Edit& next, std::optional<std::size_t> instead) {
  const bool moved_on = edit && replaces == instead && same_but_place(*edit, next);
  if (!moved_on && !place_it(next, instead)) return false;
  edit = next;
  now = spare();
  if (const auto* open = std::get_if<OpenCampus>(&next))
    now->place.campuses[*subject].at = open->at;
  fill_column();
  entry_asked = false;
  return ask_older() && (grades.size() > 1 || ask_entry());
}

/// Tells an engine what campuses offer and where they stand now. Returns false where pools or
/// groups become others: rows of pupils would, too.
bool LiveStage::Prepared::ask(LiveEngine& engine, const IdVector<CampusId, Offer>& wanted) {
  const auto& known = engine.input().offers;
  const std::size_t kept = added ? wanted.size() - 1 : wanted.size();
  for (std::size_t k = 0; k < kept; ++k) {
    const CampusId c(k);
    if (wanted[c].open && known[c].open &&
        (wanted[c].pool != known[c].pool || wanted[c].group != known[c].group))
      return false;
    if (!same_offer(known[c], wanted[c])) {
      Offer offer = wanted[c];
      offer.pool = known[c].pool;
      offer.group = known[c].group;
      engine.set_offer(c, offer);
    }
  }
  if (!subject) return true;
  const Campus& campus = now->place.campuses[*subject];
  if (!added || known.size() > kept) {
    engine.move(*subject, campus.at);
    if (added && !same_offer(known[*subject], wanted[*subject]))
      engine.set_offer(*subject, wanted[*subject]);
  } else {
    engine.add(campus.code, wanted[*subject], campus.at);
  }
  return true;
}

bool LiveStage::Prepared::ask_older() {
  for (std::size_t g = grades.size(); g-- > 1;)
    if (!ask(*grades[g], older_grade_offers(scope(), static_cast<int>(g)))) return false;
  return true;
}

bool LiveStage::Prepared::ask_entry() {
  older.clear();
  std::vector<AdmittedRows> above;
  for (std::size_t g = 1; g < grades.size(); ++g)
    older.push_back(grades[g]->admission(now->place, now->travel));
  for (std::size_t g = 1; g < grades.size(); ++g)
    above.push_back({&grades[g]->input().entrants, &older[g - 1]});
  IdVector<CampusId, double> continuing = admitted_by(above, now->place.campuses.size());
  if (!status.whole_stage)
    for (CampusId c : run.campuses.ids())
      if (!run.campuses[c].by_grade.empty())
        continuing[c] = run.campuses[c].enrolment - run.campuses[c].by_grade.front();
  offers = entry_offers(scope(), continuing);
  entry_asked = true;
  return ask(*grades.front(), offers);
}

/// Works on the grades from the top, since entry has to know who continues.
bool LiveStage::Prepared::work(Clock::time_point end) {
  const auto left = [&] {
    return std::max(std::chrono::microseconds(0),
                    std::chrono::duration_cast<std::chrono::microseconds>(end - Clock::now()));
  };
  bool exact = true;
  for (std::size_t g = grades.size(); g-- > 1;) {
    if (grades[g]->frame().exact) continue;
    exact = grades[g]->run(left()).exact && exact;
  }
  if (exact && !entry_asked && !ask_entry()) return false;
  if (entry_asked && !grades.front()->frame().exact)
    exact = grades.front()->run(left()).exact && exact;
  status.exact = exact && entry_asked;
  report();
  paint();
  return true;
}

void LiveStage::Prepared::report() {
  status.gap = 0.0;
  status.off_seats.reset();
  for (const auto& engine : grades) {
    const LiveFrame& f = engine->frame();
    if (f.exact) continue;
    if (f.off_seats) status.off_seats = std::max(status.off_seats.value_or(0.0), *f.off_seats);
    if (f.gap && status.gap)
      status.gap = std::max(*status.gap, *f.gap);
    else
      status.gap.reset();
  }
  if (!entry_asked) status.gap.reset();  // its seats are not known yet
  entry = grades.front()->frame();
  entry.exact = status.exact;
  entry.gap = status.gap;
  entry.off_seats = status.off_seats;
}

/// Puts the year into `now` and hands it out.
void LiveStage::Prepared::paint() {
  YearResult year_result;
  year_result.year = year;
  year_result.groups.resize(now->place.groups.size());
  StageYear nobody;
  nobody.campuses.resize(now->place.campuses.size());
  nobody.unplaced_of.resize(now->place.homes.size());
  year_result.stages.resize(now->place.stages.size(), nobody);
  if (status.exact) {
    const Admission first_grade = grades.front()->admission(now->place, now->travel);
    const AdmittedRows admitted{&grades.front()->input().entrants, &first_grade};
    std::vector<AdmittedRows> all{admitted};
    for (std::size_t g = 1; g < grades.size(); ++g)
      all.push_back({&grades[g]->input().entrants, &older[g - 1]});
    year_result.stages[stage] =
        status.whole_stage
            ? first_year_of(scope(), all, offers)
            : later_year_of(scope(), run, {admitted.rows, &entry_before}, admitted, offers);
  } else if (picture && picture->place.campuses.size() == now->place.campuses.size()) {
    year_result.stages[stage] = picture->run.years.front().stages[stage];
  } else {
    return;
  }
  now->run = {};
  now->run.years.push_back(std::move(year_result));
  now->indicators = measure(now->place, now->travel, now->run, base->opened->standards);
  picture = now;
}

void LiveStage::Prepared::take_back() {
  picture.reset();
  now.reset();
  pool.clear();
  older.clear();
  edit.reset();
  for (const auto& engine : grades) {
    if (engine->input().offers.size() > base->place.campuses.size()) engine->take_back();
    for (CampusId c : base->place.campuses.ids())
      if (!(engine->frame().campuses[c.index].at == base->place.campuses[c].at))
        engine->move(c, base->place.campuses[c].at);
  }
  subject.reset();
  added = false;
}

bool LiveStage::show(const Edit& edit, std::optional<std::size_t> replaces,
                     std::chrono::microseconds budget) {
  if (p_->may_tell(edit) && p_->take(edit, replaces) && p_->work(Clock::now() + budget))
    return true;
  clear();
  return false;
}

bool LiveStage::go_on(std::chrono::microseconds budget) {
  if (!showing() || p_->status.exact) return false;
  p_->now = p_->spare();
  if (const auto* open = std::get_if<OpenCampus>(&*p_->edit))
    p_->now->place.campuses[*p_->subject].at = open->at;
  p_->fill_column();
  return p_->work(Clock::now() + budget) && p_->status.exact;
}

// The engines keep the offers of the edit until the next one is shown, which sets them all.
void LiveStage::clear() { p_->take_back(); }
bool LiveStage::showing() const { return p_->edit.has_value(); }
StageId LiveStage::stage() const { return p_->stage; }
Year LiveStage::year() const { return p_->year; }
const LiveStatus& LiveStage::status() const { return p_->status; }
const LiveFrame& LiveStage::entry() const { return p_->entry; }
std::shared_ptr<const Outcome> LiveStage::picture() const { return p_->picture; }

void LiveStage::upkeep() {
  for (const auto& engine : p_->grades)
    if (engine->frame().exact) engine->upkeep();
}

}  // namespace doorstep::session
