#include "io/pack/named_files.h"

#include <algorithm>
#include <cstdlib>
#include <set>

#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "io/table/table.h"
#include "io/toml_section.h"

namespace doorstep::io {
namespace fs = std::filesystem;
namespace {

/// What lies beside a data set under the same name and belongs to it.
const std::set<std::string>& companions() {
  static const std::set<std::string> kNames{".dbf", ".shx", ".prj", ".cpg", ".qpj", ".sbn",
                                            ".sbx", ".dat", ".map", ".id",  ".ind", ".mid",
                                            ".hdr", ".tfw", ".ovr", ".rrd", ".csvt"};
  return kNames;
}

void collect_texts(const toml::node& node, std::set<std::string>& out) {
  if (const auto* text = node.as_string()) out.insert(text->get());
  if (const auto* list = node.as_array())
    for (const toml::node& item : *list) collect_texts(item, out);
  if (const auto* table = node.as_table())
    for (const auto& [key, value] : *table) collect_texts(value, out);
}

bool stays_inside(const fs::path& path, const fs::path& root) {
  std::error_code missing;
  const fs::path real = fs::weakly_canonical(path, missing);
  const fs::path real_root = fs::weakly_canonical(root, missing);
  return std::mismatch(real_root.begin(), real_root.end(), real.begin(), real.end()).first ==
         real_root.end();
}

class Collector {
 public:
  Collector(fs::path folder, NamedFiles& out) : folder_(std::move(folder)), out_(out) {}

  void take(const std::string& written) {
    if (is_database(written))
      throw Error("a layer lies in a database, which cannot be mailed", written,
                  "export the layer to a GeoPackage in the place's folder and name that");
    fs::path root = folder_, inside;
    std::string rest = written;
    if (written.starts_with("${")) {
      const std::size_t end = written.find('}');
      if (end == std::string::npos) return;
      const std::string variable = written.substr(2, end - 2);
      const char* value = std::getenv(variable.c_str());
      if (value == nullptr || *value == '\0') return;
      root = value;
      rest = written.substr(end + 1);
      while (!rest.empty() && rest.front() == '/') rest.erase(0, 1);
      inside = fs::path("outside") / variable;
    }
    const fs::path relative = fs::path(rest).lexically_normal();
    if (rest.empty() || relative.is_absolute() || *relative.begin() == "..") return;
    std::error_code ignored;
    const fs::path path = root / relative;
    const bool geodatabase =
        fs::is_directory(path, ignored) && lower_ascii(path.extension().string()) == ".gdb";
    if ((!fs::is_regular_file(path, ignored) && !geodatabase) || !stays_inside(path, root)) return;
    if (!inside.empty()) rewrite(written, (inside / relative).generic_string());
    if (geodatabase) {
      for (const auto& entry : fs::directory_iterator(path))
        if (entry.is_regular_file()) add(inside / relative / entry.path().filename(), entry.path());
      return;
    }
    add(inside / relative, path);
    add_companions(inside / relative, path);
  }

 private:
  void add(const fs::path& within, const fs::path& from) {
    out_.files.emplace(within.generic_string(), from);
  }

  void add_companions(const fs::path& within, const fs::path& path) {
    const std::string stem = lower_ascii(path.stem().string());
    const std::string whole = lower_ascii(path.filename().string());
    std::error_code failed;
    for (const auto& entry : fs::directory_iterator(path.parent_path(), failed)) {
      const std::string name = lower_ascii(entry.path().filename().string());
      const bool same = lower_ascii(entry.path().stem().string()) == stem &&
                        companions().contains(lower_ascii(entry.path().extension().string()));
      if ((same || name == whole + ".aux.xml" || name == whole + ".ovr") && entry.is_regular_file())
        add(within.parent_path() / entry.path().filename(), entry.path());
    }
  }

  void rewrite(const std::string& from, const std::string& to) {
    for (const char* quote : {"\"", "'"}) {
      const std::string old = quote + from + quote;
      for (std::size_t at = 0; (at = out_.text.find(old, at)) != std::string::npos;)
        out_.text.replace(at, old.size(), quote + to + quote);
    }
  }

  fs::path folder_;
  NamedFiles& out_;
};

}  // namespace

NamedFiles named_files(const fs::path& toml_file) {
  NamedFiles out;
  out.text = read_file(toml_file);
  const std::string shown = toml_file.filename().string();
  const toml::table parsed = parse_toml(out.text, shown);
  out.code = parsed["code"].value_or(std::string());
  const fs::path folder = fs::absolute(toml_file).parent_path();
  std::set<std::string> texts;
  collect_texts(parsed, texts);
  Collector collector(folder, out);
  for (const std::string& text : texts) collector.take(text);
  out.files.erase(shown);
  // Who made the data and on what terms travels with them.
  for (const char* beside : {"README.md", "LICENSE", "LICENCE", "ATTRIBUTION"}) {
    std::error_code ignored;
    if (fs::is_regular_file(folder / beside, ignored)) out.files.emplace(beside, folder / beside);
  }
  return out;
}

}  // namespace doorstep::io
