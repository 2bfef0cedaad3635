#include "recipes.h"

#include <catch2/catch.hpp>

#include "base/file.h"
#include "base/platform.h"

namespace doorstep::test {

namespace fs = std::filesystem;

ScratchFolder::ScratchFolder(const std::string& name)
    : path_(fs::temp_directory_path() / ("doorstep-" + name + "-" + std::to_string(process_id()))) {
  fs::remove_all(path_);
  fs::create_directories(path_);
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::string town_of_100000() {
  return R"(format = 1
code = "qingshui"
name = { zh = "清水", en = "Qingshui" }
note = { zh = "合成地理", en = "synthetic geography" }
seed = 7
base_year = 2020
crs = "EPSG:4548"
centre = [117.9, 37.4]
people = 100000
urban_people = 70000
area_km2 = 120
core_radius_km = 2.2
density_scale_km = 1.6
block_m = 200
villages = 60
river = true
railway = true

[ages]
"0" = 900
"1-4" = 5200
"5-9" = 6300
"10-14" = 5900

[[town]]
code = "t1"
name = { zh = "中街" }
urban = "city"
[[town]]
code = "t2"
name = { zh = "北镇" }
urban = "town"
people = 5000
[[town]]
code = "t3"
name = { zh = "南乡" }
urban = "rural"
people = 3000

[[stage]]
code = "primary"
name = { zh = "小学", en = "Primary" }
kind = "primary"
grades = 6
entry_age = 6
pupils_core = 900
pupils_rural = 300
synthetic_name = { zh = "合成小学", en = "Synthetic Primary" }
[[stage]]
code = "junior"
name = { zh = "初中", en = "Junior" }
kind = "junior"
grades = 3
entry_age = 12
pupils_core = 900
pupils_rural = 350
synthetic_name = { zh = "合成初中", en = "Synthetic Junior" }

[[school]]
code = "p01"
name = { zh = "第一小学", en = "No. 1 Primary" }
stage = "primary"
town = "t1"
quality = 1.3
[[school]]
code = "p02"
name = { zh = "北镇小学", en = "Beizhen Primary" }
stage = "primary"
town = "t2"

[[group]]
code = "g1"
name = { zh = "第一小学教育集团", en = "No. 1 Primary Group" }
core = "p01"
members = ["p02"]
form = "close_knit"
since = 2020
)";
}

std::string with(std::string text, const std::string& from, const std::string& to) {
  std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

synth::Recipe recipe_from(const std::string& text) {
  ScratchFolder folder("recipe");
  write_file(folder.path() / "recipe.toml", text);
  return synth::read_recipe(folder.path());
}

synth::Plan plan_from(const std::string& text) {
  Progress progress;
  return synth::make_plan(recipe_from(text), progress);
}

}  // namespace doorstep::test
