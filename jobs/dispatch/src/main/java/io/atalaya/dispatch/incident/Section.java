package io.atalaya.dispatch.incident;

import io.atalaya.dispatch.evidence.Evidence;
import io.atalaya.dispatch.fusion.OperatorAction;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.io.UncheckedIOException;

/** What of {@link IncidentEngine} is kept in {@link IncidentStore}. */
public enum Section {
    EVIDENCE(Evidence.class),
    ACTION(OperatorAction.class),
    HANDLING(Handling.class),
    SITE(Sites.Site.class),
    POSITION(Interruptions.Position.class),
    MUTE(Mutes.State.class),
    DEVICE(FalseAlarms.Device.class);

    private static final ObjectMapper JSON =
            new ObjectMapper()
                    .setVisibility(PropertyAccessor.ALL, Visibility.NONE)
                    .setVisibility(PropertyAccessor.FIELD, Visibility.ANY)
                    .setVisibility(PropertyAccessor.CREATOR, Visibility.ANY);

    private final Class<?> type;

    Section(Class<?> type) {
        this.type = type;
    }

    /** The form in which a value is kept. */
    public byte[] write(Object value) {
        try {
            return JSON.writerFor(type).writeValueAsBytes(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Object read(byte[] value) {
        try {
            return JSON.readValue(value, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
