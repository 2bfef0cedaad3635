#pragma once
// Why the children of one home go where they go: every school they might have entered with its
// utility term by term, their priority there and the cutoff, what a plan changes, and what would
// be next were the first school closed to them.

#include "session/explain/explain.h"

namespace doorstep::session {

struct HomeQuestion {
  std::string home;       ///< code
  std::string stage;      ///< code; "" the only stage, or the first with entrants there
  std::string household;  ///< code of a household class; "" all together
  Year year = 0;          ///< 0: the first year of the run
  std::size_t options = 8;
};

/// One school as one home sees it.
struct HomeOption {
  std::string campus;  ///< code
  Name name;
  double minutes = 0.0;  ///< NaN where there is no way
  double metres = 0.0;
  int crossings = -1;  ///< trunk roads and railways at grade; -1: not known
  bool own_catchment = false;
  Tier tier = Tier::Other;
  /// Share of the lottery numbers with which a child of this home gets in, were it to apply:
  /// 1 above the cutoff, the cutoff's share in its tier, 0 below.
  double chance = 1.0;
  std::vector<Part> terms;    ///< of the utility; empty under rules without one
  double utility = 0.0;       ///< their sum
  double share = 0.0;         ///< of the home's entrants who go there
  double share_before = 0.0;  ///< in the run held against; NaN where there is none
  double share_if_first_closed = 0.0;
};

struct HomeAnswer {
  std::string home;
  InputRef at;
  std::string stage;
  Year year = 0;
  double entrants = 0.0;
  std::vector<HomeOption> options;  ///< by share, then utility
  std::size_t more_options = 0;
  double unplaced = 0.0;         ///< share without a seat
  double unplaced_before = 0.0;  ///< NaN where no run is held against
  Name why;                      ///< in words
  Name change;                   ///< what the plan does; "" where nothing is held against
  Name next;                     ///< what would be next
  std::string rule;
  std::vector<std::pair<std::string, Coefficient>> numbers;
  std::vector<Name> notes;
};

/// `before`: the run without the plan, of the same place; null: none.
/// Throws: Error naming the nearest home, or the stages and years there are; Cancelled.
/// Cost: one run up to the year for each outcome, and one admission more.
[[nodiscard]] HomeAnswer explain_home(const Outcome& outcome, const Outcome* before,
                                      const HomeQuestion& question, Progress& progress);

[[nodiscard]] Name tier_text(Tier tier);

}  // namespace doorstep::session
