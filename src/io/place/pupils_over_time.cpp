// How many pupils come on from grade to grade, from history; and which household classes children
// are of, where only shares are known.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/text.h"
#include "io/place/context.h"
#include "place/cohort_survival.h"

namespace doorstep::io {
namespace {

/// Pupils by year and grade of one area, or of the whole table.
using History = std::map<Year, std::vector<double>>;

/// The table's rows added up: rows of one year and area are campuses or towns.
std::map<AreaId, History> histories_of(PlaceContext& context, Section& section, StageId stage) {
  Table table = read_layer(context, section, "progression");
  FieldOf year = required_field(table, section, "year");
  FieldOf area = field_of(table, section, "area");
  std::vector<FieldOf> grades;
  for (const std::string& name : section.texts("grades"))
    grades.push_back(named_field(table, name, section.at("grades").field));
  const auto expected = static_cast<std::size_t>(context.place.stages[stage].grades);
  if (grades.size() != expected)
    section.refuse("grades", fmt::format("names {} fields", grades.size()),
                   fmt::format("name one a grade of the stage: {}", expected));
  std::map<AreaId, History> out;
  for (std::size_t r = 0; r < table.rows(); ++r) {
    auto y = year_in_cell(context, year, r);
    if (!y) continue;
    AreaId id;
    if (area.present()) {
      auto found = context.areas.find(area.text(r));
      if (found == context.areas.end()) {
        context.findings
            .warning("unknown-area", fmt::format("pupils of area \"{}\"", area.text(r)),
                     table.at(r, area.name), "no home lies there; the row is not used")
            .done = Done::Skipped;
        continue;
      }
      id = found->second;
    }
    std::vector<double>& sum = out[id][*y];
    sum.resize(grades.size(), 0.0);
    for (std::size_t g = 0; g < grades.size(); ++g)
      sum[g] += amount_in_cell(context, grades[g], r, "pupils").value_or(0.0);
  }
  return out;
}

/// Keeps ratios of a stage and area: once, and with a word where a grade would come to nothing.
void keep_progression(PlaceContext& context, Section& section, Progression given) {
  Growth& growth = context.place.growth;
  const Stage& stage = context.place.stages[given.stage];
  for (const Progression& p : growth.progression)
    if (p.stage == given.stage && p.area == given.area)
      section.refuse(
          "stage",
          fmt::format(
              "ratios of {} stand twice{}", stage.code,
              given.area.valid() ? " for area " + context.place.areas[given.area].code : ""),
          "keep one [[progression]] for each stage and area");
  for (std::size_t g = 0; g < given.survival.size(); ++g)
    if (given.survival[g] == 0.0)
      context.findings.warning(
          "nobody-comes-on",
          fmt::format("the ratio from grade {} to {} of {} is 0: every year it empties", g + 1,
                      g + 2, stage.code),
          section.at(section.has("file") ? "grades" : "survival"),
          "1 keeps all; check that the field holds that grade");
  growth.progression.push_back(std::move(given));
}

}  // namespace

void read_progression(PlaceContext& context, Section section) {
  const StageId stage = context.stage(section, "stage");
  const auto steps = static_cast<std::size_t>(context.place.stages[stage].grades - 1);
  if (section.has("file")) {
    const int years = section.integer("years", 3);
    if (years < 1) section.refuse("years", "must be at least 1", "3 is usual");
    for (const auto& [area, history] : histories_of(context, section, stage)) {
      const std::vector<double> survival = cohort_survival(history, years);
      if (survival.empty())
        section.refuse("file", "holds no two years in a row", "give at least two");
      keep_progression(context, section, {stage, area, survival});
    }
    section.finish(context.findings);
    return;
  }
  Progression given{stage, AreaId(), {}};
  for (const std::string& text : section.texts("survival")) {
    double ratio = 0.0;
    if (!parse_number(text, ratio)) section.refuse("survival", "\"" + text + "\" is no number", "");
    given.survival.push_back(ratio);
  }
  if (given.survival.size() != steps)
    section.refuse("survival", fmt::format("holds {} ratios", given.survival.size()),
                   fmt::format("give one a step between grades: {}, or a file", steps));
  if (std::ranges::any_of(given.survival, [](double r) { return !(r >= 0.0) || r > 10.0; }))
    section.refuse("survival", "a ratio lies outside 0 to 10", "1 keeps all");
  if (section.text("source").empty())
    context.findings.warning("progression-without-source", "ratios between grades name no source",
                             section.at("source"), "write where the figures stand");
  section.finish(context.findings);
  keep_progression(context, section, std::move(given));
}

void read_class_share(PlaceContext& context, Section& household) {
  if (!household.has("share")) return;
  std::map<UrbanClass, double> share;
  if (auto by_class = household.inner_table("share")) {
    for (const auto& [word, urban] :
         {std::pair{"city", UrbanClass::City}, std::pair{"town", UrbanClass::Town},
          std::pair{"rural", UrbanClass::Rural}})
      share[urban] = by_class->required_number(word);
    by_class->finish(context.findings);
  } else {
    const double all = household.required_number("share");
    for (UrbanClass u : {UrbanClass::City, UrbanClass::Town, UrbanClass::Rural}) share[u] = all;
  }
  for (const auto& [urban, value] : share)
    if (!(value >= 0.0) || value > 1.0)
      household.refuse("share", "must lie in [0, 1]", "the shares of all classes add up to 1");
  const std::string source = household.text("share_source");
  const std::string mark = household.text("share_mark", "assumed");
  context.findings.info("class-by-share",
                        fmt::format("children of this class are a share of all ({}: {})", mark,
                                    source.empty() ? "no source given" : source),
                        household.at("share"));
  context.class_shares.push_back(std::move(share));
}

void split_children_by_class(PlaceContext& context) {
  if (context.class_shares.empty()) return;
  Place& place = context.place;
  const InputRef at{context.file, 0, "class.share"};
  if (context.class_shares.size() != place.classes.size())
    throw Error("some household classes have a share and some have none", at.text(),
                "give a share to each");
  for (UrbanClass u : {UrbanClass::City, UrbanClass::Town, UrbanClass::Rural}) {
    double sum = 0.0;
    for (const auto& share : context.class_shares) sum += share.at(u);
    if (std::abs(sum - 1.0) > 1e-6)
      throw Error(fmt::format("the shares of household classes add up to {}", sum), at.text(),
                  "they add up to 1 in each urban class");
  }
  for (HomeId h : place.homes.ids()) {
    const AreaId area = place.homes[h].area;
    const UrbanClass urban = area.valid() ? place.areas[area].urban : UrbanClass::City;
    for (int age = 0; age < place.children.ages; ++age) {
      double all = 0.0;
      for (ClassId c : place.classes.ids()) all += place.children.at(h, c, age);
      for (ClassId c : place.classes.ids())
        place.children.at(h, c, age) = all * context.class_shares[c.index].at(urban);
    }
  }
}

}  // namespace doorstep::io
