package io.atalaya.console.account;

import io.atalaya.console.request.Problem;
import io.atalaya.console.security.Hash;
import io.atalaya.console.security.Limits;
import io.atalaya.console.security.Role;
import io.atalaya.console.security.Viewer;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The accounts of persons and walls. All are in memory, so that a change holds at once. */
public final class Accounts {
    private static final Logger LOG = LoggerFactory.getLogger(Accounts.class);
    private static final Duration LINK_VALID = Duration.ofHours(24);
    private static final int MIN_PASSWORD = 12;
    private static final int MAX_PASSWORD = 128;
    private static final int MIN_DISTINCT = 5;
    private static final int MAX_ORIGINS = 20;

    /** Longer than any change takes; another console that holds an account is not waited for. */
    private static final int LOCK_MS = 3_000;

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._@-]{0,63}");
    private static final Pattern PIN = Pattern.compile("[0-9]{4,12}");
    static final String WALL = "wall-";
    private static final String NAME_EXPECTED = "small letters, digits and . _ @ -";

    /** Parts that everybody tries first; a password may not consist of them and digits. */
    private static final Pattern BLOCKED =
            Pattern.compile(
                    "(password|passwort|contraseña|contrasena|atalaya|qwerty(uiop)?|asdfgh(jkl)?"
                            + "|admin(istrador|istrator)?|supervisor|toluca|ecatepec|mexico|policia"
                            + "|welcome|bienvenido|letmein|secret|[0-9!?.*_ -])+",
                    Pattern.CASE_INSENSITIVE);

    /**
     * An account as supervisors see it.
     *
     * @param locked whether so many wrong passwords came that only addresses are let in where the
     *     person has signed in before
     * @param since when a link for the login was used last, epoch ms; what the account made before
     *     that is not shown as its own, because it may be another person's
     */
    public record Account(
            String name,
            String displayName,
            Set<Role> roles,
            Set<String> groups,
            Set<String> sites,
            String agency,
            boolean disabled,
            boolean locked,
            Long lastLoginAt,
            boolean invited,
            boolean hasPin,
            String language,
            @JsonIgnore long since) {
        /** One that is still to be made, by a link for the first login. */
        static Account invited(
                String name,
                String displayName,
                Set<Role> roles,
                Set<String> groups,
                Set<String> sites,
                String agency) {
            return new Account(
                    name,
                    displayName,
                    roles,
                    groups,
                    sites,
                    agency,
                    false,
                    false,
                    null,
                    true,
                    false,
                    "es-MX",
                    0);
        }

        /** The account as one who looks. */
        public Viewer viewer() {
            return new Viewer(name, displayName, roles, groups, sites, agency, since);
        }
    }

    /**
     * An account of which someone has shown the secret.
     *
     * @param mark that the account had before the secret was checked: a change of the account
     *     meanwhile ends the login with the sessions
     */
    public record Proven(Account account, String mark) {}

    /** A wall as supervisors see it; without a site it shows all. */
    record Wall(int wall, String site) {}

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final PasswordEncoder encoder;

    /** So that an unknown name takes as long as a known one. */
    private final String unknownPassword;

    private final Map<String, Account> accounts = new ConcurrentHashMap<>();

    /** Of each account a mark that changes with its password, link or site: older sessions end. */
    private final Map<String, String> marks = new ConcurrentHashMap<>();

    /** From where each person has signed in last, as {@link Limits#origin}. */
    private final Map<String, Set<String>> origins = new ConcurrentHashMap<>();

    private final Limits limits;

    /**
     * One at a time takes a connection and then the lock of this, which others take before a
     * connection: many would wait for each other.
     */
    private final Lock turns = new ReentrantLock();

    public Accounts(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            PasswordEncoder encoder,
            Limits limits) {
        this.jdbc = jdbc;
        this.transactions = new TransactionTemplate(transactions);
        this.encoder = encoder;
        this.unknownPassword = encoder.encode(Hash.secret());
        this.limits = limits;
        refresh();
    }

    /** How passwords and PINs are hashed: 16 MiB and a tenth of a second each. */
    public static PasswordEncoder passwordEncoder() {
        return Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8();
    }

    /**
     * Changes accounts in one transaction. Until it ends no one else changes those of these names,
     * here, in another console or by the command on the server, and {@link #any} has them as they
     * are.
     */
    <T> T inTurn(Collection<String> names, Supplier<T> change) {
        turns.lock();
        try {
            return transactions.execute(
                    status -> {
                        jdbc.sql("SET LOCAL lock_timeout = '" + LOCK_MS + "'").update();
                        // In the same order everywhere, so that two never wait for one another.
                        jdbc.sql(
                                        "SELECT 1 FROM account WHERE name IN (:names)"
                                                + " ORDER BY name FOR UPDATE")
                                .param("names", names)
                                .query()
                                .listOfRows();
                        refresh();
                        return change.get();
                    });
        } finally {
            turns.unlock();
            try {
                refresh();
            } catch (DataAccessException e) {
                // What is done is done, and its link is shown once.
                LOG.warn("Accounts are read again later: {}", e.getMostSpecificCause().toString());
            }
        }
    }

    /**
     * Takes what {@code scripts/console account} or another console has changed; called every
     * second.
     */
    public synchronized void refresh() {
        Map<String, Account> now = new HashMap<>();
        jdbc.sql("SELECT * FROM account")
                .query((row, n) -> marked(row))
                .list()
                .forEach(each -> now.put(each.name, each));
        jdbc.sql("SELECT * FROM wall")
                .query((row, n) -> wall(row))
                .list()
                .forEach(
                        each -> {
                            marks.put(each.account.name, each.mark);
                            now.put(each.account.name, each.account);
                        });
        accounts.putAll(now);
        accounts.keySet().retainAll(now.keySet());
        marks.keySet().retainAll(now.keySet());
        origins.keySet().retainAll(now.keySet());
    }

    private static Proven wall(ResultSet row) throws SQLException {
        return new Proven(wall(row.getInt("wall"), row.getString("site")), row.getString("mark"));
    }

    private static Account wall(int wall, String site) {
        return new Account(
                WALL + wall,
                WALL + wall,
                EnumSet.of(Role.WALL),
                Set.of(),
                Viewer.sitesOf(site),
                null,
                false,
                false,
                null,
                false,
                false,
                "es-MX",
                0);
    }

    /** The account of a row that no later one can have overtaken, under the lock of all. */
    private Account marked(ResultSet row) throws SQLException {
        Account account = account(row);
        marks.put(account.name, row.getString("mark"));
        origins.put(account.name, Set.copyOf(strings(row.getArray("origins"))));
        return account;
    }

    private Account account(ResultSet row) throws SQLException {
        Timestamp lastLogin = row.getTimestamp("last_login_at");
        Set<Role> roles = EnumSet.noneOf(Role.class);
        strings(row.getArray("roles")).forEach(role -> roles.add(Role.valueOf(role)));
        return new Account(
                row.getString("name"),
                row.getString("display_name"),
                roles,
                Set.copyOf(strings(row.getArray("groups"))),
                Set.copyOf(strings(row.getArray("sites"))),
                row.getString("agency"),
                row.getBoolean("disabled"),
                limits.isUsedUp(Limits.Limit.WRONG_FROM_ELSEWHERE, row.getString("name")),
                lastLogin == null ? null : lastLogin.getTime(),
                row.getString("password") == null,
                row.getString("pin") != null,
                row.getString("language"),
                row.getTimestamp("since").getTime());
    }

    private static List<String> strings(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }

    private synchronized Account reload(String name) {
        Account account =
                jdbc.sql("SELECT * FROM account WHERE name = ?")
                        .param(name)
                        .query((row, n) -> marked(row))
                        .single();
        accounts.put(name, account);
        return account;
    }

    /** The account as it is now, or null if there is none or it may not be used. */
    public Account active(String name) {
        Account account = name == null ? null : accounts.get(name);
        return account == null || account.disabled ? null : account;
    }

    /** The account, also one that may not be used, or null. */
    public Account any(String name) {
        return name == null ? null : accounts.get(name);
    }

    /** The sites of an account; an empty set, which means all, also of an unknown one. */
    public Set<String> sitesOf(String name) {
        Account account = any(name);
        return account == null ? Set.of() : account.sites;
    }

    public List<Account> people() {
        return jdbc.sql("SELECT * FROM account ORDER BY name")
                .query((row, n) -> account(row))
                .list();
    }

    /** The name as accounts have it; two that differ in case are one. */
    static String plain(String rawName) {
        return rawName == null ? "" : rawName.strip().toLowerCase(Locale.ROOT);
    }

    /** What sessions of the account must have been begun with. */
    String mark(String name) {
        return marks.get(name);
    }

    /** Whether the person has signed in from there before. */
    boolean isOrigin(String name, String origin) {
        return origins.getOrDefault(name, Set.of()).contains(origin);
    }

    /** A person has signed in, with each factor that the account has. */
    void signedIn(Proven by, String origin) {
        Account account = by.account;
        if (account.roles.contains(Role.WALL)) {
            return;
        }
        jdbc.sql(
                        "UPDATE account SET last_login_at = now(), origins ="
                                + " (array_prepend(?, array_remove(origins, ?)))[1:?]"
                                + " WHERE name = ? AND mark = ?")
                .params(origin, origin, MAX_ORIGINS, account.name, by.mark)
                .update();
        reload(account.name);
    }

    /** Who knows the password knows nothing any more. */
    void endLogin(String name) {
        jdbc.sql("UPDATE account SET password = NULL, pin = NULL, origins = '{}' WHERE name = ?")
                .param(name)
                .update();
    }

    /** Those that are open, and those that someone is about to begin. */
    void endSessions(String name) {
        jdbc.sql("UPDATE account SET mark = ? WHERE name = ?").params(Hash.secret(), name).update();
    }

    /** What is secret of an account, and whether it is disabled; empty without an account. */
    private Map<String, Object> secrets(String name) {
        return jdbc
                .sql("SELECT password, pin, disabled, mark FROM account WHERE name = ?")
                .param(name)
                .query()
                .listOfRows()
                .stream()
                .findFirst()
                .orElse(Map.of());
    }

    /** The account whose password it is, else null; it takes as long for a name of no account. */
    Proven signIn(String name, String password) {
        Map<String, Object> row = secrets(name);
        String stored = (String) row.get("password");
        boolean isRight =
                encoder.matches(
                        password == null ? "" : password,
                        stored == null ? unknownPassword : stored);
        if (!isRight || stored == null || Boolean.TRUE.equals(row.get("disabled"))) {
            return null;
        }
        return new Proven(reload(name), (String) row.get("mark"));
    }

    /** Whether it is the PIN, or the password where there is no PIN, of the account. */
    boolean unlocks(String name, String pin, String password) {
        Map<String, Object> row = secrets(name);
        return row.get("pin") != null
                ? pin != null && encoder.matches(pin, (String) row.get("pin"))
                : password != null
                        && row.get("password") != null
                        && encoder.matches(password, (String) row.get("password"));
    }

    /** A link for the first supervisor if there is no account yet, else null. */
    public String firstToken() {
        if (hasSupervisor()) {
            return null;
        }
        jdbc.sql("DELETE FROM invitation WHERE name IS NULL").update();
        return token(null);
    }

    private boolean hasSupervisor() {
        return accounts.values().stream().anyMatch(each -> each.roles.contains(Role.SUPERVISOR));
    }

    /** A new one-time link of an account; earlier ones end, and so do the sessions. */
    String token(String name) {
        String token = Hash.secret();
        if (name != null) {
            endSessions(name);
            jdbc.sql("DELETE FROM invitation WHERE name = ? AND used_at IS NULL")
                    .param(name)
                    .update();
        }
        jdbc.sql("INSERT INTO invitation (token_hash, name, expires_at) VALUES (?, ?, ?)")
                .params(Hash.of(token), name, Timestamp.from(Instant.now().plus(LINK_VALID)))
                .update();
        return token;
    }

    /** Whose link it is; an account without name for the first supervisor's. */
    Account invited(String token) {
        List<String> names =
                jdbc.sql(
                                "SELECT name FROM invitation WHERE token_hash = ? AND used_at IS NULL"
                                        + " AND expires_at > now()")
                        .param(Hash.of(token == null ? "" : token))
                        .query((row, n) -> row.getString("name"))
                        .list();
        boolean isFirst = !names.isEmpty() && names.get(0) == null;
        if (names.isEmpty() || isFirst && hasSupervisor()) {
            throw Problem.of(HttpStatus.GONE, "link-used", null);
        }
        return isFirst ? first(null, null) : reload(names.get(0));
    }

    private static Account first(String name, String displayName) {
        return Account.invited(
                name,
                displayName,
                EnumSet.of(Role.SUPERVISOR, Role.OPERATOR),
                Set.of(),
                Set.of(),
                null);
    }

    /** Uses up a link. */
    Proven firstLogin(
            String token, String rawName, String displayName, String password, String pin) {
        Account invited = invited(token);
        requirePassword(password);
        requirePin(pin);
        String name = invited.name == null ? requireName(rawName) : invited.name;
        String passwordHash = encoder.encode(password);
        String pinHash = pin == null ? null : encoder.encode(pin);
        String mark = Hash.secret();
        inTurn(
                Set.of(name),
                () -> {
                    int used =
                            jdbc.sql(
                                            "UPDATE invitation SET used_at = now()"
                                                    + " WHERE token_hash = ? AND used_at IS NULL")
                                    .param(Hash.of(token))
                                    .update();
                    // Meanwhile there may be a new link, or a first supervisor.
                    if (used == 0 || invited.name == null && hasSupervisor()) {
                        throw Problem.of(HttpStatus.GONE, "link-used", null);
                    }
                    if (invited.name == null) {
                        insert(first(name, displayName == null ? name : displayName));
                    }
                    endPrivate(name);
                    return jdbc.sql(
                                    "UPDATE account SET password = ?, pin = ?, mark = ?, since = ?,"
                                            + " origins = '{}' WHERE name = ?")
                            .params(
                                    passwordHash,
                                    pinHash,
                                    mark,
                                    Timestamp.from(Instant.now()),
                                    name)
                            .update();
                });
        return new Proven(any(name), mark);
    }

    /** What the person before has kept, or asked another supervisor for. */
    private void endPrivate(String name) {
        jdbc.sql("DELETE FROM saved_view WHERE owner = ? AND NOT shared").param(name).update();
        jdbc.sql("DELETE FROM account_request WHERE asked_by = ?").param(name).update();
    }

    /**
     * Sessions end with the old password; a new PIN is for the next time that they lock.
     *
     * @param mark that the account had before the old password was checked
     * @return the mark with which the session goes on
     */
    String changePassword(String name, String mark, String newPassword, String pin) {
        requirePin(pin);
        if (newPassword != null) {
            requirePassword(newPassword);
        }
        String passwordHash = newPassword == null ? null : encoder.encode(newPassword);
        String pinHash = pin == null ? null : encoder.encode(pin);
        String next = newPassword == null ? mark : Hash.secret();
        unchanged(
                name,
                mark,
                () ->
                        jdbc.sql(
                                        "UPDATE account SET password = coalesce(?, password),"
                                                + " pin = coalesce(?, pin), mark = ? WHERE name = ?")
                                .params(passwordHash, pinHash, next, name)
                                .update());
        return next;
    }

    /**
     * Changes an account that has still the mark.
     *
     * @throws Problem if its login has ended meanwhile
     */
    <T> T unchanged(String name, String mark, Supplier<T> change) {
        return inTurn(
                Set.of(name),
                () -> {
                    requireMark(name, mark);
                    return change.get();
                });
    }

    /** Throws if sessions that were begun with the mark are over. */
    void requireMark(String name, String mark) {
        if (!mark.equals(marks.get(name))) {
            throw Problem.badCredentials(null);
        }
    }

    void language(String name, String language) {
        if (!accounts.get(name).roles.contains(Role.WALL)) {
            jdbc.sql("UPDATE account SET language = ? WHERE name = ?")
                    .params(language, name)
                    .update();
            reload(name);
        }
    }

    /** Creates an account and returns its one-time link's token. */
    String create(Account account) {
        requireFree(account.name);
        insert(account);
        return token(account.name);
    }

    /** Throws unless an account of this name can be made; also a group's name is taken. */
    public void requireFree(String name) {
        if (!requireName(name).equals(name)) {
            throw Problem.invalid("name", name, NAME_EXPECTED);
        }
        boolean isTaken =
                accounts.containsKey(name)
                        || accounts.values().stream().anyMatch(each -> each.groups.contains(name));
        if (isTaken) {
            throw taken();
        }
    }

    private static Problem taken() {
        return Problem.of(HttpStatus.CONFLICT, "conflict", "the name is taken");
    }

    /** The account of the person whom a provider calls so, also a disabled one, or null. */
    Account ofProvider(String issuer, String subject) {
        return jdbc.sql("SELECT * FROM account WHERE issuer = ? AND subject = ?")
                .params(issuer, subject)
                .query((row, n) -> account(row))
                .optional()
                .orElse(null);
    }

    /** The account as it is now, which another has identified. */
    Proven identified(String name) {
        reload(name);
        // The mark before the account: with a later one it begins no session.
        String mark = marks.get(name);
        return new Proven(any(name), mark);
    }

    /** Creates the account of a person whom a provider signs in; it has no password of its own. */
    Account createOfProvider(
            String issuer,
            String subject,
            String name,
            String displayName,
            Set<Role> roles,
            Set<String> sites,
            boolean disabled) {
        requireFree(name);
        jdbc.sql(
                        "INSERT INTO account (name, display_name, roles, sites, disabled, issuer,"
                                + " subject) VALUES (?, ?, ?, ?, ?, ?, ?)")
                .params(name, displayName, names(roles), strings(sites), disabled, issuer, subject)
                .update();
        return reload(name);
    }

    /** Whether a provider signs the person in: a password would be a second way in. */
    boolean isOfProvider(String name) {
        return !jdbc.sql("SELECT 1 FROM account WHERE name = ? AND issuer IS NOT NULL")
                .param(name)
                .query()
                .listOfRows()
                .isEmpty();
    }

    /** Throws unless the account may have a link, by which its person chooses a password. */
    public void requireOwnPassword(String name) {
        if (isOfProvider(name)) {
            throw Problem.of(HttpStatus.CONFLICT, "conflict", "a provider signs this person in");
        }
    }

    private void insert(Account account) {
        int inserted =
                jdbc.sql(
                                "INSERT INTO account (name, display_name, roles, groups, sites, agency)"
                                        + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
                        .params(
                                account.name,
                                account.displayName,
                                names(account.roles),
                                strings(account.groups),
                                strings(account.sites),
                                account.agency)
                        .update();
        if (inserted == 0) {
            throw taken();
        }
    }

    /** Changes what is not null. */
    void update(
            String name,
            Collection<Role> roles,
            Collection<String> groups,
            Collection<String> sites,
            Boolean disabled) {
        if (!accounts.containsKey(name) || name.startsWith(WALL)) {
            throw Problem.notFound();
        }
        if (roles != null) {
            set(name, "roles", names(roles));
        }
        if (groups != null) {
            set(name, "groups", strings(groups));
        }
        if (sites != null) {
            if (!accounts.get(name).sites.equals(Set.copyOf(sites))) {
                endSessions(name);
            }
            set(name, "sites", strings(sites));
        }
        if (disabled != null) {
            set(name, "disabled", disabled);
            if (disabled) {
                endSessions(name);
            }
        }
    }

    private void set(String name, String column, Object value) {
        jdbc.sql("UPDATE account SET " + column + " = ? WHERE name = ?")
                .params(value, name)
                .update();
    }

    /** Lets the person in from everywhere again. */
    void unlock(String name) {
        limits.forget(Limits.Limit.WRONG_FROM_ELSEWHERE, name);
    }

    /** The key of a wall, which its URL has; an earlier one ends, with the sessions by it. */
    public synchronized String wallKey(int wall, String site) {
        String key = Hash.secret();
        String mark = Hash.secret();
        jdbc.sql(
                        "INSERT INTO wall (wall, key_hash, site, mark) VALUES (?, ?, ?, ?)"
                                + " ON CONFLICT (wall) DO UPDATE SET key_hash = excluded.key_hash,"
                                + " site = excluded.site, mark = excluded.mark")
                .params(wall, Hash.of(key), site, mark)
                .update();
        marks.put(WALL + wall, mark);
        accounts.put(WALL + wall, wall(wall, site));
        return key;
    }

    /** The wall whose key it is, else null. */
    Proven wallSignIn(String key) {
        return jdbc.sql("SELECT * FROM wall WHERE key_hash = ?")
                .param(Hash.of(key == null ? "" : key))
                .query((row, n) -> wall(row))
                .optional()
                .orElse(null);
    }

    List<Wall> walls() {
        return jdbc.sql("SELECT wall, site FROM wall ORDER BY wall")
                .query((row, n) -> new Wall(row.getInt("wall"), row.getString("site")))
                .list();
    }

    synchronized void removeWall(int wall) {
        jdbc.sql("DELETE FROM wall WHERE wall = ?").param(wall).update();
        accounts.remove(WALL + wall);
        marks.remove(WALL + wall);
    }

    private static String[] names(Collection<Role> roles) {
        return roles.stream().map(Role::name).toArray(String[]::new);
    }

    private static String[] strings(Collection<String> values) {
        return values == null ? new String[0] : values.toArray(String[]::new);
    }

    private static String requireName(String rawName) {
        String name = plain(rawName);
        if (!NAME.matcher(name).matches() || name.startsWith(WALL)) {
            throw Problem.invalid("name", NAME_EXPECTED);
        }
        return name;
    }

    static void requirePassword(String password) {
        if (password == null
                || password.length() < MIN_PASSWORD
                || password.length() > MAX_PASSWORD
                || password.chars().distinct().count() < MIN_DISTINCT
                || BLOCKED.matcher(password).matches()) {
            throw Problem.invalid("password", "12 to 128 characters that are not easily guessed");
        }
    }

    private static void requirePin(String pin) {
        if (pin != null && !PIN.matcher(pin).matches()) {
            throw Problem.invalid("pin", "4 to 12 digits");
        }
    }
}
