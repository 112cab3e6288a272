"""The checks of the house can fail: each truth is broken once in a tree of its own, and says where."""
import json
import subprocess
import tempfile
from pathlib import Path

import grows  # noqa: F401
import heard  # noqa: F401
import names  # noqa: F401
import pure  # noqa: F401
import rooms  # noqa: F401
import watched  # noqa: F401
from house import TRUTHS, Fault, Tree, main, truth

# A region that is watched: one number, one alert, one panel.
METRICS = "| `picq_lag` | gauge | all | how far behind |\n"
ALERT = """groups:
  - name: picq
    rules:
      - alert: Late
        expr: 'max by (house_name) (picq_lag{of_one="a_b"}) > 1'
        labels: {severity: page}
        annotations: {summary: late, action: hurry}
"""
PANEL = {"title": "Lag", "gridPos": {"x": 0, "y": 0, "w": 24, "h": 4}, "targets": [{"expr": "rate(picq_lag[5m])"}]}
WATCHED = {"deploy/observability/metrics.md": METRICS, "deploy/observability/alerts.yml": ALERT,
           "deploy/observability/dashboard.json": json.dumps({"panels": [PANEL]}, indent=1),
           "tests/observability/alerts.yml": "tests: [{name: Late}]\n", "deploy/README.md": "| `Late` | hurry |\n"}

RELEASED = grows.RELEASED
HEADER = "/*\n * Thing: what it is for.\n */\n#pragma once\n"

# truth, the file that breaks it and its text, the line that must be named; then the files it leans on.
BROKEN = [
    ("every_include_goes_down_the_plan_of_the_house",
     "common/base/day.c", '#include "db/database.h"\n', 1, {"common/db/database.h": HEADER}),
    ("every_include_goes_down_the_plan_of_the_house",
     "common/service/loop.c", '\n#include "billing/turn.h"\n', 2, {"services/billing/turn.h": HEADER}),
    ("every_include_goes_down_the_plan_of_the_house",
     "services/billing/load.c", '#include "allocation/load.h"\n', 1, {"services/allocation/load.h": HEADER}),
    ("every_include_goes_down_the_plan_of_the_house",
     "services/billing/core/decide.c", '#include "process/clock.h"\n', 1, {"common/process/clock.h": HEADER}),
    ("every_include_goes_down_the_plan_of_the_house",
     "services/billing/core/decide.c", '#include "billing/load.h"\n', 1, {"services/billing/load.h": HEADER}),
    ("every_include_goes_down_the_plan_of_the_house",
     "services/billing/keep.c", '#include "billing/say.h"\n', 1, {"services/billing/say.h": HEADER}),
    ("every_include_goes_down_the_plan_of_the_house", "common/attic/old.c", "", 1, {}),
    ("every_include_names_a_room_and_never_climbs",
     "services/billing/load.c", '#include "../allocation/load.h"\n', 1, {}),
    ("no_file_includes_itself_by_a_detour",
     "common/base/b.h", '#include "base/a.h"\n', 1, {"common/base/a.h": '#include "base/b.h"\n'}),
    ("a_library_is_known_in_its_own_room_only", "services/billing/load.c", "#include <libpq-fe.h>\n", 1, {}),
    ("a_library_is_known_in_its_own_room_only", "common/service/loop.c", "#include <czmq.h>\n", 1, {}),
    ("only_hear_and_say_know_the_structs_of_the_wire",
     "services/billing/keep.c", '#include "billing.pb-c.h"\n', 1, {}),
    ("nobody_opens_a_record_without_noting_it",
     "services/intake/mail.c", "\nvault_unseal(vault, arena, reference, sealed, &record);\n", 2, {}),
    ("a_source_includes_its_own_header_first",
     "common/base/day.c", '#include <string.h>\n#include "base/day.h"\n', 1, {"common/base/day.h": HEADER}),

    ("whom_a_house_hears_knows_that_it_is_heard",
     "services/billing/main.c", '\n.sources = {"allocation"},\n', 2,
     {"services/allocation/main.c": '.sources = {"intake"},\n.heard_by = {"intake"},\n'}),
    ("everyone_is_heard",
     "services/allocation/say.c", '\nsay("allocation.Judged");\n', 2,
     {"services/allocation/main.c": '.sources = {"intake"},\n', "services/billing/main.c": '.sources = {"allocation"},\n'}),
    ("every_kind_of_fact_is_heard_or_let_pass",
     "proto/intake.proto", "message Fact {\n  oneof fact {\n    Birth birth = 10;\n  }\n}\n", 3,
     {"services/allocation/main.c": '.sources = {"intake"},\n'}),

    ("what_a_released_message_said_it_still_says", "proto/billing.proto",
     "package billing;\nmessage Judged {\n  string heard = 2;\n}\n", 3, {RELEASED: "billing.Judged.heard 1 string\n"}),
    ("what_a_released_message_said_it_still_says", "proto/billing.proto",
     "package billing;\nmessage Judged {\n  oneof told {\n    int64 heard = 1;\n  }\n}\n", 4,
     {RELEASED: "billing.Judged.heard 1 string\n"}),
    ("what_a_released_message_said_it_still_says", "proto/billing.proto",
     "package billing;\nmessage Judged {\n  string said = 1;\n}\n", 3, {RELEASED: "billing.Judged.heard 1 string\n"}),
    ("what_a_released_message_said_it_still_says", RELEASED, "billing.Judged.Way.PAID 1\n", 1,
     {"proto/billing.proto": "package billing;\nmessage Judged {\n  enum Way {\n    UNKNOWN = 0;\n  }\n}\n"}),
    ("no_migration_harms_a_program_of_the_release_before", "services/billing/migrations/0002_less.sql",
     "-- DROP TABLE is a word here.\nALTER TABLE line DROP COLUMN number;\n", 2, {}),
    ("no_migration_harms_a_program_of_the_release_before", "services/billing/migrations/0002_more.sql",
     "ALTER TABLE line\n  ADD COLUMN first integer NOT NULL DEFAULT 0,\n  ADD COLUMN number integer NOT NULL;\n", 3, {}),

    ("nothing_stands_at_the_top_beside_the_plan", "scripts", "", 1, {}),
    ("every_source_has_a_lower_case_name", "common/base/Day.c", "", 1, {}),
    ("every_header_guards_itself", "common/base/day.h", "/*\n * Day: a date.\n */\n", 1, {}),
    ("every_source_of_the_street_begins_with_what_it_is_for", "common/base/day.h", "#pragma once\n", 1, {}),
    ("no_word_marks_unfinished_work", "common/base/day.c", "\n/* TO" "DO: leap days */\n", 2, {}),
    ("every_query_says_its_purpose_and_parameters", "services/billing/sql/load_lines.sql", "SELECT 1;\n", 1, {}),
    ("every_query_says_its_purpose_and_parameters", "services/billing/sql/lines.sql", "-- The lines.\n", 1, {}),
    ("every_query_says_its_purpose_and_parameters", "services/billing/sql/load_lines.sql",
     "-- The lines.\n--\n-- $1 partition  smallint[]\n\nSELECT $1,\n       $2;\n", 6, {}),
    ("every_query_says_its_purpose_and_parameters", "services/billing/sql/load_lines.sql",
     "-- The lines.\n--\n-- $1 partition  smallint[]\n\nSELECT 1;\n", 1, {}),
    ("every_migration_has_the_next_number", "services/billing/migrations/0003_more.sql", "", 1,
     {"services/billing/migrations/0001_lines.sql": ""}),
    ("the_key_of_every_table_that_a_decision_reads_begins_with_its_partition",
     "services/billing/migrations/0001_lines.sql",
     "-- Lines.\nCREATE TABLE line (\n  number text,\n  partition smallint,\n  PRIMARY KEY (number, partition)\n);\n", 2, {}),
    ("the_key_of_every_table_that_a_decision_reads_begins_with_its_partition",
     "services/billing/migrations/0001_lines.sql", "CREATE TABLE line (number text PRIMARY KEY, amount numeric(9, 2));\n", 1, {}),
    ("the_key_of_every_table_that_a_decision_reads_begins_with_its_partition",
     "services/billing/migrations/0001_lines.sql", "CREATE TABLE line (number text);\n", 1, {}),

    ("every_number_that_is_asked_for_is_told", "deploy/observability/alerts.yml",
     ALERT.replace("picq_lag", "picq_lead"), 4, WATCHED),
    ("every_number_that_is_asked_for_is_told", "deploy/observability/dashboard.json",
     json.dumps({"panels": [{**PANEL, "targets": [{"expr": "rate(picq_lead[5m])"}]}]}, indent=1), 4, WATCHED),
    ("every_alert_says_what_to_do_and_is_tried", "deploy/observability/alerts.yml",
     ALERT.replace("action", "what"), 4, WATCHED),
    ("every_alert_says_what_to_do_and_is_tried", "deploy/observability/alerts.yml",
     ALERT.replace("Late", "Later"), 4, WATCHED),
    ("every_panel_has_a_place_of_its_own", "deploy/observability/dashboard.json",
     json.dumps({"panels": [PANEL, {**PANEL, "title": "Over"}]}, indent=1), 18, WATCHED),

    ("the_core_refers_to_nothing_outside_the_pure_rooms", "services/billing/core/decide.c",
     "#include <time.h>\nlong decide(void);\nlong decide(void) { return time(0); }\n", 3, {}),
    ("the_core_refers_to_nothing_outside_the_pure_rooms", "services/billing/core/decide.c",
     "#include <stdlib.h>\nvoid *decide(void);\nvoid *decide(void) { return malloc(7); }\n", 3, {}),
    ("the_core_refers_to_nothing_outside_the_pure_rooms", "services/billing/core/decide.c",
     "#include <stdio.h>\nvoid decide(void);\nvoid decide(void) { printf(\"%d\", 7); }\n", 3, {}),
    ("the_core_keeps_nothing_between_two_calls", "services/billing/core/decide.c",
     "int decide(void);\n\nint decide(void)\n{\n    static int calls = 1;\n    return calls++;\n}\n", 5, {}),
    ("every_source_of_the_core_was_looked_at", "services/billing/core/late.c", "", 1, {}),
]


def write(root, path, text):
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")


def build(root):
    """Compiles every core source but late.c, as the build does."""
    commands = []
    for source in root.glob("services/*/core/*.c"):
        if source.name == "late.c":
            continue
        made = root / "build" / (source.name + ".o")
        made.parent.mkdir(exist_ok=True)
        command = f"gcc -g -fsanitize=address,undefined -I{root}/common -I{root}/services -o {made} -c {source}"
        if subprocess.run(command.split(), capture_output=True, check=False).returncode == 0:
            commands.append({"directory": str(root / "build"), "file": str(source), "command": command})
    write(root, "build/compile_commands.json", json.dumps(commands))


def plant(root, files):
    write(root, ".gitignore", "/build/\n")
    for path, text in files.items():
        write(root, path, text)
    build(root)
    return Tree(root, root / "build")


BY_NAME = {check.__name__: check for check in TRUTHS}
OTHERS = list(TRUTHS)
TRUTHS.clear()


@truth
def every_broken_truth_names_the_file_and_the_line(_):
    for name, path, text, line, others in BROKEN:
        with tempfile.TemporaryDirectory() as folder:
            tree = plant(Path(folder), {**others, path: text})
            found = [(fault.path, fault.line) for fault in BY_NAME[name](tree)]
            if (path, line) not in found:
                yield Fault(path, line, f"{name} found {found or 'nothing'}")


@truth
def every_truth_holds_in_a_tree_that_keeps_it(_):
    with tempfile.TemporaryDirectory() as folder:
        tree = plant(Path(folder), {
            "common/base/day.h": HEADER,
            "common/base/day.c": '#include "base/day.h"\n',
            "services/billing/core/decide.h": HEADER + '#include "base/day.h"\n',
            "services/billing/core/decide.c": '#include "billing/core/decide.h"\nint decide(int);\nint decide(int a) { return a; }\n',
            RELEASED: "billing.Judged.heard 1 string\nbilling.Judged.told 2 string\n",
            "proto/billing.proto": "package billing;\n\nmessage Judged {\n  reserved 2;\n  reserved \"told\";\n"
                                   "  string heard = 1; // said\n  int32 more = 3;\n}\n",
            "services/billing/migrations/0002_more.sql":
                "ALTER TABLE line ADD COLUMN more integer NOT NULL DEFAULT 0;\n",
            "services/billing/sql/load_lines.sql": "-- The lines.\n--\n-- $1 partition  smallint[]\n\nSELECT $1;\n",
            "services/billing/migrations/0001_lines.sql":
                "CREATE TABLE line (\n  partition smallint,\n  number text CHECK (number IN ('a', 'b')),\n"
                "  PRIMARY KEY (partition, number));\n",
            **WATCHED,
        })
        for check in OTHERS:
            if check.__name__ == "every_source_of_the_core_was_looked_at":
                continue  # what stands in common/base is not compiled here
            yield from check(tree)


@truth
def every_truth_is_broken_once(_):
    broken = {name for name, *_ in BROKEN}
    for check in OTHERS:
        if check.__name__ not in broken:
            yield Fault("tests/house/test_house.py", 1, f"nothing breaks {check.__name__}")


if __name__ == "__main__":
    main()
