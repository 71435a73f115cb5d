package io.atalaya.kafka;

import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.provider.FileConfigProvider;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

import javax.security.auth.login.AppConfigurationEntry;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A Java properties file with the settings that all clients of a broker share: TLS, SASL,
 * time-outs. It holds secrets, so messages omit the values of {@code sasl.jaas.config} and of
 * passwords.
 */
public final class ClientFile {
    private static final String PROVIDER = "atalaya";

    private final Path path;
    private final Map<String, String> values;

    private ClientFile(Path path, Map<String, String> values) {
        this.path = path;
        this.values = values;
    }

    /**
     * Reads the file.
     *
     * @param name its path; a blank one means no settings
     * @throws IllegalArgumentException if the file cannot be read, with the reason
     */
    public static ClientFile named(String name) {
        Path path = Path.of(name).toAbsolutePath().normalize();
        if (name.isBlank()) {
            return new ClientFile(path, Map.of());
        }
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(path)) {
            properties.load(in);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("there is no " + path, e);
        } catch (AccessDeniedException e) {
            throw new IllegalArgumentException(
                    "user " + System.getProperty("user.name") + " may not read " + path, e);
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException(path + " cannot be read: " + e, e);
        }
        Map<String, String> values = new TreeMap<>();
        properties
                .stringPropertyNames()
                .forEach(key -> values.put(key, properties.getProperty(key)));
        return new ClientFile(path, values);
    }

    /** The settings, including secrets. */
    public Map<String, String> values() {
        return values;
    }

    /**
     * A reference to each setting, which Kafka's clients resolve when they are created. This keeps
     * secrets out of what is sent to a cluster, and a client that starts later reads a new
     * password.
     */
    public Properties references() {
        Properties references = new Properties();
        if (values.isEmpty()) {
            return references;
        }
        references.put(AdminClientConfig.CONFIG_PROVIDERS_CONFIG, PROVIDER);
        references.put(
                AdminClientConfig.CONFIG_PROVIDERS_CONFIG + "." + PROVIDER + ".class",
                FileConfigProvider.class.getName());
        values.keySet()
                .forEach(
                        key -> references.put(key, "${" + PROVIDER + ":" + path + ":" + key + "}"));
        return references;
    }

    /**
     * All faults, each naming its key.
     *
     * @param set keys that are set elsewhere and so must not be in the file
     */
    public List<String> faults(Set<String> set) {
        List<String> faults = new ArrayList<>();
        if (path.toString().matches(".*[:}].*")) {
            faults.add("its path: expected one without ':' and '}', which end a reference to it");
        }
        Set<String> known = knownKeys();
        known.removeAll(set);
        for (String key : values.keySet()) {
            if (!known.contains(key)) {
                faults.add(
                        key
                                + ": unknown key, expected a setting of Kafka's admin client, such as those of"
                                + " TLS, SASL and time-outs");
            }
        }
        for (ConfigValue value : AdminClientConfig.configDef().validate(values)) {
            if (values.containsKey(value.name()) && !value.errorMessages().isEmpty()) {
                faults.add(value.name() + ": " + value.errorMessages().get(0));
            }
        }
        String protocol =
                values.getOrDefault(
                                CommonClientConfigs.SECURITY_PROTOCOL_CONFIG,
                                CommonClientConfigs.DEFAULT_SECURITY_PROTOCOL)
                        .toUpperCase(Locale.ROOT);
        check(protocol.startsWith("SASL_"), "sasl.", "SASL_SSL or SASL_PLAINTEXT", faults);
        check(protocol.endsWith("SSL"), "ssl.", "SASL_SSL or SSL", faults);
        if (protocol.startsWith("SASL_")) {
            checkLogin(faults);
        }
        if (protocol.endsWith("SSL")) {
            checkStore("ssl.truststore.", SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG, faults);
            checkStore("ssl.key", SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG, faults);
        }
        return faults;
    }

    /** The settings of an admin client, which has those that do not concern reading or writing. */
    private static Set<String> knownKeys() {
        Set<String> known = new TreeSet<>(AdminClientConfig.configNames());
        // A client resolves references only once, so a reference in the file would stay unresolved.
        known.remove(AdminClientConfig.CONFIG_PROVIDERS_CONFIG);
        known.remove(AdminClientConfig.BOOTSTRAP_CONTROLLERS_CONFIG);
        known.remove(AdminClientConfig.CLIENT_ID_CONFIG);
        return known;
    }

    /** Rejects settings that the protocol does not use, because they would give false security. */
    private void check(boolean used, String prefix, String expected, List<String> faults) {
        Optional<String> key =
                values.keySet().stream().filter(k -> k.startsWith(prefix)).findFirst();
        if (!used && key.isPresent()) {
            faults.add(
                    fault(
                            CommonClientConfigs.SECURITY_PROTOCOL_CONFIG,
                            expected + ", because " + key.get() + " is set"));
        }
    }

    private void checkLogin(List<String> faults) {
        if (!values.containsKey(SaslConfigs.SASL_MECHANISM)) {
            faults.add(fault(SaslConfigs.SASL_MECHANISM, "the broker's, such as SCRAM-SHA-512"));
        }
        String login = values.get(SaslConfigs.SASL_JAAS_CONFIG);
        if (login == null || !isLogin(login)) {
            faults.add(
                    SaslConfigs.SASL_JAAS_CONFIG
                            + ": got "
                            + (login == null ? "nothing" : "what is no login (not shown)")
                            + ", expected CLASS required username=\"…\" password=\"…\"; where CLASS"
                            + " is the mechanism's login module, such as"
                            + " org.apache.kafka.common.security.scram.ScramLoginModule");
        }
    }

    private static boolean isLogin(String login) {
        try {
            List<AppConfigurationEntry> entries =
                    JaasContext.loadClientContext(
                                    Map.of(SaslConfigs.SASL_JAAS_CONFIG, new Password(login)))
                            .configurationEntries();
            for (AppConfigurationEntry entry : entries) {
                String module = entry.getLoginModuleName();
                Class.forName(module, false, ClientFile.class.getClassLoader());
                if (module.endsWith(".ScramLoginModule") || module.endsWith(".PlainLoginModule")) {
                    Object username = entry.getOptions().get("username");
                    Object password = entry.getOptions().get("password");
                    if (username == null || password == null) {
                        return false;
                    }
                }
            }
            return true;
        } catch (IllegalArgumentException | ClassNotFoundException e) {
            return false;
        }
    }

    /** Loads a store in the same way as Kafka's clients. */
    private void checkStore(String prefix, String locationKey, List<String> faults) {
        if (values.containsKey(SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG)) {
            return;
        }
        Map<String, String> store =
                values.entrySet().stream()
                        .filter(each -> each.getKey().startsWith(prefix))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
            factory.configure(new ConfigDef().withClientSslSupport().parse(store));
        } catch (KafkaException e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            faults.add(fault(locationKey, "a store that can be loaded (" + cause + ")"));
        }
    }

    private String fault(String key, String expected) {
        String value = values.get(key);
        return key
                + ": got "
                + (value == null ? "nothing" : "'" + value + "'")
                + ", expected "
                + expected;
    }
}
