#pragma once
// What field names mean: the dictionary of config/fields.toml with what a user adds to it, and the
// forms that no list can hold (ages, grades, years in a name). Decides by names alone; whether the
// values fit is checked by `roles`.

#include <array>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "place/schools.h"

namespace doorstep::intake {

/// What a field name may mean, and how sure the name alone makes us.
struct NameMatch {
  std::string meaning;  ///< key of [fields]: "code", "seats"
  double confidence = 0.0;
  std::string evidence;      ///< the word of the dictionary that fits
  std::optional<Year> year;  ///< "pan2024"
};

/// A column that counts people of some ages: "男_5到9岁", "a6".
struct AgeBand {
  enum class Sex { All, Male, Female };
  Sex sex = Sex::All;
  int first = 0;
  int last = 0;
  bool operator==(const AgeBand&) const = default;
};

struct StageDefaults {
  int grades = 0;
  int entry_age = 0;
  Name name;
  int class_standard = 0;         ///< 0: of config/standards.toml
  double service_radius_m = 0.0;  ///< 0: likewise
};

struct Country {
  std::string code;
  std::string name;
  std::array<double, 4> box{};  ///< west, south, east, north. Units: degrees
  std::string rule;
  int grade_one_age = 6;  ///< at entry to what people call the first grade
  int cut_off_month = 8;
  int cut_off_day = 31;
  std::map<std::string, StageDefaults> stages;  ///< by kind: "primary"
  /// Words that mean another stage here than elsewhere: { "high school" = "senior" }.
  std::map<std::string, std::string> words;
};

struct Assumed {
  double classes_per_grade, seats_filled, child_share, grid_homes, speed_m_per_min, detour,
      base_year, children_per_street_km, children_per_point, household_size, listed_share;
};

/// The kinds of stage in order of age.
[[nodiscard]] const std::vector<std::string>& stage_kinds();

class Dictionary {
 public:
  /// config/fields.toml, then each of `additions` over it. Throws: Error.
  explicit Dictionary(const std::vector<std::filesystem::path>& additions = {});

  /// All meanings a name may have, the surest first.
  [[nodiscard]] std::vector<NameMatch> meanings(const std::string& field) const;
  [[nodiscard]] std::vector<std::string> known_meanings() const;
  /// Whether a file or layer name speaks of a role ("campuses").
  [[nodiscard]] bool speaks_of(const std::string& name, const std::string& role) const;
  /// The stages that a word names ("九年一贯制" → primary, junior), empty where none;
  /// `evidence` gets the word that fitted.
  [[nodiscard]] std::vector<std::string> stages_of(const std::string& text,
                                                   std::string* evidence = nullptr,
                                                   const Country* country = nullptr) const;
  /// The key of config/group_forms.toml that a word names, "" where none.
  [[nodiscard]] std::string tie_form(const std::string& text) const;
  /// The class of street a word names in those of OpenStreetMap; the word itself where none.
  [[nodiscard]] std::string street_class(const std::string& text) const;
  [[nodiscard]] const Country& country_at(double lon, double lat) const;
  /// Throws: Error naming the known codes.
  [[nodiscard]] const Country& country(const std::string& code) const;
  [[nodiscard]] const Assumed& assumed() const { return assumed_; }

 private:
  void add_file(const std::filesystem::path& path, bool complete);

  std::map<std::string, std::vector<std::string>> fields_;
  std::map<std::string, std::vector<std::string>> roles_;
  std::map<std::string, std::vector<std::string>> stage_words_;
  std::map<std::string, std::vector<std::string>> tie_forms_;
  std::map<std::string, std::vector<std::string>> street_classes_;
  std::vector<Country> countries_;
  Assumed assumed_{};
};

/// Lower case without spaces, signs and bracketed units: how names are compared.
[[nodiscard]] std::string folded_name(const std::string& name);
/// The ages that a field name speaks of; nothing where it speaks of none, or only of those over 18.
[[nodiscard]] std::optional<AgeBand> age_band_of(const std::string& field);
/// Grade of school counted from the first of primary school: "一年级" 1, "初二" 8, "K" 0,
/// "小班" -2; nothing where the text names none.
[[nodiscard]] std::optional<int> grade_of(const std::string& text);
/// A field name that speaks of one grade ("一年级人数", "g1"); a bare number does not.
[[nodiscard]] std::optional<int> grade_of_field(const std::string& field);
/// The year in a text ("2023/24" → 2023, "pan2024" → 2024); nothing where none.
[[nodiscard]] std::optional<Year> year_in_text(const std::string& text);

}  // namespace doorstep::intake
