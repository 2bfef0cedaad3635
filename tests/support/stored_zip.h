#pragma once
// A zip archive without compression, and a workbook in one, made in the test that reads it.

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace doorstep::test {

inline std::uint32_t crc32_of(const std::string& bytes) {
  std::uint32_t crc = 0xFFFFFFFF;
  for (char c : bytes) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ (crc & 1 ? 0xEDB88320U : 0U);
  }
  return ~crc;
}

inline void put(std::string& out, std::uint64_t value, int bytes) {
  for (int i = 0; i < bytes; ++i, value >>= 8) out += static_cast<char>(value & 0xFF);
}

using Members = std::vector<std::pair<std::string, std::string>>;

inline std::string stored_zip(const Members& members) {
  std::string out;
  std::string central;
  for (const auto& [name, bytes] : members) {
    auto size = static_cast<std::uint32_t>(bytes.size());
    std::string common;
    put(common, 20, 2);     // version
    put(common, 0x800, 2);  // names are UTF-8
    put(common, 0, 2);      // stored
    put(common, 0, 4);      // time
    put(common, crc32_of(bytes), 4);
    put(common, size, 4);
    put(common, size, 4);
    put(common, static_cast<std::uint32_t>(name.size()), 2);
    put(common, 0, 2);
    central += std::string("PK\x01\x02\x14\0", 6) + common;
    put(central, 0, 10);
    put(central, static_cast<std::uint32_t>(out.size()), 4);
    central += name;
    out += "PK\x03\x04" + common + name + bytes;
  }
  auto start = static_cast<std::uint32_t>(out.size());
  auto count = static_cast<std::uint32_t>(members.size());
  out += central + std::string("PK\x05\x06\0\0\0\0", 8);
  put(out, count, 2);
  put(out, count, 2);
  put(out, static_cast<std::uint32_t>(central.size()), 4);
  put(out, start, 4);
  put(out, 0, 2);
  return out;
}

/// A workbook of one sheet, 表1. Cells that start with '=' are numbers, others texts.
inline std::string workbook(const std::vector<std::vector<std::string>>& rows,
                            const std::vector<std::string>& merged) {
  std::string sheet =
      "<?xml version=\"1.0\"?><worksheet xmlns=\"http://schemas.openxmlformats.org/"
      "spreadsheetml/2006/main\"><sheetData>";
  for (std::size_t r = 0; r < rows.size(); ++r) {
    std::string number = std::to_string(r + 1);
    sheet += "<row r=\"" + number + "\">";
    for (std::size_t c = 0; c < rows[r].size(); ++c) {
      const std::string& cell = rows[r][c];
      std::string at = std::string(1, static_cast<char>('A' + c)) + number;
      if (cell.empty()) continue;
      sheet += cell[0] == '='
                   ? "<c r=\"" + at + "\"><v>" + cell.substr(1) + "</v></c>"
                   : "<c r=\"" + at + "\" t=\"inlineStr\"><is><t>" + cell + "</t></is></c>";
    }
    sheet += "</row>";
  }
  sheet += "</sheetData>";
  if (!merged.empty()) sheet += "<mergeCells>";
  for (const std::string& range : merged) sheet += "<mergeCell ref=\"" + range + "\"/>";
  if (!merged.empty()) sheet += "</mergeCells>";
  sheet += "</worksheet>";
  const std::string relations =
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const std::string package = "http://schemas.openxmlformats.org/package/2006/";
  const std::string main = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
  return stored_zip(
      {{"[Content_Types].xml",
        "<Types xmlns=\"" + package + "content-types\"><Default Extension=\"xml\" ContentType=\"" +
            main + "worksheet+xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"" +
            main + "sheet.main+xml\"/></Types>"},
       {"xl/workbook.xml",
        "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"" +
            relations +
            "\"><sheets><sheet name=\"表1\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"},
       {"xl/_rels/workbook.xml.rels",
        "<Relationships xmlns=\"" + package + "relationships\"><Relationship Id=\"rId1\" Type=\"" +
            relations + "/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"},
       {"xl/worksheets/sheet1.xml", sheet}});
}

}  // namespace doorstep::test
