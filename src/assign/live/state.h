#pragma once
// What the capacity optimum keeps between answers: the matrix, prices, bands, exchange lists and
// bounds, and the invariants that every step hands to the next.
//
// Prices λ ≥ 0 of campuses and values u_i = min_j (t_ij + λ_j) of homes, as keyed costs (ArcCost).
// Every flow lies on an arc with t_ij + λ_j = u_i among the arcs in i's band. An answer is optimal
// when moreover no campus holds more than its seats, a campus with free seats has price 0, and no
// arc outside the bands is cheaper (certificate.cpp).

#include <memory>
#include <span>
#include <vector>

#include "assign/live/arc_cost.h"
#include "assign/live/band.h"
#include "assign/live/column.h"
#include "assign/live/exchange_lists.h"

namespace doorstep::live {

/// Internal mark of "no way": above every price and cost, and a sum of both still fits 32 bits.
constexpr uint32_t kNoWay = 0x80000000u;
/// Added to a row's entry it is no candidate, and the sum does not wrap.
constexpr uint32_t kHidden = 0x7FFFFFFFu;
/// Homes that share a bound's accumulated fall. Neighbours should stand next to each other.
constexpr std::size_t kBlock = 128;

struct State {
  State(std::size_t homes_in, std::size_t stride_in, ArcCost cost_in, std::size_t band_in);

  std::size_t homes;
  std::size_t stride;        ///< columns of the matrix; node `stride` is being without a seat
  std::size_t campuses = 0;  ///< columns in use
  ArcCost cost;
  std::vector<uint32_t> ds;  ///< homes × stride, kNoWay where there is no way
  std::vector<int64_t> supply;
  std::vector<uint64_t> home_key;
  std::vector<uint64_t> campus_key;
  std::vector<int64_t> capacity;
  std::vector<int64_t> load;

  std::vector<int64_t> price;
  std::vector<int64_t> certified;  ///< prices for which the bounds hold
  /// Floor of min(price, certified), for passes over rows; kHidden for the dragged campus, whose
  /// matrix entries do not hold. Units: deciseconds
  std::vector<uint32_t> low;
  uint32_t dragged_low = 0;  ///< the dragged campus's own
  uint32_t margin = 1;       ///< width T of a band. Units: deciseconds

  std::size_t band_size;        ///< most entries of a band
  std::vector<BandEntry> band;  ///< homes × band_size
  std::vector<uint16_t> band_count;
  ExchangeLists lists;
  std::vector<std::vector<uint32_t>> members;  ///< homes with pupils at a campus, any order

  /// A lower bound of t + λ over the campuses outside the band but the dragged one, plus the fall
  /// of its block when it was taken: it holds while bound − fall ≥ value (Hamerly 2010).
  std::vector<uint32_t> bound;
  std::vector<uint32_t> value;  ///< u_i, rounded up
  std::vector<uint32_t> fall;   ///< accumulated fall of prices that matter to a block
  std::vector<uint32_t> top;    ///< largest bound in a block
  std::vector<uint32_t> least;  ///< smallest cost of each campus in each block, blocks × stride

  static constexpr uint32_t kNone = 0xFFFFFFFFu;
  uint32_t dragged = kNone;          ///< the campus whose column stands apart
  std::vector<uint32_t> dragged_ds;  ///< its column, where none is worked out as needed
  std::shared_ptr<Column> column;    ///< else this one
  /// Columns set down whose matrix entries are not all written yet, and how far they are.
  struct Loose {
    uint32_t campus = 0;
    std::size_t written = 0;  ///< homes before this one are in the matrix
    std::vector<uint32_t> ds;
  };
  std::vector<Loose> loose;

  int64_t total = 0;  ///< pupils × deciseconds, modulo 2⁶⁴
  std::vector<OldFlow> journal;
  std::vector<uint32_t> journal_mark;  ///< by home: the epoch it was last written in
  uint32_t epoch = 1;
  std::vector<uint32_t> changed_homes;
  std::vector<uint8_t> campus_changed;
  std::vector<uint32_t> changed_campuses;
  Work work;

  [[nodiscard]] uint32_t without_seat() const { return static_cast<uint32_t>(stride); }
  [[nodiscard]] std::size_t blocks() const { return fall.size(); }
  [[nodiscard]] std::span<BandEntry> band_of(std::size_t home) {
    return {&band[home * band_size], band_count[home]};
  }
  [[nodiscard]] std::span<const BandEntry> band_of(std::size_t home) const {
    return {&band[home * band_size], band_count[home]};
  }
  /// The entry of a campus in a home's band; null where it is not known.
  [[nodiscard]] BandEntry* find(std::size_t home, uint32_t campus);
  [[nodiscard]] int64_t value_at(const BandEntry& e) const { return e.cost + price[e.campus]; }
  [[nodiscard]] int64_t cost_of(std::size_t home, uint32_t campus, uint32_t decisec) const {
    return campus == without_seat() ? cost.unplaced()
                                    : cost.of(decisec, home_key[home], campus_key[campus]);
  }
  /// What the case says of a pair, wherever it stands. Units: deciseconds, kNoWay
  [[nodiscard]] uint32_t decisec(std::size_t home, uint32_t campus);
  /// The column of the dragged campus, by home: ways, and bounds where they cannot matter.
  [[nodiscard]] const uint32_t* dragged_column() const {
    return column ? column->ds().data() : dragged_ds.data();
  }
  [[nodiscard]] bool dragged_exact(std::size_t home) const {
    return !column || column->exact(home);
  }
  /// The dragged campus's ways exact wherever they are at most the home's value − `less`.
  void reach_dragged(uint32_t less) {
    if (column) column->within(value, less);
  }
  /// All of them exact, in `dragged_ds`.
  void complete_dragged();
  /// The longest way that costs have room for.
  [[nodiscard]] uint32_t most_ds() const {
    return cost.unplaced_ds() / (static_cast<uint32_t>(stride) + 2) - 1;
  }
  [[nodiscard]] bool has_room(uint32_t campus) const { return load[campus] < capacity[campus]; }

  /// Sends `delta` more pupils (or fewer) along an entry; keeps loads, members and lists.
  void add_flow(std::size_t home, BandEntry& entry, int64_t delta);
  /// Makes a campus known to a home. Evicts the dearest entry without flow where the band is full.
  /// Throws: BandFull where every entry has flow; the state is then good for its inputs only.
  BandEntry& insert_entry(std::size_t home, uint32_t campus, uint32_t decisec);
  /// Pre: no flow on it.
  void remove_entry(std::size_t home, uint32_t campus);
  void renew_low(uint32_t campus);
  void set_price(uint32_t campus, int64_t value_now);
  void note_change(uint32_t campus);
  /// The matrix row, with loose columns written into it.
  const uint32_t* row(std::size_t home);
};

}  // namespace doorstep::live
