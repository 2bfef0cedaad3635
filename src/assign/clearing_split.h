#pragma once
// Finds the cutoffs of a large market part by part: most units have seats to spare and never
// refuse; those that do are tied together by the rows that list several of them, town by town.

#include <functional>
#include <vector>

#include "assign/clearing.h"

namespace doorstep {

struct SiteMarket;

/// As clear_market, by the same searches, each on one part. Let R be the units that may refuse, all
/// others taken as open to everyone. The loosest cutoffs of R alone are nowhere tighter than the
/// market's; where they leave no other unit over its seats they are stable in the market, hence its
/// loosest. Else R takes in the units that went over, and the parts that they touch are searched
/// again. What R holds at the end beyond need does no harm: it is found to refuse nobody.
/// `rounds` adds up the most that any part needed each time. Throws: Cancelled.
[[nodiscard]] Clearing clear_in_parts(const Market& market, double tolerance, int max_rounds,
                                      const Progress& progress);

/// Pupils at each unit when the limits hold; `load` of it only where the search knows it, else 0.
using LoadsUnder = std::function<std::vector<double>(const Clearing&)>;

/// The same of a market by sites. `start`: limits and loads of an earlier market of the same units,
/// from which the search begins; without limits: from the loosest. That what it ends with is the
/// loosest is certified as ever. `loads_under` places everyone, most often once, at last with the
/// limits that are found. Throws: Cancelled.
[[nodiscard]] Clearing clear_sites(const SiteMarket& market, const Clearing& start,
                                   const LoadsUnder& loads_under, double tolerance, int max_rounds,
                                   const Progress& progress);

/// Whether a market is large enough for that.
[[nodiscard]] bool worth_splitting(const Market& market);

}  // namespace doorstep
