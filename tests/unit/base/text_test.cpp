#include "base/text.h"

#include <catch2/catch.hpp>

#include <cmath>

using namespace doorstep;

TEST_CASE("numbers have thousands separators and a typographic minus") {
  CHECK(grouped(0) == "0");
  CHECK(grouped(999) == "999");
  CHECK(grouped(1614) == "1,614");
  CHECK(grouped(1234567.891, 2) == "1,234,567.89");
  CHECK(grouped(-658) == "−658");
  CHECK(grouped(NAN) == "–");
}

TEST_CASE("halves round away from zero, and nothing rounds to minus zero") {
  CHECK(grouped(0.5) == "1");
  CHECK(grouped(-2.5) == "−3");
  CHECK(grouped(-0.4) == "0");
}

TEST_CASE("changes carry their sign") {
  CHECK(signed_grouped(1206) == "+1,206");
  CHECK(signed_grouped(-658) == "−658");
  CHECK(signed_grouped(0.2) == "±0");
  CHECK(percent(1.38) == "138%");
  CHECK(percent(0.1234, 1) == "12.3%");
  CHECK(percent(INFINITY) == "–");
}

TEST_CASE("Chinese takes two columns of a terminal") {
  CHECK(display_width("小学 A") == 6);
  CHECK(padded("小学", 6) == "小学  ");
  CHECK(padded("小学", 6, true) == "  小学");
  CHECK(padded("too long", 3) == "too long");
}

TEST_CASE("a number is read only where there is nothing else") {
  double value = -7.0;
  CHECK(parse_number(" 12.5 ", value));
  CHECK(value == 12.5);
  CHECK(parse_number("+3", value));
  CHECK(value == 3.0);
  CHECK(parse_number("-1e3", value));
  CHECK(value == -1000.0);
  value = 42.0;
  for (const char* text : {"", "NA", "12 seats", "1,200", "nan", "inf", "1e999", "0x10", "--1",
                           "+-1", "1.2.3", "１２"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_number(text, value));
    CHECK(value == 42.0);
  }
}

TEST_CASE("the nearest word is the one a slip away, and none where all are far") {
  std::vector<std::string> fields{"primary_seats", "junior_seats", "name_zh"};
  CHECK(closest("junior_seat", fields) == "junior_seats");
  CHECK(closest("nmae_zh", fields) == "name_zh");
  CHECK(closest("latitude", fields).empty());
  CHECK(closest("x", {}).empty());
}

TEST_CASE("broken UTF-8 is told from whole") {
  CHECK(is_valid_utf8("第一小学 – No. 1"));
  CHECK(is_valid_utf8("\xEF\xBF\xBD"));        // U+FFFD itself
  CHECK_FALSE(is_valid_utf8("\xB5\xDA"));      // GBK
  CHECK_FALSE(is_valid_utf8("\xE5\xB0"));      // cut short
  CHECK_FALSE(is_valid_utf8("\xC0\xAF"));      // overlong
  CHECK_FALSE(is_valid_utf8("\xED\xA0\x80"));  // a surrogate
}

TEST_CASE("white space goes from both ends only") {
  CHECK(trimmed(" \t a b\r\n") == "a b");
  CHECK(lower_ascii("EPSG:小A") == "epsg:小a");
}

TEST_CASE("what a terminal would obey is shown, other text is left alone") {
  CHECK(printable("第一小学 No. 1 – 😀") == "第一小学 No. 1 – 😀");
  CHECK(printable("a\x1b[2Jb\x07") == "a\\x1b[2Jb\\x07");
  CHECK(printable("two\nlines\t") == "two\\nlines\\t");
  CHECK(printable("\xC2\x9B"
                  "31m") == "\\u009b31m");                    // a control of one code point
  CHECK(printable("exe\xE2\x80\xAEgpj") == "exe\\u202egpj");  // turns the writing round
  CHECK(printable("\xB5\xDA\x1b") == "\\xb5\\xda\\x1b");      // GBK and an escape
}
