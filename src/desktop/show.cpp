#include "desktop/show.h"

#include <nlohmann/json.hpp>

namespace doorstep::desktop {

using nlohmann::json;

void Show::move(std::size_t scene, int by) {
  const auto to = static_cast<std::ptrdiff_t>(scene) + by;
  if (to >= 0 && to < static_cast<std::ptrdiff_t>(scenes.size()))
    std::swap(scenes[scene], scenes[static_cast<std::size_t>(to)]);
}

void Show::remove(std::size_t scene) {
  if (scene < scenes.size()) scenes.erase(scenes.begin() + static_cast<std::ptrdiff_t>(scene));
}

void Show::remove_pin(std::size_t pin) {
  if (pin < pins.size()) pins.erase(pins.begin() + static_cast<std::ptrdiff_t>(pin));
}

void Show::begin() {
  presenting_ = scenes.empty() ? -1 : 0;
  black_ = false;
}

bool Show::press(const std::string& key) {
  if (presenting_ < 0) return false;
  const int last = static_cast<int>(scenes.size()) - 1;
  if (key == "B" || key == ".") {  // what clickers send to darken the screen
    black_ = !black_;
  } else if (key == "Right" || key == "Down" || key == "PageDown" || key == "Space" ||
             key == "Enter") {
    if (!black_) presenting_ = std::min(presenting_ + 1, last);
    black_ = false;
  } else if (key == "Left" || key == "Up" || key == "PageUp") {
    if (!black_) presenting_ = std::max(presenting_ - 1, 0);
    black_ = false;
  } else if (key == "Home") {
    presenting_ = 0;
  } else if (key == "End") {
    presenting_ = last;
  } else if (key == "Esc" || key == "F5") {
    end();
  }
  return true;  // no other command while people look
}

namespace {

constexpr const char* kModes[] = {"scenario", "baseline", "difference"};
constexpr const char* kSplits[] = {"none", "swipe", "side_by_side"};
constexpr const char* kFills[] = {"utilisation", "class_size", "travel_time",
                                  "decline",     "reach",      "density"};

template <class T, std::size_t N>
T one_of(const json& j, const char* key, const char* const (&words)[N], T otherwise) {
  const std::string text = j.value(key, "");
  for (std::size_t i = 0; i < N; ++i)
    if (text == words[i]) return static_cast<T>(i);
  return otherwise;
}

struct Named {
  const char* name;
  bool scene::MapLayers::*on;
};
constexpr Named kLayers[] = {{"catchments", &scene::MapLayers::catchments},
                             {"campuses", &scene::MapLayers::campuses},
                             {"homes", &scene::MapLayers::homes},
                             {"flows", &scene::MapLayers::flows},
                             {"backdrop", &scene::MapLayers::backdrop},
                             {"labels", &scene::MapLayers::labels},
                             {"ties", &scene::MapLayers::ties}};

json scene_json(const ShowScene& s) {
  json layers = json::array();
  for (const Named& layer : kLayers)
    if (s.layers.*layer.on) layers.push_back(layer.name);
  return {{"zh", s.zh},
          {"en", s.en},
          {"centre", {s.centre.x, s.centre.y}},
          {"width_m", s.width_m},
          {"stage", s.stage},
          {"year", s.year},
          {"mode", kModes[static_cast<std::size_t>(s.mode)]},
          {"split", kSplits[static_cast<std::size_t>(s.split)]},
          {"fill", kFills[static_cast<std::size_t>(s.fill)]},
          {"layers", std::move(layers)}};
}

ShowScene scene_from(const json& j) {
  ShowScene s;
  s.zh = j.value("zh", "");
  s.en = j.value("en", "");
  s.centre = {j.at("centre").at(0).get<double>(), j.at("centre").at(1).get<double>()};
  s.width_m = std::max(1.0, j.value("width_m", s.width_m));
  s.stage = j.value("stage", "");
  s.year = j.value("year", 0);
  s.mode = one_of(j, "mode", kModes, s.mode);
  s.split = one_of(j, "split", kSplits, s.split);
  s.fill = one_of(j, "fill", kFills, s.fill);
  const auto on = j.value("layers", std::vector<std::string>{});
  for (const Named& layer : kLayers)
    s.layers.*layer.on = std::find(on.begin(), on.end(), layer.name) != on.end();
  return s;
}

}  // namespace

std::string show_text(const Show& show) {
  json scenes = json::array(), pins = json::array();
  for (const ShowScene& s : show.scenes) scenes.push_back(scene_json(s));
  for (const Pin& p : show.pins) pins.push_back({{"at", {p.at.x, p.at.y}}, {"text", p.text}});
  return json{{"format", 1}, {"scenes", std::move(scenes)}, {"pins", std::move(pins)}}.dump(1) +
         "\n";
}

Show show_from(const std::string& text) {
  Show out;
  const json j = json::parse(text, nullptr, false);
  if (!j.is_object()) return out;
  auto each = [&](const char* key, auto&& take) {
    const auto found = j.find(key);
    if (found == j.end() || !found->is_array()) return;
    for (const json& one : *found) {
      try {
        take(one);
      } catch (const json::exception&) {
        // One that somebody wrote wrong is no reason to lose the others.
      }
    }
  };
  each("scenes", [&](const json& one) { out.scenes.push_back(scene_from(one)); });
  each("pins", [&](const json& one) {
    out.pins.push_back({{one.at("at").at(0).get<double>(), one.at("at").at(1).get<double>()},
                        one.at("text").get<std::string>()});
  });
  return out;
}

std::filesystem::path show_file(const std::filesystem::path& plan, const std::string& place,
                                const std::filesystem::path& own) {
  if (plan.empty()) return own / (place + ".show.json");
  std::filesystem::path beside = plan;
  return beside.replace_extension(".show.json");
}

}  // namespace doorstep::desktop
