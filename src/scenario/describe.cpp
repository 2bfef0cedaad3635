#include "scenario/describe.h"

#include <fmt/format.h>

#include "base/text.h"

namespace doorstep {
namespace {

const std::string& shown(const Name& name, const std::string& code, bool chinese) {
  const std::string& text = chinese ? name.in_chinese() : name.in_english();
  return text.empty() ? code : text;
}

struct Describe {
  const EditNames& names;
  bool chinese;

  [[nodiscard]] std::string campus(const std::string& code) const {
    return of(names.campuses, code);
  }
  [[nodiscard]] std::string word(const std::string& code) const { return of(names.words, code); }
  [[nodiscard]] std::string of(const std::map<std::string, Name>& known,
                               const std::string& code) const {
    const auto found = known.find(code);
    return found == known.end() ? code : shown(found->second, code, chinese);
  }

  std::string operator()(const OpenCampus& e) const {
    const std::string& name = shown(e.name, e.code, chinese);
    return chinese ? fmt::format("新建校区 {}，学位 {}，{} 年", name, grouped(e.seats), e.year)
                   : fmt::format("New campus {}, {} seats, {}", name, grouped(e.seats), e.year);
  }
  std::string operator()(const CloseCampus& e) const {
    return chinese ? fmt::format("撤并校区 {}，{} 年", campus(e.campus), e.year)
                   : fmt::format("Close campus {}, {}", campus(e.campus), e.year);
  }
  std::string operator()(const JoinGroup& e) const {
    const std::string name = e.group_name.zh.empty() && e.group_name.en.empty()
                                 ? of(names.groups, e.group)
                                 : shown(e.group_name, e.group, chinese);
    return chinese ? fmt::format("{} 加入集团 {}（{}），{} 年", campus(e.campus), name,
                                 word(e.form), e.year)
                   : fmt::format("{} joins group {} ({}), {}", campus(e.campus), name, word(e.form),
                                 e.year);
  }
  std::string operator()(const LeaveGroup& e) const {
    if (e.campus.empty())
      return chinese ? fmt::format("撤销集团 {}，{} 年", of(names.groups, e.group), e.year)
                     : fmt::format("Dissolve group {}, {}", of(names.groups, e.group), e.year);
    return chinese ? fmt::format("{} 退出集团 {}，{} 年", campus(e.campus),
                                 of(names.groups, e.group), e.year)
                   : fmt::format("{} leaves group {}, {}", campus(e.campus),
                                 of(names.groups, e.group), e.year);
  }
  std::string operator()(const SetSeats& e) const {
    if (e.seats < 0)
      return chinese
                 ? fmt::format("{} 教室改为 {} 间，{} 年", campus(e.campus), grouped(e.rooms),
                               e.year)
                 : fmt::format("{} to {} rooms, {}", campus(e.campus), grouped(e.rooms), e.year);
    return chinese
               ? fmt::format("{} 学位改为 {}，{} 年", campus(e.campus), grouped(e.seats), e.year)
               : fmt::format("{} to {} seats, {}", campus(e.campus), grouped(e.seats), e.year);
  }
  std::string operator()(const RedrawCatchments& e) const {
    std::size_t n = e.catchments.size(), homes = 0;
    bool moves = !e.replace_all;
    for (const auto& c : e.catchments) {
      homes += c.homes.size();
      moves = moves && c.area.empty() && c.campuses.empty();
    }
    if (moves)
      return chinese ? fmt::format("调整 {} 个居住点的学区，{} 年", homes, e.year)
                     : fmt::format("Move {} homes to another catchment, {}", homes, e.year);
    return chinese ? fmt::format("重划学区（{} 个），{} 年", n, e.year)
                   : fmt::format("Redraw {} catchments, {}", n, e.year);
  }
  std::string operator()(const SetFeeder& e) const {
    return chinese ? fmt::format("{} 对口直升 {}，{} 年", campus(e.from), campus(e.to), e.year)
                   : fmt::format("{} feeds {}, {}", campus(e.from), campus(e.to), e.year);
  }
  std::string operator()(const AddHousing& e) const {
    const std::string& name = shown(e.name, e.code, chinese);
    return chinese
               ? fmt::format("新建住宅 {}，{} 套，{} 年", name, grouped(e.dwellings), e.year)
               : fmt::format("Housing {}, {} dwellings, {}", name, grouped(e.dwellings), e.year);
  }
  std::string operator()(const SetPolicy& e) const {
    std::string what;
    for (const std::string& code : {e.rule, e.overflow, e.eligibility})
      if (!code.empty()) what += (what.empty() ? "" : chinese ? "，" : ", ") + word(code);
    auto flag = [&](const std::optional<bool>& f, const char* yes_zh, const char* no_zh,
                    const char* yes, const char* no) {
      if (f)
        what += (what.empty() ? ""
                 : chinese    ? "，"
                              : ", ") +
                std::string(chinese ? (*f ? yes_zh : no_zh) : (*f ? yes : no));
    };
    flag(e.private_first, "公民同招摇号", "不公民同招", "private schools first",
         "no private stage");
    if (!e.private_losers.empty())
      what += (what.empty() ? ""
               : chinese    ? "，"
                            : ", ") +
              std::string(chinese ? "民办未中签者 " : "losers ") + word(e.private_losers);
    flag(e.transfers, "允许转学", "不转学", "transfers", "no transfers");
    return chinese ? fmt::format("招生政策改为 {}", what) : fmt::format("Policy: {}", what);
  }
  std::string operator()(const RenameCampus& e) const {
    const std::string& name = shown(e.name, e.campus, chinese);
    return chinese ? fmt::format("{} 更名为 {}", campus(e.campus), name)
                   : fmt::format("{} renamed to {}", campus(e.campus), name);
  }
};

}  // namespace

EditNames edit_names(const Place& place, const Scenario& scenario) {
  EditNames out;
  for (const Campus& c : place.campuses) out.campuses[c.code] = c.name;
  for (const Group& g : place.groups) out.groups[g.code] = g.name;
  for (const Edit& edit : scenario.edits) {
    if (const auto* opens = std::get_if<OpenCampus>(&edit)) out.campuses[opens->code] = opens->name;
    if (const auto* joins = std::get_if<JoinGroup>(&edit); joins && !joins->group_name.zh.empty())
      out.groups[joins->group] = joins->group_name;
  }
  return out;
}

std::string describe(const Edit& edit, const EditNames& names, bool chinese) {
  return std::visit(Describe{names, chinese}, edit);
}

std::string describe(const Edit& edit, bool chinese) { return describe(edit, {}, chinese); }

}  // namespace doorstep
