#pragma once
// Quantities with a unit, as types, where mixing them up would cost.
// Bulk arrays stay plain numbers with the unit in the name (`walk_min`, `area_m2`).

#include <compare>

namespace doorstep {

/// A number with a unit. Quantities of one unit add, compare and scale; two units never mix.
template <class Tag>
struct Quantity {
  double value = 0.0;

  constexpr Quantity() = default;
  constexpr explicit Quantity(double v) : value(v) {}

  constexpr auto operator<=>(const Quantity&) const = default;
  constexpr Quantity operator+(Quantity o) const { return Quantity(value + o.value); }
  constexpr Quantity operator-(Quantity o) const { return Quantity(value - o.value); }
  constexpr Quantity operator*(double k) const { return Quantity(value * k); }
  constexpr Quantity operator/(double k) const { return Quantity(value / k); }
  constexpr double operator/(Quantity o) const { return value / o.value; }
  constexpr Quantity& operator+=(Quantity o) {
    value += o.value;
    return *this;
  }
};

using Metres = Quantity<struct MetresTag>;
using Minutes = Quantity<struct MinutesTag>;
using Pupils = Quantity<struct PupilsTag>;
using MetresPerMinute = Quantity<struct MetresPerMinuteTag>;

constexpr Metres operator*(MetresPerMinute v, Minutes t) { return Metres(v.value * t.value); }
constexpr Minutes operator/(Metres d, MetresPerMinute v) { return Minutes(d.value / v.value); }

/// A calendar year in which a school year begins (autumn).
using Year = int;

}  // namespace doorstep
