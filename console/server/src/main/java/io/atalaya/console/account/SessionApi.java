package io.atalaya.console.account;

import io.atalaya.console.act.Acts;
import io.atalaya.console.audit.Audit;
import io.atalaya.console.item.Items;
import io.atalaya.console.request.EnteredText;
import io.atalaya.console.request.Problem;
import io.atalaya.console.security.Limits;
import io.atalaya.console.security.Role;

import com.fasterxml.jackson.annotation.JsonRawValue;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.util.Map;
import java.util.Set;

/** Signing in and out, and what a person changes of the own session. */
@RestController
class SessionApi {
    record Login(String name, String password, String site, String position) {}

    record PasskeyLogin(Passkeys.Assertion credential, String site, String position) {}

    record FirstLogin(
            String token,
            String name,
            String displayName,
            String password,
            String pin,
            String site,
            String position) {}

    record Invited(String token) {}

    record WallLogin(String key, String site, String position) {}

    record Unlock(String pin, String password) {}

    record Place(String site, String position, String language) {}

    record NewPassword(String password, String newPassword, String pin) {}

    record Confirmed(String password) {}

    record NewPasskey(String label, Passkeys.Attestation credential) {}

    record User(
            String name,
            String displayName,
            Set<Role> roles,
            Set<String> groups,
            Set<String> sites,
            String agency) {}

    record Session(
            boolean signedIn,
            Boolean oidc,
            Boolean locked,
            User user,
            String site,
            String position,
            Long expiresAt,
            Integer idleLockSeconds,
            Boolean hasPin,
            String language,
            Integer undoSeconds,
            Integer passkeys,
            long serverTime,
            Map<String, Boolean> features,
            @JsonRawValue String passkey) {
        /** Of someone who is not signed in; {@code passkey} is asked for if it is not null. */
        static Session none(Boolean oidc, String passkey) {
            return new Session(
                    false,
                    oidc,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    System.currentTimeMillis(),
                    null,
                    passkey);
        }
    }

    private final Sessions sessions;
    private final Accounts accounts;
    private final Passkeys passkeys;
    private final Audit audit;
    private final Items items;
    private final CookieCsrfTokenRepository csrfTokens;
    private final Logins logins;
    private final boolean hasOidc;

    SessionApi(
            Sessions sessions,
            Accounts accounts,
            Passkeys passkeys,
            Audit audit,
            Items items,
            CookieCsrfTokenRepository csrfTokens,
            Logins logins,
            @Value("${console.oidc.issuer:}") String issuer) {
        this.sessions = sessions;
        this.accounts = accounts;
        this.passkeys = passkeys;
        this.audit = audit;
        this.items = items;
        this.csrfTokens = csrfTokens;
        this.logins = logins;
        this.hasOidc = !issuer.isEmpty();
    }

    @GetMapping("/api/session")
    Session session(HttpServletRequest request) {
        Sessions.Signed signed = sessions.of(request);
        return signed == null
                ? Session.none(hasOidc, passkeys.question(request))
                : session(accounts.active(signed.name()), signed);
    }

    private Session session(Accounts.Account account, Sessions.Signed signed) {
        long now = System.currentTimeMillis();
        return new Session(
                true,
                null,
                signed.isLocked(now),
                new User(
                        account.name(),
                        account.displayName(),
                        account.roles(),
                        account.groups(),
                        account.sites(),
                        account.agency()),
                signed.site(),
                signed.position(),
                signed.until(),
                (int) Sessions.IDLE.toSeconds(),
                account.hasPin(),
                account.language(),
                (int) (Acts.UNDO_MS / 1000),
                passkeys.of(account.name()).size(),
                now,
                Map.of("incidents", items.isWithDispatch()),
                null);
    }

    @PostMapping("/api/login")
    Session login(
            @RequestBody Login login, HttpServletRequest request, HttpServletResponse response) {
        Accounts.Proven by = logins.signIn(login.name, login.password, request.getRemoteAddr());
        return next(by, login.site, login.position, "LOGIN", request, response);
    }

    /** The second factor of who has one. */
    @PostMapping("/api/login/passkey")
    Session passkey(
            @RequestBody PasskeyLogin login,
            HttpServletRequest request,
            HttpServletResponse response) {
        String asked = passkeys.asked(request);
        String mark = passkeys.answered(login.credential, request);
        Accounts.Account account = accounts.active(asked);
        if (mark == null || account == null) {
            logins.refuseOther(asked, request.getRemoteAddr());
        }
        Accounts.Proven by = new Accounts.Proven(account, mark);
        return begin(by, login.site, login.position, "LOGIN", request, response);
    }

    private Session next(
            Accounts.Proven by,
            String site,
            String position,
            String action,
            HttpServletRequest request,
            HttpServletResponse response) {
        if (passkeys.of(by.account().name()).isEmpty()) {
            return begin(by, site, position, action, request, response);
        }
        Session asked = Session.none(hasOidc, passkeys.ask(by, sessions.renewed(request)));
        csrfTokens.saveToken(null, request, response);
        return asked;
    }

    @PostMapping("/api/first-login")
    Session firstLogin(
            @RequestBody FirstLogin login,
            HttpServletRequest request,
            HttpServletResponse response) {
        String displayName =
                EnteredText.checked("displayName", login.displayName, Grants.MAX_LABEL);
        invited(login.token, request);
        Accounts.Proven by =
                logins.hash(
                        () ->
                                accounts.firstLogin(
                                        login.token,
                                        login.name,
                                        displayName,
                                        login.password,
                                        login.pin));
        return next(by, login.site, login.position, "FIRST_LOGIN", request, response);
    }

    @PostMapping("/api/first-login/check")
    Map<String, Object> check(@RequestBody Invited by, HttpServletRequest request) {
        Accounts.Account invited = invited(by.token, request);
        return invited.name() == null
                ? Map.of("roles", invited.roles())
                : Map.of(
                        "name", invited.name(),
                        "displayName", invited.displayName(),
                        "roles", invited.roles());
    }

    private Accounts.Account invited(String token, HttpServletRequest request) {
        try {
            return accounts.invited(token);
        } catch (Problem e) {
            logins.failed(null, request.getRemoteAddr());
            throw e;
        }
    }

    @PostMapping("/api/wall-login")
    Session wallLogin(
            @RequestBody WallLogin login,
            HttpServletRequest request,
            HttpServletResponse response) {
        Accounts.Proven wall = accounts.wallSignIn(login.key);
        if (wall == null) {
            logins.refuseOther(null, request.getRemoteAddr());
        }
        return begin(wall, login.site, login.position, "WALL_LOGIN", request, response);
    }

    private Session begin(
            Accounts.Proven by,
            String site,
            String position,
            String action,
            HttpServletRequest request,
            HttpServletResponse response) {
        Accounts.Account account = by.account();
        accounts.requireMark(account.name(), by.mark());
        audit.write(
                new Audit.Actor(
                        account.viewer(),
                        Sessions.siteOf(account, site),
                        Sessions.requirePosition(position)),
                action,
                account.name(),
                null,
                Map.of("from", request.getRemoteAddr()));
        sessions.begin(request, by, site, position);
        accounts.signedIn(by, Limits.origin(request.getRemoteAddr()));
        csrfTokens.saveToken(null, request, response);
        return session(request);
    }

    @PostMapping("/api/logout")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void logout(
            @RequestAttribute(Audit.ACTOR) Audit.Actor actor,
            HttpServletRequest request,
            HttpServletResponse response) {
        audit.write(actor, "LOGOUT", actor.viewer().name(), null, null);
        sessions.end(request);
        csrfTokens.saveToken(null, request, response);
    }

    @PostMapping("/api/session/lock")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void lock(HttpServletRequest request) {
        sessions.lock(request);
    }

    @PostMapping("/api/session/unlock")
    Session unlock(
            @RequestAttribute(Audit.ACTOR) Audit.Actor actor,
            @RequestBody Unlock with,
            HttpServletRequest request) {
        sessions.unlock(
                request,
                () ->
                        logins.unlocks(
                                actor.viewer().name(),
                                with.pin,
                                with.password,
                                request.getRemoteAddr()));
        return session(request);
    }

    /** The filter has already noted that the person is there. */
    @PostMapping("/api/session/active")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void active() {}

    @PutMapping("/api/session")
    Session change(
            @RequestAttribute(Audit.ACTOR) Audit.Actor actor,
            @RequestBody Place place,
            HttpServletRequest request) {
        Accounts.Account account = accounts.active(actor.viewer().name());
        sessions.move(request, account, place.site, place.position);
        if (place.language != null) {
            if (!place.language.matches("[a-zA-Z-]{2,10}")) {
                throw Problem.invalid("language", "es-MX or en");
            }
            accounts.language(account.name(), place.language);
        }
        return session(request);
    }

    @PostMapping("/api/session/password")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void password(
            @RequestAttribute(Audit.ACTOR) Audit.Actor actor,
            @RequestBody NewPassword wanted,
            HttpServletRequest request) {
        String name = actor.viewer().name();
        String before = signed(request).mark();
        logins.confirm(name, wanted.password, request.getRemoteAddr());
        audit.write(actor, "PASSWORD", name, null, null);
        String mark =
                logins.hash(
                        () ->
                                accounts.changePassword(
                                        name, before, wanted.newPassword, wanted.pin));
        sessions.keep(request, mark);
    }

    @GetMapping("/api/session/passkeys")
    Map<String, Object> passkeys(@RequestAttribute(Audit.ACTOR) Audit.Actor actor) {
        return Map.of("passkeys", passkeys.of(actor.viewer().name()));
    }

    @PostMapping(
            value = "/api/session/passkeys/options",
            produces = MediaType.APPLICATION_JSON_VALUE)
    String offer(
            @RequestAttribute(Audit.ACTOR) Audit.Actor actor,
            @RequestBody Confirmed by,
            HttpServletRequest request) {
        confirm(actor, by, request);
        Sessions.Signed of = signed(request);
        return passkeys.offer(of.name(), of.mark(), of.key());
    }

    /** The session of the request, if it has not ended since the request came. */
    private Sessions.Signed signed(HttpServletRequest request) {
        Sessions.Signed by = sessions.of(request);
        if (by == null) {
            throw Problem.badCredentials(null);
        }
        return by;
    }

    /** Who finds a screen open must not add a key to the account, nor take one away. */
    private void confirm(Audit.Actor actor, Confirmed by, HttpServletRequest request) {
        String name = actor.viewer().name();
        if (!accounts.isOfProvider(name)) {
            logins.confirm(name, by.password, request.getRemoteAddr());
        } else if (!sessions.of(request).isFresh(System.currentTimeMillis())) {
            throw Problem.badCredentials("sign in again first");
        }
    }

    @PostMapping("/api/session/passkeys")
    Passkeys.Shown add(
            @RequestAttribute(Audit.ACTOR) Audit.Actor actor,
            @RequestBody NewPasskey added,
            HttpServletRequest request) {
        String label = EnteredText.required("label", added.label, Grants.MAX_LABEL);
        Sessions.Signed by = signed(request);
        String mark = by.mark();
        audit.write(actor, "PASSKEY_ADD", by.name(), null, null);
        return accounts.unchanged(
                by.name(),
                mark,
                () -> passkeys.add(by.name(), mark, by.key(), label, added.credential));
    }

    @DeleteMapping("/api/session/passkeys/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(
            @RequestAttribute(Audit.ACTOR) Audit.Actor actor,
            @PathVariable String id,
            @RequestBody Confirmed by,
            HttpServletRequest request) {
        confirm(actor, by, request);
        audit.write(actor, "PASSKEY_REMOVE", actor.viewer().name(), null, null);
        passkeys.remove(actor.viewer().name(), id);
    }
}
