#include "network/near_ways.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "network/parallel.h"

namespace doorstep {
namespace {

constexpr std::size_t kHomesPerBlock = 2048;

/// Campuses by square cells as wide as the farthest way, so that what is near lies in nine of them.
class CampusGrid {
 public:
  CampusGrid(const std::vector<Xy>& campuses, double cell_m) {
    for (const Xy& at : campuses) box_.add(at);
    cell_m_ = std::max({cell_m, 1.0, box_.width() / kMostCells, box_.height() / kMostCells});
    columns_ = static_cast<std::size_t>(box_.width() / cell_m_) + 1;
    rows_ = static_cast<std::size_t>(box_.height() / cell_m_) + 1;
    start_.assign(columns_ * rows_ + 1, 0);
    for (const Xy& at : campuses) ++start_[cell(column(at.x), row(at.y)) + 1];
    for (std::size_t i = 1; i < start_.size(); ++i) start_[i] += start_[i - 1];
    ids_.resize(campuses.size());
    std::vector<uint32_t> next(start_.begin(), start_.end() - 1);
    for (uint32_t c = 0; c < campuses.size(); ++c)
      ids_[next[cell(column(campuses[c].x), row(campuses[c].y))]++] = c;
  }

  template <class What>
  void for_near(Xy at, const What& what) const {
    if (ids_.empty()) return;
    const std::size_t x = column(at.x), y = row(at.y);
    for (std::size_t r = y - (y > 0); r <= std::min(y + 1, rows_ - 1); ++r)
      for (std::size_t c = x - (x > 0); c <= std::min(x + 1, columns_ - 1); ++c)
        for (uint32_t i = start_[cell(c, r)]; i < start_[cell(c, r) + 1]; ++i)
          what(CampusId(ids_[i]));
  }

 private:
  static constexpr double kMostCells = 4096.0;  // along one side

  [[nodiscard]] std::size_t column(double x) const { return along(x - box_.min.x, columns_); }
  [[nodiscard]] std::size_t row(double y) const { return along(y - box_.min.y, rows_); }
  [[nodiscard]] std::size_t along(double metres, std::size_t cells) const {
    return static_cast<std::size_t>(
        std::clamp(metres / cell_m_, 0.0, static_cast<double>(cells - 1)));
  }
  [[nodiscard]] std::size_t cell(std::size_t column, std::size_t row) const {
    return row * columns_ + column;
  }

  Box box_;
  double cell_m_ = 1.0;
  std::size_t columns_ = 1;
  std::size_t rows_ = 1;
  std::vector<uint32_t> start_;
  std::vector<uint32_t> ids_;
};

/// A run of homes with rows of its own, put together when all are done.
struct Block {
  std::vector<Way> ways;
  std::vector<uint32_t> sizes;
};

void add_rows(const FarWays& far, const CampusGrid& grid, const std::vector<GivenWay>& given,
              uint32_t reach_ds, std::size_t from, std::size_t to, Block& out) {
  auto at = std::ranges::lower_bound(given, HomeId(from), {}, &GivenWay::home);
  // What is farther than any way within reach needs no look; a little more for rounding.
  const double farthest_m = far.farthest_m(reach_ds) * (1.0 + 1e-9);
  const double beyond = farthest_m * farthest_m;
  for (std::size_t h = from; h < to; ++h) {
    const HomeId home(h);
    const std::size_t begin = out.ways.size();
    grid.for_near(far.homes[h], [&](CampusId c) {
      const double dx = far.campuses[c.index].x - far.homes[h].x;
      const double dy = far.campuses[c.index].y - far.homes[h].y;
      if (dx * dx + dy * dy > beyond || far.lacks(home, c)) return;
      const uint32_t ds = far.decisec(home, c);
      if (ds <= reach_ds) out.ways.push_back({c, ds});
    });
    for (; at != given.end() && at->home == home; ++at) out.ways.push_back(at->way);
    std::sort(out.ways.begin() + static_cast<std::ptrdiff_t>(begin), out.ways.end());
    out.sizes.push_back(static_cast<uint32_t>(out.ways.size() - begin));
  }
}

}  // namespace

const Way* NearWays::find(HomeId h, CampusId c) const {
  const auto ways_of = row(h);
  const auto at = std::ranges::lower_bound(ways_of, c, {}, &Way::campus);
  return at != ways_of.end() && at->campus == c ? &*at : nullptr;
}

uint32_t FarWays::decisec(HomeId h, CampusId c) const {
  const Metres straight(distance_m(homes[h.index], campuses[c.index]));
  const Minutes m =
      min_per_km > 0.0 ? Minutes(straight.value / 1000.0 * min_per_km) : straight * detour / speed;
  return static_cast<uint32_t>(std::llround(m.value * 600.0));
}

double FarWays::farthest_m(uint32_t ds) const {
  const double minutes = (ds + 1.0) / 600.0;
  return min_per_km > 0.0 ? minutes / min_per_km * 1000.0 : minutes * speed.value / detour;
}

NearWays near_ways(const FarWays& far, const std::vector<GivenWay>& given, uint32_t reach_ds,
                   Progress& progress) {
  const CampusGrid grid(far.campuses, far.farthest_m(reach_ds));
  const std::size_t homes = far.homes.size();
  std::vector<Block> blocks((homes + kHomesPerBlock - 1) / kHomesPerBlock);
  in_parallel(blocks.size(), 0, "ways near by", progress, [&](std::size_t b, unsigned) {
    add_rows(far, grid, given, reach_ds, b * kHomesPerBlock,
             std::min(homes, (b + 1) * kHomesPerBlock), blocks[b]);
  });
  NearWays out;
  out.reach_ds = reach_ds;
  out.first.reserve(homes + 1);
  out.first.push_back(0);
  for (const Block& block : blocks)
    for (uint32_t size : block.sizes) out.first.push_back(out.first.back() + size);
  out.ways.reserve(out.first.back());
  for (Block& block : blocks) {
    out.ways.insert(out.ways.end(), block.ways.begin(), block.ways.end());
    block = Block();
  }
  return out;
}

uint32_t limit_decisec(Minutes limit) {
  constexpr double kMost = std::numeric_limits<uint32_t>::max() - 1.0;
  return static_cast<uint32_t>(std::clamp(limit.value * 600.0 + 1e-6, 0.0, kMost));
}

}  // namespace doorstep
