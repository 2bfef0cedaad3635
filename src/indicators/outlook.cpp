#include "indicators/outlook.h"

#include <algorithm>

#include "base/error.h"

namespace doorstep {
namespace {

/// A campus that is full year after year holds the same but for this. Units: pupils.
constexpr double kRounding = 1e-6;

}  // namespace

IdVector<CampusId, CampusOutlook> outlook(const std::vector<YearIndicators>& years,
                                          const RunResult& run, StageId stage, int years_ahead) {
  DOORSTEP_ASSERT(!years.empty() && years.size() == run.years.size());
  const Year first = years.front().year;
  IdVector<CampusId, CampusOutlook> out(years.front().stages[stage].campuses.size());
  for (std::size_t i = 0; i < years.size(); ++i) {
    Year year = years[i].year;
    for (auto c : out.ids()) {
      const CampusIndicators& one = years[i].stages[stage].campuses[c];
      const CampusYear& given = run.years[i].stages[stage].campuses[c];
      CampusOutlook& ahead = out[c];
      ahead.empty_seats_at_end = one.open ? std::max(0.0, given.seats - given.enrolment) : 0.0;
      if (!one.open) continue;
      if (one.warning >= 1 && !ahead.first_yellow) ahead.first_yellow = year;
      if (one.warning >= 2 && !ahead.first_red) ahead.first_red = year;
      if (one.large > 0) ahead.last_large_class = year;
      if (given.enrolment > ahead.most_pupils + kRounding) {
        ahead.most_pupils = given.enrolment;
        ahead.most_pupils_in = year;
      }
    }
  }
  for (CampusOutlook& ahead : out)
    ahead.warn_now = ahead.first_red && *ahead.first_red <= first + years_ahead;
  return out;
}

SeatsAfterPeak seats_after_peak(const RunResult& run, StageId stage) {
  SeatsAfterPeak out;
  for (const YearResult& year : run.years) {
    const StageYear& one = year.stages[stage];
    if (out.peak == 0 || one.pupils > out.pupils_at_peak + kRounding) {
      out.peak = year.year;
      out.pupils_at_peak = one.pupils;
    }
    out.seats_at_end = out.empty_at_end = 0.0;
    for (const CampusYear& c : one.campuses) {
      if (!c.open) continue;
      out.seats_at_end += c.seats;
      out.empty_at_end += std::max(0.0, c.seats - c.enrolment);
    }
  }
  return out;
}

}  // namespace doorstep
