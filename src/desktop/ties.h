#pragma once
// Ties of campuses to groups as the tools see them: which ones hold, what dragging one school onto
// another makes of them, and the edit that changes a form and nothing else.

#include <optional>
#include <string>
#include <vector>

#include "scenario/scenario.h"

namespace doorstep::desktop {

/// The tie of a campus that holds in a year, and the group it is to.
struct HeldTie {
  GroupId group;
  CampusId core;  ///< invalid where a sponsor leads
  std::string form;
  Year since = 0;
};
/// In order of the groups; a campus may be in several.
[[nodiscard]] std::vector<HeldTie> ties_of(const Place& place, CampusId campus, Year year);
/// The edit of a scenario that made a campus's tie to a group, the last one; -1 where the place
/// gave it.
[[nodiscard]] int edit_of_tie(const Scenario& scenario, const std::string& campus,
                              const std::string& group);

/// What dragging a school onto another comes to.
struct Merging {
  std::optional<JoinGroup> edit;  ///< nothing: it is in the group already, and stays as it is
  std::optional<HeldTie> already;
  std::vector<HeldTie> kept;  ///< its ties to other groups, which go on
  bool leads = false;         ///< it leads a group of its own, and goes on to
};
/// A school that has a form keeps it, whatever is chosen for others: a new tie of a close-knit
/// school is close-knit. `form`: of a school that has none.
[[nodiscard]] Merging merging(const Place& place, CampusId core, CampusId member,
                              const std::string& form, Year year);

/// The tie with another form from `year` on: its practices, courses and end as they were.
[[nodiscard]] JoinGroup with_form(const Place& place, const HeldTie& tie, CampusId member,
                                  const std::string& form, Year year);

}  // namespace doorstep::desktop
