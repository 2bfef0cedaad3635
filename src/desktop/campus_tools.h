#pragma once
// Tools that take one campus to another or ask before they act, as state machines without a
// window: merging by dragging one school onto another, closing with its procedure, feeders.

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "desktop/ties.h"
#include "desktop/tools.h"

namespace doorstep::desktop {

/// A school dragged onto another joins its group; the other one leads. What the school has in other
/// groups stays, and in the same group it stays as it is.
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
  /// What letting go now would come to. Pre: core() is valid.
  [[nodiscard]] const Merging& merging() const { return merging_; }
  /// The school that leads those clicked next, by code; "" the next click names it.
  [[nodiscard]] const std::string& leader() const { return leader_; }
  void lead_by(std::string code) { leader_ = std::move(code); }
  /// The school that was merged last, by code: its ties are at hand to be switched.
  [[nodiscard]] const std::string& joined() const { return joined_; }
  void show_joined(std::string code) { joined_ = std::move(code); }

 private:
  CampusId member_, core_;
  Merging merging_;
  std::string leader_, joined_;
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

}  // namespace doorstep::desktop
