#include "desktop/figures.h"

#include <algorithm>
#include <cmath>

namespace doorstep::desktop {

std::vector<YearFigure> seats_and_pupils(const Outcome& outcome, StageId stage,
                                         const CampusChoice& campuses) {
  std::vector<YearFigure> out;
  for (const YearResult& year : outcome.run.years) {
    YearFigure figure{year.year, 0.0, 0.0};
    const StageYear& run = year.stages[stage];
    for (CampusId c : run.campuses.ids()) {
      if (!campuses.has(c) || !run.campuses[c].open) continue;
      figure.pupils += run.campuses[c].enrolment;
      figure.seats += run.campuses[c].seats;
    }
    if (campuses.all()) figure.pupils += run.unplaced;
    out.push_back(figure);
  }
  return out;
}

namespace {

struct Way {
  double metres, pupils;
};

DistanceBars bars_of(std::vector<Way> ways) {
  constexpr std::size_t kBins = 16;
  DistanceBars out;
  out.pupils.assign(kBins, 0.0);
  for (const Way& w : ways) out.total += w.pupils;
  if (out.total <= 0) return out;
  std::sort(ways.begin(), ways.end(),
            [](const Way& a, const Way& b) { return a.metres < b.metres; });
  double sum = 0.0, reach = 0.0;
  for (const Way& w : ways) {
    sum += w.pupils;
    if (sum <= 0.97 * out.total) reach = w.metres;
    if (w.metres > 500) out.beyond_500 += w.pupils / out.total;
    if (w.metres > 1000) out.beyond_1000 += w.pupils / out.total;
  }
  for (double bin : {62.5, 125.0, 250.0, 500.0, 1000.0, 2500.0, 5000.0, 10000.0}) {
    out.bin_m = bin;
    if (bin * (kBins - 1) >= reach) break;
  }
  for (const Way& w : ways) {
    out.pupils[std::min(static_cast<std::size_t>(w.metres / out.bin_m), kBins - 1)] += w.pupils;
  }
  return out;
}

template <class Wanted>
DistanceBars bars_where(const Outcome& outcome, std::size_t year, StageId stage,
                        const Wanted& wanted) {
  std::vector<Way> ways;
  for (const PupilFlow& flow : outcome.run.years[year].stages[stage].flows)
    if (wanted(flow) && outcome.travel.reachable(flow.home, flow.campus))
      ways.push_back({outcome.travel.metres(flow.home, flow.campus).value, flow.pupils});
  return bars_of(std::move(ways));
}

}  // namespace

DistanceBars way_to_school(const Outcome& outcome, std::size_t year, StageId stage,
                           const CampusChoice& campuses) {
  return bars_where(outcome, year, stage,
                    [&](const PupilFlow& f) { return campuses.has(f.campus); });
}

DistanceBars way_from_homes(const Outcome& outcome, std::size_t year, StageId stage,
                            const IdVector<HomeId, char>& lives) {
  return bars_where(outcome, year, stage, [&](const PupilFlow& f) {
    return f.home.index < lives.size() && lives[f.home] != 0;
  });
}

std::array<double, 7> pupils_by_class(const Outcome& outcome, std::size_t year, StageId stage,
                                      const scene::ClassScheme& scheme) {
  std::array<double, 7> out{};
  for (const CampusYear& c : outcome.run.years[year].stages[stage].campuses) {
    if (!c.open || c.enrolment <= 0 || c.seats <= 0) continue;
    const int k = scheme.class_of(c.utilisation());
    if (k >= 0) out[static_cast<std::size_t>(k)] += c.enrolment;
  }
  return out;
}

ClassBands class_bands(const Outcome& outcome, std::size_t year, StageId stage,
                       const CampusChoice& campuses) {
  const StageIndicators& all = outcome.indicators[year].stages[stage];
  if (campuses.all()) return all.bands;
  ClassBands out{};
  for (CampusId c : all.campuses.ids())
    if (campuses.has(c) && all.campuses[c].classes > 0)
      out[static_cast<std::size_t>(all.campuses[c].band)] += all.campuses[c].classes;
  return out;
}

double mean_class(const Outcome& outcome, std::size_t year, StageId stage,
                  const CampusChoice& campuses) {
  const StageIndicators& all = outcome.indicators[year].stages[stage];
  double pupils = 0.0, classes = 0.0;
  for (CampusId c : all.campuses.ids())
    if (campuses.has(c) && all.campuses[c].classes > 0) {
      pupils += all.campuses[c].class_size * all.campuses[c].classes;
      classes += all.campuses[c].classes;
    }
  return classes > 0 ? pupils / classes : std::nan("");
}

GradeStrip grade_strip(const Outcome& outcome, std::size_t year, StageId stage,
                       const CampusChoice& campuses) {
  GradeStrip out;
  const StageYear& run = outcome.run.years[year].stages[stage];
  const auto grades = static_cast<std::size_t>(std::max(1, outcome.place.stages[stage].grades));
  out.pupils.assign(grades, 0.0);
  for (CampusId c : run.campuses.ids()) {
    const CampusYear& one = run.campuses[c];
    if (!one.open || !campuses.has(c)) continue;
    for (std::size_t g = 0; g < std::min(grades, one.by_grade.size()); ++g)
      out.pupils[g] += one.by_grade[g];
    out.seats += one.seats / static_cast<double>(grades);
  }
  return out;
}

std::size_t year_index(const Outcome& outcome, Year year) {
  std::size_t best = 0;
  for (std::size_t i = 0; i < outcome.run.years.size(); ++i) {
    if (std::abs(outcome.run.years[i].year - year) <= std::abs(outcome.run.years[best].year - year))
      best = i;
  }
  return best;
}

}  // namespace doorstep::desktop
