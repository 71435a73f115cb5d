package io.atalaya.bridge.settings;

import io.atalaya.bridge.settings.BridgeSettings.Destination;
import io.atalaya.bridge.settings.BridgeSettings.FormatName;
import io.atalaya.contracts.json.FromText;
import io.atalaya.contracts.json.SchemaFaults;
import io.atalaya.contracts.topic.Topics;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Reads the settings of the bridge, a YAML file, and reports all of its faults at once. */
public final class BridgeFile {
    private static final int MAX_BYTES = 1 << 20;

    private static final JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(
                            SchemaLocation.of("classpath:bridge/bridge.schema.json"),
                            SchemaValidatorsConfig.builder()
                                    .pathType(PathType.JSON_POINTER)
                                    .build());

    private static final SchemaFaults SCHEMA_FAULTS =
            new SchemaFaults("/bridge/bridge.schema.json");

    /**
     * The rest is for what is read, sent and written, and for more than the messages' own bytes.
     */
    private static final int HEAP_PER_WAITING = 3;

    private final Path directory;
    private final long heapBytes;
    private final List<String> faults = new ArrayList<>();

    private BridgeFile(Path directory, long heapBytes) {
        this.directory = directory;
        this.heapBytes = heapBytes;
    }

    /** A file that is rejected; its message has a fault a line, each with its key. */
    public static final class InvalidBridgeFileException extends Exception {
        private static final long serialVersionUID = 1L;

        public InvalidBridgeFileException(List<String> faults) {
            super(String.join("\n", faults));
        }
    }

    /** Reads the file. Whether secrets can be used is for those who use them. */
    public static BridgeSettings read(Path file) throws InvalidBridgeFileException {
        return read(file, Runtime.getRuntime().maxMemory());
    }

    static BridgeSettings read(Path file, long heapBytes) throws InvalidBridgeFileException {
        BridgeFile reader = new BridgeFile(file.toAbsolutePath().getParent(), heapBytes);
        BridgeSettings settings = reader.settings(file);
        if (!reader.faults.isEmpty()) {
            throw new InvalidBridgeFileException(reader.faults);
        }
        return settings;
    }

    private BridgeSettings settings(Path file) {
        JsonNode tree = tree(file);
        if (!faults.isEmpty()) {
            return null;
        }
        Set<String> messages = new TreeSet<>();
        for (ValidationMessage message : SCHEMA.validate(tree)) {
            // Why each of the alternatives does not hold says less than that none does.
            if (!message.getSchemaLocation().toString().contains("/oneOf/")) {
                String pointer = SchemaFaults.pointer(message);
                String at = pointer.isEmpty() ? file + ": " : key(pointer);
                messages.add(at + SCHEMA_FAULTS.text(message, tree.at(pointer)));
            }
        }
        faults.addAll(messages);
        if (!faults.isEmpty()) {
            return null;
        }
        BridgeSettings settings;
        try {
            settings = mapper().convertValue(tree, BridgeSettings.class);
        } catch (IllegalArgumentException e) {
            JsonMappingException cause = (JsonMappingException) e.getCause();
            String pointer =
                    cause.getPath().stream()
                            .map(
                                    each ->
                                            "/"
                                                    + (each.getFieldName() == null
                                                            ? each.getIndex()
                                                            : each.getFieldName()))
                            .collect(Collectors.joining());
            faults.add(
                    "%sgot %s, expected one that can be used (%s)"
                            .formatted(
                                    key(pointer),
                                    shown(tree.at(pointer).asText()),
                                    shown(cause.getOriginalMessage())));
            return null;
        }
        checkNames(settings.destinations());
        checkWaiting(settings.destinations());
        AddressRules rules = addressRules(settings.allow());
        for (int i = 0; i < settings.destinations().size(); i++) {
            Destination each = settings.destinations().get(i);
            String at = "destinations[" + i + "]";
            checkSource(at, each);
            checkUrl(at, each, rules);
            checkFiles(at, each);
        }
        return settings;
    }

    /** The key at a JSON pointer, with a colon; empty for the whole file. */
    private static String key(String pointer) {
        return pointer.isEmpty()
                ? ""
                : pointer.replaceAll("/([0-9]+)", "[$1]").replace('/', '.').substring(1) + ": ";
    }

    private JsonNode tree(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                fault(file.toString(), Files.size(file) + " bytes", "at most " + MAX_BYTES);
                return null;
            }
            return YAMLMapper.builder()
                    .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .build()
                    .readTree(Files.readString(file));
        } catch (NoSuchFileException e) {
            fault(file.toString(), "no such file", "a YAML file");
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            faults.add(file + ":" + line + ": " + e.getOriginalMessage());
        } catch (IOException e) {
            fault(file.toString(), "one that cannot be read: " + e.getMessage(), "a YAML file");
        }
        return null;
    }

    private void checkNames(List<Destination> destinations) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < destinations.size(); i++) {
            if (!names.add(destinations.get(i).name())) {
                fault(
                        "destinations[" + i + "].name",
                        destinations.get(i).name(),
                        "a name that no other destination has");
            }
        }
    }

    /** In an outage of all, each destination keeps as much as it may; all of it must fit. */
    private void checkWaiting(List<Destination> destinations) {
        int sum = destinations.stream().mapToInt(Destination::maxWaitingMegabytes).sum();
        long limit = heapBytes / HEAP_PER_WAITING / BridgeSettings.BYTES_PER_MEGABYTE;
        if (sum > limit) {
            fault(
                    IntStream.range(0, destinations.size())
                            .mapToObj(i -> "destinations[" + i + "].maxWaitingMegabytes")
                            .collect(Collectors.joining(", ")),
                    sum + " in all",
                    "at most " + limit + ", a third of the heap (option -Xmx of Java)");
        }
    }

    private void checkSource(String at, Destination destination) {
        if ((destination.site() == null) == (destination.topic() == null)) {
            fault(at, "both or none of site and topic", "one");
            return;
        }
        if (destination.source() == null) {
            String sites = "one of " + new TreeSet<>(Topics.QUEUES.keySet());
            fault(at + ".site", destination.site(), sites);
            return;
        }
        if (destination.site() == null && destination.format() != FormatName.CLOUDEVENTS) {
            fault(
                    at + ".format",
                    destination.format().name(),
                    "CLOUDEVENTS, for it has no incidents");
        }
        if (destination.awaitAudit() && !Topics.AUDITED.contains(destination.source())) {
            fault(at + ".awaitAudit", "true", "a topic that the notary records");
        }
    }

    private AddressRules addressRules(List<String> allow) {
        List<String> usable = new ArrayList<>();
        for (int i = 0; i < allow.size(); i++) {
            try {
                AddressRules.of(List.of(allow.get(i)));
                usable.add(allow.get(i));
            } catch (IllegalArgumentException e) {
                fault(
                        "allow[" + i + "]",
                        allow.get(i),
                        "a host or a network (" + e.getMessage() + ")");
            }
        }
        return AddressRules.of(usable);
    }

    private void checkUrl(String at, Destination destination, AddressRules rules) {
        boolean isWebhook = destination.webhook() != null;
        String key = at + (isWebhook ? ".webhook.url" : ".amqp.url");
        URI url = destination.url();
        String secure = isWebhook ? "https" : "amqps";
        String plain = isWebhook ? "http" : "amqp";
        if (url.getHost() == null || url.getUserInfo() != null || url.getFragment() != null) {
            fault(key, shown(url.toString()), secure + "://HOST without a user or fragment");
            return;
        }
        boolean isLocal = Set.of("localhost", "127.0.0.1", "[::1]").contains(url.getHost());
        if (!secure.equals(url.getScheme()) && !(isLocal && plain.equals(url.getScheme()))) {
            fault(
                    key,
                    shown(url.toString()),
                    secure + "://; " + plain + ":// only to this machine");
        }
        if (!rules.isListed(url.getHost())) {
            fault(key, url.getHost(), "a host that allow lists");
        }
    }

    /** A text with a URL, without what may be secret: its user, and what follows its path. */
    private static String shown(String text) {
        return text.replaceAll("//.*@", "//…@").replaceAll("[?#].*", "…");
    }

    private void checkFiles(String at, Destination destination) {
        BridgeSettings.Webhook webhook = destination.webhook();
        if (webhook != null) {
            checkFile(at + ".webhook.secretFile", webhook.secretFile());
            checkFile(at + ".webhook.caFile", webhook.caFile());
            checkFile(at + ".webhook.keyStoreFile", webhook.keyStoreFile());
            checkFile(at + ".webhook.keyStorePasswordFile", webhook.keyStorePasswordFile());
        } else {
            checkFile(at + ".amqp.passwordFile", destination.amqp().passwordFile());
            checkFile(at + ".amqp.caFile", destination.amqp().caFile());
            checkFile(at + ".amqp.keyStoreFile", destination.amqp().keyStoreFile());
            checkFile(at + ".amqp.keyStorePasswordFile", destination.amqp().keyStorePasswordFile());
        }
    }

    private void checkFile(String key, Path file) {
        if (file != null && !Files.isReadable(file)) {
            fault(key, file.toString(), "a file that this user can read");
        }
    }

    private void fault(String key, String got, String expected) {
        faults.add(key + ": got " + got + ", expected " + expected);
    }

    private ObjectMapper mapper() {
        SimpleModule module = new SimpleModule();
        module.addDeserializer(Duration.class, FromText.durations());
        module.addDeserializer(URI.class, new FromText<>(URI.class, URI::create));
        // Jackson's own reads a path as a URI.
        module.addDeserializer(Path.class, new FromText<>(Path.class, directory::resolve));
        return new ObjectMapper().registerModule(module);
    }
}
