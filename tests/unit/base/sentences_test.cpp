// A sentence of the code in another language.
#include "base/sentences.h"

#include <catch2/catch.hpp>

using namespace doorstep;

namespace {

const Sentences kChinese({{"row has no code", "该行没有编码"},
                          {"{} of {} rows have no position", "{1} 行中有 {0} 行没有位置"},
                          {"{} rows {}", "{} 行{~}"},
                          {"name unknown homes", "所指居住点不存在"},
                          {"\"{}\" is not a number", "“{}”不是数"},
                          {"check the file", "请检查文件"},
                          {"{} cells were read as {}: {}", "{} 格按 {} 读取：{~}"},
                          {"{} of {} bytes stand alone, as letters with accents do",
                           "{1} 个字节中有 {0} 个单独出现"},
                          {"left out: {} in row {}{}", "略去 {}：第 {} 行"},
                          {"{} schools have no seats", "{} 所学校没有学位"}},
                         {{"no-code", "缺编码"}});

}  // namespace

TEST_CASE("a sentence is found word by word, or by its pattern") {
  CHECK(kChinese("row has no code") == "该行没有编码");
  CHECK(kChinese("3 of 17 rows have no position") == "17 行中有 3 行没有位置");
  CHECK(kChinese("\"12 seats\" is not a number") == "“12 seats”不是数");
  CHECK(kChinese("nobody wrote this one") == "nobody wrote this one");
  CHECK(kChinese("left out: 1 in row 3 (\"Total\")") == "略去 1：第 3 (\"Total\") 行");
  CHECK_FALSE(kChinese.find("row has no codes").has_value());
}

TEST_CASE("the pattern with most letters of its own wins, and a hole can be said in its turn") {
  CHECK(kChinese("2 rows name unknown homes") == "2 行所指居住点不存在");
  // The sentence around, though the one inside has more letters.
  CHECK(kChinese(
            "2 cells were read as latin: 1 of 2 bytes stand alone, as letters with accents do") ==
        "2 格按 latin 读取：2 个字节中有 1 个单独出现");
}

TEST_CASE("a whole line is cut where its middle is known") {
  CHECK(kChinese.line("a: b.csv: row has no code (check the file)") ==
        "a: b.csv：该行没有编码（请检查文件）");
  CHECK(kChinese.line("x.csv: \"a (b)\" is not a number (see it (all))") ==
        "x.csv：“a (b)”不是数（see it (all)）");
  CHECK(kChinese.line("a b.csv: 3 schools have no seats") == "a b.csv：3 所学校没有学位");
  CHECK(kChinese.line("something else: quite (so)") == "something else: quite (so)");
}

TEST_CASE("places and kinds have words of their own") {
  CHECK(kChinese.at({"homes.csv", 2, "seats"}) == "homes.csv 第 2 行，seats");
  CHECK(kChinese.kind("no-code") == "缺编码");
  CHECK(kChinese.kind("other") == "other");
}

TEST_CASE("English says everything as it stands") {
  const Sentences plain;
  CHECK(plain.english());
  CHECK(plain("row has no code") == "row has no code");
  CHECK(plain.line("a: row has no code (x)") == "a: row has no code (x)");
  CHECK(plain.at({"homes.csv", 2, "seats"}) == "homes.csv row 2, seats");
}
