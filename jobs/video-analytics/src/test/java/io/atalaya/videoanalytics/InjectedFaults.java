package io.atalaya.videoanalytics;

import net.bytebuddy.ByteBuddy;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.dynamic.loading.ClassReloadingStrategy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import static net.bytebuddy.matcher.ElementMatchers.named;

/** Makes methods of the job throw when a test requests it, as if they had a bug. */
public final class InjectedFaults implements AutoCloseable {
    private static final String ROOT = "io.atalaya.videoanalytics.";

    /** Methods that process a frame. */
    public static final Map<String, String> OF_FRAMES =
            Map.ofEntries(
                    Map.entry("detector.Congestion", "detect"),
                    Map.entry("detector.StoppedVehicles", "detect"),
                    Map.entry("detector.WrongWay", "detect"),
                    Map.entry("detector.UnusualSpeed", "detect"),
                    Map.entry("detector.Crowd", "detect"),
                    Map.entry("detector.Loitering", "detect"),
                    Map.entry("detector.AbandonedObjects", "detect"),
                    Map.entry("detector.ZoneIntrusion", "detect"),
                    Map.entry("detector.LineCrossing", "detect"),
                    Map.entry("streamhealth.FrozenStreamDetector", "onFrame"),
                    Map.entry("streamhealth.SceneChangeDetector", "detect"),
                    Map.entry("streamhealth.StreamConsistencyChecker", "onBoxes"),
                    Map.entry("scene.SceneModel", "observe"),
                    Map.entry("track.TrackManager", "update"));

    /** Methods that score an observation. */
    public static final Map<String, String> OF_OBSERVATIONS =
            Map.of(
                    "anomaly.TrajectoryAnomalyModel",
                    "evaluate",
                    "anomaly.ActivityAnomalyModel",
                    "evaluate");

    /** The call of a model with a batch of rows. */
    public static final String MODEL_CALL = "ModelSwitcher$Factory$Lease";

    private static Trigger trigger;

    private final Map<Class<?>, ClassReloadingStrategy> changed = new HashMap<>();

    /** Decides whether a call throws. */
    @FunctionalInterface
    public interface Trigger {
        /**
         * @param type of the class, its simple name
         */
        boolean isPulled(String type, Object[] arguments);
    }

    /** What an injected bug throws. */
    public static final class InjectedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        InjectedException(String type) {
            super("injected into " + type);
        }
    }

    /** Advice that is woven into the methods. */
    public static final class Enter {
        private Enter() {}

        @Advice.OnMethodEnter
        static void enter(@Advice.Origin("#t") String type, @Advice.AllArguments Object[] all) {
            InjectedFaults.maybeThrow(type, all);
        }
    }

    /**
     * Changes the methods until this is closed.
     *
     * @param methods by class below the job's package
     */
    public InjectedFaults(Trigger when, Map<String, String> methods) {
        trigger = when;
        ByteBuddyAgent.install();
        methods.forEach(this::change);
    }

    /** Makes the first call throw. */
    public static Trigger once() {
        AtomicBoolean hasThrown = new AtomicBoolean();
        return (type, arguments) -> !hasThrown.getAndSet(true);
    }

    /** All methods that process a frame or score an observation, and the call of a model. */
    public static Map<String, String> ofAll() {
        Map<String, String> all = new HashMap<>(OF_FRAMES);
        all.putAll(OF_OBSERVATIONS);
        all.put("anomaly." + MODEL_CALL, "run");
        return all;
    }

    private void change(String name, String method) {
        try {
            Class<?> type = Class.forName(ROOT + name);
            ClassReloadingStrategy strategy = ClassReloadingStrategy.fromInstalledAgent();
            new ByteBuddy()
                    .redefine(type)
                    .visit(Advice.to(Enter.class).on(named(method)))
                    .make()
                    .load(type.getClassLoader(), strategy);
            changed.put(type, strategy);
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(name, e);
        }
    }

    /** Called by the changed methods. */
    public static void maybeThrow(String type, Object[] arguments) {
        String simple = type.substring(type.lastIndexOf('.') + 1);
        if (trigger != null && trigger.isPulled(simple, arguments)) {
            throw new InjectedException(simple);
        }
    }

    @Override
    public void close() {
        trigger = null;
        changed.forEach(
                (type, strategy) -> {
                    try {
                        strategy.reset(type);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }
}
