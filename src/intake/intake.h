#pragma once
// A planner arrives with files and no place.toml: what is in them is guessed here, each guess with
// its confidence and evidence, and a place is drafted that runs. Nothing is written until
// write_draft, and nothing is guessed in silence: what the report does not name was read, not
// guessed. How a place is read afterwards is io's.

#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/diagnostics.h"
#include "base/progress.h"
#include "base/sentences.h"

namespace doorstep::intake {

/// What to draft from, as the command line or the window gives it.
struct Request {
  std::string code;                           ///< of the place, and the name of its folder
  std::vector<std::filesystem::path> files;   ///< files, folders, archives
  std::string name;                           ///< "" the code
  std::string crs;                            ///< of files that say none, and of the place
  std::string country;                        ///< "cn"; "" by where the data lie
  std::vector<std::filesystem::path> fields;  ///< additions to the dictionary
  /// Answers by key: { "zones.csv.crs", "EPSG:27700" }.
  std::map<std::string, std::string> confirmed;
  bool accept_all = false;  ///< --yes: the best guess stands for every question
};

/// One guess about a field, a system, a role.
struct Guess {
  std::string key;      ///< how to answer it otherwise: "zones.csv.crs"
  std::string subject;  ///< "zone_e", "coordinates"
  std::string taken_as;
  double confidence = 0.0;  ///< 0 … 1
  std::string evidence;
  bool confirmed = false;  ///< said by the user
};

/// What became of one layer of a file.
struct LayerReport {
  std::string file;
  std::string layer;  ///< "" where the file has one
  std::string kind;   ///< "table", "points", …
  std::string role;   ///< "campuses", "homes", … or "not used"
  double confidence = 0.0;
  std::string evidence;
  std::size_t rows = 0;
  std::size_t rows_used = 0;
  std::string encoding;
  std::vector<Guess> guesses;
};

/// A value that no file gives.
struct Assumption {
  std::string key;
  std::string value;
  std::string reason;
};

/// Something that has to be answered before a place is written.
struct Question {
  Guess guess;
  std::string text;
};

/// A place about to be written.
struct Draft {
  std::string code;
  std::vector<LayerReport> layers;
  std::vector<Assumption> assumptions;
  std::vector<Question> questions;  ///< empty where all is clear, or accepted
  Diagnostics findings;
  std::string place_toml;
  std::vector<std::pair<std::string, std::string>> tables;            ///< name, bytes
  std::vector<std::pair<std::filesystem::path, std::string>> copied;  ///< from, name
};

/// Looks at the files and drafts a place. Questions that are open are listed, with the best guess
/// taken meanwhile. Throws: Error where a file cannot be read, nothing is recognised, or two layers
/// claim one role.
[[nodiscard]] Draft draft_place(const Request& request, Progress& progress);

/// Writes the draft as `folder`, complete or not at all. Throws: Error where the folder exists and
/// `replace` is not set, or questions are open.
void write_draft(const Draft& draft, const std::filesystem::path& folder, bool replace);

/// The report in words: files, fields, what was assumed, what is open.
[[nodiscard]] std::string report_text(const Draft& draft, const Sentences& say = {});
/// The same for programs.
[[nodiscard]] std::string report_json(const Draft& draft);

/// Empty tables with headings in both languages and an example row, as `folder`.
/// Throws: Error where the folder exists.
void write_templates(const std::filesystem::path& folder, bool replace);

}  // namespace doorstep::intake
