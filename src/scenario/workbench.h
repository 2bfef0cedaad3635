#pragma once
// What applying edits works on: the changed copy of a place, its codes, and what was found.
// Internal to `scenario`.

#include <map>

#include "scenario/scenario.h"

namespace doorstep {

/// The place being changed and the edit at hand, for messages that name both.
struct Workbench {
  Place place;
  Diagnostics findings;
  const std::vector<std::string>* known_forms = nullptr;
  std::map<std::string, HomeId, std::less<>> home_of_code;  ///< filled on first use
  InputRef at;                                              ///< of the edit at hand

  /// Throws: Error with the nearest known code.
  [[nodiscard]] CampusId campus(const std::string& code, const char* key);
  [[nodiscard]] StageId stage(const std::string& code);
  [[nodiscard]] HomeId home(const std::string& code);
  [[nodiscard]] SchoolId school(const std::string& code);
  /// Throws: Error, where `year` lies before the base year.
  void check_year(Year year);
  [[noreturn]] void fail(const std::string& what, const std::string& hint) const;
  [[noreturn]] void fail_unknown(const char* kind, const std::string& code,
                                 const std::vector<std::string>& known) const;
  void say(Severity severity, std::string code, std::string message, std::string hint, Xy spot);
};

/// The nearest home to a point; invalid where there is none. Ties: the smaller code.
[[nodiscard]] HomeId nearest_home(const Place& place, Xy at);

/// Cuts a catchment at `year`: the part before ends, and the part from then on is returned.
[[nodiscard]] CatchmentId from_year_on(Place& place, CatchmentId id, Year year);

void redraw(Workbench& work, const RedrawCatchments& edit);
/// Takes a campus that closes out of every catchment from its year on.
void leave_catchments(Workbench& work, CampusId campus, Year year);
/// Under a rule that follows catchments, lets a new campus serve the one it lies in.
void enter_catchment(Workbench& work, CampusId campus, StageId stage, Year year);
void add_housing(Workbench& work, const AddHousing& edit);

}  // namespace doorstep
