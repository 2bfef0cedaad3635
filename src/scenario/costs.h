#pragma once
// What a plan costs: what each edit says, or the standard for what it builds, the place's own
// ([costs]) before config/costs.toml, and whether the plan stays within its budget. Those of config
// are in yuan: in a place with another currency only its own count, else the edits say the cost.

#include <optional>
#include <string>
#include <vector>

#include "place/coefficient.h"
#include "scenario/scenario.h"

namespace doorstep {

/// One part of a standard: 1,260 seats at 60,000 each.
struct CostPart {
  std::string basis;  ///< coefficient, "cost.new_seat.primary"
  double units = 0.0;
  double each = 0.0;  ///< Units: the place's currency
  bool assumed = false;
  std::string source;  ///< of the price
  std::string mark;    ///< F, M, D or assumed
};

struct EditCost {
  double amount = 0.0;  ///< Units: the place's currency
  bool known = true;    ///< false: neither said nor a standard for it
  bool given = false;   ///< the edit says it
  std::vector<CostPart> parts;
  Year year = 0;
  [[nodiscard]] bool assumed() const;
};

struct PlanCost {
  std::vector<EditCost> edits;  ///< as Scenario::edits
  double total = 0.0;
  std::optional<double> budget;
  std::size_t unknown = 0;  ///< edits without a cost
  [[nodiscard]] bool over() const { return budget && total > *budget; }
  /// Of edits that hold from `year` or before.
  [[nodiscard]] double until(Year year) const;
  [[nodiscard]] bool assumed() const;
};

/// `base`: the place without the edits. `costs`: of config/costs.toml.
[[nodiscard]] PlanCost plan_cost(const Place& base, const Scenario& scenario,
                                 const Coefficients& costs);

/// What the edit itself says; kNoCost where it says nothing.
[[nodiscard]] double stated_cost(const Edit& edit);
/// The same edit with another cost.
[[nodiscard]] Edit with_cost(Edit edit, double cost);

}  // namespace doorstep
