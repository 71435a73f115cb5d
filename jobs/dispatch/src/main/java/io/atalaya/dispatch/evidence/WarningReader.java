package io.atalaya.dispatch.evidence;

import io.atalaya.contracts.dispatch.EventId;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.text.Text;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.contracts.warning.PublicWarning;
import io.atalaya.contracts.warning.PublicWarning.Info;
import io.atalaya.contracts.warning.PublicWarning.MessageType;
import io.atalaya.contracts.warning.PublicWarning.Reference;
import io.atalaya.contracts.warning.PublicWarning.Scope;
import io.atalaya.contracts.warning.PublicWarning.Severity;
import io.atalaya.contracts.warning.PublicWarning.Status;
import io.atalaya.contracts.warning.PublicWarning.Urgency;
import io.atalaya.dispatch.evidence.Evidence.Origin;
import io.atalaya.dispatch.evidence.Evidence.Weight;
import io.atalaya.dispatch.evidence.SenderState.Seen;
import io.atalaya.dispatch.evidence.SenderState.Series;
import io.atalaya.dispatch.fusion.IncidentEvent;
import io.atalaya.dispatch.policy.KindIndex;
import io.atalaya.dispatch.policy.Policy;
import io.atalaya.dispatch.policy.Policy.Kind;
import io.atalaya.dispatch.policy.Policy.WarningRule;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads public warnings, by the rules of a policy. A warning and its updates are versions of one
 * evidence. The newest message by {@code sent} applies, whatever the order of arrival, because a
 * polled feed repeats its messages and has the last one first.
 */
public final class WarningReader {
    /** A feed that repeats more than these is read again as if it were new. */
    private static final int MAX_SEEN = 512;

    private static final int MAX_SERIES = 64;
    private static final int MAX_IDENTIFIERS = 256;
    private static final int MAX_SUMMARY = 1_000;
    private static final String SIMULACRO = "SIMULACRO";
    private static final String DRILL = "DRILL";

    private final Policy policy;
    private final KindIndex kinds;
    private final WarningArea area;

    public WarningReader(Policy policy) {
        this.policy = policy;
        kinds = new KindIndex(policy.kinds());
        area = new WarningArea(policy.jurisdiction());
    }

    /**
     * @param outcomes none for a repeated or outdated message
     */
    public record Result(SenderState state, List<Outcome> outcomes) {}

    /**
     * Reads a warning.
     *
     * @param state of its sender, or null for a new one
     * @param arrivalTime of the record
     */
    public Result read(SenderState state, PublicWarning warning, long arrivalTime) {
        SenderState known = state == null ? SenderState.EMPTY : state;
        Seen message = new Seen(warning.identifier(), warning.sent());
        if (known.seen().contains(message)) {
            return new Result(known, List.of());
        }
        List<Series> series = new ArrayList<>(known.series());
        List<Outcome> outcomes = new ArrayList<>();
        read(warning, arrivalTime, series, outcomes);
        return new Result(
                new SenderState(
                        last(append(known.seen(), message), MAX_SEEN), last(series, MAX_SERIES)),
                outcomes);
    }

    private void read(
            PublicWarning warning, long arrivalTime, List<Series> series, List<Outcome> outcomes) {
        SuppressionReason unfit = unfit(warning);
        if (unfit != null) {
            outcomes.add(suppressed(unfit, warning, arrivalTime));
            return;
        }
        Set<String> identifiers = identifiers(warning);
        List<Series> concerned =
                series.stream()
                        .filter(each -> !Collections.disjoint(each.identifiers(), identifiers))
                        .toList();
        if (concerned.stream().anyMatch(each -> each.sent() > warning.sent())) {
            if (concerned.stream().allMatch(each -> each.evidence() == null)) {
                outcomes.add(suppressed(SuppressionReason.CANCELLED_BEFORE, warning, arrivalTime));
            }
            return;
        }
        if (warning.msgType() == MessageType.CANCEL) {
            cancel(warning, arrivalTime, identifiers, concerned, series, outcomes);
        } else {
            announce(warning, arrivalTime, identifiers, concerned, series, outcomes);
        }
    }

    /** Why a message is no warning at all, or null. */
    private static SuppressionReason unfit(PublicWarning warning) {
        if (warning.status() != Status.ACTUAL && warning.status() != Status.EXERCISE) {
            return SuppressionReason.TEST_WARNING;
        }
        if (warning.msgType() == MessageType.ACK || warning.msgType() == MessageType.ERROR) {
            return SuppressionReason.NO_WARNING;
        }
        return warning.scope() == Scope.PUBLIC ? null : SuppressionReason.NOT_PUBLIC;
    }

    /** Those of the message and of its references; a sender can only update its own warnings. */
    private static Set<String> identifiers(PublicWarning warning) {
        Set<String> identifiers = new LinkedHashSet<>();
        identifiers.add(warning.identifier());
        if (warning.msgType() != MessageType.ALERT) {
            warning.references().stream()
                    .filter(reference -> reference.sender().equals(warning.sender()))
                    .map(Reference::identifier)
                    .forEach(identifiers::add);
        }
        return identifiers;
    }

    private void cancel(
            PublicWarning warning,
            long arrivalTime,
            Set<String> identifiers,
            List<Series> concerned,
            List<Series> series,
            List<Outcome> outcomes) {
        series.removeAll(concerned);
        for (Series each : concerned) {
            Evidence evidence = each.evidence();
            if (evidence != null && !each.isCancelled()) {
                evidence = cancelled(evidence, warning.sent());
                outcomes.add(new Outcome.Accepted(evidence));
            }
            series.add(
                    new Series(union(List.of(each), identifiers), warning.sent(), true, evidence));
        }
        if (outcomes.isEmpty()) {
            outcomes.add(suppressed(SuppressionReason.NOTHING_TO_CANCEL, warning, arrivalTime));
        }
        if (concerned.isEmpty()) {
            series.add(new Series(union(List.of(), identifiers), warning.sent(), true, null));
        }
    }

    private void announce(
            PublicWarning warning,
            long arrivalTime,
            Set<String> identifiers,
            List<Series> concerned,
            List<Series> series,
            List<Outcome> outcomes) {
        WarningRule rule =
                policy.warnings().stream()
                        .filter(each -> holds(each, warning))
                        .findFirst()
                        .orElse(null);
        if (rule == null) {
            outcomes.add(suppressed(SuppressionReason.NO_RULE, warning, arrivalTime));
            return;
        }
        if (!kinds.ofWarning(rule.name(), warning.status() == Status.EXERCISE).isDispatched()) {
            outcomes.add(suppressed(SuppressionReason.KIND_NOT_DISPATCHED, warning, arrivalTime));
            return;
        }
        long expiresAt = expiresAt(warning, rule);
        if (expiresAt <= arrivalTime) {
            outcomes.add(suppressed(SuppressionReason.EXPIRED, warning, arrivalTime));
            return;
        }
        Set<String> touched = rule.isStateWide() ? null : area.municipalities(warning);
        if (touched != null && touched.isEmpty()) {
            outcomes.add(suppressed(SuppressionReason.OUTSIDE_JURISDICTION, warning, arrivalTime));
            return;
        }
        List<Series> former =
                concerned.stream()
                        .filter(each -> each.evidence() != null)
                        .sorted(
                                Comparator.comparingLong(
                                                (Series each) -> each.evidence().event().time())
                                        .thenComparing(each -> each.evidence().eventId()))
                        .toList();
        Evidence evidence =
                evidence(
                        warning,
                        rule,
                        former.isEmpty() ? null : former.get(0).evidence(),
                        arrivalTime,
                        expiresAt,
                        touched);
        outcomes.add(new Outcome.Accepted(evidence));
        // An update that replaces several warnings goes on as the first of them.
        former.stream()
                .skip(1)
                .filter(each -> !each.isCancelled())
                .map(each -> cancelled(each.evidence(), warning.sent()))
                .map(Outcome.Accepted::new)
                .forEach(outcomes::add);
        series.removeAll(concerned);
        series.add(new Series(union(concerned, identifiers), warning.sent(), false, evidence));
    }

    private static boolean holds(WarningRule rule, PublicWarning warning) {
        boolean isAnyInfo =
                rule.categories().isEmpty()
                        && rule.urgencies().isEmpty()
                        && rule.severities().isEmpty();
        return isAny(rule.senders(), warning.sender())
                && (isAnyInfo || warning.infos().stream().anyMatch(info -> holds(rule, info)));
    }

    private static boolean holds(WarningRule rule, Info info) {
        return (rule.categories().isEmpty()
                        || !Collections.disjoint(rule.categories(), info.category()))
                && isAny(rule.urgencies(), info.urgency())
                && isAny(rule.severities(), info.severity());
    }

    private static <T> boolean isAny(Set<T> values, T value) {
        return values.isEmpty() || values.contains(value);
    }

    /** By the last end; one before the sending is a mistake of the sender. */
    private static long expiresAt(PublicWarning warning, WarningRule rule) {
        return warning.infos().stream()
                .map(Info::expires)
                .filter(expires -> expires != null && expires > warning.sent())
                .mapToLong(expires -> expires)
                .max()
                .orElse(warning.sent() + rule.validFor().toMillis());
    }

    private Evidence evidence(
            PublicWarning warning,
            WarningRule rule,
            Evidence former,
            long arrivalTime,
            long expiresAt,
            Set<String> touched) {
        boolean isExercise = warning.status() == Status.EXERCISE;
        Kind kind = kinds.ofWarning(rule.name(), isExercise);
        return new Evidence(
                new IncidentEvent(
                        former == null ? eventId(warning) : former.eventId(),
                        kind.name(),
                        kind.subject(),
                        former == null
                                ? EvidenceReader.timeOf(warning.sent(), arrivalTime)
                                : former.event().time(),
                        null,
                        Set.of(),
                        false,
                        false,
                        null),
                revision(former, warning.sent()),
                Topics.PUBLIC_WARNINGS,
                isExercise ? rule.name() + "/EXERCISE" : rule.name(),
                null,
                new Text.Translation(
                        summary(text(warning, "es", kind.es()), isExercise, SIMULACRO),
                        summary(text(warning, "en", kind.en()), isExercise, DRILL)),
                new Origin(null, site(touched), null, null, false),
                new Weight(1, 0, false, 1, false),
                expiresAt,
                new Incident.Warning(
                        warning.infos().stream()
                                .flatMap(info -> info.category().stream())
                                .distinct()
                                .toList(),
                        warning.infos().stream()
                                .map(Info::urgency)
                                .min(Comparator.naturalOrder())
                                .orElse(Urgency.UNKNOWN),
                        warning.infos().stream()
                                .map(Info::severity)
                                .min(Comparator.naturalOrder())
                                .orElse(Severity.UNKNOWN),
                        isExercise,
                        rule.isStateWide(),
                        touched == null ? List.of() : List.copyOf(touched)),
                List.of());
    }

    /**
     * A drill begins with the word for it, which many senders write themselves; a text in the
     * language that the sender has instead, with the word of that one.
     */
    private static String summary(String text, boolean isExercise, String drill) {
        boolean isSaid = begins(text, SIMULACRO) || begins(text, DRILL);
        return isExercise && !isSaid ? drill + ": " + text : text;
    }

    private static boolean begins(String text, String word) {
        return text.regionMatches(true, 0, word, 0, word.length());
    }

    /** The only command centre of the municipalities, or null. */
    private String site(Set<String> touched) {
        if (touched == null) {
            return null;
        }
        List<String> sites =
                touched.stream().map(policy.jurisdiction()::site).distinct().limit(2).toList();
        return sites.size() == 1 ? sites.get(0) : null;
    }

    /** The headline in a language, or else in any. */
    private static String text(PublicWarning warning, String language, String otherwise) {
        Info info =
                warning.infos().stream()
                        .filter(
                                each ->
                                        each.language()
                                                .toLowerCase(Locale.ROOT)
                                                .startsWith(language))
                        .findFirst()
                        .orElse(warning.infos().isEmpty() ? null : warning.infos().get(0));
        if (info == null) {
            return otherwise;
        }
        String text =
                info.headline() == null || info.headline().isBlank()
                        ? info.event()
                        : info.headline();
        return text.codePointCount(0, text.length()) <= MAX_SUMMARY
                ? text
                : text.substring(0, text.offsetByCodePoints(0, MAX_SUMMARY));
    }

    private static Evidence cancelled(Evidence evidence, long sent) {
        return evidence.withdrawn()
                .with(
                        revision(evidence, sent),
                        new Text.Translation(
                                "Cancelado: " + evidence.summary().es(),
                                "Cancelled: " + evidence.summary().en()));
    }

    private static long revision(Evidence former, long sent) {
        return former == null ? sent : Math.max(sent, former.revision() + 1);
    }

    private Outcome suppressed(SuppressionReason reason, PublicWarning warning, long arrivalTime) {
        return new Outcome.Suppressed(
                reason.decision(eventId(warning), arrivalTime, null, policy.version()), null);
    }

    private static String eventId(PublicWarning warning) {
        return EventId.ofWarning(warning.sender(), warning.identifier());
    }

    private static List<String> union(List<Series> series, Set<String> identifiers) {
        Set<String> all = new LinkedHashSet<>();
        series.forEach(each -> all.addAll(each.identifiers()));
        all.removeAll(identifiers);
        all.addAll(identifiers);
        return last(List.copyOf(all), MAX_IDENTIFIERS);
    }

    private static <T> List<T> append(List<T> list, T value) {
        List<T> all = new ArrayList<>(list);
        all.add(value);
        return all;
    }

    private static <T> List<T> last(List<T> list, int max) {
        return list.subList(Math.max(0, list.size() - max), list.size());
    }
}
