package io.atalaya.simulator.dispatch;

import io.atalaya.contracts.dispatch.Incident.Status;
import io.atalaya.contracts.dispatch.NationalContent;
import io.atalaya.contracts.dispatch.NationalContent.Entries;
import io.atalaya.contracts.dispatch.NationalContent.Entry;
import io.atalaya.contracts.dispatch.NationalContent.Retraction;
import io.atalaya.contracts.dispatch.NationalContent.SharedIncident;
import io.atalaya.contracts.dispatch.NationalInbound;
import io.atalaya.contracts.dispatch.Place;
import io.atalaya.contracts.text.Text;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.simulator.random.SeededRandom;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The command centre of another state, which sends its incidents and its hot list. Its key is the
 * same each time and protects nothing.
 */
public final class OtherAgency {
    public static final String NAME = "c5.cdmx.example";

    /** Our name in the shipped policy. */
    private static final String US = "c5.edomex.example";

    private static final String KID = "cdmx-simulated";
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();
    private static final int COORDINATE_BYTES = 32;

    /** An hour of the reference installation has so many vehicles of the other state. */
    private static final double A_MINUTE = 0.1;

    private static final int FEWEST = 3;
    private static final long MOVES_AFTER_MS = 60_000;
    private static final long ENDS_AFTER_MS = 120_000;
    private static final long TRANSIT_MS = 400;
    private static final double PLACE_METRES = 300;
    private static final double MOVED_METRES = 800;

    private static final long KEY_SEED = 1;

    private final KeyPair key = key();

    /** Gives what a seed says instead of what no one can guess. */
    private static final class Repeatable extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private final transient Random random;

        Repeatable(long seed) {
            random = new Random(seed);
        }

        @Override
        public void nextBytes(byte[] bytes) {
            random.nextBytes(bytes);
        }
    }

    private static KeyPair key() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), new Repeatable(KEY_SEED));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("ES256 in the JDK", e);
        }
    }

    /** The file {@code exchange.yaml} of a policy that trusts it. */
    public String policy() {
        ECPublicKey publicKey = (ECPublicKey) key.getPublic();
        return """
            agency: %s
            maxAge: 24 h
            agencies:
              - name: %s
                trust: {kinds: {robo-vehiculo: stolen-vehicle}, reasons: [STOLEN_VEHICLE], maxPriority: 70, validFor: 30 d}
                keys:
                  - {kty: EC, crv: P-256, kid: %s, x: "%s", y: "%s"}
            """
                .formatted(
                        US,
                        NAME,
                        KID,
                        coordinate(publicKey.getW().getAffineX()),
                        coordinate(publicKey.getW().getAffineY()));
    }

    private static String coordinate(BigInteger value) {
        byte[] bytes = value.toByteArray();
        byte[] padded = new byte[COORDINATE_BYTES];
        int length = Math.min(bytes.length, COORDINATE_BYTES);
        System.arraycopy(bytes, bytes.length - length, padded, COORDINATE_BYTES - length, length);
        return BASE64URL.encodeToString(padded);
    }

    /**
     * What it sends in a day, in no order: stolen vehicles that move and end or are retracted,
     * entries of its hot list and their end, a message that comes twice, and one that was changed
     * on its way.
     */
    public List<TopicRecord> records(DispatchOptions options) {
        SeededRandom random = new SeededRandom(options.seed());
        Towns towns = new Towns(options.seed(), options.start(), random.split());
        List<TopicRecord> records = new ArrayList<>();
        int count = Math.max(FEWEST, (int) (options.minutes() * A_MINUTE * options.load()));
        for (int i = 0; i < count; i++) {
            long time = options.timeAt((i + 0.1) / count);
            String plate = VehicleScenarios.plate(random);
            Towns.Spot spot = towns.spot(random);
            records.add(
                    record(i + "/seen", time, vehicle(i, plate, spot, time, time, Status.OPEN)));
            records.add(record(i + "/listed", time + TRANSIT_MS, listed(i, plate)));
            long moved = time + MOVES_AFTER_MS;
            records.add(
                    record(
                            i + "/moved",
                            moved,
                            vehicle(
                                    i,
                                    plate,
                                    spot.near(random, MOVED_METRES),
                                    time,
                                    moved,
                                    Status.ACCEPTED)));
            long end = time + ENDS_AFTER_MS;
            if (i == 1) {
                TopicRecord moving = records.get(records.size() - 1);
                records.add(later(moving, moving.value()));
                records.add(later(moving, changed(moving.value())));
            }
            if (i % 3 == 0) {
                records.add(record(i + "/wrong", end, new Retraction("V-" + i, end)));
            } else if (i % 3 == 1) {
                records.add(
                        record(
                                i + "/found",
                                end,
                                vehicle(i, plate, spot, time, end, Status.CLOSED)));
                records.add(
                        record(
                                i + "/unlisted",
                                end + TRANSIT_MS,
                                new Entries(List.of(), List.of("E-" + i))));
            }
        }
        return records;
    }

    private static NationalContent vehicle(
            int number,
            String plate,
            Towns.Spot spot,
            long openedAt,
            long revision,
            Status status) {
        Place place = spot.place(PLACE_METRES);
        return new SharedIncident(
                "V-" + number,
                revision,
                "robo-vehiculo",
                "VEHSTLN",
                new Text.Translation("Vehículo robado", "Stolen vehicle"),
                status,
                openedAt,
                revision,
                null,
                70,
                place,
                List.of(),
                plate,
                null,
                List.of());
    }

    private static NationalContent listed(int number, String plate) {
        return new Entries(
                List.of(
                        new Entry(
                                "E-" + number,
                                plate,
                                null,
                                "MX",
                                null,
                                "STOLEN_VEHICLE",
                                "CI-CDMX/" + number,
                                null,
                                60,
                                null,
                                null,
                                null,
                                false)),
                List.of());
    }

    /** A message as the gateway writes it. */
    private TopicRecord record(String id, long time, NationalContent content) {
        String header =
                "{\"alg\":\"ES256\",\"kid\":\"%s\",\"iss\":\"%s\",\"aud\":\"%s\",\"iat\":%d,\"jti\":\"%s\"}"
                        .formatted(KID, NAME, US, time / 1000, id);
        String signed =
                BASE64URL.encodeToString(header.getBytes(UTF_8))
                        + "."
                        + BASE64URL.encodeToString(NationalContent.CODEC.write(content));
        return new TopicRecord(
                Topics.NATIONAL_INBOUND,
                time + TRANSIT_MS,
                NAME,
                NationalInbound.CODEC.write(new NationalInbound(signed + "." + signature(signed))));
    }

    private String signature(String text) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(key.getPrivate(), new Repeatable(text.hashCode()));
            signature.update(text.getBytes(UTF_8));
            return BASE64URL.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("ES256 in the JDK", e);
        }
    }

    private static TopicRecord later(TopicRecord record, byte[] value) {
        return new TopicRecord(
                record.topic(), record.timestamp() + TRANSIT_MS, record.key(), value);
    }

    /** With another signature's first character. */
    private static byte[] changed(byte[] value) {
        String text = new String(value, UTF_8);
        int at = text.lastIndexOf('.') + 1;
        char other = text.charAt(at) == 'A' ? 'B' : 'A';
        return (text.substring(0, at) + other + text.substring(at + 1)).getBytes(UTF_8);
    }
}
