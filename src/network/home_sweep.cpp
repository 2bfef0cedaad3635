#include "network/home_sweep.h"

#include <algorithm>
#include <mutex>
#include <numeric>
#include <vector>

#include "base/error.h"
#include "base/memory.h"
#include "network/hierarchy/cell_plan.h"
#include "network/hierarchy/cell_reach.h"
#include "network/hierarchy/door_sweep.h"
#include "network/home_reach.h"
#include "network/travel_table.h"

namespace doorstep {
namespace {

static_assert(kNoTime == TravelTable::kUnreachable);

uint32_t decisec(uint32_t ms) {
  return ms == kNoTime ? kNoTime : static_cast<uint32_t>((uint64_t{ms} + 50) / 100);
}

std::vector<DoorEnds> home_ends(const StreetRouter& router, const Hierarchy& hierarchy,
                                std::span<const StreetSnap> homes) {
  std::vector<DoorEnds> out;
  out.reserve(homes.size());
  for (const StreetSnap& home : homes) out.push_back(door_ends(router, hierarchy, home, true));
  return out;
}

}  // namespace

// An end that leads on to the other over the whole street anyway is
// left out: fewer places to sweep. `towards` whether the street is walked from the door (homes).
DoorEnds door_ends(const StreetRouter& router, const Hierarchy& hierarchy, const StreetSnap& snap,
                   bool towards) {
  StreetRouter::Ends ends = towards ? router.ends_leaving(snap) : router.ends_arriving(snap);
  const StreetLink& link = router.graph().links()[snap.link];
  DoorEnds out;
  out.off_ms = snap.off_ms;
  for (int k = 0; k < ends.count; ++k) {
    const StreetRouter::End& end = ends.end[k];
    const StreetRouter::End& other = ends.end[ends.count - 1 - k];
    bool forward = (end.node == link.to) == towards;
    uint32_t whole = forward ? link.forward_ms : link.backward_ms;
    bool last_left = k == 1 && out.count == 0;
    bool spared =
        ends.count == 2 && !last_left && other.ms == 0 && end.ms >= whole && other.node != end.node;
    uint32_t node = hierarchy.number[router.graph().position(end.node)];
    bool same = out.count == 1 && out.node[0] == node;  // a street round to its own start
    if (same) out.ms[0] = std::min(out.ms[0], end.ms);
    if (spared || same) continue;
    auto at = static_cast<std::size_t>(out.count++);
    out.node[at] = node;
    out.ms[at] = end.ms;
  }
  return out;
}

/// Along a Z-order curve through the box of all homes (Morton 1966), ties as given.
std::vector<uint32_t> HomeSweep::order_of(std::span<const StreetSnap> homes) {
  Xy low{1e300, 1e300}, high{-1e300, -1e300};
  for (const StreetSnap& home : homes) {
    low = {std::min(low.x, home.at.x), std::min(low.y, home.at.y)};
    high = {std::max(high.x, home.at.x), std::max(high.y, home.at.y)};
  }
  constexpr double kSteps = 1048575.0;
  const double size = std::max({high.x - low.x, high.y - low.y, 1.0});
  std::vector<uint64_t> along(homes.size());
  for (std::size_t h = 0; h < homes.size(); ++h) {
    const auto x = static_cast<uint64_t>((homes[h].at.x - low.x) / size * kSteps);
    const auto y = static_cast<uint64_t>((homes[h].at.y - low.y) / size * kSteps);
    for (int b = 0; b < 20; ++b) along[h] |= (x >> b & 1) << (2 * b) | (y >> b & 1) << (2 * b + 1);
  }
  std::vector<uint32_t> order(homes.size());
  std::iota(order.begin(), order.end(), 0u);
  std::ranges::stable_sort(order, {}, [&](uint32_t h) { return along[h]; });
  return order;
}

struct HomeSweep::Prepared {
  std::shared_ptr<const StreetRouter> router;
  std::shared_ptr<const Hierarchy> hierarchy;
  std::vector<StreetSnap> homes;
  DoorSweep doors;
  std::vector<uint32_t> by_link;  // homes, for those on a campus's own street
  unsigned threads;
  mutable std::once_flag cells_made;
  mutable std::shared_ptr<const CellPlan> cells;

  Prepared(std::shared_ptr<const StreetRouter> on, std::span<const StreetSnap> from,
           unsigned on_threads)
      : router(std::move(on)),
        hierarchy(router->hierarchy(on_threads)),
        homes(from.begin(), from.end()),
        doors(hierarchy, home_ends(*router, *hierarchy, from), on_threads),
        by_link(from.size()),
        threads(on_threads) {
    for (uint32_t h = 0; h < by_link.size(); ++h) by_link[h] = h;
    std::ranges::stable_sort(by_link, {}, [&](uint32_t h) { return homes[h].link; });
    tidy();
  }

  /// A large city's plans are made of small lists: their memory is not held on to.
  void tidy() const {
    constexpr std::size_t kManyHomes = 50000;
    if (homes.size() > kManyHomes) give_free_memory_back();
  }

  /// Homes on the campus's own street may have a shorter way along it than over its ends. Calls
  /// take(home, its milliseconds door to door along the street).
  template <class Take>
  void each_on_own_street(const StreetSnap& campus, Take take) const {
    auto link_of = [&](uint32_t h) { return homes[h].link; };
    for (uint32_t h : std::ranges::equal_range(by_link, campus.link, {}, link_of)) {
      uint32_t ms = time_sum(homes[h].off_ms, router->along_link_ms(homes[h], campus));
      take(h, time_sum(ms, campus.off_ms));
    }
  }

  /// Rounding keeps order: the lesser of two rounded figures is the lesser's rounded figure.
  void along_own_street(const StreetSnap& campus, std::span<uint32_t> ds) const {
    each_on_own_street(campus,
                       [&](uint32_t h, uint32_t ms) { ds[h] = std::min(ds[h], decisec(ms)); });
  }

  [[nodiscard]] std::shared_ptr<const CellPlan> cell_plan() const {
    std::call_once(cells_made, [&] {
      cells = std::make_shared<const CellPlan>(
          plan_cells(*hierarchy, home_ends(*router, *hierarchy, homes), order_of(homes)));
      tidy();
    });
    return cells;
  }
};

HomeSweep::HomeSweep(std::shared_ptr<const StreetRouter> router, std::span<const StreetSnap> homes,
                     unsigned threads)
    : prepared_(std::make_shared<const Prepared>(std::move(router), homes, threads)) {}
HomeSweep::~HomeSweep() = default;
HomeSweep::HomeSweep(HomeSweep&&) noexcept = default;
HomeSweep& HomeSweep::operator=(HomeSweep&&) noexcept = default;

std::size_t HomeSweep::homes() const { return prepared_->homes.size(); }
const StreetRouter& HomeSweep::router() const { return *prepared_->router; }

void HomeSweep::to_campus(const StreetSnap& campus, std::span<uint32_t> ds) const {
  DOORSTEP_ASSERT(ds.size() == homes());
  prepared_->doors.to_one(door_ends(router(), *prepared_->hierarchy, campus, false), ds);
  prepared_->along_own_street(campus, ds);
}

void HomeSweep::to_campuses(std::span<const StreetSnap> campuses, std::span<uint32_t> ds) const {
  DOORSTEP_ASSERT(ds.size() == campuses.size() * homes());
  std::vector<DoorEnds> ends;
  ends.reserve(campuses.size());
  for (const StreetSnap& c : campuses) {
    ends.push_back(door_ends(router(), *prepared_->hierarchy, c, false));
  }
  prepared_->doors.to_many(ends, ds);
  for (std::size_t c = 0; c < campuses.size(); ++c) {
    prepared_->along_own_street(campuses[c], ds.subspan(c * homes(), homes()));
  }
}

struct HomeReach::Kept {
  std::shared_ptr<const HomeSweep::Prepared> prepared;
  CellReach cells;
  std::vector<CellReach::Beside> beside;
};

std::unique_ptr<HomeReach> HomeSweep::reach(uint32_t nowhere, uint32_t longest) const {
  auto kept = std::make_unique<HomeReach::Kept>(HomeReach::Kept{
      prepared_, CellReach(prepared_->hierarchy, prepared_->cell_plan(), nowhere, longest), {}});
  return std::unique_ptr<HomeReach>(new HomeReach(std::move(kept)));
}

HomeReach::HomeReach(std::unique_ptr<Kept> kept) : kept_(std::move(kept)) {}
HomeReach::~HomeReach() = default;

void HomeReach::start(const StreetSnap& campus) {
  kept_->beside.clear();
  kept_->prepared->each_on_own_street(campus, [&](uint32_t h, uint32_t ms) {
    kept_->beside.push_back({h, ms});
  });
  const HomeSweep::Prepared& p = *kept_->prepared;
  kept_->cells.start(door_ends(*p.router, *p.hierarchy, campus, false), kept_->beside);
}

void HomeReach::within(std::span<const uint32_t> limit, uint32_t less) {
  kept_->cells.within(limit, less);
}
void HomeReach::settle(std::size_t home) { kept_->cells.settle(static_cast<uint32_t>(home)); }
void HomeReach::complete() { kept_->cells.complete(kept_->prepared->threads); }
std::span<const uint32_t> HomeReach::ds() const { return kept_->cells.ds(); }
bool HomeReach::exact(std::size_t home) const {
  return kept_->cells.exact(static_cast<uint32_t>(home));
}
std::size_t HomeReach::homes_exact() const { return kept_->cells.homes_exact(); }

}  // namespace doorstep
