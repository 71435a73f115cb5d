package io.atalaya.lab;

import io.atalaya.testutils.PackageCycles;

class PackageCyclesTest extends PackageCycles {
    PackageCyclesTest() {
        super("io.atalaya.lab", "io.atalaya.simulator");
    }
}
