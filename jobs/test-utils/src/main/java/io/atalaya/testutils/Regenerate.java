package io.atalaya.testutils;

/** Files that a test compares with what the code says, and writes anew where somebody asks. */
public final class Regenerate {
    private Regenerate() {}

    public static boolean isAsked() {
        return Boolean.getBoolean("atalaya.regenerate");
    }

    /** How to ask for it. */
    public static String with(String module, Class<?> test) {
        return "write it with: mvn test -pl %s -am -Dtest=%s -Dsurefire.failIfNoSpecifiedTests=false -Datalaya.regenerate=true"
                .formatted(module, test.getSimpleName());
    }
}
