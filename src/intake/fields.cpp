// What a column means: its name by the dictionary, then whether its values fit.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

#include "base/error.h"
#include "base/text.h"
#include "intake/survey.h"

namespace doorstep::intake {
namespace {

/// Rows looked at to see whether values fit a meaning.
constexpr std::size_t kSample = 5000;

struct ColumnFacts {
  std::size_t seen = 0, filled = 0, numbers = 0, whole = 0, unique = 0, id_like = 0,
              mobile_like = 0;
  double min = 0.0, max = 0.0;
  [[nodiscard]] double share(std::size_t n) const {
    return filled == 0 ? 0.0 : static_cast<double>(n) / static_cast<double>(filled);
  }
};

ColumnFacts facts_of(const SourceLayer& layer, std::size_t column) {
  ColumnFacts facts;
  std::set<std::string> values;
  std::size_t rows = std::min(layer.table.rows(), kSample);
  for (std::size_t r = 0; r < rows; ++r) {
    ++facts.seen;
    std::string cell = layer.cell(r, column);
    if (cell.empty()) continue;
    ++facts.filled;
    facts.unique += values.insert(cell).second ? 1 : 0;
    facts.id_like += looks_like_id_number(cell) ? 1 : 0;
    facts.mobile_like += looks_like_mobile_number(cell) ? 1 : 0;
    if (auto value = loose_number(cell)) {
      if (facts.numbers == 0) facts.min = facts.max = *value;
      facts.min = std::min(facts.min, *value);
      facts.max = std::max(facts.max, *value);
      ++facts.numbers;
      if (*value == std::floor(*value)) ++facts.whole;
    }
  }
  return facts;
}

bool is_amount(const std::string& meaning) {
  static const std::set<std::string> kAmounts{
      "seats",      "intake",  "classes",  "rooms",        "pupils",    "children", "population",
      "households", "minutes", "entrants", "birth_factor", "dwellings", "yield",    "quality"};
  return kAmounts.count(meaning) > 0 || is_resource(meaning);
}

/// How well the values of a column fit a meaning: 1 they do, near 0 they cannot.
double fit(const std::string& meaning, const ColumnFacts& f) {
  if (f.filled == 0) return 0.3;
  double numbers = f.share(f.numbers);
  if (is_amount(meaning)) return numbers < 0.8 ? 0.2 : f.min < 0 ? 0.6 : 1.0;
  if (meaning == "lon") return numbers > 0.9 && f.min >= -180 && f.max <= 180 ? 1.0 : 0.1;
  if (meaning == "lat") return numbers > 0.9 && f.min >= -90 && f.max <= 90 ? 1.0 : 0.1;
  if (meaning == "x" || meaning == "y") return numbers > 0.9 ? 1.0 : 0.05;
  if (meaning == "year" || meaning == "opens" || meaning == "closes" || meaning == "since")
    return 1.0;
  if (meaning == "code") {
    bool each = f.filled == f.seen && f.unique == f.filled;
    return each ? 1.0 : 0.75;
  }
  if (meaning.rfind("name", 0) == 0 || meaning == "address" || meaning == "street" ||
      meaning == "type")
    return numbers > 0.8 ? 0.35 : 1.0;
  if (meaning == "phone") return f.share(f.mobile_like) > 0.3 || numbers > 0.5 ? 1.0 : 0.5;
  return 1.0;
}

/// Meanings of which a layer may have several columns, apart from their years.
bool may_repeat(const std::string& meaning) {
  static const std::set<std::string> kRepeat{"person_name",  "guardian",       "phone",
                                             "id_number",    "student_number", "age",
                                             "grade_column", "catchment",      "home_address"};
  return kRepeat.count(meaning) > 0;
}

/// What the user said of fields: --confirm zones.csv.children=Oi, or "zones.csv.children=" for
/// none.
std::map<std::string, std::string> answers_for(const SourceLayer& layer, const Request& request) {
  std::map<std::string, std::string> out;
  std::string prefix = layer.shown + ".";
  for (const auto& [key, value] : request.confirmed)
    if (key.rfind(prefix, 0) == 0) {
      std::string rest = key.substr(prefix.size());
      if (!is_answer_of_layers(rest)) out[rest] = value;
    }
  return out;
}

}  // namespace

bool is_resource(const std::string& meaning) {
  return std::ranges::any_of(kResourceKinds,
                             [&](const ResourceKind& k) { return meaning == k.code; });
}

bool is_answer_of_layers(const std::string& key) {
  static const std::set<std::string> kKeys{"crs",   "datum",   "role",        "axes",
                                           "stage", "licence", "attribution", "encoding"};
  return kKeys.count(key) > 0;
}

std::optional<double> loose_number(const std::string& cell) {
  double value = 0.0;
  if (parse_number(cell, value)) return value;
  std::string plain;
  for (std::size_t i = 0; i < cell.size(); ++i) {
    char c = cell[i];
    bool between_digits = i > 0 && i + 1 < cell.size() &&
                          std::isdigit(static_cast<unsigned char>(cell[i - 1])) &&
                          std::isdigit(static_cast<unsigned char>(cell[i + 1]));
    if ((c == ',' || c == ' ') && between_digits) continue;
    plain += c;
  }
  for (const char* unit : {"人", "个", "班", "间", "户", "套", "分钟", "分", "米", "年"})
    if (plain.ends_with(unit) && plain.size() > std::string_view(unit).size()) {
      plain.resize(plain.size() - std::string_view(unit).size());
      break;
    }
  if (parse_number(trimmed(plain), value)) return value;
  return std::nullopt;
}

bool looks_like_id_number(const std::string& cell) {
  std::string text = trimmed(cell);
  if (text.size() != 18) return false;
  for (std::size_t i = 0; i < 17; ++i)
    if (!std::isdigit(static_cast<unsigned char>(text[i]))) return false;
  char last = text[17];
  if (!std::isdigit(static_cast<unsigned char>(last)) && last != 'X' && last != 'x') return false;
  int year = std::stoi(text.substr(6, 4));
  int month = std::stoi(text.substr(10, 2));
  int day = std::stoi(text.substr(12, 2));
  return year >= 1900 && year <= 2100 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

bool looks_like_mobile_number(const std::string& cell) {
  std::string text = trimmed(cell);
  return text.size() == 11 && text[0] == '1' && text[1] >= '3' &&
         std::ranges::all_of(text, [](unsigned char c) { return std::isdigit(c); });
}

void guess_fields(SourceLayer& layer, const Dictionary& dictionary, const Request& request) {
  std::vector<FieldGuess> offers;
  for (std::size_t c = 0; c < layer.table.columns.size(); ++c) {
    const std::string& name = layer.table.columns[c];
    ColumnFacts facts = facts_of(layer, c);
    if (facts.share(facts.id_like) > 0.3) {  // whatever its name: privacy comes first
      offers.push_back({c, "id_number", 0.99, "values are identity numbers", {}, {}, {}});
      continue;
    }
    if (auto ages = age_band_of(name); ages && facts.share(facts.numbers) > 0.8) {
      std::string span = ages->first == ages->last
                             ? fmt::format("age {}", ages->first)
                             : fmt::format("ages {}-{}", ages->first, ages->last);
      offers.push_back({c, "age", 0.95, span, {}, ages, {}});
    }
    if (auto grade = grade_of_field(name); grade && facts.share(facts.numbers) > 0.8)
      offers.push_back(
          {c, "grade_column", 0.9, fmt::format("pupils of grade {}", *grade), {}, {}, grade});
    for (const NameMatch& m : dictionary.meanings(name)) {
      double confidence = m.confidence * fit(m.meaning, facts);
      if (confidence < 0.35) continue;
      offers.push_back(
          {c, m.meaning, confidence, "\"" + m.evidence + "\" in the dictionary", m.year, {}, {}});
    }
  }
  std::ranges::stable_sort(
      offers, [](const FieldGuess& a, const FieldGuess& b) { return a.confidence > b.confidence; });
  auto answers = answers_for(layer, request);
  std::set<std::size_t> taken;
  std::set<std::pair<std::string, Year>> given;
  for (const auto& [meaning, column] : answers) {
    given.insert({meaning, 0});
    std::vector<std::string> known = dictionary.known_meanings();
    if (std::ranges::count(known, meaning) == 0) {
      std::string near = closest(meaning, known);
      throw Error(
          "\"" + meaning + "\" is no meaning that a field can have",
          "--confirm " + layer.shown + "." + meaning,
          near.empty() ? "config/fields.toml lists them" : "did you mean \"" + near + "\"?");
    }
    if (column.empty()) continue;
    std::size_t index = layer.table.column(column, "--confirm " + layer.shown + "." + meaning);
    layer.fields.push_back({index, meaning, 1.0, "said by you", {}, {}, {}, true});
    taken.insert(index);
  }
  for (const FieldGuess& offer : offers) {
    if (taken.count(offer.column) > 0) continue;
    if (!may_repeat(offer.meaning) || answers.count(offer.meaning) > 0)
      if (given.count({offer.meaning, 0}) > 0 ||
          !given.insert({offer.meaning, offer.year.value_or(1)}).second)
        continue;
    taken.insert(offer.column);
    layer.fields.push_back(offer);
  }
  // One column without a year and some with: all of them are kept. Order: as in the file.
  std::ranges::stable_sort(
      layer.fields, [](const FieldGuess& a, const FieldGuess& b) { return a.column < b.column; });
}

}  // namespace doorstep::intake
