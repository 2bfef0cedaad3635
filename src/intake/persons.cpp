#include "intake/persons.h"

#include <array>

#include "base/error.h"
#include "base/text.h"
#include "intake/survey.h"

namespace doorstep::intake {

void refuse_persons(const std::filesystem::path& file, const std::string& shown) {
  constexpr std::array kTables{".csv",  ".tsv",  ".txt", ".xlsx",    ".xls",    ".ods", ".dbf",
                               ".gpkg", ".json", ".shp", ".geojson", ".sqlite", ".zip", ".gz"};
  const std::string extension = lower_ascii(file.extension().string());
  if (std::ranges::find(kTables, extension) == kTables.end()) return;
  if (extension == ".dbf" &&
      std::filesystem::exists(std::filesystem::path(file).replace_extension(".shp")))
    return;  // looked at as part of its shapefile
  static const Dictionary kDictionary;
  Request request;
  request.code = "check";
  request.files = {file};
  Diagnostics findings;
  Progress progress;
  for (const SourceLayer& layer : survey(request, kDictionary, findings, progress)) {
    const bool persons = layer.role == Role::PupilList || layer.has("id_number");
    if (persons)
      throw Error("holds personal data: " + (layer.role == Role::PupilList
                                                 ? layer.role_evidence
                                                 : std::string("identity numbers")),
                  shown, "count the pupils with doorstep new, and leave the list out of the place");
  }
}

}  // namespace doorstep::intake
