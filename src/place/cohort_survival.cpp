#include "place/cohort_survival.h"

namespace doorstep {

std::vector<double> cohort_survival(const std::map<Year, std::vector<double>>& pupils_by_grade,
                                    int years) {
  std::vector<double> sum, count;
  int used = 0;
  for (auto later = pupils_by_grade.rbegin(); later != pupils_by_grade.rend() && used < years;
       ++later) {
    const auto earlier = pupils_by_grade.find(later->first - 1);
    if (earlier == pupils_by_grade.end()) continue;
    ++used;
    sum.resize(later->second.size() - 1, 0.0);
    count.resize(sum.size(), 0.0);
    for (std::size_t g = 0; g < sum.size(); ++g) {
      if (!(earlier->second[g] > 0)) continue;
      sum[g] += later->second[g + 1] / earlier->second[g];
      ++count[g];
    }
  }
  for (std::size_t g = 0; g < sum.size(); ++g) sum[g] = count[g] > 0 ? sum[g] / count[g] : 1.0;
  return sum;
}

}  // namespace doorstep
