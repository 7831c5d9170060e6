#!/usr/bin/env python3
"""Scores the matching of figures to events.

usage: events.py PLACER ARTICLES.jsonl EVENTS.jsonl [--through DEALWIRE] [--show] [--min-b3 X] [--min-latest X]

PLACER reads articles with their figures and prints events. B-cubed precision and recall are taken
over all figures of the articles; a figure in no event of EVENTS stands alone. Of each event of
EVENTS, the latest value and status are compared with those of the found event that holds most of
its figures. With --through, DEALWIRE finds the figures; those that overlap an annotated mention
are scored, and a figure that was not found stands alone.
"""
import argparse
import collections
import json
import subprocess
import sys


def read(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def place(placer, articles):
    lines = "".join(json.dumps(article) + "\n" for article in articles)
    out = subprocess.run([placer], input=lines.encode(), stdout=subprocess.PIPE, check=True).stdout
    return [json.loads(line) for line in out.decode().splitlines()]


def extract(program, articles):
    """The same articles with the figures that the program finds."""
    lines = "".join(json.dumps({k: a[k] for k in ("id", "text", "title", "published") if k in a}) + "\n" for a in articles)
    out = subprocess.run([program, "extract", "--format", "ndjson", "--input", "ndjson"], input=lines.encode(),
                         stdout=subprocess.PIPE, check=True).stdout
    found = [json.loads(line) for line in out.decode().splitlines()]
    for line, article in zip(found, articles):
        line["published"] = article["published"]
        line["figures"] = [f for f in line["figures"] if any(m.get("in") != "title" for m in f["mentions"])]
    return found


def aligned(gold, found):
    """Name of the annotated figure for each found one, by overlapping mentions."""
    names = {}
    for article, other in zip(gold, found):
        taken = set()
        for i, figure in enumerate(other["figures"]):
            for j, want in enumerate(article["figures"]):
                if j in taken or not any(m["start"] < w["end"] and w["start"] < m["end"]
                                         for m in figure["mentions"] if m.get("in") != "title"
                                         for w in want["mentions"]):
                    continue
                if want["kind"] != figure["kind"] and any(
                        w["kind"] == figure["kind"] and k not in taken and k != j and
                        any(m["start"] < x["end"] and x["start"] < m["end"] for m in figure["mentions"]
                            for x in w["mentions"]) for k, w in enumerate(article["figures"])):
                    continue
                names["%s %d" % (article["id"], i)] = "%s %d" % (article["id"], j)
                taken.add(j)
                break
    return names


def b_cubed(gold, found):
    """Precision, recall and F1 over the items, which both map to a cluster's name."""
    def members(labels):
        groups = collections.defaultdict(set)
        for item, label in labels.items():
            groups[label].add(item)
        return groups

    in_gold, in_found = members(gold), members(found)
    precision = recall = 0.0
    for item in gold:
        a, b = in_gold[gold[item]], in_found[found[item]]
        precision += len(a & b) / len(b)
        recall += len(a & b) / len(a)
    precision, recall = precision / len(gold), recall / len(gold)
    return precision, recall, 2 * precision * recall / (precision + recall)


def number_fits(found, wanted):
    if found is None or wanted is None:
        return found is None and wanted is None
    return abs(found - wanted) <= 0.02 * max(abs(found), abs(wanted))


def value_right(event, want):
    """The bounds agree, or the same number was told with another qualifier."""
    if number_fits(event["low"], want["latest_low"]) and number_fits(event["high"], want["latest_high"]):
        return True
    bounds = [b for b in (want["latest_low"], want["latest_high"]) if b is not None]
    return len(set(bounds)) == 1 and event["value"] is not None and number_fits(event["value"], bounds[0])


def describe(article, index):
    f = article["figures"][index]
    return "%s %s %s %s %s %s>%s %s when=%s term=%s" % (
        article["published"], article["id"], f["kind"], f["qualifier"], f["value"] if f["value"] is not None else f["low"],
        ",".join(f["from"]), ",".join(f["to"]), f["status"], f.get("when"), f.get("term"))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("placer")
    parser.add_argument("articles")
    parser.add_argument("events")
    parser.add_argument("--through")
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--min-b3", type=float, default=0)
    parser.add_argument("--min-latest", type=float, default=0)
    args = parser.parse_args()
    articles, events = read(args.articles), read(args.events)
    by_id = {a["id"]: a for a in articles}
    names = {"%s %d" % (a["id"], i): "%s %d" % (a["id"], i) for a in articles for i in range(len(a["figures"]))}
    given = articles
    if args.through:
        given = extract(args.through, articles)
        names = aligned(articles, given)
    found_events = place(args.placer, given)
    gold = {"%s %d" % (a["id"], i): "alone %s %d" % (a["id"], i) for a in articles for i in range(len(a["figures"]))}
    for event in events:
        for r in event["articles"] + event.get("also", []):
            gold["%s %d" % (r["id"], r["figure_index"])] = event["event_id"]
    found = {item: "missing " + item for item in gold}
    for n, event in enumerate(found_events):
        for figure in event["figures"]:
            if figure in names:
                found[names[figure]] = n
    precision, recall, f1 = b_cubed(gold, found)

    values = statuses = 0
    for event in events:
        items = ["%s %d" % (r["id"], r["figure_index"]) for r in event["articles"] + event.get("also", [])]
        latest = "%s %d" % (event["articles"][-1]["id"], event["articles"][-1]["figure_index"])
        counts = collections.Counter(found[i] for i in items if not isinstance(found[i], str))
        best = max(counts, key=lambda n: (counts[n], n == found[latest])) if counts else None
        state = found_events[best] if best is not None else None
        value = state is not None and value_right(state, event)
        status = state is not None and state["status"] == event["latest_status"]
        values += value
        statuses += status
        if args.show and not (value and status):
            told = (state["status"], state["low"], state["high"]) if state else None
            print("LATEST %s wanted %s, found %s" % (event["event_id"], (event["latest_status"], event["latest_low"],
                                                                      event["latest_high"]), told))
    if args.show:
        show(by_id, gold, found)
    n = len(events)
    print("%d figures, %d events: B3 %.3f (precision %.3f, recall %.3f), latest value %.1f %%, latest status %.1f %%"
          % (len(gold), n, f1, precision, recall, 100 * values / n, 100 * statuses / n))
    low = f1 < args.min_b3 or min(values, statuses) * 100 / n < args.min_latest
    if low:
        print("below the floor")
    sys.exit(1 if low else 0)


def show(by_id, gold, found):
    """Clusters that differ."""
    groups = collections.defaultdict(list)
    for item in gold:
        groups[found[item]].append(item)

    def line(item):
        name, index = item.rsplit(" ", 1)
        return describe(by_id[name], int(index))
    for members in groups.values():
        if len({gold[i] for i in members}) > 1:
            print("JOINED wrongly")
            for i in members:
                print("   %-12s %s" % (gold[i][:12], line(i)))
    parts = collections.defaultdict(list)
    for item in gold:
        parts[gold[item]].append(item)
    for label, members in parts.items():
        if len({found[i] for i in members}) > 1:
            print("SPLIT %s" % label)
            for i in members:
                print("   %-8s %s" % (found[i] if not isinstance(found[i], str) else "missing", line(i)))


main()
