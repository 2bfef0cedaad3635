// Layers that claim WGS 84 but carry the shift of a Chinese web map: told by how they fit the
// other layers, asked about, and mended only once that is confirmed.

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "geo/crs.h"
#include "geo/shift_evidence.h"
#include "intake/making.h"

namespace doorstep::intake {
namespace {

const char* datum_name(Shift shift) {
  return shift == Shift::Gcj02 ? "gcj02" : shift == Shift::Bd09 ? "bd09" : "wgs84";
}

/// What another layer shows, to hold this one against.
std::vector<MultiPolygon> areas_of(const SourceLayer& layer) {
  std::vector<MultiPolygon> out;
  for (const io::Shape& s : layer.table.shapes)
    if (!s.areas.empty()) out.push_back(s.areas);
  return out;
}

std::vector<Xy> points_of(const SourceLayer& layer) {
  std::vector<Xy> out;
  for (const auto& at : layer.at)
    if (at) out.push_back(*at);
  return out;
}

/// The strongest evidence that some other layer gives against a layer.
ShiftEvidence evidence_of(const Making& making, const SourceLayer& layer, std::string& against) {
  ShiftEvidence best;
  Crs plane(making.crs);
  auto weigh = [&](const ShiftEvidence& found, const std::string& name) {
    if (found.verdict != ShiftVerdict::Shifted || best.verdict == ShiftVerdict::Shifted) return;
    best = found;
    against = name;
  };
  std::vector<MultiPolygon> own = areas_of(layer);
  for (const SourceLayer& other : making.layers) {
    if (&other == &layer || other.at.empty()) continue;
    std::vector<MultiPolygon> areas = areas_of(other);
    if (areas.empty()) continue;
    if (!own.empty())
      weigh(weigh_shift(own, areas, plane), other.shown);
    else
      weigh(weigh_shift_inside(points_of(layer), areas, plane), other.shown);
  }
  if (own.empty() && making.osm) {
    std::vector<Xy> schools;
    for (const io::OsmSchool& s : making.osm->schools) schools.push_back(s.at);
    weigh(weigh_shift(points_of(layer), schools, {}, plane), "the extract's schools");
  }
  return best;
}

void unshift(Making& making, SourceLayer& layer, const std::string& datum) {
  layer.datum = datum;
  // What was brought to the place as if it were WGS 84 goes back through degrees.
  io::PointMover move(making.crs, datum, making.crs, layer.shown);
  for (auto& at : layer.at)
    if (at) at = move(*at);
  for (io::Shape& shape : layer.table.shapes) {
    for (Xy& p : shape.points) p = move(p);
    for (Polyline& line : shape.lines)
      for (Xy& p : line) p = move(p);
    for (Polygon& polygon : shape.areas) {
      for (Xy& p : polygon.outer) p = move(p);
      for (Ring& hole : polygon.holes)
        for (Xy& p : hole) p = move(p);
    }
  }
}

}  // namespace

void settle_shifts(Making& making) {
  for (SourceLayer& layer : making.layers) {
    if (!layer.used || layer.at.empty() || layer.crs.empty()) continue;
    if (!making.answer(layer.shown + ".datum").empty() || !Crs(layer.crs).is_geographic()) continue;
    std::string against;
    ShiftEvidence found = evidence_of(making, layer, against);
    if (found.verdict != ShiftVerdict::Shifted) continue;
    std::string datum = datum_name(found.likely);
    Guess guess{layer.shown + ".datum",
                "coordinates",
                datum,
                0.85,
                fmt::format("held against {}: {}", against, found.sentence),
                false};
    layer.system_guesses.push_back(guess);
    making.ask(guess, fmt::format("{} claims WGS 84 but lies {:.0f} m off {}: is it {}?",
                                  layer.shown, found.off_m, against, datum));
    making.draft.findings.warning(
        "layer-shifted",
        fmt::format("claims WGS 84 but fits {} as {}: {}", against, datum, found.sentence),
        {layer.shown, 0, ""},
        "it is taken so; say --confirm " + guess.key + "=wgs84 to leave it where it is");
    unshift(making, layer, datum);
  }
}

}  // namespace doorstep::intake
