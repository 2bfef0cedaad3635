#include "assign/deferred_acceptance.h"

#include <optional>
#include <queue>

namespace doorstep {

namespace {

/// Someone a school may still refuse.
struct Held {
  double priority = 0.0;
  std::size_t applicant = 0;
  /// The worst comes to the top of the heap.
  bool operator<(const Held& other) const {
    return priority != other.priority ? priority < other.priority : applicant < other.applicant;
  }
};

struct School {
  std::priority_queue<Held> held;
  double pupils = 0.0;
  /// The best it has refused. Nobody behind is taken afterwards, even where a part of a pupil would
  /// still fit: so the order of proposals does not matter.
  std::optional<Held> refused;
};

/// Sums of fractions of pupils may exceed whole seats by rounding.
constexpr double kRounding = 1e-9;

/// Whether the worst one held has to go.
bool must_refuse(const School& school, double seats) {
  if (school.refused && *school.refused < school.held.top()) return true;
  return school.pupils > seats + kRounding;
}

}  // namespace

Matching deferred_acceptance(const std::vector<Applicant>& applicants,
                             const std::vector<double>& seats) {
  Matching out;
  out.wish_of.assign(applicants.size(), Matching::kNone);
  out.turned_away.assign(seats.size(), 0.0);
  std::vector<School> schools(seats.size());
  std::vector<std::size_t> next_wish(applicants.size(), 0);
  std::vector<std::size_t> free;
  for (std::size_t a = applicants.size(); a-- > 0;) free.push_back(a);
  while (!free.empty()) {
    const std::size_t proposer = free.back();
    free.pop_back();
    if (next_wish[proposer] == applicants[proposer].wishes.size()) continue;
    out.wish_of[proposer] = next_wish[proposer]++;
    const Wish& wish = applicants[proposer].wishes[out.wish_of[proposer]];
    School& school = schools[wish.school];
    school.pupils += applicants[proposer].pupils;
    if (!wish.guaranteed) school.held.push({wish.priority, proposer});
    while (!school.held.empty() && must_refuse(school, seats[wish.school])) {
      const Held worst = school.held.top();
      school.held.pop();
      if (!school.refused || worst < *school.refused) school.refused = worst;
      school.pupils -= applicants[worst.applicant].pupils;
      out.turned_away[wish.school] += applicants[worst.applicant].pupils;
      out.wish_of[worst.applicant] = Matching::kNone;
      free.push_back(worst.applicant);
    }
  }
  return out;
}

}  // namespace doorstep
