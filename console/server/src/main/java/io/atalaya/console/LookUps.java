package io.atalaya.console;

import io.atalaya.contracts.audit.LookUp;
import io.atalaya.contracts.topic.Topics;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Sends what is in {@link Audit} to topic {@code look-ups}, from where the notary takes it into the
 * signed audit. Each record is sent at least once, in the order of the table.
 */
public final class LookUps {
    private static final Logger LOG = LoggerFactory.getLogger(LookUps.class);
    private static final int AT_ONCE = 500;
    private static final int ID_LENGTH = 32;

    private static final Map<String, String> KINDS =
            Map.of("OPEN", "detail", "AUDIT_READ", "history");

    /** Whose purpose is a reason, and not a note that may name who was looked up. */
    private static final Set<String> WITH_PURPOSE =
            Set.of("SEARCH", "EXPORT", "HOTLIST_ADD", "HOTLIST_REMOVE", "MODEL");

    private final JdbcClient jdbc;
    private final Audit audit;
    private final Broker broker;
    private final TransactionTemplate transaction;
    private boolean isWaiting;

    LookUps(JdbcClient jdbc, Audit audit, Broker broker, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.broker = broker;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** Sends what has come since; called twice a second. */
    void sendDue() {
        try {
            while (Boolean.TRUE.equals(transaction.execute(status -> sendSome()))) {
                isWaiting = false;
            }
        } catch (Problem | DataAccessException e) {
            if (!isWaiting) {
                LOG.warn("Look-ups wait to be sent: {}", e.getMessage());
            }
            isWaiting = true;
        }
    }

    /** Whether there may be more. Another console of the same database sends meanwhile. */
    private boolean sendSome() {
        Long sent =
                jdbc.sql("SELECT id FROM look_up_sent FOR UPDATE SKIP LOCKED")
                        .query(Long.class)
                        .optional()
                        .orElse(null);
        List<Audit.Written> due = sent == null ? List.of() : audit.after(sent, AT_ONCE);
        if (due.isEmpty()) {
            return false;
        }
        Map<String, byte[]> records = new LinkedHashMap<>();
        due.forEach(each -> records.put(id(each), LookUp.CODEC.write(lookUp(each))));
        broker.sendAll(Topics.LOOK_UPS, records);
        jdbc.sql("UPDATE look_up_sent SET id = ?").param(due.get(due.size() - 1).id()).update();
        return due.size() == AT_ONCE;
    }

    private static String id(Audit.Written of) {
        return of.hash().substring(0, ID_LENGTH);
    }

    /** Without what was looked up: of that the topic has the hash. */
    static LookUp lookUp(Audit.Written of) {
        Audit.Entry entry = of.entry();
        boolean isPlain = of.notified() == null && WITH_PURPOSE.contains(entry.action());
        Map<String, ?> detail = entry.detail() == null ? Map.of() : entry.detail();
        return new LookUp(
                id(of),
                of.at(),
                KINDS.getOrDefault(
                        entry.action(), entry.action().toLowerCase(Locale.ROOT).replace('_', '-')),
                entry.user(),
                entry.roles().stream().map(Role::name).sorted().toList(),
                entry.site(),
                entry.position(),
                isPlain ? entry.purpose() : null,
                isPlain && detail.get("caseNumber") instanceof String text ? text : null,
                detail.get("results") instanceof Integer count ? count : null,
                of.hash());
    }
}
