#include "io/scenario/text_over.h"

#include <catch2/catch.hpp>

#include "base/file.h"
#include "io/scenario/toml_lines.h"

using namespace doorstep::io;

namespace {

constexpr const char* kHead = "format = 1\ncode = \"east\"\nyears = 10\n";
constexpr const char* kPlainSeats =
    "\n[[edit]]\ndo = \"set_seats\"\ncampus = \"p05\"\nstage = \"primary\"\nseats = 900\nyear = "
    "2025\n";
constexpr const char* kPlainHousing =
    "\n[[edit]]\ndo = \"add_housing\"\ncode = \"n01\"\nat_xy = [10, 20]\ndwellings = 500\nyear = "
    "2028\n";

// As a planner writes: a head, a rule, comments beside figures and above edits.
constexpr const char* kWritten =
    "# Bureau draft, 3 March.\n"
    "format = 1\n"
    "code   = \"east\"          # short name\n"
    "years  = 10\n"
    "\n"
    "# ---- seats ----\n"
    "\n"
    "# agreed with the head of p05\n"
    "[[edit]]\n"
    "do = \"set_seats\"\n"
    "  campus = \"p05\"\n"
    "stage = \"primary\"\n"
    "seats = 900              # two storeys\n"
    "year = 2025\n"
    "\n"
    "[[edit]]  # the developer's figures\n"
    "do = \"add_housing\"\n"
    "code = \"n01\"\n"
    "at = [1.0, 2.0]  # gate\n"
    "dwellings = 500\n"
    "# half of them small\n"
    "year = 2028\n"
    "\n"
    "# to do: the junior schools\n";

std::string plain(std::initializer_list<std::string> edits) {
  std::string out = kHead;
  for (const std::string& e : edits) out += e;
  return out;
}
std::string changed(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}
std::string over(const std::string& written, const std::string& before, const std::string& after) {
  WrittenEdits known;
  return text_over(written, before, after, known);
}

}  // namespace

TEST_CASE("a plan that did not change is written as it was") {
  const std::string both = plain({kPlainSeats, kPlainHousing});
  CHECK(over(kWritten, both, both) == kWritten);
}

TEST_CASE("a value that changed keeps the comments beside it, in their column") {
  const std::string seats = changed(kPlainSeats, "900", "1080");
  CHECK(over(kWritten, plain({kPlainSeats, kPlainHousing}), plain({seats, kPlainHousing})) ==
        changed(kWritten, "seats = 900              # two", "seats = 1080             # two"));
  const std::string moved = changed(kPlainHousing, "[10, 20]", "[11, 20]");
  CHECK(over(kWritten, plain({kPlainSeats, kPlainHousing}), plain({kPlainSeats, moved})) ==
        changed(kWritten, "at = [1.0, 2.0]  # gate", "at_xy = [11, 20] # gate"));
}

TEST_CASE("a new key goes where the writer has it, one that goes leaves its comment") {
  const std::string seats = changed(kPlainSeats, "seats = 900\n", "seats = 900\nintake = 150\n");
  CHECK(over(kWritten, plain({kPlainSeats, kPlainHousing}), plain({seats, kPlainHousing})) ==
        changed(kWritten, "# two storeys\n", "# two storeys\nintake = 150\n"));
  const std::string none = changed(kPlainSeats, "seats = 900\n", "");
  CHECK(over(kWritten, plain({kPlainSeats, kPlainHousing}), plain({none, kPlainHousing})) ==
        changed(kWritten, "seats = 900              # two", "# seats: two"));
}

TEST_CASE("an edit that is added or taken out changes no other line") {
  const std::string before = plain({kPlainSeats, kPlainHousing});
  const std::string more =
      "\n[[edit]]\ndo = \"set_feeder\"\nfrom = \"a\"\nto = \"b\"\nyear = 2026\n";
  CHECK(over(kWritten, before, plain({kPlainSeats, kPlainHousing, more})) ==
        changed(kWritten, "\n# to do", more + "\n# to do"));
  const std::string written = kWritten;
  const std::size_t from = written.find("# agreed"), to = written.find("\n[[edit]]  #");
  std::string rest = written;
  rest.erase(from, to - from);
  CHECK(over(kWritten, before, plain({kPlainHousing})) == rest);
}

TEST_CASE("an edit taken out and brought back by undo has its comments again") {
  WrittenEdits known;
  const std::string before = plain({kPlainSeats, kPlainHousing}), without = plain({kPlainSeats});
  const std::string saved = text_over(kWritten, before, without, known);
  CHECK(saved.find("# gate") == std::string::npos);
  const std::string again = text_over(saved, without, before, known);
  CHECK(again.find("at = [1.0, 2.0]  # gate\n") != std::string::npos);
  CHECK(again.find("# half of them small") != std::string::npos);
}

TEST_CASE("homes that are moved change the list of their catchment alone") {
  const std::string written =
      "format = 1\ncode = \"east\"\nyears = 10\n\n[[edit]]\ndo = \"redraw_catchments\"\n"
      "stage = \"primary\"\nyear = 2022\n[edit.move]\n"
      "p25 = [\"v1\",  # the mill\n       \"v2\"]\np54 = [\"v3\"] # by bus\n";
  const std::string before = plain(
      {"\n[[edit]]\ndo = \"redraw_catchments\"\nstage = \"primary\"\nyear = 2022\n[edit.move]\n"
       "\"p25\" = [\"v1\", \"v2\"]\n\"p54\" = [\"v3\"]\n"});
  const std::string after = changed(before, "[\"v3\"]\n", "[\"v3\", \"v4\"]\n\"p60\" = [\"v9\"]\n");
  CHECK(over(written, before, after) ==
        changed(written, "p54 = [\"v3\"] # by bus\n",
                "p54 = [\"v3\", \"v4\"] # by bus\n\"p60\" = [\"v9\"]\n"));
  const std::string other = changed(before, "[\"v1\", \"v2\"]", "[\"v1\"]");
  CHECK(over(written, before, other).find("# the mill\np25 = [\"v1\"]\n") != std::string::npos);
}

TEST_CASE("line ends stay, and what is no list of [[edit]] is left to the plain writer") {
  const std::string before = plain({kPlainSeats});
  const std::string windows = "format = 1\r\ncode = \"east\"\r\nyears = 10 # short\r\n";
  CHECK(over(windows, kHead, changed(kHead, "10", "12")) ==
        "format = 1\r\ncode = \"east\"\r\nyears = 12 # short\r\n");
  CHECK(over("edit = [{ do = \"x\" }]\n", before, before).empty());
}

TEST_CASE("a scenario file taken apart is whole") {
  const auto found = toml_plan(kWritten);
  REQUIRE(found);
  CHECK(found->edits.size() == 2);
  std::string out;
  auto add = [&](const std::vector<TomlItem>& items) {
    for (const TomlItem& item : items) out += item.text;
  };
  add(found->head.gap);
  add(found->head.own);
  for (const TomlBlock& edit : found->edits) {
    add(edit.gap);
    add(edit.own);
  }
  add(found->tail);
  CHECK(out == kWritten);
}
