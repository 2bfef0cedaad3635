#include "geo/positions.h"

#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "base/error.h"

namespace doorstep {

namespace {

constexpr const char* kWgs84 = "EPSG:4326";

/// The text that PROJ reads; our short names stand for codes.
std::string for_proj(const std::string& user_text) {
  std::string name = lower_ascii(trimmed(user_text));
  if (shift_named(name)) return kWgs84;
  if (name == "cgcs2000") return "EPSG:4490";
  return user_text;
}

Crs known(const std::string& user_text) {
  try {
    return Crs(for_proj(user_text));
  } catch (const Error& e) {
    std::string near = closest(lower_ascii(user_text), {"wgs84", "gcj02", "bd09", "bd09mc"});
    throw Error("unknown coordinate system", e.where(),
                near.empty() ? e.hint() : "did you mean " + near + "?");
  }
}

/// Where a Baidu plane or degrees can be at all; beyond it the formulas run wild.
bool on_earth(Xy p, Shift shift) {
  if (shift == Shift::Bd09mc) return std::abs(p.x) <= 20040000.0 && std::abs(p.y) <= 12500000.0;
  return std::abs(p.x) <= 360.0 && std::abs(p.y) <= 90.0;
}

}  // namespace

PositionSystem::PositionSystem(const std::string& user_text)
    : shift_(shift_named(user_text).value_or(Shift::None)), crs_(known(user_text)) {}

PositionPath::PositionPath(const PositionSystem& from, const PositionSystem& to)
    : from_(from.shift()), to_(to.shift()) {
  if (from_ == Shift::None && to_ == Shift::None) {
    before_.emplace(from.crs(), to.crs());
    return;
  }
  Crs wgs84(kWgs84);
  if (from_ == Shift::None) before_.emplace(from.crs(), wgs84);
  if (to_ == Shift::None) after_.emplace(wgs84, to.crs());
}

std::size_t PositionPath::transform(std::span<Xy> positions) const {
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  if (from_ == to_ && from_ != Shift::None) return 0;
  if (before_) before_->transform(positions);
  for (Xy& p : positions) {
    if (from_ == Shift::None && to_ == Shift::None) break;
    if (!on_earth(p, from_)) {
      p = {kNan, kNan};
      continue;
    }
    p = shifted(unshifted(p, from_), to_);
  }
  if (after_) after_->transform(positions);
  std::size_t failed = 0;
  for (Xy p : positions) failed += !std::isfinite(p.x) || !std::isfinite(p.y);
  return failed;
}

}  // namespace doorstep
