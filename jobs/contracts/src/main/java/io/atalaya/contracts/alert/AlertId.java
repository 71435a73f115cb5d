package io.atalaya.contracts.alert;

import io.atalaya.contracts.topic.HashId;

/** Computes alert ids from what caused the alert: type, subject, first evidence. */
public final class AlertId {
    private AlertId() {}

    public static String of(AlertType type, String... parts) {
        return HashId.of(type.wireName(), parts);
    }
}
