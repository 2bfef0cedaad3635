#pragma once
// What a campus row says in tables of its own: resources by stage, pulls by household class and of
// single campuses, courses, whether it is real. Internal to io.

#include "io/place/context.h"

namespace doorstep::io {

/// A field of [[campuses.stage]] resources, by position in kResourceKinds.
struct ResourceField {
  std::size_t kind = 0;
  FieldOf field;
};
[[nodiscard]] std::vector<ResourceField> resource_fields(const Table& table, Section& stage);
[[nodiscard]] Resources resources_of_row(PlaceContext& context,
                                         const std::vector<ResourceField>& fields, std::size_t row);

/// 课程集群 of a campus: the fields courses_zh and courses_en, lists parted by ";".
struct CourseFields {
  FieldOf zh, en;
  [[nodiscard]] std::vector<Name> of(std::size_t row) const;
};
[[nodiscard]] CourseFields course_fields(const Table& table, Section& section);

/// Real where the cell says nothing; another word is a finding.
[[nodiscard]] Origin origin_of_row(PlaceContext& context, const FieldOf& field, std::size_t row);

/// Pull by household class: { faith = "field" } or { faith = 0.8 }.
[[nodiscard]] std::vector<std::pair<ClassId, std::string>> class_pulls(PlaceContext& context,
                                                                       Section& section);

/// Pulls of single campuses beside their brand field, as `doorstep calibrate --campuses` gives
/// them: brand_of = { "p01" = 0.4 }.
class CampusPulls {
 public:
  explicit CampusPulls(Section& section);
  /// The pull of a campus, 0 where none is given; each may be taken once.
  [[nodiscard]] double take(const std::string& code);
  /// Throws: Error naming a code that no campus took.
  void finish(Section& section, const PlaceContext& context) const;

 private:
  std::map<std::string, double> pulls_;
};

}  // namespace doorstep::io
