package io.atalaya.testutils;

import io.atalaya.contracts.topic.Account;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.embedded.EmbeddedKafka;
import io.atalaya.kafka.ClientFile;
import io.atalaya.kafka.Grants;
import io.atalaya.kafka.TopicCreator;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.security.scram.ScramLoginModule;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A broker with TLS, SCRAM and access control, and with the topics, accounts and grants of an
 * installation. Its key and passwords are new each time; every password begins with {@link
 * #mark()}.
 */
public final class SecuredKafka implements AutoCloseable {
    private static final Duration LOGIN_LIMIT = Duration.ofMinutes(2);
    private static final String ADMINISTRATOR = "administrator";
    private static final int ITERATIONS = 4096;

    /**
     * Only letters and digits, because the metrics reporter replaces other characters in labels.
     */
    private final String mark = "secret" + UUID.randomUUID().toString().replace("-", "");

    private final String storePassword = newPassword();
    private final Path directory;
    private final EmbeddedKafka broker;

    /**
     * Starts the broker.
     *
     * @param directory for keys and settings
     * @param partitions number per topic that may have several
     */
    public SecuredKafka(Path directory, int partitions) throws Exception {
        this.directory = directory;
        makeStores();
        String password = newPassword();
        write(ADMINISTRATOR, password, path(ADMINISTRATOR), store("truststore"), storePassword);
        broker =
                EmbeddedKafka.start(
                        new EmbeddedKafka.Security(
                                settings(password),
                                List.of(
                                        "SCRAM-SHA-512=[name=%s,password=%s]"
                                                .formatted(ADMINISTRATOR, password)),
                                Map.copyOf(
                                        ClientFile.named(path(ADMINISTRATOR).toString())
                                                .values())));
        try (Admin admin = Admin.create(administrator())) {
            TopicCreator.createMissing(admin, Topics.ALL, partitions);
            admin.createAcls(
                            Stream.of(Account.values())
                                    .flatMap(account -> Grants.of(account).stream())
                                    .toList())
                    .all()
                    .get();
        }
        changePasswords(Account.values());
    }

    /** The broker, to create and delete topics. */
    public EmbeddedKafka broker() {
        return broker;
    }

    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** Returns the prefix of every password. */
    public String mark() {
        return mark;
    }

    /** Returns the file with the settings of the account's clients. */
    public Path file(Account account) {
        return path(account.id());
    }

    /** Returns the same settings for a client in this process. */
    public Map<String, Object> client(Account account) {
        return client(file(account));
    }

    /** Returns the same as references to the file, as the scripts have them. */
    public Map<String, Object> references(Account account) {
        Map<String, Object> client = new HashMap<>();
        ClientFile.named(file(account).toString())
                .references()
                .forEach((key, value) -> client.put((String) key, value));
        client.put("bootstrap.servers", bootstrapServers());
        return client;
    }

    /** Returns the settings of a client with all rights. */
    public Map<String, Object> administrator() {
        return client(path(ADMINISTRATOR));
    }

    /** Writes a file of the account with a wrong password. */
    public Path fileWithWrongPassword(Account account) throws IOException {
        Path file = path(account.id() + "-wrong-password");
        write(account.id(), newPassword(), file, store("truststore"), storePassword);
        return file;
    }

    /**
     * Writes a file of the account that trusts only Java's default authorities, and so not this
     * broker.
     */
    public Path fileWithOtherTrust(Account account) throws IOException {
        Path file = path(account.id() + "-other-trust");
        Path trusted = Path.of(System.getProperty("java.home"), "lib", "security", "cacerts");
        write(account.id(), newPassword(), file, trusted, "changeit");
        return file;
    }

    /** Gives the accounts new passwords and writes them to their files. */
    public void changePasswords(Account... accounts) throws Exception {
        List<UserScramCredentialAlteration> changes = new ArrayList<>();
        for (Account account : accounts) {
            String password = newPassword();
            changes.add(
                    new UserScramCredentialUpsertion(
                            account.id(),
                            new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, ITERATIONS),
                            password));
            write(account.id(), password, file(account), store("truststore"), storePassword);
        }
        try (Admin admin = Admin.create(administrator())) {
            admin.alterUserScramCredentials(changes).all().get();
        }
        for (Account account : accounts) {
            awaitLogin(account);
        }
    }

    /** Waits, because the controller answers before the broker applies the new credentials. */
    private void awaitLogin(Account account) throws Exception {
        long end = System.nanoTime() + LOGIN_LIMIT.toNanos();
        while (true) {
            try (Admin admin = Admin.create(client(account))) {
                admin.describeCluster().clusterId().get();
                return;
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof SaslAuthenticationException)
                        || System.nanoTime() > end) {
                    throw e;
                }
                Thread.sleep(50);
            }
        }
    }

    @Override
    public void close() {
        broker.close();
    }

    private Map<String, Object> client(Path file) {
        Map<String, Object> client = new HashMap<>(ClientFile.named(file.toString()).values());
        client.put("bootstrap.servers", bootstrapServers());
        return client;
    }

    private Map<String, String> settings(String password) {
        return Map.ofEntries(
                Map.entry("listener.security.protocol.map", "BROKER:SASL_SSL,CONTROLLER:SSL"),
                Map.entry("sasl.enabled.mechanisms", "SCRAM-SHA-512"),
                Map.entry("sasl.mechanism.inter.broker.protocol", "SCRAM-SHA-512"),
                Map.entry(
                        "listener.name.broker.scram-sha-512.sasl.jaas.config",
                        login(ADMINISTRATOR, password)),
                Map.entry("ssl.keystore.location", store("keystore").toString()),
                Map.entry("ssl.keystore.password", storePassword),
                Map.entry("ssl.truststore.location", store("truststore").toString()),
                Map.entry("ssl.truststore.password", storePassword),
                // The broker is its own controller and authenticates there with its certificate.
                Map.entry("listener.name.controller.ssl.client.auth", "required"),
                Map.entry(
                        "ssl.principal.mapping.rules",
                        "RULE:^CN=localhost$/" + ADMINISTRATOR + "/"),
                Map.entry("authorizer.class.name", StandardAuthorizer.class.getName()),
                Map.entry("super.users", "User:" + ADMINISTRATOR));
    }

    private Path path(String user) {
        return directory.resolve(user + ".properties");
    }

    private Path store(String name) {
        return directory.resolve(name + ".p12");
    }

    private String newPassword() {
        return mark + "-" + UUID.randomUUID();
    }

    private static String login(String user, String password) {
        return "%s required username=\"%s\" password=\"%s\";"
                .formatted(ScramLoginModule.class.getName(), user, password);
    }

    private static void write(
            String user, String password, Path file, Path trusted, String trustedPassword)
            throws IOException {
        Files.write(
                file,
                List.of(
                        "security.protocol=SASL_SSL",
                        "sasl.mechanism=SCRAM-SHA-512",
                        "sasl.jaas.config=" + login(user, password),
                        "ssl.truststore.location=" + trusted,
                        "ssl.truststore.password=" + trustedPassword));
    }

    /**
     * Creates a key with its certificate, and a trust store that contains only that certificate.
     */
    private void makeStores() throws Exception {
        ProcessBuilder keytool =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                        "-genkeypair",
                        "-alias",
                        "broker",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=DNS:localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store("keystore").toString(),
                        "-storepass:env",
                        "STORE_PASSWORD");
        keytool.environment().put("STORE_PASSWORD", storePassword);
        assertThat(keytool.inheritIO().start().waitFor()).as("keytool").isZero();
        char[] password = storePassword.toCharArray();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store("keystore"))) {
            keys.load(in, password);
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, password);
        trusted.setCertificateEntry("broker", keys.getCertificate("broker"));
        try (OutputStream out = Files.newOutputStream(store("truststore"))) {
            trusted.store(out, password);
        }
    }
}
