package dev.poolwright.report;

/** The names of the three columns, the same in every report. */
final class Columns {

    static final String PRODUCTION = "production, predicted";
    static final String TWIN = "lab twin, predicted";
    static final String LAB = "lab twin, measured";

    private Columns() {}
}
