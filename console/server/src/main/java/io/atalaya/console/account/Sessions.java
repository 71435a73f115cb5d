package io.atalaya.console.account;

import io.atalaya.console.request.EnteredText;
import io.atalaya.console.request.Problem;
import io.atalaya.console.security.Hash;
import io.atalaya.console.security.Role;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import static org.springframework.session.FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME;

/**
 * Who is signed in where. The database keeps what a session is and, to the minute, when its person
 * was last there: a restart neither ends a session nor unlocks it.
 */
public final class Sessions {
    /** After this time a session ends. */
    public static final Duration LENGTH = Duration.ofHours(12);

    /** After this time without input a session asks for the PIN. */
    public static final Duration IDLE = Duration.ofMinutes(15);

    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final int MAX_UNLOCKS = 5;

    /** Of an account at a time; a person has few browsers, and each may hold streams. */
    static final int MAX_OF_ACCOUNT = 20;

    /** Of a session at a time; a browser has six for each window. */
    private static final int MAX_REQUESTS = 32;

    /** No request takes longer: one that has begun with a session finds that it has ended. */
    private static final long REQUEST_MS = Duration.ofMinutes(1).toMillis();

    private static final int MAX_POSITION = 64;
    private static final String KEY = "key";
    private static final String NAME = "name";
    private static final String SITE = "site";
    private static final String POSITION = "position";
    private static final String UNTIL = "until";
    private static final String LOCKED = "locked";
    private static final String MARK = "mark";
    private static final String ACTIVE = "active";
    private static final String WRONG = "wrong";

    /** The time of activity is written no more often, because each is a write of the database. */
    private static final long NOTED_MS = Duration.ofMinutes(1).toMillis();

    /** A session as it is now. */
    public static final class Signed {
        private final String key;
        private final String name;
        private volatile long until;
        private final boolean isWall;
        private volatile String site;
        private volatile String position;
        private final Accounts accounts;
        private volatile String mark;
        private volatile long activeAt;
        private volatile long notedAt;
        private volatile boolean isLocked;
        private final Semaphore requests = new Semaphore(MAX_REQUESTS);

        /**
         * PINs since the last right one; counted here, because requests have copies of a session.
         */
        private final AtomicInteger unlocks = new AtomicInteger();

        Signed(HttpSession from, boolean isWall, Accounts accounts) {
            this.accounts = accounts;
            this.mark = (String) from.getAttribute(MARK);
            this.activeAt = (Long) from.getAttribute(ACTIVE);
            this.notedAt = activeAt;
            this.key = (String) from.getAttribute(KEY);
            this.name = (String) from.getAttribute(NAME);
            this.until = (Long) from.getAttribute(UNTIL);
            this.site = (String) from.getAttribute(SITE);
            this.position = (String) from.getAttribute(POSITION);
            this.isLocked = Boolean.TRUE.equals(from.getAttribute(LOCKED));
            this.isWall = isWall;
            if (from.getAttribute(WRONG) instanceof Integer wrong) {
                unlocks.set(wrong);
            }
        }

        /** Which no one else knows, not even the browser. */
        String key() {
            return key;
        }

        /** Those that it may send at a time, so that one that reads no answers leaves threads. */
        public Semaphore requests() {
            return requests;
        }

        public String name() {
            return name;
        }

        public String site() {
            return site;
        }

        public String position() {
            return position;
        }

        long until() {
            return until;
        }

        /** That the account had when the session began, or when its person changed the password. */
        String mark() {
            return mark;
        }

        /**
         * Whether the session has ended.
         *
         * @param now epoch ms
         */
        public boolean isOver(long now) {
            return now >= until || !mark.equals(accounts.mark(name));
        }

        /**
         * Whether the session asks for the PIN; that of a wall never does.
         *
         * @param now epoch ms
         */
        public boolean isLocked(long now) {
            return isLocked || !isWall && now - activeAt > IDLE.toMillis();
        }

        /** Whether the person has just signed in. */
        boolean isFresh(long now) {
            return now < until - LENGTH.toMillis() + FRESH.toMillis();
        }

        private void active(HttpSession session) {
            long now = System.currentTimeMillis();
            activeAt = now;
            if (now - notedAt >= NOTED_MS) {
                notedAt = now;
                session.setAttribute(ACTIVE, now);
            }
        }
    }

    private final Map<String, Signed> signed = new ConcurrentHashMap<>();
    private final Accounts accounts;
    private final FindByIndexNameSessionRepository<? extends Session> stored;

    public Sessions(Accounts accounts, FindByIndexNameSessionRepository<? extends Session> stored) {
        this.accounts = accounts;
        this.stored = stored;
    }

    /** The session of a request, or null if no one is signed in. */
    public Signed of(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session == null || session.getAttribute(KEY) == null) {
            return null;
        }
        Accounts.Account account = accounts.active((String) session.getAttribute(NAME));
        Signed of =
                signed.computeIfAbsent(
                        (String) session.getAttribute(KEY),
                        key ->
                                new Signed(
                                        session,
                                        account != null && account.roles().contains(Role.WALL),
                                        accounts));
        if (account == null || of.isOver(System.currentTimeMillis())) {
            end(request);
            return null;
        }
        return of;
    }

    /**
     * Signs in; the session gets another id.
     *
     * @throws Problem if the account's login has ended since its secret was checked
     */
    void begin(HttpServletRequest request, Accounts.Proven by, String site, String position) {
        Accounts.Account account = by.account();
        accounts.requireMark(account.name(), by.mark());
        HttpSession session = renewed(request);
        session.setMaxInactiveInterval((int) LENGTH.toSeconds());
        session.setAttribute(KEY, Hash.secret());
        session.setAttribute(NAME, account.name());
        session.setAttribute(UNTIL, System.currentTimeMillis() + LENGTH.toMillis());
        session.setAttribute(MARK, by.mark());
        session.setAttribute(ACTIVE, System.currentTimeMillis());
        // From the beginning, because of requests that add one at once the database takes only one.
        session.setAttribute(LOCKED, false);
        session.setAttribute(WRONG, 0);
        session.setAttribute(SITE, siteOf(account, site));
        session.setAttribute(POSITION, requirePosition(position));
        session.setAttribute(PRINCIPAL_NAME_INDEX_NAME, account.name());
        endOldest(account.name());
    }

    /**
     * Each session is in the database before this counts, so that logins at once see each other.
     */
    private void endOldest(String name) {
        stored.findByPrincipalName(name).values().stream()
                .sorted(Comparator.<Session, Instant>comparing(Session::getCreationTime).reversed())
                .skip(MAX_OF_ACCOUNT)
                .forEach(
                        each -> {
                            stored.deleteById(each.getId());
                            endSigned(each.getAttribute(KEY));
                        });
    }

    private void endSigned(String key) {
        Signed of = signed.get(key);
        if (of != null) {
            of.until = Math.min(of.until, System.currentTimeMillis());
        }
    }

    /** A session of another id, in which nothing is of the one before, which is over. */
    HttpSession renewed(HttpServletRequest request) {
        end(request);
        return request.getSession(true);
    }

    /**
     * Forgets the sessions that have ended; called every second. Not those that a new password
     * ends, because the one that has changed it goes on.
     */
    public void forgetOver() {
        long before = System.currentTimeMillis() - REQUEST_MS;
        signed.values().removeIf(each -> before >= each.until);
    }

    /** How many sessions are in memory. */
    int size() {
        return signed.size();
    }

    /** The person has done something. */
    public void active(HttpServletRequest request) {
        of(request).active(request.getSession(false));
    }

    /**
     * Lets this session go on, whose person has changed the password; the others are over.
     *
     * @param mark that the change has given the account
     */
    void keep(HttpServletRequest request, String mark) {
        HttpSession session = request.getSession(false);
        Signed of = signed.get((String) session.getAttribute(KEY));
        of.mark = mark;
        session.setAttribute(MARK, mark);
    }

    /** An empty one is none. */
    public static String requirePosition(String raw) {
        String position = EnteredText.checked("position", raw, MAX_POSITION);
        return position == null || position.isBlank() ? null : position.strip();
    }

    static String siteOf(Accounts.Account account, String wanted) {
        if (wanted == null || wanted.isBlank()) {
            return account.sites().size() == 1 ? account.sites().iterator().next() : null;
        }
        if (wanted.length() > MAX_POSITION
                || !account.sites().isEmpty() && !account.sites().contains(wanted)) {
            throw Problem.invalid("site", "one of the account's");
        }
        return wanted;
    }

    void move(HttpServletRequest request, Accounts.Account account, String site, String position) {
        Signed of = of(request);
        HttpSession session = request.getSession(false);
        if (site != null) {
            of.site = siteOf(account, site);
            session.setAttribute(SITE, of.site);
        }
        String place = requirePosition(position);
        if (place != null) {
            of.position = place;
            session.setAttribute(POSITION, place);
        }
    }

    void end(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            endSigned(String.valueOf(session.getAttribute(KEY)));
            session.invalidate();
        }
    }

    void lock(HttpServletRequest request) {
        of(request).isLocked = true;
        request.getSession(false).setAttribute(LOCKED, true);
    }

    /**
     * The right PIN unlocks; too many wrong ones end the session. Each counts before it is checked,
     * so that many at once are no more than many in turn.
     *
     * @throws Problem if it is wrong, or what the check throws, which does not count
     */
    void unlock(HttpServletRequest request, BooleanSupplier isRight) {
        Signed of = of(request);
        if (of == null) {
            throw Problem.badCredentials(null);
        }
        int tries = of.unlocks.incrementAndGet();
        if (tries <= MAX_UNLOCKS && isRight(of, isRight)) {
            HttpSession session = request.getSession(false);
            of.unlocks.set(0);
            of.isLocked = false;
            of.notedAt = 0;
            of.active(session);
            session.setAttribute(LOCKED, false);
            session.setAttribute(WRONG, 0);
            return;
        }
        if (tries >= MAX_UNLOCKS) {
            end(request);
        } else {
            request.getSession(false).setAttribute(WRONG, tries);
        }
        throw Problem.badCredentials(null);
    }

    private static boolean isRight(Signed of, BooleanSupplier check) {
        try {
            return check.getAsBoolean();
        } catch (RuntimeException e) {
            of.unlocks.decrementAndGet();
            throw e;
        }
    }
}
