// A list of pupils is counted; not a byte of a person's goes into what is drafted.
#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "intake/intake.h"
#include "io/place/place_file.h"

using namespace doorstep;
using namespace doorstep::intake;
namespace fs = std::filesystem;

namespace {

/// Eight pupils of two schools; every name, number and flat is a marker.
const char* kList =
    "姓名,性别,身份证号,学籍号,学校,年级,社区,家庭住址,监护人姓名,联系电话\n"
    "马克一,男,371602201703051234,G371602201703051234,第一小学,一年级,新苑社区,"
    "人民路12号3单元马克室,马父一,13811112222\n"
    "马克二,女,371602201704061235,G371602201704061235,第一小学,一年级,新苑社区,人民路12号马克室,"
    "马父二,13811113333\n"
    "马克三,男,371602201605071236,G371602201605071236,第一小学,二年级,新苑社区,马克路,马父三,"
    "13811114444\n"
    "马克四,女,37160220150808123X,G37160220150808123X,第二小学,三年级,滨河社区,,马父四,"
    "13811115555\n"
    "马克五,男,,G5,第二小学,三年级,滨河社区,,马父五,13811116666\n"
    "马克六,女,,G6,第二小学,,滨河社区,,马父六,13811117777\n"
    "马克七,男,371602201705051239,G7,第二小学,一年级,,马克家中,马父七,13811118888\n"
    "马克八,男,371602201702011230,G8,第二小学,一年级,,黄河路8号马克楼,马父八,13811119999\n";

const std::vector<std::string> kMarkers{"马克",   "马父", "3716022", "G3716",
                                        "138111", "13X",  "单元"};

struct Office {
  fs::path folder;
  Request request;
  Office() {
    std::string pattern = (fs::temp_directory_path() / "doorstep-pupils-XXXXXX").string();
    folder = mkdtemp(pattern.data());
    request.code = "town";
    file("学籍.csv", kList);
    file("学校.csv",
         "学校名称,经度,纬度,学位数\n第一小学,117.97,37.38,1080\n第二小学,117.99,37.38,540\n");
    request.confirmed["year"] = "2023";
  }
  ~Office() { fs::remove_all(folder); }
  void file(const std::string& name, const std::string& bytes) {
    std::ofstream(folder / name, std::ios::binary) << bytes;
    request.files.push_back(folder / name);
  }
  Draft draft() const {
    Progress progress;
    return draft_place(request, progress);
  }
};

}  // namespace

TEST_CASE("a pupil list leaves no trace of a person in any byte that is written or printed") {
  Office office;
  Draft draft = office.draft();
  write_draft(draft, office.folder / "place", false);
  std::string all = report_text(draft) + report_json(draft);
  for (const auto& entry : fs::recursive_directory_iterator(office.folder / "place")) {
    std::ifstream in(entry.path(), std::ios::binary);
    std::ostringstream bytes;
    bytes << in.rdbuf();
    all += entry.path().string() + bytes.str();
    CHECK(entry.path().filename() != "学籍.csv");
  }
  for (const std::string& marker : kMarkers) {
    INFO(marker);
    CHECK(all.find(marker) == std::string::npos);
  }
  CHECK(all.find("新苑社区") != std::string::npos);  // the community is no secret
}

TEST_CASE("pupils are counted by community and age at the cut-off") {
  Office office;
  write_draft(office.draft(), office.folder / "place", false);
  Coefficients coefficients;
  auto place = io::read_place(office.folder / "place", coefficients);
  CHECK(place.findings.count(Severity::Error) == 0);
  double at_six = 0.0, at_seven = 0.0, at_eight = 0.0;
  for (HomeId h : place.value.homes.ids()) {
    at_six += place.value.children.at(h, ClassId(0), 6);
    at_seven += place.value.children.at(h, ClassId(0), 7);
    at_eight += place.value.children.at(h, ClassId(0), 8);
  }
  CHECK(at_six == Approx(3));    // 2017-03, 2017-04, 2017-02; the one without a home is left out
  CHECK(at_seven == Approx(1));  // 2016-05
  CHECK(at_eight == Approx(2));  // 2015-08 by number, one by grade
  CHECK(place.value.homes.size() == 3);
}

TEST_CASE("how many rows were used and left out is said, with the reason") {
  Office office;
  Draft draft = office.draft();
  std::string text;
  for (const Diagnostic& d : draft.findings.items()) text += d.message + "\n";
  CHECK_THAT(text, Catch::Contains("6 of 8 rows were counted"));
  CHECK_THAT(text, Catch::Contains("1 rows have neither a day of birth nor a grade"));
  CHECK_THAT(text, Catch::Contains("1 rows have no community, house number or position"));
}

TEST_CASE("identity numbers are known by their values, whatever their column is called") {
  Office office;
  office.request.files.clear();
  office.file("list.csv",
              "a,b,学校,年级,社区\n马克一,371602201703051234,第一小学,一年级,新苑社区\n马克二,"
              "371602201704061235,第一小学,一年级,新苑社区\n");
  office.file("学校.csv", "学校名称,经度,纬度,学位数\n第一小学,117.97,37.38,1080\n");
  Draft draft = office.draft();
  bool found = false;
  for (const LayerReport& l : draft.layers) found |= l.role == "pupil_list";
  CHECK(found);
}
