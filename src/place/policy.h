#pragma once
// Admission policy of a place: which rule, who may apply where, in which order, what overflows.

#include <string>
#include <vector>

#include "base/quantity.h"

namespace doorstep {

enum class Rule { Catchment, Nearest, LeastTravel, Choice, Micro };

/// A priority tier of an applicant at a campus, best first.
enum class Tier { Catchment, Feeder, Group, Other };

/// What happens to pupils entitled to a full campus: it takes them in (classes grow), or not.
enum class Overflow { Crowd, Divert };

/// Who may apply to which campus.
enum class Eligibility { All, OwnCatchment };

/// Where a family that lost a private school's lottery stands in the public stage: in its own
/// tiers, or behind all who did not apply there.
enum class LotteryLosers { Keep, Last };

/// How travel enters utility.
enum class DistanceForm { Exponential, Power, TruncatedPower };

struct Policy {
  Rule rule = Rule::Choice;
  Eligibility eligibility = Eligibility::All;
  Overflow overflow = Overflow::Divert;
  /// Tiers in order; a tier not named is merged into Other.
  std::vector<Tier> tiers{Tier::Catchment, Tier::Feeder, Tier::Group, Tier::Other};
  /// Campuses farther than this are not in the choice set.
  Minutes max_minutes{1e9};
  DistanceForm distance_form = DistanceForm::TruncatedPower;
  /// Whether those left without a seat are placed by least travel over seats left (统筹).
  bool divert_unplaced = true;
  /// Within the catchment tier household classes are admitted in the place's order
  /// (房户一致 > 户籍 > 房产 > 积分); otherwise all of them share one lottery.
  bool classes_in_order = false;
  /// Tiers that a crowding campus takes in whole, over its seats.
  std::vector<Tier> guaranteed{Tier::Catchment};
  /// 公民同招: before the public stage each family applies to one private school or to none, and an
  /// over-subscribed school draws lots. `choice` and `micro` only.
  bool private_first = false;
  LotteryLosers private_losers = LotteryLosers::Keep;
  /// A yearly share of pupils above the first grade looks again (choice.transfer_share).
  bool transfers = false;
  /// Who finishes a stage at a campus that teaches the next one (nine-year school) has a feeder
  /// there, and is at home there (choice.stay).
  bool through_schools = false;
  /// First grades are planned in whole classes: planned intake is rounded down to them.
  bool whole_classes = false;
  /// How many campuses a family may list under `micro`; 0: all of its choice set.
  int list_length = 0;
};

[[nodiscard]] const char* rule_name(Rule rule);
/// "catchment", "feeder", "group" or "other", as place files and results name it.
[[nodiscard]] const char* tier_name(Tier tier);
/// Throws: Error naming the known rules.
[[nodiscard]] Rule rule_from(const std::string& name, const std::string& where);

}  // namespace doorstep
