#include "session/explain/explain.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "base/error.h"
#include "base/text.h"
#include "indicators/boarding.h"
#include "session/edit_words.h"
#include "session/explain/task.h"

namespace doorstep::session {
namespace {

void enrolment(const Task& t) {
  t.out.formula = {"各年级在校生之和", "sum over grades"};
  const CampusYear& year = t.subject.numbers();
  for (std::size_t g = 0; g < year.by_grade.size(); ++g)
    t.part(fmt::format("{} 年级", g + 1).c_str(), fmt::format("grade {}", g + 1).c_str(),
           year.by_grade[g], "pupils");
  add_pupils(t);
}

void entrants(const Task& t) {
  t.out.formula = {"本年录取的一年级新生", "admitted to the first grade this year"};
  std::map<HomeId, double> by_home;
  for (const Flow& f : t.entry->admission.flows)
    if (f.campus == t.subject.campus) by_home[t.entry->input.entrants[f.entrants].home] += f.pupils;
  add_rows(t, by_home, "pupils");
  add_rule_numbers(t);
}

void entitled(const Task& t) {
  t.out.formula = {"学区内应入学儿童，统筹之前；多校划片按招生学位分摊",
                   "first-grade children of its catchment, before diversion; shared by entry seats "
                   "where several campuses serve it"};
  add_rows(t, entitled_by_home(t), "pupils");
}

void turned_away(const Task& t) {
  t.out.formula = {
      "想来而没有学位、最后去了别处或没有学位的申请者",
      "applicants who would rather be here than where they ended, and had no seat here"};
  t.part("招生学位", "entry seats", t.subject.numbers().entry_seats, "seats");
  t.part("录取", "admitted", t.subject.numbers().entrants, "pupils");
  t.part("录取线所在顺位的录取比例", "share let in of the tier at the cutoff",
         t.subject.numbers().cutoff_share, "share");
  std::map<HomeId, double> by_home;
  for (const Flow& f : t.entry->refusals.turned_away)
    if (f.campus == t.subject.campus) by_home[t.entry->input.entrants[f.entrants].home] += f.pupils;
  add_rows(t, by_home, "pupils");
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
  t.part_of_rows("人·分钟", "pupil-minutes", pupil_minutes, "pupil-minutes");
  t.part("可达的在校生", "pupils with a way", pupils, "pupils");
  if (const double boarders = boarding.far(t.subject.campus).boarders; boarders > 0)
    t.part("寄宿生（不每日往返，不计入）", "boarders, who do not travel daily and are left out",
           boarders, "pupils");
  add_rows(t, std::move(rows));
  add_rule_numbers(t);
  const Name& note = t.place().travel.note;
  if (!note.zh.empty() || !note.en.empty()) t.out.notes.push_back(note);
}

void quality(const Task& t) {
  t.out.formula = {"基年给定的质量，加集团历年带来的提升，减核心校的损失",
                   "quality as given in the base year, plus what its group added, less what a core "
                   "lost"};
  double before = t.subject.given().quality;
  t.part_of_rows("给定", "as given", before, "relative to the mean of 1");
  for (std::size_t y = 0; y <= t.subject.year_index; ++y) {
    const YearResult& year = t.subject.outcome->run.years[y];
    const double now = year.stages[t.subject.stage].campuses[t.subject.campus].quality;
    if (std::abs(now - before) > 1e-12)
      t.part(fmt::format("集团作用，{} 年", year.year).c_str(),
             fmt::format("through its group, {}", year.year).c_str(), now - before, "quality");
    before = now;
  }
  add_tie_rates(t, {"quality_rate", "depth", "start_share", "phase_in_years", "core_loss"});
  t.out.rows.push_back({t.subject.given().source, t.subject.given().code, t.subject.given().name,
                        t.subject.given().quality, "relative to the mean of 1"});
}

std::vector<Kind> with_the_others(std::vector<Kind> all) {
  for (auto* more : {kinds_of_crowding, kinds_of_pupils, kinds_of_moves})
    for (Kind& k : more()) all.push_back(std::move(k));
  return all;
}

const std::vector<Kind>& kinds() {
  static const std::vector<Kind> kKinds =
      with_the_others({{{"enrolment", {"在校生", "pupils enrolled"}},
                        "pupils",
                        [](const Subject& s) { return s.numbers().enrolment; },
                        enrolment},
                       {{"entrants", {"新生", "admitted to the first grade"}},
                        "pupils",
                        [](const Subject& s) { return s.numbers().entrants; },
                        entrants,
                        Needs::Entry},
                       {{"entitled", {"应入学", "first-grade children of its catchment"}},
                        "pupils",
                        [](const Subject& s) { return s.numbers().entitled; },
                        entitled,
                        Needs::Entry},
                       {{"turned_away", {"未录取", "applicants turned away"}},
                        "pupils",
                        [](const Subject& s) { return s.numbers().turned_away; },
                        turned_away,
                        Needs::Refusals},
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
  const EditNames names = edit_names_of(s.outcome->place, s.outcome->scenario);
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
    if (touches) out.edits.push_back(named(e, names));
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

double sum_of_rows(const Explanation& e) {
  double sum = e.more_amount;
  for (const SourceRow& r : e.rows) sum += r.amount;
  return sum;
}

Explanation explain_campus(const Outcome& outcome, const CampusQuestion& question,
                           Progress& progress) {
  const Kind& kind = kind_named(question.figure);
  Subject subject = find_subject(outcome, question);
  if (!subject.numbers().open)
    throw Error(fmt::format("{} is not open in {}", subject.given().code, subject.year()), "--year",
                "ask for a year in which it has pupils");
  std::unique_ptr<Witness> entry;
  if (kind.needs != Needs::Run) {
    Subject seen = subject;
    if (kind.seen_year != nullptr) seen.year_index = kind.seen_year(subject);
    entry = witness_entry(seen, kind.needs, progress);
  }
  Explanation out;
  out.code = subject.given().code;
  out.about = subject.given().name;
  out.stage = subject.stage_given().code;
  out.year = subject.year();
  out.figure = kind.about.figure;
  out.name = kind.about.meaning;
  out.value = kind.value(subject);
  out.unit = kind.unit;
  const Task task{subject, entry.get(), question.rows, out};
  kind.explain(task);
  say_beyond_seats(task);
  add_edits(subject, out);
  const Place& place = outcome.place;
  if (!place.origin_note_en.empty() || !place.origin_note_zh.empty())
    out.notes.push_back({place.origin_note_zh, place.origin_note_en});
  return out;
}

}  // namespace doorstep::session
