#pragma once
// Where campuses stand: sites drawn far apart among the pupils (Arthur & Vassilvitskii 2007,
// "k-means++"), then settled in their middle (Lloyd 1982, "Least squares quantization in PCM").

#include <span>

#include "geo/spatial_index.h"
#include "synth/plan.h"

namespace doorstep::synth {

/// Blocks of the core and its edge; towns and villages are the country.
[[nodiscard]] constexpr bool is_urban(Zone z) {
  return z == Zone::Core || z == Zone::NewSide || z == Zone::Edge;
}

/// Sites among the homes of one side of the divide (urban or not). Refers to plan and pupils.
class Siting {
 public:
  /// `pupils` by home of the plan.
  Siting(const Plan& plan, const std::vector<double>& pupils, bool urban, RandomKey key);

  /// Homes of this side, ascending.
  [[nodiscard]] const std::vector<std::size_t>& homes() const { return homes_; }

  /// `fixed` sites stay where they are; others are added up to `count` and settle among the pupils.
  /// A site with more than `largest` pupils gets a neighbour.
  /// Cost: O(count · homes) to draw, O(rounds · homes · log count) to settle.
  [[nodiscard]] std::vector<Xy> sites(const std::vector<Xy>& fixed, std::size_t count,
                                      double largest) const;

  /// The nearest site of each home of this side, in the order of homes().
  [[nodiscard]] std::vector<std::size_t> nearest_sites(std::span<const Xy> sites) const;

  /// The nearest home of this side. Pre: there is one.
  [[nodiscard]] std::size_t nearest_home(Xy at) const;

 private:
  void draw_far_apart(std::vector<Xy>& sites, std::size_t count) const;
  void settle(std::vector<Xy>& sites, std::size_t fixed) const;

  const Plan& plan_;
  const std::vector<double>& pupils_;
  RandomKey key_;
  bool urban_;
  std::vector<std::size_t> homes_;
  std::vector<Xy> points_;  ///< of homes_
  PointIndex index_;        ///< of points_
};

}  // namespace doorstep::synth
