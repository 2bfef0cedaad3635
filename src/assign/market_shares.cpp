#include "assign/market_shares.h"

#include <tbb/parallel_for.h>

#include <algorithm>

namespace doorstep {

namespace {

/// Runs of rows with sums of their own; their number is fixed, never that of the threads.
constexpr std::size_t kBlocks = 32;

struct Sums {
  std::vector<double> admitted, refused, applicants;
};

bool open_to_all(const Market& m, const Clearing& clearing, std::size_t first, std::size_t last) {
  for (std::size_t i = first; i < last; ++i)
    if (clearing.limit[m.index_of(m.cell[i])] < 1.0) return false;
  return true;
}

void add_row(const Market& m, const Clearing& clearing, std::size_t row, RowShares& shares,
             std::vector<double>& share, Sums& sums) {
  const std::size_t first = m.first_option[row], last = m.first_option[row + 1];
  const double pupils = m.pupils[row];
  if (open_to_all(m, clearing, first, last)) {  // as row_shares, most often
    double open = 0.0;
    for (std::size_t i = first; i < last; ++i) open += m.weight[i];
    const double per_weight = 1.0 / open;
    for (std::size_t i = first; i < last; ++i) share[i] = m.weight[i] * per_weight;
  } else {
    row_shares(m, clearing, row, shares);
    for (std::size_t i = first; i < last; ++i) {
      share[i] = shares.share[i - first];
      sums.refused[m.unit(i)] += pupils * shares.refused[i - first];
    }
  }
  for (std::size_t i = first; i < last; ++i) {
    sums.admitted[m.unit(i)] += pupils * share[i];
    sums.applicants[m.index_of(m.cell[i])] += pupils;
  }
}

void add_up(std::vector<double>& to, const std::vector<double>& more) {
  for (std::size_t i = 0; i < to.size(); ++i) to[i] += more[i];
}

}  // namespace

MarketShares market_shares(const Market& market, const Clearing& clearing) {
  MarketShares out;
  const std::size_t units = market.seats.size();
  const Sums none{std::vector<double>(units), std::vector<double>(units),
                  std::vector<double>(units * market.ranks)};
  out.share.resize(market.cell.size());
  out.admitted = none.admitted;
  out.refused = none.refused;
  out.applicants = none.applicants;
  const std::size_t blocks = std::clamp<std::size_t>(market.rows() / 4096, 1, kBlocks);
  std::vector<Sums> sums(blocks, none);
  tbb::parallel_for(std::size_t{0}, blocks, [&](std::size_t b) {
    RowShares scratch;
    for (std::size_t row = market.rows() * b / blocks; row < market.rows() * (b + 1) / blocks;
         ++row)
      add_row(market, clearing, row, scratch, out.share, sums[b]);
  });
  for (const Sums& s : sums) {
    add_up(out.admitted, s.admitted);
    add_up(out.refused, s.refused);
    add_up(out.applicants, s.applicants);
  }
  return out;
}

}  // namespace doorstep
