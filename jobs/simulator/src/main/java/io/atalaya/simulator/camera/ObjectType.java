package io.atalaya.simulator.camera;

/** Kinds of visible objects, with the name on the wire and the size in metres. */
enum ObjectType {
    CAR("Car", 1.8, 4.4, 1.5),
    TRUCK("Truck", 2.4, 8.5, 3.2),
    BUS("Bus", 2.5, 11, 3.1),
    MOTORCYCLE("Motorcycle", 0.8, 2.1, 1.6),
    PERSON("Human", 0.55, 0.4, 1.72),
    BAG("Bag", 0.5, 0.35, 0.5);

    private final String wireName;
    private final double width;
    private final double length;
    private final double height;

    ObjectType(String wireName, double width, double length, double height) {
        this.wireName = wireName;
        this.width = width;
        this.length = length;
        this.height = height;
    }

    String wireName() {
        return wireName;
    }

    double width() {
        return width;
    }

    double length() {
        return length;
    }

    double height() {
        return height;
    }
}
