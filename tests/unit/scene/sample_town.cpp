#include "unit/scene/sample_town.h"

#include <algorithm>
#include <cmath>
#include <sstream>

#include "base/file.h"
#include "base/random.h"

namespace doorstep::test {
namespace {

const StageId kStage{0};

void add_stage(Place& place) {
  Stage stage;
  stage.code = "primary";
  stage.name = {"小学", "primary"};
  place.stages.push_back(stage);
  place.base_year = 2026;
  place.origin = Origin::Synthetic;
}

CampusId add_campus(Town& town, const std::string& code, Name name, Xy at, double seats) {
  Campus campus;
  campus.code = code;
  campus.name = std::move(name);
  campus.at = at;
  campus.stages.resize(1);
  campus.stages[kStage] = CampusStage{{{2000, seats}}, {}, 0.0, {}};
  CampusYear year;
  year.open = true;
  year.seats = seats;
  town.run.campuses.push_back(year);
  return town.place.campuses.push_back(campus);
}

HomeId add_home(Town& town, const std::string& code, Xy at) {
  town.run.unplaced_of.push_back(0.0);
  return town.place.homes.push_back({code, at, {}, {}});
}

void add_flow(Town& town, HomeId home, CampusId campus, double pupils) {
  town.run.flows.push_back({home, campus, pupils});
  town.run.campuses[campus].enrolment += pupils;
  town.run.pupils += pupils;
  town.run.placed += pupils;
}

void add_catchment(Place& place, const std::string& code, MultiPolygon area,
                   std::vector<HomeId> homes, CampusId campus) {
  Catchment c;
  c.code = code;
  c.name = {code, code};
  c.stage = kStage;
  c.area = std::move(area);
  c.homes = std::move(homes);
  c.campuses = {campus};
  place.catchments.push_back(c);
}

void finish(Town& town) {
  town.run.flows = town.run.flows.listed();  // in order by campus too
  for (CampusYear& y : town.run.campuses) {
    CampusIndicators in;
    in.open = y.open;
    in.utilisation = y.utilisation();
    in.classes = std::max(1, static_cast<int>(std::ceil(y.seats / 45)));
    in.travel_mean_min = 4.0 + 20.0 * in.utilisation;
    town.indicators.campuses.push_back(in);
  }
  town.geometry = scene::build_geometry(town.place, kStage, 2026, &town.run);
}

const Name kNames[] = {{"第一小学", "No. 1 Primary"},
                       {"实验小学", "Experimental"},
                       {"东城小学", "East Town"},
                       {"锦园小学", "Brocade Garden"},
                       {"青石小学", "Bluestone"},
                       {"河滨小学", "Riverside"},
                       {"东湖小学", "East Lake"},
                       {"槐荫小学", "Locust Lane"},
                       {"城北小学", "North Gate"},
                       {"西关小学", "West Pass"},
                       {"新桥小学", "New Bridge"},
                       {"向阳小学", "Sunward"},
                       {"铁北小学", "North of the Rails"},
                       {"北塘小学", "Beitang"},
                       {"南岸小学", "South Bank"},
                       {"高庄小学", "Gaozhuang"},
                       {"桃园小学", "Peach Orchard"},
                       {"白杨小学", "Baiyang"},
                       {"双井乡中心小学", "Shuangjing Central"},
                       {"柳河镇中心小学", "Liuhe Central"},
                       {"云台乡中心小学", "Yuntai Central"},
                       {"龙泉镇中心小学", "Longquan Central"},
                       {"沙坪乡中心小学", "Shaping Central"},
                       {"石桥镇中心小学", "Shiqiao Central"}};
constexpr double kUse[] = {1.20, 1.16, 1.38, 1.33, 1.00, 1.07, 1.11, 0.94, 0.97, 0.88, 0.81, 0.79,
                           0.74, 0.46, 0.72, 0.36, 0.48, 0.30, 0.58, 0.66, 0.62, 0.56, 0.52, 0.69};
constexpr std::size_t kCampuses = std::size(kUse);

/// A sunflower spiral: even, without a grid.
Xy spiral(std::size_t i, double spacing) {
  double r = spacing * std::sqrt(static_cast<double>(i) + 0.35);
  double a = static_cast<double>(i) * 2.399963;
  return {1.25 * r * std::cos(a), r * std::sin(a)};
}

void add_backdrop(Place& place) {
  Backdrop river{Backdrop::Kind::River, {{}}, {}, {"青河", "Qinghe River"}};
  for (double x = -6500; x <= 6500; x += 500)
    river.lines[0].push_back({x, -0.42 * x + 500 * std::sin(x / 1700) - 900});
  place.backdrop.push_back(river);
  Backdrop ring{Backdrop::Kind::Arterial, {{}}, {}, {}};
  for (int i = 0; i <= 48; ++i)
    ring.lines[0].push_back({2300 * std::cos(i * 0.1309), 1750 * std::sin(i * 0.1309)});
  for (double a : {0.3, 1.7, 2.9, 4.2, 5.3})
    ring.lines.push_back({{500 * std::cos(a), 400 * std::sin(a)},
                          {3000 * std::cos(a + 0.08), 2400 * std::sin(a + 0.08)},
                          {8200 * std::cos(a), 6500 * std::sin(a)}});
  place.backdrop.push_back(ring);
  place.backdrop.push_back(
      {Backdrop::Kind::Rail, {{{-7000, 2500}, {-1000, 2300}, {2500, 2450}, {7500, 1600}}}, {}, {}});
}

}  // namespace

Town two_catchments() {
  Town town;
  add_stage(town.place);
  town.place.code = "two";
  town.place.name = {"两片镇", "Twotown"};
  CampusId w = add_campus(town, "W", {"西小学", "West"}, {500, 500}, 100);
  CampusId e = add_campus(town, "E", {"东小学", "East"}, {1500, 500}, 100);
  HomeId h[4];
  Xy at[4] = {{200, 800}, {800, 200}, {1800, 800}, {1800, 200}};
  for (int i = 0; i < 4; ++i) h[i] = add_home(town, "h" + std::to_string(i), at[i]);
  auto square = [](double x) {
    return MultiPolygon{{{{x, 0}, {x + 1000, 0}, {x + 1000, 1000}, {x, 1000}}, {}}};
  };
  add_catchment(town.place, "CW", square(0), {h[0], h[1]}, w);
  add_catchment(town.place, "CE", square(1000), {h[2], h[3]}, e);
  add_flow(town, h[0], w, 60);
  add_flow(town, h[1], w, 30);
  add_flow(town, h[1], e, 30);
  add_flow(town, h[2], e, 50);
  add_flow(town, h[3], e, 40);
  finish(town);
  return town;
}

Town large_town(bool relieved) {
  Town town;
  add_stage(town.place);
  Place& place = town.place;
  place.code = "synthetic";
  place.name = {"合成区", "Synthetic district"};
  place.crs = "EPSG:4547";
  place.travel.detour = 1.22;
  place.origin_note_zh = "住户、学生与学位均由固定种子生成";
  place.origin_note_en = "homes, pupils and seats are made from a fixed seed";
  place.sources.push_back({"streets", "s.pbf", "ODbL", "OpenStreetMap", "", Origin::Real});
  RandomStream random(RandomKey(11));
  std::vector<std::vector<HomeId>> homes(kCampuses);
  std::vector<Xy> centre;
  for (std::size_t i = 0; i < kCampuses; ++i) {
    double spread = 700 + 15.0 * static_cast<double>(i);
    centre.push_back(spiral(i, spread) + Xy{random.uniform(-150, 150), random.uniform(-150, 150)});
  }
  std::vector<double> pupils_at(kCampuses, 0.0), home_pupils;
  for (std::size_t i = 0; i < 900; ++i) {
    Xy at = spiral(i, 152 + 0.035 * static_cast<double>(i)) +
            Xy{random.uniform(-60, 60), random.uniform(-60, 60)};
    std::size_t own = 0;
    for (std::size_t c = 1; c < kCampuses; ++c)
      if (distance_m(at, centre[c]) < distance_m(at, centre[own])) own = c;
    homes[own].push_back(add_home(town, "h" + std::to_string(i), at));
    double pupils = std::round(52 * std::exp(-std::hypot(at.x, at.y) / 3300) + 4);
    home_pupils.push_back(pupils);
    pupils_at[own] += pupils;
  }
  for (std::size_t i = 0; i < kCampuses; ++i) {
    CampusId campus = add_campus(town, "c" + std::to_string(i), kNames[i], centre[i], 1);
    add_catchment(place, "k" + std::to_string(i), {}, homes[i], campus);
  }
  for (std::size_t i = 0; i < kCampuses; ++i)
    for (HomeId h : homes[i]) {
      auto next = static_cast<std::size_t>(random.below(kCampuses));
      bool near = distance_m(place.homes[h].at, centre[next]) < 2600;
      double away = next != i && near ? std::round(home_pupils[h.index] * 0.3) : 0.0;
      double own = home_pupils[h.index] - away;
      double moved = relieved && i == 2 ? std::round(own * 0.3) : 0.0;
      add_flow(town, h, CampusId(i), own - moved);
      if (away > 0) add_flow(town, h, CampusId(next), away);
      if (moved > 0) add_flow(town, h, CampusId(h.index % 2 == 0 ? 7 : 15), moved);
    }
  // Seats give the wanted use of the unrelieved town; both towns share them.
  if (relieved) {
    Town base = large_town(false);
    for (CampusId c : place.campuses.ids()) town.run.campuses[c].seats = base.run.campuses[c].seats;
  } else {
    for (std::size_t i = 0; i < kCampuses; ++i) {
      CampusYear& y = town.run.campuses[CampusId(i)];
      y.seats = std::round(y.enrolment / kUse[i]);
    }
  }
  add_backdrop(place);
  place.groups.push_back(
      {"g1",
       {"一小集团", "No. 1 group"},
       CampusId(0),
       {{CampusId(2), "close_knit"}, {CampusId(17), "paired"}, {CampusId(9), "branch"}}});
  place.groups.push_back(
      {"g2",
       {"实验集团", "Experimental group"},
       CampusId(1),
       {{CampusId(13), "entrusted"}, {CampusId(3), "merged"}, {CampusId(20), "alliance"}}});
  finish(town);
  return town;
}

Words words_from_config(Language language) {
  std::string file = language == Language::Chinese ? "config/lang/zh.toml" : "config/lang/en.toml";
  std::istringstream in(read_file(resource_path(file)));
  std::map<std::string, std::string> out;
  std::string section, line;
  while (std::getline(in, line)) {
    if (!line.empty() && line[0] == '[') section = line.substr(1, line.find(']') - 1);
    std::size_t equals = line.find(" = \"");
    if (equals == std::string::npos || line[0] == '#') continue;
    std::string text = line.substr(equals + 4, line.rfind('"') - equals - 4);
    out[section + "." + trimmed(line.substr(0, equals))] = text;
  }
  return Words(language, std::move(out));
}

scene::MapContent content_of(const Town& town, const Words& words) {
  scene::MapContent content;
  content.current = town.snapshot();
  content.stage = kStage;
  content.year = 2026;
  content.words = &words;
  return content;
}

}  // namespace doorstep::test
