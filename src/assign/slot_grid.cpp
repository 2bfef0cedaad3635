#include "assign/slot_grid.h"

#include <tbb/parallel_for.h>

#include <algorithm>

#include "assign/choice_memory.h"
#include "assign/private_stage.h"
#include "assign/rules.h"

namespace doorstep {

namespace {

/// Runs of rows with sums of their own; their number is fixed, never that of the threads.
constexpr std::size_t kBlocks = 32;

struct Sums {
  std::vector<double> at, at_by_class;
};

/// Writes the shares of the last clearing into slots and adds them up.
class Placing {
 public:
  Placing(const AdmissionInput& input, const ChoiceMemory::Kept& kept, SlotGrid& grid)
      : input_(input),
        kept_(kept),
        within_(share_within_seats(input, kept.choice->market, kept.shares)),
        grid_(grid),
        placed_(input.entrants.size(), 0.0) {
    const std::size_t campuses = input.offers.size();
    grid_.pattern = kept.pattern;
    grid_.pupils.assign(kept.pattern->campus.size(), 0.0);
    grid_.at.assign(campuses, 0.0);
    grid_.at_by_class.assign(campuses * kept.pattern->classes, 0.0);
  }

  std::vector<double> run() {
    const std::vector<std::size_t> cuts = cuts_between_homes();
    std::vector<Sums> sums(cuts.size() - 1, {grid_.at.raw(), grid_.at_by_class});
    tbb::parallel_for(std::size_t{0}, sums.size(),
                      [&](std::size_t b) { place(cuts[b], cuts[b + 1], sums[b]); });
    for (const Sums& s : sums) {
      for (std::size_t c = 0; c < s.at.size(); ++c) grid_.at.raw()[c] += s.at[c];
      for (std::size_t i = 0; i < s.at_by_class.size(); ++i)
        grid_.at_by_class[i] += s.at_by_class[i];
    }
    return std::move(placed_);
  }

 private:
  [[nodiscard]] std::vector<std::size_t> cuts_between_homes() const {
    const std::vector<Entrants>& rows = input_.entrants;
    std::vector<std::size_t> cuts{0};
    for (std::size_t b = 1; b <= kBlocks; ++b) {
      std::size_t cut = std::max(rows.size() * b / kBlocks, cuts.back());
      while (cut > 0 && cut < rows.size() && rows[cut].home == rows[cut - 1].home) ++cut;
      cuts.push_back(cut);
    }
    return cuts;
  }

  void place(std::size_t from, std::size_t to, Sums& sums) {
    const Market& m = kept_.choice->market;
    const SlotPattern& pattern = *grid_.pattern;
    for (std::size_t row = from; row < to; ++row) {
      const Entrants& e = input_.entrants[row];
      const double pupils = e.pupils;
      if (!(pupils > 0.0)) continue;
      std::size_t slot = pattern.first[e.home.index * pattern.classes + e.household.index];
      double placed = 0.0;
      for (std::size_t i = m.first_option[row]; i < m.first_option[row + 1]; ++i, ++slot) {
        const double here = pupils * kept_.shares.share[i] * within_[m.unit(i)];
        grid_.pupils[slot] += here;
        placed += here;
        const std::size_t campus = pattern.campus[slot].index;
        sums.at[campus] += here;
        if (pattern.classes > 1)
          sums.at_by_class[campus * pattern.classes + e.household.index] += here;
      }
      placed_[row] = placed;
    }
    if (pattern.classes == 1) sums.at_by_class = sums.at;
  }

  const AdmissionInput& input_;
  const ChoiceMemory::Kept& kept_;
  std::vector<double> within_;  ///< by unit
  SlotGrid& grid_;
  std::vector<double> placed_;  ///< by row
};

}  // namespace

bool suits_grid(const AdmissionInput& input) {
  if (input.policy.rule != Rule::Choice || input.grade != 0 || has_private_stage(input))
    return false;
  std::vector<int> pools;
  for (const Offer& o : input.offers)
    if (o.open && o.pool >= 0) pools.push_back(o.pool);
  std::ranges::sort(pools);
  return std::ranges::adjacent_find(pools) == pools.end();
}

void place_in_grid(const AdmissionInput& input, ChoiceMemory& memory, SlotGrid& grid,
                   Ledger& ledger, Progress& progress) {
  ChoiceMemory::Kept& kept = memory.kept();
  kept.move_to(input);
  const Clearing clearing = clear_choice(input, kept.choice->market, progress);
  market_shares(kept.choice->market, clearing, kept.shares);
  std::vector<double> placed = Placing(input, kept, grid).run();
  ledger.take_placed(std::move(placed), grid.at);
  report_clearing(input, *kept.choice, clearing, kept.shares, ledger);
}

}  // namespace doorstep
