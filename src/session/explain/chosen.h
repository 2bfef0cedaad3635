#pragma once
// Which homes and campuses a question about a town, district, group or place is about. Internal to
// explain.

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/text.h"
#include "session/explain/ground.h"

namespace doorstep::session {

inline UrbanClass urban_of(const Place& place, AreaId area) {
  return area.valid() ? place.areas[area].urban : UrbanClass::City;
}

/// Which homes and campuses a question is about.
class Chosen {
 public:
  Chosen(const Place& place, const GroundQuestion& q) : place_(place), q_(q) {
    if (q.of == GroundQuestion::Of::Town) require_area();
    if (q.of == GroundQuestion::Of::District) require_district();
  }
  [[nodiscard]] bool home(const Home& h) const { return in(h.area, urban_of(place_, h.area)); }
  [[nodiscard]] bool campus(const Campus& c) const { return in(c.area, c.urban); }

 private:
  void require_area() const {
    std::vector<std::string> known;
    for (const Area& a : place_.areas) {
      if (a.code == q_.code || a.name.zh == q_.code || a.name.en == q_.code) return;
      known.push_back(a.code);
    }
    std::string near = closest(q_.code, known);
    throw Error(
        fmt::format("no town \"{}\"", q_.code), "--town",
        near.empty() ? "towns.csv of a run lists them" : fmt::format("did you mean {}?", near));
  }
  void require_district() const {
    if (q_.code == "city" || q_.code == "town" || q_.code == "rural") return;
    auto lies_in = [&](const Area& a) { return a.code.starts_with(q_.code); };
    if (q_.code.size() == 6 && std::ranges::any_of(place_.areas, lies_in)) return;
    throw Error(fmt::format("no district \"{}\"", q_.code), "--district",
                "city, town, rural, or the six digits that codes of its areas begin with");
  }
  [[nodiscard]] bool in(AreaId area, UrbanClass urban) const {
    switch (q_.of) {
      case GroundQuestion::Of::Place:
      case GroundQuestion::Of::Group:
        return true;
      case GroundQuestion::Of::Town: {
        if (!area.valid()) return false;
        const Area& a = place_.areas[area];
        return a.code == q_.code || a.name.zh == q_.code || a.name.en == q_.code;
      }
      case GroundQuestion::Of::District:
        return (q_.code == "city" && urban == UrbanClass::City) ||
               (q_.code == "town" && urban == UrbanClass::Town) ||
               (q_.code == "rural" && urban == UrbanClass::Rural) ||
               (q_.code.size() == 6 && area.valid() &&
                place_.areas[area].code.starts_with(q_.code));
    }
    return false;
  }
  const Place& place_;
  const GroundQuestion& q_;
};

}  // namespace doorstep::session
