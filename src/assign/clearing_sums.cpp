#include "assign/clearing_sums.h"

#include <algorithm>
#include <cmath>

namespace doorstep {

namespace {

/// Columns kept free for units that an edit adds.
constexpr std::size_t kSpareUnits = 16;

}  // namespace

void Cutoffs::add_unit() {
  reach.push_back(0);
  moving.push_back(0);
  limit.push_back(1.0);
  place.push_back(0);
  status.resize(reach.size() << Market::kRankBits, kClosed);
}

void Cutoffs::set_status(uint32_t unit, std::size_t ranks, const uint8_t* guaranteed) {
  for (uint32_t r = 0; r < ranks; ++r) {
    Status s = kClosed;
    if (guaranteed[r] || r < reach[unit])
      s = kOpen;
    else if (moving[unit] && r == reach[unit])
      s = kMoving;
    status[Market::cell_of(unit, r)] = s;
  }
}

DemandSums::DemandSums(std::size_t units, std::size_t ranks, double total, uint32_t outside)
    : units_(units),
      ranks_(ranks),
      outside_(outside),
      stride_(units + kSpareUnits),
      total_(std::max(total, 1.0)),
      parts_(kParts) {
  // The largest sum is all pupils at one unit, below 2^62 units of the scale.
  scale_ = std::ldexp(1.0, 61 - std::max(16, std::ilogb(total_) + 1));
  unscale_ = 1.0 / scale_;
  for (Part& p : parts_) {
    p.constant.assign(stride_, 0);
    p.slope.assign(stride_ * stride_, 0);
    p.applicants.assign(stride_ * ranks_, 0);
    p.rows.assign(p.applicants.size(), 0);
  }
}

void DemandSums::clear() {
  for (Part& p : parts_) {
    std::fill(p.constant.begin(), p.constant.end(), 0);
    std::fill(p.slope.begin(), p.slope.end(), 0);
  }
}

void DemandSums::add_unit() {
  if (++units_ <= stride_) return;
  const std::size_t wider = units_ + kSpareUnits;
  for (Part& p : parts_) {
    std::vector<int64_t> slope(wider * wider, 0);
    for (std::size_t k = 0; k < stride_; ++k)
      std::copy_n(p.slope.begin() + static_cast<std::ptrdiff_t>(k * stride_), stride_,
                  slope.begin() + static_cast<std::ptrdiff_t>(k * wider));
    p.slope = std::move(slope);
    p.constant.resize(wider, 0);
    p.applicants.resize(wider * ranks_, 0);
    p.rows.resize(p.applicants.size(), 0);
  }
  stride_ = wider;
}

/// Lottery numbers u in (next limit, limit] find the slots before open; there the row divides by
/// the logit over them. So a slot's share is weight × Σ over intervals where it is open of
/// width / open weight; collected by limits, the limit of slot k counts with
/// weight × (1 / open weight with k − 1 / open weight without).
void DemandSums::add(std::size_t part, double pupils, double sign, const RowOptions& row,
                     const Cutoffs& cutoffs) {
  Part& p = parts_[part];
  if (p.moving.size() < row.size) {
    p.moving.resize(row.size);
    p.open.resize(row.size);
  }
  std::size_t moving = 0;
  std::size_t open = 0;
  double weight = 0.0;
  for (std::size_t i = 0; i < row.size; ++i) {
    const uint32_t cell = row.cell[i];
    const uint8_t status = cutoffs.status[cell];
    if (status == Cutoffs::kClosed) continue;
    const uint32_t unit = Market::unit_of(cell);
    if (status == Cutoffs::kOpen) {
      weight += row.weight[i];
      if (unit != outside_) p.open[open++] = {0, unit, row.weight[i]};
      continue;
    }
    const Slot slot{cutoffs.place[unit], unit, row.weight[i]};
    std::size_t at = moving++;
    for (; at > 0 && slot.place < p.moving[at - 1].place; --at) p.moving[at] = p.moving[at - 1];
    p.moving[at] = slot;
  }
  const double all = pupils * scale_ * sign;
  const double half = 0.5 * sign;  // rounds alike when adding and when taking off
  const bool any_open = weight > 0.0;
  double before = 0.0;
  if (any_open) {
    before = 1.0 / weight;
    const double each = all * before;
    for (std::size_t i = 0; i < open; ++i)
      p.constant[p.open[i].unit] += static_cast<int64_t>(p.open[i].weight * each + half);
  }
  for (std::size_t m = 0; m < moving; ++m) {
    const Slot& k = p.moving[m];
    weight += k.weight;
    const double with = 1.0 / weight;
    int64_t* column = p.slope.data() + k.unit * stride_;
    if (m > 0 || any_open) {
      const double each = all * (with - before);
      for (std::size_t i = 0; i < open; ++i)
        column[p.open[i].unit] += static_cast<int64_t>(p.open[i].weight * each - half);
      for (std::size_t i = 0; i < m; ++i)
        column[p.moving[i].unit] += static_cast<int64_t>(p.moving[i].weight * each - half);
    }
    column[k.unit] += static_cast<int64_t>(all * k.weight * with + half);
    before = with;
  }
}

void DemandSums::count(std::size_t part, double pupils, double sign, const RowOptions& row) {
  Part& p = parts_[part];
  const auto scaled = static_cast<int64_t>(pupils * scale_ * sign + 0.5 * sign);
  const int one = sign > 0.0 ? 1 : -1;
  for (std::size_t i = 0; i < row.size; ++i) {
    if (Market::unit_of(row.cell[i]) == outside_) continue;
    const std::size_t at = index_of(row.cell[i]);
    p.applicants[at] += scaled;
    p.rows[at] += one;
  }
}

double DemandSums::constant(uint32_t unit) const {
  int64_t sum = 0;
  for (const Part& p : parts_) sum += p.constant[unit];
  return static_cast<double>(sum) / scale_;
}

double DemandSums::applicants(uint32_t cell) const {
  int64_t sum = 0;
  for (const Part& p : parts_) sum += p.applicants[index_of(cell)];
  return static_cast<double>(sum) / scale_;
}

bool DemandSums::anyone(uint32_t cell) const {
  int32_t sum = 0;
  for (const Part& p : parts_) sum += p.rows[index_of(cell)];
  return sum > 0;
}

double DemandSums::rounding(std::size_t rows) const {
  return 0.5 * static_cast<double>(rows) / scale_;
}

}  // namespace doorstep
