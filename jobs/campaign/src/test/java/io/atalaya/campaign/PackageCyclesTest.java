package io.atalaya.campaign;

import io.atalaya.testutils.PackageCycles;

class PackageCyclesTest extends PackageCycles {
    PackageCyclesTest() {
        super("io.atalaya.campaign");
    }
}
