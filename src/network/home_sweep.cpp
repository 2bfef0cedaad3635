#include "network/home_sweep.h"

#include <vector>

#include "base/error.h"
#include "network/parallel.h"
#include "network/travel_table.h"

namespace doorstep {
namespace {

uint32_t rounded_decisec(uint32_t ms) {
  return ms == kNoTime ? TravelTable::kUnreachable
                       : static_cast<uint32_t>((uint64_t{ms} + 50) / 100);
}

}  // namespace

struct HomeSweep::Prepared {
  std::shared_ptr<const StreetRouter> router;
  std::vector<StreetSnap> homes;
  unsigned threads = 1;

  void row(const StreetSnap& campus, SearchSpace& space, std::span<uint32_t> ds) const {
    router->search_to(campus, space);
    for (std::size_t h = 0; h < homes.size(); ++h) {
      ds[h] = rounded_decisec(router->door_to_door_ms(homes[h], campus, space));
    }
  }
};

HomeSweep::HomeSweep(std::shared_ptr<const StreetRouter> router, std::span<const StreetSnap> homes,
                     unsigned threads)
    : prepared_(std::make_unique<const Prepared>(
          Prepared{std::move(router), {homes.begin(), homes.end()}, threads})) {}
HomeSweep::~HomeSweep() = default;
HomeSweep::HomeSweep(HomeSweep&&) noexcept = default;
HomeSweep& HomeSweep::operator=(HomeSweep&&) noexcept = default;

std::size_t HomeSweep::homes() const { return prepared_->homes.size(); }
const StreetRouter& HomeSweep::router() const { return *prepared_->router; }

void HomeSweep::to_campus(const StreetSnap& campus, std::span<uint32_t> ds) const {
  DOORSTEP_ASSERT(ds.size() == homes());
  SearchSpace space;
  prepared_->row(campus, space, ds);
}

void HomeSweep::to_campuses(std::span<const StreetSnap> campuses, std::span<uint32_t> ds) const {
  DOORSTEP_ASSERT(ds.size() == campuses.size() * homes());
  std::vector<SearchSpace> spaces(workers_for(campuses.size(), prepared_->threads));
  Progress silent;
  in_parallel(campuses.size(), prepared_->threads, "ways to campuses", silent,
              [&](std::size_t i, unsigned worker) {
                prepared_->row(campuses[i], spaces[worker], ds.subspan(i * homes(), homes()));
              });
}

}  // namespace doorstep
