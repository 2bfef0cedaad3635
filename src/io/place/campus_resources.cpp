// What a campus row says in tables of its own: rooms, grounds, equipment and staff of a stage
// ({ books = "field", … }), and its pull by household class.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/text.h"
#include "io/place/campus_resources.h"
#include "place/courses.h"

namespace doorstep::io {

std::vector<ResourceField> resource_fields(const Table& table, Section& stage) {
  std::vector<ResourceField> out;
  auto given = stage.section("resources");
  if (!given) return out;
  std::vector<std::string> known;
  for (const ResourceKind& kind : kResourceKinds) known.emplace_back(kind.code);
  for (const std::string& key : given->keys()) {
    auto found = std::ranges::find(known, key);
    if (found == known.end()) {
      std::string near = closest(key, known);
      given->refuse(key, "is no kind of resource",
                    near.empty() ? fmt::format("use {}", fmt::join(known, ", "))
                                 : "did you mean \"" + near + "\"?");
    }
    out.push_back({static_cast<std::size_t>(found - known.begin()),
                   named_field(table, given->required_text(key), given->at(key).field)});
  }
  return out;
}

Resources resources_of_row(PlaceContext& context, const std::vector<ResourceField>& fields,
                           std::size_t row) {
  Resources out;
  for (const ResourceField& f : fields)
    if (auto amount = amount_in_cell(context, f.field, row, kResourceKinds[f.kind].unit))
      out.set(f.kind, *amount);
  return out;
}

std::vector<std::pair<ClassId, std::string>> class_pulls(PlaceContext& context, Section& section) {
  std::vector<std::pair<ClassId, std::string>> out;
  auto pulls = section.section("brand_of_class");
  if (!pulls) return out;
  for (const std::string& code : pulls->keys()) {
    auto ids = context.place.classes.ids();
    auto found =
        std::ranges::find_if(ids, [&](ClassId c) { return context.place.classes[c].code == code; });
    if (found == ids.end())
      pulls->refuse(code, "is no household class", "write [[class]] with this code first");
    out.emplace_back(*found, pulls->text_or_number(code));
  }
  return out;
}

CampusPulls::CampusPulls(Section& section) {
  if (auto pulls = section.section("brand_of"))
    for (const std::string& code : pulls->keys()) pulls_[code] = pulls->required_number(code);
}

double CampusPulls::take(const std::string& code) {
  auto found = pulls_.find(code);
  if (found == pulls_.end()) return 0.0;
  const double pull = found->second;
  pulls_.erase(found);
  return pull;
}

void CampusPulls::finish(Section& section, const PlaceContext& context) const {
  if (pulls_.empty()) return;
  std::vector<std::string> known;
  for (const auto& [code, id] : context.campuses) known.push_back(code);
  const std::string near = closest(pulls_.begin()->first, known);
  section.refuse("brand_of",
                 fmt::format("\"{}\" is no campus of this table", pulls_.begin()->first),
                 near.empty() ? "use its code" : "did you mean \"" + near + "\"?");
}

std::vector<Name> CourseFields::of(std::size_t row) const {
  return courses_in_cells(zh.text(row), en.text(row));
}

CourseFields course_fields(const Table& table, Section& section) {
  return {field_of(table, section, "courses_zh"), field_of(table, section, "courses_en")};
}

Origin origin_of_row(PlaceContext& context, const FieldOf& field, std::size_t row) {
  const std::string& word = field.text(row);
  if (word == "synthetic") return Origin::Synthetic;
  if (word == "derived") return Origin::Derived;
  if (!word.empty() && word != "real")
    context.findings.error("unknown-origin", fmt::format("\"{}\" is no origin", word),
                           field.table->at(row, field.name), "use real, derived or synthetic");
  return Origin::Real;
}

}  // namespace doorstep::io
