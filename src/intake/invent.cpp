// What has to be made up where no file says it, so that a place runs: homes along streets, and
// schools among the homes. All of it is marked synthetic and said loudly.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include "base/error.h"
#include "base/text.h"
#include "geo/crs.h"
#include "intake/making.h"
#include "io/osm/streets.h"

namespace doorstep::intake {
namespace {

struct Cell {
  Xy sum;  ///< of middles, weighted by km
  double km = 0.0;
};

/// Street kilometres by square of a side.
std::map<std::pair<long, long>, Cell> cells_of(const Streets& streets, double side_m) {
  std::map<std::pair<long, long>, Cell> cells;
  for (uint32_t n = 0; n < streets.nodes(); ++n)
    for (uint32_t e = streets.first[n]; e < streets.first[n + 1]; ++e) {
      Xy middle = (streets.node_at[n] + streets.node_at[streets.head[e]]) * 0.5;
      if (!std::isfinite(middle.x) || !std::isfinite(middle.y)) continue;
      // Every street is two edges, one each way; one-ways are few.
      double km = static_cast<double>(streets.length_m[e]) / 2000.0;
      Cell& cell = cells[{std::lround(std::floor(middle.y / side_m)),
                          std::lround(std::floor(middle.x / side_m))}];
      cell.sum = cell.sum + middle * km;
      cell.km += km;
    }
  return cells;
}

std::size_t nearest_site(const std::vector<Xy>& sites, Xy at) {
  std::size_t best = 0;
  for (std::size_t s = 1; s < sites.size(); ++s)
    if (distance_m(sites[s], at) < distance_m(sites[best], at)) best = s;
  return best;
}

/// Sites among weighted points: the farthest from those before, then moved to the middle of those
/// they are nearest to (k-means, Lloyd 1982), and at last to a point.
std::vector<Xy> sites_among(const std::vector<Xy>& points, const std::vector<double>& weight,
                            std::size_t wanted) {
  auto heaviest = static_cast<std::size_t>(std::ranges::max_element(weight) - weight.begin());
  std::vector<Xy> sites{points[heaviest]};
  std::vector<double> away(points.size(), std::numeric_limits<double>::max());
  while (sites.size() < std::min(wanted, points.size())) {
    std::size_t farthest = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
      away[i] = std::min(away[i], distance_m(points[i], sites.back()));
      if (away[i] * std::sqrt(weight[i]) > away[farthest] * std::sqrt(weight[farthest]))
        farthest = i;
    }
    if (away[farthest] <= 0.0) break;
    sites.push_back(points[farthest]);
  }
  for (int round = 0; round < 10; ++round) {
    std::vector<Xy> sum(sites.size());
    std::vector<double> mass(sites.size(), 0.0);
    for (std::size_t i = 0; i < points.size(); ++i) {
      std::size_t s = nearest_site(sites, points[i]);
      sum[s] = sum[s] + points[i] * weight[i];
      mass[s] += weight[i];
    }
    for (std::size_t s = 0; s < sites.size(); ++s)
      if (mass[s] > 0) sites[s] = sum[s] * (1.0 / mass[s]);
  }
  for (Xy& site : sites) site = points[nearest_site(points, site)];
  return sites;
}

}  // namespace

void homes_along_streets(Making& making) {
  const SourceLayer& layer = *making.of(Role::Osm).front();
  io::OsmOptions options;
  options.with_backdrop = false;
  auto extract = io::read_osm(layer.path, options, Crs(making.crs));
  const Streets& streets = extract.value.streets;
  if (streets.nodes() == 0) return;
  double side = 250.0;
  auto cells = cells_of(streets, side);
  while (static_cast<double>(cells.size()) > making.dictionary.assumed().grid_homes) {
    side *= 1.25;
    cells = cells_of(streets, side);
  }
  for (const auto& [key, cell] : cells) {
    if (cell.km <= 0.0) continue;
    MadeHome home;
    home.code = made_code("H", making.homes.size() + 1, 999);
    home.at = cell.sum * (1.0 / cell.km);
    home.weight = cell.km;
    home.source = {layer.shown, 0, ""};
    making.homes.push_back(std::move(home));
  }
  making.along_streets = true;
  std::string value = fmt::format("{} squares of {:.0f} m with streets", making.homes.size(), side);
  making.assume("homes", value, "no file lists homes, and the map shows no residential areas");
  making.draft.findings.warning(
      "homes-assumed", "no file lists homes: " + value + " stand for them", {"homes.csv", 0, ""},
      "give homes or communities and draft it again");
}

void invent_campuses(Making& making) {
  if (!making.invent) return;
  if (making.homes.empty())
    throw Error(
        "no home has a position", making.layers_taken(),
        "give a table or map of communities, of areas or of schools, in which the addresses "
        "are found");
  std::vector<Xy> points;
  for (const MadeHome& h : making.homes) points.push_back(h.at);
  for (const MadeStage& stage : making.stages) {
    std::vector<double> pupils;
    double total = 0.0;
    for (const MadeHome& h : making.homes) {
      double here = 0.0;
      for (int a = stage.is.entry_age; a < stage.is.entry_age + stage.is.grades; ++a)
        if (a < static_cast<int>(h.ages.size())) here += h.ages[static_cast<std::size_t>(a)];
      pupils.push_back(here);
      total += here;
    }
    double seats = default_seats(making, stage);
    auto wanted = static_cast<std::size_t>(std::clamp(std::ceil(total / seats), 1.0, 400.0));
    std::vector<Xy> sites = sites_among(points, pupils, wanted);
    for (std::size_t i = 0; i < sites.size(); ++i) {
      MadeCampus c;
      c.code = made_code(stage.kind.substr(0, 1), i + 1, sites.size());
      c.name = {fmt::format("假定{} {}", stage.is.name.zh, i + 1),
                fmt::format("assumed {} {}", stage.is.name.en, i + 1)};
      c.at = sites[i];
      c.located = true;
      c.area = making.homes[nearest_site(points, sites[i])].area;
      c.origin = "synthetic";
      c.offers[stage.kind].seats[0] =
          std::ceil(std::max(total / static_cast<double>(sites.size()), 1.0));
      c.source = {"assumed", 0, ""};
      making.campuses.push_back(std::move(c));
    }
  }
  making.assume(
      "campuses", fmt::format("{} assumed schools", making.campuses.size()),
      "no file lists schools: as many of usual size as the children need, among the homes");
  making.draft.findings.warning(
      "schools-assumed",
      fmt::format("no file lists schools: {} are assumed, with seats for all children",
                  making.campuses.size()),
      {"campuses.csv", 0, ""}, "give a table or map of schools and draft the place again");
}

}  // namespace doorstep::intake
