package io.atalaya.contracts.warning;

import io.atalaya.contracts.json.FirstLevelNames;
import io.atalaya.contracts.json.HtmlPage;
import io.atalaya.contracts.json.InvalidRecordException;

import java.util.List;

/** Reads topic {@code public-warnings}: CAP as XML, alone or in an Atom feed, or as JSON. */
public final class WarningCodec {
    private WarningCodec() {}

    /**
     * The warnings of one message.
     *
     * @param usable at least one
     * @param rejected the faults of the other entries of a feed
     */
    public record Warnings(List<PublicWarning> usable, List<InvalidRecordException> rejected) {
        public Warnings {
            usable = List.copyOf(usable);
            rejected = List.copyOf(rejected);
        }
    }

    /**
     * Reads one message.
     *
     * @throws InvalidRecordException if it holds no usable warning
     */
    public static Warnings read(byte[] message) throws InvalidRecordException {
        if (!new FirstLevelNames(message).isXml()) {
            return new Warnings(List.of(PublicWarning.CODEC.read(message)), List.of());
        }
        try {
            return CapXml.read(message);
        } catch (InvalidRecordException unusable) {
            HtmlPage.reject(message, "a CAP alert");
            throw unusable;
        }
    }
}
