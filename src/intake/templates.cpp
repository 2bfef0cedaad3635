#include <fmt/format.h>

#include <filesystem>
#include <sstream>
#include <vector>

#include "base/error.h"
#include "base/file.h"
#include "intake/intake.h"
#include "intake/workbook.h"

namespace doorstep::intake {
namespace {

struct Template {
  const char* name;
  const char* heading;
  const char* example;
  const char* zh;
  const char* en;
};

/// Headings are in both languages, each a word of config/fields.toml. The example row is skipped
/// when the tables are read, as its code begins with 示例.
const Template kTemplates[] = {
    {"schools.csv",
     "编码 code,学校名称 name_zh,学段 stage,经度 lon,纬度 lat,学位数 seats,招生计划 intake,班数 "
     "classes,在校生数 pupils,办学性质 ownership,所属学区 catchment,法人学校 legal school",
     "示例1 example,示例小学,小学,117.98,37.38,1080,180,24,1010,公办,XQ1,",
     "学校:每个校区一行;学段写 幼儿园、小学、初中、高中、九年一贯制 或 完全中学",
     "schools: one row a campus; the stage is 幼儿园, 小学, 初中, 高中, 九年一贯制 or 完全中学"},
    {"homes.csv",
     "编码 code,小区名称 name_zh,经度 lon,纬度 lat,社区 community,街道 area,道路 road,门牌号 "
     "number,所属学区 catchment,0岁 age 0,1岁 age 1,2岁 age 2,3岁 age 3,4岁 age 4,5岁 age 5,6岁 "
     "age "
     "6,7岁 age 7,8岁 age 8,9岁 age 9,10岁 age 10,11岁 age 11,12岁 age 12,13岁 age 13,14岁 age 14",
     "示例1 "
     "example,示例小区,117.97,37.38,示例社区,示例街道,人民路,12,XQ1,20,21,22,23,24,25,26,27,28,"
     "27,26,25,24,23,22",
     "居住点:小区、自然村或居民楼;各列为满周岁人数(8月31日)",
     "homes: a compound, village or building; children by whole years of age on 31 August"},
    {"catchments.csv",
     "学区 catchment,对应学校 campuses,社区 community,道路 road,起号 from number,止号 to "
     "number,单双号 "
     "parity",
     "示例1 example,示例小学,,人民路,1,99,单号", "学区:按社区,或按道路门牌号段(单号、双号或全部)",
     "catchments: by community, or by a street's door numbers (odd, even or all)"},
    {"groups.csv",
     "集团编码 group code,集团名称 group name,核心校 core,成员校 member,办学形式 form of "
     "tie,加入年份 "
     "member since",
     "示例1 example,示例教育集团,示例小学,示例二小,紧密型,2024", "教育集团:每个成员校一行",
     "education groups: one row a member"},
    {"feeders.csv", "对口小学 feeder school,对口初中 receiving school,起始年份 since",
     "示例小学 example,示例初中,2024", "对口直升", "feeders: where a school's leavers may go"},
    {"growth.csv", "年份 year,出生系数 birth factor", "示例 example 2026,0.95",
     "出生:相对基年的系数", "births over those of the base year"},
    {"housing.csv",
     "编码 code,名称 name_zh,居住点编码 home,年份 year,住宅套数 dwellings,户均学生 pupils per "
     "dwelling",
     "示例1 example,示例新区,示例1 example,2027,500,0.3", "新建住宅", "new housing"},
};

std::string read_me() {
  std::string out =
      "# 表格模板 / tables to fill in\n\n"
      "在各表的表头下逐行填写,删去或保留示例行均可(示例行不读入),"
      "不用的表可留空或删除。表头请勿改动。\n"
      "tables.xlsx 是同样的表,一表一页,用其一即可。tables.xlsx holds the same tables, a sheet "
      "each: use "
      "either.\n\n"
      "填好后运行 / when done:\n\n    doorstep new NAME THIS_FOLDER\n\n"
      "Fill in rows under the headings and leave the headings as they are. The example rows are "
      "not "
      "read;\ntables you do not need may stay empty or be deleted. Save as CSV (UTF-8, or GBK as "
      "Excel does) or XLSX.\n\n";
  for (const Template& t : kTemplates) out += fmt::format("- `{}`: {} / {}\n", t.name, t.zh, t.en);
  return out +
         "\n请勿在此填写学生姓名、身份证号或电话。No names, identity or telephone numbers of "
         "pupils belong here.\n";
}

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> out;
  std::istringstream in(line);
  for (std::string cell; std::getline(in, cell, ',');) out.push_back(cell);
  return out;
}

}  // namespace

void write_templates(const std::filesystem::path& folder, bool replace) {
  if (std::filesystem::exists(folder) && !replace)
    throw Error("exists already", folder.string(), "choose another folder, or say --force");
  OutputFolder out(folder);
  for (const Template& t : kTemplates)
    // The mark of UTF-8 lets Excel show the Chinese headings.
    write_file(out.file(t.name), fmt::format("\xEF\xBB\xBF{}\r\n{}\r\n", t.heading, t.example));
  std::vector<Sheet> sheets;
  for (const Template& t : kTemplates)
    sheets.push_back({std::filesystem::path(t.name).stem().string(),
                      cells_of(t.heading),
                      {cells_of(t.example)}});
  write_workbook(out.file("tables.xlsx"), sheets);
  write_file(out.file("README.md"), read_me());
  out.commit();
}

}  // namespace doorstep::intake
