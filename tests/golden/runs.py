"""Runs of the program for the checks of scenarios: where a place lies, each command run once and
kept, and how a figure is named. Used by check_scenario, check_claims and check_reforms.

A place of the tree has a place.toml, or a recipe from which DOORSTEP_MADE_MAPS holds what
tests/golden/make_maps made. Runs are kept in DOORSTEP_RUNS, if that is set, under a name that holds
for this program, place and scenario."""
import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib

YEARS = 5  # after the first, where claims.toml does not say: a cohort moves up, and it is quick


def fail(message):
    sys.exit(message)


def place_folder(tree, code):
    """The folder of a place by its code: made by a recipe, or in the tree."""
    made = os.path.join(os.environ.get("DOORSTEP_MADE_MAPS", ""), code)
    if os.path.exists(os.path.join(made, "place.toml")):
        return made
    folder = os.path.join(tree, "maps", code)
    if not os.path.exists(os.path.join(folder, "place.toml")):
        fail(f"maps/{code} is not made: run tests/golden/make_maps PROGRAM TREE FOLDER and set "
             "DOORSTEP_MADE_MAPS to FOLDER")
    return folder


TOLD_ONLY = ("README.md", "claims.toml", "expected.json", "before-after.png",
             "decline.png", "groups.png")  # no run reads them


def stamp(path):
    """What stands for the content of a file or folder: names, sizes and times."""
    if os.path.isdir(path):
        names = sorted(set(os.listdir(path)) - set(TOLD_ONLY))
        return [(name,) + stamp(os.path.join(path, name)) for name in names
                if not os.path.isdir(os.path.join(path, name))]
    status = os.stat(path)
    return (status.st_size, status.st_mtime_ns)


def said_plainly(main):
    """Runs main; a file that cannot be read is one line, not a trace."""
    try:
        main()
    except BrokenPipeError:  # | head
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        fail(f"{error.filename}: {error.strerror}")
    except tomllib.TOMLDecodeError as error:
        fail(f"not TOML: {error}")


class Runs:
    """Results of commands, each run once."""

    def __init__(self, program, tree):
        self.program = program
        self.tree = tree
        self.keep = os.environ.get("DOORSTEP_RUNS", "")
        self.scratch = None if self.keep else tempfile.TemporaryDirectory()
        self.read = {}

    def folder(self, arguments, writes=True):
        """The folder a command wrote into, with its terminal output in `terminal.txt`."""
        shown = [a for a in arguments]
        parts = [os.path.exists(self.program) and stamp(self.program), shown] + [stamp(a) for a in arguments if os.path.exists(a)]
        for config in ("config",):
            parts.append(stamp(os.path.join(self.tree, config)))
        name = hashlib.sha256(repr(parts).encode()).hexdigest()[:24]
        root = self.keep or self.scratch.name
        os.makedirs(root, exist_ok=True)
        kept = os.path.join(root, name)
        with open(kept + ".lock", "w", encoding="utf-8") as lock:  # checks run beside one another
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not os.path.exists(kept):
                self.make(kept, arguments, writes)
        return kept

    def make(self, kept, arguments, writes):
        root = os.path.dirname(kept)
        work = tempfile.mkdtemp(prefix="run-", dir=root)
        out = os.path.join(work, "out")
        command = [self.program] + arguments + (["-o", out] if writes else [])
        if not os.path.exists(self.program):
            fail(f"{self.program} is not built: scripts/demo builds it, --program names another")
        done = subprocess.run(command, capture_output=True, text=True, check=False,
                              env=dict(os.environ, DOORSTEP_ROOT=self.tree))
        if done.returncode != 0 and writes:
            shutil.rmtree(work)
            fail(f"{' '.join(command)}\nfailed:\n{done.stderr}")
        os.makedirs(out, exist_ok=True)
        for large in ("flows.csv", "results.gpkg"):
            if os.path.exists(os.path.join(out, large)):
                os.remove(os.path.join(out, large))
        with open(os.path.join(out, "terminal.txt"), "w", encoding="utf-8") as file:
            file.write(done.stdout + done.stderr)
        os.rename(out, kept)
        shutil.rmtree(work, ignore_errors=True)

    def document(self, arguments, name):
        path = os.path.join(self.folder(arguments), name)
        if path not in self.read:
            with open(path, encoding="utf-8") as file:
                self.read[path] = json.load(file)
        return self.read[path]

    def baseline(self, place, years):
        return self.document(["run", place, "--years", str(years)], "summary.json")

    def scenario(self, place, scenario, years):
        if scenario is None:
            return self.baseline(place, years)
        return self.document(["run", place, scenario, "--years", str(years)], "summary.json")

    def comparison(self, place, scenario, years):
        return self.document(["run", place, scenario, "--years", str(years)], "comparison.json")


def stage_of(document, year, stage):
    for entry in document["years"]:
        if entry["year"] == year:
            for found in entry["stages"]:
                if found["stage"] == stage:
                    return found
    years = [entry["year"] for entry in document["years"]]
    stages = [entry["stage"] for entry in document["years"][-1]["stages"]]
    fail(f"no {stage} in {year}; the run has {', '.join(stages)} from {years[0]} to {years[-1]}")


def at_path(entry, path):
    """The figure at a path of keys: travel.mean_m; figures.territories[210102].large_classes picks
    the one of that code, group or county from a list."""
    for key in path.split("."):
        key, _, picked = key.rstrip("]").partition("[")
        if picked and isinstance(entry, dict) and isinstance(entry.get(key), list):
            found = [e for e in entry[key] if picked in (e.get("code"), e.get("group"))]
            if not found:
                fail(f"no {picked} among {key}")
            entry = found[0]
            continue
        if not isinstance(entry, dict) or key not in entry:
            fail(f"no figure {path}; there are {sorted(entry) if isinstance(entry, dict) else entry}")
        entry = entry[key]
    return entry


def figure(document, where):
    """A figure of a summary: year, stage, figure; optional campuses (summed), per (divided by)."""
    stage = stage_of(document, where["year"], where["stage"])
    if "campuses" in where:
        rows = [c for c in stage["campuses"] if c["campus"] in where["campuses"]]
        value = sum(at_path(c, where["figure"]) or 0.0 for c in rows)
        if "per" in where:
            value /= sum(at_path(c, where["per"]) for c in rows)
        return value
    value = at_path(stage, where["figure"])
    if value is None:
        fail(f"{where['figure']} is not defined in {where['year']}")
    if "per" in where:
        value /= at_path(stage, where["per"])
    return value


def place_and_scenario(tree, name):
    """Folder of the place and the scenario file of scenarios/NAME. A scenario that is made beside
    its place (claims.toml: made = "groups.toml", place = CODE) lies there; without `made` the place
    itself is what changes, held against the place `against`: the scenario is then none."""
    folder = os.path.join(tree, "scenarios", name)
    own = os.path.join(folder, "scenario.toml")
    if os.path.exists(own):
        with open(own, "rb") as file:
            return place_folder(tree, tomllib.load(file)["place"]), folder
    with open(os.path.join(folder, "claims.toml"), "rb") as file:
        claims = tomllib.load(file)
    place = place_folder(tree, claims["place"])
    return place, os.path.join(place, claims["made"]) if "made" in claims else None


def years_of(tree, name):
    """How many years after the first the checks run a scenario."""
    path = os.path.join(tree, "scenarios", name, "claims.toml")
    if not os.path.exists(path):
        return YEARS
    with open(path, "rb") as file:
        return tomllib.load(file).get("years", YEARS)
