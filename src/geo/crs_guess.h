#pragma once
// Which coordinate system numbers are in, from the numbers alone: for files that come without a
// .prj. Candidates with reasons, for a person to confirm; nothing is assumed here.
// Which shift of a web map degrees carry is told from their neighbours: shift_evidence.h.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "geo/geometry.h"

namespace doorstep {

/// One reading of the numbers.
struct CrsCandidate {
  /// As PositionSystem (positions.h) reads it: "EPSG:4549", "bd09mc".
  std::string system;
  /// The first number is the northing or the latitude: the columns change places.
  bool swapped = false;
  /// Shares of belief among the candidates, 0 to 1; their order matters, not their digits.
  double confidence = 0.0;
  /// A sentence: what in the numbers speaks for it.
  std::string reason;
  /// Where the middle of the sample then lies.
  LonLat centre;
  /// Systems that the same numbers fit as well, some tens of metres aside ("EPSG:2437").
  std::vector<std::string> alike;
  /// How far those place the same numbers from this one. Units: metres; 0 where unknown or none.
  double alike_apart_m = 0.0;
  /// PROJ knows only a rough way (datums taken for equal) from one of `alike` to WGS 84 here.
  bool ballpark = false;
};

struct CrsGuess {
  /// Most likely first; empty where nothing fits: a local grid (control_points.h) or no positions.
  std::vector<CrsCandidate> candidates;
  /// What to ask or to say before anything is done with the candidates, as one sentence.
  std::string confirm;
  /// One candidate clearly before the others and no other system alike: still to be said.
  [[nodiscard]] bool clear() const;
};

/// Reads a sample of the file's positions, in the order of its columns. `near` is where the place
/// is known to lie, e.g. by another layer: without it a zone without prefix cannot be told.
/// Points that are not finite, or exactly at the origin, are left out.
/// Cost: some milliseconds for each zone tried, whatever the size of the sample.
/// Source: EPSG register for codes and areas; shares of belief are assumed.
[[nodiscard]] CrsGuess guess_crs(std::span<const Xy> sample, std::optional<LonLat> near = {});

/// Metres on the ground between two positions, on a sphere: for distances shown, not for work.
[[nodiscard]] double ground_distance_m(LonLat a, LonLat b);

}  // namespace doorstep
