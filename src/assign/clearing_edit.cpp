// Rows of a market that can be edited: what an edit takes off the sums and adds to them again.

#include <algorithm>

#include "assign/clearing_parts.h"
#include "assign/clearing_state.h"

namespace doorstep {

void ClearingState::index_rows() {
  const std::size_t rows = market_.rows();
  begin_.assign(market_.first_option.begin(), market_.first_option.end() - 1);
  size_.resize(rows);
  std::vector<std::size_t> listed(units(), 0);
  for (std::size_t row = 0; row < rows; ++row)
    size_[row] = static_cast<uint32_t>(market_.first_option[row + 1] - begin_[row]);
  for (uint32_t cell : market_.cell) ++listed[Market::unit_of(cell)];
  if (market_.outside != Market::kNoUnit) listed[market_.outside] = 0;
  rows_of_.resize(units());
  std::vector<uint32_t*> next(units());
  for (std::size_t u = 0; u < units(); ++u) {
    rows_of_[u].resize(listed[u]);
    next[u] = rows_of_[u].data();
  }
  near_.assign(units(), std::vector<uint64_t>((units() + 63) / 64, 0));
  std::vector<uint64_t> mask((units() + 63) / 64, 0);
  const auto same_unit = [](uint32_t a, uint32_t b) {
    return Market::unit_of(a) == Market::unit_of(b);
  };
  for (std::size_t row = 0; row < rows; ++row) {
    RowOptions o = options(row);
    // Nobody asks who may go outside, the last option of a row.
    if (o.size > 0 && Market::unit_of(o.cell[o.size - 1]) == market_.outside) --o.size;
    for (std::size_t i = 0; i < o.size; ++i)
      *next[Market::unit_of(o.cell[i])]++ = static_cast<uint32_t>(row);
    if (row > 0 && size_[row - 1] >= o.size &&
        std::equal(o.cell, o.cell + o.size, options(row - 1).cell, same_unit))
      continue;
    const auto mark = [&](uint32_t u) { mask[u / 64] |= uint64_t{1} << (u % 64); };
    for (std::size_t i = 0; i < o.size; ++i) mark(Market::unit_of(o.cell[i]));
    for (std::size_t i = 0; i < o.size; ++i) {
      auto& near = near_[Market::unit_of(o.cell[i])];
      for (std::size_t w = 0; w < mask.size(); ++w) near[w] |= mask[w];
    }
    for (std::size_t i = 0; i < o.size; ++i) mask[Market::unit_of(o.cell[i]) / 64] = 0;
  }
  stamp_.assign(rows, 0);
}

Market ClearingState::plain() const {
  Market out;
  out.pupils = market_.pupils;
  out.seats = market_.seats;
  out.ranks = market_.ranks;
  out.guaranteed = market_.guaranteed;
  out.outside = market_.outside;
  for (std::size_t row = 0; row < market_.rows(); ++row) {
    out.first_option.push_back(out.cell.size());
    const RowOptions o = options(row);
    out.cell.insert(out.cell.end(), o.cell, o.cell + o.size);
    out.weight.insert(out.weight.end(), o.weight, o.weight + o.size);
  }
  out.first_option.push_back(out.cell.size());
  return out;
}

void ClearingState::count_all() {
  for (std::size_t row = 0; row < market_.rows(); ++row)
    if (market_.pupils[row] > 0.0) sums_.count(0, market_.pupils[row], 1.0, options(row));
}

void ClearingState::edited() {
  settled_ = false;
  effort_ = {};
}

void ClearingState::set_seats(uint32_t unit, double seats) {
  market_.seats[unit] = seats;
  edited();
}

/// Where the end of the options lies behind all others; leaves gaps, some hundred bytes an edit.
void ClearingState::make_room(uint32_t row) {
  constexpr uint32_t kSpare = 4;
  if (room_.empty()) room_ = size_;
  if (size_[row] < room_[row]) return;
  const std::size_t from = begin_[row];
  begin_[row] = market_.cell.size();
  room_[row] = size_[row] + kSpare;
  market_.cell.resize(begin_[row] + room_[row]);
  market_.weight.resize(begin_[row] + room_[row]);
  std::copy_n(market_.cell.begin() + static_cast<std::ptrdiff_t>(from), size_[row],
              market_.cell.begin() + static_cast<std::ptrdiff_t>(begin_[row]));
  std::copy_n(market_.weight.begin() + static_cast<std::ptrdiff_t>(from), size_[row],
              market_.weight.begin() + static_cast<std::ptrdiff_t>(begin_[row]));
}

/// Puts the option where the rising order of cells wants it, or takes it out where weight is 0.
/// Pre: room for one more.
void ClearingState::put_option(uint32_t row, uint32_t unit, uint32_t rank, double weight) {
  uint32_t* cell = market_.cell.data() + begin_[row];
  double* w = market_.weight.data() + begin_[row];
  uint32_t n = size_[row];
  uint32_t at = 0;
  while (at < n && Market::unit_of(cell[at]) < unit) ++at;
  const bool there = at < n && Market::unit_of(cell[at]) == unit;
  if (weight > 0.0) {
    if (!there) {
      std::copy_backward(cell + at, cell + n, cell + n + 1);
      std::copy_backward(w + at, w + n, w + n + 1);
      ++size_[row];
    }
    cell[at] = Market::cell_of(unit, rank);
    w[at] = weight;
  } else if (there) {
    std::copy(cell + at + 1, cell + n, cell + at);
    std::copy(w + at + 1, w + n, w + at);
    --size_[row];
  }
}

/// Marks the units of a row as neighbours of one that it lists anew.
void ClearingState::link(uint32_t row, uint32_t unit) {
  const RowOptions o = options(row);
  near_[unit][unit / 64] |= uint64_t{1} << (unit % 64);
  for (std::size_t i = 0; i < o.size; ++i) {
    const uint32_t u = Market::unit_of(o.cell[i]);
    near_[unit][u / 64] |= uint64_t{1} << (u % 64);
    near_[u][unit / 64] |= uint64_t{1} << (unit % 64);
  }
}

void ClearingState::replace_unit(uint32_t unit, std::span<const UnitOption> options_now) {
  edited();
  struct Change {
    uint32_t row = 0;
    uint32_t rank = 0;
    double weight = 0.0;  ///< 0: listed no more
  };
  std::vector<Change> changes;
  std::vector<uint32_t> rows;
  const auto& before = rows_of_[unit];
  auto was = before.begin();
  for (const UnitOption& o : options_now) {
    for (; was != before.end() && *was < o.row; ++was) changes.push_back({*was, 0, 0.0});
    const bool listed = was != before.end() && *was == o.row;
    if (listed) ++was;
    if (!listed) {
      make_room(o.row);
      link(o.row, unit);
    }
    changes.push_back({o.row, o.rank, o.weight});
    rows.push_back(o.row);
  }
  for (; was != before.end(); ++was) changes.push_back({*was, 0, 0.0});
  side_by_side<DemandSums::kParts>(changes.size(),
                                   [&](std::size_t part, std::size_t from, std::size_t to) {
                                     for (std::size_t i = from; i < to; ++i) {
                                       const Change& c = changes[i];
                                       if (i + kAhead < to) fetch_row(changes[i + kAhead].row);
                                       take_row(part, c.row, -1.0);
                                       put_option(c.row, unit, c.rank, c.weight);
                                       take_row(part, c.row, 1.0);
                                     }
                                   });
  effort_.rows_read += 2 * changes.size();
  rows_of_[unit] = std::move(rows);
}

/// Everything the sums know of a row.
void ClearingState::take_row(std::size_t part, uint32_t row, double sign) {
  if (market_.pupils[row] <= 0.0) return;
  add_row(part, row, sign);
  sums_.count(part, market_.pupils[row], sign, options(row));
}

void ClearingState::set_pupils(std::span<const RowPupils> rows) {
  edited();
  for (const RowPupils& r : rows) {
    take_row(0, r.row, -1.0);
    pupils_ += r.pupils - market_.pupils[r.row];
    market_.pupils[r.row] = r.pupils;
    take_row(0, r.row, 1.0);
  }
  effort_.rows_read += 2 * rows.size();
  if (pupils_ <= sums_.total()) return;
  sums_ = DemandSums(units(), market_.ranks, 2.0 * pupils_, market_.outside);
  count_all();
  rebuild_sums();
}

void ClearingState::set_guaranteed(uint32_t unit, std::span<const uint8_t> guaranteed) {
  edited();
  ++stamp_now_;
  touched_.clear();
  touch_unit(unit, 0, static_cast<uint32_t>(market_.ranks));
  for (uint32_t row : touched_) add_row(0, row, -1.0);
  std::copy(guaranteed.begin(), guaranteed.end(),
            market_.guaranteed.begin() + static_cast<std::ptrdiff_t>(unit * market_.ranks));
  if (cutoffs_.moving[unit] && guaranteed[cutoffs_.reach[unit]]) leave_place(unit);
  cutoffs_.set_status(unit, market_.ranks, guaranteed.data());
  for (uint32_t row : touched_) add_row(0, row, 1.0);
  effort_.rows_read += 2 * touched_.size();
}

/// A unit whose moving rank is refused no more begins anew from the loosest.
void ClearingState::leave_place(uint32_t unit) {
  cutoffs_.moving[unit] = 0;
  cutoffs_.reach[unit] = static_cast<uint32_t>(market_.ranks);
  std::erase(cutoffs_.order, unit);
}

uint32_t ClearingState::add_unit(double seats, std::span<const uint8_t> guaranteed) {
  edited();
  const auto unit = static_cast<uint32_t>(units());
  market_.seats.push_back(seats);
  market_.guaranteed.insert(market_.guaranteed.end(), guaranteed.begin(), guaranteed.end());
  sums_.add_unit();
  cutoffs_.add_unit();
  cutoffs_.reach[unit] = static_cast<uint32_t>(market_.ranks);
  cutoffs_.set_status(unit, market_.ranks, guaranteed.data());
  loads_.push_back(0.0);
  rows_of_.emplace_back();
  const std::size_t words = (units() + 63) / 64;
  near_.emplace_back();
  for (auto& near : near_) near.resize(words, 0);
  return unit;
}

}  // namespace doorstep
