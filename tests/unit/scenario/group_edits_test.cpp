// Ties that end, groups that are dissolved, seats by rooms, closures with their procedure.

#include <catch2/catch.hpp>

#include <algorithm>

#include "two_schools.h"

using namespace doorstep;
using namespace doorstep::test;

namespace {

/// Findings of a code.
std::vector<Diagnostic> found(const Loaded<Place>& loaded, const std::string& code) {
  std::vector<Diagnostic> out;
  for (const Diagnostic& d : loaded.findings.items())
    if (d.code == code) out.push_back(d);
  return out;
}

Place with_group() {
  Place p = two_schools();
  p.groups.push_back({.code = "G", .core = CampusId(0), .ties = {{CampusId(1), "branch", 2020}}});
  return p;
}

}  // namespace

TEST_CASE("a tie may be given its end, its practices and one team") {
  JoinGroup join{.group = "N", .core = "C1", .campus = "C2", .form = "entrusted", .year = 2026};
  join.until = 2029;
  join.practices = {"mutual_shared.teachers"};
  join.one_team = true;
  Place p = apply_one(two_schools(), join).value;
  const Group& g = p.groups[GroupId(0)];
  CHECK(g.ties.front().until == 2029);
  CHECK(g.ties.front().practices == std::vector<std::string>{"mutual_shared.teachers"});
  CHECK(g.one_team);
  join.until = 2025;
  CHECK_THROWS_WITH(apply_one(two_schools(), join), Catch::Contains("2025, before it begins"));
}

TEST_CASE("a campus leaves its group, or the group is dissolved, in a year") {
  Place left = apply_one(with_group(), LeaveGroup{"G", "C2", 2027}).value;
  CHECK(left.groups[GroupId(0)].ties.front().until == 2026);
  Place dissolved = apply_one(with_group(), LeaveGroup{"G", "", 2027}).value;
  CHECK(dissolved.groups[GroupId(0)].ties.front().until == 2026);
  CHECK_THROWS_WITH(apply_one(with_group(), LeaveGroup{"H", "", 2027}), Catch::Contains("\"H\""));
  CHECK_THROWS_WITH(apply_one(with_group(), LeaveGroup{"G", "C1", 2027}),
                    Catch::Contains("no tie to group G"));
  CHECK_THROWS_WITH(apply_one(left, LeaveGroup{"G", "", 2028}), Catch::Contains("no ties"));
}

TEST_CASE("seats follow from rooms where only rooms are given") {
  SetSeats edit{.campus = "C1", .stage = "primary", .seats = -1, .year = 2027};
  edit.rooms = 12;
  Place p = apply_one(two_schools(), edit).value;
  const CampusStage& offer = *p.campuses[CampusId(0)].stages[StageId(0)];
  CHECK(value_in(offer.seats, 2026) == 60);
  CHECK(value_in(offer.seats, 2027) == 12 * 45);
  CHECK(rooms_in(offer, 2026) == 0);
  CHECK(rooms_in(offer, 2027) == 12);
}

TEST_CASE("a closure says which steps of its procedure are open") {
  CloseCampus edit{"C1", 2027};
  edit.procedure = {{"appraisal", "2026-03"}, {"notice", "2026-04"}, {"hearing", ""}};
  auto open = found(apply_one(two_schools(), edit), "closure-procedure");
  REQUIRE(open.size() == 1);
  CHECK(open[0].message == "closing C1 still needs: hearing, approval");
  edit.procedure = {{"appraisal", "2026-03"},
                    {"notice", "2026-04"},
                    {"hearing", "2026-05"},
                    {"approval", "2026-06"}};
  auto done = apply_one(two_schools(), edit);
  CHECK(found(done, "closure-procedure").empty());
  CHECK(found(done, "closure-order").empty());
  CHECK(done.value.campuses[CampusId(0)].closes == 2026);
}

TEST_CASE("dates out of order, opposition and protection are warnings, not refusals") {
  Place p = two_schools();
  p.campuses[CampusId(0)].protection = Protection::TeachingPoint;
  CloseCampus edit{"C1", 2027};
  edit.procedure = {{"appraisal", "2026-05"}, {"notice", "2026-04"}};
  edit.opposed = true;
  auto closed = apply_one(p, edit);
  CHECK(found(closed, "closure-order").size() == 1);
  CHECK(found(closed, "closure-opposed").size() == 1);
  CHECK(found(closed, "closure-protected").size() == 1);
  CHECK(closed.value.campuses[CampusId(0)].closes == 2026);
}

TEST_CASE("the new edits are told in one line") {
  CHECK(describe(LeaveGroup{"g1", "p05", 2028}, false) == "p05 leaves group g1, 2028");
  CHECK(describe(LeaveGroup{"g1", "", 2028}, true) == "撤销集团 g1，2028 年");
}
