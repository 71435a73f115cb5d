package io.atalaya.console.account;

import io.atalaya.console.audit.Audit;
import io.atalaya.console.request.EnteredText;
import io.atalaya.console.request.Problem;
import io.atalaya.console.security.Hash;
import io.atalaya.console.security.Role;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.stereotype.Component;

import java.io.IOException;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Signs in whom an OpenID Connect provider has identified. The account belongs to the provider's
 * issuer and subject: a name can be chosen, and one that the console knows is no one else's.
 */
@Component
public final class ProviderSignIn
        implements AuthenticationSuccessHandler, AuthenticationFailureHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderSignIn.class);
    private static final Audit.Actor PROVIDER = Audit.Actor.outside("oidc", "OpenID Connect");

    /** What the claim says of who may see all sites. */
    private static final String ALL_SITES = "*";

    /** As OpenID Connect has it. */
    private static final int MAX_SUBJECT = 255;

    private final Sessions sessions;
    private final Accounts accounts;
    private final Passkeys passkeys;
    private final Logins logins;
    private final Audit audit;
    private final String rolesClaim;
    private final String sitesClaim;

    ProviderSignIn(
            Sessions sessions,
            Accounts accounts,
            Passkeys passkeys,
            Logins logins,
            Audit audit,
            @Value("${console.oidc.roles-claim:roles}") String rolesClaim,
            @Value("${console.oidc.sites-claim:sites}") String sitesClaim) {
        this.sessions = sessions;
        this.accounts = accounts;
        this.passkeys = passkeys;
        this.logins = logins;
        this.audit = audit;
        this.rolesClaim = rolesClaim;
        this.sitesClaim = sitesClaim;
    }

    @Override
    public void onAuthenticationSuccess(
            HttpServletRequest request, HttpServletResponse response, Authentication signed)
            throws IOException {
        OidcUser user = (OidcUser) signed.getPrincipal();
        try {
            response.sendRedirect(signIn(user, request));
        } catch (Problem e) {
            LOG.info("{} of {} was refused: {}", subject(user), user.getIssuer(), e.body());
            audit.write(
                    PROVIDER,
                    "LOGIN_REFUSED",
                    user.getIssuer() + " " + subject(user),
                    null,
                    Map.of("why", e.getMessage(), "from", request.getRemoteAddr()));
            response.sendRedirect("/?login=failed");
        }
    }

    /** What comes back from the provider is wrong, or not what this browser has asked for. */
    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException e)
            throws IOException {
        try {
            logins.failed(null, request.getRemoteAddr());
        } catch (Problem notRecorded) {
            LOG.debug("a failed login is not recorded: {}", notRecorded.body());
        }
        response.sendRedirect("/?login=failed");
    }

    /** What can be written of the provider's subject. */
    private static String subject(OidcUser user) {
        try {
            return EnteredText.required("sub", user.getSubject(), MAX_SUBJECT);
        } catch (Problem e) {
            return "hash " + Hash.of(user.getSubject());
        }
    }

    /** Where the browser goes on. */
    private String signIn(OidcUser user, HttpServletRequest request) {
        Accounts.Proven by = accounts.identified(account(user));
        Accounts.Account account = by.account();
        if (account.disabled()) {
            throw Problem.invalid("account", account.name(), "one that a supervisor has enabled");
        }
        // The provider stands for the password, not for the second factor of who has one here.
        if (!passkeys.of(account.name()).isEmpty()) {
            passkeys.ask(by, sessions.renewed(request));
            return "/?login=passkey";
        }
        audit.write(
                new Audit.Actor(account.viewer(), Sessions.siteOf(account, null), null),
                "LOGIN",
                account.name(),
                null,
                Map.of("from", request.getRemoteAddr(), "issuer", user.getIssuer().toString()));
        sessions.begin(request, by, null, null);
        return "/";
    }

    /** Makes the account as the claims say; groups are never the provider's to give. */
    private String account(OidcUser user) {
        EnteredText.required("sub", user.getSubject(), MAX_SUBJECT);
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (Role role : Role.values()) {
            if (role != Role.WALL
                    && claim(user, rolesClaim).stream().anyMatch(role.name()::equalsIgnoreCase)) {
                roles.add(role);
            }
        }
        Grants.requireRoles(roles);
        Set<String> claimed = new LinkedHashSet<>(claim(user, sitesClaim));
        Set<String> sites = claimed.contains(ALL_SITES) ? Set.of() : Set.copyOf(claimed);
        Grants.requireNames("sites", sites);
        String issuer = user.getIssuer().toString();
        Accounts.Account before = accounts.ofProvider(issuer, user.getSubject());
        if (before != null) {
            boolean isSame =
                    before.roles().equals(roles)
                            && (claimed.isEmpty() || before.sites().equals(sites));
            if (isSame) {
                return before.name();
            }
            changed("ACCOUNT_CHANGE", before.name(), roles, sites, user);
            return accounts.inTurn(
                    Set.of(before.name()),
                    () -> {
                        accounts.update(
                                before.name(), roles, null, claimed.isEmpty() ? null : sites, null);
                        return before.name();
                    });
        }
        String wanted = user.getPreferredUsername();
        String name = (wanted == null ? user.getSubject() : wanted).toLowerCase(Locale.ROOT);
        accounts.requireFree(name);
        changed("ACCOUNT_CREATE", name, roles, sites, user);
        // No site at all would mean all sites, so that a supervisor has to say which.
        accounts.createOfProvider(
                issuer,
                user.getSubject(),
                name,
                user.getFullName() == null
                        ? name
                        : EnteredText.checked("name", user.getFullName(), Grants.MAX_LABEL),
                roles,
                sites,
                claimed.isEmpty());
        return name;
    }

    private void changed(
            String action, String name, Set<Role> roles, Set<String> sites, OidcUser user) {
        audit.write(
                PROVIDER,
                action,
                name,
                null,
                Map.of(
                        "roles",
                        roles,
                        "sites",
                        sites,
                        "issuer",
                        user.getIssuer().toString(),
                        "subject",
                        user.getSubject()));
    }

    private static List<String> claim(OidcUser user, String name) {
        return user.getClaim(name) instanceof Collection<?> values
                ? values.stream()
                        .map(
                                each ->
                                        EnteredText.checked(
                                                name, String.valueOf(each), Grants.MAX_NAME))
                        .filter(each -> !each.isBlank())
                        .toList()
                : List.of();
    }
}
