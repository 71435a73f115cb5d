package io.atalaya.console;

import org.springframework.http.HttpMethod;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import static io.atalaya.console.Role.ANALYST;
import static io.atalaya.console.Role.AUDITOR;
import static io.atalaya.console.Role.DISPATCHER;
import static io.atalaya.console.Role.INVESTIGATOR;
import static io.atalaya.console.Role.OPERATOR;
import static io.atalaya.console.Role.SUPERVISOR;
import static io.atalaya.console.Role.WALL;

/** Which role may call which route. What is not named here no one may. */
public final class Routes {
    /**
     * One line of the table.
     *
     * @param roles null: anyone, signed in or not
     */
    public record Route(HttpMethod method, String pattern, Set<Role> roles) {}

    private static final Set<Role> SIGNED_IN = EnumSet.allOf(Role.class);
    private static final Set<Role> ANSWERING = EnumSet.of(DISPATCHER, SUPERVISOR);
    private static final Set<Role> READING = EnumSet.of(DISPATCHER, SUPERVISOR, ANALYST, WALL);
    private static final Set<Role> MAP =
            EnumSet.of(DISPATCHER, SUPERVISOR, ANALYST, INVESTIGATOR, OPERATOR, WALL);
    private static final Set<Role> HEALTH = EnumSet.of(SUPERVISOR, ANALYST, OPERATOR);
    private static final Set<Role> PEOPLE = EnumSet.complementOf(EnumSet.of(WALL));
    private static final Set<Role> LEADING = EnumSet.of(SUPERVISOR);

    /** The first line that fits applies. */
    public static final List<Route> ALL =
            List.of(
                    get("/api/session", null),
                    post("/api/login", null),
                    post("/api/login/passkey", null),
                    post("/api/first-login", null),
                    post("/api/first-login/check", null),
                    post("/api/wall-login", null),
                    post("/api/logout", SIGNED_IN),
                    post("/api/session/lock", SIGNED_IN),
                    post("/api/session/unlock", SIGNED_IN),
                    post("/api/session/active", SIGNED_IN),
                    post("/api/session/password", PEOPLE),
                    get("/api/session/passkeys", PEOPLE),
                    post("/api/session/passkeys", PEOPLE),
                    post("/api/session/passkeys/options", PEOPLE),
                    delete("/api/session/passkeys/*", PEOPLE),
                    new Route(HttpMethod.PUT, "/api/session", SIGNED_IN),
                    get("/api/stream", SIGNED_IN),
                    get("/api/items", READING),
                    get("/api/items/*", READING),
                    get("/api/alerts/*/images/*", READING),
                    get("/api/acts", ANSWERING),
                    post("/api/acts", ANSWERING),
                    post("/api/acts/*/undo", ANSWERING),
                    get("/api/mutes", EnumSet.of(DISPATCHER, SUPERVISOR, ANALYST)),
                    post("/api/mutes", ANSWERING),
                    delete("/api/mutes/*", ANSWERING),
                    post("/api/exports", EnumSet.of(SUPERVISOR, ANALYST)),
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
                    get("/api/health/series", HEALTH),
                    get("/api/audit", EnumSet.of(AUDITOR)),
                    get("/api/audit/verify", EnumSet.of(AUDITOR)),
                    get("/api/accounts", LEADING),
                    post("/api/accounts", LEADING),
                    new Route(HttpMethod.PATCH, "/api/accounts/*", LEADING),
                    get("/api/walls", LEADING),
                    post("/api/walls", LEADING),
                    delete("/api/walls/*", LEADING));

    private Routes() {}

    private static Route get(String pattern, Set<Role> roles) {
        return new Route(HttpMethod.GET, pattern, roles);
    }

    private static Route post(String pattern, Set<Role> roles) {
        return new Route(HttpMethod.POST, pattern, roles);
    }

    private static Route delete(String pattern, Set<Role> roles) {
        return new Route(HttpMethod.DELETE, pattern, roles);
    }
}
