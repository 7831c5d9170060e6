"""Reads the surface of a mention ("$1.2 billion", "between" left out, "40,000 to 50,000") as numbers."""
import re
from decimal import Decimal

CURRENCY = [
    ("US$", "USD"), ("C$", "CAD"), ("A$", "AUD"), ("HK$", "HKD"), ("NT$", "TWD"), ("S$", "SGD"),
    ("R$", "BRL"), ("$", "USD"), ("€", "EUR"), ("£", "GBP"), ("¥", "JPY"), ("₹", "INR"), ("₩", "KRW"),
    ("USD", "USD"), ("EUR", "EUR"), ("GBP", "GBP"), ("RMB", "CNY"), ("SEK", "SEK"), ("CHF", "CHF"),
    ("SAR", "SAR"), ("AED", "AED"),
]
CURRENCY_WORD = {
    "dollar": "USD", "euro": "EUR", "yuan": "CNY", "yen": "JPY", "won": "KRW", "rs": "INR",
    "rupee": "INR", "crown": "SEK", "kronor": "SEK", "kroner": "DKK", "franc": "CHF", "dirham": "AED",
    "riyal": "SAR", "shekel": "ILS", "pound": "GBP", "sterling": "GBP", "zloty": "PLN",
}
HUNDREDTHS = {"cent": "USD", "pence": "GBP", "p": "GBP", "paise": "INR"}
MAGNITUDE = {
    "hundred": 10 ** 2, "k": 10 ** 3, "thousand": 10 ** 3, "lakh": 10 ** 5, "m": 10 ** 6,
    "mn": 10 ** 6, "mln": 10 ** 6, "mm": 10 ** 6, "million": 10 ** 6, "crore": 10 ** 7, "cr": 10 ** 7,
    "b": 10 ** 9, "bn": 10 ** 9, "bln": 10 ** 9, "billion": 10 ** 9, "mrd": 10 ** 9,
    "t": 10 ** 12, "tn": 10 ** 12, "trln": 10 ** 12, "trillion": 10 ** 12, "dozen": 12,
}
WATTS = {
    "kw": 10 ** 3, "kilowatt": 10 ** 3, "mw": 10 ** 6, "megawatt": 10 ** 6, "gw": 10 ** 9,
    "gigawatt": 10 ** 9,
}
SMALL = dict(zip(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen".split(), range(1, 20)))
SMALL.update(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10)))
SMALL["half"] = Decimal("0.5")
FILLER = {"of", "and", "u", "s", "us"}
TOKEN = re.compile(r"\d[\d,]*(?:\.\d+)?|[a-z]+|%")
VAGUE = re.compile(r"(?:tens|dozens|scores|hundreds|thousands|[mbtr]+illions|several|a few)\b")
RANGE = re.compile(r"(?<=\w)\s*(?:–|-(?=\s*[^a-z\s]*\d)|\bto\b|\band\b)\s*(?=\D{0,4}\d)")


def singular(word):
    known = (CURRENCY_WORD, HUNDREDTHS, MAGNITUDE, WATTS)
    return word[:-1] if word.endswith("s") and any(word[:-1] in table for table in known) else word


def find_currency(text):
    """The currency sign or code of TEXT and TEXT without it."""
    for sign, code in CURRENCY:
        if sign in text:
            return code, text.replace(sign, " ")
    return None, text


def read_number(text):
    """One number: (value, scale that its magnitude words give, unit that its words name)."""
    value, unit, scale, total, digit = None, None, 1, 0, 1
    for token in TOKEN.findall(text.lower().replace("per cent", "%").replace("percent", "%")):
        word = singular(token)
        if token[0].isdigit():
            value = Decimal(token.replace(",", ""))
        elif word == "point":
            digit = Decimal("0.1")
        elif word in ("a", "an"):
            value = value or 1
        elif word in SMALL:
            value = (value or 0) + SMALL[word] * digit
        elif word in MAGNITUDE or word in WATTS:
            factor = MAGNITUDE.get(word) or WATTS[word]
            unit = "W" if word in WATTS else unit
            scale *= factor
            value = (1 if value is None else value) * factor
            if word == "thousand":
                total, value, scale = total + value, None, 1
        elif word in CURRENCY_WORD:
            unit = CURRENCY_WORD[word]
        elif word in HUNDREDTHS:
            unit, value = HUNDREDTHS[word], (value or 1) / 100
        elif token == "%":
            unit = "percent"
        elif word not in FILLER:
            raise ValueError(f"{token!r} in {text!r} is no word of a number")
    if value is None and not total:
        raise ValueError(f"no number in {text!r}")
    return total + (value or 0), scale, unit


def is_vague(text):
    """Whether TEXT names an order of magnitude only: "tens of millions", "several hundred"."""
    return VAGUE.match(text) is not None


def read_vague(text):
    """The least number that a vague amount stands for."""
    text = re.sub(r"\b(?:several|a few)\b", "", text)
    return read_number(text.replace("tens", "ten").replace("scores", "twenty"))


def read_quantity(surface):
    """Returns (unit or None, low, high, vague); raises ValueError where SURFACE is no quantity."""
    unit, text = find_currency(surface)
    text = text.replace("-", " ") if re.search(r"[a-z0-9]-[a-z]", text) else text
    if is_vague(text.strip().lower()):
        low, _, named = read_vague(text.lower())
        return unit or named, low, None, True
    parts = RANGE.split(text, 1)
    if len(parts) == 1:
        low, _, named = read_number(text)
        return unit or named, low, low, False
    low, low_scale, low_unit = read_number(parts[0])
    high, scale, named = read_number(parts[1])
    if low_scale == 1 and scale != 1 and low < high:
        low *= scale
    return unit or named or low_unit, low, high, False
