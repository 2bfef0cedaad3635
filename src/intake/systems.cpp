// In which system a layer's numbers are: as its file says, as the user says, or as the numbers
// themselves and the other layers suggest; then everything is brought to the place's system.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>

#include "base/error.h"
#include "base/text.h"
#include "geo/crs.h"
#include "geo/crs_guess.h"
#include "geo/polygon.h"
#include "intake/making.h"

namespace doorstep::intake {
namespace {

constexpr const char* kDegrees = "EPSG:4326";

/// The fields that hold a position: lon and lat before x and y.
struct PositionFields {
  const FieldGuess* x = nullptr;
  const FieldGuess* y = nullptr;
  bool named_degrees = false;
};

PositionFields position_fields(const SourceLayer& layer) {
  PositionFields f{layer.field("lon"), layer.field("lat"), true};
  if (f.x != nullptr && f.y != nullptr) return f;
  f = {layer.field("x"), layer.field("y"), false};
  if (f.x == nullptr || f.y == nullptr) return {};
  return f;
}

bool has_shapes(const SourceLayer& layer) {
  return std::ranges::any_of(layer.table.shapes, [](const io::Shape& s) { return !s.empty(); });
}

bool by_fields(const SourceLayer& layer) {
  return !has_shapes(layer) && position_fields(layer).x != nullptr;
}

std::optional<Xy> raw_position(const SourceLayer& layer, const PositionFields& f, std::size_t row) {
  auto x = loose_number(layer.cell(row, f.x->column));
  auto y = loose_number(layer.cell(row, f.y->column));
  if (!x || !y) return std::nullopt;
  return Xy{*x, *y};
}

/// Some positions of a layer as the file has them.
std::vector<Xy> sample_of(const SourceLayer& layer) {
  std::vector<Xy> out;
  PositionFields f = position_fields(layer);
  bool fields = by_fields(layer);
  std::size_t step = std::max<std::size_t>(layer.table.rows() / 400, 1);
  for (std::size_t r = 0; r < layer.table.rows(); r += step) {
    if (fields) {
      if (auto at = raw_position(layer, f, r)) out.push_back(*at);
      continue;
    }
    const io::Shape& shape = layer.table.shapes[r];
    if (!shape.points.empty()) out.push_back(shape.points.front());
    if (!shape.lines.empty()) out.push_back(shape.lines.front().front());
    for (const Polygon& p : shape.areas)
      for (std::size_t i = 0; i < p.outer.size(); i += p.outer.size() / 4 + 1)
        out.push_back(p.outer[i]);
  }
  std::erase_if(out, [](Xy p) { return !std::isfinite(p.x) || !std::isfinite(p.y); });
  return out;
}

Box box_in_degrees(const SourceLayer& layer, const std::string& where) {
  io::PointMover move(layer.crs, layer.datum, kDegrees, where);
  Box box;
  for (Xy p : sample_of(layer)) {
    if (layer.swapped) std::swap(p.x, p.y);
    Xy at = move(p);
    if (std::isfinite(at.x) && std::isfinite(at.y)) box.add(at);
  }
  return box;
}

/// The middle of layers in degrees. Across 180° the mean of 179 and -179 is the wrong side of the
/// globe: there longitudes go on to the east, where that makes them lie closer.
LonLat middle_of(const std::vector<SourceLayer*>& located, const Box& all, bool& across) {
  LonLat middle{all.centre().x, all.centre().y};
  across = false;
  if (all.width() <= 180.0) return middle;
  Box eastward;
  for (const SourceLayer* layer : located) {
    io::PointMover move(layer->crs, layer->datum, kDegrees, layer->shown);
    for (Xy p : sample_of(*layer)) {
      if (layer->swapped) std::swap(p.x, p.y);
      Xy at = move(p);
      if (!std::isfinite(at.x) || !std::isfinite(at.y)) continue;
      eastward.add(Xy{at.x < 0.0 ? at.x + 360.0 : at.x, at.y});
    }
  }
  if (eastward.empty() || eastward.width() >= all.width()) return middle;
  across = true;
  middle.lon = std::remainder(eastward.centre().x, 360.0);
  return middle;
}

bool fits_degrees(const std::vector<Xy>& sample) {
  return std::ranges::all_of(sample,
                             [](Xy p) { return std::abs(p.x) <= 180.0 && std::abs(p.y) <= 90.0; });
}

Guess system_guess(const SourceLayer& layer, const std::string& taken, double confidence,
                   const std::string& evidence, bool confirmed = false) {
  return {layer.shown + ".crs", "coordinates", taken, confidence, evidence, confirmed};
}

/// What the user or the file says; false where neither does.
bool system_said(Making& making, SourceLayer& layer) {
  std::string answer = making.answer(layer.shown + ".crs");
  std::string datum = making.answer(layer.shown + ".datum");
  if (!datum.empty()) layer.datum = datum;
  layer.swapped = making.answer(layer.shown + ".axes") == "yx";
  if (!answer.empty()) {
    layer.crs = answer;
    layer.system_guesses.push_back(system_guess(layer, answer, 1.0, "said by you", true));
    return true;
  }
  std::vector<Xy> sample = sample_of(layer);
  if (!by_fields(layer) && !layer.table.crs.empty()) {
    Crs said(layer.table.crs);
    if (said.is_geographic() && !fits_degrees(sample)) {
      making.draft.findings.warning(
          "crs-wrong", fmt::format("says its numbers are {}, but they are no degrees", said.name()),
          {layer.shown, 0, ""}, "its system is told from the numbers");
    } else {
      layer.crs = layer.table.crs;
      layer.system_guesses.push_back(system_guess(layer, said.name(), 1.0, "the file says so"));
      return true;
    }
  }
  if (!making.request.crs.empty() &&
      !(Crs(making.request.crs).is_geographic() == false && fits_degrees(sample))) {
    layer.crs = making.request.crs;
    layer.system_guesses.push_back(system_guess(layer, layer.crs, 1.0, "said by --crs", true));
    return true;
  }
  if (by_fields(layer) && position_fields(layer).named_degrees && fits_degrees(sample)) {
    layer.crs = kDegrees;
    layer.system_guesses.push_back(system_guess(
        layer, "degrees, WGS 84", 0.9, "fields of longitude and latitude, and values that fit"));
    return true;
  }
  layer.crs.clear();
  return false;
}

/// The share of a sample that lies in a box under a reading.
double share_inside(const std::vector<Xy>& sample, const CrsCandidate& reading, const Box& box,
                    const std::string& where) {
  io::PointMover move(reading.system, "wgs84", kDegrees, where);
  std::size_t inside = 0;
  for (Xy p : sample) {
    if (reading.swapped) std::swap(p.x, p.y);
    inside += box.contains(move(p)) ? 1 : 0;
  }
  return sample.empty() ? 0.0 : static_cast<double>(inside) / static_cast<double>(sample.size());
}

Box grown(Box box, double share) {
  double dx = std::max(box.width() * share, 0.02);
  double dy = std::max(box.height() * share, 0.02);
  return {{box.min.x - dx, box.min.y - dy}, {box.max.x + dx, box.max.y + dy}};
}

/// From the numbers, held against where the other layers lie.
void system_from_numbers(Making& making, SourceLayer& layer, const Box& known) {
  std::vector<Xy> sample = sample_of(layer);
  std::optional<LonLat> near;
  if (!known.empty()) near = LonLat{known.centre().x, known.centre().y};
  CrsGuess guess = guess_crs(sample, near);
  if (guess.candidates.empty())
    throw Error("its coordinates fit no system that is known", layer.shown,
                "give it with --confirm " + layer.shown + ".crs=EPSG:…, or --crs");
  const CrsCandidate* best = &guess.candidates.front();
  double inside = 0.0;
  if (!known.empty())
    for (const CrsCandidate& c : guess.candidates)
      if (double share = share_inside(sample, c, grown(known, 0.25), layer.shown); share > inside) {
        inside = share;
        best = &c;
      }
  layer.crs = best->system;
  layer.swapped = best->swapped;
  bool borne_out = inside >= 0.9;
  std::string evidence = best->reason;
  if (borne_out)
    evidence += fmt::format("; so read, {} of it lies where the other files lie", percent(inside));
  if (best->swapped) evidence += "; the first number is the northing";
  Guess said =
      system_guess(layer, best->system + (best->swapped ? ", axes changed" : ""),
                   borne_out ? std::max(best->confidence, 0.95) : best->confidence, evidence);
  layer.system_guesses.push_back(said);
  if (!borne_out)
    making.ask(said, guess.confirm.empty()
                         ? fmt::format("are the coordinates of {} {}?", layer.shown, best->system)
                         : layer.shown + ": " + guess.confirm);
}

void move_shape(io::Shape& shape, const io::PointMover& move, bool swapped) {
  auto carry = [&](Xy& p) {
    if (swapped) std::swap(p.x, p.y);
    p = move(p);
  };
  for (Xy& p : shape.points) carry(p);
  for (Polyline& line : shape.lines)
    for (Xy& p : line) carry(p);
  for (Polygon& polygon : shape.areas) {
    for (Xy& p : polygon.outer) carry(p);
    for (Ring& hole : polygon.holes)
      for (Xy& p : hole) carry(p);
  }
}

std::optional<Xy> position_in(const io::Shape& shape) {
  if (!shape.points.empty()) return shape.points.front();
  if (!shape.areas.empty()) return interior_point(shape.areas);
  if (!shape.lines.empty()) return shape.lines.front()[shape.lines.front().size() / 2];
  return std::nullopt;
}

void bring_to_place(Making& making, SourceLayer& layer) {
  io::PointMover move(layer.crs, layer.datum, making.crs, layer.shown);
  PositionFields f = position_fields(layer);
  bool fields = by_fields(layer);
  layer.at.assign(layer.table.rows(), std::nullopt);
  std::size_t lost = 0;
  for (std::size_t r = 0; r < layer.table.rows(); ++r) {
    std::optional<Xy> at;
    if (fields) {
      at = raw_position(layer, f, r);
      if (at && layer.swapped) std::swap(at->x, at->y);
      if (at) at = move(*at);
    } else {
      move_shape(layer.table.shapes[r], move, layer.swapped);
      layer.table.shapes[r].areas = normalised(layer.table.shapes[r].areas);
      at = position_in(layer.table.shapes[r]);
    }
    if (at && std::isfinite(at->x) && std::isfinite(at->y))
      layer.at[r] = at;
    else
      ++lost;
  }
  if (lost > 0 && layer.used)
    making.draft.findings.warning(
        "no-position", fmt::format("{} of {} rows have no position", lost, layer.table.rows()),
        {layer.shown, 0, ""}, "they are left out, or found by their names in other tables");
}

/// The system of the place: what the user says, else that of a layer in metres, else the usual one
/// where the layers lie.
std::string system_of_place(Making& making, const std::vector<SourceLayer*>& located,
                            LonLat middle) {
  if (!making.request.crs.empty() && !Crs(making.request.crs).is_geographic())
    return making.request.crs;
  for (SourceLayer* layer : located) {
    if (layer->crs.rfind("EPSG:", 0) != 0 || layer->datum != "wgs84") continue;
    Crs crs(layer->crs);
    if (crs.is_geographic() || crs.metres_per_unit() != 1.0 || layer->crs == "EPSG:3857") continue;
    making.assume("crs", layer->crs, fmt::format("{}, as {}", crs.name(), layer->shown));
    return layer->crs;
  }
  std::string crs = suggest_projected(middle);
  making.assume("crs", crs, fmt::format("{}, the usual one here", Crs(crs).name()));
  return crs;
}

/// The system and the country of the place, from the middle of what lies in it.
void settle_system_of_place(Making& making, const std::vector<SourceLayer*>& located,
                            const Box& all) {
  bool across = false;
  const LonLat middle = middle_of(located, all, across);
  making.crs = system_of_place(making, located, middle);
  if (across)
    making.draft.findings.warning(
        "across-180",
        fmt::format("the data lie on both sides of 180°, their middle at {:.2f}°: {} is taken",
                    middle.lon, making.crs),
        {"place.toml", 0, "crs"}, "check the longitudes; another system is said with --crs");
  making.country = making.request.country.empty()
                       ? &making.dictionary.country_at(middle.lon, middle.lat)
                       : &making.dictionary.country(making.request.country);
}

/// Where nothing lies anywhere: a grade K is American, 年级 Chinese.
std::string country_by_grades(Making& making) {
  for (const SourceLayer& layer : making.layers) {
    const FieldGuess* grade = layer.used ? layer.field("grade") : nullptr;
    for (std::size_t r = 0; grade != nullptr && r < layer.table.rows(); ++r) {
      std::string text = layer.cell(r, grade->column);
      std::string code = text == "K" ? "us" : text.find("年级") != std::string::npos ? "cn" : "";
      if (code.empty()) continue;
      making.assume("country", code, fmt::format("{} has a grade \"{}\"", layer.shown, text));
      return code;
    }
  }
  making.assume("country", "other", "no file says where the place lies");
  return "other";
}

}  // namespace

void settle_systems(Making& making) {
  std::vector<SourceLayer*> located, unsaid, witnesses;
  Box known;
  for (SourceLayer& layer : making.layers) {
    if (layer.role == Role::Osm || layer.role == Role::Raster) continue;
    if (!has_shapes(layer) && !by_fields(layer)) continue;
    bool said = (layer.used || layer.is_area_layer()) && system_said(making, layer);
    if (!layer.used) {  // areas that are not used still tell whether others are shifted
      if (said) witnesses.push_back(&layer);
      continue;
    }
    located.push_back(&layer);
    if (said)
      known.add(box_in_degrees(layer, layer.shown));
    else
      unsaid.push_back(&layer);
  }
  for (SourceLayer* layer : making.of(Role::Raster)) {
    const std::vector<double>& e = layer->info.extent;
    if (!known.empty() || e.size() != 4 || layer->info.crs.empty()) continue;
    io::PointMover move(layer->info.crs, "wgs84", kDegrees, layer->shown);
    for (Xy corner : {Xy{e[0], e[1]}, Xy{e[2], e[3]}}) known.add(move(corner));
  }
  for (SourceLayer* layer : making.of(Role::Osm)) {
    making.draft.findings.append(layer->findings);
    auto read = io::read_osm_features(layer->path);
    making.osm = std::make_shared<const io::OsmFeatures>(std::move(read.value));
    for (Diagnostic d : read.findings.items()) {
      if (d.at.file.empty()) d.at.file = layer->shown;
      making.draft.findings.add(std::move(d));
    }
    if (known.empty()) {
      Transformer back(Crs(making.osm->crs), Crs(kDegrees));
      known.add(Xy{making.osm->centre.lon, making.osm->centre.lat});
      for (const auto& s : making.osm->schools) known.add(Xy{s.position.lon, s.position.lat});
    }
  }
  for (SourceLayer* layer : unsaid) system_from_numbers(making, *layer, known);
  Box all = known;
  for (SourceLayer* layer : unsaid) all.add(box_in_degrees(*layer, layer->shown));
  if (all.empty()) {
    making.schematic = true;
    making.crs = "+proj=tmerc +lat_0=0 +lon_0=0 +k=1 +ellps=WGS84 +units=m +type=crs";
    making.country = &making.dictionary.country(
        making.request.country.empty() ? country_by_grades(making) : making.request.country);
    return;
  }
  settle_system_of_place(making, located, all);
  for (SourceLayer* layer : located) bring_to_place(making, *layer);
  for (SourceLayer* layer : witnesses) bring_to_place(making, *layer);
  if (making.osm && making.osm->crs != making.crs) {
    auto osm = making.of(Role::Osm);
    making.osm = std::make_shared<const io::OsmFeatures>(
        std::move(io::read_osm_features(osm.front()->path, making.crs).value));
  }
}

}  // namespace doorstep::intake
