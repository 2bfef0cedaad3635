#include "assign/live/one_campus.h"

#include <algorithm>

#include "assign/live/bands.h"
#include "assign/live/certificate.h"
#include "base/error.h"

namespace doorstep::live {

namespace {

struct Candidate {
  int64_t worth = 0;  ///< up to which price the home prefers the campus
  uint32_t home = 0;
};

/// Homes that have the campus in their band.
std::vector<uint32_t> homes_knowing(State& s, uint32_t campus) {
  std::vector<uint32_t> homes = s.members[campus];
  for (const uint32_t id : s.lists.in(campus))
    for (const Exchange& e : s.lists.list(id)) homes.push_back(e.home);
  std::sort(homes.begin(), homes.end());
  homes.erase(std::unique(homes.begin(), homes.end()), homes.end());
  return homes;
}

void note_least(State& s, uint32_t campus) {
  for (std::size_t b = 0; b < s.blocks(); ++b) {
    uint32_t least = kNoWay;
    for (std::size_t i = b * kBlock; i < std::min((b + 1) * kBlock, s.homes); ++i)
      least = std::min(least, s.dragged_ds[i]);
    s.least[b * s.stride + campus] = least;
  }
}

/// The campus in hand becomes one like the others: bounds take it in, the matrix follows later.
void set_down(State& s) {
  const uint32_t campus = s.dragged;
  const uint32_t low = s.dragged_low;
  s.complete_dragged();
  thread_local std::vector<std::pair<uint32_t, uint32_t>> kept;
  kept.clear();
  for (const uint32_t i : homes_knowing(s, campus)) kept.emplace_back(i, s.bound[i]);
  for (std::size_t b = 0; b < s.blocks(); ++b)
    for (std::size_t i = b * kBlock; i < std::min((b + 1) * kBlock, s.homes); ++i)
      s.bound[i] = std::min(s.bound[i], s.dragged_ds[i] + low + s.fall[b]);
  for (const auto& [i, bound] : kept) s.bound[i] = bound;
  note_least(s, campus);
  s.loose.push_back({campus, 0, std::move(s.dragged_ds)});
  s.dragged = State::kNone;
  s.renew_low(campus);
}

/// Takes the campus out of every band. Returns the homes, with their pupils there still to be sent.
std::vector<Candidate> lift(State& s, uint32_t campus) {
  std::vector<Candidate> lifted;
  const std::vector<uint32_t> homes = homes_knowing(s, campus);
  s.lists.clear_node(campus);
  for (const uint32_t i : homes) {
    BandEntry* entry = s.find(i, campus);
    const int64_t pupils = entry->flow;
    s.add_flow(i, *entry, -pupils);
    s.remove_entry(i, campus);
    lifted.push_back({pupils, i});
  }
  return lifted;
}

/// The value without the campus in hand must be certain before homes compare it.
void renew_without(State& s, const std::vector<Candidate>& lifted) {
  for (const auto& [pupils, i] : lifted) {
    const BandEntry* best = best_entry(s, i);
    const uint32_t fall = s.fall[i / kBlock];
    const bool certain = best && s.cost.ceil_ds(s.value_at(*best)) + fall <= s.bound[i];
    if (!certain) {
      refresh_band(s, i, Refresh::Rebuild);
      if (s.band_count[i] == 0) s.insert_entry(i, s.without_seat(), s.cost.unplaced_ds());
      add_cheaper_outside(s, i);
      move_to_best(s, i);
    }
    renew_value(s, i);
  }
}

/// Homes that would come at a price of `floor` and more.
void find_candidates(State& s, uint32_t floor, std::vector<Candidate>& candidates) {
  candidates.clear();
  s.reach_dragged(floor);
  const uint32_t* dj = s.dragged_column();
  const uint32_t* value = s.value.data();
  for (std::size_t first = 0; first < s.homes; first += kBlock) {
    const std::size_t last = std::min(first + kBlock, s.homes);
    uint32_t any = 0;
    for (std::size_t i = first; i < last; ++i) any |= dj[i] + floor <= value[i] ? 1u : 0u;
    if (!any) continue;
    for (std::size_t i = first; i < last; ++i) {
      if (dj[i] + floor > value[i] || s.supply[i] == 0) continue;
      if (dj[i] > s.most_ds()) throw BandFull{};
      const int64_t worth = s.value_at(*best_entry(s, i)) - s.cost_of(i, s.dragged, dj[i]);
      if (worth >= 0) candidates.push_back({worth, static_cast<uint32_t>(i)});
    }
  }
  s.work.candidates += candidates.size();
}

/// Candidates by falling worth; ties by home.
void sort_by_worth(std::vector<Candidate>& candidates) {
  std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
    return a.worth != b.worth ? a.worth > b.worth : a.home < b.home;
  });
}

/// Enough candidates to fill the seats, or all that would come for nothing.
std::vector<Candidate> candidates_for(State& s, int64_t seats, int64_t price_before) {
  std::vector<Candidate> candidates;
  const uint32_t before = s.cost.floor_ds(price_before);
  uint32_t floor = before > s.margin ? before - s.margin : 0;
  for (;;) {
    find_candidates(s, floor, candidates);
    int64_t pupils = 0;
    for (const Candidate& c : candidates)
      if (s.cost.floor_ds(c.worth) >= floor + 2) pupils += s.supply[c.home];
    if (floor == 0 || pupils > seats) break;
    floor = floor > 4 * s.margin ? floor - 4 * s.margin : 0;
  }
  sort_by_worth(candidates);
  return candidates;
}

/// Sends `pupils` of a home out of the campuses it uses, whichever order: they all cost the same.
void take_from_others(State& s, std::size_t home, int64_t pupils) {
  for (std::size_t k = 0; k < s.band_count[home] && pupils > 0; ++k) {
    BandEntry& e = s.band[home * s.band_size + k];
    if (e.campus == s.dragged || e.flow == 0) continue;
    const int64_t part = std::min(pupils, e.flow);
    s.add_flow(home, e, -part);
    pupils -= part;
  }
}

void give_back(State& s, const std::vector<Candidate>& lifted) {
  for (const auto& [pupils, i] : lifted) {
    int64_t sent = 0;
    for (const BandEntry& e : s.band_of(i)) sent += e.flow;
    BandEntry* best = nullptr;
    for (BandEntry& e : s.band_of(i))
      if (e.campus != s.dragged && (!best || s.value_at(e) < s.value_at(*best))) best = &e;
    if (sent < s.supply[i]) s.add_flow(i, *best, s.supply[i] - sent);
  }
}

}  // namespace

void pick_up(State& s, uint32_t campus, bool keep) {
  if (s.dragged == campus) return;
  if (s.dragged != State::kNone) set_down(s);
  s.dragged = campus;
  s.renew_low(campus);
  const auto at = std::find_if(s.loose.begin(), s.loose.end(),
                               [&](const State::Loose& c) { return c.campus == campus; });
  if (at != s.loose.end()) {
    s.dragged_ds = std::move(at->ds);
    s.loose.erase(at);
    return;
  }
  s.dragged_ds.resize(s.homes);
  if (!keep) return;
  for (std::size_t i = 0; i < s.homes; ++i) s.dragged_ds[i] = s.ds[i * s.stride + campus];
}

void put_column(State& s, std::span<const uint32_t> ways) {
  s.column.reset();
  s.dragged_ds.resize(s.homes);
  for (std::size_t i = 0; i < s.homes; ++i) s.dragged_ds[i] = std::min(ways[i], kNoWay);
}

void put_column(State& s, std::shared_ptr<Column> column) {
  s.column = std::move(column);
  s.column->begin();
}

void reprice(State& s, const std::function<void()>& put, int64_t seats) {
  const uint32_t campus = s.dragged;
  DOORSTEP_ASSERT(campus != State::kNone);
  bring_up_to_date(s);
  const std::vector<Candidate> lifted = lift(s, campus);
  put();
  s.capacity[campus] = seats;
  renew_without(s, lifted);
  const std::vector<Candidate> candidates = candidates_for(s, seats, s.price[campus]);
  int64_t left = seats;
  std::size_t taken = 0;
  while (taken < candidates.size() && left >= s.supply[candidates[taken].home])
    left -= s.supply[candidates[taken++].home];
  const int64_t price = taken < candidates.size() ? candidates[taken].worth : 0;
  s.set_price(campus, price);
  const int64_t reach = price - s.cost.from_ds(s.margin);
  for (std::size_t k = 0; k < candidates.size() && candidates[k].worth >= reach; ++k) {
    const uint32_t i = candidates[k].home;
    s.insert_entry(i, campus, s.dragged_column()[i]);
    const int64_t wanted = k < taken ? s.supply[i] : k == taken ? left : 0;
    if (wanted == 0) continue;
    int64_t elsewhere = 0;
    for (const BandEntry& e : s.band_of(i)) elsewhere += e.flow;
    take_from_others(s, i, elsewhere + wanted - s.supply[i]);
    s.add_flow(i, *s.find(i, campus), wanted);
  }
  give_back(s, lifted);
}

}  // namespace doorstep::live
