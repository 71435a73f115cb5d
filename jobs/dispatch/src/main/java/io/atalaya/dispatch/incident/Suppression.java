package io.atalaya.dispatch.incident;

import io.atalaya.contracts.dispatch.Decision.Kind;
import io.atalaya.contracts.dispatch.Place;
import io.atalaya.dispatch.evidence.Evidence;
import io.atalaya.dispatch.fusion.FusionRules;
import io.atalaya.dispatch.incident.Handling.Gate;
import io.atalaya.dispatch.incident.IncidentContent.Rank;
import io.atalaya.dispatch.policy.Policy;
import io.atalaya.dispatch.policy.Policy.Storms.Inhibition;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * Why no one is notified of an incident for now: it waits for its confirmation, another one covers
 * it, or a person has muted it. Each reason ends, and each is a decision.
 */
final class Suppression {
    private final Mutes mutes;
    private final Decisions decisions;
    private Policy policy;

    /** A cancellation may not have been read yet. */
    private boolean isCatchingUp;

    /** The open incidents that inhibit others, by the name of the rule. */
    private final Map<String, Set<Handling>> inhibitors = new TreeMap<>();

    Suppression(Policy policy, IncidentStore store, Decisions decisions) {
        this.policy = policy;
        this.decisions = decisions;
        mutes = new Mutes(store);
    }

    void policy(Policy other) {
        policy = other;
        inhibitors.clear();
    }

    void catchingUp(boolean isCatchingUp) {
        this.isCatchingUp = isCatchingUp;
    }

    boolean isCatchingUp() {
        return isCatchingUp;
    }

    Mutes mutes() {
        return mutes;
    }

    /** Notes whether an incident inhibits others. */
    void update(Handling handling) {
        for (Inhibition rule : policy.storms().inhibitions()) {
            Set<Handling> all =
                    inhibitors.computeIfAbsent(rule.name(), name -> new LinkedHashSet<>());
            // A covert incident must not show by what it covers.
            boolean inhibits =
                    !handling.isOver()
                            && handling.rank.best().event().restriction() == null
                            && rule.by().holds(handling.rank.routed());
            if (inhibits) {
                all.add(handling);
            } else {
                all.remove(handling);
            }
        }
    }

    void forget(Handling handling) {
        inhibitors.values().forEach(all -> all.remove(handling));
    }

    /** Whether no one is notified of the incident for now. */
    boolean suppress(Handling handling, Rank rank, List<Evidence> all, long now) {
        Gate gate = null;
        String cause = null;
        if (rank.isHoldable() && isHeld(handling, rank, now)) {
            gate = Gate.HELD;
            cause = "confirmation";
        } else if (rank.best().event().restriction() == null) {
            cause = inhibitor(handling, rank, now);
            gate = cause == null ? null : Gate.INHIBITED;
            if (gate == null) {
                cause = mutes.covering(Mutes.Fields.of(rank, all, cell(all)), now);
                gate = cause == null ? null : Gate.MUTED;
            }
        }
        if (gate == null && handling.gate == Gate.REVIEW && forList(rank, now) != null) {
            return true;
        }
        if (gate != handling.gate || !Objects.equals(cause, handling.gateCause)) {
            handling.gate = gate;
            handling.gateCause = cause;
            if (gate != null) {
                decisions.about(handling, kind(gate), cause);
            }
        }
        if (gate == Gate.MUTED) {
            mutes.swallow(cause, handling.founder);
        }
        return gate != null;
    }

    /** Why an incident waits in a list instead of interrupting a person, or null. */
    String forList(Rank rank, long now) {
        if (rank.isReview()) {
            return "review";
        }
        boolean isQuiet =
                policy.routing().quietHours().stream()
                        .anyMatch(hours -> hours.hold(rank.priority(), now));
        return isQuiet ? "quiet-hours" : null;
    }

    private static Kind kind(Gate gate) {
        return switch (gate) {
            case HELD -> Kind.HELD;
            case INHIBITED -> Kind.INHIBITED;
            case MUTED -> Kind.MUTED;
            case DIGESTED, REVIEW -> Kind.BUDGETED;
        };
    }

    /** Whether what holds an incident back may be over. */
    boolean isReleased(Handling handling, long now) {
        return switch (handling.gate) {
            case HELD -> handling.rank == null || !isHeld(handling, handling.rank, now);
            case INHIBITED ->
                    handling.rank == null || inhibitor(handling, handling.rank, now) == null;
            case MUTED -> !mutes.isInForce(handling.gateCause, now);
            case DIGESTED, REVIEW -> false;
        };
    }

    /** When what holds an incident back may be over, if nothing happens until then. */
    long nextRelease(Handling handling, long now) {
        return switch (handling.gate) {
            case HELD -> handling.rank == null ? now : handling.arrivedAt + hold(handling.rank);
            case INHIBITED -> now;
            case MUTED, DIGESTED, REVIEW -> Long.MAX_VALUE;
        };
    }

    /**
     * Whether an incident waits for its confirmation; while the job catches up it goes on waiting.
     */
    private boolean isHeld(Handling handling, Rank rank, long now) {
        return now < handling.arrivedAt + hold(rank) || isCatchingUp && handling.gate == Gate.HELD;
    }

    /** How long a press waits, ms. */
    private long hold(Rank rank) {
        return policy.confirmations().stream()
                .filter(each -> each.when().holds(rank.subject()))
                .findFirst()
                .map(each -> each.hold().toMillis())
                .orElse(0L);
    }

    /** The rule by which an open incident covers this one, or null. */
    private String inhibitor(Handling handling, Rank rank, long now) {
        for (Inhibition rule : policy.storms().inhibitions()) {
            if (rule.of().holds(rank.routed())) {
                for (Handling other : inhibitors.getOrDefault(rule.name(), Set.of())) {
                    if (other != handling
                            && now - other.arrivedAt <= rule.atMost().toMillis()
                            && rule.equal().stream()
                                    .allMatch(field -> isEqual(field, rank, other.rank))) {
                        return rule.name();
                    }
                }
            }
        }
        return null;
    }

    /** A field that is missing on either side is not equal. */
    private static boolean isEqual(String field, Rank rank, Rank other) {
        String value = field(field, rank);
        return value != null && !value.isEmpty() && value.equals(field(field, other));
    }

    private static String field(String field, Rank rank) {
        return switch (field) {
            case "site" -> rank.subject().site();
            case "municipality" -> rank.subject().municipality();
            case "kind" -> rank.subject().kind();
            case "device" -> rank.best().origin().deviceId();
            case "plate" ->
                    rank.best().event().keys().stream()
                            .filter(key -> key.startsWith("plate:"))
                            .min(Comparator.naturalOrder())
                            .orElse(null);
            default -> null;
        };
    }

    /** The cell of the map's grid that an incident is in; null without a place. */
    String cell(List<Evidence> all) {
        Place place =
                all.stream()
                        .map(each -> each.event().place())
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
        if (place == null) {
            return null;
        }
        double degrees = policy.storms().digestCellMetres() / FusionRules.METRES_PER_DEGREE;
        return String.format(
                Locale.ROOT,
                "%d:%d",
                (long) Math.floor(place.latitude() / degrees),
                (long) Math.floor(place.longitude() / degrees));
    }
}
