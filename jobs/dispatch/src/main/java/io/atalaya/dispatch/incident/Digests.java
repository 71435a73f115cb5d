package io.atalaya.dispatch.incident;

import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.Incident.Link;
import io.atalaya.contracts.dispatch.Incident.Link.Relation;
import io.atalaya.contracts.text.Text;
import io.atalaya.dispatch.incident.Handling.Digest;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The open digests: one for each site, kind of incident and cell of the map, or for each mute. */
final class Digests {
    /** Type of a digest that lists nothing: a position has no budget left. */
    static final String FLOOD = "flood";

    private final Map<String, Handling> open = new HashMap<>();

    void restore(Handling handling) {
        Handling other = open.get(key(handling.digest));
        if (other == null || other.number < handling.number) {
            open.put(key(handling.digest), handling);
        }
    }

    /** The digest that takes this one's incidents now, or null if none does. */
    Handling find(Digest wanted, Duration period, long now) {
        Handling found = open.get(key(wanted));
        return found == null
                        || found.isOver()
                        || found.digest.founders.size() >= Incident.MAX_LINKS
                        || now - found.digest.lastAddedAt > period.toMillis()
                ? null
                : found;
    }

    /** The last one like this, or null. */
    Handling last(Digest wanted) {
        return open.get(key(wanted));
    }

    void open(Handling handling) {
        open.put(key(handling.digest), handling);
    }

    void forget(Handling handling) {
        open.remove(key(handling.digest), handling);
    }

    /**
     * The message of a digest: it lists its incidents, but for those that turned out to be none,
     * and has no events of its own.
     */
    static Incident message(Handling handling, List<Handling> children, long now) {
        Digest digest = handling.digest;
        List<Incident> known =
                children.stream().map(child -> child.published).filter(Objects::nonNull).toList();
        // What they all were is in the last message, when they are forgotten.
        List<Incident> incidents =
                known.isEmpty() && handling.published != null ? List.of(handling.published) : known;
        long cancelled = children.stream().filter(Digests::isCancelled).count();
        return new Incident(
                handling.incidentId,
                now,
                Incident.Kind.DIGEST,
                digest.type,
                null,
                handling.status(),
                incidents.stream().mapToLong(Incident::openedAt).min().orElse(handling.arrivedAt),
                Math.max(digest.lastAddedAt, handling.actedAt),
                null,
                null,
                List.of(),
                null,
                digest.site,
                handling.slowest().assignment,
                handling.assignments(),
                priority(children, incidents),
                List.of(),
                headline(digest, digest.founders.size() - cancelled),
                List.of(),
                children.stream()
                        .filter(child -> !isCancelled(child))
                        .map(child -> new Link(Relation.CHILD, child.incidentId))
                        .toList(),
                List.of(),
                IncidentContent.newest(handling.notes),
                handling.deadlines(),
                null,
                digest.restriction != null,
                incidents.isEmpty() ? List.of() : incidents.get(0).notified());
    }

    /** The highest of those that wait in it alone; of all once none does. */
    private static int priority(List<Handling> children, List<Incident> incidents) {
        return children.stream()
                .filter(Digests::isWaitingHere)
                .mapToInt(Handling::priority)
                .max()
                .orElseGet(() -> incidents.stream().mapToInt(Incident::priority).max().orElse(0));
    }

    /** Whether all that it lists turned out to be none. */
    static boolean isWithdrawn(List<Handling> children) {
        return !children.isEmpty() && children.stream().allMatch(Digests::isCancelled);
    }

    /**
     * Whether none of its incidents needs it any more: each is answered, over, or at a site that
     * was notified of it alone.
     */
    static boolean isDone(Handling handling, List<Handling> children) {
        // What is forgotten was over, and a flood lists nothing.
        return !handling.digest.founders.isEmpty()
                && children.stream().noneMatch(Digests::isWaitingHere);
    }

    /** Whether no site was notified of it alone, and no one has taken it. */
    private static boolean isWaitingHere(Handling child) {
        return child.isUnaccepted() && !child.isAssigned();
    }

    /** Whether a person has answered each of its incidents, or a site was notified of it alone. */
    static boolean isSeen(List<Handling> children) {
        return !children.isEmpty()
                && children.stream().noneMatch(child -> child.isWaiting() && !child.isAssigned());
    }

    private static boolean isCancelled(Handling child) {
        return child.status() == Incident.Status.CANCELLED;
    }

    private static Text.Translation headline(Digest digest, long size) {
        return digest.type.equals(FLOOD)
                ? new Text.Translation(
                        "Demasiadas interrupciones: " + digest.cause,
                        "Too many interruptions: " + digest.cause)
                : new Text.Translation(
                        size + (size == 1 ? " incidente" : " incidentes"),
                        size + (size == 1 ? " incident" : " incidents"));
    }

    private static String key(Digest digest) {
        return String.join(
                "/",
                String.valueOf(digest.site),
                digest.type,
                String.valueOf(digest.cause),
                String.valueOf(digest.restriction),
                String.valueOf(digest.isReview));
    }
}
