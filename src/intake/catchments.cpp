// Catchments: areas, columns of the homes, and lists of addresses; which code of one is which of
// the other is told by where the homes lie.

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "geo/polygon.h"
#include "geo/spatial_index.h"
#include "intake/making.h"

namespace doorstep::intake {
namespace {

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> out;
  std::string part;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    bool end = i == text.size() || text[i] == ';' || text[i] == ',' || text[i] == '|';
    bool wide = text.compare(i, 3, "；") == 0 || text.compare(i, 3, "、") == 0 ||
                text.compare(i, 3, "，") == 0;
    if (end || wide) {
      if (std::string one = trimmed(part); !one.empty()) out.push_back(one);
      part.clear();
      if (wide) i += 2;
    } else {
      part += text[i];
    }
  }
  return out;
}

/// Codes of the campuses that a text names by code or name, of one stage.
std::string campus_codes(const Making& making, const std::string& text, const std::string& stage,
                         std::vector<std::string>& unknown) {
  std::string out;
  for (const std::string& word : split(text)) {
    std::string key = folded_name(word);
    const MadeCampus* found = nullptr;
    for (const MadeCampus& c : making.campuses)
      if (c.offers.count(stage) > 0 &&
          (c.code == word || c.name_key == key || folded_name(c.name.zh) == key ||
           folded_name(c.name.en) == key))
        found = &c;
    if (found == nullptr)
      unknown.push_back(word);
    else
      out += (out.empty() ? "" : ";") + found->code;
  }
  return out;
}

/// The stage a layer of catchments is for: as its name says, else the only or the first one.
std::string stage_of_layer(Making& making, const SourceLayer& layer) {
  std::string answer = making.answer(layer.shown + ".stage");
  if (making.stage(answer) != nullptr) return answer;
  for (const std::string& kind : making.dictionary.stages_of(layer.shown, nullptr, making.country))
    if (making.stage(kind) != nullptr) return kind;
  std::string kind = making.stages.front().kind;
  for (const MadeStage& s : making.stages)
    if (s.kind == "primary") kind = s.kind;
  if (making.stages.size() > 1)
    making.assume(layer.shown + ".stage", kind, "the file does not say of which stage they are");
  return kind;
}

/// How well a column of the homes agrees with areas: for each area the code that most homes in it
/// have, and the share of homes that have the code of their area.
struct Agreement {
  std::map<std::string, std::string> code_of;  ///< of the area's own code
  std::map<std::string, std::string> evidence;
  double share = 0.0;
};

Agreement agreement(const Making& making, const std::vector<MadeCatchment>& areas,
                    std::size_t column) {
  std::vector<MultiPolygon> shapes;
  for (const MadeCatchment& c : areas) shapes.push_back(c.shape);
  PolygonIndex index(shapes);
  std::map<std::string, std::map<std::string, std::size_t>> counts;
  std::size_t inside = 0;
  for (const MadeHome& home : making.homes) {
    if (column >= home.catchments.size() || home.catchments[column].empty()) continue;
    int at = index.first(home.at);
    if (at < 0) continue;
    ++counts[areas[static_cast<std::size_t>(at)].code][home.catchments[column]];
    ++inside;
  }
  Agreement out;
  std::size_t agreeing = 0;
  for (const auto& [area, codes] : counts) {
    std::size_t all = 0;
    auto best = codes.begin();
    for (auto it = codes.begin(); it != codes.end(); ++it) {
      all += it->second;
      if (it->second > best->second) best = it;
    }
    out.code_of[area] = best->first;
    out.evidence[area] = fmt::format("{} of {} homes in it", best->second, all);
    agreeing += best->second;
  }
  out.share = inside > 0 ? static_cast<double>(agreeing) / static_cast<double>(inside) : 0.0;
  return out;
}

/// Names the areas as the homes name them, by the column that agrees best. Returns that column,
/// -1 where none does.
int name_by_homes(Making& making, SourceLayer& layer, std::vector<MadeCatchment>& areas) {
  int best = -1;
  Agreement chosen;
  for (std::size_t k = 0; k < making.home_catchments.size(); ++k) {
    Agreement a = agreement(making, areas, k);
    if (a.share <= chosen.share || a.share < 0.7) continue;
    chosen = std::move(a);
    best = static_cast<int>(k);
  }
  if (best < 0) return best;
  for (MadeCatchment& c : areas) {
    auto found = chosen.code_of.find(c.code);
    if (found == chosen.code_of.end() || found->second == c.code) continue;
    layer.system_guesses.push_back({layer.shown + ".rename", c.code, found->second, 0.9,
                                    chosen.evidence[c.code] + " have this code", false});
    c.code = found->second;
  }
  layer.system_guesses.push_back(
      {layer.shown + ".home_field", "catchment of homes",
       making.home_catchments[static_cast<std::size_t>(best)], chosen.share,
       percent(chosen.share) + " of the homes have the code of the area they lie in", false});
  return best;
}

/// Campuses that serve a catchment: as their own field says, else those that lie in it.
void find_servers(Making& making, std::vector<MadeCatchment>& areas, const std::string& stage) {
  std::size_t by_place = 0;
  for (MadeCatchment& c : areas) {
    if (!c.campuses.empty()) continue;
    for (const MadeCampus& campus : making.campuses) {
      if (campus.offers.count(stage) == 0) continue;
      auto codes = split(campus.catchment);
      bool serves = std::ranges::any_of(codes, [&](const std::string& code) {
        return code == c.code || folded_name(code) == folded_name(c.name.zh) ||
               folded_name(code) == folded_name(c.name.en);
      });
      if (serves) c.campuses += (c.campuses.empty() ? "" : ";") + campus.code;
    }
    if (!c.campuses.empty() || c.shape.empty()) continue;
    Box box = bounds(c.shape);
    for (const MadeCampus& campus : making.campuses)
      if (campus.offers.count(stage) > 0 && box.contains(campus.at) && contains(c.shape, campus.at))
        c.campuses += (c.campuses.empty() ? "" : ";") + campus.code;
    if (!c.campuses.empty()) ++by_place;
  }
  if (by_place > 0)
    making.assume("catchments.campuses",
                  fmt::format("{} catchments by the schools in them", by_place),
                  "no field says which school serves them");
}

std::vector<MadeCatchment> areas_of_layer(Making& making, SourceLayer& layer,
                                          const std::string& stage) {
  std::vector<MadeCatchment> out;
  std::size_t nameless = 0;
  std::vector<std::string> unknown;
  for (std::size_t r = 0; r < layer.table.rows(); ++r) {
    MadeCatchment c;
    c.stage = stage;
    c.source = layer.table.at(r);
    c.shape = layer.table.shapes[r].areas;
    c.name = {layer.text(r, "name_zh"), layer.text(r, "name_en")};
    if (c.name.zh.empty() && c.name.en.empty()) c.name.zh = layer.text(r, "name");
    for (const char* m : {"catchment", "code", "name_zh", "name"})
      if (c.code.empty()) c.code = layer.text(r, m);
    if (c.code.empty()) {
      c.code = made_code("C", r + 1, layer.table.rows());
      ++nameless;
    }
    c.campuses = campus_codes(making, layer.text(r, "serves"), stage, unknown);
    ++layer.rows_used;
    auto same = std::ranges::find(out, c.code, &MadeCatchment::code);
    if (same == out.end())
      out.push_back(std::move(c));
    else  // rows of one code are parts of one catchment
      std::ranges::copy(c.shape, std::back_inserter(same->shape));
  }
  if (nameless > 0)
    making.draft.findings.warning("no-code",
                                  fmt::format("{} catchments have no code or name", nameless),
                                  {layer.shown, 0, ""}, "their codes are made: C1, C2 …");
  for (const std::string& word : unknown)
    making.draft.findings.warning("unknown-campus", "\"" + word + "\" is no school of this stage",
                                  {layer.shown, 0, ""},
                                  "write its name or code as the schools' table");
  return out;
}

/// Codes in the homes and nothing else: the catchments are what the homes say.
void from_homes_alone(Making& making) {
  std::string stage = making.stages.front().kind;
  for (const MadeStage& s : making.stages)
    if (s.kind == "primary") stage = s.kind;
  std::vector<MadeCatchment> made;
  for (const MadeHome& home : making.homes) {
    if (home.catchments.empty() || home.catchments.front().empty()) continue;
    const std::string& code = home.catchments.front();
    if (std::ranges::find(made, code, &MadeCatchment::code) == made.end())
      made.push_back({code, {code, code}, stage, "", {}, home.source});
  }
  find_servers(making, made, stage);
  bool any = std::ranges::any_of(made, [](const MadeCatchment& c) { return !c.campuses.empty(); });
  if (!any) {
    if (!made.empty())
      making.draft.findings.warning("catchments-without-campus",
                                    "the homes name catchments, but no school says which it serves",
                                    {"homes.csv", 0, making.home_catchments.front()},
                                    "give the schools a field of catchments");
    return;
  }
  making.home_catchment_of[stage] = 0;
  std::ranges::move(made, std::back_inserter(making.catchments));
}

/// One of several layers of one stage: the one that was said, else the first; the others are left.
SourceLayer* chosen_of(Making& making, const std::string& stage,
                       const std::vector<SourceLayer*>& layers) {
  SourceLayer* chosen = layers.front();
  std::string answer = making.answer("catchments");
  std::string names;
  for (SourceLayer* layer : layers) {
    if (layer->shown == answer) chosen = layer;
    names += (names.empty() ? "" : ", ") + layer->shown;
  }
  if (layers.size() > 1) {
    Guess guess{"catchments",
                "catchments",
                chosen->shown,
                0.5,
                "several files claim it: " + names,
                chosen->shown == answer};
    making.ask(guess, fmt::format("{} layers claim to be the catchments of {}: {}", layers.size(),
                                  stage, names));
  }
  for (SourceLayer* layer : layers) {
    if (layer == chosen) continue;
    layer->used = false;
    layer->role_evidence = "not used: " + chosen->shown + " is taken as the catchments";
  }
  return chosen;
}

}  // namespace

void make_catchments(Making& making) {
  std::map<std::string, std::vector<SourceLayer*>> claims;
  for (SourceLayer* layer : making.of(Role::Catchments))
    claims[stage_of_layer(making, *layer)].push_back(layer);
  for (auto& [stage, layers] : claims) {
    SourceLayer* layer = chosen_of(making, stage, layers);
    std::vector<MadeCatchment> areas = areas_of_layer(making, *layer, stage);
    int column = name_by_homes(making, *layer, areas);
    if (column >= 0) making.home_catchment_of[stage] = static_cast<std::size_t>(column);
    find_servers(making, areas, stage);
    std::ranges::move(areas, std::back_inserter(making.catchments));
  }
  if (making.catchments.empty() && !making.home_catchments.empty() &&
      making.of(Role::AddressCatchments).empty())
    from_homes_alone(making);
  bool schools_alone = making.schematic && making.catchments.empty();
  if (!schools_alone || making.homes.size() != making.campuses.size()) return;
  making.home_catchments = {"catchment"};
  for (std::size_t i = 0; i < making.homes.size(); ++i)
    making.homes[i].catchments = {making.campuses[i].code};
  for (const MadeStage& s : making.stages) {
    making.home_catchment_of[s.kind] = 0;
    for (const MadeCampus& c : making.campuses)
      if (c.offers.count(s.kind) > 0)
        making.catchments.push_back({c.code, c.name, s.kind, c.code, {}, c.source});
  }
  making.assume("catchments", "each school its own home",
                "so that pupils stay where they are counted");
}

}  // namespace doorstep::intake
