#!/usr/bin/env python3
"""Learns the weights of the extractor's choices from annotated articles.

  learn.py LOG-CHOICES [--folds 5] [--write FOLDER] [--states GOLD] GOLD…

LOG-CHOICES is the program of log-choices.c (cmake --build --preset release --target log-choices). A
GOLD is a file of JSON lines (text, published, figures with mentions, kind, from, to, status) or of
marked items (tests/golden/sentences). Kinds, parties and states are learned one after the other,
since each builds on those before; twice, since earlier amounts of an article help the later ones.

Prints how good the choices are in articles that were not seen, by cross-validation over articles,
with a table of confidence (in each tenth, the share that is right), and with --write learns from all
articles and writes kinds.tsv, parties.tsv, states.tsv and confidence.tsv. The weights of confidence
come from the articles that were not seen. The same input gives the same weights.
"""
import argparse
import collections
import os
import shutil
import tempfile

import gold
import models

HEAD = "# Learned by tests/learn/learn.py from annotated articles; weights in thousandths.\n# %s\n"
TABLES = {
    "kinds": "what holds for a candidate, two names that tell it apart, what that adds",
    "parties": "role, kind or group of kinds, what holds, what that adds",
    "states": "what holds, a name that tells it apart, status, what that adds",
    "confidence": "what holds for a reading, what that adds",
}


LEAST = 20        # thousandths: lighter weights make no difference
LEAST_CLUE = {"kinds": 200, "states": 100, "parties": LEAST}  # of single words, of which there are many


def cells_of(table, feature):
    if table == "kinds":
        return feature.split("|")
    if table == "states":
        return feature[0].split("|") + [feature[1]]
    return [feature] if table == "confidence" else list(feature)


def write(folder, table, weights):
    with open(os.path.join(folder, table + ".tsv"), "w", encoding="utf-8") as out:
        out.write(HEAD % TABLES[table])
        for feature in sorted(weights):
            thousandths = round(weights[feature] * 1000)
            clue = "clue" in cells_of(table, feature)
            if abs(thousandths) >= (LEAST_CLUE[table] if clue else LEAST):
                out.write("\t".join(cells_of(table, feature)) + "\t%d\n" % thousandths)


def learn_all(program, articles, ladder, folder):
    for table in TABLES:
        write(folder, table, {})
    for _ in range(2):
        for table, samples_of, learn in (("kinds", models.kind_samples, models.learn_kinds),
                                         ("parties", models.party_samples, models.learn_parties),
                                         ("states", models.state_samples, models.learn_states)):
            logs = gold.log(program, folder, articles + (ladder if table == "states" else []))
            write(folder, table, learn([s for log in logs for s in samples_of(log)]))


class Counts:
    def __init__(self):
        self.n = collections.Counter()

    def add(self, log):
        self.n["wanted"] += len(log.first)
        for span, figure, lines in log.amounts("sure"):
            kind, giver, taker, status, *_ = lines[0]
            self.n["found"] += figure is not None
            self.n["false"] += figure is None
            if figure is None or span not in log.first:
                continue
            self.n["first"] += 1
            self.n["kind"] += figure["kind"] == kind
            self.n["status"] += figure["status"] == status
            self.n["right"] += models.is_right(figure, kind, giver, taker)
            for role, cell in zip(models.ROLES, (giver, taker)):
                names = {gold.plain(x) for x in cell.split("; ") if x}
                wanted = {gold.plain(x) for x in figure.get(role) or []}
                self.n["hit"] += len(names & wanted)
                self.n["parties"] += len(names) + len(wanted)

    def line(self, label):
        n = self.n
        return "%-12s %5d figures  kind %.1f  status %.1f  party F1 %.1f  kind and both parties %.1f" % (
            label, n["wanted"], 100 * n["kind"] / max(1, n["first"]), 100 * n["status"] / max(1, n["first"]),
            200 * n["hit"] / max(1, n["parties"]), 100 * n["right"] / max(1, n["wanted"]))


def print_confidence(samples):
    """samples: (right, sureness)"""
    tenths = collections.defaultdict(list)
    for right, sure in samples:
        tenths[min(9, int(sure * 10))].append((right, sure))
    print("confidence   readings  said  right")
    for tenth in sorted(tenths):
        rows = tenths[tenth]
        print("%.1f to %.1f   %8d  %.2f  %.2f" % (tenth / 10, tenth / 10 + 0.1, len(rows),
                                               sum(s for _, s in rows) / len(rows), sum(r for r, _ in rows) / len(rows)))


def cross_validate(program, articles, ladder, sources, folds):
    """Prints how good unseen articles are read; the samples of confidence that they give."""
    counts = collections.OrderedDict((source, Counts()) for source in dict.fromkeys(sources))
    held = []
    for fold in range(folds):
        folder = tempfile.mkdtemp(prefix="dealwire-learn-")
        learn_all(program, [a for i, a in enumerate(articles) if i % folds != fold], ladder, folder)
        unseen = [i for i in range(len(articles)) if i % folds == fold]
        for i, log in zip(unseen, gold.log(program, folder, [articles[i] for i in unseen])):
            counts[sources[i]].add(log)
            held += [(fold, sample) for sample in models.confidence_samples(log)]
        shutil.rmtree(folder)
    for source, count in counts.items():
        print(count.line(os.path.basename(source)))
    table = []
    for fold in range(folds):
        weights = models.learn_confidence([s for f, s in held if f != fold])
        table += [(right, models.sureness(weights, values)) for f, (right, values) in held if f == fold]
    print_confidence(table)
    return [s for _, s in held]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("gold", nargs="+")
    parser.add_argument("--write", metavar="FOLDER")
    parser.add_argument("--states", metavar="GOLD", action="append", default=[])
    parser.add_argument("--folds", type=int, default=5)
    args = parser.parse_args()
    articles, sources = [], []
    for path in args.gold:
        read = gold.read([path])
        articles += read
        sources += [path] * len(read)
    ladder = gold.read(args.states)
    samples = cross_validate(args.program, articles, ladder, sources, args.folds)
    if args.write:
        learn_all(args.program, articles, ladder, args.write)
        write(args.write, "confidence", models.learn_confidence(samples))


if __name__ == "__main__":
    main()
