// Drawing without a screen, in processor time a frame: the city of the peers' benchmark as the
// window draws it, and mark by mark as the peers draw it.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/file.h"
#include "bench/drawn_city.h"
#include "bench/kernels.h"
#include "bench/measure.h"
#include "io/config.h"
#include "render/cairo/cairo_render.h"
#include "render/gl/offscreen.h"
#include "render/gl/shifted_map.h"
#include "scene/flow_shape.h"
#include "scene/map_scene.h"

namespace doorstep::bench {
namespace {

constexpr int kWidth = 1280, kHeight = 720;
constexpr int kFrames = 40;

/// What each measured scene needs of a screen and of words.
struct Stage {
  render::OffscreenContext context{kWidth, kHeight};
  render::GlShared shared;
  render::CairoTextMeasure measure;
  Words words = io::load_words(Language::Chinese);
};

/// Twelve pixels a frame to the east, as a hand drags a map.
scene::Viewport dragged(const scene::Viewport& middle, int k) {
  constexpr double kStep = 12.0;
  scene::Viewport out = middle;
  out.centre.x += kStep * middle.m_per_px * (k - kFrames / 2);
  return out;
}

/// The k-th frame of the peers' track (index.html): a slow figure of eight, zooming.
scene::Viewport camera(const scene::Viewport& middle, int k) {
  constexpr double kLon = 2226.4, kLat = 1210.6;  // 0.02° and 0.01° on the plane. Units: metres.
  scene::Viewport out = middle;
  out.centre = middle.centre + Xy{kLon * std::sin(k / 10.0), kLat * std::cos(k / 10.0)};
  out.m_per_px = middle.m_per_px / std::exp2(0.6 * std::sin(k / 17.0));
  return out;
}

/// Zoom 10.6 of the peers' maps round 113.30, 23.15, in metres of the plane.
scene::Viewport peers_view(const DrawnCity& city) {
  constexpr double kZoom = 10.6, kRound = 40075016.686, kTile = 512;
  scene::Viewport view;
  view.centre = scene::map_extent(city.snapshot(), StageId(0)).centre();
  view.m_per_px = kRound / (kTile * std::exp2(kZoom));
  view.width_px = kWidth;
  view.height_px = kHeight;
  return view;
}

scene::MapContent content_of(const DrawnCity& city, const Words& words) {
  scene::MapContent content;
  content.current = city.snapshot();
  content.stage = StageId(0);
  content.year = 2026;
  content.words = &words;
  content.frame = scene::PixelFrame{0, 0, kWidth, kHeight};
  return content;
}

/// What the peers draw: every catchment, home and flow a mark of its own.
scene::DisplayList mark_by_mark(const DrawnCity& city, std::size_t homes, std::size_t flows) {
  const scene::Theme& t = scene::theme(scene::ThemeKind::Light);
  scene::DisplayList list;
  list.background = t.outside;
  for (const scene::MapArea& area : city.geometry.areas->areas) {
    list.marks.push_back(
        scene::FillMark{area.shape, t.utilisation[area.campuses[0].index % 7], {}, -1});
    list.marks.push_back(
        scene::LineMark{{area.shape[0].outer}, scene::faded(t.ink, 0.9), 1.2, {}, true});
  }
  scene::DotsMark dots{{}, 2.0, scene::faded(t.accent, 0.63)};
  for (HomeId h : city.place.homes.ids())
    if (h.index < homes) dots.at.push_back(city.place.homes[h].at);
  if (!dots.at.empty()) list.marks.push_back(std::move(dots));
  for (std::size_t i = 0; i < flows; ++i) {
    const PupilFlow& f = city.run.flows[i];
    const Xy from = city.place.homes[f.home].at, to = city.place.campuses[f.campus].at;
    list.marks.push_back(scene::FlowMark{from, scene::flow_control(from, to), to, 2.0, 0.8,
                                         scene::faded(t.flow, 0.22), scene::faded(t.flow, 0.62)});
  }
  return list;
}

Report report_of(const DrawnCity& city, const std::string& name, const std::string& what) {
  Report report;
  report.name = "scene." + name;
  report.what = what + "; processor time of all threads a frame, 1280 by 720";
  report.size.homes = city.place.homes.size();
  report.size.campuses = city.place.campuses.size();
  report.size.pupils = city.run.pupils;
  return report;
}

/// Shows that something was drawn: the share of pixels that are not the commonest colour.
double drawn_share(const render::Image& image) {
  std::size_t differ = 0;
  for (std::size_t i = 4; i < image.rgba.size(); i += 4)
    differ += image.rgba[i] != image.rgba[i - 4] || image.rgba[i + 1] != image.rgba[i - 3];
  return 4.0 * static_cast<double>(differ) / static_cast<double>(image.rgba.size());
}

/// Everything anew: list, upload and draw, as after an edit or a settled zoom.
Report at_rest(Stage& stage, const DrawnCity& city) {
  Report report =
      report_of(city, "rest", "the whole map anew: list with labels placed, upload, draw");
  const scene::MapContent content = content_of(city, stage.words);
  const scene::Viewport middle = peers_view(city);
  render::ShiftedMap map(stage.shared);
  std::vector<double> frames, lists, uploads;
  for (int k = 0; k < kFrames / 2; ++k) {
    const scene::Viewport view = camera(middle, k);
    scene::DisplayList list;
    const double list_ms = cpu_ms_of([&] { list = build_map(content, view, stage.measure); });
    const double upload_ms = cpu_ms_of([&] { map.upload(list, 1.0); });
    const double draw_ms = cpu_ms_of([&] {
      map.draw(view, stage.context.frame());
      stage.context.finish();
    });
    if (k == 0) continue;  // fonts and programs are warm from here on
    lists.push_back(list_ms);
    uploads.push_back(upload_ms);
    frames.push_back(list_ms + upload_ms + draw_ms);
  }
  report.ours_ms = spread_of(frames);
  report.more = {{"list_ms", spread_of(lists).p50},
                 {"upload_ms", spread_of(uploads).p50},
                 {"draw_calls", static_cast<double>(map.counts().draw_calls)},
                 {"bytes_uploaded", static_cast<double>(map.counts().bytes_uploaded) / kFrames * 2},
                 {"changing_pixels", drawn_share(stage.context.read())}};
  return report;
}

/// Frames of the peers' track through the window's own picture that panning shifts.
Report moving(Stage& stage, const DrawnCity& city, Report report, const scene::DisplayList& list,
              bool zooms) {
  const scene::Viewport middle = peers_view(city);
  render::ShiftedMap map(stage.shared);
  map.upload(list, 1.0);
  auto at = [&](int k) { return zooms ? camera(middle, k) : dragged(middle, k); };
  map.draw(at(0), stage.context.frame());
  stage.context.finish();
  const long bytes = map.counts().bytes_uploaded;
  std::vector<double> frames;
  double all = 0.0;
  for (int k = 1; k <= kFrames; ++k) {
    frames.push_back(cpu_ms_of([&] {
      map.draw(at(k), stage.context.frame());
      stage.context.finish();
    }));
    all += frames.back();
  }
  report.ours_ms = spread_of(frames);
  report.more = {{"mean_ms", all / kFrames},
                 {"drawn_anew", static_cast<double>(map.drawn() - 1) / kFrames},
                 {"draw_calls", static_cast<double>(map.counts().draw_calls)},
                 {"bytes_uploaded", static_cast<double>(map.counts().bytes_uploaded - bytes)},
                 {"changing_pixels", drawn_share(stage.context.read())}};
  return report;
}

/// A3 at 300 dots an inch.
Report print(Stage& stage, const DrawnCity& city) {
  Report report = report_of(city, "print", "A3 at 300 dots an inch");
  report.what =
      "the whole map on A3 at 300 dots an inch (4,961 by 3,508), areas in memory, the rest by "
      "Cairo";
  constexpr double kDpi = 300.0 / 96.0;
  constexpr int kRepeat = 5;
  scene::Viewport view = peers_view(city);
  view.scale = kDpi;
  view.m_per_px *= kWidth / (4961 / kDpi);
  view.width_px = 4961 / kDpi;
  view.height_px = 3508 / kDpi;
  std::vector<double> times, walls;
  for (int k = 0; k < kRepeat; ++k)
    times.push_back(cpu_ms_of([&] {
      walls.push_back(ms_of([&] {
        auto list = build_map(content_of(city, stage.words), view, stage.measure);
        const render::Image image = render::render_image(list, view);
        DOORSTEP_ASSERT(image.width == 4961);
      }));
    }));
  report.ours_ms = spread_of(times);
  report.more = {{"wall_ms", spread_of(walls).p50},
                 {"least_wall_ms", *std::ranges::min_element(walls)}};
  return report;
}

/// Puts what a peer took, as FOLDER/peers.json tells, beside ours.
class Peers {
 public:
  explicit Peers(const std::filesystem::path& file) {
    std::error_code ignored;
    if (std::filesystem::exists(file, ignored))
      figures_ = nlohmann::json::parse(read_file(file), nullptr, false);
  }
  void put(const std::string& scene, Report& report) const {
    if (!figures_.is_object() || !figures_.contains(scene)) return;
    const auto& peer = figures_[scene];
    report.peer = peer.value("name", "");
    report.peer_ms = spread_of(peer.value("cpu_ms", std::vector<double>{0.0}));
  }

 private:
  nlohmann::json figures_;
};

std::vector<Report> run_scene(const Request& request, Progress&) {
  if (request.data.empty())
    throw Error("there is no city to draw", "--data",
                "name the folder with catch.geojson, schools.json, homes1m.f32, flows100k.f32");
  const Peers peers(std::filesystem::path(request.data) / "peers.json");
  constexpr std::size_t kHomes = 100000, kFlows = 10000, kAllHomes = 1000000, kAllFlows = 100000;
  Stage stage;
  std::vector<Report> out;
  {
    DrawnCity city;
    read_drawn_city(request.data, kHomes, kFlows, city);
    const scene::MapContent content = content_of(city, stage.words);
    const scene::Viewport middle = peers_view(city);
    out.push_back(at_rest(stage, city));
    peers.put("scene", out.back());
    const auto list = build_map(content, middle, stage.measure);
    out.push_back(moving(stage, city, report_of(city, "pan", "the map under a pan"), list, false));
    out.push_back(moving(stage, city, report_of(city, "zoom", "the map under pan and zoom at once"),
                         list, true));
    peers.put("scene", out.back());
    out.push_back(moving(stage, city,
                         report_of(city, "marks",
                                   "400 areas, 100,000 homes and 10,000 flows one by one, as the "
                                   "peers draw them, under pan and zoom"),
                         mark_by_mark(city, kHomes, kFlows), true));
    peers.put("scene", out.back());
    out.push_back(print(stage, city));
    peers.put("print", out.back());
  }
  DrawnCity city;
  PeakMemory peak;
  read_drawn_city(request.data, kAllHomes, kAllFlows, city);
  scene::MapContent content = content_of(city, stage.words);
  content.layers = {};
  content.layers.catchments = content.layers.campuses = content.layers.flows = false;
  content.layers.labels = content.layers.backdrop = false;
  scene::DisplayList homes;
  const double list_ms =
      cpu_ms_of([&] { homes = build_map(content, peers_view(city), stage.measure); });
  // Nothing but the homes, as the peer draws them.
  std::erase_if(homes.marks, [](const scene::Mark& mark) {
    return !std::holds_alternative<scene::ImageMark>(mark) &&
           !std::holds_alternative<scene::DotsMark>(mark);
  });
  out.push_back(moving(stage, city,
                       report_of(city, "homes", "a million homes alone under pan and zoom"), homes,
                       true));
  out.back().more.emplace_back("list_ms", list_ms);
  out.back().more.emplace_back("geometry_ms", city.geometry_ms);
  peers.put("points", out.back());
  out.push_back(at_rest(stage, city));
  out.back().name = "scene.rest_million";
  out.back().what = "the whole map of a million homes anew; processor time of all threads a frame";
  out.back().peak_mb = peak.mb();
  return out;
}

}  // namespace

Benchmark scene_benchmark() {
  return {"scene", "Drawing a frame off-screen, in processor time", run_scene};
}

}  // namespace doorstep::bench
