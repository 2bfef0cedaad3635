#include "simulate/relief.h"

#include <algorithm>
#include <cmath>

#include "assign/choice_market.h"
#include "base/error.h"
#include "network/parallel.h"

namespace doorstep {
namespace {

/// A group with a core and a member that both teach the stage or at least one open member.
struct AtWork {
  GroupId group;
  uint32_t core = SeatUnits::kNone;
  std::vector<uint32_t> members;  ///< units
};

std::vector<AtWork> at_work(const AdmissionInput& input, const SeatUnits& seats,
                            const GroupEffects& effects, Year year) {
  std::vector<AtWork> out;
  for (auto g : input.place->groups.ids()) {
    AtWork work{g, SeatUnits::kNone, {}};
    const CampusId core = input.place->groups[g].core;
    if (core.valid()) work.core = seats.unit_of[core];
    for (CampusId c : effects.members_of(g, year)) {
      const uint32_t unit = seats.unit_of[c];
      if (unit != SeatUnits::kNone && unit != work.core) work.members.push_back(unit);
    }
    if (!work.members.empty()) out.push_back(std::move(work));
  }
  return out;
}

/// Weights of one row by unit, with and without groups, on one scale.
struct RowWeights {
  std::vector<double> with, without;  ///< by unit; 0 where the row may not apply
  double sum = 0.0;                   ///< with all groups
};

/// Which groups have a member in a unit: a row meets few of a province's groups.
class WorksOfUnits {
 public:
  WorksOfUnits(const std::vector<AtWork>& works, std::size_t units) : of_(units) {
    for (uint32_t w = 0; w < works.size(); ++w)
      for (uint32_t unit : works[w].members) of_[unit].push_back(w);
  }
  [[nodiscard]] const std::vector<uint32_t>& of(uint32_t unit) const { return of_[unit]; }

 private:
  std::vector<std::vector<uint32_t>> of_;
};

/// Runs of rows with sums of their own; their number is fixed, never that of the threads.
constexpr std::size_t kBlocks = 32;

struct Gain {
  double gained = 0.0, displaced = 0.0;
};

/// Sums over a run of rows, by group at work.
std::vector<Gain> gains_of(const ChoiceMarket& with, const ChoiceMarket& without,
                           const std::vector<AtWork>& works, const WorksOfUnits& of_units,
                           std::size_t first, std::size_t last) {
  const Market& m = with.market;
  std::vector<Gain> out(works.size());
  RowWeights row;
  row.with.assign(m.seats.size(), 0.0);
  row.without.assign(m.seats.size(), 0.0);
  std::vector<uint32_t> met;
  for (std::size_t r = first; r < last; ++r) {
    // Weights are relative to the row's best in either market.
    const double scale = std::exp(without.reference[r] - with.reference[r]);
    row.sum = 0.0;
    met.clear();
    for (std::size_t i = m.first_option[r]; i < m.first_option[r + 1]; ++i) {
      row.with[m.unit(i)] = m.weight[i];
      row.without[m.unit(i)] = without.market.weight[i] * scale;
      row.sum += m.weight[i];
      const auto& more = of_units.of(m.unit(i));
      met.insert(met.end(), more.begin(), more.end());
    }
    std::ranges::sort(met);
    met.erase(std::unique(met.begin(), met.end()), met.end());
    for (uint32_t w : met) {
      const AtWork& work = works[w];
      double own_with = 0.0;
      double own_without = 0.0;
      for (uint32_t u : work.members) {
        own_with += row.with[u];
        own_without += row.without[u];
      }
      if (!(own_with > 0.0)) continue;
      const double core_with = work.core == SeatUnits::kNone ? 0.0 : row.with[work.core];
      const double core_without = work.core == SeatUnits::kNone ? 0.0 : row.without[work.core];
      const double bare_sum = row.sum - own_with - core_with + own_without + core_without;
      const double pupils = m.pupils[r];
      out[w].gained += pupils * (own_with / row.sum - own_without / bare_sum);
      out[w].displaced += pupils * (core_without / bare_sum - core_with / row.sum);
    }
    for (std::size_t i = m.first_option[r]; i < m.first_option[r + 1]; ++i)
      row.with[m.unit(i)] = row.without[m.unit(i)] = 0.0;
  }
  return out;
}

}  // namespace

void add_group_demand(const AdmissionInput& input, const GroupEffects& effects, Year year,
                      IdVector<GroupId, GroupYear>& groups) {
  if (input.policy.rule != Rule::Choice && input.policy.rule != Rule::Micro) return;
  const std::vector<AtWork> works = at_work(input, seat_units(input), effects, year);
  if (works.empty()) return;
  const ChoiceMarket with = choice_market(input);
  AdmissionInput bare = input;
  const IdVector<CampusId, Standing> alone = effects.alone(year);
  for (auto c : bare.offers.ids()) {
    bare.offers[c].quality = alone[c].quality;
    bare.offers[c].brand = alone[c].brand;
    bare.offers[c].group = GroupId();
  }
  const ChoiceMarket without = choice_market(bare);
  const Market& m = with.market;
  DOORSTEP_ASSERT(without.market.cell.size() == m.cell.size());
  const WorksOfUnits of_units(works, m.seats.size());
  const std::size_t blocks = std::clamp<std::size_t>(m.rows() / 1024, 1, kBlocks);
  std::vector<std::vector<Gain>> sums(blocks);
  Progress unseen;
  in_parallel(blocks, 0, "relief", unseen, [&](std::size_t b, unsigned) {
    sums[b] = gains_of(with, without, works, of_units, m.rows() * b / blocks,
                       m.rows() * (b + 1) / blocks);
  });
  for (const std::vector<Gain>& of_block : sums)
    for (std::size_t w = 0; w < works.size(); ++w) {
      groups[works[w].group].gained += of_block[w].gained;
      groups[works[w].group].displaced += of_block[w].displaced;
    }
  for (const AtWork& w : works)
    groups[w.group].induced = groups[w.group].gained - groups[w.group].displaced;
}

}  // namespace doorstep
