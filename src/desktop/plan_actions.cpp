#include "desktop/plan_actions.h"

#include <algorithm>

#include "base/error.h"
#include "scene/format.h"

namespace doorstep::desktop {

void repair_breaks(App& app) {
  if (app.desk.breaks().empty()) return;
  const Box at = app.desk.box_of(app.desk.breaks().front());
  if (const auto moves = repair(app.paint.ground(), app.desk.breaks()))
    app.apply({ToolRequest::Kind::Add, *moves});
  if (!at.empty()) app.camera.fit(at, app.now);
}

namespace {

/// What a merging left as it was, in a sentence each.
void say_what_stays(App& app, const Place& place, CampusId member, const Merging& merging) {
  auto say = [&](const char* key, const std::string& group, const std::string& form) {
    const std::string& name = app.name(place.campuses[member].name);
    app.toasts.say(scene::filled(app.words()(key), {name, group, form}), false);
  };
  auto form = [&](const HeldTie& tie) { return app.words()("legend.tie_" + tie.form); };
  auto group = [&](const HeldTie& tie) {
    const Group& g = place.groups[tie.group];
    return app.name(g.name).empty() ? g.code : app.name(g.name);
  };
  if (merging.already) say("tool.merge_already", group(*merging.already), form(*merging.already));
  for (const HeldTie& tie : merging.kept) say("tool.merge_keeps", group(tie), form(tie));
  if (merging.edit && merging.leads) say("tool.merge_leads", "", "");
}

}  // namespace

void merge_into(App& app, CampusId core, CampusId member) {
  const auto current = app.document().current();
  if (!current) return;
  const std::string code = current->place.campuses[member].code;
  const Merging made = merging(current->place, core, member, app.settings.form, app.edit_year());
  const std::size_t before = app.document().steps_done();
  if (made.edit) app.apply({ToolRequest::Kind::Add, *made.edit});
  if (made.edit && app.document().steps_done() == before) return;  // refused, and said
  say_what_stays(app, current->place, member, made);
  app.tie.show_joined(code);
}

void set_form(App& app, const std::string& campus, const std::string& group,
              const std::string& form) {
  const Shown s = app.shown();
  if (!s.b) return;
  Document& document = app.document();
  const CampusId member = find_campus(s.b->place, campus);
  const int made_by = edit_of_tie(document.scenario(), campus, group);
  try {
    if (made_by >= 0) {
      auto edit = std::get<JoinGroup>(document.scenario().edits[static_cast<std::size_t>(made_by)]);
      if (edit.form == form) return;
      edit.form = form;
      document.replace_edit(static_cast<std::size_t>(made_by), std::move(edit));
    } else {
      for (const HeldTie& tie : ties_of(s.b->place, member, app.edit_year()))
        if (s.b->place.groups[tie.group].code == group && tie.form != form)
          document.add_edit(with_form(s.b->place, tie, member, form, app.edit_year()));
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

namespace {

/// What a scene shows: the baseline, the plan by its name, or both.
std::string shown_in(const App& app, const ShowScene& scene, Language l) {
  const Words& words = app.words(l);
  const Name& name = app.document().scenario().name;
  std::string plan = l == Language::Chinese ? name.in_chinese() : name.in_english();
  if (plan.empty()) plan = words("panel.plan_b");
  if (scene.split != Split::None) return words("window.baseline_a") + " | " + plan;
  if (scene.mode == scene::MapMode::Baseline) return words("window.baseline_a");
  if (scene.mode == scene::MapMode::Scenario) return plan;
  return plan + " · " + words("panel.difference");
}

/// A caption to go on from: place, stage, plan, what the fill tells. No two scenes have the same:
/// the second of two that differ in nothing named here has a number.
std::string first_caption(const App& app, const ShowScene& scene, Language l) {
  static constexpr const char* kFills[] = {"",
                                           "panel.by_class_size",
                                           "panel.by_travel",
                                           "panel.by_decline",
                                           "panel.by_reach",
                                           "panel.by_density"};
  const bool zh = l == Language::Chinese;
  auto in = [&](const Name& name) { return zh ? name.in_chinese() : name.in_english(); };
  std::string out = in(app.place().name) + " · " + in(app.place().stages[app.view.stage].name) +
                    " · " + shown_in(app, scene, l);
  const char* fill = kFills[static_cast<std::size_t>(scene.fill)];
  if (*fill != 0 && scene.layers.catchments) out += " · " + app.words(l)(fill);
  auto taken = [&](const std::string& caption) {
    return std::ranges::any_of(app.show.scenes, [&](const ShowScene& other) {
      return (zh ? other.zh : other.en) == caption && other.year == scene.year;
    });
  };
  std::string numbered = out;
  for (int n = 2; taken(numbered); ++n) numbered = out + " (" + std::to_string(n) + ")";
  return numbered;
}

}  // namespace

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
  out.zh = first_caption(app, out, Language::Chinese);
  out.en = first_caption(app, out, Language::English);
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
