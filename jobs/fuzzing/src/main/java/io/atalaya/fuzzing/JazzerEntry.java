package io.atalaya.fuzzing;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Jazzer's entry point in its own process. The classes under test are in another class loader,
 * because Jazzer scans its class path at start, which takes seconds with Flink on it.
 */
public final class JazzerEntry {
    static final String CLASS_PATH = "fuzz.classpath";

    private static Consumer<byte[]> check;

    private JazzerEntry() {}

    /**
     * Called once.
     *
     * @param arguments class of the table and name of the target
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
        check =
                (Consumer<byte[]>)
                        factory.invoke(null, loader.loadClass(arguments[0]), arguments[1]);
    }

    /** Called for every input. */
    public static void fuzzerTestOneInput(byte[] input) {
        check.accept(input);
    }
}
