"""The extractor's models, as the C code has them: what they are learned from, and how they choose.

Each learns by gradient steps of adaptive length (Duchi, Hazan, Singer, "Adaptive Subgradient
Methods", 2011) with a pull towards zero. Rounds, rates and pulls were found by cross-validation."""
import collections
import math
import random

import gold

STATES = ("rumored", "talks", "planned", "announced", "completed", "denied")
ROLES = ("from", "to")


class Steps:
    """Weights that are moved against gradients."""

    def __init__(self, rate, ridge):
        self.rate, self.ridge = rate, ridge
        self.weights, self.squares = {}, {}

    def move(self, feature, gradient, ridge=None):
        weight = self.weights.get(feature, 0.0)
        gradient += (self.ridge if ridge is None else ridge) * weight
        self.squares[feature] = self.squares.get(feature, 1e-2) + gradient * gradient
        self.weights[feature] = weight - self.rate * gradient / math.sqrt(self.squares[feature])


def rounds_of(samples, rounds):
    order = list(range(len(samples)))
    shuffle = random.Random(7)
    for _ in range(rounds):
        shuffle.shuffle(order)
        for i in order:
            yield samples[i]


def total(weights, features):
    return sum(weights.get(f, 0.0) for f in features)


def shares(totals):
    top = max(totals)
    powers = [math.exp(t - top) for t in totals]
    return [p / sum(powers) for p in powers]


# ---- Kinds: of all candidates, those of the right kind shall weigh most together

CLUES = 0.1  # the pull of single words: most of them are rare
SEEN = 2     # articles or amounts that a clue must be seen in


def seen_often(lists):
    """What stands in some of the lists at least."""
    count = collections.Counter(feature for features in lists for feature in set(features))
    return {feature for feature, n in count.items() if n >= SEEN}


def kind_samples(log):
    return [(figure["kind"] if figure else "none", [(cells[0], cells[1:]) for cells in lines],
             log.choices["clue"][span][0]) for span, figure, lines in log.amounts("kind")]


def learn_kinds(samples):
    steps = Steps(0.08, 0.02)
    often = seen_often(clues for _, _, clues in samples)
    samples = [(wanted, candidates, [c for c in clues if c in often]) for wanted, candidates, clues in samples]
    for wanted, candidates, clues in rounds_of(samples, 15):
        extra = {kind: total(steps.weights, ["clue|%s|%s" % (c, kind) for c in clues])
                 for kind in {kind for kind, _ in candidates}}
        share = shares([total(steps.weights, features) + extra[kind] for kind, features in candidates])
        right = sum(s for s, (kind, _) in zip(share, candidates) if kind == wanted)
        if right == 0:
            continue
        gradient, of_kind = collections.Counter(), collections.Counter()
        for s, (kind, features) in zip(share, candidates):
            error = s - (s / right if kind == wanted else 0.0)
            of_kind[kind] += error
            for f in features:
                gradient[f] += error
        for f, g in gradient.items():
            steps.move(f, g)
        for kind, g in of_kind.items():
            for c in clues:
                steps.move("clue|%s|%s" % (c, kind), g, CLUES)
    return steps.weights


# ---- States: one of six

def state_samples(log):
    return [(log.first[span]["status"], lines[0]) for span, figure, lines in log.amounts("status")
            if span in log.first]


def learn_states(samples):
    steps = Steps(0.08, 0.03)
    often = seen_often(features for _, features in samples)
    samples = [(wanted, [f for f in features if f in often]) for wanted, features in samples]
    for wanted, features in rounds_of(samples, 20):
        for state, share in zip(STATES, shares([total(steps.weights, [(f, s) for f in features]) for s in STATES])):
            for f in features:
                steps.move((f, state), share - (state == wanted), CLUES if f.startswith("clue|") else None)
    return steps.weights


# ---- Parties: each candidate for itself, in each role

def party_samples(log):
    samples = []
    for _, figure, lines in log.amounts("party"):
        for group, kind, name, *features in lines if figure else []:
            wanted = [gold.plain(name) in {gold.plain(x) for x in figure.get(role) or []} for role in ROLES]
            samples.append((wanted, party_features(group, kind, features)))
    return samples


def party_features(group, kind, features):
    """Where the name stands weighs by kind, all else by group of kinds."""
    return [tuple(f[5:].split(" ", 1)) if f.startswith("slot ") else (kind if f.startswith("clue ") else group, f)
            for f in features]


CATEGORIES = 0.02  # the pull of what a company is
LEAN = 0.3  # a party that is missed costs more than half of what a wrong one does
KEEP = 0.7  # what the grammar proposes is given up only for good reason


def learn_parties(samples):
    weights = {}
    for role in range(2):
        steps = Steps(0.1, 0.005)
        for wanted, features in rounds_of(samples, 15):
            error = 1 / (1 + math.exp(-max(-30, min(30, total(steps.weights, features))))) - wanted[role]
            for f in features:
                steps.move(f, error, CATEGORIES if f[1].startswith("clue ") else None)
        for group in {f[0] for f in steps.weights if f[1] == "bias"}:
            steps.weights[group, "bias"] += LEAN
            rule = group, "rule " + ROLES[role]
            steps.weights[rule] = steps.weights.get(rule, 0.0) + KEEP
        for f, weight in steps.weights.items():
            weights[(ROLES[role],) + f] = weight
    return weights


# ---- Confidence: whether a reading is right as a whole

def is_right(figure, kind, giver, taker):
    """Kind and both parties, of the first mention."""
    names = [{gold.plain(x) for x in cell.split("; ") if x} for cell in (giver, taker)]
    wanted = [{gold.plain(x) for x in figure.get(role) or []} for role in ROLES]
    return figure["kind"] == kind and names == wanted


def confidence_samples(log):
    samples = []
    for _, figure, lines in log.amounts("sure"):
        kind, giver, taker, _, *features = lines[0]
        values = {name: float(value) for name, value in (f.split("=") for f in features)}
        samples.append((figure is not None and is_right(figure, kind, giver, taker), values))
    return samples


def learn_confidence(samples):
    steps = Steps(0.05, 0.002)
    for right, values in rounds_of(samples, 40):
        error = sureness(steps.weights, values) - right
        for f, value in values.items():
            steps.move(f, error * value)
    return steps.weights


def sureness(weights, values):
    return 1 / (1 + math.exp(-sum(weights.get(f, 0.0) * v for f, v in values.items())))
