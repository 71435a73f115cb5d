package io.atalaya.fuzzing;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Jazzer's entry point in its own process. The classes under test are in another class loader,
 * because Jazzer scans its class path at start, which takes seconds with Flink on it.
 */
public final class JazzerEntry {
    static final String CLASS_PATH = "fuzz.classpath";

    private static final List<String> TARGETS = new ArrayList<>();
    private static final List<Consumer<byte[]>> CHECKS = new ArrayList<>();
    private static long[] executions;

    private JazzerEntry() {}

    /** Returns the index of the target to which the input belongs. */
    static int target(byte[] input, int targets) {
        return Byte.toUnsignedInt(input[0]) % targets;
    }

    /** Returns an input of this class: its first byte chooses the target. */
    static byte[] input(int target, byte[] input) {
        byte[] prefixed = new byte[input.length + 1];
        prefixed[0] = (byte) target;
        System.arraycopy(input, 0, prefixed, 1, input.length);
        return prefixed;
    }

    /** Returns what the target reads of an input of this class. */
    static byte[] withoutTarget(byte[] input) {
        return Arrays.copyOfRange(input, 1, input.length);
    }

    /** Returns the start of the line that says how often a target was executed. */
    static String executionsOf(String target) {
        return "executions of " + target + ": ";
    }

    /**
     * Called once.
     *
     * @param arguments class of the table and names of the targets
     */
    @SuppressWarnings("unchecked")
    public static void fuzzerInitialize(String[] arguments)
            throws ReflectiveOperationException, MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String path : System.getProperty(CLASS_PATH).split(File.pathSeparator)) {
            urls.add(Path.of(path).toUri().toURL());
        }
        ClassLoader loader =
                new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        Thread.currentThread().setContextClassLoader(loader);
        var factory =
                loader.loadClass("io.atalaya.fuzzing.InputCheck")
                        .getDeclaredMethod("of", Class.class, String.class);
        factory.setAccessible(true);
        for (String target : List.of(arguments).subList(1, arguments.length)) {
            TARGETS.add(target);
            CHECKS.add(
                    (Consumer<byte[]>)
                            factory.invoke(null, loader.loadClass(arguments[0]), target));
        }
        executions = new long[TARGETS.size()];
    }

    /** Called for every input. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length > 0) {
            int target = target(input, TARGETS.size());
            executions[target]++;
            CHECKS.get(target).accept(withoutTarget(input));
        }
    }

    /** Called once, at the end. */
    public static void fuzzerTearDown() {
        for (int target = 0; target < executions.length; target++) {
            System.out.println(executionsOf(TARGETS.get(target)) + executions[target]);
        }
    }
}
