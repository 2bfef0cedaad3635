#pragma once
// The things of a place as they are put together from rows, before they are written: codes and
// names as text, seats by year, children by age. Internal to intake.

#include <map>
#include <string>
#include <vector>

#include "geo/geometry.h"
#include "intake/dictionary.h"

namespace doorstep::intake {

/// What a campus offers at one stage.
struct MadeOffer {
  std::map<Year, double> seats;   ///< year 0: without a year
  std::map<Year, double> intake;  ///< likewise
  double rooms = 0.0;
  std::map<int, double> pupils;             ///< by age at the cut-off
  double counted = 0.0;                     ///< pupils of a pupil list
  std::map<std::string, double> resources;  ///< by code of kResourceKinds
  bool seats_assumed = false;
  bool seats_by_default = false;  ///< as of every school of which nothing is known
};

struct MadeCampus {
  std::string code;
  Name name;
  std::string name_key;  ///< folded, to find it again
  bool located = false;
  Xy at;
  std::string school, area, urban, ownership, quality, origin, opens, closes;
  std::string catchment;                    ///< codes as written, "" none
  std::map<std::string, MadeOffer> offers;  ///< by kind of stage
  InputRef source;
};

struct MadeArea {
  std::string code;
  Name name;
  std::string urban;
  MultiPolygon shape;
  std::vector<double> ages;  ///< children by age where a census gives them, else empty
  double population = 0.0;   ///< 0 unknown
  InputRef source;
};

struct MadeHome {
  std::string code;
  std::string name;
  Xy at;
  std::string area;
  double weight = 1.0;       ///< its part where children are spread
  double population = 0.0;   ///< 0 unknown
  double households = 0.0;   ///< 0 unknown
  std::vector<double> ages;  ///< empty: unknown
  std::string community, street, number;
  std::vector<std::string> catchments;  ///< by Making::home_catchments
  InputRef source;
};

struct MadeCatchment {
  std::string code;
  Name name;
  std::string stage;
  std::string campuses;  ///< codes separated by ";"
  MultiPolygon shape;
  InputRef source;
};

struct MadeStage {
  std::string kind;
  StageDefaults is;
};

/// One row of enrolment history.
struct MadeHistory {
  std::string campus, name, stage;
  int age = 0;
  Year year = 0;
  double pupils = 0.0;
};

/// What a pupil list comes to at one home and one school: counts alone.
struct CountedHome {
  std::vector<double> ages;
  Xy sum;  ///< of `located` positions
  std::size_t located = 0;
  std::string area;
  std::map<std::string, double> schools;  ///< pupils by folded name
};
struct CountedSchool {
  std::string name;
  std::vector<double> ages;
};

}  // namespace doorstep::intake
