#pragma once
// The ways from all homes to the campus in hand, worked out as far as they can matter: whoever is
// better off elsewhere need not be known to the decisecond.

#include <cstdint>
#include <span>

namespace doorstep::live {

class Column {
 public:
  virtual ~Column() = default;
  /// From now on the campus stands at its new place; until then figures are of the one before.
  /// ds() is valid again after within() or complete().
  virtual void begin() = 0;
  /// Afterwards a home whose way is at most limit[i] − less is exact; any other's figure is above
  /// that and no more than its way. May be asked for more until the next begin().
  virtual void within(std::span<const uint32_t> limit, uint32_t less) = 0;
  /// One home exact, or all.
  virtual void settle(std::size_t home) = 0;
  virtual void complete() = 0;
  /// Shape: homes. Units: deciseconds; 0x80000000 where there is no way.
  [[nodiscard]] virtual std::span<const uint32_t> ds() const = 0;
  [[nodiscard]] virtual bool exact(std::size_t home) const = 0;
};

}  // namespace doorstep::live
