// Campuses from every layer that lists them: points of a web map, yearbook tables without
// positions, an extract's schools. Tables are joined by code or name; which stages a school
// teaches is told from its type, its name, or the name of its file.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>

#include "base/error.h"
#include "base/text.h"
#include "intake/making.h"

namespace doorstep::intake {
namespace {

std::string name_key(const std::string& name) { return folded_name(name); }

/// The stages a layer's rows teach, row by row, with how that was told.
struct StageReading {
  std::vector<std::vector<std::string>> of_row;
  std::map<std::string, std::size_t> by_type, by_name, by_layer, taken_likewise;
};

std::string join_kinds(const std::vector<std::string>& kinds) {
  return fmt::format("{}", fmt::join(kinds, "+"));
}

std::string row_name(const SourceLayer& layer, std::size_t row) {
  for (const char* m : {"name_zh", "name", "name_en", "school"})
    if (std::string text = layer.text(row, m); !text.empty()) return text;
  return "";
}

StageReading stages_of_rows(const Making& making, const SourceLayer& layer) {
  const Dictionary& words = making.dictionary;
  StageReading out;
  auto of_text = [&](const std::string& text) {
    return words.stages_of(text, nullptr, making.country);
  };
  std::vector<std::string> of_layer = of_text(layer.shown);
  std::map<std::vector<std::string>, std::size_t> counts;
  for (std::size_t r = 0; r < layer.table.rows(); ++r) {
    std::vector<std::string> by_name = of_text(row_name(layer, r));
    std::vector<std::string> by_type = of_text(layer.text(r, "type"));
    // "中学" as a type is less than "高级中学" in the name.
    bool vague = by_type == std::vector<std::string>{"junior"} && !by_name.empty();
    std::vector<std::string> kinds = !by_type.empty() && !vague ? by_type : by_name;
    if (!by_type.empty() && !vague)
      ++out.by_type[join_kinds(kinds)];
    else if (!kinds.empty())
      ++out.by_name[join_kinds(kinds)];
    if (kinds.empty() && !of_layer.empty()) {
      kinds = of_layer;
      ++out.by_layer[join_kinds(kinds)];
    }
    if (!kinds.empty()) ++counts[kinds];
    out.of_row.push_back(std::move(kinds));
  }
  std::vector<std::string> usual{"primary"};
  std::size_t most = 0;
  for (const auto& [kinds, n] : counts)
    if (n > most) {
      most = n;
      usual = kinds;
    }
  for (auto& kinds : out.of_row)
    if (kinds.empty()) {
      kinds = usual;
      ++out.taken_likewise[join_kinds(kinds)];
    }
  return out;
}

/// Says how the stages were told.
void report_stages(Making& making, SourceLayer& layer, const StageReading& reading) {
  auto say = [&](const std::map<std::string, std::size_t>& counts, const char* how, double sure) {
    for (const auto& [kinds, n] : counts)
      layer.system_guesses.push_back({layer.shown + ".stage", "stage", kinds, sure,
                                      fmt::format("{} rows, {}", n, how), false});
  };
  say(reading.by_type, "by the field of types", 0.95);
  say(reading.by_name, "by their names", 0.85);
  say(reading.by_layer, "by the name of the file", 0.8);
  say(reading.taken_likewise, "where nothing says: as most others", 0.4);
  for (const auto& [kinds, n] : reading.taken_likewise)
    making.assume(layer.shown + ".stage", kinds,
                  fmt::format("{} of {} schools: neither type nor name says the stage", n,
                              layer.table.rows()));
}

MadeCampus* find_campus(Making& making, const std::string& code, const std::string& key) {
  for (MadeCampus& c : making.campuses)
    if (!code.empty() && c.code == code) return &c;
  for (MadeCampus& c : making.campuses)
    if (!key.empty() && c.name_key == key) return &c;
  return nullptr;
}

int age_of_grade(const Making& making, int grade) {
  return grade + making.country->grade_one_age - 1;
}

/// Sheets often state money in ten thousands.
double scale_of(const std::string& column) {
  return column.find("万元") != std::string::npos ? 1e4 : 1.0;
}

/// Seats, intake, rooms, resources and pupils of a row; several stages share its numbers by their
/// grades.
void add_offers(const Making& making, const SourceLayer& layer, std::size_t row,
                const std::vector<std::string>& kinds, MadeCampus& campus) {
  double grades = 0.0;
  for (const std::string& kind : kinds) grades += making.country->stages.at(kind).grades;
  for (const std::string& kind : kinds) {
    MadeOffer& offer = campus.offers[kind];
    double share = making.country->stages.at(kind).grades / grades;
    for (const FieldGuess& f : layer.fields) {
      auto value = loose_number(layer.cell(row, f.column));
      if (!value || *value < 0) continue;
      if (f.meaning == "seats") offer.seats[f.year.value_or(0)] = *value * share;
      if (f.meaning == "intake") offer.intake[f.year.value_or(0)] = *value;
      if (f.meaning == "rooms") offer.rooms = *value * share;
      if (f.meaning == "classes" && offer.rooms == 0.0) offer.rooms = *value * share;
      if (f.meaning == "pupils" && f.grade == std::nullopt) offer.pupils[-1] = *value * share;
      if (is_resource(f.meaning))
        offer.resources[f.meaning] = *value * share * scale_of(layer.table.columns[f.column]);
    }
  }
  for (const FieldGuess& f : layer.fields) {
    if (f.meaning != "grade_column" || !f.grade) continue;
    auto value = loose_number(layer.cell(row, f.column));
    int age = age_of_grade(making, *f.grade);
    if (value && *value >= 0) {
      std::string kind = kind_of_age(making, age);
      if (!kind.empty() && *value > 0) campus.offers[kind].pupils[age] = *value;
    }
  }
}

void fill_words(const SourceLayer& layer, std::size_t row, MadeCampus& campus) {
  auto fill = [&](std::string& into, const char* meaning) {
    if (into.empty()) into = layer.text(row, meaning);
  };
  fill(campus.school, "school");
  fill(campus.area, "area");
  fill(campus.opens, "opens");
  fill(campus.closes, "closes");
  fill(campus.catchment, "catchment");
  if (campus.quality.empty())
    if (auto q = layer.number(row, "quality"); q && *q > 0)
      campus.quality = fmt::format("{:g}", *q);
  if (campus.urban.empty()) campus.urban = urban_of(layer, row);
  std::string owner = lower_ascii(layer.text(row, "ownership"));
  if (campus.ownership.empty() && !owner.empty())
    campus.ownership = owner.find("民办") != std::string::npos ||
                               owner.find("private") != std::string::npos ||
                               owner.find("independent") != std::string::npos ||
                               owner.find("私") != std::string::npos
                           ? "private"
                           : "public";
}

void set_name(const SourceLayer& layer, std::size_t row, MadeCampus& campus) {
  std::string name = row_name(layer, row);
  std::string zh = layer.text(row, "name_zh");
  std::string en = layer.text(row, "name_en");
  bool foreign = std::ranges::all_of(
      name, [](char c) { return static_cast<unsigned char>(c) < 0xE0; });  // no CJK
  if (zh.empty() && !foreign) zh = name;
  if (en.empty() && foreign) en = name;
  if (campus.name.zh.empty()) campus.name.zh = zh;
  if (campus.name.en.empty()) campus.name.en = en;
  if (campus.name_key.empty()) campus.name_key = name_key(name);
}

/// A row that is no school: a total, a heading, an example of our templates.
bool is_filler(const std::string& name, const std::string& code) {
  static const std::set<std::string> kFillers{"合计", "总计", "小计", "total", "grandtotal"};
  std::string key = folded_name(name.empty() ? code : name);
  return kFillers.count(key) > 0 || is_example(code) || is_example(name);
}

void add_campus_layer(Making& making, SourceLayer& layer) {
  StageReading reading = stages_of_rows(making, layer);
  const FieldGuess* code_field = layer.field("code");
  std::set<std::string> codes;
  bool codes_each = code_field != nullptr;
  for (std::size_t r = 0; codes_each && r < layer.table.rows(); ++r)
    codes_each = codes.insert(layer.cell(r, code_field->column)).second &&
                 !layer.cell(r, code_field->column).empty();
  if (code_field != nullptr && !codes_each)
    making.draft.findings.warning("codes-not-unique",
                                  fmt::format("{} is not one code a row; codes are made",
                                              layer.table.columns[code_field->column]),
                                  {layer.shown, 0, ""}, "give every school its own code");
  std::string prefix = reading.of_row.empty() ? "S" : reading.of_row.front().front().substr(0, 1);
  std::size_t before = making.campuses.size();
  bool located = std::ranges::any_of(layer.at, [](const auto& at) { return at.has_value(); });
  std::size_t unmatched = 0;
  for (std::size_t r = 0; r < layer.table.rows(); ++r) {
    std::string code = codes_each ? layer.cell(r, code_field->column) : "";
    std::string name = row_name(layer, r);
    if ((name.empty() && code.empty()) || is_filler(name, code)) continue;
    MadeCampus* known = nullptr;
    if (before > 0) known = find_campus(making, code, name_key(name));
    // Two located tables with one name: two sites, unless they share a code.
    if (known != nullptr && located && known->located && (code.empty() || known->code != code))
      known = nullptr;
    bool at_once = known == nullptr;
    MadeCampus fresh;
    MadeCampus& campus = at_once ? fresh : *known;
    if (at_once) {
      campus.code = code.empty() ? made_code(prefix, making.campuses.size() + 1, 999) : code;
      campus.source = layer.table.at(r);
      if (before > 0 && !located) ++unmatched;
    }
    set_name(layer, r, campus);
    if (!campus.located && r < layer.at.size() && layer.at[r]) {
      campus.at = *layer.at[r];
      campus.located = true;
    }
    fill_words(layer, r, campus);
    add_offers(making, layer, r, reading.of_row[r], campus);
    ++layer.rows_used;
    if (at_once) making.campuses.push_back(std::move(campus));
  }
  report_stages(making, layer, reading);
  if (unmatched > 0)
    making.draft.findings.warning(
        "no-match", fmt::format("{} schools are in no other table by code or name", unmatched),
        {layer.shown, 0, ""}, "write their names alike, or give both tables one code");
}

/// Schools of a history without pupils in the base year have closed, or opened since.
void leave_out_closed(Making& making, const SourceLayer& layer) {
  std::vector<std::string> gone;
  std::erase_if(making.campuses, [&](const MadeCampus& c) {
    if (c.source.file != layer.shown || !c.offers.empty()) return false;
    gone.push_back(c.name.in_chinese());
    return true;
  });
  if (gone.empty()) return;
  making.draft.findings.info(
      "campus-closed",
      fmt::format("{} schools have no pupils in {} and are only in history.csv: {}", gone.size(),
                  making.base_year, fmt::join(gone, ", ")),
      {layer.shown, 0, ""});
}

}  // namespace

bool is_example(const std::string& text) {
  std::string word = lower_ascii(text);
  return word.rfind("示例", 0) == 0 || word.rfind("example", 0) == 0;
}

std::string kind_of_age(const Making& making, int age) {
  std::string last;
  for (const std::string& kind : stage_kinds()) {
    auto found = making.country->stages.find(kind);
    if (found == making.country->stages.end()) continue;
    if (age >= found->second.entry_age) last = kind;
  }
  return last;
}

void make_campuses(Making& making) {
  auto layers = making.of(Role::Campuses);
  // Those with positions first, so that tables without find them.
  std::ranges::stable_sort(layers, [](const SourceLayer* a, const SourceLayer* b) {
    return a->at.empty() < b->at.empty();
  });
  for (SourceLayer* layer : layers) add_campus_layer(making, *layer);
  std::set<std::string> codes;
  for (MadeCampus& c : making.campuses)
    while (!codes.insert(c.code).second) c.code += "b";
}

void make_history(Making& making) {
  for (SourceLayer* layer : making.of(Role::History)) {
    making.history_source = layer->shown;
    bool campuses_known = !making.campuses.empty();
    std::map<std::string, std::size_t> unknown;
    std::map<std::tuple<std::string, int, Year>, double> sums;
    std::map<std::string, long> first_row;
    std::size_t unread = 0;
    for (std::size_t r = 0; r < layer->table.rows(); ++r) {
      std::string name = row_name(*layer, r);
      std::string code = layer->text(r, "code");
      auto year = year_in_text(layer->text(r, "year"));
      auto pupils = layer->number(r, "pupils");
      std::optional<int> grade;
      if (layer->has("grade")) grade = grade_of(layer->text(r, "grade"));
      bool filler = is_filler(name, code) || (name.empty() && code.empty());
      if (filler || !year || !pupils || (layer->has("grade") && !grade)) {
        unread += filler ? 0 : 1;
        continue;
      }
      MadeCampus* campus = find_campus(making, code, name_key(name));
      if (campus == nullptr && campuses_known) {
        ++unknown[name.empty() ? code : name];
        continue;
      }
      std::string key = campus != nullptr ? campus->code : name.empty() ? code : name;
      first_row.emplace(key, layer->table.at(r).row);
      sums[{key, grade ? age_of_grade(making, *grade) : -1, *year}] += *pupils;
      ++layer->rows_used;
    }
    if (unread > 0)
      making.draft.findings.warning("rows-left-out",
                                    fmt::format("{} rows have no year, grade or number", unread),
                                    {layer->shown, 0, ""}, "they are left out");
    for (const auto& [name, n] : unknown)
      making.draft.findings.warning(
          "unknown-campus", fmt::format("\"{}\" is no school given here ({} rows)", name, n),
          {layer->shown, 0, ""}, "write its name as the other table does");
    if (!campuses_known)
      for (const auto& [name, row] : first_row) {
        MadeCampus c;
        c.code = made_code("S", making.campuses.size() + 1, first_row.size());
        bool cjk =
            std::ranges::any_of(name, [](char b) { return static_cast<unsigned char>(b) >= 0xE0; });
        (cjk ? c.name.zh : c.name.en) = name;
        c.name_key = name_key(name);
        c.source = {layer->shown, row, ""};
        making.campuses.push_back(std::move(c));
      }
    for (const auto& [key, pupils] : sums) {
      const auto& [name, age, year] = key;
      MadeCampus* campus = find_campus(making, name, name_key(name));
      std::string kind = age < 0 ? "" : kind_of_age(making, age);
      making.history.push_back({campus->code, campus->name.in_chinese(), kind, age, year, pupils});
      if (year == making.base_year && !kind.empty()) campus->offers[kind].pupils[age] = pupils;
    }
    leave_out_closed(making, *layer);
  }
}

}  // namespace doorstep::intake
