#pragma once
// What a run comes to, told by codes, so that runs of other files can be compared.

#include <map>
#include <string>

#include "indicators/indicators.h"
#include "valley.h"

namespace doorstep::test {

/// Figures by "year stage code …": all that a run says of homes, campuses and groups.
using Figures = std::map<std::string, double>;

inline void add_group(const Place& p, const YearResult& year, GroupId g, Figures& out) {
  const std::string at = std::to_string(year.year) + " " + p.groups[g].code + " ";
  out[at + "members"] = year.groups[g].members;
  out[at + "gained"] = year.groups[g].gained;
  out[at + "displaced"] = year.groups[g].displaced;
  out[at + "staff"] = year.groups[g].staff_sent;
}
inline void add_stage(const Place& p, const StageYear& year, const std::string& at,
                      const std::string& name, Figures& out) {
  for (auto c : p.campuses.ids()) {
    const CampusYear& one = year.campuses[c];
    if (!p.campuses[c].code.starts_with(name)) continue;
    const std::string of = at + p.campuses[c].code + " ";
    for (std::size_t g = 0; g < one.by_grade.size(); ++g)
      out[of + "grade " + std::to_string(g)] = one.by_grade[g];
    for (std::size_t k = 0; k < one.by_class.size(); ++k)
      out[of + "class " + std::to_string(k)] = one.by_class[k];
    const std::map<std::string, double> more{
        {"seats", one.seats},         {"entry", one.entry_seats},
        {"entitled", one.entitled},   {"turned_away", one.turned_away},
        {"came", one.came},           {"left", one.left},
        {"returned", one.returned},   {"applied", one.applied},
        {"cutoff", one.cutoff_share}, {"quality", one.quality},
        {"brand", one.brand}};
    for (const auto& [what, value] : more) out[of + what] = value;
  }
  for (const PupilFlow& f : year.flows)
    if (p.homes[f.home].code.starts_with(name))
      out[at + p.homes[f.home].code + " at " + p.campuses[f.campus].code] = f.pupils;
  for (auto h : p.homes.ids())
    if (p.homes[h].code.starts_with(name))
      out[at + p.homes[h].code + " unplaced"] = year.unplaced_of[h];
}
inline void add_meaning(const Place& p, const StageIndicators& meaning, const std::string& at,
                        const std::string& name, Figures& out) {
  for (auto c : p.campuses.ids()) {
    const CampusIndicators& one = meaning.campuses[c];
    if (!one.open || !p.campuses[c].code.starts_with(name)) continue;
    const std::string of = at + p.campuses[c].code + " ";
    out[of + "use"] = one.utilisation;
    out[of + "class size"] = one.class_size;
    out[of + "minutes"] = one.travel_mean_min;
    out[of + "warning"] = one.warning;
  }
  if (!name.empty()) return;
  out[at + "minutes"] = meaning.travel_mean_min;
  out[at + "p90"] = meaning.travel_p90_min;
  out[at + "over 1 km"] = meaning.share_over_1km;
  out[at + "balance"] = meaning.balance;
  out[at + "own"] = meaning.own_catchment_share;
}

/// Of the valley `name`; "" all of them and the stages' own.
inline Figures figures_of(const Valleys& v, const Place& p, const RunResult& run,
                          const std::string& name = "") {
  Figures out;
  const TravelTable travel = v.travel_of(p);
  const std::vector<YearIndicators> meaning = measure(p, travel, run, Standards{});
  for (std::size_t y = 0; y < run.years.size(); ++y) {
    const YearResult& year = run.years[y];
    for (auto g : p.groups.ids())
      if (p.groups[g].code.starts_with(name)) add_group(p, year, g, out);
    for (auto s : p.stages.ids()) {
      const std::string at = std::to_string(year.year) + " " + p.stages[s].code + " ";
      add_stage(p, year.stages[s], at, name, out);
      add_meaning(p, meaning[y].stages[s], at, name, out);
    }
  }
  return out;
}

}  // namespace doorstep::test
