"""Claims of a scenario, written before it was run, held against what the run gives.

claims.toml beside scenario.toml: `years` of the run; then [[claim]] with `says`, `stage`, `year`,
`figure` (a key of a stage in summary.json; with `campuses` of those campuses, summed; with `per`
divided by another figure; `against` = a place to compare with instead), `of` = change (default),
relative, baseline or scenario; `sign` (+, -, 0) or `least` and `most`; `why` and `source`. A claim
that did not come true stays as it was written and gets `failed` = what happened instead; the check
then holds the model to failing it still. One whose place was changed after a first run says so in
`after_first_run`: it shows, and confirms nothing."""
import os
import sys
import tomllib

import runs as r

ZERO = 1e-6  # below this share of the baseline a change is none


def value_of(claim, runs, places, scenario, years):
    before, place = places
    of = claim.get("of", "change")
    b = r.figure(runs.scenario(place, scenario, years), claim) if of != "baseline" else None
    if of == "scenario":
        return b, 0.0
    a = r.figure(runs.baseline(before, years), claim)
    if of == "baseline":
        return a, 0.0
    if of == "relative":
        return (b - a) / a, ZERO
    if of == "change":
        return b - a, ZERO * max(1.0, abs(a))
    sys.exit(f"claim {claim['id']}: of = {of} is not change, relative, baseline or scenario")


def holds(claim, value, zero):
    if "sign" in claim:
        found = "+" if value > zero else "-" if value < -zero else "0"
        if found != claim["sign"]:
            return False
    return claim.get("least", value) <= value <= claim.get("most", value)


def checked(program, tree, name, runs=None):
    """Yields (claim, value, holds) of a scenario."""
    folder = os.path.join(tree, "scenarios", name)
    with open(os.path.join(folder, "claims.toml"), "rb") as file:
        claims = tomllib.load(file)
    runs = runs or r.Runs(program, tree)
    place, scenario = r.place_and_scenario(tree, name)
    years = claims.get("years", r.YEARS)
    for claim in claims["claim"]:
        against = claim.get("against", claims.get("against"))
        before = r.place_folder(tree, against) if against else place
        for key in ("id", "says", "source"):
            if key not in claim:
                sys.exit(f"{name}/claims.toml: a claim has no {key}")
        if not {"sign", "least", "most"} & set(claim):
            sys.exit(f"{name}, {claim['id']}: neither sign nor range; that is no claim")
        value, zero = value_of(claim, runs, (before, place), scenario, years)
        yield claim, value, holds(claim, value, zero)
