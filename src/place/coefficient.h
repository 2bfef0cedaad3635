#pragma once
// A number that the model uses, with where it comes from: the only way a coefficient enters.

#include <map>
#include <string>
#include <vector>

namespace doorstep {

/// A named coefficient. `mark` is "F" found in a source, "M" from memory, "D" derived, or
/// "assumed".
struct Coefficient {
  double value = 0.0;
  double low = 0.0;
  double high = 0.0;
  std::string source;
  std::string mark = "assumed";
  [[nodiscard]] bool assumed() const { return mark == "assumed"; }
};

/// Coefficients by name ("choice.a_quality"), ordered, so that their hash repeats.
class Coefficients {
 public:
  void set(const std::string& name, Coefficient c) { items_[name] = std::move(c); }
  /// Throws: Error naming the missing coefficient and where to write it.
  [[nodiscard]] double value(const std::string& name) const;
  [[nodiscard]] bool has(const std::string& name) const { return items_.count(name) > 0; }
  [[nodiscard]] const std::map<std::string, Coefficient>& items() const { return items_; }
  /// SHA-256 over names and values.
  [[nodiscard]] std::string hash() const;

 private:
  std::map<std::string, Coefficient> items_;
};

}  // namespace doorstep
