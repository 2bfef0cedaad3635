#include "session/explain/subject.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/text.h"

namespace doorstep::session {
namespace {

CampusId campus_named(const Place& place, const std::string& code) {
  std::vector<std::string> known, holding;
  std::vector<CampusId> called;
  for (auto c : place.campuses.ids()) {
    const Campus& campus = place.campuses[c];
    if (campus.code == code) return c;
    if (campus.name.zh == code || campus.name.en == code) called.push_back(c);
    known.push_back(campus.code);
    for (const std::string* name : {&campus.name.zh, &campus.name.en}) {
      if (name->empty()) continue;
      known.push_back(*name);
      if (name->find(code) != std::string::npos) holding.push_back(*name);
    }
  }
  if (called.size() == 1) return called.front();
  if (called.size() > 1)
    throw Error(fmt::format("{} campuses are called \"{}\"", called.size(), code), "--campus",
                fmt::format("give the code: {} or {}", place.campuses[called[0]].code,
                            place.campuses[called[1]].code));
  const std::string near = holding.empty() || code.empty() ? closest(code, known) : holding.front();
  throw Error(fmt::format("no campus \"{}\"", code), "--campus",
              near.empty() ? "give its code or name; campuses.csv of a run lists them"
                           : fmt::format("did you mean {}?", near));
}

StageId stage_of(const Place& place, CampusId c, const std::string& code) {
  const Campus& campus = place.campuses[c];
  std::vector<StageId> taught;
  std::string list;
  for (auto s : place.stages.ids()) {
    if (s.index >= campus.stages.size() || !campus.stages[s]) continue;
    taught.push_back(s);
    list += (list.empty() ? "" : ", ") + place.stages[s].code;
    if (place.stages[s].code == code) return s;
  }
  if (code.empty() && taught.size() == 1) return taught.front();
  throw Error(code.empty() ? fmt::format("{} teaches more than one stage", campus.code)
                           : fmt::format("{} does not teach \"{}\"", campus.code, code),
              "--stage", "it teaches " + (list.empty() ? std::string("nothing") : list));
}

}  // namespace

StageId stage_named(const Place& place, const std::string& code) {
  std::string list;
  for (StageId s : place.stages.ids()) {
    if (place.stages[s].code == code) return s;
    list += (list.empty() ? "" : ", ") + place.stages[s].code;
  }
  if (code.empty() && place.stages.size() == 1) return StageId(0);
  throw Error(code.empty() ? std::string("the place has several stages")
                           : fmt::format("no stage \"{}\"", code),
              "--stage", "there are " + list);
}

std::size_t year_named(const Outcome& outcome, Year wanted, Year otherwise) {
  const auto& years = outcome.run.years;
  if (wanted == 0) wanted = otherwise;
  auto found = std::ranges::find(years, wanted, &YearResult::year);
  if (found == years.end())
    throw Error(fmt::format("{} is no year of the run", wanted), "--year",
                fmt::format("it runs from {} to {}", years.front().year, years.back().year));
  return static_cast<std::size_t>(found - years.begin());
}

Subject find_subject(const Outcome& outcome, const CampusQuestion& question) {
  Subject subject;
  subject.outcome = &outcome;
  subject.campus = campus_named(outcome.place, question.campus);
  subject.stage = stage_of(outcome.place, subject.campus, question.stage);
  subject.year_index = year_named(outcome, question.year, outcome.run.years.back().year);
  return subject;
}

std::unique_ptr<Witness> witness_entry(const Subject& subject, Needs needs, Progress& progress) {
  const Outcome& outcome = *subject.outcome;
  auto seen = std::make_unique<Witness>();
  RunOptions options;
  options.first_year = outcome.run.years.front().year;
  options.years = subject.year() - options.first_year;
  options.seed = outcome.scenario.seed;
  options.only = subject.stage;
  options.watch = [&](const AdmissionInput& input, const Admission& admission) {
    if (input.stage != subject.stage || input.year != subject.year()) return;
    seen->input = input;
    seen->admission = admission;
  };
  options.watch_rows = [&](Year year, StageId stage, const StageRows& rows) {
    if (stage == subject.stage && year == subject.year()) seen->rows = rows;
  };
  (void)simulate(outcome.place, outcome.travel, outcome.opened->coefficients, outcome.opened->forms,
                 options, progress);
  DOORSTEP_ASSERT(seen->input.place != nullptr);
  if (needs == Needs::Refusals) seen->refusals = refusals_of(seen->input, progress);
  return seen;
}

}  // namespace doorstep::session
