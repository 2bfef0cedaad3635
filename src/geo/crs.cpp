#include "geo/crs.h"

#include <proj.h>

#include <array>
#include <cctype>
#include <cmath>
#include <limits>
#include <regex>
#include <set>

#include <fmt/format.h>

#include "base/error.h"

namespace doorstep {

namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

struct ContextDeleter {
  void operator()(PJ_CONTEXT* c) const { proj_context_destroy(c); }
};
struct PjDeleter {
  void operator()(PJ* p) const { proj_destroy(p); }
};
using Context = std::unique_ptr<PJ_CONTEXT, ContextDeleter>;
using Pj = std::unique_ptr<PJ, PjDeleter>;

Context make_context() {
  Context context(proj_context_create());
  proj_context_set_enable_network(context.get(), 0);
  proj_log_level(context.get(), PJ_LOG_NONE);
  return context;
}

/// What PROJ should read: "+init=epsg:4326" in today's form, PROJ strings marked as systems.
std::string prepared(const std::string& user_text) {
  std::string text = trimmed(user_text);
  static const std::regex init(R"(^\+init=epsg:(\d+)$)", std::regex::icase);
  std::smatch match;
  if (std::regex_match(text, match, init)) return "EPSG:" + match[1].str();
  if (text.starts_with("+") && text.find("+type=crs") == std::string::npos) text += " +type=crs";
  return text;
}

/// A place's file must not make PROJ open files of its choice. The null grid of web Mercator's
/// usual WKT is none.
void refuse_files(const std::string& text) {
  static const std::regex null_grid(R"(nadgrids=@null)", std::regex::icase);
  static const std::regex file(R"((nadgrids|geoidgrids|grids|init|file)=)", std::regex::icase);
  if (std::regex_search(std::regex_replace(text, null_grid, ""), file))
    throw Error("coordinate system names a file", text.substr(0, 60),
                "write an EPSG code, e.g. EPSG:4547");
}

[[noreturn]] void unknown_crs(const std::string& user_text) {
  std::string text = trimmed(user_text);
  bool bare = !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
  std::string shown = text.size() > 60 ? text.substr(0, 60) + "…" : text;
  throw Error("unknown coordinate system", shown,
              bare ? "write EPSG:" + text
                   : "write an EPSG code such as EPSG:4547, a PROJ string or WKT; for GCJ-02 and "
                     "BD-09 name the datum instead");
}

/// PROJ takes the nearest name that it knows, so that "foo" becomes some system or other: only
/// whole names and aliases count. Codes, PROJ strings, WKT and URNs are none.
bool is_unknown_name(PJ_CONTEXT* context, const std::string& text) {
  if (text.find_first_of(":+[{=") != std::string::npos) return false;
  static const std::set<std::string> kOfProj{"WGS84", "WGS72", "NAD27", "NAD83", "OSGB36"};
  std::string upper = text;
  for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  if (kOfProj.count(upper) > 0) return false;
  PJ_OBJ_LIST* found =
      proj_create_from_name(context, nullptr, text.c_str(), nullptr, 0, 0, 1, nullptr);
  const int count = found == nullptr ? 0 : proj_list_get_count(found);
  proj_list_destroy(found);
  return count == 0;
}

/// The horizontal system inside compound and bound ones.
Pj horizontal(PJ_CONTEXT* context, Pj crs) {
  for (;;) {
    PJ_TYPE type = proj_get_type(crs.get());
    if (type == PJ_TYPE_COMPOUND_CRS)
      crs.reset(proj_crs_get_sub_crs(context, crs.get(), 0));
    else if (type == PJ_TYPE_BOUND_CRS)
      crs.reset(proj_get_source_crs(context, crs.get()));
    else
      return crs;
    if (!crs) return crs;
  }
}

double unit_of(PJ_CONTEXT* context, const PJ* crs) {
  Pj system(proj_crs_get_coordinate_system(context, crs));
  double factor = 1.0;
  if (system)
    proj_cs_get_axis_info(context, system.get(), 0, nullptr, nullptr, nullptr, &factor, nullptr,
                          nullptr, nullptr);
  return factor;
}

}  // namespace

Crs::Crs(const std::string& user_text) : text_(prepared(user_text)) {
  refuse_files(text_);
  Context context = make_context();
  Pj whole(text_.empty() ? nullptr : proj_create(context.get(), text_.c_str()));
  if (!whole || !proj_is_crs(whole.get()) || is_unknown_name(context.get(), text_))
    unknown_crs(user_text);
  const char* name = proj_get_name(whole.get());
  name_ = name ? name : "unknown";
  const char* wkt = proj_as_wkt(context.get(), whole.get(), PJ_WKT2_2019, nullptr);
  wkt_ = wkt ? wkt : "";
  Pj flat = horizontal(context.get(), std::move(whole));
  PJ_TYPE type = flat ? proj_get_type(flat.get()) : PJ_TYPE_UNKNOWN;
  geographic_ = type == PJ_TYPE_GEOGRAPHIC_2D_CRS || type == PJ_TYPE_GEOGRAPHIC_3D_CRS;
  if (!geographic_ && type != PJ_TYPE_PROJECTED_CRS)
    throw Error("coordinate system is neither geographic nor projected", name_,
                "a survey in a local grid needs control points; give a known system");
  if (!geographic_) metres_per_unit_ = unit_of(context.get(), flat.get());
}

bool is_geographic(const Crs& crs) { return crs.is_geographic(); }

struct Transformer::Impl {
  Context context = make_context();
  Pj way;
  std::string label;
};

Transformer::Transformer(const Crs& from, const Crs& to) : impl_(std::make_unique<Impl>()) {
  PJ_CONTEXT* context = impl_->context.get();
  impl_->label = from.name() + " → " + to.name();
  Pj raw(proj_create_crs_to_crs(context, from.text().c_str(), to.text().c_str(), nullptr));
  if (raw) impl_->way.reset(proj_normalize_for_visualization(context, raw.get()));
  if (!impl_->way)
    throw Error("no way between the two coordinate systems", impl_->label,
                "check that both name the system the data are in");
}

Transformer::~Transformer() = default;
Transformer::Transformer(Transformer&&) noexcept = default;
Transformer& Transformer::operator=(Transformer&&) noexcept = default;

std::size_t Transformer::transform(std::span<Xy> points) const {
  if (points.empty()) return 0;
  proj_errno_reset(impl_->way.get());
  proj_trans_generic(impl_->way.get(), PJ_FWD, &points[0].x, sizeof(Xy), points.size(),
                     &points[0].y, sizeof(Xy), points.size(), nullptr, 0, 0, nullptr, 0, 0);
  std::size_t failed = 0;
  for (Xy& p : points) {
    if (std::isfinite(p.x) && std::isfinite(p.y)) continue;
    p = {kNan, kNan};
    ++failed;
  }
  return failed;
}

std::size_t Transformer::transform(std::span<LonLat> points) const {
  std::vector<Xy> plain;
  plain.reserve(points.size());
  for (LonLat p : points) plain.push_back({p.lon, p.lat});
  std::size_t failed = transform(std::span<Xy>(plain));
  for (std::size_t i = 0; i < plain.size(); ++i) points[i] = {plain[i].x, plain[i].y};
  return failed;
}

Xy Transformer::transform(Xy p) const {
  Xy result = p;
  if (transform(std::span<Xy>(&result, 1)) > 0)
    throw Error("point cannot be transformed", fmt::format("({}, {})", p.x, p.y),
                impl_->label + "; check the coordinate system and the order of the axes");
  return result;
}

Xy Transformer::to_xy(LonLat p) const { return transform(Xy{p.lon, p.lat}); }

LonLat Transformer::to_lonlat(Xy p) const {
  Xy q = transform(p);
  return {q.x, q.y};
}

bool is_ballpark(const Crs& from, const Crs& to, LonLat at) {
  // PROJ has no way between these two at all; in truth they agree to a metre.
  auto of_today = [](const Crs& crs) {
    return crs.wkt().find("China Geodetic Coordinate System 2000") != std::string::npos ||
           crs.wkt().find("China_2000") != std::string::npos ||
           crs.wkt().find("World Geodetic System 1984") != std::string::npos;
  };
  if (of_today(from) && of_today(to)) return false;
  struct ListDeleter {
    void operator()(PJ_OBJ_LIST* l) const { proj_list_destroy(l); }
  };
  struct FactoryDeleter {
    void operator()(PJ_OPERATION_FACTORY_CONTEXT* f) const {
      proj_operation_factory_context_destroy(f);
    }
  };
  Context context = make_context();
  PJ_CONTEXT* c = context.get();
  Pj source(proj_create(c, from.text().c_str()));
  Pj target(proj_create(c, to.text().c_str()));
  std::unique_ptr<PJ_OPERATION_FACTORY_CONTEXT, FactoryDeleter> factory(
      proj_create_operation_factory_context(c, nullptr));
  if (!source || !target || !factory) return true;
  constexpr double kAround = 0.01;  // degrees
  proj_operation_factory_context_set_area_of_interest(
      c, factory.get(), at.lon - kAround, at.lat - kAround, at.lon + kAround, at.lat + kAround);
  proj_operation_factory_context_set_spatial_criterion(c, factory.get(),
                                                       PROJ_SPATIAL_CRITERION_STRICT_CONTAINMENT);
  std::unique_ptr<PJ_OBJ_LIST, ListDeleter> ways(
      proj_create_operations(c, source.get(), target.get(), factory.get()));
  if (!ways || proj_list_get_count(ways.get()) == 0) return true;
  Pj best(proj_list_get(c, ways.get(), 0));
  return !best || proj_coordoperation_has_ballpark_transformation(c, best.get()) != 0;
}

namespace {

/// Coarse outline of the mainland, Hainan and the Xisha islands, drawn generously to the sea. It
/// only chooses a projection: on the wrong side of it the other projection is as good.
constexpr std::array<LonLat, 78> kMainland{{
    {73.4, 39.4},  {74.0, 40.6},  {76.5, 40.8},  {80.1, 42.2},  {80.2, 45.0},  {82.4, 45.4},
    {83.0, 47.3},  {85.4, 47.2},  {85.7, 48.5},  {87.0, 49.2},  {88.1, 49.0},  {91.1, 46.6},
    {91.0, 45.3},  {95.5, 44.4},  {96.4, 42.8},  {101.8, 42.7}, {105.0, 41.7}, {107.5, 42.5},
    {110.0, 42.8}, {112.1, 43.8}, {111.7, 45.1}, {114.0, 45.0}, {116.0, 46.4}, {119.8, 46.8},
    {118.5, 48.0}, {115.6, 47.8}, {116.7, 49.9}, {119.3, 50.2}, {120.2, 53.0}, {121.0, 53.4},
    {123.5, 53.7}, {126.1, 52.9}, {127.6, 50.4}, {130.5, 49.0}, {131.1, 47.8}, {134.8, 48.5},
    {133.2, 45.1}, {131.1, 44.9}, {131.3, 43.5}, {130.6, 42.4}, {129.9, 43.0}, {128.1, 42.0},
    {126.9, 41.8}, {126.0, 40.9}, {124.5, 40.1}, {124.0, 39.4}, {123.0, 36.5}, {121.5, 34.0},
    {123.5, 31.0}, {123.0, 28.5}, {120.3, 25.8}, {118.6, 24.3}, {117.6, 23.0}, {115.0, 22.0},
    {111.5, 20.0}, {113.5, 17.5}, {113.0, 15.6}, {111.0, 15.6}, {108.6, 17.0}, {108.0, 21.5},
    {106.6, 22.0}, {105.3, 23.3}, {104.0, 22.6}, {102.5, 22.5}, {101.8, 21.0}, {100.0, 21.4},
    {99.0, 22.1},  {98.8, 23.3},  {97.5, 23.8},  {97.6, 25.0},  {98.7, 27.6},  {92.0, 27.7},
    {88.9, 27.3},  {86.0, 27.8},  {81.2, 30.0},  {78.5, 32.0},  {77.8, 35.4},  {74.8, 37.2},
}};
/// Hong Kong and Macao plan on systems of their own; UTM serves there.
constexpr std::array<LonLat, 7> kHongKong{{{113.82, 22.13},
                                           {114.50, 22.13},
                                           {114.45, 22.53},
                                           {114.20, 22.55},
                                           {114.06, 22.50},
                                           {113.93, 22.44},
                                           {113.82, 22.35}}};
constexpr std::array<LonLat, 4> kMacao{
    {{113.528, 22.10}, {113.60, 22.10}, {113.60, 22.212}, {113.528, 22.212}}};

bool inside(std::span<const LonLat> ring, LonLat p) {
  bool in = false;
  for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
    LonLat a = ring[i];
    LonLat b = ring[j];
    if ((a.lat > p.lat) != (b.lat > p.lat) &&
        p.lon < (b.lon - a.lon) * (p.lat - a.lat) / (b.lat - a.lat) + a.lon)
      in = !in;
  }
  return in;
}

}  // namespace

std::string suggest_projected(LonLat centre) {
  if (inside(kMainland, centre) && !inside(kHongKong, centre) && !inside(kMacao, centre)) {
    int meridian = 3 * static_cast<int>(std::lround(centre.lon / 3.0));
    meridian = std::clamp(meridian, 75, 135);
    return fmt::format("EPSG:{}", 4534 + (meridian - 75) / 3);
  }
  if (centre.lat > 84.0) return "EPSG:5041";
  if (centre.lat < -80.0) return "EPSG:5042";
  int zone = static_cast<int>(std::floor((centre.lon + 180.0) / 6.0)) + 1;
  zone = std::clamp(zone, 1, 60);
  return fmt::format("EPSG:{}", (centre.lat >= 0.0 ? 32600 : 32700) + zone);
}

std::string display_name(const Crs& crs, Language language) {
  bool zh = language == Language::Chinese;
  std::smatch m;
  static const std::regex kruger_zone(R"(^(.+) / (3|6)-degree Gauss-Kruger zone (\d+)$)");
  if (std::regex_match(crs.name(), m, kruger_zone))
    return fmt::format(fmt::runtime(zh ? "{} / {}°带 {}" : "{} / {}° zone {}"), m[1].str(),
                       m[2].str(), m[3].str());
  static const std::regex kruger_cm(R"(^(.+) / (3-degree )?Gauss-Kruger CM (\d+)E$)");
  if (std::regex_match(crs.name(), m, kruger_cm))
    return fmt::format(fmt::runtime(zh ? "{} / {}°带 {}°E" : "{} / {}° zone at {}°E"), m[1].str(),
                       m[2].matched ? 3 : 6, m[3].str());
  static const std::regex utm(R"(^(.+) / UTM zone (\d+[NS])$)");
  if (std::regex_match(crs.name(), m, utm))
    return fmt::format("{} / UTM {}", m[1].str(), m[2].str());
  return crs.name() == "unknown" ? crs.text() : crs.name();
}

std::string proj_version() { return proj_info().version; }

}  // namespace doorstep
