#include "io/toml_section.h"

#include <fmt/format.h>

#include <cmath>

#include "base/error.h"
#include "base/text.h"

namespace doorstep::io {
namespace {

std::string number_text(const toml::node& node) {
  if (auto whole = node.value_exact<int64_t>()) return std::to_string(*whole);
  if (auto real = node.value_exact<double>()) return fmt::format("{}", *real);
  return node.value_exact<std::string>().value_or("");
}

}  // namespace

toml::table parse_toml(const std::string& bytes, const std::string& file) {
  try {
    return toml::parse(bytes);
  } catch (const toml::parse_error& e) {
    throw Error(fmt::format("not valid TOML: {}", e.description()),
                fmt::format("{} line {}", file, e.source().begin.line),
                "see docs/place.md and docs/scenario.md for examples");
  }
}

void Section::refuse(const std::string& key, const std::string& what,
                     const std::string& hint) const {
  throw Error(what, at(key).text(), hint);
}

const toml::node* Section::read(const std::string& key) {
  asked_.insert(key);
  return table_->get(key);
}

std::string Section::text(const std::string& key, const std::string& fallback) {
  const toml::node* node = read(key);
  if (node == nullptr) return fallback;
  auto value = node->value_exact<std::string>();
  if (!value) refuse(key, "must be text", "write it in quotes");
  return *value;
}

std::string Section::required_text(const std::string& key) {
  std::string value = text(key);
  if (value.empty())
    refuse(key, "is missing", "add it; docs/place.md and docs/scenario.md have full examples");
  return value;
}

double Section::number(const std::string& key, double fallback) {
  const toml::node* node = read(key);
  if (node == nullptr) return fallback;
  auto value = node->value<double>();
  if (!node->is_number() || !value || !std::isfinite(*value))
    refuse(key, "must be a number", "write it without quotes");
  return *value;
}

double Section::required_number(const std::string& key) {
  if (!has(key)) refuse(key, "is missing", "add it as a number");
  return number(key, 0.0);
}

int Section::integer(const std::string& key, int fallback) {
  double value = number(key, fallback);
  if (value != std::floor(value) || std::abs(value) > 1e9)
    refuse(key, "must be a whole number", "for example 2024");
  return static_cast<int>(value);
}

int Section::required_integer(const std::string& key) {
  if (!has(key)) refuse(key, "is missing", "add it as a whole number");
  return integer(key, 0);
}

uint64_t Section::seed(const std::string& key, uint64_t fallback) {
  const toml::node* node = read(key);
  if (node == nullptr) return fallback;
  auto value = node->value_exact<int64_t>();
  if (!value || *value < 0) refuse(key, "must be a whole number, 0 or more", "for example 1");
  return static_cast<uint64_t>(*value);
}

bool Section::flag(const std::string& key, bool fallback) {
  const toml::node* node = read(key);
  if (node == nullptr) return fallback;
  auto value = node->value_exact<bool>();
  if (!value) refuse(key, "must be true or false", "write it without quotes");
  return *value;
}

Name Section::name(const std::string& key) {
  const toml::node* node = read(key);
  if (node == nullptr) return {};
  if (auto plain = node->value_exact<std::string>()) return {*plain, *plain};
  const toml::table* both = node->as_table();
  if (both == nullptr) refuse(key, "must be text or { zh = \"…\", en = \"…\" }", "");
  Section inner(*both, file_, key_path(key));
  return {inner.text("zh"), inner.text("en")};
}

std::vector<Name> Section::names(const std::string& key) {
  const toml::node* node = read(key);
  std::vector<Name> out;
  if (node == nullptr) return out;
  const toml::array* list = node->as_array();
  if (list == nullptr) refuse(key, "must be a list", "write [{ zh = \"…\", en = \"…\" }]");
  for (const toml::node& item : *list) {
    Name name;
    if (auto plain = item.value_exact<std::string>()) {
      name = {*plain, *plain};
    } else if (const toml::table* both = item.as_table()) {
      Section inner(*both, file_, key_path(key));
      name = {inner.text("zh"), inner.text("en")};
    }
    if (name.zh.empty() && name.en.empty())
      refuse(key, "must be a list of names", "write [{ zh = \"…\", en = \"…\" }]");
    out.push_back(std::move(name));
  }
  return out;
}

std::vector<std::string> Section::texts(const std::string& key) {
  const toml::node* node = read(key);
  std::vector<std::string> out;
  if (node == nullptr) return out;
  const toml::array* list = node->as_array();
  if (list == nullptr) refuse(key, "must be a list", "write [\"a\", \"b\"]");
  for (const toml::node& item : *list) {
    std::string value = number_text(item);
    if (value.empty()) refuse(key, "must be a list of texts", "write [\"a\", \"b\"]");
    out.push_back(value);
  }
  return out;
}

std::optional<std::pair<double, double>> Section::pair(const std::string& key) {
  const toml::node* node = read(key);
  if (node == nullptr) return std::nullopt;
  const toml::array* list = node->as_array();
  if (list == nullptr || list->size() != 2 || !(*list)[0].is_number() || !(*list)[1].is_number())
    refuse(key, "must be two numbers", "write [117.98, 37.38]");
  std::pair both{*(*list)[0].value<double>(), *(*list)[1].value<double>()};
  if (!std::isfinite(both.first) || !std::isfinite(both.second))
    refuse(key, "must be two numbers", "nan and inf are none");
  return both;
}

std::optional<Section> Section::section(const std::string& key) {
  const toml::node* node = read(key);
  if (node == nullptr) return std::nullopt;
  const toml::table* inner = node->as_table();
  if (inner == nullptr) refuse(key, "must be a section", fmt::format("write [{}]", key_path(key)));
  return Section(*inner, file_, key_path(key));
}

std::optional<Section> Section::inner_table(const std::string& key) {
  const toml::node* node = read(key);
  if (node == nullptr || node->as_table() == nullptr) return std::nullopt;
  return Section(*node->as_table(), file_, key_path(key));
}

std::vector<Section> Section::sections(const std::string& key) {
  const toml::node* node = read(key);
  std::vector<Section> out;
  if (node == nullptr) return out;
  if (const toml::table* one = node->as_table()) {
    out.emplace_back(*one, file_, key_path(key));
    return out;
  }
  const toml::array* list = node->as_array();
  if (list == nullptr) refuse(key, "must be a section", fmt::format("write [[{}]]", key_path(key)));
  for (std::size_t i = 0; i < list->size(); ++i) {
    const toml::table* inner = (*list)[i].as_table();
    if (inner == nullptr)
      refuse(key, "must be a list of sections", fmt::format("write [[{}]]", key_path(key)));
    out.emplace_back(*inner, file_, fmt::format("{}[{}]", key_path(key), i + 1));
  }
  return out;
}

std::vector<std::string> Section::keys() {
  std::vector<std::string> out;
  for (const auto& [key, node] : *table_) {
    out.emplace_back(key.str());
    asked_.insert(out.back());
  }
  return out;
}

std::string Section::text_or_number(const std::string& key) {
  const toml::node* node = read(key);
  if (node == nullptr) return "";
  std::string value = number_text(*node);
  if (value.empty()) refuse(key, "must be a field name or a number", "");
  return value;
}

std::vector<std::pair<Year, std::string>> Section::by_year(const std::string& key, Year base) {
  const toml::node* node = read(key);
  std::vector<std::pair<Year, std::string>> out;
  if (node == nullptr) return out;
  const toml::table* years = node->as_table();
  if (years == nullptr) return {{base, text_or_number(key)}};
  for (const auto& [year, value] : *years) {
    double number = 0.0;
    if (!parse_number(std::string(year.str()), number) || number != std::floor(number))
      refuse(key, fmt::format("\"{}\" is not a year", year.str()), "write { 2024 = … }");
    std::string field = number_text(value);
    if (field.empty()) refuse(key, "must map years to fields or numbers", "write { 2024 = \"a\" }");
    out.emplace_back(static_cast<Year>(number), field);
  }
  std::ranges::sort(out);
  return out;
}

void Section::finish(Diagnostics& findings, const char* page) const {
  std::vector<std::string> known(asked_.begin(), asked_.end());
  for (const auto& [key, node] : *table_) {
    std::string name(key.str());
    if (asked_.count(name)) continue;
    std::string near = closest(name, known);
    findings
        .warning("unknown-key", "key is not known and has no effect", at(name),
                 near.empty() ? fmt::format("see {}", page) : "did you mean \"" + near + "\"?")
        .done = Done::Skipped;
  }
}

}  // namespace doorstep::io
