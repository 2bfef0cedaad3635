// What ties homes and schools besides catchments: minutes, feeders, groups; and what changes with
// the years: entrants, births, housing. Each becomes a small table of codes.

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "intake/making.h"
#include "io/results/results.h"

namespace doorstep::intake {
namespace {

using io::csv_cell;

std::map<std::string, std::string> home_codes(const Making& making) {
  std::map<std::string, std::string> out;
  for (const MadeHome& h : making.homes)
    if (!h.name.empty()) out.emplace(folded_name(h.name), h.code);
  for (const MadeHome& h : making.homes) out[h.code] = h.code;
  return out;
}

std::map<std::string, std::string> campus_codes(const Making& making) {
  std::map<std::string, std::string> out;
  for (const MadeCampus& c : making.campuses)
    for (const std::string& key : {c.name_key, folded_name(c.name.zh), folded_name(c.name.en)})
      if (!key.empty()) out.emplace(key, c.code);
  for (const MadeCampus& c : making.campuses) out[c.code] = c.code;
  return out;
}

std::string code_of(const std::map<std::string, std::string>& codes, const std::string& text) {
  auto found = codes.find(text);
  if (found == codes.end()) found = codes.find(folded_name(text));
  return found == codes.end() ? "" : found->second;
}

/// The column most of whose cells are codes (or names) of a kind; -1 where fewer than a third are.
int column_of(const SourceLayer& layer, const std::map<std::string, std::string>& codes,
              double& share) {
  int best = -1;
  share = 1.0 / 3.0;
  std::size_t rows = std::min<std::size_t>(layer.table.rows(), 2000);
  for (std::size_t c = 0; c < layer.table.columns.size(); ++c) {
    std::size_t known = 0;
    for (std::size_t r = 0; r < rows; ++r)
      known += code_of(codes, layer.cell(r, c)).empty() ? 0 : 1;
    double here = rows > 0 ? static_cast<double>(known) / static_cast<double>(rows) : 0.0;
    if (here > share) {
      share = here;
      best = static_cast<int>(c);
    }
  }
  return best;
}

void say_column(SourceLayer& layer, const std::string& what, int column, double share) {
  layer.system_guesses.push_back(
      {layer.shown + "." + what, layer.table.columns[static_cast<std::size_t>(column)], what, share,
       percent(share) + " of its values are codes or names of the place", false});
}

void make_travel(Making& making) {
  for (SourceLayer* layer : making.of(Role::Travel)) {
    auto homes = home_codes(making);
    auto campuses = campus_codes(making);
    double home_share = 0.0, campus_share = 0.0;
    int home = column_of(*layer, homes, home_share);
    int campus = column_of(*layer, campuses, campus_share);
    if (home < 0 || campus < 0) {
      layer->used = false;
      layer->role_evidence = "not used: its codes are not those of the homes and schools";
      making.draft.findings.warning("travel-not-used",
                                    "its codes are not those of the homes and schools given",
                                    {layer->shown, 0, ""}, "give both tables the same codes");
      continue;
    }
    say_column(*layer, "home", home, home_share);
    say_column(*layer, "campus", campus, campus_share);
    std::string out = "home,campus,minutes\n";
    std::size_t left_out = 0;
    for (std::size_t r = 0; r < layer->table.rows(); ++r) {
      std::string h = code_of(homes, layer->cell(r, static_cast<std::size_t>(home)));
      std::string c = code_of(campuses, layer->cell(r, static_cast<std::size_t>(campus)));
      auto minutes = layer->number(r, "minutes");
      if (h.empty() || c.empty() || !minutes || *minutes < 0) {
        ++left_out;
        continue;
      }
      out += fmt::format("{},{},{:.2f}\n", csv_cell(h), csv_cell(c), *minutes);
      ++layer->rows_used;
    }
    if (left_out > 0)
      making.draft.findings.warning(
          "rows-left-out",
          fmt::format("{} rows name unknown homes or schools, or no minutes", left_out),
          {layer->shown, 0, ""}, "they are not used");
    making.travel_table = "travel.csv";
    making.travel_source = layer->shown;
    making.draft.tables.emplace_back("travel.csv", std::move(out));
  }
}

std::string text_of(const SourceLayer& layer, std::size_t row,
                    std::initializer_list<const char*> meanings) {
  for (const char* m : meanings)
    if (std::string text = layer.text(row, m); !text.empty()) return text;
  return "";
}

void left_out(Making& making, SourceLayer& layer, std::size_t n, const std::string& why) {
  if (n == 0) return;
  making.draft.findings.warning("rows-left-out", fmt::format("{} rows {}", n, why),
                                {layer.shown, 0, ""}, "they are not used");
}

void make_entrants(Making& making) {
  for (SourceLayer* layer : making.of(Role::Entrants)) {
    std::map<std::string, std::string> areas;
    for (const MadeHome& h : making.homes)
      if (!h.area.empty()) areas.emplace(folded_name(h.area), h.area);
    for (const MadeArea& a : making.areas) areas.emplace(folded_name(a.name.zh), a.code);
    std::string out = "area,year,pupils\n";
    std::size_t lost = 0;
    bool by_area = layer->has("area") || layer->has("name") || layer->has("code");
    for (std::size_t r = 0; r < layer->table.rows(); ++r) {
      auto year = year_in_text(layer->text(r, "year"));
      auto pupils = layer->number(r, "entrants");
      std::string name = text_of(*layer, r, {"area", "name_zh", "name", "code"});
      if (is_example(name)) continue;
      std::string area = by_area ? code_of(areas, name) : "";
      if (!year || !pupils || *pupils < 0 || (by_area && area.empty())) {
        ++lost;
        continue;
      }
      out += fmt::format("{},{},{:g}\n", csv_cell(area), *year, *pupils);
      ++layer->rows_used;
    }
    left_out(making, *layer, lost, "name no area of the homes, or no year or number");
    if (layer->rows_used == 0) {
      layer->used = false;
      continue;
    }
    std::string stage = making.stages.front().kind;
    for (const std::string& kind : making.dictionary.stages_of(layer->shown))
      if (making.stage(kind) != nullptr) stage = kind;
    making.draft.tables.emplace_back("entrants.csv", std::move(out));
    making.toml_of["entrants"] = fmt::format(
        "[[entrants]]                        # from {}\nstage = {}\nfile = \"entrants.csv\"\n{}{}"
        "year = \"year\"\npupils = \"pupils\"\n",
        layer->shown, toml_text(stage), licence_lines(making, *layer),
        by_area ? "area = \"area\"\n" : "");
  }
}

void make_growth(Making& making) {
  for (SourceLayer* layer : making.of(Role::Growth)) {
    std::map<Year, double> factors;
    for (std::size_t r = 0; r < layer->table.rows(); ++r) {
      auto year = year_in_text(layer->text(r, "year"));
      auto factor = layer->number(r, "birth_factor");
      if (is_example(layer->text(r, "year"))) continue;
      if (!year || !factor || *factor < 0) continue;
      factors[*year] = *factor;
      ++layer->rows_used;
    }
    if (factors.empty()) continue;
    std::string list;
    for (const auto& [year, factor] : factors)
      list += fmt::format("{}{} = {:g}", list.empty() ? "" : ", ", year, factor);
    making.toml_of["growth"] = fmt::format(
        "[growth]                            # births over those of the base year\n"
        "birth_factor = {{ {} }}\nsource = {}\nmark = \"F\"\n",
        list, toml_text(layer->shown));
  }
}

void make_groups(Making& making) {
  for (SourceLayer* layer : making.of(Role::Groups)) {
    auto campuses = campus_codes(making);
    struct Group {
      std::string name, core, members;
    };
    std::vector<std::pair<std::string, Group>> groups;
    std::size_t lost = 0, assumed = 0;
    for (std::size_t r = 0; r < layer->table.rows(); ++r) {
      std::string core_text = layer->text(r, "core");
      if (is_example(core_text) || is_example(layer->text(r, "group_code"))) continue;
      std::string core = code_of(campuses, core_text);
      std::string member = code_of(campuses, layer->text(r, "member"));
      if (core.empty() || member.empty()) {
        ++lost;
        continue;
      }
      std::string name = text_of(*layer, r, {"group_name", "name_zh", "name"});
      std::string code = layer->text(r, "group_code");
      if (code.empty()) code = "group-" + core;
      auto at = std::ranges::find(groups, code, [](const auto& g) { return g.first; });
      if (at == groups.end()) at = groups.insert(groups.end(), {code, {name, core, ""}});
      std::string form = making.dictionary.tie_form(layer->text(r, "tie_form"));
      if (form.empty()) {
        form = "close_knit";
        ++assumed;
      }
      auto since = year_in_text(layer->text(r, "since"));
      at->second.members += fmt::format(
          "{}  {{ campus = {}, form = {}{} }}", at->second.members.empty() ? "" : ",\n",
          toml_text(member), toml_text(form), since ? fmt::format(", since = {}", *since) : "");
      ++layer->rows_used;
    }
    left_out(making, *layer, lost, "name unknown schools");
    if (assumed > 0)
      making.assume("groups.form", "close_knit",
                    fmt::format("{} ties say no form that is known", assumed));
    std::string out;
    for (const auto& [code, g] : groups)
      out += fmt::format(
          "[[group]]                           # from {}\ncode = {}\nname = {}\ncore = {}\nmembers "
          "= [\n{} ]\n",
          layer->shown, toml_text(code), toml_text(g.name.empty() ? code : g.name),
          toml_text(g.core), g.members);
    making.toml_of["groups"] = out;
  }
}

void make_feeders(Making& making) {
  for (SourceLayer* layer : making.of(Role::Feeders)) {
    auto campuses = campus_codes(making);
    std::string out = "from,to,since\n";
    std::size_t lost = 0;
    for (std::size_t r = 0; r < layer->table.rows(); ++r) {
      std::string from_text = layer->text(r, "feeds_from");
      if (is_example(from_text)) continue;
      std::string from = code_of(campuses, from_text);
      std::string to = code_of(campuses, layer->text(r, "feeds_to"));
      if (from.empty() || to.empty()) {
        ++lost;
        continue;
      }
      auto since = year_in_text(layer->text(r, "since"));
      out += fmt::format("{},{},{}\n", csv_cell(from), csv_cell(to),
                         since ? std::to_string(*since) : "");
      ++layer->rows_used;
    }
    left_out(making, *layer, lost, "name unknown schools");
    if (layer->rows_used == 0) continue;
    making.draft.tables.emplace_back("feeders.csv", std::move(out));
    making.toml_of["feeders"] = fmt::format(
        "[[feeders]]                         # from {}\nfile = \"feeders.csv\"\n{}from = "
        "\"from\"\nto = "
        "\"to\"\nsince = \"since\"\n",
        layer->shown, licence_lines(making, *layer));
  }
}

void make_housing(Making& making) {
  for (SourceLayer* layer : making.of(Role::Housing)) {
    auto homes = home_codes(making);
    std::string out = "code,name,home,year,dwellings,pupils_per_dwelling\n";
    std::size_t lost = 0;
    for (std::size_t r = 0; r < layer->table.rows(); ++r) {
      std::string code = layer->text(r, "code");
      if (is_example(code)) continue;
      std::string home =
          code_of(homes, text_of(*layer, r, {"home_ref", "community_code", "community"}));
      auto year = year_in_text(layer->text(r, "year"));
      auto dwellings = layer->number(r, "dwellings");
      if (home.empty() || !year || !dwellings || *dwellings < 0) {
        ++lost;
        continue;
      }
      if (code.empty()) code = made_code("N", r + 1, layer->table.rows());
      out += fmt::format("{},{},{},{},{:g},{:g}\n", csv_cell(code),
                         csv_cell(text_of(*layer, r, {"name_zh", "name"})), csv_cell(home), *year,
                         *dwellings, layer->number(r, "yield").value_or(0.3));
      ++layer->rows_used;
    }
    left_out(making, *layer, lost, "name unknown homes, or no year or dwellings");
    if (layer->rows_used == 0) continue;
    if (!layer->has("yield"))
      making.assume("housing.pupils_per_dwelling", "0.3", layer->shown + " does not give it");
    making.draft.tables.emplace_back("housing.csv", std::move(out));
    making.toml_of["housing"] = fmt::format(
        "[[housing]]                         # from {}\nfile = \"housing.csv\"\n{}code = "
        "\"code\"\nname_zh "
        "= \"name\"\nhome = \"home\"\nyear = \"year\"\ndwellings = "
        "\"dwellings\"\npupils_per_dwelling = "
        "\"pupils_per_dwelling\"\n",
        layer->shown, licence_lines(making, *layer));
  }
}

void make_addresses(Making& making) {
  for (SourceLayer* layer : making.of(Role::AddressCatchments)) {
    std::string out = "catchment,addresses,community,street,from,to,parity\n";
    std::vector<MadeCatchment> made;
    std::string stage = making.stages.front().kind;
    for (const MadeStage& s : making.stages)
      if (s.kind == "primary") stage = s.kind;
    for (const std::string& kind : making.dictionary.stages_of(layer->shown))
      if (making.stage(kind) != nullptr) stage = kind;
    auto campuses = campus_codes(making);
    for (std::size_t r = 0; r < layer->table.rows(); ++r) {
      std::string code = layer->text(r, "catchment");
      if (code.empty() || is_example(code)) continue;
      out +=
          fmt::format("{},{},{},{},{},{},{}\n", csv_cell(code), csv_cell(layer->text(r, "address")),
                      csv_cell(layer->text(r, "community")), csv_cell(layer->text(r, "street")),
                      csv_cell(layer->text(r, "from_number")),
                      csv_cell(layer->text(r, "to_number")), csv_cell(layer->text(r, "parity")));
      ++layer->rows_used;
      if (std::ranges::find(made, code, &MadeCatchment::code) != made.end()) continue;
      MadeCatchment c{code, {code, code}, stage, "", {}, layer->table.at(r)};
      c.campuses = code_of(campuses, layer->text(r, "serves"));
      if (c.campuses.empty()) c.campuses = code_of(campuses, code);
      for (const MadeCampus& campus : making.campuses)
        if (c.campuses.empty() && campus.catchment == code) c.campuses = campus.code;
      made.push_back(std::move(c));
    }
    if (made.empty()) continue;
    making.draft.tables.emplace_back("addresses.csv", std::move(out));
    making.address_stage = stage;
    for (MadeCatchment& c : made) {
      bool known = std::ranges::any_of(making.catchments, [&](const MadeCatchment& k) {
        return k.stage == stage && k.code == c.code;
      });
      if (!known) making.catchments.push_back(std::move(c));
    }
  }
}

void make_streets(Making& making) {
  for (SourceLayer* layer : making.of(Role::Osm)) {
    making.streets_file = layer->path.filename().string();
    making.draft.copied.emplace_back(layer->path, making.streets_file);
  }
  for (SourceLayer* layer : making.of(Role::Streets)) {
    if (!making.streets_file.empty()) {
      layer->used = false;
      layer->role_evidence = "not used: the extract's streets are taken";
      continue;
    }
    making.streets_file = "streets.geojson";
    making.streets_source = layer->shown;
    making.draft.tables.emplace_back("streets.geojson", streets_geojson(making, *layer));
    layer->rows_used = layer->table.rows();
  }
}

}  // namespace

void make_links(Making& making) {
  make_travel(making);
  make_entrants(making);
  make_growth(making);
  make_groups(making);
  make_feeders(making);
  make_housing(making);
  make_addresses(making);
  make_streets(making);
}

}  // namespace doorstep::intake
