#pragma once
// Who boards, and so does not travel every day: pupils of a campus with beds whose way is longer
// than the limit and who are old enough. Ways are measured over those who travel.

#include "indicators/indicators.h"

namespace doorstep {

/// Pupils far from one campus. Units: pupils.
struct FarPupils {
  double all = 0.0;       ///< with a way longer than travel.long_time; those without one apart
  double young = 0.0;     ///< of them too young to board, by the campus's grades
  double boarders = 0.0;  ///< the others, as far as there are beds
};

class Boarding {
 public:
  /// Pre: `year` is of `place` and `stage`; both outlive this. Throws: Error naming a missing
  /// standard. Source: 国办发〔2018〕27号: half an hour; grades 1 to 3 do not board.
  /// Cost: one walk over the flows.
  Boarding(const Place& place, const TravelTable& travel, const Standards& standards, StageId stage,
           const StageYear& year);

  /// The same where only daily() is asked: nothing is looked at where no campus has beds.
  [[nodiscard]] static Boarding for_ways(const Place& place, const TravelTable& travel,
                                         const Standards& standards, StageId stage,
                                         const StageYear& year);

  /// How many of a flow travel daily. Which of the far pupils have the beds is not known: each of
  /// them boards with the same chance.
  [[nodiscard]] double daily(const PupilFlow& flow) const;
  [[nodiscard]] const FarPupils& far(CampusId campus) const { return far_[campus]; }
  [[nodiscard]] bool anybody() const { return anybody_; }

 private:
  Boarding(const TravelTable& travel, std::size_t campuses) : travel_(travel), far_(campuses) {}
  [[nodiscard]] bool is_far(const PupilFlow& flow) const;

  const TravelTable& travel_;
  double limit_ds_ = 0.0;
  bool anybody_ = false;
  IdVector<CampusId, FarPupils> far_;
};

}  // namespace doorstep
