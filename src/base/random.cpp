#include "base/random.h"

#include <cmath>

namespace doorstep {

// Source: finaliser of SplitMix64 (Steele, Lea & Flood 2014, OOPSLA).
uint64_t RandomKey::mix(uint64_t x) {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

RandomKey RandomKey::with(uint64_t part) const {
  RandomKey next = *this;
  next.state_ = mix(state_ * 0x2545f4914f6cdd1dULL + mix(part + 0x9e3779b97f4a7c15ULL));
  return next;
}

RandomKey RandomKey::with(std::string_view part) const {
  uint64_t h = 0xcbf29ce484222325ULL;  // FNV-1a
  for (char c : part) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return with(h);
}

double RandomKey::uniform() const { return static_cast<double>(mix(state_) >> 11) * 0x1.0p-53; }

uint64_t RandomStream::below(uint64_t n) {
  return static_cast<uint64_t>(uniform() * static_cast<double>(n));
}

double RandomStream::normal() {
  double u = 0.0;
  double s = 0.0;
  do {
    u = uniform(-1.0, 1.0);
    double v = uniform(-1.0, 1.0);
    s = u * u + v * v;
  } while (s >= 1.0 || s == 0.0);
  return u * std::sqrt(-2.0 * std::log(s) / s);
}

}  // namespace doorstep
