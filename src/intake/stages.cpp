// The stages there are, from what the schools teach, and seats where no file gives them.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/text.h"
#include "indicators/indicators.h"
#include "intake/making.h"
#include "io/config.h"

namespace doorstep::intake {
namespace {

int class_standard(const MadeStage& stage) {
  if (stage.is.class_standard > 0) return stage.is.class_standard;
  static const Standards standards = io::load_standards();
  return static_cast<int>(standards.all.value("class.standard." + stage.kind));
}

/// How many offers got their seats in which way.
struct SeatCounts {
  std::size_t by_intake = 0, by_rooms = 0, by_pupils = 0, by_default = 0;
};

void fill_seats(const Making& making, const MadeStage& stage, MadeOffer& offer,
                SeatCounts& counts) {
  if (!offer.seats.empty()) return;
  offer.seats_assumed = true;
  int standard = class_standard(stage);
  double pupils = pupils_in(offer);
  if (!offer.intake.empty()) {
    for (const auto& [year, intake] : offer.intake) offer.seats[year] = intake * stage.is.grades;
    ++counts.by_intake;
  } else if (offer.rooms > 0) {
    offer.seats[0] = offer.rooms * standard;
    ++counts.by_rooms;
  } else if (pupils > 0) {
    offer.seats[0] = std::ceil(pupils);
    ++counts.by_pupils;
  } else {
    offer.seats[0] = making.dictionary.assumed().classes_per_grade * stage.is.grades * standard;
    ++counts.by_default;
  }
}

void report_seats(Making& making, const MadeStage& stage, const SeatCounts& counts) {
  std::string key = "seats." + stage.kind;
  int standard = class_standard(stage);
  auto say = [&](std::size_t n, const std::string& value, const std::string& reason) {
    if (n > 0) making.assume(key, value, fmt::format("{} schools: {}", n, reason));
  };
  say(counts.by_intake, fmt::format("intake x {} grades", stage.is.grades),
      "only their intake is given");
  say(counts.by_rooms, fmt::format("classes x {}", standard), "only their classes are given");
  say(counts.by_pupils, "their pupils", "only their pupils are given: every school counts as full");
  say(counts.by_default,
      fmt::format("{:g}",
                  making.dictionary.assumed().classes_per_grade * stage.is.grades * standard),
      fmt::format(
          "no file gives seats, classes or pupils: {:g} classes a grade of {} for every school",
          making.dictionary.assumed().classes_per_grade, standard));
  if (counts.by_default > 0)
    making.draft.findings.warning(
        "seats-assumed",
        fmt::format("{} {} schools have no seats in any file: all get the same", counts.by_default,
                    stage.kind),
        {"place.toml", 0, key}, "figures of crowding mean nothing until real seats are given");
}

/// Where no school is given, one is drawn for each area and stage, so that the place runs.
void invent_campuses(Making& making) {
  std::size_t n = 0;
  for (const MadeArea& area : making.areas) {
    if (area.shape.empty() && !making.schematic) continue;
    for (const char* kind : {"primary", "junior"}) {
      const StageDefaults& is = making.country->stages.at(kind);
      MadeCampus c;
      c.code = made_code(std::string(1, kind[0]), ++n, making.areas.size() * 2);
      c.name = {"假定学校 " + area.name.in_chinese() + " " + is.name.zh,
                "assumed school, " + area.name.in_english() + ", " + is.name.en};
      c.area = area.code;
      c.origin = "synthetic";
      c.source = area.source;
      double pupils = 0.0;
      for (int a = is.entry_age; a < is.entry_age + is.grades; ++a)
        if (a < static_cast<int>(area.ages.size()))
          pupils += area.ages[static_cast<std::size_t>(a)];
      if (pupils > 0) {
        c.offers[kind].seats[0] = std::ceil(pupils);
        c.offers[kind].seats_assumed = true;
      } else {
        c.offers[kind];
      }
      making.campuses.push_back(std::move(c));
    }
  }
  if (making.campuses.empty())
    throw Error("no schools, and no areas to assume one in", "the files",
                "give a table or map of schools, or say which file it is with --confirm "
                "FILE.role=campuses");
  making.assume("campuses", fmt::format("{} assumed schools", making.campuses.size()),
                "no file lists schools: one for each area and stage, as large as its children");
  making.draft.findings.warning(
      "schools-assumed",
      fmt::format("no file lists schools: {} are assumed, one for each area and stage",
                  making.campuses.size()),
      {"campuses.csv", 0, ""}, "give a table of schools and draft the place again");
}

}  // namespace

double pupils_in(const MadeOffer& offer) {
  double by_age = 0.0, in_all = offer.counted;
  for (const auto& [age, n] : offer.pupils) (age >= 0 ? by_age : in_all) += n;
  return by_age > 0 ? by_age : in_all;
}

void make_stages(Making& making) {
  if (making.campuses.empty()) invent_campuses(making);
  for (const std::string& kind : stage_kinds()) {
    bool taught = std::ranges::any_of(
        making.campuses, [&](const MadeCampus& c) { return c.offers.count(kind) > 0; });
    if (taught) making.stages.push_back({kind, making.country->stages.at(kind)});
  }
  if (making.stages.empty())
    throw Error("no school teaches any stage", "the files", "say the stage in a field of types");
  std::vector<std::string> said;
  for (const MadeStage& s : making.stages)
    said.push_back(fmt::format("{} of {} grades from age {}", s.kind, s.is.grades, s.is.entry_age));
  making.assume("stages", fmt::format("{}", fmt::join(said, ", ")),
                fmt::format("as usual in {} (config/fields.toml)", making.country->name));
  for (const MadeStage& stage : making.stages) {
    SeatCounts counts;
    for (MadeCampus& c : making.campuses) {
      auto offer = c.offers.find(stage.kind);
      if (offer != c.offers.end()) fill_seats(making, stage, offer->second, counts);
    }
    report_seats(making, stage, counts);
  }
}

}  // namespace doorstep::intake
