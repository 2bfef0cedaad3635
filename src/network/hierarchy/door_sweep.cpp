#include "network/hierarchy/door_sweep.h"

#include <algorithm>

#include "base/error.h"
#include "network/hierarchy/single_sweep.h"
#include "network/parallel.h"
#include "network/street_graph.h"

namespace doorstep {
namespace {

constexpr unsigned kMostThreads = 256;
// Sections small enough for their lanes to stay in a core's own cache, large enough to share
// little.
constexpr std::size_t kHomesASection = 8192;

uint32_t decisec(uint32_t ms) {
  return ms == kNoTime ? kNoTime : static_cast<uint32_t>((uint64_t{ms} + 50) / 100);
}

}  // namespace

struct DoorSweep::Scratch {
  explicit Scratch(const Hierarchy& hierarchy) : climb(hierarchy) {}
  Climb climb;
  std::vector<uint32_t> starts;
  BigArray<Lanes> above;  // by step of the climb
  std::vector<uint32_t> above_ms;
  BigArray<Lanes> lanes;  // by place of a section
  SingleSweep<uint32_t> single;
  std::vector<uint8_t> seeded;  // by place; all 0 between sweeps
  Lanes off{};
  BigArray<uint32_t> rows;  // by lane and door
};

ScratchPool<DoorSweep::Scratch>::Loan DoorSweep::borrow() const {
  return pool_.take([&] { return std::make_unique<Scratch>(*hierarchy_); });
}

DoorSweep::DoorSweep(std::shared_ptr<const Hierarchy> hierarchy, std::span<const DoorEnds> homes,
                     unsigned threads, InstructionSet set)
    : hierarchy_(std::move(hierarchy)),
      kernels_(lane_kernels(set)),
      threads_(workers_for(kMostThreads, threads)),
      homes_(homes.size()) {
  std::vector<uint32_t> sorted(homes.size());
  for (uint32_t h = 0; h < homes.size(); ++h) sorted[h] = h;
  std::ranges::stable_sort(sorted, {}, [&](uint32_t h) { return homes[h].node[0]; });
  door_of_home_.resize(homes.size());
  for (uint32_t d = 0; d < sorted.size(); ++d) door_of_home_[sorted[d]] = d;
  std::size_t count = std::max<std::size_t>(threads_, homes.size() / kHomesASection);
  sections_.resize(std::min(count, std::max<std::size_t>(homes.size(), 1)));
  Progress silent;
  in_parallel(sections_.size(), threads_, "sweeps", silent, [&](std::size_t s, unsigned) {
    std::size_t begin = sorted.size() * s / sections_.size();
    std::size_t end = sorted.size() * (s + 1) / sections_.size();
    sections_[s] = section_of(homes, std::span(sorted).subspan(begin, end - begin));
    sections_[s].begin = begin;
  });
}

DoorSweep::~DoorSweep() = default;

DoorWays door_ways(const SweepPlan& plan, const DoorEnds& ends) {
  DoorWays door{};
  door.off_ms = ends.off_ms;
  for (int k = 0; k < 2; ++k) {
    door.ms[k] = kNoTime;  // stays so where the street is closed either way
    if (ends.count == 0) continue;
    auto end = static_cast<std::size_t>(std::min(k, ends.count - 1));
    door.place[k] = plan.place[ends.node[end]];
    door.ms[k] = ends.ms[end];
  }
  return door;
}

DoorSweep::Section DoorSweep::section_of(std::span<const DoorEnds> homes,
                                         std::span<const uint32_t> members) const {
  std::vector<uint32_t> targets;
  for (uint32_t h : members) {
    targets.insert(targets.end(), homes[h].nodes().begin(), homes[h].nodes().end());
  }
  Section section;
  section.plan = plan_sweep(*hierarchy_, targets);
  for (uint32_t h : members) {
    section.doors.push_back(door_ways(section.plan, homes[h]));
  }
  section.home.assign(members.begin(), members.end());
  return section;
}

std::size_t DoorSweep::places() const {
  std::size_t out = 0;
  for (const Section& s : sections_) out += s.plan.places();
  return out;
}

std::size_t DoorSweep::arcs() const {
  std::size_t out = 0;
  for (const Section& s : sections_) out += s.plan.arcs.size();
  return out;
}

void DoorSweep::climb(std::span<const DoorEnds> campuses, Scratch& scratch) const {
  scratch.starts.clear();
  for (const DoorEnds& c : campuses) {
    scratch.starts.insert(scratch.starts.end(), c.nodes().begin(), c.nodes().end());
  }
  scratch.climb.reach(scratch.starts);
}

void DoorSweep::climb_batch(const Batch& batch, Scratch& scratch) const {
  climb(batch.campuses, scratch);
  std::size_t steps = scratch.climb.nodes().size();
  scratch.above.grow(steps);
  Lanes* above = scratch.above.data();
  for (std::size_t s = 0; s < steps; ++s) above[s].ms.fill(kNoTime);
  for (std::size_t lane = 0; lane < batch.campuses.size(); ++lane) {
    const DoorEnds& campus = batch.campuses[lane];
    for (std::size_t k = 0; k < campus.nodes().size(); ++k) {
      uint32_t& ms = above[scratch.climb.step_of(campus.node[k])].ms[lane];
      ms = std::min(ms, campus.ms[k]);
    }
    scratch.off.ms[lane] = campus.off_ms;
  }
  kernels_.climb(scratch.climb.first(), scratch.climb.arcs(), above);
}

void DoorSweep::sweep_batch(const Section& section, const Batch& batch, Scratch& scratch) const {
  const SweepPlan& plan = section.plan;
  std::span<const uint32_t> steps = scratch.climb.nodes();
  scratch.lanes.grow(std::max<std::size_t>(plan.places(), 1));
  if (scratch.seeded.size() < plan.places()) scratch.seeded.resize(plan.places(), 0);
  Lanes* lanes = scratch.lanes.data();
  for (std::size_t s = 0; s < steps.size(); ++s) {
    plan.enter(steps[s], [&](uint32_t place, uint32_t ms) {
      if (!scratch.seeded[place]) lanes[place].ms.fill(kNoTime);
      scratch.seeded[place] = 1;
      kernels_.offer(lanes[place], scratch.above.data()[s], ms);
    });
  }
  kernels_.sweep(plan, scratch.seeded.data(), lanes);
  for (uint32_t node : steps) {
    plan.enter(node, [&](uint32_t place, uint32_t) { scratch.seeded[place] = 0; });
  }

  // Rows in the order of places, which lie in the cache now; each is put in order by to_many.
  std::array<uint32_t*, kLanes> rows{};
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    rows[lane] = scratch.rows.data() + lane * homes_ + section.begin;
  }
  kernels_.rows(section.doors, lanes, scratch.off, batch.rows.size(), rows.data());
}

void DoorSweep::to_many(std::span<const DoorEnds> campuses, std::span<uint32_t> ds) const {
  DOORSTEP_ASSERT(ds.size() == campuses.size() * homes_);
  // Neighbours share a batch: most of what lies above them is then the same.
  std::vector<uint32_t> order(campuses.size());
  for (uint32_t c = 0; c < order.size(); ++c) order[c] = c;
  std::ranges::stable_sort(order, {}, [&](uint32_t c) { return campuses[c].node[0]; });
  std::size_t batches = (campuses.size() + kLanes - 1) / kLanes;
  Progress silent;
  in_parallel(batches, threads_, "ways to campuses", silent, [&](std::size_t b, unsigned) {
    Batch batch;
    for (std::size_t i = b * kLanes; i < std::min((b + 1) * kLanes, order.size()); ++i) {
      batch.campuses.push_back(campuses[order[i]]);
      batch.rows.push_back(ds.data() + std::size_t{order[i]} * homes_);
    }
    auto scratch = borrow();
    climb_batch(batch, *scratch);
    scratch->rows.grow(homes_ * kLanes);
    for (const Section& section : sections_) sweep_batch(section, batch, *scratch);
    for (std::size_t lane = 0; lane < batch.rows.size(); ++lane) {
      const uint32_t* by_door = scratch->rows.data() + lane * homes_;
      uint32_t* row = batch.rows[lane];
      for (std::size_t h = 0; h < homes_; ++h) row[h] = by_door[door_of_home_[h]];
    }
  });
}

void DoorSweep::climb_one(const DoorEnds& campus, Scratch& scratch) const {
  climb({&campus, 1}, scratch);
  std::vector<uint32_t>& above = scratch.above_ms;
  above.assign(scratch.climb.nodes().size(), kNoTime);
  for (std::size_t k = 0; k < campus.nodes().size(); ++k) {
    uint32_t& ms = above[scratch.climb.step_of(campus.node[k])];
    ms = std::min(ms, campus.ms[k]);
  }
  climb_values<uint32_t>(scratch.climb, above);
}

void DoorSweep::to_one(const DoorEnds& campus, std::span<uint32_t> ds) const {
  DOORSTEP_ASSERT(ds.size() == homes_);
  auto climbed = borrow();
  climb_one(campus, *climbed);
  Progress silent;
  in_parallel(sections_.size(), threads_, "ways to a campus", silent, [&](std::size_t s, unsigned) {
    auto scratch = borrow();
    sweep_one(sections_[s], *climbed, campus.off_ms, *scratch, ds);
  });
}

void DoorSweep::sweep_one(const Section& section, const Scratch& climbed, uint32_t campus_off_ms,
                          Scratch& scratch, std::span<uint32_t> ds) const {
  scratch.single.run(section.plan, climbed.climb.nodes(), climbed.above_ms);
  const uint32_t* at = scratch.single.at.data();
  for (std::size_t d = 0; d < section.doors.size(); ++d) {
    const DoorWays& door = section.doors[d];
    uint32_t best =
        std::min(time_sum(at[door.place[0]], door.ms[0]), time_sum(at[door.place[1]], door.ms[1]));
    ds[section.home[d]] = decisec(time_sum(time_sum(best, door.off_ms), campus_off_ms));
  }
}

}  // namespace doorstep
