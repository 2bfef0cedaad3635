// Rows that need no cleaning go past the cleaner: what is read must not show it.

#include <catch2/catch.hpp>

#include <fmt/format.h>
#include <unistd.h>

#include <fstream>

#include "io/place/home_codes.h"
#include "io/table/cells.h"
#include "io/table/table.h"

using namespace doorstep;
using namespace doorstep::io;
namespace fs = std::filesystem;

namespace {

/// Rows beyond those looked at to find the header, with one of another kind in their middle.
std::string table_with(const std::string& odd) {
  std::string out = "code,学校,pupils\n";
  for (int r = 1; r <= 900; ++r)
    out += r == 450 ? odd + "\n" : fmt::format("{:04},第{}小学,{}.5\n", r, r, r);
  return out;
}

class File {
 public:
  explicit File(const std::string& bytes) {
    std::string pattern = (fs::temp_directory_path() / "doorstep-plain-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
    std::ofstream(folder_ / "a.csv", std::ios::binary) << bytes;
    request_.path = folder_ / "a.csv";
    request_.shown = "a.csv";
  }
  ~File() { fs::remove_all(folder_); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  [[nodiscard]] const TableRequest& request() const { return request_; }

 private:
  fs::path folder_;
  TableRequest request_;
};

std::vector<std::string> said(const Diagnostics& findings) {
  std::vector<std::string> out;
  for (const Diagnostic& d : findings.items())
    out.push_back(fmt::format("{} {} {} | {}", d.code, d.at.text(), d.message, d.hint));
  return out;
}

/// The table read whole, whose plain rows take the short way, is the one read row by row.
void check_same(const std::string& bytes) {
  const File file(bytes);
  Diagnostics whole_findings, rows_findings;
  const Table whole = read_table(file.request(), whole_findings);
  std::vector<std::vector<std::string>> cells;
  std::vector<long> numbers;
  for_each_row(file.request(), rows_findings, [&](const TableHead&, TableRow& row) {
    cells.push_back(row.cells);
    numbers.push_back(row.number);
    return true;
  });
  CHECK(said(whole_findings) == said(rows_findings));
  CHECK(whole.row_of == numbers);
  REQUIRE(whole.rows() == cells.size());
  std::size_t differ = 0;
  for (std::size_t r = 0; r < cells.size(); ++r) differ += !(whole.cells[r] == cells[r]);
  CHECK(differ == 0);
}

}  // namespace

TEST_CASE("rows of every kind come out the same by the short way and the long one") {
  for (const char* odd :
       {"0450,第450小学,450.5", " 0450,第450小学 ,450.5", "合计,,1000", "code,学校,pupils",
        "注：学生数为估计,,", "0450,\"一,小\",\"1,234\"", "0450,第450小学", "0450,一小,1,2",
        "0450.0,一小,４５", "3.7063E+14,一小,45", ",,", "", "0450,\u3000一小,45",
        "0450,\xD0\xA1,45", "+86,一小,-3", "370600000000000000,一小,45"}) {
    INFO(odd);
    check_same(table_with(odd));
  }
}

TEST_CASE("codes cut by Excel are found among rows that go the short way") {
  std::string text = "学校代码,n\n";
  for (int r = 0; r < 700; ++r) text += fmt::format("{}00000000000000,{}\n", 1000 + r, r);
  const File file(text);
  Diagnostics findings;
  CHECK(read_table(file.request(), findings).rows() == 700);
  REQUIRE(findings.items().size() == 1);
  CHECK(findings.items()[0].code == "id-destroyed");
  CHECK(findings.items()[0].message == "700 of 700 long numbers end in zeros after the 15th digit");
}

TEST_CASE("a quote that never closes is found behind plain rows, with its record") {
  const File file(table_with("0450,\"一小,3"));
  Diagnostics findings;
  CHECK_THROWS_WITH(read_table(file.request(), findings),
                    Catch::Contains("a quote opened in record 451 never closes"));
}

TEST_CASE("cells are found in rows of different widths, over many blocks") {
  Cells cells;
  for (int r = 0; r < 1000; ++r) {
    std::vector<std::string> row(static_cast<std::size_t>(r % 3), std::to_string(r));
    cells.push_back(row);
  }
  REQUIRE(cells.size() == 1000);
  CHECK(cells[0].size() == 0);
  CHECK(cells[998] == std::vector<std::string>{"998", "998"});
  Cells copied;
  for (std::size_t r = 0; r < cells.size(); ++r) copied.push_back(cells[r]);
  for (std::size_t r = 0; r < cells.size(); ++r) REQUIRE(copied[r] == cells[r].strings());
  CHECK_THROWS_AS(cells.at(1000), std::out_of_range);
}

TEST_CASE("a home is found by its code, whether codes rise or not") {
  for (const auto& codes : std::vector<std::vector<std::string>>{
           {"a", "b", "c", "d"}, {"d", "c", "b", "a"}, {"b", "c", "a", "d"}}) {
    IdVector<HomeId, Home> homes;
    HomeCodes known;
    for (const std::string& code : codes) {
      REQUIRE(known.add(homes, code));
      homes.push_back({code, {}, {}, {}});
      CHECK_FALSE(known.add(homes, codes.front()));
    }
    for (std::size_t h = 0; h < codes.size(); ++h) CHECK(known.find(homes, codes[h]) == HomeId(h));
    CHECK_FALSE(known.find(homes, "e").valid());
  }
}
