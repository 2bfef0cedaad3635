#pragma once
// What a plan changes, as tables and JSON: whom it disturbs, what its closures do, what the seats
// cost. Internal to results.

#include <nlohmann/json_fwd.hpp>

#include "indicators/closure_case.h"
#include "indicators/disruption.h"
#include "io/results/results.h"

namespace doorstep::io {

/// Pairs of years that both runs reach: index in A, index in B.
[[nodiscard]] std::vector<std::pair<std::size_t, std::size_t>> common_years(const RunReport& a,
                                                                            const RunReport& b);
[[nodiscard]] Disruption disruption_of(const RunReport& a, const RunReport& b, std::size_t ya,
                                       std::size_t yb, StageId stage);
[[nodiscard]] std::vector<ClosureCase> closures_of(const RunReport& a, const RunReport& b);

/// The campus of a code in either run: two plans may give one code to campuses of their own.
struct CampusOfCode {
  Name in_a, in_b;   ///< empty: not there
  bool same = true;  ///< false: both have one of this code, and it is another
};
[[nodiscard]] CampusOfCode campus_of_code(const RunReport& a, const RunReport& b,
                                          const std::string& code);

/// What the seats that the edits of a scenario open cost up to and in a year, for a stage ("" all).
/// Units: the place's currency.
[[nodiscard]] double cost_until(const RunReport& report, const std::string& stage, Year year);

[[nodiscard]] std::string disruption_csv(const RunReport& a, const RunReport& b);
/// Figures of the place, districts, towns and groups that differ, one row a figure.
[[nodiscard]] std::string changed_grounds_csv(const RunReport& a, const RunReport& b);
[[nodiscard]] std::string closures_csv(const RunReport& a, const std::vector<ClosureCase>& cases);
[[nodiscard]] std::string closure_children_csv(const RunReport& a,
                                               const std::vector<ClosureCase>& cases);
[[nodiscard]] std::string closure_vetoes_csv(const RunReport& a,
                                             const std::vector<ClosureCase>& cases);
[[nodiscard]] nlohmann::ordered_json closures_json(const RunReport& a,
                                                   const std::vector<ClosureCase>& cases);

}  // namespace doorstep::io
