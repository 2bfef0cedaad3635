#include "bench/drawn_city.h"

#include <algorithm>
#include <cstring>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/file.h"
#include "bench/measure.h"
#include "geo/crs.h"
#include "geo/spatial_index.h"

namespace doorstep::bench {
namespace {

const StageId kStage{0};
constexpr Year kYear = 2026;
constexpr LonLat kCorner{113.10, 23.00};  // of the offsets in the files

/// Offsets in degrees, as 32-bit floats one after the other.
std::vector<float> read_floats(const std::filesystem::path& path, std::size_t count) {
  const std::string bytes = read_file(path);
  if (bytes.size() < count * sizeof(float))
    throw Error("too short: " + std::to_string(bytes.size() / sizeof(float)) + " numbers of " +
                    std::to_string(count),
                path.string(), "write it again with gen.py");
  std::vector<float> out(count);
  std::memcpy(out.data(), bytes.data(), count * sizeof(float));
  return out;
}

nlohmann::json read_json(const std::filesystem::path& path) {
  try {
    return nlohmann::json::parse(read_file(path));
  } catch (const nlohmann::json::exception& e) {
    throw Error(e.what(), path.string(), "write it again with gen.py");
  }
}

/// Points of the files in the plane that the peers draw in.
class Plane {
 public:
  Plane() : way_(Crs("EPSG:4326"), Crs("EPSG:3857")) {}
  [[nodiscard]] Xy at(double lon, double lat) const { return way_.to_xy({lon, lat}); }
  /// Pairs of offsets.
  [[nodiscard]] std::vector<Xy> all(const std::vector<float>& offsets) const {
    std::vector<Xy> out(offsets.size() / 2);
    for (std::size_t i = 0; i < out.size(); ++i)
      out[i] = {kCorner.lon + static_cast<double>(offsets[2 * i]),
                kCorner.lat + static_cast<double>(offsets[2 * i + 1])};
    way_.transform(out);
    return out;
  }

 private:
  Transformer way_;
};

void add_schools(const nlohmann::json& schools, const Plane& plane, DrawnCity& city) {
  for (const auto& at : schools) {
    const std::string number = std::to_string(city.place.campuses.size() + 1);
    Campus campus;
    campus.code = "s" + number;
    campus.name = {"第" + number + "小学", "No. " + number + " Primary"};
    campus.at = plane.at(at.at(0), at.at(1));
    campus.stages.resize(1);
    campus.stages[kStage] = CampusStage{};
    city.place.campuses.push_back(std::move(campus));
  }
}

/// Catchments in the order of the schools, as gen.py writes them; returns the seats of each for a
/// pupil: the less, the fuller.
std::vector<double> add_catchments(const nlohmann::json& features, const Plane& plane,
                                   DrawnCity& city) {
  std::vector<double> seats_a_pupil;
  for (const auto& feature : features) {
    Catchment c;
    c.code = "k" + std::to_string(city.place.catchments.size() + 1);
    c.name = {c.code, c.code};
    c.stage = kStage;
    c.campuses = {CampusId(city.place.catchments.size())};
    Polygon polygon;
    for (const auto& p : feature.at("geometry").at("coordinates").at(0))
      polygon.outer.push_back(plane.at(p.at(0), p.at(1)));
    polygon.outer.pop_back();  // the file repeats the first point
    c.area = {std::move(polygon)};
    city.place.catchments.push_back(std::move(c));
    constexpr double kEmptiest = 0.4, kRange = 1.1;
    const double load = feature.at("properties").at("load");
    seats_a_pupil.push_back(1.0 / (kEmptiest + kRange * load));
  }
  return seats_a_pupil;
}

void add_pupils(const std::vector<Xy>& homes, const std::vector<Xy>& ends, DrawnCity& city) {
  for (std::size_t i = 0; i < homes.size(); ++i)
    city.place.homes.push_back({"h" + std::to_string(i), homes[i], {}, {}});
  city.run.unplaced_of.assign(homes.size(), 0.0);
  std::vector<Xy> schools;
  for (const Campus& c : city.place.campuses) schools.push_back(c.at);
  const PointIndex nearest(schools);
  const auto own = catchment_of_homes(city.place, kStage, kYear);
  for (HomeId h : city.place.homes.ids()) {
    CampusId to(static_cast<uint32_t>(nearest.nearest(homes[h.index])));
    if (h.index < ends.size() / 2)
      to = CampusId(static_cast<uint32_t>(nearest.nearest(ends[2 * h.index + 1])));
    else if (own[h].valid())
      to = city.place.catchments[own[h]].campuses.front();
    city.run.flows.push_back({h, to, 1.0});
    city.run.campuses[to].enrolment += 1.0;
  }
  city.run.pupils = city.run.placed = static_cast<double>(homes.size());
}

}  // namespace

void read_drawn_city(const std::filesystem::path& folder, std::size_t homes, std::size_t flows,
                     DrawnCity& city) {
  const Plane plane;
  Place& place = city.place;
  place.code = "drawn";
  place.name = {"绘图基准", "City of the benchmark"};
  place.base_year = kYear;
  place.crs = "EPSG:3857";
  place.origin = Origin::Synthetic;
  Stage stage;
  stage.code = "primary";
  stage.name = {"小学", "primary"};
  place.stages.push_back(stage);
  add_schools(read_json(folder / "schools.json"), plane, city);
  const auto seats_a_pupil =
      add_catchments(read_json(folder / "catch.geojson").at("features"), plane, city);
  if (seats_a_pupil.size() != place.campuses.size())
    throw Error("as many catchments as schools are needed", (folder / "catch.geojson").string(),
                "write it again with gen.py");
  city.run.campuses.resize(place.campuses.size());
  flows = std::min(flows, homes);
  add_pupils(plane.all(read_floats(folder / "homes1m.f32", 2 * homes)),
             plane.all(read_floats(folder / "flows100k.f32", 4 * flows)), city);
  for (CampusId c : place.campuses.ids()) {
    CampusYear& year = city.run.campuses[c];
    year.open = true;
    year.seats = std::max(1.0, std::round(year.enrolment * seats_a_pupil[c.index]));
    place.campuses[c].stages[kStage]->seats = {{kYear, year.seats}};
    CampusIndicators figures;
    figures.open = true;
    figures.utilisation = year.utilisation();
    city.indicators.campuses.push_back(figures);
  }
  city.geometry_ms =
      cpu_ms_of([&] { city.geometry = scene::build_geometry(place, kStage, kYear, &city.run); });
}

}  // namespace doorstep::bench
