// Any bytes as a CSV: the encoding is found, the separator sniffed, the header laid out and the
// rows cleaned. Nothing but Error may come of it, and rows are as wide as the header.

#include <cstdint>
#include <string_view>

#include "base/error.h"
#include "io/table/csv.h"
#include "io/table/encoding.h"
#include "io/table/sheet.h"

using namespace doorstep;
using namespace doorstep::io;

namespace {

constexpr std::size_t kSample = 50;

void read_as_table(std::string_view text) {
  EncodingEvidence evidence;
  evidence.add(text);
  Encoding encoding = evidence.verdict();
  CsvDialect dialect = sniff_csv(text.substr(0, 4096), encoding.name != "UTF-8");
  CsvReader reader(bytes_of(text), dialect, "fuzz.csv");
  std::vector<Record> records;
  Record record;
  while (reader.next(record)) {
    for (std::string& cell : record)
      if (encoding.name != "UTF-8") cell = to_utf8(cell, encoding.name);
    records.push_back(record);
  }
  std::span<const Record> sample(records.data(), std::min(kSample, records.size()));
  SheetLayout layout = layout_of(sample, nullptr, text.size() % 2 == 0);
  Diagnostics findings;
  describe(layout, sample, "fuzz.csv", findings);
  std::size_t width = layout.columns.size();
  RowCleaner cleaner("fuzz.csv", layout, {});
  long number = 0;
  for (std::size_t r = layout.first_row(); width > 0 && r < records.size(); ++r)
    if (cleaner.clean(++number, records[r])) DOORSTEP_ASSERT(records[r].size() == width);
  cleaner.report(findings);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    read_as_table(text);
    ByteSource utf8 = utf16_as_utf8(bytes_of(text), size % 2 == 1);
    char buffer[257];
    while (utf8(buffer, sizeof buffer) > 0) {
    }
  } catch (const Error&) {
  }
  return 0;
}
