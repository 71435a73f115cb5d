package io.atalaya.testutils;

/** Files that a test compares with the code, and rewrites on request. */
public final class Regenerate {
    private Regenerate() {}

    public static boolean isAsked() {
        return Boolean.getBoolean("atalaya.regenerate");
    }

    /** The command for the regeneration. */
    public static String with(String module, Class<?> test) {
        return "write it with: mvn test -pl %s -am -Dtest=%s -Dsurefire.failIfNoSpecifiedTests=false -Datalaya.regenerate=true"
                .formatted(module, test.getSimpleName());
    }
}
