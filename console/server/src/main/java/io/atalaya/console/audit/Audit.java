package io.atalaya.console.audit;

import io.atalaya.console.request.EnteredText;
import io.atalaya.console.request.Json;
import io.atalaya.console.request.Problem;
import io.atalaya.console.security.Hash;
import io.atalaya.console.security.Matter;
import io.atalaya.console.security.Role;
import io.atalaya.console.security.Viewer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.JacksonException;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Who looked at what, and did what. A record is written before the answer leaves; without it there
 * is no answer. Each has a hash over itself and the hash before it, so that none can be changed or
 * left out without notice.
 */
public final class Audit {
    private static final Logger LOG = LoggerFactory.getLogger(Audit.class);
    private static final String START = "0".repeat(64);
    private static final int MAX_PURPOSE = 1024;

    /** The attribute of a request that has its {@link Actor}, if someone is signed in. */
    public static final String ACTOR = "atalaya.actor";

    /**
     * Who does it, and where.
     *
     * @param position at which the person sits, or null
     */
    public record Actor(Viewer viewer, String site, String position) {
        /** Someone, or something, without an account. */
        public static Actor outside(String name, String displayName) {
            return new Actor(
                    new Viewer(name, displayName, Set.of(), Set.of(), Set.of(), null), null, null);
        }
    }

    /**
     * What is hashed.
     *
     * @param salt without which the hash would show who tries all plates which one was looked up
     */
    record Entry(
            String user,
            String organisation,
            Set<Role> roles,
            String site,
            String position,
            String action,
            String object,
            String purpose,
            Map<String, ?> detail,
            String salt) {}

    /**
     * A record as it stands in the chain.
     *
     * @param entry null where it cannot be read
     */
    public record Written(long id, long at, Entry entry, List<String> notified, String hash) {}

    /** A record as the table has it. */
    private record Row(long id, long at, String record, List<String> notified, String hash) {
        /** The hash that it must have behind another one. */
        String hashAfter(String before) {
            return Audit.hash(before, id, at, record, notified);
        }
    }

    /** Whether the records are as they were written. */
    public record Verdict(boolean ok, long records, String head, Long firstBad) {}

    private final JdbcClient jdbc;
    private long last;
    private String head = START;

    public Audit(JdbcClient jdbc) {
        this.jdbc = jdbc;
        load();
    }

    private void load() {
        jdbc.sql("SELECT id, hash FROM lookup_audit ORDER BY id DESC LIMIT 1")
                .query(
                        (row, n) -> {
                            last = row.getLong("id");
                            head = row.getString("hash");
                            return 1;
                        })
                .optional();
    }

    /** Writes a record about what everybody may know of. */
    public void write(
            Actor actor, String action, String object, String purpose, Map<String, ?> detail) {
        write(actor, action, object, purpose, detail, null);
    }

    /** Writes a record about a matter that not all may know of. */
    public void write(
            Actor actor, String action, Matter matter, String purpose, Map<String, ?> detail) {
        write(actor, action, matter.id(), purpose, detail, notified(List.of(matter)));
    }

    /**
     * Requires that it is said what for.
     *
     * @throws Problem if the purpose is blank or has more than 1024 characters
     */
    public static void requirePurpose(String purpose) {
        EnteredText.required("purpose", purpose, MAX_PURPOSE);
    }

    /**
     * Who may read what this viewer has searched for; null for every auditor. It does not depend on
     * what was found, because otherwise a hidden record would say that the plate is covert.
     */
    public static List<String> readers(Viewer viewer) {
        if (viewer.groups().isEmpty() || viewer.is(Role.ANALYST, Role.WALL)) {
            return null;
        }
        return viewer.groups().size() == 1 ? List.copyOf(viewer.groups()) : List.of();
    }

    /** Who may know of all of these; null for everybody. */
    public static List<String> notified(List<? extends Matter> matters) {
        List<String> notified = null;
        for (Matter matter : matters) {
            if (matter.isRestricted()) {
                List<String> before = notified;
                notified =
                        before == null
                                ? matter.notified()
                                : matter.notified().stream().filter(before::contains).toList();
            }
        }
        return notified;
    }

    /**
     * Writes a record.
     *
     * @param notified who may read what it is about; null for every auditor
     */
    public synchronized Written write(
            Actor actor,
            String action,
            String object,
            String purpose,
            Map<String, ?> detail,
            List<String> notified) {
        Viewer who = actor.viewer;
        Entry entry =
                new Entry(
                        who.name(),
                        who.agency(),
                        who.roles(),
                        actor.site,
                        actor.position,
                        action,
                        object,
                        purpose,
                        detail,
                        Hash.secret());
        try {
            try {
                return insert(entry, notified);
            } catch (DuplicateKeyException e) {
                // Another console writes to the same database.
                load();
                return insert(entry, notified);
            }
        } catch (DataAccessException e) {
            LOG.warn("A look-up was not recorded: {}", e.getMostSpecificCause().toString());
            throw Problem.unavailable("no audit, no answer");
        }
    }

    private Written insert(Entry entry, List<String> notified) {
        String record = Json.text(entry);
        long id = last + 1;
        long at = System.currentTimeMillis();
        String hash = hash(head, id, at, record, notified);
        jdbc.sql("INSERT INTO lookup_audit (id, at, record, notified, hash) VALUES (?, ?, ?, ?, ?)")
                .params(
                        id,
                        at,
                        record,
                        notified == null ? null : notified.toArray(String[]::new),
                        hash)
                .update();
        last = id;
        head = hash;
        return new Written(id, at, entry, notified, hash);
    }

    /** The records after an id, oldest first. */
    List<Written> after(long id, int max) {
        return jdbc.sql("SELECT * FROM lookup_audit WHERE id > ? ORDER BY id LIMIT ?")
                .params(id, max)
                .query(
                        (row, n) ->
                                new Written(
                                        row.getLong("id"),
                                        row.getLong("at"),
                                        entryOrNull(row.getString("record")),
                                        notified(row),
                                        row.getString("hash")))
                .list();
    }

    /** One that cannot be read, as of another version, must not hold back those after it. */
    private static Entry entryOrNull(String record) {
        try {
            return Json.MAPPER.readValue(record, Entry.class);
        } catch (JacksonException e) {
            return null;
        }
    }

    private static List<String> notified(ResultSet row) throws SQLException {
        return row.getArray("notified") == null
                ? null
                : List.of((String[]) row.getArray("notified").getArray());
    }

    private static String hash(
            String before, long id, long at, String record, List<String> notified) {
        return Hash.of(before + '\n' + id + '\n' + at + '\n' + record + '\n' + Json.text(notified));
    }

    /** Records before an id as JSON, latest first; null does not limit. */
    public List<String> read(
            Viewer auditor, Long from, Long to, String user, String action, Long before, int max) {
        return jdbc.sql(
                        """
                        SELECT * FROM lookup_audit
                        WHERE at >= :from AND at < :to AND id < :before
                        AND (:user::text IS NULL OR record::jsonb ->> 'user' = :user)
                        AND (:action::text IS NULL OR record::jsonb ->> 'action' = :action)
                        ORDER BY id DESC LIMIT :max
                        """)
                .param("from", from == null ? 0 : from)
                .param("to", to == null ? Long.MAX_VALUE : to)
                .param("before", before == null ? Long.MAX_VALUE : before)
                .param("user", user)
                .param("action", action)
                .param("max", max)
                .query(
                        (row, n) -> {
                            List<String> notified = notified(row);
                            String record = row.getString("record");
                            String shown =
                                    notified == null || auditor.mayKnow(true, notified)
                                            ? record
                                            : withoutObject(record);
                            return "{\"id\":"
                                    + row.getLong("id")
                                    + ",\"time\":"
                                    + row.getLong("at")
                                    + ",\"hash\":\""
                                    + row.getString("hash")
                                    + "\","
                                    + shown.substring(1);
                        })
                .list();
    }

    /** That a covert item was looked at every auditor may know, but not which. */
    private static String withoutObject(String record) {
        Entry entry = Json.MAPPER.readValue(record, Entry.class);
        return Json.text(
                new Entry(
                        entry.user,
                        entry.organisation,
                        entry.roles,
                        entry.site,
                        entry.position,
                        entry.action,
                        "covert",
                        null,
                        null,
                        null));
    }

    /**
     * Computes all hashes again and gives a line {@code ID TIME HASH} for each record, which {@code
     * scripts/audit verify --look-ups} compares with the signed audit: who can write to this table
     * can also make its hashes again.
     */
    void hashes(Consumer<String> lines) {
        String before = START;
        long last = 0;
        for (List<Row> page = rowsAfter(last); !page.isEmpty(); page = rowsAfter(last)) {
            for (Row each : page) {
                before = each.hashAfter(before);
                lines.accept(each.id + " " + each.at + " " + before);
                last = each.id;
            }
        }
    }

    private List<Row> rowsAfter(long id) {
        return jdbc.sql(
                        "SELECT id, at, record, notified, hash FROM lookup_audit WHERE id > ?"
                                + " ORDER BY id LIMIT 1000")
                .param(id)
                .query(
                        (row, n) ->
                                new Row(
                                        row.getLong("id"),
                                        row.getLong("at"),
                                        row.getString("record"),
                                        notified(row),
                                        row.getString("hash")))
                .list();
    }

    /** Reads all and computes all hashes again. */
    public Verdict verify() {
        String before = START;
        long expected = 1;
        for (List<Row> page = rowsAfter(0); !page.isEmpty(); page = rowsAfter(expected - 1)) {
            for (Row each : page) {
                String hash = each.hashAfter(before);
                if (each.id != expected || !hash.equals(each.hash)) {
                    return new Verdict(false, expected - 1, before, expected);
                }
                before = hash;
                expected++;
            }
        }
        synchronized (this) {
            boolean isWhole = expected > last;
            return new Verdict(isWhole, expected - 1, before, isWhole ? null : expected);
        }
    }
}
