// How many children live where: as homes or the census of their area count them, else assumed
// (assumed_children.cpp). Younger ages than a file knows follow the youngest it does.

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

void share_out(const std::vector<MadeHome*>& homes, const std::vector<double>& ages,
               std::size_t wanted) {
  double weight = 0.0;
  for (const MadeHome* h : homes) weight += h->weight;
  for (MadeHome* h : homes) {
    double part = weight > 0 ? h->weight / weight : 1.0 / static_cast<double>(homes.size());
    h->ages.assign(wanted, 0.0);
    for (std::size_t a = 0; a < std::min(wanted, ages.size()); ++a) h->ages[a] = ages[a] * part;
  }
}

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
  assume_children(making, wanted);
  fill_younger(making, wanted);
}

}  // namespace doorstep::intake
