#!/usr/bin/env python3
"""Learns the weights of a page's blocks from annotated pages.

  blocks.py LOG-BLOCKS CASES.jsonl [--write FILE] [--folds 4]

LOG-BLOCKS is the program beside this script; CASES has a page a line: file (of HTML, perhaps with
gzip, beside CASES) and expected, with the whole text of the story or pieces that are part of it
(with) and pieces that are not (without). Prints how well blocks of pages that were not seen are
told apart (by cross-validation over pages), and writes the weights learned from all of them.
"""
import argparse
import collections
import gzip
import json
import math
import os
import random
import re
import subprocess
import tempfile
import unicodedata

# pages: what fewer have is left out; these were found by cross-validation
SETTINGS = {"rounds": 12, "rate": 0.03, "ridge": 0.003, "words": 0.03, "pages": 6}
WORDS = {"word", "first", "own", "near", "far"}
WHOLE_WEIGHT = 0.5  # a block of a page that is annotated as a whole, against one that a piece names
LEAN = -0.3         # what is taken wrongly costs a reader more than what is missed
LEAST = 20          # thousandths: lighter weights make no difference


def fold(text):
    text = unicodedata.normalize("NFKC", text or "")
    text = re.sub("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]", "", text)
    return re.sub(r"\s+", " ", text).strip()


def tokens(text):
    return re.findall(r"\w+", text.casefold())


def grams(words, length=4):
    return {tuple(words[i:i + length]) for i in range(max(1, len(words) - length + 1))}


def label_by_text(blocks, text):
    """1 or 0 for each block by how much of it the story's text holds; None where it is unclear."""
    words = tokens(fold(text))
    known = {n: grams(words, n) for n in (1, 2, 3, 4)}
    line_starts = {" ".join(tokens(fold(x))) for x in re.split(r"\n+", text)}
    labels = []
    for block in blocks:
        own = tokens(block)
        if not own:
            labels.append(None)
        elif len(own) < 4:
            labels.append(1 if " ".join(own) in line_starts else 0 if grams(own, len(own)) - known[len(own)] else None)
        else:
            parts = grams(own)
            share = len(parts & known[4]) / len(parts)
            labels.append(1 if share > 0.7 else 0 if share < 0.3 else None)
    return labels


def label_by_pieces(blocks, wanted, unwanted):
    """1 or 0 for each block that holds a piece or is part of one; None for all others, and for a short
    block that says what a longer one with the piece says too: a name in a menu."""
    folded = [fold(x) for x in blocks]
    labels = [None] * len(blocks)
    for pieces, label in ((map(fold, unwanted), 0), (map(fold, wanted), 1)):
        for piece in pieces:
            hits = [i for i, one in enumerate(folded) if piece in one or (len(one) > 12 and one in piece)]
            if label:
                longest = max((len(folded[i]) for i in hits), default=0)
                hits = [i for i in hits if len(folded[i]) * 3 > longest or len(folded[i]) > 60]
            else:
                hits = [i for i in hits if len(piece) * 4 > len(folded[i])]
            for i in hits:
                labels[i] = label if labels[i] in (None, label) else None
    return labels


def rows_of(program, path):
    """(text, features) of each block of a page."""
    run = subprocess.run([program, path], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    rows = [line.split("\t") for line in run.stdout.decode().split("\n") if line]
    return [(row[0], [lower(x) for x in row[1:]]) for row in rows]


class Page:
    """The blocks of a page: features, labels (None: unknown), how much each counts."""

    def __init__(self, program, path, want):
        self.path = path
        rows = rows_of(program, path)
        self.texts = [text for text, _ in rows]
        self.features = [features for _, features in rows]
        whole = bool(want.get("text"))
        self.labels = (label_by_text(self.texts, want["text"]) if whole
                       else label_by_pieces(self.texts, want["with"], want["without"]))
        known = sum(x is not None for x in self.labels)
        share = WHOLE_WEIGHT / math.sqrt(max(1, known / 10)) if whole else 1.0
        # a long block counts more than a short one, and a page of many blocks not for many pages
        self.weights = [share * math.sqrt(min(8, 1 + len(text) / 60)) for text in self.texts]


def read_pages(program, cases, folder):
    pages = []
    with open(cases, encoding="utf-8") as lines:
        for case in map(json.loads, lines):
            want = case["expected"]
            if not want.get("text") and not want.get("with"):
                continue
            path = os.path.join(os.path.dirname(os.path.abspath(cases)), case["file"])
            with (gzip.open if path.endswith(".gz") else open)(path) as source:
                plain = os.path.join(folder, "%d.html" % len(pages))
                with open(plain, "wb") as out:
                    out.write(source.read())
            pages.append(Page(program, plain, want))
    random.Random(3).shuffle(pages)
    return pages


def lower(text):
    return re.sub("[A-Z]+", lambda m: m.group().lower(), text)


def learn(samples, settings):
    """Weights by feature from (features, label, importance): logistic regression by gradient steps of
    adaptive length, the later half of the way averaged. Features of few pages are left out."""
    count = collections.Counter()
    for page in samples:
        count.update({f for features, _, _ in page for f in features})
    names = sorted(f for f, n in count.items() if n >= settings["pages"])
    index = {f: i for i, f in enumerate(names)}
    rows = [([index[f] for f in features if f in index], label, weight) for page in samples
            for features, label, weight in page]
    size, rate, rounds = len(names), settings["rate"], settings["rounds"]
    ridges = [settings["words"] if name.split(" ")[0] in WORDS else settings["ridge"] for name in names]
    weights, squares, mean = [0.0] * size, [1e-2] * size, [0.0] * size
    shuffle = random.Random(7)
    for turn in range(rounds):
        shuffle.shuffle(rows)
        for features, label, importance in rows:
            total = 0.0
            for i in features:
                total += weights[i]
            error = importance * ((1 / (1 + math.exp(-max(-30, min(30, total))))) - label)
            for i in features:
                gradient = error + ridges[i] * weights[i]
                squares[i] += gradient * gradient
                weights[i] -= rate * gradient / math.sqrt(squares[i])
        if turn >= rounds // 2:
            for i in range(size):
                mean[i] += weights[i] / (rounds - rounds // 2)
    return {f: mean[i] for f, i in index.items()}


def samples_of(page):
    return [(f, y, w) for f, y, w in zip(page.features, page.labels, page.weights) if y is not None]


def totals_of(weights, page):
    return [sum(weights.get(f, 0.0) for f in features) for features in page.features]


def unseen_totals(pages, folds, settings):
    """For each page the totals by weights that were learned without it."""
    totals = [None] * len(pages)
    for fold_at in range(folds):
        weights = learn([samples_of(p) for i, p in enumerate(pages) if i % folds != fold_at], settings)
        for i, page in enumerate(pages):
            if i % folds == fold_at:
                totals[i] = totals_of(weights, page)
    return totals


def report(pages, totals):
    counts = collections.Counter()
    for page, mine in zip(pages, totals):
        for total, label, weight in zip(mine, page.labels, page.weights):
            if label is not None:
                counts[total > 0, label] += weight
    hit, false, missed = counts[True, 1], counts[True, 0], counts[False, 1]
    print("pages not seen before: precision %.4f, recall %.4f, F1 %.4f, right %.4f of the blocks of %d pages" % (
        hit / (hit + false), hit / (hit + missed), 2 * hit / (2 * hit + false + missed),
        (hit + counts[False, 0]) / sum(counts.values()), len(pages)), flush=True)


def write(path, weights):
    with open(path, "w", encoding="utf-8") as out:
        out.write("# Weights of blocks in thousandths: family, number or word, weight. "
                  "Learned by tests/learn/blocks.py.\n")
        for feature, weight in sorted(weights.items()):
            if abs(round(weight * 1000)) >= LEAST:
                out.write("%s\t%d\n" % (feature.replace(" ", "\t", 1), round(weight * 1000)))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("cases")
    parser.add_argument("--write")
    parser.add_argument("--folds", type=int, default=4)
    args = parser.parse_args()
    program = os.path.abspath(args.program)
    with tempfile.TemporaryDirectory() as folder:
        pages = read_pages(program, args.cases, folder)
    if args.folds:
        report(pages, unseen_totals(pages, args.folds, SETTINGS))
    if args.write:
        weights = learn([samples_of(p) for p in pages], SETTINGS)
        weights["bias 0"] = weights.get("bias 0", 0.0) + LEAN
        write(args.write, weights)


if __name__ == "__main__":
    main()
