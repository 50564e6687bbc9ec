package dev.poolwright.model.fact;

/** Which part of a source tree a file belongs to. What is not {@link #MAIN} is reported apart and fails nothing. */
public enum Place {
    /** What runs. */
    MAIN,
    /** Tests and their fixtures. */
    TEST,
    /** Examples, samples, demos, templates and documentation. */
    EXAMPLE,
    /** Somebody else's code that was copied in. */
    VENDORED,
    /** Database migrations and other programs that run once. */
    MIGRATION
}
