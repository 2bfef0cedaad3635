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
    offer.seats[0] = default_seats(making, stage);
    offer.seats_by_default = true;
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

/// The stages that the user names, where any.
void keep_stages_said(Making& making) {
  std::string answer = making.answer("stages");
  if (answer.empty()) return;
  std::vector<std::string> wanted;
  for (std::size_t from = 0; from <= answer.size();) {
    std::size_t comma = std::min(answer.find(',', from), answer.size());
    wanted.push_back(trimmed(answer.substr(from, comma - from)));
    from = comma + 1;
  }
  for (const std::string& kind : wanted)
    if (making.stage(kind) == nullptr)
      throw Error("\"" + kind + "\" is no stage of these files", "--confirm stages",
                  "there are: " + kinds_of(making));
  keep_stages(making,
              [&](const std::string& kind) { return std::ranges::count(wanted, kind) > 0; });
}

}  // namespace

double pupils_in(const MadeOffer& offer) {
  double by_age = 0.0, in_all = offer.counted;
  for (const auto& [age, n] : offer.pupils) (age >= 0 ? by_age : in_all) += n;
  return by_age > 0 ? by_age : in_all;
}

double default_seats(const Making& making, const MadeStage& stage) {
  return making.dictionary.assumed().classes_per_grade * stage.is.grades * class_standard(stage);
}

std::string kinds_of(const Making& making) {
  std::vector<std::string> kinds;
  for (const MadeStage& s : making.stages) kinds.push_back(s.kind);
  return fmt::format("{}", fmt::join(kinds, ","));
}

void keep_stages(Making& making, const std::function<bool(const std::string& kind)>& keep) {
  std::erase_if(making.stages, [&](const MadeStage& s) { return !keep(s.kind); });
  std::erase_if(making.campuses, [&](MadeCampus& c) {
    bool taught = !c.offers.empty();
    std::erase_if(c.offers, [&](const auto& offer) { return !keep(offer.first); });
    return taught && c.offers.empty();
  });
}

void make_stages(Making& making) {
  making.invent = making.campuses.empty();
  for (const std::string& kind : stage_kinds()) {
    bool taught = std::ranges::any_of(
        making.campuses, [&](const MadeCampus& c) { return c.offers.count(kind) > 0; });
    taught |= making.invent && (kind == "primary" || kind == "junior");
    if (taught) making.stages.push_back({kind, making.country->stages.at(kind)});
  }
  if (making.stages.empty())
    throw Error("no school teaches any stage", making.layers_taken(),
                "say the stage in a field of types");
  keep_stages_said(making);
  std::map<std::string, SeatCounts> counts;
  if (!making.invent)
    for (const MadeStage& stage : making.stages)
      for (MadeCampus& c : making.campuses) {
        auto offer = c.offers.find(stage.kind);
        if (offer != c.offers.end()) fill_seats(making, stage, offer->second, counts[stage.kind]);
      }
  leave_out_unlisted_stages(making);
  std::vector<std::string> said;
  for (const MadeStage& s : making.stages)
    said.push_back(fmt::format("{} of {} grades from age {}", s.kind, s.is.grades, s.is.entry_age));
  making.assume("stages", fmt::format("{}", fmt::join(said, ", ")),
                fmt::format("as usual in {} (config/fields.toml)", making.country->name));
  for (const MadeStage& stage : making.stages)
    if (!making.invent) report_seats(making, stage, counts[stage.kind]);
}

}  // namespace doorstep::intake
