#include "network/street_travel.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "network/home_sweep.h"
#include "network/parallel.h"

namespace doorstep {
namespace {

constexpr double kFarFromStreet = 500.0;  // metres; a door farther off is more likely misplaced
constexpr std::size_t kNamedAtMost = 20;  // findings that name one home each, before a count
constexpr std::size_t kWorstListed = 5;
constexpr std::size_t kSnapBlock = 512;
// A hierarchy costs about as much as a search for each of this many campuses, a plan of sweeps as
// much as one for each of that many.
constexpr std::size_t kSweepFromNothing = 100;
constexpr std::size_t kSweepAtOnce = 25;
constexpr std::size_t kCampusesAtOnce = 64;

/// One door and how far it is from the streets.
struct Door {
  const char* kind;
  const std::string* code;
  Xy at;
  double off_m;
  const InputRef* source;
};

std::vector<Door> new_doors(const Place& place, const Lending& lent,
                            const IdVector<HomeId, StreetSnap>& homes,
                            const IdVector<CampusId, StreetSnap>& campuses) {
  std::vector<Door> doors;
  for (CampusId c : place.campuses.ids()) {
    const Campus& campus = place.campuses[c];
    if (!lent.campuses[c].valid()) {
      doors.push_back({"campus", &campus.code, campus.at, campuses[c].off_m, &campus.source});
    }
  }
  for (HomeId h : place.homes.ids()) {
    const Home& home = place.homes[h];
    if (!lent.homes[h].valid()) {
      doors.push_back({"home", &home.code, home.at, homes[h].off_m, &home.source});
    }
  }
  return doors;
}

void report_snaps(std::vector<Door> doors, Diagnostics& findings) {
  if (doors.empty()) return;
  std::ranges::sort(doors, [](const Door& a, const Door& b) {
    return a.off_m != b.off_m ? a.off_m > b.off_m : *a.code < *b.code;
  });
  std::string list;
  for (std::size_t i = 0; i < std::min(kWorstListed, doors.size()); ++i) {
    list += fmt::format("{}{} {} {:.0f} m", i > 0 ? ", " : "", doors[i].kind, *doors[i].code,
                        doors[i].off_m);
  }
  findings.add({Severity::Info,
                "travel.worst_snaps",
                "farthest from any street: " + list,
                *doors[0].source,
                {},
                MapSpot{doors[0].at.x, doors[0].at.y}});
  std::size_t far = 0;
  for (const Door& door : doors) {
    if (door.off_m <= kFarFromStreet || ++far > kNamedAtMost) continue;
    findings.add({Severity::Warning, "travel.far_from_street",
                  fmt::format("{} {} is {:.0f} m from the nearest street; the straight line to it "
                              "is counted at walking speed",
                              door.kind, *door.code, door.off_m),
                  *door.source, "check its position, or add the streets that are missing",
                  MapSpot{door.at.x, door.at.y}});
  }
  if (far > kNamedAtMost) {
    findings.warning("travel.far_from_streets",
                     fmt::format("{} homes and campuses in all are more than {:.0f} m from the "
                                 "nearest street",
                                 far, kFarFromStreet));
  }
}

void report_cut_off(const Place& place, const Lending& lent, const TravelTable& table,
                    Diagnostics& findings) {
  IdVector<HomeId, char> goes(table.homes(), 0);
  IdVector<CampusId, char> reached(table.campuses(), 0);
  for (HomeId h : goes.ids()) {
    for (CampusId c : reached.ids()) {
      if (table.reachable(h, c)) goes[h] = reached[c] = 1;
    }
  }
  std::string hint = "the streets there do not connect; check the extract's border";
  for (CampusId c : reached.ids()) {
    if (reached[c] || lent.campuses[c].valid() || table.homes() == 0) continue;
    const Campus& campus = place.campuses[c];
    findings.add({Severity::Warning, "travel.campus_cut_off",
                  fmt::format("no home has a way to campus {}", campus.code), campus.source, hint,
                  MapSpot{campus.at.x, campus.at.y}});
  }
  std::size_t cut_off = 0;
  for (HomeId h : goes.ids()) {
    if (goes[h] || lent.homes[h].valid() || table.campuses() == 0) continue;
    if (++cut_off > kNamedAtMost) continue;
    const Home& home = place.homes[h];
    findings.add({Severity::Warning, "travel.home_cut_off",
                  fmt::format("home {} has no way to any campus", home.code), home.source, hint,
                  MapSpot{home.at.x, home.at.y}});
  }
  if (cut_off > kNamedAtMost) {
    findings.warning("travel.homes_cut_off",
                     fmt::format("{} homes in all have no way to any campus", cut_off), {}, hint);
  }
}

/// How many homes cross a trunk road or a railway to their nearest campus; nothing where the
/// streets do not know crossings.
void report_crossings(const StreetRouter& router, const IdVector<HomeId, StreetSnap>& homes,
                      const IdVector<CampusId, StreetSnap>& campuses, Diagnostics& findings) {
  if (router.streets().crossing.empty() || homes.size() == 0 || campuses.size() == 0) return;
  std::vector<StreetSnap> from(homes.begin(), homes.end()), to(campuses.begin(), campuses.end());
  std::size_t trunk = 0, rail = 0;
  for (const Crossings& c : crossings_to_nearest(router, from, to)) {
    trunk += c.trunk > 0;
    rail += c.rail > 0;
  }
  findings.add({Severity::Info,
                "travel.crossings",
                fmt::format("on the way to the nearest campus, {} of {} homes cross a trunk road "
                            "at grade and {} a railway",
                            trunk, from.size(), rail),
                {},
                {},
                {}});
}

/// Where homes and campuses meet the streets.
struct Doors {
  const IdVector<HomeId, StreetSnap>& homes;
  const IdVector<CampusId, StreetSnap>& campuses;
};

/// One search of the streets for each campus.
void fill_by_searches(const StreetRouter& router, const Doors& doors,
                      const std::vector<CampusId>& wanted, const Lending& lent, unsigned threads,
                      TravelTable& table, Progress& progress) {
  std::vector<SearchSpace> spaces(workers_for(wanted.size(), threads));
  in_parallel(wanted.size(), threads, "ways to campuses", progress,
              [&](std::size_t i, unsigned worker) {
                CampusId c = wanted[i];
                const StreetSnap& campus = doors.campuses[c];
                router.search_to(campus, spaces[worker]);
                for (HomeId h : doors.homes.ids()) {
                  if (lent.has(h, c)) continue;
                  uint32_t ms = router.door_to_door_ms(doors.homes[h], campus, spaces[worker]);
                  table.set_decisec(h, c, rounded_decisec(ms));
                }
              });
}

/// The same figures by sweeps, some campuses at a time so that rows take little memory.
void fill_by_sweeps(const std::shared_ptr<const StreetRouter>& router, const Doors& doors,
                    const std::vector<CampusId>& wanted, const Lending& lent, unsigned threads,
                    TravelTable& table, Progress& progress) {
  progress.step("street hierarchy", 0.0);
  std::vector<StreetSnap> homes(doors.homes.begin(), doors.homes.end());
  HomeSweep sweep(router, homes, threads);
  std::vector<uint32_t> rows;
  for (std::size_t begin = 0; begin < wanted.size(); begin += kCampusesAtOnce) {
    progress.step("ways to campuses",
                  static_cast<double>(begin) / static_cast<double>(wanted.size()));
    std::vector<StreetSnap> campuses;
    for (std::size_t i = begin; i < std::min(begin + kCampusesAtOnce, wanted.size()); ++i) {
      campuses.push_back(doors.campuses[wanted[i]]);
    }
    rows.resize(campuses.size() * homes.size());
    sweep.to_campuses(campuses, rows);
    for (HomeId h : doors.homes.ids()) {
      for (std::size_t i = 0; i < campuses.size(); ++i) {
        CampusId c = wanted[begin + i];
        if (!lent.has(h, c)) table.set_decisec(h, c, rows[i * homes.size() + h.index]);
      }
    }
  }
}

}  // namespace

uint32_t rounded_decisec(uint32_t ms) {
  return ms == kNoTime ? TravelTable::kUnreachable
                       : static_cast<uint32_t>((uint64_t{ms} + 50) / 100);
}

void report_doors(const Place& place, const Lending& lent,
                  const IdVector<HomeId, StreetSnap>& homes,
                  const IdVector<CampusId, StreetSnap>& campuses, Diagnostics& findings) {
  report_snaps(new_doors(place, lent, homes, campuses), findings);
}

IdVector<HomeId, StreetSnap> snap_homes(const Place& place, const StreetRouter& router,
                                        unsigned threads, Progress& progress) {
  IdVector<HomeId, StreetSnap> homes(place.homes.size());
  std::size_t blocks = (homes.size() + kSnapBlock - 1) / kSnapBlock;
  in_parallel(blocks, threads, "doors on streets", progress, [&](std::size_t block, unsigned) {
    std::size_t end = std::min((block + 1) * kSnapBlock, homes.size());
    for (std::size_t i = block * kSnapBlock; i < end; ++i) {
      homes[HomeId(i)] = router.snap(place.homes[HomeId(i)].at);
    }
  });
  return homes;
}

void fill_streets(const Place& place, const std::shared_ptr<const StreetRouter>& router,
                  const Lending& lent, unsigned threads, TravelTable& table, Progress& progress,
                  Diagnostics& findings) {
  IdVector<CampusId, StreetSnap> campuses(place.campuses.size());
  for (CampusId c : campuses.ids()) campuses[c] = router->snap(place.campuses[c].at);
  IdVector<HomeId, StreetSnap> homes = snap_homes(place, *router, threads, progress);

  std::vector<CampusId> wanted;
  bool all_homes = lent.all_homes();
  for (CampusId c : campuses.ids()) {
    if (!lent.campuses[c].valid() || !all_homes) wanted.push_back(c);
  }
  Doors doors{homes, campuses};
  bool sweeps = wanted.size() >= (router->has_hierarchy() ? kSweepAtOnce : kSweepFromNothing);
  if (sweeps) {
    fill_by_sweeps(router, doors, wanted, lent, threads, table, progress);
    if (std::string note = router->hierarchy_note(); !note.empty()) {
      findings.add({Severity::Info,
                    "travel.cache_not_used",
                    "the street hierarchy was built anew: the stored " + note,
                    {},
                    {},
                    {}});
    }
  } else {
    fill_by_searches(*router, doors, wanted, lent, threads, table, progress);
  }
  report_doors(place, lent, homes, campuses, findings);
  bool whole = !all_homes || wanted.size() == campuses.size();  // an edit's report is of its own
  if (whole) report_crossings(*router, homes, campuses, findings);
  report_cut_off(place, lent, table, findings);
}

}  // namespace doorstep
