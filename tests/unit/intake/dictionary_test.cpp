#include <catch2/catch.hpp>

#include "intake/dictionary.h"

using namespace doorstep;
using namespace doorstep::intake;

namespace {

std::string best(const std::string& field) {
  static const Dictionary dictionary;
  auto all = dictionary.meanings(field);
  return all.empty() ? "" : all.front().meaning;
}

AgeBand band(AgeBand::Sex sex, int first, int last) { return {sex, first, last}; }

}  // namespace

TEST_CASE("field names are known in both languages, with units and years") {
  CHECK(best("学校名称") == "name_zh");
  CHECK(best("学位数(个)") == "seats");
  CHECK(best("学位数 seats") == "seats");
  CHECK(best("招生计划") == "intake");
  CHECK(best("Easting") == "x");
  CHECK(best("区划代码") == "code");
  CHECK(best("身份证件号码") == "id_number");
  CHECK(best("Shape_Leng") == "");
}

TEST_CASE("a year in a field name is taken off and kept") {
  Dictionary dictionary;
  auto found = dictionary.meanings("pan2024");
  REQUIRE_FALSE(found.empty());
  CHECK(found.front().meaning == "intake");
  CHECK(found.front().year == 2024);
  CHECK(dictionary.meanings("2026年招生计划").front().year == 2026);
}

TEST_CASE("an exact word is surer than a part of a name") {
  Dictionary dictionary;
  CHECK(dictionary.meanings("children").front().confidence >
        dictionary.meanings("ward_children").front().confidence);
}

TEST_CASE("columns by age are read with their sex") {
  using Sex = AgeBand::Sex;
  CHECK(age_band_of("男_5到9岁") == band(Sex::Male, 5, 9));
  CHECK(age_band_of("女_0岁") == band(Sex::Female, 0, 0));
  CHECK(age_band_of("0-4岁") == band(Sex::All, 0, 4));
  CHECK(age_band_of("6岁 age 6") == band(Sex::All, 6, 6));
  CHECK(age_band_of("a6") == band(Sex::All, 6, 6));
  CHECK(age_band_of("age_11") == band(Sex::All, 11, 11));
  CHECK(age_band_of("f_5_9") == band(Sex::Female, 5, 9));
  CHECK_FALSE(age_band_of("女_85岁以上"));
  CHECK_FALSE(age_band_of("area"));
  CHECK_FALSE(age_band_of("adm2"));
}

TEST_CASE("grades count from the first of primary school") {
  CHECK(grade_of("一年级") == 1);
  CHECK(grade_of("6年级") == 6);
  CHECK(grade_of("初二") == 8);
  CHECK(grade_of("高一") == 10);
  CHECK(grade_of("K") == 0);
  CHECK(grade_of("小班") == -2);
  CHECK(grade_of("grade 3") == 3);
  CHECK_FALSE(grade_of("全部"));
  CHECK(grade_of_field("一年级学生数") == 1);
  CHECK_FALSE(grade_of_field("12"));
}

TEST_CASE("a school's stages are told by the longest word that fits") {
  Dictionary dictionary;
  using Kinds = std::vector<std::string>;
  CHECK(dictionary.stages_of("滨州市实验小学") == Kinds{"primary"});
  CHECK(dictionary.stages_of("上海市卢湾高级中学") == Kinds{"senior"});
  CHECK(dictionary.stages_of("九年一贯制学校") == Kinds{"primary", "junior"});
  CHECK(dictionary.stages_of("完全中学") == Kinds{"junior", "senior"});
  CHECK(dictionary.stages_of("市南中学") == Kinds{"junior"});
  CHECK(dictionary.stages_of("图书馆").empty());
}

TEST_CASE("words mean what they mean in their country") {
  Dictionary dictionary;
  CHECK(dictionary.stages_of("Memorial High School", nullptr, &dictionary.country("us")) ==
        std::vector<std::string>{"senior"});
  CHECK(dictionary.stages_of("Longhill High School", nullptr, &dictionary.country("gb")) ==
        std::vector<std::string>{"junior"});
}

TEST_CASE("the country is told by where the data lie") {
  Dictionary dictionary;
  CHECK(dictionary.country_at(101.8, 36.6).code == "cn");
  CHECK(dictionary.country_at(-0.14, 50.8).code == "gb");
  CHECK(dictionary.country_at(-8.6, 41.1).code == "pt");
  CHECK(dictionary.country_at(151.2, -33.9).code == "other");
}
