#pragma once
// The figures of campuses, ground and groups as named columns: one list feeds the tables, the
// JSON documents and the public export, so that they cannot differ. Meanings: docs/output.md.

#include <vector>

#include "indicators/overview.h"

namespace doorstep::io {

/// Whom a figure of a territory is about.
enum class Side {
  Children,  ///< those who live there
  Schools,   ///< those that stand there: follows from the figures of its campuses
};

template <class Figures>
struct Column {
  const char* name;
  double (*value)(const Figures&);  ///< NaN: nothing to say
  bool whole = false;               ///< a count of things: no decimals
  Side side = Side::Schools;
  bool share = false;  ///< a share of children: may give away how many it is a share of
};

[[nodiscard]] const std::vector<Column<TerritoryFigures>>& territory_columns();
[[nodiscard]] const std::vector<Column<CampusFigures>>& campus_columns();
[[nodiscard]] const std::vector<Column<GroupFigures>>& group_columns();

/// The figures of group years that simulate counts: demand gained, displaced, induced; staff.
[[nodiscard]] const std::vector<Column<GroupYear>>& group_year_columns();

}  // namespace doorstep::io
