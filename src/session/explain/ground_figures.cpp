#include "session/explain/ground_figures.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "indicators/access.h"
#include "indicators/flow_sums.h"
#include "indicators/review.h"
#include "session/explain/task.h"

namespace doorstep::session {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

/// Adds up flows of the ground's homes for which `counts` says so; `under` gets all of them, or
/// of ways those who travel daily.
enum class Who { All, Daily };
template <class Counts>
void share_of_flows(const Ground& g, Who who, HomeAmounts& over, double& under, Counts&& counts) {
  for (const PupilFlow& f : g.result().flows) {
    if (!g.home_in[f.home]) continue;
    const double weight = counts(f);
    if (std::isnan(weight)) continue;  // not among those the share is of
    const double pupils = who == Who::Daily ? g.boarding.daily(f) : f.pupils;
    under += pupils;
    over[f.home] += pupils * weight;
  }
}

template <class Limit>
void beyond(const Ground& g, HomeAmounts& over, double& under, Limit&& limit) {
  const double limit_ds = std::round(limit.value * 600.0);
  share_of_flows(g, Who::Daily, over, under, [&](const PupilFlow& f) {
    const uint32_t ds = g.outcome.travel.decisec(f.home, f.campus);
    return ds == TravelTable::kUnreachable || ds > limit_ds ? 1.0 : 0.0;
  });
}

template <class Value>
void of_campuses(const Ground& g, CampusAmounts& over, Value&& value) {
  for (CampusId c : over.ids())
    if (g.campus_in[c] && g.result().campuses[c].open) over[c] = value(c);
}

/// A number of the campus's year, summed over the ground's campuses.
template <auto Member>
void sum_of(const Ground& g, CampusAmounts& over, double&) {
  of_campuses(g, over,
              [&](CampusId c) { return static_cast<double>(g.result().campuses[c].*Member); });
}
/// The same of what it means.
template <auto Member>
void sum_of_meaning(const Ground& g, CampusAmounts& over, double&) {
  of_campuses(g, over,
              [&](CampusId c) { return static_cast<double>(g.meaning().campuses[c].*Member); });
}

const Name kChildren{"儿童", "children"}, kPupils{"在读学生", "pupils"}, kTotal{"合计", "total"};
const Name kSumOverHomes{"各居住点之和", "sum over homes"};
const Name kSumOverCampuses{"各校之和", "sum over campuses"};

std::vector<GroundFigure> figures_of_children() {
  return {{.about = {"children", {"应在读儿童", "children of the stage who live there"}},
           .formula = kSumOverHomes,
           .unit = "pupils",
           .numerator = kChildren,
           .homes =
               [](const Ground& g, HomeAmounts& over, double&) {
                 for (HomeId h : over.ids())
                   if (g.home_in[h]) over[h] = g.children[h];
               },
           .admitted = false},
          {.about = {"children_unplaced", {"无学位儿童", "children without a seat"}},
           .formula = kSumOverHomes,
           .unit = "pupils",
           .numerator = kChildren,
           .homes = [](const Ground& g, HomeAmounts& over, double&) {
             for (HomeId h : over.ids())
               if (g.home_in[h]) over[h] = g.result().unplaced_of[h];
           }}};
}

WaySums ways_of(const Ground& g) {
  WaySums ways;
  for (const PupilFlow& f : g.result().flows)
    if (g.home_in[f.home])
      ways.add(g.outcome.travel.decisec(f.home, f.campus), g.boarding.daily(f));
  return ways;
}

/// The way that a share of the pupils do not exceed, with how many are within it.
template <int PerCent>
double way_of_share(const Ground& g, Explanation& out) {
  WaySums ways = ways_of(g);
  const double minutes = ways.percentile_min(PerCent / 100.0);
  out.parts.push_back({kPupils, ways.pupils(), "pupils"});
  out.parts.push_back(
      {{"路程更远者", "with a longer way"}, ways.pupils_over(Minutes(minutes)), "pupils"});
  return minutes;
}

void pupils_with_a_way(const Ground& g, HomeAmounts& over, double&) {
  for (const PupilFlow& f : g.result().flows)
    if (g.home_in[f.home] && g.outcome.travel.reachable(f.home, f.campus))
      over[f.home] += g.boarding.daily(f);
}

std::vector<GroundFigure> figures_of_ways() {
  const Name with_way{"可达的在读学生", "pupils with a way"};
  return {
      {.about = {"travel_mean_min", {"平均上学时间", "mean way"}},
       .formula = {"各居住点人数 × 分钟 之和 ÷ 人数", "pupils × minutes over pupils with a way"},
       .unit = "min",
       .numerator = {"人·分钟", "pupil-minutes"},
       .denominator = kPupils,
       .homes =
           [](const Ground& g, HomeAmounts& over, double& under) {
             share_of_flows(g, Who::All, over, under, [&](const PupilFlow& f) {
               return g.outcome.travel.reachable(f.home, f.campus)
                          ? g.outcome.travel.minutes(f.home, f.campus).value
                          : kNone;
             });
           },
       .row_unit = "pupil-minutes"},
      {.about = {"travel_median_min", {"上学时间中位数", "median way"}},
       .formula = {"半数学生的路程不超过它", "half of the pupils have no longer way"},
       .unit = "min",
       .numerator = with_way,
       .homes = pupils_with_a_way,
       .whole = way_of_share<50>,
       .row_unit = "pupils"},
      {.about = {"travel_p90_min", {"九成学生的上学时间", "way of nine in ten"}},
       .formula = {"九成学生的路程不超过它", "nine in ten pupils have no longer way"},
       .unit = "min",
       .numerator = with_way,
       .homes = pupils_with_a_way,
       .whole = way_of_share<90>,
       .row_unit = "pupils"}};
}

std::vector<GroundFigure> figures_of_long_ways() {
  const Name formula{"超过界限的学生 ÷ 学生", "pupils beyond the limit / pupils"};
  const Name over_it{"超出者", "beyond it"};
  return {
      {.about = {"share_over_service_radius", {"超出服务半径", "share beyond the service radius"}},
       .formula = {"超出服务半径的学生 ÷ 学生", "pupils beyond the service radius / pupils"},
       .unit = "share",
       .numerator = over_it,
       .denominator = kPupils,
       .homes =
           [](const Ground& g, HomeAmounts& over, double& under) {
             beyond(g, over, under,
                    g.place().stages[g.stage].service_radius / g.outcome.travel.speed());
           },
       .standards = {"radius."},
       .row_unit = "pupils"},
      {.about = {"share_over_1km", {"超过1公里", "share beyond the long way"}},
       .formula = formula,
       .unit = "share",
       .numerator = over_it,
       .denominator = kPupils,
       .homes =
           [](const Ground& g, HomeAmounts& over, double& under) {
             beyond(g, over, under, g.standards().long_way / g.outcome.travel.speed());
           },
       .standards = {"travel.long_way"},
       .row_unit = "pupils"},
      {.about = {"share_over_30min", {"超过30分钟", "share beyond half an hour"}},
       .formula = formula,
       .unit = "share",
       .numerator = over_it,
       .denominator = kPupils,
       .homes = [](const Ground& g, HomeAmounts& over,
                   double& under) { beyond(g, over, under, g.standards().long_time); },
       .standards = {"travel.long_time"},
       .row_unit = "pupils"}};
}

void covered_children(const Ground& g, HomeAmounts& over, double& under) {
  const IdVector<HomeId, char> near =
      covered_homes(g.outcome.travel, g.result(), g.place().stages[g.stage].service_radius);
  for (HomeId h : over.ids()) {
    if (!g.home_in[h]) continue;
    under += g.children[h];
    if (near[h]) over[h] = g.children[h];
  }
}

void seats_in_reach(const Ground& g, HomeAmounts& over, double& under) {
  const SeatAccess access =
      two_step_access(g.outcome.travel, g.result(), g.children, g.standards().long_time);
  for (HomeId h : over.ids()) {
    if (!g.home_in[h]) continue;
    under += g.children[h];
    over[h] = g.children[h] * access.seats_per_child[h];
  }
}

std::vector<GroundFigure> figures_of_access() {
  return {
      {.about = {"covered_share", {"服务半径覆盖率", "share covered by a service radius"}},
       .formula = {"服务半径内有学校的儿童 ÷ 儿童",
                   "children with an open campus within the service radius, by the way they walk / "
                   "children"},
       .unit = "share",
       .numerator = {"被覆盖儿童", "covered children"},
       .denominator = kChildren,
       .homes = covered_children,
       .standards = {"radius."},
       .row_unit = "pupils",
       .admitted = false},
      {.about = {"seats_within_reach", {"可及学位", "seats within reach of one child (2SFCA)"}},
       .formula = {"每校学位分给时限内的儿童，再对每户时限内各校求和，按儿童加权",
                   "each campus shares its seats among the children within the limit; a home adds "
                   "up the campuses within the limit; mean over children"},
       .unit = "seats a child",
       .numerator = {"儿童 × 可及学位", "children × seats within reach"},
       .denominator = kChildren,
       .homes = seats_in_reach,
       .standards = {"travel.long_time"},
       .row_unit = "seats",
       .admitted = false},
      {.about = {"own_catchment_share",
                 {"本学区就读率", "share at a school of the own catchment (择校热 is the rest)"}},
       .formula = {"在本学区学校就读者 ÷ 有学区者",
                   "at a campus of their own catchment / who have one"},
       .unit = "share",
       .numerator = {"在本学区者", "at the own catchment's campus"},
       .denominator = kPupils,
       .homes =
           [](const Ground& g, HomeAmounts& over, double& under) {
             share_of_flows(g, Who::All, over, under, [&](const PupilFlow& f) {
               const std::optional<bool> own = at_own_catchment(g.place(), g.catchment_of, f);
               return own ? (*own ? 1.0 : 0.0) : kNone;
             });
           },
       .row_unit = "pupils"},
      {.about = {"schooled_elsewhere_share", {"外出就读率", "share at a campus elsewhere"}},
       .formula = {"到区外学校就读者 ÷ 学生", "pupils at a campus outside / pupils"},
       .unit = "share",
       .numerator = {"在外者", "outside"},
       .denominator = kPupils,
       .homes =
           [](const Ground& g, HomeAmounts& over, double& under) {
             share_of_flows(g, Who::All, over, under,
                            [&](const PupilFlow& f) { return g.campus_in[f.campus] ? 0.0 : 1.0; });
           },
       .row_unit = "pupils"}};
}

std::vector<GroundFigure> figures_of_schools() {
  auto sum = [](const char* name, Name words, const char* unit, auto campuses) {
    return GroundFigure{.about = {name, std::move(words)},
                        .formula = kSumOverCampuses,
                        .unit = unit,
                        .numerator = kTotal,
                        .campuses = campuses};
  };
  return {
      sum("pupils", {"在校生", "pupils of its campuses"}, "pupils", sum_of<&CampusYear::enrolment>),
      sum("seats", {"学位", "seats of its campuses"}, "seats", sum_of<&CampusYear::seats>),
      {.about = {"utilisation", {"学位使用率", "pupils over seats"}},
       .formula = {"在校生 ÷ 学位", "pupils / seats"},
       .unit = "share",
       .numerator = {"在校生", "pupils"},
       .denominator = {"学位", "seats"},
       .campuses =
           [](const Ground& g, CampusAmounts& over, double& under) {
             of_campuses(g, over, [&](CampusId c) {
               under += g.result().campuses[c].seats;
               return g.result().campuses[c].enrolment;
             });
           },
       .row_unit = "pupils",
       .under_unit = "seats"},
      sum("pupils_over_seats", {"超学位人数", "pupils beyond the seats of their campus"}, "pupils",
          [](const Ground& g, CampusAmounts& over, double&) {
            of_campuses(g, over, [&](CampusId c) {
              const CampusYear& y = g.result().campuses[c];
              return std::max(0.0, y.enrolment - y.seats);
            });
          }),
      sum("empty_seats", {"空余学位", "seats without a pupil"}, "seats",
          [](const Ground& g, CampusAmounts& over, double&) {
            of_campuses(g, over, [&](CampusId c) {
              const CampusYear& y = g.result().campuses[c];
              return std::max(0.0, y.seats - y.enrolment);
            });
          }),
      sum("came", {"转入", "pupils of later grades who came"}, "pupils", sum_of<&CampusYear::came>),
      sum("left", {"转出", "pupils of later grades who left"}, "pupils", sum_of<&CampusYear::left>),
      sum("returned", {"回流", "of those who came, back at the own catchment's school"}, "pupils",
          sum_of<&CampusYear::returned>)};
}

std::vector<GroundFigure> figures_of_classes() {
  auto sum = [](const char* name, Name words, const char* unit, auto campuses,
                std::vector<const char*> standards) {
    return GroundFigure{.about = {name, std::move(words)},
                        .formula = kSumOverCampuses,
                        .unit = unit,
                        .numerator = kTotal,
                        .campuses = campuses,
                        .standards = std::move(standards)};
  };
  return {sum("classes", {"班数", "classes"}, "classes", sum_of_meaning<&CampusIndicators::classes>,
              {}),
          sum("large_classes", {"大班额班数", "large classes"}, "classes",
              sum_of_meaning<&CampusIndicators::large>, {"class.large"}),
          sum("very_large_classes", {"超大班额班数", "very large classes"}, "classes",
              sum_of_meaning<&CampusIndicators::very_large>, {"class.very_large"}),
          sum("warnings_red", {"红色预警校数", "campuses with a red seat warning"}, "campuses",
              [](const Ground& g, CampusAmounts& over, double&) {
                of_campuses(g, over, [&](CampusId c) {
                  return g.meaning().campuses[c].warning == 2 ? 1.0 : 0.0;
                });
              },
              {"warning.red"}),
          sum("teachers_needed", {"应配教师", "teachers that its pupils need"}, "persons",
              [](const Ground& g, CampusAmounts& over, double&) {
                of_campuses(g, over, [&](CampusId c) { return g.figures[c].teachers_needed; });
              },
              {"staff.pupils_per_teacher."})};
}

/// Campuses that the balance of seats is taken over: teaching points are left out.
bool weighs(const Ground& g, CampusId c) {
  const CampusYear& y = g.result().campuses[c];
  return g.campus_in[c] && y.open && y.enrolment > 0 &&
         y.enrolment >= g.standards().all.value("scale.point_left_out");
}

double balance_of_seats(const Ground& g, Explanation& out) {
  std::vector<double> pupils, seats;
  double all_pupils = 0.0, all_seats = 0.0;
  for (CampusId c : g.campus_in.ids()) {
    if (!weighs(g, c)) continue;
    pupils.push_back(g.result().campuses[c].enrolment);
    seats.push_back(g.result().campuses[c].seats);
    all_pupils += pupils.back();
    all_seats += seats.back();
  }
  const double cv = balance_coefficient(pupils, seats);
  const double mean = all_pupils > 0 ? all_seats / all_pupils : kNone;
  out.parts.push_back({{"学校", "campuses"}, static_cast<double>(pupils.size()), "campuses"});
  out.parts.push_back({{"生均学位 X̄", "seats a pupil, mean X̄"}, mean, "seats a pupil"});
  out.parts.push_back({{"标准差 S", "spread S"}, cv * mean, "seats a pupil"});
  return cv;
}

/// Composite of the eight, or the largest of the seven, with every coefficient.
template <bool Eight>
double balance_of_resources(const Ground& g, Explanation& out) {
  const StageKind kind = g.place().stages[g.stage].kind;
  if (kind != StageKind::Primary && kind != StageKind::Junior) return kNone;
  const IndicatorSet set = Eight ? eight_indicators() : seven_indicators(g.standards().all);
  std::vector<SchoolResources> schools = reported_resources(g.place(), g.stage, g.result(), set,
                                                            ReviewUnit::Campus, g.standards().all);
  std::erase_if(schools, [&](const SchoolResources& s) {
    return !g.campus_in[find_campus(g.place(), s.code)];
  });
  const BalanceReview review = review_composite(set, schools, 0.0);
  for (std::size_t k = 0; k < set.indicators.size(); ++k)
    out.parts.push_back(
        {resource_words(set.indicators[k].code), review.coefficient[k], "coefficient"});
  if (review.not_reported > 0) return kNone;
  return Eight ? review.composite : *std::ranges::max_element(review.coefficient);
}

/// Pupils of the campuses that a coefficient is weighted by.
void pupils_weighed(const Ground& g, CampusAmounts& over, double&) {
  for (CampusId c : over.ids())
    if (weighs(g, c)) over[c] = g.result().campuses[c].enrolment;
}

std::vector<GroundFigure> figures_of_balance() {
  const Name weighed{"计入的在校生", "pupils it is weighted by"};
  auto one = [&](const char* name, Name words, Name formula, auto whole,
                 std::vector<const char*> standards) {
    return GroundFigure{.about = {name, std::move(words)},
                        .formula = std::move(formula),
                        .unit = "coefficient",
                        .numerator = weighed,
                        .campuses = pupils_weighed,
                        .standards = std::move(standards),
                        .whole = whole,
                        .row_unit = "pupils"};
  };
  return {one("balance_seats", {"学位差异系数", "balance coefficient of seats a pupil"},
              {"S ÷ X̄，按在校生加权；教学点不计",
               "S / X̄ over campuses, weighted by pupils; teaching points left out"},
              balance_of_seats, {"scale.point_left_out"}),
          one("balance_eight", {"八项综合差异系数", "composite of the eight indicators"},
              {"八项差异系数的平均", "mean of the eight balance coefficients"},
              balance_of_resources<true>, {"balance.limit.", "scale.point_left_out"}),
          one("balance_seven", {"七项最大差异系数", "largest of the seven indicators"},
              {"七项差异系数中最大者", "the largest of the seven balance coefficients"},
              balance_of_resources<false>, {"quality.limit.", "scale.point_left_out"})};
}

}  // namespace

const std::vector<GroundFigure>& all_ground_figures() {
  static const std::vector<GroundFigure> kFigures = [] {
    std::vector<GroundFigure> out = figures_of_children();
    for (auto* more : {figures_of_ways, figures_of_long_ways, figures_of_access, figures_of_schools,
                       figures_of_classes, figures_of_balance})
      for (GroundFigure& f : more()) out.push_back(std::move(f));
    return out;
  }();
  return kFigures;
}

}  // namespace doorstep::session
