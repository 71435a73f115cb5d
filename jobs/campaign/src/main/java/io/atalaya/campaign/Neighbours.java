package io.atalaya.campaign;

import io.atalaya.dispatch.policy.PolicyReader;
import io.atalaya.simulator.dispatch.OtherAgency;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;

/**
 * The policy of the worlds: the shipped one, which also shares with another agency and trusts it.
 */
final class Neighbours {
    private static final Path KEY = keyFile();
    private static final Map<String, String> FILES = files();
    private static final Path DIRECTORY = directory();

    private Neighbours() {}

    /** The options of dispatch. */
    static Map<String, String> options() {
        return Map.of(
                "policy.directory", DIRECTORY.toString(), "exchange.key-file", KEY.toString());
    }

    /** By their names. */
    static Map<String, String> policy() {
        return FILES;
    }

    private static Map<String, String> files() {
        try {
            Map<String, String> files = new TreeMap<>(PolicyReader.shippedFiles());
            files.put(
                    "exchange",
                    new OtherAgency()
                            .policy()
                            .replace("validFor: 30 d", "validFor: 1 d")
                            .replace(
                                    "    trust:",
                                    "    share: [{kinds: [stolen-vehicle, security, panic-button, crash, kidnapping],"
                                            + " fromPriority: 0, fields: [PLATE, PLACE, ROUTE, HEADLINE]}]\n    trust:"));
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException("the policy of the job", e);
        }
    }

    private static Path directory() {
        try {
            Path directory = Files.createTempDirectory("campaign-policy");
            for (Map.Entry<String, String> file : FILES.entrySet()) {
                String name =
                        file.getKey()
                                + (file.getKey().contains("municipalities") ? ".geojson" : ".yaml");
                Path path = Files.writeString(directory.resolve(name), file.getValue());
                path.toFile().deleteOnExit();
            }
            directory.toFile().deleteOnExit();
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException("writing the policy", e);
        }
    }

    private static Path keyFile() {
        try {
            Path file =
                    Files.createTempFile(
                            "campaign",
                            ".jwk",
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------")));
            file.toFile().deleteOnExit();
            return Files.writeString(
                    file,
                    new ECKeyGenerator(Curve.P_256).keyID("campaign").generate().toJSONString());
        } catch (IOException e) {
            throw new UncheckedIOException("writing a key", e);
        } catch (JOSEException e) {
            throw new IllegalStateException("ES256 in the library", e);
        }
    }
}
