#include "desktop/desktop.h"

#include <algorithm>
#include <cstdio>

#include "base/error.h"
#include "base/file.h"
#include "desktop/loading.h"
#include "desktop/window.h"
#include "io/config.h"
#include "io/scenario/scenario_file.h"

namespace doorstep::desktop {

namespace {

/// The place to open where none is named: the first, by name, of those that come with the program.
std::filesystem::path first_place() {
  const std::filesystem::path maps = resource_path("maps");
  std::vector<std::filesystem::path> places;
  for (const auto& entry : std::filesystem::directory_iterator(maps)) {
    if (std::filesystem::exists(entry.path() / "place.toml")) places.push_back(entry.path());
  }
  if (places.empty())
    throw Error("there is no place to open", maps.string(), "name one: doorstep open PLACE");
  return *std::min_element(places.begin(), places.end());
}

int open(const WindowRequest& request) {
  constexpr int kWidth = 1440, kHeight = 900;
  const int width = request.width > 0 ? request.width : kWidth;
  const int height = request.height > 0 ? request.height : kHeight;
  Window window(width, height, "Doorstep 家门口");
  const double scale = std::clamp(window.content_scale(), 0.75, 2.5);
  const Language language = request.language == "en" ? Language::English : Language::Chinese;
  const auto opened =
      load_place(window.handle(), request.place.empty() ? first_place() : request.place,
                 io::load_words(language), scale);
  if (!opened) return 0;  // closed while reading
  Scenario scenario;
  if (!request.scenario.empty())
    scenario = io::read_scenario(request.scenario, opened->place).value;
  App app(opened, std::move(scenario), io::load_words(Language::Chinese),
          io::load_words(Language::English));
  if (!request.scenario.empty()) app.save_path = io::scenario_file_of(request.scenario);
  app.view.language = language;
  app.view.scale = scale;
  return request.script.empty() ? window.run(app) : window.run_script(app, request.script);
}

}  // namespace

int open_window(const WindowRequest& request) {
  try {
    return open(request);
  } catch (const Error& e) {
    std::fprintf(stderr, "doorstep: %s\n", e.message().c_str());
    return 1;
  }
}

}  // namespace doorstep::desktop
