#include "session/settings.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/file.h"
#include "base/platform.h"

namespace doorstep::session {

namespace {

using nlohmann::json;

std::string word(const json& j, const char* key, std::initializer_list<const char*> known,
                 std::string otherwise) {
  const auto found = j.find(key);
  if (found == j.end() || !found->is_string()) return otherwise;
  const auto text = found->get<std::string>();
  for (const char* k : known)
    if (text == k) return text;
  return otherwise;
}

bool flag(const json& j, const char* key) {
  const auto found = j.find(key);
  return found != j.end() && found->is_boolean() && found->get<bool>();
}

double number(const json& j, const char* key, double least, double most) {
  const auto found = j.find(key);
  if (found == j.end() || !found->is_number()) return 0.0;
  const double value = found->get<double>();
  return value >= least && value <= most ? value : 0.0;
}

std::string text(const json& j, const char* key) {
  const auto found = j.find(key);
  return found != j.end() && found->is_string() ? found->get<std::string>() : "";
}

Settings from_json(const json& j) {
  Settings out;
  if (!j.is_object()) return out;
  out.language = word(j, "language", {"zh", "en"}, "");
  out.theme = word(j, "theme", {"light", "dark", "contrast"}, out.theme);
  out.scale = number(j, "scale", 0.75, 2.5);
  out.reduced_motion = flag(j, "reduced_motion");
  out.tour_seen = flag(j, "tour_seen");
  out.width = static_cast<int>(number(j, "width", 320, 20000));
  out.height = static_cast<int>(number(j, "height", 240, 20000));
  const auto recent = j.find("recent");
  if (recent == j.end() || !recent->is_array()) return out;
  for (const json& one : *recent) {
    if (!one.is_object() || text(one, "place").empty()) continue;
    if (out.recent.size() < kMostRecent)
      out.recent.push_back({text(one, "place"), text(one, "scenario")});
  }
  return out;
}

}  // namespace

void remember(Settings& settings, RecentFile file) {
  std::erase(settings.recent, file);
  settings.recent.insert(settings.recent.begin(), std::move(file));
  if (settings.recent.size() > kMostRecent) settings.recent.resize(kMostRecent);
}

Settings read_settings(const std::filesystem::path& file) {
  try {
    return from_json(json::parse(read_file(file), nullptr, false));
  } catch (const Error&) {
    return {};
  }
}

void write_settings(const Settings& settings, const std::filesystem::path& file) {
  json recent = json::array();
  for (const RecentFile& r : settings.recent)
    recent.push_back({{"place", r.place.string()}, {"scenario", r.scenario.string()}});
  const json j{{"language", settings.language},   {"theme", settings.theme},
               {"scale", settings.scale},         {"reduced_motion", settings.reduced_motion},
               {"tour_seen", settings.tour_seen}, {"width", settings.width},
               {"height", settings.height},       {"recent", std::move(recent)}};
  write_file(file, j.dump(1) + "\n");
}

std::filesystem::path settings_file() { return user_state_folder() / "settings.json"; }

}  // namespace doorstep::session
