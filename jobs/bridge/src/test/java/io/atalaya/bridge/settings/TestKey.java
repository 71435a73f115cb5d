package io.atalaya.bridge.settings;

import javax.net.ssl.SSLContext;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A key of {@code cad} at 127.0.0.1, which both ends of a connection use, and whose CA they trust.
 */
public final class TestKey {
    public static final String PASSWORD = "only-a-test";

    private static final String ALIAS = "cad";

    private static TestKey made;

    private final Path directory;

    private TestKey(Path directory) {
        this.directory = directory;
    }

    /** The one of all tests, because it takes a while to make. */
    public static synchronized TestKey get() throws Exception {
        if (made == null) {
            made = make(Files.createTempDirectory(Path.of("target"), "key"));
        }
        return made;
    }

    private static TestKey make(Path directory) throws Exception {
        TestKey key = new TestKey(directory);
        Path both = directory.resolve("both.p12");
        keytool(both, "-alias", "ca", "-dname", "CN=ca", "-ext", "bc:c");
        keytool(
                both,
                "-alias",
                ALIAS,
                "-dname",
                "CN=" + ALIAS,
                "-signer",
                "ca",
                "-ext",
                "SAN=ip:127.0.0.1");
        char[] password = PASSWORD.toCharArray();
        KeyStore keys = KeyStore.getInstance(both.toFile(), password);
        Key secret = keys.getKey(ALIAS, password);
        Certificate[] chain = keys.getCertificateChain(ALIAS);
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        own.setKeyEntry(ALIAS, secret, password, chain);
        try (OutputStream out = Files.newOutputStream(key.store())) {
            own.store(out, password);
        }
        Files.writeString(key.passwordFile(), PASSWORD + "\n");
        pem(key.authority(), "CERTIFICATE", chain[1].getEncoded());
        pem(key.certificate(), "CERTIFICATE", chain[0].getEncoded());
        pem(key.privateKey(), "PRIVATE KEY", secret.getEncoded());
        return key;
    }

    private static void keytool(Path store, String... options) throws Exception {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-keyalg",
                                "EC",
                                "-storetype",
                                "PKCS12",
                                "-keystore",
                                store.toString(),
                                "-storepass:env",
                                "STORE_PASSWORD"));
        command.addAll(List.of(options));
        ProcessBuilder keytool = new ProcessBuilder(command);
        keytool.environment().put("STORE_PASSWORD", PASSWORD);
        keytool.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        assertThat(keytool.start().waitFor()).as("keytool").isZero();
    }

    private static void pem(Path file, String label, byte[] content) throws IOException {
        Files.writeString(
                file,
                "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                        .formatted(label, Base64.getMimeEncoder().encodeToString(content), label));
    }

    /** PKCS 12. */
    public Path store() {
        return directory.resolve("cad.p12");
    }

    public Path passwordFile() {
        return directory.resolve("cad.password");
    }

    /** Who has signed the certificate, PEM. */
    public Path authority() {
        return directory.resolve("ca.crt");
    }

    /** PEM. */
    public Path certificate() {
        return directory.resolve("cad.crt");
    }

    /** PEM. */
    public Path privateKey() {
        return directory.resolve("cad.key");
    }

    /** Of an end that has the key and trusts the certificate. */
    public SSLContext context() throws IOException {
        return Tls.context(authority(), store(), passwordFile());
    }
}
