package io.atalaya.simulator.dispatch;

import io.atalaya.contracts.dispatch.Delivery;
import io.atalaya.contracts.dispatch.DispatchMessage;
import io.atalaya.contracts.dispatch.DispatchResponse;
import io.atalaya.contracts.dispatch.DispatchResponse.Action;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.SitePresence;
import io.atalaya.contracts.disposition.Disposition;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.simulator.dispatch.TrueIncident.Outcome;
import io.atalaya.simulator.random.SeededRandom;

import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;

/**
 * The people of the command centres: they answer the messages of the job after delays as people
 * have. The bridge to the dispatch system of each site says what became of each message. The same
 * messages at the same times give the same answers, whatever came before them.
 *
 * <p>A site answers only while it is present. What it answers while it is cut off arrives together
 * with the first presence after that.
 */
public final class Operators {
    private static final int POSITIONS = 3;

    /** What a person needs to talk about an incident before the next one. */
    private static final long BUSY_MS = 40_000;

    private static final int GRAVE = 90;
    private static final double NOT_ANSWERED = 0.03;
    private static final double REJECTED = 0.005;
    private static final long BRIDGE_MS = 200;

    /** Share of the assignments that the system of a site does not take. */
    private static final double NOT_DELIVERED = 0.002;

    private static final long PRESENCE_GAP_MS = 15_000;

    /** Codes of EIDO's registry of common dispositions. */
    private static final String REPORT = "01";

    private static final String FALSE_ALARM = "17";
    private static final String CANCELLED = "10";

    private final long seed;
    private final Map<String, Outcome> outcomes = new HashMap<>();
    private final Map<String, NavigableMap<Long, Long>> presences = new HashMap<>();
    private final Map<String, PriorityQueue<Long>> freeAt = new HashMap<>();
    private final Set<String> assigned = new HashSet<>();
    private final PriorityQueue<Answer> queue =
            new PriorityQueue<>(
                    Comparator.comparingLong(Answer::arrival).thenComparing(Answer::id));

    /**
     * @param about site and incident that a person answers; null of a delivery
     */
    private record Answer(
            long time,
            long arrival,
            String id,
            String about,
            String topic,
            String incidentId,
            byte[] value) {}

    /** When a site sends something, and when it arrives. */
    private record Moment(long time, long arrival) {}

    /**
     * @param truth by which they find out what an incident is
     */
    public Operators(long seed, List<TrueIncident> truth) {
        this.seed = seed;
        for (TrueIncident incident : truth) {
            incident.events().forEach(event -> outcomes.put(event, incident.outcome()));
        }
    }

    /** The name of a person at a site. */
    static String person(String site, int number) {
        return "%s-%d".formatted(site.toLowerCase(Locale.ROOT), number);
    }

    /**
     * A site sends its presence. All must be given before the day, because an answer can arrive
     * late.
     */
    public void presence(SitePresence presence, long arrival) {
        presences
                .computeIfAbsent(presence.site(), any -> new TreeMap<>())
                .putIfAbsent(presence.time(), arrival);
    }

    /** A message of the job arrives at a site. */
    public void message(String site, DispatchMessage message, long now) {
        String key = site + "/" + message.incident().incidentId();
        long seen = isCutOff(site, now) ? presences.get(site).ceilingEntry(now).getValue() : now;
        boolean isLost =
                message.purpose() == DispatchMessage.Purpose.ASSIGN
                        && random(key + "/" + message.epoch() + "/bridge").happens(NOT_DELIVERED);
        delivery(site, message, seen + BRIDGE_MS, isLost);
        if (isLost) {
            return;
        }
        switch (message.purpose()) {
            case ASSIGN, DIGEST -> {
                if (assigned.add(key + "/" + message.epoch())) {
                    SeededRandom random = random(key + "/" + message.epoch());
                    later(site, message, seen + 500, new DispatchResponse.Delivered());
                    if (!random.happens(NOT_ANSWERED)) {
                        answer(site, message, seen, random);
                    }
                }
            }
            case REMINDER -> {
                // It was overlooked, or came to the site as a part of another incident.
                if (queue.stream().noneMatch(answer -> key.equals(answer.about))) {
                    answer(site, message, seen, random(key + "/again"));
                }
            }
            case WITHDRAWN -> withdraw(key, seen);
            case RETRACTION -> {
                withdraw(key, seen);
                long closed = seen + (long) random(key + "/retraction").between(5_000, 20_000);
                later(site, message, closed, new DispatchResponse.Close(CANCELLED, null, null));
            }
            case UPDATE -> {}
        }
    }

    /** Arrival time of the next answer; {@code Long.MAX_VALUE} without any. */
    public long nextArrival() {
        return queue.isEmpty() ? Long.MAX_VALUE : queue.peek().arrival();
    }

    /** Takes the next answer, a record of {@code dispatch-responses} or {@code deliveries}. */
    public TopicRecord poll(long now) {
        Answer answer = queue.remove();
        return new TopicRecord(answer.topic, now, answer.incidentId, answer.value);
    }

    private void answer(String site, DispatchMessage message, long seen, SeededRandom random) {
        Incident incident = message.incident();
        boolean isGrave = incident.priority() >= GRAVE;
        double reaction =
                isGrave ? random.between(3_000, 10_000) : 4_000 + random.exponential(12_000);
        long ready = seen + (long) reaction;
        // A covert one is for those named in it, who do nothing else meanwhile.
        long begin = incident.covert() ? ready : takenAt(site, ready);
        later(site, message, begin, new DispatchResponse.Acknowledge());
        long accepted = begin + (long) random.between(10_000, 45_000);
        if (!isGrave && random.happens(REJECTED)) {
            later(
                    site,
                    message,
                    accepted,
                    new DispatchResponse.Reject(DispatchResponse.Reject.Reason.ADDRESS, null));
            return;
        }
        later(site, message, accepted, new DispatchResponse.Accept(message.epoch(), null));
        boolean isReal =
                incident.events().stream()
                        .anyMatch(event -> outcomes.get(event.eventId()) == Outcome.REAL);
        long onScene = accepted + (long) random.between(180_000, 500_000);
        if (incident.kind() == Incident.Kind.PLACE || incident.kind() == Incident.Kind.VEHICLE) {
            later(site, message, onScene, new DispatchResponse.OnScene());
        }
        long closed = onScene + (long) (isReal ? 600_000 + random.exponential(1_200_000) : 120_000);
        later(
                site,
                message,
                closed,
                new DispatchResponse.Close(
                        isReal ? REPORT : FALSE_ALARM, outcome(incident, isReal), null));
    }

    private static Disposition.Outcome outcome(Incident incident, boolean isReal) {
        if (incident.kind() != Incident.Kind.VEHICLE) {
            return null;
        }
        return isReal ? Disposition.Outcome.CORRECT : Disposition.Outcome.WRONG_PLATE;
    }

    /** The time at which a position is free for it. */
    private long takenAt(String site, long wanted) {
        PriorityQueue<Long> free =
                freeAt.computeIfAbsent(
                        site, any -> new PriorityQueue<>(Collections.nCopies(POSITIONS, 0L)));
        long taken = Math.max(wanted, free.remove());
        free.add(taken + BUSY_MS);
        return taken;
    }

    /** What the people of a site would still do from then on, they do not any more. */
    private void withdraw(String key, long seen) {
        queue.removeIf(answer -> answer.time > seen && key.equals(answer.about));
    }

    /** Whether what the site sends at that time arrives much later. */
    private boolean isCutOff(String site, long time) {
        NavigableMap<Long, Long> known = presences.get(site);
        Map.Entry<Long, Long> next = known == null ? null : known.ceilingEntry(time);
        return next != null && next.getValue() - next.getKey() > PRESENCE_GAP_MS;
    }

    /** When a site sends what it would send at that time; null if not on this day any more. */
    private Moment moment(String site, long wanted) {
        if (!presences.containsKey(site)) {
            return new Moment(wanted, wanted);
        }
        Map.Entry<Long, Long> next = presences.get(site).ceilingEntry(wanted);
        if (next == null) {
            return null;
        }
        // The site was not working until then.
        long time = next.getKey() - wanted > PRESENCE_GAP_MS ? next.getKey() : wanted;
        return new Moment(time, isCutOff(site, wanted) ? next.getValue() : time);
    }

    private void later(String site, DispatchMessage message, long wanted, Action action) {
        Moment moment = moment(site, wanted);
        if (moment == null) {
            return;
        }
        Incident incident = message.incident();
        boolean isPerson = !(action instanceof DispatchResponse.Delivered);
        String about = site + "/" + incident.incidentId();
        DispatchResponse response =
                new DispatchResponse(
                        "%s/%s/%s/%s"
                                .formatted(
                                        incident.incidentId(),
                                        site,
                                        message.epoch(),
                                        action.getClass().getSimpleName()),
                        incident.incidentId(),
                        incident.revision(),
                        isPerson ? person(site, 1 + random(about).below(POSITIONS)) : null,
                        null,
                        null,
                        site,
                        moment.time,
                        action);
        queue.add(
                new Answer(
                        moment.time,
                        moment.arrival,
                        response.responseId(),
                        about,
                        Topics.DISPATCH_RESPONSES,
                        incident.incidentId(),
                        DispatchResponse.CODEC.write(response)));
    }

    private void delivery(String site, DispatchMessage message, long wanted, boolean isLost) {
        Moment moment = moment(site, wanted);
        if (moment == null) {
            return;
        }
        Incident incident = message.incident();
        Delivery delivery =
                new Delivery(
                        "%s/%s/%d/%s/%d"
                                .formatted(
                                        incident.incidentId(),
                                        site,
                                        incident.revision(),
                                        message.purpose(),
                                        wanted),
                        "cad-" + site.toLowerCase(Locale.ROOT),
                        incident.incidentId(),
                        incident.revision(),
                        isLost ? Delivery.Result.REJECTED : Delivery.Result.DELIVERED,
                        isLost ? "HTTP 422" : null,
                        moment.time);
        queue.add(
                new Answer(
                        moment.time,
                        moment.arrival,
                        delivery.deliveryId(),
                        null,
                        Topics.DELIVERIES,
                        incident.incidentId(),
                        Delivery.CODEC.write(delivery)));
    }

    private SeededRandom random(String key) {
        return new SeededRandom(SeededRandom.hash(seed, key.hashCode()));
    }
}
