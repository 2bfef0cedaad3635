#include "session/carry.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/error.h"
#include "base/text.h"
#include "session/edit_words.h"

namespace doorstep::session {

namespace {

/// Something with a code that edits name.
struct Known {
  Name name;
  std::optional<Xy> at;
  InputRef source;
};
using Register = std::map<std::string, Known>;

struct Registers {
  Register campuses, homes, groups, stages;
  std::map<std::string, Register> catchments;  ///< by stage
};

Registers registers_of(const Place& place) {
  Registers out;
  for (const Campus& c : place.campuses) out.campuses[c.code] = {c.name, c.at, c.source};
  for (const Home& h : place.homes) out.homes[h.code] = {{}, h.at, h.source};
  for (const Group& g : place.groups) out.groups[g.code] = {g.name, {}, {}};
  for (const Stage& s : place.stages) out.stages[s.code] = {s.name, {}, {}};
  for (const Catchment& c : place.catchments)
    out.catchments[place.stages[c.stage].code][c.code] = {c.name, {}, c.source};
  return out;
}

bool same_name(const Name& a, const Name& b) {
  return (!a.zh.empty() && a.zh == b.zh) || (!a.en.empty() && a.en == b.en);
}

class Carrier {
 public:
  Carrier(const Scenario& plan, const Place* from, const Place& to, const Recoded& recoded)
      : plan_(plan),
        to_(to),
        recoded_(recoded),
        names_(edit_names_of(from != nullptr ? *from : to, plan)),
        there_(registers_of(to)) {
    if (from != nullptr) before_ = registers_of(*from);
    for (const Edit& e : plan.edits) {
      if (const auto* open = std::get_if<OpenCampus>(&e))
        there_.campuses.emplace(open->code, Known{open->name, open->at, {}});
      if (const auto* housing = std::get_if<AddHousing>(&e))
        there_.homes.emplace(housing->code, Known{housing->name, housing->at, {}});
      if (const auto* join = std::get_if<JoinGroup>(&e))
        there_.groups.emplace(join->group, Known{join->group_name, {}, {}});
      if (const auto* redraw = std::get_if<RedrawCatchments>(&e))
        for (const auto& area : redraw->catchments)
          if (!area.area.empty())
            there_.catchments[redraw->stage].emplace(area.code, Known{area.name, {}, {}});
    }
  }

  /// Whether an edit taken so far names a code that is another one now.
  [[nodiscard]] bool names(const std::string& code) const { return used_.contains(code); }

  /// The edit as it goes on; nothing where it cannot.
  std::optional<Edit> take(std::size_t index) {
    at_ = index;
    complete_ = true;
    Edit edit = plan_.edits[index];
    std::visit(*this, edit);
    if (!complete_) return std::nullopt;
    return edit;
  }

  void operator()(OpenCampus& e) { stage(e.stage); }
  void operator()(CloseCampus& e) { campus(e.campus); }
  void operator()(JoinGroup& e) {
    campus(e.campus);
    if (!e.core.empty()) campus(e.core);
  }
  void operator()(LeaveGroup& e) {
    named(there_.groups, before_.groups, "group", e.group);
    if (!e.campus.empty()) campus(e.campus);
  }
  void operator()(SetSeats& e) {
    campus(e.campus);
    stage(e.stage);
  }
  void operator()(SetFeeder& e) {
    campus(e.from);
    campus(e.to);
  }
  void operator()(RenameCampus& e) { campus(e.campus); }
  void operator()(AddHousing&) {}
  void operator()(SetPolicy&) {}
  void operator()(RedrawCatchments& e) {
    stage(e.stage);
    if (!complete_) return;
    // Of many homes some may be gone: the others still move.
    for (auto& area : e.catchments) {
      drop_missing(there_.homes, before_.homes, "home", area.homes);
      drop_missing(there_.campuses, before_.campuses, "campus", area.campuses);
    }
    std::erase_if(e.catchments, [&](auto& area) {
      if (!area.area.empty()) return false;
      std::string code = area.code;
      const bool there =
          known(there_.catchments[e.stage], before_.catchments[e.stage], "catchment", code, false);
      area.code = code;
      return !there || (area.homes.empty() && area.campuses.empty());
    });
    drop_missing(there_.catchments[e.stage], before_.catchments[e.stage], "catchment", e.keep);
    if (e.catchments.empty()) {
      complete_ = false;
      for (Orphan& o : orphans)
        if (o.edit == at_) o.whole = true;
    }
  }

  [[nodiscard]] Orphan orphan() const {
    Orphan out;
    out.edit = at_;
    out.at = at_ < plan_.sources.size() && !plan_.sources[at_].text().empty()
                 ? plan_.sources[at_]
                 : InputRef{fmt::format("edit {}", at_ + 1), 0, ""};
    const Edit& edit = plan_.edits[at_];
    out.does = session::named(edit, names_);
    return out;
  }

  std::vector<Orphan> orphans;

 private:
  void campus(std::string& code) { named(there_.campuses, before_.campuses, "campus", code); }
  void stage(std::string& code) { named(there_.stages, before_.stages, "stage", code); }
  void named(const Register& there, const Register& before, const char* kind, std::string& code) {
    if (!known(there, before, kind, code, true)) complete_ = false;
  }
  void drop_missing(const Register& there, const Register& before, const char* kind,
                    std::vector<std::string>& codes) {
    std::vector<std::string> kept;
    for (std::string& code : codes)
      if (known(there, before, kind, code, false)) kept.push_back(code);
    codes = std::move(kept);
  }

  bool known(const Register& there, const Register& before, const char* kind, std::string& code,
             bool whole) {
    if (const auto other = recoded_.find(code); other != recoded_.end()) {
      used_.insert(code);
      code = other->second;
    }
    if (there.contains(code)) return true;
    Orphan out = orphan();
    out.kind = kind;
    out.code = code;
    out.whole = whole;
    const auto was = before.find(code);
    if (was != before.end()) out.was = was->second.source;
    propose(out, there, was == before.end() ? nullptr : &was->second);
    out.why = fmt::format("the new data have no {} {}", kind, code);
    out.remedy = out.nearest.empty() ? "leave the edit out, or make it again on the new data"
                                     : fmt::format("where it is the same one, carry {} over as {}",
                                                   code, out.nearest);
    orphans.push_back(std::move(out));
    return false;
  }

  /// The one of the same name, else the nearest on the map, else the most like in its code.
  static void propose(Orphan& out, const Register& there, const Known* was) {
    const Known* found = nullptr;
    auto choose = [&](const std::string& code, const Known& k) {
      out.nearest = code;
      found = &k;
    };
    constexpr double kNearM = 1000.0;
    double best = kNearM;
    if (was != nullptr) {
      for (const auto& [code, k] : there)
        if (found == nullptr && same_name(k.name, was->name)) choose(code, k);
      if (found == nullptr && was->at)
        for (const auto& [code, k] : there)
          if (k.at && distance_m(*k.at, *was->at) < best) {
            best = distance_m(*k.at, *was->at);
            choose(code, k);
          }
    }
    if (found == nullptr) {
      std::vector<std::string> codes;
      for (const auto& [code, k] : there) codes.push_back(code);
      const std::string near = closest(out.code, codes);
      if (!near.empty()) choose(near, there.at(near));
    }
    if (found == nullptr) return;
    out.nearest_name = found->name;
    if (was != nullptr && was->at && found->at) out.away_m = distance_m(*was->at, *found->at);
  }

  const Scenario& plan_;
  const Place& to_;
  const Recoded& recoded_;
  std::set<std::string> used_;  ///< codes of `recoded_` that an edit named
  EditNames names_;             ///< as the plan's own place says them
  Registers there_, before_;
  std::size_t at_ = 0;
  bool complete_ = true;
};

/// Marks edits so that a refusal tells which one it was of.
constexpr const char* kMark = "carried edit ";

/// The edit that apply() refuses and why; nothing where all apply.
std::optional<std::pair<std::size_t, Error>> refused(const Place& to, Scenario scenario,
                                                     const std::vector<std::size_t>& origin,
                                                     const std::vector<std::string>& forms) {
  scenario.sources.clear();
  for (const std::size_t i : origin)
    scenario.sources.push_back({fmt::format("{}{}", kMark, i), 0, ""});
  try {
    (void)apply(to, scenario, forms);
    return std::nullopt;
  } catch (const Error& e) {
    const std::size_t at = e.where().find(kMark);
    if (at == std::string::npos) throw;
    return std::pair{std::stoul(e.where().substr(at + std::string(kMark).size())), e};
  }
}

}  // namespace

Carried carry(const Scenario& plan, const Place* from, const Place& to,
              const std::vector<std::string>& forms, const Recoded& recoded) {
  Carrier carrier(plan, from, to, recoded);
  std::vector<std::size_t> origin;
  Carried out;
  out.scenario = plan;
  out.scenario.edits.clear();
  out.scenario.sources.clear();
  out.scenario.place = to.code;
  if (plan.first_year != 0 && plan.first_year < to.base_year) out.scenario.first_year = 0;
  for (std::size_t i = 0; i < plan.edits.size(); ++i)
    if (auto edit = carrier.take(i)) {
      out.scenario.edits.push_back(std::move(*edit));
      origin.push_back(i);
    }
  out.orphans = std::move(carrier.orphans);
  // What is left may still not fit: a campus built meanwhile, a year that is past.
  while (auto bad = refused(to, out.scenario, origin, forms)) {
    const auto which = std::ranges::find(origin, bad->first) - origin.begin();
    (void)carrier.take(bad->first);
    carrier.orphans.clear();
    Orphan orphan = carrier.orphan();
    orphan.why = bad->second.what();
    const Year year = std::visit([](const auto& e) { return e.year; }, plan.edits[bad->first]);
    orphan.remedy = year != 0 && year < to.base_year
                        ? fmt::format(
                              "its year lies before {}, the base year of the new data, "
                              "which hold it if it was done; else give it a later year",
                              to.base_year)
                        : bad->second.hint();
    out.orphans.push_back(std::move(orphan));
    out.scenario.edits.erase(out.scenario.edits.begin() + which);
    origin.erase(origin.begin() + which);
  }
  std::ranges::stable_sort(out.orphans, {}, &Orphan::edit);
  out.kept = out.scenario.edits.size();
  out.origin = std::move(origin);
  for (const auto& [code, other] : recoded)
    if (!carrier.names(code)) out.unused.push_back(code);
  return out;
}

}  // namespace doorstep::session
