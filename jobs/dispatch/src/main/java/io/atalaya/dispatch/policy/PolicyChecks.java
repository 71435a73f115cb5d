package io.atalaya.dispatch.policy;

import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.dispatch.DeviceEvent;
import io.atalaya.contracts.dispatch.DeviceEvent.Premises;
import io.atalaya.contracts.dispatch.Mute;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.dispatch.fusion.FusionRules;
import io.atalaya.dispatch.fusion.IncidentEvent.Subject;
import io.atalaya.dispatch.policy.Policy.Exchange.Detail;
import io.atalaya.dispatch.policy.Policy.Kind;
import io.atalaya.dispatch.policy.Policy.WarningRule;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static java.util.stream.Collectors.toSet;

/**
 * Checks what a schema cannot: what the values of a policy say about each other. What is null,
 * because its file has faults, is in no check.
 */
final class PolicyChecks {
    private static final Set<String> ALERT_TYPES =
            Arrays.stream(AlertType.values()).map(AlertType::wireName).collect(toSet());

    private static final Set<String> DEVICE_EVENTS =
            Arrays.stream(DeviceEvent.Kind.values()).map(Enum::name).collect(toSet());

    /** What a device did is remembered for such a time. */
    private static final Duration LONGEST_WINDOW = Duration.ofHours(1);

    /** A press is not held back for longer than people take to make sure. */
    private static final Duration LONGEST_HOLD = Duration.ofMinutes(5);

    private static final Duration LONGEST_WAIT = Duration.ofHours(24);

    /** The ids of messages are remembered for longer. */
    private static final Duration OLDEST = Duration.ofHours(48);

    private static final Duration LONGEST_ENTRY = Duration.ofDays(400);

    /** What a predicate compares with a name. */
    private static final Pattern COMPARED =
            Pattern.compile("\\b(kind|site|municipality|premises)\\s*[!=]=\\s*[\"']([^\"']+)[\"']");

    private final Policy policy;
    private final Faults faults;

    /** Receives the faults. */
    interface Faults {
        /**
         * @param file its name without {@code .yaml}
         * @param pointer JSON pointer to the value
         */
        void add(String file, String pointer, String text);
    }

    PolicyChecks(Policy policy, Faults faults) {
        this.policy = policy;
        this.faults = faults;
    }

    void check() {
        ifRead(policy.kinds(), this::checkKinds);
        if (policy.kinds() != null) {
            ifRead(policy.fusion(), this::checkFusion);
        }
        ifRead(policy.routing(), this::checkRouting);
        ifRead(policy.storms(), this::checkStorms);
        ifRead(policy.devices(), this::checkDevices);
        ifRead(policy.warnings(), this::checkWarnings);
        ifRead(policy.exchange(), this::checkExchange);
        ifRead(policy.announcements(), this::checkAnnouncements);
        ifRead(policy.videowall(), this::checkVideoWall);
        ifRead(policy.drones(), this::checkDrones);
        ifRead(policy.confirmations(), this::checkConfirmations);
        ifRead(policy.priorities(), this::checkPriorities);
    }

    private static <T> void ifRead(T value, Consumer<T> check) {
        if (value != null) {
            check.accept(value);
        }
    }

    private void checkConfirmations(List<Policy.Confirmation> confirmations) {
        for (int i = 0; i < confirmations.size(); i++) {
            checkBetween(
                    "confirmations",
                    "/%d/hold".formatted(i),
                    confirmations.get(i).hold(),
                    Duration.ZERO,
                    LONGEST_HOLD);
            checkPredicate("confirmations", "/%d/when".formatted(i), confirmations.get(i).when());
        }
    }

    private void checkPriorities(Policy.Priorities priorities) {
        for (int i = 0; i < priorities.parts().size(); i++) {
            checkPredicate(
                    "priorities", "/parts/%d/when".formatted(i), priorities.parts().get(i).when());
        }
    }

    /** A name that nothing has is no fault of types, and its rule never holds. */
    private void checkPredicate(String file, String pointer, Predicate predicate) {
        Map<String, Set<String>> known = new HashMap<>();
        known.put("premises", names(List.of(Premises.values()), Premises::name));
        ifRead(policy.kinds(), kinds -> known.put("kind", names(kinds, Kind::name)));
        ifRead(
                policy.routing(),
                routing -> {
                    known.put("site", names(routing.sites(), Policy.Routing.Site::name));
                    known.put("municipality", routing.municipalities().keySet());
                });
        Matcher compared = COMPARED.matcher(predicate.toString());
        while (compared.find()) {
            Set<String> names = known.get(compared.group(1));
            if (names != null && !names.contains(compared.group(2))) {
                faults.add(
                        file,
                        pointer,
                        "got %s %s, expected one that the policy has"
                                .formatted(compared.group(1), compared.group(2)));
            }
        }
    }

    private void checkBetween(
            String file, String pointer, Duration value, Duration min, Duration max) {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            faults.add(
                    file,
                    pointer,
                    "got %d s, expected %d to %d s"
                            .formatted(value.toSeconds(), min.toSeconds(), max.toSeconds()));
        }
    }

    private void checkKinds(List<Kind> kinds) {
        Set<String> names = new HashSet<>();
        Map<String, String> origins = new TreeMap<>();
        for (int i = 0; i < kinds.size(); i++) {
            int index = i;
            Kind kind = kinds.get(i);
            if (!names.add(kind.name())) {
                faults.add(
                        "kinds", "/" + i + "/name", "got " + kind.name() + " twice, expected once");
            }
            checkOrigins(kind.alerts(), i, "alerts", origins);
            checkOrigins(kind.cnie(), i, "cnie", origins);
            checkOrigins(kind.devices(), i, "devices", origins);
            checkOrigins(kind.warnings(), i, "warnings", origins);
            checkNames(kind.alerts(), i, "alerts", ALERT_TYPES, "a type of alert");
            checkNames(kind.devices(), i, "devices", DEVICE_EVENTS, "a kind of device event");
            ifRead(
                    policy.warnings(),
                    rules ->
                            checkNames(
                                    kind.warnings(),
                                    index,
                                    "warnings",
                                    names(rules, WarningRule::name),
                                    "a rule of warnings.yaml"));
            ifRead(policy.routing(), routing -> checkPosition(kind, index, routing));
            ifRead(
                    policy.priorities(),
                    priorities -> checkDispatched(kind, index, priorities.never()));
        }
        if (!names.contains(Kind.OTHER)) {
            faults.add(
                    "kinds", "", "got no kind other, expected one, for what no other kind names");
        }
    }

    private void checkDispatched(Kind kind, int index, int never) {
        if (!kind.isDispatched() && kind.priority() >= never) {
            faults.add(
                    "kinds",
                    "/" + index + "/dispatched",
                    "got false, expected true for a kind of priority %d, from which on nothing is held back"
                            .formatted(never));
        }
    }

    private void checkOrigins(
            List<String> names, int kind, String field, Map<String, String> origins) {
        for (int i = 0; i < names.size(); i++) {
            String before = origins.putIfAbsent(field + " " + names.get(i), "kind " + kind);
            if (before != null) {
                faults.add(
                        "kinds",
                        "/%d/%s/%d".formatted(kind, field, i),
                        "got %s, expected what no other kind has".formatted(names.get(i)));
            }
        }
    }

    private void checkNames(
            List<String> origins, int kind, String field, Set<String> known, String expected) {
        for (int i = 0; i < origins.size(); i++) {
            String name = origins.get(i).replaceAll("/.*", "");
            if (!known.contains(name)) {
                faults.add(
                        "kinds",
                        "/%d/%s/%d".formatted(kind, field, i),
                        "got " + name + ", expected " + expected);
            }
        }
    }

    private void checkPosition(Kind kind, int index, Policy.Routing routing) {
        for (Policy.Routing.Site site : routing.sites()) {
            if (kind.position() != null && !site.positions().contains(kind.position())) {
                faults.add(
                        "kinds",
                        "/" + index + "/position",
                        "got %s, expected a position of every site; %s has %s"
                                .formatted(kind.position(), site.name(), site.positions()));
            }
        }
    }

    private void checkFusion(FusionRules fusion) {
        Map<String, Subject> subjects = new TreeMap<>();
        policy.kinds().forEach(kind -> subjects.put(kind.name(), kind.subject()));
        Set<Subject> placed = Set.of(Subject.VEHICLE, Subject.PLACE);
        for (int i = 0; i < fusion.nearby().size(); i++) {
            FusionRules.Nearby rule = fusion.nearby().get(i);
            checkPair(rule.kinds(), "/nearby/%d/kinds".formatted(i), subjects, placed);
            checkPair(rule.others(), "/nearby/%d/others".formatted(i), subjects, placed);
        }
        for (int i = 0; i < fusion.links().size(); i++) {
            FusionRules.Nearby rule = fusion.links().get(i);
            checkPair(
                    rule.kinds(),
                    "/links/%d/kinds".formatted(i),
                    subjects,
                    Set.of(Subject.VEHICLE));
            checkPair(
                    rule.others(),
                    "/links/%d/others".formatted(i),
                    subjects,
                    Set.of(Subject.PLACE));
        }
    }

    private void checkPair(
            Set<String> names, String pointer, Map<String, Subject> subjects, Set<Subject> fit) {
        for (String name : names) {
            Subject subject = subjects.get(name);
            if (subject == null) {
                faults.add("fusion", pointer, "got " + name + ", expected a kind of kinds.yaml");
            } else if (!fit.contains(subject)) {
                faults.add(
                        "fusion",
                        pointer,
                        "got %s of subject %s, expected a kind of %s"
                                .formatted(name, subject, new TreeSet<>(fit)));
            }
        }
    }

    private void checkStorms(Policy.Storms storms) {
        Duration per = storms.budget().per();
        checkBetween("storms", "/budget/per", per, Duration.ofMinutes(1), LONGEST_WAIT);
        if (storms.budget().reserve().interruptions() >= storms.budget().interruptions()) {
            faults.add(
                    "storms",
                    "/budget/reserve/interruptions",
                    "got %d, expected less than the budget, of which it is a part"
                            .formatted(storms.budget().reserve().interruptions()));
        }
        if (storms.longestMute().compareTo(Mute.MAX_LENGTH) > 0) {
            faults.add(
                    "storms",
                    "/longestMute",
                    "got %d min, expected at most %d h"
                            .formatted(
                                    storms.longestMute().toMinutes(), Mute.MAX_LENGTH.toHours()));
        }
        for (int i = 0; i < storms.inhibitions().size(); i++) {
            Policy.Storms.Inhibition rule = storms.inhibitions().get(i);
            checkPredicate("storms", "/inhibitions/%d/by".formatted(i), rule.by());
            checkPredicate("storms", "/inhibitions/%d/of".formatted(i), rule.of());
        }
    }

    private void checkDevices(Policy.Devices devices) {
        checkAtMost("repeatWithin", devices.repeatWithin(), LONGEST_WINDOW);
        checkAtMost("cancelWithin", devices.cancelWithin(), LONGEST_WINDOW);
        checkAtMost("testFor", devices.testFor(), Duration.ofHours(12));
        checkAtMost("stuck/within", devices.stuck().within(), LONGEST_WINDOW);
        checkAtMost("stuck/quiet", devices.stuck().quiet(), LONGEST_WINDOW);
        checkAtMost("maxDelay", devices.maxDelay(), Duration.ofDays(1));
        if (devices.silentAfter().isZero()) {
            faults.add(
                    "devices", "/silentAfter", "got 0, expected more than the time of a heartbeat");
        }
        if (devices.forgottenAfter().compareTo(devices.silentAfter()) <= 0) {
            faults.add("devices", "/forgottenAfter", "expected more than silentAfter");
        }
        for (int i = 0; i < devices.weeklyTests().size(); i++) {
            if (!devices.weeklyTests().get(i).from().isBefore(devices.weeklyTests().get(i).to())) {
                faults.add(
                        "devices",
                        "/weeklyTests/%d/to".formatted(i),
                        "got %s, expected a time after from"
                                .formatted(devices.weeklyTests().get(i).to()));
            }
        }
    }

    private void checkAtMost(String field, Duration value, Duration max) {
        if (value.compareTo(max) > 0) {
            faults.add(
                    "devices",
                    "/" + field,
                    "got %d min, expected at most %d min"
                            .formatted(value.toMinutes(), max.toMinutes()));
        }
    }

    private void checkWarnings(List<WarningRule> rules) {
        Set<String> before = new HashSet<>();
        for (int i = 0; i < rules.size(); i++) {
            WarningRule rule = rules.get(i);
            if (!before.add(rule.name())) {
                faults.add(
                        "warnings",
                        "/" + i + "/name",
                        "got " + rule.name() + " twice, expected once");
            }
            if (rule.isStateWide() && rule.senders().isEmpty()) {
                faults.add(
                        "warnings",
                        "/" + i + "/senders",
                        "got none for a rule that is stateWide, expected some, because anybody"
                                + " could alarm the whole state");
            }
        }
    }

    private void checkExchange(Policy.Exchange exchange) {
        checkBetween("exchange", "/maxAge", exchange.maxAge(), Duration.ofMinutes(1), OLDEST);
        Set<String> names = new HashSet<>(Set.of(exchange.agency()));
        for (int i = 0; i < exchange.agencies().size(); i++) {
            Policy.Exchange.Agency agency = exchange.agencies().get(i);
            String at = "/agencies/" + i;
            if (!names.add(agency.name())) {
                faults.add(
                        "exchange",
                        at + "/name",
                        "got "
                                + agency.name()
                                + " twice, expected each agency once, and not our own");
            }
            for (int j = 0; j < agency.share().size(); j++) {
                checkSharing(agency.share().get(j), at + "/share/" + j);
            }
            if (agency.trust() != null) {
                checkKnown(agency.trust().kinds().values(), at + "/trust/kinds");
                checkBetween(
                        "exchange",
                        at + "/trust/validFor",
                        agency.trust().validFor(),
                        Duration.ofHours(1),
                        LONGEST_ENTRY);
                if (agency.keys().isEmpty()) {
                    faults.add("exchange", at + "/trust", "expected keys, to verify what it sends");
                }
            }
            checkKeys(agency.keys(), at + "/keys");
        }
    }

    private void checkSharing(Policy.Exchange.SharingRule rule, String at) {
        checkKnown(rule.kinds(), at + "/kinds");
        Set<Detail> fields = rule.fields();
        boolean isExact = fields.containsAll(Set.of(Detail.PLATE, Detail.PLACE, Detail.ROUTE));
        if (fields.contains(Detail.HEADLINE) && (!isExact || rule.gridMetres() > 0)) {
            faults.add(
                    "exchange",
                    at + "/fields",
                    "got HEADLINE, expected it only beside PLATE, PLACE and ROUTE and without a grid,"
                            + " because a sentence can name all of them");
        }
    }

    private void checkKnown(Collection<String> kinds, String at) {
        ifRead(
                policy.kinds(),
                known ->
                        kinds.stream()
                                .filter(kind -> !names(known, Kind::name).contains(kind))
                                .sorted()
                                .forEach(
                                        kind ->
                                                faults.add(
                                                        "exchange",
                                                        at,
                                                        "got "
                                                                + kind
                                                                + ", expected a kind of kinds.yaml")));
    }

    private void checkKeys(List<Policy.Exchange.PublicKey> keys, String at) {
        Set<String> kids = new HashSet<>();
        for (int i = 0; i < keys.size(); i++) {
            if (!kids.add(keys.get(i).kid())) {
                faults.add(
                        "exchange",
                        at + "/" + i + "/kid",
                        "got " + keys.get(i).kid() + " twice, expected once");
            }
            try {
                keys.get(i).key();
            } catch (IllegalArgumentException e) {
                faults.add(
                        "exchange",
                        at + "/" + i,
                        "got " + e.getMessage() + ", expected x and y of a public key");
            }
        }
    }

    private void checkAnnouncements(Policy.Announcements announcements) {
        if (!announcements.drill().toLowerCase(Locale.ROOT).contains("simulacro")) {
            faults.add("announcements", "/drill", "expected a text with the word simulacro");
        }
        Set<String> before = new HashSet<>();
        for (int i = 0; i < announcements.rules().size(); i++) {
            Policy.Announcements.Rule rule = announcements.rules().get(i);
            String pointer = "/rules/%d".formatted(i);
            checkBetween(
                    "announcements",
                    pointer + "/validFor",
                    rule.validFor(),
                    Duration.ofSeconds(1),
                    LONGEST_WAIT);
            for (int j = 0; j < rule.kinds().size(); j++) {
                String kind = rule.kinds().get(j);
                String at = pointer + "/kinds/" + j;
                checkKind("announcements", at, kind, Set.of(Subject.DEVICE));
                if (!before.add(kind)) {
                    faults.add("announcements", at, "got " + kind + " twice, expected once");
                }
                if (rule.radiusMetres() == null
                        && subject(kind) != null
                        && subject(kind) != Subject.WARNING) {
                    faults.add(
                            "announcements",
                            pointer,
                            "got no radiusMetres, expected one for %s, which is at a place"
                                    .formatted(kind));
                }
            }
        }
    }

    private void checkVideoWall(Policy.VideoWall wall) {
        for (String site : wall.panels().keySet()) {
            if (!Topics.QUEUES.containsKey(site)) {
                faults.add(
                        "videowall",
                        "/panels/" + site,
                        "got %s, expected one of %s"
                                .formatted(site, new TreeSet<>(Topics.QUEUES.keySet())));
            }
        }
        if (wall.ahead().metres() < wall.radiusMetres()) {
            faults.add("videowall", "/ahead/metres", "expected at least radiusMetres");
        }
        checkBetween(
                "videowall",
                "/vehicleSeenWithin",
                wall.vehicleSeenWithin(),
                Duration.ofMinutes(1),
                Duration.ofDays(7));
    }

    private void checkDrones(Policy.Drones drones) {
        for (int i = 0; i < drones.kinds().size(); i++) {
            checkKind(
                    "drones",
                    "/kinds/" + i,
                    drones.kinds().get(i),
                    Set.of(Subject.DEVICE, Subject.WARNING));
        }
        checkBetween(
                "drones",
                "/endurance",
                drones.endurance(),
                Duration.ofMinutes(1),
                Duration.ofHours(24));
        checkBetween("drones", "/stay", drones.stay(), Duration.ZERO, drones.endurance());
        checkBetween(
                "drones",
                "/answerWithin",
                drones.answerWithin(),
                Duration.ofSeconds(1),
                LONGEST_WAIT);
        checkBetween(
                "drones",
                "/silentAfter",
                drones.silentAfter(),
                Duration.ofSeconds(1),
                LONGEST_WAIT);
    }

    /**
     * @param without subjects that have no place or are no emergency
     */
    private void checkKind(String file, String pointer, String kind, Set<Subject> without) {
        if (policy.kinds() != null && (subject(kind) == null || without.contains(subject(kind)))) {
            faults.add(
                    file,
                    pointer,
                    "got %s, expected a kind of kinds.yaml whose subject is not %s"
                            .formatted(kind, new TreeSet<>(without)));
        }
    }

    /** Of a kind, or null. */
    private Subject subject(String kind) {
        return policy.kinds() == null
                ? null
                : policy.kinds().stream()
                        .filter(each -> each.name().equals(kind))
                        .map(Kind::subject)
                        .findFirst()
                        .orElse(null);
    }

    private static <T> Set<String> names(List<T> named, Function<T, String> name) {
        return named.stream().map(name).collect(toSet());
    }

    private void checkQuietHours(List<Policy.Routing.QuietHours> quietHours, int never) {
        for (int i = 0; i < quietHours.size(); i++) {
            if (quietHours.get(i).below() > never) {
                faults.add(
                        "routing",
                        "/quietHours/%d/below".formatted(i),
                        "got %d, expected at most %d, from which on nothing is held back"
                                .formatted(quietHours.get(i).below(), never));
            }
        }
    }

    private void checkRouting(Policy.Routing routing) {
        Set<String> sites = new HashSet<>();
        routing.sites().forEach(site -> sites.add(site.name()));
        for (int i = 0; i < routing.sites().size(); i++) {
            Policy.Routing.Site site = routing.sites().get(i);
            if (!Topics.QUEUES.containsKey(site.name())) {
                faults.add(
                        "routing",
                        "/sites/%d/name".formatted(i),
                        "got %s, expected one of %s, which have a topic"
                                .formatted(site.name(), new TreeSet<>(Topics.QUEUES.keySet())));
            }
            if (site.other() != null
                    && (!sites.contains(site.other()) || site.other().equals(site.name()))) {
                faults.add(
                        "routing",
                        "/sites/%d/other".formatted(i),
                        "got " + site.other() + ", expected another site");
            }
        }
        routing.municipalities()
                .forEach(
                        (municipality, site) -> {
                            if (!sites.contains(site)) {
                                faults.add(
                                        "routing",
                                        "/municipalities/" + municipality,
                                        "got " + site + ", expected a site");
                            }
                        });
        ifRead(
                policy.priorities(),
                priorities -> checkQuietHours(routing.quietHours(), priorities.never()));
        for (int i = 0; i < routing.chains().size(); i++) {
            checkPredicate(
                    "routing", "/chains/%d/when".formatted(i), routing.chains().get(i).when());
            List<Policy.Routing.Step> steps = routing.chains().get(i).steps();
            for (int j = 1; j < steps.size(); j++) {
                if (steps.get(j).after().compareTo(steps.get(j - 1).after()) <= 0) {
                    faults.add(
                            "routing",
                            "/chains/%d/steps/%d/after".formatted(i, j),
                            "got %d s, expected more than the step before"
                                    .formatted(steps.get(j).after().toSeconds()));
                }
            }
            if (i < routing.chains().size() - 1
                    && routing.chains().get(i).when().toString().equals("true")) {
                faults.add(
                        "routing",
                        "/chains/%d/when".formatted(i),
                        "got true, expected a condition, because no later chain is ever used");
            }
        }
        if (!routing.chains().get(routing.chains().size() - 1).when().toString().equals("true")) {
            faults.add(
                    "routing",
                    "/chains/%d/when".formatted(routing.chains().size() - 1),
                    "expected true for the last chain, so that every incident has one");
        }
        Policy.Routing.FailOver failOver = routing.failOver();
        checkBetween(
                "routing",
                "/failOver/downAfter",
                failOver.downAfter(),
                Duration.ofSeconds(5),
                LONGEST_WAIT);
        checkBetween(
                "routing",
                "/failOver/backAfter",
                failOver.backAfter(),
                failOver.downAfter(),
                LONGEST_WAIT);
        checkBetween(
                "routing",
                "/acknowledgedFor",
                routing.acknowledgedFor(),
                Duration.ofMinutes(1),
                LONGEST_WAIT);
        checkBetween(
                "routing",
                "/deadlines/register",
                routing.deadlines().register(),
                Duration.ofSeconds(1),
                LONGEST_WAIT);
        if (routing.deadlines().register().compareTo(routing.deadlines().dispatch()) > 0
                || routing.deadlines().dispatch().compareTo(routing.deadlines().onScene()) > 0) {
            faults.add("routing", "/deadlines", "expected register, dispatch and onScene to rise");
        }
    }
}
