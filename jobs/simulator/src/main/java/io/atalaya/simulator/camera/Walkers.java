package io.atalaya.simulator.camera;

import io.atalaya.simulator.random.SeededRandom;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * People on pavements and squares: they walk alone or in groups, some with a bag, and some wait a
 * while. Includes the episodes of people: loitering, crowds, abandoned objects and intrusions.
 */
final class Walkers {
    private static final double CARRIES = 0.15;
    private static final double WAITS = 0.1;
    private static final double AS_A_GROUP = 0.12;
    private static final long MIN_WAIT_MS = 15_000;
    private static final long MAX_WAIT_MS = 75_000;
    private static final double STEP_SECONDS = 0.5;

    /**
     * Distance from which people of a crowd come, because they come out of doors and round corners
     * instead of from the street's end.
     */
    private static final double CROWD_FROM = 9;

    private static final long SETS_DOWN_AFTER = 6_000;

    private final Site site;
    private final SeededRandom random;
    private final List<Walker> walkers = new ArrayList<>();
    private final List<Gathering> gatherings = new ArrayList<>();
    private final List<LeftBag> leftBags = new ArrayList<>();
    private final List<Trespass> trespasses = new ArrayList<>();
    private final double[] next;

    private record Trespass(OngoingEpisode episode, Walker walker, Yard yard) {}

    /** A loiterer or a crowd: the episode lasts while at least half of the people are there. */
    private static final class Gathering {
        private final OngoingEpisode episode;
        private final List<Walker> people;

        Gathering(OngoingEpisode episode, List<Walker> people) {
            this.episode = episode;
            this.people = people;
        }
    }

    private static final class LeftBag {
        private final OngoingEpisode episode;
        private final Walker owner;
        private final long until;
        private SceneObject bag;

        LeftBag(OngoingEpisode episode, Walker owner, long until) {
            this.episode = episode;
            this.owner = owner;
            this.until = until;
        }
    }

    Walkers(Site site, long start, SeededRandom random) {
        this.site = site;
        this.random = random;
        this.next = new double[site.pavements().size()];
        for (int i = 0; i < next.length; i++) {
            next[i] = start + random.exponential(meanGap(start));
        }
    }

    private double meanGap(long time) {
        return 3_600_000 / Math.max(2, site.peoplePerHour() * DailyProfile.ofPeople(time));
    }

    void go(long from, long to) {
        int steps = (int) Math.max(1, Math.ceil((to - from) / (1000 * STEP_SECONDS)));
        double seconds = (to - from) / 1000.0 / steps;
        for (int i = 1; i <= steps; i++) {
            long time = from + (to - from) * i / steps;
            walkers.forEach(walker -> walker.go(time, seconds));
        }
        walkers.removeIf(Walker::isGone);
        for (int i = 0; i < next.length; i++) {
            if (to >= next[i]) {
                come(site.pavements().get(i), to);
                next[i] = to + random.exponential(meanGap(to));
            }
        }
        for (Iterator<Gathering> all = gatherings.iterator(); all.hasNext(); ) {
            Gathering gathering = all.next();
            long there = gathering.people.stream().filter(Walker::isWaiting).count();
            if (2 * there >= gathering.people.size()) {
                gathering.episode.extendTo(to);
            } else if (!gathering.episode.isNothing()) {
                gathering.people.forEach(walker -> walker.object.takePart(null));
                all.remove();
            }
        }
        for (Trespass each : trespasses) {
            if (each.yard().contains(each.walker().object)) {
                each.episode().extendTo(to);
            }
        }
        trespasses.removeIf(each -> each.walker().isGone());
        for (Iterator<LeftBag> all = leftBags.iterator(); all.hasNext(); ) {
            LeftBag left = all.next();
            if (left.bag == null && left.owner.isWaiting()) {
                left.bag = left.owner.putDown();
                left.bag.defines(left.episode);
            }
            if (to >= left.until) {
                all.remove();
            }
        }
    }

    private void come(Line line, long time) {
        int people = random.happens(AS_A_GROUP) ? 2 + random.below(3) : 1;
        boolean backwards = random.below(2) == 0;
        double pace = random.between(1.0, 1.6);
        double beside = random.between(-1.2, 1.2);
        boolean waits = random.happens(WAITS);
        double at = waits ? line.visible(site.lens(), 0, random) : Double.NaN;
        long wait = (long) random.between(MIN_WAIT_MS, MAX_WAIT_MS);
        for (int i = 0; i < people; i++) {
            double behind = i * random.between(0.4, 1);
            Walker walker =
                    new Walker(
                            line,
                            backwards ? line.length() + behind : -behind,
                            beside + i * 0.7,
                            backwards,
                            pace,
                            random.between(0, 6));
            if (!Double.isNaN(at)) {
                walker.waiting(at + i * 0.8, beside + i * 0.5, wait, 0);
            }
            if (random.happens(CARRIES)) {
                walker.carrying(new SceneObject(ObjectType.BAG));
            }
            walkers.add(walker);
        }
    }

    List<SceneObject> objects() {
        List<SceneObject> objects = new ArrayList<>();
        for (Walker walker : walkers) {
            objects.add(walker.object);
            if (walker.bag() != null) {
                objects.add(walker.bag());
            }
        }
        for (LeftBag left : leftBags) {
            if (left.bag != null) {
                objects.add(left.bag);
            }
        }
        return objects;
    }

    /** A place on a pavement that is well within the frame. */
    private record Place(Line line, double along, double beside) {}

    private Place place() {
        for (int i = 0; i < 8; i++) {
            Line line = random.oneOf(site.pavements());
            double along = line.visible(site.lens(), 0, random);
            if (!Double.isNaN(along)) {
                return new Place(line, along, random.between(-0.8, 0.8));
            }
        }
        return null;
    }

    /**
     * Adds a loiterer.
     *
     * @return false if no suitable place is in view
     */
    boolean loiter(OngoingEpisode episode, long time, long millis) {
        Place place = place();
        if (place == null) {
            return false;
        }
        Walker walker = comer(place, random).waiting(place.along(), place.beside(), millis, 1.1);
        walker.object.takePart(episode);
        walkers.add(walker);
        gatherings.add(new Gathering(episode, List.of(walker)));
        return true;
    }

    /**
     * Adds a crowd that gathers within some seconds and leaves at about the same time; false if no
     * suitable place is in view.
     */
    boolean crowd(OngoingEpisode episode, long time, long millis) {
        Place place = place();
        if (place == null) {
            return false;
        }
        List<Walker> people = new ArrayList<>();
        int size = 13 + random.below(9);
        for (int i = 0; i < size; i++) {
            double angle = random.between(0, 2 * Math.PI);
            double radius = 2.6 * Math.sqrt(random.between(0, 1));
            Walker walker =
                    comer(place, random)
                            .waiting(
                                    place.along() + radius * StrictMath.cos(angle),
                                    place.beside() + 0.5 * radius * StrictMath.sin(angle),
                                    millis,
                                    0)
                            .noLongerThan(time + millis + (long) random.between(0, 12_000));
            walker.object.takePart(episode);
            people.add(walker);
            walkers.add(walker);
        }
        gatherings.add(new Gathering(episode, people));
        return true;
    }

    /** Adds a person who puts a bag down and leaves; the bag is removed later. */
    boolean leaveBag(OngoingEpisode episode, long time, long millis) {
        Place place = place();
        if (place == null) {
            return false;
        }
        Walker owner =
                comer(place, random)
                        .waiting(place.along(), place.beside(), SETS_DOWN_AFTER, 0)
                        .carrying(new SceneObject(ObjectType.BAG));
        walkers.add(owner);
        leftBags.add(new LeftBag(episode, owner, time + millis));
        return true;
    }

    /** Adds a person who enters the yard, stays a little, and continues along the path. */
    void trespass(OngoingEpisode episode, Yard yard, long millis, SeededRandom rare) {
        Walker walker =
                comer(new Place(yard.path(), yard.middle(), 0), rare)
                        .waiting(yard.middle(), yard.depth(), millis, 0);
        walker.object.takePart(episode);
        walkers.add(walker);
        trespasses.add(new Trespass(episode, walker, yard));
    }

    private static Walker comer(Place place, SeededRandom chance) {
        boolean backwards = chance.below(2) == 0;
        double from = chance.between(0.6, 1.4) * CROWD_FROM;
        return new Walker(
                place.line(),
                place.along() + (backwards ? from : -from),
                place.beside() + chance.between(-1, 1),
                backwards,
                chance.between(1.1, 1.6),
                chance.between(0, 6));
    }
}
