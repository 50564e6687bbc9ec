package dev.poolwright.scan.library;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllowedTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "==2.0.1|2.0.1|true",
                ">=1.4,<3|1.4|false",
                "~=2.0.1|2.0.1|false",
                "^2.0|2.0|false",
                "==2.*|2|false",
                "2.0.1|2.0.1|true",
                "<3|''|false",
                "*|''|false",
                "''|''|false",
                "==5.5.0b4|5.5.0b4|true",
                "!=1.0,>=0.9|0.9|false",
            })
    void pythonSpecifiers(String written, String version, boolean exact) {
        assertThat(Allowed.python(written)).isEqualTo(new Allowed(version, exact));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "^8.11.0|8.11.0|false",
                "~8.11|8.11|false",
                "8.11.3|8.11.3|true",
                "=8.11.3|8.11.3|true",
                "8.x|8|false",
                "8|8|false",
                "npm:pg@8.11.3|8.11.3|true",
                "workspace:*|''|false",
                "latest|''|false",
                "git+https://example.org/x.git|''|false",
                ">=1.2 <2|1.2|false",
            })
    void rangesOfPackageJson(String written, String version, boolean exact) {
        assertThat(Allowed.npm(written)).isEqualTo(new Allowed(version, exact));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5.1.0|5.1.0|true",
                "2.0.0.RELEASE|2.0.0.RELEASE|true",
                "7.4.5.Final|7.4.5.Final|true",
                "'[1.0,2.0)'|1.0|false",
                "5.+|5|false",
                "5.1.0!!|5.1.0|true",
                "${x}|''|false",
            })
    void versionsOfMavenAndGradle(String written, String version, boolean exact) {
        assertThat(Allowed.maven(written)).isEqualTo(new Allowed(version, exact));
    }

    @ParameterizedTest
    @CsvSource({
        "2.0.3, 2.7.8, false", "2.1.18.RELEASE, 3.2.0, true", "2.4.13, 3.4.5, true", "2.7.18, 4.0.3, true",
        "3.2.12, 5.0.1, true", "3.4.0, 5.1.0, true", "3.5.7, 6.3.0, false", "4.1.0, 7.0.2, false",
    })
    void springBootManagesHikari(String boot, String hikari, boolean exact) {
        assertThat(Boot.hikari(new Allowed(boot, true))).contains(new Allowed(hikari, exact));
    }

    @ParameterizedTest
    @CsvSource({"1.5.22.RELEASE", "2", "x.y.z"})
    void nothingIsSaidOfABootThatManagesNoHikari(String boot) {
        assertThat(Boot.hikari(new Allowed(boot, true))).isEmpty();
    }
}
