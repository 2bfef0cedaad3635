#include "session/explain/home.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "assign/choice_pull.h"
#include "assign/eligibility.h"
#include "base/error.h"
#include "base/text.h"
#include "network/street_router.h"
#include "session/explain/subject.h"

namespace doorstep::session {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

HomeId home_named(const Place& place, const std::string& code) {
  std::vector<std::string> known;
  for (HomeId h : place.homes.ids()) {
    if (place.homes[h].code == code) return h;
    known.push_back(place.homes[h].code);
  }
  std::string near = closest(code, known);
  throw Error(fmt::format("no home \"{}\"", code), "--home",
              near.empty() ? "flows.csv of a run lists homes by code"
                           : fmt::format("did you mean {}?", near));
}

ClassId class_named(const Place& place, const std::string& code) {
  if (code.empty()) return {};
  std::string list;
  for (ClassId k : place.classes.ids()) {
    if (place.classes[k].code == code) return k;
    list += (list.empty() ? "" : ", ") + place.classes[k].code;
  }
  throw Error(fmt::format("no household class \"{}\"", code), "--class", "there are " + list);
}

/// The rows of one home in an admission, and where they went. Shares are of the home's entrants.
struct HomeRows {
  std::vector<std::size_t> rows;
  double entrants = 0.0;
  double unplaced = 0.0;
  std::map<std::string, double> share;  ///< by campus code

  HomeRows(const AdmissionInput& input, const Admission& admission, HomeId home,
           ClassId household) {
    for (std::size_t i = 0; i < input.entrants.size(); ++i) {
      const Entrants& e = input.entrants[i];
      if (e.home != home || (household.valid() && e.household != household)) continue;
      rows.push_back(i);
      entrants += e.pupils;
    }
    if (!(entrants > 0)) return;
    for (const Flow& f : admission.flows)
      if (std::ranges::binary_search(rows, f.entrants))
        share[input.place->campuses[f.campus].code] += f.pupils / entrants;
    for (std::size_t i : rows) unplaced += admission.unplaced[i] / entrants;
  }
  [[nodiscard]] double of(const std::string& campus) const {
    auto found = share.find(campus);
    return found == share.end() ? 0.0 : found->second;
  }
};

/// What one row thinks of each campus, and what it may hope for there.
class Eyes {
 public:
  Eyes(const AdmissionInput& input, const Admission& admission, const Entrants& row)
      : input_(input), admission_(admission), row_(row), order_(input) {
    const Rule rule = input.policy.rule;
    if (rule == Rule::Choice || rule == Rule::Micro) pull_ = std::make_unique<ChoicePull>(input);
  }

  [[nodiscard]] HomeOption option(CampusId c) const {
    const Place& place = *input_.place;
    HomeOption out;
    out.campus = place.campuses[c].code;
    out.name = place.campuses[c].name;
    const bool way = input_.travel->reachable(row_.home, c);
    out.minutes = way ? input_.travel->minutes(row_.home, c).value : kNone;
    out.metres = way ? input_.travel->metres(row_.home, c).value : kNone;
    out.own_catchment = in_own_catchment(input_, row_.home, c);
    out.tier = tier_of(input_, row_, c);
    out.chance = chance(c, out);
    if (!input_.offers[c].open)
      out.chance = 0.0;  // shown because children went there without the plan
    else if (pull_ && way)
      add_terms(c, out);
    return out;
  }

 private:
  [[nodiscard]] double chance(CampusId c, const HomeOption& option) const {
    const CampusOutcome& outcome = admission_.campuses[c];
    if (option.own_catchment && input_.offers[c].overflow == Overflow::Crowd) return 1.0;
    const int mine = order_.rank(option.tier, row_.household);
    const int last = order_.rank(outcome.cutoff_tier, ClassId());
    const int last_of_tier =
        outcome.cutoff_tier == Tier::Catchment && input_.policy.classes_in_order
            ? last + static_cast<int>(input_.place->classes.size()) - 1
            : last;
    if (mine < last) return 1.0;
    return mine <= last_of_tier ? outcome.cutoff_share : 0.0;
  }

  void add_terms(CampusId c, HomeOption& out) const {
    const Offer& offer = input_.offers[c];
    Offer bare;
    auto term = [&](const char* zh, const char* en, double value) {
      if (value == 0.0) return;
      out.terms.push_back({{zh, en}, value, "utility"});
      out.utility += value;
    };
    term("质量", "quality", pull_->value(row_, bare, std::log(offer.quality), 0.0));
    term("路程", "distance",
         pull_->value(row_, bare, 0.0, pull_->distance(input_.travel->decisec(row_.home, c))));
    term("名气", "brand", offer.brand);
    if (row_.household.valid() && row_.household.index < offer.brand_of_class.size())
      term("对本类家庭的吸引", "pull on its class", offer.brand_of_class[row_.household.index]);
    if (offer.fee > 0.0) {
      bare.fee = offer.fee;
      term("学费", "fee", pull_->value(row_, bare, 0.0, 0.0));
    }
    if (shares_group(c)) term("本学区或本集团", "own catchment or group", pull_->group_bonus());
    if (row_.present == c && row_.present.valid()) term("现读校", "present campus", pull_->stay());
  }

  [[nodiscard]] bool shares_group(CampusId c) const {
    const GroupId group = input_.offers[c].group;
    if (group.valid() && row_.group == group) return true;
    for (CampusId own : serving_campuses(input_, row_.home))
      if (own == c || (group.valid() && input_.offers[own].group == group)) return true;
    return false;
  }

  const AdmissionInput& input_;
  const Admission& admission_;
  const Entrants& row_;
  PriorityOrder order_;
  std::unique_ptr<ChoicePull> pull_;
};

std::string per_cent(double share) { return fmt::format("{:.0f} %", 100.0 * share); }

Name why_text(const HomeAnswer& a, const std::string& rule) {
  if (a.options.empty()) return {"没有可去的学校", "no school may be entered"};
  const HomeOption& first = a.options.front();
  const Name tier = tier_text(first.tier);
  std::string zh = fmt::format("{} 收下 {}", first.name.in_chinese(), per_cent(first.share));
  std::string en = fmt::format("{} takes {}", first.name.in_english(), per_cent(first.share));
  if (rule == "nearest") return {zh + "：最近的学校", en + ": it is the nearest"};
  if (rule == "catchment") return {zh + "：所属学区", en + ": it serves the home's catchment"};
  zh += fmt::format("：顺位“{}”", tier.zh);
  en += fmt::format(": priority \"{}\"", tier.en);
  if (first.chance >= 1.0) {
    zh += "，这一顺位全部录取";
    en += ", which gets in whole";
  } else if (first.chance > 0.0) {
    zh += fmt::format("，摇号中签 {}", per_cent(first.chance));
    en += fmt::format(", where {} of the lottery numbers get in", per_cent(first.chance));
  } else {
    zh += "，本不能录取，由统筹安排到余位";
    en += ", which does not get in: it was sent there where seats were left";
  }
  const HomeOption* wanted = nullptr;
  for (const HomeOption& o : a.options)
    if (!o.terms.empty() && (wanted == nullptr || o.utility > wanted->utility)) wanted = &o;
  if (wanted != nullptr && wanted != &first) {
    zh += fmt::format("；最想去的是 {}，能进 {}", wanted->name.in_chinese(),
                      per_cent(wanted->chance));
    en += fmt::format("; the most wanted is {}, where {} get in", wanted->name.in_english(),
                      per_cent(wanted->chance));
  }
  return {zh, en};
}

Name change_text(const HomeAnswer& a) {
  double moved = 0.0;
  std::string zh, en;
  for (const HomeOption& o : a.options) {
    const double more = o.share - o.share_before;
    moved += std::max(0.0, more);
    if (std::abs(more) < 0.005) continue;
    zh += fmt::format("{}{} {:+.0f} 个百分点", zh.empty() ? "" : "，", o.name.in_chinese(),
                      100 * more);
    en +=
        fmt::format("{}{} {:+.0f} points", en.empty() ? "" : ", ", o.name.in_english(), 100 * more);
  }
  if (zh.empty()) return {"方案不改变这户的去处", "the plan changes nothing for this home"};
  return {fmt::format("{} 换了学校：{}", per_cent(moved), zh),
          fmt::format("{} go elsewhere than without the plan: {}", per_cent(moved), en)};
}

/// The admission again with the first school closed to all.
void look_next(const Witness& entry, HomeId home, ClassId household, HomeAnswer& out,
               Progress& progress) {
  if (out.options.empty()) return;
  AdmissionInput input = entry.input;
  const CampusId first = find_campus(*input.place, out.options.front().campus);
  input.offers[first].open = false;
  input.offers[first].seats = 0.0;
  const HomeRows then(input, assign_pupils(input, progress), home, household);
  const HomeOption* next = nullptr;
  for (HomeOption& o : out.options) {
    o.share_if_first_closed = then.of(o.campus);
    if (next == nullptr || o.share_if_first_closed > next->share_if_first_closed) next = &o;
  }
  if (next == nullptr || !(next->share_if_first_closed > 0)) {
    out.next = {"若第一所不招生，就没有学位", "were the first closed, there would be no seat"};
    return;
  }
  out.next = {
      fmt::format("若 {} 不招生，{} 会去 {}", out.options.front().name.in_chinese(),
                  per_cent(next->share_if_first_closed), next->name.in_chinese()),
      fmt::format("were {} closed, {} would go to {}", out.options.front().name.in_english(),
                  per_cent(next->share_if_first_closed), next->name.in_english())};
}

void count_crossings(const Outcome& outcome, HomeId home, HomeAnswer& out) {
  const auto& router = outcome.travel.router();
  if (!router || router->streets().crossing.empty()) return;
  for (HomeOption& o : out.options) {
    const CampusId c = find_campus(outcome.place, o.campus);
    if (auto way = router->way(outcome.place.homes[home].at, outcome.place.campuses[c].at))
      o.crossings = static_cast<int>(way->crossings.trunk + way->crossings.rail);
  }
}

Witness entry_of(const Outcome& outcome, StageId stage, std::size_t year, Progress& progress) {
  return std::move(
      *witness_entry(Subject{&outcome, CampusId(), stage, year}, Needs::Entry, progress));
}

}  // namespace

Name tier_text(Tier tier) {
  switch (tier) {
    case Tier::Catchment:
      return {"本学区", "own catchment"};
    case Tier::Feeder:
      return {"对口直升", "feeder"};
    case Tier::Group:
      return {"本集团", "own group"};
    case Tier::Other:
      return {"其他", "other"};
  }
  return {};
}

HomeAnswer explain_home(const Outcome& outcome, const Outcome* before, const HomeQuestion& question,
                        Progress& progress) {
  const Place& place = outcome.place;
  const HomeId home = home_named(place, question.home);
  const StageId stage = stage_named(place, question.stage);
  const ClassId household = class_named(place, question.household);
  const std::size_t year = year_named(outcome, question.year, outcome.run.years.front().year);
  const Witness entry = entry_of(outcome, stage, year, progress);
  const HomeRows rows(entry.input, entry.admission, home, household);
  HomeAnswer out;
  out.home = place.homes[home].code;
  out.at = place.homes[home].source;
  out.stage = place.stages[stage].code;
  out.year = outcome.run.years[year].year;
  out.entrants = rows.entrants;
  out.unplaced = rows.unplaced;
  out.unplaced_before = kNone;
  out.rule = rule_name(place.policy.rule);
  if (!(rows.entrants > 0))
    throw Error(fmt::format("no child of {} enters {} in {}", out.home, out.stage, out.year),
                "--home", "ask for another year, stage or class");
  // The largest row speaks for the home: rows differ in feeder or group only.
  const std::size_t speaker = *std::ranges::max_element(
      rows.rows, {}, [&](std::size_t i) { return entry.input.entrants[i].pupils; });
  const Eyes eyes(entry.input, entry.admission, entry.input.entrants[speaker]);
  std::optional<HomeRows> was;
  if (before != nullptr)
    if (const HomeId there = home_named(before->place, question.home); there.valid()) {
      const Witness then =
          entry_of(*before, stage, year_named(*before, out.year, out.year), progress);
      was.emplace(then.input, then.admission, there, household);
      out.unplaced_before = was->unplaced;
    }
  for (CampusId c : place.campuses.ids()) {
    const std::string& code = place.campuses[c].code;
    const bool goes = rows.of(code) > 0 || (was && was->of(code) > 0);
    if (!goes && !may_apply(entry.input, home, c)) continue;
    HomeOption option = eyes.option(c);
    option.share = rows.of(code);
    option.share_before = was ? was->of(code) : kNone;
    out.options.push_back(std::move(option));
  }
  std::ranges::sort(out.options, [](const HomeOption& x, const HomeOption& z) {
    return std::tuple(-x.share, -x.utility, x.campus) < std::tuple(-z.share, -z.utility, z.campus);
  });
  look_next(entry, home, household, out, progress);
  out.why = why_text(out, out.rule);
  if (was) out.change = change_text(out);
  if (out.options.size() > question.options) {
    out.more_options = out.options.size() - question.options;
    out.options.resize(question.options);
  }
  count_crossings(outcome, home, out);
  if (place.policy.rule == Rule::Choice || place.policy.rule == Rule::Micro)
    for (const auto& [name, c] : outcome.opened->coefficients.items())
      if (name.starts_with("choice.") && c.mark != "numerical") out.numbers.emplace_back(name, c);
  for (const Name& note : {place.travel.note, Name{place.origin_note_zh, place.origin_note_en}})
    if (!note.zh.empty() || !note.en.empty()) out.notes.push_back(note);
  return out;
}

}  // namespace doorstep::session
