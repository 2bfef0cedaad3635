// Administrative codes of other years and counties, on a place of a few homes.

#include "place/area_codes.h"

#include <catch2/catch.hpp>

#include "small_place.h"

using namespace doorstep;
using namespace doorstep::test;

namespace {

const std::vector<AreaCodeChange> kChanges{
    {"630122", "630106", "湟中县", "湟中区", 2020, "the register of 2020"}};

Place homes_coded(const std::vector<std::string>& codes) {
  Place p;
  for (std::size_t i = 0; i < codes.size(); ++i)
    p.homes.push_back({.code = codes[i],
                       .at = {double(i), 0},
                       .source = {"homes.csv", static_cast<long>(i) + 1, ""}});
  return p;
}

Diagnostics codes(const Place& p) {
  Diagnostics out;
  check_area_codes(p, kChanges, out);
  return out;
}

}  // namespace

TEST_CASE("a code of Huangzhong as a county is answered with its code as a district") {
  Diagnostics d = codes(homes_coded({"630122100201", "630106100202", "630122100203"}));
  REQUIRE(findings(d, "code-of-another-year") == 1);
  const Diagnostic& found = d.items()[0];
  CHECK(found.message ==
        "code 630122100201 (home) is of 湟中县 630122, which is 湟中区 630106 since 2020, first of "
        "2");
  CHECK(found.hint.find("use 630106100201") == 0);
  CHECK(found.at.text() == "homes.csv row 1, code");
}

TEST_CASE("codes of one year and one county have no finding") {
  CHECK(codes(homes_coded({"630106100201", "630106100202"})).items().empty());
  CHECK(codes(homes_coded({"h01", "h02", "100201"})).items().empty());
}

TEST_CASE("a row of another county is found where the place names its counties") {
  Place p = homes_coded({"371602001001", "150602001001"});
  CHECK(codes(p).items().empty());  // one of each: neither is the odd one
  p.counties = {"371602"};
  Diagnostics d = codes(p);
  REQUIRE(findings(d, "code-of-another-county") == 1);
  CHECK(d.items()[0].at.row == 2);
}

TEST_CASE("one row of another county among ten is found without being told") {
  std::vector<std::string> list;
  for (int i = 0; i < 9; ++i) list.push_back("37160200100" + std::to_string(i));
  list.push_back("371603001001");
  CHECK(findings(codes(homes_coded(list)), "code-of-another-county") == 1);
}

TEST_CASE("eleven digits among codes of twelve have lost one") {
  Diagnostics d = codes(
      homes_coded({"371602001001", "371602001002", "371602001003", "371602001004", "37160200105"}));
  REQUIRE(findings(d, "code-length") == 1);
  CHECK(d.items()[0].message == "code 37160200105 (home) has 11 digits, the others 12");
}

TEST_CASE("codes that a spreadsheet made numbers of are known by their form") {
  CHECK(looks_broken_by_spreadsheet("3.7063E+14"));
  CHECK(looks_broken_by_spreadsheet("371602001.0"));
  CHECK_FALSE(looks_broken_by_spreadsheet("371602001"));
  CHECK_FALSE(looks_broken_by_spreadsheet("1E5"));  // a door: building 1E, flat 5
  CHECK_FALSE(looks_broken_by_spreadsheet("C1"));
  Diagnostics d = codes(homes_coded({"3.7063E+14", "3.7064E+14"}));
  REQUIRE(findings(d, "code-broken") == 1);
  CHECK(d.items()[0].message.find("first of 2") != std::string::npos);
}
