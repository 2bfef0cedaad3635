#pragma once
// `nearest` while someone drags: the best and the second campus of every home, so that a move reads
// one number a home and changes the loads of those whose campus changes.

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "assign/assign.h"

namespace doorstep {

class NearestLive {
 public:
  /// `input.place` and `input.travel` outlive it.
  explicit NearestLive(AdmissionInput input);

  /// The campus stands elsewhere. Units: tenths of a second, by home; kUnreachable where no way.
  /// Cost: a pass over the homes; the first move of another campus than before also looks for the
  /// best others of homes near it.
  void move(CampusId campus, std::vector<uint32_t> decisec);
  /// Nobody goes there any more, or again.
  void set_open(CampusId campus, bool open);
  /// A campus that nobody knew, outside catchments. Returns its id: the next one.
  CampusId add(const Offer& offer, const std::string& code, std::vector<uint32_t> decisec);
  /// Forgets the campus that was added last. Pre: it was added.
  void take_back();
  void set_pupils(std::size_t row, double pupils);

  /// Where the children of a home go; invalid where they can apply nowhere.
  [[nodiscard]] CampusId campus_of(HomeId home) const;
  /// The same by looking at every campus, to check.
  [[nodiscard]] CampusId search(HomeId home) const;
  [[nodiscard]] double admitted(CampusId campus) const;
  [[nodiscard]] double unplaced() const;
  /// Homes whose campus the last edit changed.
  [[nodiscard]] std::size_t homes_changed() const { return changed_; }

 private:
  /// Travel time, then place by code: ties fall to the first code. All ones: none.
  using Key = uint64_t;
  static constexpr Key kNowhere = ~Key{0};

  [[nodiscard]] Key key(HomeId home, CampusId campus) const;
  [[nodiscard]] CampusId campus_at(Key key) const {
    return key == kNowhere ? CampusId() : by_code_[key & 0xFFFFFFFFu];
  }
  [[nodiscard]] Key chosen(std::size_t home) const { return std::min(held_[home], best_[home]); }
  void look_around(std::size_t home);
  void pick_up(CampusId campus);
  void put_down();
  void go(CampusId campus, int64_t pupils);
  void place_held();
  /// Moves the places by code from `place` on by one, or back.
  void shift_places(uint32_t place, int by);

  AdmissionInput input_;
  int64_t limit_ds_ = -1;                      ///< within it everybody may apply
  std::vector<std::string> codes_;             ///< in rising order
  std::vector<CampusId> by_code_;              ///< campuses in that order
  IdVector<CampusId, uint32_t> code_;          ///< place in it
  std::vector<std::vector<uint32_t>> column_;  ///< by campus, where it moved
  /// By home: the best two campuses other than the one held.
  std::vector<Key> best_;
  std::vector<Key> second_;
  CampusId picked_;              ///< the campus held; invalid: none
  std::vector<Key> held_;        ///< by home: the key of the campus held
  std::vector<int64_t> pupils_;  ///< by home, in whole parts, so that loads leave no trace
  std::vector<int64_t> load_;    ///< by campus
  int64_t nowhere_ = 0;
  std::size_t changed_ = 0;
};

}  // namespace doorstep
