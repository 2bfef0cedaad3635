#include "io/table/csv.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "io/table/encoding.h"

using namespace doorstep;
using namespace doorstep::io;

namespace {

using Rows = std::vector<std::vector<std::string>>;

Rows split(const std::string& text, char separator = ',', bool double_byte = false) {
  CsvReader reader(bytes_of(text), {separator, double_byte}, "a.csv");
  Rows rows;
  std::vector<std::string> cells;
  while (reader.next(cells)) rows.push_back(cells);
  return rows;
}

/// Gives a text in pieces of so many bytes.
ByteSource in_pieces(const std::string& text, std::size_t bytes) {
  return [text, bytes, at = std::size_t{0}](char* out, std::size_t room) mutable {
    std::size_t n = std::min({bytes, room, text.size() - at});
    text.copy(out, n, at);
    at += n;
    return n;
  };
}

Encoding verdict_of(const std::string& text) {
  EncodingEvidence evidence;
  evidence.add(text);
  return evidence.verdict();
}

}  // namespace

TEST_CASE("lines end in LF, CR LF or CR alone, and the last need not end") {
  Rows expected{{"a", "b"}, {"1", "2"}};
  for (const char* text : {"a,b\n1,2\n", "a,b\r\n1,2\r\n", "a,b\r1,2\r", "a,b\n1,2"})
    CHECK(split(text) == expected);
  CHECK(split("a\r\n\r\nb") == Rows{{"a"}, {""}, {"b"}});
}

TEST_CASE("quoted cells hold separators, quotes and line ends") {
  CHECK(split("\"a,b\",\"c \"\"d\"\"\"\n\"x\r\ny\",z\n") ==
        Rows{{"a,b", "c \"d\""}, {"x\r\ny", "z"}});
  CHECK(split("\"\",\"a\"b\n") == Rows{{"", "ab"}});
  CHECK(split("5\" pipe,x\n") == Rows{{"5\" pipe", "x"}});
}

TEST_CASE("a quote that never closes is named with its record, and swallows nothing") {
  try {
    split("a,b\n1,\"x\n2,3\n");
    FAIL("nothing was thrown");
  } catch (const Error& e) {
    CHECK_THAT(e.message(), Catch::Contains("record 2"));
  }
}

TEST_CASE("the separator is the one that divides most evenly") {
  CHECK(sniff_csv("a;b\n1,5;2\n3,5;4\n").separator == ';');
  CHECK(sniff_csv("a\tb, c\n1\t2\n").separator == '\t');
  CHECK(sniff_csv("a|b\n1|2\n").separator == '|');
  CHECK(sniff_csv("a,b\n\"1;2;3\",4\n").separator == ',');
  CHECK(sniff_csv("code\na\nb\n").separator == ',');
  CHECK(sniff_csv("").separator == ',');
}

TEST_CASE("half a character of GBK is no bar") {
  // 0x8D 0x7C is one character of GBK whose second byte is '|'.
  CHECK(split("\x8D\x7C|b\n", '|', true) == Rows{{"\x8D\x7C", "b"}});
}

TEST_CASE("a byte order mark and NUL bytes are no text") {
  CHECK(split("\xEF\xBB\xBF"
              "a,b\n") == Rows{{"a", "b"}});
  CsvReader reader(bytes_of(std::string_view("a\0b\n", 4)), {}, "a.csv");
  std::vector<std::string> cells;
  REQUIRE(reader.next(cells));
  CHECK(cells == std::vector<std::string>{"ab"});
  CHECK(reader.nul_bytes() == 1);
}

TEST_CASE("records are the same however the bytes arrive") {
  const std::string text = "名称,班数\r\n\"一,小\"\"\",24\r\"二\n小\",18";
  Rows whole = split(text);
  for (std::size_t bytes : {1, 2, 3, 7}) {
    CsvReader reader(in_pieces(text, bytes), {}, "a.csv");
    Rows rows;
    std::vector<std::string> cells;
    while (reader.next(cells)) rows.push_back(cells);
    CHECK(rows == whole);
  }
}

TEST_CASE("UTF-16 in both orders is read as it streams, pairs too") {
  const std::string big("\0a\x4E\x2D\xD8\x40\xDC\x0B", 8);  // a, 中, U+2000B
  for (std::size_t bytes : {1, 3, 8}) {
    ByteSource utf8 = utf16_as_utf8(in_pieces(big, bytes), true);
    std::string text;
    char buffer[3];
    while (std::size_t n = utf8(buffer, sizeof buffer)) text.append(buffer, n);
    CHECK(text == "a中\U0002000B");
  }
}

TEST_CASE("GB18030, Big5 and accented letters are told apart by their bytes") {
  // 滨城区第一小学 and 臺北市國民小學, as their own programs write them.
  CHECK(verdict_of("\xB1\xF5\xB3\xC7\xC7\xF8\xB5\xDA\xD2\xBB\xD0\xA1\xD1\xA7").name == "GB18030");
  CHECK(verdict_of("\xBB\x4F\xA5\x5F\xA5\xAB\xB0\xEA\xA5\xC1\xA4\x70\xBE\xC7").name == "Big5");
  CHECK(verdict_of("Caf\xE9 de l'\xC9glise, r\xE9"
                   "sidence")
            .name == "windows-1252");
  CHECK(verdict_of("滨城区").certainty == Certainty::Certain);
  CHECK(verdict_of("plain").evidence == "only ASCII");
}

TEST_CASE("one character alone is ambiguous, and says so") {
  CHECK(verdict_of("\xD0\xA1\xB5").certainty == Certainty::Ambiguous);
}

TEST_CASE("text cut within a character loses the half, not the rest") {
  std::string gbk = "\xD1\xA7\xC9\xFA\xC8";  // 学生 and half of 人
  CHECK(trim_half_character(gbk, "CP936"));
  CHECK(to_utf8(gbk, "CP936") == "学生");
  std::string whole = "\xD1\xA7";
  CHECK_FALSE(trim_half_character(whole, "GB18030"));
}

TEST_CASE("what a .cpg file says is understood in its many spellings") {
  CHECK(encoding_of_cpg("936") == "CP936");
  CHECK(encoding_of_cpg("ANSI 1251\r\n") == "CP1251");
  CHECK(encoding_of_cpg("Big-5") == "Big5");
  CHECK(encoding_of_cpg("utf-8") == "UTF-8");
  CHECK(encoding_of_cpg("8859-1") == "ISO-8859-1");
  CHECK(encoding_of_cpg("OEM 936") == "CP936");
  CHECK(encoding_of_cpg("nonsense").empty());
  CHECK(encoding_of_dbf_byte(0x4D) == "CP936");
  CHECK(encoding_of_dbf_byte(0x57).empty());
}
