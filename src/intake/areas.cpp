// Areas from polygons, and a census joined to them by code or name.

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "geo/polygon.h"
#include "intake/making.h"

namespace doorstep::intake {
namespace {

std::string first_text(const SourceLayer& layer, std::size_t row,
                       std::initializer_list<const char*> meanings) {
  for (const char* m : meanings)
    if (std::string text = layer.text(row, m); !text.empty()) return text;
  return "";
}

std::string urban_word(const std::string& text) {
  if (text == "城区" || text == "城市" || text == "城") return "city";
  if (text == "镇" || text == "镇区" || text == "县镇") return "town";
  if (text == "乡" || text == "乡村" || text == "农村") return "rural";
  return text;
}

void add_area_layer(Making& making, SourceLayer& layer) {
  std::set<std::string> codes;
  std::size_t nameless = 0;
  for (std::size_t r = 0; r < layer.table.rows(); ++r) {
    MadeArea area;
    area.source = layer.table.at(r);
    if (!layer.table.shapes.empty()) area.shape = layer.table.shapes[r].areas;
    area.name.zh = first_text(layer, r, {"name_zh", "name", "area"});
    area.name.en = first_text(layer, r, {"name_en"});
    area.urban = urban_word(layer.text(r, "urban"));
    area.code = layer.text(r, "code");
    if (area.code.empty()) area.code = area.name.zh;
    if (area.code.empty()) {
      area.code = made_code("A", r + 1, layer.table.rows());
      ++nameless;
    }
    if (area.name.zh.empty() && area.name.en.empty()) area.name.zh = area.code;
    if (!codes.insert(area.code).second) {  // islands of one district as rows of their own
      auto first = std::ranges::find(making.areas, area.code, &MadeArea::code);
      first->shape = united(first->shape, area.shape);
      ++layer.rows_used;
      continue;
    }
    if (layer.has("population")) area.population = layer.number(r, "population").value_or(0.0);
    making.areas.push_back(std::move(area));
    ++layer.rows_used;
  }
  if (nameless > 0)
    making.draft.findings.warning(
        "areas-without-code", fmt::format("{} areas have neither code nor name", nameless),
        {layer.shown, 0, ""},
        "their codes are made: name a field with --confirm " + layer.shown + ".code=FIELD");
}

/// Children of one row by year of age, from columns by age and sex. Bands are spread evenly.
std::vector<double> ages_of_row(const SourceLayer& layer, std::size_t row) {
  std::vector<double> sexes(19, 0.0), all(19, 0.0);
  bool has_sexes = false, has_all = false;
  for (const FieldGuess& f : layer.fields) {
    if (f.meaning != "age" || !f.ages) continue;
    double value = loose_number(layer.cell(row, f.column)).value_or(0.0);
    bool total = f.ages->sex == AgeBand::Sex::All;
    (total ? has_all : has_sexes) = true;
    int last = std::min(f.ages->last, 18);
    double each = value / (f.ages->last - f.ages->first + 1);
    for (int a = f.ages->first; a <= last; ++a)
      (total ? all : sexes)[static_cast<std::size_t>(a)] += each;
  }
  return has_all ? all : has_sexes ? sexes : std::vector<double>{};
}

MadeArea* find_area(Making& making, const SourceLayer& layer, std::size_t row) {
  for (const char* meaning : {"code", "area", "name_zh", "name", "name_en"}) {
    std::string text = layer.text(row, meaning);
    if (text.empty()) continue;
    std::string folded = folded_name(text);
    for (MadeArea& area : making.areas)
      if (area.code == text || folded_name(area.name.zh) == folded ||
          folded_name(area.name.en) == folded)
        return &area;
  }
  return nullptr;
}

void join_census(Making& making, SourceLayer& layer) {
  std::size_t elsewhere = 0;
  for (std::size_t r = 0; r < layer.table.rows(); ++r) {
    MadeArea* area = find_area(making, layer, r);
    if (area == nullptr || !area->ages.empty()) {
      ++elsewhere;
      continue;
    }
    area->ages = ages_of_row(layer, r);
    area->population = layer.number(r, "population").value_or(0.0);
    ++layer.rows_used;
  }
  Diagnostics& findings = making.draft.findings;
  if (elsewhere > 0)
    findings.info("census-elsewhere",
                  fmt::format("{} of {} rows are of none of the areas and are not used", elsewhere,
                              layer.table.rows()),
                  {layer.shown, 0, ""});
  for (const MadeArea& area : making.areas)
    if (area.ages.empty())
      findings.warning("area-without-census",
                       fmt::format("{} {} has no row in {}", area.code, area.name.zh, layer.shown),
                       area.source, "it gets no children of the census");
  if (layer.rows_used == 0) {
    layer.used = false;
    layer.role_evidence = "not used: no row is of an area given here";
  }
}

/// A census without a map of its areas: its rows become areas, without a shape where it has none.
void areas_of_census(Making& making, SourceLayer& layer) {
  for (std::size_t r = 0; r < layer.table.rows(); ++r) {
    MadeArea area;
    area.source = layer.table.at(r);
    if (!layer.table.shapes.empty()) area.shape = layer.table.shapes[r].areas;
    area.name.zh = first_text(layer, r, {"name_zh", "name", "area"});
    area.code = layer.text(r, "code");
    if (area.code.empty()) area.code = area.name.zh;
    if (area.code.empty() ||
        std::ranges::find(making.areas, area.code, &MadeArea::code) != making.areas.end())
      continue;
    making.areas.push_back(std::move(area));
  }
  join_census(making, layer);
}

}  // namespace

void make_areas(Making& making) {
  for (SourceLayer* layer : making.of(Role::Areas)) add_area_layer(making, *layer);
  // Areas that hold their own counts by age are a census too.
  for (SourceLayer* layer : making.of(Role::Areas)) {
    bool ages =
        std::ranges::any_of(layer->fields, [](const FieldGuess& f) { return f.meaning == "age"; });
    if (!ages) continue;
    for (std::size_t r = 0; r < layer->table.rows(); ++r)
      if (MadeArea* area = find_area(making, *layer, r)) area->ages = ages_of_row(*layer, r);
  }
  for (SourceLayer* layer : making.of(Role::Census)) {
    if (making.areas.empty())
      areas_of_census(making, *layer);
    else
      join_census(making, *layer);
  }
}

std::vector<double> children_of_row(const SourceLayer& layer, std::size_t row) {
  return ages_of_row(layer, row);
}

std::string urban_of(const SourceLayer& layer, std::size_t row) {
  return urban_word(layer.text(row, "urban"));
}

}  // namespace doorstep::intake
