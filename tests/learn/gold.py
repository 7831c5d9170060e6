"""Annotated articles, and what the extractor had to choose from in them."""
import collections
import json
import re
import subprocess

MARK = re.compile(r"\{(\w+)\|([^|}]*)\|([^|}]*)\|(\w+)\|([^}]*)\}")


def plain(name):
    name = re.sub(r"\s+", " ", name).strip().casefold()
    return name[4:] if name.startswith("the ") else name


def parse_item(line):
    """An item of tests/golden/sentences as an article; "¶" ends a paragraph."""
    text, figures, at = "", [], 0
    line = line.replace(" ¶ ", "\n\n")
    for mark in MARK.finditer(line):
        kind, giver, taker, status, surface = mark.groups()
        text += line[at:mark.start()]
        start = len(text.encode())
        text += surface
        at = mark.end()
        figures.append({"kind": kind, "status": status, "from": [x for x in giver.split("; ") if x],
                        "to": [x for x in taker.split("; ") if x],
                        "mentions": [{"start": start, "end": len(text.encode())}]})
    return {"text": text + line[at:], "figures": figures}


def read(paths):
    """Articles of JSON lines, and of items with marks in the text (*.txt)."""
    articles = []
    for path in paths:
        with open(path, encoding="utf-8") as lines:
            if path.endswith(".txt"):
                articles += [parse_item(line.rstrip("\n")) for line in lines if line.strip() and line[0] != "#"]
            else:
                articles += [json.loads(line) for line in lines]
    return articles


class Log:
    """What the program logs for one article: for each amount (start, end) its lines by choice."""

    def __init__(self, article, lines):
        self.figures = {}  # by the span of each mention in the body
        self.first = {}    # by that of the first one
        for figure in article["figures"]:
            spans = [(m["start"], m["end"]) for m in figure["mentions"] if m.get("in") != "title"]
            for span in spans:
                self.figures[span] = figure
            if spans:
                self.first[spans[0]] = figure
        self.choices = collections.defaultdict(lambda: collections.defaultdict(list))
        for line in lines:
            choice, start, end, *cells = line.split("\t")
            self.choices[choice][int(start), int(end)].append(cells)

    def amounts(self, choice):
        """(figure or None, lines) of each amount that is a figure's mention or touches none."""
        for (start, end), lines in self.choices[choice].items():
            figure = self.figures.get((start, end))
            if figure is not None or not any(s < end and start < e for s, e in self.figures):
                yield (start, end), figure, lines


def log(program, weights, articles):
    """A Log for each article, with the choices made by the weights of a folder ("-": the built-in)."""
    sent = b"".join(b"%s %d\n%s" % ((a.get("published") or "-").encode(), len(a["text"].encode()), a["text"].encode())
                    for a in articles)
    run = subprocess.run([program, weights], input=sent, stdout=subprocess.PIPE, check=True)
    logs, lines = [], []
    for line in run.stdout.decode().splitlines():
        if line == "end":
            logs.append(Log(articles[len(logs)], lines))
            lines = []
        else:
            lines.append(line)
    return logs
