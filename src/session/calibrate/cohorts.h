#pragma once
// Pupils by school and grade carried forward from their own history, and how well years held back
// are then predicted. Knows no map: for enrolment tables alone, and as the check on `progression`.

#include <string>
#include <vector>

#include "base/quantity.h"

namespace doorstep::session {

/// Pupils by school, grade and year. A school without a number in a year is closed in it.
class GradeTable {
 public:
  GradeTable(std::vector<std::string> schools, std::vector<std::string> grades, Year first,
             int years);

  [[nodiscard]] const std::vector<std::string>& schools() const { return schools_; }
  [[nodiscard]] const std::vector<std::string>& grades() const { return grades_; }
  [[nodiscard]] Year first() const { return first_; }
  [[nodiscard]] Year last() const { return first_ + years_ - 1; }
  [[nodiscard]] double at(std::size_t school, std::size_t grade, Year year) const {
    return pupils_[index(school, grade, year)];
  }
  double& at(std::size_t school, std::size_t grade, Year year) {
    return pupils_[index(school, grade, year)];
  }
  /// Whether any grade has a number there in the year.
  [[nodiscard]] bool open(std::size_t school, Year year) const;

 private:
  [[nodiscard]] std::size_t index(std::size_t school, std::size_t grade, Year year) const {
    return (school * grades_.size() + grade) * static_cast<std::size_t>(years_) +
           static_cast<std::size_t>(year - first_);
  }
  std::vector<std::string> schools_, grades_;
  Year first_;
  int years_;
  std::vector<double> pupils_;
};

/// How history is weighed. A school's ratio from one grade to the next is drawn to that of all
/// schools as if `pooling` pupils more had moved on as they did (empirical Bayes); a year counts
/// half of one `half_life` years later; entry to the first grade is smoothed exponentially.
/// Source: Fay & Herriot 1979, J. American Statistical Association 74 (shrinkage of small areas);
/// Brown 1956 (exponential smoothing).
struct CohortRule {
  double pooling = 0.0;     ///< pupils
  double half_life = 5.0;   ///< years
  double smoothing = 0.35;  ///< weight of the newest entry
};

/// Forecast of years after `known` in the shape of the table: index (year − known − 1), school,
/// grade. Schools not open in the three years up to `known` are left at NaN.
using GradeForecast = std::vector<std::vector<std::vector<double>>>;
[[nodiscard]] GradeForecast forecast(const GradeTable& table, Year known, int years,
                                     const CohortRule& rule);
/// The plain rule: mean ratios of the last three years school by school, mean entry of three years.
[[nodiscard]] GradeForecast three_year_ratios(const GradeTable& table, Year known, int years);
/// Every class as it was in the last year known.
[[nodiscard]] GradeForecast unchanged(const GradeTable& table, Year known, int years);

/// The rule that would have predicted best inside the years up to `known`, each forecast made from
/// what was known before it. Pre: at least six years up to `known`.
struct ChosenRule {
  CohortRule rule;
  double error = 0.0;        ///< of the rule in those forecasts
  double plain_error = 0.0;  ///< of three-year ratios in the same
  int forecasts = 0;
};
[[nodiscard]] ChosenRule choose_rule(const GradeTable& table, Year known, int years);

/// Sum of |predicted − seen| over pupils seen, and where it comes from.
struct ForecastError {
  double all = 0.0;
  /// What would be left were the pupils of each grade and year known for all schools together:
  /// the error of how they are shared among schools (choice). The rest is demand.
  double choice = 0.0;
  std::vector<double> by_year, by_grade;
  std::vector<double> by_school;       ///< NaN where the school is not predicted
  std::vector<double> bias_by_school;  ///< (predicted − seen) / seen
  int schools = 0;
  [[nodiscard]] double demand() const { return all - choice; }
};
/// Over the schools that are predicted and open in every year of the forecast.
[[nodiscard]] ForecastError error_of(const GradeTable& table, Year known,
                                     const GradeForecast& forecast);

}  // namespace doorstep::session
