package io.atalaya.hotlistmatch.harness;

import io.atalaya.flink.bulkhead.Bulkhead;

import net.bytebuddy.ByteBuddy;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.dynamic.loading.ClassReloadingStrategy;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import net.bytebuddy.matcher.ElementMatcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import static net.bytebuddy.matcher.ElementMatchers.isAbstract;
import static net.bytebuddy.matcher.ElementMatchers.isMethod;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.not;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

/**
 * Injects program errors: every method of some classes asks a rule before it runs whether to throw,
 * and the work on each record asks once it is done. Closing this restores the classes.
 */
public final class Faults implements AutoCloseable {
    /** Suffix of the class whose work fails when it is done. */
    public static final String END = ".end";

    private static final ClassReloadingStrategy STRATEGY;

    static {
        ByteBuddyAgent.install();
        STRATEGY = ClassReloadingStrategy.fromInstalledAgent();
    }

    /** Decides which calls fail. */
    @FunctionalInterface
    public interface Rule {
        boolean fails(String method, Object[] arguments);
    }

    /** The exception of a failed method; its message has a unique number. */
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

    /** Advice at the start of each method. */
    public static final class Ask {
        private Ask() {}

        @Advice.OnMethodEnter
        static void enter(
                @Advice.Origin("#t.#m") String method, @Advice.AllArguments Object[] arguments) {
            ask(method, arguments);
        }
    }

    /** Advice at the start of the bulkhead methods whose last argument is the work. */
    public static final class Wrap {
        private Wrap() {}

        @Advice.OnMethodEnter
        static void enter(
                @Advice.AllArguments(readOnly = false, typing = Assigner.Typing.DYNAMIC)
                        Object[] arguments) {
            arguments = wrapped(arguments);
        }
    }

    /** Inheritable, so that threads started meanwhile have the faults too. */
    private static final ThreadLocal<Faults> OF_THREAD = new InheritableThreadLocal<>();

    private final Set<Class<?>> broken = new LinkedHashSet<>();
    private final Rule rule;
    private final List<String> thrown = new ArrayList<>();
    private boolean isAsking;

    private Faults(Rule rule) {
        this.rule = rule;
    }

    /** Breaks classes for calls by the current thread and by the threads that it starts. */
    public static Faults in(List<Class<?>> classes, Rule rule) {
        Faults faults = new Faults(rule);
        for (Class<?> each : classes) {
            faults.change(each, Advice.to(Ask.class).on(isMethod().and(not(isAbstract()))));
        }
        OF_THREAD.set(faults);
        return faults;
    }

    /** The same as {@link #in}, together with {@link #atEnds}. */
    public static Faults inAndAtEnds(List<Class<?>> classes, Rule rule) {
        Faults faults = in(classes, rule);
        faults.wrap(
                named("runBeginning")
                        .or(named("runWhilePaused"))
                        .or(named("runStateless"))
                        .or(named("runShared"))
                        .or(named("runTimer").and(takesArguments(3))));
        return faults;
    }

    /**
     * Breaks the work on each input at its end, when all state has changed. The rule receives the
     * class of the work and the arguments of the bulkhead method, of which the first is the key.
     */
    public static Faults atEnds(Rule rule) {
        Faults faults = in(List.of(), rule);
        faults.wrap(named("runBeginning").or(named("runWhilePaused")));
        return faults;
    }

    private void wrap(ElementMatcher<MethodDescription> methods) {
        change(Bulkhead.class, Advice.to(Wrap.class).on(methods));
    }

    private void change(Class<?> type, AsmVisitorWrapper how) {
        broken.add(type);
        new ByteBuddy().redefine(type).visit(how).make().load(type.getClassLoader(), STRATEGY);
    }

    /** Called by the bulkhead's methods. */
    public static Object[] wrapped(Object[] arguments) {
        Faults faults = OF_THREAD.get();
        Bulkhead.Work work = (Bulkhead.Work) arguments[arguments.length - 1];
        String worker = work.getClass().getName().replaceFirst("[$][$]Lambda.*", "");
        if (faults == null || !faults.rule.fails(worker + END, arguments)) {
            return arguments;
        }
        Object[] failing = arguments.clone();
        failing[failing.length - 1] =
                (Bulkhead.Work)
                        () -> {
                            work.run();
                            faults.fail(worker + END);
                        };
        return failing;
    }

    /** Called by the broken methods. */
    public static void ask(String method, Object[] arguments) {
        Faults faults = OF_THREAD.get();
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
            fail(method);
        }
    }

    private void fail(String method) {
        String message = "injected " + thrown.size() + " in " + method;
        thrown.add(message);
        throw new InjectedException(message);
    }

    /** The messages of the exceptions thrown. */
    public List<String> thrown() {
        return thrown;
    }

    @Override
    public void close() {
        OF_THREAD.remove();
        for (Class<?> each : broken) {
            try {
                STRATEGY.reset(each);
            } catch (IOException e) {
                throw new UncheckedIOException("reading a class back", e);
            }
        }
    }
}
