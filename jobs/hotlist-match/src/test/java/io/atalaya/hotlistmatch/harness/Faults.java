package io.atalaya.hotlistmatch.harness;

import net.bytebuddy.ByteBuddy;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.dynamic.loading.ClassReloadingStrategy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import static net.bytebuddy.matcher.ElementMatchers.isAbstract;
import static net.bytebuddy.matcher.ElementMatchers.isMethod;
import static net.bytebuddy.matcher.ElementMatchers.not;

/**
 * Errors in the program, made on purpose: every method of some classes asks before it runs whether
 * it has to throw. Closing it mends them.
 */
public final class Faults implements AutoCloseable {
    private static final ClassReloadingStrategy STRATEGY;

    static {
        ByteBuddyAgent.install();
        STRATEGY = ClassReloadingStrategy.fromInstalledAgent();
    }

    /** Says which calls fail. */
    @FunctionalInterface
    public interface Rule {
        boolean fails(String method, Object[] arguments);
    }

    /** What the broken method throws; its message has a number of its own. */
    public static final class InjectedException extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        InjectedException(String message) {
            super(message);
            setStackTrace(
                    Arrays.stream(getStackTrace())
                            .filter(at -> !at.getClassName().equals(Faults.class.getName()))
                            .toArray(StackTraceElement[]::new));
        }
    }

    /** Put in front of each method. */
    public static final class Ask {
        private Ask() {}

        @Advice.OnMethodEnter
        static void enter(
                @Advice.Origin("#t.#m") String method, @Advice.AllArguments Object[] arguments) {
            ask(method, arguments);
        }
    }

    private static final Map<Thread, Faults> OF_THREAD = new ConcurrentHashMap<>();

    private final List<Class<?>> broken;
    private final Rule rule;
    private final List<String> thrown = new ArrayList<>();
    private boolean isAsking;

    private Faults(List<Class<?>> broken, Rule rule) {
        this.broken = broken;
        this.rule = rule;
    }

    /** Breaks classes for what the current thread calls. */
    public static Faults in(List<Class<?>> classes, Rule rule) {
        Faults faults = new Faults(classes, rule);
        for (Class<?> each : classes) {
            new ByteBuddy()
                    .redefine(each)
                    .visit(Advice.to(Ask.class).on(isMethod().and(not(isAbstract()))))
                    .make()
                    .load(each.getClassLoader(), STRATEGY);
        }
        OF_THREAD.put(Thread.currentThread(), faults);
        return faults;
    }

    /** Called by the broken methods. */
    public static void ask(String method, Object[] arguments) {
        Faults faults = OF_THREAD.get(Thread.currentThread());
        if (faults != null && !faults.isAsking) {
            faults.isAsking = true;
            try {
                faults.throwIfAsked(method, arguments);
            } finally {
                faults.isAsking = false;
            }
        }
    }

    private void throwIfAsked(String method, Object[] arguments) {
        if (rule.fails(method, arguments)) {
            String message = "injected " + thrown.size() + " in " + method;
            thrown.add(message);
            throw new InjectedException(message);
        }
    }

    /** The messages of what was thrown. */
    public List<String> thrown() {
        return thrown;
    }

    @Override
    public void close() {
        OF_THREAD.remove(Thread.currentThread());
        for (Class<?> each : broken) {
            try {
                STRATEGY.reset(each);
            } catch (IOException e) {
                throw new UncheckedIOException("reading a class back", e);
            }
        }
    }
}
