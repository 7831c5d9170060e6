#!/usr/bin/env python3
"""Learns the weights of parties from annotated articles.

  parties.py LOG-PARTIES GOLD.jsonl [--write FILE] [--folds 5]

LOG-PARTIES is the program beside this script; GOLD has an article a line: text, published, figures
with mentions, from and to. Prints how well the choice does on articles that it has not seen (by
cross-validation over articles), and writes the weights learned from all of them.
"""
import argparse
import json
import math
import random
import re
import subprocess

ROLES = ("from", "to")
RIDGE = 0.02  # these were found by cross-validation
LEAN = 0.3
KEEP = 1.5   # what the grammar proposes is given up only for good reason


def plain(name):
    name = re.sub(r"\s+", " ", name).strip().casefold()
    return name[4:] if name.startswith("the ") else name


def samples_of(program, article):
    """(group of kinds, candidate, features, wanted roles) for each candidate of each annotated amount."""
    run = subprocess.run([program, article.get("published") or "-"], input=article["text"].encode(),
                         stdout=subprocess.PIPE, check=True)
    spans = {}
    for figure in article["figures"]:
        for mention in figure["mentions"]:
            if mention.get("in") != "title":
                spans[mention["start"], mention["end"]] = figure
    rows = []
    for line in run.stdout.decode().splitlines():
        start, end, group, name, *features = line.split("\t")
        figure = spans.get((int(start), int(end)))
        if figure is None:
            continue
        wanted = {role: plain(name) in {plain(x) for x in figure.get(role) or []} for role in ROLES}
        rows.append((group, name, features, wanted))
    missing = {role: sum(len(f.get(role) or []) for f in spans.values()) for role in ROLES}
    return rows, missing


def keys(group, features):
    return [(group, feature) for feature in features]


def learn(rows, role, rounds=15, rate=0.1, ridge=RIDGE):
    """Logistic regression by gradient steps of adaptive length."""
    weights, squares = {}, {}
    order = list(range(len(rows)))
    shuffle = random.Random(7)
    for _ in range(rounds):
        shuffle.shuffle(order)
        for i in order:
            group, _, features, wanted = rows[i]
            names = keys(group, features)
            total = sum(weights.get(k, 0.0) for k in names)
            error = (1 / (1 + math.exp(-max(-30, min(30, total))))) - wanted[role]
            for k in names:
                weight = weights.get(k, 0.0)
                gradient = error + ridge * weight
                squares[k] = squares.get(k, 1e-3) + gradient * gradient
                weights[k] = weight - rate * gradient / math.sqrt(squares[k])
    # a party that is missed costs more than half of what a wrong one does
    for group in {k[0] for k in weights}:
        weights[group, "bias"] = weights.get((group, "bias"), 0.0) + LEAN
        weights[group, "rule " + role] = weights.get((group, "rule " + role), 0.0) + KEEP
    return weights


def choose(weights, group, features):
    totals = [sum(weights[role].get(k, 0.0) for k in keys(group, features)) for role in ROLES]
    best = 1 if totals[1] > totals[0] else 0
    return ROLES[best] if totals[best] > 0 else None


def score(weights, rows, missing, counts):
    for group, _, features, wanted in rows:
        role = choose(weights, group, features)
        if role is not None:
            counts["hit" if wanted[role] else "false"] += 1
    counts["wanted"] += sum(missing.values())


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("gold")
    parser.add_argument("--write")
    parser.add_argument("--folds", type=int, default=5)
    args = parser.parse_args()
    with open(args.gold, encoding="utf-8") as lines:
        articles = [samples_of(args.program, json.loads(line)) for line in lines]
    counts = {"hit": 0, "false": 0, "wanted": 0}
    for fold in range(args.folds):
        known = [row for i, (rows, _) in enumerate(articles) if i % args.folds != fold for row in rows]
        weights = {role: learn(known, role) for role in ROLES}
        for i, (rows, missing) in enumerate(articles):
            if i % args.folds == fold:
                score(weights, rows, missing, counts)
    precision = counts["hit"] / max(1, counts["hit"] + counts["false"])
    recall = counts["hit"] / max(1, counts["wanted"])
    print("not seen before: precision %.3f, recall %.3f of all mentions' parties, F1 %.3f" %
          (precision, recall, 2 * precision * recall / max(1e-9, precision + recall)))
    if args.write:
        rows = [row for one, _ in articles for row in one]
        with open(args.write, "w", encoding="utf-8") as out:
            out.write("# Weights of parties in thousandths: role, group of kinds, what holds, what that adds.\n"
                      "# Learned by tests/learn/parties.py from annotated articles.\n")
            for role in ROLES:
                weights = learn(rows, role)
                for group, feature in sorted(weights):
                    thousandths = round(weights[group, feature] * 1000)
                    if abs(thousandths) >= 20:
                        out.write("%s\t%s\t%s\t%d\n" % (role, group, feature, thousandths))


if __name__ == "__main__":
    main()
