package io.atalaya.contracts.plate.adapter.onvif;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.NumberText;
import io.atalaya.contracts.onvif.OnvifElement;
import io.atalaya.contracts.plate.PlateCodec;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.plate.Vehicle;
import io.atalaya.contracts.plate.adapter.PlateCrop;
import io.atalaya.contracts.plate.adapter.PlateOrigin;
import io.atalaya.contracts.plate.adapter.PlateText;
import io.atalaya.contracts.plate.adapter.VehicleDraft;

/** The elements {@code LicensePlateInfo} and {@code VehicleInfo}, which frames and events share. */
final class PlateInfo {
    /** The value of an unstated likelihood, by the specification. */
    static final double CERTAIN = 1;

    private PlateInfo() {}

    /** The plate's text; null if the camera read no plate. */
    static String plate(OnvifElement info) throws InvalidRecordException {
        OnvifElement number = number(info);
        if (number == null || PlateText.isNone(number.text())) {
            return null;
        }
        return requirePlate(number.path(), number.text());
    }

    static String requirePlate(String field, String text) throws InvalidRecordException {
        if (!PlateText.isPlate(text)) {
            throw new InvalidRecordException(field, text, PlateCodec.EXPECTED);
        }
        return text;
    }

    /** The likelihood, 0..1; null where the camera states no likelihood. */
    static Double confidence(OnvifElement info) throws InvalidRecordException {
        OnvifElement number = number(info);
        String likelihood = number == null ? null : number.attribute("Likelihood");
        return likelihood == null
                ? null
                : NumberText.fraction(number.path() + ".Likelihood", likelihood);
    }

    static PlateOrigin origin(OnvifElement info) {
        return PlateOrigin.of(text(info, "CountryCode"), text(info, "IssuingEntity"));
    }

    /** The vendor's plate image, because the object's own image may show the whole scene. */
    static String image(OnvifElement info) {
        return image(text(info, "Image"));
    }

    /**
     * An image in the form that a read carries.
     *
     * @param base64 or null
     */
    static String image(String base64) {
        return OnvifElement.OVERLONG.equals(base64)
                ? PlateRead.IMAGE_TOO_LARGE
                : PlateCrop.of(base64);
    }

    /**
     * @param info or null
     */
    static Vehicle vehicle(OnvifElement info) {
        if (info == null) {
            return null;
        }
        OnvifElement type = info.child("Type");
        OnvifElement brand = info.child("Brand");
        OnvifElement model = info.child("Model");
        OnvifElement color = info.child("Color");
        VehicleDraft seen = new VehicleDraft();
        if (type != null) {
            seen.type(type.text(), likelihood(type));
        }
        if (brand != null) {
            seen.make(brand.text(), likelihood(brand));
        }
        if (model != null) {
            seen.model(model.text(), likelihood(model));
        }
        if (color != null) {
            // A word is a vendor's addition; the standard's clusters in a colour space are skipped.
            seen.color(color.text(), likelihood(color));
        }
        return seen.vehicle();
    }

    private static Double likelihood(OnvifElement element) {
        String text = element.attribute("Likelihood");
        return text == null ? null : NumberText.orNaN(text);
    }

    private static OnvifElement number(OnvifElement info) {
        return info.child("PlateNumber");
    }

    private static String text(OnvifElement parent, String name) {
        OnvifElement child = parent.child(name);
        return child == null ? null : child.text();
    }
}
