// doorstep render PLACE [SCENARIO] -o map.png|svg|pdf: the map as print draws it.

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "cli/baseline.h"
#include "cli/before_after.h"
#include "io/config.h"
#include "io/raster/picture.h"
#include "render/cairo/cairo_render.h"
#include "scene/furniture.h"
#include "scene/map_scene.h"

namespace doorstep::cli {
namespace {

struct RenderOptions {
  std::string place, scenario, out;
  std::string layer = "utilisation", stage, language = "zh", theme = "light", title;
  int year = 0;
  double width = 1280, height = 720, scale = 1;
  bool both_languages = false;
};

/// As many as a scenario may run.
constexpr int kMaxYears = 60;
/// Homes stippled for print, where the rest is vectors: 288 dots an inch.
constexpr double kPrintDensity = 3.0;

const std::vector<std::string> kLayers{"utilisation", "class-size", "travel-time",
                                       "decline",     "reach",      "density",
                                       "change",      "groups",     "before-after"};

scene::FillBy fill_of(const std::string& layer) {
  if (layer == "class-size") return scene::FillBy::ClassSize;
  if (layer == "travel-time") return scene::FillBy::TravelTime;
  if (layer == "decline") return scene::FillBy::Decline;
  if (layer == "reach") return scene::FillBy::Reach;
  if (layer == "density") return scene::FillBy::Density;
  return scene::FillBy::Utilisation;
}

/// Who belongs to whom: ties, and nothing that competes with them.
scene::MapLayers group_map_layers() {
  scene::MapLayers layers;
  layers.ties = true;
  layers.catchments = layers.homes = layers.flows = false;
  return layers;
}

scene::ThemeKind theme_of(const std::string& name) {
  return name == "dark"       ? scene::ThemeKind::Dark
         : name == "contrast" ? scene::ThemeKind::Contrast
                              : scene::ThemeKind::Light;
}

StageId stage_of(const Place& place, const std::string& code) {
  if (code.empty()) {  // the first primary stage is what most maps are about
    for (StageId s : place.stages.ids())
      if (place.stages[s].kind == StageKind::Primary) return s;
    return StageId(0);
  }
  StageId id = find_stage(place, code);
  if (id.valid()) return id;
  std::string known;
  for (const Stage& s : place.stages) known += (known.empty() ? "" : ", ") + s.code;
  throw Error("unknown stage \"" + code + "\"", "--stage", "the place has: " + known);
}

std::size_t year_index(const session::Outcome& outcome, int year) {
  if (year == 0) return outcome.run.years.size() - 1;
  for (std::size_t y = 0; y < outcome.run.years.size(); ++y)
    if (outcome.run.years[y].year == year) return y;
  throw Error(fmt::format("year {} is not in the run", year), "--year",
              fmt::format("it goes from {} to {}", outcome.run.years.front().year,
                          outcome.run.years.back().year));
}

scene::Snapshot snapshot_of(const session::Outcome& outcome, std::size_t year, StageId stage,
                            const scene::MapGeometry& geometry) {
  const YearResult& first = outcome.run.years.front();
  return {&outcome.place,
          &outcome.run.years[year].stages[stage],
          &outcome.indicators[year].stages[stage],
          &geometry,
          &first.stages[stage],
          first.year};
}

scene::MapGeometry geometry_of(const session::Outcome& outcome, std::size_t year, StageId stage) {
  return scene::build_geometry(outcome.place, stage, outcome.run.years[year].year,
                               &outcome.run.years[year].stages[stage]);
}

/// The place's picture where the view looks, a pixel of it for a pixel of the map.
scene::ImageMark basemap_of(const Place& place, const scene::Viewport& view) {
  constexpr double kMostSide = 8192.0;
  double scale = std::min(view.scale, kMostSide / std::max(view.width_px, view.height_px));
  Box box;
  box.add(view.to_map({0.0, view.height_px}));
  box.add(view.to_map({view.width_px, 0.0}));
  io::RgbaImage image = io::read_picture(place.basemap->file, place.basemap->shown, place.crs, box,
                                         std::max(1, static_cast<int>(view.width_px * scale)),
                                         std::max(1, static_cast<int>(view.height_px * scale)));
  auto picture = std::make_shared<scene::Picture>();
  picture->width = image.width;
  picture->height = image.height;
  picture->rgba = std::move(image.rgba);
  return {std::move(picture), box, place.basemap->opacity};
}

/// What is shown: the place as it is, or a plan by its name.
std::string subtitle_of(const Scenario& scenario, const scene::MapContent& content,
                        const Words& words) {
  if (!content.baseline.place)
    return words(content.layers.ties ? "legend.ties" : "map.mode_baseline");
  std::string name = words.chinese() ? scenario.name.in_chinese() : scenario.name.in_english();
  if (content.layers.ties) return name + " · " + words("legend.ties");
  if (content.mode != scene::MapMode::Difference) return name;
  return name + " · " + words("map.mode_difference");
}

/// "东城分校  East branch": for a picture that lies beside a scenario and is read by both.
std::string title_in_both(const Scenario& scenario) {
  const std::string &zh = scenario.name.in_chinese(), &en = scenario.name.in_english();
  return zh == en ? zh : zh + "  " + en;
}

std::string stage_and_year(const scene::MapContent& c) {
  const Name &stage = c.current.place->stages[c.stage].name, &place = c.current.place->name;
  const bool zh = c.words->chinese();
  return (zh ? place.in_chinese() : place.in_english()) + " · " +
         (zh ? stage.in_chinese() : stage.in_english()) + " · " + std::to_string(c.year);
}

std::shared_ptr<const scene::Ground> ground_of(const session::Outcome& outcome,
                                               const scene::MapContent& content,
                                               const scene::Viewport& view) {
  scene::GroundRequest request;
  request.place = &outcome.place;
  request.run = content.current.run;
  request.travel = &outcome.travel;
  request.geometry = content.current.geometry;
  request.stage = content.stage;
  request.view.add(view.to_map({0.0, view.height_px}));
  request.view.add(view.to_map({view.width_px, 0.0}));
  request.m_per_px = view.m_per_px;
  return scene::build_ground(content.fill, request);
}

/// Refused before anything is run.
void check_layer(const RenderOptions& given) {
  if (given.scenario.empty() && (given.layer == "change" || given.layer == "before-after"))
    throw UsageError("layer " + given.layer + " needs a scenario", "--layer",
                     "name a scenario after the place");
}

void check_year(int year, Year first) {
  if (year != 0 && year < first)
    throw Error(fmt::format("year {} lies before {}", year, first), "--year",
                "name a year of the run");
  if (year > first + kMaxYears)
    throw Error(fmt::format("year {} lies more than {} years after {}", year, kMaxYears, first),
                "--year", "name a year of the run");
}

scene::DisplayList both_halves(scene::MapContent content, scene::PrintOptions print,
                               const Scenario& scenario, bool both_languages,
                               const scene::TextMeasure& measure, scene::Viewport& view) {
  content.layers.homes = content.layers.flows = false;
  content.layers.ties = true;
  const std::string& plan =
      content.words->chinese() ? scenario.name.in_chinese() : scenario.name.in_english();
  if (print.title.empty()) print.title = both_languages ? title_in_both(scenario) : plan;
  print.both = true;
  print.subtitle = stage_and_year(content);
  return before_and_after(content, print, plan, ground_of_plan(*content.current.place, scenario),
                          measure, view);
}

void render(const RenderOptions& given) {
  TerminalProgress terminal;
  check_layer(given);
  auto opened = open_for_run(given.place, terminal.progress());
  const Speech say(given.language);  // warnings in the language of the map
  Scenario scenario = scenario_for(*opened, given.scenario, -1, say.sentences());
  Year first = scenario.first_year ? scenario.first_year : opened->place.base_year;
  check_year(given.year, first);
  int years = given.year == 0 ? -1 : given.year - first;
  auto outcome = session::run_scenario(opened, scenario, terminal.progress(), years);
  StageId stage = stage_of(outcome->place, given.stage);
  std::size_t y = year_index(*outcome, given.year);
  Words words = io::load_words(given.language == "en" ? Language::English : Language::Chinese);

  scene::MapGeometry geometry = geometry_of(*outcome, y, stage);
  scene::MapContent content;
  content.current = snapshot_of(*outcome, y, stage, geometry);
  content.stage = stage;
  content.year = outcome->run.years[y].year;
  content.fill = fill_of(given.layer);
  if (given.layer == "groups") content.layers = group_map_layers();
  content.theme = theme_of(given.theme);
  if (!given.out.ends_with(".png")) content.dense_scale = kPrintDensity;
  content.words = &words;
  std::shared_ptr<const session::Outcome> baseline;
  scene::MapGeometry baseline_geometry;
  if (!given.scenario.empty()) {
    baseline =
        session::run_scenario(opened, baseline_of(*opened, scenario), terminal.progress(), years);
    baseline_geometry = geometry_of(*baseline, y, stage);
    content.baseline = snapshot_of(*baseline, y, stage, baseline_geometry);
    if (given.layer == "change") content.mode = scene::MapMode::Difference;
  }
  scene::PrintOptions print;
  print.title = given.title;
  print.subtitle = subtitle_of(scenario, content, words);
  print.china = scene::lies_in_china(outcome->place);
  render::CairoTextMeasure measure;
  scene::Viewport view =
      scene::print_view(content, print, given.width, given.height, given.scale, measure);
  if (const Box ground = ground_of_groups(outcome->place, scenario);
      given.layer == "groups" && !ground.empty())
    view = scene::fit_view(
        ground, given.width, given.height, given.scale,
        scene::layout_print(content, print, given.width, given.height, measure).map);
  const auto bands = ground_of(*outcome, content, view);
  content.current.ground = bands.get();
  if (outcome->place.basemap) {
    content.basemap = basemap_of(outcome->place, view);
    content.basemap_attribution = outcome->place.basemap->attribution;
  }
  const scene::DisplayList page =
      given.layer == "before-after"
          ? both_halves(content, print, scenario, given.both_languages, measure, view)
          : scene::build_print(content, view, print, measure);
  render::render_file(page, view, given.out, given.title);
}

}  // namespace

void add_render(Commands commands) {
  auto given = std::make_shared<RenderOptions>();
  CLI::App* app = commands.app.add_subcommand("render", "Draw the map as PNG, SVG or PDF");
  app->footer(
      "Examples:\n"
      "  doorstep render maps/bincheng --stage primary --year 2025 -o map.png\n"
      "  doorstep render maps/bincheng scenarios/bincheng-branch --layer change --lang en -o "
      "map.pdf");
  app->add_option("place", given->place, "Place folder or place.toml")->required();
  app->add_option("scenario", given->scenario, "Scenario folder or scenario.toml");
  app->add_option("-o,--out", given->out, "File to write: .png, .svg or .pdf")
      ->required()
      ->check([](const std::string& file) -> std::string {
        for (const char* ending : {".png", ".svg", ".pdf"})
          if (file.ends_with(ending)) return "";
        return "\"" + file + "\" does not end in .png, .svg or .pdf";
      });
  app->add_option("--layer", given->layer,
                  "utilisation, class-size, travel-time, decline, reach, density, change, groups "
                  "or before-after")
      ->check(CLI::IsMember(kLayers));
  app->add_option("--stage", given->stage, "Stage code; else the first primary stage");
  app->add_option("--year", given->year, "Year; else the last of the run");
  app->add_option("--lang", given->language, "zh or en")->check(CLI::IsMember({"zh", "en"}));
  app->add_flag("--both-languages", given->both_languages,
                "before-after: the scenario's name in Chinese and English");
  app->add_option("--theme", given->theme, "light, dark or contrast")
      ->check(CLI::IsMember({"light", "dark", "contrast"}));
  app->add_option("--title", given->title, "Title instead of place, stage and year");
  app->add_option("--width", given->width, "Pixels at 100 %")->check(CLI::Range(320, 16384));
  app->add_option("--height", given->height, "Pixels at 100 %")->check(CLI::Range(240, 16384));
  app->add_option("--scale", given->scale, "2 for twice the pixels")->check(between(0.5, 8.0));
  app->callback([given] { render(*given); });
}

}  // namespace doorstep::cli
