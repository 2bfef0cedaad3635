#pragma once
// Towns drawn at random for properties that hold for every town: ten homes, four campuses, two
// household classes, each home in the catchment of one or two campuses, some ways cut.

#include <algorithm>
#include <vector>

#include "base/random.h"
#include "support/town.h"

namespace doorstep::test {

struct RandomTown : Town {
  static constexpr int kHomes = 10;
  static constexpr int kCampuses = 4;

  /// `turned` lists the homes in the opposite order: the same town from another file.
  /// Seats are about `load`⁻¹ per pupil.
  explicit RandomTown(uint64_t number, double load = 1.0, bool turned = false) {
    const RandomKey key = RandomKey(number).with("town");
    household("migrant");
    for (int j = 0; j < kCampuses; ++j) {
      const RandomKey k = key.with("campus").with(static_cast<uint64_t>(j));
      auto c = campus("C" + std::to_string(j), std::floor(4000 * k.with("at").uniform()),
                      std::floor(2 + 36 / load * k.with("seats").uniform()));
      offers[c].quality = 0.5 + k.with("quality").uniform();
    }
    for (int n = 0; n < kHomes; ++n) settle(key, turned ? kHomes - 1 - n : n);
  }

 private:
  void settle(const RandomKey& town, int number) {
    const RandomKey k = town.with("home").with(static_cast<uint64_t>(number));
    const std::string code = "h" + std::to_string(number);
    auto h = home(code, std::floor(4000 * k.with("at").uniform()),
                  std::floor(8 * k.with("first").uniform()));
    add(h, 0.5 * std::floor(8 * k.with("second").uniform()), ClassId(1));
    const auto own = static_cast<std::size_t>(kCampuses * k.with("own").uniform());
    const auto other = static_cast<std::size_t>(kCampuses * k.with("other").uniform());
    catchment(code, {h}, {CampusId(own), CampusId(other)});
    if (k.with("cut").uniform() < 0.4)
      cut(h, CampusId(static_cast<std::size_t>(kCampuses * k.with("where").uniform())));
  }
};

/// Pupils of a home, found by its code, at a campus: comparable between orders of rows.
inline double flow_of_home(const AdmissionInput& input, const Admission& admission,
                           const std::string& code, CampusId campus) {
  double sum = 0.0;
  for (const Flow& f : admission.flows)
    if (f.campus == campus && input.place->homes[input.entrants[f.entrants].home].code == code)
      sum += f.pupils;
  return sum;
}

}  // namespace doorstep::test
