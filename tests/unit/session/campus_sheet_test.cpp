#include <catch2/catch.hpp>

#include "base/error.h"
#include "session/campus_sheet.h"

using namespace doorstep;
using namespace doorstep::session;

namespace {

/// Three campuses:  a 甲校 600 seats (100 a year), 12 rooms · b 乙校 300, 6 · c 丙校 450, rooms
/// unknown.
std::vector<SheetRow> three() {
  return {{"a", {"a", "甲校", "Alpha", "600", "100", "12"}},
          {"b", {"b", "乙校", "Beta", "300", "50", "6"}},
          {"c", {"c", "丙校", "Gamma", "450", "75", ""}}};
}
const std::vector<std::size_t> kAll{0, 1, 2};

}  // namespace

TEST_CASE("a clipboard block is read as spreadsheets write it") {
  const auto cells = cells_of_tsv("1\t\"two\nlines\"\t\"he said \"\"so\"\"\"\r\n\t2\t\r\n");
  REQUIRE(cells.size() == 2);
  CHECK(cells[0] == std::vector<std::string>{"1", "two\nlines", "he said \"so\""});
  CHECK(cells[1] == std::vector<std::string>{"", "2", ""});
  CHECK(cells_of_tsv("").empty());
  CHECK(cells_of_tsv("5") == std::vector<std::vector<std::string>>{{"5"}});
}

TEST_CASE("a pasted range tells what would change and what stays") {
  const auto rows = three();
  const SheetChanges c =
      paste(rows, kAll, 0, SheetColumn::Seats, cells_of_tsv("600\t110\n1,260\t50"));
  CHECK(c.errors.empty());
  CHECK(c.same == 2);
  REQUIRE(c.changes.size() == 2);
  CHECK(c.changes[0].row == 0);
  CHECK(c.changes[0].column == SheetColumn::Intake);
  CHECK(c.changes[0].after == "110");
  CHECK(c.changes[1].before == "300");
  CHECK(c.changes[1].after == "1260");
}

TEST_CASE("cells that cannot be taken are named by row and column, and the others are kept") {
  const auto rows = three();
  const SheetChanges c =
      paste(rows, kAll, 1, SheetColumn::Seats, cells_of_tsv("-5\tmany\t7.5\t9\n10\nx"));
  REQUIRE(c.changes.size() == 1);
  CHECK(c.changes[0].row == 2);
  REQUIRE(c.errors.size() == 5);
  CHECK(c.errors[0].row == 1);
  CHECK(c.errors[0].heading == "seats");
  CHECK(c.errors[0].what == "cannot be negative");
  CHECK(c.errors[1].what == "is not a number");
  CHECK(c.errors[2].what == "is no whole number of rooms");
  CHECK(c.errors[3].column == 4);
  CHECK(c.errors[3].what == "lies beyond the last column");
  CHECK(c.errors[4].row == 3);
  CHECK(c.errors[4].what == "lies below the last row");
}

TEST_CASE("a block with headings finds its rows by code or name, in any order") {
  const auto rows = three();
  const SheetChanges c =
      paste(rows, kAll, 2, SheetColumn::Rooms,
            cells_of_tsv("学校名称\t学位数\t备注\n丙校\t500\tx\n甲校\t600\ty\n丁校\t1\tz"));
  REQUIRE(c.changes.size() == 1);
  CHECK(c.changes[0].row == 2);
  CHECK(c.changes[0].after == "500");
  REQUIRE(c.errors.size() == 2);
  CHECK(c.errors[0].what == "is no column of the table");
  CHECK(c.errors[1].row == 4);
  CHECK(c.errors[1].value == "丁校");
}

TEST_CASE("codes cannot be changed by pasting, but may be pasted as they are") {
  const auto rows = three();
  const SheetChanges c =
      paste(rows, kAll, 0, SheetColumn::Code, cells_of_tsv("a\t甲校\nz\t乙小学"));
  REQUIRE(c.changes.size() == 1);
  CHECK(c.changes[0].after == "乙小学");
  REQUIRE(c.errors.size() == 1);
  CHECK(c.errors[0].what == "this column cannot be changed");
}

TEST_CASE("a filtered sheet is pasted over as it is seen") {
  const auto rows = three();
  const auto shown = filtered_rows(rows, "seats<500");
  CHECK(shown == std::vector<std::size_t>{1, 2});
  const SheetChanges c = paste(rows, shown, 1, SheetColumn::Seats, cells_of_tsv("480"));
  REQUIRE(c.changes.size() == 1);
  CHECK(c.changes[0].row == 2);
  CHECK(filtered_rows(rows, "校 rooms=0") == std::vector<std::size_t>{2});
  CHECK(filtered_rows(rows, "ALPHA") == std::vector<std::size_t>{0});
  CHECK_THROWS_AS(filtered_rows(rows, "colour=3"), Error);
}

TEST_CASE("one value is put into a column of many rows, also relative to what is there") {
  const auto rows = three();
  CHECK(set_column(rows, kAll, SheetColumn::Seats, "+90").changes[0].after == "690");
  const SheetChanges c = set_column(rows, {0, 1}, SheetColumn::Seats, "-10%");
  CHECK(c.changes[0].after == "540");
  CHECK(c.changes[1].after == "270");
  CHECK(set_column(rows, {2}, SheetColumn::Seats, "-500").errors.size() == 1);
}

TEST_CASE("changes become one edit a campus, with seats and names apart") {
  const auto rows = three();
  const SheetChanges c =
      paste(rows, kAll, 0, SheetColumn::NameZh, cells_of_tsv("甲一小\tAlpha\t600\t120\t14"));
  const auto edits = edits_of(rows, c, "primary", 2026);
  REQUIRE(edits.size() == 2);
  const auto& seats = std::get<SetSeats>(edits[0]);
  CHECK(seats.campus == "a");
  CHECK(seats.seats == 600);
  CHECK(seats.intake == 120);
  CHECK(seats.rooms == 14);
  CHECK(seats.year == 2026);
  CHECK(std::get<RenameCampus>(edits[1]).name.zh == "甲一小");
  CHECK(std::get<RenameCampus>(edits[1]).name.en.empty());
}
