#include "session/autosave.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/file.h"
#include "base/platform.h"
#include "io/scenario/scenario_file.h"

namespace doorstep::session {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

constexpr const char* kAbout = "about.json";
constexpr const char* kPlan = "scenario.toml";

/// A name that no other document of this or another program has.
fs::path free_folder(const fs::path& root) {
  for (int n = 1;; ++n) {
    fs::path folder = root / fmt::format("{}-{}", process_id(), n);
    std::error_code taken;
    if (fs::create_directories(folder, taken)) return folder;
    if (taken) throw Error("cannot be made: " + taken.message(), folder.string(), "");
  }
}

std::string about_text(const Document& document, const fs::path& scenario_file) {
  const OpenPlace& opened = document.opened();
  std::error_code ignored;
  return json{{"place",
               fs::absolute(opened.given.empty() ? opened.path : opened.given, ignored).string()},
              {"scenario", scenario_file.empty() ? std::string()
                                                 : fs::absolute(scenario_file, ignored).string()},
              {"name", opened.place.name.in_chinese()},
              {"name_en", opened.place.name.in_english()},
              {"edits", document.scenario().edits.size()},
              {"process", process_id()}}
             .dump(1) +
         "\n";
}

/// One edit as the file would hold it: equal text, equal edit.
std::string text_of(const Edit& edit, const Place& place) {
  Scenario alone;
  alone.edits = {edit};
  std::string text = io::scenario_text(alone, place);
  // Areas stand in a file beside the text; their size tells them apart well enough here.
  if (const auto* redraw = std::get_if<RedrawCatchments>(&edit))
    for (const auto& area : redraw->catchments) text += fmt::format("{} ", area.area.size());
  return text;
}

/// Whether the program that made an autosave still runs. One of our own number has run before us:
/// this process asks before it keeps anything.
bool in_use(const json& about) {
  const int process = about.value("process", 0);
  return process != process_id() && process_runs(process);
}

}  // namespace

Autosaver::Autosaver(fs::path root) : root_(std::move(root)) {}

void Autosaver::follow(const Document& document, const fs::path& scenario_file) {
  if (!document.unsaved()) return drop();
  if (!folder_.empty() && kept_revision_ == document.revision()) return;
  if (folder_.empty()) folder_ = free_folder(root_);
  io::write_scenario(document.scenario(), document.opened().place, folder_ / kPlan);
  write_file(folder_ / kAbout, about_text(document, scenario_file));
  kept_revision_ = document.revision();
}

void Autosaver::drop() {
  if (folder_.empty()) return;
  std::error_code ignored;
  fs::remove(folder_ / kAbout, ignored);  // first: half a folder is no offer
  fs::remove_all(folder_, ignored);
  folder_.clear();
  kept_revision_ = -1;
}

fs::path autosave_root() { return user_state_folder() / "autosave"; }

std::vector<Autosave> left_behind(const fs::path& root) {
  std::vector<Autosave> out;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(root, ignored)) {
    if (!fs::exists(entry.path() / kAbout, ignored) || !fs::exists(entry.path() / kPlan, ignored))
      continue;
    Autosave one;
    try {
      const json about = json::parse(read_file(entry.path() / kAbout));
      if (in_use(about)) continue;
      one.place = about.value("place", "");
      one.scenario = about.value("scenario", "");
      one.place_name = about.value("name", "");
      one.place_name_en = about.value("name_en", "");
      one.edits = about.value("edits", 0);
    } catch (const Error&) {
      continue;
    } catch (const json::exception&) {
      continue;  // cut short by something that does not know how we write
    }
    one.folder = entry.path();
    one.when = fs::last_write_time(entry.path() / kPlan, ignored);
    if (!one.place.empty()) out.push_back(std::move(one));
  }
  std::sort(out.begin(), out.end(), [](const Autosave& a, const Autosave& b) {
    return a.when != b.when ? a.when > b.when : a.folder < b.folder;
  });
  return out;
}

void discard(const Autosave& autosave) {
  std::error_code ignored;
  fs::remove(autosave.folder / kAbout, ignored);
  fs::remove_all(autosave.folder, ignored);
}

void restore(Document& document, const Autosave& autosave) {
  const Place& place = document.opened().place;
  Scenario kept = io::read_scenario(autosave.folder / kPlan, place).value;
  const std::vector<Edit>& saved = document.scenario().edits;
  bool goes_on = kept.edits.size() >= saved.size();
  for (std::size_t i = 0; goes_on && i < saved.size(); ++i)
    goes_on = text_of(saved[i], place) == text_of(kept.edits[i], place);
  if (!goes_on) {
    document.set_scenario(std::move(kept), {"恢复未保存的方案", "Unsaved plan recovered"});
  } else {
    // All of it must fit before any of it is shown.
    apply(place, kept).findings.throw_first_error();
    for (std::size_t i = saved.size(); i < kept.edits.size();) document.add_edit(kept.edits[i++]);
  }
  document.mark_unsaved();
}

}  // namespace doorstep::session
