// PostGIS: file = "PG:host=127.0.0.1 dbname=plan user=reader". The user names the hosts that may be
// asked, in DOORSTEP_DATABASE_HOSTS; a place cannot. Passwords come from ~/.pgpass or PGPASSWORD.

#include <cpl_conv.h>
#include <cpl_error.h>
#include <fmt/format.h>
#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <sstream>

#include "base/error.h"
#include "base/text.h"
#include "io/table/rows.h"

namespace doorstep::io {
namespace {

constexpr std::array kKeys{"host", "port", "dbname", "user", "schemas", "sslmode"};

/// The words of "PG:host=… dbname=…". Throws: Error for what a place may not say.
std::map<std::string, std::string> parse_connection(const std::string& database) {
  std::map<std::string, std::string> words;
  std::istringstream in(database.substr(3));
  for (std::string word; in >> word;) {
    std::size_t equals = word.find('=');
    std::string key = lower_ascii(word.substr(0, equals));
    if (key.find("pass") != std::string::npos)
      throw Error("holds a password or names its file", "PG:…",
                  "keep it in ~/.pgpass or PGPASSWORD, never in a place");
    if (equals == std::string::npos || std::ranges::find(kKeys, key) == kKeys.end())
      throw Error(fmt::format("\"{}\" is not read", key), "PG:…",
                  "write PG:host=… dbname=… user=…, perhaps port, schemas, sslmode");
    std::string value = word.substr(equals + 1);
    if (value.find_first_of("'\"\\,;") != std::string::npos)
      throw Error(fmt::format("{} holds quotes or several values", key), "PG:…",
                  "write one plain word");
    words[key] = value;
  }
  if (words["dbname"].empty()) throw Error("names no dbname", database, "add dbname=…");
  if (words["host"].empty()) words["host"] = "127.0.0.1";
  return words;
}

void require_allowed(const std::string& host, const std::string& database) {
  const char* given = std::getenv("DOORSTEP_DATABASE_HOSTS");
  std::string hosts = given ? given : "";
  std::ranges::replace(hosts, ',', ' ');
  std::istringstream in(hosts);
  for (std::string allowed; in >> allowed;)
    if (allowed == host) return;
  throw Error(fmt::format("asks the database on {}, which you have not allowed", host), database,
              fmt::format("set DOORSTEP_DATABASE_HOSTS={} if you trust this place", host));
}

}  // namespace

bool is_database(const std::string& file) { return lower_ascii(file.substr(0, 3)) == "pg:"; }

OpenDataset open_database(const std::string& database) {
  auto words = parse_connection(database);
  require_allowed(words["host"], database);
  prepare_gdal();
  std::string connection = "PG:";
  for (const auto& [key, value] : words) connection += key + "='" + value + "' ";
  connection += "connect_timeout='10'";
  QuietGdal quiet;
  const char* drivers[] = {"PostgreSQL", nullptr};
  // Plain tables are layers too.
  CPLConfigOptionSetter all_tables("PG_LIST_ALL_TABLES", "YES", false);
  OpenDataset data(GDALDataset::Open(connection.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY, drivers,
                                     nullptr, nullptr));
  if (!data)
    throw Error("cannot be asked: " + last_gdal_message(), database,
                "does it run there, and is the password in ~/.pgpass?");
  return data;
}

TableHead read_database_rows(const std::string& database, const ReadTask& task) {
  OpenDataset data = open_database(database);
  QuietGdal quiet;
  if (task.request.layer.empty())
    throw Error("names no layer", database, "write layer = \"schema.table\"");
  SourcePart part{SourceKind::Map, database, task.request.shown, "", true};
  return visit_features(layer_of(*data, task.request.layer, database), part, task);
}

}  // namespace doorstep::io
