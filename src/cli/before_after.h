#pragma once
// The map of a plan beside the map without it, in one picture: one scale, one legend, one title in
// both languages.

#include "render/cairo/cairo_render.h"
#include "scenario/scenario.h"
#include "scene/furniture.h"

namespace doorstep::cli {

/// Where the edits of a plan are: its campuses with room around them; empty where the plan is all
/// over the place, or names no campus. Units: metres.
[[nodiscard]] Box ground_of_plan(const Place& place, const Scenario& scenario);

/// The same with every group that reaches into it whole, so that no tie leaves the picture.
[[nodiscard]] Box ground_of_groups(const Place& place, const Scenario& scenario);

/// `plan`: what the plan is called; `ground` empty: the whole place. Pre: `content.baseline` is
/// set. `view` comes back as what the page is to be drawn with. Throws: Error where a half is too
/// small to draw.
[[nodiscard]] scene::DisplayList before_and_after(const scene::MapContent& content,
                                                  const scene::PrintOptions& print,
                                                  const std::string& plan, const Box& ground,
                                                  const scene::TextMeasure& measure,
                                                  scene::Viewport& view);

}  // namespace doorstep::cli
