package io.atalaya.serde;

/** A value has no binary form, because of an error in this program: see the cause. */
public final class UnwritableValueException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnwritableValueException(Class<?> type, RuntimeException cause) {
        super("a " + type.getSimpleName() + " cannot be written", cause);
    }
}
