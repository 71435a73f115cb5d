package io.atalaya.console.audit;

import io.atalaya.console.connection.Broker;
import io.atalaya.console.request.Problem;
import io.atalaya.console.security.Role;
import io.atalaya.contracts.audit.LookUp;
import io.atalaya.contracts.json.InvalidRecordException;
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
import java.util.TreeMap;
import java.util.function.LongConsumer;

/**
 * Sends what is in {@link Audit} to topic {@code look-ups}, from where the notary takes it into the
 * signed audit. Each record is sent at least once, in the order of the table.
 *
 * <p>A record that the topic cannot hold holds back no other: it is set aside with an alarm, and
 * what is sent of it has its hash, but no text that a person wrote.
 */
public final class LookUps {
    private static final Logger LOG = LoggerFactory.getLogger(LookUps.class);
    private static final int AT_ONCE = 500;
    private static final int ID_LENGTH = 32;

    /** The kind of a record that is set aside. */
    static final String SET_ASIDE = "set-aside";

    private static final String UNNAMED = "-";

    private static final Map<String, String> KINDS =
            Map.of(
                    "OPEN", "detail",
                    "IMAGE", "detail",
                    "DEVICE", "detail",
                    "LIST", "search",
                    "STREAM", "search",
                    "AUDIT_READ", "history");

    /** Whose purpose is a reason, and not a note that may name who was looked up. */
    private static final Set<String> WITH_PURPOSE =
            Set.of("SEARCH", "EXPORT", "HOTLIST_ADD", "HOTLIST_REMOVE", "MODEL");

    private final JdbcClient jdbc;
    private final Audit audit;
    private final Broker broker;
    private final TransactionTemplate transaction;
    private final LongConsumer setAside;
    private boolean isWaiting;

    /**
     * @param setAside is called with the number of records that are set aside
     */
    public LookUps(
            JdbcClient jdbc,
            Audit audit,
            Broker broker,
            PlatformTransactionManager transactions,
            LongConsumer setAside) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.broker = broker;
        this.transaction = new TransactionTemplate(transactions);
        this.setAside = setAside;
        countSetAside();
    }

    private void countSetAside() {
        setAside.accept(
                jdbc.sql("SELECT count(*) FROM look_up_set_aside").query(Long.class).single());
    }

    /** Sends what has come since; called twice a second. */
    public void sendDue() {
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
        Map<Long, String> faults = new TreeMap<>();
        for (Audit.Written each : due) {
            try {
                records.put(id(each), LookUp.CODEC.write(lookUp(each)));
            } catch (IllegalArgumentException e) {
                faults.put(each.id(), fault(e));
                records.put(id(each), LookUp.CODEC.write(withoutTexts(each)));
            }
        }
        faults.forEach(this::setAside);
        broker.sendAll(Topics.LOOK_UPS, records);
        jdbc.sql("UPDATE look_up_sent SET id = ?").param(due.get(due.size() - 1).id()).update();
        faults.forEach(
                (id, field) ->
                        LOG.error(
                                "Look-up {} is set aside: topic {} cannot hold its {}",
                                id,
                                Topics.LOOK_UPS,
                                field));
        if (!faults.isEmpty()) {
            countSetAside();
        }
        return due.size() == AT_ONCE;
    }

    private void setAside(long id, String field) {
        jdbc.sql("INSERT INTO look_up_set_aside VALUES (?, ?) ON CONFLICT DO NOTHING")
                .params(id, field)
                .update();
    }

    /** The field at fault; not its value, which a database or a log may not hold either. */
    private static String fault(IllegalArgumentException e) {
        return e.getCause() instanceof InvalidRecordException cause ? cause.field() : "record";
    }

    private static String id(Audit.Written of) {
        return of.hash().substring(0, ID_LENGTH);
    }

    /** What the topic can hold of a record whose texts it cannot. */
    private static LookUp withoutTexts(Audit.Written of) {
        return new LookUp(
                id(of), of.at(), SET_ASIDE, UNNAMED, List.of(), null, null, null, null, null,
                of.hash());
    }

    /** Without what was looked up: of that the topic has the hash. */
    static LookUp lookUp(Audit.Written of) {
        Audit.Entry entry = of.entry();
        if (entry == null) {
            throw new IllegalArgumentException("the record cannot be read");
        }
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
