package io.atalaya.contracts.plate.adapter;

import io.atalaya.contracts.plate.PlateReadCodec;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Builds ids of reads from the vendor's data, so that a second delivery has the same id. */
public final class ReadId {
    private ReadId() {}

    /** Joins the parts with {@code /}, without those that are null or empty. */
    public static String of(Object... parts) {
        String joined =
                Stream.of(parts)
                        .filter(Objects::nonNull)
                        .map(Object::toString)
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining("/"));
        return joined.length() <= PlateReadCodec.MAX_ID
                ? joined
                : UUID.nameUUIDFromBytes(joined.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
