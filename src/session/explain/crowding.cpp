// Explanations of how full a campus is: seats, classes, and the demand that its intake meets.

#include <fmt/format.h>

#include <cmath>

#include "indicators/overview.h"
#include "place/stage_kind.h"
#include "session/explain/task.h"

namespace doorstep::session {
namespace {

/// The row of the campus in its file.
InputRef row_of_campus(const Task& t, const char* field = "") {
  InputRef at = t.subject.given().source;
  at.field = field;
  return at;
}

void enrolled_and_seats(const Task& t) {
  t.part_of_rows("在校生", "enrolment", t.subject.numbers().enrolment, "pupils");
  t.part("学位", "seats", t.subject.numbers().seats, "seats", row_of_campus(t, "seats"));
  add_pupils(t);
}

void seats(const Task& t) {
  t.out.formula = {"该年有效的学位数", "the seats in force that year"};
  const CampusStage& offer = *t.subject.given().stages[t.subject.stage];
  for (const Step& s : offer.seats)
    if (s.from <= t.subject.year())
      t.part(fmt::format("自 {} 年", s.from).c_str(), fmt::format("from {}", s.from).c_str(),
             s.value, "seats");
  t.out.rows.push_back({row_of_campus(t), t.subject.given().code, t.subject.given().name,
                        t.subject.numbers().seats, "seats"});
}

void utilisation(const Task& t) {
  t.out.formula = {"在校生 ÷ 学位", "enrolment / seats"};
  enrolled_and_seats(t);
}

/// The class standard that divides pupils into classes: the place's own, or that of config.
void class_standard(const Task& t) {
  const Stage& stage = t.subject.stage_given();
  const std::string name = std::string("class.standard.") + stage_kind_code(stage.kind);
  const Coefficients& all = t.subject.outcome->opened->standards.all;
  Coefficient c;
  if (all.has(name)) c = all.items().at(name);
  if (c.value != stage.class_standard)
    c = {double(stage.class_standard), double(stage.class_standard), double(stage.class_standard),
         "class_standard of [[stage]] in place.toml", "F"};
  t.out.numbers.emplace_back(name, c);
}

void classes(const Task& t) {
  t.out.formula = {"在校生 ÷ 标准班额，向上取整，不多于教室数",
                   "enrolment / class standard, rounded up, at most the rooms"};
  t.part_of_rows("在校生", "enrolment", t.subject.numbers().enrolment, "pupils");
  t.part("标准班额", "class standard", t.subject.stage_given().class_standard, "pupils");
  if (t.subject.numbers().rooms > 0)
    t.part("教室", "rooms", t.subject.numbers().rooms, "rooms", row_of_campus(t, "rooms"));
  class_standard(t);
  add_pupils(t);
}

void class_size(const Task& t) {
  t.out.formula = {"在校生 ÷ 班数", "enrolment / classes"};
  t.part_of_rows("在校生", "enrolment", t.subject.numbers().enrolment, "pupils");
  t.part("班数", "classes", t.subject.meaning().classes, "classes");
  class_standard(t);
  add_pupils(t);
}

void large(const Task& t) {
  t.out.formula = {"平均班额达到大班额界限时的班数", "all classes where their average is large"};
  t.part_of_rows("在校生", "enrolment", t.subject.numbers().enrolment, "pupils");
  t.part("平均班额", "average class size", t.subject.meaning().class_size, "pupils");
  t.part("班数", "classes", t.subject.meaning().classes, "classes");
  t.standard("class.large");
  class_standard(t);
  add_pupils(t);
}

void entry_seats(const Task& t) {
  t.out.formula = {"招生计划与空余学位（学位 − 在读升级学生）中较小者",
                   "the lesser of planned intake and seats - pupils who continue"};
  const CampusYear& year = t.subject.numbers();
  const double continuing = year.enrolment - (year.by_grade.empty() ? 0.0 : year.by_grade.front());
  t.part("招生计划", "planned intake", year.planned_intake, "pupils", row_of_campus(t, "intake"));
  t.part("学位", "seats", year.seats, "seats", row_of_campus(t, "seats"));
  t.part_of_rows("在读升级学生", "pupils who continue", continuing, "pupils");
  add_pupils(t, true);
}

void pressure(const Task& t) {
  t.out.formula = {"应入学 ÷ 招生计划", "entitled / planned intake"};
  t.part_of_rows("应入学", "entitled", t.subject.numbers().entitled, "pupils");
  t.part("招生计划", "planned intake", t.subject.numbers().planned_intake, "pupils",
         row_of_campus(t, "intake"));
  add_rows(t, entitled_by_home(t), "pupils");
  t.standard("warning.yellow");
  t.standard("warning.red");
}

void teachers(const Task& t) {
  t.out.formula = {"在校生 ÷ 每名教职工的学生数", "pupils / pupils per teacher"};
  t.part_of_rows("在校生", "pupils", t.subject.numbers().enrolment, "pupils");
  add_pupils(t);
  const StageKind kind = t.subject.stage_given().kind;
  if (kind != StageKind::Kindergarten)
    t.standard(fmt::format("staff.pupils_per_teacher.{}", stage_kind_code(kind)).c_str());
}

void funded(const Task& t) {
  t.out.formula = {"乡村小规模学校按界限人数核拨",
                   "pupils, in the country at least the number funded as"};
  t.part_of_rows("在校生", "pupils", t.subject.numbers().enrolment, "pupils");
  add_pupils(t);
  t.standard("scale.funded_as");
  t.standard("scale.point_left_out");
  t.standard("scale.viable");
}

const CampusIndicators& meaning_in(const Subject& s, std::size_t year) {
  return s.outcome->indicators[year].stages[s.stage].campuses[s.campus];
}

/// The first year in which the demand reaches the intake.
std::optional<Year> first_red_year(const Subject& s) {
  const Outcome& o = *s.outcome;
  const int ahead = years_ahead(s.stage_given().kind, o.opened->standards.all);
  return outlook(o.indicators, o.run, s.stage, ahead)[s.campus].first_red;
}

/// Where it stands in the run; the year asked for where no year is red.
std::size_t red_index(const Subject& s) {
  const std::optional<Year> red = first_red_year(s);
  return red ? static_cast<std::size_t>(*red - s.outcome->run.years.front().year) : s.year_index;
}

void first_red(const Task& t) {
  t.out.formula = {"应入学 ÷ 招生计划 首次达到红色界限的年份",
                   "the first year in which entitled / planned intake reaches the red limit"};
  const Outcome& o = *t.subject.outcome;
  for (std::size_t y = 0; y < o.indicators.size(); ++y) {
    const std::string year = std::to_string(o.indicators[y].year);
    t.part(year.c_str(), year.c_str(), meaning_in(t.subject, y).pressure, "share");
  }
  const std::size_t seen = red_index(t.subject);
  const Year year = o.run.years[seen].year;
  t.part_of_rows(
      fmt::format("{} 年应入学", year).c_str(), fmt::format("entitled in {}", year).c_str(),
      o.run.years[seen].stages[t.subject.stage].campuses[t.subject.campus].entitled, "pupils");
  add_rows(t, entitled_by_home(t), "pupils");
  t.standard("warning.red");
  t.standard("warning.years_ahead_primary");
}

template <class Number>
double as_number(const std::optional<Number>& n) {
  return n ? static_cast<double>(*n) : std::nan("");
}

CampusFigures figures_of(const Subject& s) {
  const FiguresInput input{s.outcome->place, s.outcome->travel, s.outcome->opened->standards,
                           nullptr};
  return campus_figures(input, s.outcome->run.years[s.year_index], s.stage)[s.campus];
}

}  // namespace

std::vector<Kind> kinds_of_crowding() {
  return {{{"seats", {"学位", "seats of all grades"}},
           "seats",
           [](const Subject& s) { return s.numbers().seats; },
           seats},
          {{"utilisation", {"学位使用率", "pupils over seats"}},
           "share",
           [](const Subject& s) { return s.meaning().utilisation; },
           utilisation},
          {{"classes", {"班数", "classes"}},
           "classes",
           [](const Subject& s) { return static_cast<double>(s.meaning().classes); },
           classes},
          {{"class_size", {"平均班额", "average class size"}},
           "pupils",
           [](const Subject& s) { return s.meaning().class_size; },
           class_size},
          {{"large", {"大班额班数", "large classes"}},
           "classes",
           [](const Subject& s) { return static_cast<double>(s.meaning().large); },
           large},
          {{"entry_seats", {"起始年级学位", "seats open to the first grade"}},
           "seats",
           [](const Subject& s) { return s.numbers().entry_seats; },
           entry_seats},
          {{"pressure", {"学位预警", "entitled over planned intake"}},
           "share",
           [](const Subject& s) { return s.meaning().pressure; },
           pressure,
           Needs::Entry},
          {{"first_red", {"首次红色预警年份", "first year of a red seat warning"}},
           "year",
           [](const Subject& s) { return as_number(first_red_year(s)); },
           first_red,
           Needs::Entry,
           red_index},
          {{"teachers_needed", {"应配教师", "teachers that its pupils need"}},
           "persons",
           [](const Subject& s) { return figures_of(s).teachers_needed; },
           teachers},
          {{"funded_pupils", {"核拨经费人数", "pupils that funding counts"}},
           "pupils",
           [](const Subject& s) { return figures_of(s).funded_pupils; },
           funded}};
}

}  // namespace doorstep::session
