#include <catch2/catch.hpp>

#include <algorithm>

#include "scenario/procedure.h"
#include "two_schools.h"

using namespace doorstep;
using namespace doorstep::test;

namespace {

/// Codes of the findings of a scenario over the years 2025 to 2027.
std::vector<std::string> findings(std::vector<Edit> edits) {
  Scenario s;
  s.years = 2;
  s.edits = std::move(edits);
  std::vector<std::string> out;
  const Loaded<Place> applied = apply(two_schools(), s);
  for (const Diagnostic& d : applied.findings.items())
    if (d.severity == Severity::Warning) out.push_back(d.code);
  return out;
}

using Codes = std::vector<std::string>;

}  // namespace

TEST_CASE("an edit of the last year holds, one after it is said to do nothing") {
  CHECK(findings({SetSeats{"C1", "primary", 90, -1, 2027}}).empty());
  CHECK(findings({SetSeats{"C1", "primary", 90, -1, 2028}}) == Codes{"edit-after-run"});
}

TEST_CASE("what is said twice alike is no contradiction") {
  const SetPolicy choice{.rule = "choice"}, nearest{.rule = "nearest"};
  CHECK(findings({choice, choice}).empty());
  CHECK(findings({choice, nearest}) == Codes{"edits-contradict"});
  CHECK(findings({choice, SetPolicy{.overflow = "crowd"}}).empty());
  SetPolicy first, none;
  first.private_first = true;
  none.private_first = false;
  CHECK(findings({first, none}) == Codes{"edits-contradict"});
}

TEST_CASE("seats of two years do not contradict one another, of one year they do") {
  CHECK(findings({SetSeats{"C1", "primary", 90, -1, 2026}, SetSeats{"C1", "primary", 60, -1, 2027}})
            .empty());
  CHECK(findings({SetSeats{"C1", "primary", 90, -1, 2026},
                  SetSeats{"C1", "primary", 60, -1, 2026}}) == Codes{"edits-contradict"});
}

TEST_CASE("seats that the rooms of the year hold are no finding") {
  // Two rooms of 45 hold 90.
  SetSeats edit{"C1", "primary", 90, -1, 2026};
  edit.rooms = 2;
  CHECK(findings({edit}).empty());
  edit.seats = 91;
  CHECK(findings({edit}) == Codes{"seats-beyond-rooms"});
}

TEST_CASE("a feeder leads from one stage to the next") {
  CHECK(findings({SetFeeder{"C1", "C2", 2026}}) == Codes{"feeder-leads-nowhere"});
  CHECK(findings({SetSeats{"C2", "junior", 90, -1, 2026}, SetFeeder{"C1", "C2", 2026}}).empty());
}

TEST_CASE("policies of private schools and of transfers are edits") {
  SetPolicy edit;
  edit.private_first = true;
  edit.private_losers = "last";
  edit.transfers = true;
  const Policy policy = apply_one(two_schools(), edit).value.policy;
  CHECK(policy.private_first);
  CHECK(policy.private_losers == LotteryLosers::Last);
  CHECK(policy.transfers);
  CHECK(policy.rule == Rule::Catchment);  // what the edit does not name stays
  CHECK_FALSE(two_schools().policy.transfers);
  edit.private_losers = "first";
  CHECK(error_of([&] { (void)apply_one(two_schools(), edit); }).find("use keep or last") !=
        std::string::npos);
}

TEST_CASE("a step is taken on a day that there is, in a month, a year, or by a document") {
  CHECK(step_date("2026-02-28")->day == 28);
  CHECK(step_date("2024-02-29").has_value());
  CHECK(step_date("2026-03")->month == 3);
  CHECK(step_date("2026")->year == 2026);
  CHECK(step_date("滨教发〔2026〕12号")->year == 2026);
  for (const char* text : {"", "soon", "2026-02-29", "2026-13", "2026-3-1", "20260301",
                           "2026-03-01-02", "2026/03/01", "滨教发12号", "9999"})
    CHECK_FALSE(step_date(text).has_value());
}

TEST_CASE("dates are compared as far as both are known") {
  CHECK(is_before(*step_date("2025-12-31"), *step_date("2026")));
  CHECK(is_before(*step_date("2026-02"), *step_date("2026-03-01")));
  CHECK_FALSE(is_before(*step_date("2026"), *step_date("2026-03-01")));
  CHECK_FALSE(is_before(*step_date("2026-03"), *step_date("2026-03-01")));
}

TEST_CASE("a step without a date that there is counts as open, and is said to") {
  CloseCampus close{"C1", 2026, {{"appraisal", "2025-13-01"}, {"notice", "2025-04-01"}}, false};
  const Codes found = findings({close});
  CHECK(std::ranges::count(found, "closure-date") == 1);
  CHECK(step_taken(close, "appraisal").empty());
  CHECK(step_taken(close, "notice") == "2025-04-01");
}
