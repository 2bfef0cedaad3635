#include "session/explain/explain.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "assign/eligibility.h"
#include "base/error.h"
#include "base/text.h"
#include "indicators/boarding.h"
#include "session/explain/task.h"

namespace doorstep::session {
namespace {

void enrolment(const Task& t) {
  t.out.formula = {"各年级在校生之和", "sum over grades"};
  const CampusYear& year = t.subject.numbers();
  for (std::size_t g = 0; g < year.by_grade.size(); ++g)
    t.part(fmt::format("{} 年级", g + 1).c_str(), fmt::format("grade {}", g + 1).c_str(),
           year.by_grade[g], "pupils");
  std::vector<SourceRow> rows;
  for (const PupilFlow& f : t.subject.result().flows)
    if (f.campus == t.subject.campus)
      rows.push_back(home_row(t.place(), f.home, f.pupils, "pupils"));
  add_rows(t, std::move(rows));
  add_rule_numbers(t);
}

void seats(const Task& t) {
  t.out.formula = {"该年有效的学位数", "the seats in force that year"};
  const CampusStage& offer = *t.subject.given().stages[t.subject.stage];
  for (const Step& s : offer.seats)
    if (s.from <= t.subject.year())
      t.part(fmt::format("自 {} 年", s.from).c_str(), fmt::format("from {}", s.from).c_str(),
             s.value, "seats");
  t.out.rows.push_back({t.subject.given().source, t.subject.given().code, t.subject.given().name,
                        t.subject.numbers().seats, "seats"});
}

void utilisation(const Task& t) {
  t.out.formula = {"在校生 ÷ 学位", "enrolment / seats"};
  t.part("在校生", "enrolment", t.subject.numbers().enrolment, "pupils");
  t.part("学位", "seats", t.subject.numbers().seats, "seats");
}

void classes(const Task& t) {
  t.out.formula = {"在校生 ÷ 标准班额，向上取整，不多于教室数",
                   "enrolment / class standard, rounded up, at most the rooms"};
  t.part("在校生", "enrolment", t.subject.numbers().enrolment, "pupils");
  t.part("标准班额", "class standard", t.subject.stage_given().class_standard, "pupils");
  if (t.subject.numbers().rooms > 0) t.part("教室", "rooms", t.subject.numbers().rooms, "rooms");
}

void class_size(const Task& t) {
  t.out.formula = {"在校生 ÷ 班数", "enrolment / classes"};
  t.part("在校生", "enrolment", t.subject.numbers().enrolment, "pupils");
  t.part("班数", "classes", t.subject.meaning().classes, "classes");
}

void large(const Task& t) {
  t.out.formula = {"平均班额达到大班额界限时的班数", "all classes where their average is large"};
  t.part("平均班额", "average class size", t.subject.meaning().class_size, "pupils");
  t.part("班数", "classes", t.subject.meaning().classes, "classes");
  t.standard("class.large");
}

void entry_seats(const Task& t) {
  t.out.formula = {"招生计划与空余学位中较小者",
                   "the lesser of planned intake and seats not held by pupils who continue"};
  const CampusYear& year = t.subject.numbers();
  double continuing = year.enrolment - (year.by_grade.empty() ? 0.0 : year.by_grade.front());
  t.part("招生计划", "planned intake", year.planned_intake, "pupils");
  t.part("学位", "seats", year.seats, "seats");
  t.part("在读升级学生", "pupils who continue", continuing, "pupils");
}

void entrants(const Task& t) {
  t.out.formula = {"本年录取的一年级新生", "admitted to the first grade this year"};
  std::map<HomeId, double> by_home;
  for (const Flow& f : t.entry->admission.flows)
    if (f.campus == t.subject.campus) by_home[t.entry->input.entrants[f.entrants].home] += f.pupils;
  std::vector<SourceRow> rows;
  for (const auto& [home, pupils] : by_home)
    rows.push_back(home_row(t.place(), home, pupils, "pupils"));
  add_rows(t, std::move(rows));
  add_rule_numbers(t);
}

void entitled(const Task& t) {
  t.out.formula = {"学区内应入学儿童，统筹之前；多校划片按招生学位分摊",
                   "first-grade children of its catchment, before diversion; shared by entry seats "
                   "where several campuses serve it"};
  const AdmissionInput& input = t.entry->input;
  std::map<HomeId, double> by_home;
  for (const Entrants& row : input.entrants) {
    std::vector<CampusId> serving = serving_campuses(input, row.home);
    if (std::ranges::find(serving, t.subject.campus) == serving.end()) continue;
    double all = 0.0;
    for (CampusId c : serving) all += input.offers[c].seats;
    by_home[row.home] += row.pupils * (all > 0 ? input.offers[t.subject.campus].seats / all
                                               : 1.0 / static_cast<double>(serving.size()));
  }
  std::vector<SourceRow> rows;
  for (const auto& [home, pupils] : by_home)
    rows.push_back(home_row(t.place(), home, pupils, "pupils"));
  add_rows(t, std::move(rows));
}

void pressure(const Task& t) {
  t.out.formula = {"应入学 ÷ 招生计划", "entitled / planned intake"};
  t.part("应入学", "entitled", t.subject.numbers().entitled, "pupils");
  t.part("招生计划", "planned intake", t.subject.numbers().planned_intake, "pupils");
  t.standard("warning.yellow");
  t.standard("warning.red");
}

void turned_away(const Task& t) {
  t.out.formula = {"想来而没有学位的申请者", "applicants for whom no seat was left"};
  t.part("招生学位", "entry seats", t.subject.numbers().entry_seats, "seats");
  t.part("录取", "admitted", t.subject.numbers().entrants, "pupils");
  t.part("录取线所在顺位的录取比例", "share let in of the tier at the cutoff",
         t.subject.numbers().cutoff_share, "share");
  add_rule_numbers(t);
}

void travel_mean(const Task& t) {
  t.out.formula = {"各居住点人数 × 分钟 之和 ÷ 人数",
                   "pupils × minutes summed over homes / pupils"};
  const TravelTable& travel = t.subject.outcome->travel;
  double pupil_minutes = 0.0, pupils = 0.0;
  const Boarding boarding(t.place(), travel, t.subject.outcome->opened->standards, t.subject.stage,
                          t.subject.result());
  std::vector<SourceRow> rows;
  for (const PupilFlow& f : t.subject.result().flows) {
    if (f.campus != t.subject.campus || !travel.reachable(f.home, f.campus)) continue;
    double minutes = travel.minutes(f.home, f.campus).value;
    const double daily = boarding.daily(f);
    pupil_minutes += daily * minutes;
    pupils += daily;
    rows.push_back(home_row(t.place(), f.home, daily * minutes, "pupil-minutes"));
  }
  t.part("人·分钟", "pupil-minutes", pupil_minutes, "pupil-minutes");
  t.part("可达的在校生", "pupils with a way", pupils, "pupils");
  if (const double boarders = boarding.far(t.subject.campus).boarders; boarders > 0)
    t.part("寄宿生（不每日往返，不计入）", "boarders, who do not travel daily and are left out",
           boarders, "pupils");
  add_rows(t, std::move(rows));
  const Name& note = t.place().travel.note;
  if (!note.zh.empty() || !note.en.empty()) t.out.notes.push_back(note);
}

void quality(const Task& t) {
  t.out.formula = {"基年给定的质量，加集团历年带来的提升，减核心校的损失",
                   "quality as given in the base year, plus what its group added, less what a core "
                   "lost"};
  double given = t.subject.given().quality;
  t.part("给定", "as given", given, "relative to the mean of 1");
  t.part("集团作用", "through its group", t.subject.numbers().quality - given, "");
  for (const Group& g : t.place().groups)
    for (const Tie& tie : g.ties) {
      if (tie.member != t.subject.campus && g.core != t.subject.campus) continue;
      auto form = t.subject.outcome->opened->forms.find(tie.form);
      if (form == t.subject.outcome->opened->forms.end()) continue;
      for (const char* rate : {"quality_rate", "depth", "phase_in_years", "core_loss"})
        if (form->second.has(rate))
          t.out.numbers.emplace_back(tie.form + "." + rate, form->second.items().at(rate));
    }
  t.out.rows.push_back({t.subject.given().source, t.subject.given().code, t.subject.given().name,
                        given, "relative to the mean of 1"});
}

std::vector<Kind> with_those_of_pupils(std::vector<Kind> all) {
  for (auto* more : {kinds_of_pupils, kinds_of_moves})
    for (Kind& k : more()) all.push_back(std::move(k));
  return all;
}

const std::vector<Kind>& kinds() {
  static const std::vector<Kind> kKinds = with_those_of_pupils(
      {{{"enrolment", {"在校生", "pupils enrolled"}},
        "pupils",
        [](const Subject& s) { return s.numbers().enrolment; },
        enrolment},
       {{"seats", {"学位", "seats of all grades"}},
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
       {{"entrants", {"新生", "admitted to the first grade"}},
        "pupils",
        [](const Subject& s) { return s.numbers().entrants; },
        entrants,
        true},
       {{"entitled", {"应入学", "first-grade children of its catchment"}},
        "pupils",
        [](const Subject& s) { return s.numbers().entitled; },
        entitled,
        true},
       {{"pressure", {"学位预警", "entitled over planned intake"}},
        "share",
        [](const Subject& s) { return s.meaning().pressure; },
        pressure},
       {{"turned_away", {"未录取", "applicants turned away"}},
        "pupils",
        [](const Subject& s) { return s.numbers().turned_away; },
        turned_away},
       {{"travel_mean_min", {"平均上学时间", "mean way of its pupils"}},
        "min",
        [](const Subject& s) { return s.meaning().travel_mean_min; },
        travel_mean},
       {{"quality", {"相对质量", "relative quality"}},
        "",
        [](const Subject& s) { return s.numbers().quality; },
        quality}});
  return kKinds;
}

const Kind& kind_named(const std::string& figure) {
  std::vector<std::string> known;
  std::string list;
  for (const Kind& k : kinds()) {
    if (k.about.figure == figure) return k;
    known.push_back(k.about.figure);
    list += (list.empty() ? "" : ", ") + k.about.figure;
  }
  std::string near = closest(figure, known);
  throw Error(fmt::format("no figure \"{}\"", figure), "--figure",
              near.empty() ? "there are " + list : fmt::format("did you mean {}?", near));
}

/// Edits that name the campus by code.
void add_edits(const Subject& s, Explanation& out) {
  const std::string& code = s.given().code;
  for (const Edit& e : s.outcome->scenario.edits) {
    bool touches = std::visit(
        [&](const auto& edit) {
          using T = std::decay_t<decltype(edit)>;
          if constexpr (std::is_same_v<T, OpenCampus>) return edit.code == code;
          if constexpr (std::is_same_v<T, CloseCampus> || std::is_same_v<T, SetSeats>)
            return edit.campus == code;
          if constexpr (std::is_same_v<T, JoinGroup>)
            return edit.campus == code || edit.core == code;
          if constexpr (std::is_same_v<T, SetFeeder>) return edit.from == code || edit.to == code;
          return false;
        },
        e);
    if (touches) out.edits.push_back({describe(e, true), describe(e, false)});
  }
}

}  // namespace

const std::vector<Explainable>& explainable_figures() {
  static const std::vector<Explainable> kFigures = [] {
    std::vector<Explainable> out;
    for (const Kind& k : kinds()) out.push_back(k.about);
    return out;
  }();
  return kFigures;
}

Explanation explain_campus(const Outcome& outcome, const CampusQuestion& question,
                           Progress& progress) {
  const Kind& kind = kind_named(question.figure);
  Subject subject = find_subject(outcome, question);
  if (!subject.numbers().open)
    throw Error(fmt::format("{} is not open in {}", subject.given().code, subject.year()), "--year",
                "ask for a year in which it has pupils");
  std::unique_ptr<Witness> entry;
  if (kind.needs_entry) entry = witness_entry(subject, progress);
  Explanation out;
  out.figure = kind.about.figure;
  out.name = kind.about.meaning;
  out.value = kind.value(subject);
  out.unit = kind.unit;
  kind.explain(Task{subject, entry.get(), question.rows, out});
  add_edits(subject, out);
  const Place& place = outcome.place;
  if (!place.origin_note_en.empty() || !place.origin_note_zh.empty())
    out.notes.push_back({place.origin_note_zh, place.origin_note_en});
  return out;
}

}  // namespace doorstep::session
