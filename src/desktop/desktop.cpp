#include "desktop/desktop.h"

#include <algorithm>
#include <cstdio>
#include <tuple>

#include "base/error.h"
#include "base/file.h"
#include "base/platform.h"
#include "desktop/loading.h"
#include "desktop/window.h"
#include "io/config.h"
#include "io/scenario/scenario_file.h"
#include "session/autosave.h"
#include "session/place_pack.h"
#include "session/settings.h"

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

/// Takes over what its user chose the last time, or what is asked for now.
void dress(App& app, const session::Settings& kept, double scale) {
  app.view.language = kept.language == "en" ? Language::English : Language::Chinese;
  app.view.theme = kept.theme == "dark"       ? scene::ThemeKind::Dark
                   : kept.theme == "contrast" ? scene::ThemeKind::Contrast
                                              : scene::ThemeKind::Light;
  app.view.scale = scale;
  app.view.reduced_motion = kept.reduced_motion;
  app.view.tour = kept.tour_seen ? -1 : 0;
  app.recent = kept.recent;
}

/// What is to be kept of how the window looks now.
session::Settings settings_of(const App& app, const Window& window, session::Settings kept) {
  kept.language = app.view.language == Language::English ? "en" : "zh";
  kept.theme = app.view.theme == scene::ThemeKind::Dark       ? "dark"
               : app.view.theme == scene::ThemeKind::Contrast ? "contrast"
                                                              : "light";
  kept.scale = app.view.scale;
  kept.reduced_motion = app.view.reduced_motion;
  kept.tour_seen = kept.tour_seen || app.view.tour < 0;
  std::tie(kept.width, kept.height) = window.size();
  return kept;
}

/// One window over as many places and plans as its user opens, one after the other.
class Desk {
 public:
  explicit Desk(const WindowRequest& request)
      : request_(request),
        scripted_(!request.script.empty()),
        kept_(scripted_ && !request.keep ? session::Settings{}
                                         : session::read_settings(session::settings_file())),
        window_(width(), height(), "Doorstep 家门口") {
    if (!request.language.empty()) kept_.language = request.language;
    if (scripted_) kept_.tour_seen = true;  // a script asks for the tour where it wants it
  }

  int run() {
    Opening next{request_.place.empty() ? first_place() : request_.place, request_.scenario, {}};
    std::shared_ptr<const OpenPlace> opened;
    bool first = true;
    int status = 0;
    std::size_t line = 0;  // of the script
    bool in_script = false;
    std::string failure;
    for (;;) {
      std::shared_ptr<const OpenPlace> place = opened;
      try {
        if (next.opened)
          place = next.opened;
        else if (!next.place.empty())
          place = load(next.place);
        if (!place) return 0;  // closed while reading
        Scenario scenario;
        if (next.plan)
          scenario = *next.plan;
        else if (!next.scenario.empty())
          scenario = plan_of(*place, next.scenario);
        else if (const auto brought = io::packed_scenarios(place->path);
                 !next.place.empty() && !next.recovered && brought.size() == 1)
          scenario = plan_of(*place, brought.front());  // one plan came with the place
        App app(place, std::move(scenario), io::load_words(Language::Chinese),
                io::load_words(Language::English),
                scripted_ && !request_.keep ? std::filesystem::path() : session::autosave_root());
        opened = place;
        if (!next.scenario.empty() && std::filesystem::exists(next.scenario))
          app.files.set_path(io::scenario_file_of(next.scenario));
        if (next.plan) app.document().mark_unsaved();
        if (next.show_findings) app.data.show_findings(!place->findings.items().empty());
        if (faulty_) app.data.show_foreign(faulty_name_, *faulty_);
        faulty_.reset();
        const bool as_before = kept_.scale > 0 && (!scripted_ || !first);
        const double scale = as_before ? kept_.scale : screen_scale();
        dress(app, kept_, scale);
        app.toasts.say(std::exchange(failure, {}), true);
        if (next.recovered) take_back(app, *next.recovered);
        if (first && keeps()) app.files.offer(session::left_behind(session::autosave_root()));
        first = false;
        load_show(app);
        remember(app);
        auto each_frame = [&] { keep(app); };
        in_script = scripted_;
        status |= scripted_ ? window_.run_script(app, request_.script, line, each_frame)
                            : window_.run(app, each_frame);
        in_script = false;
        keep(app);
        kept_ = settings_of(app, window_, kept_);  // the next place looks as this one did
        if (!app.files.next()) return status;
        next = *app.files.next();
      } catch (const Error& e) {
        // What was open comes back with a word of what went wrong, but for the first; nobody would
        // read it while a script runs.
        if (!opened || first || in_script) throw;
        failure = e.message();
        next = {};
      }
    }
  }

 private:
  [[nodiscard]] int width() const {
    constexpr int kWidth = 1440;
    return request_.width > 0 ? request_.width : kept_.width > 0 ? kept_.width : kWidth;
  }
  [[nodiscard]] int height() const {
    constexpr int kHeight = 900;
    return request_.height > 0 ? request_.height : kept_.height > 0 ? kept_.height : kHeight;
  }
  [[nodiscard]] double screen_scale() const {
    return std::clamp(window_.content_scale(), 0.75, 2.5);
  }
  [[nodiscard]] bool keeps() const { return !scripted_ || request_.keep; }

  std::shared_ptr<const OpenPlace> load(const std::filesystem::path& path) {
    const Language language = kept_.language == "en" ? Language::English : Language::Chinese;
    auto place = load_place(window_.handle(), path, io::load_words(language), screen_scale());
    if (place && place->findings.has_errors()) {
      // It cannot be opened; what was open comes back beside the list of what is wrong.
      faulty_ = place->findings;
      faulty_name_ = path.filename().string();
      place->findings.throw_first_error();
    }
    return place;
  }

  /// A plan by its path, or by the name of one that came in the place file.
  [[nodiscard]] static Scenario plan_of(const OpenPlace& place,
                                        const std::filesystem::path& given) {
    return io::read_scenario(session::scenario_path(place, given.string()), place.place).value;
  }

  /// The old copy goes only once the work is kept anew.
  void take_back(App& app, const session::Autosave& left) {
    session::restore(app.document(), left);
    app.files.keep();
    session::discard(left);
  }

  [[nodiscard]] std::filesystem::path show_of(const App& app) const {
    return show_file(app.files.path(), app.place().code, user_state_folder());
  }
  void load_show(App& app) {
    shown_.clear();
    if (!keeps()) return;
    std::error_code ignored;
    if (std::filesystem::exists(show_of(app), ignored))
      app.show = show_from(read_file(show_of(app)));
    shown_ = show_text(app.show);
    show_path_ = show_of(app);
  }
  /// Scenes and pins are written as they change: they are no edits, and nobody asks to save them.
  void keep_show(App& app) {
    std::string text = show_text(app.show);
    const auto path = show_of(app);
    if (text == shown_ && path == show_path_) return;
    const bool any = !app.show.scenes.empty() || !app.show.pins.empty();
    std::error_code ignored;
    if (any || std::filesystem::exists(path, ignored)) write_file(path, text);
    shown_ = std::move(text);
    show_path_ = path;
  }

  void remember(App& app) {
    std::error_code ignored;
    const auto plan = app.files.path();
    session::remember(kept_, {std::filesystem::absolute(app.document().opened().given, ignored),
                              plan.empty() ? plan : std::filesystem::absolute(plan, ignored)});
    app.recent = kept_.recent;
  }

  void keep(App& app) {
    if (!keeps()) return;
    const auto plan = app.files.path();
    if (!plan.empty() && (kept_.recent.empty() || kept_.recent.front().scenario != plan))
      remember(app);
    session::Settings now = settings_of(app, window_, kept_);
    try {
      keep_show(app);
      if (now == written_) return;
      kept_ = written_ = std::move(now);
      session::write_settings(kept_, session::settings_file());
    } catch (const Error& e) {
      app.toasts.say(e.message(), true);
    }
  }

  const WindowRequest& request_;
  bool scripted_ = false;
  session::Settings kept_;
  session::Settings written_;
  std::optional<Diagnostics> faulty_;  ///< of a place that could not be opened
  std::string faulty_name_;
  std::string shown_;  ///< scenes and pins as last written
  std::filesystem::path show_path_;
  Window window_;
};

}  // namespace

int open_window(const WindowRequest& request) {
  try {
    return Desk(request).run();
  } catch (const Error& e) {
    std::fprintf(stderr, "doorstep: %s\n", e.message().c_str());
    return 1;
  }
}

}  // namespace doorstep::desktop
