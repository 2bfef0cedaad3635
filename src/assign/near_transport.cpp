// Let R be the campuses whose seats may run out, all others taken as without limit: of those each
// home would use the nearest, and of R only what is nearer still, since the price of a seat is
// never below 0. Where that leaves no other campus over its seats, it is the optimum, and its
// prices are the smallest: those of the others are 0. Else R takes in the campuses that went over.

#include "assign/near_transport.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <span>
#include <utility>

#include "assign/eligibility.h"
#include "base/disjoint_sets.h"
#include "base/random.h"
#include "geo/spatial_index.h"

namespace doorstep {

namespace {

constexpr std::size_t kNearestFirst = 4;
/// Part of its seats from which a campus is taken for one that may run out, once any did.
constexpr double kNearlyFull = 0.9;
constexpr uint32_t kNoLimit = TravelTable::kUnreachable - 1;
constexpr uint32_t kNone = 0xFFFFFFFFu;

/// The seats that a home may use, near to far; all of them where `complete`.
struct Choices {
  std::vector<Transport::Arc> near_to_far;
  std::size_t asked = 0;  ///< nearest seats looked at
  bool complete = false;
};

class NearTransport {
 public:
  NearTransport(const AdmissionInput& input, const HomeSupply& of,
                const std::vector<CampusSeats>& seats,
                const std::function<bool(HomeId, CampusId)>& allowed, uint32_t limit_ds)
      : input_(input),
        of_(of),
        seats_(seats),
        allowed_(allowed),
        limit_ds_(limit_ds),
        sink_of_(input.place->campuses.size(), kNone),
        choices_(of.homes.size()),
        outside_(of.homes.size(), kNone),
        sent_(of.homes.size()),
        may_run_out_(seats.size(), 0),
        added_(seats.size(), 0),
        short_of_seats_(seats.size(), 0) {
    std::vector<Xy> at;
    for (uint32_t j = 0; j < seats.size(); ++j) {
      at.push_back(input.place->campuses[seats[j].campus].at);
      if (seats[j].seats >= 0.0) sink_of_[seats[j].campus] = j;
      sink_key_.push_back(RandomKey(0).with(input.place->campuses[seats[j].campus].code).bits());
    }
    sites_ = PointIndex(at);
    plan_.seat_price.assign(seats.size(), 0.0);
    plan_.places_one_more.assign(seats.size(), false);
  }

  TransportPlan solve() {
    tbb::parallel_for(std::size_t{0}, choices_.size(), [&](std::size_t i) { look_around(i); });
    do {
      tbb::parallel_for(std::size_t{0}, choices_.size(), [&](std::size_t i) { find_outside(i); });
      make_parts();
      tbb::parallel_for(std::size_t{0}, parts_.size(), [&](std::size_t p) {
        if (parts_[p].changed && !parts_[p].sources.empty()) solve_part(parts_[p]);
      });
    } while (add_full());
    return collect();
  }

 private:
  struct Part {
    std::vector<uint32_t> sources, sinks;
    bool changed = false;
  };
  struct Sent {
    uint32_t sink = 0;
    double share = 0.0;
  };

  /// Whether ways beyond the rows can be worked out, nearest first: on straight lines.
  [[nodiscard]] bool by_distance() const {
    const FarWays* far = input_.travel->far();
    return limit_ds_ == kNoLimit && far != nullptr && far->known_homes.empty();
  }

  void look_around(std::size_t i) {
    if (by_distance()) return look_at_nearest(i, kNearestFirst);
    const HomeId home = of_.homes[i];
    input_.travel->for_ways_within(home, within_rows(),
                                   [&](CampusId c, uint32_t ds) { offer(i, c, ds); });
    for (CampusId c : serving_campuses(input_, home))
      if (const uint32_t ds = input_.travel->decisec(home, c);
          ds > within_rows() && ds != TravelTable::kUnreachable)
        offer(i, c, ds);
    put_in_order(choices_[i]);
    choices_[i].complete = true;
  }

  /// On streets ways end where the rows end.
  [[nodiscard]] uint32_t within_rows() const {
    const TravelTable& t = *input_.travel;
    return t.far() == nullptr ? std::min(limit_ds_, t.near()->reach_ds) : limit_ds_;
  }

  void offer(std::size_t i, CampusId c, uint32_t ds) {
    const uint32_t sink = sink_of_[c];
    if (sink != kNone && allowed_(of_.homes[i], c)) choices_[i].near_to_far.push_back({sink, ds});
  }

  void put_in_order(Choices& choices) const {
    std::ranges::sort(choices.near_to_far, {}, [&](const Transport::Arc& arc) {
      return std::pair(arc.cost, sink_key_[arc.sink]);
    });
  }

  /// What lies as far as the last of them, to the tenth of a second, may not be all there is.
  void look_at_nearest(std::size_t i, std::size_t count) {
    const HomeId home = of_.homes[i];
    Choices& mine = choices_[i];
    mine.near_to_far.clear();
    mine.near_to_far.reserve(std::min(count, sites_.size()));
    mine.asked = std::min(count, sites_.size());
    mine.complete = mine.asked == sites_.size();
    uint32_t farthest = 0;
    for (uint32_t j : sites_.nearest(input_.place->homes[home].at, mine.asked)) {
      const uint32_t ds = input_.travel->decisec(home, seats_[j].campus);
      farthest = std::max(farthest, ds);
      offer(i, seats_[j].campus, ds);
    }
    if (!mine.complete)
      std::erase_if(mine.near_to_far,
                    [&](const Transport::Arc& arc) { return arc.cost == farthest; });
    put_in_order(mine);
  }

  /// The nearest seats without limit, looking as far as it takes.
  void find_outside(std::size_t i) {
    if (outside_[i] != kNone && !may_run_out_[choices_[i].near_to_far[outside_[i]].sink]) return;
    for (;;) {
      const auto& near = choices_[i].near_to_far;
      const auto at = std::ranges::find_if(
          near, [&](const Transport::Arc& arc) { return !may_run_out_[arc.sink]; });
      outside_[i] = at == near.end() ? kNone : static_cast<uint32_t>(at - near.begin());
      if (at != near.end() || choices_[i].complete) return;
      look_at_nearest(i, 2 * choices_[i].asked);
    }
  }

  /// The seats that a home may use at a price: those nearer than what has no limit.
  [[nodiscard]] std::span<const Transport::Arc> priced(std::size_t i) const {
    const auto& near = choices_[i].near_to_far;
    return {near.data(), outside_[i] == kNone ? near.size() : outside_[i]};
  }

  /// Homes and seats that hang together. Those without seats that came into R keep their answer.
  void make_parts() {
    DisjointSets sets(seats_.size());
    for (std::size_t i = 0; i < choices_.size(); ++i)
      for (const Transport::Arc& arc : priced(i)) sets.join(priced(i).front().sink, arc.sink);
    parts_.clear();
    std::vector<uint32_t> part_of(seats_.size(), kNone);
    for (uint32_t j = 0; j < seats_.size(); ++j) {
      if (!may_run_out_[j]) continue;
      const uint32_t h = sets.head(j);
      if (part_of[h] == kNone) {
        part_of[h] = static_cast<uint32_t>(parts_.size());
        parts_.emplace_back();
      }
      Part& part = parts_[part_of[j] = part_of[h]];
      part.sinks.push_back(j);
      part.changed = part.changed || added_[j];
    }
    for (uint32_t i = 0; i < choices_.size(); ++i) {
      if (!priced(i).empty())
        parts_[part_of[priced(i).front().sink]].sources.push_back(i);
      else if (outside_[i] != kNone)
        sent_[i] = {{choices_[i].near_to_far[outside_[i]].sink, 1.0}};
    }
  }

  [[nodiscard]] Transport problem_of(const Part& part) const {
    Transport t;
    std::vector<uint32_t> number(seats_.size(), kNone);
    for (uint32_t j : part.sinks) {
      number[j] = static_cast<uint32_t>(t.capacity.size());
      t.capacity.push_back(seats_[j].seats);
      t.sink_key.push_back(sink_key_[j]);
    }
    double supply = 0.0;
    for (uint32_t i : part.sources) {
      t.first_arc.push_back(t.arcs.size());
      t.supply.push_back(of_.pupils[i]);
      supply += of_.pupils[i];
      t.source_key.push_back(RandomKey(0).with(input_.place->homes[of_.homes[i]].code).bits());
      for (const Transport::Arc& arc : priced(i)) t.arcs.push_back({number[arc.sink], arc.cost});
      if (outside_[i] == kNone) continue;
      t.arcs.push_back(
          {static_cast<uint32_t>(part.sinks.size()), choices_[i].near_to_far[outside_[i]].cost});
    }
    t.first_arc.push_back(t.arcs.size());
    t.capacity.push_back(2.0 * supply + 1.0);
    t.sink_key.push_back(0);
    return t;
  }

  void solve_part(const Part& part) {
    const TransportPlan plan = solve_transport(problem_of(part));
    for (uint32_t i : part.sources) sent_[i].clear();
    for (const auto& p : plan.parts) {
      const uint32_t i = part.sources[p.source];
      const bool priced = p.sink < part.sinks.size();
      sent_[i].push_back(
          {priced ? part.sinks[p.sink] : choices_[i].near_to_far[outside_[i]].sink, p.share});
    }
    for (std::size_t j = 0; j < part.sinks.size(); ++j) {
      plan_.seat_price[part.sinks[j]] = plan.seat_price[j];
      short_of_seats_[part.sinks[j]] = plan.places_one_more[j];
    }
  }

  /// Campuses outside R that hold more than their seats, and those that nearly do. Returns whether
  /// any went over.
  bool add_full() {
    std::vector<double> load(seats_.size(), 0.0);
    for (std::size_t i = 0; i < sent_.size(); ++i)
      for (const Sent& s : sent_[i]) load[s.sink] += of_.pupils[i] * s.share;
    bool over = false;
    for (std::size_t j = 0; j < load.size(); ++j) {
      const double rounding = 1e-9 + 1e-12 * seats_[j].seats;
      over = over || (!may_run_out_[j] && load[j] > seats_[j].seats + rounding);
      added_[j] = !may_run_out_[j] && load[j] > seats_[j].seats * kNearlyFull + rounding;
    }
    if (!over) return false;
    for (std::size_t j = 0; j < load.size(); ++j) may_run_out_[j] |= added_[j];
    return true;
  }

  TransportPlan collect() {
    for (uint32_t i = 0; i < sent_.size(); ++i)
      for (const auto& [sink, share] : sent_[i]) plan_.parts.push_back({i, sink, share});
    for (std::size_t j = 0; j < seats_.size(); ++j)
      plan_.places_one_more[j] = short_of_seats_[j] != 0;
    return std::move(plan_);
  }

  const AdmissionInput& input_;
  const HomeSupply& of_;
  const std::vector<CampusSeats>& seats_;
  const std::function<bool(HomeId, CampusId)>& allowed_;
  uint32_t limit_ds_;
  IdVector<CampusId, uint32_t> sink_of_;
  std::vector<uint64_t> sink_key_;
  PointIndex sites_;
  std::vector<Choices> choices_;   ///< by home
  std::vector<uint32_t> outside_;  ///< by home: its place in its choices
  std::vector<std::vector<Sent>> sent_;
  std::vector<uint8_t> may_run_out_;  ///< R, by seats
  std::vector<uint8_t> added_;        ///< by seats: came into R last
  std::vector<Part> parts_;
  std::vector<uint8_t> short_of_seats_;
  TransportPlan plan_;
};

}  // namespace

TransportPlan solve_near_transport(const AdmissionInput& input, const HomeSupply& of,
                                   const std::vector<CampusSeats>& seats,
                                   const std::function<bool(HomeId, CampusId)>& allowed,
                                   uint32_t limit_ds) {
  return NearTransport(input, of, seats, allowed, limit_ds).solve();
}

}  // namespace doorstep
