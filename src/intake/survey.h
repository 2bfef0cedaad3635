#pragma once
// What lies in the files given: every layer of every file, its rows in memory in the coordinates of
// the file, and what its fields and itself are taken for. Internal to intake.

#include <optional>
#include <string>
#include <vector>

#include "intake/dictionary.h"
#include "intake/intake.h"
#include "io/table/layers.h"
#include "io/table/table.h"

namespace doorstep::intake {

enum class Role {
  None,
  Areas,
  Homes,
  Campuses,
  Catchments,
  AddressCatchments,
  Census,
  Streets,
  PupilList,
  History,
  Raster,
  Travel,
  Entrants,
  Growth,
  Groups,
  Feeders,
  Housing,
  Osm,
  ReadMe,
};
[[nodiscard]] const char* role_name(Role role);
/// Throws: Error naming the roles there are.
[[nodiscard]] Role role_from(const std::string& word, const std::string& where);

/// What a column is taken for.
struct FieldGuess {
  std::size_t column = 0;
  std::string meaning;  ///< key of the dictionary, "age" or "grade"
  double confidence = 0.0;
  std::string evidence;
  std::optional<Year> year;
  std::optional<AgeBand> ages;
  std::optional<int> grade;
  bool confirmed = false;
};

/// A layer with all that was found out about it.
struct SourceLayer {
  std::filesystem::path path;
  std::string shown;  ///< "zones.csv", or "a.xlsx#Sheet2": how reports and answers name it
  std::string file;
  std::string layer;
  io::LayerInfo info;
  io::Table table;
  Diagnostics findings;
  std::vector<FieldGuess> fields;
  Role role = Role::None;
  double role_confidence = 0.0;
  std::string role_evidence;
  std::string crs;  ///< in force
  std::string datum = "wgs84";
  bool swapped = false;
  std::vector<Guess> system_guesses;
  std::size_t rows_used = 0;
  std::size_t rows_read = 0;  ///< also of a pupil list, whose table is emptied once counted
  bool used = false;
  std::vector<std::optional<Xy>> at;  ///< of each row, in the place's system, once that is settled

  [[nodiscard]] const FieldGuess* field(const std::string& meaning) const;
  [[nodiscard]] bool has(const std::string& meaning) const { return field(meaning) != nullptr; }
  /// The cell of a meaning, "" where missing or absent.
  [[nodiscard]] std::string text(std::size_t row, const std::string& meaning) const;
  /// The number of a meaning; thousands separators and units are taken off.
  [[nodiscard]] std::optional<double> number(std::size_t row, const std::string& meaning) const;
  [[nodiscard]] std::string cell(std::size_t row, std::size_t column) const;
  [[nodiscard]] bool is_area_layer() const;
};

/// Every layer of every file, folders and archives looked through. Throws: Error for a file that
/// cannot be read where it was named itself; inside a folder it becomes a finding.
[[nodiscard]] std::vector<SourceLayer> survey(const Request& request, const Dictionary& dictionary,
                                              Diagnostics& findings, Progress& progress);

/// Guesses the fields of a layer from names and values, answers of the user first.
void guess_fields(SourceLayer& layer, const Dictionary& dictionary, const Request& request);
/// Guesses the role of a layer from its fields, shapes and name.
void guess_role(SourceLayer& layer, const Dictionary& dictionary, const Request& request);

/// Whether a meaning is what schools have for their pupils ("books").
[[nodiscard]] bool is_resource(const std::string& meaning);

/// Whether FILE.key is answered for a layer rather than for one of its fields.
[[nodiscard]] bool is_answer_of_layers(const std::string& key);
/// A number as tables hold it: "1,234", "1 234", "45人", "12.5%"; nothing where it is none.
[[nodiscard]] std::optional<double> loose_number(const std::string& cell);
/// 15 or 18 digits with a plausible date and, for 18, the check digit: an identity number.
[[nodiscard]] bool looks_like_id_number(const std::string& cell);
[[nodiscard]] bool looks_like_mobile_number(const std::string& cell);

}  // namespace doorstep::intake
