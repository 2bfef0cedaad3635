#pragma once
// What a campus has for its pupils of one stage, as school reports count it: rooms, grounds,
// equipment, books, teachers by qualification, beds. All in sum, not per pupil.

#include <array>
#include <cstddef>
#include <limits>

namespace doorstep {

/// In the order of the review sheets. Source: 教督〔2012〕3号, 教督〔2017〕6号; beds: boarding.
enum class Resource {
  TeachingRooms,
  SportsArea,
  Equipment,
  Computers,
  Books,
  Teachers,
  HigherDegree,
  MiddleTitle,
  Backbone,
  PeArts,
  MultimediaRooms,
  BoardingBeds
};

/// A kind of resource as files and outputs name it.
struct ResourceKind {
  const char* code;  ///< "books"
  const char* unit;  ///< "volumes"
};
inline constexpr std::array<ResourceKind, 12> kResourceKinds{{{"teaching_rooms", "m2"},
                                                              {"sports_area", "m2"},
                                                              {"equipment", "yuan"},
                                                              {"computers", "pieces"},
                                                              {"books", "volumes"},
                                                              {"teachers", "persons"},
                                                              {"teachers_higher_degree", "persons"},
                                                              {"teachers_middle_title", "persons"},
                                                              {"teachers_backbone", "persons"},
                                                              {"teachers_pe_arts", "persons"},
                                                              {"multimedia_rooms", "rooms"},
                                                              {"boarding_beds", "beds"}}};

/// Amounts by kind; NaN: not reported, which is not the same as none.
class Resources {
 public:
  Resources() { has_.fill(std::numeric_limits<double>::quiet_NaN()); }
  [[nodiscard]] double at(Resource r) const { return has_[static_cast<std::size_t>(r)]; }
  [[nodiscard]] double at(std::size_t kind) const { return has_[kind]; }
  void set(std::size_t kind, double amount) { has_[kind] = amount; }

 private:
  std::array<double, kResourceKinds.size()> has_{};
};

}  // namespace doorstep
