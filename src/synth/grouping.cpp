// Groups by rule beside those named: the best schools of a county (of the whole place where that is
// one county) lead, the weakest are led, each by the nearest leader of its stage (名校带弱校, 1+X),
// and every leader leads at least one. Which school leads which is synthetic.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "base/error.h"
#include "synth/plan.h"

namespace doorstep::synth {
namespace {

struct Link {
  std::size_t member = 0;
  std::size_t group = 0;
};

using Whose = std::pair<int, int>;  ///< county and stage

class Grouper {
 public:
  explicit Grouper(Plan& plan) : plan_(plan), rule_(plan.recipe.grouping) {
    for (std::size_t c = 0; c < plan_.campuses.size(); ++c) index_of_[plan_.campuses[c].code] = c;
    grouped_.assign(plan_.campuses.size(), false);
    // Named schools stand in the groups that name them, and private ones in none by rule.
    for (std::size_t c = 0; c < plan_.campuses.size(); ++c)
      barred_.push_back(
          plan_.campuses[c].is_private ||
          (plan_.campuses[c].origin == Origin::Derived && !full(plan_.campuses[c].town)));
    for (std::size_t g = 0; g < plan_.recipe.groups.size(); ++g) take_named(g);
  }

  void build() {
    found_groups();
    lead_by_nearest();
    for (const Link& link : led_) tie(link);
    if (rule_.as_scenarios) write_scenarios();
  }

 private:
  void take_named(std::size_t index) {
    const GroupRecipe& g = plan_.recipe.groups[index];
    auto note = [&](const std::string& code) {
      auto found = index_of_.find(code);
      if (found == index_of_.end())
        throw Error(fmt::format("group {} names \"{}\", which is no school", g.code, code), "group",
                    "write it as [[school]] first");
      grouped_[found->second] = true;
    };
    note(g.core);
    for (const TieRecipe& t : g.ties) note(t.campus);
  }

  /// County and stage: a group by rule stays inside both.
  [[nodiscard]] Whose where(std::size_t c) const {
    return {plan_.straight ? plan_.campuses[c].town : 0, plan_.campuses[c].stage};
  }

  [[nodiscard]] bool full(int town) const {
    if (!plan_.straight) return false;
    const std::string& code = plan_.towns[static_cast<std::size_t>(town)].recipe.code;
    return std::ranges::find(rule_.full, code) != rule_.full.end();
  }

  /// Schools that are in no group yet, by county and stage.
  [[nodiscard]] std::map<Whose, std::vector<std::size_t>> free_schools() const {
    std::map<Whose, std::vector<std::size_t>> free;
    for (std::size_t c = 0; c < plan_.campuses.size(); ++c)
      if (!grouped_[c] && !barred_[c]) free[where(c)].push_back(c);
    return free;
  }

  /// Leaders: in each county and stage the best schools that are in no group yet, as many as the
  /// county's share of all schools asks for, at most half of them: each leads at least one.
  void found_groups() {
    int missing = rule_.groups - static_cast<int>(plan_.recipe.groups.size());
    if (missing < 0)
      throw Error("more groups are named than there are", "grouping.groups", "raise it");
    std::map<Whose, std::vector<std::size_t>> free = free_schools();
    std::vector<double> weights;
    std::vector<int> room;
    for (const auto& [whose, schools] : free) {
      weights.push_back(static_cast<double>(schools.size()) * (full(whose.first) ? 2.0 : 1.0));
      room.push_back(static_cast<int>(schools.size() / 2));
    }
    std::vector<int> counts = shared_within(missing, weights, room);
    std::size_t at = 0;
    for (auto& [whose, schools] : free) {
      std::ranges::stable_sort(schools, std::greater{},
                               [&](std::size_t c) { return plan_.campuses[c].quality; });
      for (int k = 0; k < counts[at]; ++k) found(schools[static_cast<std::size_t>(k)]);
      ++at;
    }
  }

  /// Whole parts of `total` over weights, none above its room: what does not fit goes to the rest.
  static std::vector<int> shared_within(int total, std::vector<double> weights,
                                        const std::vector<int>& room) {
    std::vector<int> out(weights.size(), 0);
    while (total > 0) {
      std::vector<double> parts = shared_exactly(total / 100.0, weights);
      const int before = total;
      for (std::size_t i = 0; i < out.size(); ++i) {
        int more = std::min(static_cast<int>(std::llround(parts[i] * 100.0)), room[i] - out[i]);
        out[i] += more;
        total -= more;
        if (out[i] == room[i]) weights[i] = 0.0;
      }
      if (total == before)
        throw Error(fmt::format("{} groups more than schools can lead", total), "grouping.groups",
                    "lower it: a leader and a member need two schools of one county and stage");
    }
    return out;
  }

  void found(std::size_t core) {
    const PlannedCampus& campus = plan_.campuses[core];
    GroupRecipe group;
    group.code = fmt::format("g{:03d}", plan_.recipe.groups.size() + 1);
    group.name = {campus.name.zh + "教育集团", campus.name.en + " Group"};
    group.core = campus.code;
    grouped_[core] = true;
    leaders_[where(core)].emplace_back(core, plan_.recipe.groups.size());
    plan_.recipe.groups.push_back(std::move(group));
  }

  /// Who is led, as many as the rule asks for, and the rest. First come whole counties of full
  /// coverage, then as many of each county and stage as it has leaders, then the weakest of each
  /// county in turn.
  void lead_by_nearest() {
    std::vector<std::pair<std::pair<int, double>, std::size_t>> order;
    for (auto& [whose, schools] : free_schools()) {
      auto leaders = leaders_.find(whose);
      if (leaders == leaders_.end()) continue;
      std::ranges::stable_sort(schools, {},
                               [&](std::size_t c) { return plan_.campuses[c].quality; });
      for (std::size_t k = 0; k < schools.size(); ++k) {
        int turn = full(whose.first) ? 0 : k < leaders->second.size() ? 1 : 2;
        double weakness = static_cast<double>(k) / static_cast<double>(schools.size());
        order.push_back({{turn, weakness}, schools[k]});
      }
    }
    std::ranges::stable_sort(order, {}, [](const auto& entry) { return entry.first; });
    const std::size_t led = wanted_members(order.size());
    if (led < order.size() && order[led].first.first < 2)
      throw Error(fmt::format("{} schools do not give every group a member and every county of "
                              "full coverage all",
                              rule_.schools),
                  "grouping.schools", "raise it, or lower grouping.groups");
    for (std::size_t i = 0; i < order.size(); ++i)
      (i < led ? led_ : rest_).push_back({order[i].second, nearest_leader(order[i].second)});
    give_each_leader_one();
  }

  /// How many schools are to be led, of so many that can be.
  [[nodiscard]] std::size_t wanted_members(std::size_t free) const {
    auto in_groups = std::ranges::count(grouped_, true);
    auto wanted = static_cast<std::ptrdiff_t>(rule_.schools) - in_groups;
    if (wanted < 0 || wanted > static_cast<std::ptrdiff_t>(free))
      throw Error(
          fmt::format("{} schools in groups are asked for; there can be {} to {}", rule_.schools,
                      in_groups, in_groups + static_cast<std::ptrdiff_t>(free)),
          "grouping.schools", "write a number between the two");
    return static_cast<std::size_t>(wanted);
  }

  [[nodiscard]] std::size_t nearest_leader(std::size_t school) const {
    return std::ranges::min_element(leaders_.at(where(school)), {},
                                    [&](const auto& leader) {
                                      return distance_m(plan_.campuses[leader.first].at,
                                                        plan_.campuses[school].at);
                                    })
        ->second;
  }

  /// A leader who is nobody's nearest leads the school nearest to it whose leader has another one:
  /// a group is at least two schools.
  void give_each_leader_one() {
    std::map<std::size_t, int> members;
    for (const Link& link : led_) ++members[link.group];
    for (const auto& [whose, leaders] : leaders_)
      for (const auto& [core, group] : leaders) {
        if (members[group] > 0) continue;
        Link* taken = nullptr;
        auto way = [&, from = core](const Link& link) {
          return distance_m(plan_.campuses[from].at, plan_.campuses[link.member].at);
        };
        for (Link& link : led_)
          if (where(link.member) == whose && members[link.group] > 1 &&
              (taken == nullptr || way(link) < way(*taken)))
            taken = &link;
        --members[taken->group];
        taken->group = group;
        members[group] = 1;
      }
  }

  void tie(const Link& link) {
    const std::string& code = plan_.campuses[link.member].code;
    plan_.recipe.groups[link.group].ties.push_back({code, form_of(code), year_of(code)});
    grouped_[link.member] = true;
  }

  /// Forms are drawn by code in the shares of the recipe.
  [[nodiscard]] std::string form_of(const std::string& code) const {
    double sum = 0.0;
    for (const auto& [form, share] : rule_.forms) sum += share;
    double draw = plan_.key("form").with(code).uniform() * sum;
    for (const auto& [form, share] : rule_.forms) {
      draw -= share;
      if (draw < 0.0) return form;
    }
    return rule_.forms.back().first;
  }

  [[nodiscard]] Year year_of(const std::string& code) const {
    double draw = plan_.key("since").with(code).uniform();
    return rule_.first + static_cast<Year>(draw * (rule_.last - rule_.first + 1));
  }

  /// The groups as scenarios beside the place: the ties as they are, and one more step to all.
  void write_scenarios() {
    std::string edits;
    std::size_t count = 0;
    for (const GroupRecipe& g : plan_.recipe.groups)
      for (const TieRecipe& t : g.ties) {
        edits += edit(g, t);
        ++count;
      }
    std::size_t schools = plan_.campuses.size();
    auto note = [&](const char* code, const char* zh, const char* en, const std::string& body) {
      plan_.more[fmt::format("{}.toml", code)] = fmt::format(
          "# Made by doorstep synth beside the place, seed {}: {} groups, {} schools.\n"
          "format = 1\ncode = \"{}\"\nname = {{ zh = \"{}\", en = \"{}\" }}\nplace = \"{}\"\n"
          "years = 10\nseed = 1\n{}",
          plan_.recipe.seed, plan_.recipe.groups.size(), schools, code, zh, en, plan_.recipe.code,
          body);
    };
    note("groups", "集团覆盖如来源所述", "Groups as in the source", edits);
    for (const Link& link : rest_) {
      const std::string& code = plan_.campuses[link.member].code;
      edits += edit(plan_.recipe.groups[link.group], {code, form_of(code), year_of(code)});
    }
    note("all-in-groups", "集团覆盖全部学校", "Every school in a group", edits);
    plan_.recipe.groups.clear();
  }

  static std::string edit(const GroupRecipe& g, const TieRecipe& t) {
    return fmt::format(
        "\n[[edit]]\ndo = \"join_group\"\ngroup = \"{}\"\ngroup_name = {{ zh = \"{}\", en = \"{}\" "
        "}}\ncore = \"{}\"\ncampus = \"{}\"\nform = \"{}\"\nyear = {}\n",
        g.code, g.name.zh, g.name.en, g.core, t.campus, t.form, t.since);
  }

  Plan& plan_;
  const GroupingRecipe rule_;
  std::map<std::string, std::size_t> index_of_;
  std::vector<bool> grouped_, barred_;
  /// Leaders of a county and stage: campus and group.
  std::map<Whose, std::vector<std::pair<std::size_t, std::size_t>>> leaders_;
  std::vector<Link> led_, rest_;
};

}  // namespace

void plan_grouping(Plan& plan) {
  if (plan.recipe.grouping.groups > 0) Grouper(plan).build();
}

}  // namespace doorstep::synth
