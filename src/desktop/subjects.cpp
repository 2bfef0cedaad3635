#include "desktop/subjects.h"

#include "base/error.h"
#include "io/scenario/scenario_file.h"

namespace doorstep::desktop {

void tell(App& app, Told what, const std::string& code) {
  const Shown s = app.shown();
  const auto& main = s.main(app.view.mode);
  if (!main) return;
  const std::size_t year = s.main_year(app.view.mode);
  std::vector<CampusId> campuses;
  if (what == Told::School) {
    for (SchoolId id : main->place.schools.ids())
      if (main->place.schools[id].code == code)
        campuses = school_facts(*main, year, app.view.stage, id).open;
  } else if (const GroupId id = find_group(main->place, code); id.valid()) {
    for (const GroupMember& m : group_facts(*main, year, app.view.stage, id).members)
      campuses.push_back(m.campus);
  }
  if (!campuses.empty()) app.choose(campuses, false);
  app.view.told = what;
  app.view.told_code = code;
}

void leave_subject(App& app) {
  if (app.view.told == Told::Item || app.view.chosen.size() != 1) return app.select({});
  app.view.told = Told::Item;
  app.view.told_code.clear();
}

// The home looked at is asked about in the year shown; a candidate under the mouse waits.
void ask_about_home(App& app) {
  const Shown s = app.shown();
  const auto& main = s.main(app.view.mode);
  const scene::MapItem& item = app.view.selection;
  if (!main || item.kind != scene::MapItem::Kind::Home ||
      item.home.index >= main->place.homes.size()) {
    app.home_desk.put_down();
    return;
  }
  if (s.live) return;
  const auto before = main == s.a || !s.a || s.year_a >= s.a->run.years.size() ? nullptr : s.a;
  app.home_desk.ask(main, before,
                    {main->place.homes[item.home].code, main->place.stages[app.view.stage].code, "",
                     main->run.years[s.main_year(app.view.mode)].year, 6});
}

void take_as_a(App& app, const std::filesystem::path& file) {
  try {
    app.document().set_reference(io::read_scenario(file, app.place()).value);
    app.set_task(Task::Compare);
  } catch (const Error& e) {
    app.toasts.say(e.message(), true);
  }
}

}  // namespace doorstep::desktop
