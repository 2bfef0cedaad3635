#include "io/place/children_of_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "base/text.h"
#include "network/parallel.h"

namespace doorstep::io {
namespace {

constexpr double kMostChildren = 1e9;  // as amount_in_cell: more are no children

std::string expanded(std::string pattern, const std::string& household, int age) {
  auto put = [&](const std::string& mark, const std::string& value) {
    for (std::size_t i = pattern.find(mark); i != std::string::npos; i = pattern.find(mark))
      pattern.replace(i, mark.size(), value);
  };
  put("{class}", household);
  put("{age}", std::to_string(age));
  return pattern;
}

}  // namespace

ChildrenOfRows::ChildrenOfRows(PlaceContext& context, const Table& table, Section section)
    : context_(&context), share_(section.number("share", 1.0)) {
  const Place& place = context.place;
  if (section.has("pattern")) {
    std::string pattern = section.required_text("pattern");
    auto ages = section.pair("ages");
    if (!ages) section.refuse("ages", "is missing", "write ages = [0, 14]");
    bool by_class = pattern.find("{class}") != std::string::npos;  // else children count once
    for (ClassId c(0); c.index < (by_class ? place.classes.size() : 1); ++c.index)
      for (int age = static_cast<int>(ages->first); age <= static_cast<int>(ages->second); ++age)
        add_column(table, section, "pattern", expanded(pattern, place.classes[c].code, age), c, age,
                   age);
  } else if (auto fields = section.section("fields")) {
    for (const std::string& key : fields->keys()) {
      double age = -1.0;
      if (!parse_number(key, age) || age != std::floor(age))
        fields->refuse(key, "is not an age", "write { \"6\" = \"field\" }");
      add_column(table, *fields, key, fields->text_or_number(key), ClassId(0),
                 static_cast<int>(age), static_cast<int>(age));
    }
  } else {
    auto ages = section.pair("ages");
    if (!ages) section.refuse("ages", "is missing", "write ages = [0, 14]");
    add_column(table, section, "field", section.required_text("field"), ClassId(0),
               static_cast<int>(ages->first), static_cast<int>(ages->second));
    describe_share(section);
  }
  say_assumed(section);
  section.finish(context.findings);
}

/// Who drafted a place from files without children said so here: crowding is then no finding.
void ChildrenOfRows::say_assumed(Section& section) {
  const std::string from = section.text("assumed_from");
  static const std::map<std::string, std::string> kSaid{{"answer", "a total that was said"},
                                                        {"population", "people"},
                                                        {"dwellings", "households"},
                                                        {"pupils", "the schools' pupils"},
                                                        {"schools", "schools"},
                                                        {"nothing", "streets or points of a map"}};
  if (from.empty()) return;
  const auto said = kSaid.find(from);
  if (said == kSaid.end()) {
    std::string known;
    for (const auto& [word, meaning] : kSaid) known += (known.empty() ? "" : ", ") + word;
    section.refuse("assumed_from", "unknown word \"" + from + "\"", "use one of: " + known);
  }
  if (from == "schools")
    context_->findings.warning(
        "demand-from-schools",
        "children are assumed from how many schools there are: how full schools are is assumed, "
        "not found",
        section.at("assumed_from"),
        "give a census, people, dwellings or pupils, and draft the place again");
  else
    context_->findings.info(
        "demand-assumed",
        fmt::format("children are assumed from {}, not counted by any file", said->second),
        section.at("assumed_from"), "give a census and draft the place again");
}

void ChildrenOfRows::add_column(const Table& table, Section& section, const std::string& key,
                                const std::string& field, ClassId household, int first, int last) {
  if (first < 0 || last < first || last >= context_->place.children.ages)
    section.refuse(key,
                   fmt::format("ages {} to {} are outside 0 to {}", first, last,
                               context_->place.children.ages - 1),
                   "give ages of children");
  columns_.push_back({named_field(table, field, section.at(key).field), household, first, last});
}

void ChildrenOfRows::describe_share(Section& section) {
  std::string source = section.text("share_source");
  std::string mark = section.text("share_mark", "assumed");
  if (share_ == 1.0) return;
  if (share_ <= 0.0 || share_ > 1.0) section.refuse("share", "must lie in (0, 1]", "");
  context_->findings.info("children-by-share",
                          fmt::format("children are {} of the population field ({}: {})", share_,
                                      mark, source.empty() ? "no source given" : source),
                          section.at("share"));
}

/// A plain cell at once. False where it has to be looked at.
bool ChildrenOfRows::put_cell(const Cell& cell, HomeId home) {
  const Column& column = columns_[cell.column];
  const std::string_view text = column.field.view(cell.row);
  double value = 0.0;
  if (text.empty() || !parse_number(text, value) || !(value >= 0.0 && value <= kMostChildren))
    return false;
  const double each = value * share_ / (column.last_age - column.first_age + 1);
  for (int age = column.first_age; age <= column.last_age; ++age)
    context_->place.children.at(home, column.household, age) += each;
  return true;
}

void ChildrenOfRows::look_at(const Cell& cell, HomeId home) {
  const Column& column = columns_[cell.column];
  if (column.field.view(cell.row).empty()) {
    if (missing_++ == 0) first_missing_ = column.field.table->at(cell.row, column.field.name);
  } else if (amount_in_cell(*context_, column.field, cell.row, "pupils")) {
    (void)put_cell(cell, home);
  }
}

void ChildrenOfRows::put(const std::vector<HomeId>& home_of_row) {
  constexpr std::size_t kRowsOfRun = 4096;
  const std::size_t rows = home_of_row.size();
  std::vector<std::vector<Cell>> strange((rows + kRowsOfRun - 1) / kRowsOfRun);
  Progress unseen;
  in_parallel(strange.size(), 0, "reading children", unseen, [&](std::size_t run, unsigned) {
    for (std::size_t r = run * kRowsOfRun; r < std::min(rows, (run + 1) * kRowsOfRun); ++r)
      for (std::size_t c = 0; home_of_row[r].valid() && c < columns_.size(); ++c)
        if (!put_cell({r, c}, home_of_row[r])) strange[run].push_back({r, c});
  });
  for (const auto& of_run : strange)
    for (const Cell& cell : of_run) look_at(cell, home_of_row[cell.row]);
  if (missing_ > 0)
    context_->findings.warning("missing-children",
                               fmt::format("{} cells of children are missing", missing_),
                               first_missing_, "they count as no children; write 0 where so");
}

}  // namespace doorstep::io
