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
/// Source: docs/model.md, "Groups"; r, δ, η, n₀ and the weights of practices have no published
/// value and are marked assumed.
class GroupEffects {
 public:
  /// The place outlives this. `coefficients`: the weights of practices ("practice.SET.NAME") and
  /// governance.posts_per_school. Throws: Error naming the known forms or practices, or a rate that
  /// a form lacks.
  GroupEffects(const Place& place, const GroupForms& forms, const Coefficients& coefficients = {});

  /// One year of working together, as tied in `year`, raises members' quality; then members that
  /// open in the next year get what their form gives them to begin with.
  void live_through(Year year);
  [[nodiscard]] IdVector<CampusId, Standing> standing(Year year) const;
  /// What campuses are by themselves: as given, but for the pools, which are no demand.
  [[nodiscard]] IdVector<CampusId, Standing> alone(Year year) const;
  /// Members at work, staff sent and posts saved in a year; demand is left at 0.
  [[nodiscard]] IdVector<GroupId, GroupYear> work(Year year) const;
  /// Campuses tied to a group and at work in a year, the core apart; each once.
  [[nodiscard]] std::vector<CampusId> members_of(GroupId group, Year year) const;
  /// Ties that do nothing in the years of a run, for the notes.
  void note_idle_ties(Year first, Year last, Diagnostics& notes) const;

 private:
  struct Rates {
    double brand_share, phase_in_years, depth, quality_rate, staff_sent, core_loss, crowding,
        free_members, pooled, flagship_gain, start_share;
  };
  struct Bond {  ///< one tie with its rates at hand
    GroupId group;
    CampusId core;  ///< invalid where the sponsor lends
    CampusId member;
    Year since = 0;
    Year until = 0;
    Rates rates{};
    [[nodiscard]] double phase(Year year) const;
  };
  [[nodiscard]] bool works(const Bond& bond, Year year) const;
  [[nodiscard]] int members(GroupId group, Year year) const;
  [[nodiscard]] double name_of_lender(const Bond& bond, Year year) const;
  [[nodiscard]] IdVector<CampusId, double> left_at_home(Year year) const;
  [[nodiscard]] std::vector<double> behind(Year year) const;  ///< by bond
  [[nodiscard]] double gap_of_members(CampusId core, Year year) const;
  void lend_names(Year year, IdVector<CampusId, Standing>& out) const;
  void pool_seats(Year year, IdVector<CampusId, Standing>& out) const;

  const Place& place_;
  double posts_per_school_ = 0.0;
  std::vector<Bond> bonds_;
  IdVector<CampusId, double> quality_;  ///< before the core's loss
};

}  // namespace doorstep
