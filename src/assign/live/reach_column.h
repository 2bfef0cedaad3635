#pragma once
// The column of a campus on the streets, for the capacity optimum: a reach of the sweep.

#include <memory>

#include "assign/live/column.h"
#include "network/home_reach.h"

namespace doorstep::live {

class ReachColumn final : public Column {
 public:
  /// Pre: the sweep's homes are those of the optimum, in its order. `longest`: ways beyond it are
  /// none. Units: deciseconds
  explicit ReachColumn(const HomeSweep& sweep, uint32_t longest = 0xFFFFFFFFu)
      : reach_(sweep.reach(kNowhere, longest)) {}

  /// Where the campus will stand from begin() on.
  void put(const StreetSnap& campus) { next_ = campus; }

  void begin() override { reach_->start(next_); }
  void within(std::span<const uint32_t> limit, uint32_t less) override {
    reach_->within(limit, less);
  }
  void settle(std::size_t home) override { reach_->settle(home); }
  void complete() override { reach_->complete(); }
  [[nodiscard]] std::span<const uint32_t> ds() const override { return reach_->ds(); }
  [[nodiscard]] bool exact(std::size_t home) const override { return reach_->exact(home); }
  [[nodiscard]] std::size_t homes_exact() const { return reach_->homes_exact(); }

 private:
  static constexpr uint32_t kNowhere = 0x80000000u;
  std::unique_ptr<HomeReach> reach_;
  StreetSnap next_;
};

}  // namespace doorstep::live
