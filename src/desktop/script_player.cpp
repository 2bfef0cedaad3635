#include "desktop/script_player.h"
#include "desktop/subjects.h"

#include <imgui.h>

#include <cstdio>

#include "base/error.h"
#include "base/file.h"
#include "desktop/fonts.h"
#include "desktop/rare_characters.h"
#include "render/gl/frame.h"

namespace doorstep::desktop {

using scene::MapMode;

namespace {
constexpr double kWaitSeconds = 120.0;
constexpr int kSettleFrames = 3;

template <class T>
T named(const ScriptLine& line, std::initializer_list<std::pair<const char*, T>> choices) {
  std::string known;
  for (const auto& [name, value] : choices) {
    if (line.words[0] == name) return value;
    known += std::string(known.empty() ? "" : ", ") + name;
  }
  throw Error("unknown '" + line.words[0] + "'", "script line " + std::to_string(line.line),
              "one of " + known);
}
}  // namespace

ScriptPlayer::ScriptPlayer(App& app, Screen& screen, const std::filesystem::path& script,
                           std::size_t first_line)
    : app_(app),
      screen_(screen),
      script_(script),
      lines_(parse_script(read_file(script), script.string())),
      next_line_(first_line) {
  input_.mouse = {-1000, -1000};
}

std::filesystem::path ScriptPlayer::beside(const std::string& name) const {
  const std::filesystem::path path(name);
  return path.is_absolute() ? path : std::filesystem::current_path() / path;
}

Input ScriptPlayer::next(double real_now) {
  now_ += 1.0 / 60.0;
  input_.keys.clear();
  input_.dropped.clear();
  input_.wheel = 0;
  if (!button_.empty()) {
    input_.down = button_.front();
    button_.erase(button_.begin());
    return input_;
  }
  if (frames_left_ > 0) {
    --frames_left_;
    return input_;
  }
  if (waiting_) {
    const auto& document = app_.document();
    const bool candidate = document.preview() != nullptr && document.preview_up_to_date() &&
                           (!document.live() || document.live()->exact) && !document.busy();
    const bool ready = app_.campus_tool().ghost()
                           ? candidate
                           : (candidate || document.up_to_date()) && !document.busy() &&
                                 !app_.data.busy() && !app_.home_desk.working();
    if (!ready && real_now < wait_until_ && app_.notice().empty()) return input_;
    if (!ready) {
      std::fprintf(stderr, "%s: results did not come: %s\n", script_.string().c_str(),
                   app_.notice().c_str());
      status_ = 1;
    }
    waiting_ = false;
    frames_left_ = kSettleFrames;
    return input_;
  }
  if (awaited_) {
    if (value_of(*awaited_) != awaited_->number(1) && real_now < wait_until_) return input_;
    expect(*awaited_);
    awaited_.reset();
  }
  if (next_line_ >= lines_.size()) {
    finished_ = true;
    return input_;
  }
  const ScriptLine& line = lines_[next_line_++];
  if (line.verb == "wait" || line.verb == "await") wait_until_ = real_now + kWaitSeconds;
  start(line);
  return input_;
}

void ScriptPlayer::start(const ScriptLine& line) {
  if (line.verb == "count") {
    lists_before_ = screen_.lists_built();
    draws_before_ = screen_.bases_drawn();
    return;
  }
  if (line.verb == "quit")
    finished_ = true;
  else if (line.verb == "wait")
    waiting_ = true;
  else if (line.verb == "frames")
    frames_left_ = static_cast<int>(line.number(0));
  else if (line.verb == "shot")
    picture_ = line.words[0];
  else if (line.verb == "textcheck")
    check_ = line.words[0];
  else if (line.verb == "expect")
    expect(line);
  else if (line.verb == "await")
    awaited_ = line;
  else if (line.verb == "paint")
    painting_ = named<bool>(line, {{"on", true}, {"off", false}});
  else
    start_input(line);
}

void ScriptPlayer::start_input(const ScriptLine& line) {
  const double scale = app_.view.scale;
  if (line.verb == "move") {
    input_.mouse = {line.number(0) * scale, line.number(1) * scale};
  } else if (line.verb == "press") {
    input_.down = true;
  } else if (line.verb == "release") {
    input_.down = false;
  } else if (line.verb == "click") {
    input_.mouse = {line.number(0) * scale, line.number(1) * scale};
    button_ = {true, true, false, false};
  } else if (line.verb == "scroll") {
    input_.wheel = line.number(0);
    frames_left_ = 15;  // the zoom takes 0.18 s
  } else if (line.verb == "key") {
    input_.keys.push_back(line.words[0]);
    frames_left_ = 1;
  } else if (line.verb == "hold") {
    app_.data.hold(line.words[0] == "work");
    input_.shift = line.words[0] == "Shift";
    input_.alt = line.words[0] == "Alt";
  } else if (line.verb == "drop") {
    input_.dropped.push_back(beside(line.words[0]));
    frames_left_ = kSettleFrames;
  } else if (line.verb == "clipboard") {
    ImGui::SetClipboardText(read_file(beside(line.words[0])).c_str());
  } else if (line.verb == "at") {
    at_thing(line);
  } else if (line.verb == "touch") {
    touch_control(line);
  } else if (line.verb == "type") {
    for (char32_t c : characters_of(line.words[0]))
      ImGui::GetIO().AddInputCharacter(static_cast<unsigned>(stand_in(c)));
    frames_left_ = 1;
  } else {
    start_view(line);
  }
}

// Things are named, so that a script outlives another layout of the window.
void ScriptPlayer::at_thing(const ScriptLine& line) {
  const Shown shown = app_.shown();
  std::optional<Xy> at;
  if (shown.b) {
    const Place& place = shown.b->place;
    const CampusId campus = find_campus(place, line.words[1]);
    if (campus.valid()) at = place.campuses[campus].at;
    for (const Home& home : place.homes)
      if (!at && home.code == line.words[1]) at = home.at;
  }
  if (!at)
    throw Error("no campus or home '" + line.words[1] + "'",
                "script line " + std::to_string(line.line), "");
  input_.mouse = screen_.on_window(*at) * app_.view.scale;
  const std::string& what = line.words[0];
  // The handle that changes a campus's seats lies over it.
  if (what == "handle") input_.mouse = input_.mouse - Xy{0, 36} * app_.view.scale;
  if (what == "click") button_ = {false, true, true, false, false};
  if (what == "press") button_ = {false, true};
  if (what == "release") button_ = {true, true, false};
}

// What a panel drew in the last frame, by its name: where it stands depends on texts and sizes.
void ScriptPlayer::touch_control(const ScriptLine& line) {
  for (const TouchRecord& control : screen_.texts().touchable) {
    if (control.id != line.words[0]) continue;
    if (control.at.w <= 2 || control.at.h <= 2)
      throw Error("'" + control.id + "' is out of sight",
                  "script line " + std::to_string(line.line), "move there and scroll first");
    input_.mouse = control.at.centre() * app_.view.scale;
    button_ = {false, true, true, false, false};
    return;
  }
  throw Error("nothing here is called '" + line.words[0] + "'",
              "script line " + std::to_string(line.line), "");
}

void ScriptPlayer::start_view(const ScriptLine& line) {
  ViewState& view = app_.view;
  frames_left_ = kSettleFrames;
  if (line.verb == "lang") {
    view.language = named<Language>(line, {{"zh", Language::Chinese}, {"en", Language::English}});
  } else if (line.verb == "theme") {
    view.theme = named<scene::ThemeKind>(line, {{"light", scene::ThemeKind::Light},
                                                {"dark", scene::ThemeKind::Dark},
                                                {"contrast", scene::ThemeKind::Contrast}});
  } else if (line.verb == "mode") {
    app_.set_mode(named<MapMode>(line, {{"baseline", MapMode::Baseline},
                                        {"scenario", MapMode::Scenario},
                                        {"difference", MapMode::Difference}}));
  } else if (line.verb == "task") {
    app_.set_task(named<Task>(line, {{"look", Task::Look},
                                     {"try", Task::Try},
                                     {"compare", Task::Compare},
                                     {"show", Task::Show}}));
  } else if (line.verb == "fill") {
    view.fill = named<scene::FillBy>(line, {{"utilisation", scene::FillBy::Utilisation},
                                            {"class-size", scene::FillBy::ClassSize},
                                            {"travel-time", scene::FillBy::TravelTime},
                                            {"decline", scene::FillBy::Decline},
                                            {"reach", scene::FillBy::Reach},
                                            {"density", scene::FillBy::Density}});
    view.class_filter = -1;
  } else if (line.verb == "layer") {
    auto& l = view.layers;
    bool* layer = named<bool*>(line, {{"catchments", &l.catchments},
                                      {"campuses", &l.campuses},
                                      {"homes", &l.homes},
                                      {"flows", &l.flows},
                                      {"backdrop", &l.backdrop},
                                      {"labels", &l.labels},
                                      {"ties", &l.ties}});
    *layer = line.words[1] == "on";
  } else if (line.verb == "year") {
    app_.set_year(static_cast<Year>(line.number(0)));
  } else if (line.verb == "scale") {
    view.scale = line.number(0);
  } else if (line.verb == "tell") {
    tell(app_, named<Told>(line, {{"school", Told::School}, {"group", Told::Group}}),
         line.words[1]);
  } else if (line.verb == "fit") {
    app_.fit_all(-1.0);
  } else if (line.verb == "select") {
    const Shown shown = app_.shown();
    scene::MapItem item;
    if (shown.b) item.campus = find_campus(shown.b->place, line.words[0]);
    if (!item.campus.valid())
      throw Error("no campus '" + line.words[0] + "'", "script line " + std::to_string(line.line),
                  "");
    item.kind = scene::MapItem::Kind::Campus;
    app_.select(item);
  } else if (line.verb == "command") {
    if (!app_.commands.run(line.words[0]))
      throw Error("cannot do '" + line.words[0] + "' now",
                  "script line " + std::to_string(line.line), "");
  }
}

double ScriptPlayer::value_of(const ScriptLine& line) {
  const auto& document = app_.document();
  return named<double>(
      line,
      {{"edits", static_cast<double>(document.scenario().edits.size())},
       {"undone", static_cast<double>(document.can_redo())},
       {"selected", static_cast<double>(app_.view.selection.kind != scene::MapItem::Kind::None)},
       {"lists", static_cast<double>(screen_.lists_built() - lists_before_)},
       {"draws", static_cast<double>(screen_.bases_drawn() - draws_before_)},
       {"chosen", static_cast<double>(app_.view.chosen.size())},
       {"unsaved", static_cast<double>(document.unsaved())},
       {"asking", static_cast<double>(app_.files.asking())},
       {"steps", static_cast<double>(document.steps_done())},
       {"breaks", static_cast<double>(app_.desk.breaks().size())},
       {"split", static_cast<double>(app_.view.split)},
       {"scenes", static_cast<double>(app_.show.scenes.size())},
       {"pins", static_cast<double>(app_.show.pins.size())},
       {"live", static_cast<double>(document.live() != nullptr && document.live()->exact)},
       {"candidate",
        static_cast<double>(document.preview() != nullptr && document.preview_up_to_date())},
       {"toasts", static_cast<double>(app_.toasts.all().size())},
       {"findings",
        static_cast<double>(app_.data.findings_open() ? app_.data.findings().size() : 0)},
       {"at_finding", app_.data.at_finding ? static_cast<double>(*app_.data.at_finding + 1) : 0.0},
       {"ticked", static_cast<double>(app_.files.chooser().ticked().size())},
       {"sheet", static_cast<double>(app_.data.sheet())},
       {"pending", app_.data.table().pending
                       ? static_cast<double>(app_.data.table().pending->changes.size())
                       : -1.0},
       {"refused", app_.data.table().pending
                       ? static_cast<double>(app_.data.table().pending->errors.size())
                       : -1.0},
       {"orphans", static_cast<double>(app_.data.carrying().carried.orphans.size())},
       {"cost", app_.data.costs().total},
       {"over", static_cast<double>(app_.data.costs().over())},
       {"working", static_cast<double>(app_.data.busy())},
       {"year", static_cast<double>(app_.view.year)}});
}

void ScriptPlayer::expect(const ScriptLine& line) {
  const double found = value_of(line);
  if (found == line.number(1)) return;
  std::fprintf(stderr, "%s line %d: %s is %g, not %g\n", script_.string().c_str(), line.line,
               line.words[0].c_str(), found, line.number(1));
  status_ = 1;
}

void ScriptPlayer::after_frame(int width, int height) {
  if (!picture_.empty()) {
    render::write_png(render::read_framebuffer(width, height), beside(picture_));
    picture_.clear();
  }
  if (!check_.empty()) {
    check_texts(beside(check_));
    check_.clear();
  }
}

void ScriptPlayer::check_texts(const std::filesystem::path& path) {
  write_file(path, text_report(screen_.texts()));
  // Overlaps and contrast are told; only a text that leaves its frame fails the script.
  for (const std::string& complaint : text_complaints(screen_.texts())) {
    std::fprintf(stderr, "%s: %s\n", path.string().c_str(), complaint.c_str());
    if (complaint.find("leaves its frame") == std::string::npos) continue;
    status_ = 1;
  }
}

}  // namespace doorstep::desktop
