#include "assign/choice_memory.h"

#include <tbb/parallel_for.h>

#include <algorithm>

namespace doorstep {

namespace {

constexpr std::size_t kRunOfRows = 16384;

/// Calls work(from, to) for runs of [0, count), side by side.
template <class Work>
void in_runs(std::size_t count, const Work& work) {
  tbb::parallel_for(std::size_t{0}, (count + kRunOfRows - 1) / kRunOfRows, [&](std::size_t run) {
    work(run * kRunOfRows, std::min(count, (run + 1) * kRunOfRows));
  });
}

/// Whether two rows have the same choice set, pulls and priorities.
bool alike(const Entrants& a, const Entrants& b) {
  return a.home == b.home && a.household == b.household && a.feeder_to == b.feeder_to &&
         a.group == b.group && a.present == b.present && a.last == b.last;
}

/// Whether two offers differ in seats and standing at most.
bool alike(const Offer& a, const Offer& b) {
  return a.open == b.open && a.group == b.group && a.pool == b.pool && a.overflow == b.overflow &&
         a.ownership == b.ownership && a.fee == b.fee && a.brand_of_class == b.brand_of_class;
}

}  // namespace

ChoiceMemory::ChoiceMemory() : kept_(std::make_unique<Kept>()) {}
ChoiceMemory::~ChoiceMemory() = default;
ChoiceMemory::ChoiceMemory(ChoiceMemory&&) noexcept = default;
ChoiceMemory& ChoiceMemory::operator=(ChoiceMemory&&) noexcept = default;

void ChoiceMemory::expect_rows(uint64_t before, uint64_t now, std::vector<HomeId> homes) {
  kept_->expected = {before, now, std::move(homes)};
}

void ChoiceMemory::recycle(SlotGrid&& grid) { kept_->spare = std::move(grid.pupils); }

bool ChoiceMemory::Kept::same_rows(const AdmissionInput& input) const {
  if (input.rows_stamp != 0) return input.rows_stamp == rows_stamp;
  if (rows_stamp != 0 || input.entrants.size() != entrants.size()) return false;
  std::vector<char> differs(input.entrants.size() / kRunOfRows + 1, 0);
  in_runs(input.entrants.size(), [&](std::size_t from, std::size_t to) {
    for (std::size_t row = from; row < to; ++row)
      if (!alike(input.entrants[row], entrants[row])) {
        differs[from / kRunOfRows] = 1;
        return;
      }
  });
  return std::ranges::none_of(differs, [](char d) { return d != 0; });
}

bool ChoiceMemory::Kept::same_sets(const AdmissionInput& input) const {
  if (!market || input.catchment_of != catchment_of) return false;
  for (CampusId c : input.offers.ids())
    if (!alike(input.offers[c], offers[c])) return false;
  return true;
}

bool ChoiceMemory::Kept::grow_rows(const AdmissionInput& input) {
  if (input.rows_stamp == 0 || expected.now != input.rows_stamp || expected.before != rows_stamp ||
      !market->take_rows(input, expected.homes))
    return false;
  rows_stamp = input.rows_stamp;
  return true;
}

void ChoiceMemory::Kept::move_to(const AdmissionInput& input) {
  if (!same_sets(input) || !(same_rows(input) || grow_rows(input))) {
    std::shared_ptr<const SlotPattern> before = market ? market->pattern : nullptr;
    market.reset();
    market.emplace(input);
    if (before && before->first == market->pattern->first &&
        before->campus == market->pattern->campus)
      market->pattern = std::move(before);
    entrants.clear();
    if (input.rows_stamp == 0) entrants = input.entrants;
    rows_stamp = input.rows_stamp;
    catchment_of = input.catchment_of;
  }
  market->follow(input);
  offers = input.offers;
}

}  // namespace doorstep
