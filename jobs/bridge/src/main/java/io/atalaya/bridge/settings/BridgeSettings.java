package io.atalaya.bridge.settings;

import io.atalaya.contracts.topic.Topics;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * The settings of the bridge, as its file has them. {@code bridge.schema.json} describes them.
 *
 * @param allow hosts and networks to which messages may go
 */
public record BridgeSettings(String sender, List<String> allow, List<Destination> destinations) {
    public static final long BYTES_PER_MEGABYTE = 1 << 20;

    /**
     * A far end: exactly one of {@code webhook} and {@code amqp} is set.
     *
     * @param site whose queue it receives, or null
     * @param topic that it receives where it has no site
     */
    public record Destination(
            String name,
            String site,
            String topic,
            FormatName format,
            List<String> audience,
            Duration timeout,
            Integer maxInFlight,
            Integer maxWaitingMegabytes,
            Duration expireAfter,
            boolean awaitAudit,
            Webhook webhook,
            Amqp amqp) {

        public Destination {
            format = Objects.requireNonNullElse(format, FormatName.CLOUDEVENTS);
            audience = audience == null ? List.of() : List.copyOf(audience);
            timeout = Objects.requireNonNullElse(timeout, Duration.ofSeconds(10));
            maxInFlight = Objects.requireNonNullElse(maxInFlight, 8);
            maxWaitingMegabytes = Objects.requireNonNullElse(maxWaitingMegabytes, 64);
            expireAfter = Objects.requireNonNullElse(expireAfter, Duration.ofHours(24));
        }

        /** The topic whose messages it receives. */
        public String source() {
            return topic == null ? Topics.QUEUES.get(site) : topic;
        }

        public URI url() {
            return webhook == null ? amqp.url : webhook.url;
        }
    }

    /** The forms in which an incident is sent. */
    public enum FormatName {
        CLOUDEVENTS,
        EIDO,
        CAP
    }

    /**
     * A receiver of Standard Webhooks.
     *
     * @param caFile or null for the certificates that Java trusts
     * @param keyStoreFile or null without a certificate of our own
     */
    public record Webhook(
            URI url, Path secretFile, Path caFile, Path keyStoreFile, Path keyStorePasswordFile) {}

    /**
     * A queue or exchange of a broker that speaks AMQP 1.0.
     *
     * @param user or null for a login by the certificate, or an anonymous one
     * @param caFile or null for the certificates that Java trusts
     * @param keyStoreFile or null without a certificate of our own
     */
    public record Amqp(
            URI url,
            String address,
            String user,
            Path passwordFile,
            Path caFile,
            Path keyStoreFile,
            Path keyStorePasswordFile) {}
}
