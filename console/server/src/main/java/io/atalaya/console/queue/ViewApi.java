package io.atalaya.console.queue;

import io.atalaya.console.account.Accounts;
import io.atalaya.console.audit.Audit;
import io.atalaya.console.request.EnteredText;
import io.atalaya.console.request.Problem;
import io.atalaya.console.security.Role;
import io.atalaya.console.security.Viewer;

import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.sql.Timestamp;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Saved views: filters with a name, of one person or shared. */
@RestController
class ViewApi {
    private static final int MAX_VIEWS = 50;
    private static final int MAX_LABEL = 80;
    private static final int MAX_TEXT = 1024;

    /** Parameters of a query that others may not know of. */
    private static final Set<String> MAYBE_COVERT = Set.of("plate", "item");

    /** {@code shared}: null for no. */
    record NewView(String name, String query, Boolean shared) {}

    record View(
            String viewId,
            String name,
            String query,
            boolean shared,
            String owner,
            long createdAt) {}

    private final Accounts accounts;
    private final JdbcClient jdbc;

    ViewApi(Accounts accounts, JdbcClient jdbc) {
        this.accounts = accounts;
        this.jdbc = jdbc;
    }

    @GetMapping("/api/views")
    Map<String, Object> views(@RequestAttribute(Audit.ACTOR) Audit.Actor actor) {
        return Map.of(
                "views",
                jdbc
                        .sql(
                                "SELECT * FROM saved_view WHERE owner = ? OR shared ORDER BY created_at")
                        .param(actor.viewer().name())
                        .query(
                                (row, n) ->
                                        new View(
                                                row.getString("view_id"),
                                                row.getString("name"),
                                                row.getString("query"),
                                                row.getBoolean("shared"),
                                                row.getString("owner"),
                                                row.getTimestamp("created_at").getTime()))
                        .list()
                        .stream()
                        .filter(each -> isOfOwnSites(each, actor.viewer()))
                        .toList());
    }

    /** What is shared is for the sites of who shares it, because it may name their devices. */
    private boolean isOfOwnSites(View view, Viewer viewer) {
        Accounts.Account owner = accounts.any(view.owner);
        return owner != null && viewer.isOf(owner.sites());
    }

    /** One at a time, so that they are counted right. */
    @PostMapping("/api/views")
    synchronized View save(
            @RequestAttribute(Audit.ACTOR) Audit.Actor actor, @RequestBody NewView wanted) {
        EnteredText.required("name", wanted.name, MAX_LABEL);
        if (wanted.query == null || wanted.query.length() > MAX_TEXT) {
            throw Problem.invalid("query", "at most " + MAX_TEXT + " characters");
        }
        boolean isShared = Boolean.TRUE.equals(wanted.shared);
        if (isShared && !actor.viewer().is(Role.SUPERVISOR)) {
            throw Problem.of(HttpStatus.FORBIDDEN, "forbidden", "only a supervisor shares");
        }
        // They may be of something covert, which others would read in the view.
        if (isShared
                && !Collections.disjoint(
                        Views.Filter.parameters(wanted.query).keySet(), MAYBE_COVERT)) {
            throw Problem.invalid("query", "a plate or item", "a shared view without them");
        }
        int own =
                jdbc.sql("SELECT count(*) FROM saved_view WHERE owner = ?")
                        .param(actor.viewer().name())
                        .query(Integer.class)
                        .single();
        if (own >= MAX_VIEWS) {
            throw Problem.of(
                    HttpStatus.CONFLICT,
                    "conflict",
                    "at most " + MAX_VIEWS + " views of one person");
        }
        long now = System.currentTimeMillis();
        View view =
                new View(
                        UUID.randomUUID().toString(),
                        wanted.name,
                        wanted.query,
                        isShared,
                        actor.viewer().name(),
                        now);
        jdbc.sql("INSERT INTO saved_view VALUES (?, ?, ?, ?, ?, ?)")
                .params(
                        view.viewId,
                        view.owner,
                        view.name,
                        view.query,
                        view.shared,
                        new Timestamp(now))
                .update();
        return view;
    }

    @DeleteMapping("/api/views/{viewId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void forget(@RequestAttribute(Audit.ACTOR) Audit.Actor actor, @PathVariable String viewId) {
        int deleted =
                jdbc.sql("DELETE FROM saved_view WHERE view_id = ? AND owner = ?")
                        .params(viewId, actor.viewer().name())
                        .update();
        if (deleted == 0) {
            throw Problem.notFound();
        }
    }
}
