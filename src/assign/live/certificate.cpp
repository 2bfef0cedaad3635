#include "assign/live/certificate.h"

#include <algorithm>
#include <functional>

#include "assign/live/bands.h"

namespace doorstep::live {

namespace {

/// Values are upper bounds: a risen price is added to those who pay it, one that fell is left until
/// the home is looked at for some other reason.
void raise_values(State& s, uint32_t campus, int64_t by) {
  if (by <= 0) return;
  const uint32_t up = s.cost.ceil_ds(by);
  for (const uint32_t i : s.members[campus]) s.value[i] += up;
}

/// Adds to each block how far prices fell since the bounds were valid, over the campuses near
/// enough to matter to it.
void account_for_falls(State& s) {
  struct Fall {
    uint32_t campus = 0;
    uint32_t by = 0;
    uint32_t low = 0;
  };
  thread_local std::vector<Fall> falls;
  falls.clear();
  for (const uint32_t x : s.changed_campuses) {
    s.campus_changed[x] = 0;
    const int64_t by = s.certified[x] - s.price[x];
    if (by == 0) continue;
    raise_values(s, x, -by);
    s.certified[x] = s.price[x];
    s.renew_low(x);
    if (by > 0 && x != s.dragged && x != s.without_seat())
      falls.push_back({x, s.cost.ceil_ds(by), s.low[x]});
  }
  s.changed_campuses.clear();
  if (falls.empty()) return;
  for (std::size_t b = 0; b < s.blocks(); ++b) {
    const uint32_t* least = &s.least[b * s.stride];
    const uint32_t top = s.top[b] > s.fall[b] ? s.top[b] - s.fall[b] : 0;
    uint32_t most = 0;
    for (const Fall& f : falls)
      if (least[f.campus] + f.low < top) most = std::max(most, f.by);
    s.fall[b] += most;
  }
}

/// Renews the values of homes whose pupils changed campus. Who is dearer off than the band allows
/// goes to `suspects`.
void renew_values(State& s, std::vector<uint32_t>& suspects) {
  for (const uint32_t i : s.changed_homes)
    if (!renew_value(s, i)) suspects.push_back(i);
}

/// Homes whose value the cheap bounds do not clear.
void find_suspects(State& s, std::vector<uint32_t>& suspects) {
  const bool dragging = s.dragged != State::kNone;
  const uint32_t low = s.dragged_low;
  if (dragging) s.reach_dragged(low);
  const uint32_t* dj = dragging ? s.dragged_column() : nullptr;
  for (std::size_t b = 0; b < s.blocks(); ++b) {
    const std::size_t first = b * kBlock;
    const std::size_t last = std::min(first + kBlock, s.homes);
    const uint32_t fall = s.fall[b];
    const uint32_t* value = &s.value[0];
    const uint32_t* bound = &s.bound[0];
    uint32_t bad = 0;
    for (std::size_t i = first; i < last; ++i) bad |= bound[i] < value[i] + fall ? 1u : 0u;
    if (dragging)
      for (std::size_t i = first; i < last; ++i) bad |= dj[i] + low < value[i] ? 1u : 0u;
    if (!bad) continue;
    for (std::size_t i = first; i < last; ++i)
      if (bound[i] < value[i] + fall || (dragging && dj[i] + low < value[i]))
        if (s.supply[i] > 0) suspects.push_back(static_cast<uint32_t>(i));
  }
}

bool settle_suspect(State& s, uint32_t i) {
  // Where the way is not known exactly, its bound with the price is above the value.
  const uint32_t ds =
      s.dragged == State::kNone || !s.dragged_exact(i) ? kNoWay : s.dragged_column()[i];
  if (ds < kNoWay && !s.find(i, s.dragged)) {
    const int64_t at = s.cost_of(i, s.dragged, ds) + s.price[s.dragged];
    if (at < s.value_at(*best_entry(s, i))) {
      if (ds > s.most_ds()) throw BandFull{};
      s.insert_entry(i, s.dragged, ds);
    }
  }
  const uint32_t fall = s.fall[i / kBlock];
  renew_value(s, i);
  if (s.bound[i] < s.value[i] + fall) {
    refresh_band(s, i, Refresh::Widen);
    renew_value(s, i);
    // Ties within the rounding, or more near campuses than a band holds: look at each exactly.
    while (s.bound[i] < s.value[i] + fall && add_cheaper_outside(s, i)) renew_value(s, i);
  }
  const bool moved = move_to_best(s, i);
  renew_value(s, i);
  return moved;
}

}  // namespace

void bring_up_to_date(State& s) {
  account_for_falls(s);
  std::vector<uint32_t> suspects;
  renew_values(s, suspects);
  for (const uint32_t i : suspects) settle_suspect(s, i);
}

std::size_t certify(State& s) {
  account_for_falls(s);
  thread_local std::vector<uint32_t> suspects;
  suspects.clear();
  renew_values(s, suspects);
  find_suspects(s, suspects);
  s.work.suspects += suspects.size();
  std::size_t moved = 0;
  for (const uint32_t i : suspects) moved += settle_suspect(s, i);
  s.work.violations += moved;
  return moved;
}

void renew_some(State& s, std::size_t homes) {
  // The blocks whose bounds have fallen furthest are next to expire.
  std::vector<std::pair<uint32_t, uint32_t>> worst;
  for (std::size_t b = 0; b < s.blocks(); ++b)
    if (s.fall[b] > 0) worst.emplace_back(s.fall[b], static_cast<uint32_t>(b));
  const std::size_t count = std::min(worst.size(), (homes + kBlock - 1) / kBlock);
  std::partial_sort(worst.begin(), worst.begin() + static_cast<std::ptrdiff_t>(count), worst.end(),
                    std::greater<>());
  for (std::size_t k = 0; k < count; ++k) {
    const std::size_t b = worst[k].second;
    s.fall[b] = 0;
    s.top[b] = 0;
    for (std::size_t i = b * kBlock; i < std::min((b + 1) * kBlock, s.homes); ++i) {
      if (s.supply[i] == 0) continue;
      refresh_band(s, i, Refresh::Rebuild);
      renew_value(s, i);
    }
  }
  constexpr std::size_t kRowsWritten = 16384;
  for (State::Loose& column : s.loose) {
    const std::size_t last = std::min(s.homes, column.written + kRowsWritten);
    for (std::size_t i = column.written; i < last; ++i)
      s.ds[i * s.stride + column.campus] = column.ds[i];
    column.written = last;
  }
  std::erase_if(s.loose, [&](const State::Loose& c) { return c.written == s.homes; });
}

double dual_bound(State& s) {
  account_for_falls(s);
  double sum = 0.0;
  for (std::size_t i = 0; i < s.homes; ++i) {
    if (s.supply[i] == 0) continue;
    int64_t u = s.value_at(*best_entry(s, i));
    const uint32_t fall = s.fall[i / kBlock];
    const uint32_t bound = s.bound[i] > fall ? s.bound[i] - fall : 0;
    u = std::min(u, s.cost.from_ds(bound));
    if (s.dragged != State::kNone && s.dragged_column()[i] < kNoWay)
      u = std::min(u, s.cost_of(i, s.dragged, s.dragged_column()[i]) + s.price[s.dragged]);
    sum += static_cast<double>(s.supply[i]) * static_cast<double>(u);
  }
  for (std::size_t x = 0; x < s.stride; ++x)
    sum -= static_cast<double>(s.capacity[x]) * static_cast<double>(s.price[x]);
  return sum / static_cast<double>(s.cost.from_ds(1));
}

}  // namespace doorstep::live
