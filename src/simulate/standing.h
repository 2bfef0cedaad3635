#pragma once
// How campuses stand in one year through their groups: quality, name, pool of seats. The rates of a
// form come from group_forms.toml. Internal to `simulate`.

#include <string>
#include <vector>

#include "simulate/simulate.h"

namespace doorstep {

struct Standing {
  double quality = 1.0;
  double brand = 0.0;
  GroupId group;  ///< of the core, or of the strongest tie
  int pool = -1;  ///< merged campuses share a number; -1: seats of their own
};

/// Moves the standing of all campuses from year to year.
/// Source: model.md §4.4; r, δ, η and n₀ have no published value and are marked assumed.
class GroupEffects {
 public:
  /// Both outlive this. Throws: Error naming the known forms, or a rate that a form lacks.
  GroupEffects(const Place& place, const GroupForms& forms);

  /// One year of working together, as tied in `year`, raises members' quality.
  void live_through(Year year);
  [[nodiscard]] IdVector<CampusId, Standing> standing(Year year) const;
  /// Ties that do nothing in the years of a run, for the notes.
  void note_idle_ties(Year first, Year last, Diagnostics& notes) const;

 private:
  struct Rates {
    double brand_share, phase_in_years, depth, quality_rate, staff_sent, core_loss, crowding,
        free_members, pooled;
  };
  struct Bond {  ///< one tie with its rates at hand
    GroupId group;
    CampusId core;
    CampusId member;
    Year since = 0;
    Year until = 0;
    Rates rates{};
    [[nodiscard]] double phase(Year year) const;
  };
  [[nodiscard]] bool works(const Bond& bond, Year year) const;
  [[nodiscard]] int members(GroupId group, Year year) const;
  void lend_names(Year year, IdVector<CampusId, Standing>& out) const;
  void pool_seats(Year year, IdVector<CampusId, Standing>& out) const;

  const Place& place_;
  std::vector<Bond> bonds_;
  IdVector<CampusId, double> quality_;  ///< before the core's loss
};

}  // namespace doorstep
