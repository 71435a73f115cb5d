package io.atalaya.dispatch;

import net.bytebuddy.ByteBuddy;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.dynamic.loading.ClassReloadingStrategy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

import static net.bytebuddy.matcher.ElementMatchers.isAbstract;
import static net.bytebuddy.matcher.ElementMatchers.isMethod;
import static net.bytebuddy.matcher.ElementMatchers.not;

/** Makes methods of the job throw when a test requests it, as if they had a bug. */
final class InjectedFaults implements AutoCloseable {
    private static final String ROOT = "io.atalaya.dispatch.";

    /** The classes that work on records and on time; all their methods may throw. */
    private static final List<String> CLASSES =
            List.of(
                    "device.DeviceEvidence",
                    "device.DeviceFold",
                    "device.DeviceSupervisor",
                    "evidence.EvidenceReader",
                    "evidence.Locator",
                    "fusion.Cluster",
                    "fusion.Component",
                    "fusion.Fusion",
                    "fusion.IncidentIds",
                    "incident.Assignments",
                    "incident.Decisions",
                    "incident.Digests",
                    "incident.IncidentContent",
                    "incident.IncidentEngine",
                    "incident.Interruptions",
                    "incident.Lifecycle",
                    "incident.Responses",
                    "incident.Sites",
                    "incident.Suppression");

    private static Trigger trigger;

    private final List<Class<?>> changed = new ArrayList<>();
    private final ClassReloadingStrategy strategy;

    /** Decides whether a call throws. */
    @FunctionalInterface
    interface Trigger {
        /**
         * @param method class and name, such as {@code Sites.tick}
         */
        boolean isPulled(String method, Object[] arguments);
    }

    /** What an injected bug throws. */
    static final class InjectedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private InjectedException(String method) {
            super("injected into " + method);
        }
    }

    /** Advice that is woven into the methods. */
    public static final class Enter {
        private Enter() {}

        @Advice.OnMethodEnter
        static void enter(
                @Advice.Origin("#t.#m") String method, @Advice.AllArguments Object[] all) {
            maybeThrow(method, all);
        }

        /** Called by the changed methods. */
        public static void maybeThrow(String method, Object[] arguments) {
            String name =
                    method.substring(method.lastIndexOf('.', method.lastIndexOf('.') - 1) + 1);
            if (trigger != null && trigger.isPulled(name, arguments)) {
                throw new InjectedException(name);
            }
        }
    }

    /** Changes the methods until this is closed. */
    InjectedFaults(Trigger when) throws ClassNotFoundException {
        this(when, CLASSES);
    }

    /**
     * @param classes names below the job's package
     */
    InjectedFaults(Trigger when, List<String> classes) throws ClassNotFoundException {
        ByteBuddyAgent.install();
        strategy = ClassReloadingStrategy.fromInstalledAgent();
        for (String name : classes) {
            Class<?> type = Class.forName(ROOT + name);
            new ByteBuddy()
                    .redefine(type)
                    .visit(Advice.to(Enter.class).on(isMethod().and(not(isAbstract()))))
                    .make()
                    .load(type.getClassLoader(), strategy);
            changed.add(type);
        }
        trigger = when;
    }

    @Override
    public void close() {
        trigger = null;
        for (Class<?> type : changed) {
            try {
                strategy.reset(type);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
