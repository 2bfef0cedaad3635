#include "synth/place_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "place/stage_kind.h"
#include "synth/resource_columns.h"

namespace doorstep::synth {
namespace {

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out + "\"";
}

std::string named(const Name& name) {
  return fmt::format("{{ zh = {}, en = {} }}", quoted(name.zh), quoted(name.en));
}

std::string layer(const Plan& plan, const char* heading, const std::string& file) {
  return fmt::format(
      "\n{}\nfile = {}\nlicence = \"CC0-1.0\"\nattribution = {}\n", heading, quoted(file),
      quoted("made by doorstep synth" +
             (plan.recipe.facts_source.empty() ? "" : "; " + plan.recipe.facts_source)));
}

std::string factors(const char* key, const std::map<Year, double>& by_year) {
  if (by_year.empty()) return "";
  std::string out = fmt::format("{} = {{ ", key);
  bool first = true;
  for (const auto& [year, value] : by_year) {
    out += fmt::format("{}{} = {}", first ? "" : ", ", year, value);
    first = false;
  }
  return out + " }\n";
}

std::string stages_text(const Plan& plan) {
  std::string out;
  for (const StageRecipe& s : plan.recipe.stages)
    out += fmt::format(
        "\n[[stage]]\ncode = {}\nname = {}\nkind = \"{}\"\ngrades = {}\nentry_age = {}\n",
        quoted(s.code), named(s.name), stage_kind_code(s.kind), s.grades, s.entry_age);
  return out;
}

std::string campuses_text(const Plan& plan) {
  std::string out =
      layer(plan, "[[campuses]]", "campuses.csv") +
      "code = \"code\"\nname_zh = \"name_zh\"\nname_en = \"name_en\"\nx = \"x\"\ny = \"y\"\n"
      "school = \"school\"\narea = \"area\"\nurban = \"urban\"\nquality = \"quality\"\n"
      "origin_field = \"origin\"   # derived: a real name on a synthetic site\n";
  if (any_brand(plan)) out += "brand = \"brand\"\n";
  if (any_private(plan)) out += "ownership = \"ownership\"\n";
  for (const StageRecipe& s : plan.recipe.stages)
    out += fmt::format("[[campuses.stage]]\nstage = {0}\nseats = {1}\nrooms = {2}\n",
                       quoted(s.code), quoted(s.code + "_seats"), quoted(s.code + "_rooms")) +
           resource_fields(plan.recipe, s.code);
  return out;
}

/// Areas in a file a stage; in a province the homes say whose they are.
std::string catchments_text(const Plan& plan) {
  std::string out;
  for (const StageRecipe& s : plan.recipe.stages) {
    if (!s.catchments) continue;
    if (plan.straight)
      out += fmt::format("\n[[catchments]]\nstage = {}\nhome_field = {}\ncampus_field = \"code\"\n",
                         quoted(s.code), quoted("catchment_" + s.code));
    else
      out += layer(plan, "[[catchments]]", fmt::format("catchments_{}.geojson", s.code)) +
             fmt::format(
                 "stage = {}\ncode = \"code\"\nname_zh = \"name_zh\"\nname_en = \"name_en\"\n"
                 "campuses = \"campuses\"\n",
                 quoted(s.code));
  }
  return out;
}

std::string groups_text(const Plan& plan) {
  std::string out;
  for (const GroupRecipe& g : plan.recipe.groups) {
    out += fmt::format("\n[[group]]\ncode = {}\nname = {}\ncore = {}\nmembers = [\n",
                       quoted(g.code), named(g.name), quoted(g.core));
    for (const TieRecipe& t : g.ties)
      out += fmt::format("  {{ campus = {}, form = {}, since = {} }},\n", quoted(t.campus),
                         quoted(t.form), t.since);
    out += "]\n";
  }
  return out;
}

}  // namespace

bool any_brand(const Plan& plan) {
  return std::ranges::any_of(plan.campuses, [](const PlannedCampus& c) { return c.brand != 0.0; });
}

bool any_private(const Plan& plan) {
  return std::ranges::any_of(plan.campuses, &PlannedCampus::is_private);
}

std::string place_text(const Plan& plan) {
  const Recipe& r = plan.recipe;
  std::size_t oldest = plan.homes.front().children.size() - 1;
  std::string out = fmt::format(
      "# Made by doorstep synth from recipe.toml, seed {}. Do not edit: change the recipe and make "
      "it\n"
      "# again, or edit by scenario.\nformat = 1\ncode = {}\nname = {}\nbase_year = {}\ncrs = {}\n"
      "origin = \"synthetic\"\norigin_note = {}\nmap_approval = \"\"\n",
      r.seed, quoted(r.code), named(r.name), r.base_year, quoted(r.crs), named(r.note));
  out += stages_text(plan);
  if (r.migrants.share > 0)
    out +=
        "\n[[class]]\ncode = \"local\"\nname = { zh = \"户籍\", en = \"Local hukou\" }\n"
        "\n[[class]]\ncode = \"migrant\"\nname = { zh = \"随迁\", en = \"Migrant\" }\n";
  out += layer(plan, "[areas]", "areas.geojson") +
         "code = \"code\"\nname_zh = \"name_zh\"\nname_en = \"name_en\"\nurban = \"urban\"\n";
  out += layer(plan, "[homes]", "homes.csv") +
         "code = \"code\"\nx = \"x\"\ny = \"y\"\narea = \"area\"\n[homes.children]\npattern = " +
         (r.migrants.share > 0 ? "\"{class}_{age}\"\n" : "\"a{age}\"\n") +
         fmt::format("ages = [0, {}]\n", oldest);
  out += campuses_text(plan);
  out += catchments_text(plan);
  out += layer(plan, "[[feeders]]", "feeders.csv") + "from = \"from\"\nto = \"to\"\n";
  out += groups_text(plan);
  for (const StageRecipe& s : r.stages)
    if (s.attended < 1.0)
      out += layer(plan, "[[entrants]]", fmt::format("entrants_{}.csv", s.code)) +
             fmt::format("stage = {}\narea = \"area\"\nyear = \"year\"\npupils = \"pupils\"\n",
                         quoted(s.code));
  if (!r.birth_factor.empty())
    out += "\n[growth]\n" + factors("birth_factor", r.birth_factor) +
           factors("birth_factor_low", r.birth_factor_low) +
           factors("birth_factor_high", r.birth_factor_high) +
           fmt::format("source = {}\nmark = {}\n", quoted(r.births_source), quoted(r.births_mark));
  out += plan.straight ? "\n[travel]\nmode = \"straight\"\nspeed_m_per_min = 80   # assumed\n"
                         "detour = 1.3            # assumed\n"
                       : layer(plan, "[travel]", "streets.osm.opl") +
                             "mode = \"streets\"\nspeed_m_per_min = 80   # assumed\n";
  if (!r.own_policy)
    out +=
        "\n[policy]\nrule = \"choice\"\neligibility = \"all\"\n"
        "max_minutes = 90         # assumed: trips are mostly up to 5 km (Shenyang), with room for "
        "the country\n"
        "overflow = \"crowd\"       # a school takes its own catchment whole: so large classes "
        "arise\n"
        "tiers = [\"catchment\", \"feeder\", \"group\", \"other\"]\ndivert_unplaced = true\n";
  if (!r.place_extra.empty()) out += "\n# From [place] of the recipe.\n" + r.place_extra + "\n";
  return out;
}

}  // namespace doorstep::synth
