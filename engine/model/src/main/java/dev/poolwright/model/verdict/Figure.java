package dev.poolwright.model.verdict;

import dev.poolwright.model.fleet.Objective.Metric;
import dev.poolwright.model.fleet.Objective.Window;

/**
 * What a run shows of something that was asked of it beside its verdict.
 *
 * @param value in the unit of the metric, times in nanoseconds of the run
 * @param seen whether it is on the stated side of its bound
 * @param sentence with value and bound
 */
public record Figure(Metric metric, Window window, double value, boolean seen, String sentence) {}
