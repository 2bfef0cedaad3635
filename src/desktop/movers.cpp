#include "desktop/movers.h"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace doorstep::desktop {

namespace {

using session::Outcome;

/// Pupils of one home by campus, with their way.
struct At {
  double pupils = 0.0;
  double metres = 0.0;
};
using HomeSide = std::map<std::string, At>;

std::vector<HomeSide> by_home(const Outcome& o, std::size_t year, StageId stage) {
  std::vector<HomeSide> out(o.place.homes.size());
  for (const PupilFlow& f : o.run.years[year].stages[stage].flows) {
    At& at = out[f.home.index][o.place.campuses[f.campus].code];
    at.pupils += f.pupils;
    if (o.travel.reachable(f.home, f.campus)) at.metres = o.travel.metres(f.home, f.campus).value;
  }
  return out;
}

/// The home of B for each of A; most stand at the same index.
std::vector<int> matched(const Place& a, const Place& b) {
  std::unordered_map<std::string, int> by_code;  // only looked up, never walked
  std::vector<int> out(a.homes.size(), -1);
  for (HomeId h : a.homes.ids()) {
    if (h.index < b.homes.size() && b.homes[h].code == a.homes[h].code) {
      out[h.index] = static_cast<int>(h.index);
      continue;
    }
    if (by_code.empty())
      for (HomeId other : b.homes.ids())
        by_code.emplace(b.homes[other].code, static_cast<int>(other.index));
    const auto found = by_code.find(a.homes[h].code);
    if (found != by_code.end()) out[h.index] = found->second;
  }
  return out;
}

struct Gathered {
  std::map<std::string, MoveRow> rows;
  Movers sum;

  void add(const std::string& from, double pupils, double change_m) {
    MoveRow& row = rows[from];
    row.campus = from;
    row.pupils += pupils;
    row.change_m += pupils * change_m;
    sum.pupils += pupils;
    sum.change_m += pupils * change_m;
    constexpr double kSame = 1.0;  // metres: a metre is no change
    if (change_m < -kSame) {
      row.nearer += pupils;
      sum.nearer += pupils;
    } else if (change_m > kSame) {
      row.farther += pupils;
      sum.farther += pupils;
    }
    const auto bin = std::upper_bound(Movers::kBounds.begin(), Movers::kBounds.end(), change_m);
    sum.by_change[static_cast<std::size_t>(bin - Movers::kBounds.begin())] += pupils;
  }
};

/// What one home loses goes to what it gains, in proportion.
void match_home(const HomeSide& a, const HomeSide& b, Gathered& out) {
  constexpr double kLeast = 1e-6;
  double gained = 0.0;
  std::vector<std::pair<double, double>> gains;  // pupils, metres
  for (const auto& [campus, at] : b) {
    const auto before = a.find(campus);
    const double more = at.pupils - (before == a.end() ? 0.0 : before->second.pupils);
    if (more <= kLeast) continue;
    gains.emplace_back(more, at.metres);
    gained += more;
  }
  if (gained <= kLeast) return;
  double lost = 0.0;
  for (const auto& [campus, at] : a) {
    const auto after = b.find(campus);
    lost += std::max(0.0, at.pupils - (after == b.end() ? 0.0 : after->second.pupils));
  }
  if (lost <= kLeast) return;  // they came from elsewhere: nobody here moved
  const double moving = std::min(lost, gained);
  for (const auto& [campus, at] : a) {
    const auto after = b.find(campus);
    const double fewer = at.pupils - (after == b.end() ? 0.0 : after->second.pupils);
    if (fewer <= kLeast) continue;
    for (const auto& [more, metres] : gains)
      out.add(campus, moving * (fewer / lost) * (more / gained), metres - at.metres);
  }
}

}  // namespace

Movers movers(const Outcome& a, std::size_t year_a, const Outcome& b, std::size_t year_b,
              StageId stage) {
  const auto homes_a = by_home(a, year_a, stage), homes_b = by_home(b, year_b, stage);
  const auto match = matched(a.place, b.place);
  Gathered gathered;
  for (std::size_t h = 0; h < homes_a.size(); ++h)
    if (match[h] >= 0)
      match_home(homes_a[h], homes_b[static_cast<std::size_t>(match[h])], gathered);
  Movers out = std::move(gathered.sum);
  for (auto& [code, row] : gathered.rows) {
    row.change_m = row.pupils > 0 ? row.change_m / row.pupils : 0.0;
    out.rows.push_back(std::move(row));
  }
  std::stable_sort(out.rows.begin(), out.rows.end(),
                   [](const MoveRow& x, const MoveRow& y) { return x.pupils > y.pupils; });
  if (out.pupils > 0) out.change_m /= out.pupils;
  return out;
}

}  // namespace doorstep::desktop
