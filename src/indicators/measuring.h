#pragma once
// Indicators year by year while a run goes on, for runs whose flows do not all fit in memory.

#include <memory>

#include "indicators/indicators.h"

namespace doorstep {

/// As `measure`, one year at a time. All arguments outlive it.
class YearMeasure {
 public:
  YearMeasure(const Place& place, const TravelTable& travel, const Standards& standards);
  ~YearMeasure();
  YearMeasure(const YearMeasure&) = delete;
  YearMeasure& operator=(const YearMeasure&) = delete;

  /// Pre: the year has its flows.
  [[nodiscard]] YearIndicators of(const YearResult& year);

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace doorstep
