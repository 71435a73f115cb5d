package io.atalaya.dispatch.outreach;

import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.dispatch.Announcement;
import io.atalaya.contracts.dispatch.Announcement.Purpose;
import io.atalaya.contracts.dispatch.Decision.Kind;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.Place;
import io.atalaya.contracts.topic.HashId;
import io.atalaya.contracts.warning.PublicWarning.Severity;
import io.atalaya.contracts.warning.PublicWarning.Urgency;
import io.atalaya.dispatch.incident.IncidentSummary;
import io.atalaya.dispatch.policy.Jurisdiction.Municipality;
import io.atalaya.dispatch.policy.Policy;
import io.atalaya.dispatch.policy.Policy.Announcements.Rule;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Decides what each loudspeaker plays. What plays follows from the incidents, the loudspeakers and
 * the time; what was sent before decides only which messages are needed for that.
 */
final class Announcer {
    private static final String ENDED = "incident-ended";
    private static final String RETRACTED = "retracted";
    private static final String NOT_ANNOUNCED = "not-announced";
    private static final String OUT_OF_REACH = "out-of-reach";
    static final String QUIET_HOURS = "quiet-hours";
    static final String EXPIRED = "expired";

    private final Outreach outreach;
    private final HeldMap<Announced> announced;
    private Map<String, Rule> rules = Map.of();
    private boolean isDue;

    /**
     * What was sent of an incident.
     *
     * @param held why it was not announced where it should be, or null
     * @param content as sent last, or null
     * @param devices that play it, and the incident by whose id they began to
     */
    record Announced(
            String incidentId, String held, Content content, Map<String, String> devices) {}

    /** What is the same at every loudspeaker. */
    record Content(
            String type,
            int priority,
            boolean isExercise,
            String text,
            String clip,
            long expiresAt) {
        private boolean soundsLike(Content other) {
            return isExercise == other.isExercise
                    && text.equals(other.text)
                    && (clip == null ? other.clip == null : clip.equals(other.clip));
        }
    }

    Announcer(Outreach outreach, HeldMap<Announced> announced) {
        this.outreach = outreach;
        this.announced = announced;
    }

    /** Takes the rules of the policy in force; the next tick applies them to what is open. */
    void rules() {
        isDue = true;
        Map<String, Rule> byKind = new HashMap<>();
        for (Rule rule : outreach.policy().announcements().rules()) {
            rule.kinds().forEach(kind -> byKind.put(kind, rule));
        }
        rules = byKind;
    }

    /**
     * Announces what waited for the end of quiet hours, or what another policy announces, and
     * withdraws what plays for no incident any more.
     */
    void tick(Outreach.Parts parts) throws Exception {
        Set<String> looked = new TreeSet<>(announced.keys());
        boolean isForAll = isDue;
        isDue = false;
        if (isForAll) {
            looked.addAll(outreach.incidents.keys());
        }
        for (String incidentId : looked) {
            parts.run("announcements of " + incidentId, () -> look(incidentId, isForAll));
        }
    }

    private void look(String incidentId, boolean isForAll) {
        IncidentSummary incident = outreach.incident(incidentId);
        Announced before = announced.get(incidentId);
        if (incident == null && !isPlaying(before)) {
            announced.put(incidentId, null);
        } else if (isForAll
                || incident == null
                || before != null
                        && QUIET_HOURS.equals(before.held)
                        && (!isHeld(incident) || !isPlaying(before))) {
            incident(incidentId, incident);
        }
    }

    /** Lets loudspeakers play on for the incident that another one has become part of. */
    void handOver(String incidentId, String heir) {
        Announced part = announced.get(incidentId);
        if (!isPlaying(part)) {
            return;
        }
        Announced whole = announced.get(heir);
        if (!isPlaying(whole)) {
            announced.put(heir, new Announced(heir, part.held, part.content, part.devices));
            announced.put(incidentId, null);
        } else if (whole.content.soundsLike(part.content)) {
            Map<String, String> devices = new TreeMap<>(part.devices);
            devices.keySet().removeAll(whole.devices.keySet());
            long revision = devices.isEmpty() ? 0 : outreach.revision();
            devices.forEach(
                    (device, first) ->
                            send(
                                    heir,
                                    first,
                                    device,
                                    revision,
                                    Purpose.UPDATE,
                                    whole.content,
                                    null));
            Map<String, String> rest = new TreeMap<>(part.devices);
            rest.keySet().removeAll(devices.keySet());
            announced.put(incidentId, new Announced(incidentId, null, part.content, rest));
            devices.putAll(whole.devices);
            announced.put(heir, new Announced(heir, whole.held, whole.content, devices));
        }
    }

    /** Takes back what another incident has taken over, when it is one of its own again. */
    private Announced reclaim(String incidentId) {
        for (Announced other : List.copyOf(announced.values())) {
            Map<String, String> ours = new TreeMap<>(other.devices);
            ours.values().removeIf(first -> !first.equals(incidentId));
            if (!ours.isEmpty()) {
                Map<String, String> theirs = new TreeMap<>(other.devices);
                theirs.keySet().removeAll(ours.keySet());
                announced.put(
                        other.incidentId,
                        new Announced(other.incidentId, other.held, other.content, theirs));
                return new Announced(incidentId, null, other.content, ours);
            }
        }
        return null;
    }

    /**
     * Takes a revision of an incident.
     *
     * @param revised also where it is over or covert; null where that is not known
     */
    void incident(String incidentId, IncidentSummary revised) {
        IncidentSummary incident = outreach.incident(incidentId);
        Rule rule = rule(incident);
        Content content = rule == null ? null : content(incident, rule);
        Set<String> wanted = new TreeSet<>();
        if (content != null && !outreach.isOver(content.expiresAt)) {
            candidates(incident, rule).stream()
                    .filter(device -> isReached(device, incident, rule))
                    .forEach(device -> wanted.add(device.deviceId()));
        }
        String reason =
                rule != null
                        ? OUT_OF_REACH
                        : revised != null && revised.isCancelled()
                                ? RETRACTED
                                : revised == null || revised.isOver() ? ENDED : NOT_ANNOUNCED;
        send(incidentId, incident, content, wanted, reason);
    }

    /** Takes a loudspeaker that was registered, moved or removed. */
    void device(String deviceId) {
        PlacedDevice device = outreach.device(deviceId);
        for (IncidentSummary incident : outreach.incidents()) {
            Rule rule = rule(incident);
            Announced before = announced.get(incident.incidentId());
            if (rule != null && before != null && before.held != null) {
                incident(incident.incidentId(), incident);
            } else if (rule != null) {
                Content content = content(incident, rule);
                Set<String> wanted =
                        isPlaying(before)
                                ? new TreeSet<>(before.devices.keySet())
                                : new TreeSet<>();
                wanted.remove(deviceId);
                if (!outreach.isOver(content.expiresAt) && isReached(device, incident, rule)) {
                    wanted.add(deviceId);
                }
                send(incident.incidentId(), incident, content, wanted, OUT_OF_REACH);
            }
        }
    }

    private boolean isPlaying(Announced before) {
        return before != null
                && before.content != null
                && !outreach.isOver(before.content.expiresAt);
    }

    /** Null where nothing is announced. */
    private Rule rule(IncidentSummary incident) {
        Rule rule = incident == null ? null : rules.get(incident.type());
        boolean isAnnounced =
                rule != null
                        && (!rule.isAccepted() || incident.isAccepted() || isStateWide(incident));
        return isAnnounced ? rule : null;
    }

    private static boolean isStateWide(IncidentSummary incident) {
        return incident.warning() != null && incident.warning().stateWide();
    }

    private Content content(IncidentSummary incident, Rule rule) {
        boolean isExercise = incident.warning() != null && incident.warning().exercise();
        return new Content(
                incident.type(),
                incident.priority(),
                isExercise,
                isExercise
                        ? outreach.policy().announcements().drill() + " " + rule.text()
                        : rule.text(),
                isExercise ? rule.drillClip() : rule.clip(),
                incident.expiresAt() == null
                        ? incident.openedAt() + rule.validFor().toMillis()
                        : incident.expiresAt());
    }

    /** Loudspeakers that may be reached. */
    private Collection<PlacedDevice> candidates(IncidentSummary incident, Rule rule) {
        if (incident.warning() != null) {
            return outreach.speakers();
        }
        return incident.place() == null || rule.radiusMetres() == null
                ? List.of()
                : outreach.speakersNear(incident.place(), reach(incident.place(), rule));
    }

    /** Everywhere in the place's circle the incident may be. */
    private static double reach(Place place, Rule rule) {
        return rule.radiusMetres() + place.radiusMetres();
    }

    private boolean isReached(PlacedDevice device, IncidentSummary incident, Rule rule) {
        if (device == null || device.kind() != Device.Kind.SPEAKER) {
            return false;
        }
        Incident.Warning warning = incident.warning();
        if (warning != null) {
            // An area that is not known exactly excludes no loudspeaker.
            return warning.stateWide()
                    || warning.municipalities().isEmpty()
                    || warning.municipalities().contains(municipality(device));
        }
        Place place = incident.place();
        return place != null
                && rule.radiusMetres() != null
                && device.place() != null
                && place.radiusMetres() <= outreach.policy().fusion().maxRadiusMetres()
                && place.metresTo(device.place()) <= reach(place, rule);
    }

    /** Or an empty text. */
    private String municipality(PlacedDevice device) {
        if (device.municipality() != null) {
            return device.municipality();
        }
        Municipality found =
                device.place() == null ? null : outreach.policy().jurisdiction().at(device.place());
        return found == null ? "" : found.name();
    }

    /** No one must be woken for a drill, so only its priority exempts it. */
    private boolean isHeld(IncidentSummary incident) {
        Policy.Hours quiet = outreach.policy().announcements().quietHours();
        Incident.Warning warning = incident.warning();
        return quiet != null
                && quiet.contains(outreach.present())
                && incident.priority() < outreach.policy().priorities().never()
                && (warning == null
                        || warning.exercise()
                        || warning.urgency() != Urgency.IMMEDIATE
                                && warning.severity() != Severity.EXTREME);
    }

    /**
     * Sends what is missing for an incident to play where it should.
     *
     * @param incident or null if nothing plays
     * @param reason of what is withdrawn
     */
    private void send(
            String incidentId,
            IncidentSummary incident,
            Content content,
            Set<String> wanted,
            String reason) {
        Announced known = announced.get(incidentId);
        Announced before = known == null && !wanted.isEmpty() ? reclaim(incidentId) : known;
        boolean isExpired = content != null && outreach.isOver(content.expiresAt);
        boolean isPlaying = isPlaying(before);
        if (isExpired && before != null && !isPlaying && !QUIET_HOURS.equals(before.held)) {
            return;
        }
        Map<String, String> begun = isPlaying ? before.devices : Map.of();
        Set<String> playing = begun.keySet();
        Set<String> next = new TreeSet<>(wanted);
        String held = null;
        if (isExpired) {
            held = isWanted(incident) ? EXPIRED : null;
        } else if (content != null && isHeld(incident) && !playing.containsAll(wanted)) {
            next.retainAll(playing);
            held = QUIET_HOURS;
        }
        boolean isSame = next.equals(playing) && (next.isEmpty() || content.equals(before.content));
        // None is used up without a message, because a restart looks at everything again.
        long revision = isSame ? 0 : outreach.revision();
        for (String device : playing) {
            if (!next.contains(device)) {
                send(
                        incidentId,
                        begun.get(device),
                        device,
                        revision,
                        Purpose.WITHDRAWN,
                        before.content,
                        isExpired ? EXPIRED : reason);
            }
        }
        Map<String, String> devices = new TreeMap<>();
        for (String device : next) {
            String first = begun.getOrDefault(device, incidentId);
            devices.put(device, first);
            if (!playing.contains(device) || !before.content.soundsLike(content)) {
                send(incidentId, first, device, revision, Purpose.PLAY, content, null);
            } else if (!before.content.equals(content)) {
                send(incidentId, first, device, revision, Purpose.UPDATE, content, null);
            }
        }
        boolean isSaid = before != null && held != null && held.equals(before.held);
        if (held != null && !isSaid && !(isExpired && isPlaying && !playing.isEmpty())) {
            outreach.decide(
                    incidentId,
                    null,
                    held.equals(EXPIRED) ? Kind.EXPIRED : Kind.HELD,
                    held,
                    "output",
                    "announcements",
                    "expiresAt",
                    String.valueOf(content.expiresAt));
        }
        announced.put(
                incidentId,
                next.isEmpty() && held == null
                        ? null
                        : new Announced(incidentId, held, content, devices));
    }

    /** Whether any loudspeaker would have announced it. */
    private boolean isWanted(IncidentSummary incident) {
        Rule rule = rule(incident);
        Predicate<PlacedDevice> isReached = device -> isReached(device, incident, rule);
        return candidates(incident, rule).stream().anyMatch(isReached);
    }

    private void send(
            String incidentId,
            String first,
            String deviceId,
            long revision,
            Purpose purpose,
            Content content,
            String reason) {
        outreach.output()
                .announcement(
                        new Announcement(
                                HashId.of("announcement", first, deviceId),
                                deviceId,
                                revision,
                                purpose,
                                incidentId,
                                content.type,
                                content.priority,
                                content.isExercise,
                                content.text,
                                content.clip,
                                content.expiresAt,
                                reason));
    }
}
