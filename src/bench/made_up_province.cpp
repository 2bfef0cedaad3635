#include "bench/made_up_province.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "base/file.h"
#include "base/random.h"
#include "geo/geometry.h"

namespace doorstep::bench {
namespace {

constexpr double kCountySideM = 37000.0;
constexpr double kTownSpreadM = 1600.0;  // most of a town within 3 km of its middle
constexpr double kInTown = 0.6;          // of a county's homes
constexpr int kAges = 18;
constexpr double kChildrenOfAnAge = 0.55;  // a home, in the middle of the ages
constexpr std::size_t kGroupSize = 4;

enum Kind { kPrimary, kJunior, kSenior, kKinds };
constexpr std::array<const char*, kKinds> kLetters{"p", "j", "s"};
constexpr std::array<double, kKinds> kShareOfCampuses{0.62, 0.27, 0.11};
constexpr std::array<int, kKinds> kGrades{6, 3, 3};
constexpr std::array<int, kKinds> kFirstAge{6, 12, 15};

struct MadeHome {
  Xy at;
  std::array<double, kAges> children{};
  std::array<std::size_t, kKinds> nearest{};  ///< campus of the kind in the county
};

struct MadeCampus {
  Xy at;
  double pupils = 0.0;        ///< of those homes to which it is nearest
  double small_pupils = 0.0;  ///< of kindergarten age
  double quality = 1.0;
};

/// One county: numbers of homes and campuses, and where they are.
class County {
 public:
  County(std::size_t number, Xy corner, std::size_t homes, std::size_t campuses, uint64_t seed)
      : number_(number), random_(RandomKey(seed).with("county").with(number)) {
    const Xy middle{corner.x + kCountySideM / 2, corner.y + kCountySideM / 2};
    for (std::size_t h = 0; h < homes; ++h) homes_.push_back(home(corner, middle));
    for (int k = 0; k < kKinds; ++k) settle(static_cast<Kind>(k), campuses);
  }

  void write_homes(std::string& out) const {
    for (std::size_t h = 0; h < homes_.size(); ++h) {
      const MadeHome& m = homes_[h];
      out +=
          fmt::format("h{:03}{:05},{:.0f},{:.0f},c{:03},{},{}", number_, h, m.at.x, m.at.y, number_,
                      code(kPrimary, m.nearest[kPrimary]), code(kJunior, m.nearest[kJunior]));
      for (double n : m.children) out += fmt::format(",{:.2f}", n);
      out += '\n';
    }
  }

  void write_campuses(std::string& out) {
    for (int kind = 0; kind < kKinds; ++kind)
      for (std::size_t i = 0; i < campuses_[kind].size(); ++i)
        write_campus(static_cast<Kind>(kind), i, out);
  }

  void write_groups(std::string& out) const {
    const std::size_t n = campuses_[kPrimary].size();
    for (std::size_t first = 0; first + kGroupSize <= n; first += 2 * kGroupSize) {
      out += fmt::format("\n[[group]]\ncode = \"g{:03}{:02}\"\ncore = \"{}\"\nmembers = [\n",
                         number_, first, code(kPrimary, first));
      for (std::size_t m = 1; m < kGroupSize; ++m)
        out += fmt::format("  {{ campus = \"{}\", form = \"close_knit\", since = 2022 }},\n",
                           code(kPrimary, first + m));
      out += "]\n";
    }
  }

 private:
  [[nodiscard]] std::string code(Kind kind, std::size_t i) const {
    return fmt::format("{}{:03}{:03}", kLetters[kind], number_, i);
  }

  MadeHome home(Xy corner, Xy middle) {
    MadeHome made;
    const bool town = random_.uniform() < kInTown;
    made.at = town ? Xy{middle.x + kTownSpreadM * random_.normal(),
                        middle.y + kTownSpreadM * random_.normal()}
                   : Xy{corner.x + kCountySideM * random_.uniform(),
                        corner.y + kCountySideM * random_.uniform()};
    const double size = random_.uniform(0.3, 1.7) * kChildrenOfAnAge;
    for (int age = 0; age < kAges; ++age)  // fewer of the small ones: births have fallen
      made.children[static_cast<std::size_t>(age)] =
          std::round(size * (0.7 + 0.035 * age) * 100.0) / 100.0;
    return made;
  }

  /// Draws sites among the homes, moves each to the middle of those nearest to it, counts pupils.
  void settle(Kind kind, std::size_t campuses) {
    const double share = kShareOfCampuses[kind] * static_cast<double>(campuses);
    const auto n = std::max<std::size_t>(2, static_cast<std::size_t>(std::llround(share)));
    auto& made = campuses_[kind];
    for (std::size_t i = 0; i < n; ++i)
      made.push_back(
          {homes_[random_.below(homes_.size())].at, 0.0, 0.0, random_.uniform(0.7, 1.4)});
    constexpr int kRounds = 3;
    for (int round = 0; round <= kRounds; ++round) {
      std::vector<Xy> sum(n);
      std::vector<double> count(n, 0.0);
      for (MadeHome& h : homes_) {
        const std::size_t i = h.nearest[kind] = nearest(made, h.at);
        sum[i].x += h.at.x;
        sum[i].y += h.at.y;
        count[i] += 1.0;
      }
      if (round == kRounds) break;
      for (std::size_t i = 0; i < n; ++i)
        if (count[i] > 0.0) made[i].at = {sum[i].x / count[i], sum[i].y / count[i]};
    }
    for (const MadeHome& h : homes_) {
      for (int g = 0; g < kGrades[kind]; ++g)
        made[h.nearest[kind]].pupils += h.children[static_cast<std::size_t>(kFirstAge[kind] + g)];
      for (std::size_t age = 3; age < 6; ++age)
        made[h.nearest[kind]].small_pupils += h.children[age];
    }
  }

  static std::size_t nearest(const std::vector<MadeCampus>& campuses, Xy at) {
    std::size_t best = 0;
    for (std::size_t i = 1; i < campuses.size(); ++i)
      if (distance_m(at, campuses[i].at) < distance_m(at, campuses[best].at)) best = i;
    return best;
  }

  /// Seats for pupils over a utilisation of 0.7 to 1.05, in whole classes of 45.
  double seats(double pupils, int grades) {
    const double a_class = 45.0 * grades;
    return a_class * std::max(1.0, std::round(pupils / random_.uniform(0.7, 1.05) / a_class));
  }

  void write_campus(Kind kind, std::size_t i, std::string& out) {
    const MadeCampus& c = campuses_[kind][i];
    const std::string own = code(kind, i);
    const auto of = [&](Kind k, double n) { return k == kind ? fmt::format("{:.0f}", n) : ""; };
    const double all = seats(c.pupils, kGrades[kind]);
    out += fmt::format("{},{} School,{:.0f},{:.0f},{:.3f},{},{},{},", own, own, c.at.x, c.at.y,
                       c.quality, kind == kPrimary ? own : "", kind == kJunior ? own : "",
                       kind == kSenior ? fmt::format("c{:03}", number_) : "");
    out += fmt::format("{},{},{},{}\n", of(kPrimary, seats(c.small_pupils, 3)), of(kPrimary, all),
                       of(kJunior, all), of(kSenior, all));
  }

  std::size_t number_;
  RandomStream random_;
  std::vector<MadeHome> homes_;
  std::array<std::vector<MadeCampus>, kKinds> campuses_;
};

constexpr const char* kHead = R"(# Made up by doorstep bench years. Do not edit.
format = 1
code = "province"
name = { zh = "合成省", en = "Made-up Province" }
base_year = 2024
crs = "EPSG:4549"
origin = "synthetic"

[homes]
file = "homes.csv"
licence = "CC0-1.0"
attribution = "made up"
code = "code"
x = "x"
y = "y"
area = "county"
children = { pattern = "a{age}", ages = [0, 17] }

[[campuses]]
file = "campuses.csv"
licence = "CC0-1.0"
attribution = "made up"
code = "code"
name_en = "name"
x = "x"
y = "y"
quality = "quality"

[travel]
mode = "straight"
speed_m_per_min = 200
detour = 1.3

[policy]
rule = "choice"
max_minutes = 30

[growth]
birth_factor = { 2025 = 0.95, 2027 = 0.9, 2030 = 0.85 }
source = "made up"
mark = "assumed"
)";

std::string place_text() {
  std::string out = kHead;
  struct OfStage {
    const char* code;
    int grades, age;
    const char* home_field;
    const char* campus_field;
  };
  for (const OfStage& s : {OfStage{"kindergarten", 3, 3, "catchment", "catchment"},
                           OfStage{"primary", 6, 6, "catchment", "catchment"},
                           OfStage{"junior", 3, 12, "junior_catchment", "junior_catchment"},
                           OfStage{"senior", 3, 15, "county", "senior_county"}}) {
    out += fmt::format("\n[[stage]]\ncode = \"{}\"\nkind = \"{}\"\ngrades = {}\nentry_age = {}\n",
                       s.code, s.code, s.grades, s.age);
    out += fmt::format(
        "\n[[catchments]]\nstage = \"{}\"\nhome_field = \"{}\"\n"
        "campus_field = \"{}\"\n",
        s.code, s.home_field, s.campus_field);
  }
  return out;
}

}  // namespace

void write_province(const ProvinceSize& size, uint64_t seed, const std::filesystem::path& folder) {
  std::string homes = "code,x,y,county,catchment,junior_catchment";
  for (int age = 0; age < kAges; ++age) homes += fmt::format(",a{}", age);
  homes += '\n';
  std::string campuses =
      "code,name,x,y,quality,catchment,junior_catchment,senior_county,"
      "kindergarten,primary,junior,senior\n";
  std::string place = place_text();
  const auto columns = static_cast<std::size_t>(std::ceil(std::sqrt(double(size.counties))));
  for (std::size_t n = 0; n < size.counties; ++n) {
    const auto part = [&](std::size_t all) {
      return all * (n + 1) / size.counties - all * n / size.counties;
    };
    const Xy corner{500000.0 + kCountySideM * static_cast<double>(n % columns),
                    4500000.0 + kCountySideM * static_cast<double>(n / columns)};
    County county(n, corner, part(size.homes), part(size.campuses), seed);
    county.write_homes(homes);
    county.write_campuses(campuses);
    county.write_groups(place);
  }
  // Which kind of campus teaches what: a table of its own text, after the campuses' section.
  const std::string stages = [] {
    std::string out;
    for (const char* s : {"kindergarten", "primary", "junior", "senior"})
      out += fmt::format("[[campuses.stage]]\nstage = \"{}\"\nseats = \"{}\"\n", s, s);
    return out;
  }();
  place.insert(place.find("\n[travel]") + 1, stages);
  write_file(folder / "homes.csv", homes);
  write_file(folder / "campuses.csv", campuses);
  write_file(folder / "place.toml", place);
}

}  // namespace doorstep::bench
