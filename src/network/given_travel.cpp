#include "network/given_travel.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace doorstep {
namespace {

constexpr int kNamedAtMost = 20;  // findings that name one home each, before a count of the rest
constexpr std::size_t kHomesPerStep = 1024;

bool usable(Minutes m) { return std::isfinite(m.value) && m.value >= 0.0; }

/// Median over the rows of minutes per kilometre of straight line; the place's own speed and detour
/// where no row has a distance.
double median_min_per_km(const Place& place) {
  std::vector<double> rates;
  rates.reserve(place.travel.given.size());
  for (const GivenTravel& row : place.travel.given) {
    double km = distance_m(place.homes[row.home].at, place.campuses[row.campus].at) / 1000.0;
    if (km > 0.0 && usable(row.minutes)) rates.push_back(row.minutes.value / km);
  }
  if (rates.empty()) return 1000.0 * place.travel.detour / place.travel.speed.value;
  std::size_t mid = rates.size() / 2;
  std::ranges::nth_element(rates, rates.begin() + static_cast<std::ptrdiff_t>(mid));
  double upper = rates[mid];
  if (rates.size() % 2 == 1) return upper;
  double lower = *std::max_element(rates.begin(), rates.begin() + static_cast<std::ptrdiff_t>(mid));
  return (lower + upper) / 2.0;
}

/// Which homes and campuses the given rows know at their present sites.
struct Known {
  IdVector<HomeId, char> homes;
  IdVector<CampusId, char> campuses;
};

Known known_by_rows(const Place& place, const Lending& lent) {
  Known known{IdVector<HomeId, char>(place.homes.size(), 0),
              IdVector<CampusId, char>(place.campuses.size(), 0)};
  for (const GivenTravel& row : place.travel.given) {
    known.homes[row.home] = 1;
    known.campuses[row.campus] = 1;
  }
  for (CampusId c : place.campuses.ids()) {
    if (lent.moved[c]) known.campuses[c] = 0;
  }
  return known;
}

/// Says which rows were not taken as they stand.
void report_rows(int bad, int repeated, Diagnostics& findings) {
  if (bad > 0) {
    findings
        .warning("travel.bad_minutes",
                 fmt::format("{} rows of the travel table have minutes that are negative or not "
                             "a number; these pairs are unreachable",
                             bad))
        .done = Done::Skipped;
  }
  if (repeated > 0) {
    findings
        .warning(
            "travel.repeated_row",
            fmt::format("{} pairs are given more than once; the least minutes are used", repeated))
        .done = Done::Skipped;
  }
}

void copy_rows(const Place& place, const Known& known, const Lending& lent, TravelTable& table,
               Diagnostics& findings) {
  int bad = 0;
  int repeated = 0;
  for (const GivenTravel& row : place.travel.given) {
    if (!known.campuses[row.campus] || lent.has(row.home, row.campus)) continue;
    if (!usable(row.minutes)) {
      ++bad;
      continue;
    }
    if (table.reachable(row.home, row.campus)) {
      // The least of repeated rows, so that their order does not matter.
      ++repeated;
      if (table.minutes(row.home, row.campus) <= row.minutes) continue;
    }
    table.set(row.home, row.campus, row.minutes);
  }
  report_rows(bad, repeated, findings);
}

void report_unknown(const Place& place, const Known& known, const Lending& lent, double min_per_km,
                    Diagnostics& findings) {
  std::string how = fmt::format(
      "straight-line minutes at the table's median of {:.2f} minutes per km are used", min_per_km);
  for (CampusId c : place.campuses.ids()) {
    if (known.campuses[c] || lent.campuses[c].valid()) continue;
    const Campus& campus = place.campuses[c];
    findings.add({Severity::Warning, "travel.unknown_campus",
                  fmt::format("the travel table does not know campus {}{}; {}", campus.code,
                              lent.moved[c] ? " at its new site" : "", how),
                  campus.source, "give its minutes in the travel table",
                  MapSpot{campus.at.x, campus.at.y}});
  }
  int unknown_homes = 0;
  for (HomeId h : place.homes.ids()) {
    if (known.homes[h] || lent.homes[h].valid() || ++unknown_homes > kNamedAtMost) continue;
    const Home& home = place.homes[h];
    findings.add({Severity::Warning, "travel.unknown_home",
                  fmt::format("the travel table does not know home {}; {}", home.code, how),
                  home.source, "give its minutes in the travel table",
                  MapSpot{home.at.x, home.at.y}});
  }
  if (unknown_homes > kNamedAtMost) {
    findings.warning(
        "travel.unknown_homes",
        fmt::format("the travel table does not know {} homes in all; {}", unknown_homes, how));
  }
}

}  // namespace

void fill_given(const Place& place, const Place& reference, const Lending& lent, TravelTable& table,
                Progress& progress, Diagnostics& findings) {
  Known known = known_by_rows(place, lent);
  copy_rows(place, known, lent, table, findings);
  double min_per_km = median_min_per_km(reference);
  for (HomeId h : place.homes.ids()) {
    if (h.index % kHomesPerStep == 0) {
      progress.step("travel table", static_cast<double>(h.index) / double(place.homes.size()));
    }
    for (CampusId c : place.campuses.ids()) {
      if (lent.has(h, c) || (known.homes[h] && known.campuses[c])) continue;
      double km = distance_m(place.homes[h].at, place.campuses[c].at) / 1000.0;
      table.set(h, c, Minutes(km * min_per_km));
    }
  }
  report_unknown(place, known, lent, min_per_km, findings);
}

GivenRows given_rows(const Place& place, Diagnostics& findings) {
  const Lending nothing(place);
  Known known = known_by_rows(place, nothing);
  const double min_per_km = median_min_per_km(place);
  GivenRows out;
  int bad = 0;
  int repeated = 0;
  for (const GivenTravel& row : place.travel.given) {
    if (!usable(row.minutes)) {
      ++bad;
      continue;
    }
    const auto ds = static_cast<uint32_t>(std::llround(row.minutes.value * 600.0));
    out.ways.push_back({row.home, {row.campus, ds}});
  }
  std::ranges::sort(out.ways, {}, [](const GivenWay& g) { return std::pair(g.home, g.way); });
  const auto same = [](const GivenWay& a, const GivenWay& b) {
    return a.home == b.home && a.way.campus == b.way.campus;
  };
  // The first of one pair has the least minutes.
  const auto rest = std::unique(out.ways.begin(), out.ways.end(), same);
  repeated = static_cast<int>(out.ways.end() - rest);
  out.ways.erase(rest, out.ways.end());
  report_rows(bad, repeated, findings);
  report_unknown(place, known, nothing, min_per_km, findings);
  out.far.min_per_km = min_per_km;
  out.far.known_homes = std::move(known.homes);
  out.far.known_campuses = std::move(known.campuses);
  return out;
}

}  // namespace doorstep
