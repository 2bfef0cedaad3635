#pragma once
// A place while it is being put together from layers: what each step reads and adds. The steps run
// in the order of the declarations. Internal to intake.

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "geo/geometry.h"
#include "intake/made.h"
#include "intake/survey.h"
#include "io/osm/features.h"

namespace doorstep::intake {

struct Making {
  const Request& request;
  const Dictionary& dictionary;
  Progress& progress;
  const Country* country = nullptr;
  std::string crs;
  Year base_year = 0;
  bool schematic = false;      ///< no positions at all: laid out on a grid
  bool invent = false;         ///< no file lists schools: some are assumed once children are known
  bool along_streets = false;  ///< weights of homes are kilometres of street
  std::shared_ptr<const io::OsmFeatures> osm;
  Draft draft;
  std::vector<SourceLayer> layers;

  std::vector<MadeStage> stages;
  std::vector<MadeArea> areas;
  std::vector<MadeCampus> campuses;
  std::vector<MadeHome> homes;
  std::vector<std::string> home_catchments;  ///< columns of homes that hold catchment codes
  std::map<std::string, std::size_t> home_catchment_of;  ///< stage: one of home_catchments
  std::vector<MadeCatchment> catchments;
  std::vector<MadeHistory> history;
  std::map<std::string, CountedHome> counted_homes;
  std::map<std::string, CountedSchool> counted_schools;  ///< by folded name
  std::map<std::string, std::string> toml_of;            ///< sections written beside those, by name
  std::string streets_file;                              ///< name in the place's folder, "" none
  std::string travel_table, travel_source, history_source, streets_source;
  std::string address_stage;  ///< of addresses.csv, "" none
  /// What children are assumed from: answer, population, dwellings, pupils, schools, nothing; "" of
  /// none of these.
  std::string children_from;

  /// Layers of a role that are in use, in the order of the files.
  [[nodiscard]] std::vector<SourceLayer*> of(Role role);
  void assume(const std::string& key, const std::string& value, const std::string& reason);
  /// An answer of the user, "" where there is none.
  [[nodiscard]] std::string answer(const std::string& key) const;
  /// A guess that needs a yes: a question unless answered or --yes was given.
  void ask(Guess guess, const std::string& text);
  /// "a.shp: areas (areas with names or codes); …": what was tried, for a refusal.
  [[nodiscard]] std::string layers_taken() const;
  [[nodiscard]] const MadeStage* stage(const std::string& kind) const;
  [[nodiscard]] int ages() const;
};

/// Leaves one layer for each role that can have only one; asks where two claim it.
void settle_roles(Making& making);
/// The coordinate system of every layer and of the place; shapes and positions are brought there.
void settle_systems(Making& making);
/// Flags layers that carry the shift of a web map, and mends them where that is said or accepted.
void settle_shifts(Making& making);
/// The base year, from what the files say of years.
void settle_year(Making& making);

void make_from_osm(Making& making);
void make_areas(Making& making);
void make_campuses(Making& making);
void make_history(Making& making);
/// Positions of schools that no file locates.
void place_campuses(Making& making);
/// Stages there are, and seats where no file gives them.
void make_stages(Making& making);
void make_homes(Making& making);
/// Pupil lists, counted by home and school: nothing of a person is kept.
void count_pupils(Making& making);
/// Homes of the pupils counted: known ones, else new ones where they can be located.
void home_counted_pupils(Making& making);
/// Schools where no file lists any: as many as the children need, among the homes.
void invent_campuses(Making& making);
/// Seats of a stage of a school of which nothing is known.
[[nodiscard]] double default_seats(const Making& making, const MadeStage& stage);
/// Homes from rasters of people, squares with people in them.
void homes_of_rasters(Making& making);
/// Homes along the streets of an extract that shows no residential areas.
void homes_along_streets(Making& making);
/// Children of homes that have none yet, from the census of their area, or assumed.
void spread_children(Making& making);
/// Children of homes that no file counts, as many a year of age at every stage.
void assume_children(Making& making, std::size_t wanted);
/// Spreads counts by age over homes by their weight.
void share_out(const std::vector<MadeHome*>& homes, const std::vector<double>& ages,
               std::size_t wanted);
/// Leaves out kindergartens or senior schools of which the files list only some.
void leave_out_unlisted_stages(Making& making);
/// Leaves the stages of these kinds, and the campuses that teach one of them.
void keep_stages(Making& making, const std::function<bool(const std::string& kind)>& keep);
/// The kinds of stage there are, separated by commas, as --confirm stages= takes them.
[[nodiscard]] std::string kinds_of(const Making& making);
void make_catchments(Making& making);
void make_links(Making& making);
/// A column of campuses.csv that belongs to a stage.
struct StageColumn {
  enum What { Seats, Intake, Rooms, Grade, Resource };
  std::string name;
  What what = Seats;
  Year year = 0;
  int age = 0;
  std::string resource = {};  ///< code of kResourceKinds
};
[[nodiscard]] std::vector<StageColumn> stage_columns(const Making& making, const std::string& kind);
/// How homes.csv calls a column of catchment codes.
[[nodiscard]] std::string catchment_column(const std::string& name);
[[nodiscard]] bool catchments_have_shapes(const Making& making, const std::string& stage);

/// The lines of a layer of streets with their class, in degrees.
[[nodiscard]] std::string streets_geojson(const Making& making, const SourceLayer& layer);
/// The files: tables and place.toml.
void write_tables(Making& making);
[[nodiscard]] std::string place_toml(const Making& making);

/// Children of a row by year of age, from its columns by age; empty where it has none.
[[nodiscard]] std::vector<double> children_of_row(const SourceLayer& layer, std::size_t row);
/// Pupils of an offer: by age where known, else in all.
[[nodiscard]] double pupils_in(const MadeOffer& offer);
/// The kind of stage in which children of an age are here, "" below all.
[[nodiscard]] std::string kind_of_age(const Making& making, int age);
/// Whether a layer's children are those of one year of entry.
[[nodiscard]] bool counts_entry_year(const SourceLayer& layer);
/// city, town or rural, as a row says in either language.
[[nodiscard]] std::string urban_of(const SourceLayer& layer, std::size_t row);
/// A row that our templates hold as an example.
[[nodiscard]] bool is_example(const std::string& text);
/// "S001", "S002" …: a code for the n-th of `total` rows that have none.
[[nodiscard]] std::string made_code(const std::string& prefix, std::size_t n, std::size_t total);
/// The licence and attribution of a layer, as lines of place.toml; what is unknown says so.
[[nodiscard]] std::string licence_lines(const Making& making, const SourceLayer& layer);
/// A text that stands in TOML between quotes.
[[nodiscard]] std::string toml_text(const std::string& text);

}  // namespace doorstep::intake
