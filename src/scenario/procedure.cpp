#include "scenario/procedure.h"

#include <algorithm>
#include <array>
#include <vector>

namespace doorstep {
namespace {

constexpr int kFirstYear = 1900, kLastYear = 2200;

bool all_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

int number_of(std::string_view digits) {
  int out = 0;
  for (char c : digits) out = out * 10 + (c - '0');
  return out;
}

bool leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

int days_in(int year, int month) {
  constexpr std::array<int, 12> kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && leap(year) ? 29 : kDays[static_cast<std::size_t>(month - 1)];
}

bool is_year(std::string_view text) {
  return text.size() == 4 && all_digits(text) && number_of(text) >= kFirstYear &&
         number_of(text) <= kLastYear;
}

/// 滨教发〔2026〕12号: the year stands in brackets.
std::optional<StepDate> date_of_document(std::string_view text) {
  for (auto [open, close] : {std::pair<std::string_view, std::string_view>{"〔", "〕"},
                             {"[", "]"},
                             {"［", "］"},
                             {"（", "）"},
                             {"(", ")"}}) {
    const std::size_t from = text.find(open);
    if (from == std::string_view::npos) continue;
    const std::size_t until = text.find(close, from);
    if (until == std::string_view::npos) continue;
    const std::string_view inside = text.substr(from + open.size(), until - from - open.size());
    if (is_year(inside)) return StepDate{number_of(inside)};
  }
  return std::nullopt;
}

}  // namespace

std::optional<StepDate> step_date(std::string_view text) {
  std::vector<std::string_view> parts;
  std::size_t from = 0;
  for (std::size_t at = text.find('-'); at != std::string_view::npos; at = text.find('-', from)) {
    parts.push_back(text.substr(from, at - from));
    from = at + 1;
  }
  parts.push_back(text.substr(from));
  if (!is_year(parts.front()) || parts.size() > 3) return date_of_document(text);
  StepDate out{number_of(parts.front())};
  for (std::size_t i = 1; i < parts.size(); ++i)
    if (parts[i].size() != 2 || !all_digits(parts[i])) return std::nullopt;
  if (parts.size() > 1) {
    out.month = number_of(parts[1]);
    if (out.month < 1 || out.month > 12) return std::nullopt;
  }
  if (parts.size() > 2) {
    out.day = number_of(parts[2]);
    if (out.day < 1 || out.day > days_in(out.year, out.month)) return std::nullopt;
  }
  return out;
}

bool is_before(const StepDate& a, const StepDate& b) {
  if (a.year != b.year) return a.year < b.year;
  if (a.month == 0 || b.month == 0 || a.month != b.month)
    return a.month != 0 && b.month != 0 && a.month < b.month;
  return a.day != 0 && b.day != 0 && a.day < b.day;
}

std::string step_taken(const CloseCampus& edit, std::string_view step) {
  for (const ClosureStep& s : edit.procedure)
    if (s.step == step) return step_date(s.when) ? s.when : std::string();
  return "";
}

}  // namespace doorstep
