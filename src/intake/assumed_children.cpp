// How many children there are where no file counts them: from people or dwellings, from the pupils
// of the schools by grade, and last from how many schools there are. The number a year of age is
// steady over all ages, so that no stage fills or empties by what was assumed.

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <set>

#include "base/error.h"
#include "base/text.h"
#include "intake/making.h"

namespace doorstep::intake {
namespace {

std::vector<MadeHome*> uncounted(Making& making) {
  std::vector<MadeHome*> homes;
  for (MadeHome& h : making.homes)
    if (h.ages.empty()) homes.push_back(&h);
  return homes;
}

/// Homes that are left get no children, rather than made-up ones.
void none_elsewhere(Making& making, std::size_t wanted) {
  for (MadeHome* h : uncounted(making)) h->ages.assign(wanted, 0.0);
}

std::size_t ages_of_school(const Making& making) {
  std::set<int> ages;
  for (const MadeStage& s : making.stages)
    for (int a = s.is.entry_age; a < s.is.entry_age + s.is.grades; ++a) ages.insert(a);
  return std::max<std::size_t>(ages.size(), 1);
}

std::string a_year(double each) { return grouped(each) + " children a year of age"; }

/// What stands in the report, in place.toml and among the findings of an assumed demand.
void say(Making& making, const char* from, const std::string& value, const std::string& reason,
         bool warn = true) {
  making.children_from = from;
  making.assume("children", value, reason);
  if (warn)
    making.draft.findings.warning(
        "children-assumed", "no file counts children: " + value + " are assumed",
        {"homes.csv", 0, ""},
        "say how many there are with --confirm children=NUMBER, or give a census");
}

/// As many as the user says in all.
void from_answer(Making& making, std::size_t wanted) {
  std::string answer = making.answer("children");
  double total = 0.0;
  if (answer.empty()) return;
  std::vector<MadeHome*> homes = uncounted(making);
  if (homes.empty()) {
    making.draft.findings.warning("answer-not-used",
                                  "the files count the children, so that your number is not used",
                                  {"homes.csv", 0, ""}, "leave --confirm children out");
    return;
  }
  if (!parse_number(answer, total) || total < 0)
    throw Error("\"" + answer + "\" is no number of children", "--confirm children",
                "write --confirm children=30000");
  double each = total / static_cast<double>(ages_of_school(making));
  share_out(homes, std::vector<double>(wanted, each), wanted);
  say(making, "answer", grouped(total) + " of school age", "said by you, spread over the homes",
      false);
}

void from_population(Making& making, std::size_t wanted) {
  double share = making.dictionary.assumed().child_share;
  bool any = false;
  for (MadeHome* h : uncounted(making)) {
    if (h->population <= 0) continue;
    h->ages.assign(wanted, h->population * share);
    any = true;
  }
  if (!any) return;
  none_elsewhere(making, wanted);
  say(making, "population", fmt::format("{:g} of the people a year of age", share),
      "homes are counted in people, not children", false);
}

/// Areas that state their people share them out over their homes.
void from_people_of_areas(Making& making, std::size_t wanted) {
  double share = making.dictionary.assumed().child_share;
  double people = 0.0;
  std::size_t filled = 0;
  for (const MadeArea& area : making.areas) {
    if (area.population <= 0) continue;
    std::vector<MadeHome*> homes = uncounted(making);
    std::erase_if(homes, [&](const MadeHome* h) { return h->area != area.code; });
    if (homes.empty()) continue;
    share_out(homes, std::vector<double>(wanted, area.population * share), wanted);
    people += area.population;
    ++filled;
  }
  if (filled == 0) return;
  none_elsewhere(making, wanted);
  say(making, "population", fmt::format("{:g} of the people a year of age", share),
      fmt::format("{} areas state {} people, not children; spread over their homes", filled,
                  grouped(people)),
      false);
}

void from_dwellings(Making& making, std::size_t wanted) {
  const Assumed& a = making.dictionary.assumed();
  bool any = false;
  for (MadeHome* h : uncounted(making)) {
    if (h->households <= 0) continue;
    h->ages.assign(wanted, h->households * a.household_size * a.child_share);
    any = true;
  }
  if (!any) return;
  none_elsewhere(making, wanted);
  say(making, "dwellings",
      fmt::format("{:g} of the people a year of age, {:g} people a household", a.child_share,
                  a.household_size),
      "homes are counted in households, not children");
}

/// Neither people nor schools are known: a round number for each kilometre of street or point.
void from_nothing(Making& making, std::size_t wanted) {
  std::vector<MadeHome*> homes = uncounted(making);
  if (!making.invent || homes.empty()) return;
  double weight = 0.0;
  for (const MadeHome* h : homes) weight += h->weight;
  const Assumed& a = making.dictionary.assumed();
  double total = making.along_streets ? weight * a.children_per_street_km
                                      : a.children_per_point * static_cast<double>(homes.size());
  double each = total / static_cast<double>(ages_of_school(making));
  share_out(homes, std::vector<double>(wanted, each), wanted);
  making.children_from = "nothing";
  making.assume(
      "children", grouped(total) + " of school age",
      making.along_streets
          ? fmt::format("no file counts people: {:g} for each km of street",
                        a.children_per_street_km)
          : fmt::format("no file counts people: {:g} for each point", a.children_per_point));
  making.draft.findings.warning(
      "children-assumed", "no file counts children or people: " + grouped(total) + " are assumed",
      {"homes.csv", 0, ""},
      "say how many there are with --confirm children=NUMBER, or give a census");
}

/// Pupils of a stage by age; those that are known only in all are spread over its grades.
std::vector<double> pupils_by_age(const Making& making, const MadeStage& stage,
                                  std::size_t wanted) {
  std::vector<double> ages(wanted, 0.0);
  double in_all = 0.0;
  for (const MadeCampus& c : making.campuses) {
    auto offer = c.offers.find(stage.kind);
    if (offer == c.offers.end()) continue;
    double by_age = 0.0;
    for (const auto& [age, n] : offer->second.pupils)
      if (age >= 0 && age < static_cast<int>(wanted)) {
        ages[static_cast<std::size_t>(age)] += n;
        by_age += n;
      }
    if (by_age == 0.0) in_all += pupils_in(offer->second);
  }
  for (int a = stage.is.entry_age; a < stage.is.entry_age + stage.is.grades; ++a)
    ages[static_cast<std::size_t>(a)] += in_all / stage.is.grades;
  return ages;
}

double sum_of(const std::vector<double>& numbers) {
  return std::accumulate(numbers.begin(), numbers.end(), 0.0);
}

/// The schools' pupils are the children of their ages; stages without pupils go on with as many a
/// year as the nearest stage that has them.
void from_pupils(Making& making, std::size_t wanted) {
  std::vector<MadeHome*> homes = uncounted(making);
  if (homes.empty()) return;
  std::vector<std::vector<double>> of_stage;
  for (const MadeStage& s : making.stages) of_stage.push_back(pupils_by_age(making, s, wanted));
  std::vector<double> ages(wanted, 0.0);
  double counted = 0.0;
  for (const auto& pupils : of_stage) {
    counted += sum_of(pupils);
    for (std::size_t a = 0; a < wanted; ++a) ages[a] += pupils[a];
  }
  if (counted <= 0.0) return;
  std::vector<std::string> gone_on;
  for (std::size_t s = 0; s < of_stage.size(); ++s) {
    if (sum_of(of_stage[s]) > 0.0) continue;
    std::size_t nearest = of_stage.size();
    for (std::size_t t = 0; t < of_stage.size(); ++t)
      if (sum_of(of_stage[t]) > 0.0 &&
          (nearest == of_stage.size() ||
           (t > s ? t - s : s - t) < (nearest > s ? nearest - s : s - nearest)))
        nearest = t;
    const MadeStage& stage = making.stages[s];
    double each = sum_of(of_stage[nearest]) / making.stages[nearest].is.grades;
    for (int a = stage.is.entry_age; a < stage.is.entry_age + stage.is.grades; ++a)
      ages[static_cast<std::size_t>(a)] = std::max(ages[static_cast<std::size_t>(a)], each);
    gone_on.push_back(stage.kind);
  }
  share_out(homes, ages, wanted);
  say(making, "pupils", grouped(counted) + " pupils",
      "no file counts children where they live: the schools' pupils are spread over the homes");
  if (!gone_on.empty())
    making.assume("children.of_other_stages",
                  "as many a year of age as the pupils of the nearest stage",
                  fmt::format("no file counts the pupils of {}", fmt::join(gone_on, ", ")));
}

/// Seats of a year of age of a stage, and whether any file states them.
struct Capacity {
  double a_year = 0.0;
  std::size_t schools = 0;
  bool stated = false;
};

Capacity capacity_of(const Making& making, const MadeStage& stage) {
  Capacity out;
  for (const MadeCampus& c : making.campuses) {
    auto offer = c.offers.find(stage.kind);
    if (offer == c.offers.end() || offer->second.seats.empty()) continue;
    out.a_year += offer->second.seats.begin()->second / stage.is.grades;
    out.stated |= !offer->second.seats_by_default;
    ++out.schools;
  }
  return out;
}

/// The stage whose schools say most surely how many children a year there are: of compulsory
/// school, and with seats that a file states where there is one.
const MadeStage* telling_stage(const Making& making) {
  for (bool stated : {true, false})
    for (const char* kind : {"primary", "junior", "kindergarten", "senior"})
      if (const MadeStage* s = making.stage(kind))
        if (Capacity c = capacity_of(making, *s); c.a_year > 0 && (c.stated || !stated)) return s;
  return nullptr;
}

/// Nothing but schools: each stands for the children of its grades, at every age alike.
void from_schools(Making& making, std::size_t wanted) {
  std::vector<MadeHome*> homes = uncounted(making);
  const MadeStage* stage = telling_stage(making);
  if (homes.empty()) return;
  if (stage == nullptr) return none_elsewhere(making, wanted);
  Capacity capacity = capacity_of(making, *stage);
  double filled = making.dictionary.assumed().seats_filled;
  double each = capacity.a_year * filled;
  share_out(homes, std::vector<double>(wanted, each), wanted);
  say(making, "schools", a_year(each),
      fmt::format("no file counts children, people, dwellings or pupils: {} of the {} seats a "
                  "grade of {} {} schools, at every age alike",
                  percent(filled), capacity.stated ? "stated" : "assumed", capacity.schools,
                  stage->kind));
}

}  // namespace

void assume_children(Making& making, std::size_t wanted) {
  bool counted = std::ranges::any_of(making.homes, [](const MadeHome& h) {
    return std::ranges::any_of(h.ages, [](double n) { return n > 0; });
  });
  from_answer(making, wanted);
  from_population(making, wanted);
  if (std::size_t left = uncounted(making).size(); counted && left > 0) {
    making.draft.findings.warning(
        "home-without-children",
        fmt::format("{} homes have no number of children: they count as none", left),
        {"homes.csv", 0, ""}, "write their numbers, or 0");
    return none_elsewhere(making, wanted);
  }
  from_people_of_areas(making, wanted);
  from_dwellings(making, wanted);
  from_nothing(making, wanted);
  from_pupils(making, wanted);
  from_schools(making, wanted);
}

void leave_out_unlisted_stages(Making& making) {
  if (making.invent || !making.answer("stages").empty()) return;
  const MadeStage* of_all = making.stage("primary");
  if (of_all == nullptr) of_all = making.stage("junior");
  if (of_all == nullptr) return;
  double reference = capacity_of(making, *of_all).a_year;
  const std::string reference_kind = of_all->kind;
  for (const char* kind : {"kindergarten", "senior"}) {  // which nobody has to attend
    const MadeStage* stage = making.stage(kind);
    if (stage == nullptr) continue;
    Capacity capacity = capacity_of(making, *stage);
    double share = reference > 0 ? capacity.a_year / reference : 1.0;
    if (capacity.stated || share >= making.dictionary.assumed().listed_share) continue;
    std::string reason = fmt::format(
        "{} schools without a figure would hold {} of the children a year that the {} "
        "schools hold: an incomplete list",
        capacity.schools, percent(share), reference_kind);
    making.assume(fmt::format("stages.{}", kind), "left out", reason);
    making.draft.findings.warning(
        "stage-left-out", fmt::format("{} is left out: {}", kind, reason),
        {"place.toml", 0, "stage"},
        fmt::format("give all {} schools, or their seats; or keep them with --confirm stages={}",
                    kind, kinds_of(making)));
    keep_stages(making, [&](const std::string& k) { return k != kind; });
  }
}

}  // namespace doorstep::intake
