#include "assign/slot_grid.h"

#include <catch2/catch.hpp>

#include "random_town.h"

using namespace doorstep;
using namespace doorstep::test;

namespace {

/// A random town in which some bring a feeder, a group or a present campus along.
struct MixedTown : RandomTown {
  explicit MixedTown(uint64_t number) : RandomTown(number, 1.2) {
    place.children.classes = 2;
    place.groups.push_back({});
    offers[CampusId(0)].group = offers[CampusId(2)].group = GroupId(0);
    RandomStream random{RandomKey(number).with("mixed")};
    std::vector<Entrants> rows;
    for (const Entrants& e : entrants) {
      rows.push_back(e);
      rows.back().feeder_to = CampusId(3);
      rows.push_back(e);
      rows.back().group = GroupId(0);
      if (random.uniform() < 0.5) {
        rows.push_back(e);
        rows.back().feeder_to = rows.back().present = CampusId(1);
      }
      rows.push_back(e);  // nothing stands last
    }
    entrants = rows;
    std::ranges::sort(entrants, {}, [](const Entrants& e) {
      return std::tuple(e.home, e.household, e.feeder_to, e.group, e.present);
    });
  }
};

/// Pupils of a home and class at a campus, from a grid and from flows.
double in_grid(const SlotGrid& grid, HomeId home, ClassId household, CampusId campus) {
  const std::size_t key = home.index * grid.pattern->classes + household.index;
  double sum = 0.0;
  for (uint32_t slot = grid.pattern->first[key]; slot < grid.pattern->first[key + 1]; ++slot)
    if (grid.pattern->campus[slot] == campus) sum += grid.pupils[slot];
  return sum;
}

double in_flows(const AdmissionInput& input, const Admission& a, HomeId home, ClassId household,
                CampusId campus) {
  double sum = 0.0;
  for (const Flow& f : a.flows)
    if (const Entrants& e = input.entrants[f.entrants];
        e.home == home && e.household == household && f.campus == campus)
      sum += f.pupils;
  return sum;
}

void check_alike(const AdmissionInput& input, const Admission& rows, const Admission& slots,
                 const SlotGrid& grid) {
  REQUIRE(slots.conservation_error < 1e-12);
  for (std::size_t row = 0; row < input.entrants.size(); ++row)
    REQUIRE(slots.unplaced[row] == Approx(rows.unplaced[row]).margin(1e-8));
  for (CampusId c : input.offers.ids()) {
    const CampusOutcome &one = rows.campuses[c], &other = slots.campuses[c];
    INFO("campus " << c.index);
    REQUIRE(other.admitted == Approx(one.admitted).margin(1e-8));
    REQUIRE(other.entitled == Approx(one.entitled).margin(1e-12));
    REQUIRE(other.turned_away == Approx(one.turned_away).margin(1e-6));
    REQUIRE(other.cutoff_tier == one.cutoff_tier);
    REQUIRE(other.cutoff_share == Approx(one.cutoff_share).margin(1e-7));
    for (HomeId h : input.place->homes.ids())
      for (ClassId k : {ClassId(0), ClassId(1)})
        REQUIRE(in_grid(grid, h, k, c) + in_flows(input, slots, h, k, c) ==
                Approx(in_flows(input, rows, h, k, c)).margin(1e-7));
  }
}

}  // namespace

TEST_CASE("admissions that follow one another in a grid are those made row by row from nothing") {
  Progress progress;
  for (uint64_t number = 0; number < 60; ++number) {
    MixedTown town(number);
    RandomStream random{RandomKey(number).with("years")};
    ChoiceMemory memory;
    for (int year = 0; year < 5; ++year) {
      AdmissionInput input = town.admission(Rule::Choice);
      input.policy.divert_unplaced = number % 2 == 0;
      for (Entrants& e : input.entrants) e.pupils *= random.uniform() < 0.2 ? 0 : random.uniform();
      for (Offer& o : input.offers) {
        o.seats *= 0.1 + random.uniform();
        o.quality *= 0.5 + random.uniform();
        o.overflow = number % 3 == 0 ? Overflow::Crowd : Overflow::Divert;
      }
      SlotGrid grid;
      const Admission slots = admit_to_grid(input, memory, grid, progress);
      INFO("town " << number << ", year " << year);
      REQUIRE(!grid.empty());
      check_alike(input, assign_pupils(input, progress), slots, grid);
      memory.recycle(std::move(grid));
    }
  }
}

TEST_CASE("where some homes gain rows, admissions are those of a market made anew") {
  Progress progress;
  for (uint64_t number = 0; number < 30; ++number) {
    MixedTown town(number);
    const AdmissionInput all = town.admission(Rule::Choice);
    const auto late = [](const Entrants& e) { return e.home.index % 3 == 1 && e.group.valid(); };
    AdmissionInput input = all;
    std::erase_if(input.entrants, late);
    input.rows_stamp = 1;
    ChoiceMemory memory;
    SlotGrid before, grid;
    (void)admit_to_grid(input, memory, before, progress);
    std::vector<HomeId> homes;
    for (HomeId h : town.place.homes.ids())
      if (h.index % 3 == 1) homes.push_back(h);
    input = all;
    input.rows_stamp = 2;
    memory.expect_rows(1, 2, homes);
    const Admission slots = admit_to_grid(input, memory, grid, progress);
    INFO("town " << number);
    CHECK(grid.pattern == before.pattern);
    check_alike(input, assign_pupils(input, progress), slots, grid);
  }
}
