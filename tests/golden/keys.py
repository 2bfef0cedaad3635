"""Keys of figures, as scenarios/reforms.csv and scenarios/figures.csv name them:
  change|relative|baseline|scenario YEAR STAGE FIGURE [of CAMPUS+CAMPUS] [per FIGURE] [over N]
                      of doorstep run; over divides by a number. CAMPUS is a code; rc*, every code
                      that begins so; urban=rural, by a column of the place's campuses.csv; with !
                      in front these are left out
  findings CODE       how many findings of that code (doorstep check)
  printed REGEX       the number that the group of the expression matches on the terminal
  lines REGEX         how many lines of the terminal match; of a script too
Used by check_reforms and scripts/readme_figures."""
import csv
import fnmatch
import os
import re
import shlex
import subprocess
import sys

import runs as r


def arguments_of(tree, command):
    """The command without its program; places and scenarios where they lie."""
    words = shlex.split(command)
    if words[0] != "doorstep" and not re.match(r"scripts/\w+$", words[0]):
        sys.exit(f"{command}: a command of doorstep or of scripts/ is meant")
    out = [] if words[0] == "doorstep" else [os.path.join(tree, words[0])]
    for word in words[1:]:
        made = re.fullmatch(r"maps/([\w-]+)/([\w-]+\.toml)", word)
        if made and made[2] not in ("recipe.toml",):
            word = os.path.join(r.place_folder(tree, made[1]), made[2])
        elif re.fullmatch(r"maps/[\w-]+", word):
            word = r.place_folder(tree, word[5:])
        elif re.match(r"(maps|scenarios|config)/", word):
            word = os.path.join(tree, word)
        out.append(word)
    return out


def printed_by(runs, arguments):
    """What a script prints; it runs the same program, and shares the runs that are kept."""
    done = subprocess.run([*arguments, "--program", runs.program], capture_output=True, text=True,
                          check=False, env=dict(os.environ, DOORSTEP_ROOT=runs.tree))
    if done.returncode != 0:
        sys.exit(f"{' '.join(arguments)}\nfailed:\n{done.stderr}")
    return done.stdout


def campuses_of(place, terms):
    """The codes that CAMPUS+CAMPUS names in a place; a plain one may be of a campus yet to open."""
    if re.fullmatch(r"[\w+]+", terms):
        return terms.split("+")
    with open(os.path.join(place, "campuses.csv"), encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    def named(term):
        column, equals, value = term.partition("=")
        found = {row["code"] for row in rows
                 if (row[column] == value if equals else fnmatch.fnmatchcase(row["code"], term))}
        return found or sys.exit(f"{place}: no campus {term}")
    terms = terms.split("+")
    out = set().union(*(named(t) for t in terms if not t.startswith("!")))
    return sorted(out.difference(*(named(t[1:]) for t in terms if t.startswith("!"))))


def number_of(runs, arguments, key):
    words = key.split(" ")
    if os.path.basename(os.path.dirname(arguments[0])) == "scripts":
        text = printed_by(runs, arguments)
        return sum(bool(re.search(key[len("lines "):], line)) for line in text.splitlines())
    if words[0] in ("findings", "lines"):
        folder = runs.folder(arguments, writes=arguments[0] in ("run", "compare"))
        with open(os.path.join(folder, "terminal.txt"), encoding="utf-8") as file:
            text = file.read()
        pattern = rf"\b{re.escape(words[1])}\b" if words[0] == "findings" else key[len("lines "):]
        return sum(bool(re.search(pattern, line)) for line in text.splitlines())
    if words[0] == "printed":
        with open(os.path.join(runs.folder(arguments), "terminal.txt"), encoding="utf-8") as file:
            found = re.search(key[len("printed "):], file.read())
        return float(found[1].replace(",", "")) if found else sys.exit(f"nothing printed as {key}")
    of, year, stage, name = words[:4]
    where, over = {"year": int(year), "stage": stage, "figure": name}, 1.0
    for word, value in zip(words[4::2], words[5::2]):
        if word == "of":
            where["campuses"] = campuses_of(arguments[1], value)
        elif word == "per":
            where["per"] = value
        elif word == "over":
            over = float(value)
        else:
            sys.exit(f"{key}: what is {word}?")
    plain = [a for i, a in enumerate(arguments) if i != 2 or a.startswith("-")]  # no SCENARIO
    if of == "baseline":
        return r.figure(runs.document(plain, "summary.json"), where) / over
    b = r.figure(runs.document(arguments, "summary.json"), where) / over
    if of == "scenario":
        return b
    a = r.figure(runs.document(plain, "summary.json"), where) / over
    return b - a if of == "change" else (b - a) / a
