#pragma once
// A plan on another version of its place: the edits that still have what they name are kept, the
// rest are listed with where they stand, what is missing, the nearest there is, and what to do.

#include <map>
#include <string>
#include <vector>

#include "scenario/scenario.h"

namespace doorstep::session {

/// What an edit names and the new data do not have.
struct Orphan {
  std::size_t edit = 0;  ///< in the plan as it was
  InputRef at;           ///< in the scenario file
  Name does;             ///< the edit, described
  std::string kind;      ///< "campus", "home", "catchment", "group", "stage"; "" another reason
  std::string code;      ///< what is missing
  InputRef was;          ///< its row in the data it was written for, where those are at hand
  std::string nearest;   ///< code in the new data; "" none
  Name nearest_name;
  double away_m = -1.0;  ///< from where it was; < 0 unknown
  std::string why;
  std::string remedy;
  bool whole = true;  ///< the edit is left out; else only what it names here
};

struct Carried {
  Scenario scenario;  ///< on the new place, without the orphans
  std::vector<Orphan> orphans;
  std::size_t kept = 0;             ///< edits that are in it
  std::vector<std::size_t> origin;  ///< of each of them, which edit of the plan it was
  std::vector<std::string> unused;  ///< codes of `recoded` that the plan does not name
};

/// Puts one code in the place of another: what `nearest` proposes, once a person agreed.
using Recoded = std::map<std::string, std::string>;

/// `from`: the place the plan was written for; null where it is not at hand. `forms`: as apply().
[[nodiscard]] Carried carry(const Scenario& plan, const Place* from, const Place& to,
                            const std::vector<std::string>& forms, const Recoded& recoded = {});

}  // namespace doorstep::session
