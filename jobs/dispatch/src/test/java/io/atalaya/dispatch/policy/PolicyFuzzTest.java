package io.atalaya.dispatch.policy;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.dispatch.TestPolicy;
import io.atalaya.dispatch.exchange.AgencyLog;
import io.atalaya.dispatch.exchange.NationalReader;
import io.atalaya.dispatch.policy.PolicyReader.Fault;
import io.atalaya.dispatch.policy.PolicyReader.InvalidPolicyException;
import io.atalaya.dispatch.policy.YamlFile.SyntaxException;
import io.atalaya.fuzzing.FuzzTarget;
import io.atalaya.fuzzing.FuzzTest;

import com.fasterxml.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The files of a policy, which come from topic {@code policy} as well, and the messages that it
 * trusts.
 */
class PolicyFuzzTest extends FuzzTest {
    private static final Path DIRECTORY = Path.of("../../policy");

    private static final Path SAMPLES = Path.of("../../docs/samples");

    /** Trusts the sender of the sample. */
    private static final NationalReader AGENCIES = agencies();

    /** Schemas and predicates are compiled for each input. */
    private static final int HEAP_PER_BYTE = 20_000;

    /** A rejection with its first fault, because all of them are longer than a header may be. */
    private static final class RejectedException extends Exception {
        private static final long serialVersionUID = 1L;

        RejectedException(String fault) {
            super(fault);
        }
    }

    @Override
    public List<FuzzTarget<?>> targets() {
        return List.of(
                new FuzzTarget<>(
                        "policy-file",
                        PolicyFuzzTest::file,
                        RejectedException.class,
                        PolicyFuzzTest::readWithTheOthers,
                        PolicyFuzzTest::namedFiles,
                        HEAP_PER_BYTE),
                new FuzzTarget<>(
                        "policy-predicate",
                        PolicyFuzzTest::predicate,
                        RejectedException.class,
                        predicate -> assertThat(predicate.toString()).isNotEmpty(),
                        PolicyFuzzTest::predicates,
                        HEAP_PER_BYTE),
                new FuzzTarget<>(
                        "municipalities",
                        PolicyFuzzTest::municipalities,
                        RejectedException.class,
                        file -> assertThat(file.polygons()).isNotNull(),
                        PolicyFuzzTest::polygons),
                new FuzzTarget<>(
                        "national-inbound",
                        PolicyFuzzTest::national,
                        InvalidRecordException.class,
                        log -> assertThat(log.state().messages()).hasSize(1),
                        PolicyFuzzTest::messages));
    }

    private static String text(byte[] input) {
        return new String(input, StandardCharsets.UTF_8);
    }

    /** One file of a policy: its name, a line break, its content. */
    private static Map<String, String> file(byte[] input) throws RejectedException {
        String text = text(input);
        int end = Math.max(0, text.indexOf('\n'));
        Map<String, String> file = Map.of(text.substring(0, end), text.substring(end));
        try {
            PolicyReader.read(file);
            return file;
        } catch (InvalidPolicyException e) {
            for (Fault fault : e.faults()) {
                if (!fault.text().startsWith("missing: ")) {
                    throw new RejectedException(fault.toString());
                }
            }
            return file;
        }
    }

    /** It may still contradict the other files of the shipped policy. */
    private static void readWithTheOthers(Map<String, String> file) throws IOException {
        Map<String, String> files = new TreeMap<>(PolicyReader.files(DIRECTORY));
        files.putAll(file);
        try {
            assertThat(PolicyReader.read(files).kinds()).isNotEmpty();
        } catch (InvalidPolicyException e) {
            assertThat(e.faults()).isNotEmpty();
        }
    }

    private static Predicate predicate(byte[] input) throws RejectedException {
        try {
            Predicate predicate = Predicate.of(text(input));
            predicate.tryExtremes();
            return predicate;
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new RejectedException(new Fault("", 1, e.getMessage()).text());
        }
    }

    private static MunicipalityFile municipalities(byte[] input) throws RejectedException {
        MunicipalityFile file = MunicipalityFile.read(text(input), null);
        if (!file.faults().isEmpty()) {
            throw new RejectedException(file.faults().get(0).toString());
        }
        return file;
    }

    private static AgencyLog national(byte[] input) throws InvalidRecordException {
        RawRecord record =
                new RawRecord(
                        Topics.NATIONAL_INBOUND,
                        0,
                        0,
                        1_783_684_800_000L,
                        "c5.edomex.example".getBytes(StandardCharsets.UTF_8),
                        input,
                        List.of());
        AgencyLog log = new AgencyLog();
        AGENCIES.read(record, agency -> log);
        return log;
    }

    private static List<byte[]> messages() throws IOException {
        return List.of(Files.readAllBytes(SAMPLES.resolve("national-exchange.json")));
    }

    private static NationalReader agencies() {
        try {
            return new NationalReader(
                    TestPolicy.with(
                            "exchange",
                            null,
                            "agency: c5.cdmx.example\nmaxAge: 24 h\nagencies: [{name: c5.edomex.example,"
                                    + " trust: {kinds: {stolen-vehicle: stolen-vehicle}, maxPriority: 1, validFor: 1 d}, keys: ["
                                    + Files.readString(SAMPLES.resolve("national-exchange.jwk"))
                                            .strip()
                                    + "]}]"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<byte[]> namedFiles() throws IOException {
        List<byte[]> inputs = new ArrayList<>();
        PolicyReader.files(DIRECTORY)
                .forEach(
                        (name, text) ->
                                inputs.add((name + "\n" + text).getBytes(StandardCharsets.UTF_8)));
        return inputs;
    }

    /** The predicates of the shipped policy, and what costs most. */
    private static List<byte[]> predicates() throws IOException, SyntaxException {
        List<String> all =
                new ArrayList<>(
                        List.of(
                                "kind.matches('^(a+)+$') || '"
                                        + "a".repeat(900)
                                        + "b'.matches('^(a+)+$')",
                                "'x'.matches('((a{100}){100}){100}')",
                                "sources.all(a, sources.exists(b, sources.map(c, c + b).size() > 1))",
                                "[1,2,3,4,5,6,7,8,9].all(a, [1,2,3,4,5,6,7,8,9].all(b, [1,2,3,4,5,6,7,8,9].all(c, true)))",
                                "dyn(priority)",
                                "1 / priority > 0",
                                "{'a': [1.0, 2.5]}['a'][1] > score && !isDuress",
                                "timestamp('2026-01-01T00:00:00Z').getHours() == hour",
                                "duration('1h') > duration('3600s') ? true : string(1u) == '1'"));
        for (String text : PolicyReader.files(DIRECTORY).values()) {
            JsonNode tree = YamlFile.parse(text).tree();
            for (String name : List.of("when", "by", "of")) {
                all.addAll(tree.findValuesAsText(name));
            }
        }
        return all.stream().map(each -> each.getBytes(StandardCharsets.UTF_8)).toList();
    }

    private static List<byte[]> polygons() {
        String ring = "[[[-99.8,19.2],[-99.6,19.2],[-99.6,19.4],[-99.8,19.2]]]";
        String feature =
                "{\"type\":\"Feature\",\"properties\":{\"name\":\"%s\"},\"geometry\":{\"type\":\"%s\",\"coordinates\":%s}}";
        return List.of(
                ("{\"type\":\"FeatureCollection\",\"features\":["
                                + feature.formatted("Toluca", "Polygon", ring)
                                + ",\n"
                                + feature.formatted("Lerma", "MultiPolygon", "[" + ring + "]")
                                + "]}")
                        .getBytes(StandardCharsets.UTF_8));
    }
}
