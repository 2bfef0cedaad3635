// Explanations of where a campus's pupils come from and what they need.

#include <algorithm>
#include <cmath>

#include "indicators/boarding.h"
#include "indicators/campus_figures.h"
#include "place/stage_kind.h"
#include "session/explain/task.h"

namespace doorstep::session {
namespace {

const Standards& standards_of(const Subject& s) { return s.outcome->opened->standards; }

CampusFigures figures_of(const Subject& s) {
  const FiguresInput input{s.outcome->place, s.outcome->travel, standards_of(s), nullptr};
  return campus_figures(input, s.outcome->run.years[s.year_index], s.stage)[s.campus];
}

Boarding boarding_of(const Subject& s) {
  return {s.outcome->place, s.outcome->travel, standards_of(s), s.stage, s.result()};
}

template <auto Member>
double figure(const Subject& s) {
  return figures_of(s).*Member;
}

/// Pupils of the campus whose way is beyond a limit, home by home.
enum class Who { All, Daily };
void beyond(const Task& t, Minutes limit, const char* standard, Who who = Who::Daily) {
  t.out.formula = {"超出界限的学生 ÷ 在校生", "pupils beyond the limit / pupils"};
  const TravelTable& travel = t.subject.outcome->travel;
  const double limit_ds = std::round(limit.value * 600.0);
  double over = 0.0, all = 0.0;
  std::vector<SourceRow> rows;
  const Boarding boarding = boarding_of(t.subject);
  for (const PupilFlow& f : t.subject.result().flows) {
    if (f.campus != t.subject.campus) continue;
    const double pupils = who == Who::All ? f.pupils : boarding.daily(f);
    all += pupils;
    const uint32_t ds = travel.decisec(f.home, f.campus);
    if (ds == TravelTable::kUnreachable ? who == Who::All : ds <= limit_ds) continue;
    over += pupils;
    rows.push_back(home_row(t.place(), f.home, pupils, "pupils"));
  }
  t.part_of_rows("超出者", "beyond it", over, "pupils");
  t.part("在校生", "pupils", all, "pupils");
  if (who == Who::Daily && boarding.far(t.subject.campus).boarders > 0)
    t.part("寄宿生（不每日往返，不计入）", "boarders, who do not travel daily and are left out",
           boarding.far(t.subject.campus).boarders, "pupils");
  t.part("界限", "limit", limit.value, "min");
  t.standard(standard);
  add_rows(t, std::move(rows));
  add_rule_numbers(t);
}

void over_radius(const Task& t) {
  const Stage& stage = t.subject.stage_given();
  beyond(t, stage.service_radius / t.subject.outcome->travel.speed(),
         (std::string("radius.") + stage_kind_code(stage.kind)).c_str());
}
void over_1km(const Task& t) {
  beyond(t, standards_of(t.subject).long_way / t.subject.outcome->travel.speed(),
         "travel.long_way");
}
void over_30min(const Task& t) { beyond(t, standards_of(t.subject).long_time, "travel.long_time"); }

void far_pupils(const Task& t) {
  beyond(t, standards_of(t.subject).long_time, "travel.long_time", Who::All);
  t.out.formula = {"路程超过界限者：需寄宿或校车",
                   "pupils beyond the limit: they need a bed or a bus"};
  const CampusFigures f = figures_of(t.subject);
  t.part("其中不宜寄宿的低年级", "of them too young to board", f.far_and_young, "pupils");
  t.part("床位缺口", "beds short", f.beds_short, "beds");
  t.standard("boarding.first_grade");
}

void own_catchment(const Task& t) {
  t.out.formula = {"本学区学生 ÷ 有学区的学生",
                   "pupils of its own catchments / pupils who have one"};
  const Place& place = t.place();
  const IdVector<HomeId, CatchmentId> of =
      catchment_of_homes(place, t.subject.stage, t.subject.year());
  double own = 0.0, all = 0.0;
  std::vector<SourceRow> rows;
  for (const PupilFlow& f : t.subject.result().flows) {
    if (f.campus != t.subject.campus || !of[f.home].valid()) continue;
    all += f.pupils;
    const auto& serving = place.catchments[of[f.home]].campuses;
    if (std::ranges::find(serving, f.campus) == serving.end()) continue;
    own += f.pupils;
    rows.push_back(home_row(place, f.home, f.pupils, "pupils"));
  }
  t.part_of_rows("本学区", "of its own catchments", own, "pupils");
  t.part("有学区者", "who have a catchment", all, "pupils");
  add_rows(t, std::move(rows));
  add_rule_numbers(t);
}

void migrants(const Task& t) {
  t.out.formula = {"随迁子女 ÷ 在校生", "migrant children / pupils"};
  const auto& classes = t.place().classes;
  const CampusYear& year = t.subject.numbers();
  std::map<HomeId, double> by_home;
  double migrant = 0.0;
  for (const ClassPupils& p : t.entry->rows.pupils)
    if (p.campus == t.subject.campus && p.household.index < classes.size() &&
        classes[p.household].migrant)
      by_home[p.home] += p.pupils;
  for (ClassId k : classes.ids())
    if (classes[k].migrant && k.index < year.by_class.size()) migrant += year.by_class[k.index];
  t.part_of_rows("随迁子女", "migrant children", migrant, "pupils");
  t.part("在校生", "pupils", year.enrolment, "pupils");
  for (ClassId k : classes.ids())
    if (k.index < year.by_class.size())
      t.part(("其中" + classes[k].name.in_chinese()).c_str(),
             ("of them " + classes[k].name.in_english()).c_str(), year.by_class[k.index],
             classes[k].migrant ? "pupils (migrant)" : "pupils");
  add_rows(t, by_home, "pupils");
  add_rule_numbers(t);
}

}  // namespace

std::vector<Kind> kinds_of_pupils() {
  using F = CampusFigures;
  return {{{"share_over_service_radius", {"超出服务半径", "share beyond the service radius"}},
           "share",
           figure<&F::share_over_radius>,
           over_radius},
          {{"share_over_1km", {"超过1公里", "share beyond the long way"}},
           "share",
           figure<&F::share_over_1km>,
           over_1km},
          {{"share_over_30min", {"超过30分钟", "share beyond half an hour"}},
           "share",
           figure<&F::share_over_30min>,
           over_30min},
          {{"far_pupils", {"路远学生", "pupils who need a bed or a bus"}},
           "pupils",
           figure<&F::far_pupils>,
           far_pupils},
          {{"own_catchment_share", {"本学区生源", "share of its pupils from its own catchments"}},
           "share",
           figure<&F::own_catchment_share>,
           own_catchment},
          {{"migrant_share", {"随迁子女比例", "share of migrant children"}},
           "share",
           figure<&F::migrant_share>,
           migrants,
           Needs::Entry}};
}

}  // namespace doorstep::session
