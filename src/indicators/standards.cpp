#include "base/error.h"
#include "indicators/indicators.h"
#include "indicators/standard.h"

namespace doorstep {

double standard(const Coefficients& standards, const std::string& name) {
  if (standards.has(name)) return standards.value(name);
  throw Error("no standard " + name, "config/standards.toml",
              "write it there with value, unit, source and mark");
}

Standards standards_from(const Coefficients& entries) {
  auto value = [&](const char* name) { return standard(entries, name); };
  Standards s;
  s.large_class = value("class.large");
  s.very_large_class = value("class.very_large");
  s.yellow = value("warning.yellow");
  s.red = value("warning.red");
  s.long_way = Metres(value("travel.long_way"));
  s.long_time = Minutes(value("travel.long_time"));
  s.all = entries;
  return s;
}

}  // namespace doorstep
