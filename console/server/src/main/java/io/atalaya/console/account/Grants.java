package io.atalaya.console.account;

import io.atalaya.console.audit.Audit;
import io.atalaya.console.request.EnteredText;
import io.atalaya.console.request.Json;
import io.atalaya.console.request.Problem;
import io.atalaya.console.security.Role;
import io.atalaya.console.security.Routes;
import io.atalaya.console.security.Viewer;

import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What supervisors give: never more than they have themselves, and what opens covert things only
 * two of them together. {@code scripts/console account} gives the rest, on the server.
 */
public final class Grants {
    private static final Duration VALID = Duration.ofHours(24);
    private static final int MAX_NAMES = 100;

    /** That wait for a second supervisor; of one supervisor, so that none fills those of others. */
    private static final int MAX_REQUESTS = 100;

    /** What of a site's name cannot be in that of an account. */
    private static final Pattern NO_NAME = Pattern.compile("[^a-z0-9._-]");

    /** The most characters of the name of an account, a group or a site. */
    public static final int MAX_NAME = 64;

    /** The most characters of a name that is only shown. */
    public static final int MAX_LABEL = 80;

    /** What is asked for. */
    public sealed interface Wanted {
        /** The account as it would be, after the one that there is, or null. */
        Accounts.Account after(Accounts.Account before);
    }

    /** An account with a link for the first login. */
    public record NewAccount(
            String name,
            String displayName,
            Set<Role> roles,
            Set<String> groups,
            Set<String> sites,
            String agency)
            implements Wanted {
        @Override
        public Accounts.Account after(Accounts.Account before) {
            return Accounts.Account.invited(
                    name,
                    displayName,
                    roles,
                    groups == null ? Set.of() : groups,
                    sites == null ? Set.of() : sites,
                    agency);
        }
    }

    /** A change of an account; what is null stays. */
    public record Change(
            Set<Role> roles,
            Set<String> groups,
            Set<String> sites,
            Boolean disabled,
            Boolean unlock,
            Boolean newLink,
            Boolean removePasskeys)
            implements Wanted {
        @Override
        public Accounts.Account after(Accounts.Account before) {
            return new Accounts.Account(
                    before.name(),
                    before.displayName(),
                    roles == null ? before.roles() : roles,
                    groups == null ? before.groups() : groups,
                    sites == null ? before.sites() : sites,
                    before.agency(),
                    disabled == null ? before.disabled() : disabled,
                    before.locked(),
                    before.lastLoginAt(),
                    before.invited(),
                    before.hasPin(),
                    before.language(),
                    before.since());
        }

        /** Whether someone else may sign in by it. */
        private boolean opensLogin() {
            return Boolean.TRUE.equals(newLink) || Boolean.TRUE.equals(removePasskeys);
        }
    }

    /** What one supervisor has asked for and a second one has not confirmed yet. */
    record Request(String requestId, String name, Wanted wanted, String askedBy, long askedAt) {}

    /**
     * What has become of it.
     *
     * @param account as it is now, or null if it is still to be made
     * @param link for the next login, or null
     * @param request that waits for a second supervisor, or null
     */
    public record Granted(Accounts.Account account, String link, Request request) {}

    private final JdbcClient jdbc;
    private final Accounts accounts;
    private final Passkeys passkeys;
    private final Audit audit;

    public Grants(JdbcClient jdbc, Accounts accounts, Passkeys passkeys, Audit audit) {
        this.jdbc = jdbc;
        this.accounts = accounts;
        this.passkeys = passkeys;
        this.audit = audit;
    }

    /** Does what a supervisor wants, or keeps it until a second one confirms it. */
    synchronized Granted ask(Audit.Actor actor, String name, Wanted wanted) {
        requireValid(wanted);
        String asker = actor.viewer().name();
        if (wanted instanceof NewAccount) {
            requireNameOfOwnSite(actor.viewer(), name);
        }
        boolean needsSecond = check(asker, name, wanted);
        if (needsSecond) {
            requireRoom(asker);
        }
        audit.write(
                actor,
                needsSecond ? "ACCOUNT_ASK" : action(wanted),
                name,
                null,
                given(name, wanted));
        String requestId = UUID.randomUUID().toString();
        String token =
                accounts.inTurn(
                        Set.of(asker, name),
                        () -> {
                            if (check(asker, name, wanted) != needsSecond) {
                                throw changedMeanwhile();
                            }
                            if (!needsSecond) {
                                return perform(name, wanted);
                            }
                            keep(requestId, asker, name, wanted);
                            return null;
                        });
        return new Granted(
                accounts.any(name), link(token), needsSecond ? request(requestId) : null);
    }

    private void requireRoom(String asker) {
        jdbc.sql("DELETE FROM account_request WHERE asked_at <= now() - ?::interval")
                .param(VALID.toString())
                .update();
        int open =
                jdbc.sql("SELECT count(*) FROM account_request WHERE asked_by = ?")
                        .param(asker)
                        .query(Integer.class)
                        .single();
        if (open >= MAX_REQUESTS) {
            throw Problem.of(
                    HttpStatus.CONFLICT,
                    "conflict",
                    "at most " + MAX_REQUESTS + " requests of one person wait at a time");
        }
    }

    private void keep(String requestId, String asker, String name, Wanted wanted) {
        jdbc.sql(
                        "INSERT INTO account_request (request_id, name, is_new, body, asked_by)"
                                + " VALUES (?, ?, ?, ?::jsonb, ?)")
                .params(requestId, name, wanted instanceof NewAccount, Json.text(wanted), asker)
                .update();
    }

    private static Problem changedMeanwhile() {
        return Problem.of(HttpStatus.CONFLICT, "conflict", "the account has changed meanwhile");
    }

    /** Does what another supervisor has asked for; its link is shown to this one alone. */
    synchronized Granted confirm(Audit.Actor actor, String requestId) {
        Request request = request(requestId);
        String confirmer = actor.viewer().name();
        requireBoth(confirmer, request);
        Map<String, Object> detail = new HashMap<>(given(request.name, request.wanted));
        detail.put("askedBy", request.askedBy);
        audit.write(actor, "ACCOUNT_CONFIRM", request.name, null, detail);
        String token =
                accounts.inTurn(
                        Set.of(confirmer, request.askedBy, request.name),
                        () -> {
                            requireBoth(confirmer, request);
                            forget(requestId);
                            return perform(request.name, request.wanted);
                        });
        return new Granted(accounts.any(request.name), link(token), null);
    }

    /** Both give it, so it must be within what each of them has now. */
    private void requireBoth(String confirmer, Request request) {
        if (request.askedBy.equals(confirmer)) {
            throw Problem.of(HttpStatus.FORBIDDEN, "forbidden", "another supervisor confirms it");
        }
        check(confirmer, request.name, request.wanted);
        if (supervisor(request.askedBy) == null) {
            throw Problem.of(HttpStatus.CONFLICT, "conflict", "who asked is no supervisor now");
        }
        check(request.askedBy, request.name, request.wanted);
    }

    /** The supervisor of this name as one is now, or null. */
    private Viewer supervisor(String name) {
        Accounts.Account account = accounts.active(name);
        return account == null || !account.roles().contains(Role.SUPERVISOR)
                ? null
                : account.viewer();
    }

    /** Ends a request: that of another is refused, the own is withdrawn. */
    synchronized void refuse(Audit.Actor actor, String requestId) {
        Request request = request(requestId);
        if (!isSeen(actor.viewer(), request)) {
            throw Problem.notFound();
        }
        audit.write(
                actor, "ACCOUNT_REFUSE", request.name, null, Map.of("askedBy", request.askedBy));
        forget(requestId);
    }

    /** What waits, as far as the supervisor sees the accounts. */
    List<Request> requests(Viewer viewer) {
        return jdbc
                .sql(
                        "SELECT * FROM account_request WHERE asked_at > now() - :valid::interval"
                                + " ORDER BY asked_at")
                .param("valid", VALID.toString())
                .query((row, n) -> request(row))
                .list()
                .stream()
                .filter(each -> isSeen(viewer, each))
                .toList();
    }

    /** The accounts whose sites are among those of the supervisor. */
    List<Accounts.Account> people(Viewer viewer) {
        return accounts.people().stream().filter(each -> isSeen(viewer, each)).toList();
    }

    private boolean isSeen(Viewer viewer, Request request) {
        Accounts.Account account = accounts.any(request.name);
        return account == null
                ? viewer.coversSites(request.wanted.after(null).sites())
                : isSeen(viewer, account);
    }

    private static boolean isSeen(Viewer viewer, Accounts.Account account) {
        return account.name().equals(viewer.name()) || viewer.coversSites(account.sites());
    }

    /**
     * Whether it needs a second supervisor.
     *
     * @throws Problem if it is not for this one to give
     */
    private boolean check(String by, String name, Wanted wanted) {
        Viewer giver = supervisor(by);
        if (giver == null) {
            throw Problem.of(HttpStatus.FORBIDDEN, "forbidden", "only a supervisor");
        }
        if (by.equals(name)) {
            throw Problem.of(HttpStatus.FORBIDDEN, "forbidden", "no one changes the own account");
        }
        Accounts.Account before = accounts.any(name);
        if (wanted instanceof Change) {
            if (before == null || before.roles().contains(Role.WALL) || !isSeen(giver, before)) {
                throw Problem.notFound();
            }
        } else {
            accounts.requireFree(name);
            before = null;
        }
        Accounts.Account after = wanted.after(before);
        if (gives(before, after, wanted)) {
            requireOwn(giver, before, after);
        }
        if (wanted instanceof Change change) {
            if (change.opensLogin()) {
                // Nor is an account made less first, to be taken over then.
                requireOwn(giver, before, before);
            }
            if (isSame(before, after) && !change.opensLogin()) {
                return before.disabled() != after.disabled()
                        && (before.disabled() ? needsTwo(before) : isOversight(before));
            }
        }
        return needsTwo(after) || before != null && needsTwo(before);
    }

    /** Or who may not know of other sites' accounts and groups tries which names are taken. */
    private static void requireNameOfOwnSite(Viewer giver, String name) {
        List<String> ends =
                giver.sites().stream()
                        .map(site -> "@" + NO_NAME.matcher(Accounts.plain(site)).replaceAll("-"))
                        .sorted()
                        .toList();
        if (!ends.isEmpty() && ends.stream().noneMatch(Accounts.plain(name)::endsWith)) {
            throw Problem.invalid("name", name, "a name that ends in one of " + ends);
        }
    }

    private static void requireOwn(Viewer giver, Accounts.Account before, Accounts.Account given) {
        Set<String> groups = new HashSet<>(given.groups());
        // An account that has its own name as a group, which no one else can have, keeps it.
        if (before != null && before.groups().contains(before.name())) {
            groups.remove(before.name());
        }
        if (!Routes.covers(giver.roles(), given.roles())) {
            throw beyond("roles", given.roles());
        }
        if (!giver.groups().containsAll(groups)) {
            throw beyond("groups", groups);
        }
        if (!giver.coversSites(given.sites())) {
            throw beyond("sites", given.sites());
        }
    }

    /** A second supervisor who was made by the first one alone would be no second one. */
    private static boolean needsTwo(Accounts.Account account) {
        return !account.groups().isEmpty() || isOversight(account);
    }

    /** Who would notice what one supervisor does alone. */
    private static boolean isOversight(Accounts.Account account) {
        return account.roles().contains(Role.SUPERVISOR) || account.roles().contains(Role.AUDITOR);
    }

    private static boolean isSame(Accounts.Account before, Accounts.Account after) {
        return before.roles().equals(after.roles())
                && before.groups().equals(after.groups())
                && before.sites().equals(after.sites());
    }

    private static Problem beyond(String field, Collection<?> values) {
        return new Problem(
                HttpStatus.FORBIDDEN,
                new Problem.Body(
                        "beyond-own",
                        values + " is more than the own; expected what the giver has",
                        field,
                        null));
    }

    /** Whether someone can see or do more by it than before. */
    private static boolean gives(Accounts.Account before, Accounts.Account after, Wanted wanted) {
        if (!(wanted instanceof Change change)) {
            return true;
        }
        boolean isWider =
                after.sites().isEmpty()
                        ? !before.sites().isEmpty()
                        : !before.sites().isEmpty() && !before.sites().containsAll(after.sites());
        // Who is an analyst sees nothing covert, whatever other roles there are.
        boolean losesLimit =
                before.roles().contains(Role.ANALYST) && !after.roles().contains(Role.ANALYST);
        return isWider
                || losesLimit
                || change.opensLogin()
                || before.disabled() && !after.disabled()
                || !before.roles().containsAll(after.roles())
                || !before.groups().containsAll(after.groups());
    }

    private static void requireValid(Wanted wanted) {
        if (wanted instanceof NewAccount of) {
            EnteredText.required("displayName", of.displayName, MAX_LABEL);
            EnteredText.checked("agency", of.agency, MAX_LABEL);
            requireRoles(of.roles);
            requireNames("groups", of.groups);
            requireNames("sites", of.sites);
        } else if (wanted instanceof Change of) {
            if (of.roles != null) {
                requireRoles(of.roles);
            }
            requireNames("groups", of.groups);
            requireNames("sites", of.sites);
        }
    }

    /**
     * Requires roles of a person.
     *
     * @throws Problem if there is none, or one is null or that of a wall
     */
    public static void requireRoles(Set<Role> roles) {
        if (roles == null || roles.isEmpty() || roles.contains(null) || roles.contains(Role.WALL)) {
            throw Problem.invalid("roles", "of " + EnumSet.complementOf(EnumSet.of(Role.WALL)));
        }
    }

    static void requireNames(String field, Set<String> names) {
        if (names == null) {
            return;
        }
        if (names.size() > MAX_NAMES) {
            throw Problem.invalid(field, names.size() + " names", "at most " + MAX_NAMES);
        }
        names.forEach(each -> EnteredText.required(field, each, MAX_NAME));
    }

    /** Does it without asking who may give it; returns the path of the link, or null. */
    public String apply(String name, Wanted wanted) {
        return link(accounts.inTurn(Set.of(name), () -> perform(name, wanted)));
    }

    /**
     * Does it in a transaction. The login of an account that one supervisor alone could have made,
     * and that now needs two, begins again by a link.
     *
     * @return the link's token, or null
     */
    private String perform(String name, Wanted wanted) {
        if (!(wanted instanceof Change change)) {
            return accounts.create(wanted.after(null));
        }
        Accounts.Account before = accounts.any(name);
        boolean isRenewed =
                !needsTwo(before) && needsTwo(change.after(before)) && !accounts.isOfProvider(name);
        boolean isLink = isRenewed || Boolean.TRUE.equals(change.newLink);
        if (isLink) {
            accounts.requireOwnPassword(name);
        }
        if (isRenewed) {
            accounts.endLogin(name);
        }
        if (Boolean.TRUE.equals(change.unlock)) {
            accounts.unlock(name);
        }
        accounts.update(name, change.roles, change.groups, change.sites, change.disabled);
        if (isRenewed || Boolean.TRUE.equals(change.removePasskeys)) {
            passkeys.removeAll(name);
            accounts.endSessions(name);
        }
        return isLink ? accounts.token(name) : null;
    }

    /** The path at which a person signs in for the first time, or null without a token. */
    public static String link(String token) {
        return token == null ? null : "/first#" + token;
    }

    /** What the audit calls it. */
    public static String action(Wanted wanted) {
        return wanted instanceof NewAccount ? "ACCOUNT_CREATE" : "ACCOUNT_CHANGE";
    }

    /** For the audit: what is asked for, and the account as it would be with it. */
    private Map<String, Object> given(String name, Wanted wanted) {
        Accounts.Account after =
                wanted.after(wanted instanceof NewAccount ? null : accounts.any(name));
        return Map.of(
                "change",
                wanted,
                "roles",
                after.roles(),
                "groups",
                after.groups(),
                "sites",
                after.sites());
    }

    private Request request(String requestId) {
        return jdbc.sql(
                        "SELECT * FROM account_request WHERE request_id = :id"
                                + " AND asked_at > now() - :valid::interval")
                .param("id", requestId)
                .param("valid", VALID.toString())
                .query((row, n) -> request(row))
                .optional()
                .orElseThrow(Problem::notFound);
    }

    private static Request request(ResultSet row) throws SQLException {
        Class<? extends Wanted> type = row.getBoolean("is_new") ? NewAccount.class : Change.class;
        return new Request(
                row.getString("request_id"),
                row.getString("name"),
                Json.MAPPER.readValue(row.getString("body"), type),
                row.getString("asked_by"),
                row.getTimestamp("asked_at").getTime());
    }

    /** Of two who confirm at once only one goes on. */
    private void forget(String requestId) {
        int forgotten =
                jdbc.sql("DELETE FROM account_request WHERE request_id = ?")
                        .param(requestId)
                        .update();
        if (forgotten == 0) {
            throw Problem.notFound();
        }
    }
}
