#pragma once
// What the readers of a place share while it is being put together: the place so far, the findings,
// codes already known, and the raw rows that later layers refer to. Internal to io.

#include <filesystem>
#include <future>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "io/place/home_codes.h"
#include "io/table/table.h"
#include "io/toml_section.h"

namespace doorstep::io {

/// Rows of a layer with the thing each became; `none` where the row was refused.
template <class Id>
struct KeptRows {
  Table table;
  std::vector<Id> ids;
};

struct PlaceContext {
  Place place;
  Diagnostics findings;
  std::filesystem::path folder;
  std::string file;                    ///< place.toml, as messages name it
  std::vector<std::string> forms;      ///< of config/group_forms.toml
  std::vector<std::string> practices;  ///< the same: "mutual_shared.teachers"
  /// Share of a household class by urban class of the home; one entry a class, or none at all.
  std::vector<std::map<UrbanClass, double>> class_shares;
  HomeCodes homes;
  std::map<std::string, CampusId> campuses;
  std::map<std::string, AreaId> areas;
  std::map<std::string, SchoolId> schools;
  std::map<std::string, std::shared_ptr<const PlaneFit>> grids;  ///< by file of control points
  std::vector<KeptRows<HomeId>> home_rows;
  std::vector<KeptRows<CampusId>> campus_rows;
  /// Of large files, worked out while they are read: by the index of their source.
  std::vector<std::pair<std::size_t, std::future<std::string>>> checksums;

  [[nodiscard]] StageId stage(Section& section, const std::string& key);
  /// Puts checksums that were begun where they belong. Throws: Error of an unreadable file.
  void finish_checksums();
};

/// The file a section names: inside the folder, or after a ${VARIABLE}. Throws: Error.
struct ResolvedFile {
  std::filesystem::path path;
  std::string shown;
};
[[nodiscard]] ResolvedFile resolve_file(const std::filesystem::path& folder, Section& section,
                                        const std::string& key);

/// Reads the layer of a section (file, layer, crs, datum, where, ignore), records its licence and
/// checksum under `what`, and counts rows left out.
[[nodiscard]] Table read_layer(PlaceContext& context, Section& section, const std::string& what);
/// Records licence, attribution and checksum of a file that is not a table.
void record_source(PlaceContext& context, Section& section, const ResolvedFile& file,
                   const std::string& what);

/// The local grid that a section's `control_points` fits, null where it names none.
[[nodiscard]] std::shared_ptr<const PlaneFit> grid_of(PlaceContext& context, Section& section);

/// A field chosen by a key of the section, or nothing where the key is absent.
struct FieldOf {
  const Table* table = nullptr;
  std::size_t column = 0;
  std::string name;
  [[nodiscard]] bool present() const { return table != nullptr; }
  /// As it stands in the file; "" where missing or absent.
  [[nodiscard]] std::string_view view(std::size_t row) const;
  [[nodiscard]] std::string text(std::size_t row) const { return std::string(view(row)); }
};
[[nodiscard]] FieldOf field_of(const Table& table, Section& section, const std::string& key);
[[nodiscard]] FieldOf required_field(const Table& table, Section& section, const std::string& key);
[[nodiscard]] FieldOf named_field(const Table& table, const std::string& name,
                                  const std::string& key);
/// The number in a cell; nothing where missing; an error finding where it is no number.
[[nodiscard]] std::optional<double> number_in_cell(PlaceContext& context, const FieldOf& field,
                                                   std::size_t row);
/// The same for what cannot be negative; `what` names it: "pupils".
[[nodiscard]] std::optional<double> amount_in_cell(PlaceContext& context, const FieldOf& field,
                                                   std::size_t row, const char* what);
/// A year in a cell, likewise.
[[nodiscard]] std::optional<Year> year_in_cell(PlaceContext& context, const FieldOf& field,
                                               std::size_t row);

/// `usual` with what [standards] of the place replaces, which is kept in the place too.
[[nodiscard]] Coefficients read_place_standards(PlaceContext& context, Section& top,
                                                const Coefficients& usual);

// The layers, in the order in which they are read.
void read_areas(PlaceContext& context, Section section);
void read_homes(PlaceContext& context, Section section);
void read_campuses(PlaceContext& context, Section section);
void read_catchments(PlaceContext& context, Section section);
void read_feeders(PlaceContext& context, Section section);
void read_group(PlaceContext& context, Section section);
void read_growth(PlaceContext& context, Section section);
void read_entrants(PlaceContext& context, Section section);
void read_migration(PlaceContext& context, Section section);
void read_progression(PlaceContext& context, Section section);
/// The `share` of a [[class]].
void read_class_share(PlaceContext& context, Section& household);
/// Shares out the children of the first class, where classes have shares. Pre: homes have areas.
void split_children_by_class(PlaceContext& context);
void read_housing(PlaceContext& context, Section section);
void read_travel(PlaceContext& context, Section section);
void read_backdrop(PlaceContext& context, Section section);
void read_observed(PlaceContext& context, Section section);

/// [[homes]] with raster or rasters instead of a table.
void read_raster_homes(PlaceContext& context, Section section);
void read_totals(PlaceContext& context, Section section);
void read_privacy(PlaceContext& context, Section section);
void read_basemap(PlaceContext& context, Section section);
/// counties = [ "371602" ] at the top of place.toml.
void read_counties(PlaceContext& context, Section& top);
/// The place's counts of config/privacy.toml, before its own section is read.
void default_privacy(PlaceContext& context);
/// Codes held against config/area_codes.toml.
void report_area_codes(PlaceContext& context);

/// Streets of travel mode "streets": an OSM extract, or a line layer.
void read_streets(PlaceContext& context, Section& section);

/// Campus by the value of `key_field` in the campus tables ("" for the code).
[[nodiscard]] std::map<std::string, CampusId> campuses_by(const PlaceContext& context,
                                                          const std::string& key_field,
                                                          const std::string& where);

}  // namespace doorstep::io
