package io.atalaya.testutils;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * Checks that no packages depend on each other in a circle. Circles between modules are ruled out
 * by Maven, so it is enough to check each package in one module.
 */
public abstract class PackageCycles {
    private final String[] roots;

    /**
     * @param roots packages to check, with those below them
     */
    protected PackageCycles(String... roots) {
        this.roots = roots;
    }

    @Test
    void packagesHaveNoCycle() {
        slices().matching("io.atalaya.(**)")
                .should()
                .beFreeOfCycles()
                .check(
                        new ClassFileImporter()
                                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                                .importPackages(roots));
    }
}
