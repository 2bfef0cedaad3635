#pragma once
// A sweep cut into a tree of cells, so that the ways from one campus can be worked out near it and
// bounded far from it: what a cell's homes read lies in the cell or in those above it, and what
// crosses into a cell bounds every time inside (the separators of Dijkstra's search by cells:
// Delling, Goldberg, Pajor, Werneck 2011, "Customizable Route Planning", here over a hierarchy).

#include <cstdint>
#include <span>
#include <vector>

#include "network/hierarchy/door_sweep.h"
#include "network/hierarchy/hierarchy.h"
#include "network/hierarchy/lanes.h"
#include "network/hierarchy/sweep_plan.h"

namespace doorstep {

struct CellPlan {
  /// Cells are numbered so that those below one follow it in a row; 0 is all.
  struct Cell {
    uint32_t parent = 0;
    uint32_t after = 0;         ///< the first cell that is not below it
    uint32_t first_place = 0;   ///< its own places, swept with it
    uint32_t last_place = 0;    ///< past them
    uint32_t places_after = 0;  ///< past those of all cells below it
    uint32_t first_door = 0;    ///< doors of all cells below it
    uint32_t last_door = 0;
    uint32_t first_input = 0;
    uint32_t last_input = 0;
  };
  SweepPlan plan;           ///< places in the order of their cells
  std::vector<Cell> cells;  ///< at least one; a cell without cells below it is a leaf
  /// What a cell and those below it read from above: `from` a place outside, the least time to get
  /// in from there.
  std::vector<SweepPlan::Arc> inputs;
  std::vector<DoorWays> doors;  ///< in the order of cells
  std::vector<uint32_t> home;   ///< of each door

  [[nodiscard]] bool is_leaf(uint32_t cell) const { return cells[cell].after == cell + 1; }
};

/// Homes in `order`, neighbours together, are cut where the fewest ways cross.
/// Cost: some 10 µs a home, and twice the memory of the sweep while it is made.
[[nodiscard]] CellPlan plan_cells(const Hierarchy& hierarchy, std::span<const DoorEnds> homes,
                                  std::vector<uint32_t> order);

}  // namespace doorstep
