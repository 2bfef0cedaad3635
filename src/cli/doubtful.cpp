#include "cli/doubtful.h"

#include <fmt/format.h>

#include "base/text.h"

namespace doorstep::cli {
namespace {

/// Beyond this share without a seat, schools and children are hardly of one place. Assumed:
/// compulsory school takes all children, and counties divert whom a full school turns away.
constexpr double kMostUnplaced = 0.25;

}  // namespace

Diagnostics doubtful_totals(const session::Outcome& outcome) {
  Diagnostics out;
  for (StageId s : outcome.place.stages.ids()) {
    const YearIndicators* worst = nullptr;
    double most = kMostUnplaced;
    for (const YearIndicators& year : outcome.indicators) {
      const StageIndicators& of = year.stages[s];
      const double share = of.pupils > 0 ? of.unplaced / of.pupils : 0.0;
      if (share <= most) continue;
      most = share;
      worst = &year;
    }
    if (worst == nullptr) continue;
    const StageIndicators& of = worst->stages[s];
    out.warning(
        "many-without-seat",
        fmt::format("{}: in {} {} of {} children have no seat", outcome.place.stages[s].code,
                    worst->year, grouped(of.unplaced), grouped(of.pupils)),
        {"", 0, ""},
        "schools may be missing, or ages may be of different sources: doorstep check says "
        "more");
  }
  return out;
}

}  // namespace doorstep::cli
