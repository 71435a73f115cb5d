package io.atalaya.console.queue;

import io.atalaya.console.item.Item;
import io.atalaya.console.item.Items;
import io.atalaya.console.request.EnteredText;
import io.atalaya.console.request.Json;
import io.atalaya.console.request.Problem;
import io.atalaya.console.security.Viewer;
import io.atalaya.contracts.dispatch.Incident;

import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Items as one viewer sees them: their JSON, their number, and lists by a filter. */
public final class Views {
    private static final int MAX_CACHED = 4_000;
    private static final long COUNTED_FOR_MS = 1_000;
    static final int MAX_PAGE = 500;
    private static final int MAX_PLATE = 32;

    /** How many items there are; without those that are muted for the viewer or not subscribed. */
    public record Counts(
            int queue, int review, int done, int muted, int unsubscribed, int highest) {}

    /**
     * Which items are wanted; an empty set or null wants all.
     *
     * @param plate with {@code ?} for one character and {@code *} for any
     * @param muted no, only or all
     * @param bbox west, south, east, north in degrees, or null
     */
    public record Filter(
            Set<Item.Tray> lists,
            Set<String> types,
            Set<String> kinds,
            Set<String> sites,
            Set<String> deviceIds,
            Set<String> sources,
            Set<String> reasons,
            Integer minPriority,
            String plate,
            String muted,
            List<Double> bbox) {
        /**
         * The parameters of a query as a browser writes it, {@code site=TOLUCA&plate=NKR%3F8}.
         *
         * @throws Problem if a text in it is too long or has characters that no person writes
         */
        static MultiValueMap<String, String> parameters(String query) {
            MultiValueMap<String, String> parameters = new LinkedMultiValueMap<>();
            for (String each : query.replaceFirst("^[?]", "").split("&")) {
                String[] pair = each.split("=", 2);
                String name = URLDecoder.decode(pair[0], StandardCharsets.UTF_8);
                String value =
                        pair.length == 1
                                ? null
                                : URLDecoder.decode(pair[1], StandardCharsets.UTF_8);
                parameters.add(
                        EnteredText.checked("query", name, query.length()),
                        EnteredText.checked("query", value, query.length()));
            }
            return parameters;
        }

        /** The filter that the parameters of a request or a saved view say. */
        static Filter of(MultiValueMap<String, String> parameters) {
            String minPriority = parameters.getFirst("minPriority");
            String plate = parameters.getFirst("plate");
            String bbox = parameters.getFirst("bbox");
            if (plate != null && plate.length() > MAX_PLATE) {
                throw Problem.invalid("plate", "at most " + MAX_PLATE + " characters");
            }
            return new Filter(
                    values(parameters, "list").stream()
                            .map(Filter::tray)
                            .collect(Collectors.toSet()),
                    values(parameters, "type"),
                    values(parameters, "kind"),
                    values(parameters, "site"),
                    values(parameters, "deviceId"),
                    values(parameters, "source"),
                    values(parameters, "reason"),
                    minPriority == null ? null : priority(minPriority),
                    plate,
                    parameters.getFirst("muted"),
                    bbox == null ? null : corners(bbox));
        }

        private static Item.Tray tray(String text) {
            return Arrays.stream(Item.Tray.values())
                    .filter(each -> each.name().equals(text))
                    .findFirst()
                    .orElseThrow(
                            () ->
                                    Problem.invalid(
                                            "list",
                                            text,
                                            "of " + Arrays.toString(Item.Tray.values())));
        }

        private static List<Double> corners(String text) {
            try {
                List<Double> corners = Arrays.stream(text.split(",")).map(Double::valueOf).toList();
                if (corners.size() == 4) {
                    return corners;
                }
            } catch (NumberFormatException e) {
                // Refused as a wrong number of them is.
            }
            throw Problem.invalid("bbox", text, "west,south,east,north");
        }

        private static int priority(String text) {
            try {
                return Integer.parseInt(text);
            } catch (NumberFormatException e) {
                throw Problem.invalid("minPriority", text, "a whole number");
            }
        }

        private static Set<String> values(MultiValueMap<String, String> parameters, String name) {
            return parameters.getOrDefault(name, List.of()).stream()
                    .filter(value -> value != null)
                    .flatMap(value -> Arrays.stream(value.split(",")))
                    .filter(value -> !value.isEmpty())
                    .collect(Collectors.toSet());
        }

        /** Whether the item has the plate that is asked for, if one is. */
        private Predicate<Item> fitsPlate(Function<String, Predicate<String>> patterns) {
            if (plate == null) {
                return item -> true;
            }
            Predicate<String> pattern = patterns.apply(plate);
            return item -> item.plate() != null && pattern.test(item.plate());
        }
    }

    /** A page of a list. */
    public record Page(List<Item> items, String next) {
        /** How many of the items have a plate. */
        int plates() {
            return (int) items.stream().filter(item -> item.plate() != null).count();
        }
    }

    private record Cached(long seq, String json) {}

    private record Counted(long at, Counts counts) {}

    private final Items items;
    private final Mutes mutes;
    private final Function<String, Predicate<String>> patterns;
    private final Map<Viewer, Counted> counted = new ConcurrentHashMap<>();
    private final Map<String, Cached> cache =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Cached> eldest) {
                    return size() > MAX_CACHED;
                }
            };

    public Views(Items items, Mutes mutes) {
        this(items, mutes, plate -> new PlatePattern(plate)::fits);
    }

    /**
     * @param patterns makes of the plate that is asked for what plates are compared with
     */
    Views(Items items, Mutes mutes, Function<String, Predicate<String>> patterns) {
        this.items = items;
        this.mutes = mutes;
        this.patterns = patterns;
    }

    /** The item's JSON; all but its mutes, and what a digest lists, is the same for everybody. */
    public String json(Item item, Viewer viewer) {
        String json;
        synchronized (cache) {
            Cached cached = cache.get(item.id());
            if (cached == null || cached.seq != item.seq()) {
                cached = new Cached(item.seq(), Json.text(item));
                cache.put(item.id(), cached);
            }
            json = cached.json;
        }
        List<String> mutedBy = mutes.of(item, viewer);
        return json.substring(0, json.length() - 1)
                + ",\"mutedBy\":"
                + (mutedBy.isEmpty() ? "[]" : Json.text(mutedBy))
                + (interrupts(item, viewer) ? "" : ",\"subscribed\":false")
                + (item.kind() == Incident.Kind.DIGEST
                        ? ",\"listed\":" + Json.text(items.listed(item, viewer))
                        : "")
                + "}";
    }

    /** False for what would interrupt, had the viewer not chosen other things. */
    private boolean interrupts(Item item, Viewer viewer) {
        return item.list() != Item.Tray.QUEUE || mutes.isSubscribed(item, viewer);
    }

    /** The number of items as the viewer sees them, at most a second old. */
    public Counts counts(Viewer viewer) {
        long now = System.currentTimeMillis();
        Counted last = counted.get(viewer);
        if (last != null && now - last.at < COUNTED_FOR_MS) {
            return last.counts;
        }
        int[] lists = new int[Item.Tray.values().length];
        int muted = 0;
        int unsubscribed = 0;
        int highest = 0;
        for (Item item : items.visible(viewer)) {
            boolean isMuted = item.list() != Item.Tray.DONE && !mutes.of(item, viewer).isEmpty();
            if (isMuted) {
                muted++;
            } else if (!interrupts(item, viewer)) {
                unsubscribed++;
            } else {
                lists[item.list().ordinal()]++;
                if (item.list() == Item.Tray.QUEUE) {
                    highest = Math.max(highest, item.priority());
                }
            }
        }
        Counts counts = new Counts(lists[0], lists[1], lists[2], muted, unsubscribed, highest);
        if (counted.size() > MAX_PAGE) {
            counted.clear();
        }
        counted.put(viewer, new Counted(now, counts));
        return counts;
    }

    /** Where an item stands in a list: high priority first, and of the same the latest. */
    private record Rank(int priority, long openedAt, String id) implements Comparable<Rank> {
        private static final Comparator<Rank> ORDER =
                Comparator.comparingInt(Rank::priority)
                        .thenComparingLong(Rank::openedAt)
                        .reversed()
                        .thenComparing(Rank::id);
        private static final Pattern TEXT = Pattern.compile("(\\d{1,9}),(\\d{1,18}),(.+)");

        static Rank of(Item item) {
            return new Rank(item.priority(), item.openedAt(), item.id());
        }

        static Rank parse(String cursor) {
            Matcher parts = TEXT.matcher(cursor);
            if (!parts.matches()) {
                throw Problem.invalid("after", cursor, "next of the page before");
            }
            return new Rank(
                    Integer.parseInt(parts.group(1)),
                    Long.parseLong(parts.group(2)),
                    parts.group(3));
        }

        String cursor() {
            return priority + "," + openedAt + "," + id;
        }

        @Override
        public int compareTo(Rank other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * The wanted items in their order.
     *
     * @param after cursor of the page before, or null
     * @throws Problem if the cursor is none
     */
    Page page(Viewer viewer, Filter filter, String after, int limit) {
        Predicate<Item> wanted = predicate(viewer, filter);
        Rank from = after == null ? null : Rank.parse(after);
        List<Item> found =
                items.visible(viewer).stream()
                        .filter(wanted)
                        .filter(item -> from == null || Rank.of(item).compareTo(from) > 0)
                        .sorted(Comparator.comparing(Rank::of))
                        .limit(limit + 1L)
                        .toList();
        return found.size() <= limit
                ? new Page(found, null)
                : new Page(found.subList(0, limit), Rank.of(found.get(limit - 1)).cursor());
    }

    private Predicate<Item> predicate(Viewer viewer, Filter filter) {
        Predicate<Item> fitsPlate = filter.fitsPlate(patterns);
        return item ->
                (filter.lists.isEmpty()
                                ? item.list() != Item.Tray.DONE
                                : filter.lists.contains(item.list()))
                        && is(filter.types, item.type())
                        && is(filter.kinds, item.kind().name())
                        && is(filter.sites, item.site())
                        && is(filter.deviceIds, item.deviceId())
                        && is(filter.sources, item.source())
                        && is(filter.reasons, item.reason())
                        && (filter.minPriority == null || item.priority() >= filter.minPriority)
                        && fitsPlate.test(item)
                        && (filter.muted == null
                                || filter.muted.equals("all")
                                || filter.muted.equals("only")
                                        != (mutes.of(item, viewer).isEmpty()
                                                && interrupts(item, viewer)))
                        && (filter.bbox == null || isIn(filter.bbox, item));
    }

    private static boolean is(Set<String> wanted, String value) {
        return wanted == null || wanted.isEmpty() || value != null && wanted.contains(value);
    }

    static boolean isIn(List<Double> bbox, Item item) {
        return item.place() != null
                && item.place().longitude() >= bbox.get(0)
                && item.place().latitude() >= bbox.get(1)
                && item.place().longitude() <= bbox.get(2)
                && item.place().latitude() <= bbox.get(3);
    }
}
