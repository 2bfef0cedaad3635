// What a layer is: from its fields, its shapes and the name of its file, in the order in which a
// mistake would cost most (a list of pupils first).

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>

#include "base/text.h"
#include "intake/survey.h"

namespace doorstep::intake {
namespace {

struct Verdict {
  Role role = Role::None;
  double confidence = 0.0;
  std::string evidence;
};

/// What the rules ask of a layer.
struct Facts {
  const SourceLayer& layer;
  const Dictionary& words;
  std::string name;  ///< of file and layer

  [[nodiscard]] bool has(const char* meaning) const { return layer.has(meaning); }
  [[nodiscard]] bool any(std::initializer_list<const char*> meanings) const {
    return std::ranges::any_of(meanings, [&](const char* m) { return has(m); });
  }
  [[nodiscard]] int count(const std::string& meaning) const {
    return static_cast<int>(std::ranges::count_if(
        layer.fields, [&](const FieldGuess& f) { return f.meaning == meaning; }));
  }
  [[nodiscard]] bool speaks(const char* role) const { return words.speaks_of(name, role); }
  [[nodiscard]] bool positions() const {
    return (has("x") && has("y")) || (has("lon") && has("lat"));
  }
  [[nodiscard]] bool points() const {
    return std::ranges::any_of(layer.table.shapes,
                               [](const io::Shape& s) { return !s.points.empty(); });
  }
  [[nodiscard]] bool lines() const {
    return std::ranges::any_of(layer.table.shapes,
                               [](const io::Shape& s) { return !s.lines.empty(); });
  }
  [[nodiscard]] bool located() const { return positions() || points(); }
  [[nodiscard]] bool named() const { return any({"name", "name_zh", "name_en"}); }
  /// Names of rows that say school: 小学, Primary School.
  [[nodiscard]] double school_names() const {
    const FieldGuess* f = layer.field("name_zh");
    if (f == nullptr) f = layer.field("name");
    if (f == nullptr) f = layer.field("name_en");
    if (f == nullptr || layer.table.rows() == 0) return 0.0;
    std::size_t rows = std::min<std::size_t>(layer.table.rows(), 500);
    std::size_t schools = 0;
    for (std::size_t r = 0; r < rows; ++r) {
      std::string text = lower_ascii(layer.cell(r, f->column));
      bool school = text.find("school") != std::string::npos ||
                    text.find("academy") != std::string::npos ||
                    text.find("学校") != std::string::npos || !words.stages_of(text).empty();
      schools += school ? 1 : 0;
    }
    return static_cast<double>(schools) / static_cast<double>(rows);
  }
};

Verdict persons(const Facts& f) {
  if (f.has("id_number")) return {Role::PupilList, 0.99, "has identity numbers"};
  if (f.has("student_number") && f.any({"person_name", "guardian", "phone", "birth_date"}))
    return {Role::PupilList, 0.97, "has pupil numbers and what belongs to a person"};
  if (f.has("person_name") && f.any({"guardian", "phone", "birth_date", "home_address", "grade"}))
    return {Role::PupilList, 0.95, "has names of persons"};
  if (f.any({"guardian", "home_address"}) && f.any({"phone", "birth_date", "grade"}))
    return {Role::PupilList, 0.9, "has guardians or home addresses"};
  return {};
}

Verdict links(const Facts& f) {
  if (f.has("core") && f.has("member")) return {Role::Groups, 0.95, "core and members"};
  if (f.has("feeds_from") && f.has("feeds_to"))
    return {Role::Feeders, 0.9, "a school and where it leads"};
  if (f.has("dwellings") && f.has("year") && !f.located())
    return {Role::Housing, 0.85, "dwellings by year"};
  if (f.has("minutes") && f.any({"home_ref", "code"}) && f.any({"campus_ref", "name", "name_zh"}))
    return {Role::Travel, 0.9, "minutes between two columns of codes"};
  if (f.has("birth_factor") && f.has("year")) return {Role::Growth, 0.9, "births by year"};
  if (f.has("year") && f.has("entrants")) return {Role::Entrants, 0.9, "entrants by year"};
  if (f.has("year") && f.has("pupils") && (f.named() || f.has("code")))
    return {Role::History, f.has("grade") ? 0.9 : 0.6,
            f.has("grade") ? "pupils by school, grade and year" : "pupils by school and year"};
  return {};
}

Verdict tables(const Facts& f) {
  if (f.has("catchment") && f.any({"street", "from_number", "community"}) && !f.located() &&
      !f.any({"children", "population"}) && f.count("age") == 0)
    return {Role::AddressCatchments, 0.85, "a catchment and communities or door numbers"};
  if (f.count("age") >= 3 && !f.located() && !f.layer.is_area_layer())
    return {Role::Census, 0.9, fmt::format("{} columns by age, no positions", f.count("age"))};
  bool school_fields =
      f.any({"seats", "intake", "classes", "rooms"}) || f.count("grade_column") > 1;
  if (f.named() && school_fields)
    return {Role::Campuses, f.located() ? 0.95 : 0.7,
            f.located() ? "names, positions and seats" : "names and seats, no positions"};
  if (f.located() && f.named() && (f.school_names() > 0.5 || f.speaks("campuses")))
    return {Role::Campuses, 0.85,
            f.school_names() > 0.5
                ? fmt::format("{} of the names say school", percent(f.school_names()))
                : "the file's name says school"};
  return {};
}

Verdict shapes(const Facts& f) {
  bool children = f.any({"children", "population", "households"}) || f.count("age") > 0;
  if (f.layer.is_area_layer()) {
    if (f.has("serves") || f.speaks("catchments"))
      return {Role::Catchments, 0.9,
              f.has("serves") ? "areas and the schools that serve them"
                              : "areas, and the name says catchments"};
    if (f.has("catchment") && !children)
      return {Role::Catchments, 0.9, "areas with a field of catchments"};
    if (f.speaks("homes")) return {Role::Homes, 0.8, "areas, and the name says homes"};
    if (children && f.layer.table.rows() > 60)
      return {Role::Homes, 0.7, "many areas with children or people"};
    return {Role::Areas, f.speaks("areas") ? 0.9 : 0.75,
            children ? "areas with children or people" : "areas with names or codes"};
  }
  if (f.lines()) return {Role::Streets, f.speaks("streets") ? 0.85 : 0.6, "lines"};
  if (f.located() && (children || f.speaks("homes") || f.has("catchment")))
    return {Role::Homes, children ? 0.9 : 0.75,
            children ? "positions with children or people" : "positions, and the name says homes"};
  if (f.located() && f.any({"community", "address"}))
    return {Role::Homes, 0.6, "positions with communities or addresses"};
  return {};
}

/// What to say of a layer that is nothing known. Headings that are data (a list without a heading
/// line) may be of a person and are not shown.
std::string why_nothing(const SourceLayer& layer) {
  if (layer.table.columns.empty()) return "has no fields";
  std::string known;
  std::size_t n = 0;
  for (const std::string& column : layer.table.columns) {
    double number = 0.0;
    if (looks_like_id_number(column) || looks_like_mobile_number(column) ||
        parse_number(column, number))
      return "has no line of headings";
    if (n++ < 6) known += (known.empty() ? "" : ", ") + column;
  }
  return "no field names that say what it is: " + known;
}

}  // namespace

void guess_role(SourceLayer& layer, const Dictionary& dictionary, const Request& request) {
  auto answer = request.confirmed.find(layer.shown + ".role");
  if (answer != request.confirmed.end()) {
    layer.role = role_from(answer->second, "--confirm " + answer->first);
    layer.role_confidence = 1.0;
    layer.role_evidence = "said by you";
    return;
  }
  if (layer.info.kind == io::LayerKind::Raster) {
    layer.role = Role::Raster;
    layer.role_confidence = 0.8;
    layer.role_evidence = "a raster: people or children by cell";
    return;
  }
  Facts facts{layer, dictionary, layer.shown};
  Verdict verdict = persons(facts);
  for (auto* rule : {links, tables, shapes}) {
    if (verdict.role != Role::None) break;
    verdict = rule(facts);
  }
  if (verdict.role == Role::None) verdict.evidence = why_nothing(layer);
  layer.role = verdict.role;
  layer.role_confidence = verdict.confidence;
  layer.role_evidence = verdict.evidence;
}

}  // namespace doorstep::intake
