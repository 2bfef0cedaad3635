// How many children live where, for homes that no file counts: from the census of their area, from
// people, or from seats. Younger ages than a file knows follow the youngest it does.

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <set>

#include "base/text.h"
#include "intake/making.h"

namespace doorstep::intake {
namespace {

double sum(const std::vector<double>& ages) {
  return std::accumulate(ages.begin(), ages.end(), 0.0);
}

/// Spreads counts by age over homes by their weight.
void share_out(std::vector<MadeHome*>& homes, const std::vector<double>& ages, std::size_t wanted) {
  double weight = 0.0;
  for (const MadeHome* h : homes) weight += h->weight;
  for (MadeHome* h : homes) {
    double part = weight > 0 ? h->weight / weight : 1.0 / static_cast<double>(homes.size());
    h->ages.assign(wanted, 0.0);
    for (std::size_t a = 0; a < std::min(wanted, ages.size()); ++a) h->ages[a] = ages[a] * part;
  }
}

void from_census(Making& making, std::size_t wanted) {
  double counted = 0.0;
  std::size_t filled = 0;
  for (const MadeArea& area : making.areas) {
    if (area.ages.empty()) continue;
    std::vector<MadeHome*> homes;
    for (MadeHome& h : making.homes)
      if (h.area == area.code && h.ages.empty()) homes.push_back(&h);
    if (homes.empty()) {
      making.draft.findings.warning("area-without-home",
                                    fmt::format("no home lies in {}: its {} children are left out",
                                                area.name.in_chinese(), grouped(sum(area.ages))),
                                    area.source, "give homes there");
      continue;
    }
    share_out(homes, area.ages, wanted);
    counted += sum(area.ages);
    ++filled;
  }
  if (filled == 0) return;
  making.assume(
      "children", fmt::format("{} up to 18, of {} areas", grouped(counted), filled),
      "the census by age; bands are spread evenly over their years, areas over their homes");
  // Homes outside every counted area have no children, rather than made-up ones.
  for (MadeHome& h : making.homes)
    if (h.ages.empty()) h.ages.assign(wanted, 0.0);
}

void from_population(Making& making, std::size_t wanted) {
  double share = making.dictionary.assumed().child_share;
  bool any = false;
  for (MadeHome& h : making.homes) {
    if (!h.ages.empty() || h.population <= 0) continue;
    h.ages.assign(wanted, h.population * share);
    any = true;
  }
  if (!any) return;
  for (MadeHome& h : making.homes)
    if (h.ages.empty()) h.ages.assign(wanted, 0.0);
  making.assume("children", fmt::format("{:g} of the people a year of age", share),
                "homes are counted in people, not children");
}

/// Neither people nor schools are known: a round number for each kilometre of street or point.
void from_nothing(Making& making, std::size_t wanted) {
  std::vector<MadeHome*> homes;
  double weight = 0.0;
  for (MadeHome& h : making.homes)
    if (h.ages.empty()) {
      homes.push_back(&h);
      weight += h.weight;
    }
  if (!making.invent || homes.empty()) return;
  const Assumed& a = making.dictionary.assumed();
  double total = making.along_streets ? weight * a.children_per_street_km
                                      : a.children_per_point * static_cast<double>(homes.size());
  std::string reason =
      making.along_streets
          ? fmt::format("no file counts people: {:g} for each km of street",
                        a.children_per_street_km)
          : fmt::format("no file counts people: {:g} for each point", a.children_per_point);
  double said = 0.0;
  if (parse_number(making.answer("children"), said) && said >= 0) {
    total = said;
    reason = "said by you, spread over the homes";
  }
  int first = making.stages.front().is.entry_age, last = first;
  for (const MadeStage& s : making.stages) last = s.is.entry_age + s.is.grades - 1;
  std::vector<double> ages(wanted, 0.0);
  for (int age = first; age <= last; ++age)
    ages[static_cast<std::size_t>(age)] = total / (last - first + 1);
  share_out(homes, ages, wanted);
  making.assume("children", grouped(total) + " of school age", reason);
  if (making.answer("children").empty())
    making.draft.findings.warning(
        "children-assumed", "no file counts children or people: " + grouped(total) + " are assumed",
        {"homes.csv", 0, ""},
        "say how many there are with --confirm children=NUMBER, or give a census");
}

/// As many children as seats would hold, or as the user says in all.
void from_seats(Making& making, std::size_t wanted) {
  std::vector<MadeHome*> homes;
  for (MadeHome& h : making.homes)
    if (h.ages.empty()) homes.push_back(&h);
  if (homes.empty()) return;
  std::vector<double> ages(wanted, 0.0);
  double seats = 0.0, pupils = 0.0;
  for (const MadeStage& stage : making.stages) {
    double of_stage = 0.0, counted = 0.0;
    for (const MadeCampus& c : making.campuses) {
      auto offer = c.offers.find(stage.kind);
      if (offer == c.offers.end() || offer->second.seats.empty()) continue;
      of_stage += offer->second.seats.begin()->second;
      counted += pupils_in(offer->second);
    }
    double each = counted > 0
                      ? counted / stage.is.grades
                      : of_stage * making.dictionary.assumed().seats_filled / stage.is.grades;
    for (int a = stage.is.entry_age; a < stage.is.entry_age + stage.is.grades; ++a)
      ages[static_cast<std::size_t>(a)] = each;
    (counted > 0 ? pupils : seats) += counted > 0 ? counted : of_stage;
  }
  std::string answer = making.answer("children");
  double total = 0.0;
  if (parse_number(answer, total) && total >= 0) {
    double now = sum(ages);
    for (double& a : ages) a *= now > 0 ? total / now : 0.0;
    making.assume("children", grouped(total) + " of school age",
                  "said by you, spread over the homes");
  } else if (pupils > 0) {
    making.assume(
        "children", grouped(sum(ages)) + " of school age",
        "no file counts children where they live: the schools' pupils are spread over the "
        "homes");
  } else {
    making.assume("children", grouped(sum(ages)) + " of school age",
                  fmt::format("no file counts children: {} of the seats, spread over the homes",
                              percent(making.dictionary.assumed().seats_filled)));
  }
  share_out(homes, ages, wanted);
  if (answer.empty())
    making.draft.findings.warning(
        "children-assumed",
        "no file counts children: " + making.draft.assumptions.back().value + " are assumed",
        {"homes.csv", 0, ""},
        "say how many there are with --confirm children=NUMBER, or give a census");
}

/// A school with pupils and no homes of theirs: each school's pupils live at its own home.
void at_their_schools(Making& making, std::size_t wanted) {
  for (std::size_t i = 0; i < making.homes.size(); ++i) {
    MadeHome& home = making.homes[i];
    home.ages.assign(wanted, 0.0);
    for (const auto& [kind, offer] : making.campuses[i].offers)
      for (const auto& [age, n] : offer.pupils)
        if (age >= 0 && age < static_cast<int>(wanted))
          home.ages[static_cast<std::size_t>(age)] += n;
  }
  making.assume("children", "the pupils of each school live at its home",
                "no file counts children");
}

/// Ages below those counted get as many as the first counted ones: else nobody would ever enter.
void fill_younger(Making& making, std::size_t wanted) {
  std::vector<double> all(wanted, 0.0);
  for (const MadeHome& h : making.homes)
    for (std::size_t a = 0; a < std::min(wanted, h.ages.size()); ++a) all[a] += h.ages[a];
  auto first = static_cast<std::size_t>(std::ranges::find_if(all, [](double n) { return n > 0; }) -
                                        all.begin());
  auto entry = static_cast<std::size_t>(making.stages.front().is.entry_age);
  if (first == 0 || first >= wanted) return;
  // The first age of a register is rarely whole (born after the cut-off): the entry age is used.
  std::size_t from = first < entry && all[entry] > 2 * all[first] ? entry : first;
  for (MadeHome& h : making.homes)
    for (std::size_t a = 0; a < from; ++a) h.ages[a] = h.ages[from];
  making.assume("children.younger", fmt::format("ages 0 to {} as many as at {}", from - 1, from),
                "no file counts younger children, who enter in the years to come");
}

}  // namespace

void spread_children(Making& making) {
  auto wanted = static_cast<std::size_t>(making.ages());
  for (MadeHome& h : making.homes)
    if (!h.ages.empty()) h.ages.resize(wanted, 0.0);
  bool history_only = making.schematic && making.homes.size() == making.campuses.size() &&
                      making.counted_homes.empty();
  std::set<std::string> codes;
  for (MadeHome& h : making.homes)
    while (!codes.insert(h.code).second) h.code += "b";
  if (history_only) at_their_schools(making, wanted);
  from_census(making, wanted);
  from_population(making, wanted);
  from_nothing(making, wanted);
  from_seats(making, wanted);
  fill_younger(making, wanted);
}

}  // namespace doorstep::intake
