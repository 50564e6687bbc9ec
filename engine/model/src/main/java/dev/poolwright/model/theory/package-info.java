/** Queueing formulas, used as naive predictor and for sizing. */
@NullMarked
package dev.poolwright.model.theory;

import org.jspecify.annotations.NullMarked;
