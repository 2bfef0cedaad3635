// Who must move from A to B, and whether their way grows shorter or longer.
#include <algorithm>
#include <map>
#include <string_view>

#include "indicators/indicators.h"

namespace doorstep {
namespace {

/// One run's flows with codes at hand.
struct Side {
  const Place& place;
  const TravelTable& travel;
  const StageYear& year;
};

/// A home's pupils at one campus in A and in B, with the way there.
struct Share {
  double a = 0.0, b = 0.0;
  double minutes_a = 0.0, minutes_b = 0.0;
};

/// Codes of A as numbers, those only B has after them: matching is then by number.
class Matching {
 public:
  template <class Id, class T>
  void learn(const IdVector<Id, T>& items) {
    for (const T& item : items) number_.try_emplace(item.code, number_.size());
  }
  [[nodiscard]] std::size_t of(std::string_view code) const { return number_.find(code)->second; }
  [[nodiscard]] std::size_t size() const { return number_.size(); }

 private:
  std::map<std::string_view, std::size_t> number_;
};

struct NumberedFlow {
  std::size_t home = 0, campus = 0;
  double pupils = 0.0, minutes = 0.0;
};

std::vector<NumberedFlow> numbered(const Side& side, const Matching& homes,
                                   const Matching& campuses) {
  std::vector<std::size_t> home_number, campus_number;
  for (const Home& h : side.place.homes) home_number.push_back(homes.of(h.code));
  for (const Campus& c : side.place.campuses) campus_number.push_back(campuses.of(c.code));
  std::vector<NumberedFlow> out;
  out.reserve(side.year.flows.size());
  for (const PupilFlow& f : side.year.flows) {
    double minutes =
        side.travel.reachable(f.home, f.campus) ? side.travel.minutes(f.home, f.campus).value : 0.0;
    out.push_back({home_number[f.home.index], campus_number[f.campus.index], f.pupils, minutes});
  }
  std::ranges::sort(out, [](const NumberedFlow& x, const NumberedFlow& y) {
    return std::pair(x.home, x.campus) < std::pair(y.home, y.campus);
  });
  return out;
}

/// Adds one home to the counts: who leaves a campus moves; the mean way they had against the mean
/// way of the places taken instead.
void count_home(const std::vector<Share>& shares, StageComparison& out) {
  double left = 0.0, left_min = 0.0, taken = 0.0, taken_min = 0.0;
  for (const Share& s : shares) {
    if (s.a > s.b) {
      left += s.a - s.b;
      left_min += (s.a - s.b) * s.minutes_a;
    } else if (s.b > s.a) {
      taken += s.b - s.a;
      taken_min += (s.b - s.a) * s.minutes_b;
    }
  }
  out.must_move += left;
  if (left <= 0 || taken <= 0) return;
  double before = left_min / left, after = taken_min / taken;
  constexpr double kSameWay = 1e-9;
  double kept = std::min(left, taken);  // who finds no seat in B has no way to compare
  if (after < before - kSameWay) out.nearer += kept;
  if (after > before + kSameWay) out.farther += kept;
}

void compare_flows(const std::vector<NumberedFlow>& a, const std::vector<NumberedFlow>& b,
                   StageComparison& out) {
  std::size_t i = 0, k = 0;
  std::vector<Share> shares;
  while (i < a.size() || k < b.size()) {
    std::size_t home =
        std::min(i < a.size() ? a[i].home : SIZE_MAX, k < b.size() ? b[k].home : SIZE_MAX);
    shares.clear();
    auto at = [&](const std::vector<NumberedFlow>& rows, std::size_t n) {
      return n < rows.size() && rows[n].home == home ? rows[n].campus : SIZE_MAX;
    };
    while (true) {
      std::size_t campus = std::min(at(a, i), at(b, k));
      if (campus == SIZE_MAX) break;
      Share s;
      if (at(a, i) == campus) {
        s.a = a[i].pupils;
        s.minutes_a = a[i++].minutes;
      }
      if (at(b, k) == campus) {
        s.b = b[k].pupils;
        s.minutes_b = b[k++].minutes;
      }
      shares.push_back(s);
    }
    count_home(shares, out);
  }
}

std::vector<StageComparison::Row> campus_rows(const Side& a, const Side& b) {
  std::map<std::string, StageComparison::Row> rows;
  for (auto c : a.place.campuses.ids()) {
    const CampusYear& year = a.year.campuses[c];
    if (!year.open) continue;
    auto& row = rows[a.place.campuses[c].code];
    row.in_a = true;
    row.pupils_a = year.enrolment;
    row.seats_a = year.seats;
  }
  for (auto c : b.place.campuses.ids()) {
    const CampusYear& year = b.year.campuses[c];
    if (!year.open) continue;
    auto& row = rows[b.place.campuses[c].code];
    row.in_b = true;
    row.pupils_b = year.enrolment;
    row.seats_b = year.seats;
  }
  std::vector<StageComparison::Row> out;
  for (auto& [code, row] : rows) {
    row.campus = code;
    out.push_back(std::move(row));
  }
  return out;
}

}  // namespace

StageComparison compare_stage(const Place& a, const TravelTable& travel_a, const StageYear& run_a,
                              const Place& b, const TravelTable& travel_b, const StageYear& run_b) {
  Side side_a{a, travel_a, run_a}, side_b{b, travel_b, run_b};
  Matching homes, campuses;
  homes.learn(a.homes);
  homes.learn(b.homes);
  campuses.learn(a.campuses);
  campuses.learn(b.campuses);
  StageComparison out;
  compare_flows(numbered(side_a, homes, campuses), numbered(side_b, homes, campuses), out);
  out.rows = campus_rows(side_a, side_b);
  return out;
}

}  // namespace doorstep
