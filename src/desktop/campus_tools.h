#pragma once
// Tools that take one campus to another or ask before they act, as state machines without a
// window: merging by dragging one school onto another, closing with its procedure, feeders.

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "desktop/tools.h"

namespace doorstep::desktop {

/// A school dragged onto another joins its group; the other one leads.
class TieTool {
 public:
  /// The member that is dragged; the tie is previewed over each campus it is held over.
  void press(CampusId member);
  ToolRequest move(const Place& place, CampusId over, const std::string& form, Year year);
  /// Over another campus the tie is made; over its own, or nothing, it is not.
  ToolRequest release();
  ToolRequest cancel();
  [[nodiscard]] bool dragging() const { return member_.valid(); }
  [[nodiscard]] CampusId member() const { return member_; }
  [[nodiscard]] CampusId core() const { return core_; }

 private:
  CampusId member_, core_;
  std::optional<JoinGroup> edit_;
};

/// Closing asks first: what it does to whom, which steps of the procedure are taken.
class CloseTool {
 public:
  /// Asks about a campus; its closure is previewed.
  ToolRequest ask(const Place& place, CampusId campus, Year year);
  /// Closes it, with the steps as they are.
  ToolRequest confirm();
  ToolRequest cancel();
  [[nodiscard]] bool asking() const { return edit_.has_value(); }
  [[nodiscard]] const CloseCampus& edit() const { return *edit_; }
  /// When a step of kClosureSteps was taken, as written by the user; "" not yet.
  [[nodiscard]] std::array<std::string, 4>& steps() { return steps_; }
  void set_opposed(bool opposed);

 private:
  std::optional<CloseCampus> edit_;
  std::array<std::string, 4> steps_;
};

/// A campus of one stage whose pupils may enter one of the next.
class FeederTool {
 public:
  /// The first campus is where pupils come from; the second, of a later stage, where they go.
  ToolRequest pick(const std::string& code, Year year);
  void cancel() { from_.clear(); }
  [[nodiscard]] const std::string& from() const { return from_; }

 private:
  std::string from_;
};

/// A line measured on the map, point by point.
class MeasureTool {
 public:
  void add(Xy at);
  void remove_last();
  void clear() { points_.clear(); }
  [[nodiscard]] const std::vector<Xy>& points() const { return points_; }
  /// Along the line, and on to `end` where it is given. Units: metres.
  [[nodiscard]] double length_m(std::optional<Xy> end = {}) const;
  /// Of the ring the points make; 0 below three. Units: square metres.
  [[nodiscard]] double area_m2() const;

 private:
  std::vector<Xy> points_;
};

/// A box or a lasso drawn over the map. Units: metres.
class AreaTool {
 public:
  enum class Shape { Box, Lasso };
  void press(Shape shape, Xy at);
  void move(Xy at);
  /// The ring that was drawn; empty where it was a mere click.
  [[nodiscard]] std::vector<Xy> release();
  void cancel() { ring_.clear(); }
  [[nodiscard]] bool drawing() const { return !ring_.empty(); }
  /// As it is drawn so far.
  [[nodiscard]] std::vector<Xy> ring() const;

 private:
  Shape shape_ = Shape::Box;
  std::vector<Xy> ring_;  ///< lasso: its points; box: the corner pressed and the last one
};

/// A campus that the plan itself opened, dragged to another site.
struct OwnCampus {
  std::size_t edit = 0;  ///< of the scenario
  OpenCampus campus;
  bool moving = false;
};

/// Campuses of a stage, open in the year, that lie inside a ring. In order of id.
[[nodiscard]] std::vector<CampusId> campuses_inside(const Place& place, StageId stage, Year year,
                                                    const std::vector<Xy>& ring);

/// The tie of a campus that holds in a year, and the group it is to. Nothing where it has none.
struct HeldTie {
  GroupId group;
  CampusId core;
  std::string form;
  Year since = 0;
};
[[nodiscard]] std::optional<HeldTie> tie_of(const Place& place, CampusId campus, Year year);
/// The edit of a scenario that made a campus's tie, the last one; -1 where the place gave it.
[[nodiscard]] int edit_of_tie(const Scenario& scenario, const std::string& campus);

}  // namespace doorstep::desktop
