#include "session/applied.h"

#include "base/error.h"

namespace doorstep::session {

AppliedPlan apply_plan(const OpenPlace& opened, const Scenario& scenario, Progress& progress) {
  if (scenario.edits.empty()) return {opened.place, opened.travel, {}};
  std::vector<std::string> forms;
  for (const auto& [form, rates] : opened.forms) forms.push_back(form);
  Loaded<Place> edited = apply(opened.place, scenario, forms);
  const bool elsewhere = !scenario.place.empty() && scenario.place != opened.place.code;
  if (elsewhere && edited.findings.has_errors())
    throw Error("the scenario was written for " + scenario.place + ", not for " + opened.place.code,
                scenario.code,
                "name that place; a plan is brought to other data by doorstep carry --from");
  edited.findings.throw_first_error();
  AppliedPlan out{std::move(edited.value), {}, std::move(edited.findings)};
  Loaded<TravelTable> travel = compute_travel(out.place, progress, &opened.place, &opened.travel);
  out.findings.append(travel.findings);
  out.travel = std::move(travel.value);
  return out;
}

}  // namespace doorstep::session
