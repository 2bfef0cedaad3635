#include "io/scenario/scenario_comments.h"

#include <catch2/catch.hpp>

using namespace doorstep::io;

namespace {

constexpr const char* kFile =
    "# Asked for by the council.\n"
    "format = 1\n"
    "name = \"# no comment\"  # working title\n"
    "\n"
    "# The first step.\n"
    "[[edit]]\n"
    "do = \"set_seats\"\n"
    "seats = 60 # as agreed\n"
    "\n"
    "# The second step,\n"
    "# if there is money.\n"
    "[[edit]]\n"
    "do = \"rename_campus\"\n"
    "note = \"\"\"\n"
    "# still text\n"
    "\"\"\"\n"
    "# at the end\n";

}  // namespace

TEST_CASE("comments are known by the edit they stand above or in") {
  const ScenarioComments c = scenario_comments(kFile);
  CHECK(c.head == std::vector<std::string>{"# Asked for by the council.", "# name: working title"});
  REQUIRE(c.edits.size() == 2);
  CHECK(c.edits[0] == std::vector<std::string>{"# The first step.", "# seats: as agreed"});
  CHECK(c.edits[1] ==
        std::vector<std::string>{"# The second step,", "# if there is money.", "# at the end"});
}

TEST_CASE("a plan written anew has the comments of the edits that it keeps") {
  const std::string written = with_comments("format = 1\n\n[[edit]]\ndo = \"rename_campus\"\n",
                                            scenario_comments(kFile), {1});
  CHECK(written ==
        "# Asked for by the council.\n# name: working title\nformat = 1\n\n# The second step,\n"
        "# if there is money.\n# at the end\n[[edit]]\ndo = \"rename_campus\"\n");
}

TEST_CASE("a file without comments, or with odd line ends, stays as it is") {
  CHECK(with_comments("a = 1\n[[edit]]\n", scenario_comments("a = 2\r\n[[edit]]\r\n"), {0}) ==
        "a = 1\n[[edit]]\n");
  CHECK(scenario_comments("x = \"\\\"# in a text\"\r\n# out\r\n").head ==
        std::vector<std::string>{"# out"});
}
