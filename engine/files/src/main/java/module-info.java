/** Fleet, scenario and proof files in: strict, all problems of a file at once, each with its place. */
module dev.poolwright.files {
    requires static org.jspecify;
    requires transitive dev.poolwright.model;
    requires org.snakeyaml.engine;
    requires com.fasterxml.jackson.core;

    exports dev.poolwright.files;
    exports dev.poolwright.files.catalogue;
    exports dev.poolwright.files.problem;
}
