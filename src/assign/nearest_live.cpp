#include "assign/nearest_live.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "assign/clearing_parts.h"
#include "assign/eligibility.h"
#include "base/error.h"

namespace doorstep {

namespace {

constexpr std::size_t kParts = 4;
/// Parts of a pupil: sums are exact to 2^-32 of one up to a thousand million pupils.
constexpr double kScale = 0x1.0p32;

int64_t whole(double pupils) { return std::llround(pupils * kScale); }

}  // namespace

NearestLive::NearestLive(AdmissionInput input) : input_(std::move(input)) {
  const auto order = order_by_code(*input_.place);
  by_code_.resize(order.size());
  for (CampusId c : order.ids()) by_code_[order[c]] = c;
  for (CampusId c : by_code_) codes_.push_back(input_.place->campuses[c].code);
  code_ = order;
  column_.resize(order.size());
  if (input_.policy.eligibility == Eligibility::All)
    limit_ds_ = static_cast<int64_t>(
        std::min(input_.policy.max_minutes.value * 600.0 + 1e-6, TravelTable::kUnreachable - 1.0));
  const std::size_t homes = input_.place->homes.size();
  best_.assign(homes, kNowhere);
  second_.assign(homes, kNowhere);
  held_.assign(homes, kNowhere);
  pupils_.assign(homes, 0);
  load_.assign(order.size(), 0);
  for (const Entrants& row : input_.entrants) pupils_[row.home.index] += whole(row.pupils);
  side_by_side<kParts>(homes, [this](std::size_t, std::size_t from, std::size_t to) {
    for (std::size_t h = from; h < to; ++h) look_around(h);
  });
  for (std::size_t h = 0; h < homes; ++h) go(campus_at(best_[h]), pupils_[h]);
}

NearestLive::Key NearestLive::key(HomeId home, CampusId campus) const {
  const auto& column = column_[campus.index];
  const uint32_t decisec =
      column.empty() ? input_.travel->decisec(home, campus) : column[home.index];
  if (!input_.offers[campus].open) return kNowhere;
  // Nearly all pairs are settled by the first comparison.
  if (decisec > limit_ds_ && !may_apply(input_, home, campus, decisec)) return kNowhere;
  return Key{decisec} << 32 | code_[campus];
}

/// The best two campuses of a home, the one held left out.
void NearestLive::look_around(std::size_t home) {
  Key best = kNowhere;
  Key second = kNowhere;
  for (CampusId c : input_.offers.ids()) {
    if (c == picked_) continue;
    const Key k = key(HomeId(home), c);
    if (k < best)
      second = std::exchange(best, k);
    else
      second = std::min(second, k);
  }
  best_[home] = best;
  second_[home] = second;
}

void NearestLive::go(CampusId campus, int64_t pupils) {
  (campus.valid() ? load_[campus.index] : nowhere_) += pupils;
}

/// Takes a campus out of the best two; only homes that had it there look again.
void NearestLive::pick_up(CampusId campus) {
  if (picked_ == campus) return;
  put_down();
  picked_ = campus;
  side_by_side<kParts>(best_.size(), [&](std::size_t, std::size_t from, std::size_t to) {
    for (std::size_t h = from; h < to; ++h) {
      const bool first = campus_at(best_[h]) == campus;
      held_[h] = first ? best_[h] : kNowhere;
      if (first || campus_at(second_[h]) == campus) look_around(h);
    }
  });
}

void NearestLive::put_down() {
  if (!picked_.valid()) return;
  for (std::size_t h = 0; h < best_.size(); ++h) {
    const Key held = held_[h];
    if (held < best_[h])
      second_[h] = std::exchange(best_[h], held);
    else
      second_[h] = std::min(second_[h], held);
    held_[h] = kNowhere;
  }
  picked_ = CampusId();
}

/// The held campus stands where its column says: homes choose between it and the best other.
void NearestLive::place_held() {
  struct Part {
    std::vector<std::size_t> gone;
    std::vector<std::size_t> come;
  };
  std::vector<Part> parts(kParts);
  side_by_side<kParts>(best_.size(), [&](std::size_t part, std::size_t from, std::size_t to) {
    for (std::size_t h = from; h < to; ++h) {
      const Key now = key(HomeId(h), picked_);
      const bool was = held_[h] < best_[h];
      held_[h] = now;
      if (was != (now < best_[h])) (was ? parts[part].gone : parts[part].come).push_back(h);
    }
  });
  changed_ = 0;
  for (const Part& p : parts) {
    changed_ += p.gone.size() + p.come.size();
    for (std::size_t h : p.gone) {
      go(picked_, -pupils_[h]);
      go(campus_at(best_[h]), pupils_[h]);
    }
    for (std::size_t h : p.come) {
      go(campus_at(best_[h]), -pupils_[h]);
      go(picked_, pupils_[h]);
    }
  }
}

void NearestLive::move(CampusId campus, std::vector<uint32_t> decisec) {
  DOORSTEP_ASSERT(decisec.size() == best_.size());
  pick_up(campus);
  column_[campus.index] = std::move(decisec);
  place_held();
}

void NearestLive::set_open(CampusId campus, bool open) {
  pick_up(campus);
  input_.offers[campus].open = open;
  place_held();
}

void NearestLive::shift_places(uint32_t place, int by) {
  const auto shift = [&](Key& key) {
    if (key != kNowhere && (key & 0xFFFFFFFFu) >= place) key += static_cast<Key>(by);
  };
  for (Key& key : best_) shift(key);
  for (Key& key : second_) shift(key);
  for (uint32_t& at : code_.raw())
    if (at >= place) at += static_cast<uint32_t>(by);
}

CampusId NearestLive::add(const Offer& offer, const std::string& code,
                          std::vector<uint32_t> decisec) {
  DOORSTEP_ASSERT(decisec.size() == best_.size());
  put_down();
  const auto at = std::lower_bound(codes_.begin(), codes_.end(), code) - codes_.begin();
  const auto place = static_cast<uint32_t>(at);
  shift_places(place, 1);
  const CampusId campus = input_.offers.push_back(offer);
  code_.push_back(place);
  codes_.insert(codes_.begin() + at, code);
  by_code_.insert(by_code_.begin() + at, campus);
  column_.push_back(std::move(decisec));
  load_.push_back(0);
  picked_ = campus;
  place_held();
  return campus;
}

void NearestLive::take_back() {
  const CampusId campus(input_.offers.size() - 1);
  set_open(campus, false);
  picked_ = CampusId();  // nobody goes there: nothing to put down
  const uint32_t place = code_[campus];
  input_.offers.raw().pop_back();
  code_.raw().pop_back();
  codes_.erase(codes_.begin() + place);
  by_code_.erase(by_code_.begin() + place);
  column_.pop_back();
  load_.pop_back();
  shift_places(place, -1);
}

void NearestLive::set_pupils(std::size_t row, double pupils) {
  const std::size_t h = input_.entrants[row].home.index;
  const int64_t more = whole(pupils) - whole(input_.entrants[row].pupils);
  input_.entrants[row].pupils = pupils;
  pupils_[h] += more;
  go(campus_of(HomeId(h)), more);
  changed_ = 0;
}

CampusId NearestLive::campus_of(HomeId home) const { return campus_at(chosen(home.index)); }

CampusId NearestLive::search(HomeId home) const {
  Key best = kNowhere;
  for (CampusId c : input_.offers.ids()) best = std::min(best, key(home, c));
  return campus_at(best);
}

double NearestLive::admitted(CampusId campus) const {
  return static_cast<double>(load_[campus.index]) / kScale;
}

double NearestLive::unplaced() const { return static_cast<double>(nowhere_) / kScale; }

}  // namespace doorstep
