#pragma once
// Valleys drawn at random for what must hold of every run: six homes of two household classes and
// seven campuses along 3 km, two stages of which the first leads to the second, a private school, a
// group, a feeder, catchments, moves of families and housing. No way leads from one valley to
// another.

#include <map>
#include <string>

#include "base/random.h"
#include "unit/simulate/village.h"

namespace doorstep::test {

class Valleys : public Village {
 public:
  StageId primary = stage("primary", 6, 3);
  StageId junior = stage("junior", 9, 2);

  Valleys() {
    place.stages[junior].kind = StageKind::Junior;
    place.classes.push_back({.code = "migrant", .migrant = true});
    place.children.classes = 2;
    place.policy.rule = Rule::Choice;
    for (const auto& [name, value] :
         std::map<std::string, double>{{"choice.p_fee", 1.0},
                                       {"choice.public_bonus", 0.2},
                                       {"choice.transfer_share", 0.2},
                                       {"choice.a_quality.migrant", 0.4},
                                       {"choice.b_distance.migrant", 2.5}})
      coefficients.set(name, {value, value, value, "test", "assumed"});
    form("close_knit", 0.4, 2);
    for (const auto& [rate, value] : std::map<std::string, double>{{"quality_rate", 0.3},
                                                                   {"depth", 0.7},
                                                                   {"staff_sent", 0.1},
                                                                   {"core_loss", 0.5},
                                                                   {"crowding", 0.3},
                                                                   {"free_members", 0}})
      set_rate("close_knit", rate, value);
    place.growth.birth_factor = {{2025, 1.0}, {2026, 0.8}, {2027, 1.2}};
  }

  /// Adds the valley `name` ("a", and "b" 100 km on), drawn from `seed`, with `load` children to a
  /// seat. `turned` writes the same valley down in the opposite order.
  void settle(const std::string& name, uint64_t seed, double load = 1.0, bool turned = false) {
    const RandomKey key = RandomKey(seed).with("valley");
    AreaId area = place.areas.push_back({.code = name});
    for (int i = 0; i < kCampuses; ++i) add_campus(name, key, turned ? kCampuses - 1 - i : i, load);
    for (int i = 0; i < kHomes; ++i) add_home(name, key, turned ? kHomes - 1 - i : i, area);
    for (int i = 0; i < 2; ++i) add_catchment(name, turned ? 1 - i : i);
    const CampusId core = at(name + "P0"), member = at(name + "P1"), leads_to = at(name + "J1");
    place.groups.push_back({.code = name + "G", .core = core});
    place.groups[GroupId(place.groups.size() - 1)].ties.push_back({member, "close_knit", 2026});
    place.feeders.push_back({member, leads_to, 2026});
  }
  [[nodiscard]] CampusId at(const std::string& code) const { return find_campus(place, code); }

  [[nodiscard]] TravelTable travel_of(const Place& p) const {
    TravelTable t(p.homes.size(), p.campuses.size(), MetresPerMinute(80.0));
    for (auto h : p.homes.ids())
      for (auto c : p.campuses.ids())
        t.set_decisec(h, c,
                      p.homes[h].code[0] != p.campuses[c].code[0]
                          ? TravelTable::kUnreachable
                          : static_cast<uint32_t>(std::llround(
                                std::abs(p.homes[h].at.x - p.campuses[c].at.x) / 80.0 * 600.0)));
    return t;
  }
  [[nodiscard]] RunResult run_of(const Place& p, int years) const {
    RunOptions o = options;
    o.years = years;
    Progress progress;
    return simulate(p, travel_of(p), coefficients, forms, o, progress);
  }

 private:
  static constexpr int kHomes = 6, kCampuses = 7;  // P0-P3, the private P4, J0, J1

  static double from_m(const std::string& name) { return 1e5 * (name[0] - 'a'); }
  void add_campus(const std::string& name, const RandomKey& valley, int number, double load) {
    const RandomKey k = valley.with("campus").with(static_cast<uint64_t>(number));
    const bool of_primary = number < 5;
    const std::string code =
        name + (of_primary ? "P" + std::to_string(number) : "J" + std::to_string(number - 5));
    const double seats =
        std::floor((of_primary ? 30 : 40) * (0.5 + k.with("seats").uniform()) / load);
    CampusId c = campus(code, from_m(name) + std::floor(3000 * k.with("at").uniform()),
                        of_primary ? primary : junior, seats);
    Campus& campus = place.campuses[c];
    campus.quality = 0.5 + k.with("quality").uniform();
    campus.brand = number == 0 ? 1.0 : 0.0;
    if (number == 3) campus.opens = 2026;
    if (number != 4) return;
    campus.fee = 8000;
    place.schools[campus.school].ownership = Ownership::Private;
  }
  void add_home(const std::string& name, const RandomKey& valley, int number, AreaId area) {
    const RandomKey k = valley.with("home").with(static_cast<uint64_t>(number));
    HomeId h =
        place.homes.push_back({.code = name + "h" + std::to_string(number),
                               .at = {from_m(name) + std::floor(3000 * k.with("at").uniform()), 0},
                               .area = area});
    place.children.count.resize(place.homes.size() * 2 * 19, 0.0);
    for (int age = 0; age < 12; ++age) {
      const RandomKey a = k.with(static_cast<uint64_t>(age));
      place.children.at(h, ClassId(0), age) = std::floor(1 + 10 * a.with("local").uniform());
      place.children.at(h, ClassId(1), age) = std::floor(4 * a.with("migrant").uniform());
    }
  }
  /// The first half of the homes at P0, the second at P1 and P2.
  void add_catchment(const std::string& name, int number) {
    std::vector<HomeId> homes;
    for (auto h : place.homes.ids()) {
      const std::string& code = place.homes[h].code;
      if (code.starts_with(name) && (code.back() - '0' < kHomes / 2) == (number == 0))
        homes.push_back(h);
    }
    std::vector<CampusId> serve{at(name + "P0")};
    if (number == 1) serve = {at(name + "P1"), at(name + "P2")};
    catchment(name + "c" + std::to_string(number), primary, homes, serve);
    if (number == 0) catchment(name + "j", junior, homes, {at(name + "J0")});
  }
};

}  // namespace doorstep::test
