#include <catch2/catch.hpp>
#include <string>

#include "assign/deferred_acceptance.h"

using namespace doorstep;

namespace {

/// Pupils' lists "A:CM" and schools' orders "M:DLSJ", one letter a name.
struct Example {
  std::vector<std::string> pupils;
  std::vector<std::string> schools;

  [[nodiscard]] std::size_t school(char name) const {
    for (std::size_t s = 0; s < schools.size(); ++s)
      if (schools[s][0] == name) return s;
    return schools.size();
  }
  [[nodiscard]] std::vector<Applicant> applicants() const {
    std::vector<Applicant> out;
    for (const auto& pupil : pupils) {
      out.emplace_back();
      for (char wish : pupil.substr(2)) {
        const auto s = school(wish);
        const auto place = schools[s].find(pupil[0], 2);
        out.back().wishes.push_back({static_cast<uint32_t>(s), static_cast<double>(place)});
      }
    }
    return out;
  }
  /// "M{LS} C{AD} G{J}"
  [[nodiscard]] std::string matched(double seats) const {
    const auto applicants_in = applicants();
    const auto match =
        deferred_acceptance(applicants_in, std::vector<double>(schools.size(), seats));
    std::string out;
    for (std::size_t s = 0; s < schools.size(); ++s) {
      out += std::string(s ? " " : "") + schools[s][0] + "{";
      for (std::size_t a = 0; a < applicants_in.size(); ++a)
        if (match.wish_of[a] != Matching::kNone &&
            applicants_in[a].wishes[match.wish_of[a]].school == s)
          out += pupils[a][0];
      out += "}";
    }
    return out;
  }
};

const Example kWorked{{"A:C", "D:CMG", "J:CGM", "L:MCG", "S:CM"}, {"M:DLSJ", "C:DASLJ", "G:DJL"}};

}  // namespace

TEST_CASE("deferred acceptance, five pupils and three schools of two seats") {
  CHECK(kWorked.matched(2) == "M{LS} C{AD} G{J}");
}

TEST_CASE("fewer seats than pupils: the best of each school's list are in, the others are not") {
  // A, D, J, S ask C first and L asks M; C keeps D; S then asks M and loses to L; J gets G.
  CHECK(kWorked.matched(1) == "M{L} C{D} G{J}");
  CHECK(kWorked.matched(0) == "M{} C{} G{}");
}

TEST_CASE("the order of pupils does not change the match") {
  Example turned = kWorked;
  std::swap(turned.pupils[0], turned.pupils[4]);
  std::swap(turned.pupils[1], turned.pupils[2]);
  CHECK(turned.matched(2) == "M{SL} C{DA} G{J}");
}

TEST_CASE("who is guaranteed stays, over the seats, and pushes the others out") {
  std::vector<Applicant> pupils{{1, {{0, 5, false}}}, {1, {{0, 9, true}}}, {1, {{0, 9, true}}}};
  auto match = deferred_acceptance(pupils, {1});
  CHECK(match.wish_of[0] == Matching::kNone);
  CHECK(match.wish_of[1] == 0);
  CHECK(match.wish_of[2] == 0);
  CHECK(match.turned_away[0] == 1);
}

TEST_CASE("nobody and nowhere") {
  CHECK(deferred_acceptance({}, {3}).wish_of.empty());
  CHECK(deferred_acceptance({Applicant{}}, {}).wish_of[0] == Matching::kNone);
}
