#include "indicators/closure.h"

#include <algorithm>
#include <limits>
#include <map>

#include "base/error.h"
#include "indicators/classes.h"

namespace doorstep {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
/// Less than that is rounding of shares.
constexpr double kRounding = 1e-9;
/// What the logit leaves over of a home, in expected pupils: below it nobody is named, as in the
/// list of flows.
constexpr double kNobody = 0.05;

/// Pupils of one home by campus code.
using ByCampus = std::map<std::string, double>;

std::map<std::string, ByCampus> flows_by_code(const Place& place, const StageYear& year) {
  std::map<std::string, ByCampus> out;
  for (const PupilFlow& f : year.flows)
    out[place.homes[f.home].code][place.campuses[f.campus].code] += f.pupils;
  return out;
}

template <class Id, class Item>
std::map<std::string, Id> ids_by_code(const IdVector<Id, Item>& items) {
  std::map<std::string, Id> out;
  for (auto id : items.ids()) out.emplace(items[id].code, id);
  return out;
}

double minutes_or_none(const TravelTable& travel, HomeId h, CampusId c) {
  return travel.reachable(h, c) ? travel.minutes(h, c).value : kNone;
}

/// What each home gains elsewhere, as shares of what it lost at the closed campus.
std::vector<MovedChildren> children_of(const std::string& home, double lost, double way,
                                       const ByCampus& before, const ByCampus& after) {
  double gained = 0.0;
  std::vector<std::pair<std::string, double>> gains;
  for (const auto& [campus, pupils] : after) {
    auto had = before.find(campus);
    double more = pupils - (had == before.end() ? 0.0 : had->second);
    if (more <= kRounding) continue;
    gains.emplace_back(campus, more);
    gained += more;
  }
  std::vector<MovedChildren> out;
  double placed = std::min(lost, gained);
  for (const auto& [campus, more] : gains)
    out.push_back({home, campus, placed * more / gained, way, kNone});
  if (lost - placed > kRounding) out.push_back({home, "", lost - placed, way, kNone});
  return out;
}

void sum_up(ClosureReview& review) {
  double pupils_before = 0.0, before = 0.0, pupils_after = 0.0, after = 0.0;
  for (const MovedChildren& m : review.children) {
    review.moved += m.pupils;
    if (m.minutes_before == m.minutes_before) {
      pupils_before += m.pupils;
      before += m.pupils * m.minutes_before;
    }
    if (m.minutes_after == m.minutes_after) {
      pupils_after += m.pupils;
      after += m.pupils * m.minutes_after;
    }
  }
  review.minutes_before = pupils_before > 0 ? before / pupils_before : kNone;
  review.minutes_after = pupils_after > 0 ? after / pupils_after : kNone;
}

/// Average class of a campus in whole pupils; 0 where it has none.
int class_size_of(const CampusYear& year, const Stage& stage) {
  int classes = class_count(year.enrolment, stage.class_standard, year.rooms);
  return classes > 0 ? whole_size(year.enrolment / classes) : 0;
}

struct WayOf {
  double minutes = 0.0, pupils = 0.0;
};

/// The longest way that half a child takes, or half of those there are: a chance of a thousandth
/// of one child is no child's way. Pre: `ways` is not empty.
double longest_way(std::vector<WayOf> ways) {
  std::sort(ways.begin(), ways.end(),
            [](const WayOf& a, const WayOf& b) { return a.minutes > b.minutes; });
  double all = 0.0, so_far = 0.0;
  for (const WayOf& w : ways) all += w.pupils;
  const double enough = std::min(0.5, all / 2);
  for (const WayOf& w : ways) {
    so_far += w.pupils;
    if (so_far >= enough) return w.minutes;
  }
  return ways.back().minutes;
}

/// One veto a home and kind: its longest way beyond the limit, its children without a seat.
void add_vetoes_of_homes(ClosureReview& review, double limit) {
  struct OfHome {
    std::vector<WayOf> ways;
    double too_far = 0.0, without_seat = 0.0;
  };
  std::map<std::string, OfHome> homes;
  for (const MovedChildren& m : review.children) {
    OfHome& home = homes[m.home];
    if (m.campus.empty()) home.without_seat += m.pupils;
    if (!(m.minutes_after > limit + kRounding) || m.minutes_after <= m.minutes_before) continue;
    home.too_far += m.pupils;
    home.ways.push_back({m.minutes_after, m.pupils});
  }
  for (const auto& [code, home] : homes)
    if (home.too_far >= kNobody)
      review.vetoes.push_back({Veto::Kind::LongWay, code, longest_way(home.ways), limit});
  for (const auto& [code, home] : homes)
    if (home.without_seat >= kNobody)
      review.vetoes.push_back({Veto::Kind::NoSeat, code, home.without_seat, 0.0});
}

}  // namespace

ClosureReview review_closure(const Place& a, const TravelTable& travel_a, const StageYear& before,
                             const Place& b, const TravelTable& travel_b, const StageYear& after,
                             StageId stage, const std::string& campus, const Standards& standards) {
  auto campuses_a = ids_by_code(a.campuses), campuses_b = ids_by_code(b.campuses);
  auto homes_a = ids_by_code(a.homes), homes_b = ids_by_code(b.homes);
  auto closed = campuses_a.find(campus);
  if (closed == campuses_a.end())
    throw Error("no campus \"" + campus + "\" to review", "closure", "use its code");

  ClosureReview review;
  auto flows_b = flows_by_code(b, after);
  for (const auto& [home, shares] : flows_by_code(a, before)) {
    auto lost = shares.find(campus);
    if (lost == shares.end()) continue;
    double way = minutes_or_none(travel_a, homes_a.at(home), closed->second);
    for (MovedChildren& m : children_of(home, lost->second, way, shares, flows_b[home])) {
      if (!m.campus.empty())
        m.minutes_after = minutes_or_none(travel_b, homes_b.at(home), campuses_b.at(m.campus));
      review.children.push_back(std::move(m));
    }
  }
  sum_up(review);

  std::map<std::string, char> receives;
  for (const MovedChildren& m : review.children)
    if (!m.campus.empty()) receives[m.campus] = 1;
  for (const auto& [code, yes] : receives) {
    int size = class_size_of(after.campuses[campuses_b.at(code)], b.stages[stage]);
    auto there = campuses_a.find(code);
    int size_before = there == campuses_a.end()
                          ? 0
                          : class_size_of(before.campuses[there->second], a.stages[stage]);
    if (size >= standards.large_class && size_before < standards.large_class)
      review.vetoes.push_back(
          {Veto::Kind::LargeClass, code, static_cast<double>(size), standards.large_class});
  }
  add_vetoes_of_homes(review, standards.long_time.value);
  return review;
}

}  // namespace doorstep
