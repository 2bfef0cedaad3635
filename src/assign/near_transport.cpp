// Let prices be the duals of the optimum over some of the arcs. A home whose pupils pay `u` (the
// way plus the price of the seat, the same for all of them) would use a seat farther than `u` under
// no price, since prices are not below 0. So arcs that were left out do not matter where they are
// longer than that; where they may be shorter, they come in and the part is solved again.

#include "assign/near_transport.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <numeric>

#include "assign/eligibility.h"
#include "base/random.h"
#include "geo/spatial_index.h"

namespace doorstep {

namespace {

constexpr std::size_t kNearestFirst = 6;
constexpr uint32_t kNoLimit = TravelTable::kUnreachable - 1;
constexpr uint32_t kNone = 0xFFFFFFFFu;

/// The arcs of one home, and how far all of them are known.
struct Arcs {
  std::vector<Transport::Arc> arcs;  ///< by sink
  std::size_t asked = 0;             ///< nearest sinks looked at
  uint32_t known_ds = 0;             ///< no allowed seat up to this far is left out
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
        arcs_(of.homes.size()),
        part_of_sink_(seats.size(), kNone) {
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
    tbb::parallel_for(std::size_t{0}, arcs_.size(), [&](std::size_t i) { look_around(i); });
    std::vector<char> changed(arcs_.size(), 1);
    while (std::find(changed.begin(), changed.end(), 1) != changed.end()) {
      make_parts(changed);
      tbb::parallel_for(std::size_t{0}, parts_.size(), [&](std::size_t p) {
        if (parts_[p].changed) solve_part(parts_[p]);
      });
      tbb::parallel_for(std::size_t{0}, arcs_.size(),
                        [&](std::size_t i) { changed[i] = look_farther(i); });
    }
    return collect();
  }

 private:
  struct Part {
    std::vector<uint32_t> sources, sinks;
    bool changed = false;
  };

  /// Whether ways beyond the rows can be worked out, nearest first: on straight lines.
  [[nodiscard]] bool by_distance() const {
    const FarWays* far = input_.travel->far();
    return limit_ds_ == kNoLimit && far != nullptr && far->known_homes.empty();
  }

  void look_around(std::size_t i) {
    if (by_distance()) return look_at_nearest(i, kNearestFirst);
    Arcs& mine = arcs_[i];
    const HomeId home = of_.homes[i];
    input_.travel->for_ways_within(home, within_rows(),
                                   [&](CampusId c, uint32_t ds) { offer(i, c, ds); });
    for (CampusId c : serving_campuses(input_, home))
      if (const uint32_t ds = input_.travel->decisec(home, c);
          ds > within_rows() && ds != TravelTable::kUnreachable)
        offer(i, c, ds);
    sort_arcs(mine);
    mine.known_ds = TravelTable::kUnreachable;
  }

  /// On streets ways end where the rows end.
  [[nodiscard]] uint32_t within_rows() const {
    const TravelTable& t = *input_.travel;
    return t.far() == nullptr ? std::min(limit_ds_, t.near()->reach_ds) : limit_ds_;
  }

  void offer(std::size_t i, CampusId c, uint32_t ds) {
    const uint32_t sink = sink_of_[c];
    if (sink != kNone && allowed_(of_.homes[i], c)) arcs_[i].arcs.push_back({sink, ds});
  }

  static void sort_arcs(Arcs& a) {
    std::ranges::sort(a.arcs, {}, &Transport::Arc::sink);
    const auto rest = std::ranges::unique(a.arcs, {}, &Transport::Arc::sink);
    a.arcs.erase(rest.begin(), rest.end());
  }

  void look_at_nearest(std::size_t i, std::size_t count) {
    const HomeId home = of_.homes[i];
    Arcs& mine = arcs_[i];
    mine.arcs.clear();
    mine.known_ds = 0;
    count = std::min(count, sites_.size());
    for (uint32_t j : sites_.nearest(input_.place->homes[home].at, count)) {
      const uint32_t ds = input_.travel->decisec(home, seats_[j].campus);
      mine.known_ds = std::max(mine.known_ds, ds);
      offer(i, seats_[j].campus, ds);
    }
    mine.asked = count;
    // The next may be as far to the tenth of a second.
    if (count == sites_.size())
      mine.known_ds = TravelTable::kUnreachable;
    else if (mine.known_ds > 0)
      --mine.known_ds;
    sort_arcs(mine);
  }

  /// Takes in what may matter. Returns whether anything did.
  bool look_farther(std::size_t i) {
    if (arcs_[i].known_ds == TravelTable::kUnreachable || of_.pupils[i] <= 0.0) return false;
    if (paid_ds_[i] <= arcs_[i].known_ds) return false;
    const std::size_t before = arcs_[i].arcs.size();
    std::size_t count = 2 * arcs_[i].asked;
    do {
      look_at_nearest(i, count);
      count *= 2;
    } while (paid_ds_[i] != kNone && paid_ds_[i] > arcs_[i].known_ds);
    return arcs_[i].arcs.size() != before || paid_ds_[i] == kNone;
  }

  /// Homes and seats that hang together. Those of which nothing changed keep their answer.
  void make_parts(const std::vector<char>& changed) {
    std::vector<uint32_t> head(seats_.size());
    std::iota(head.begin(), head.end(), 0u);
    const auto find = [&](uint32_t j) {
      while (head[j] != j) j = head[j] = head[head[j]];
      return j;
    };
    for (const Arcs& a : arcs_)
      for (const Transport::Arc& arc : a.arcs) {
        const uint32_t x = find(a.arcs.front().sink), y = find(arc.sink);
        if (x != y) head[std::max(x, y)] = std::min(x, y);
      }
    parts_.clear();
    std::vector<uint32_t> part_of(seats_.size(), kNone);
    for (uint32_t j = 0; j < seats_.size(); ++j) {
      const uint32_t h = find(j);
      if (part_of[h] == kNone) {
        part_of[h] = static_cast<uint32_t>(parts_.size());
        parts_.emplace_back();
      }
      part_of_sink_[j] = part_of[h];
      parts_[part_of[h]].sinks.push_back(j);
    }
    for (uint32_t i = 0; i < arcs_.size(); ++i) {
      if (arcs_[i].arcs.empty()) continue;
      Part& part = parts_[part_of_sink_[arcs_[i].arcs.front().sink]];
      part.sources.push_back(i);
      part.changed = part.changed || changed[i];
    }
    paid_ds_.resize(arcs_.size(), kNone);
    sent_.resize(arcs_.size());
  }

  [[nodiscard]] Transport problem_of(const Part& part) const {
    Transport t;
    std::vector<uint32_t> number(seats_.size(), kNone);
    for (uint32_t j : part.sinks) {
      number[j] = static_cast<uint32_t>(t.capacity.size());
      t.capacity.push_back(seats_[j].seats);
      t.sink_key.push_back(sink_key_[j]);
    }
    for (uint32_t i : part.sources) {
      t.first_arc.push_back(t.arcs.size());
      t.supply.push_back(of_.pupils[i]);
      t.source_key.push_back(RandomKey(0).with(input_.place->homes[of_.homes[i]].code).bits());
      for (const Transport::Arc& arc : arcs_[i].arcs)
        t.arcs.push_back({number[arc.sink], arc.cost});
    }
    t.first_arc.push_back(t.arcs.size());
    return t;
  }

  void solve_part(const Part& part) {
    const Transport t = problem_of(part);
    const TransportPlan plan = solve_transport(t);
    for (uint32_t i : part.sources) sent_[i].clear();
    for (const auto& p : plan.parts)
      sent_[part.sources[p.source]].push_back({part.sinks[p.sink], p.share});
    for (std::size_t j = 0; j < part.sinks.size(); ++j) {
      plan_.seat_price[part.sinks[j]] = plan.seat_price[j];
      price_short_[part.sinks[j]] = plan.places_one_more[j];
    }
    for (uint32_t i : part.sources) paid_ds_[i] = paid(i);
  }

  /// What a home's pupils pay at most, way and price; kNone where some have no seat, or would if
  /// one seat fewer was left.
  [[nodiscard]] uint32_t paid(std::size_t i) const {
    constexpr double kDust = 1e-9;
    double placed = 0.0;
    double most = 0.0;
    for (const auto& [sink, share] : sent_[i]) {
      const auto arc = std::ranges::lower_bound(arcs_[i].arcs, sink, {}, &Transport::Arc::sink);
      if (price_short_[sink]) return kNone;
      most = std::max(most, arc->cost + plan_.seat_price[sink]);
      placed += share;
    }
    if (placed < 1.0 - kDust) return kNone;
    // Prices are rounded to tenths of a second.
    return static_cast<uint32_t>(std::min(most + 1.0, static_cast<double>(kNoLimit)));
  }

  TransportPlan collect() {
    for (uint32_t i = 0; i < sent_.size(); ++i)
      for (const auto& [sink, share] : sent_[i]) plan_.parts.push_back({i, sink, share});
    for (std::size_t j = 0; j < seats_.size(); ++j) plan_.places_one_more[j] = price_short_[j] != 0;
    return std::move(plan_);
  }

  struct Sent {
    uint32_t sink = 0;
    double share = 0.0;
  };

  const AdmissionInput& input_;
  const HomeSupply& of_;
  const std::vector<CampusSeats>& seats_;
  const std::function<bool(HomeId, CampusId)>& allowed_;
  uint32_t limit_ds_;
  IdVector<CampusId, uint32_t> sink_of_;
  std::vector<uint64_t> sink_key_;
  PointIndex sites_;
  std::vector<Arcs> arcs_;
  std::vector<uint32_t> part_of_sink_;
  std::vector<Part> parts_;
  std::vector<std::vector<Sent>> sent_;
  std::vector<uint32_t> paid_ds_;
  std::vector<char> price_short_ = std::vector<char>(seats_.size(), 0);
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
