package io.atalaya.dispatch.policy;

import io.atalaya.contracts.dispatch.Place;
import io.atalaya.dispatch.policy.Jurisdiction.Municipality;
import io.atalaya.dispatch.policy.PolicyReader.Fault;
import io.atalaya.dispatch.policy.PolicyReader.InvalidPolicyException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class JurisdictionTest {
    /** Toluca has a hole and an exclave; Metepec overlaps its eastern border. */
    private static final String FILE =
            """
            {"type": "FeatureCollection", "features": [
            {"type": "Feature", "properties": {"name": "Toluca"}, "geometry": {"type": "MultiPolygon", "coordinates": [
             [[[-99.8,19.2],[-99.6,19.2],[-99.6,19.4],[-99.8,19.4],[-99.8,19.2]], [[-99.75,19.25],[-99.7,19.25],[-99.7,19.3],[-99.75,19.3],[-99.75,19.25]]],
             [[[-99.9,19.0],[-99.85,19.0],[-99.85,19.1],[-99.9,19.0]]]]}},
            {"type": "Feature", "properties": {"name": "Metepec"}, "geometry": {"type": "Polygon", "coordinates": [[[-99.61,19.2],[-99.5,19.2],[-99.5,19.3],[-99.61,19.3],[-99.61,19.2]]]}},
            {"type": "Feature", "properties": {"name": "Ecatepec de Morelos"}, "geometry": {"type": "Polygon", "coordinates": [[[-99.1,19.5],[-99.0,19.5],[-99.0,19.7],[-99.1,19.7],[-99.1,19.5]]]}}
            ]}
            """;

    private static final Map<String, String> SITES =
            Map.of("Toluca", "TOLUCA", "Metepec", "TOLUCA", "Ecatepec de Morelos", "ECATEPEC");

    private static Jurisdiction jurisdiction(String municipalities) {
        MunicipalityFile file = MunicipalityFile.read(municipalities, SITES.keySet());
        assertThat(file.faults()).isEmpty();
        return new Jurisdiction(SITES, file.polygons());
    }

    private static Fault fault(String municipalities) {
        List<Fault> faults = MunicipalityFile.read(municipalities, SITES.keySet()).faults();
        assertThat(faults).as("no fault was found").isNotEmpty();
        return faults.get(0);
    }

    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource({
        "19.21, -99.7, 0, Toluca, TOLUCA",
        "19.21, -99.7, 50000, Toluca, TOLUCA",
        "19.02, -99.86, 20, Toluca, TOLUCA",
        "19.27, -99.72, 20, , ",
        "19.25, -99.605, 20, Toluca, TOLUCA",
        "19.25, -99.6, 20, Toluca, TOLUCA",
        "19.25, -99.55, 20, Metepec, TOLUCA",
        "19.6, -99.05, 2000, Ecatepec de Morelos, ECATEPEC",
        "19.6, -98.0, 20, , ",
    })
    void findsTheMunicipalityThatHoldsTheCentre(
            double latitude, double longitude, double radius, String name, String site)
            throws Exception {
        Jurisdiction jurisdiction = jurisdiction(FILE);

        assertThat(jurisdiction.at(new Place(latitude, longitude, radius)))
                .isEqualTo(name == null ? null : new Municipality(name, site));
    }

    @Test
    void knowsSitesOfMunicipalitiesWithoutPolygons() {
        Jurisdiction jurisdiction = new Jurisdiction(SITES, Map.of());

        assertThat(jurisdiction.hasPolygons()).isFalse();
        assertThat(jurisdiction.site("Metepec")).isEqualTo("TOLUCA");
        assertThat(jurisdiction.at(new Place(19.25, -99.55, 20))).isNull();
    }

    @ParameterizedTest(name = "{index}: {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    5 | [-99.5,19.3],[-99.61,19.3],[-99.61,19.2]]] | [-99.5,19.3],[-99.61,19.3]]] | features.1.geometry.coordinates.0: got an open ring from [-99.61,19.2] to [-99.61,19.3]
                    5 | "Metepec"          | "Metepek"         | features.1.properties.name: got 'Metepek', expected a municipality of routing.yaml
                    6 | "Ecatepec de Morelos" | "Metepec"       | features.2.properties.name: got 'Metepec' twice
                    5 | "name": "Metepec"  | "NOMGEO": "Metepec" | features.1.properties.name: got ''
                    6 | [-99.0,19.7],[-99.1,19.7] | [-99.1,19.7],[-99.0,19.7] | features.2.geometry.coordinates: Self-intersection (Ecatepec de Morelos) at -99.05, 19.599999
                    6 | [-99.1,19.5],[-99.0,19.5] | [19.5,-99.1],[-99.0,19.5] | features.2.geometry.coordinates.0.0: got [19.5,-99.1], expected longitude and latitude
                    6 | [-99.0,19.5],      | [-99.0,"north"],  | features.2.geometry.coordinates.0.1: got [-99.0,"north"]
                    6 | [-99.0,19.5],[-99.0,19.7],[-99.1,19.7] | [-99.0,19.5] | got 3 positions, expected at least 4
                    5 | "Polygon"          | "LineString"      | features.1.geometry.type: got 'LineString', expected Polygon or MultiPolygon
                    1 | "FeatureCollection" | "Topology"       | type: got Topology, expected FeatureCollection
                    1 | "features": [      | "feature": [      | features: got none
                    """)
    void namesLineAndFeatureOfEachMistake(int line, String good, String bad, String message) {
        assertThat(FILE).contains(good);

        assertThat(fault(FILE.replaceFirst(Pattern.quote(good), bad)).toString())
                .startsWith("municipalities.geojson:" + line + ": ")
                .contains(message);
    }

    @Test
    void rejectsAFileThatIsCutOffOrGoesOn() {
        assertThat(fault(FILE.substring(0, FILE.length() / 2)).text())
                .contains("nexpected end-of-input");
        assertThat(fault(FILE + "{}").text()).contains("got more after");
    }

    @Test
    void reportsFaultsOfPolygonsTogetherWithThoseOfOtherFiles() throws IOException {
        Map<String, String> files = PolicyReader.files(Path.of("../../policy"));
        files.put("municipalities", FILE.replace("Metepec", "Metepek"));
        files.put("storms", files.get("storms").replace("interruptions: 10", "interruptions: 0"));

        InvalidPolicyException rejected =
                catchThrowableOfType(InvalidPolicyException.class, () -> PolicyReader.read(files));

        assertThat(rejected.faults())
                .extracting(Fault::file)
                .containsExactly("municipalities.geojson", "storms.yaml");
    }
}
