// The map of Bincheng: what is real in it stays what the sources say, and the files in the tree are
// those the recipe gives.

#include <catch2/catch.hpp>

#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "base/file.h"
#include "first_autumn.h"

using namespace doorstep;
using namespace doorstep::test;
using Catch::Matchers::WithinAbs;
namespace fs = std::filesystem;

namespace {

const fs::path kMap = DOORSTEP_TREE "/maps/bincheng";

const synth::Plan& plan() {
  static const synth::Plan made = [] {
    Progress progress;
    return synth::make_plan(synth::read_recipe(kMap), progress);
  }();
  return made;
}

double children_of_ages(std::size_t first, std::size_t last) {
  double sum = 0.0;
  for (const synth::PlannedHome& h : plan().homes)
    for (std::size_t age = first; age <= last; ++age) sum += h.children[age];
  return sum;
}

std::set<std::string> names_of(const std::vector<std::string>& codes) {
  std::set<std::string> out;
  for (const std::string& code : codes)
    for (const synth::SchoolRecipe& s : plan().recipe.schools)
      if (s.code == code) out.insert(s.name.zh);
  return out;
}

/// Words and numbers of a text: numbers may differ in their last digits between systems.
bool same_but_for_rounding(const std::string& a, const std::string& b) {
  auto tokens = [](std::string text) {
    for (char& c : text)
      if (std::string_view("{}[]\",:=\n").find(c) != std::string_view::npos) c = ' ';
    std::istringstream in(text);
    return std::vector<std::string>(std::istream_iterator<std::string>(in), {});
  };
  std::vector<std::string> left = tokens(a);
  std::vector<std::string> right = tokens(b);
  if (left.size() != right.size()) return false;
  for (std::size_t i = 0; i < left.size(); ++i) {
    if (left[i] == right[i]) continue;
    // x and y of a street node carry their letter.
    bool lettered = (left[i][0] == 'x' || left[i][0] == 'y') && left[i][0] == right[i][0];
    std::size_t from = lettered ? 1 : 0;
    char* end_left = nullptr;
    char* end_right = nullptr;
    double x = std::strtod(left[i].c_str() + from, &end_left);
    double y = std::strtod(right[i].c_str() + from, &end_right);
    if (*end_left != 0 || *end_right != 0 || std::abs(x - y) > 1e-6 * std::max(1.0, std::abs(x)))
      return false;
  }
  return true;
}

}  // namespace

// 2020 census, county table.
TEST_CASE("people and children of Bincheng are the census's, exactly") {
  double people = 0.0;
  for (const synth::PlannedHome& h : plan().homes) people += h.people;
  CHECK_THAT(people, WithinAbs(853649, 1e-5));
  CHECK_THAT(children_of_ages(0, 0), WithinAbs(7508, 1e-5));
  CHECK_THAT(children_of_ages(1, 4), WithinAbs(53327, 1e-5));
  CHECK_THAT(children_of_ages(5, 9), WithinAbs(54838, 1e-5));
  CHECK_THAT(children_of_ages(10, 14), WithinAbs(41870, 1e-5));
}

// Reform documents of the district: eight groups of 18 schools and 9 kindergartens.
TEST_CASE("the eight groups of Bincheng hold the 27 named campuses, each once") {
  std::map<std::string, std::set<std::string>> members;
  std::multiset<std::string> all;
  for (const synth::GroupRecipe& g : plan().recipe.groups) {
    std::vector<std::string> codes = g.members();
    codes.push_back(g.core);
    for (const std::string& name : names_of(codes)) all.insert(name);
    codes.pop_back();
    members[*names_of({g.core}).begin()] = names_of(codes);
  }
  using Names = std::set<std::string>;
  CHECK(members.size() == 8);
  CHECK(members["第一小学"] == Names{"滨州学院附属小学", "第六小学"});
  CHECK(members["实验小学"] == Names{"第三小学", "第二实验小学", "实验小学东校区"});
  CHECK(members["逸夫小学"] == Names{"逸夫小学南校区"});
  CHECK(members["清怡小学"] == Names{"清怡小学东校区", "三河湖镇实验小学"});
  CHECK(members["第三中学"] == Names{"秦皇台乡中心学校", "第五中学"});
  CHECK(members["第六中学"] == Names{"第八中学", "杨柳雪镇中心学校"});
  CHECK(members["第一实验幼儿园"] ==
        Names{"第七实验幼儿园", "市西街道中心幼儿园(长江园)", "秦皇台乡中心幼儿园"});
  CHECK(members["教育实验幼儿园"] == Names{"第二实验幼儿园(清怡园)", "彭李街道中心幼儿园(银河园)",
                                           "市东街道中心幼儿园(东方红园)",
                                           "实验小学东校区附属幼儿园"});
  CHECK(all.size() == 27);
  CHECK(Names(all.begin(), all.end()).size() == 27);
}

TEST_CASE("campuses of Bincheng are named and derived, or numbered and synthetic in no group") {
  std::set<std::string> grouped;
  for (const synth::GroupRecipe& g : plan().recipe.groups) {
    grouped.insert(g.core);
    for (const std::string& member : g.members()) grouped.insert(member);
  }
  int named = 0;
  for (const synth::PlannedCampus& c : plan().campuses) {
    INFO(c.code);
    bool synthetic = c.name.zh.starts_with("合成");
    CHECK(synthetic == (c.origin == Origin::Synthetic));
    CHECK(synthetic == (grouped.count(c.code) == 0));
    named += synthetic ? 0 : 1;
  }
  CHECK(named == 27);
}

TEST_CASE("a school with a town in its name stands in that town") {
  std::map<std::string, std::string> town_in_name{
      {"p12", "三河湖镇"}, {"j02", "秦皇台乡"}, {"j06", "杨柳雪镇"}, {"k03", "市西街道"},
      {"k04", "秦皇台乡"}, {"k07", "彭李街道"}, {"k08", "市东街道"}};
  std::size_t found = 0;
  for (const synth::PlannedCampus& c : plan().campuses) {
    auto named = town_in_name.find(c.code);
    if (named == town_in_name.end()) continue;
    ++found;
    INFO(c.name.zh);
    CHECK(plan().towns[static_cast<std::size_t>(c.town)].recipe.name.zh == named->second);
  }
  CHECK(found == town_in_name.size());
}

TEST_CASE("no campus of Bincheng starts above 3,000 pupils") {
  FirstAutumn autumn(plan());
  for (const StageYear& stage : autumn.run.years.front().stages)
    for (const CampusYear& c : stage.campuses) CHECK(c.enrolment <= 3000.0);
}

TEST_CASE("the files of the map are those its recipe gives") {
  ScratchFolder made("bincheng");
  synth::write_plan(plan(), made.path());
  std::size_t files = 0;
  for (const auto& entry : fs::directory_iterator(made.path())) {
    fs::path name = entry.path().filename();
    INFO(name << ": make it again by doorstep synth maps/bincheng/recipe.toml -o maps/bincheng");
    REQUIRE(fs::exists(kMap / name));
    CHECK(same_but_for_rounding(read_file(entry.path()), read_file(kMap / name)));
    ++files;
  }
  CHECK(files == 9);
}

TEST_CASE("place.toml of the map says that the ground is not real") {
  std::string text = read_file(kMap / "place.toml");
  CHECK_THAT(text, Catch::Contains("origin = \"synthetic\"") && Catch::Contains("非真实地图"));
}
