package io.atalaya.console.security;

import io.atalaya.console.request.Problem;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How often something may be done: no person looks up or signs in so fast, but a script does. Each
 * limit is a bucket of tries that fills again by and by. The buckets of strangers are bounded in
 * number, so that no flood of names or addresses takes the memory.
 */
public final class Limits {
    /** For each limit; those used least are forgotten first. */
    public static final int MAX_BUCKETS = 20_000;

    private static final int IPV6_NETWORK_BYTES = 8;

    /** What is limited. */
    public enum Limit {
        /** Searches, exports and the like of a person. */
        EXPENSIVE(30, Duration.ofMinutes(1)),
        /** Mutes that a person makes or ends: each changes what the screens of others load. */
        MUTING(30, Duration.ofMinutes(1)),
        /** Rows with plates that a person gets; an installation may set another number. */
        PLATES(5_000, Duration.ofHours(1)),
        /** Passwords and PINs, right or wrong, that someone enters in a session at an address. */
        CONFIRMING(30, Duration.ofMinutes(1)),
        /** Requests of an address to sign in; a whole centre can have one address. */
        SIGNING_IN(240, Duration.ofMinutes(1)),
        /** Those of a person where the person has signed in before, whatever others do there. */
        SIGNING_IN_AGAIN(30, Duration.ofMinutes(1)),
        /** Logins of an address of which the body is on its way, or has not come in time. */
        BODIES(240, Duration.ofMinutes(1)),
        /**
         * Passwords of all who sign in where they have not been before: each check costs the
         * processor so much that a flood of them would slow the screens down.
         */
        CHECKED_OF_STRANGERS(20, Duration.ofSeconds(5)),
        /** Wrong passwords from an address, of whatever name. */
        WRONG_FROM_ADDRESS(60, Duration.ofMinutes(15)),
        /** Wrong passwords for a name from one address. */
        WRONG_FOR_NAME(5, Duration.ofMinutes(15)),
        /** Wrong passwords for a name; none more is checked but where the person has been. */
        WRONG_FROM_ELSEWHERE(100, Duration.ofHours(1));

        private final int tries;
        private final Duration period;

        Limit(int tries, Duration period) {
            this.tries = tries;
            this.period = period;
        }

        /** How many tries a full bucket has. */
        public int tries() {
            return tries;
        }
    }

    private final Map<Limit, Cache<String, Bucket>> buckets = new EnumMap<>(Limit.class);
    private final TimeMeter clock;
    private final int platesPerHour;

    public Limits() {
        this(Limit.PLATES.tries);
    }

    /** With another number for {@link Limit#PLATES}. */
    public Limits(int platesPerHour) {
        this(TimeMeter.SYSTEM_NANOTIME, platesPerHour);
    }

    Limits(TimeMeter clock, int platesPerHour) {
        if (platesPerHour < 1) {
            throw new IllegalArgumentException(
                    "console.plates-per-hour: got " + platesPerHour + ", expected 1 or more");
        }
        this.clock = clock;
        this.platesPerHour = platesPerHour;
        for (Limit limit : Limit.values()) {
            buckets.put(
                    limit,
                    // After its period a bucket that no one used is full, as a new one is.
                    Caffeine.newBuilder()
                            .maximumSize(MAX_BUCKETS)
                            .expireAfterAccess(limit.period)
                            .build());
        }
    }

    /** How many tries a full bucket has here. */
    public int tries(Limit limit) {
        return limit == Limit.PLATES ? platesPerHour : limit.tries;
    }

    private Bucket bucket(Limit limit, String of) {
        int tries = tries(limit);
        return buckets.get(limit)
                .get(
                        of,
                        key ->
                                Bucket.builder()
                                        .withCustomTimePrecision(clock)
                                        .addLimit(
                                                bandwidth ->
                                                        bandwidth
                                                                .capacity(tries)
                                                                .refillGreedy(tries, limit.period))
                                        .build());
    }

    /** After how many seconds the next try is free; 0 for now, which then counts. */
    long retryAfterSeconds(Limit limit, String of) {
        long nanos = bucket(limit, of).tryConsumeAndReturnRemaining(1).getNanosToWaitForRefill();
        return TimeUnit.NANOSECONDS.toSeconds(nanos + TimeUnit.SECONDS.toNanos(1) - 1);
    }

    /** Counts one try. */
    public void require(Limit limit, String of) {
        long wait = retryAfterSeconds(limit, of);
        if (wait > 0) {
            throw Problem.tooMany(wait);
        }
    }

    /** Counts one try of each, or none: a refused try must not use up the other limits. */
    public void requireAll(Map<Limit, String> tries) {
        Map<Limit, String> counted = new EnumMap<>(Limit.class);
        try {
            tries.forEach(
                    (limit, of) -> {
                        require(limit, of);
                        counted.put(limit, of);
                    });
        } catch (Problem e) {
            counted.forEach(this::giveBack);
            throw e;
        }
    }

    /** Counts several tries, or none and returns false if not so many are left. */
    public boolean count(Limit limit, String of, int tries) {
        return tries == 0 || bucket(limit, of).tryConsume(tries);
    }

    /** Counts as many of several tries as are left. */
    public void countAll(Limit limit, String of, int tries) {
        if (tries > 0) {
            bucket(limit, of).tryConsumeAsMuchAsPossible(tries);
        }
    }

    /** How many tries are counted now. */
    public long counted(Limit limit, String of) {
        return tries(limit) - bucket(limit, of).getAvailableTokens();
    }

    /** Whether no try is left. */
    public boolean isUsedUp(Limit limit, String of) {
        Bucket bucket = buckets.get(limit).getIfPresent(of);
        return bucket != null && bucket.getAvailableTokens() == 0;
    }

    /** The try was no wrong one. */
    public void giveBack(Limit limit, String of) {
        bucket(limit, of).addTokens(1);
    }

    /** Fills a bucket again. */
    public void forget(Limit limit, String of) {
        buckets.get(limit).invalidate(of);
    }

    /** How many buckets there are, of all limits. */
    long size() {
        return buckets.values().stream()
                .mapToLong(
                        each -> {
                            each.cleanUp();
                            return each.estimatedSize();
                        })
                .sum();
    }

    /** The address; of an IPv6 one the network, because a host may take any address of it. */
    public static String origin(String address) {
        try {
            // It is an address and no name, so that no server is asked.
            InetAddress parsed = InetAddress.getByName(address);
            return parsed instanceof Inet6Address
                    ? InetAddress.getByAddress(
                                    Arrays.copyOf(
                                            Arrays.copyOf(parsed.getAddress(), IPV6_NETWORK_BYTES),
                                            parsed.getAddress().length))
                            .getHostAddress()
                    : address;
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
