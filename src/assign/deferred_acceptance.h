#pragma once
// Deferred acceptance pupil by pupil: pupils propose in order of preference, each school holds the
// best it was offered up to its seats. Stable, and best for pupils.
// Source: Gale & Shapley 1962, American Mathematical Monthly 69(1).

#include <cstddef>
#include <cstdint>
#include <vector>

namespace doorstep {

/// A school on a pupil's list.
struct Wish {
  uint32_t school = 0;
  double priority = 0.0;    ///< of the pupil there: less is better
  bool guaranteed = false;  ///< never refused there, even over its seats
};

/// A pupil, or a part of one where a home counts fractions of children.
struct Applicant {
  double pupils = 1.0;
  std::vector<Wish> wishes;  ///< in order of preference; schools not listed are not acceptable
};

struct Matching {
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  std::vector<std::size_t> wish_of;  ///< by applicant: the position on its list, or kNone
  std::vector<double> turned_away;   ///< by school: pupils who proposed there and ended elsewhere
};

/// An applicant whom the last seat would hold in part only is refused whole, and so is whoever
/// comes behind: the match does not depend on the order of applicants. Only equal priorities do:
/// they are settled in favour of the earlier one. Pre: seats >= 0.
[[nodiscard]] Matching deferred_acceptance(const std::vector<Applicant>& applicants,
                                           const std::vector<double>& seats);

}  // namespace doorstep
