#include "session/calibrate/cohorts.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/error.h"

namespace doorstep::session {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr int kPlainYears = 3;

GradeForecast empty_forecast(const GradeTable& table, int years) {
  return GradeForecast(
      static_cast<std::size_t>(years),
      std::vector<std::vector<double>>(table.schools().size(),
                                       std::vector<double>(table.grades().size(), kNone)));
}

/// Open in the three years up to one: only then is there a ratio to carry on.
bool has_history(const GradeTable& table, std::size_t school, Year known) {
  for (int back = 0; back < kPlainYears; ++back)
    if (known - back < table.first() || !table.open(school, known - back)) return false;
  return true;
}

/// Moves the last known classes on by ratios, with given entries.
template <class Ratio, class Entry>
GradeForecast carry_on(const GradeTable& table, Year known, int years, Ratio&& ratio,
                       Entry&& entry) {
  GradeForecast out = empty_forecast(table, years);
  for (std::size_t s = 0; s < table.schools().size(); ++s) {
    if (!has_history(table, s, known)) continue;
    for (int y = 0; y < years; ++y) {
      auto& now = out[static_cast<std::size_t>(y)][s];
      now[0] = entry(s);
      for (std::size_t g = 0; g + 1 < table.grades().size(); ++g) {
        const double before =
            y == 0 ? table.at(s, g, known) : out[static_cast<std::size_t>(y - 1)][s][g];
        now[g + 1] = before * ratio(s, g);
      }
    }
  }
  return out;
}

/// Sums of pupils before and after a step from one grade to the next, by school and over all.
struct Steps {
  double before = 0.0, after = 0.0;
};

/// Entry of a school smoothed over its years up to one.
double smoothed_entry(const GradeTable& table, std::size_t s, Year known, double weight) {
  double level = kNone;
  for (Year y = table.first(); y <= known; ++y) {
    if (!table.open(s, y)) continue;
    const double now = table.at(s, 0, y);
    level = std::isnan(level) ? now : level + weight * (now - level);
  }
  return level;
}

/// Schools predicted and open through the forecast.
std::vector<std::size_t> judged(const GradeTable& table, Year known, const GradeForecast& f) {
  std::vector<std::size_t> out;
  for (std::size_t s = 0; s < table.schools().size(); ++s) {
    bool all = true;
    for (std::size_t y = 0; y < f.size(); ++y)
      all = all && !std::isnan(f[y][s][0]) && table.open(s, known + static_cast<int>(y) + 1);
    if (all) out.push_back(s);
  }
  return out;
}

double total_error(const GradeTable& table, Year known, const GradeForecast& f) {
  double wrong = 0.0, seen = 0.0;
  for (std::size_t s : judged(table, known, f))
    for (std::size_t y = 0; y < f.size(); ++y)
      for (std::size_t g = 0; g < table.grades().size(); ++g) {
        const double there = table.at(s, g, known + static_cast<int>(y) + 1);
        wrong += std::abs(f[y][s][g] - there);
        seen += there;
      }
  return seen > 0 ? wrong / seen : kNone;
}

/// The forecast with the pupils of each grade and year as they were over all judged schools.
GradeForecast with_known_totals(const GradeTable& table, Year known, GradeForecast f) {
  const std::vector<std::size_t> schools = judged(table, known, f);
  for (std::size_t y = 0; y < f.size(); ++y)
    for (std::size_t g = 0; g < table.grades().size(); ++g) {
      double predicted = 0.0, seen = 0.0;
      for (std::size_t s : schools) {
        predicted += f[y][s][g];
        seen += table.at(s, g, known + static_cast<int>(y) + 1);
      }
      if (predicted > 0)
        for (std::size_t s : schools) f[y][s][g] *= seen / predicted;
    }
  return f;
}

}  // namespace

GradeTable::GradeTable(std::vector<std::string> schools, std::vector<std::string> grades,
                       Year first, int years)
    : schools_(std::move(schools)),
      grades_(std::move(grades)),
      first_(first),
      years_(years),
      pupils_(schools_.size() * grades_.size() * static_cast<std::size_t>(years), kNone) {}

bool GradeTable::open(std::size_t school, Year year) const {
  for (std::size_t g = 0; g < grades_.size(); ++g)
    if (at(school, g, year) > 0) return true;
  return false;
}

GradeForecast forecast(const GradeTable& table, Year known, int years, const CohortRule& rule) {
  const std::size_t schools = table.schools().size(), grades = table.grades().size();
  std::vector<std::vector<Steps>> own(schools, std::vector<Steps>(grades));
  std::vector<Steps> all(grades);
  for (std::size_t s = 0; s < schools; ++s)
    for (Year y = table.first() + 1; y <= known; ++y) {
      if (!table.open(s, y) || !table.open(s, y - 1)) continue;
      const double weight = std::pow(0.5, (known - y) / rule.half_life);
      for (std::size_t g = 0; g + 1 < grades; ++g) {
        own[s][g].before += weight * table.at(s, g, y - 1);
        own[s][g].after += weight * table.at(s, g + 1, y);
        all[g].before += weight * table.at(s, g, y - 1);
        all[g].after += weight * table.at(s, g + 1, y);
      }
    }
  auto ratio = [&](std::size_t s, std::size_t g) {
    const double common = all[g].before > 0 ? all[g].after / all[g].before : 1.0;
    const double before = own[s][g].before + rule.pooling;
    return before > 0 ? (own[s][g].after + rule.pooling * common) / before : common;
  };
  return carry_on(table, known, years, ratio,
                  [&](std::size_t s) { return smoothed_entry(table, s, known, rule.smoothing); });
}

GradeForecast three_year_ratios(const GradeTable& table, Year known, int years) {
  auto ratio = [&](std::size_t s, std::size_t g) {
    double sum = 0.0;
    int count = 0;
    for (Year y = known - kPlainYears + 1; y <= known; ++y)
      if (y - 1 >= table.first() && table.at(s, g, y - 1) > 0) {
        sum += table.at(s, g + 1, y) / table.at(s, g, y - 1);
        ++count;
      }
    return count > 0 ? sum / count : 1.0;
  };
  auto entry = [&](std::size_t s) {
    double sum = 0.0;
    for (Year y = known - kPlainYears + 1; y <= known; ++y) sum += table.at(s, 0, y);
    return sum / kPlainYears;
  };
  return carry_on(table, known, years, ratio, entry);
}

GradeForecast unchanged(const GradeTable& table, Year known, int years) {
  GradeForecast out = empty_forecast(table, years);
  for (auto& year : out)
    for (std::size_t s = 0; s < table.schools().size(); ++s)
      if (has_history(table, s, known))
        for (std::size_t g = 0; g < table.grades().size(); ++g) year[s][g] = table.at(s, g, known);
  return out;
}

ChosenRule choose_rule(const GradeTable& table, Year known, int years) {
  // Origins with three years before them and at least one year after, all inside what is known.
  std::vector<std::pair<Year, int>> origins;
  for (Year o = table.first() + kPlainYears; o < known; ++o)
    origins.emplace_back(o, std::min(years, known - o));
  if (origins.size() < 2)
    throw Error("too few years to choose a rule from", "--fit-until",
                "at least six years up to it are needed");
  auto mean_error = [&](auto&& predict) {
    double sum = 0.0;
    for (const auto& [origin, ahead] : origins)
      sum += total_error(table, origin, predict(origin, ahead));
    return sum / static_cast<double>(origins.size());
  };
  ChosenRule best;
  best.error = std::numeric_limits<double>::infinity();
  best.forecasts = static_cast<int>(origins.size());
  constexpr double kFully = 1e6;  // so many pupils that a school's own ratio no longer counts
  for (double pooling : {0.0, 30.0, 60.0, 120.0, 240.0, 480.0, kFully})
    for (double half_life : {1.5, 3.0, 5.0, 10.0})
      for (double smoothing : {0.2, 0.35, 0.5, 0.7, 1.0}) {
        const CohortRule rule{pooling, half_life, smoothing};
        const double error = mean_error(
            [&](Year origin, int ahead) { return forecast(table, origin, ahead, rule); });
        if (error < best.error) {
          best.error = error;
          best.rule = rule;
        }
      }
  best.plain_error =
      mean_error([&](Year origin, int ahead) { return three_year_ratios(table, origin, ahead); });
  return best;
}

ForecastError error_of(const GradeTable& table, Year known, const GradeForecast& f) {
  const std::vector<std::size_t> schools = judged(table, known, f);
  ForecastError out;
  out.schools = static_cast<int>(schools.size());
  out.all = total_error(table, known, f);
  out.choice = total_error(table, known, with_known_totals(table, known, f));
  std::vector<double> year(f.size(), 0.0), grade(table.grades().size(), 0.0),
      school(table.schools().size(), 0.0);
  std::vector<double> seen_year = year, seen_grade = grade, seen_school = school, bias = school;
  for (std::size_t s : schools)
    for (std::size_t y = 0; y < f.size(); ++y)
      for (std::size_t g = 0; g < table.grades().size(); ++g) {
        const double there = table.at(s, g, known + static_cast<int>(y) + 1);
        const double wrong = f[y][s][g] - there;
        year[y] += std::abs(wrong);
        grade[g] += std::abs(wrong);
        school[s] += std::abs(wrong);
        bias[s] += wrong;
        seen_year[y] += there;
        seen_grade[g] += there;
        seen_school[s] += there;
      }
  auto over = [](const std::vector<double>& a, const std::vector<double>& b) {
    std::vector<double> out_of;
    for (std::size_t i = 0; i < a.size(); ++i) out_of.push_back(b[i] > 0 ? a[i] / b[i] : kNone);
    return out_of;
  };
  out.by_year = over(year, seen_year);
  out.by_grade = over(grade, seen_grade);
  out.by_school = over(school, seen_school);
  out.bias_by_school = over(bias, seen_school);
  return out;
}

}  // namespace doorstep::session
