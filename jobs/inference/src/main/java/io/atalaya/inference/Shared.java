package io.atalaya.inference;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * What the subtasks of a process share: made for the first that asks, closed by the last that
 * leaves. A job's classes, and so its shared things, go with the job.
 *
 * @param <K> with equality
 */
public final class Shared<K, R extends AutoCloseable> {
    private final Function<? super K, ? extends R> maker;
    private final Map<K, Held<R>> held = new HashMap<>();

    private static final class Held<R> {
        private final R resource;
        private int holders;

        private Held(R resource) {
            this.resource = resource;
        }
    }

    /**
     * @param maker whatever it throws is thrown to whoever asked, and nothing is held
     */
    public Shared(Function<? super K, ? extends R> maker) {
        this.maker = maker;
    }

    /** To be followed by one {@link #release} of the same key. */
    public synchronized R acquire(K key) {
        Held<R> one = held.get(key);
        if (one == null) {
            one = new Held<>(maker.apply(key));
            held.put(key, one);
        }
        one.holders++;
        return one.resource;
    }

    /** Closes it if nobody else holds it. */
    public synchronized void release(K key) throws Exception {
        Held<R> one = held.get(key);
        if (one == null) {
            throw new IllegalStateException(key + " is not held");
        }
        one.holders--;
        if (one.holders == 0) {
            held.remove(key);
            one.resource.close();
        }
    }
}
