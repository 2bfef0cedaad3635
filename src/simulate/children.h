#pragma once
// How many children of an age live where in a year: the base table moved on, births, moves, housing
// completions, and entrants given outright. Internal to `simulate`.

#include <vector>

#include "simulate/simulate.h"

namespace doorstep {

/// Children by home and household class, home-major: index home * classes + class. Units: pupils.
using HomeChildren = std::vector<double>;

class ChildForecast {
 public:
  /// Both outlive the forecast.
  ChildForecast(const Place& place, const Coefficients& coefficients, Births births);

  [[nodiscard]] std::size_t classes() const { return place_.children.classes; }
  /// Children of an age in a year, housing included.
  [[nodiscard]] HomeChildren of_age(int age, Year year) const;
  /// Children of an age whom projects completed in this very year bring.
  [[nodiscard]] HomeChildren moved_in(int age, Year year) const;
  /// Whether any project is completed in this very year.
  [[nodiscard]] bool anyone_moves_in(Year year) const;
  /// Share by which the children of a home change in this very year because families move.
  [[nodiscard]] double moving_share(HomeId home, Year year) const;
  /// Entrants of a stage: as given for area and year, else of_age(entry age).
  [[nodiscard]] HomeChildren entrants(StageId stage, Year year) const;
  /// What the forecast had to assume, once.
  void note_assumptions(Year last_year, Diagnostics& notes) const;

 private:
  [[nodiscard]] double birth_factor(Year born) const;
  [[nodiscard]] double moved_share_since_base(AreaId area, Year year) const;
  [[nodiscard]] HomeChildren of_table(int age, Year year) const;
  void add_housing(HomeChildren& to, int age, Year year) const;
  void share_given(HomeChildren& to, const EntrantTotal& given) const;

  const Place& place_;
  const std::vector<Step>* factors_ = nullptr;  ///< of the variant asked for; null: none given
  double yearly_change_ = 0.0;                  ///< of births, where the place gives no factors
  int youngest_ = 0;                            ///< lowest age with children in the base table
};

}  // namespace doorstep
