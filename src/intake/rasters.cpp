// Homes from rasters of people or children: squares with people in them, read window by window.
// Which ages a band holds is told from its name or the file's ("chn_f_5_2020.tif", "ages 5-9").

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <regex>

#include "base/error.h"
#include "base/text.h"
#include "geo/geometry.h"
#include "geo/spatial_index.h"
#include "intake/making.h"
#include "io/raster/raster.h"

namespace doorstep::intake {
namespace {

/// Ages of a band: none where it counts everybody.
std::optional<AgeBand> ages_of_band(const std::string& file, const std::string& band) {
  if (auto ages = age_band_of(band)) return ages;
  // WorldPop: country_sex_age_year; age 0 is the first year, 1 the four after it, then fives.
  static const std::regex kWorldPop(R"((?:^|_)([mft])_([0-9]{1,2})_[0-9]{4})");
  std::smatch found;
  std::string name = lower_ascii(file);
  if (std::regex_search(name, found, kWorldPop)) {
    int first = std::stoi(found[2].str());
    return AgeBand{AgeBand::Sex::All, first, first == 0 ? 0 : first == 1 ? 4 : first + 4};
  }
  static const std::regex kNamed(R"((?:age|ages)[_ ]?([0-9]{1,2})(?:[-_ ]([0-9]{1,2}))?)");
  if (std::regex_search(name, found, kNamed)) {
    int first = std::stoi(found[1].str());
    return AgeBand{AgeBand::Sex::All, first, found[2].matched ? std::stoi(found[2].str()) : first};
  }
  return std::nullopt;
}

struct Square {
  Xy sum;  ///< of cells, weighted by people
  double people = 0.0;
  std::vector<double> ages = std::vector<double>(19, 0.0);
};
using Squares = std::map<std::pair<long, long>, Square>;

/// Where people are taken from: inside the areas, or near the schools, or everywhere.
class Within {
 public:
  explicit Within(const Making& making) {
    std::vector<MultiPolygon> shapes;
    for (const MadeArea& a : making.areas)
      if (!a.shape.empty()) shapes.push_back(a.shape);
    areas_ = !shapes.empty();
    index_ = PolygonIndex(shapes);
    constexpr double kNearM = 3000.0;
    for (const MadeCampus& c : making.campuses) {
      if (!c.located) continue;
      box_.add(Xy{c.at.x - kNearM, c.at.y - kNearM});
      box_.add(Xy{c.at.x + kNearM, c.at.y + kNearM});
    }
  }
  bool operator()(Xy p) const {
    if (areas_) return index_.first(p) >= 0;
    return box_.empty() || box_.contains(p);
  }

 private:
  bool areas_ = false;
  PolygonIndex index_;
  Box box_;
};

int band_number(const std::string& name) {
  auto digit = name.find_first_of("0123456789");
  return digit == std::string::npos ? 1 : std::stoi(name.substr(digit));
}

double add_band(const Making& making, SourceLayer& layer, const Within& within, double side_m,
                Squares& squares) {
  io::Raster raster(layer.path, layer.shown);
  int band = band_number(layer.info.name);
  std::string crs = making.answer(layer.shown + ".crs");
  if (crs.empty()) crs = raster.grid().crs;
  if (crs.empty()) crs = making.request.crs.empty() ? "EPSG:4326" : making.request.crs;
  io::PointMover move(crs, "wgs84", making.crs, layer.shown);
  auto ages = ages_of_band(layer.file, raster.band_name(band));
  double people = 0.0;
  for (io::RasterBlock& window : raster.windows()) {
    raster.read(band, window);
    for (int r = 0; r < window.height; ++r)
      for (int c = 0; c < window.width; ++c) {
        double value = window.at(c, r);
        if (!(value > 0.0)) continue;
        Xy at = move(raster.grid().centre(window.column + c, window.row + r));
        if (!std::isfinite(at.x) || !within(at)) continue;
        Square& square = squares[{std::lround(std::floor(at.y / side_m)),
                                  std::lround(std::floor(at.x / side_m))}];
        square.sum = square.sum + at * value;
        square.people += value;
        people += value;
        if (!ages) continue;
        for (int a = ages->first; a <= std::min(ages->last, 18); ++a)
          square.ages[static_cast<std::size_t>(a)] += value / (ages->last - ages->first + 1);
      }
  }
  layer.system_guesses.push_back(
      {layer.shown + ".ages", "cells",
       ages ? fmt::format("ages {} to {}", ages->first, ages->last) : "people of all ages",
       ages ? 0.85 : 0.6, ages ? "the name of the file or band" : "no name says ages", false});
  return people;
}

}  // namespace

void homes_of_rasters(Making& making) {
  auto layers = making.of(Role::Raster);
  if (layers.empty()) return;
  Within within(making);
  double side = 250.0;
  Squares squares;
  double people = 0.0;
  constexpr std::size_t kMostHomes = 4000;
  do {  // coarser until the homes are few enough
    squares.clear();
    people = 0.0;
    for (SourceLayer* layer : layers) {
      layer->system_guesses.clear();
      people += add_band(making, *layer, within, side, squares);
    }
    side *= 1.5;
  } while (squares.size() > kMostHomes);
  side /= 1.5;
  bool by_age = false;
  for (const auto& [key, s] : squares)
    by_age |= std::ranges::any_of(s.ages, [](double n) { return n > 0; });
  for (const auto& [key, s] : squares) {
    MadeHome home;
    home.code = made_code("H", making.homes.size() + 1, squares.size());
    home.at = s.sum * (1.0 / s.people);
    home.weight = home.population = s.people;
    if (by_age) home.ages = s.ages;
    home.source = {layers.front()->shown, 0, ""};
    making.homes.push_back(std::move(home));
  }
  for (SourceLayer* layer : layers) layer->rows_used = layer->rows_read = squares.size();
  making.assume(
      "homes",
      fmt::format("{} squares of {:.0f} m", grouped(static_cast<double>(squares.size())), side),
      fmt::format("{} people of the raster", grouped(people)));
}

}  // namespace doorstep::intake
