// The things of a place: areas, homes with their children, campuses with their stages.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/text.h"
#include "geo/polygon.h"
#include "geo/spatial_index.h"
#include "io/place/campus_resources.h"
#include "io/place/children_of_rows.h"

namespace doorstep::io {
namespace {

UrbanClass urban_from(PlaceContext& context, const FieldOf& field, std::size_t row) {
  const std::string& word = field.text(row);
  if (word.empty()) return UrbanClass::City;
  // Codes of 统计用城乡划分: 111, 112 city; 121, 122, 123 town; 210, 220 rural.
  if (word == "city" || word == "111" || word == "112") return UrbanClass::City;
  if (word == "town" || word == "121" || word == "122" || word == "123") return UrbanClass::Town;
  if (word == "rural" || word == "210" || word == "220") return UrbanClass::Rural;
  context.findings.error("unknown-urban-class", fmt::format("\"{}\" is no urban class", word),
                         field.table->at(row, field.name), "use city, town or rural, or 111 … 220");
  return UrbanClass::City;
}

/// Where a row lies: its x and y fields, else its geometry's point or an inside point of its area.
class RowPosition {
 public:
  RowPosition(PlaceContext& context, const Table& table, Section& section)
      : context_(&context), table_(&table) {
    x_ = field_of(table, section, "x");
    y_ = field_of(table, section, "y");
    if (x_.present() != y_.present())
      section.refuse(x_.present() ? "y" : "x", "is missing", "give both x and y, or neither");
    if (!x_.present() && table.shapes.empty())
      section.refuse("x", "is missing, and the file has no geometry", "name the fields of x and y");
    if (x_.present()) {
      std::string crs = section.text("crs");
      auto grid = grid_of(context, section);
      if (grid) move_ = std::make_unique<PointMover>(grid);
      if (!grid)
        move_ = std::make_unique<PointMover>(crs.empty() ? context.place.crs : crs,
                                             section.text("datum", "wgs84"), context.place.crs,
                                             table.file);
    }
  }

  std::optional<Xy> operator()(std::size_t row) const {
    std::optional<Xy> at = x_.present() ? from_fields(row) : from_shape(table_->shapes[row]);
    bool written = x_.present() && !x_.view(row).empty() && !y_.view(row).empty();
    if (!at && !written)
      context_->findings.error("no-position", "row has no position", table_->at(row),
                               "give coordinates, or leave the row out with ignore");
    return at;
  }

 private:
  std::optional<Xy> from_fields(std::size_t row) const {
    auto x = number_in_cell(*context_, x_, row);
    auto y = number_in_cell(*context_, y_, row);
    if (!x || !y) return std::nullopt;
    constexpr double kMostM = 1e8;  // beyond what any projection of the earth gives
    Xy at = (*move_)({*x, *y});
    if (std::abs(at.x) < kMostM && std::abs(at.y) < kMostM) return at;  // false for NaN
    context_->findings.error("position-outside",
                             fmt::format("position {}, {} lies outside the system", *x, *y),
                             table_->at(row, x_.name), "check the crs and the order of x and y");
    return std::nullopt;
  }
  static std::optional<Xy> from_shape(const Shape& shape) {
    if (!shape.points.empty()) return shape.points.front();
    if (!shape.areas.empty()) return interior_point(shape.areas);
    return std::nullopt;
  }

  PlaceContext* context_;
  const Table* table_;
  FieldOf x_, y_;
  std::unique_ptr<PointMover> move_;
};

/// Registers a code once, by `add`; an error finding where it stands twice.
template <class Add>
bool claim_code(PlaceContext& context, const std::string& code, const Table& table, std::size_t row,
                const Add& add) {
  if (code.empty()) {
    context.findings.error("no-code", "row has no code", table.at(row),
                           "give every row a code of its own");
    return false;
  }
  if (add()) return true;
  context.findings.error("duplicate-code", fmt::format("code \"{}\" stands twice", code),
                         table.at(row), "give every row a code of its own");
  return false;
}

/// Values by year of a key that names fields or numbers, for one row.
class StepsOfRow {
 public:
  StepsOfRow(PlaceContext& context, const Table& table, Section& section, const std::string& key)
      : context_(&context) {
    for (const auto& [year, value] : section.by_year(key, context.place.base_year)) {
      Part part{year, {}, 0.0};
      if (!parse_number(value, part.constant))
        part.field = named_field(table, value, section.at(key).field);
      else if (part.constant < 0)
        section.refuse(key, value + " is negative", "write 0 or more");
      parts_.push_back(part);
    }
  }

  std::vector<Step> of(std::size_t row, const char* what) const {
    std::vector<Step> steps;
    for (const Part& part : parts_) {
      std::optional<double> value = part.constant;
      if (part.field.present()) value = amount_in_cell(*context_, part.field, row, what);
      if (value) steps.push_back({part.from, *value});
    }
    return steps;
  }
  [[nodiscard]] bool present() const { return !parts_.empty(); }

 private:
  struct Part {
    Year from;
    FieldOf field;
    double constant;
  };
  PlaceContext* context_;
  std::vector<Part> parts_;
};

struct StageReader {
  StageId stage;
  StepsOfRow seats, intake, rooms;
  FieldOf classes;
  std::vector<FieldOf> enrolment;
  std::vector<ResourceField> resources;
};

StageReader stage_reader(PlaceContext& context, const Table& table, Section section) {
  StageReader reader{context.stage(section, "stage"),
                     StepsOfRow(context, table, section, "seats"),
                     StepsOfRow(context, table, section, "intake"),
                     StepsOfRow(context, table, section, "rooms"),
                     field_of(table, section, "classes"),
                     {},
                     resource_fields(table, section)};
  if (!reader.seats.present() && !reader.intake.present() && !reader.rooms.present())
    section.refuse("seats", "is missing", "name the field that holds the seats, or the rooms");
  for (const std::string& name : section.texts("enrolment"))
    reader.enrolment.push_back(named_field(table, name, section.at("enrolment").field));
  section.finish(context.findings);
  return reader;
}

std::optional<CampusStage> stage_of_row(PlaceContext& context, const StageReader& reader,
                                        std::size_t row) {
  CampusStage offer;
  offer.seats = reader.seats.of(row, "seats");
  offer.intake = reader.intake.of(row, "intake");
  const std::vector<Step> rooms = reader.rooms.of(row, "rooms");
  const Stage& stage = context.place.stages[reader.stage];
  // Where nobody says how many seats there are, the rooms do.
  if (!reader.seats.present() && !reader.intake.present())
    for (const Step& s : rooms) offer.seats.push_back({s.from, s.value * stage.class_standard});
  if (offer.seats.empty() && offer.intake.empty()) return std::nullopt;
  int grades = stage.grades;
  if (offer.seats.empty())
    for (const Step& s : offer.intake) offer.seats.push_back({s.from, s.value * grades});
  offer.rooms = value_in(rooms, context.place.base_year);
  if (rooms.size() > 1) offer.rooms_from = rooms;
  offer.classes = amount_in_cell(context, reader.classes, row, "classes").value_or(0.0);
  offer.resources = resources_of_row(context, reader.resources, row);
  for (const FieldOf& grade : reader.enrolment)
    if (auto pupils = amount_in_cell(context, grade, row, "pupils"))
      offer.enrolment.push_back(*pupils);
  if (offer.enrolment.size() != reader.enrolment.size()) offer.enrolment.clear();
  return offer;
}

struct CampusFields {
  FieldOf code, name_zh, name_en, school, area, urban, ownership, quality, brand, opens, closes,
      origin, fee, overflow, opening_grades, protection;
  CourseFields courses;
};

CampusFields campus_fields(const Table& table, Section& section) {
  CampusFields f;
  f.code = required_field(table, section, "code");
  f.name_zh = field_of(table, section, "name_zh");
  f.name_en = field_of(table, section, "name_en");
  if (!f.name_zh.present() && !f.name_en.present())
    section.refuse("name_zh", "is missing", "name the field of the Chinese or the English name");
  f.school = field_of(table, section, "school");
  f.area = field_of(table, section, "area");
  f.urban = field_of(table, section, "urban");
  f.ownership = field_of(table, section, "ownership");
  f.quality = field_of(table, section, "quality");
  f.brand = field_of(table, section, "brand");
  f.opens = field_of(table, section, "opens");
  f.closes = field_of(table, section, "closes");
  f.origin = field_of(table, section, "origin_field");
  f.fee = field_of(table, section, "fee");
  f.overflow = field_of(table, section, "overflow");
  f.opening_grades = field_of(table, section, "opening_grades");
  f.protection = field_of(table, section, "protection");
  f.courses = course_fields(table, section);
  return f;
}

SchoolId school_of_row(PlaceContext& context, const CampusFields& f, std::size_t row,
                       const Campus& campus) {
  std::string code = f.school.text(row).empty() ? campus.code : f.school.text(row);
  Ownership ownership = Ownership::Public;
  const std::string& word = f.ownership.text(row);
  if (word == "private" || word == "民办") {
    ownership = Ownership::Private;
  } else if (!word.empty() && word != "public" && word != "公办") {
    context.findings.error("unknown-ownership", fmt::format("\"{}\" is no ownership", word),
                           f.ownership.table->at(row, f.ownership.name), "use public or private");
  }
  auto [at, added] = context.schools.emplace(code, SchoolId());
  if (added) at->second = context.place.schools.push_back({code, campus.name, ownership});
  return at->second;
}

AreaId area_by_code(PlaceContext& context, const FieldOf& field, std::size_t row) {
  const std::string& code = field.text(row);
  if (code.empty()) return {};
  auto found = context.areas.find(code);
  if (found != context.areas.end()) return found->second;
  AreaId id = context.place.areas.push_back(
      {code, {code, code}, UrbanClass::City, {}, field.table->at(row)});
  context.areas[code] = id;
  return id;
}

/// One of some words in a cell; nothing where the cell is empty.
template <class Value>
std::optional<Value> word_in_cell(PlaceContext& context, const FieldOf& field, std::size_t row,
                                  const std::vector<std::pair<std::string, Value>>& words) {
  const std::string& word = field.text(row);
  if (word.empty()) return std::nullopt;
  std::string known;
  for (const auto& [name, value] : words) {
    if (name == word) return value;
    known += (known.empty() ? "" : ", ") + name;
  }
  context.findings.error("unknown-word", fmt::format("\"{}\" is not known here", word),
                         field.table->at(row, field.name), "use one of: " + known);
  return std::nullopt;
}

/// What a campus does by rules of its own: fee, overflow, opening, protection.
void read_rules_of_campus(PlaceContext& context, const CampusFields& f, std::size_t row,
                          Campus& campus) {
  campus.fee = amount_in_cell(context, f.fee, row, "fee").value_or(0.0);
  campus.overflow = word_in_cell<Overflow>(
      context, f.overflow, row, {{"crowd", Overflow::Crowd}, {"divert", Overflow::Divert}});
  campus.opening_grades = static_cast<int>(
      amount_in_cell(context, f.opening_grades, row, "grades").value_or(campus.opening_grades));
  campus.protection = word_in_cell<Protection>(context, f.protection, row,
                                               {{"small_school", Protection::SmallSchool},
                                                {"teaching_point", Protection::TeachingPoint},
                                                {"小规模学校", Protection::SmallSchool},
                                                {"教学点", Protection::TeachingPoint}})
                          .value_or(Protection::None);
  campus.courses = f.courses.of(row);
}

Campus campus_of_row(PlaceContext& context, const CampusFields& f, std::size_t row, Xy at) {
  Campus campus;
  campus.code = f.code.text(row);
  campus.name = {f.name_zh.text(row), f.name_en.text(row)};
  campus.at = at;
  campus.source = f.code.table->at(row);
  campus.area = area_by_code(context, f.area, row);
  campus.urban = f.urban.present() || !campus.area.valid() ? urban_from(context, f.urban, row)
                                                           : context.place.areas[campus.area].urban;
  campus.origin = f.origin.present() ? origin_of_row(context, f.origin, row)
                                     : context.place.sources.back().origin;
  campus.quality = number_in_cell(context, f.quality, row).value_or(1.0);
  if (campus.quality <= 0) {
    context.findings.error("quality-not-positive", fmt::format("quality {}", campus.quality),
                           f.quality.table->at(row, f.quality.name), "quality must be above 0");
    campus.quality = 1.0;
  }
  campus.brand = number_in_cell(context, f.brand, row).value_or(0.0);
  campus.opens = year_in_cell(context, f.opens, row).value_or(campus.opens);
  campus.closes = year_in_cell(context, f.closes, row).value_or(campus.closes);
  read_rules_of_campus(context, f, row, campus);
  return campus;
}

}  // namespace

void read_areas(PlaceContext& context, Section section) {
  Table table = read_layer(context, section, "areas");
  FieldOf code = required_field(table, section, "code");
  FieldOf zh = field_of(table, section, "name_zh");
  FieldOf en = field_of(table, section, "name_en");
  FieldOf urban = field_of(table, section, "urban");
  section.finish(context.findings);
  for (std::size_t r = 0; r < table.rows(); ++r) {
    AreaId id(context.place.areas.size());
    const auto add = [&] { return context.areas.emplace(code.text(r), id).second; };
    if (!claim_code(context, code.text(r), table, r, add)) continue;
    context.place.areas.push_back({code.text(r),
                                   {zh.text(r), en.text(r)},
                                   urban_from(context, urban, r),
                                   table.shapes.empty() ? MultiPolygon{} : table.shapes[r].areas,
                                   table.at(r)});
  }
}

void read_homes(PlaceContext& context, Section section) {
  if (section.has("raster") || section.has("rasters"))
    return read_raster_homes(context, std::move(section));
  Table table = read_layer(context, section, "homes");
  FieldOf code = required_field(table, section, "code");
  FieldOf area = field_of(table, section, "area");
  RowPosition position(context, table, section);
  auto children = section.section("children");
  if (!children) section.refuse("children", "is missing", "write [homes.children]");
  ChildrenOfRows children_of(context, table, *children);
  section.finish(context.findings);
  Place& place = context.place;
  if (table.rows() == 0) throw Error("has no homes", table.file, "a place needs at least one row");
  std::vector<HomeId> ids(table.rows());
  place.homes.reserve(place.homes.size() + table.rows());
  for (std::size_t r = 0; r < table.rows(); ++r) {
    auto at = position(r);
    std::string own = code.text(r);
    const auto add = [&] { return context.homes.add(place.homes, own); };
    if (!at || !claim_code(context, own, table, r, add)) continue;
    const AreaId in = area_by_code(context, area, r);
    ids[r] = place.homes.push_back({std::move(own), *at, in, table.at(r)});
  }
  place.children.count.resize(place.homes.size() * place.children.classes *
                              static_cast<std::size_t>(place.children.ages));
  children_of.put(ids);
  context.home_rows.push_back({std::move(table), std::move(ids)});
}

void read_campuses(PlaceContext& context, Section section) {
  Table table = read_layer(context, section, "campuses");
  CampusFields fields = campus_fields(table, section);
  RowPosition position(context, table, section);
  std::vector<StageReader> stages;
  for (Section& stage : section.sections("stage"))
    stages.push_back(stage_reader(context, table, std::move(stage)));
  if (stages.empty()) section.refuse("stage", "is missing", "write [[campuses.stage]]");
  auto pulls = class_pulls(context, section);
  CampusPulls own_pulls(section);
  section.finish(context.findings);
  Place& place = context.place;
  if (table.rows() == 0)
    throw Error("has no campuses", table.file, "a place needs at least one row");
  std::vector<CampusId> ids(table.rows());
  for (std::size_t r = 0; r < table.rows(); ++r) {
    auto at = position(r);
    CampusId id(place.campuses.size());
    const auto add = [&] { return context.campuses.emplace(fields.code.text(r), id).second; };
    if (!at || !claim_code(context, fields.code.text(r), table, r, add)) continue;
    Campus campus = campus_of_row(context, fields, r, *at);
    campus.school = school_of_row(context, fields, r, campus);
    campus.stages.resize(place.stages.size());
    for (const StageReader& reader : stages)
      campus.stages[reader.stage] = stage_of_row(context, reader, r);
    campus.brand += own_pulls.take(campus.code);
    if (!pulls.empty()) campus.brand_of_class.resize(place.classes.size());
    for (const auto& [household, value] : pulls) {
      double pull = 0.0;
      if (!parse_number(value, pull))
        pull =
            number_in_cell(context, named_field(table, value, "brand_of_class"), r).value_or(0.0);
      campus.brand_of_class[household.index] = pull;
    }
    ids[r] = place.campuses.push_back(std::move(campus));
  }
  own_pulls.finish(section, context);
  context.campus_rows.push_back({std::move(table), std::move(ids)});
}

}  // namespace doorstep::io
