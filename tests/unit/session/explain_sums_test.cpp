// Every figure that explain knows, asked of every campus and ground of a town with every rule at
// once: the rows add up to what they are said to, and the parts to the figure.

#include <catch2/catch.hpp>

#include <cmath>
#include <functional>
#include <map>

#include "base/error.h"
#include "session/explain/ground.h"

using namespace doorstep;
using namespace doorstep::session;

namespace {

/// The town of tests/cli with household classes in order, a private school that draws lots, a
/// catchment of two campuses, pupils who look again, through schools, a group, and a new plan.
std::shared_ptr<const Outcome> crowded_town(Rule rule, std::vector<Edit> edits) {
  Progress progress;
  static const std::shared_ptr<const OpenPlace> town = open_place(DOORSTEP_TOWN, progress);
  auto opened = std::make_shared<OpenPlace>(*town);
  Place& place = opened->place;
  place.policy.rule = rule;
  place.policy.classes_in_order = place.policy.private_first = true;
  place.policy.private_losers = LotteryLosers::Last;
  place.policy.transfers = place.policy.through_schools = true;
  place.classes[ClassId(1)].migrant = true;
  Campus& p2 = place.campuses[find_campus(place, "p2")];
  place.schools[p2.school].ownership = Ownership::Private;
  p2.fee = 3000;
  p2.stages[StageId(0)]->seats = {{0, 60.0}};
  for (std::size_t kind = 0; kind < kResourceKinds.size(); ++kind)
    place.campuses[find_campus(place, "p1")].stages[StageId(0)]->resources.set(kind, 500);
  for (Catchment& c : place.catchments)
    if (c.code == "west") c.campuses.push_back(find_campus(place, "p2"));
  // Many look again, and little holds them.
  for (const auto& [name, value] :
       {std::pair{"choice.transfer_share", 0.5}, {"choice.stay", 0.0}}) {
    Coefficient c = opened->coefficients.items().at(name);
    c.value = value;
    opened->coefficients.set(name, c);
  }
  Scenario scenario;
  scenario.years = 2;
  scenario.edits = std::move(edits);
  return run_scenario(opened, scenario, progress);
}

using Parts = std::vector<Part>;
using Made = std::function<double(const Parts&)>;

double ratio(const Parts& p) { return p[0].value / p[1].value; }
double sum(const Parts& p) {
  double all = 0.0;
  for (const Part& one : p) all += one.value;
  return all;
}

/// How the parts make the figure, where the rows alone do not.
const std::map<std::string, Made>& made_of() {
  static const std::map<std::string, Made> kMade{
      {"enrolment", sum},
      {"quality", sum},
      {"utilisation", ratio},
      {"class_size", ratio},
      {"pressure", ratio},
      {"travel_mean_min", ratio},
      {"migrant_share", ratio},
      {"own_catchment_share", ratio},
      {"share_over_service_radius", ratio},
      {"share_over_1km", ratio},
      {"share_over_30min", ratio},
      {"came", [](const Parts& p) { return p[0].value + p[1].value; }},
      {"left", [](const Parts& p) { return p[0].value + p[1].value; }},
      {"far_pupils", [](const Parts& p) { return p[0].value; }},
      {"large", [](const Parts& p) { return p[1].value >= 56 ? p[2].value : 0.0; }},
      {"classes",
       [](const Parts& p) {
         const double all = std::ceil(p[0].value / p[1].value - 1e-9);
         return p.size() > 2 ? std::min(all, p[2].value) : all;
       }},
      {"entry_seats",
       [](const Parts& p) { return std::min(p[0].value, std::max(0.0, p[1].value - p[2].value)); }},
      {"turned_away", {}},
      {"first_red", {}},
      {"teachers_needed", {}},
      {"funded_pupils", {}}};
  return kMade;
}

void check_sums(const Explanation& e, bool campus) {
  const double to = e.rows_part ? e.parts.at(*e.rows_part).value : e.value;
  CHECK(sum_of_rows(e) == Approx(to).epsilon(1e-9).margin(1e-9));
  if (std::isnan(e.value)) return;
  if (!campus) {
    if (e.parts.size() == 2 && e.rows_part == 0u)
      CHECK(ratio(e.parts) == Approx(e.value).epsilon(1e-9).margin(1e-9));
    return;
  }
  const auto made = made_of().find(e.figure);
  if (made != made_of().end() && made->second)
    CHECK(made->second(e.parts) == Approx(e.value).epsilon(1e-9).margin(1e-9));
}

/// Every figure of every campus and stage open in a year.
std::size_t check_campuses(const Outcome& o, Year year) {
  Progress progress;
  std::size_t asked = 0;
  const std::size_t y = static_cast<std::size_t>(year - o.run.years.front().year);
  for (CampusId c : o.place.campuses.ids())
    for (StageId s : o.place.stages.ids()) {
      if (!o.run.years[y].stages[s].campuses[c].open) continue;
      for (const Explainable& f : explainable_figures()) {
        const std::string campus = o.place.campuses[c].code;
        INFO(campus << " " << f.figure << " " << year);
        try {
          check_sums(explain_campus(o,
                                    {.campus = campus,
                                     .stage = o.place.stages[s].code,
                                     .year = year,
                                     .figure = f.figure,
                                     .rows = 3},
                                    progress),
                     true);
          ++asked;
        } catch (const Error& e) {  // resources that a campus does not report
          CHECK_THAT(e.what(), Catch::Contains("does not report"));
        }
      }
    }
  return asked;
}

void check_grounds(const Outcome& o) {
  using Of = GroundQuestion::Of;
  for (const auto& [of, code] : std::vector<std::pair<Of, std::string>>{
           {Of::Place, ""}, {Of::Town, "west"}, {Of::District, "city"}, {Of::Group, "g1"}})
    for (const Explainable& f : ground_figures()) {
      if (of == Of::Group && !is_of_schools(f.figure)) continue;
      INFO(code << " " << f.figure);
      check_sums(
          explain_ground(
              o, {.of = of, .code = code, .stage = "primary", .figure = f.figure, .rows = 3}),
          false);
    }
}

}  // namespace

TEST_CASE("the rows of every figure add up, with every rule at once") {
  for (Rule rule : {Rule::Choice, Rule::Micro, Rule::Catchment, Rule::LeastTravel, Rule::Nearest}) {
    INFO("rule " << rule_name(rule));
    const auto o = crowded_town(rule, {SetSeats{"p1", "primary", 100, -1, 2025}});
    CHECK(check_campuses(*o, 2025) > 50);
    check_grounds(*o);
  }
}

TEST_CASE(
    "the town does turn away, apply, come, leave and return, so that the sums say something") {
  const auto o = crowded_town(Rule::Choice, {SetSeats{"p1", "primary", 100, -1, 2025}});
  double turned_away = 0.0, applied = 0.0, came = 0.0, left = 0.0;
  for (const YearResult& year : o->run.years)
    for (const CampusYear& c : year.stages[StageId(0)].campuses) {
      turned_away += c.turned_away;
      applied += c.applied;
      came += c.came;
      left += c.left;
    }
  CHECK(turned_away > 1);
  CHECK(applied > 1);
  CHECK(came > 0.1);
  CHECK(left > 0.1);
}

TEST_CASE("the rows add up where a school closes under its children") {
  const auto o = crowded_town(Rule::Choice, {CloseCampus{"p2", 2025}});
  check_campuses(*o, 2025);
  check_grounds(*o);
}
