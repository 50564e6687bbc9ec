/** Fleet, scenario, plan, run record, findings and verdict: records without I/O. */
module dev.poolwright.model {
    requires static org.jspecify;
    requires transitive dev.poolwright.policy;
    requires transitive HdrHistogram;

    exports dev.poolwright.model.derive;
    exports dev.poolwright.model.fact;
    exports dev.poolwright.model.finding;
    exports dev.poolwright.model.fleet;
    exports dev.poolwright.model.library;
    exports dev.poolwright.model.plan;
    exports dev.poolwright.model.proof;
    exports dev.poolwright.model.run;
    exports dev.poolwright.model.scenario;
    exports dev.poolwright.model.theory;
    exports dev.poolwright.model.verdict;
}
