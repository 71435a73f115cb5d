package io.atalaya.console.security;

import io.atalaya.console.request.Problem;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Checks of secrets that share a part of the machine. A check takes 16 MiB and a tenth of a second:
 * few run at a time, few wait, and the others are refused at once, so that they hold no thread.
 */
public final class Lane {
    private static final int WAITING = 16;
    private static final long WAIT_SECONDS = 3;

    private final Semaphore running;
    private final Semaphore entered;

    /** Lets this many checks run at a time. */
    public Lane(int atOnce) {
        running = new Semaphore(atOnce);
        entered = new Semaphore(atOnce + WAITING);
    }

    /**
     * Runs a check when it is its turn.
     *
     * @throws Problem if too many wait
     */
    public <T> T check(Supplier<T> check) {
        if (!entered.tryAcquire()) {
            throw Problem.tooMany(1);
        }
        try {
            if (!running.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw Problem.tooMany(1);
            }
            try {
                return check.get();
            } finally {
                running.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.unavailable("stopped");
        } finally {
            entered.release();
        }
    }
}
