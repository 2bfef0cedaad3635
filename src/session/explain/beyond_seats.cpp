// Why pupils enter a campus beyond the seats of its first grade: a rule that counts none, tiers
// that a crowding campus takes whole, or seats shared in a pool.

#include <fmt/format.h>

#include <algorithm>

#include "session/explain/task.h"

namespace doorstep::session {
namespace {

Name tier_words(Tier tier) {
  switch (tier) {
    case Tier::Catchment:
      return {"本学区", "its own catchment"};
    case Tier::Feeder:
      return {"对口直升", "its feeder schools"};
    case Tier::Group:
      return {"本集团", "its group"};
    case Tier::Other:
      return {"其他", "all others"};
  }
  return {};
}

Name guaranteed_words(const Policy& policy) {
  Name out;
  for (Tier tier : policy.guaranteed) {
    const Name word = tier_words(tier);
    out.zh += (out.zh.empty() ? "" : "、") + word.zh;
    out.en += (out.en.empty() ? "" : ", ") + word.en;
  }
  return out;
}

bool in_pool(const Task& t) {
  return t.entry != nullptr && t.entry->input.offers[t.subject.campus].pool >= 0;
}

/// Whether the campus, or one that shares its seats, takes pupils in beyond them.
bool crowds(const Task& t) {
  if (t.subject.given().overflow.value_or(t.place().policy.overflow) == Overflow::Crowd)
    return true;
  if (!in_pool(t)) return false;
  const auto& offers = t.entry->input.offers;
  return std::ranges::any_of(offers, [&](const Offer& o) {
    return o.open && o.pool == offers[t.subject.campus].pool && o.overflow == Overflow::Crowd;
  });
}

/// Empty where the figure's own run does not tell.
Name reason(const Task& t) {
  const Policy& policy = t.place().policy;
  if (policy.rule == Rule::Nearest)
    return {"就近规则把每个儿童送到最近的校区，不计学位",
            "the rule sends every child to the nearest campus and counts no seats"};
  if (crowds(t) && policy.rule == Rule::Catchment)
    return {"它不得拒收本学区的儿童（overflow = crowd），超出学位也收，班额随之增大",
            "it may not refuse whom its catchment sends (overflow = crowd): they are taken beyond "
            "its seats, and classes grow"};
  if (crowds(t) && !policy.guaranteed.empty() && policy.rule != Rule::LeastTravel) {
    const Name tiers = guaranteed_words(policy);
    return {fmt::format("{}的儿童须全部接收（guaranteed，overflow = crowd），超出学位也收，班额随之"
                        "增大",
                        tiers.zh),
            fmt::format("children of {} are guaranteed (overflow = crowd): they are taken beyond "
                        "its seats, and classes grow",
                        tiers.en)};
  }
  if (!in_pool(t)) return {};
  return {"学位与同一集团的校区合并计算：由这些校区共同的学位接收",
          "its seats are counted together with those of campuses in one pool, which have room"};
}

}  // namespace

void say_beyond_seats(const Task& t) {
  constexpr double kHalfAPupil = 0.5;
  const CampusYear& year = t.subject.numbers();
  if (year.entrants <= year.entry_seats + kHalfAPupil) return;
  const Name why = reason(t);
  if (why.en.empty()) return;
  Name note{fmt::format("起始年级可用学位 {:.4g}（招生计划 {:.4g}），仍有 {:.4g} 人入学：{}",
                        year.entry_seats, year.planned_intake, year.entrants, why.zh),
            fmt::format("{:.4g} enter on {:.4g} seats open to the first grade (planned intake "
                        "{:.4g}): {}",
                        year.entrants, year.entry_seats, year.planned_intake, why.en)};
  if (year.rooms > 0) {
    const double standard = t.subject.stage_given().class_standard;
    note.zh += fmt::format("；{:.4g} 间教室按每班 {:.4g} 人可容 {:.4g} 人，在校 {:.4g} 人",
                           year.rooms, standard, year.rooms * standard, year.enrolment);
    note.en += fmt::format(
        "; its {:.4g} rooms hold {:.4g} pupils at {:.4g} a class, and {:.4g} "
        "are enrolled",
        year.rooms, year.rooms * standard, standard, year.enrolment);
  }
  t.out.notes.push_back(std::move(note));
}

}  // namespace doorstep::session
