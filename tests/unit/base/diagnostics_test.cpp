#include "base/diagnostics.h"

#include <catch2/catch.hpp>

#include "base/error.h"

using namespace doorstep;

TEST_CASE("an error is one line: where, what, what to do") {
  Error error("\"many\" is not a number", "campuses.csv row 7, seats", "write a plain number");
  CHECK(error.message() ==
        "campuses.csv row 7, seats: \"many\" is not a number (write a plain number)");
  CHECK(Error("no place", "", "").message() == "no place");
  CHECK(Error("two\nlines\r\nhere", "", "").message() == "two lines  here");
}

TEST_CASE("where is file, row and field, as far as they are known") {
  CHECK(InputRef{"a.csv", 7, "seats"}.text() == "a.csv row 7, seats");
  CHECK(InputRef{"a.csv", 0, ""}.text() == "a.csv");
  CHECK(InputRef{"", 0, "--rule"}.text() == "--rule");
  CHECK(InputRef{}.text().empty());
}

TEST_CASE("the first error is thrown with the number of the others") {
  Diagnostics findings;
  findings.warning("w", "a doubt");
  CHECK_NOTHROW(findings.throw_first_error());
  findings.error("e", "first", {"a.csv", 1, ""}, "mend it");
  findings.error("e", "second");
  findings.error("e", "third");
  CHECK(findings.has_errors());
  CHECK(findings.count(Severity::Warning) == 1);
  try {
    findings.throw_first_error();
    FAIL("nothing was thrown");
  } catch (const Error& e) {
    CHECK(e.message() == "a.csv row 1: first; and 2 more (mend it)");
  }
}

TEST_CASE("findings of a part come after those of the whole") {
  Diagnostics whole, part;
  whole.info("a", "one");
  part.error("b", "two");
  whole.append(part);
  REQUIRE(whole.items().size() == 2);
  CHECK(whole.items()[1].code == "b");
}

TEST_CASE("a finding says what was done, and nothing is done about errors") {
  Diagnostics d;
  CHECK(d.info("a", "…").outcome() == Done::Kept);
  d.warning("b", "…").done = Done::Repaired;
  CHECK(d.items()[1].outcome() == Done::Repaired);
  d.error("c", "…").done = Done::Skipped;
  CHECK(d.items()[2].outcome() == Done::Nothing);
  CHECK(std::string(done_name(Done::Skipped)) == "skipped");
}
