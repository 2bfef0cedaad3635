#include "network/near_streets.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "network/lending.h"
#include "network/parallel.h"
#include "network/street_router.h"
#include "network/street_travel.h"
#include "place/catchments.h"

namespace doorstep {
namespace {

constexpr Minutes kNoLimit{24 * 60};  ///< a longer limit is none
constexpr Minutes kReachWithout{60};  ///< how far to look where the policy has no limit
constexpr uint32_t kReachOverLimit = 2;

/// Homes by the street nodes that they leave by, and by their links.
class HomesOnStreets {
 public:
  HomesOnStreets(const StreetRouter& router, const IdVector<HomeId, StreetSnap>& homes)
      : first_(router.graph().nodes() + 1, 0) {
    for (const StreetSnap& home : homes)
      for (const auto& end : router.ends_leaving(home).all())
        ++first_[router.graph().position(end.node) + 1];
    for (std::size_t i = 1; i < first_.size(); ++i) first_[i] += first_[i - 1];
    homes_.resize(first_.back());
    std::vector<uint32_t> next(first_.begin(), first_.end() - 1);
    for (HomeId h : homes.ids()) {
      for (const auto& end : router.ends_leaving(homes[h]).all())
        homes_[next[router.graph().position(end.node)]++] = h;
      on_link_.emplace_back(homes[h].link, h);
    }
    std::ranges::sort(on_link_);
  }

  template <class What>
  void for_leaving_by(uint32_t position, const What& what) const {
    for (uint32_t i = first_[position]; i < first_[position + 1]; ++i) what(homes_[i]);
  }
  template <class What>
  void for_on_link(uint32_t link, const What& what) const {
    auto at = std::ranges::lower_bound(on_link_, std::pair(link, HomeId(std::size_t{0})));
    for (; at != on_link_.end() && at->first == link; ++at) what(at->second);
  }

 private:
  std::vector<uint32_t> first_;
  std::vector<HomeId> homes_;
  std::vector<std::pair<uint32_t, HomeId>> on_link_;
};

struct HomeTime {
  HomeId home;
  uint32_t decisec = 0;
};

/// Scratch of one thread.
struct Search {
  SearchSpace space;
  std::vector<uint32_t> seen;  ///< by home: the number of the search that saw it last
  uint32_t number = 0;
};

class StreetRows {
 public:
  StreetRows(const Place& place, const StreetRouter& router,
             const IdVector<HomeId, StreetSnap>& homes,
             const IdVector<CampusId, StreetSnap>& campuses, uint32_t reach_ds)
      : place_(place),
        router_(router),
        homes_(homes),
        campuses_(campuses),
        reach_ds_(reach_ds),
        on_streets_(router, homes),
        found_(campuses.size()) {}

  NearWays rows(Progress& progress) {
    std::vector<Search> searches(workers_for(campuses_.size(), 0));
    for (Search& s : searches) s.seen.assign(homes_.size(), 0);
    in_parallel(campuses_.size(), 0, "ways to campuses", progress,
                [&](std::size_t c, unsigned w) { look_around(CampusId(c), searches[w]); });
    add_own_campuses(progress);
    return turned();
  }

 private:
  void look_around(CampusId c, Search& search) {
    const uint32_t reach_ms =
        reach_ds_ > (kNoTime - 100) / 100 ? kNoTime - 1 : reach_ds_ * 100 + 50;
    router_.search_near(campuses_[c], reach_ms, search.space);
    ++search.number;
    const auto look_at = [&](HomeId h) {
      if (std::exchange(search.seen[h.index], search.number) == search.number) return;
      const uint32_t ms = router_.door_to_door_ms(homes_[h], campuses_[c], search.space);
      if (const uint32_t ds = rounded_decisec(ms); ds <= reach_ds_) found_[c].push_back({h, ds});
    };
    for (uint32_t position : search.space.touched) on_streets_.for_leaving_by(position, look_at);
    on_streets_.for_on_link(campuses_[c].link, look_at);
    std::ranges::sort(found_[c], {}, &HomeTime::home);
  }

  /// A child keeps the right to the campus of its own catchment, however far it is.
  void add_own_campuses(Progress& progress) {
    IdVector<CampusId, std::vector<HomeId>> lacking = own_beyond_reach();
    SearchSpace space;
    for (CampusId c : lacking.ids()) {
      if (lacking[c].empty()) continue;
      progress.step("ways to campuses of catchments", double(c.index) / double(lacking.size()));
      router_.search_to(campuses_[c], space);
      for (HomeId h : lacking[c]) {
        const uint32_t ds =
            rounded_decisec(router_.door_to_door_ms(homes_[h], campuses_[c], space));
        if (ds != TravelTable::kUnreachable) found_[c].push_back({h, ds});
      }
      std::ranges::sort(found_[c], {}, &HomeTime::home);
    }
  }

  [[nodiscard]] IdVector<CampusId, std::vector<HomeId>> own_beyond_reach() const {
    IdVector<CampusId, std::vector<HomeId>> out(campuses_.size());
    std::set<Year> years{place_.base_year};
    for (const Catchment& c : place_.catchments)
      if (c.from > place_.base_year) years.insert(c.from);
    for (StageId s : place_.stages.ids())
      for (Year year : years)
        for (const Membership& m : memberships(place_, s, year))
          for (CampusId c : place_.catchments[m.catchment].campuses)
            if (!has(c, m.home)) out[c].push_back(m.home);
    for (std::vector<HomeId>& homes : out) {
      std::ranges::sort(homes);
      homes.erase(std::unique(homes.begin(), homes.end()), homes.end());
    }
    return out;
  }
  [[nodiscard]] bool has(CampusId c, HomeId h) const {
    return std::ranges::binary_search(found_[c], h, {}, &HomeTime::home);
  }

  /// By home instead of by campus. Campuses come in order, so each row is in order.
  NearWays turned() {
    NearWays out;
    out.reach_ds = reach_ds_;
    out.first.assign(homes_.size() + 1, 0);
    for (const auto& times : found_)
      for (const HomeTime& t : times) ++out.first[t.home.index + 1];
    for (std::size_t i = 1; i < out.first.size(); ++i) out.first[i] += out.first[i - 1];
    out.ways.resize(out.first.back());
    std::vector<std::size_t> next(out.first.begin(), out.first.end() - 1);
    for (CampusId c : found_.ids()) {
      for (const HomeTime& t : found_[c]) out.ways[next[t.home.index]++] = {c, t.decisec};
      found_[c] = {};
    }
    return out;
  }

  const Place& place_;
  const StreetRouter& router_;
  const IdVector<HomeId, StreetSnap>& homes_;
  const IdVector<CampusId, StreetSnap>& campuses_;
  uint32_t reach_ds_;
  HomesOnStreets on_streets_;
  IdVector<CampusId, std::vector<HomeTime>> found_;
};

uint32_t reach_of(const Place& place, Diagnostics& findings) {
  Minutes limit = place.policy.max_minutes;
  if (limit.value < kNoLimit.value) return limit_decisec(limit * kReachOverLimit);
  findings.warning(
      "travel.limit_too_wide",
      fmt::format("the place is too large to look for ways longer than {:.0f} minutes, and the "
                  "policy sets no limit",
                  kReachWithout.value),
      {}, "set max_minutes under [policy] to how far children go");
  return limit_decisec(kReachWithout);
}

/// Homes and campuses without any way within reach.
void report_lonely(const Place& place, const NearWays& near, Diagnostics& findings) {
  IdVector<CampusId, char> reached(place.campuses.size(), 0);
  for (const Way& way : near.ways) reached[way.campus] = 1;
  const std::string hint = "the streets there may not connect, or it lies far from all others";
  for (CampusId c : reached.ids()) {
    const Campus& campus = place.campuses[c];
    if (!reached[c])
      findings.add({Severity::Warning, "travel.campus_cut_off",
                    fmt::format("no home within {:.0f} minutes has a way to campus {}",
                                near.reach_ds / 600.0, campus.code),
                    campus.source, hint, MapSpot{campus.at.x, campus.at.y}});
  }
  std::size_t lonely = 0;
  for (HomeId h : place.homes.ids()) lonely += near.row(h).empty();
  if (lonely > 0)
    findings.warning("travel.homes_cut_off",
                     fmt::format("{} homes have no way to any campus within {:.0f} minutes", lonely,
                                 near.reach_ds / 600.0),
                     {}, hint);
}

}  // namespace

Loaded<TravelTable> near_streets(const Place& place, std::shared_ptr<const StreetRouter> router,
                                 Progress& progress) {
  Loaded<TravelTable> out;
  IdVector<CampusId, StreetSnap> campuses(place.campuses.size());
  for (CampusId c : campuses.ids()) campuses[c] = router->snap(place.campuses[c].at);
  const IdVector<HomeId, StreetSnap> homes = snap_homes(place, *router, 0, progress);
  const uint32_t reach_ds = reach_of(place, out.findings);
  auto near = std::make_shared<NearWays>(
      StreetRows(place, *router, homes, campuses, reach_ds).rows(progress));
  report_doors(place, Lending(place), homes, campuses, out.findings);
  report_lonely(place, *near, out.findings);
  out.value =
      TravelTable(place.homes.size(), place.campuses.size(),
                  MetresPerMinute(place.travel.streets->speed_m_per_min), std::move(near), nullptr);
  out.value.set_router(std::move(router));
  progress.step("travel", 1.0);
  return out;
}

}  // namespace doorstep
