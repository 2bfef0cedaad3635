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

bool ChoiceMemory::Kept::same_sets(const AdmissionInput& input) const {
  if (!choice || input.entrants.size() != entrants.size() || input.catchment_of != catchment_of)
    return false;
  for (CampusId c : input.offers.ids())
    if (!alike(input.offers[c], offers[c])) return false;
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

void ChoiceMemory::Kept::follow_standing(const AdmissionInput& input) {
  StandingWeights now(input, ChoicePull(input));
  if (now == standing) return;
  standing = std::move(now);
  Market& m = choice->market;
  in_runs(m.rows(), [&](std::size_t from, std::size_t to) {
    for (std::size_t row = from; row < to; ++row) {
      const ClassId household = entrants[row].household;
      for (std::size_t i = m.first_option[row]; i < m.first_option[row + 1]; ++i)
        m.weight[i] = choice->lasting[i] *
                      standing.of(household, choice->seats.units[m.unit(i)].campuses.front());
    }
  });
}

void ChoiceMemory::Kept::make_pattern(const AdmissionInput& input) {
  auto made = std::make_shared<SlotPattern>();
  const Market& m = choice->market;
  made->classes = std::max<std::size_t>(input.place->children.classes, 1);
  const std::size_t keys = input.place->homes.size() * made->classes;
  made->first.assign(keys + 1, 0);
  const auto key_of = [&](const Entrants& e) {
    return e.home.index * made->classes + e.household.index;
  };
  std::size_t next = 0;  // key whose first slot is not known yet
  for (std::size_t row = 0; row < m.rows(); ++row) {
    const std::size_t key = key_of(input.entrants[row]);
    if (key < next) continue;  // another row of the same home and class sees the same
    for (; next <= key; ++next) made->first[next] = static_cast<uint32_t>(made->campus.size());
    for (std::size_t i = m.first_option[row]; i < m.first_option[row + 1]; ++i)
      made->campus.push_back(choice->seats.units[m.unit(i)].campuses.front());
  }
  for (; next <= keys; ++next) made->first[next] = static_cast<uint32_t>(made->campus.size());
  made->campus.shrink_to_fit();
  const bool same = pattern && pattern->first == made->first && pattern->campus == made->campus;
  if (!same) pattern = std::move(made);
}

void ChoiceMemory::Kept::move_to(const AdmissionInput& input) {
  const bool reusable = same_sets(input) && !choice->lasting.empty() &&
                        StandingWeights(input, ChoicePull(input)).moderate();
  if (reusable) {
    follow_standing(input);
    Market& m = choice->market;
    for (std::size_t row = 0; row < m.rows(); ++row) m.pupils[row] = input.entrants[row].pupils;
    for (std::size_t u = 0; u < m.seats.size(); ++u) {
      SeatUnit& unit = choice->seats.units[u];
      m.seats[u] = unit.seats = input.offers[unit.campuses.front()].seats;
    }
  } else {
    choice.reset();
    choice = choice_market(input, {.every_row = true, .lasting = true});
    entrants = input.entrants;
    catchment_of = input.catchment_of;
    standing = StandingWeights(input, ChoicePull(input));
    make_pattern(input);
  }
  offers = input.offers;
}

}  // namespace doorstep
