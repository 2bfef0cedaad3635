#pragma once
// The figures a map shows by area and campus: what the fill, the legend, the labels and the chips
// all read, so that they cannot disagree.

#include <optional>
#include <vector>

#include "scene/map_content.h"

namespace doorstep::scene {

/// The campuses with pupils or seats of the stage in the snapshot shown.
[[nodiscard]] std::vector<CampusId> open_campuses(const Snapshot& snapshot, StageId stage);
/// Campuses of the baseline that the current place no longer has open. Ids of the baseline place.
[[nodiscard]] std::vector<CampusId> closed_campuses(const MapContent& content);

/// Enrolled over seats; NaN without seats.
[[nodiscard]] double campus_utilisation(const Snapshot& snapshot, CampusId campus);
/// Enrolled over seats, both summed over `campuses`; NaN without seats.
[[nodiscard]] double joint_utilisation(const Snapshot& snapshot,
                                       const std::vector<CampusId>& campuses);

/// The campus of the baseline with the same code; invalid where it is new.
[[nodiscard]] CampusId baseline_campus(const MapContent& content, CampusId campus);
/// Whether the plan opens a campus that the baseline does not have or has closed.
[[nodiscard]] bool is_new_campus(const MapContent& content, CampusId campus);
/// Whether all campuses of an area of the current geometry are new: no change to show.
[[nodiscard]] bool is_new_area(const MapContent& content, std::size_t area);
/// Utilisation of a campus of the current place in the baseline; NaN where it is new.
[[nodiscard]] double baseline_utilisation(const MapContent& content, CampusId campus);
/// Change against the baseline in whole percentage points; nothing where it rounds to 0, the
/// campus is new, or nothing is compared.
[[nodiscard]] std::optional<double> changed_points(const MapContent& content, CampusId campus);

/// Change of pupils of `campuses` since Snapshot::first; NaN where they had none then. Units:
/// percent.
[[nodiscard]] double change_since_first(const Snapshot& snapshot,
                                        const std::vector<CampusId>& campuses);

/// The classes of the fill: change_scheme() in Difference mode, else scheme_of(content.fill).
[[nodiscard]] ClassScheme fill_scheme(const MapContent& content);
/// By area of the snapshot shown, in the units of fill_scheme(); NaN where there is nothing.
[[nodiscard]] std::vector<double> area_values(const MapContent& content);

/// Name in the language of the content's words.
[[nodiscard]] const std::string& name_of(const Name& name, const MapContent& content);

}  // namespace doorstep::scene
