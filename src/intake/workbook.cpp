#include "intake/workbook.h"

#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <memory>

#include "base/error.h"

namespace doorstep::intake {

bool write_workbook(const std::filesystem::path& path, const std::vector<Sheet>& sheets) {
  GDALAllRegister();
  GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("XLSX");
  if (driver == nullptr || driver->GetMetadataItem(GDAL_DCAP_CREATE) == nullptr) return false;
  struct Close {
    void operator()(GDALDataset* data) const { GDALClose(data); }
  };
  std::unique_ptr<GDALDataset, Close> book(
      driver->Create(path.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
  auto check = [&](bool good) {
    if (!good) throw Error("cannot be written", path.filename().string(), "check free space");
  };
  check(book != nullptr);
  for (const Sheet& sheet : sheets) {
    OGRLayer* layer = book->CreateLayer(sheet.name.c_str(), nullptr, wkbNone, nullptr);
    check(layer != nullptr);
    for (const std::string& heading : sheet.headings) {
      OGRFieldDefn field(heading.c_str(), OFTString);
      check(layer->CreateField(&field) == OGRERR_NONE);
    }
    for (const auto& row : sheet.rows) {
      OGRFeature feature(layer->GetLayerDefn());
      for (std::size_t c = 0; c < row.size(); ++c)
        if (!row[c].empty()) feature.SetField(static_cast<int>(c), row[c].c_str());
      check(layer->CreateFeature(&feature) == OGRERR_NONE);
    }
  }
  book.reset();
  return std::filesystem::exists(path);
}

}  // namespace doorstep::intake
