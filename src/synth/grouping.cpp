// Groups by rule beside those named: the best schools of a county (of the whole place where that is
// one county) lead, the weakest are led, each by the
// nearest leader of its stage (名校带弱校, 1+X). Which school leads which is synthetic.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include "base/error.h"
#include "synth/plan.h"

namespace doorstep::synth {
namespace {

struct Link {
  std::size_t member = 0;
  std::size_t group = 0;
};

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
    std::vector<Link> links = led_by_nearest();
    // Counties of full coverage first, then the weakest of each county in turn.
    std::size_t wanted = static_cast<std::size_t>(rule_.schools);
    std::size_t in_groups =
        static_cast<std::size_t>(std::count(grouped_.begin(), grouped_.end(), true));
    for (const Link& link : links) {
      if (in_groups >= wanted) {
        rest_.push_back(link);
        continue;
      }
      tie(link);
      ++in_groups;
    }
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
  [[nodiscard]] std::pair<int, int> where(std::size_t c) const {
    return {plan_.straight ? plan_.campuses[c].town : 0, plan_.campuses[c].stage};
  }

  [[nodiscard]] bool full(int town) const {
    if (!plan_.straight) return false;
    const std::string& code = plan_.towns[static_cast<std::size_t>(town)].recipe.code;
    return std::ranges::find(rule_.full, code) != rule_.full.end();
  }

  /// Leaders: in each county and stage the best schools that are in no group yet, as many as the
  /// county's share of all schools asks for.
  void found_groups() {
    int missing = rule_.groups - static_cast<int>(plan_.recipe.groups.size());
    if (missing < 0)
      throw Error("more groups are named than there are", "grouping.groups", "raise it");
    std::map<std::pair<int, int>, std::vector<std::size_t>> free;  // by county and stage
    for (std::size_t c = 0; c < plan_.campuses.size(); ++c)
      if (!grouped_[c] && !barred_[c]) free[where(c)].push_back(c);
    std::vector<double> weights;
    for (const auto& [at, schools] : free)
      weights.push_back(static_cast<double>(schools.size()) * (full(at.first) ? 2.0 : 1.0));
    std::vector<double> parts = shared_exactly(missing / 100.0, weights);
    std::size_t at = 0;
    for (auto& [whose, schools] : free) {
      std::ranges::stable_sort(schools, std::greater{},
                               [&](std::size_t c) { return plan_.campuses[c].quality; });
      auto count = static_cast<std::size_t>(std::llround(parts[at++] * 100.0));
      for (std::size_t k = 0; k < std::min(count, schools.size()); ++k) found(schools[k]);
    }
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

  /// Every school without a group and the nearest leader of its county and stage; schools of
  /// counties with full coverage first, then by how weak they are within their county.
  [[nodiscard]] std::vector<Link> led_by_nearest() const {
    std::vector<std::pair<std::pair<int, double>, Link>> order;
    std::map<std::pair<int, int>, std::vector<std::size_t>> free;
    for (std::size_t c = 0; c < plan_.campuses.size(); ++c)
      if (!grouped_[c] && !barred_[c]) free[where(c)].push_back(c);
    for (auto& [whose, schools] : free) {
      auto leaders = leaders_.find(whose);
      if (leaders == leaders_.end()) continue;
      std::ranges::stable_sort(schools, {},
                               [&](std::size_t c) { return plan_.campuses[c].quality; });
      for (std::size_t k = 0; k < schools.size(); ++k) {
        auto nearest = std::ranges::min_element(leaders->second, {}, [&](const auto& leader) {
          return distance_m(plan_.campuses[leader.first].at, plan_.campuses[schools[k]].at);
        });
        double weakness = static_cast<double>(k) / static_cast<double>(schools.size());
        order.push_back({{full(whose.first) ? 0 : 1, weakness}, {schools[k], nearest->second}});
      }
    }
    std::ranges::stable_sort(order, {}, [](const auto& entry) { return entry.first; });
    std::vector<Link> out;
    for (const auto& [rank, link] : order) out.push_back(link);
    return out;
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
  std::map<std::pair<int, int>, std::vector<std::pair<std::size_t, std::size_t>>> leaders_;
  std::vector<Link> rest_;
};

}  // namespace

void plan_grouping(Plan& plan) {
  if (plan.recipe.grouping.groups > 0) Grouper(plan).build();
}

}  // namespace doorstep::synth
