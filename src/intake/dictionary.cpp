#include "intake/dictionary.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <regex>

#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "io/toml_section.h"

namespace doorstep::intake {
namespace {

/// A word of the dictionary inside a longer name counts from this length on. Units: bytes; two
/// Chinese characters, or six letters, since short English words lie in many others.
std::size_t least_part(const std::string& word) {
  return static_cast<unsigned char>(word.front()) >= 0x80 ? 6 : 5;
}

std::string without_brackets(const std::string& text) {
  static const std::regex kBrackets(R"(\([^)]*\)|（[^）]*）|\[[^\]]*\])");
  return std::regex_replace(text, kBrackets, "");
}

std::optional<Year> take_year(std::string& name) {
  static const std::regex kYear(R"((^|[^0-9])((19|20)[0-9]{2})([^0-9]|$))");
  std::smatch found;
  if (!std::regex_search(name, found, kYear)) return std::nullopt;
  Year year = std::stoi(found[2].str());
  std::string rest = name.substr(0, static_cast<std::size_t>(found.position(2))) +
                     name.substr(static_cast<std::size_t>(found.position(2)) + 4);
  // "2024年招生计划": the sign of the year goes with it.
  constexpr std::string_view kSign = "年";
  std::size_t at = static_cast<std::size_t>(found.position(2));
  if (rest.compare(at, kSign.size(), kSign) == 0) rest.erase(at, kSign.size());
  name = rest;
  return year;
}

bool is_ascii(const std::string& text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// The parts of a name in two languages: "学位数 seats", "起号/from number".
std::vector<std::string> parts_of(const std::string& name) {
  std::vector<std::string> parts;
  static const std::regex kBetween(R"([\s/|]+)");
  for (std::sregex_token_iterator it(name.begin(), name.end(), kBetween, -1), end; it != end;
       ++it) {
    if (it->length() == 0) continue;
    std::string word = it->str();
    if (!parts.empty() && is_ascii(word) && is_ascii(parts.back()))
      parts.back() += " " + word;
    else
      parts.push_back(std::move(word));
  }
  return parts;
}

/// 一 … 十二, or digits; 0 where it is neither.
int small_number(const std::string& text) {
  static const std::vector<std::string> kDigits{"一", "二", "三", "四", "五",   "六",
                                                "七", "八", "九", "十", "十一", "十二"};
  auto found = std::ranges::find(kDigits, text);
  if (found != kDigits.end()) return static_cast<int>(found - kDigits.begin()) + 1;
  double value = 0.0;
  return parse_number(text, value) && value >= 1 && value <= 12 ? static_cast<int>(value) : 0;
}

std::vector<std::string> texts_under(io::Section& section, const std::string& key) {
  return section.texts(key);
}

/// Adds the lists of a section; "seats = [...]" twice is one longer list.
void add_lists(io::Section section, std::map<std::string, std::vector<std::string>>& lists,
               bool complete) {
  for (const std::string& key : section.keys()) {
    if (!complete && lists.count(key) == 0) {
      std::vector<std::string> known;
      for (const auto& [name, words] : lists) known.push_back(name);
      std::string near = closest(key, known);
      section.refuse(key, "is no meaning that a field can have",
                     near.empty() ? fmt::format("use one of: {}", fmt::join(known, ", "))
                                  : "did you mean \"" + near + "\"?");
    }
    for (const std::string& word : texts_under(section, key)) lists[key].push_back(word);
  }
}

Country read_country(io::Section section, const std::string& code) {
  Country country;
  country.code = code;
  country.name = section.required_text("name");
  country.rule = section.required_text("rule");
  country.grade_one_age = section.integer("grade_one_age", 6);
  std::string cut_off = section.required_text("cut_off");
  if (std::sscanf(cut_off.c_str(), "%d-%d", &country.cut_off_month, &country.cut_off_day) != 2)
    section.refuse("cut_off", "is no day", "write \"08-31\"");
  std::vector<std::string> box = section.texts("box");
  for (std::size_t i = 0; i < country.box.size(); ++i)
    if (i >= box.size() || !parse_number(box[i], country.box[i]))
      section.refuse("box", "must be four numbers", "write west, south, east, north");
  if (auto words = section.section("words"))
    for (const std::string& word : words->keys()) country.words[word] = words->required_text(word);
  auto stages = section.section("stages");
  if (!stages) section.refuse("stages", "is missing", "write one entry a kind of stage");
  for (const std::string& kind : stages->keys()) {
    auto entry = stages->section(kind);
    StageDefaults stage;
    stage.grades = entry->required_integer("grades");
    stage.entry_age = entry->required_integer("entry_age");
    stage.name = {entry->required_text("zh"), entry->required_text("en")};
    stage.class_standard = entry->integer("class_standard", 0);
    stage.service_radius_m = entry->number("service_radius_m", 0.0);
    country.stages[kind] = stage;
  }
  return country;
}

}  // namespace

const std::vector<std::string>& stage_kinds() {
  static const std::vector<std::string> kKinds{"kindergarten", "primary", "junior", "senior"};
  return kKinds;
}

std::string folded_name(const std::string& name) {
  std::string plain = lower_ascii(without_brackets(name));
  std::string out;
  for (char c : plain)
    if (static_cast<unsigned char>(c) >= 0x80 || std::isalnum(static_cast<unsigned char>(c)))
      out += c;
  for (const char* mark : {"　", "：", "、", "\xEF\xBB\xBF", "－", "＿"})
    for (std::size_t at = out.find(mark); at != std::string::npos; at = out.find(mark))
      out.erase(at, std::string_view(mark).size());
  return out;
}

std::optional<AgeBand> age_band_of(const std::string& field) {
  std::string name = lower_ascii(trimmed(field));
  static const std::regex kChinese(
      R"(^(.*?)([0-9]{1,2})\s*(?:岁)?(?:(?:到|至|-|~|—|–|－|_)\s*([0-9]{1,2}))?\s*(周岁|岁)(以上)?)");
  static const std::regex kEnglish(
      R"(^(.*?)(?:^|_|\b)(?:age|ages|aged|a|m|f|t)[_ ]?([0-9]{1,2})(?:(?:to|-|_|–)([0-9]{1,2}))?$)");
  std::smatch found;
  AgeBand band;
  bool chinese = std::regex_search(name, found, kChinese);
  if (!chinese && !std::regex_match(name, found, kEnglish)) return std::nullopt;
  if (chinese && found[5].matched) return std::nullopt;
  band.first = std::stoi(found[2].str());
  band.last = found[3].matched ? std::stoi(found[3].str()) : band.first;
  if (band.last < band.first || band.first > 18) return std::nullopt;
  std::string before = found[1].str();
  bool male = before.find("男") != std::string::npos || name.rfind("m", 0) == 0;
  bool female = before.find("女") != std::string::npos || name.rfind("f", 0) == 0;
  if (male != female) band.sex = male ? AgeBand::Sex::Male : AgeBand::Sex::Female;
  return band;
}

std::optional<int> grade_of(const std::string& text) {
  std::string word = lower_ascii(trimmed(text));
  if (word == "k" || word == "kg" || word == "kindergarten") return 0;
  if (word == "pk" || word == "pre-k" || word == "prek") return -1;
  if (word == "小班" || word == "托班") return -2;
  if (word == "中班") return -1;
  if (word == "大班") return 0;
  static const std::regex kForm(
      R"(^(?:grade|year|gr|g)?[ _]?([0-9]{1,2})(?:st|nd|rd|th)?(?: ?grade)?$)");
  static const std::regex kChinese(
      R"(^(?:小学|小)?(十[一二]|[一二三四五六七八九十]|[0-9]{1,2})年级$)");
  static const std::regex kHigh(R"(^(初中|高中|初|高)([一二三四123])(?:年级)?$)");
  std::smatch found;
  if (std::regex_match(word, found, kForm)) {
    int grade = std::stoi(found[1].str());
    return grade <= 13 ? std::optional(grade) : std::nullopt;
  }
  // std::regex works on bytes: the classes of Chinese characters above are alternatives of bytes,
  // so the number itself is checked as a whole here.
  constexpr std::string_view kGrade = "年级";
  for (const auto& [mark, base] : std::vector<std::pair<std::string, int>>{
           {"初中", 6}, {"高中", 9}, {"初", 6}, {"高", 9}, {"小学", 0}, {"小", 0}, {"", 0}}) {
    if (word.rfind(mark, 0) != 0) continue;
    std::string rest = word.substr(mark.size());
    bool graded = rest.size() > kGrade.size() && rest.ends_with(kGrade);
    if (graded) rest.resize(rest.size() - kGrade.size());
    int number = small_number(rest);
    if (number > 0 && (graded || base > 0)) return base + number;
  }
  return std::nullopt;
}

std::optional<int> grade_of_field(const std::string& field) {
  std::string name = trimmed(without_brackets(field));
  for (const char* tail :
       {"在校生数", "学生数", "人数", "在校生", "学生", " pupils", " students", "数"})
    if (name.size() > std::string_view(tail).size() && name.ends_with(tail)) {
      name.resize(name.size() - std::string_view(tail).size());
      break;
    }
  double number = 0.0;
  if (parse_number(name, number)) return std::nullopt;
  for (const std::string& part : parts_of(name))
    if (!parse_number(part, number))
      if (auto grade = grade_of(part)) return grade;
  return grade_of(name);
}

std::optional<Year> year_in_text(const std::string& text) {
  std::string rest = text;
  return take_year(rest);
}

Dictionary::Dictionary(const std::vector<std::filesystem::path>& additions) {
  add_file(resource_path("config/fields.toml"), true);
  for (const auto& path : additions) add_file(path, false);
}

void Dictionary::add_file(const std::filesystem::path& path, bool complete) {
  std::string shown = complete ? "config/fields.toml" : path.filename().string();
  toml::table parsed = io::parse_toml(read_file(path), shown);
  io::Section top(parsed, shown, "");
  if (auto fields = top.section("fields")) add_lists(std::move(*fields), fields_, complete);
  if (auto roles = top.section("roles")) add_lists(std::move(*roles), roles_, complete);
  if (auto words = top.section("stage_words")) add_lists(std::move(*words), stage_words_, complete);
  if (auto forms = top.section("tie_forms")) add_lists(std::move(*forms), tie_forms_, complete);
  if (auto classes = top.section("street_classes"))
    add_lists(std::move(*classes), street_classes_, complete);
  if (auto countries = top.section("countries"))
    for (const std::string& code : countries->keys()) {
      std::erase_if(countries_, [&](const Country& c) { return c.code == code; });
      countries_.push_back(read_country(std::move(*countries->section(code)), code));
    }
  std::ranges::stable_sort(countries_, [](const Country& a, const Country& b) {
    return std::pair(a.code == "other", a.code) < std::pair(b.code == "other", b.code);
  });
  if (auto given = top.section("assumed")) {
    auto take = [&](const char* key, double& value) {
      if (complete || given->has(key)) value = given->required_number(key);
    };
    take("classes_per_grade", assumed_.classes_per_grade);
    take("seats_filled", assumed_.seats_filled);
    take("child_share", assumed_.child_share);
    take("grid_homes", assumed_.grid_homes);
    take("speed_m_per_min", assumed_.speed_m_per_min);
    take("detour", assumed_.detour);
    take("base_year", assumed_.base_year);
    take("children_per_street_km", assumed_.children_per_street_km);
    take("children_per_point", assumed_.children_per_point);
    take("household_size", assumed_.household_size);
    take("listed_share", assumed_.listed_share);
  }
  Diagnostics unread;
  top.finish(unread);
  if (!unread.items().empty())
    throw Error(unread.items().front().message, shown,
                "it may hold [fields], [roles], [stage_words], [street_classes], [tie_forms], "
                "[countries] and [assumed]");
}

std::vector<NameMatch> Dictionary::meanings(const std::string& field) const {
  std::string bare = without_brackets(field);
  std::optional<Year> year = take_year(bare);
  std::string folded = folded_name(bare);
  std::vector<std::string> parts;
  for (const std::string& part : parts_of(bare)) parts.push_back(folded_name(part));
  std::vector<NameMatch> out;
  if (folded.empty()) return out;
  for (const auto& [meaning, words] : fields_) {
    NameMatch best{meaning, 0.0, "", year};
    auto offer = [&](double confidence, const std::string& word) {
      if (confidence > best.confidence) best = {meaning, confidence, word, year};
    };
    for (const std::string& word : words) {
      std::string key = folded_name(word);
      if (key.empty()) continue;
      if (key == folded) {
        offer(0.95, word);
      } else if (parts.size() > 1 && std::ranges::count(parts, key) > 0) {
        offer(0.9, word);
      } else if (key.size() >= least_part(key) && folded.find(key) != std::string::npos) {
        double share = static_cast<double>(key.size()) / static_cast<double>(folded.size());
        offer(0.4 + 0.35 * share, word);
      }
    }
    if (best.confidence > 0) out.push_back(best);
  }
  std::ranges::stable_sort(
      out, [](const NameMatch& a, const NameMatch& b) { return a.confidence > b.confidence; });
  return out;
}

std::vector<std::string> Dictionary::known_meanings() const {
  std::vector<std::string> out{"age", "grade_column"};
  for (const auto& [meaning, words] : fields_) out.push_back(meaning);
  return out;
}

bool Dictionary::speaks_of(const std::string& name, const std::string& role) const {
  auto words = roles_.find(role);
  if (words == roles_.end()) return false;
  std::string folded = folded_name(name);
  return std::ranges::any_of(words->second, [&](const std::string& word) {
    return folded.find(folded_name(word)) != std::string::npos;
  });
}

std::vector<std::string> Dictionary::stages_of(const std::string& text, std::string* evidence,
                                               const Country* country) const {
  std::string plain = lower_ascii(text);
  std::string kinds;
  std::size_t longest = 0;
  for (const auto& [kind, words] : stage_words_)
    for (const std::string& word : words)
      if (word.size() > longest && plain.find(lower_ascii(word)) != std::string::npos) {
        longest = word.size();
        kinds = kind;
        if (evidence != nullptr) *evidence = word;
        if (country != nullptr)
          if (auto own = country->words.find(lower_ascii(word)); own != country->words.end())
            kinds = own->second;
      }
  std::vector<std::string> out;
  for (const std::string& kind : stage_kinds())
    if (kinds.find(kind) != std::string::npos) out.push_back(kind);
  return out;
}

std::string Dictionary::tie_form(const std::string& text) const {
  for (const auto& [form, words] : tie_forms_)
    for (const std::string& word : words)
      if (folded_name(word) == folded_name(text)) return form;
  return "";
}

std::string Dictionary::street_class(const std::string& text) const {
  for (const auto& [word, names] : street_classes_)
    for (const std::string& name : names)
      if (name == text) return word;
  return text;
}

const Country& Dictionary::country_at(double lon, double lat) const {
  for (const Country& c : countries_)
    if (lon >= c.box[0] && lat >= c.box[1] && lon <= c.box[2] && lat <= c.box[3]) return c;
  return countries_.back();
}

const Country& Dictionary::country(const std::string& code) const {
  std::vector<std::string> known;
  for (const Country& c : countries_) {
    if (c.code == code) return c;
    known.push_back(c.code);
  }
  throw Error("unknown country \"" + code + "\"", "--country",
              fmt::format("use one of: {}", fmt::join(known, ", ")));
}

}  // namespace doorstep::intake
