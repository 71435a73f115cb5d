package io.atalaya.console.security;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import static io.atalaya.console.security.Role.ANALYST;
import static io.atalaya.console.security.Role.AUDITOR;
import static io.atalaya.console.security.Role.DISPATCHER;
import static io.atalaya.console.security.Role.INVESTIGATOR;
import static io.atalaya.console.security.Role.OPERATOR;
import static io.atalaya.console.security.Role.SUPERVISOR;
import static io.atalaya.console.security.Role.WALL;

/**
 * Which role may call which route, and how much it may send. What is not named here no one may. All
 * decisions about a request are taken by its route, never by its path as it was sent: the same path
 * can be written in many ways.
 */
public final class Routes {
    /** What anyone may send. */
    public static final int MAX_BODY_BYTES = 8 * 1024;

    /** What a person may send who answers many items at once. */
    private static final int MAX_ACTS_BYTES = 512 * 1024;

    /** What a browser sends of a new passkey; some come with certificates. */
    private static final int MAX_PASSKEY_BYTES = 32 * 1024;

    /** Against which limit of the person a request counts. */
    public enum Cost {
        CHEAP,
        EXPENSIVE,
        /** Expensive where it searches by plate. */
        BY_PLATE,
        MUTING,
        /** A login, which says whose limit it is only in its body. */
        BY_NAME
    }

    /**
     * One line of the table.
     *
     * @param roles null: anyone, signed in or not
     * @param whileLocked whether it is answered while the screen is locked
     */
    public record Route(
            HttpMethod method,
            String pattern,
            Set<Role> roles,
            int maxBodyBytes,
            Cost cost,
            boolean whileLocked) {
        private static final PathPatternRequestMatcher.Builder PATHS =
                PathPatternRequestMatcher.withDefaults();

        /** Matches requests of this route. */
        public RequestMatcher matcher() {
            return PATHS.matcher(method, pattern);
        }

        private Route upTo(int bytes) {
            return new Route(method, pattern, roles, bytes, cost, whileLocked);
        }

        private Route costs(Cost other) {
            return new Route(method, pattern, roles, maxBodyBytes, other, whileLocked);
        }

        private Route evenLocked() {
            return new Route(method, pattern, roles, maxBodyBytes, cost, true);
        }
    }

    private record Matched(RequestMatcher matcher, Route route) {}

    private static final Set<Role> SIGNED_IN = EnumSet.allOf(Role.class);
    private static final Set<Role> ANSWERING = EnumSet.of(DISPATCHER, SUPERVISOR);

    /** Who may read items. */
    public static final Set<Role> READING = EnumSet.of(DISPATCHER, SUPERVISOR, ANALYST, WALL);

    /** Who may see devices and sites. */
    public static final Set<Role> MAP =
            EnumSet.of(DISPATCHER, SUPERVISOR, ANALYST, INVESTIGATOR, OPERATOR, WALL);

    private static final Set<Role> HEALTH = EnumSet.of(SUPERVISOR, ANALYST, OPERATOR);
    private static final Set<Role> PEOPLE = EnumSet.complementOf(EnumSet.of(WALL));
    private static final Set<Role> LEADING = EnumSet.of(SUPERVISOR);

    /** The first line that fits applies. */
    public static final List<Route> ALL =
            List.of(
                    get("/api/session", null).evenLocked(),
                    post("/api/login", null).evenLocked().costs(Cost.BY_NAME),
                    post("/api/login/passkey", null).evenLocked().costs(Cost.BY_NAME),
                    post("/api/first-login", null).evenLocked(),
                    post("/api/first-login/check", null).evenLocked(),
                    post("/api/wall-login", null).evenLocked(),
                    post("/api/logout", SIGNED_IN).evenLocked(),
                    post("/api/session/lock", SIGNED_IN),
                    post("/api/session/unlock", SIGNED_IN).evenLocked(),
                    post("/api/session/active", SIGNED_IN),
                    post("/api/session/password", PEOPLE),
                    get("/api/session/passkeys", PEOPLE),
                    post("/api/session/passkeys", PEOPLE).upTo(MAX_PASSKEY_BYTES),
                    post("/api/session/passkeys/options", PEOPLE),
                    delete("/api/session/passkeys/*", PEOPLE),
                    route(HttpMethod.PUT, "/api/session", SIGNED_IN),
                    get("/api/stream", SIGNED_IN).evenLocked(),
                    get("/api/items", READING).costs(Cost.BY_PLATE),
                    get("/api/items/*", READING),
                    get("/api/alerts/*/images/*", READING),
                    get("/api/acts", ANSWERING),
                    post("/api/acts", ANSWERING).upTo(MAX_ACTS_BYTES),
                    post("/api/acts/*/undo", ANSWERING),
                    get("/api/mutes", EnumSet.of(DISPATCHER, SUPERVISOR, ANALYST)),
                    post("/api/mutes", ANSWERING).costs(Cost.MUTING),
                    delete("/api/mutes/*", ANSWERING).costs(Cost.MUTING),
                    post("/api/exports", EnumSet.of(SUPERVISOR, ANALYST)).costs(Cost.EXPENSIVE),
                    get("/api/devices", MAP),
                    get("/api/devices/*", MAP),
                    get("/api/sites", MAP),
                    get("/api/basemap", MAP),
                    get("/api/basemap/*", MAP),
                    get("/api/videowall", EnumSet.of(DISPATCHER, SUPERVISOR, WALL)),
                    get("/api/drone-tasks", ANSWERING),
                    get("/api/views", SIGNED_IN),
                    post("/api/views", PEOPLE),
                    delete("/api/views/*", PEOPLE),
                    post("/api/hotlist", LEADING),
                    delete("/api/hotlist/*", LEADING),
                    get("/api/models", HEALTH),
                    post("/api/models", EnumSet.of(ANALYST)),
                    get("/api/health", HEALTH),
                    get("/api/health/series", HEALTH).costs(Cost.EXPENSIVE),
                    get("/api/audit", EnumSet.of(AUDITOR)).costs(Cost.EXPENSIVE),
                    get("/api/audit/hashes", EnumSet.of(AUDITOR)).costs(Cost.EXPENSIVE),
                    get("/api/audit/verify", EnumSet.of(AUDITOR)).costs(Cost.EXPENSIVE),
                    get("/api/accounts", LEADING),
                    post("/api/accounts", LEADING),
                    route(HttpMethod.PATCH, "/api/accounts/*", LEADING),
                    post("/api/account-requests/*/confirm", LEADING),
                    delete("/api/account-requests/*", LEADING),
                    get("/api/walls", LEADING),
                    post("/api/walls", LEADING),
                    delete("/api/walls/*", LEADING));

    private static final List<Matched> MATCHERS =
            ALL.stream().map(each -> new Matched(each.matcher(), each)).toList();

    private Routes() {}

    /** The route that answers the request, or null: then it is a page, or nothing. */
    public static Route of(HttpServletRequest request) {
        return MATCHERS.stream()
                .filter(each -> each.matcher.matches(request))
                .map(Matched::route)
                .findFirst()
                .orElse(null);
    }

    /** Whether who has the first roles may call all that the others let one call. */
    public static boolean covers(Set<Role> roles, Set<Role> others) {
        return ALL.stream()
                .filter(route -> route.roles != null)
                .filter(route -> !Collections.disjoint(route.roles, others))
                .allMatch(route -> !Collections.disjoint(route.roles, roles));
    }

    private static Route get(String pattern, Set<Role> roles) {
        return route(HttpMethod.GET, pattern, roles);
    }

    private static Route post(String pattern, Set<Role> roles) {
        return route(HttpMethod.POST, pattern, roles);
    }

    private static Route delete(String pattern, Set<Role> roles) {
        return route(HttpMethod.DELETE, pattern, roles);
    }

    private static Route route(HttpMethod method, String pattern, Set<Role> roles) {
        return new Route(method, pattern, roles, MAX_BODY_BYTES, Cost.CHEAP, false);
    }
}
