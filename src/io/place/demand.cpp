#include "io/place/demand.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace doorstep::io {
namespace {

// Beyond these, totals are taken for slips rather than for a town. Assumed: schools at twice their
// seats in a whole town, and towns where two seats of three stand empty, are not known.
constexpr double kMostPupilsPerSeat = 2.0;
constexpr double kLeastPupilsPerSeat = 1.0 / 3.0;
/// Children a year of age just below a stage over those in it. Assumed: births in China halved from
/// 2016 to 2023, the steepest fall there was.
constexpr double kMostChange = 2.5;
/// Below so many children in all a ratio says nothing.
constexpr double kFewChildren = 50.0;

/// Children of all homes by age.
std::vector<double> children_by_age(const Place& place) {
  std::vector<double> out(static_cast<std::size_t>(std::max(place.children.ages, 0)), 0.0);
  for (HomeId h : place.homes.ids())
    for (ClassId c(0); c.index < place.children.classes; ++c.index)
      for (std::size_t age = 0; age < out.size(); ++age)
        out[age] += place.children.at(h, c, static_cast<int>(age));
  return out;
}

double sum(const std::vector<double>& children, int from, int to) {
  double out = 0.0;
  for (int a = std::max(from, 0); a < std::min(to, static_cast<int>(children.size())); ++a)
    out += children[static_cast<std::size_t>(a)];
  return out;
}

void check_seats(const Place& place, const Stage& stage, StageId id, double children,
                 Diagnostics& out) {
  double seats = 0.0;
  std::size_t campuses = 0;
  for (const Campus& c : place.campuses) {
    if (!c.stages[id] || !c.open_in(place.base_year)) continue;
    seats += value_in(c.stages[id]->seats, place.base_year);
    ++campuses;
  }
  if (campuses == 0 || seats <= 0 || children < kFewChildren) return;
  const InputRef at{"place.toml", 0, "stage." + stage.code};
  if (children > seats * kMostPupilsPerSeat)
    out.warning("children-over-seats",
                fmt::format("{}: {} children of its ages, and {} seats in {} campuses: most would "
                            "have no seat",
                            stage.code, grouped(children), grouped(seats), campuses),
                at,
                "the list of schools is not whole, or the children are of a larger ground: give "
                "all schools, or leave the stage out");
  else if (children < seats * kLeastPupilsPerSeat)
    out.warning("seats-over-children",
                fmt::format("{}: {} seats in {} campuses for {} children of its ages: most would "
                            "stand empty",
                            stage.code, grouped(seats), campuses, grouped(children)),
                at, "children are missing, or the schools are of a larger ground");
}

/// Children who will enter in the years to come, against those in the stage today.
void check_cohorts(const Stage& stage, const std::vector<double>& children, Diagnostics& out) {
  const int first = std::max(stage.entry_age - stage.grades, 0);
  if (stage.entry_age == first || stage.grades <= 0) return;
  const double coming = sum(children, first, stage.entry_age) / (stage.entry_age - first);
  const double in = sum(children, stage.entry_age, stage.entry_age + stage.grades) / stage.grades;
  if (in * stage.grades < kFewChildren || coming <= 0) return;
  if (coming <= in * kMostChange && in <= coming * kMostChange) return;
  out.warning("cohorts-not-steady",
              fmt::format("{}: {} children a year of age in it, {} in the ages that enter next",
                          stage.code, grouped(in), grouped(coming)),
              {"place.toml", 0, "homes.children"},
              "ages may be of different grounds or sources: a run carries the break on, year by "
              "year");
}

}  // namespace

void check_demand(const Place& place, Diagnostics& out) {
  const std::vector<double> children = children_by_age(place);
  if (sum(children, 0, place.children.ages) <= 0.0)
    out.warning(
        "no-children", "no home has a child of any age", {"place.toml", 0, "homes.children"},
        "every figure will be 0: name the field of children, people or dwellings, or give a "
        "census");
  for (StageId s : place.stages.ids()) {
    const Stage& stage = place.stages[s];
    check_seats(place, stage, s, sum(children, stage.entry_age, stage.entry_age + stage.grades),
                out);
    // Stated entrants say how many enter, whatever the ages below.
    const bool stated = std::ranges::any_of(
        place.growth.entrants, [s](const EntrantTotal& total) { return total.stage == s; });
    if (!stated) check_cohorts(stage, children, out);
  }
}

}  // namespace doorstep::io
