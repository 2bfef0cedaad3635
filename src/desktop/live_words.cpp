#include "desktop/live_words.h"

#include <fmt/format.h>

#include "scene/format.h"

namespace doorstep::desktop {

namespace {

/// How the candidate is kept: by letting go, by a click, by a button.
const char* kept_by(const App& app) {
  if (app.closing.asking()) return "panel.kept_by_button";
  return app.tool() == ToolKind::AddSeats ? "panel.kept_by_click" : "panel.kept_by_release";
}

LiveWords quality_of(const App& app) {
  const auto& document = app.document();
  const Words& words = app.words();
  const session::LiveStatus* live = document.live();
  if (!live) {
    const bool known = document.preview_up_to_date();
    return {words(known ? "panel.live" : "panel.live_behind"), known};
  }
  if (live->exact)
    return {words(live->whole_stage ? "panel.live_exact" : "panel.live_entry"), true};
  if (live->gap)
    return {scene::filled(words("panel.live_gap"), {fmt::format("{:.3f}%", *live->gap * 100.0)}),
            false};
  if (live->off_seats)
    return {scene::filled(words("panel.live_off"), {fmt::format("{:.2f}", *live->off_seats)}),
            false};
  return {words("panel.live_behind"), false};
}

}  // namespace

LiveWords live_words(const App& app) {
  LiveWords out = quality_of(app);
  if (out.settled) out.text += " · " + app.words()(kept_by(app));
  return out;
}

}  // namespace doorstep::desktop
