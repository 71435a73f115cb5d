package io.atalaya.console.queue;

import io.atalaya.console.item.Item;
import io.atalaya.console.item.Items;
import io.atalaya.console.request.Problem;
import io.atalaya.console.security.Role;
import io.atalaya.console.security.Viewer;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.Mute;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The mutes of all, which dispatch keeps, and the mutes and subscriptions of single operators,
 * which only the console knows. Who has subscriptions is interrupted only by what fits one of them.
 * None holds back what is urgent, or a kidnapping.
 */
public final class Mutes {
    static final int MAX_OF_PERSON = 50;
    private static final Comparator<Shown> ORDER =
            Comparator.comparingLong(Shown::to).thenComparing(Shown::muteId);

    /**
     * The fields that an item must have; null says nothing.
     *
     * @param area west, south, east, north in degrees
     */
    public record Matcher(
            Incident.Kind kind,
            String type,
            String site,
            String deviceId,
            String plate,
            String cell,
            String source,
            String reason,
            String municipality,
            List<Double> area) {

        public Matcher {
            if (area != null && (area.size() != 4 || area.stream().anyMatch(Objects::isNull))) {
                throw Problem.invalid("matcher.area", "west, south, east, north");
            }
        }

        /** The same, of one site alone. */
        Matcher at(String onlySite) {
            return new Matcher(
                    kind,
                    type,
                    onlySite,
                    deviceId,
                    plate,
                    cell,
                    source,
                    reason,
                    municipality,
                    area);
        }

        boolean isEmpty() {
            return kind == null
                    && type == null
                    && site == null
                    && deviceId == null
                    && plate == null
                    && cell == null
                    && source == null
                    && reason == null
                    && municipality == null
                    && area == null;
        }

        /** Whether an item has all these fields. */
        public boolean matches(Item item) {
            // Only dispatch knows the cells of the map.
            return cell == null
                    && (kind == null || kind == item.kind())
                    && is(type, item.type())
                    && is(site, item.site())
                    && is(deviceId, item.deviceId())
                    && is(plate, item.plate())
                    && is(source, item.source())
                    && is(reason, item.reason())
                    && is(municipality, item.municipality())
                    && (area == null || Views.isIn(area, item));
        }

        private static boolean is(String wanted, String value) {
            return wanted == null || wanted.equals(value);
        }
    }

    /**
     * A mute or subscription as the console shows it.
     *
     * @param operator whom it concerns; null for all
     */
    public record Shown(
            String muteId,
            Effect effect,
            Scope scope,
            String operator,
            Matcher matcher,
            String author,
            String reason,
            String caseNumber,
            long from,
            long to,
            Integer matches) {

        /** A mute of all, as dispatch keeps it. */
        public static Shown ofAll(Mute mute) {
            Mute.Matcher of = mute.matcher();
            return new Shown(
                    mute.muteId(),
                    Effect.MUTE,
                    Scope.ALL,
                    null,
                    new Matcher(
                            of.kind(),
                            of.type(),
                            of.site(),
                            of.deviceId(),
                            of.plate(),
                            of.cell(),
                            null,
                            null,
                            null,
                            null),
                    mute.author(),
                    mute.reason(),
                    mute.caseNumber(),
                    mute.from(),
                    mute.to(),
                    null);
        }

        /** Whether it concerns this person alone, and not one who had the account before. */
        boolean isFor(Viewer viewer) {
            return viewer.name().equals(operator) && from >= viewer.since();
        }

        /** Whether this person has made it, and not one who had the account before. */
        boolean isBy(Viewer viewer) {
            return viewer.name().equals(author) && from >= viewer.since();
        }

        private boolean isValid(long now) {
            return from <= now && now < to;
        }

        private Shown counted(int count) {
            return new Shown(
                    muteId,
                    effect,
                    scope,
                    operator,
                    matcher,
                    author,
                    reason,
                    caseNumber,
                    from,
                    to,
                    count);
        }
    }

    /** What it does to items that fit. */
    public enum Effect {
        /** They do not interrupt. */
        MUTE,
        /** Of all items only they interrupt, and those of other subscriptions. */
        SUBSCRIBE
    }

    /** Whom a mute concerns. */
    public enum Scope {
        ME,
        ALL
    }

    private final Map<String, Shown> mutes = new ConcurrentHashMap<>();
    private final Map<String, Shown> begun = new HashMap<>();
    private final Map<String, Boolean> wasValid = new ConcurrentHashMap<>();
    private final Items items;
    private final Function<String, Set<String>> sitesOf;

    /** Whose operators are all of all sites. */
    public Mutes(Items items) {
        this(items, operator -> Set.of());
    }

    /**
     * Begins without any.
     *
     * @param sitesOf the sites of an account by its name; an empty set means all
     */
    public Mutes(Items items, Function<String, Set<String>> sitesOf) {
        this.items = items;
        this.sitesOf = sitesOf;
    }

    static boolean isNeverMuted(Item item) {
        return item.isUrgent() || isKidnapping(item.type()) || isKidnapping(item.reason());
    }

    private static boolean isKidnapping(String code) {
        return code != null && code.toLowerCase(Locale.ROOT).contains("kidnap");
    }

    /** Takes or replaces a mute. */
    public void put(Shown mute) {
        mutes.put(mute.muteId(), mute);
        changed(mute);
    }

    public void remove(String muteId) {
        Shown mute = mutes.remove(muteId);
        if (mute != null) {
            wasValid.remove(muteId);
            changed(mute);
        }
    }

    /**
     * Makes room for a mute until it is {@link #put}, or until {@link #finish} where it could not
     * be recorded.
     *
     * @return false if its author has made {@link #MAX_OF_PERSON} that are in force or begun
     */
    synchronized boolean begin(Shown mute) {
        long made =
                Stream.concat(mutes.values().stream(), begun.values().stream())
                        .filter(each -> each.author().equals(mute.author()))
                        .map(Shown::muteId)
                        .distinct()
                        .count();
        return made < MAX_OF_PERSON && begun.put(mute.muteId(), mute) == null;
    }

    synchronized void finish(Shown mute) {
        begun.remove(mute.muteId());
    }

    /** Begins and ends mutes by the clock; called every second. */
    public void tick(long now) {
        for (Shown mute : List.copyOf(mutes.values())) {
            if (mute.to() <= now) {
                remove(mute.muteId());
            } else if (!Boolean.valueOf(mute.isValid(now)).equals(wasValid.get(mute.muteId()))) {
                wasValid.put(mute.muteId(), mute.isValid(now));
                changed(mute);
            }
        }
    }

    private void changed(Shown mute) {
        // A subscription changes what does not fit.
        Predicate<Item> which =
                item ->
                        (mute.effect() == Effect.SUBSCRIBE
                                        ? item.list() == Item.Tray.QUEUE
                                        : mute.matcher().matches(item))
                                && !isNeverMuted(item);
        if (mute.operator() == null) {
            items.touch(which);
        } else {
            items.touchFor(mute.operator(), which);
        }
        String plate = mute.matcher().plate();
        // Found once, because there can be hundreds of viewers.
        List<Item> shown = items.all(item -> plate != null && plate.equals(item.plate()));
        items.other(
                "mutes",
                viewer ->
                        viewer.is(Role.DISPATCHER, Role.SUPERVISOR, Role.ANALYST)
                                && (mute.isBy(viewer)
                                        || isOfOwnSites(mute, viewer)
                                                && (plate == null
                                                        || shown.stream().anyMatch(viewer::sees))));
    }

    /** The ids of the mutes that hold for an item before this viewer. */
    public List<String> of(Item item, Viewer viewer) {
        return holding(item, viewer).stream().map(Shown::muteId).sorted().toList();
    }

    /** The mutes that hold for an item before this viewer. */
    List<Shown> holding(Item item, Viewer viewer) {
        if (mutes.isEmpty() || isNeverMuted(item)) {
            return List.of();
        }
        long now = System.currentTimeMillis();
        List<Shown> holding = new ArrayList<>();
        for (Shown mute : mutes.values()) {
            if (mute.effect() == Effect.MUTE
                    && mute.isValid(now)
                    && (mute.operator() == null || mute.isFor(viewer))
                    && mute.matcher().matches(item)) {
                holding.add(mute);
            }
        }
        holding.sort(ORDER);
        return holding;
    }

    /** Whether the viewer has chosen to be interrupted by it, or has chosen nothing. */
    public boolean isSubscribed(Item item, Viewer viewer) {
        if (mutes.isEmpty() || isNeverMuted(item)) {
            return true;
        }
        long now = System.currentTimeMillis();
        boolean hasChosen = false;
        for (Shown each : mutes.values()) {
            if (each.effect() == Effect.SUBSCRIBE && each.isValid(now) && each.isFor(viewer)) {
                if (each.matcher().matches(item)) {
                    return true;
                }
                hasChosen = true;
            }
        }
        return !hasChosen;
    }

    /** What other sites mute, and by which case, is theirs to know. */
    private boolean isOfOwnSites(Shown mute, Viewer viewer) {
        return viewer.isOf(Viewer.sitesOf(mute.matcher().site()))
                && (mute.operator() == null || viewer.isOf(sitesOf.apply(mute.operator())));
    }

    /**
     * All mutes but those by a plate that neither the viewer has named nor an item shows to the
     * viewer: it may be that of something covert, here or before; and but those of other sites.
     */
    public List<Shown> visible(Viewer viewer) {
        // Found once, because there can be hundreds of mutes.
        List<Item> seen = mutes.isEmpty() ? List.of() : items.visible(viewer);
        Set<String> plates = seen.stream().map(Item::plate).collect(Collectors.toSet());
        List<Item> muted =
                seen.stream()
                        .filter(item -> item.list() != Item.Tray.DONE && !isNeverMuted(item))
                        .toList();
        return mutes.values().stream()
                .filter(
                        mute ->
                                mute.isBy(viewer)
                                        || isOfOwnSites(mute, viewer)
                                                && (mute.matcher().plate() == null
                                                        || plates.contains(mute.matcher().plate())))
                .map(
                        mute ->
                                mute.counted(
                                        (int)
                                                muted.stream()
                                                        .filter(mute.matcher()::matches)
                                                        .count()))
                .sorted(ORDER)
                .toList();
    }
}
