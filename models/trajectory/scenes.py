"""Streets that do not exist, and what drives there: the training data of the trajectory model.

A scene is a road (crossing, roundabout, motorway, car park or free curves), a camera above it, and some hundred tracks
as a tracker would report them: in fractions of the picture, cut at its border, noisy, of different length and frame
rate, some broken. A few of them are unusual, and are labelled so.
"""

from dataclasses import dataclass

import numpy as np

import conditions

ANOMALIES = (
    "u-turn", "wrong way", "illegal turn", "short cut", "beside the road", "zigzag", "stop", "backing up",
    "across", "wandering", "lane drift", "rare way",
)


@dataclass(frozen=True)
class Track:
    """One object's way: `t` [n] in seconds, `xy` [n, 2] in fractions of the picture; `kind` is empty where usual."""

    t: np.ndarray
    xy: np.ndarray
    lane: int
    kind: str


# ---------------------------------------------------------------- roads: lists of dense polylines [n, 2] in metres


def _dense(points, step=0.5):
    points = np.asarray(points, float)
    gaps = np.hypot(*np.diff(points, axis=0).T)
    points = points[np.r_[True, gaps > 1e-9]]
    s = np.r_[0, np.cumsum(np.hypot(*np.diff(points, axis=0).T))]
    at = np.linspace(0, s[-1], max(24, int(s[-1] / step)))
    return np.c_[np.interp(at, s, points[:, 0]), np.interp(at, s, points[:, 1])]


def _smooth(points, radius):
    """A moving average that leaves the ends where they are."""
    points = _dense(points)
    k = max(1, int(radius / 0.5))
    kernel = np.hanning(2 * k + 3)[1:-1]
    kernel /= kernel.sum()
    pad = len(kernel) // 2
    padded = np.concatenate([2 * points[:1] - points[pad:0:-1], points, 2 * points[-1:] - points[-2 : -pad - 2 : -1]])
    if len(padded) < len(points) + 2 * pad:
        return points
    return np.c_[np.convolve(padded[:, 0], kernel, "valid"), np.convolve(padded[:, 1], kernel, "valid")]


def _bezier(a, b, c, d):
    u = np.linspace(0, 1, 40)[:, None]
    return (1 - u) ** 3 * a + 3 * u * (1 - u) ** 2 * b + 3 * u**2 * (1 - u) * c + u**3 * d


def _unit(angle):
    return np.array([np.cos(angle), np.sin(angle)])


def _right(v):
    return np.array([v[1], -v[0]])


def _join(a, heading_a, b, heading_b):
    """From `a` to `b`, leaving and arriving along the headings."""
    reach = 0.5 * np.hypot(*(b - a))
    return _bezier(a, a + heading_a * reach, b - heading_b * reach, b)


def _crossing(rng):
    arms = np.sort(np.arange(n := rng.integers(3, 6)) * 2 * np.pi / n + rng.normal(0, 0.18, n)) + rng.uniform(0, 6.3)
    width, box, far = rng.uniform(2.8, 3.8), rng.uniform(9, 18), rng.uniform(35, 80)
    lanes_in, lanes_out = rng.integers(1, 4, n), rng.integers(1, 3, n)
    ways = []
    for a in range(n):
        for b in range(n):
            if a == b:
                continue
            ua, ub = _unit(arms[a]), _unit(arms[b])
            for lane in range(lanes_in[a]):
                for out in range(lanes_out[b]):
                    if rng.random() < (0.35 if lanes_in[a] * lanes_out[b] > 1 else 0.8):
                        off_in = _right(-ua) * width * (lane + 0.5)
                        off_out = _right(ub) * width * (out + 0.5)
                        turn = _join(ua * box + off_in, -ua, ub * box + off_out, ub)
                        ways.append(_dense(np.concatenate([[ua * far + off_in], turn, [ub * far + off_out]])))
    return ways, box


def _roundabout(rng):
    n = rng.integers(3, 6)
    arms = np.arange(n) * 2 * np.pi / n + rng.normal(0, 0.15, n) + rng.uniform(0, 6.3)
    ring, far, width = rng.uniform(10, 22), rng.uniform(45, 80), rng.uniform(3, 4)
    ways = []
    for a in range(n):
        for b in range(n):
            if rng.random() < (0.1 if a == b else 0.85):
                ua, ub = _unit(arms[a]), _unit(arms[b])
                start, end = arms[a] + 0.35, arms[b] - 0.35
                while end < start:
                    end += 2 * np.pi
                r = ring + width * rng.integers(0, 2)
                arc = np.array([_unit(x) * r for x in np.linspace(start, end, 40)])
                ways.append(
                    _smooth(
                        np.concatenate([[ua * far + _right(-ua) * width], arc, [ub * far + _right(ub) * width]]), 5
                    )
                )
    return ways, ring


def _motorway(rng):
    far, bend = rng.uniform(60, 140), rng.normal(0, 12)
    x = np.linspace(-far, far, 60)
    turn = rng.uniform(0, 6.3)
    rotation = np.array([_unit(turn), _right(_unit(turn))])
    width, there, back = rng.uniform(3.2, 3.8), rng.integers(1, 5), rng.integers(0, 5)
    gap = rng.uniform(1, 6)

    def lane(offset):
        return np.c_[x, bend * (x / far) ** 2 + offset]

    ways = [_dense(lane(-(gap + width * i)) @ rotation) for i in range(there)]
    ways += [_dense(lane(gap + width * i)[::-1] @ rotation) for i in range(back)]
    for _ in range(rng.integers(0, 4)):
        i, j = rng.integers(0, there, 2)
        if i != j:
            blend = 1 / (1 + np.exp(-(x - rng.uniform(-0.4, 0.4) * far) / 8))
            offset = -(gap + width * (i + (j - i) * blend))
            ways.append(_dense(lane(offset) @ rotation))
    if rng.random() < 0.5:
        ramp = np.clip((x - rng.uniform(-0.3, 0.4) * far) / far, 0, None) ** 1.5 * rng.uniform(15, 40)
        ways.append(_dense(lane(-(gap + width * (there - 1) + ramp)) @ rotation))
    return ways, far / 3


def _car_park(rng):
    rows, pitch, length = rng.integers(2, 5), rng.uniform(12, 18), rng.uniform(40, 70)
    gate = np.array([-8.0, rng.uniform(0, rows * pitch)])
    ways = []
    for _ in range(rng.integers(5, 14)):
        y, x = rng.integers(0, rows) * pitch, rng.uniform(5, length)
        slot = [x, y + rng.choice([-5.0, 5.0])]
        way = [gate - [15, 0], gate, [0, gate[1]], [0, y], [x, y], slot]
        ways.append(_smooth(way if rng.random() < 0.5 else way[::-1], 3))
    for _ in range(rng.integers(1, 3)):
        y = rng.integers(0, rows) * pitch
        ways.append(_smooth([gate - [15, 0], gate, [0, gate[1]], [0, y], [length + 12, y]], 3))
    middle = np.array([length / 2, rows * pitch / 2])
    return [way - middle for way in ways], pitch


def _free(rng):
    far, ways = rng.uniform(30, 70), []
    doors = [_unit(a) * far for a in rng.uniform(0, 6.3, rng.integers(3, 8))]
    for _ in range(rng.integers(3, 18)):
        a, b = rng.choice(len(doors), 2, replace=False)
        via = rng.normal(0, far / 3, 2)
        jitter = rng.normal(0, far / 25, (2, 2))
        ways.append(_smooth([doors[a] + jitter[0], via, doors[b] + jitter[1]], far / 3))
    return ways, far / 3


ROADS = {"crossing": _crossing, "roundabout": _roundabout, "motorway": _motorway, "car park": _car_park, "free": _free}


# ---------------------------------------------------------------- cameras


def _camera(rng, ways):
    """A function from metres to fractions of a picture, and whether a point is in front of the lens."""
    points = np.concatenate(ways)
    middle = points.mean(0) + rng.normal(0, 4, 2)
    reach = np.quantile(np.hypot(*(points - middle).T), 0.9)
    turn = rng.uniform(0, 2 * np.pi)
    if rng.random() < 0.3:  # from above, as from a drone or in a map's metres
        scale = rng.uniform(0.45, 0.75) / reach
        rotation = np.array([_unit(turn), _right(_unit(turn))]).T
        return lambda p: ((p - middle) @ rotation * scale + 0.5, np.ones(len(p), bool))
    height, distance = rng.uniform(0.15, 0.8) * reach, rng.uniform(0.8, 1.6) * reach
    eye = np.r_[middle - _unit(turn) * distance, height]
    forward = np.r_[middle, 0] - eye
    forward /= np.linalg.norm(forward)
    side = np.cross(forward, [0, 0, 1])
    side /= np.linalg.norm(side)
    down = np.cross(forward, side)
    focal = rng.uniform(0.55, 1.0) * np.hypot(distance, height) / reach * 0.8

    def project(p):
        ray = np.c_[p, np.zeros(len(p))] - eye
        depth = ray @ forward
        front = depth > 0.15 * distance
        depth = np.maximum(depth, 0.15 * distance)
        return np.c_[ray @ side / depth * focal + 0.5, ray @ down / depth * focal * 16 / 9 + 0.5], front

    return project


# ---------------------------------------------------------------- driving


def _normals(way):
    heading = np.gradient(way, axis=0)
    heading /= np.maximum(np.hypot(*heading.T), 1e-9)[:, None]
    return np.c_[-heading[:, 1], heading[:, 0]]


def _arc(way):
    return np.r_[0, np.cumsum(np.hypot(*np.diff(way, axis=0).T))]


def _wobble(rng, n, length):
    """Smooth noise of deviation 1 over n points: a few slow waves."""
    u = np.linspace(0, 1, n)
    waves = sum(
        rng.normal() / k * np.sin(np.pi * k * u + rng.uniform(0, 6.3)) for k in range(1, 2 + int(length / 40) + 1)
    )
    return waves


def _drive(rng, way, speed, dt, stops, slow_down):
    """Where a car is every dt seconds: arc lengths along the way.

    `stops`: pairs (arc length, seconds).
    """
    s = _arc(way)
    angle = np.unwrap(np.arctan2(*np.gradient(way, axis=0).T[::-1]))
    bend = np.abs(np.gradient(angle, np.maximum(s, np.arange(len(s)) * 1e-6)))
    bend = np.convolve(bend, np.ones(21) / 21, "same")
    v = speed / (1 + slow_down * np.minimum(bend, 0.15) * 10)
    v *= np.exp(0.1 * _wobble(rng, len(s), s[-1]))
    for where, _ in stops:
        v *= 1 - 0.93 * np.exp(-(((s - where) / 7) ** 2))
    v = np.maximum(v, 0.4)
    t = np.r_[0, np.cumsum(np.diff(s) / v[:-1])]
    for where, seconds in stops:
        t[np.searchsorted(s, where) :] += seconds
    at = np.arange(0, t[-1], dt)
    return np.interp(at, t, s), at


def _points(way, s, lateral):
    arc = _arc(way)
    side = np.interp(s, arc, lateral)
    normal = _normals(way)
    base = np.c_[np.interp(s, arc, way[:, 0]), np.interp(s, arc, way[:, 1])]
    return base + side[:, None] * np.c_[np.interp(s, arc, normal[:, 0]), np.interp(s, arc, normal[:, 1])]


def _unusual_way(rng, kind, ways, size):
    """Another way to drive, and the stops on it; None where the road does not allow this kind."""
    way = ways[rng.integers(len(ways))]
    other = ways[rng.integers(len(ways))]
    n = len(way)
    length = _arc(way)[-1]
    if kind == "wrong way":
        return way[::-1], []
    if kind == "u-turn":
        i = int(n * rng.uniform(0.3, 0.75))
        back = way[i::-1] + _normals(way)[i::-1] * rng.uniform(2, 7) * rng.choice([-1, 1])
        return _smooth(np.concatenate([way[:i], back]), 4), []
    if kind == "illegal turn":
        i, j = int(n * rng.uniform(0.3, 0.6)), int(len(other) * rng.uniform(0.4, 0.7))
        if way is other or np.hypot(*(way[i] - other[j])) > 2.5 * size:
            return None
        if np.hypot(*(way[-1] - other[-1])) < 0.5 * size:
            return None
        return _smooth(np.concatenate([way[:i], other[j:]]), 6), []
    if kind == "short cut":
        i, j = int(n * rng.uniform(0.05, 0.35)), int(n * rng.uniform(0.65, 0.95))
        cut = _smooth(np.concatenate([way[:i], way[j:]]), 5)
        if len(cut) < 10 or np.max(np.abs(np.hypot(*(way[i:j] - (way[i] + way[j]) / 2).T))) < 1:
            return None
        straight = way[i] + np.linspace(0, 1, j - i)[:, None] * (way[j] - way[i])
        return None if np.max(np.hypot(*(way[i:j] - straight).T)) < 0.2 * size else (cut, [])
    if kind == "beside the road":
        offset = rng.uniform(0.25, 0.9) * size * rng.choice([-1, 1])
        moved = way + _normals(way) * offset
        gap = min(np.min(np.hypot(*(moved[n // 2] - w).T)) for w in ways)
        return None if gap < 0.15 * size else (_smooth(moved, 4), [])
    if kind == "zigzag":
        waves = np.sin(np.linspace(0, 2 * np.pi * rng.uniform(2, 5), n)) * rng.uniform(0.15, 0.4) * size
        return way + _normals(way) * (waves * np.hanning(n))[:, None], []
    if kind == "stop":
        return way, [(length * rng.uniform(0.55, 0.85), rng.uniform(1, 4) * length / 8)]
    if kind == "backing up":
        i = int(n * rng.uniform(0.5, 0.8))
        j = int(i - n * rng.uniform(0.15, 0.35))
        return _dense(np.concatenate([way[:i], way[i:j:-1], way[j:]])), []
    if kind == "across":
        i = int(n * rng.uniform(0.3, 0.7))
        normal = _normals(way)[i] * rng.choice([-1, 1])
        tilt = _unit(rng.normal(0, 0.3))
        direction = np.array([normal[0] * tilt[0] - normal[1] * tilt[1], normal[0] * tilt[1] + normal[1] * tilt[0]])
        reach = rng.uniform(0.8, 2.5) * size
        return _dense([way[i] - direction * reach, way[i] + direction * reach]), []
    if kind == "wandering":
        steps = rng.normal(0, 0.3 * size, (rng.integers(4, 8), 2))
        return _smooth(way[int(n * rng.uniform(0.2, 0.8))] + np.cumsum(steps, 0), 5), []
    if kind == "lane drift":
        u = np.linspace(0, 1, n)
        drift = 1 / (1 + np.exp(-(u - rng.uniform(0.3, 0.7)) * 15))
        moved = way + _normals(way) * (drift * rng.uniform(0.3, 0.8) * size * rng.choice([-1, 1]))[:, None]
        gap = min(np.min(np.hypot(*(moved[-1] - w).T)) for w in ways)
        return None if gap < 0.15 * size else (moved, [])
    raise ValueError(kind)


def _seen(rng, project, points, t, noise, broken):
    """The part of a way that the picture shows, as a tracker reports it; None where that is too little."""
    xy, front = project(points)
    inside = front & (xy > -0.02).all(1) & (xy < 1.02).all(1)
    edges = np.flatnonzero(np.diff(np.r_[0, inside.astype(int), 0]))
    if len(edges) == 0:
        return None
    runs = edges.reshape(-1, 2)
    a, b = runs[np.argmax(runs[:, 1] - runs[:, 0])]
    a += int((b - a) * abs(rng.normal(0, 0.02)))
    b -= int((b - a) * abs(rng.normal(0, 0.02)))
    if rng.random() < broken:
        keep = rng.uniform(0.4, 0.9)
        if rng.random() < 0.5:
            a = b - int((b - a) * keep)
        else:
            b = a + int((b - a) * keep)
    if b - a < 6:
        return None
    xy, t = xy[a:b], t[a:b]
    if np.sum(np.hypot(*np.diff(xy, axis=0).T)) < 0.08:
        return None
    shake = rng.normal(0, noise, xy.shape)
    slow = np.c_[_wobble(rng, b - a, 80), _wobble(rng, b - a, 80)] * noise * 1.5
    if rng.random() < 0.1 and b - a > 20:  # an occlusion: some frames are missing
        i = rng.integers(3, b - a - 10)
        keep = np.r_[0:i, i + rng.integers(3, 8) : b - a]
        return t[keep], (xy + shake + slow)[keep]
    return t, xy + shake + slow


def scene(seed, tracks=400, road=None, condition="clear"):
    """One scene's tracks, in an order that has nothing to do with what they are.

    `tracks`: about how many; a car that the picture hardly shows is none. `condition`: of conditions.py; the vehicles
    and their ways are the same under each.
    """
    rng = np.random.default_rng(seed)
    worse, qualities = np.random.default_rng([seed, 1]), conditions.parse(condition)
    box = 10 ** worse.uniform(-1.6, -1)
    while True:
        name = road or rng.choice(list(ROADS), p=[0.4, 0.17, 0.18, 0.1, 0.15])
        ways, size = ROADS[name](rng)
        if len(ways) >= 2:
            break
    if len(ways) > 24:
        ways = [ways[i] for i in rng.choice(len(ways), 24, replace=False)]
    # A way that is hardly ever driven is no usual one: it comes back below as the unusual "rare way".
    spare = [ways.pop(rng.integers(len(ways)))] if len(ways) > 4 else []
    project = _camera(rng, ways)
    share = rng.dirichlet(np.full(len(ways), rng.uniform(0.4, 3)))
    share = np.maximum(share, 2.5 / tracks)
    share /= share.sum()
    speeds = rng.uniform(7, 16) * np.exp(rng.normal(0, 0.15, len(ways)))
    spread, lane_spread = rng.uniform(0.08, 0.25), rng.uniform(0.25, 0.8)
    noise, broken = 10 ** rng.uniform(-3.3, -2.2), rng.choice([0, 0, 0.05, 0.15])
    dt, slow_down = rng.choice([0.04, 0.1, 0.2, 0.4]), rng.uniform(0.1, 0.8)
    red = rng.uniform(0.05, 0.4) if name in ("crossing", "roundabout") and rng.random() < 0.6 else 0
    rate = rng.uniform(0.02, 0.1)
    rare_lane = len(ways)
    kinds = list(rng.permutation(ANOMALIES)[: rng.integers(3, len(ANOMALIES) + 1)])

    made = []
    while len(made) < tracks:
        kind, stops, lane = "", [], -1
        if rng.random() < rate:
            kind = kinds[rng.integers(len(kinds))]
            if kind == "rare way":
                if not spare:
                    continue
                way, lane = spare[0], rare_lane
                if sum(track.kind == kind for track in made) > max(2, 0.01 * tracks):
                    continue
            else:
                unusual = _unusual_way(rng, kind, ways, size)
                if unusual is None:
                    continue
                way, stops = unusual
            speed = speeds.mean()
        else:
            lane = int(rng.choice(len(ways), p=share))
            way, speed = ways[lane], speeds[lane]
            if rng.random() < red:
                arc = _arc(way)
                stops = [(arc[-1] * 0.5 - size - rng.exponential(5), rng.uniform(2, 25))]
                if stops[0][0] < 3:
                    stops = []
        s, t = _drive(rng, way, speed * np.exp(rng.normal(0, spread)), dt, stops, slow_down)
        lateral = rng.normal(0, lane_spread) + 0.3 * lane_spread * _wobble(rng, len(way), _arc(way)[-1])
        seen = _seen(rng, project, _points(way, s, lateral), t, noise, broken)
        if seen is not None:
            quality = qualities[len(made) * len(qualities) // tracks]
            made.append(Track(*conditions.degrade(*seen, box, quality, worse), lane, kind))
    return made, name
