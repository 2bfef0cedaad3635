#include "io/raster/picture.h"

#include <cpl_string.h>
#include <fmt/format.h>
#include <gdal_priv.h>
#include <gdal_utils.h>
#include <ogr_spatialref.h>

#include "base/error.h"
#include "io/raster/raster.h"
#include "io/table/source.h"

namespace doorstep::io {
namespace {

/// A picture of palette colours as one of red, green, blue and alpha; others as they are.
OpenDataset with_colours(OpenDataset data, const std::string& shown) {
  for (int b = 1; b <= data->GetRasterCount(); ++b)
    if (data->GetRasterBand(b)->GetRasterDataType() != GDT_Byte)
      throw Error("is no picture: its cells are not bytes", shown,
                  "make one of it: gdal_translate -ot Byte -scale");
  if (data->GetRasterCount() > 4)
    throw Error(fmt::format("has {} bands, a picture has 1 to 4", data->GetRasterCount()), shown,
                "keep red, green and blue: gdal_translate -b 1 -b 2 -b 3");
  if (data->GetRasterBand(1)->GetColorTable() == nullptr || data->GetRasterCount() != 1)
    return data;
  CPLStringList words;
  for (const char* word : {"-of", "MEM", "-expand", "rgba"}) words.AddString(word);
  GDALTranslateOptions* options = GDALTranslateOptionsNew(words.List(), nullptr);
  // A palette is read whole: such pictures are scans of a sheet, not of a province.
  constexpr double kMostCells = 4e8;
  bool small = 1.0 * data->GetRasterXSize() * data->GetRasterYSize() <= kMostCells;
  OpenDataset expanded(small ? GDALDataset::FromHandle(GDALTranslate(
                                   "", GDALDataset::ToHandle(data.get()), options, nullptr))
                             : nullptr);
  GDALTranslateOptionsFree(options);
  if (!expanded)
    throw Error("is a picture of palette colours that cannot be read", shown,
                "make it RGB: gdal_translate -expand rgb");
  return expanded;
}

OpenDataset warped(GDALDataset& source, const std::string& crs, const Box& box, int width,
                   int height) {
  CPLStringList words;
  auto add = [&](std::initializer_list<std::string> list) {
    for (const std::string& word : list) words.AddString(word.c_str());
  };
  auto number = [](double v) { return fmt::format("{:.6f}", v); };
  add({"-of", "MEM", "-t_srs", crs, "-r", "bilinear", "-dstalpha", "-ovr", "AUTO"});
  add({"-te", number(box.min.x), number(box.min.y), number(box.max.x), number(box.max.y)});
  add({"-ts", std::to_string(width), std::to_string(height)});
  GDALWarpAppOptions* options = GDALWarpAppOptionsNew(words.List(), nullptr);
  GDALDatasetH in = GDALDataset::ToHandle(&source);
  OpenDataset out(GDALDataset::FromHandle(GDALWarp("", nullptr, 1, &in, options, nullptr)));
  GDALWarpAppOptionsFree(options);
  return out;
}

}  // namespace

RgbaImage read_picture(const std::filesystem::path& path, const std::string& shown,
                       const std::string& crs, const Box& box, int width, int height) {
  Raster checked(path, shown);  // refuses what cannot be meant, and what lies nowhere
  if (checked.grid().crs.empty())
    throw Error("does not say its coordinate system", shown, "export it again with its system");
  QuietGdal quiet;
  SourcePart part;
  part.kind = SourceKind::Raster;
  part.path = path.string();
  part.shown = shown;
  OpenDataset source = with_colours(open_raster(part), shown);
  OpenDataset target = warped(*source, crs, box, width, height);
  if (!target)
    throw Error("cannot be brought to the map: " + last_gdal_message(), shown,
                "check its coordinate system");
  RgbaImage out{width, height, {}};
  auto cells = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
  out.rgba.assign(cells * 4, 255);
  // One band and alpha: grey. The last band is alpha, as -dstalpha made it.
  int bands = target->GetRasterCount();
  for (int channel = 0; channel < 4; ++channel) {
    int band = channel == 3 ? bands : bands < 4 ? 1 : channel + 1;
    if (target->GetRasterBand(band)->RasterIO(GF_Read, 0, 0, width, height,
                                              out.rgba.data() + channel, width, height, GDT_Byte, 4,
                                              4 * width, nullptr) != CE_None)
      throw Error("breaks off: " + last_gdal_message(), shown, "export it again");
  }
  return out;
}

}  // namespace doorstep::io
