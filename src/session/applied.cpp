#include "session/applied.h"

#include "base/error.h"

namespace doorstep::session {

namespace {

/// A plan of another place whose edits do not fit is told so, rather than of its first code.
Loaded<Place> edited_place(const Place& place, const Scenario& scenario,
                           const std::vector<std::string>& forms) {
  try {
    Loaded<Place> edited = apply(place, scenario, forms);
    edited.findings.throw_first_error();
    return edited;
  } catch (const Error&) {
    if (scenario.place.empty() || scenario.place == place.code) throw;
    throw Error("the scenario was written for " + scenario.place + ", not for " + place.code,
                scenario.code,
                "name that place; a plan is brought to other data by doorstep carry --from");
  }
}

}  // namespace

AppliedPlan apply_plan(const OpenPlace& opened, const Scenario& scenario, Progress& progress) {
  if (scenario.edits.empty()) return {opened.place, opened.travel, {}};
  std::vector<std::string> forms;
  for (const auto& [form, rates] : opened.forms) forms.push_back(form);
  Loaded<Place> edited = edited_place(opened.place, scenario, forms);
  AppliedPlan out{std::move(edited.value), {}, std::move(edited.findings)};
  Loaded<TravelTable> travel = compute_travel(out.place, progress, &opened.place, &opened.travel);
  out.findings.append(travel.findings);
  out.travel = std::move(travel.value);
  return out;
}

}  // namespace doorstep::session
