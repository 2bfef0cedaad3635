// Our reader of packed extracts against libosmium's, and against files that are damaged or made to
// harm.

#include <algorithm>
#include <cmath>
#include <random>

#include "base/error.h"
#include "geo/crs.h"
#include "io/osm/number_ids.h"
#include "io/osm/position_grid.h"
#include "io/osm/raw.h"
#include "osm_files.h"

using namespace doorstep;
using namespace doorstep::io;
using doorstep::test::TemporaryFile;

namespace {

constexpr OsmWanted kAll{true, true, true};

/// Everything that was kept, one object a line.
std::string text_of(const OsmRaw& raw) {
  std::string out;
  auto tags = [&](OsmRange range) {
    std::vector<std::string> lines;
    for (uint32_t i = range.first; i < range.first + range.count; ++i) {
      const OsmTag& tag = raw.tag_pool[i];
      lines.push_back(" " + std::to_string(int(tag.key)) + "=" + std::string(tag.value));
    }
    std::ranges::sort(lines);
    for (const std::string& line : lines) out += line;
  };
  auto position = [&](OsmPosition p) {
    out += " at " + std::to_string(p.lon) + "," + std::to_string(p.lat);
  };
  for (const OsmWay& way : raw.ways) {
    out += "w" + std::to_string(way.id);
    tags(way.tags);
    for (uint32_t n : raw.nodes_of(way)) out += " " + std::to_string(raw.node_ids[n]);
    out += "\n";
  }
  for (const OsmRelation& relation : raw.relations) {
    out += "r" + std::to_string(relation.id);
    tags(relation.tags);
    for (int64_t id : relation.outer) out += " o" + std::to_string(id);
    for (int64_t id : relation.inner) out += " i" + std::to_string(id);
    out += "\n";
  }
  for (const OsmPoint& p : raw.points) {
    out += "p" + std::to_string(p.id) + " " + std::to_string(p.node);
    tags(p.tags);
    position(p.position);
    out += "\n";
  }
  for (std::size_t n = 0; n < raw.node_ids.size(); ++n) {
    out += "n" + std::to_string(raw.node_ids[n]);
    position(raw.positions[n]);
    out += "\n";
  }
  return out;
}

std::string ours(const std::filesystem::path& path, OsmCounts& counts, unsigned threads = 2) {
  return text_of(read_osm_raw(path, {kAll, threads}, counts));
}

std::string by_libosmium(const std::filesystem::path& path, OsmCounts& counts) {
  return text_of(read_osm_by_libosmium(path, {kAll, 0}, counts));
}

/// The line a reader of this file would show.
std::string refusal(const std::string& bytes) {
  TemporaryFile file(".osm.pbf", bytes);
  OsmCounts counts;
  try {
    (void)read_osm_raw(file.path(), {kAll, 2}, counts);
  } catch (const Error& e) {
    CHECK(e.where() == file.path().string());
    return std::string(e.what()) + " (" + e.hint() + ")";
  }
  return "";
}

/// Parts of a file written by hand. Pre: every length below 128, unless by `number`.
std::string number(uint64_t v) {
  std::string out;
  for (; v >= 128; v >>= 7) out += static_cast<char>(v | 128);
  return out + static_cast<char>(v);
}
std::string field(int tag, const std::string& bytes) {
  return number(uint64_t(tag) << 3 | 2) + number(bytes.size()) + bytes;
}
std::string field(int tag, uint64_t value) { return number(uint64_t(tag) << 3) + number(value); }
std::string blob(const std::string& type, const std::string& data, uint64_t claimed = 0) {
  std::string head = field(1, type) + field(3, claimed > 0 ? claimed : data.size());
  std::string length(4, '\0');
  for (int i = 0; i < 4; ++i)
    length[std::size_t(i)] = static_cast<char>(head.size() >> (24 - 8 * i));
  return length + head + data;
}
const std::string kHeader = blob("OSMHeader", field(1, field(4, "OsmSchema-V0.6")));
std::string with_block(const std::string& block) {
  return kHeader + blob("OSMData", field(1, block));
}

const std::string kTown =
    "n-7 x7.1 y50.1\nn-6 x7.2 y50.1 Tbarrier=gate\n"
    "n4 x7.3 y50.2 Tamenity=school,name=Dorfschule\n"
    "n299999999999 x-7.4 y-50.3\nn300000000000 x7.5 y50.3\n"
    "w-3 Thighway=residential,name=Weg Nn-7,n-6,n300000000000\n"
    "w5 Nn299999999999,n-7,n4,n299999999999\n"
    "w299999999998 Thighway=path Nn299999999999,n300000000000,n-7\n"
    "r9 Ttype=multipolygon,natural=water,name=湖 Mw5@outer,w77@inner,n4@label\n";

}  // namespace

TEST_CASE("a packed extract gives what libosmium reads, dense or plain, compressed or not") {
  auto options = GENERATE(as<std::string>{}, "", "pbf_dense_nodes=false", "pbf_compression=none",
                          "pbf_dense_nodes=false,pbf_compression=none");
  TemporaryFile file(".osm.pbf");
  test::pack(kTown, file.path(), options);
  OsmCounts counts;
  std::string text = ours(file.path(), counts);
  CHECK(text == by_libosmium(file.path(), counts));
  CHECK(text.find("w-3 13=residential") == 0);
  CHECK(text.find("n300000000000 at 75000000,503000000") != std::string::npos);
  CHECK(text.find("n299999999999 at -74000000,-503000000") != std::string::npos);
  CHECK(text.find("r9 ") != std::string::npos);
}

TEST_CASE("real extracts give what libosmium reads, on one, two and five threads") {
  auto name =
      GENERATE("porto.osm.pbf", "poa_osm.pbf", "andorra.osm.pbf", "liechtenstein-latest.osm.pbf");
  auto path = test::real_extract(name);
  if (path.empty()) return;
  OsmCounts of_ours;
  OsmCounts of_libosmium;
  std::string text = ours(path, of_ours, 1);
  CHECK(text.size() > 100000);
  CHECK(text == ours(path, of_ours, 2));
  CHECK(text == ours(path, of_ours, 5));
  // Not by CHECK(==): the texts are long.
  bool same = text == by_libosmium(path, of_libosmium);
  CHECK(same);
  CHECK(of_ours.duplicate_ways == of_libosmium.duplicate_ways);
  CHECK(of_ours.duplicate_nodes == of_libosmium.duplicate_nodes);
}

TEST_CASE("in a file out of order the first of each id counts, whatever the threads") {
  std::string opl =
      "w9 Thighway=path Nn3,n1\nw2 Thighway=steps Nn1,n2,n3\nw9 Thighway=track Nn2,n50\n"
      "n3 x3 y0\nn1 x1 y0\nn2 x2 y0\nn1 x9 y9\n";
  TemporaryFile file(".osm.pbf");
  test::pack(opl, file.path());
  OsmCounts counts;
  std::string text = ours(file.path(), counts);
  CHECK(text ==
        "w2 13=steps 1 2 3\nw9 13=path 3 1\n"
        "n1 at 10000000,0\nn2 at 20000000,0\nn3 at 30000000,0\n");
  CHECK(counts.duplicate_ways == 1);
  CHECK(counts.duplicate_nodes == 1);
  CHECK(counts.missing_nodes == 0);  // n50 is named only by the second w9
}

TEST_CASE("nodes that stand again in a later block do not win by being read sooner") {
  // 9,000 nodes fill more than a block of 8,000; the last repeats the first.
  std::string opl;
  for (int i = 1; i <= 9000; ++i) opl += "n" + std::to_string(i) + " x1 y1\n";
  opl += "n1 x5 y5\nw1 Thighway=path Nn1,n9000\n";
  TemporaryFile file(".osm.pbf");
  test::pack(opl, file.path());
  for (unsigned threads : {1u, 2u, 4u}) {
    OsmCounts counts;
    CHECK(ours(file.path(), counts, threads) ==
          "w1 13=path 1 9000\nn1 at 10000000,10000000\nn9000 at 10000000,10000000\n");
    CHECK(counts.duplicate_nodes == 1);
  }
}

TEST_CASE("a packed extract that is cut off anywhere is refused in one line with the byte") {
  TemporaryFile file(".osm.pbf");
  test::pack(kTown, file.path(), "pbf_compression=none");
  std::string whole = read_file(file.path());
  std::size_t read_in_part = 0;
  for (std::size_t length = 0; length < whole.size(); ++length) {
    std::string line = refusal(whole.substr(0, length));
    if (line.empty()) {
      ++read_in_part;  // cut between two blobs, where a file may end
      continue;
    }
    CHECK(line.starts_with("byte "));
    CHECK(line.find('\n') == std::string::npos);
  }
  CHECK(read_in_part <= 3);
}

TEST_CASE("a packed extract with any byte changed is read or refused, never more") {
  for (const char* options :
       {"pbf_compression=none", "", "pbf_compression=none,pbf_dense_nodes=false"}) {
    TemporaryFile file(".osm.pbf");
    test::pack(kTown, file.path(), options);
    std::string whole = read_file(file.path());
    std::size_t refused = 0;
    for (std::size_t i = 0; i < whole.size(); ++i) {
      std::string changed = whole;
      changed[i] = static_cast<char>(changed[i] ^ (1 << (i % 8)));
      refused += !refusal(changed).empty();
    }
    CHECK(refused > whole.size() / 10);
  }
}

TEST_CASE("what is no packed extract, or beyond the format's limits, is refused by name") {
  CHECK(refusal("").find("byte 0: the file is empty") == 0);
  CHECK(refusal("PK\x03\x04 a zip archive").find("byte 0: this is no OSM PBF file") == 0);
  CHECK(refusal(blob("OSMData", "")).find("does not begin with an OSMHeader") != std::string::npos);
  CHECK(refusal(kHeader + blob("OSMData", "x", 33 << 20)).find("at most 32 MiB") !=
        std::string::npos);
  CHECK(refusal(kHeader + std::string("\0\2\0\0", 4)).find("at most 64 KiB") != std::string::npos);
  CHECK(refusal(kHeader + blob("OSMData", field(2, 31 << 20) + field(3, "xxxx")))
            .find("claims to unpack to 32505856") != std::string::npos);
  CHECK(refusal(kHeader + blob("OSMData", field(2, 9) + field(3, "xxxx"))).find("damaged") !=
        std::string::npos);
  CHECK(refusal(blob("OSMHeader", field(1, field(4, "HistoricalInformation"))))
            .find("history file") != std::string::npos);
  CHECK(refusal(blob("OSMHeader", field(1, field(4, "Sparkles")))).find("\"Sparkles\"") !=
        std::string::npos);
}

TEST_CASE("a compression that is not read is named") {
  auto [tag, name] = GENERATE(table<int, std::string>({{4, "lzma"}, {6, "lz4"}, {7, "zstd"}}));
  std::string line = refusal(kHeader + blob("OSMData", field(2, 100) + field(tag, "xxxx")));
  CHECK(line == "byte " + std::to_string(kHeader.size()) + ": the blob is compressed by " + name +
                    ", which is not read (convert it: osmium cat in.osm.pbf -o out.osm.pbf)");
}

TEST_CASE("blocks whose parts do not fit together are refused") {
  std::string strings = field(1, field(1, "") + field(1, "highway") + field(1, "path"));
  auto way = [&](const std::string& keys, const std::string& values) {
    return with_block(strings + field(2, field(3, field(1, 5) + field(2, keys) + field(3, values) +
                                                      field(8, std::string("\2\2", 2)))));
  };
  CHECK(refusal(way("\1", "\2")).empty());
  CHECK(refusal(way("\1", "\7")).find("a tag without its text") != std::string::npos);
  CHECK(refusal(way("\1\1", "\2")).find("keys without values") != std::string::npos);
  CHECK(refusal(with_block(strings + field(17, 0))).find("impossible scale") != std::string::npos);
  std::string half = field(2, field(2, field(1, "\2\2") + field(8, "\2") + field(9, "\2\2")));
  CHECK(refusal(with_block(strings + half)).find("nodes without positions") != std::string::npos);
}

TEST_CASE("nodes are numbered in the order of their ids, up to 3e11 and below zero") {
  std::vector<int64_t> given{300000000000, -5, 7, -5, 299999999999, 7};
  NumberedIds numbered = number_ids(given);
  CHECK(numbered.ids == std::vector<int64_t>{-5, 7, 299999999999, 300000000000});
  CHECK(numbered.number_of == std::vector<uint32_t>{3, 0, 1, 0, 2, 1});
  CHECK(number_ids({}).ids.empty());
  std::vector<int64_t> one{42};
  CHECK(number_ids(one).number_of == std::vector<uint32_t>{0});
  // The whole range of 64 bits does not fit beside a count; it is sorted otherwise.
  std::vector<int64_t> far{INT64_MAX, INT64_MIN, 0};
  CHECK(number_ids(far).number_of == std::vector<uint32_t>{2, 0, 1});
}

TEST_CASE("interpolated coordinates lie within a tenth of a millimetre of PROJ's") {
  struct Area {
    const char* crs;
    double lon, lat, size;
  };
  auto area = GENERATE(Area{"EPSG:3763", -8.6, 41.2, 1.0}, Area{"EPSG:4549", 121.4, 31.2, 1.0},
                       Area{"EPSG:2056", 9.5, 47.1, 0.3}, Area{"EPSG:31982", -51.2, -30.0, 0.5},
                       Area{"EPSG:32650", 120.0, 0.0, 6.0}, Area{"EPSG:3857", 0.0, 60.0, 3.0},
                       Area{"EPSG:27700", -0.1, 50.8, 0.4});
  std::mt19937 random(7);
  std::uniform_real_distribution<double> shift(-0.5, 0.5);
  std::vector<OsmPosition> positions;
  for (int i = 0; i < 2000; ++i) {
    positions.push_back({int32_t(std::lround((area.lon + area.size * shift(random)) * 1e7)),
                         int32_t(std::lround((area.lat + area.size * shift(random)) * 1e7))});
  }
  positions.push_back({});
  Transformer proj(Crs("EPSG:4326"), Crs(area.crs));
  std::vector<Xy> found = project_positions(positions, Crs(area.crs), 2);
  double worst = 0.0;
  for (int i = 0; i < 2000; ++i) {
    worst = std::max(worst, distance_m(found[i], proj.to_xy(positions[i].degrees())));
  }
  CHECK(worst < 1e-4);
  CHECK(std::isnan(found.back().x));
  // Neither the neighbours nor the threads matter.
  std::vector<Xy> alone = project_positions(std::span(positions).first(1), Crs(area.crs), 1);
  CHECK(alone[0] == found[0]);
}
