package io.atalaya.dispatch.incident;

import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.Incident.Event;
import io.atalaya.contracts.dispatch.Incident.Link;
import io.atalaya.contracts.dispatch.Incident.PriorityPart;
import io.atalaya.contracts.dispatch.Incident.RoutePoint;
import io.atalaya.contracts.dispatch.Place;
import io.atalaya.contracts.text.Text;
import io.atalaya.contracts.topic.Account;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.dispatch.evidence.Evidence;
import io.atalaya.dispatch.fusion.IncidentEvent;
import io.atalaya.dispatch.policy.Policy;
import io.atalaya.dispatch.policy.Predicate;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;

/** What an incident is by its evidence: its kind, priority and place, and its message. */
final class IncidentContent {
    private static final ZoneId ZONE = ZoneId.of("America/Mexico_City");

    /** More would not fit a message of a storm's incident; the first one is always among them. */
    private static final int MAX_EVENTS = 1_000;

    /** A message has at most {@value Incident#MAX_BYTES} bytes; a character takes up to 3. */
    private static final int MAX_EVENT_CHARACTERS = 150_000;

    private static final int MAX_NOTE_CHARACTERS = 50_000;

    /** Of what an event has beside its id and its summary. */
    private static final int EVENT_CHARACTERS = 100;

    /** Of the source that presses a button. */
    private static final String PRESS = "PRESS";

    /** Code of the priority's part that is the kind's. */
    private static final String KIND = "kind";

    private final Policy policy;
    private final Map<String, Policy.Kind> kinds = new HashMap<>();

    /**
     * An incident's rank, and what it follows from.
     *
     * @param kind null if the policy has none of its kinds any more
     * @param best the evidence that gave it its kind
     * @param isHoldable whether all that is known is one press of a button
     * @param isReview whether none of its sources asks to interrupt a person
     */
    record Rank(
            String type,
            Policy.Kind kind,
            Evidence best,
            Predicate.Subject subject,
            int priority,
            List<PriorityPart> parts,
            boolean isHoldable,
            boolean isReview) {

        /** Whether each site handles it on its own, because it concerns the whole state. */
        boolean isOfEverySite() {
            return best.event().subject() == IncidentEvent.Subject.WARNING
                    && subject.site().isEmpty();
        }

        /** Whether a person may join the two incidents. */
        boolean isGroupableWith(Rank other) {
            return best.event().subject() == other.best.event().subject()
                    && Objects.equals(best.event().restriction(), other.best.event().restriction());
        }

        /** Whether the other's audience may know of this one. */
        boolean isOpenTo(Rank other) {
            return best.event().isOpenTo(other.best.event());
        }

        /** What rules about routing ask: the incident's priority instead of its kind's. */
        Predicate.Subject routed() {
            return new Predicate.Subject(
                    subject.kind(),
                    subject.sources(),
                    subject.score(),
                    priority,
                    subject.entryPriority(),
                    subject.site(),
                    subject.municipality(),
                    subject.premises(),
                    subject.isOpenHours(),
                    subject.hour(),
                    subject.weekday(),
                    subject.isDuress(),
                    subject.falseAlarmShare());
        }
    }

    IncidentContent(Policy policy) {
        this.policy = policy;
        policy.kinds().forEach(kind -> kinds.put(kind.name(), kind));
    }

    /**
     * Ranks an incident.
     *
     * @param all its evidence, in order of time
     * @param linked evidence of the incidents that corroborate it
     * @param former priority of what has a kind of a former policy
     */
    Rank rank(
            List<Evidence> all,
            Collection<Evidence> linked,
            int former,
            ToDoubleFunction<String> falseAlarmShare) {
        List<Evidence> live = all.stream().filter(each -> !each.event().isCancelled()).toList();
        List<Evidence> counted = live.isEmpty() ? all : live;
        Evidence best =
                counted.stream()
                        .max(
                                Comparator.<Evidence>comparingInt(each -> priorityOf(each, former))
                                        .thenComparingDouble(each -> each.weight().score()))
                        .orElseThrow();
        Policy.Kind kind = kinds.get(best.event().kind());
        TreeSet<String> sources = new TreeSet<>();
        counted.forEach(each -> sources.add(source(each)));
        linked.stream()
                .filter(each -> !each.event().isCancelled())
                .forEach(each -> sources.add(source(each)));
        ZonedDateTime start = Instant.ofEpochMilli(all.get(0).event().time()).atZone(ZONE);
        Evidence premises =
                counted.stream()
                        .filter(each -> each.origin().premises() != null)
                        .findFirst()
                        .orElse(null);
        Predicate.Subject subject =
                new Predicate.Subject(
                        best.event().kind(),
                        List.copyOf(sources),
                        counted.stream().mapToDouble(each -> each.weight().score()).max().orElse(0),
                        priorityOf(best, former),
                        counted.stream()
                                .mapToInt(each -> each.weight().entryPriority())
                                .max()
                                .orElse(0),
                        orEmpty(first(all, each -> each.origin().site())),
                        orEmpty(first(all, each -> each.origin().municipality())),
                        premises == null ? "" : premises.origin().premises().name(),
                        premises != null && premises.origin().isOpenHours(),
                        start.getHour(),
                        start.getDayOfWeek().getValue(),
                        counted.stream().anyMatch(each -> each.weight().isDuress()),
                        counted.stream()
                                .map(each -> each.origin().deviceId())
                                .filter(Objects::nonNull)
                                .mapToDouble(falseAlarmShare)
                                .max()
                                .orElse(0));
        List<PriorityPart> parts = parts(subject, kind);
        int priority = (int) Math.round(parts.stream().mapToDouble(PriorityPart::points).sum());
        if (subject.priority() >= policy.priorities().never()) {
            // What is weak about it must not make it wait.
            priority = Math.max(priority, policy.priorities().never());
        }
        return new Rank(
                subject.kind(),
                kind,
                best,
                subject,
                Math.max(0, Math.min(100, priority)),
                parts,
                sources.size() == 1
                        && counted.stream().allMatch(IncidentContent::isPress)
                        && counted.stream().mapToInt(each -> each.weight().presses()).sum() == 1,
                counted.stream().allMatch(each -> each.weight().isReview()));
    }

    private List<PriorityPart> parts(Predicate.Subject subject, Policy.Kind kind) {
        List<PriorityPart> parts = new ArrayList<>();
        parts.add(
                new PriorityPart(
                        KIND,
                        subject.priority(),
                        kind == null ? null : new Text.Translation(kind.es(), kind.en())));
        for (Policy.Priorities.Part part : policy.priorities().parts()) {
            if (part.when().holds(subject)) {
                parts.add(
                        new PriorityPart(
                                part.name(),
                                part.points(),
                                new Text.Translation(part.es(), part.en())));
            }
        }
        return parts;
    }

    private static boolean isPress(Evidence each) {
        return each.topic().equals(Topics.DEVICE_EVENTS)
                && each.type().equals(PRESS)
                && !each.weight().isDuress();
    }

    /** Whether this evidence, as part of an incident, can change its rank. */
    boolean changes(Rank rank, Evidence each) {
        return each.event().isCancelled()
                || priorityOf(each, 0) > rank.subject().priority()
                || each.weight().score() > rank.subject().score()
                || each.weight().entryPriority() > rank.subject().entryPriority()
                || each.weight().isDuress() && !rank.subject().isDuress()
                || rank.isReview() && !each.weight().isReview()
                || isNewSource(rank, each);
    }

    /** Whether no other evidence of an incident, or of those linked to it, has its source. */
    boolean isNewSource(Rank rank, Evidence each) {
        return !rank.subject().sources().contains(source(each));
    }

    /** Whether a rank can be less with this version of evidence than with the one before. */
    boolean isLess(Evidence each, Evidence before) {
        return priorityOf(each, 0) < priorityOf(before, 0)
                || each.weight().score() < before.weight().score()
                || each.weight().entryPriority() < before.weight().entryPriority()
                || !each.weight().isDuress() && before.weight().isDuress()
                || each.weight().isReview() && !before.weight().isReview()
                || before.event().isCancelled()
                || !each.event().kind().equals(before.event().kind())
                || !source(each).equals(source(before));
    }

    /** The message, without what concerns its handling being decided here. */
    Incident message(
            Handling handling,
            Rank rank,
            List<Evidence> all,
            List<Link> links,
            List<String> candidates,
            long revision) {
        Evidence first = all.get(0);
        IncidentEvent.Subject subject = first.event().subject();
        boolean isVehicle = subject == IncidentEvent.Subject.VEHICLE;
        List<RoutePoint> route = isVehicle ? route(all) : List.of();
        return new Incident(
                handling.incidentId,
                revision,
                kind(subject),
                rank.type(),
                rank.kind() == null ? null : rank.kind().eido(),
                handling.status(),
                first.event().time(),
                Math.max(all.get(all.size() - 1).event().time(), handling.actedAt),
                expiresAt(all),
                isVehicle
                        ? (route.isEmpty() ? null : route.get(route.size() - 1).place())
                        : first(all, each -> each.event().place()),
                route,
                first(all, each -> each.alert() == null ? null : each.alert().plate()),
                first(all, each -> each.origin().site()),
                handling.slowest().assignment,
                handling.assignments(),
                rank.priority(),
                rank.parts(),
                headline(rank),
                bounded(all).stream()
                        .map(
                                each ->
                                        new Event(
                                                each.eventId(),
                                                each.topic(),
                                                each.type(),
                                                each.event().time(),
                                                each.summary()))
                        .toList(),
                links,
                candidates,
                newest(handling.notes),
                handling.deadlines(),
                first(all, Evidence::warning),
                first.event().restriction() != null,
                first.notified());
    }

    /** Only evidence of a warning expires, and only warnings share its incident. */
    private static Long expiresAt(List<Evidence> all) {
        long last = all.stream().mapToLong(Evidence::expiresAt).max().orElse(0);
        return last == 0 ? null : last;
    }

    private static Text.Translation headline(Rank rank) {
        if (rank.best().summary() != null || rank.kind() == null) {
            return rank.best().summary();
        }
        return new Text.Translation(rank.kind().es(), rank.kind().en());
    }

    /** The first and the newest evidence, as far as it fits a message. */
    private static List<Evidence> bounded(List<Evidence> all) {
        List<Evidence> newest = newest(all, MAX_EVENTS, MAX_EVENT_CHARACTERS, each -> size(each));
        if (newest.size() == all.size()) {
            return all;
        }
        List<Evidence> some = new ArrayList<>();
        some.add(all.get(0));
        some.addAll(newest.subList(1, newest.size()));
        return some;
    }

    private static int size(Evidence each) {
        Text.Translation summary = each.summary();
        return EVENT_CHARACTERS
                + each.eventId().length()
                + (summary == null ? 0 : length(summary.es()) + length(summary.en()));
    }

    private static int length(String text) {
        return text == null ? 0 : text.length();
    }

    /** The newest notes, as far as they fit a message. */
    static List<Incident.Note> newest(List<Incident.Note> notes) {
        return newest(notes, Incident.MAX_NOTES, MAX_NOTE_CHARACTERS, each -> each.text().length());
    }

    private static <T> List<T> newest(
            List<T> all, int max, int maxCharacters, ToIntFunction<T> characters) {
        int from = all.size();
        int left = maxCharacters;
        while (from > 0 && all.size() - from < max) {
            left -= characters.applyAsInt(all.get(from - 1));
            if (left < 0 && from < all.size()) {
                break;
            }
            from--;
        }
        return List.copyOf(all.subList(from, all.size()));
    }

    private static List<RoutePoint> route(List<Evidence> all) {
        List<RoutePoint> route = new ArrayList<>();
        for (Evidence each : all) {
            Place place = each.event().place();
            if (place != null && !each.event().isCancelled()) {
                route.add(new RoutePoint(each.event().time(), each.origin().deviceId(), place));
            }
        }
        return route.subList(Math.max(0, route.size() - Incident.MAX_ROUTE), route.size());
    }

    static Incident.Kind kind(IncidentEvent.Subject subject) {
        return switch (subject) {
            case VEHICLE -> Incident.Kind.VEHICLE;
            case PLACE -> Incident.Kind.PLACE;
            case DEVICE -> Incident.Kind.DEVICE_FAULT;
            case WARNING -> Incident.Kind.PUBLIC_WARNING;
        };
    }

    private int priorityOf(Evidence each, int former) {
        Policy.Kind kind = kinds.get(each.event().kind());
        return kind == null ? former : kind.priority();
    }

    /** Whether an incident with this evidence has a priority that nothing may hold up. */
    boolean isUrgent(Evidence each) {
        return Math.max(priorityOf(each, 0), each.weight().entryPriority())
                >= policy.priorities().never();
    }

    /** Priority of the kind that an incident had when it was published last. */
    int formerPriority(Incident published) {
        if (published != null) {
            for (PriorityPart part : published.priorityParts()) {
                if (part.code().equals(KIND)) {
                    return (int) part.points();
                }
            }
        }
        return kinds.get(Policy.Kind.OTHER).priority();
    }

    /**
     * The topic; of a device the kind of its event, of an alert the job, because plates and cameras
     * confirm each other.
     */
    private static String source(Evidence each) {
        return switch (each.topic()) {
            case Topics.DEVICE_EVENTS -> each.type();
            case Topics.ALERTS ->
                    each.event().subject() == IncidentEvent.Subject.VEHICLE
                            ? Account.HOTLIST_MATCH.id()
                            : Account.VIDEO_ANALYTICS.id();
            default -> each.topic();
        };
    }

    private static <T> T first(List<Evidence> all, Function<Evidence, T> value) {
        return all.stream().map(value).filter(Objects::nonNull).findFirst().orElse(null);
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }
}
