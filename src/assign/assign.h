#pragma once
// Who goes where in one year's admission to one stage: one interface, several rules.
// All rules conserve pupils: demand = placed + unplaced, to 1e-9 of the total.

#include <vector>

#include "base/progress.h"
#include "network/travel_table.h"
#include "place/place.h"

namespace doorstep {

/// What a campus offers this year. Index: CampusId.
struct Offer {
  bool open = false;
  /// Entry seats: min(planned intake, max(0, stage seats − pupils who continue)). Units: pupils.
  double seats = 0.0;
  double quality = 1.0;
  double brand = 0.0;
  std::vector<double> brand_of_class;  ///< by household class; empty: none
  GroupId group;
  /// Merged campuses with one pool of seats carry the same number >= 0; -1: own seats.
  int pool = -1;
  Overflow overflow = Overflow::Divert;
  Ownership ownership = Ownership::Public;
  double fee = 0.0;  ///< a year; units: the place's currency
};

/// Entrants at one home, of one household class, coming from one feeder campus (or none).
struct Entrants {
  HomeId home;
  ClassId household;
  CampusId feeder_to;  ///< campus they may enter as feeders; invalid: none
  GroupId group;       ///< group of their present campus; invalid: none
  double pupils = 0.0;
  /// Where they are now and may stay: pupils who look again, and who finished a through school.
  CampusId present;
  /// Behind all others in every tier: who lost a private school's lottery, where policy says so.
  bool last = false;
};

/// Everything one admission needs. Spans refer to data that outlives the call.
struct AdmissionInput {
  const Place* place = nullptr;
  const TravelTable* travel = nullptr;
  const Coefficients* coefficients = nullptr;
  StageId stage;
  Year year = 0;
  uint64_t seed = 0;
  /// The grade admitted to, 0 the first. In later ones each row holds the seat it has (`present`).
  int grade = 0;
  /// Ordered by (home, household, feeder_to, group, present, last).
  std::vector<Entrants> entrants;
  /// Inputs of one stage with the same number here, not 0, have the same rows but for their pupils.
  uint64_t rows_stamp = 0;
  IdVector<CampusId, Offer> offers;
  /// The catchment of each home this year, or none.
  IdVector<HomeId, CatchmentId> catchment_of;
  Policy policy;
};

/// Pupils of one entrant row admitted to one campus.
struct Flow {
  uint32_t entrants = 0;  ///< row of AdmissionInput::entrants
  CampusId campus;
  double pupils = 0.0;
};

/// What happened at one campus.
struct CampusOutcome {
  double admitted = 0.0;
  /// First-grade children entitled by catchment, before diversion (shared where several serve it).
  double entitled = 0.0;
  /// Pupils who ranked or were sent to this campus before where they ended, and were refused.
  double turned_away = 0.0;
  /// Tier where the cutoff lies and the share of that tier let in; share 1 in Other: no cutoff.
  Tier cutoff_tier = Tier::Other;
  double cutoff_share = 1.0;
  /// Dual price of a seat under least_travel: what one more would save. Units: minutes; 0
  /// elsewhere.
  double seat_price_min = 0.0;
  /// Under least_travel: one more seat would place one more pupil (worth more than any minutes).
  bool seat_places_one_more = false;
  /// Under 公民同招: pupils whose one application went here.
  double applied = 0.0;
};

struct Admission {
  std::vector<Flow> flows;       ///< ordered by (entrants, campus); pupils > 0
  std::vector<double> unplaced;  ///< by entrant row
  IdVector<CampusId, CampusOutcome> campuses;
  int rounds = 0;
  bool converged = true;
  /// |demand − placed − unplaced| / max(demand, 1).
  double conservation_error = 0.0;
};

/// Runs `input.policy.rule`. Throws: Error (infeasible set-up), Cancelled.
[[nodiscard]] Admission assign_pupils(const AdmissionInput& input, Progress& progress);

}  // namespace doorstep
