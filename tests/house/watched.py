"""Watched: what alerts and the dashboard ask for is told by a house, and every alert says what to do."""
import json
import re

import yaml

from house import Fault, main, truth

METRICS = "deploy/observability/metrics.md"
ALERTS = "deploy/observability/alerts.yml"
DASHBOARD = "deploy/observability/dashboard.json"
TRIED = "tests/observability/alerts.yml"
HANDBOOK = "deploy/README.md"

# Told by others than the houses: Prometheus itself, and node_exporter on each machine.
OF_OTHERS = {"up", "time", "node_filesystem_avail_bytes", "node_filesystem_size_bytes"}


def told(tree):
    return {match[1] for _, line in tree.lines(METRICS) if (match := re.match(r"\| `(\w+)(\{\w+\})?` \|", line))}


def asked(query):
    """Names of metrics in a query: words with an underscore, without labels, strings and functions."""
    bare = re.sub(r'"[^"]*"|\{[^}]*\}|\[[^\]]*\]|\b(by|on|ignoring|without|group_left|group_right)\s*\([^)]*\)', "", query)
    return {word for word in re.findall(r"\b[a-z]\w*_\w+\b(?!\s*\()", bare) if word not in OF_OTHERS}


def line_of(tree, path, words):
    return next((number for number, line in tree.lines(path) if words in line), 1)


def alerts(tree):
    for group in yaml.safe_load(tree.text(ALERTS))["groups"]:
        yield from group["rules"]


def queries(tree):
    """Path, line and text of each."""
    for alert in alerts(tree):
        yield ALERTS, line_of(tree, ALERTS, alert["alert"]), alert["expr"]
    for panel in json.loads(tree.text(DASHBOARD))["panels"]:
        for target in panel["targets"]:
            yield DASHBOARD, line_of(tree, DASHBOARD, json.dumps(panel["title"])), target["expr"]


def is_watched(tree):
    return (tree.root / METRICS).is_file()


@truth
def every_number_that_is_asked_for_is_told(tree):
    known = told(tree) if is_watched(tree) else set()
    for path, line, query in queries(tree) if is_watched(tree) else ():
        if not asked(query) and not any(word in query for word in OF_OTHERS):
            yield Fault(path, line, "asks for nothing")
        for name in sorted(asked(query) - known):
            yield Fault(path, line, f"{name} is told by no house")


@truth
def every_alert_says_what_to_do_and_is_tried(tree):
    if not is_watched(tree):
        return
    tried = {test["name"] for test in yaml.safe_load(tree.text(TRIED))["tests"]}
    for alert in alerts(tree):
        name, line = alert["alert"], line_of(tree, ALERTS, alert["alert"])
        if alert["labels"].get("severity") not in ("page", "ticket"):
            yield Fault(ALERTS, line, f"{name} is neither for now nor for a working day")
        for word in ("summary", "action"):
            if not alert["annotations"].get(word):
                yield Fault(ALERTS, line, f"{name} has no {word}")
        if name not in tried:
            yield Fault(ALERTS, line, f"{name} is not tried in {TRIED}")
        if f"| `{name}` |" not in tree.text(HANDBOOK):
            yield Fault(ALERTS, line, f"{name} has no line in {HANDBOOK}")


@truth
def every_panel_has_a_place_of_its_own(tree):
    taken = {}
    for panel in json.loads(tree.text(DASHBOARD))["panels"] if is_watched(tree) else ():
        line, place = line_of(tree, DASHBOARD, json.dumps(panel["title"])), panel["gridPos"]
        cells = [(x, y) for x in range(place["x"], place["x"] + place["w"])
                 for y in range(place["y"], place["y"] + place["h"])]
        others = {taken.setdefault(cell, panel["title"]) for cell in cells} - {panel["title"]}
        for other in sorted(others):
            yield Fault(DASHBOARD, line, f"stands on {other}")
        if place["x"] + place["w"] > 24:
            yield Fault(DASHBOARD, line, "stands beside the page")


if __name__ == "__main__":
    main()
