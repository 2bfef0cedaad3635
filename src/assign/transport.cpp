#include "assign/transport.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "assign/live/capacity_optimum.h"
#include "assign/transport_parts.h"
#include "assign/transport_simplex.h"
#include "base/error.h"

namespace doorstep {

namespace {

constexpr double kUnitsPerPupil = 1e9;
constexpr double kMostPupils = 1e9;
constexpr uint32_t kUnreachable = std::numeric_limits<uint32_t>::max();

/// A matrix this small (67 MB) is filled whatever part of it is arcs.
constexpr std::size_t kSmallMatrix = std::size_t{1} << 24;

uint32_t longest_of(const Transport& problem) {
  uint32_t longest = 0;
  for (const auto& arc : problem.arcs) longest = std::max(longest, arc.cost);
  return longest;
}

/// Measured: the contracted solver takes 0.4 ms at 100 × 10 where the simplex takes 0.2, half its
/// time at 2,000 × 40, an eighth and less at 20,000 × 200. It is used below, too: what is dragged
/// (session/live_engine.h) then agrees with a run flow by flow, ties included.
bool fits_matrix(const Transport& problem) {
  const std::size_t stride = live::CapacityCase::stride_for(problem.capacity.size());
  const std::size_t cells = problem.supply.size() * stride;
  return live::CapacityCase::fits(problem.capacity.size(), longest_of(problem)) &&
         (cells <= kSmallMatrix || cells / 4 <= problem.arcs.size());
}

live::CapacityCase case_of(const Transport& problem) {
  live::CapacityCase given;
  given.supply = in_pupil_units(problem.supply);
  given.capacity = in_pupil_units(problem.capacity);
  given.home_key = problem.source_key;
  given.campus_key = problem.sink_key;
  given.most_ds = std::max<uint32_t>(1, longest_of(problem));
  const std::size_t stride = live::CapacityCase::stride_for(problem.capacity.size());
  given.ds.assign(problem.supply.size() * stride, kUnreachable);
  for (std::size_t i = 0; i < problem.supply.size(); ++i)
    for (std::size_t a = problem.first_arc[i]; a < problem.first_arc[i + 1]; ++a)
      given.ds[i * stride + problem.arcs[a].sink] = problem.arcs[a].cost;
  return given;
}

TransportPlan solve_contracted(const Transport& problem) {
  live::CapacityOptimum optimum(case_of(problem));
  optimum.solve();
  std::vector<UnitsSent> sent;
  for (const live::FlowPart& part : optimum.parts())
    if (part.campus != live::kWithoutSeat) sent.push_back({part.home, part.campus, part.pupils});
  TransportPlan plan;
  plan.parts = shares_of(problem, sent, optimum.unplaced());
  for (uint32_t j = 0; j < problem.capacity.size(); ++j) {
    plan.places_one_more.push_back(optimum.places_one_more(j));
    plan.seat_price.push_back(plan.places_one_more[j] ? 0.0
                                                      : static_cast<double>(optimum.seat_price(j)));
  }
  return plan;
}

}  // namespace

std::vector<int64_t> in_pupil_units(const std::vector<double>& pupils) {
  std::vector<int64_t> units;
  units.reserve(pupils.size());
  for (double p : pupils) units.push_back(std::llround(p * kUnitsPerPupil));
  return units;
}

std::vector<TransportPlan::Part> shares_of(const Transport& problem,
                                           const std::vector<UnitsSent>& sent, int64_t unplaced) {
  const bool dust = unplaced <= static_cast<int64_t>(problem.supply.size());
  std::vector<int64_t> total(problem.supply.size());
  if (!dust) total = in_pupil_units(problem.supply);
  if (dust)
    for (const UnitsSent& s : sent) total[s.source] += s.units;
  std::vector<TransportPlan::Part> parts;
  for (const UnitsSent& s : sent)
    parts.push_back(
        {s.source, s.sink, static_cast<double>(s.units) / static_cast<double>(total[s.source])});
  return parts;
}

TransportPlan solve_transport(const Transport& problem) {
  double total = 0.0;
  for (double s : problem.supply) total += s;
  if (total > kMostPupils)
    throw Error("more than a billion pupils", "least travel", "check the numbers of children");
  return fits_matrix(problem) ? solve_contracted(problem) : solve_by_simplex(problem);
}

}  // namespace doorstep
