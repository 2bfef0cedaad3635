// Homes from rasters of people: each cell with children, or each square of a coarser grid, becomes
// a home. Rasters are read window by window, so that a large file needs little memory.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <optional>

#include "base/error.h"
#include "base/text.h"
#include "io/place/context.h"
#include "io/raster/raster.h"

namespace doorstep::io {
namespace {

/// Ages whose people a band holds, and the share of them that is meant.
struct BandAges {
  std::size_t raster = 0;
  int band = 1;
  int first = 0;
  int last = 0;
  double share = 1.0;
};

/// People of one home to be, by entry of the band list, with the middle of where they live.
struct Cell {
  std::vector<double> people;
  double weight = 0.0;
  Xy sum;
};

class RasterHomes {
 public:
  RasterHomes(PlaceContext& context, Section& section)
      : context_(&context),
        crs_(section.text("crs")),
        datum_(section.text("datum", "wgs84")),
        cell_m_(section.number("cell_m", 0.0)) {
    if (cell_m_ < 0 || (cell_m_ > 0 && cell_m_ < 1))
      section.refuse("cell_m", "must be 1 or more", "for example 250; leave it out for the file's");
    if (section.has("raster")) open_one(section);
    for (Section& part : section.sections("rasters")) open_part(part);
    section.finish(context.findings);
    for (const Raster& r : rasters_)
      if (cell_m_ == 0 && !r.grid().same_cells(rasters_.front().grid()))
        section.refuse("cell_m", r.shown() + " has other cells than " + rasters_.front().shown(),
                       "write cell_m: a grid in metres that takes both up");
  }

  void read() {
    for (std::size_t i = 0; i < rasters_.size(); ++i) read_raster(i);
    make_homes();
    report();
  }

 private:
  /// raster = "pop.tif" with bands = { "1" = [0, 4] }, or ages and share for one band of all
  /// people.
  void open_one(Section& section) {
    std::size_t index = open(section, "raster");
    if (auto bands = section.section("bands")) {
      for (const std::string& key : bands->keys()) {
        auto ages = bands->pair(key);
        if (!ages) bands->refuse(key, "must be two ages", "write [5, 9]");
        add_band(*bands, key, index, band_of(*bands, key, index), *ages, 1.0);
      }
      return;
    }
    add_total(section, index);
  }

  /// [[homes.rasters]] file = …, ages = […]: a file an age group.
  void open_part(Section& part) {
    add_total(part, open(part, "file"));
    part.finish(context_->findings);
  }

  void add_total(Section& section, std::size_t index) {
    auto ages = section.pair("ages");
    if (!ages)
      section.refuse("ages", "is missing", "write ages = [0, 14], or bands = { \"1\" = [0, 4] }");
    double share = section.number("share", 1.0);
    if (share <= 0 || share > 1) section.refuse("share", "must lie in (0, 1]", "");
    std::string source = section.text("share_source");
    std::string mark = section.text("share_mark", "assumed");
    int band = section.integer("band", 1);
    if (share < 1)
      context_->findings.info(
          "children-by-share",
          fmt::format("children are {} of the people of {} ({}: {})", share,
                      rasters_[index].shown(), mark, source.empty() ? "no source given" : source),
          section.at("share"));
    add_band(section, "ages", index, band, *ages, share);
  }

  std::size_t open(Section& section, const std::string& key) {
    ResolvedFile file = resolve_file(context_->folder, section, key);
    record_source(*context_, section, file, "homes");
    rasters_.emplace_back(file.path, file.shown);
    return rasters_.size() - 1;
  }

  /// A band by its number or its description.
  int band_of(Section& bands, const std::string& key, std::size_t index) const {
    const Raster& raster = rasters_[index];
    double number = 0;
    if (parse_number(key, number) && number == std::floor(number) && std::abs(number) < 1e6)
      return static_cast<int>(number);
    std::vector<std::string> names;
    for (int b = 1; b <= raster.bands(); ++b) {
      names.push_back(raster.band_name(b));
      if (names.back() == key) return b;
    }
    bands.refuse(
        key, raster.shown() + " has no band \"" + key + "\"",
        fmt::format(
            "its bands are 1 to {}: {}", raster.bands(),
            fmt::join(names.begin(),
                      names.begin() + std::min<std::ptrdiff_t>(12, std::ssize(names)), ", ")));
  }

  void add_band(Section& section, const std::string& key, std::size_t index, int band,
                std::pair<double, double> ages, double share) {
    const Raster& raster = rasters_[index];
    if (band < 1 || band > raster.bands())
      section.refuse(key, fmt::format("{} has no band {}", raster.shown(), band),
                     fmt::format("it has {}", raster.bands()));
    BandAges b{index, band, static_cast<int>(ages.first), static_cast<int>(ages.second), share};
    if (ages.first != b.first || ages.second != b.last || b.first < 0 || b.last < b.first ||
        b.last > 120)
      section.refuse(key, fmt::format("{} to {} are no ages", ages.first, ages.second),
                     "write whole years, the younger first");
    for (const BandAges& other : bands_)
      if (other.first <= b.last && b.first <= other.last)
        section.refuse(key,
                       fmt::format("ages {} to {} are given twice", std::max(b.first, other.first),
                                   std::min(b.last, other.last)),
                       "give each age to one band");
    bands_.push_back(b);
  }

  void read_raster(std::size_t index) {
    const Raster& raster = rasters_[index];
    std::string crs = !crs_.empty() ? crs_ : raster.grid().crs;
    if (crs.empty())
      throw Error("does not say its coordinate system", raster.shown(), "give it as crs");
    PointMover move(crs, datum_, context_->place.crs, raster.shown());
    for (RasterBlock window : raster.windows())
      for (std::size_t b = 0; b < bands_.size(); ++b) {
        if (bands_[b].raster != index) continue;
        raster.read(bands_[b].band, window);
        take(raster, window, b, move);
      }
  }

  void take(const Raster& raster, const RasterBlock& window, std::size_t b,
            const PointMover& move) {
    for (int r = 0; r < window.height; ++r)
      for (int c = 0; c < window.width; ++c) {
        double people = window.at(c, r);
        if (std::isnan(people) || people == 0) continue;
        Xy at = move(raster.grid().centre(window.column + c, window.row + r));
        if (!(people > 0) || !std::isfinite(people)) {
          refuse_cell(raster, people, at);
          continue;
        }
        if (!std::isfinite(at.x) || !std::isfinite(at.y)) {
          ++outside_;
          continue;
        }
        people *= bands_[b].share;
        people_ += people;
        add(key_of(at, window.column + c, window.row + r), b, people, at);
      }
  }

  void refuse_cell(const Raster& raster, double people, Xy at) {
    if (wrong_++ > 0) return;
    wrong_first_ = {raster.shown(), 0, ""};
    wrong_value_ = people;
    if (std::isfinite(at.x) && std::isfinite(at.y)) wrong_spot_ = MapSpot{at.x, at.y};
  }

  using Key = std::pair<long long, long long>;  ///< row, then column, as codes say them
  [[nodiscard]] Key key_of(Xy at, int column, int row) const {
    if (cell_m_ == 0) return {row + 1, column + 1};
    return {std::llround(std::floor(at.y / cell_m_)), std::llround(std::floor(at.x / cell_m_))};
  }

  void add(Key key, std::size_t b, double people, Xy at) {
    constexpr std::size_t kMostHomes = 2000000;
    auto [cell, added] = cells_.try_emplace(key);
    if (added) {
      if (cells_.size() > kMostHomes)
        throw Error(fmt::format("has more than {} cells with people", kMostHomes),
                    rasters_.front().shown(), "write cell_m = 250, or cut out the place");
      cell->second.people.resize(bands_.size());
    }
    cell->second.people[b] += people;
    cell->second.weight += people;
    cell->second.sum = cell->second.sum + at * people;
  }

  void make_homes() {
    Place& place = context_->place;
    const ChildTable& table = place.children;
    std::size_t row = table.classes * static_cast<std::size_t>(table.ages);
    for (const auto& [key, cell] : cells_) {
      bool any = false;
      for (std::size_t b = 0; b < bands_.size(); ++b)
        any |= cell.people[b] > 0 && bands_[b].first < table.ages;
      if (!any) continue;
      HomeId id(place.homes.size());
      std::string code = cell_m_ > 0 ? fmt::format("x{}y{}", key.second, key.first)
                                     : fmt::format("r{}c{}", key.first, key.second);
      if (!context_->homes.add(place.homes, code))
        throw Error("two rasters of homes give the code " + code, rasters_.front().shown(),
                    "put them under one [homes] with [[homes.rasters]]");
      place.homes.push_back(
          {code, cell.sum * (1.0 / cell.weight), {}, {rasters_.front().shown(), 0, code}});
      place.children.count.resize(place.homes.size() * row);
      for (std::size_t b = 0; b < bands_.size(); ++b) put(id, bands_[b], cell.people[b]);
    }
    if (place.homes.empty())
      throw Error("has no cell with children", rasters_.front().shown(),
                  "check its bands, ages and no-data value");
  }

  /// Spread evenly over the ages of the band; those older than any pupil are not children here.
  void put(HomeId home, const BandAges& band, double people) {
    double each = people / (band.last - band.first + 1);
    for (int age = band.first; age <= band.last; ++age) {
      if (age < context_->place.children.ages)
        context_->place.children.at(home, ClassId(0), age) += each;
      else
        older_ += each;
    }
  }

  void report() const {
    Diagnostics& out = context_->findings;
    InputRef at{rasters_.front().shown(), 0, ""};
    out.info(
        "homes-from-raster",
        fmt::format(
            "{} people of {} bands became {} homes{}{}", grouped(people_, 1), bands_.size(),
            cells_.size(), cell_m_ > 0 ? fmt::format(" of {} m by {} m", cell_m_, cell_m_) : "",
            older_ > 0 ? fmt::format("; {} are older than any pupil", grouped(older_, 1)) : ""),
        at);
    if (wrong_ > 0) {
      Diagnostic& d =
          out.warning("raster-negative",
                      fmt::format("{} cells hold fewer than no people or no number, first {}",
                                  wrong_, wrong_value_),
                      wrong_first_, "set the file's no-data value: gdal_edit.py -a_nodata");
      d.done = Done::Skipped;
      d.spot = wrong_spot_;
    }
    if (outside_ > 0)
      out.warning(
             "position-outside",
             fmt::format("{} cells lie where {} is not defined", outside_, context_->place.crs), at,
             "check the crs, or cut out the place")
          .done = Done::Skipped;
  }

  PlaceContext* context_;
  std::string crs_, datum_;
  double cell_m_;
  std::vector<Raster> rasters_;
  std::vector<BandAges> bands_;
  std::map<Key, Cell> cells_;
  double people_ = 0.0, older_ = 0.0, wrong_value_ = 0.0;
  long wrong_ = 0, outside_ = 0;
  InputRef wrong_first_;
  std::optional<MapSpot> wrong_spot_;
};

}  // namespace

void read_raster_homes(PlaceContext& context, Section section) {
  RasterHomes(context, section).read();
}

}  // namespace doorstep::io
