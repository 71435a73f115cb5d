package io.atalaya.ops;

import io.atalaya.testutils.PackageCycles;

class PackageCyclesTest extends PackageCycles {
    PackageCyclesTest() {
        super("io.atalaya");
    }
}
