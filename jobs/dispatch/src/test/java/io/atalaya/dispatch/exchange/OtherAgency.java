package io.atalaya.dispatch.exchange;

import io.atalaya.contracts.dispatch.NationalInbound;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.dispatch.jws.JwsKey;
import io.atalaya.dispatch.jws.JwsKeyTest;
import io.atalaya.dispatch.jws.SignedMessage.Claims;

import com.nimbusds.jose.jwk.ECKey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Another agency, which signs what it sends to ours. */
public final class OtherAgency {
    /** Our name in the policy of {@link #policy}. */
    public static final String US = "c5.us";

    final String name;
    final ECKey jwk;
    private final JwsKey key;

    public OtherAgency(String name) {
        this.name = name;
        jwk = JwsKeyTest.jwk(name + "-2026");
        try {
            Path directory = Files.createTempDirectory("agency");
            Path file = JwsKeyTest.file(directory, jwk);
            key = JwsKey.privateKey(file);
            Files.delete(file);
            Files.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The exchange of a policy that trusts it, and shares stolen vehicles with it. */
    public String policy() {
        return """
            agency: c5.us
            maxAge: 24 h
            agencies:
              - name: %s
                share: [{kinds: [stolen-vehicle, security], fromPriority: 0, fields: [PLATE, PLACE], gridMetres: 1000}]
                trust:
                  kinds: {robo: stolen-vehicle, broma: nuisance}
                  reasons: [STOLEN_VEHICLE]
                  maxPriority: 70
                  validFor: 30 d
                  notify: [chief]
                keys: [%s]
            """
                .formatted(name, jwk.toPublicJWK().toJSONString());
    }

    /** The text of a signed message. */
    String sign(Claims claims, String content) {
        return key.sign(claims, content.getBytes(UTF_8));
    }

    /** A record of topic {@code national-inbound}, signed when it arrives. */
    public TopicRecord record(String id, String content, long time) {
        String jws = sign(new Claims(name, US, time / 1000, id), content);
        return new TopicRecord(
                Topics.NATIONAL_INBOUND,
                time,
                name,
                NationalInbound.CODEC.write(new NationalInbound(jws)));
    }
}
