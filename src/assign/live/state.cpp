#include "assign/live/state.h"

#include <algorithm>

#include "base/error.h"

namespace doorstep::live {

State::State(std::size_t homes_in, std::size_t stride_in, ArcCost cost_in, std::size_t band_in)
    : homes(homes_in),
      stride(stride_in),
      cost(cost_in),
      campus_key(stride_in + 1),
      capacity(stride_in + 1),
      load(stride_in + 1),
      price(stride_in + 1),
      certified(stride_in + 1),
      low(stride_in + 1),
      band_size(band_in),
      band(homes_in * band_in),
      band_count(homes_in),
      lists(stride_in + 1),
      members(stride_in + 1),
      bound(homes_in),
      value(homes_in),
      fall((homes_in + kBlock - 1) / kBlock),
      top(fall.size()),
      journal_mark(homes_in),
      campus_changed(stride_in + 1) {}

BandEntry* State::find(std::size_t home, uint32_t campus) {
  for (BandEntry& e : band_of(home))
    if (e.campus == campus) return &e;
  return nullptr;
}

void State::note_change(uint32_t campus) {
  if (campus_changed[campus]) return;
  campus_changed[campus] = 1;
  changed_campuses.push_back(campus);
}

void State::renew_low(uint32_t campus) {
  const uint32_t floor = cost.floor_ds(std::min(price[campus], certified[campus]));
  low[campus] = campus == dragged ? kHidden : floor;
  if (campus == dragged) dragged_low = floor;
}

void State::set_price(uint32_t campus, int64_t value_now) {
  price[campus] = value_now;
  renew_low(campus);
  note_change(campus);
}

void State::add_flow(std::size_t home, BandEntry& entry, int64_t delta) {
  if (delta == 0) return;
  const auto h = static_cast<uint32_t>(home);
  const auto others = band_of(home);
  if (journal_mark[home] != epoch) {
    journal_mark[home] = epoch;
    changed_homes.push_back(h);
    for (const BandEntry& e : others)
      if (e.flow > 0) journal.push_back({h, e.campus, e.flow});
  }
  const bool had = entry.flow > 0;
  entry.flow += delta;
  load[entry.campus] += delta;
  total = static_cast<int64_t>(static_cast<uint64_t>(total) +
                               static_cast<uint64_t>(delta) * uint64_t{entry.ds});
  const bool has = entry.flow > 0;
  if (had == has) return;
  if (has) {
    members[entry.campus].push_back(h);
    for (const BandEntry& e : others)
      if (e.campus != entry.campus) lists.insert(entry.campus, e.campus, e.cost - entry.cost, h);
    return;
  }
  auto& list = members[entry.campus];
  const auto at = std::find(list.begin(), list.end(), h);
  if (at != list.end()) {
    *at = list.back();
    list.pop_back();
  }
  for (const BandEntry& e : others)
    if (e.campus != entry.campus) lists.erase(entry.campus, e.campus, h);
}

BandEntry& State::insert_entry(std::size_t home, uint32_t campus, uint32_t decisec) {
  if (band_count[home] == band_size) {
    BandEntry* worst = nullptr;
    for (BandEntry& e : band_of(home))
      if (e.flow == 0 && (!worst || value_at(e) > value_at(*worst))) worst = &e;
    if (worst == nullptr) throw BandFull{};
    if (worst->campus != dragged) {
      const uint32_t held = worst->ds + low[worst->campus] + fall[home / kBlock];
      bound[home] = std::min(bound[home], held);
    }
    remove_entry(home, worst->campus);
  }
  BandEntry& entry = band[home * band_size + band_count[home]++];
  entry = {cost_of(home, campus, decisec), 0, campus, decisec};
  for (const BandEntry& e : band_of(home))
    if (e.flow > 0)
      lists.insert(e.campus, campus, entry.cost - e.cost, static_cast<uint32_t>(home));
  return entry;
}

void State::remove_entry(std::size_t home, uint32_t campus) {
  BandEntry* entry = find(home, campus);
  if (!entry) return;
  DOORSTEP_ASSERT(entry->flow == 0);
  for (const BandEntry& e : band_of(home))
    if (e.flow > 0) lists.erase(e.campus, campus, static_cast<uint32_t>(home));
  *entry = band[home * band_size + --band_count[home]];
}

uint32_t State::decisec(std::size_t home, uint32_t campus) {
  if (campus == without_seat()) return cost.unplaced_ds();
  if (campus == dragged) {
    if (column) column->settle(home);
    return dragged_column()[home];
  }
  return row(home)[campus];
}

void State::complete_dragged() {
  if (!column) return;
  column->complete();
  dragged_ds.assign(column->ds().begin(), column->ds().end());
  column.reset();
}

const uint32_t* State::row(std::size_t home) {
  uint32_t* first = &ds[home * stride];
  for (const Loose& each : loose) first[each.campus] = each.ds[home];
  ++work.rows_read;
  return first;
}

}  // namespace doorstep::live
