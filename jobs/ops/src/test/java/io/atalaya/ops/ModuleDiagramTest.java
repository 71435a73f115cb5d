package io.atalaya.ops;

import io.atalaya.testutils.Regenerate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The READMEs draw the modules as they are: an arrow says that the main code of a module imports
 * the other one. Arrows that follow from others are left out. A dashed arrow says that a module
 * only runs with the other one.
 */
class ModuleDiagramTest {
    private static final Path JOBS = Path.of("..");
    private static final Pattern IMPORT =
            Pattern.compile("^import (?:static )?(io\\.atalaya(?:\\.[a-z]+)+)", Pattern.MULTILINE);
    private static final Pattern DEPENDENCY =
            Pattern.compile(
                    "<artifactId>atalaya-([a-z-]+)</artifactId>\\s*"
                            + "(?:<scope>(?:compile|runtime)</scope>\\s*)?"
                            + "(?:<exclusions>.*</exclusions>)?</dependency>");
    private static final Pattern DIAGRAM = Pattern.compile("```mermaid\n(.*?)```", Pattern.DOTALL);

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "README.es.md"})
    void isWhatImportsAndPomsSay(String name) throws IOException {
        Path readme = JOBS.resolve("..").resolve(name);
        String diagram = diagram(imports());
        String text = Files.readString(readme);
        if (Regenerate.isAsked()) {
            text =
                    DIAGRAM.matcher(text)
                            .replaceFirst(
                                    Matcher.quoteReplacement("```mermaid\n" + diagram + "```"));
            Files.writeString(readme, text);
        }
        Matcher drawn = DIAGRAM.matcher(text);
        assertThat(drawn.find()).isTrue();
        assertThat(drawn.group(1)).as(Regenerate.with("jobs/ops", getClass())).isEqualTo(diagram);
    }

    @Test
    void modulesDeclareWhatTheyImport() throws IOException {
        for (Map.Entry<String, Set<String>> module : imports().entrySet()) {
            assertThat(declared(module.getKey()))
                    .as(module.getKey())
                    .containsAll(module.getValue());
        }
    }

    private static String diagram(Map<String, Set<String>> imports) throws IOException {
        StringBuilder lines = new StringBuilder("graph TD\n");
        for (Map.Entry<String, Set<String>> arrows : reduced(imports).entrySet()) {
            String module = arrows.getKey();
            arrows.getValue()
                    .forEach(other -> lines.append("  %s --> %s%n".formatted(module, other)));
            Set<String> runsWith = declared(module);
            runsWith.retainAll(imports.keySet());
            runsWith.removeAll(imports.get(module));
            runsWith.forEach(other -> lines.append("  %s -.-> %s%n".formatted(module, other)));
        }
        return lines.toString();
    }

    /** The modules that a module's pom declares for compilation or for running. */
    private static Set<String> declared(String module) throws IOException {
        return DEPENDENCY
                .matcher(Files.readString(JOBS.resolve(module).resolve("pom.xml")))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Which modules the main code of each module imports. */
    private static Map<String, Set<String>> imports() throws IOException {
        Map<String, String> owners = new TreeMap<>();
        for (String module : modules()) {
            for (Path source : sources(module)) {
                owners.put(packageOf(source, module), module);
            }
        }
        Map<String, Set<String>> imports = new TreeMap<>();
        for (String module : modules()) {
            Set<String> others = imports.computeIfAbsent(module, each -> new TreeSet<>());
            for (Path source : sources(module)) {
                IMPORT.matcher(Files.readString(source))
                        .results()
                        .map(match -> owners.get(match.group(1)))
                        .filter(other -> other != null && !other.equals(module))
                        .forEach(others::add);
            }
        }
        return imports;
    }

    private static Map<String, Set<String>> reduced(Map<String, Set<String>> imports) {
        Map<String, Set<String>> reduced = new TreeMap<>();
        imports.forEach(
                (module, others) -> {
                    Set<String> direct = new TreeSet<>(others);
                    others.forEach(other -> direct.removeAll(reachable(other, imports)));
                    reduced.put(module, direct);
                });
        return reduced;
    }

    private static Set<String> reachable(String module, Map<String, Set<String>> imports) {
        Set<String> reachable = new TreeSet<>(imports.get(module));
        imports.get(module).forEach(other -> reachable.addAll(reachable(other, imports)));
        return reachable;
    }

    private static List<String> modules() throws IOException {
        try (Stream<Path> directories = Files.list(JOBS)) {
            return directories
                    .filter(directory -> Files.isDirectory(directory.resolve("src/main/java")))
                    .map(directory -> directory.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    private static List<Path> sources(String module) throws IOException {
        try (Stream<Path> files = Files.walk(JOBS.resolve(module).resolve("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    private static String packageOf(Path source, String module) {
        Path root = JOBS.resolve(module).resolve("src/main/java");
        return root.relativize(source.getParent()).toString().replace('/', '.');
    }
}
