#pragma once
// What a legend says, as data: the window lays it out in its panel, print as a column. Counts,
// minimum and maximum are those of what is shown.

#include <string>
#include <vector>

#include "scene/flows.h"
#include "scene/map_content.h"
#include "scene/tie_style.h"

namespace doorstep::scene {

/// One class of the fill. `index` is what MapContent::class_filter takes; -1: areas of new
/// campuses, which have nothing to be compared with.
struct LegendRow {
  int index = 0;
  Colour colour;
  Hatch hatch;
  std::string label;
  int count = 0;
  int before = -1;  ///< of the baseline, where the legend counts both; else -1
};

struct LegendCircle {
  double radius_px = 0.0;
  std::string label;
};

struct LegendFlow {
  double width_px = 0.0;
  bool dashed = false;  ///< pupils lost to a plan
  std::string label;
};

/// A sample of stippling: dots a square pixel at this zoom.
struct LegendDensity {
  double dots_per_px2 = 0.0;
  std::string label;  ///< pupils a hectare
};

struct LegendTie {
  std::string form;  ///< key of the form
  std::string label;
  TieStyle style;
  int count = 0;  ///< ties of the form in the year shown
};

struct LegendModel {
  std::string title;            ///< "学区 · 学位利用率"
  std::string unit;             ///< "" or what the labels count: "人/班", "百分点"
  std::vector<LegendRow> rows;  ///< highest class first
  /// The row above which the limit (100 %, 45 a class) is passed; -1: no limit.
  int limit_after = -1;
  std::string limit_label;   ///< "100% 满座"
  std::string area_note;     ///< how areas came about where no catchment has a shape; "" else
  std::string missing_note;  ///< "3 个没有学位数据"; "" where every area has a value
  std::string before_head, after_head;  ///< over the counts where there are two; else ""
  std::string before_summary;           ///< the baseline's, where counted
  std::string summary;                  ///< "24 个学区 · 最小 30% · 最大 138%"
  std::string hatch_note;               ///< "" where no class is hatched
  std::string ground_note;              ///< how fills by land were measured; "" else
  std::string campus_title;
  std::vector<LegendCircle> circles;  ///< large to small; empty: layer off
  std::string home_title;             ///< "": layer off
  std::vector<LegendDensity> densities;
  std::string density_unit;  ///< "人/公顷"
  std::string flow_title;    ///< "": layer off
  std::vector<LegendFlow> flows;
  std::string flow_note;  ///< "宽端家,细端校。显示 34 / 77 条,占 83%"
  std::string tie_title;
  std::vector<LegendTie> ties;
  std::string tie_note;     ///< "8 个集团 · 26 所成员校"
  std::string sites_label;  ///< "同一学校的校区 · 5 所"; "": no school of several campuses
  std::string course_label;  ///< "课程集群 · 6 个校区"; "": no campus with courses
};

/// Layers that are off leave their part empty.
[[nodiscard]] LegendModel build_legend(const MapContent& content, const Viewport& view);

/// Adds the baseline's counts to a legend of the plan. Pre: content.baseline.place.
void count_before(const MapContent& content, LegendModel& legend);

/// The classes that a fill by land will have once it is measured, with counts of five digits; none
/// of other fills.
[[nodiscard]] std::vector<LegendRow> rows_to_come(const MapContent& content);

}  // namespace doorstep::scene
