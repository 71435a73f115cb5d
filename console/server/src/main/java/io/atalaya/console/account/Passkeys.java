package io.atalaya.console.account;

import io.atalaya.console.request.Problem;
import io.atalaya.console.security.Hash;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.webauthn.api.AuthenticatorAssertionResponse;
import org.springframework.security.web.webauthn.api.AuthenticatorAttestationResponse;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.CredentialRecord;
import org.springframework.security.web.webauthn.api.PublicKeyCredential;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialCreationOptions;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRequestOptions;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRpEntity;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.jackson.WebauthnJacksonModule;
import org.springframework.security.web.webauthn.management.ImmutablePublicKeyCredentialCreationOptionsRequest;
import org.springframework.security.web.webauthn.management.ImmutablePublicKeyCredentialRequestOptionsRequest;
import org.springframework.security.web.webauthn.management.ImmutableRelyingPartyRegistrationRequest;
import org.springframework.security.web.webauthn.management.JdbcPublicKeyCredentialUserEntityRepository;
import org.springframework.security.web.webauthn.management.JdbcUserCredentialRepository;
import org.springframework.security.web.webauthn.management.RelyingPartyAuthenticationRequest;
import org.springframework.security.web.webauthn.management.RelyingPartyPublicKey;
import org.springframework.security.web.webauthn.management.Webauthn4JRelyingPartyOperations;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import java.net.URI;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Passkeys as the second factor. Who has one is not signed in by the password alone. Spring
 * Security checks the keys; its filters for them are not used, because they know no sessions of the
 * console.
 */
public final class Passkeys {
    private static final Logger LOG = LoggerFactory.getLogger(Passkeys.class);
    private static final Duration VALID = Duration.ofMinutes(5);

    /** Challenges of one account; more would let who has a stolen password keep others out. */
    private static final int MAX_OPEN = 100;

    private static final int MAX_KEYS = 10;
    private static final String ASKED = "passkey";
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .addModule(new WebauthnJacksonModule())
                    .changeDefaultPropertyInclusion(
                            all -> all.withValueInclusion(JsonInclude.Include.NON_NULL))
                    .build();

    /** A passkey as its owner sees it. */
    public record Shown(String id, String label, long createdAt, long lastUsedAt) {}

    /** What a browser says of a passkey that a person has used; all of it is base64url. */
    record Assertion(
            String id,
            String rawId,
            String type,
            String authenticatorAttachment,
            Asserted response) {}

    /** What the passkey has signed. */
    record Asserted(
            String clientDataJSON, String authenticatorData, String signature, String userHandle) {}

    /** What a browser says of a new passkey; all of it is base64url. */
    record Attestation(
            String id,
            String rawId,
            String type,
            String authenticatorAttachment,
            Attested response) {}

    /** The new key. */
    record Attested(String clientDataJSON, String attestationObject, List<String> transports) {}

    /** A challenge that waits for its answer; it is answered once. */
    private record Challenge(String account, String mark, Object options, long until) {}

    private final JdbcPublicKeyCredentialUserEntityRepository users;
    private final JdbcUserCredentialRepository keys;
    private final Webauthn4JRelyingPartyOperations operations;
    private final Map<String, Challenge> challenges = new ConcurrentHashMap<>();

    /**
     * Serves browsers at one origin.
     *
     * @param origin such as {@code https://console.example}; passkeys belong to its host
     */
    public Passkeys(JdbcOperations jdbc, String origin) {
        users = new JdbcPublicKeyCredentialUserEntityRepository(jdbc);
        keys = new JdbcUserCredentialRepository(jdbc);
        operations =
                new Webauthn4JRelyingPartyOperations(
                        users,
                        keys,
                        PublicKeyCredentialRpEntity.builder()
                                .id(URI.create(origin).getHost())
                                .name("Atalaya")
                                .build(),
                        Set.of(origin));
    }

    List<Shown> of(String account) {
        return records(account).stream()
                .map(
                        each ->
                                new Shown(
                                        each.getCredentialId().toBase64UrlString(),
                                        each.getLabel(),
                                        each.getCreated().toEpochMilli(),
                                        each.getLastUsed().toEpochMilli()))
                .toList();
    }

    private List<CredentialRecord> records(String account) {
        PublicKeyCredentialUserEntity user = users.findByUsername(account);
        return user == null ? List.of() : keys.findByUserId(user.getId());
    }

    /**
     * Asks the browser of someone whose password was right.
     *
     * @param session a new one, which remembers what was asked
     * @return JSON
     */
    String ask(Accounts.Proven by, HttpSession session) {
        PublicKeyCredentialRequestOptions options =
                operations.createCredentialRequestOptions(
                        new ImmutablePublicKeyCredentialRequestOptionsRequest(
                                person(by.account().name())));
        String token = Hash.secret();
        keep(token, by.account().name(), by.mark(), options);
        session.setAttribute(ASKED, token);
        return JSON.writeValueAsString(options);
    }

    /** The account whose password this browser has shown, and which is asked for its passkey. */
    String asked(HttpServletRequest request) {
        Challenge open = open(request);
        return open == null ? null : open.account;
    }

    /** What this browser is asked for and has not answered, as JSON, or null. */
    String question(HttpServletRequest request) {
        Challenge open = open(request);
        return open == null ? null : JSON.writeValueAsString(open.options);
    }

    private Challenge open(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        String token = session == null ? null : (String) session.getAttribute(ASKED);
        return token == null ? null : challenges.get(token);
    }

    /**
     * Whether this browser has shown password and passkey of the account; its mark then, or null.
     */
    String answered(Assertion credential, HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        Challenge asked = session == null ? null : take((String) session.getAttribute(ASKED));
        if (asked == null
                || !(asked.options instanceof PublicKeyCredentialRequestOptions options)) {
            return null;
        }
        try {
            PublicKeyCredentialUserEntity user =
                    operations.authenticate(
                            new RelyingPartyAuthenticationRequest(
                                    options,
                                    JSON.convertValue(
                                            credential,
                                            new TypeReference<
                                                    PublicKeyCredential<
                                                            AuthenticatorAssertionResponse>>() {})));
            if (user.getName().equals(asked.account)) {
                return asked.mark;
            }
        } catch (RuntimeException e) {
            LOG.info("A passkey of {} was refused: {}", asked.account, e.toString());
        }
        return null;
    }

    /** Offers a session to add a passkey; the answer is JSON. */
    String offer(String account, String mark, String session) {
        if (records(account).size() >= MAX_KEYS) {
            throw Problem.of(HttpStatus.CONFLICT, "conflict", "at most " + MAX_KEYS);
        }
        PublicKeyCredentialCreationOptions options =
                operations.createPublicKeyCredentialCreationOptions(
                        new ImmutablePublicKeyCredentialCreationOptionsRequest(person(account)));
        keep(session, account, mark, options);
        return JSON.writeValueAsString(options);
    }

    Shown add(String account, String mark, String session, String label, Attestation credential) {
        Challenge offered = take(session);
        if (offered == null
                || !offered.account.equals(account)
                || !offered.mark.equals(mark)
                || !(offered.options instanceof PublicKeyCredentialCreationOptions options)) {
            throw Problem.of(HttpStatus.CONFLICT, "conflict", "no offer waits for it");
        }
        try {
            String id =
                    operations
                            .registerCredential(
                                    new ImmutableRelyingPartyRegistrationRequest(
                                            options,
                                            new RelyingPartyPublicKey(
                                                    JSON.convertValue(
                                                            credential,
                                                            new TypeReference<
                                                                    PublicKeyCredential<
                                                                            AuthenticatorAttestationResponse>>() {}),
                                                    label)))
                            .getCredentialId()
                            .toBase64UrlString();
            return of(account).stream()
                    .filter(each -> each.id.equals(id))
                    .findFirst()
                    .orElseThrow();
        } catch (RuntimeException e) {
            LOG.info("A new passkey of {} was refused: {}", account, e.toString());
            throw Problem.invalid("credential", "an answer to the last offer");
        }
    }

    void remove(String account, String id) {
        if (of(account).stream().noneMatch(each -> each.id.equals(id))) {
            throw Problem.notFound();
        }
        keys.delete(Bytes.fromBase64(id));
    }

    /** Of someone who has lost them. */
    void removeAll(String account) {
        records(account).forEach(each -> keys.delete(each.getCredentialId()));
    }

    /** Keeps a challenge; the oldest of the account makes room for it. */
    private synchronized void keep(String token, String account, String mark, Object options) {
        long now = System.currentTimeMillis();
        challenges.values().removeIf(each -> each.until < now);
        List<Map.Entry<String, Challenge>> own =
                challenges.entrySet().stream()
                        .filter(each -> each.getValue().account.equals(account))
                        .sorted(Comparator.comparingLong(each -> each.getValue().until))
                        .toList();
        own.stream()
                .limit(Math.max(0, own.size() - MAX_OPEN + 1))
                .forEach(each -> challenges.remove(each.getKey()));
        challenges.put(token, new Challenge(account, mark, options, now + VALID.toMillis()));
    }

    private Challenge take(String token) {
        Challenge challenge = token == null ? null : challenges.remove(token);
        return challenge == null || challenge.until < System.currentTimeMillis() ? null : challenge;
    }

    private static Authentication person(String account) {
        return UsernamePasswordAuthenticationToken.authenticated(account, null, List.of());
    }
}
