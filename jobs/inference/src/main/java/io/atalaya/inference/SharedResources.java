package io.atalaya.inference;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Resources that the subtasks of a process share: created for the first user, closed by the last.
 * They end with the job, because they belong to the job's classes.
 *
 * @param <K> key with equality
 */
public final class SharedResources<K, R extends AutoCloseable> {
    private final Function<? super K, ? extends R> maker;
    private final Map<K, CountedResource<R>> held = new HashMap<>();

    private static final class CountedResource<R> {
        private final R resource;
        private int holders;

        private CountedResource(R resource) {
            this.resource = resource;
        }
    }

    /**
     * @param maker creates the resource; its exceptions reach the caller of {@link #acquire}, and
     *     no resource is kept
     */
    public SharedResources(Function<? super K, ? extends R> maker) {
        this.maker = maker;
    }

    /** Returns the resource of the key. The caller must {@link #release} the key once. */
    public synchronized R acquire(K key) {
        CountedResource<R> one = held.get(key);
        if (one == null) {
            one = new CountedResource<>(maker.apply(key));
            held.put(key, one);
        }
        one.holders++;
        return one.resource;
    }

    /** Returns the resource of the key, or null if it has no user. */
    public synchronized R ifHeld(K key) {
        CountedResource<R> one = held.get(key);
        return one == null ? null : one.resource;
    }

    /** Closes the resource after its last user. */
    public synchronized void release(K key) throws Exception {
        CountedResource<R> one = held.get(key);
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
