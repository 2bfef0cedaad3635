#include "desktop/found.h"
#include "desktop/subjects.h"

#include "geo/polygon.h"

namespace doorstep::desktop {

namespace {

constexpr std::size_t kMost = 9;

bool matches(const std::string& text, const std::string& wanted) {
  return lower_ascii(text).find(lower_ascii(wanted)) != std::string::npos;
}

bool matches(const Name& name, const std::string& code, const std::string& wanted) {
  return matches(name.zh, wanted) || matches(name.en, wanted) || matches(code, wanted);
}

/// Things of the place by name or code.
class NameSearch {
 public:
  NameSearch(const App& app, const Outcome* outcome, const std::string& wanted,
             std::vector<Found>& out)
      : app_(app), place_(outcome ? outcome->place : app.place()), wanted_(wanted), out_(out) {}

  void campuses() {
    for (CampusId c : place_.campuses.ids()) {
      const Campus& campus = place_.campuses[c];
      if (!campus.stages[app_.view.stage] || !matches(campus.name, campus.code, wanted_)) continue;
      Found& found = add(campus.name, campus.code, campus.code);
      found.item.kind = scene::MapItem::Kind::Campus;
      found.item.campus = c;
      if (full()) return;
    }
  }
  void schools() {
    for (SchoolId s : place_.schools.ids()) {
      const School& school = place_.schools[s];
      if (full() || !matches(school.name, school.code, wanted_)) continue;
      int campuses = 0;
      for (const Campus& c : place_.campuses) campuses += c.school == s;
      if (campuses < 2) continue;  // its campus stands for it
      Found& found = add(school.name, school.code, app_.words()("panel.school"));
      found.told = Told::School;
      found.told_code = school.code;
    }
  }
  void groups() {
    for (const Group& group : place_.groups) {
      if (full() || !matches(group.name, group.code, wanted_)) continue;
      Found& found = add(group.name, group.code, app_.words()("panel.group"));
      found.told = Told::Group;
      found.told_code = group.code;
    }
  }
  /// By whole code: there are too many to guess at.
  void homes() {
    for (HomeId h : place_.homes.ids()) {
      if (full() || place_.homes[h].code != wanted_) continue;
      Found& found = add({}, place_.homes[h].code, app_.words()("panel.home"));
      found.item.kind = scene::MapItem::Kind::Home;
      found.item.home = h;
    }
  }

 private:
  [[nodiscard]] bool full() const { return out_.size() >= kMost; }
  Found& add(const Name& name, const std::string& code, const std::string& note) {
    const std::string& text = app_.name(name);
    out_.push_back({text.empty() ? code : text, note, "", {}, Told::Item, ""});
    return out_.back();
  }

  const App& app_;
  const Place& place_;
  const std::string& wanted_;
  std::vector<Found>& out_;
};

}  // namespace

std::vector<Found> find_all(const App& app, const std::string& wanted) {
  std::vector<Found> out;
  const Shown shown = app.shown();
  if (!wanted.empty() && app.view.stage.valid()) {
    NameSearch names(app, shown.main(app.view.mode).get(), wanted, out);
    names.campuses();
    names.schools();
    names.groups();
    names.homes();
  }
  for (const bool enabled : {true, false})
    for (const Command& c : app.commands.all()) {
      const std::string& word = app.words()("command." + c.id);
      const bool wants = wanted.empty() || matches(word, wanted) || matches(c.key, wanted) ||
                         matches(c.id, wanted);
      if (c.id != "search" && wants && app.commands.enabled(c.id) == enabled)
        out.push_back({word, c.key, c.id, {}, Told::Item, ""});
    }
  return out;
}

void take_found(App& app, const Found& found) {
  app.view.palette_open = false;
  if (!found.command.empty()) {
    app.commands.run(found.command);
    return;
  }
  if (found.told != Told::Item) {
    tell(app, found.told, found.told_code);
    app.fit_selection(app.now);
    return;
  }
  app.select(found.item);
  const Shown shown = app.shown();
  const auto& main = shown.main(app.view.mode);
  const Place& place = main ? main->place : app.place();
  const bool home = found.item.kind == scene::MapItem::Kind::Home;
  app.camera.centre_on(
      home ? place.homes[found.item.home].at : place.campuses[found.item.campus].at, app.now);
}

}  // namespace doorstep::desktop
