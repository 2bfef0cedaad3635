#include "io/osm/features.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "geo/crs.h"
#include "io/osm/position_grid.h"
#include "io/osm/raw.h"
#include "io/osm/rings.h"

namespace doorstep::io {
namespace {

using enum OsmKey;

std::string text(const OsmTags& tags, OsmKey key) { return std::string(tags[key]); }

/// The number a tag begins with; nothing where it begins with none.
std::optional<double> number(std::string_view value) {
  double out = 0.0;
  auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), out);
  return error == std::errc() && out >= 0.0 && out < 1e6 ? std::optional(out) : std::nullopt;
}

OsmNames names_of(const OsmTags& tags) {
  return {text(tags, OsmKey::Name), text(tags, NameZh), text(tags, NameEn)};
}

std::string grades_of(const OsmTags& tags) {
  if (tags.has(Grades)) return text(tags, Grades);
  if (!tags.has(MinAge) && !tags.has(MaxAge)) return "";
  return fmt::format("age {}-{}", tags[MinAge], tags[MaxAge]);
}

class FeatureReader {
 public:
  FeatureReader(const std::filesystem::path& path, const std::string& crs) {
    out_.value.crs = crs;
    raw_ = read_osm_raw(path, {{false, false, true}, 0}, counts_);
    file_ = path.filename().string();
  }

  Loaded<OsmFeatures> read() {
    project();
    for (std::size_t i = 0; i < raw_.points.size(); ++i) add_point(i);
    for (const OsmWay& way : raw_.ways) add_way(way);
    for (const OsmRelation& relation : raw_.relations) add_relation(relation);
    report();
    return std::move(out_);
  }

 private:
  void project() {
    Box box;
    auto see = [&](OsmPosition p) {
      if (p.known() && p.on_globe()) box.add(Xy{p.degrees().lon, p.degrees().lat});
    };
    std::vector<OsmPosition> of_points;
    for (OsmPosition p : raw_.positions) see(p);
    for (const OsmPoint& p : raw_.points) {
      see(p.position);
      of_points.push_back(p.position);
    }
    if (!box.empty()) out_.value.centre = {box.centre().x, box.centre().y};
    if (out_.value.crs.empty()) out_.value.crs = suggest_projected(out_.value.centre);
    Crs crs(out_.value.crs);
    raw_.set_coordinates(project_positions(raw_.positions, crs, 0));
    point_at_ = project_positions(of_points, crs, 0);
    to_degrees_.emplace(crs, Crs("EPSG:4326"));
  }

  void add_point(std::size_t i) {
    const OsmPoint& p = raw_.points[i];
    OsmTags tags = raw_.tags_of(p);
    if (!is_school(tags)) return;
    if (point_at_[i].x != point_at_[i].x) {
      ++lost_;
      return;
    }
    add_school({'n', p.id}, tags, point_at_[i], {});
    out_.value.schools.back().position = p.position.degrees();
  }

  void add_way(const OsmWay& way) {
    OsmTags tags = raw_.tags_of(way);
    bool boundary = tags.is(Boundary, "administrative");
    if (!is_school(tags) && !is_residential(tags) && !boundary) return;
    MultiPolygon area = area_of(raw_, way);
    if (area.empty()) {
      // Borders are mostly single lines whose areas are relations.
      if (!boundary) ++lost_;
      return;
    }
    add_area({'w', way.id}, tags, std::move(area), true);
  }

  void add_relation(const OsmRelation& relation) {
    AssembledArea found = area_of(raw_, relation);
    OsmTags tags = raw_.tags_of(relation);
    bool boundary = tags.is(Boundary, "administrative");
    if (found.area.empty() && !boundary) {
      ++lost_;
      return;
    }
    add_area({'r', relation.id}, tags, std::move(found.area), found.complete);
  }

  void add_area(OsmRef ref, const OsmTags& tags, MultiPolygon area, bool complete) {
    if (tags.is(Boundary, "administrative")) {
      add_boundary(ref, tags, area, complete);
    }
    if (area.empty()) return;
    Xy inside = point_inside(area);
    if (is_school(tags)) {
      add_school(ref, tags, inside, std::move(area));
    } else if (is_residential(tags)) {
      bool building = !tags.is(Landuse, "residential");
      out_.value.residential.push_back({ref, building, text(tags, building ? Building : Landuse),
                                        names_of(tags), number(tags[BuildingLevels]).value_or(0.0),
                                        inside, std::move(area)});
    }
  }

  void add_boundary(OsmRef ref, const OsmTags& tags, const MultiPolygon& area, bool complete) {
    if (!complete) ++cut_;
    std::string code = text(tags, RefCn);
    if (code.empty()) code = text(tags, RefIne);
    if (code.empty()) code = text(tags, Ref);
    int level = static_cast<int>(number(tags[AdminLevel]).value_or(0.0));
    out_.value.boundaries.push_back({ref, level, names_of(tags), code, area, complete});
  }

  void add_school(OsmRef ref, const OsmTags& tags, Xy at, MultiPolygon area) {
    OsmSchool school;
    school.ref = ref;
    school.kindergarten = tags.is(Amenity, "kindergarten");
    school.names = names_of(tags);
    school.operator_name = text(tags, Operator);
    school.operator_type = text(tags, OperatorType);
    school.isced_level = text(tags, tags.has(Isced) ? Isced : SchoolIsced);
    school.grades = grades_of(tags);
    if (auto seats = number(tags[Capacity])) school.capacity = static_cast<int>(*seats);
    school.at = at;
    school.position = to_degrees_->to_lonlat(at);
    school.area = std::move(area);
    out_.value.schools.push_back(std::move(school));
  }

  void report() {
    const OsmFeatures& f = out_.value;
    auto kindergartens = std::ranges::count_if(f.schools, &OsmSchool::kindergarten);
    InputRef at{file_, 0, {}};
    out_.findings.info(
        "osm.features",
        fmt::format("{} schools, {} kindergartens, {} residential areas and buildings, {} "
                    "administrative boundaries",
                    f.schools.size() - static_cast<std::size_t>(kindergartens), kindergartens,
                    f.residential.size(), f.boundaries.size()),
        at);
    if (cut_ > 0) {
      out_.findings.info("osm.cut_boundaries",
                         fmt::format("{} boundaries reach beyond the extract", cut_), at,
                         "take a larger extract for their whole area");
    }
    if (lost_ > 0) {
      out_.findings.warning("osm.lost_features",
                            fmt::format("{} schools or residential areas do not close or have no "
                                        "position; they are left out",
                                        lost_),
                            at, "as at the border of an extract");
    }
  }

  Loaded<OsmFeatures> out_;
  OsmRaw raw_;
  OsmCounts counts_;
  std::string file_;
  std::vector<Xy> point_at_;
  std::optional<Transformer> to_degrees_;
  std::size_t cut_ = 0;
  std::size_t lost_ = 0;
};

}  // namespace

Loaded<OsmFeatures> read_osm_features(const std::filesystem::path& path, const std::string& crs) {
  return FeatureReader(path, crs).read();
}

}  // namespace doorstep::io
