package io.atalaya.bench;

import io.atalaya.testutils.PackageCycles;

class PackageCyclesTest extends PackageCycles {
    PackageCyclesTest() {
        super("io.atalaya.bench");
    }
}
