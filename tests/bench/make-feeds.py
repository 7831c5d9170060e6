#!/usr/bin/env python3
"""Writes made-up feeds for bench-refresh.sh: make-feeds.py FOLDER FEEDS ITEMS BYTES_PER_ITEM

The same arguments give the same bytes. About one sentence in forty tells of a deal: a figure or two an article.
"""
import os
import random
import sys
from email.utils import formatdate

LETTERS = "aeiou", "bcdfghklmnprstvwz"
DEALS = [
    "{a} raised ${n} million in a Series {s} round led by {b}, valuing the company at ${v} billion.",
    "{a} will invest ${v} billion in {b} over the next three years, people familiar with the matter said.",
    "{a} is in talks to acquire {b} for about ${n} million in cash and stock.",
    "{a} said it would lay off {n} employees, or about {p}% of its staff, as it moves resources to {b}.",
    "{a} signed a contract worth ${v} billion with {b} for {n} megawatts of computing capacity.",
]


def word(rng, syllables):
    vowels, consonants = LETTERS
    return "".join(rng.choice(consonants) + rng.choice(vowels) for _ in range(syllables)) + rng.choice("nrst")


_common = random.Random(1)
WORDS = [word(_common, 1 + i % 3) for i in range(6000)]
FIRMS = [word(_common, 2).capitalize() + " " + _common.choice(["AI", "Labs", "Cloud", "Systems", "Capital"])
         for i in range(2000)]


def zipf(rng, items):
    """One of them, the first ones by far the most often."""
    return items[min(int(len(items) ** rng.random()), len(items)) - 1]


def sentence(rng):
    if rng.random() > 1 / 40:
        words = [zipf(rng, WORDS) for _ in range(rng.randint(9, 24))]
        return " ".join(words).capitalize() + "."
    return rng.choice(DEALS).format(a=zipf(rng, FIRMS), b=zipf(rng, FIRMS), n=rng.randint(5, 900),
                                    v=rng.randint(1, 60), s=rng.choice("ABCD"), p=rng.randint(2, 30))


def item(rng, feed, number, size):
    paragraphs, length = [], 0
    while length < size - 600:
        text = " ".join(sentence(rng) for _ in range(rng.randint(2, 4)))
        paragraphs.append(f"<p>{text}</p>")
        length += len(paragraphs[-1].encode())
    link = f"https://outlet{feed}.example/{feed}-{number}"
    date = formatdate(1769600000 - (feed * 7 + number * 3600), usegmt=True)
    return (f"<item><title>{zipf(rng, FIRMS)} and {zipf(rng, FIRMS)}: report {feed}-{number}</title><link>{link}</link>"
            f"<guid isPermaLink=\"true\">{link}</guid><pubDate>{date}</pubDate>"
            f"<dc:creator>Desk {feed}</dc:creator><category>AI</category>"
            f"<description>{sentence(rng)}</description>"
            f"<content:encoded><![CDATA[{''.join(paragraphs)}]]></content:encoded></item>\n")


def main():
    folder, feeds, items, size = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    os.makedirs(folder, exist_ok=True)
    for feed in range(feeds):
        rng = random.Random(feed)
        with open(os.path.join(folder, f"feed{feed}.xml"), "w", encoding="utf-8") as out:
            out.write('<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"'
                      ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
                      ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
                      f"<title>Outlet {feed}</title><link>https://outlet{feed}.example/</link>"
                      "<description>News</description>\n")
            for number in range(items):
                out.write(item(rng, feed, number, size))
            out.write("</channel></rss>\n")


main()
