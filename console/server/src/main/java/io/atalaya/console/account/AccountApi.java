package io.atalaya.console.account;

import io.atalaya.console.audit.Audit;
import io.atalaya.console.request.Problem;
import io.atalaya.console.security.Viewer;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.util.Map;

/** The accounts of persons and walls, as supervisors give them. */
@RestController
class AccountApi {
    record NewWall(int wall, String site) {}

    private final Accounts accounts;
    private final Grants grants;
    private final Audit audit;

    AccountApi(Accounts accounts, Grants grants, Audit audit) {
        this.accounts = accounts;
        this.grants = grants;
        this.audit = audit;
    }

    @GetMapping("/api/accounts")
    Map<String, Object> accounts(@RequestAttribute(Audit.ACTOR) Audit.Actor actor) {
        return Map.of(
                "accounts",
                grants.people(actor.viewer()),
                "requests",
                grants.requests(actor.viewer()));
    }

    @PostMapping("/api/accounts")
    Grants.Granted create(
            @RequestAttribute(Audit.ACTOR) Audit.Actor actor,
            @RequestBody Grants.NewAccount wanted) {
        return grants.ask(actor, wanted.name(), wanted);
    }

    @PatchMapping("/api/accounts/{name}")
    Grants.Granted change(
            @RequestAttribute(Audit.ACTOR) Audit.Actor actor,
            @PathVariable String name,
            @RequestBody Grants.Change wanted) {
        return grants.ask(actor, name, wanted);
    }

    @PostMapping("/api/account-requests/{requestId}/confirm")
    Grants.Granted confirm(
            @RequestAttribute(Audit.ACTOR) Audit.Actor actor, @PathVariable String requestId) {
        return grants.confirm(actor, requestId);
    }

    @DeleteMapping("/api/account-requests/{requestId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void refuse(@RequestAttribute(Audit.ACTOR) Audit.Actor actor, @PathVariable String requestId) {
        grants.refuse(actor, requestId);
    }

    @GetMapping("/api/walls")
    Map<String, Object> walls(@RequestAttribute(Audit.ACTOR) Audit.Actor actor) {
        return Map.of(
                "walls",
                accounts.walls().stream()
                        .filter(each -> actor.viewer().coversSites(Viewer.sitesOf(each.site())))
                        .toList());
    }

    @PostMapping("/api/walls")
    Map<String, String> wall(
            @RequestAttribute(Audit.ACTOR) Audit.Actor actor, @RequestBody NewWall wanted) {
        if (wanted.wall < 1 || wanted.wall > 999) {
            throw Problem.invalid("wall", wanted.wall, "1 to 999");
        }
        Grants.requireNames("site", Viewer.sitesOf(wanted.site));
        requireOwnWall(actor.viewer(), wanted.wall);
        if (!actor.viewer().coversSites(Viewer.sitesOf(wanted.site))) {
            throw Problem.of(HttpStatus.FORBIDDEN, "beyond-own", "site: one of the own");
        }
        audit.write(
                actor,
                "WALL_CREATE",
                Accounts.WALL + wanted.wall,
                null,
                Map.of("sites", Viewer.sitesOf(wanted.site)));
        return Map.of(
                "link", "/wall/" + wanted.wall + "#" + accounts.wallKey(wanted.wall, wanted.site));
    }

    @DeleteMapping("/api/walls/{wall}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void removeWall(@RequestAttribute(Audit.ACTOR) Audit.Actor actor, @PathVariable int wall) {
        requireOwnWall(actor.viewer(), wall);
        audit.write(actor, "WALL_REMOVE", Accounts.WALL + wall, null, null);
        accounts.removeWall(wall);
    }

    /** A new link ends the one before, so that of another site's wall is not for this person. */
    private void requireOwnWall(Viewer viewer, int wall) {
        Accounts.Account before = accounts.any(Accounts.WALL + wall);
        if (before != null && !viewer.coversSites(before.sites())) {
            throw Problem.notFound();
        }
    }
}
