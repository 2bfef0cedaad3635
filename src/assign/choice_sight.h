#pragma once
// What one home sees of the campuses that its pupils may apply to: how much each draws a row, and
// which priority the row holds there. Shared by the markets of `choice`; decides nothing of seats.

#include <compare>
#include <vector>

#include "assign/assign.h"
#include "assign/choice_pull.h"
#include "assign/eligibility.h"
#include "assign/seat_units.h"

namespace doorstep {

/// A unit of seats as one home sees it: through the nearest of its campuses it may apply to.
struct Prospect {
  uint32_t unit = 0;
  CampusId nearest;
  double distance = 0.0;
};

/// What holds for all rows of one admission. Refers to the input.
struct ChoiceFrame {
  explicit ChoiceFrame(const AdmissionInput& given);
  [[nodiscard]] double distance(uint32_t decisec) const {
    return decisec < tabled.size() ? tabled[decisec] : pull.distance(decisec);
  }

  const AdmissionInput& input;
  ChoicePull pull;
  StandingWeights standing;
  SeatUnits seats;
  PriorityOrder order;
  int other_rank;
  uint32_t limit_ds;
  IdVector<CampusId, double> log_quality;
  std::vector<double> tabled;  ///< disutility of every way up to the limit, where rows are many
};

/// Looks around from one home after another.
class HomeSight {
 public:
  /// The frame outlives this.
  explicit HomeSight(const ChoiceFrame& frame) : frame_(frame), input_(frame.input) {}

  void look_around(HomeId home);
  /// By rising unit.
  [[nodiscard]] const std::vector<Prospect>& prospects() const { return prospects_; }
  /// Whether the campus is the own catchment's, or in a group with one of those.
  [[nodiscard]] bool at_home_with(CampusId campus, GroupId group) const;
  [[nodiscard]] bool own(CampusId campus) const;
  /// V of a row; without the standing where `apart`, since that is then a factor of its own.
  [[nodiscard]] double utility(const Entrants& row, const Prospect& p, bool apart) const;
  /// The best priority the row holds at any campus of the unit that it may apply to.
  [[nodiscard]] uint16_t rank(const Entrants& row, const Prospect& p) const;

 private:
  /// A campus that the home may apply to, and the way there.
  struct Sight {
    uint32_t unit;
    uint32_t decisec;
    CampusId campus;
    auto operator<=>(const Sight&) const = default;
  };
  [[nodiscard]] bool special(const Entrants& row, CampusId c) const;

  const ChoiceFrame& frame_;
  const AdmissionInput& input_;
  std::vector<Sight> seen_;
  std::vector<Prospect> prospects_;
  std::vector<CampusId> own_campuses_;  ///< of the present home's catchment
  std::vector<GroupId> own_groups_;
};

/// Where runs of some thousand rows begin and end: many enough to share, between homes.
[[nodiscard]] std::vector<std::size_t> cuts_between_homes(const std::vector<Entrants>& rows);

}  // namespace doorstep
