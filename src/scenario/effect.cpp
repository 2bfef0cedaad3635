#include "scenario/effect.h"

#include <fmt/format.h>

#include <cmath>
#include <map>

#include "place/feeding.h"
#include "place/plausible.h"

namespace doorstep {
namespace {

class EffectCheck {
 public:
  EffectCheck(Workbench& work, const Scenario& scenario, const std::vector<InputRef>& sources)
      : work_(work), scenario_(scenario), sources_(sources) {
    const Year first = scenario.first_year == 0 ? work.place.base_year : scenario.first_year;
    last_ = first + scenario.years;
  }

  void run() {
    for (at_ = 0; at_ < scenario_.edits.size(); ++at_) {
      after_the_run();
      std::visit(*this, scenario_.edits[at_]);
    }
  }

  void operator()(const OpenCampus& e) {
    const int grades = work_.place.stages[work_.stage(e.stage)].grades;
    if (e.opening_grades > grades)
      say("opening_grades", "more-grades-than-there-are",
          fmt::format("{} opens with {} grades; {} has {}, all open from the first year", e.code,
                      e.opening_grades, e.stage, grades),
          fmt::format("write {} for all at once, 1 to fill from the first grade up", grades));
  }
  void operator()(const CloseCampus& e) {
    once("campus", "close " + e.campus, std::to_string(e.year),
         "leave one of them out: the campus closes in the earlier year");
  }
  void operator()(const SetSeats& e) {
    const std::string what = fmt::format("set_seats {} {} {}", e.campus, e.stage, e.year);
    const char* hint = "the last one holds; leave the other out";
    if (e.seats >= 0) once("seats", what, fmt::format("{}", e.seats), hint);
    if (e.rooms >= 0) once("rooms", what, fmt::format("{}", e.rooms), hint);
    seats_and_rooms(e);
  }
  void operator()(const SetFeeder& e) {
    const CampusId from = find_campus(work_.place, e.from), to = find_campus(work_.place, e.to);
    if (leads_on(work_.place, from, to)) return;
    say("to", "feeder-leads-nowhere",
        fmt::format("{} teaches no stage that follows one of {}: the feeder does nothing", e.to,
                    e.from),
        "a feeder leads from a school of one stage to one of the next, primary to junior");
  }
  void operator()(const AddHousing& e) {
    if (e.pupils_per_dwelling > kManyPupilsPerDwelling)
      say("pupils_per_dwelling", "many-pupils-per-dwelling",
          fmt::format("{} would bring {} pupils a dwelling", e.code, e.pupils_per_dwelling),
          "most bring 0.1 to 1 over all grades of compulsory school: 0.3 is three in ten "
          "dwellings");
  }
  void operator()(const SetPolicy& e) {
    const char* hint = "a policy holds for the whole run, the last one written; leave one out";
    auto flag = [](const std::optional<bool>& f) { return f ? (*f ? "true" : "false") : ""; };
    for (const auto& [key, word] : {std::pair<const char*, std::string>{"rule", e.rule},
                                    {"overflow", e.overflow},
                                    {"eligibility", e.eligibility},
                                    {"private_first", flag(e.private_first)},
                                    {"private_losers", e.private_losers},
                                    {"transfers", flag(e.transfers)}})
      if (!word.empty()) once(key, fmt::format("set_policy {}", key), word, hint);
  }
  template <class Other>
  void operator()(const Other&) {}

 private:
  void say(const char* key, const char* code, const std::string& message, const std::string& hint) {
    InputRef at = sources_[at_];
    at.field = key;
    work_.findings.warning(code, message, at, hint);
  }

  void after_the_run() {
    const Year year = std::visit([](const auto& e) { return e.year; }, scenario_.edits[at_]);
    if (year <= last_) return;
    say("year", "edit-after-run",
        fmt::format("{} is after the run's last year {}: the edit does nothing", year, last_),
        fmt::format("write a year up to {}, or run more years", last_));
  }

  /// A second edit that says something else of the same thing is named with the first.
  void once(const char* key, const std::string& what, const std::string& value, const char* hint) {
    const std::string thing = fmt::format("{} {}", what, key);
    auto [known, added] = said_.emplace(thing, std::pair{value, at_});
    if (added) return;
    if (known->second.first != value)
      say(key, "edits-contradict",
          fmt::format("says {}, but {} says {}", value, sources_[known->second.second].text(),
                      known->second.first),
          hint);
    known->second = {value, at_};
  }

  /// Classes are as many as there are rooms: seats beyond them are pupils in larger classes.
  void seats_and_rooms(const SetSeats& e) {
    if (e.seats < 0) return;
    const StageId s = work_.stage(e.stage);
    const auto& offer = work_.place.campuses[find_campus(work_.place, e.campus)].stages[s];
    const double rooms = offer ? rooms_in(*offer, e.year) : 0.0;
    const int standard = work_.place.stages[s].class_standard;
    if (rooms <= 0 || e.seats <= rooms * standard + 0.5) return;
    say("seats", "seats-beyond-rooms",
        fmt::format("{} seats stand in {} rooms: {} of them at {} a class, the others in larger "
                    "classes",
                    e.seats, rooms, rooms * standard, standard),
        fmt::format("add rooms = {} where classrooms are built too",
                    std::ceil(e.seats / standard)));
  }

  Workbench& work_;
  const Scenario& scenario_;
  const std::vector<InputRef>& sources_;
  Year last_ = 0;
  std::size_t at_ = 0;  ///< the edit at hand
  std::map<std::string, std::pair<std::string, std::size_t>> said_;
};

}  // namespace

void warn_of_no_effect(Workbench& work, const Scenario& scenario,
                       const std::vector<InputRef>& sources) {
  EffectCheck(work, scenario, sources).run();
}

}  // namespace doorstep
