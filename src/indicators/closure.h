#pragma once
// What closing a campus does to the children it moves, and what stands against it. The procedure
// (论证, 公示, 听证, 报批) is people's; this lists the facts it has to weigh.

#include <string>
#include <vector>

#include "indicators/indicators.h"

namespace doorstep {

/// Children of one home who go elsewhere because their campus closed.
struct MovedChildren {
  std::string home;    ///< code
  std::string campus;  ///< code of where they go; empty: no seat
  double pupils = 0.0;
  double minutes_before = 0.0;
  double minutes_after = 0.0;  ///< NaN without a seat
};

/// A reason not to close, for homes of which at least 0.05 expected pupils are concerned. Source:
/// 国办发〔2018〕27号 and the standards' limits.
struct Veto {
  enum class Kind {
    LargeClass,  ///< a receiving campus gets a large class it did not have
    LongWay,     ///< a child travels longer than the limit, and longer than before
    NoSeat,      ///< a child is left without a seat
  };
  Kind kind = Kind::LargeClass;
  std::string where;   ///< code of the campus (LargeClass) or the home
  double value = 0.0;  ///< class size, minutes, or pupils
  double limit = 0.0;
};

struct ClosureReview {
  double moved = 0.0;
  std::vector<MovedChildren> children;  ///< by home, then campus
  double minutes_before = 0.0;          ///< mean over the moved; NaN without any
  double minutes_after = 0.0;
  std::vector<Veto> vetoes;  ///< by kind, then where
};

/// Compares the same stage and year without (A) and with (B) the closure of `campus` (code in A).
/// A home's children at the closed campus are taken to be among those it gains elsewhere, in
/// proportion to the gains; what is not gained anywhere holds no seat.
/// Throws: Error where A has no such campus.
[[nodiscard]] ClosureReview review_closure(const Place& a, const TravelTable& travel_a,
                                           const StageYear& before, const Place& b,
                                           const TravelTable& travel_b, const StageYear& after,
                                           StageId stage, const std::string& campus,
                                           const Standards& standards);

}  // namespace doorstep
