"""Rules: the table of `picq ijw rules` beside the lists of the standard, where those lie beside the checkout.

    rules.py PICQ [LISTS]

Every technical rule, and every condition and constraint, for a message that a municipality receives has a row, with the
level and the return code that the standard gives it; what another house enforces is a reason of that house.
"""
import json
import os
import re
import subprocess
import sys
from pathlib import Path

MESSAGES = {"JW305", "JW307", "JW315", "JW317", "JW323"}
LEVELS = {
    "berichtoverstijgend": "across messages",
    "externe bron": "outside sources",
    "bericht inhoud (xslt)": "content",
}
# What the schemas hold as well, so that it is judged there.
IN_THE_SCHEMA = {"CS015", "CS025", "CS319"}


def rows_of(picq):
    told = subprocess.run([picq, "ijw", "rules", "--json"], capture_output=True, check=True).stdout
    return {row["rule"]: row for row in json.loads(told)}


def faults_of_technical_rules(rows, lists):
    for rule in json.loads((lists / "rules.json").read_text(encoding="utf-8")):
        messages = MESSAGES & set(rule["msgs"])
        if not rule["code"].startswith("TR") or not messages:
            continue
        row = rows.get(rule["code"])
        if not row:
            yield f"{rule['code']} has no row"
            continue
        if row["level"] != LEVELS[rule["level"]] or row["return_code"] != rule["retour"]:
            yield f"{rule['code']} is on level {rule['level']} with code {rule['retour']}"
        if set(row["messages"].split()) != messages:
            yield f"{rule['code']} is for {' '.join(sorted(messages))}, not for {row['messages']}"


def faults_of_conditions(rows, lists):
    for rule in json.loads((lists / "condities_constraints.json").read_text(encoding="utf-8")):
        if rule["bericht"] not in MESSAGES or rule["type"] == "Restrictie":
            continue
        row = rows.get(rule["code"])
        if not row:
            yield f"{rule['code']} of {rule['bericht']} has no row"
        elif rule["bericht"] not in row["messages"].split():
            yield f"{rule['code']} is for {rule['bericht']}, too"
        elif row["level"] != ("form" if rule["code"] in IN_THE_SCHEMA else "content"):
            yield f"{rule['code']} is on level {row['level']}"


def faults_of_restrictions(rows, lists):
    for rule in json.loads((lists / "condities_constraints.json").read_text(encoding="utf-8")):
        # Two digits are never more than 99 where only a 2 or a 3 may stand.
        if rule["bericht"] in MESSAGES and rule["type"] == "Restrictie" and rule["code"] != "RS002":
            row = rows.get(rule["code"])
            if not row or rule["bericht"] not in row["messages"].split():
                yield f"{rule['code']} of {rule['bericht']} has no row"


def faults_of_houses(rows, root):
    for row in rows.values():
        if row["house"] not in ("door", "allocation", "billing"):
            continue
        source = {"door": "intake/core/reason.h", "allocation": "allocation/core/reason.h",
                  "billing": "billing/core/billing.h"}[row["house"]]
        for reason in re.findall(r"\b[A-Z]+(?:_[A-Z]+)+\b", row["words"].split(", and")[0]):
            said = re.search(rf'X\({reason}, (?:\w+, )?"(\w*)"', (root / "services" / source).read_text(encoding="utf-8"))
            if row["house"] == "door":
                said = re.search(rf"X\({reason},", (root / "services" / source).read_text(encoding="utf-8"))
            elif said and said[1] != row["return_code"]:
                yield f"{row['rule']}: {reason} of {row['house']} answers {said[1]}, not {row['return_code']}"
            if not said:
                yield f"{row['rule']}: {reason} is no reason of {row['house']}"


def main():
    root = Path(__file__).resolve().parents[4]
    lists = Path(sys.argv[2] if len(sys.argv) > 2 else root.parent / "shared/ijw/lists")
    rows = rows_of(sys.argv[1])
    faults = list(faults_of_houses(rows, root))
    if lists.is_dir():
        for find in (faults_of_technical_rules, faults_of_conditions, faults_of_restrictions):
            faults += sorted(set(find(rows, lists)))
    else:
        print(f"no lists of the standard at {os.path.relpath(lists)}: the rows are not held against them")
    print("\n".join(faults) or f"{len(rows)} rules in order")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
