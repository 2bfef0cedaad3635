#include "scene/map_values.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace doorstep::scene {
namespace {

constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();

bool known(const Snapshot& s, CampusId c) {
  return s.run && c.valid() && c.index < s.run->campuses.size();
}

double class_size(const Snapshot& s, const std::vector<CampusId>& campuses) {
  if (!s.indicators) return kNothing;
  double pupils = 0.0, classes = 0.0;
  for (CampusId c : campuses)
    if (known(s, c) && c.index < s.indicators->campuses.size()) {
      pupils += s.run->campuses[c].enrolment;
      classes += s.indicators->campuses[c].classes;
    }
  return classes > 0 ? pupils / classes : kNothing;
}

double travel_minutes(const Snapshot& s, const std::vector<CampusId>& campuses) {
  if (!s.indicators) return kNothing;
  double pupils = 0.0, minutes = 0.0;
  for (CampusId c : campuses)
    if (known(s, c) && c.index < s.indicators->campuses.size()) {
      double n = s.run->campuses[c].enrolment;
      pupils += n;
      minutes += n * s.indicators->campuses[c].travel_mean_min;
    }
  return pupils > 0 ? minutes / pupils : kNothing;
}

/// The campuses that served in the baseline what `area` is now: of the catchment of that code,
/// else the same campuses by code.
std::vector<CampusId> baseline_campuses(const MapContent& content, const MapArea& area) {
  const Place& now = *content.current.place;
  const Place& before = *content.baseline.place;
  if (area.catchment.valid()) {
    const std::string& code = now.catchments[area.catchment].code;
    for (const Catchment& c : before.catchments)
      if (c.code == code && c.stage == content.stage && c.holds_in(content.year)) return c.campuses;
  }
  std::vector<CampusId> same;
  for (CampusId c : area.campuses)
    if (CampusId old = baseline_campus(content, c); old.valid()) same.push_back(old);
  return same;
}

}  // namespace

std::vector<CampusId> open_campuses(const Snapshot& s, StageId stage) {
  std::vector<CampusId> out;
  if (!s.place) return out;
  for (CampusId c : s.place->campuses.ids()) {
    const Campus& campus = s.place->campuses[c];
    bool teaches = stage.index < campus.stages.size() && campus.stages[stage].has_value();
    if (teaches && (!known(s, c) || s.run->campuses[c].open)) out.push_back(c);
  }
  return out;
}

std::vector<CampusId> closed_campuses(const MapContent& content) {
  std::vector<CampusId> out;
  if (!content.compares()) return out;
  for (CampusId c : open_campuses(content.baseline, content.stage)) {
    CampusId now = find_campus(*content.current.place, content.baseline.place->campuses[c].code);
    if (!known(content.current, now) || !content.current.run->campuses[now].open) out.push_back(c);
  }
  return out;
}

double campus_utilisation(const Snapshot& s, CampusId campus) {
  return joint_utilisation(s, {campus});
}

double joint_utilisation(const Snapshot& s, const std::vector<CampusId>& campuses) {
  double pupils = 0.0, seats = 0.0;
  for (CampusId c : campuses)
    if (known(s, c) && s.run->campuses[c].open) {
      pupils += s.run->campuses[c].enrolment;
      seats += s.run->campuses[c].seats;
    }
  return seats > 0 ? pupils / seats : kNothing;
}

CampusId baseline_campus(const MapContent& content, CampusId campus) {
  const std::string& code = content.current.place->campuses[campus].code;
  const auto& before = content.baseline.place->campuses;
  // Scenarios copy the place and add at the end: the same position almost always holds.
  if (campus.index < before.size() && before[campus].code == code) return campus;
  return find_campus(*content.baseline.place, code);
}

bool is_new_campus(const MapContent& content, CampusId campus) {
  if (!content.compares()) return false;
  CampusId old = baseline_campus(content, campus);
  return !old.valid() || !known(content.baseline, old) || !content.baseline.run->campuses[old].open;
}

bool is_new_area(const MapContent& content, std::size_t area) {
  if (content.mode != MapMode::Difference || !content.compares()) return false;
  const MapGeometry* g = content.current.geometry;
  if (!g || !g->areas || area >= g->areas->areas.size()) return false;
  const auto& campuses = g->areas->areas[area].campuses;
  return !campuses.empty() && std::all_of(campuses.begin(), campuses.end(),
                                          [&](CampusId c) { return is_new_campus(content, c); });
}

double baseline_utilisation(const MapContent& content, CampusId campus) {
  if (!content.baseline.place) return kNothing;
  CampusId old = baseline_campus(content, campus);
  return old.valid() ? campus_utilisation(content.baseline, old) : kNothing;
}

std::optional<double> changed_points(const MapContent& content, CampusId campus) {
  if (!content.compares()) return std::nullopt;
  double now = campus_utilisation(content.current, campus);
  double points = std::round(100.0 * (now - baseline_utilisation(content, campus)));
  if (std::isnan(points) || points == 0.0) return std::nullopt;
  return points;
}

double change_since_first(const Snapshot& s, const std::vector<CampusId>& campuses) {
  if (!s.first || !s.run) return kNothing;
  double before = 0.0, now = 0.0;
  for (CampusId c : campuses) {
    if (known(s, c) && s.run->campuses[c].open) now += s.run->campuses[c].enrolment;
    if (c.valid() && c.index < s.first->campuses.size() && s.first->campuses[c].open)
      before += s.first->campuses[c].enrolment;
  }
  constexpr double kLeastPupils = 0.5;
  return before < kLeastPupils ? kNothing : 100.0 * (now / before - 1.0);
}

ClassScheme fill_scheme(const MapContent& content) {
  const Theme& t = theme(content.theme);
  return content.mode == MapMode::Difference ? change_scheme(t, *content.words)
                                             : scheme_of(content.fill, t, *content.words);
}

std::vector<double> area_values(const MapContent& content) {
  std::vector<double> out;
  const Snapshot& s = content.shown();
  if (!s.geometry || !s.geometry->areas) return out;
  for (const MapArea& area : s.geometry->areas->areas) {
    double value = kNothing;
    if (content.mode == MapMode::Difference) {
      if (content.compares())
        value = 100.0 * (joint_utilisation(s, area.campuses) -
                         joint_utilisation(content.baseline, baseline_campuses(content, area)));
    } else if (content.fill == FillBy::Utilisation) {
      value = joint_utilisation(s, area.campuses);
    } else if (content.fill == FillBy::ClassSize) {
      value = class_size(s, area.campuses);
    } else if (content.fill == FillBy::TravelTime) {
      value = travel_minutes(s, area.campuses);
    } else if (content.fill == FillBy::Decline) {
      value = change_since_first(s, area.campuses);
    }  // fills by land have no value of an area
    out.push_back(value);
  }
  return out;
}

const std::string& name_of(const Name& name, const MapContent& content) {
  return content.words->chinese() ? name.in_chinese() : name.in_english();
}

}  // namespace doorstep::scene
