#include <fmt/format.h>

#include <span>

#include "base/error.h"
#include "geo/control_points.h"
#include "geo/crs.h"
#include "io/table/table.h"

namespace doorstep::io {

PointMover::PointMover(const std::string& from, const std::string& datum, const std::string& to,
                       const std::string& where) {
  from_baidu_plane_ = datum == "bd09mc";
  if (datum != "wgs84" && datum != "gcj02" && datum != "bd09" && !from_baidu_plane_)
    throw Error(fmt::format("unknown datum \"{}\"", datum), where,
                "use wgs84, gcj02, bd09 or bd09mc");
  shift_ = datum == "gcj02" ? Shift::Gcj02 : datum == "wgs84" ? Shift::None : Shift::Bd09;
  try {
    // A shifted datum is only defined on degrees, so such a layer goes through WGS84.
    if (shift_ != Shift::None) {
      // Baidu's plane is no system of PROJ; its own polynomial leads back to degrees.
      if (!from_baidu_plane_)
        to_degrees_ = std::make_shared<Transformer>(Crs(from), Crs("EPSG:4326"));
      to_place_ = std::make_shared<Transformer>(Crs("EPSG:4326"), Crs(to));
    } else if (from != to) {
      to_place_ = std::make_shared<Transformer>(Crs(from), Crs(to));
    }
  } catch (const Error& e) {
    throw Error(e.what(), where, e.hint());
  }
}

void PointMover::operator()(std::span<Xy> points) const {
  if (grid_)
    for (Xy& p : points) p = grid_->to_place(p);
  if (to_degrees_) to_degrees_->transform(points);
  if (shift_ != Shift::None)
    for (Xy& p : points) {
      LonLat given = from_baidu_plane_ ? bd09mc_to_bd09(p) : LonLat{p.x, p.y};
      LonLat wgs = unshifted(given, shift_);
      p = {wgs.lon, wgs.lat};
    }
  if (to_place_) to_place_->transform(points);
}

Xy PointMover::operator()(Xy p) const {
  (*this)(std::span(&p, 1));
  return p;
}

}  // namespace doorstep::io
