"""Playing: histories through the driver, and where it and the oracle differ."""
import json
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(HERE.parent / "region"))

import care  # noqa: E402  (found by the path above)
from histories import History, Plan  # noqa: E402


def wire(history):
    return "".join(json.dumps(line, separators=(",", ":")) + "\n"
                   for line in [{"history": history.name, "partition": history.partition}, *history.messages])


def drive(driver, histories, seed):
    """What the driver says of each history, by its name."""
    played = subprocess.run([driver, str(seed)], input="".join(map(wire, histories)), capture_output=True, text=True,
                            cwd=ROOT)
    if played.returncode != 0:
        raise RuntimeError(f"{driver} ended with {played.returncode}:\n{played.stdout[-3000:]}{played.stderr[-3000:]}")
    return {said["history"]: said for said in map(json.loads, played.stdout.splitlines())}


def differences(history, said):
    """Sentences, none when billing and the oracle agree."""
    if said["wrong_after"]:
        yield f"the ledger does not sum to zero when {said['wrong_after']} messages were heard"
    expected = history.expected()
    for name in sorted(expected.keys() | said["lines"].keys()):
        ours, theirs = expected.get(name, "no such line"), said["lines"].get(name, "no such line")
        if ours != theirs:
            yield f"line {name} nets to {words(theirs)}, and is worth {words(ours)}"
    costs = history.costs()
    for name in sorted(costs.keys() | said["costs"].keys()):
        if costs.get(name, 0) != said["costs"].get(name, 0):
            yield (f"{name} is posted as {said['costs'].get(name, 0)} cents of cost, and its lines net to "
                   f"{costs.get(name, 0)}")
    for name in sorted(said["foreseen"].keys() | said["corrections"].keys()):
        foreseen, made = (said[of].get(name, 0) for of in ("foreseen", "corrections"))
        if foreseen != made:
            yield f"{name} is {made} in the corrections, and what-if had told {foreseen}"
    for name, starts in said["starts"].items():
        if starts not in (0, 1):
            yield f"allocation {name} has {starts} start parts"


def words(cents):
    return "refused" if cents is None else cents if isinstance(cents, str) else f"{cents} cents"


def of_billing(seed):
    return History(str(seed), Plan(seed))


def compare(driver, seeds, chance=1, draw=of_billing, differences_of=differences):
    """(history, its differences) of each seed that has any."""
    histories = [draw(seed) for seed in seeds]
    said = drive(driver, histories, chance)
    found = [(history, list(differences_of(history, said[history.name]))) for history in histories]
    return [(history, faults) for history, faults in found if faults]


def compare_care(driver, seeds, chance=1):
    return compare(driver, seeds, chance, care.CareHistory, care.differences)
