"""Feed: the messages in the order in which they are sent, beside the verdict expected of each.

The feed is cut where a book is published, into files that are played one after another; `order`
names what comes when, a line each: `book FOLDER` or `feed FILE`.
"""
import json
import shutil
from pathlib import Path


class Feed:
    def __init__(self, out, referee):
        self.out = Path(out)
        shutil.rmtree(self.out, ignore_errors=True)
        self.out.mkdir(parents=True)
        self.referee = referee
        self.order = open(self.out / "order", "w", encoding="utf-8")
        self.verdicts = open(self.out / "expected.ndjson", "w", encoding="utf-8")
        self.part = None
        self.number = self.parts = self.lines = 0
        self.counts = {}

    def publish(self, folder):
        self.end_part()
        self.order.write(f"book {folder}\n")
        self.referee.publish(folder)

    def end_part(self):
        if self.part:
            self.part.close()
        self.part = None

    def begin_part(self):
        self.parts += 1
        name = f"{self.parts:04}.ndjson"
        self.order.write(f"feed {name}\n")
        self.part = open(self.out / name, "w", encoding="utf-8")

    def new_id(self):
        self.number += 1
        return f"m{self.number}"

    def send(self, fact, body, conversation=None, same_id=None):
        """Sends one message and gives back the verdict on it."""
        message = {"id": same_id or self.new_id()}
        if conversation:
            message["municipality"], message["provider"] = conversation
        message[fact] = body
        return self.send_line(message)

    def send_line(self, message):
        if not self.part:
            self.begin_part()
        text = message if isinstance(message, str) else json.dumps(message, separators=(",", ":"), ensure_ascii=False)
        self.part.write(text + "\n")
        self.lines += 1
        verdict = {"line": self.lines, **self.referee.judge(message)}
        self.verdicts.write(json.dumps(verdict, separators=(",", ":"), ensure_ascii=False) + "\n")
        self.count(verdict)
        return verdict

    def count(self, verdict):
        """How often each outcome is expected."""
        for each in [verdict] + verdict.get("lines", []):
            if "approved" in each:
                name = "line approved" if each["approved"] else f"line {each['code']} {each['reason']}"
            else:
                name = " ".join(filter(None, [verdict.get("fact", "door"), verdict["verdict"], verdict.get("code"),
                                              verdict["reason"]]))
            self.counts[name] = self.counts.get(name, 0) + 1

    def close(self):
        self.end_part()
        self.order.close()
        self.verdicts.close()
