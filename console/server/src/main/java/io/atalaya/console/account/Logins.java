package io.atalaya.console.account;

import io.atalaya.console.audit.Audit;
import io.atalaya.console.request.Problem;
import io.atalaya.console.security.Lane;
import io.atalaya.console.security.Limits;
import io.atalaya.console.security.Limits.Limit;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Checks passwords: how often, how many at a time, and with a record of each wrong one. A refusal
 * is the same for a name that exists and for one that does not. No stranger locks a person out:
 * wrong passwords count for the address that they come from, and where the person has signed in
 * before, those of others do not keep the right one from being checked.
 */
public final class Logins {
    /** Half of the cores, so that a flood of wrong passwords leaves the others to the queue. */
    private static final int AT_ONCE = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    private static final int INSIDE_AT_ONCE = 2;
    private static final String UNKNOWN = "unknown";

    private final Accounts accounts;
    private final Audit audit;
    private final Limits limits;
    private final Lane strangers = new Lane(AT_ONCE);

    /** Of those who sign in where they have been before. */
    private final Lane again = new Lane(INSIDE_AT_ONCE);

    /** Of those who are signed in, so that a flood of logins does not keep a screen locked. */
    private final Lane inside = new Lane(INSIDE_AT_ONCE);

    public Logins(Accounts accounts, Audit audit, Limits limits) {
        this.accounts = accounts;
        this.audit = audit;
        this.limits = limits;
    }

    /** The account of the name and password. */
    Accounts.Proven signIn(String rawName, String password, String address) {
        String name = Accounts.plain(rawName);
        String origin = Limits.origin(address);
        if (!accounts.isOrigin(name, origin)) {
            limits.require(Limit.SIGNING_IN, origin);
            return signIn(strangers, name, false, password, address);
        }
        try {
            return signIn(again, name, true, password, address);
        } catch (Problem e) {
            // A wrong one is answered as that of a name that was never here.
            limits.require(Limit.SIGNING_IN, origin);
            limits.require(Limit.CHECKED_OF_STRANGERS, "all");
            throw e;
        }
    }

    /** Asks someone who is signed in for the password once more. */
    void confirm(String name, String password, String address) {
        limits.require(Limit.CONFIRMING, place(name, address));
        boolean isOrigin = accounts.isOrigin(name, Limits.origin(address));
        signIn(inside, name, isOrigin, password, address);
    }

    /**
     * Checks a password.
     *
     * @param isOrigin whether the person has signed in at the address before
     */
    private Accounts.Proven signIn(
            Lane lane, String name, boolean isOrigin, String password, String address) {
        String place = place(name, address);
        String origin = Limits.origin(address);
        Map<Limit, String> ofOthers =
                Map.of(Limit.WRONG_FROM_ADDRESS, origin, Limit.WRONG_FROM_ELSEWHERE, name);
        Map<Limit, String> counted = new EnumMap<>(Limit.class);
        counted.put(Limit.WRONG_FOR_NAME, place);
        if (!isOrigin) {
            counted.put(Limit.CHECKED_OF_STRANGERS, "all");
            counted.putAll(ofOthers);
        }
        limits.requireAll(counted);
        Accounts.Proven by;
        try {
            if (lane == again) {
                // After the wrong ones, by which any other name would be refused, too.
                limits.require(Limit.SIGNING_IN_AGAIN, place);
            }
            by = lane.check(() -> accounts.signIn(name, password));
        } catch (RuntimeException e) {
            counted.forEach(limits::giveBack);
            throw e;
        }
        if (by == null) {
            write("LOGIN_FAILED", name, address);
            if (isOrigin) {
                // Here, too, a wrong password is answered as that of a name that was never here.
                limits.requireAll(ofOthers);
            }
            throw Problem.badCredentials(null);
        }
        counted.forEach(limits::giveBack);
        limits.forget(Limit.WRONG_FOR_NAME, place);
        return by;
    }

    private static String place(String name, String address) {
        return name + " " + Limits.origin(address);
    }

    /** Whether a session's PIN, or the password where there is none, is right. */
    public boolean unlocks(String name, String pin, String password, String address) {
        limits.require(Limit.CONFIRMING, place(name, address));
        boolean isRight = inside.check(() -> accounts.unlocks(name, pin, password));
        if (!isRight) {
            write("UNLOCK_FAILED", name, address);
        }
        return isRight;
    }

    /** Computes the hash of a new password, which costs as much. */
    public <T> T hash(Supplier<T> change) {
        return strangers.check(change);
    }

    /** Refuses what is no password; its address can do so as often as with wrong passwords. */
    void refuseOther(String name, String address) {
        failed(name, address);
        throw Problem.badCredentials(null);
    }

    /** Records a login that failed without a password. */
    void failed(String name, String address) {
        limits.require(Limit.WRONG_FROM_ADDRESS, Limits.origin(address));
        write("LOGIN_FAILED", name, address);
    }

    /** A name that is no account's may be a password in the wrong place: it is not written. */
    private void write(String action, String name, String address) {
        Accounts.Account account = accounts.active(name);
        Audit.Actor actor =
                account == null
                        ? Audit.Actor.outside(UNKNOWN, UNKNOWN)
                        : new Audit.Actor(account.viewer(), null, null);
        audit.write(actor, action, actor.viewer().name(), null, Map.of("from", address));
    }
}
