#!/usr/bin/env python3
"""Makes development.jsonl and aside.jsonl from the annotated texts beside it, or checks them.

usage: build.py [--check] [--numbers NN] [--lexicon FILE]

--check compares with the files that stand here instead of writing them. --numbers lists the numbers
of article NN that no mention covers. Parties are held against the list of companies, the program's
own if no other is named. The mark-up is told in README.md.
"""
import argparse
import glob
import json
import os
import re
import sys
from decimal import Decimal

from quantity import read_quantity

HERE = os.path.dirname(os.path.abspath(__file__))
LEXICON = os.path.join(HERE, "..", "..", "..", "src", "extract", "lexicon", "companies.tsv")
LAST_OF_DEVELOPMENT = 40
OTHER_UNIT = {"chips": ["chips"], "power": ["W"], "stake": ["percent"], "change": ["percent"],
              "parameters": ["parameters", "tokens"], "layoffs": ["people", "percent"],
              "hiring": ["people", "percent"], "headcount": ["people"], "users": ["people"]}
MONEY = set("investment round valuation acquisition contract debt grant spending revenue profit price "
            "compensation settlement money".split())
NO_FROM = {"valuation", "users", "parameters", "revenue", "profit", "change", "price"}
NO_TO = {"layoffs", "hiring", "headcount"}
MAY_BE_NEGATIVE = {"profit", "change"}
QUALIFIERS = {"exact", "about", "over", "under", "up_to", "range", "vague"}
STATUSES = {"rumored", "talks", "planned", "announced", "completed", "denied"}
MARK = re.compile(r"\{(\d+):([^{}]+)\}")
EXTRA = re.compile(r"(term|when|attr)=(.*?)(?=\s+(?:term|when|attr)=|$)")
TERM = re.compile(r"P(\d+[YMWD])+|PT\d+H")
WHEN = re.compile(r"\d{4}(-Q[1-4]|-\d\d(-\d\d)?)?")


class Wrong(Exception):
    """What is wrong with an article, in words for its author."""


def need(condition, message):
    if not condition:
        raise Wrong(message)


def plain(number):
    """A JSON number: integral where it is whole."""
    if number is None:
        return None
    return int(number) if number == int(number) else float(number)


def names(text):
    return [name.strip() for name in text.split(";") if name.strip()]


def bounds(qualifier, low, high, negative):
    """(value, low, high) as the table of qualifiers has them."""
    if negative:
        low, high = (None if high is None else -high), (None if low is None else -low)
    if qualifier == "vague":
        return None, low, high
    if qualifier == "range":
        return (low + high) / 2, low, high
    if qualifier in ("exact", "about"):
        return low, low, low
    open_above = (qualifier == "over") != negative
    return (low, low, None) if open_above else (low, None, low)


def unit_of(kind, options, units):
    stated = next((unit for unit in units if unit), None)
    unit = options.get("unit") or stated
    if kind in MONEY:
        need(unit and re.fullmatch(r"[A-Z]{3}", unit), f"{kind} without a currency")
        return unit
    allowed = OTHER_UNIT[kind]
    unit = unit or allowed[0]
    need(unit in allowed, f"{kind} in {unit}")
    return unit


def check_quantity(qualifier, low, high, vague, surface):
    need(vague == (qualifier == "vague"), f"{qualifier}, but the text has {surface!r}")
    is_range = high is not None and low != high
    need(is_range == (qualifier == "range"), f"{qualifier}, but the text has {surface!r}")
    need(not is_range or low < high, f"{surface!r} runs downwards")


def values(words, qualifier, mentions):
    """Unit candidates and signed bounds that the mentions state."""
    options = dict(word.split("=", 1) for word in words if "=" in word)
    if "low" in options or "val" in options:
        low = Decimal(options.get("low") or options["val"])
        high = Decimal(options.get("high") or options["val"])
        check_quantity(qualifier, low, high, False, mentions[0]["surface"])
        return options, [], bounds(qualifier, low, high, "neg" in words)
    read = [read_quantity(mention["surface"]) for mention in mentions]
    first = next((i for i, quantity in enumerate(read) if not quantity[3]), 0)
    main = int(options["main"]) - 1 if "main" in options else first
    _, low, high, vague = read[main]
    check_quantity(qualifier, low, high, vague, mentions[main]["surface"])
    return options, [read[main][0]] + [quantity[0] for quantity in read], bounds(
        qualifier, low, high, "neg" in words)


def figure(line, mentions):
    cells = [cell.strip() for cell in line.split("|")]
    need(len(cells) in (3, 4), "a figure has three or four cells")
    number, kind, qualifier, *words = cells[0].split()
    need(kind in MONEY or kind in OTHER_UNIT, f"kind {kind}")
    need(qualifier in QUALIFIERS, f"qualifier {qualifier}")
    need(cells[2] in STATUSES, f"status {cells[2]}")
    need(int(number) in mentions, "no mention in the text")
    own = mentions.pop(int(number))
    options, units, (value, low, high) = values(words, qualifier, own)
    need("neg" not in words or kind in MAY_BE_NEGATIVE, f"a negative {kind}")
    sides = [names(side) for side in cells[1].split(">")]
    need(len(sides) == 2, "parties are FROM > TO")
    need(not (sides[0] and kind in NO_FROM), f"{kind} has nobody in from")
    need(not (sides[1] and kind in NO_TO), f"{kind} has nobody in to")
    extra = dict(EXTRA.findall(cells[3])) if cells[3:] else {}
    term, when = extra.get("term"), extra.get("when")
    need(term is None or TERM.fullmatch(term), f"term {term}")
    need(when is None or WHEN.fullmatch(when), f"when {when}")
    return {"kind": kind, "unit": unit_of(kind, options, units), "qualifier": qualifier,
            "value": plain(value), "low": plain(low), "high": plain(high), "from": sides[0],
            "to": sides[1], "status": cells[2], "term": term, "when": when,
            "attribution": names(extra.get("attr", "")), "mentions": own}


def strip_marks(marked):
    """The text without marks, and the mentions by the number of their figure."""
    text, mentions, at = "", {}, 0
    for mark in MARK.finditer(marked):
        text += marked[at:mark.start()]
        start = len(text.encode())
        text += mark[2]
        mentions.setdefault(int(mark[1]), []).append(
            {"surface": mark[2], "start": start, "end": len(text.encode())})
        at = mark.end()
    return text + marked[at:], mentions


def check_spans(article):
    raw = article["text"].encode()
    spans = []
    for one in article["figures"]:
        for mention in one["mentions"]:
            surface = raw[mention["start"]:mention["end"]].decode()
            need(surface == mention["surface"], f"bytes hold {surface!r}, not {mention['surface']!r}")
            spans.append((mention["start"], mention["end"]))
    spans.sort()
    need(all(a[1] <= b[0] for a, b in zip(spans, spans[1:])), "mentions overlap")


def check_names(article, canonical):
    text, official = article["text"].lower(), set(canonical.values())
    for one in article["figures"]:
        for party in one["from"] + one["to"] + one["attribution"]:
            known = party.lower() in text or party in official
            need(known, f"{party!r} is neither in the text nor a known name")
            bought = one["kind"] in ("acquisition", "stake") and party in one["to"]
            need(bought or canonical.get(party, party) == party,
                 f"{party!r} is known as {canonical.get(party)!r}")


def read_lexicon(path):
    """Every name and alias of a list of companies, with the canonical name."""
    canonical = {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            if line.strip() and not line.startswith("#"):
                cells = line.rstrip("\n").split("\t")
                for alias in [cells[0]] + (cells[3].split("|") if len(cells) > 3 else []):
                    canonical.setdefault(alias.rstrip("!"), cells[0])
                canonical[cells[0]] = cells[0]
    return canonical


def article(path, canonical):
    with open(path, encoding="utf-8") as source:
        head, body = source.read().split("\n\n", 1)
    keys = dict(line.split(": ", 1) for line in head.split("\n"))
    need(set(keys) == {"style", "published", "title"}, "the head has style, published and title")
    need(re.fullmatch(r"\d{4}-\d\d-\d\d", keys["published"]), "published is a day")
    marked, lines = re.fullmatch(r"(.*?)\n---\n?(.*)", body, re.S).groups()
    need(not re.search(r"  |[ \t]\n", marked), "stray white space")
    text, mentions = strip_marks(marked)
    need(not re.search(r"[{}]", text), "a broken mark")
    figures = []
    for line in lines.strip().split("\n") if lines.strip() else []:
        try:
            figures.append(figure(line, mentions))
        except (Wrong, ValueError) as error:
            raise Wrong(f"figure {line.split(' ', 1)[0]}: {error}") from error
    need(not mentions, f"marks without a figure: {sorted(mentions)}")
    figures.sort(key=lambda one: one["mentions"][0]["start"])
    name = os.path.basename(path)[:-len(".txt")]
    result = {"id": name, "style": keys["style"], "title": keys["title"],
              "published": keys["published"], "text": text, "figures": figures}
    check_spans(result)
    check_names(result, canonical)
    return result


def list_numbers(one):
    """Prints the numbers that no mention covers, for a person to look at."""
    raw, covered = one["text"], set()
    for mention in (m for f in one["figures"] for m in f["mentions"]):
        start = len(raw.encode()[:mention["start"]].decode())
        covered.update(range(start, start + len(mention["surface"])))
    for number in re.finditer(r"\d[\d,.]*|\b(?:(?:hundred|thousand|[bmtr]+illion|crore|lakh|dozen)s?|half|"
                              r"two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|fifty)\b", raw):
        if number.start() not in covered:
            around = raw[max(0, number.start() - 40):number.end() + 40].replace("\n", " ")
            print(f"{one['id'][:2]}  {number[0]:10}  …{around}…")


def write_or_compare(name, articles, check):
    path = os.path.join(HERE, name)
    content = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in articles)
    if not check:
        with open(path, "w", encoding="utf-8") as out:
            out.write(content)
        return True
    with open(path, encoding="utf-8") as stored:
        same = stored.read() == content
    if not same:
        print(f"{name} is not what the texts give: run build.py", file=sys.stderr)
    return same


def main():
    parser = argparse.ArgumentParser(description="Makes or checks the annotated articles.")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--numbers", metavar="NN")
    parser.add_argument("--lexicon", metavar="FILE", default=LEXICON)
    args = parser.parse_args()
    canonical = read_lexicon(args.lexicon)
    sets, good = {"development.jsonl": [], "aside.jsonl": []}, True
    for path in sorted(glob.glob(os.path.join(HERE, "[0-9][0-9]-*.txt"))):
        number = int(os.path.basename(path)[:2])
        try:
            one = article(path, canonical)
        except (Wrong, ValueError, AttributeError) as error:
            print(f"{os.path.basename(path)}: {error}", file=sys.stderr)
            good = False
            continue
        if args.numbers and number == int(args.numbers):
            list_numbers(one)
        sets["development.jsonl" if number <= LAST_OF_DEVELOPMENT else "aside.jsonl"].append(one)
    for name, articles in sets.items():
        good = good and write_or_compare(name, articles, args.check)
        figures = sum(len(one["figures"]) for one in articles)
        print(f"{name}: {len(articles)} articles, {figures} figures")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
