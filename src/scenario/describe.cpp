// One line an edit, for history and reports.
#include <fmt/format.h>

#include "base/text.h"
#include "scenario/scenario.h"

namespace doorstep {
namespace {

const std::string& shown(const Name& name, const std::string& code, bool chinese) {
  const std::string& text = chinese ? name.in_chinese() : name.in_english();
  return text.empty() ? code : text;
}

struct Describe {
  bool chinese;

  std::string operator()(const OpenCampus& e) const {
    const std::string& name = shown(e.name, e.code, chinese);
    return chinese ? fmt::format("新建校区 {}，学位 {}，{} 年", name, grouped(e.seats), e.year)
                   : fmt::format("New campus {}, {} seats, {}", name, grouped(e.seats), e.year);
  }
  std::string operator()(const CloseCampus& e) const {
    return chinese ? fmt::format("撤并校区 {}，{} 年", e.campus, e.year)
                   : fmt::format("Close campus {}, {}", e.campus, e.year);
  }
  std::string operator()(const JoinGroup& e) const {
    const std::string& name = shown(e.group_name, e.group, chinese);
    return chinese ? fmt::format("{} 加入集团 {}（{}），{} 年", e.campus, name, e.form, e.year)
                   : fmt::format("{} joins group {} ({}), {}", e.campus, name, e.form, e.year);
  }
  std::string operator()(const LeaveGroup& e) const {
    if (e.campus.empty())
      return chinese ? fmt::format("撤销集团 {}，{} 年", e.group, e.year)
                     : fmt::format("Dissolve group {}, {}", e.group, e.year);
    return chinese ? fmt::format("{} 退出集团 {}，{} 年", e.campus, e.group, e.year)
                   : fmt::format("{} leaves group {}, {}", e.campus, e.group, e.year);
  }
  std::string operator()(const SetSeats& e) const {
    if (e.seats < 0)
      return chinese ? fmt::format("{} 教室改为 {} 间，{} 年", e.campus, grouped(e.rooms), e.year)
                     : fmt::format("{} to {} rooms, {}", e.campus, grouped(e.rooms), e.year);
    return chinese ? fmt::format("{} 学位改为 {}，{} 年", e.campus, grouped(e.seats), e.year)
                   : fmt::format("{} to {} seats, {}", e.campus, grouped(e.seats), e.year);
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
    return chinese ? fmt::format("{} 对口直升 {}，{} 年", e.from, e.to, e.year)
                   : fmt::format("{} feeds {}, {}", e.from, e.to, e.year);
  }
  std::string operator()(const AddHousing& e) const {
    const std::string& name = shown(e.name, e.code, chinese);
    return chinese
               ? fmt::format("新建住宅 {}，{} 套，{} 年", name, grouped(e.dwellings), e.year)
               : fmt::format("Housing {}, {} dwellings, {}", name, grouped(e.dwellings), e.year);
  }
  std::string operator()(const SetPolicy& e) const {
    std::string what;
    for (const std::string& word : {e.rule, e.overflow, e.eligibility})
      if (!word.empty()) what += (what.empty() ? "" : ", ") + word;
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
      what += (what.empty() ? "" : ", ") + std::string(chinese ? "民办未中签者 " : "losers ") +
              e.private_losers;
    flag(e.transfers, "允许转学", "不转学", "transfers", "no transfers");
    return chinese ? fmt::format("招生政策改为 {}", what) : fmt::format("Policy: {}", what);
  }
  std::string operator()(const RenameCampus& e) const {
    const std::string& name = shown(e.name, e.campus, chinese);
    return chinese ? fmt::format("{} 更名为 {}", e.campus, name)
                   : fmt::format("{} renamed to {}", e.campus, name);
  }
};

}  // namespace

std::string describe(const Edit& edit, bool chinese) { return std::visit(Describe{chinese}, edit); }

}  // namespace doorstep
