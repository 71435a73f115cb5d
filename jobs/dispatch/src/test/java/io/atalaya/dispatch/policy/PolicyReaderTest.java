package io.atalaya.dispatch.policy;

import io.atalaya.dispatch.policy.PolicyReader.Fault;
import io.atalaya.dispatch.policy.PolicyReader.InvalidPolicyException;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class PolicyReaderTest {
    private static final Path DIRECTORY = Path.of("../../policy");

    private static final Pattern ADVICE =
            Pattern.compile("expected|unexpected end|no matching overload|/ by zero");

    private static Map<String, String> shipped;

    @BeforeAll
    static void readTheFiles() throws IOException {
        shipped = PolicyReader.files(DIRECTORY);
    }

    private static List<Fault> faults(Map<String, String> files) {
        InvalidPolicyException rejected =
                catchThrowableOfType(InvalidPolicyException.class, () -> PolicyReader.read(files));
        assertThat(rejected).as("no fault was found").isNotNull();
        return rejected.faults();
    }

    /** The line of the first occurrence of a text, from 1. */
    private static int line(String text, String part) {
        return 1
                + (int)
                        text.substring(0, text.indexOf(part))
                                .chars()
                                .filter(c -> c == '\n')
                                .count();
    }

    @Test
    void theShippedPolicyIsValid() throws Exception {
        Policy policy = PolicyReader.read(DIRECTORY);
        assertThat(policy.kinds()).hasSizeGreaterThan(20);
        assertThat(policy.fusion().nearby()).hasSize(5);
        assertThat(policy.routing().deadlines().register()).hasSeconds(90);
    }

    /** Each mistake is made in the shipped policy by replacing a text. */
    @ParameterizedTest(name = "{index}: {0}, {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    policy     | version: 2026     | version: "20 26 | unexpected end of stream
                    policy     | version:          | versions:       | got no version, expected one
                    policy     | 2026-11-30.1      | a/b             | version: got "a/b", expected up to 40 letters
                    kinds      | priority: 95      | priority: 195   | kidnapping.priority: got 195, expected at most 100
                    kinds      | priority: 95      | priority: high  | kidnapping.priority: got "high", expected a whole number
                    kinds      | subject: VEHICLE  | subject: CAR    | kidnapping.subject: got "CAR", expected one of [PLACE, VEHICLE, DEVICE, WARNING]
                    kinds      | name: nuisance | name: medical | got medical twice, expected once
                    kinds      | alerts: [crowd]   | alerts: [crowds] | got crowds, expected a type of alert
                    kinds      | alerts: [crowd]   | alerts: [wrong-way] | got wrong-way, expected what no other kind has
                    kinds      | cnie: ["7"]       | cnie: ["9"]     | expected the beginning of a code
                    fusion     | metres: 60        | metres: -60     | nearby.0.metres: got -60, expected at least 0
                    fusion     | within: 5 min     | within: 5 minutes | nearby.0.within: got "5 minutes", expected a time in ms, s, min, h or d
                    fusion     | kinds: [panic-button | kinds: [panic-botton | got panic-botton, expected a kind of kinds.yaml
                    fusion     | metres: 60        | meters: 60      | nearby.0.meters: got meters, expected only [kinds, others, metres, within]
                    fusion     | key: cad          | key: phone      | expected one of [plate, entry, device, cad]
                    priorities | never: 90         | never: 99       | never: got 99, expected at most 90
                    priorities | size(sources) >= 2 | size(sources) >= "2" | no matching overload
                    priorities | score < 0.6       | scores < 0.6    | undeclared reference to 'scores', expected one of [kind, sources, score,
                    confirmations | hold: 10 s     | hold: ten s     | 1.hold: got "ten s", expected a time
                    confirmations | premises == "PRISON" | premises     | expected type 'bool'
                    routing    | other: ECATEPEC   | other: TOLUCA   | got TOLUCA, expected another site
                    routing    | name: TOLUCA      | name: LERMA     | got LERMA, expected one of [ECATEPEC, TOLUCA], which have a topic
                    routing    | Toluca: TOLUCA    | Toluca: TOLUCO  | got TOLUCO, expected a site
                    routing    | register: 90 s    | register: 190 s | expected register, dispatch and onScene to rise
                    routing    | after: 30 s       | after: 10 s     | got 10 s, expected more than the step before
                    priorities | size(sources) >= 2 | priority / entryPriority > 1 | / by zero
                    priorities | size(sources) >= 2 | kind.matches("((a{99}){99}){99}") | undeclared reference to 'matches'
                    routing    | when: priority >= 90 | when: "true"  | no later chain is ever used
                    routing    | to: SUPERVISOR    | to: BOSS        | got "BOSS", expected one of [POSITIONS, SUPERVISOR, OTHER_SITE]
                    storms     | interruptions: 10 | interruptions: 0 | budget.interruptions: got 0, expected at least 1
                    storms     | equal: [site, municipality] | equal: [] | equal: got 0, expected at least 1
                    confirmations | hold: 10 s     | hold: 10 h      | 1.hold: got 36000 s, expected 0 to 300 s
                    confirmations | "PRISON"       | "PRISONS"       | 0.when: got premises PRISONS, expected one that the policy has
                    routing    | == "equipment-fault" | == "equipment" | low.when: got kind equipment, expected one that the policy has
                    routing    | downAfter: 15 s   | downAfter: 0 s  | failOver.downAfter: got 0 s, expected 5 to 86400 s
                    routing    | backAfter: 5 min  | backAfter: 1 s  | failOver.backAfter: got 1 s, expected 15 to 86400 s
                    routing    | acknowledgedFor: 10 min | acknowledgedFor: 0 s | acknowledgedFor: got 0 s, expected 60 to 86400 s
                    routing    | below: 30         | below: 95       | quietHours.0.below: got 95, expected at most 90
                    storms     | kind == "crash"   | kind == "crsh"  | traffic-at-a-crash.by: got kind crsh, expected one that the policy has
                    storms     | per: 10 min       | per: 0 s        | budget.per: got 0 s, expected 60 to 86400 s
                    storms     | interruptions: 4  | interruptions: 10 | budget.reserve.interruptions: got 10, expected less than the budget
                    storms     | longestMute: 8 h | longestMute: 12 h | longestMute: got 720 min, expected at most 8 h
                    kinds      | position: medical | position: medics | position: got medics, expected a position of every site; ECATEPEC has
                    kinds      | [ZONE_ALARM,     | [ZONE_ALARMS,   | got ZONE_ALARMS, expected a kind of device event
                    kinds      | warnings: [seismic] | warnings: [sismic] | got sismic, expected a rule of warnings.yaml
                    fusion     | DEVICE: {metres: 1000, within: 24 h} | DEVICES: {metres: 1, within: 24 h} | extents
                    fusion     | [kidnapping,     | [panic-button,  | links.0.kinds: got panic-button of subject PLACE, expected a kind of [VEHICLE]
                    fusion     | - kinds: [crash, road-hazard] | - kinds: [equipment-fault] | got equipment-fault of subject DEVICE, expected a kind of [VEHICLE, PLACE]
                    routing    | acknowledgedFor: 10 min | acknowledgedFor: long | acknowledgedFor: got "long", expected a time
                    devices    | presses: 20      | presses: 2      | stuck.presses: got 2, expected at least 3
                    devices    | repeatWithin: 2 min | repeatWithin: 2 h | repeatWithin: got 120 min, expected at most 60 min
                    devices    | weeklyTests: []  | weeklyTests: [{day: MONDAY, from: "10:00", to: "09:00"}] | weeklyTests.0.to: got 09:00, expected a time after from
                    devices    | silentAfter: 10 min | silentAfter: 0 min | got 0, expected more
                    devices    | forgottenAfter: 30 d | forgottenAfter: 1 min | forgottenAfter: expected more than silentAfter
                    warnings   | severities: [Extreme, Severe] | severities: [Severest] | seismic.severities.0: got "Severest", expected one of [Extreme
                    warnings   | senders: [cires.org.mx, sasmex.net] | senders: [] | senders: got none for a rule that is stateWide, expected some
                    warnings   | sasmex.net]      | "sasmex net"]   | senders.1: got "sasmex net", expected a sender without spaces
                    exchange   | maxAge: 24 h     | maxAge: 24      | maxAge: got 24, expected
                    exchange   | maxAge: 24 h     | maxAge: 49 h    | maxAge: got 176400 s, expected 60 to 172800 s
                    exchange   | agency: c5.edomex.example | agency: C5 | agency: got "C5", expected a name such as c5.cdmx.gob.mx
                    exchange   | agencies: []     | agencies: [{name: c5.edomex.example}] | c5.edomex.example.name: got c5.edomex.example twice
                    exchange   | agencies: []     | agencies: [{name: a, share: [{kinds: [theft], fromPriority: 0, fields: []}]}] | kinds: got theft, expected a kind of kinds.yaml
                    exchange   | agencies: []     | agencies: [{name: a, share: [{kinds: [crash], fromPriority: 0, fields: [HEADLINE, PLACE]}]}] | fields: got HEADLINE, expected it only beside
                    exchange   | agencies: []     | agencies: [{name: a, share: [{kinds: [crash], fromPriority: 0, statuses: [CLOSED], fields: []}]}] | statuses.0: got "CLOSED", expected one of
                    exchange   | agencies: []     | agencies: [{name: a, trust: {maxPriority: 1, validFor: 1 d}}] | trust: expected keys
                    exchange   | agencies: []     | agencies: [{name: a, trust: {kinds: {x: theft}, maxPriority: 1, validFor: 900 d}, keys: [{kty: EC, crv: P-256, kid: k, x: MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4, y: 4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM}]}] | validFor: got 77760000 s, expected
                    exchange   | agencies: []     | agencies: [{name: a, keys: [{kty: EC, crv: P-256, kid: k, x: 4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM, y: 4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM}]}] | got no point of curve P-256, expected x and y of a public key
                    exchange   | agencies: []     | agencies: [{name: a, keys: [{kty: EC, crv: P-256, kid: k, d: secret, x: a, y: a}]}] | d: got d, expected only
                    announcements | "Simulacro, esto es un simulacro." | "Atención." | drill: expected a text with the word simulacro
                    announcements | kinds: [drill] | kinds: [dril]   | got dril, expected a kind of kinds.yaml
                    announcements | kinds: [drill] | kinds: [equipment-fault] | got equipment-fault, expected a kind of kinds.yaml whose subject is not [DEVICE]
                    announcements | kinds: [drill] | kinds: [seismic-warning] | got seismic-warning twice, expected once
                    announcements | radiusMetres: 300 | drillClip: x | got no radiusMetres, expected one for civil-protection
                    announcements | validFor: 60 s | validFor: 60 d  | validFor: got 5184000 s, expected 1 to 86400 s
                    announcements | whenAccepted: true | whenAccept: true | got whenAccept, expected only [
                    videowall  | TOLUCA: 6         | TOLUCO: 6       | panels.TOLUCO: got TOLUCO, expected one of [ECATEPEC, TOLUCA]
                    videowall  | metres: 3000      | metres: 300     | ahead.metres: expected at least radiusMetres
                    videowall  | margin: 0.25      | margin: -1      | margin: got -1, expected at least 0
                    drones     | [kidnapping,      | [kidnaping,     | kinds.0: got kidnaping, expected a kind of kinds.yaml
                    drones     | answerWithin: 2 min | answerWithin: 2 d | answerWithin: got 172800 s, expected 1 to 86400 s
                    drones     | stay: 5 min       | stay: 50 min    | stay: got 3000 s, expected 0 to 1800 s
                    """)
    void namesFileAndLineOfEachMistake(String file, String good, String bad, String message) {
        Map<String, String> files = new TreeMap<>(shipped);
        String text = files.get(file);
        assertThat(text).contains(good);
        files.put(file, text.replaceFirst(Pattern.quote(good), bad));

        List<Fault> faults = faults(files);

        assertThat(faults).allMatch(fault -> fault.file().equals(file + ".yaml"));
        assertThat(faults).extracting(Fault::toString).anyMatch(each -> each.contains(message));
        assertThat(faults).anyMatch(fault -> Math.abs(fault.line() - line(text, good)) <= 1);
        // Each says what to do.
        assertThat(faults).extracting(Fault::text).allMatch(each -> ADVICE.matcher(each).find());
    }

    @Test
    void rejectsMisspeltFiles(@TempDir Path directory) throws IOException {
        for (String file : List.of("municipality.geojson", "kind.yml", "README.md")) {
            Files.writeString(directory.resolve(file), "x");
        }
        Map<String, String> files = new TreeMap<>(shipped);
        files.putAll(PolicyReader.files(directory));

        assertThat(faults(files))
                .extracting(Fault::file)
                .containsExactly("kind.yml", "municipality.geojson");
        assertThat(faults(files).get(0).text()).contains("kinds.yaml", "municipalities.geojson");
    }

    @Test
    void requiresAKindForWhatNoOtherNames() {
        Map<String, String> files = new TreeMap<>(shipped);
        files.put("kinds", files.get("kinds").replace("name: other", "name: others"));

        assertThat(faults(files))
                .extracting(Fault::text)
                .containsExactly("got no kind other, expected one, for what no other kind names");
    }

    @Test
    void rejectsToHoldBackWhatIsGrave() {
        Map<String, String> files = new TreeMap<>(shipped);
        files.put(
                "kinds",
                files.get("kinds")
                        .replaceFirst("priority: 95", "priority: 95\n  dispatched: false"));

        assertThat(faults(files))
                .extracting(Fault::toString)
                .containsExactly(
                        "kinds.yaml:9: kidnapping.dispatched: got false, expected true for a kind of priority"
                                + " 90, from which on nothing is held back");
    }

    @Test
    void rejectsTwoWarningRulesOfOneName() {
        Map<String, String> files = new TreeMap<>(shipped);
        String rules = files.get("warnings");
        files.put("warnings", rules + "- name: seismic\n  validFor: 1 h\n");

        assertThat(faults(files))
                .extracting(Fault::toString)
                .containsExactly(
                        "warnings.yaml:%d: seismic.name: got seismic twice, expected once"
                                .formatted(rules.lines().count() + 1));
    }

    @Test
    void reportsAllFaultsOfAllFilesAtOnce() {
        Map<String, String> files = new TreeMap<>(shipped);
        files.remove("storms");
        files.put("fusion", files.get("fusion").replaceFirst("metres: 100", "metres: far"));
        files.put("priorities", files.get("priorities").replace("score < 0.6", "score <"));

        assertThat(faults(files))
                .extracting(Fault::file)
                .containsExactly("fusion.yaml", "priorities.yaml", "storms.yaml");
    }

    /** What only a file with faults of its own could show is left out. */
    @Test
    void aFaultOfOneFileHidesNoneOfTheOthers() {
        Map<String, String> files = new TreeMap<>(shipped);
        files.replaceAll(
                (name, text) ->
                        text.replace("alerts: [crowd]", "alerts: [crowds]")
                                .replace("other: ECATEPEC", "other: TOLUCA")
                                .replace("kinds: [panic-button", "kinds: [panic-botton")
                                .replace("hold: 10 s", "hold: 10 h")
                                .replace("premises == \"PRISON\"", "kind == \"prison\"")
                                .replace("longestMute: 8 h", "longestMute: 12 h")
                                .replace("severities: [Extreme", "severities: [Extremest"));

        assertThat(faults(files))
                .extracting(fault -> fault.file() + " " + fault.text())
                .hasSize(8)
                .anyMatch(each -> each.startsWith("confirmations.yaml 1.hold: got 36000 s"))
                .anyMatch(each -> each.startsWith("confirmations.yaml 0.when: got kind prison"))
                .anyMatch(each -> each.startsWith("fusion.yaml nearby.1.kinds: got panic-botton"))
                .anyMatch(each -> each.startsWith("kinds.yaml crowd.alerts.0: got crowds"))
                .anyMatch(each -> each.startsWith("routing.yaml sites.TOLUCA.other: got TOLUCA"))
                .anyMatch(each -> each.startsWith("storms.yaml longestMute: got 720 min"))
                .anyMatch(each -> each.startsWith("warnings.yaml seismic.severities.0: got "));
    }

    /** Each file in turn cannot be read, and none of the others is to blame for it. */
    @Test
    void aFileWithFaultsCausesNoFaultOfAnother() {
        for (String broken : shipped.keySet()) {
            Map<String, String> files = new TreeMap<>(shipped);
            files.put(broken, "[");
            assertThat(faults(files))
                    .extracting(Fault::file)
                    .allMatch(file -> file.startsWith(broken));
        }
    }
}
