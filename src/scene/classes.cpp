#include "scene/classes.h"

#include <cmath>

namespace doorstep::scene {
namespace {

// Clearing fills a campus to its seats only up to a few billionths; 100 % must still fit. One pupil
// too many in a thousand is a thousand times as much.
constexpr double kSlack = 1e-6;

template <class Array>
std::vector<typename Array::value_type> copied(const Array& a) {
  return {a.begin(), a.end()};
}

}  // namespace

int ClassScheme::class_of(double value) const {
  if (std::isnan(value)) return -1;
  int at = 0;
  for (double bound : breaks) {
    bool within = symmetric && bound > 0 ? value < bound - kSlack : value <= bound + kSlack;
    if (within) return at;
    ++at;
  }
  return at;
}

ClassScheme scheme_of(FillBy measure, const Theme& t, const Words& words) {
  ClassScheme s;
  switch (measure) {
    case FillBy::Utilisation:
      s.breaks = {0.5, 0.7, 0.9, 1.0, 1.1, 1.3};
      s.colours = copied(t.utilisation);
      s.hatches = copied(t.hatch);
      s.labels = {"≤ 50%", "50–70%", "70–90%", "90–100%", "100–110%", "110–130%", "> 130%"};
      s.last_within = 3;
      break;
    case FillBy::ClassSize:
      // The bands of large-class policy; an average is rounded half up before it is banded.
      s.breaks = {25.5 - 2 * kSlack, 30.5 - 2 * kSlack, 35.5 - 2 * kSlack,
                  45.5 - 2 * kSlack, 55.5 - 2 * kSlack, 65.5 - 2 * kSlack};
      s.colours = copied(t.utilisation);
      s.hatches = copied(t.hatch);
      s.labels = {"≤ 25", "26–30", "31–35", "36–45", "46–55", "56–65", "≥ 66"};
      s.last_within = 3;
      break;
    case FillBy::TravelTime:
      s.breaks = {5, 10, 15, 20, 25, 30};
      s.colours = copied(cividis());
      s.hatches.assign(7, Hatch{});
      s.labels = {"≤ 5", "5–10", "10–15", "15–20", "20–25", "25–30", "> 30"};
      for (std::string& label : s.labels) label += words("legend.minutes_unit");
      break;
    case FillBy::Decline:
      s = change_scheme(t, words);
      s.hatches[0] = t.hatch[5];
      s.hatches[1] = t.hatch[4];
      s.labels = {words("legend.loses_20"), words("legend.loses_5"), words("legend.keeps"),
                  words("legend.gains_5"), words("legend.gains_20")};
      break;
    case FillBy::Reach:
      // By index of the band: nearer than 500 m, 1 km, 30 minutes, beyond.
      s.breaks = {0.5, 1.5, 2.5};
      s.colours = {t.utilisation[1], t.utilisation[2], t.utilisation[4], t.utilisation[5]};
      s.hatches = {Hatch{}, Hatch{}, t.hatch[4], t.hatch[6]};
      s.labels = {words("legend.reach_500"), words("legend.reach_1000"), words("legend.reach_30"),
                  words("legend.reach_beyond")};
      s.last_within = 1;
      break;
    case FillBy::Density:
      s.breaks = {0.1, 0.5, 1, 2, 5, 10};
      s.colours = copied(cividis());
      s.hatches.assign(7, Hatch{});
      s.labels = {"≤ 0.1", "0.1–0.5", "0.5–1", "1–2", "2–5", "5–10", "> 10"};
      break;
  }
  return s;
}

ClassScheme change_scheme(const Theme& t, const Words& words) {
  ClassScheme s;
  s.symmetric = true;
  s.breaks = {-20, -5, 5, 20};
  s.colours = copied(t.change);
  s.hatches.assign(5, Hatch{});
  s.labels = {words("legend.falls_20"), words("legend.falls_5"), words("legend.small_change"),
              words("legend.rises_5"), words("legend.rises_20")};
  return s;
}

bool is_dark_fill(Colour c) { return luminance(c) < 0.16; }

}  // namespace doorstep::scene
