#include <catch2/catch.hpp>

#include "io/place/addresses.h"

using namespace doorstep;
using namespace doorstep::io;

namespace {

std::vector<AddressRange> parsed(const std::string& text) {
  std::vector<std::string> lost;
  auto out = parse_addresses(text, lost);
  CHECK(lost.empty());
  return out;
}

AddressRange street(const std::string& name, int from, int to, Parity parity = Parity::All) {
  return {"", name, from, to, parity};
}

HomeAddress home(const std::string& street, int number) { return {"", street, number}; }

std::vector<std::string> messages(const std::vector<CatchmentRange>& ranges) {
  Diagnostics findings;
  report_ranges(ranges, findings);
  std::vector<std::string> out;
  for (const Diagnostic& d : findings.items()) out.push_back(d.code + ": " + d.message);
  return out;
}

CatchmentRange in(const std::string& catchment, const AddressRange& range) {
  return {catchment, range, range.street, {}};
}

}  // namespace

TEST_CASE("a range of odd numbers is read as announcements write it") {
  for (const char* text : {"人民路1-99号单号", "人民路 1-99 单号", "人民路１－９９号（单号）",
                           "人民路1号至99号单号", "人民路1~99奇数"}) {
    INFO(text);
    CHECK(parsed(text) == std::vector{street("人民路", 1, 99, Parity::Odd)});
  }
}

TEST_CASE("a list goes on with the street before it") {
  CHECK(parsed("黄河五路1-99单号、2-50双号；新苑社区") ==
        std::vector<AddressRange>{street("黄河五路", 1, 99, Parity::Odd),
                                  street("黄河五路", 2, 50, Parity::Even),
                                  {"新苑社区", "", 1, INT_MAX, Parity::All}});
}

TEST_CASE("whole streets, open ends and English addresses are read") {
  CHECK(parsed("和平路") == std::vector{street("和平路", 1, INT_MAX)});
  CHECK(parsed("渤海十路100号以上") == std::vector{street("渤海十路", 100, INT_MAX)});
  CHECK(parsed("渤海十路98号以下双号") == std::vector{street("渤海十路", 1, 98, Parity::Even)});
  CHECK(parsed("12-40 Main Street even") ==
        std::vector{street("mainstreet", 12, 40, Parity::Even)});
}

TEST_CASE("what is no address is said, not dropped") {
  std::vector<std::string> lost;
  CHECK(parse_addresses("99-1号; 人民路9-3", lost).empty());
  CHECK(lost == std::vector<std::string>{"99-1号", "人民路9-3"});
}

TEST_CASE("a home lies in a range by its street, number and side") {
  AddressRange odd = street("人民路", 1, 99, Parity::Odd);
  CHECK(covers(odd, home("人民路", 13)));
  CHECK_FALSE(covers(odd, home("人民路", 12)));
  CHECK_FALSE(covers(odd, home("人民路", 101)));
  CHECK_FALSE(covers(odd, home("新人民路", 13)));
  CHECK(covers(odd, parse_home_address("滨城区人民路13号3单元501")));
  CHECK_FALSE(covers(odd, home("人民路", 0)));
}

TEST_CASE("numbers that two catchments claim are reported") {
  auto found = messages(
      {in("A", street("人民路", 1, 99)), in("B", street("人民路", 80, 120, Parity::Even))});
  REQUIRE(found.size() == 1);
  CHECK(found[0] == "address-overlap: 人民路 80-120 even of catchment B overlaps 1-99 of A");
}

TEST_CASE("the two sides of a street do not overlap") {
  CHECK(messages({in("A", street("人民路", 1, 99, Parity::Odd)),
                  in("B", street("人民路", 2, 100, Parity::Even))})
            .empty());
}

TEST_CASE("numbers left out between two ranges are reported, side by side") {
  auto found = messages({in("A", street("人民路", 1, 49, Parity::Odd)),
                         in("B", street("人民路", 61, 99, Parity::Odd))});
  CHECK(found == std::vector<std::string>{"address-gap: 人民路 51 to 59 odd are in no catchment"});
}

TEST_CASE("a community in two catchments is reported") {
  AddressRange community{"新苑社区", "", 1, INT_MAX, Parity::All};
  CHECK(messages({in("A", community), in("B", community)}).size() == 1);
}
