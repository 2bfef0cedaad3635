#include "io/raster/raster.h"

#include <cpl_conv.h>
#include <fmt/format.h>
#include <gdal_priv.h>
#include <ogr_spatialref.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/error.h"
#include "io/table/source.h"

namespace doorstep::io {
namespace {

/// A header may claim any size; beyond these no file of people or pictures goes.
constexpr int kMostSide = 1 << 24;
constexpr double kMostBlockBytes = 256.0 * (1 << 20);
constexpr int kMostBands = 512;
constexpr double kMostCellsInAll = 8e9;
constexpr int kMostCells = 1 << 22;
constexpr int kLeastCells = 1 << 16;

void refuse_monster(GDALDataset& data, const std::string& shown) {
  if (data.GetRasterCount() < 1) throw Error("has no band", shown, "name a raster of numbers");
  if (data.GetRasterXSize() > kMostSide || data.GetRasterYSize() > kMostSide)
    throw Error(fmt::format("claims {} by {} cells, more than {} a side", data.GetRasterXSize(),
                            data.GetRasterYSize(), kMostSide),
                shown, "cut out the part that is needed");
  if (1.0 * data.GetRasterXSize() * data.GetRasterYSize() > kMostCellsInAll)
    throw Error(fmt::format("claims {} by {} cells", data.GetRasterXSize(), data.GetRasterYSize()),
                shown, "cut out the part that is needed");
  if (data.GetRasterCount() > kMostBands)
    throw Error(fmt::format("claims {} bands, more than {}", data.GetRasterCount(), kMostBands),
                shown, "keep the bands of the age groups");
  int width = 0, height = 0;
  GDALRasterBand* band = data.GetRasterBand(1);
  band->GetBlockSize(&width, &height);
  double bytes = 1.0 * width * height * GDALGetDataTypeSizeBytes(band->GetRasterDataType());
  if (width < 1 || height < 1 || bytes > kMostBlockBytes)
    throw Error(fmt::format("is stored in blocks of {} by {} cells", width, height), shown,
                "write it again in tiles: gdal_translate -co TILED=YES");
}

std::string wkt_of(const GDALDataset& data) {
  const OGRSpatialReference* system = data.GetSpatialRef();
  if (system == nullptr) return "";
  char* wkt = nullptr;
  system->exportToWkt(&wkt);
  std::string text = wkt == nullptr ? "" : wkt;
  CPLFree(wkt);
  return text;
}

}  // namespace

struct Raster::Impl {
  OpenDataset data;
};

bool RasterGrid::same_cells(const RasterGrid& other) const {
  if (width != other.width || height != other.height) return false;
  // A thousandth of a cell, so that headers rounded apart still agree.
  double within = 1e-3 * std::max(std::abs(transform[1]), std::abs(transform[5]));
  Xy a = centre(0, 0), b = other.centre(0, 0);
  Xy c = centre(width - 1, height - 1), d = other.centre(width - 1, height - 1);
  return std::hypot(a.x - b.x, a.y - b.y) < within && std::hypot(c.x - d.x, c.y - d.y) < within;
}

Raster::Raster(const std::filesystem::path& path, std::string shown)
    : impl_(std::make_unique<Impl>()), shown_(std::move(shown)) {
  prepare_gdal();
  QuietGdal quiet;
  SourcePart part;
  part.kind = SourceKind::Raster;
  part.path = path.string();
  part.shown = shown_;
  impl_->data = open_raster(part);
  refuse_monster(*impl_->data, shown_);
  grid_.width = impl_->data->GetRasterXSize();
  grid_.height = impl_->data->GetRasterYSize();
  if (impl_->data->GetGeoTransform(grid_.transform.data()) != CE_None)
    throw Error("says nowhere where it lies", shown_, "export it as GeoTIFF with its position");
  grid_.crs = wkt_of(*impl_->data);
}

Raster::~Raster() = default;
Raster::Raster(Raster&&) noexcept = default;

int Raster::bands() const { return impl_->data->GetRasterCount(); }

std::string Raster::band_name(int band) const {
  return impl_->data->GetRasterBand(band)->GetDescription();
}

void Raster::read(int band, RasterBlock& window) const {
  QuietGdal quiet;
  window.values.resize(static_cast<std::size_t>(window.width) *
                       static_cast<std::size_t>(window.height));
  GDALRasterBand* source = impl_->data->GetRasterBand(band);
  if (source->RasterIO(GF_Read, window.column, window.row, window.width, window.height,
                       window.values.data(), window.width, window.height, GDT_Float64, 0, 0,
                       nullptr) != CE_None)
    throw Error(fmt::format("breaks off in row {}: {}", window.row + 1, last_gdal_message()),
                shown_, "the file is damaged; export it again");
  int given = 0;
  double nothing = source->GetNoDataValue(&given);
  // A no-data value of a float file is written in the header with other digits than in the cells.
  auto is_nothing = [&](double v) {
    return given != 0 && (v == nothing || (source->GetRasterDataType() == GDT_Float32 &&
                                           static_cast<float>(v) == static_cast<float>(nothing)));
  };
  for (double& v : window.values)
    if (is_nothing(v)) v = std::numeric_limits<double>::quiet_NaN();
}

std::vector<RasterBlock> Raster::windows() const {
  int width = 0, height = 0;
  impl_->data->GetRasterBand(1)->GetBlockSize(&width, &height);
  // Files in small blocks are read several at a time.
  while (width < grid_.width && 1.0 * width * height < kLeastCells) width *= 2;
  width = std::min(width, grid_.width);
  while (height < grid_.height && 1.0 * width * height < kLeastCells) height *= 2;
  height = std::min(std::min(height, grid_.height), std::max(1, kMostCells / width));
  std::vector<RasterBlock> out;
  for (int row = 0; row < grid_.height; row += height)
    for (int column = 0; column < grid_.width; column += width)
      out.push_back({column,
                     row,
                     std::min(width, grid_.width - column),
                     std::min(height, grid_.height - row),
                     {}});
  return out;
}

}  // namespace doorstep::io
