#!/usr/bin/env python3
"""Makes articles.jsonl and events.jsonl of stories.txt; --check tells whether they are up to date."""
import json
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "articles"))
from quantity import read_quantity  # noqa: E402

UNITS = {"layoffs": "people", "hiring": "people", "headcount": "people", "users": "people", "chips": "chips"}
MARK = re.compile(r"\{(\S+) (\w+)\|([^|}]*)\|([^|}]*)\|(\w+)\|([^|}]+)(?:\|([^}]*))?\}")


def bounds(qualifier, low, high):
    if qualifier == "over":
        return low, low, None
    if qualifier in ("up_to", "under"):
        return high, None, high
    return ((low + high) / 2 if high is not None else None), low, high


def figure(match, start):
    _, kind, payers, payees, status, surface, more = match.groups()
    more = dict(part.split("=", 1) for part in (more or "").split(";") if part)
    unit, low, high, vague = read_quantity(surface)
    low, high = float(low), (float(high) if high is not None else None)
    qualifier = more.get("q") or ("vague" if vague else "range" if low != high else "exact")
    value, low, high = bounds(qualifier, low, high)
    return {
        "kind": kind, "unit": unit or UNITS[kind], "qualifier": qualifier, "value": value, "low": low, "high": high,
        "from": [p.strip() for p in payers.split(";") if p.strip()], "to": [p.strip() for p in payees.split(";") if p.strip()],
        "status": status, "term": more.get("term"), "when": more.get("when"), "attribution": [],
        "mentions": [{"surface": surface, "start": start, "end": start + len(surface.encode())}]}


def read_article(line, name):
    head, text = line.split(" | ", 1)
    date, outlet = head.split()
    figures, tags, plain, at = [], [], b"", 0
    for match in MARK.finditer(text):
        plain += text[at:match.start()].encode()
        figures.append(figure(match, len(plain)))
        tags.append(match.group(1))
        plain += match.group(6).encode()
        at = match.end()
    plain += text[at:].encode()
    assert b"{" not in plain, plain
    return {"id": name, "outlet": outlet, "title": "", "published": date, "text": plain.decode(), "figures": figures}, tags


def add_to_events(events, story, article, tags):
    """A text's first figure of an event is its statement, each further one an amount that it retells."""
    seen = set()
    for index, (tag, fig) in enumerate(zip(tags, article["figures"])):
        event = events.setdefault((story, tag), {
            "event_id": "%02d%s" % (story, tag), "kind": fig["kind"], "articles": [], "also": []})
        event["also" if tag in seen else "articles"].append({"id": article["id"], "figure_index": index})
        if tag not in seen:
            event["latest_status"], event["latest_low"], event["latest_high"] = fig["status"], fig["low"], fig["high"]
        seen.add(tag)


def build():
    articles, events, story = [], {}, 0
    with open(os.path.join(HERE, "stories.txt"), encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("== "):
                story += 1
            elif line and not line.startswith("#"):
                article, tags = read_article(line, "s%02d-%02d" % (story, len(articles)))
                articles.append(article)
                add_to_events(events, story, article, tags)
    return {"articles.jsonl": articles, "events.jsonl": list(events.values())}


def main():
    stale = False
    for name, rows in build().items():
        path = os.path.join(HERE, name)
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        if sys.argv[1:] == ["--check"]:
            with open(path, encoding="utf-8") as old:
                stale = stale or old.read() != text
        else:
            with open(path, "w", encoding="utf-8") as new:
                new.write(text)
    if stale:
        sys.exit("stories.txt has changed: run build.py")


main()
