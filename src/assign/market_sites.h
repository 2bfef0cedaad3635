#pragma once
// Both kinds of market as sites, for work that is the same on either: rows written one by one
// (clearing.h), and rows of homes (site_market.h). What a mark adds to a site's weight is told
// once.

#include "assign/site_market.h"

namespace doorstep {

/// A market of single rows, each a site of its own.
class RowSites {
 public:
  struct Scratch {};
  explicit RowSites(const Market& market) : market_(market) {}
  [[nodiscard]] const Market& units() const { return market_; }
  [[nodiscard]] std::size_t sites() const { return market_.rows(); }
  [[nodiscard]] std::size_t rows() const { return market_.rows(); }
  [[nodiscard]] SiteView at(std::size_t site, Scratch&) const {
    const std::size_t first = market_.first_option[site];
    return {market_.weight.data() + first, market_.cell.data() + first,
            market_.first_option[site + 1] - first, site, site + 1};
  }
  /// Calls what(unit) for each option; cheaper than a view.
  template <class What>
  void for_units(std::size_t site, const What& what) const {
    for (std::size_t i = market_.first_option[site]; i < market_.first_option[site + 1]; ++i)
      what(market_.unit(i));
  }
  [[nodiscard]] std::size_t rows_of(std::size_t) const { return 1; }
  [[nodiscard]] double pupils(std::size_t row) const { return market_.pupils[row]; }
  [[nodiscard]] std::span<const RowMark> marks_of(std::size_t) const { return {}; }
  [[nodiscard]] double factor(const RowMark&) const { return 1.0; }

 private:
  const Market& market_;
};

/// A market by sites as it is.
class HomeSites {
 public:
  using Scratch = SiteMarket::Scratch;
  explicit HomeSites(const SiteMarket& market) : market_(market) {}
  [[nodiscard]] const Market& units() const { return market_.units; }
  [[nodiscard]] std::size_t sites() const { return market_.sites(); }
  [[nodiscard]] std::size_t rows() const { return market_.rows(); }
  [[nodiscard]] SiteView at(std::size_t site, Scratch& scratch) const {
    return market_.at(site, scratch);
  }
  template <class What>
  void for_units(std::size_t site, const What& what) const {
    const SlotPattern& pattern = *market_.pattern;
    for (uint32_t slot = pattern.first[site]; slot < pattern.first[site + 1]; ++slot)
      what(market_.seats.unit_of[pattern.campus[slot]]);
  }
  [[nodiscard]] std::size_t rows_of(std::size_t site) const {
    return market_.first_row[site + 1] - market_.first_row[site];
  }
  [[nodiscard]] double pupils(std::size_t row) const { return market_.pupils[row]; }
  [[nodiscard]] std::span<const RowMark> marks_of(std::size_t row) const {
    return market_.marks_of(row);
  }
  [[nodiscard]] double factor(const RowMark& mark) const { return market_.factor[mark.pulls]; }

 private:
  const SiteMarket& market_;
};

/// What a row's mark adds to the weight that its site has at the option.
template <class Sites>
[[nodiscard]] double pulled(const Sites& sites, const SiteView& v, const RowMark& mark) {
  return v.weight[mark.option] * (sites.factor(mark) - 1.0);
}

}  // namespace doorstep
