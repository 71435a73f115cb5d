"""Light, weather, density or a tool that makes detectors and trackers worse, as far as it shows in a track. The numbers
are those of io.atalaya.simulator.condition.Condition in Java.

Left out are ghosts, which last one frame, wrong types, and swapped ids, whose tracks the job splits before any model
sees them.
"""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Quality:
    """What a condition adds to the errors that a track already has.

    `missed`: share of the points; `burst`: mean seconds between bursts of misses; `tremble`: of a box, as a share of
    its size; `lose`: mean seconds until the tracker loses the object; `sway`: of the picture. 0 is never.
    """

    missed: float = 0
    burst: float = 0
    tremble: float = 0
    lose: float = 0
    sway: float = 0


CONDITIONS = {
    "clear": Quality(),
    "night": Quality(0.10, 60, 0.07, 60, 0),
    "rain": Quality(0.08, 45, 0.085, 60, 0.001),
    "wind": Quality(0.03, 0, 0.05, 0, 0.004),
    "crowded": Quality(0.08, 60, 0.05, 40, 0),
    "poor-tracker": Quality(0.05, 90, 0.05, 25, 0),
}
IN_BURST, BURST_SECONDS = 0.4, (2, 6)
"""Share of the points missed in a burst, and how long one lasts."""
RENAMED, LOST_SECONDS = 0.7, (1, 4)
"""Share of the lost objects that get a new id, so that the track ends, and how long the others are lost."""
SWAY_SECONDS = 2
FEWEST = 6
"""Points of a track; with fewer it is no track."""


def parse(text):
    """The qualities of a day, one after the other: `clear:night+rain` is a clear afternoon that becomes a rainy
    night, the worse of the two in every respect."""
    return [_worst([CONDITIONS[name] for name in part.split("+")]) for part in text.split(":")]


def _worst(qualities):
    worst = qualities[0]
    for other in qualities[1:]:
        both = {name: (getattr(worst, name), getattr(other, name)) for name in vars(other)}
        often = {name: min(filter(None, both[name]), default=0) for name in ("burst", "lose")}
        much = {name: max(both[name]) for name in ("missed", "tremble", "sway")}
        worst = Quality(**often, **much)
    return worst


def degrade(t, xy, box, quality, rng):
    """A track [n] and [n, 2] as a worse detector and tracker report it, in the longer of its parts if it breaks; `box`
    is the size of the object's box in fractions of the picture."""
    if quality == Quality():
        return t, xy
    length = t[-1] - t[0]
    missed = np.full(len(t), quality.missed)
    for begin in _times(quality.burst, length, rng):
        missed[(t >= t[0] + begin) & (t < t[0] + begin + rng.uniform(*BURST_SECONDS))] = IN_BURST
    kept = rng.random(len(t)) >= missed
    broken = [t[0], t[-1] + 1]
    for lost in _times(quality.lose, length, rng):
        until = lost + rng.uniform(*LOST_SECONDS)
        kept &= (t < t[0] + lost) | (t >= t[0] + until)
        if rng.random() < RENAMED:
            broken.insert(-1, t[0] + lost)
    broken.sort()
    parts = [np.flatnonzero(kept & (t >= a) & (t < b)) for a, b in zip(broken, broken[1:])]
    longest = max(parts, key=len)
    if len(longest) < FEWEST:
        return t, xy
    t, xy = t[longest], xy[longest]
    # The lower edge moves with the box's place and its height.
    shake = rng.normal(0, quality.tremble * box, xy.shape) * [1, np.sqrt(2)]
    return t, xy + shake + quality.sway * _sway(t, rng)


def _times(every, length, rng):
    """Seconds after the start, at random."""
    return np.sort(rng.uniform(0, length, rng.poisson(length / every))) if every else []


def _sway(t, rng):
    """Noise of deviation 1 that is forgotten after SWAY_SECONDS."""
    noise = rng.normal(0, 1, (len(t), 2))
    kept = np.exp(-np.diff(t) / SWAY_SECONDS)
    for i in range(1, len(t)):
        noise[i] = kept[i - 1] * noise[i - 1] + np.sqrt(1 - kept[i - 1] ** 2) * noise[i]
    return noise
