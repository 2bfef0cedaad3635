#include "io/place/place_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "geo/crs.h"
#include "geo/spatial_index.h"
#include "io/config.h"
#include "io/pack/place_pack.h"
#include "io/place/context.h"
#include "io/place/demand.h"
#include "io/place/practices.h"
#include "place/stage_kind.h"

namespace doorstep::io {
namespace fs = std::filesystem;
namespace {

StageKind stage_kind(Section& section) {
  std::string word = section.required_text("kind");
  if (const auto kind = stage_kind_of(word)) return *kind;
  section.refuse("kind", "unknown kind \"" + word + "\"",
                 "use kindergarten, primary, junior or senior");
}

void read_stage(PlaceContext& context, Section section, const Coefficients& standards) {
  Stage stage;
  stage.code = section.required_text("code");
  stage.name = section.name("name");
  stage.kind = stage_kind(section);
  stage.grades = section.required_integer("grades");
  stage.entry_age = section.required_integer("entry_age");
  if (stage.grades < 1 || stage.grades > 12)
    section.refuse("grades", "must be 1 to 12", "6 of a primary school, 3 of a junior one");
  if (stage.entry_age < 0 || stage.entry_age > 20)
    section.refuse("entry_age", "must be 0 to 20",
                   "the age of a first grader: 6 at primary school");
  std::string kind = section.text("kind");
  stage.class_standard = section.integer(
      "class_standard", static_cast<int>(standards.value("class.standard." + kind)));
  stage.service_radius =
      Metres(section.number("service_radius_m", standards.value("radius." + kind)));
  if (stage.class_standard < 1)
    section.refuse("class_standard", "must be at least 1",
                   "pupils of a class as planned; leave it out for config/standards.toml");
  section.finish(context.findings);
  if (find_stage(context.place, stage.code).valid())
    section.refuse("code", "stage \"" + stage.code + "\" stands twice", "give each its own code");
  context.place.stages.push_back(std::move(stage));
}

template <class Enum>
Enum choose(Section& section, const std::string& key, Enum fallback,
            const std::vector<std::pair<std::string, Enum>>& words) {
  std::string word = section.text(key);
  if (word.empty()) return fallback;
  for (const auto& [name, value] : words)
    if (name == word) return value;
  std::string known;
  for (const auto& [name, value] : words) known += (known.empty() ? "" : ", ") + name;
  section.refuse(key, "unknown word \"" + word + "\"", "use one of: " + known);
}

Tier tier_from(Section& section, const char* key, const std::string& word) {
  for (Tier tier : {Tier::Catchment, Tier::Feeder, Tier::Group, Tier::Other})
    if (word == tier_name(tier)) return tier;
  section.refuse(key, "unknown tier \"" + word + "\"", "use catchment, feeder, group, other");
}

/// What comes before and after the admission of the public first grade.
void read_policy_of_stages(Section& section, Policy& policy) {
  if (section.has("guaranteed")) {
    policy.guaranteed.clear();
    for (const std::string& word : section.texts("guaranteed"))
      policy.guaranteed.push_back(tier_from(section, "guaranteed", word));
  }
  policy.private_first = section.flag("private_first", policy.private_first);
  policy.private_losers =
      choose<LotteryLosers>(section, "private_losers", policy.private_losers,
                            {{"keep", LotteryLosers::Keep}, {"last", LotteryLosers::Last}});
  policy.transfers = section.flag("transfers", policy.transfers);
  policy.through_schools = section.flag("through_schools", policy.through_schools);
  policy.whole_classes = section.flag("whole_classes", policy.whole_classes);
}

void read_policy(PlaceContext& context, Section section) {
  Policy& policy = context.place.policy;
  if (section.has("rule"))
    policy.rule = rule_from(section.required_text("rule"), section.at("rule").text());
  policy.eligibility = choose<Eligibility>(
      section, "eligibility", policy.eligibility,
      {{"all", Eligibility::All}, {"own_catchment", Eligibility::OwnCatchment}});
  policy.overflow = choose<Overflow>(section, "overflow", policy.overflow,
                                     {{"crowd", Overflow::Crowd}, {"divert", Overflow::Divert}});
  policy.distance_form = choose<DistanceForm>(section, "distance_form", policy.distance_form,
                                              {{"exponential", DistanceForm::Exponential},
                                               {"power", DistanceForm::Power},
                                               {"truncated_power", DistanceForm::TruncatedPower}});
  if (section.has("tiers")) {
    policy.tiers.clear();
    for (const std::string& word : section.texts("tiers"))
      policy.tiers.push_back(tier_from(section, "tiers", word));
    if (policy.tiers.empty() || policy.tiers.back() != Tier::Other)
      policy.tiers.push_back(Tier::Other);
  }
  policy.max_minutes = Minutes(section.number("max_minutes", policy.max_minutes.value));
  if (policy.max_minutes.value <= 0)
    section.refuse("max_minutes", "must be above 0", "60 for an hour; leave it out for no limit");
  policy.divert_unplaced = section.flag("divert_unplaced", policy.divert_unplaced);
  policy.classes_in_order = section.flag("classes_in_order", policy.classes_in_order);
  read_policy_of_stages(section, policy);
  policy.list_length = section.integer("list_length", policy.list_length);
  if (policy.list_length < 0) section.refuse("list_length", "must be 0 or more", "0 sets no limit");
  if (policy.list_length > 0 && policy.rule == Rule::Choice)
    section.refuse("list_length", "short lists have no closed form under rule = \"choice\"",
                   "use rule = \"micro\", which draws each pupil's list");
  section.finish(context.findings);
}

void read_head(PlaceContext& context, Section& top) {
  int format = top.required_integer("format");
  if (format != kPlaceFormat)
    top.refuse("format",
               fmt::format("place file of format {}, this program reads {}", format, kPlaceFormat),
               "use the program version that wrote it, or bring the file up to docs/place.md");
  Place& place = context.place;
  place.code = top.required_text("code");
  place.name = top.name("name");
  if (place.name.zh.empty() && place.name.en.empty()) place.name = {place.code, place.code};
  place.base_year = top.required_integer("base_year");
  if (place.base_year < 1900 || place.base_year > 2200)

    top.refuse("base_year", fmt::format("{} is not 1900 to 2200", place.base_year),
               "write the year of the first autumn that the data describe, for example 2024");
  place.crs = top.required_text("crs");
  try {
    if (Crs(place.crs).is_geographic())
      top.refuse("crs", "\"" + place.crs + "\" is in degrees",
                 "use a projected system in metres, for example EPSG:4549");
  } catch (const Error& e) {
    if (!e.where().empty() && e.where().find("crs") != std::string::npos) throw;
    top.refuse("crs", fmt::format("{}: \"{}\"", e.what(), place.crs), e.hint());
  }
  place.origin = choose<Origin>(
      top, "origin", Origin::Real,
      {{"real", Origin::Real}, {"derived", Origin::Derived}, {"synthetic", Origin::Synthetic}});
  Name note = top.name("origin_note");
  place.origin_note_zh = note.zh;
  place.origin_note_en = note.en;
  if (place.origin == Origin::Synthetic && note.zh.empty() && note.en.empty()) {
    place.origin_note_zh = "合成地理";
    place.origin_note_en = "synthetic geography";
  }
  place.map_approval = top.text("map_approval");
  place.currency = top.text("currency", place.currency);
}

void read_stages_and_classes(PlaceContext& context, Section& top) {
  Coefficients standards = read_place_standards(context, top, load_standards().all);
  for (Section& stage : top.sections("stage")) read_stage(context, std::move(stage), standards);
  if (context.place.stages.empty())
    top.refuse("stage", "is missing", "write at least one [[stage]]");
  int oldest = 18;
  for (const Stage& s : context.place.stages) oldest = std::max(oldest, s.entry_age + s.grades - 1);
  context.place.children.ages = oldest + 1;
  for (Section& household : top.sections("class")) {
    HouseholdClass c{household.required_text("code"), household.name("name")};
    c.migrant = household.flag("migrant", c.code == "migrant");
    read_class_share(context, household);
    household.finish(context.findings);
    context.place.classes.push_back(std::move(c));
  }
  if (context.place.classes.empty()) context.place.classes.push_back({"all", {"全部", "all"}});
  context.place.children.classes = context.place.classes.size();
}

/// Campuses and homes that name no area get the one they lie in.
void locate_in_areas(Place& place) {
  std::vector<MultiPolygon> shapes;
  for (const Area& a : place.areas) shapes.push_back(a.shape);
  PolygonIndex index(shapes);
  auto locate = [&](auto& thing) {
    if (thing.area.valid()) return;
    auto found = index.find(thing.at);
    if (!found.empty()) thing.area = AreaId(found.front());
  };
  for (Campus& c : place.campuses) locate(c);
  for (Home& h : place.homes) locate(h);
}

/// Homes far from the middle of all: most often x and y swapped, or another coordinate system.
void report_far_homes(PlaceContext& context) {
  constexpr double kFarM = 50000.0;
  constexpr double kTimesAsFar = 4.0;  // as half of all homes: a province is wide
  std::vector<double> xs, ys;
  for (const Home& h : context.place.homes) {
    xs.push_back(h.at.x);
    ys.push_back(h.at.y);
  }
  auto median = [](std::vector<double>& v) {
    std::ranges::nth_element(v, v.begin() + static_cast<std::ptrdiff_t>(v.size() / 2));
    return v[v.size() / 2];
  };
  if (xs.empty()) return;
  Xy middle{median(xs), median(ys)};
  std::vector<double> away;
  for (const Home& h : context.place.homes) away.push_back(distance_m(h.at, middle));
  std::vector<double> sorted = away;
  const double far_m = std::max(kFarM, kTimesAsFar * median(sorted));
  for (HomeId id : context.place.homes.ids()) {
    const Home& h = context.place.homes[id];
    if (away[id.index] < far_m) continue;
    context.findings.add(
        {Severity::Warning, "home-far",
         fmt::format("{} lies {:.0f} km from the other homes", h.code, away[id.index] / 1000),
         h.source, "check its coordinates and their system", MapSpot{h.at.x, h.at.y}});
  }
}

void scale_quality(Place& place) {
  double weight = 0.0;
  double sum = 0.0;
  for (const Campus& c : place.campuses)
    for (const auto& offer : c.stages) {
      if (!offer || !c.open_in(place.base_year)) continue;
      double pupils = 0.0;
      for (double g : offer->enrolment) pupils += g;
      if (pupils == 0.0) pupils = value_in(offer->seats, place.base_year);
      weight += pupils;
      sum += pupils * c.quality;
    }
  if (sum <= 0.0) return;
  for (Campus& c : place.campuses) c.quality *= weight / sum;
}

/// What config/ knows only as 0 or more turns its meaning round below 0: a negative b_distance
/// would draw pupils to far schools.
void check_sign(Section& section, const std::string& key, const Coefficient& own,
                const Coefficients& known) {
  for (std::string name = key;; name.resize(name.rfind('.'))) {
    if (known.has(name)) {
      const Coefficient& usual = known.items().at(name);
      if (usual.low >= 0 && own.value < 0)
        section.refuse(
            key, fmt::format("{} is negative", own.value),
            fmt::format("it is 0 or more; {} is known from {} to {}", name, usual.low, usual.high));
      return;
    }
    if (name.find('.') == std::string::npos) return;
  }
}

/// Entries that replace or refine (`choice.a_quality.migrant`) one of config/; a misspelt one would
/// have no effect, so it is refused.
void read_own_coefficients(Section& section, Coefficients& coefficients) {
  Coefficients own;
  read_coefficients(section, own);
  std::vector<std::string> known;
  for (const auto& [key, c] : coefficients.items()) known.push_back(key);
  for (const auto& [key, c] : own.items()) {
    bool replaces = std::ranges::any_of(
        known, [&](const std::string& k) { return key == k || key.rfind(k + ".", 0) == 0; });
    std::string near = closest(key, known);
    if (!replaces)
      section.refuse(key, "is no coefficient of config/",
                     near.empty() ? "it may be: " + fmt::format("{}", fmt::join(known, ", "))
                                  : "did you mean \"" + near + "\"?");
    check_sign(section, key, c, coefficients);
    coefficients.set(key, c);
  }
}

/// A place.toml is written by hand: what is larger, or no file, is none.
std::string read_place_text(const fs::path& file) {
  constexpr std::uintmax_t kMostBytes = 64U << 20;
  if (!fs::is_regular_file(file))
    throw Error("is no file", file.string(), "name a folder with a place.toml");
  if (fs::file_size(file) > kMostBytes)
    throw Error(fmt::format("is larger than {} MB", kMostBytes >> 20), file.string(),
                "put data into tables and name them");
  return read_file(file);
}

}  // namespace

fs::path place_file_of(const fs::path& path) {
  if (is_pack(path)) return unpack_to_cache(path);
  fs::path file = fs::is_directory(path) ? path / "place.toml" : path;
  if (!fs::exists(file))
    throw Error("no place here", path.string(),
                fs::exists(path / "recipe.toml")
                    ? "it is made from the recipe there: doorstep synth " + path.string()
                    : "name a folder with a place.toml, for example maps/bincheng");
  if (file.extension() != ".toml" && fs::is_regular_file(file))
    throw Error("is no place", path.string(),
                "name its folder, its place.toml or a .doorstep file; doorstep new makes a place "
                "from tables");
  return file;
}

Loaded<Place> read_place(const fs::path& path, Coefficients& coefficients) {
  fs::path file = place_file_of(path);
  PlaceContext context;
  context.folder = fs::absolute(file).parent_path();
  context.file = file.filename().string();
  for (const auto& [form, rates] : load_group_forms()) context.forms.push_back(form);
  context.practices = known_practices(coefficients);
  toml::table parsed = parse_toml(read_place_text(file), context.file);
  Section top(parsed, context.file, "");
  read_head(context, top);
  read_stages_and_classes(context, top);
  read_counties(context, top);
  default_privacy(context);
  if (auto areas = top.section("areas")) read_areas(context, std::move(*areas));
  auto each = [&](const char* key, void (*reader)(PlaceContext&, Section), bool required) {
    auto sections = top.sections(key);
    if (required && sections.empty())
      top.refuse(key, "is missing",
                 fmt::format("write [{}]; docs/place.md has a full example", key));
    for (Section& s : sections) reader(context, std::move(s));
  };
  each("homes", read_homes, true);
  each("campuses", read_campuses, true);
  report_far_homes(context);
  locate_in_areas(context.place);
  split_children_by_class(context);
  scale_quality(context.place);
  each("catchments", read_catchments, false);
  each("feeders", read_feeders, false);
  each("group", read_group, false);
  each("growth", read_growth, false);
  each("entrants", read_entrants, false);
  each("migration", read_migration, false);
  each("progression", read_progression, false);
  each("housing", read_housing, false);
  each("travel", read_travel, true);
  each("policy", read_policy, false);
  each("backdrop", read_backdrop, false);
  each("observed", read_observed, false);
  each("totals", read_totals, false);
  each("privacy", read_privacy, false);
  each("basemap", read_basemap, false);
  if (auto own = top.section("coefficients")) read_own_coefficients(*own, coefficients);
  top.finish(context.findings);
  context.findings.append(validate(context.place));
  if (!context.findings.has_errors()) check_demand(context.place, context.findings);
  report_area_codes(context);
  context.finish_checksums();
  return {std::move(context.place), std::move(context.findings)};
}

}  // namespace doorstep::io
