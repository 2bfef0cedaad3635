#include "intake/intake.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "intake/making.h"

namespace doorstep::intake {
namespace fs = std::filesystem;
namespace {

/// fields.toml beside the files adds to the dictionary, as --fields does.
std::vector<fs::path> additions_of(const Request& request) {
  std::vector<fs::path> out;
  for (const fs::path& file : request.files) {
    fs::path folder = fs::is_directory(file) ? file : file.parent_path();
    fs::path beside = folder / "fields.toml";
    if (fs::exists(beside) && std::ranges::count(out, beside) == 0) out.push_back(beside);
  }
  for (const fs::path& file : request.fields) out.push_back(file);
  return out;
}

/// What to show of a field. A heading that no dictionary knows may be data (a list without
/// headings), so that of a pupil list is not shown.
Guess shown_guess(const SourceLayer& layer, const FieldGuess& f) {
  bool by_values = f.meaning == "id_number" && f.evidence.rfind("values", 0) == 0;
  std::string subject =
      by_values ? fmt::format("column {}", f.column + 1) : layer.table.columns[f.column];
  std::string meaning = f.meaning == "age" || f.meaning == "grade_column" ? f.evidence : f.meaning;
  if (f.year) meaning += fmt::format(" of {}", *f.year);
  return {layer.shown + "." + f.meaning, subject, meaning, f.confidence, f.evidence, f.confirmed};
}

LayerReport report_of(const SourceLayer& layer) {
  LayerReport report;
  report.file = layer.file;
  report.layer = layer.layer;
  report.kind = io::layer_kind_name(layer.info.kind);
  report.role = role_name(layer.used ? layer.role : Role::None);
  report.confidence = layer.role_confidence;
  report.evidence = layer.role_evidence;
  report.rows = layer.rows_read;
  report.rows_used = layer.rows_used;
  report.encoding = layer.info.encoding.name;
  if (!layer.used) return report;
  bool guessed = layer.info.encoding.certainty == io::Certainty::Likely ||
                 layer.info.encoding.certainty == io::Certainty::Ambiguous;
  if (guessed)
    report.guesses.push_back({layer.shown + ".encoding", "text", layer.info.encoding.name,
                              layer.info.encoding.certainty == io::Certainty::Likely ? 0.9 : 0.5,
                              layer.info.encoding.evidence, false});
  for (const Guess& g : layer.system_guesses) report.guesses.push_back(g);
  // Ages are one guess, however many columns they fill.
  std::size_t ages = 0;
  for (const FieldGuess& f : layer.fields) {
    if (f.meaning == "age" && ages++ > 0) continue;
    report.guesses.push_back(shown_guess(layer, f));
  }
  if (ages > 1)
    for (Guess& g : report.guesses)
      if (g.key == layer.shown + ".age")
        g.taken_as += fmt::format(" and {} more columns by age", ages - 1);
  return report;
}

void check_code(const std::string& code) {
  bool plain = !code.empty() && std::ranges::all_of(code, [](char c) {
    auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || std::isalnum(byte) || c == '-' || c == '_' || c == '.';
  });
  if (!plain || code.front() == '.')
    throw Error("\"" + code + "\" cannot be the name of a place", "NAME",
                "use letters, digits, - and _: it names the folder and stands in every output");
}

/// Answers that no question and no guess had: a misspelt one would be lost.
void check_answers(const Making& making) {
  std::vector<std::string> known{
      "year",    "children", "rule",   "catchments", "areas",   "stages", "homes",    "census",
      "streets", "travel",   "growth", "groups",     "feeders", "osm",    "entrants", "raster"};
  for (const SourceLayer& layer : making.layers)
    for (const char* what :
         {"crs", "datum", "role", "axes", "stage", "licence", "attribution", "encoding"})
      known.push_back(layer.shown + "." + what);
  for (const auto& [key, value] : making.request.confirmed) {
    bool field = std::ranges::any_of(making.layers, [&](const SourceLayer& layer) {
      return key.rfind(layer.shown + ".", 0) == 0;
    });
    if (field || std::ranges::count(known, key) > 0) continue;
    std::string near = closest(key, known);
    throw Error("\"" + key + "\" is nothing that can be confirmed", "--confirm",
                near.empty()
                    ? "write FILE.role, FILE.crs, FILE.FIELD, year, children, stages or rule"
                    : "did you mean \"" + near + "\"?");
  }
}

void gather_findings(Making& making) {
  Diagnostics all;
  for (SourceLayer& layer : making.layers) {
    if (!layer.used) continue;
    // What was found while a pupil list was read may quote its cells: only how much there was.
    if (layer.role == Role::PupilList) {
      if (!layer.findings.items().empty())
        all.info("pupil-list-findings",
                 fmt::format("{} findings while it was read", layer.findings.items().size()),
                 {layer.shown, 0, ""});
    } else {
      all.append(layer.findings);
    }
  }
  all.append(making.draft.findings);
  making.draft.findings = std::move(all);
}

}  // namespace

Draft draft_place(const Request& request, Progress& progress) {
  check_code(request.code);
  Dictionary dictionary(additions_of(request));
  Making making{request, dictionary, progress};
  making.draft.code = request.code;
  making.layers = survey(request, dictionary, making.draft.findings, progress);
  check_answers(making);
  progress.step("what the files are", 0.5);
  settle_roles(making);
  settle_systems(making);
  settle_shifts(making);
  settle_year(making);
  progress.step("the place", 0.7);
  make_areas(making);
  make_from_osm(making);
  make_campuses(making);
  make_history(making);
  count_pupils(making);
  make_stages(making);
  place_campuses(making);
  make_homes(making);
  home_counted_pupils(making);
  spread_children(making);
  invent_campuses(making);
  make_catchments(making);
  make_links(making);
  progress.step("the files", 0.9);
  for (const SourceLayer& layer : making.layers) making.draft.layers.push_back(report_of(layer));
  gather_findings(making);
  write_tables(making);
  making.draft.place_toml = place_toml(making);
  return std::move(making.draft);
}

void write_draft(const Draft& draft, const fs::path& folder, bool replace) {
  if (!draft.questions.empty()) {
    const Question& q = draft.questions.front();
    std::string more = draft.questions.size() > 1
                           ? fmt::format("; and {} more questions", draft.questions.size() - 1)
                           : "";
    throw Error(
        q.text, draft.code,
        fmt::format("say --yes for {}, or --confirm {}=…{}", q.guess.taken_as, q.guess.key, more));
  }
  if (fs::exists(folder) && !replace)
    throw Error("exists already", folder.string(), "choose another name, or say --force");
  OutputFolder out(folder);
  for (const auto& [name, bytes] : draft.tables) write_file(out.file(name), bytes);
  for (const auto& [from, name] : draft.copied)
    fs::copy_file(from, out.file(name), fs::copy_options::overwrite_existing);
  write_file(out.file("place.toml"), draft.place_toml);
  out.commit();
}

}  // namespace doorstep::intake
