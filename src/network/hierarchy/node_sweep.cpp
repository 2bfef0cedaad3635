#include "network/hierarchy/node_sweep.h"

#include <algorithm>
#include <numeric>

#include "base/error.h"
#include "network/parallel.h"

namespace doorstep {
namespace {

constexpr unsigned kMostThreads = 64;

}  // namespace

NodeSweep::NodeSweep(std::shared_ptr<const Hierarchy> hierarchy, unsigned threads)
    : hierarchy_(std::move(hierarchy)), threads_(workers_for(kMostThreads, threads)) {
  std::size_t nodes = hierarchy_->nodes();
  std::vector<uint32_t> position_of(nodes);
  for (uint32_t p = 0; p < nodes; ++p) position_of[hierarchy_->number[p]] = p;
  sections_.resize(std::min<std::size_t>(threads_, std::max<std::size_t>(nodes, 1)));
  Progress silent;
  in_parallel(sections_.size(), threads_, "sweeps", silent, [&](std::size_t s, unsigned) {
    std::size_t begin = nodes * s / sections_.size();
    std::size_t end = nodes * (s + 1) / sections_.size();
    std::vector<uint32_t> targets(end - begin);
    std::iota(targets.begin(), targets.end(), static_cast<uint32_t>(begin));
    Section& section = sections_[s];
    section.plan = plan_sweep(*hierarchy_, targets);
    // In the order of places, so that reading them is a run.
    std::ranges::sort(targets, {}, [&](uint32_t n) { return section.plan.place[n]; });
    for (uint32_t n : targets) {
      section.place.push_back(section.plan.place[n]);
      section.position.push_back(position_of[n]);
    }
  });
}

template <>
ScratchPool<NodeSweep::Scratch<uint32_t>>& NodeSweep::pool<uint32_t>() const {
  return times_;
}
template <>
ScratchPool<NodeSweep::Scratch<NearestKey>>& NodeSweep::pool<NearestKey>() const {
  return keys_;
}

template <class Value>
void NodeSweep::sweep_all(std::span<const DoorEnds> campuses, std::span<const Value> starts,
                          std::span<Value> out) const {
  DOORSTEP_ASSERT(out.size() == hierarchy_->nodes());
  auto make = [&] { return std::make_unique<Scratch<Value>>(*hierarchy_); };
  auto climbed = pool<Value>().take(make);
  Climb& climb = climbed->climb;
  climbed->starts.clear();
  for (const DoorEnds& c : campuses) {
    climbed->starts.insert(climbed->starts.end(), c.nodes().begin(), c.nodes().end());
  }
  climb.reach(climbed->starts);
  climbed->above.assign(climb.nodes().size(), none_of(Value{}));
  for (std::size_t c = 0; c < campuses.size(); ++c) {
    for (std::size_t k = 0; k < campuses[c].nodes().size(); ++k) {
      Value& value = climbed->above[climb.step_of(campuses[c].node[k])];
      value = std::min(value, later(starts[c], campuses[c].ms[k]));
    }
  }
  climb_values<Value>(climb, climbed->above);
  Progress silent;
  in_parallel(sections_.size(), threads_, "sweeps", silent, [&](std::size_t s, unsigned) {
    const Section& section = sections_[s];
    auto scratch = pool<Value>().take(make);
    scratch->sweep.run(section.plan, climb.nodes(), std::span<const Value>(climbed->above));
    const Value* at = scratch->sweep.at.data();
    for (std::size_t k = 0; k < section.place.size(); ++k) {
      out[section.position[k]] = at[section.place[k]];
    }
  });
}

void NodeSweep::to_one(const DoorEnds& campus, std::span<uint32_t> ms) const {
  uint32_t start = campus.off_ms;
  sweep_all<uint32_t>({&campus, 1}, {&start, 1}, ms);
}

void NodeSweep::to_nearest(std::span<const DoorEnds> campuses, std::span<NearestKey> keys) const {
  std::vector<NearestKey> starts(campuses.size());
  for (std::size_t c = 0; c < campuses.size(); ++c) {
    starts[c] = later(NearestKey{c}, campuses[c].off_ms);
  }
  sweep_all<NearestKey>(campuses, starts, keys);
}

}  // namespace doorstep
