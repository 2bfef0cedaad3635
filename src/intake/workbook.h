#pragma once
// Writes a workbook of text tables, one a sheet. GDAL stays in workbook.cpp. Internal to intake.

#include <filesystem>
#include <string>
#include <vector>

namespace doorstep::intake {

struct Sheet {
  std::string name;
  std::vector<std::string> headings;
  std::vector<std::vector<std::string>> rows;
};

/// Writes an .xlsx. Returns false where this GDAL cannot. Throws: Error where it breaks off.
bool write_workbook(const std::filesystem::path& path, const std::vector<Sheet>& sheets);

}  // namespace doorstep::intake
