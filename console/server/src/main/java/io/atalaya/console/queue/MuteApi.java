package io.atalaya.console.queue;

import io.atalaya.console.account.Accounts;
import io.atalaya.console.account.Sessions;
import io.atalaya.console.audit.Audit;
import io.atalaya.console.connection.Broker;
import io.atalaya.console.request.EnteredText;
import io.atalaya.console.request.Json;
import io.atalaya.console.request.Problem;
import io.atalaya.console.security.Role;
import io.atalaya.console.security.Viewer;
import io.atalaya.contracts.dispatch.Mute;
import io.atalaya.contracts.topic.Topics;

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
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Mutes and subscriptions. */
@RestController
class MuteApi {
    private static final int MAX_TEXT = 1024;
    private static final int MAX_NAME = 128;

    record NewMute(
            Mutes.Effect effect,
            Mutes.Scope scope,
            Mutes.Matcher matcher,
            int minutes,
            String reason,
            String caseNumber,
            String operator) {}

    private final Accounts accounts;
    private final Mutes mutes;
    private final Audit audit;
    private final Broker broker;
    private final JdbcClient jdbc;

    MuteApi(Accounts accounts, Mutes mutes, Audit audit, Broker broker, JdbcClient jdbc) {
        this.accounts = accounts;
        this.mutes = mutes;
        this.audit = audit;
        this.broker = broker;
        this.jdbc = jdbc;
        jdbc.sql("SELECT body FROM operator_mute WHERE ends_at > now()")
                .query(String.class)
                .list()
                .forEach(body -> mutes.put(Json.MAPPER.readValue(body, Mutes.Shown.class)));
    }

    @GetMapping("/api/mutes")
    Map<String, Object> mutes(@RequestAttribute(Audit.ACTOR) Audit.Actor actor) {
        audit.write(actor, "LIST", "mutes", null, null);
        return Map.of("mutes", mutes.visible(actor.viewer()));
    }

    @PostMapping("/api/mutes")
    Mutes.Shown mute(
            @RequestAttribute(Audit.ACTOR) Audit.Actor actor, @RequestBody NewMute wanted) {
        Viewer viewer = actor.viewer();
        Mutes.Effect effect = wanted.effect == null ? Mutes.Effect.MUTE : wanted.effect;
        boolean isForAll = wanted.scope == Mutes.Scope.ALL;
        if (isForAll && effect == Mutes.Effect.SUBSCRIBE) {
            throw Problem.invalid("scope", "one subscribes for oneself");
        }
        String operator = wanted.operator == null ? viewer.name() : wanted.operator;
        if (wanted.scope == null || wanted.matcher == null || wanted.matcher.isEmpty()) {
            throw Problem.invalid("matcher", "a field that limits what is muted");
        }
        if (!viewer.is(Role.SUPERVISOR) && (isForAll || !operator.equals(viewer.name()))) {
            throw Problem.of(HttpStatus.FORBIDDEN, "forbidden", "only for oneself");
        }
        Accounts.Account concerned = accounts.active(operator);
        if (concerned == null
                || !operator.equals(viewer.name()) && !viewer.coversSites(concerned.sites())) {
            throw Problem.invalid("operator", operator, "an account of the own sites");
        }
        Mutes.Matcher matcher = isForAll ? ofOwnSite(wanted.matcher, viewer) : wanted.matcher;
        // What one does not subscribe to waits; what is muted may never be looked at.
        long maxMinutes =
                (effect == Mutes.Effect.SUBSCRIBE ? Sessions.LENGTH : Mute.MAX_LENGTH).toMinutes();
        if (wanted.minutes < 1 || wanted.minutes > maxMinutes) {
            throw Problem.invalid("minutes", wanted.minutes, "1 to " + maxMinutes);
        }
        EnteredText.required("reason", wanted.reason, MAX_TEXT);
        EnteredText.checked("caseNumber", wanted.caseNumber, MAX_NAME);
        requireShort(wanted.matcher);
        long now = System.currentTimeMillis();
        Mutes.Shown mute =
                new Mutes.Shown(
                        "console-" + UUID.randomUUID(),
                        effect,
                        wanted.scope,
                        isForAll ? null : operator,
                        matcher,
                        viewer.name(),
                        wanted.reason,
                        wanted.caseNumber,
                        now,
                        now + TimeUnit.MINUTES.toMillis(wanted.minutes),
                        null);
        byte[] message = isForAll ? message(mute) : null;
        if (!mutes.begin(mute)) {
            throw Problem.of(
                    HttpStatus.CONFLICT,
                    "conflict",
                    "at most " + Mutes.MAX_OF_PERSON + " mutes of one person at a time");
        }
        try {
            audit.write(
                    actor,
                    effect.name(),
                    mute.muteId(),
                    mute.reason(),
                    Map.of("mute", mute),
                    mute.matcher().plate() == null ? null : Audit.readers(viewer));
            if (isForAll) {
                broker.send(Topics.MUTES, mute.muteId(), message, Map.of());
            } else {
                jdbc.sql(
                                "INSERT INTO operator_mute (mute_id, body, ends_at) VALUES (?, ?::jsonb, ?)")
                        .params(mute.muteId(), Json.text(mute), new Timestamp(mute.to()))
                        .update();
            }
            mutes.put(mute);
        } finally {
            mutes.finish(mute);
        }
        return mute;
    }

    private static void requireShort(Mutes.Matcher of) {
        EnteredText.checked("matcher.type", of.type(), MAX_NAME);
        EnteredText.checked("matcher.site", of.site(), MAX_NAME);
        EnteredText.checked("matcher.deviceId", of.deviceId(), MAX_NAME);
        EnteredText.checked("matcher.plate", of.plate(), MAX_NAME);
        EnteredText.checked("matcher.cell", of.cell(), MAX_NAME);
        EnteredText.checked("matcher.source", of.source(), MAX_NAME);
        EnteredText.checked("matcher.reason", of.reason(), MAX_NAME);
        EnteredText.checked("matcher.municipality", of.municipality(), MAX_NAME);
    }

    /** A mute for all covers the own sites alone; who has one site need not name it. */
    private static Mutes.Matcher ofOwnSite(Mutes.Matcher of, Viewer viewer) {
        if (of.site() == null && viewer.sites().size() == 1) {
            return of.at(viewer.sites().iterator().next());
        }
        if (!viewer.coversSites(Viewer.sitesOf(of.site()))) {
            throw Problem.invalid("matcher.site", of.site(), "one of the own sites");
        }
        return of;
    }

    /** Whether a supervisor may end it: what concerns other sites is theirs to end. */
    private boolean isOfOwnSites(Mutes.Shown mute, Viewer viewer) {
        if (mute.scope() == Mutes.Scope.ALL) {
            return viewer.coversSites(Viewer.sitesOf(mute.matcher().site()));
        }
        Accounts.Account concerned = accounts.any(mute.operator());
        return concerned != null && viewer.coversSites(concerned.sites());
    }

    private static byte[] message(Mutes.Shown mute) {
        Mutes.Matcher of = mute.matcher();
        if (of.source() != null
                || of.reason() != null
                || of.municipality() != null
                || of.area() != null) {
            throw Problem.invalid("matcher", "dispatch knows no source, reason or area");
        }
        return Mute.CODEC.write(
                new Mute(
                        mute.muteId(),
                        new Mute.Matcher(
                                of.kind(),
                                of.type(),
                                of.site(),
                                of.deviceId(),
                                of.plate(),
                                of.cell()),
                        mute.author(),
                        mute.reason(),
                        mute.caseNumber(),
                        mute.from(),
                        mute.to()));
    }

    @DeleteMapping("/api/mutes/{muteId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void unmute(@RequestAttribute(Audit.ACTOR) Audit.Actor actor, @PathVariable String muteId) {
        Mutes.Shown mute =
                mutes.visible(actor.viewer()).stream()
                        .filter(each -> each.muteId().equals(muteId))
                        .findFirst()
                        .orElseThrow(Problem::notFound);
        Viewer viewer = actor.viewer();
        boolean isOwn = mute.isBy(viewer);
        if (!isOwn && !(viewer.is(Role.SUPERVISOR) && isOfOwnSites(mute, viewer))) {
            throw Problem.of(HttpStatus.FORBIDDEN, "forbidden", "another's mute");
        }
        audit.write(
                actor,
                mute.effect() == Mutes.Effect.SUBSCRIBE ? "UNSUBSCRIBE" : "UNMUTE",
                muteId,
                null,
                null);
        if (mute.scope() == Mutes.Scope.ALL) {
            broker.send(Topics.MUTES, muteId, null, Map.of());
        } else {
            jdbc.sql("DELETE FROM operator_mute WHERE mute_id = ?").param(muteId).update();
        }
        mutes.remove(muteId);
    }
}
