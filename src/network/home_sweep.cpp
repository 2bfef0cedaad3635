#include "network/home_sweep.h"

#include <algorithm>
#include <vector>

#include "base/error.h"
#include "network/hierarchy/door_sweep.h"
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

struct HomeSweep::Prepared {
  std::shared_ptr<const StreetRouter> router;
  std::shared_ptr<const Hierarchy> hierarchy;
  std::vector<StreetSnap> homes;
  DoorSweep doors;
  std::vector<uint32_t> by_link;  // homes, for those on a campus's own street

  Prepared(std::shared_ptr<const StreetRouter> on, std::span<const StreetSnap> from,
           unsigned threads)
      : router(std::move(on)),
        hierarchy(router->hierarchy(threads)),
        homes(from.begin(), from.end()),
        doors(hierarchy, home_ends(*router, *hierarchy, from), threads),
        by_link(from.size()) {
    for (uint32_t h = 0; h < by_link.size(); ++h) by_link[h] = h;
    std::ranges::stable_sort(by_link, {}, [&](uint32_t h) { return homes[h].link; });
  }

  /// Homes on the campus's own street may have a shorter way along it than over its ends. Rounding
  /// keeps order, so the lesser of two rounded figures is the lesser's rounded figure.
  void along_own_street(const StreetSnap& campus, std::span<uint32_t> ds) const {
    auto link_of = [&](uint32_t h) { return homes[h].link; };
    for (uint32_t h : std::ranges::equal_range(by_link, campus.link, {}, link_of)) {
      uint32_t ms = time_sum(homes[h].off_ms, router->along_link_ms(homes[h], campus));
      ds[h] = std::min(ds[h], decisec(time_sum(ms, campus.off_ms)));
    }
  }
};

HomeSweep::HomeSweep(std::shared_ptr<const StreetRouter> router, std::span<const StreetSnap> homes,
                     unsigned threads)
    : prepared_(std::make_unique<const Prepared>(std::move(router), homes, threads)) {}
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

}  // namespace doorstep
