package io.atalaya.dispatch.incident;

import io.atalaya.dispatch.evidence.Evidence;
import io.atalaya.dispatch.fusion.OperatorAction;

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

    private final Class<?> type;

    Section(Class<?> type) {
        this.type = type;
    }

    Class<?> type() {
        return type;
    }

    /** The form in which a value is kept. */
    public byte[] write(Object value) {
        return StoredValues.write(value, type);
    }

    public Object read(byte[] value) {
        try {
            return StoredValues.read(value, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
