#include "desktop/plan_actions.h"

#include "base/error.h"

namespace doorstep::desktop {

void repair_breaks(App& app) {
  if (app.desk.breaks().empty()) return;
  const Box at = app.desk.box_of(app.desk.breaks().front());
  if (const auto moves = repair(app.paint.ground(), app.desk.breaks()))
    app.apply({ToolRequest::Kind::Add, *moves});
  if (!at.empty()) app.camera.fit(at, app.now);
}

void set_form(App& app, const std::string& campus, const std::string& form) {
  const Shown s = app.shown();
  if (!s.b) return;
  Document& document = app.document();
  const CampusId member = find_campus(s.b->place, campus);
  const int made_by = edit_of_tie(document.scenario(), campus);
  try {
    if (made_by >= 0) {
      auto edit = std::get<JoinGroup>(document.scenario().edits[static_cast<std::size_t>(made_by)]);
      if (edit.form == form) return;
      edit.form = form;
      document.replace_edit(static_cast<std::size_t>(made_by), std::move(edit));
    } else if (const auto held = tie_of(s.b->place, member, app.edit_year())) {
      if (held->form == form) return;
      document.add_edit(join_group(s.b->place, held->core, member, form, app.edit_year()));
    }
    app.settings.form = form;
    app.toasts.dismiss_errors();
  } catch (const Error& e) {
    app.toasts.say(e.message(), true);
  }
}

void set_policy(App& app, const SetPolicy& policy) {
  Document& document = app.document();
  const auto& edits = document.scenario().edits;
  try {
    // One policy in the file, however often it is switched.
    for (std::size_t i = 0; i < edits.size(); ++i) {
      const auto* before = std::get_if<SetPolicy>(&edits[i]);
      if (before == nullptr) continue;
      SetPolicy next = *before;
      if (!policy.rule.empty()) next.rule = policy.rule;
      if (!policy.overflow.empty()) next.overflow = policy.overflow;
      if (!policy.eligibility.empty()) next.eligibility = policy.eligibility;
      document.replace_edit(i, std::move(next));
      return;
    }
    document.add_edit(policy);
  } catch (const Error& e) {
    app.toasts.say(e.message(), true);
  }
}

void take_out_edit(App& app, std::size_t index) {
  try {
    app.document().remove_edit(index);
    app.toasts.dismiss_errors();
  } catch (const Error& e) {
    app.toasts.say(e.message(), true);
  }
}

ShowScene scene_of(const App& app) {
  const ViewState& view = app.view;
  ShowScene out;
  const scene::Viewport& now_seen = app.camera.view();
  out.centre = now_seen.centre;
  out.width_m = now_seen.width_px * now_seen.m_per_px;
  out.stage = app.place().stages[view.stage].code;
  out.year = view.year;
  out.mode = view.mode;
  out.split = app.split();
  out.fill = view.fill;
  out.layers = view.layers;
  // A first caption to go on from: place, stage, what is shown.
  static constexpr const char* kWhat[] = {"panel.plan_b", "window.baseline_a", "panel.difference"};
  const Stage& stage = app.place().stages[view.stage];
  for (Language l : {Language::Chinese, Language::English}) {
    const bool zh = l == Language::Chinese;
    auto in = [&](const Name& name) { return zh ? name.in_chinese() : name.in_english(); };
    (zh ? out.zh : out.en) = in(app.place().name) + " · " + in(stage.name) + " · " +
                             app.words(l)(kWhat[static_cast<std::size_t>(out.mode)]);
  }
  return out;
}

void put_on_map(App& app, const ShowScene& scene) {
  ViewState& view = app.view;
  if (const StageId stage = find_stage(app.place(), scene.stage);
      stage.valid() && stage != view.stage)
    app.set_stage(stage);
  app.set_year(scene.year);
  view.mode = scene.mode;
  view.split = scene.split;
  view.fill = scene.fill;
  view.layers = scene.layers;
  const double height_m = scene.width_m * app.camera.view().height_px / app.camera.view().width_px;
  Box box;
  box.add(scene.centre - Xy{scene.width_m / 2, height_m / 2});
  box.add(scene.centre + Xy{scene.width_m / 2, height_m / 2});
  if (app.show.presenting() >= 0) {
    // The legend has the west of the screen: the scene goes beside it, not under it.
    const double legend_px = kShowLegendAside + kShowLegendWidth;
    const double left = std::min(0.5, legend_px / app.camera.view().width_px);
    box.add(Xy{box.min.x - scene.width_m * left / (1.0 - left), scene.centre.y});
  }
  app.camera.fit(box, app.now);
}

}  // namespace doorstep::desktop
