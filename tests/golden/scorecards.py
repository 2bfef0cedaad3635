"""Scorecards by template: two runs of a place, line by line, in words a leader reads.
Used by scripts/scorecard and scripts/readme_figures.

A template (config/scorecards/*.toml) has a name and [[line]]s: `head` in both languages; `figure`, a
key of a stage in summary.json (PLACE stands for the code of the place); `unit` = share, coefficient,
people, count, metres; `aim` = up or down where one way is better. `take` = sum adds the years from the
first on, spread gives the coefficient of variation over campuses, weighted by their pupils.
`from = "plan"` takes a figure of the plan as a whole. A line without a figure waits to be filled."""
import collections
import math

import runs as r

Row = collections.namedtuple("Row", "head before after change word")
WORDS = {
    "zh": {"better": "好转", "worse": "变差", "same": "不变", "fill": "待填", "points": "个百分点",
           "assumed": "按假定单价", "unknown": "另有 {} 项无单价", "years": "年",
           "note": "变化不足千分之一记为「不变」;变化按未取整的数计算。",
           "figure": "指标", "before": "未实施", "after": "实施后", "change": "变化"},
    "en": {"better": "better", "worse": "worse", "same": "same", "fill": "to be filled", "points": "pt",
           "assumed": "by assumed standards", "unknown": "{} edits more have no standard",
           "note": "A change below a thousandth counts as none; changes are rounded from exact figures.",
           "figure": "figure", "before": "without", "after": "with", "change": "change"},
}
DIGITS = {"share": 1, "coefficient": 4}  # of what is shown; everything else is whole
SAME = 0.001  # a change below a thousandth is none: the checks of the tree hold figures no closer


def shown(value, unit, lang, signed=False):
    """A value with its unit; a change is signed, and in points where the value is a share."""
    if value is None:
        return "–"
    digits = DIGITS.get(unit, 0)
    number = round(value * (100 if unit == "share" else 1), digits)
    text = f"{abs(number):,.{digits}f}"
    if signed:
        text = ("±0" if number == 0 else ("+" if number > 0 else "−") + text)
    elif number < 0:
        text = "−" + text
    if unit != "share":
        return text
    if not signed:
        return text + "%"
    return text + (" " if lang == "en" else "") + WORDS[lang]["points"]


def spread(campuses, name):
    """Coefficient of variation over campuses, weighted by pupils."""
    rows = [c for c in campuses if c["pupils"] > 0 and c.get(name) is not None]
    pupils = sum(c["pupils"] for c in rows)
    if pupils <= 0:
        return None
    mean = sum(c["pupils"] * c[name] for c in rows) / pupils
    return math.sqrt(sum(c["pupils"] * (c[name] - mean) ** 2 for c in rows) / pupils) / mean


def value_of(line, summary, stage, year):
    take = line.get("take")
    name = line["figure"].replace("PLACE", summary["place"]["code"])
    if take == "spread":
        return spread(r.stage_of(summary, year, stage)["campuses"], name)
    if take == "sum":
        years = [entry["year"] for entry in summary["years"] if entry["year"] <= year]
        return sum(r.at_path(r.stage_of(summary, y, stage), name) for y in years)
    return r.at_path(r.stage_of(summary, year, stage), name)


def plan_cell(plan, name, lang):
    """Money of the whole plan, and what of it is assumed or not known."""
    cost = plan.get("cost")
    if cost is None or name != "cost":
        return "–"
    words, notes = WORDS[lang], []
    if any(edit["assumed"] and edit["cost"] for edit in cost["edits"]):
        notes.append(words["assumed"])
    if cost["without_cost"]:
        notes.append(words["unknown"].format(cost["without_cost"]))
    currency = {"yuan": "元"}.get(cost["currency"], cost["currency"]) if lang == "zh" else cost["currency"]
    money = f"{cost['total']:,.0f} {currency}"
    return money + (f" ({', '.join(notes)})" if lang == "en" and notes else
                    f"({','.join(notes)})" if notes else "")


def word_of(line, a, b, unit, lang):
    words = WORDS[lang]
    if "aim" not in line or a is None or b is None:
        return ""
    digits = DIGITS.get(unit, 0)
    least = SAME * max(abs(a), abs(b))
    seen = round((b - a) * (100 if unit == "share" else 1), digits) != 0
    if abs(b - a) <= least or not seen:
        return words["same"]
    return words["better"] if (b > a) == (line["aim"] == "up") else words["worse"]


def rows(template, before, after, stage, year, lang):
    for line in template["line"]:
        head = line["head"][lang]
        if "figure" not in line:
            yield Row(head, "", "", "", WORDS[lang]["fill"])
        elif line.get("from") == "plan":
            yield Row(head, "", plan_cell(after["scenario"], line["figure"], lang), "", "")
        else:
            unit = line.get("unit", "count")
            a = value_of(line, before, stage, year)
            b = value_of(line, after, stage, year)
            change = None if a is None or b is None else b - a
            yield Row(head, shown(a, unit, lang), shown(b, unit, lang),
                      shown(change, unit, lang, signed=True) if change is not None else "",
                      word_of(line, a, b, unit, lang))


def stage_name(summary, stage, lang):
    for entry in summary["years"][-1]["stages"]:
        if entry["stage"] == stage:
            return entry["name"][lang]
    return stage
