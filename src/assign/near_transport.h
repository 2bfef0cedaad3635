#pragma once
// The transport optimum where a matrix of all homes and campuses would not fit: only seats that
// run out tie homes together, town by town. Exact all the same.

#include <functional>
#include <vector>

#include "assign/least_travel.h"
#include "assign/transport.h"

namespace doorstep {

/// Homes with pupils that are to be placed.
struct HomeSupply {
  std::vector<HomeId> homes;
  std::vector<double> pupils;
};

/// The optimum over every allowed pair of a home and seats; sources are `of.homes`, sinks `seats`.
/// No way longer than `limit_ds` is allowed but to a campus of the own catchment.
/// Among equal optima it may choose another than a matrix would; whatever the order of rows, the
/// same one.
[[nodiscard]] TransportPlan solve_near_transport(
    const AdmissionInput& input, const HomeSupply& of, const std::vector<CampusSeats>& seats,
    const std::function<bool(HomeId, CampusId)>& allowed, uint32_t limit_ds);

}  // namespace doorstep
